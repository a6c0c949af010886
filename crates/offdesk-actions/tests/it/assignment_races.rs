//! The same done to an assignment by several at once has one outcome, and the others are told so; any sequence keeps what must hold.

use offdesk_actions::assignments::{
    AssignmentDetail, FindingKind, NewAnswer, NewAssignment, NewDeliverable, NewEscape, NewFinding,
    NewReview, Reply, accept_deliverable, answer_question, ask_question, cancel_assignment,
    close_assignment, deliver, give_assignment, load_assignment, note_escape, reply_to_assignment,
    return_deliverable, rule_next, start_assignment, tick_step,
};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, ErrorKind};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::handed_off::Desk;
use crate::stores::{at_once, moment, on_each_store};

const MANY: usize = 8;

/// The one that was done; each of the others was told of a conflict.
#[track_caller]
fn one(outcomes: Vec<Result<AssignmentDetail, Error>>) -> AssignmentDetail {
    let mut all = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(done) => all.push(done),
            Err(error) => assert_eq!(error.kind, ErrorKind::Conflict, "{error:?}"),
        }
    }
    assert_eq!(all.len(), 1);
    all.remove(0)
}

fn fault() -> NewFinding {
    NewFinding {
        kind: FindingKind::Fault,
        step: None,
        criterion: Some(1),
        text: "Two are left.".to_owned(),
    }
}

fn escape() -> NewEscape {
    NewEscape {
        fault: fault(),
        reworked: None,
        seen: None,
    }
}

fn with_fault() -> NewReview {
    NewReview {
        findings: vec![fault()],
        ..NewReview::default()
    }
}

fn done() -> NewDeliverable {
    NewDeliverable {
        text: "Done.".to_owned(),
        ..NewDeliverable::default()
    }
}

#[test]
fn of_several_at_once_one_wins() {
    on_each_store("assign_race", |store| {
        let desk = Desk::of(store);
        for round in 0..6 {
            let id = desk.give();
            one(at_once(MANY, |number| {
                let reply = if number % 2 == 0 {
                    Reply::Agree
                } else {
                    Reply::Decline
                };
                desk.works(move |tx, a| reply_to_assignment(tx, a, id, reply, None, moment(41)))
            }));
            if desk.load(id).row.state == "declined" {
                continue;
            }
            one(at_once(MANY, |_| {
                desk.works(move |tx, a| {
                    deliver(tx, a, id, &done(), moment(42))?;
                    load_assignment(tx, a, id)
                })
            }));
            let judged = one(at_once(MANY, |number| {
                desk.owns(move |tx, a| {
                    match (number + round) % 2 {
                        0 => accept_deliverable(tx, a, id, &NewReview::default(), moment(43)),
                        _ => return_deliverable(tx, a, id, &with_fault(), moment(43)),
                    }?;
                    load_assignment(tx, a, id)
                })
            }));
            assert_eq!((judged.deliverables.len(), judged.reviews.len()), (1, 1));
            assert_eq!(desk.load(id).reviews[0].verdict, judged.row.state);
        }
        // The trial has counted each once.
        let accepted = desk.owns(|tx, a| {
            let which = offdesk_actions::assignments::Which {
                state: Some("accepted".to_owned()),
                person: None,
            };
            offdesk_actions::assignments::list_assignments(tx, a, &which, None, 99)
        });
        let accepted = i64::try_from(accepted.unwrap().len()).unwrap();
        assert_eq!(
            desk.handoff().summary.handoff.row.trial_done,
            accepted.min(3)
        );
        desk.is_clean();
    });
}

