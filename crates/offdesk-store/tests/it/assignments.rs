//! Assignments and what belongs to them: put in, found again as they were, changed once, refused in an old version and in another
//! workspace; claimed by one of many.

use offdesk_store::assignments::counts::{
    RecordRow, count_in_state, count_of_handoff, count_of_person,
};
use offdesk_store::assignments::deliverables::{insert_deliverable, list_deliverables};
use offdesk_store::assignments::files::{
    FileRow, insert_file, insert_part, list_files, load_file, load_part, remove_file, update_file,
};
use offdesk_store::assignments::lists::{
    BEGINNING, list_in_state, list_of_handoff, list_of_person,
};
use offdesk_store::assignments::questions::{
    QuestionRow, answer_question, insert_question, list_open_questions, list_questions,
    load_question,
};
use offdesk_store::assignments::reviews::{
    FindingRow, insert_finding, insert_review, list_findings, list_reviews,
};
use offdesk_store::assignments::steps::{list_ticked, tick_step, untick_all, untick_step};
use offdesk_store::assignments::supervision::{
    SupervisionRow, insert_supervision, list_of_assignment, list_supervision, load_supervision,
    sum_supervision, update_supervision,
};
use offdesk_store::assignments::{
    AssignmentRow, claim_due, insert_assignment, load_assignment, load_numbered, next_number,
    update_assignment,
};
use offdesk_store::blueprints::insert_blueprint;
use offdesk_store::blueprints::versions::insert_version;
use offdesk_store::handoffs::events::insert_handoff_event;
use offdesk_store::handoffs::{insert_handoff, list_handoffs};
use offdesk_store::people::insert_person;
use offdesk_store::recurrences::{
    RecurrenceRow, claim_due as claim_recurrence, insert_recurrence, list_recurrences,
    load_recurrence, update_recurrence,
};
use offdesk_store::workspaces::remove_workspace;
use offdesk_store::{Store, StoreError, Uuid};

use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read_in, two_workspaces, write, write_in};

/// Blueprint 50, person 70, handoff 80 in the one workspace; 150, 170, 180 in the other.
pub fn with_handoffs(store: &Store) {
    two_workspaces(store);
    for (workspace, more) in [(A, 0), (B, 100)] {
        write_in(store, workspace, move |scope| {
            let published = offdesk_store::blueprints::versions::VersionRow {
                published: Some((1, id(1))),
                ..rows::version(50 + more, 1)
            };
            let blueprint = offdesk_store::blueprints::BlueprintRow {
                published: 1,
                ..rows::blueprint(50 + more, Some(2 + more))
            };
            insert_blueprint(scope, &blueprint)?;
            insert_version(scope, &published)?;
            insert_person(scope, &rows::person(70 + more))?;
            insert_handoff(
                scope,
                &rows::handoff(80 + more, (2 + more, 50 + more, 70 + more)),
            )?;
            insert_handoff_event(
                scope,
                &rows::handoff_event(80 + more, 81 + more, "proposed"),
            )
        })
        .unwrap();
    }
}

fn give(store: &Store, row: AssignmentRow) -> Result<(), StoreError> {
    write_in(store, A, move |scope| insert_assignment(scope, &row))
}

#[test]
fn an_assignment_is_found_as_it_was_and_changed_once() {
    on_each_store("assignments", |store| {
        with_handoffs(store);
        assert_eq!(read_in(store, A, next_number), 1);
        let row = rows::assignment(200, 1, (80, 70, 50));
        give(store, row.clone()).unwrap();
        assert_eq!(read_in(store, A, next_number), 2);
        assert_eq!(read_in(store, B, next_number), 1);
        let load = |workspace| read_in(store, workspace, |s| load_assignment(s, id(200)));
        assert_eq!((load(A), load(B)), (Some(row.clone()), None));
        let numbered = |workspace| read_in(store, workspace, |s| load_numbered(s, 1));
        assert_eq!((numbered(A), numbered(B)), (Some(row.clone()), None));
        let taken = give(store, rows::assignment(201, 1, (80, 70, 50)));
        assert_eq!(taken, Err(StoreError::Conflict), "number");

        let found = row.placed();
        let mut changed = AssignmentRow {
            state: "waiting".to_owned(),
            answer_by: None,
            waiting_since: Some(7),
            open_questions: 1,
            title: "Ünother".to_owned(),
            amount: "12".to_owned(),
            due_at: 99,
            seconds: 1_800,
            wake_at: None,
            agreed_at: Some(5),
            changed_at: 8,
            ..row
        };
        let update = |workspace, row: &AssignmentRow| {
            let (found, row) = (found.clone(), row.clone());
            write_in(store, workspace, move |s| {
                update_assignment(s, &found, &row)
            })
        };
        update(A, &changed).unwrap();
        let stale = update(A, &changed);
        assert_eq!(stale, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(load(A), Some(changed.clone()));
        let elsewhere = update(B, &changed);
        assert_eq!(elsewhere, Err(StoreError::Conflict), "another workspace");
        assert_eq!(
            faults(store),
            ["assignment 1 waits for 1 answers, and has questions: 0"]
        );
    });
}

#[test]
fn an_occurrence_is_given_once() {
    on_each_store("occurrences", |store| {
        with_handoffs(store);
        write_in(store, A, |s| {
            insert_recurrence(s, &rows::recurrence(90, 80))
        })
        .unwrap();
        let of = |number: u128, place, occurrence| AssignmentRow {
            recurrence_id: Some(id(90)),
            occurrence: Some(occurrence),
            ..rows::assignment(number, place, (80, 70, 50))
        };
        give(store, of(200, 1, 1_000)).unwrap();
        assert_eq!(give(store, of(201, 2, 1_000)), Err(StoreError::Conflict));
        give(store, of(202, 2, 2_000)).unwrap();
        // Those that come from no recurrence are not held against each other.
        give(store, rows::assignment(203, 3, (80, 70, 50))).unwrap();
        give(store, rows::assignment(204, 4, (80, 70, 50))).unwrap();

        let load = |workspace| read_in(store, workspace, |s| load_recurrence(s, id(90)));
        assert_eq!((load(A), load(B)), (Some(rows::recurrence(90, 80)), None));
        let mut moved = RecurrenceRow {
            zone: "Asia/Tokyo".to_owned(),
            done_wall: Some(2_000),
            next_at: None,
            state: "stopped".to_owned(),
            off_days: "2026-12-25".to_owned(),
            ..rows::recurrence(90, 80)
        };
        let (first, second) = (moved.clone(), moved.clone());
        write_in(store, A, move |s| update_recurrence(s, &first)).unwrap();
        let stale = write_in(store, A, move |s| update_recurrence(s, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        moved.version = 2;
        assert_eq!(read_in(store, A, |s| list_recurrences(s, id(80))), [moved]);
        assert!(read_in(store, B, |s| list_recurrences(s, id(80))).is_empty());
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn lists_are_by_due_date_and_pages_go_on_where_they_ended() {
    on_each_store("assignment_lists", |store| {
        with_handoffs(store);
        for (number, due_at) in [(200_u128, 30), (201, 10), (202, 20), (203, 20)] {
            let place = i64::try_from(number).unwrap() - 199;
            let row = AssignmentRow {
                due_at,
                ..rows::assignment(number, place, (80, 70, 50))
            };
            give(store, row).unwrap();
        }
        let ids = |rows: Vec<AssignmentRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        let page = |after: (i64, Uuid), most| {
            ids(read_in(store, A, move |s| {
                list_in_state(s, "assigned", after, most)
            }))
        };
        assert_eq!(page(BEGINNING, 2), [id(201), id(202)]);
        assert_eq!(page((20, id(202)), 9), [id(203), id(200)]);
        let other = read_in(store, A, |s| list_in_state(s, "closed", BEGINNING, 9));
        assert!(other.is_empty());
        for (workspace, expected) in [(A, 4), (B, 0)] {
            let counts = read_in(store, workspace, |s| {
                Ok((
                    list_in_state(s, "assigned", BEGINNING, 9)?.len(),
                    list_of_person(s, id(70), "assigned", BEGINNING, 9)?.len(),
                    list_of_handoff(s, id(80), i64::MAX, 9)?.len(),
                    usize::try_from(count_in_state(s, "assigned", 9)?).unwrap(),
                ))
            });
            assert_eq!(counts, (expected, expected, expected, expected));
        }
        assert_eq!(read_in(store, A, |s| count_in_state(s, "assigned", 3)), 3);
        let latest = ids(read_in(store, A, |s| list_of_handoff(s, id(80), 4, 2)));
        assert_eq!(latest, [id(202), id(201)]);
    });
}

#[test]
fn questions_steps_and_time_spent() {
    on_each_store("questions", |store| {
        with_handoffs(store);
        give(store, rows::assignment(200, 1, (80, 70, 50))).unwrap();
        write_in(store, A, |s| {
            for step in [3, 1, 3] {
                tick_step(s, id(200), step, id(1))?;
            }
            untick_step(s, id(200), 9)?;
            insert_question(s, &rows::question(200, 210))
        })
        .unwrap();
        assert_eq!(read_in(store, A, |s| list_ticked(s, id(200))), [1, 3]);
        assert!(read_in(store, B, |s| list_ticked(s, id(200))).is_empty());
        write_in(store, A, |s| untick_step(s, id(200), 1)).unwrap();
        assert_eq!(read_in(store, A, |s| list_ticked(s, id(200))), [3]);
        write_in(store, A, |s| untick_all(s, id(200))).unwrap();
        assert!(read_in(store, A, |s| list_ticked(s, id(200))).is_empty());

        let open = |workspace| read_in(store, workspace, |s| list_open_questions(s, BEGINNING, 9));
        assert_eq!(open(A), [rows::question(200, 210)]);
        assert!(open(B).is_empty());
        let answered = QuestionRow {
            answer: rows::TEXT.to_owned(),
            answered: Some((id(1), 77)),
            draft_number: Some(2),
            ..rows::question(200, 210)
        };
        let (first, second) = (answered.clone(), answered.clone());
        write_in(store, A, move |s| answer_question(s, &first)).unwrap();
        let twice = write_in(store, A, move |s| answer_question(s, &second));
        assert_eq!(twice, Err(StoreError::Conflict));
        assert!(open(A).is_empty());
        let found = read_in(store, A, |s| list_questions(s, id(200)));
        assert_eq!(found, std::slice::from_ref(&answered));
        let one = |workspace| read_in(store, workspace, |s| load_question(s, id(200), id(210)));
        assert_eq!((one(A), one(B)), (Some(answered), None));

        for (number, kind) in [(220, "reviewing"), (221, "answering"), (222, "reviewing")] {
            let row = SupervisionRow {
                kind: kind.to_owned(),
                ..rows::supervision(80, number, Some(200))
            };
            write_in(store, A, move |s| insert_supervision(s, &row)).unwrap();
        }
        let put_right = SupervisionRow {
            seconds: 30,
            ..rows::supervision(80, 220, Some(200))
        };
        let stale = put_right.clone();
        write_in(store, A, move |s| update_supervision(s, &put_right)).unwrap();
        let stale = write_in(store, A, move |s| update_supervision(s, &stale));
        assert_eq!(stale, Err(StoreError::Conflict));
        let sums = |workspace| read_in(store, workspace, |s| sum_supervision(s, id(80)));
        assert_eq!(
            sums(A),
            [("answering".to_owned(), 90), ("reviewing".to_owned(), 120)]
        );
        assert!(sums(B).is_empty());
        let spent = read_in(store, A, |s| load_supervision(s, id(80), id(220))).unwrap();
        assert_eq!((spent.captured, spent.seconds, spent.version), (90, 30, 2));
        assert_eq!(
            read_in(store, A, |s| list_supervision(s, id(80), 2)).len(),
            2
        );
        assert_eq!(
            read_in(store, A, |s| list_of_assignment(s, id(200))).len(),
            3
        );
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn deliverables_with_files_reviews_and_findings() {
    on_each_store("deliverables", |store| {
        with_handoffs(store);
        let delivered = AssignmentRow {
            state: "returned".to_owned(),
            answer_by: None,
            rounds: 1,
            returns: 1,
            on_time: Some("yes".to_owned()),
            picked: Some("yes".to_owned()),
            has_fault: true,
            wake_at: None,
            ..rows::assignment(200, 1, (80, 70, 50))
        };
        give(store, delivered).unwrap();
        write_in(store, A, |s| {
            insert_deliverable(s, &rows::deliverable(200, 1))?;
            insert_review(s, &rows::review(200, 1, "returned"))?;
            insert_finding(s, &rows::finding(200, 230, 1))?;
            insert_file(s, &rows::file(240, 200, 6))
        })
        .unwrap();
        let again = write_in(store, A, |s| {
            insert_deliverable(s, &rows::deliverable(200, 1))
        });
        assert_eq!(
            again,
            Err(StoreError::Conflict),
            "a round is handed in once"
        );
        let again = write_in(store, A, |s| {
            insert_review(s, &rows::review(200, 1, "accepted"))
        });
        assert_eq!(again, Err(StoreError::Conflict), "a round is judged once");
        let nothing = write_in(store, A, |s| {
            insert_review(s, &rows::review(200, 2, "accepted"))
        });
        assert_eq!(
            nothing,
            Err(StoreError::Missing),
            "what was not handed in is not judged"
        );
        let found = read_in(store, A, |s| {
            Ok((
                list_deliverables(s, id(200))?,
                list_reviews(s, id(200))?,
                list_findings(s, id(200))?,
            ))
        });
        assert_eq!(
            found,
            (
                vec![rows::deliverable(200, 1)],
                vec![rows::review(200, 1, "returned")],
                vec![rows::finding(200, 230, 1)]
            )
        );
        assert_eq!(faults(store), [""; 0]);

        let part = |start, bytes: &'static [u8]| {
            write_in(store, A, move |s| {
                insert_part(s, id(240), start, bytes.to_vec())
            })
        };
        part(0, b"abc").unwrap();
        assert_eq!(part(0, b"xyz"), Err(StoreError::Conflict));
        let come = FileRow {
            received: 3,
            ..rows::file(240, 200, 6)
        };
        write_in(store, A, move |s| update_file(s, &come)).unwrap();
        assert_eq!(faults(store), [""; 0]);
        let half = FileRow {
            received: 3,
            round: Some(1),
            version: 2,
            ..rows::file(240, 200, 6)
        };
        write_in(store, A, move |s| update_file(s, &half)).unwrap();
        assert_eq!(faults(store).len(), 1, "half a file is no deliverable");
        let load = |workspace| read_in(store, workspace, |s| load_part(s, id(240), 0));
        assert_eq!((load(A), load(B)), (Some(b"abc".to_vec()), None));
        let file = |workspace| read_in(store, workspace, |s| load_file(s, id(200), id(240)));
        assert_eq!((file(A).map(|it| it.version), file(B)), (Some(3), None));
        write_in(store, A, |s| remove_file(s, id(240))).unwrap();
        assert!(read_in(store, A, |s| list_files(s, id(200))).is_empty());

        let record = RecordRow {
            delivered: 1,
            on_time: 1,
            judged: 1,
            first_time: 0,
            returned: 1,
            accepted: 0,
            escapes: 0,
        };
        for (workspace, expected) in [(A, record), (B, RecordRow::default())] {
            let counts = read_in(store, workspace, |s| {
                Ok((count_of_person(s, id(70))?, count_of_handoff(s, id(80))?))
            });
            assert_eq!(counts, (expected, expected));
        }
        write_in(store, A, remove_workspace).unwrap();
        let left = read_in(store, A, |s| list_handoffs(s, (i64::MAX, Uuid::max()), 9));
        assert!(left.is_empty());
    });
}

#[test]
fn what_is_due_is_claimed_by_one() {
    on_each_store("claims", |store| {
        with_handoffs(store);
        for number in 0..20_u128 {
            let row = AssignmentRow {
                wake_at: Some(100),
                ..rows::assignment(
                    200 + number,
                    i64::try_from(number).unwrap() + 1,
                    (80, 70, 50),
                )
            };
            give(store, row).unwrap();
            let row = RecurrenceRow {
                next_at: Some(100),
                ..rows::recurrence(300 + number, 80)
            };
            write_in(store, A, move |s| insert_recurrence(s, &row)).unwrap();
        }
        assert_eq!(write(store, |tx| claim_due(tx, 99, 500)), Ok(None));
        assert_eq!(write(store, |tx| claim_recurrence(tx, 99, 500)), Ok(None));
        // All at once, more often than there is work.
        let waiting: Vec<_> = (0..60)
            .map(|_| store.write(|tx| claim_due(tx, 100, 500)))
            .collect();
        let mut claimed: Vec<(Uuid, Uuid)> = waiting
            .into_iter()
            .filter_map(|it| it.wait().unwrap_or_default())
            .collect();
        claimed.sort();
        let all = claimed.len();
        claimed.dedup();
        assert_eq!((claimed.len(), all), (20, 20));
        let mut recurrences = Vec::new();
        while let Some(found) = write(store, |tx| claim_recurrence(tx, 100, 500)).unwrap() {
            recurrences.push(found);
        }
        assert_eq!(recurrences.len(), 20);
        // Who has claimed it may be gone: it comes back.
        assert!(
            write(store, |tx| claim_due(tx, 500, 900))
                .unwrap()
                .is_some()
        );
    });
}

#[test]
fn no_reference_of_an_assignment_leads_into_another_workspace() {
    on_each_store("assignment_refs", |store| {
        with_handoffs(store);
        give(store, rows::assignment(200, 1, (80, 70, 50))).unwrap();
        write_in(store, A, |s| {
            insert_deliverable(s, &rows::deliverable(200, 1))?;
            insert_file(s, &rows::file(240, 200, 6))?;
            insert_recurrence(s, &rows::recurrence(90, 80))
        })
        .unwrap();
        let recurring = AssignmentRow {
            recurrence_id: Some(id(90)),
            occurrence: Some(1),
            ..rows::assignment(202, 2, (180, 170, 150))
        };
        let insert = |row: AssignmentRow| write_in(store, B, move |s| insert_assignment(s, &row));
        let refused = [
            ("handoff", insert(rows::assignment(201, 2, (80, 170, 150)))),
            ("person", insert(rows::assignment(201, 2, (180, 70, 150)))),
            (
                "blueprint",
                insert(rows::assignment(201, 2, (180, 170, 50))),
            ),
            ("recurrence", insert(recurring)),
            (
                "recurrence, handoff",
                write_in(store, B, |s| {
                    insert_recurrence(s, &rows::recurrence(91, 80))
                }),
            ),
            (
                "step",
                write_in(store, B, |s| tick_step(s, id(200), 1, id(1))),
            ),
            (
                "question",
                write_in(store, B, |s| insert_question(s, &rows::question(200, 211))),
            ),
            (
                "deliverable",
                write_in(store, B, |s| {
                    insert_deliverable(s, &rows::deliverable(200, 2))
                }),
            ),
            (
                "file",
                write_in(store, B, |s| insert_file(s, &rows::file(241, 200, 6))),
            ),
            (
                "part",
                write_in(store, B, |s| insert_part(s, id(240), 0, vec![1])),
            ),
            (
                "review",
                write_in(store, B, |s| {
                    insert_review(s, &rows::review(200, 1, "accepted"))
                }),
            ),
            (
                "finding",
                write_in(store, B, |s| insert_finding(s, &rows::finding(200, 231, 1))),
            ),
            (
                "supervision, handoff",
                write_in(store, B, |s| {
                    insert_supervision(s, &rows::supervision(80, 221, None))
                }),
            ),
            (
                "supervision, assignment",
                write_in(store, B, |s| {
                    insert_supervision(s, &rows::supervision(180, 221, Some(200)))
                }),
            ),
        ];
        for (what, outcome) in refused {
            assert_eq!(outcome, Err(StoreError::Missing), "{what}");
        }
    });
}

#[test]
fn what_does_not_belong_to_a_state_is_found() {
    on_each_store("assignment_faults", |store| {
        with_handoffs(store);
        give(store, rows::assignment(200, 1, (80, 70, 50))).unwrap();
        assert_eq!(faults(store), [""; 0]);
        for sql in [
            "UPDATE assignment SET state = 'half'",
            "UPDATE assignment SET state = 'agreed'",
            "UPDATE assignment SET accept_at = 1",
            "UPDATE assignment SET waiting_since = 1",
            "UPDATE assignment SET state = 'closed', answer_by = NULL",
            "UPDATE assignment SET acceptance = 'reviewed'",
            "UPDATE assignment SET picked = 'no'",
            "UPDATE assignment SET rounds = 1, picked = 'yes', on_time = 'yes'",
            "UPDATE assignment SET seconds = -1",
            "UPDATE assignment SET agreed_state = 'agreed'",
            "UPDATE assignment SET agreed_amount = '1.00'",
        ] {
            write(store, move |tx| tx.execute(sql, &[])).unwrap();
            assert!(!faults(store).is_empty(), "{sql}");
            let undo = "UPDATE assignment SET state = 'assigned', answer_by = 900, accept_at = NULL, waiting_since = NULL, acceptance = NULL, picked = NULL, on_time = NULL, rounds = 0, seconds = 0, agreed_state = NULL, agreed_amount = NULL";
            write(store, move |tx| tx.execute(undo, &[])).unwrap();
            assert_eq!(faults(store), [""; 0], "{sql}");
        }
        let insert = FindingRow {
            kind: "opinion".to_owned(),
            ..rows::finding(200, 230, 1)
        };
        write_in(store, A, move |s| {
            insert_deliverable(s, &rows::deliverable(200, 1))?;
            insert_finding(s, &insert)
        })
        .unwrap();
        assert_eq!(faults(store), ["a finding is a opinion"]);
    });
}