#[test]
fn different_work_at_once_all_counts() {
    on_each_store("assign_parallel", |store| {
        let desk = Desk::with(store, |new| {
            new.in_a_row = 24;
            new.trial_length = 50;
        });
        let given = at_once(MANY, |_| desk.give());
        let mut numbers: Vec<i64> = given.iter().map(|id| desk.load(*id).row.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
        let outcomes = at_once(MANY, |number| {
            let id = given[number];
            desk.works(move |tx, a| {
                reply_to_assignment(tx, a, id, Reply::Agree, None, moment(41))?;
                deliver(tx, a, id, &done(), moment(42))
            })?;
            desk.accept(id, NewReview::default())
        });
        assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
        let handoff = desk.handoff().summary.handoff;
        assert_eq!((handoff.row.trial_done, handoff.checking.clean), (8, 8));
        desk.is_clean();
    });
}

#[test]
fn a_rule_and_a_reviewer_at_once_have_one_outcome() {
    on_each_store("assign_rule_race", |store| {
        let desk = Desk::of(store);
        for _ in 0..5 {
            let id = desk.delivered().row.id;
            let week = moment(51 + 7 * 86_400);
            let outcomes = at_once(MANY, |number| match number {
                0 => desk
                    .owns(move |tx, a| return_deliverable(tx, a, id, &with_fault(), week))
                    .map(|_| ()),
                _ => rule_next(&desk.store, week).map(|_| ()),
            });
            for outcome in outcomes.iter().filter_map(|it| it.as_ref().err()) {
                assert_eq!(outcome.kind, ErrorKind::Conflict, "{outcome:?}");
            }
            while rule_next(&desk.store, week).unwrap() {}
            let row = desk.load(id).row;
            assert!(
                matches!(row.state.as_str(), "accepted" | "returned"),
                "{}",
                row.state
            );
            assert_eq!(outcomes[0].is_ok(), row.state == "returned");
        }
        desk.is_clean();
    });
}

/// Does one thing of many to an assignment, by chance; what it may not be done to refuses it.
fn any(desk: &Desk, id: Uuid, pick: u8, at: i64) -> Result<(), Error> {
    let now = moment(at);
    let outcome = match pick {
        0 => desk.works(move |tx, a| reply_to_assignment(tx, a, id, Reply::Agree, None, now)),
        1 => desk.works(move |tx, a| reply_to_assignment(tx, a, id, Reply::Decline, None, now)),
        2 => desk.works(move |tx, a| start_assignment(tx, a, id, None, now)),
        3 => desk.works(move |tx, a| ask_question(tx, a, id, Some(1), "Which?", now)),
        4 => {
            let open = desk
                .load(id)
                .questions
                .into_iter()
                .find(|it| it.answered.is_none());
            let question = open.map_or(Uuid::nil(), |it| it.id);
            let answer = NewAnswer {
                text: "That one.".to_owned(),
                ..NewAnswer::default()
            };
            desk.owns(move |tx, a| answer_question(tx, a, id, question, &answer, now))
        }
        5..=7 => desk.works(move |tx, a| {
            deliver(tx, a, id, &done(), now)?;
            load_assignment(tx, a, id)
        }),
        8 => desk.owns(move |tx, a| {
            accept_deliverable(tx, a, id, &NewReview::default(), now)?;
            load_assignment(tx, a, id)
        }),
        9 => desk.owns(move |tx, a| {
            return_deliverable(tx, a, id, &with_fault(), now)?;
            load_assignment(tx, a, id)
        }),
        10 => desk.owns(move |tx, a| cancel_assignment(tx, a, id, None, now)),
        11 => desk.owns(move |tx, a| close_assignment(tx, a, id, None, now)),
        12 => desk.owns(move |tx, a| note_escape(tx, a, id, &escape(), now)),
        13 => desk.works(move |tx, a| {
            tick_step(tx, a, id, 1, at % 2 == 0, now)?;
            load_assignment(tx, a, id)
        }),
        14 => {
            let handoff = desk.handoff;
            desk.owns(move |tx, a| {
                let new = NewAssignment {
                    due: Some(moment(at + 3_600).now),
                    ..NewAssignment::default()
                };
                give_assignment(tx, a, handoff, &new, now)
            })
        }
        _ => return rule_next(&desk.store, now).map(|_| ()),
    };
    outcome.map(|_| ())
}

#[test]
fn any_sequence_keeps_what_must_hold() {
    on_each_store("assign_any", |store| {
        let desk = Desk::with(store, |new| new.in_a_row = 5);
        let mut runner = TestRunner::new(Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        });
        let steps = proptest::collection::vec((0_u8..16, 0_i64..900_000), 1..30);
        let mut at = 100;
        let at = std::cell::RefCell::new(&mut at);
        runner
            .run(&steps, |steps| {
                let mut at = at.borrow_mut();
                let id = desk.give_at(**at);
                for (pick, later) in steps {
                    **at += later % [1, 60, 3_600, 90_000][usize::from(pick % 4)];
                    if let Err(error) = any(&desk, id, pick, **at) {
                        let is_fit = matches!(
                            error.kind,
                            ErrorKind::Conflict | ErrorKind::NotFound | ErrorKind::Invalid
                        );
                        prop_assert!(is_fit, "{error:?}");
                    }
                }
                desk.is_clean();
                Ok(())
            })
            .unwrap();
    });
}
