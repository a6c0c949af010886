//! The same done to an assignment by several at once has one outcome, and the others are told so; any sequence keeps what must hold.

use offdesk_actions::assignments::{
    AssignmentChange, AssignmentDetail, FindingKind, NewAnswer, NewAssignment, NewDeliverable,
    NewEscape, NewFinding, NewReview, Reply, Which, accept_deliverable, answer_question,
    ask_question, cancel_assignment, change_assignment, close_assignment, deliver, give_assignment,
    list_assignments, load_assignment, note_escape, reassign_assignment, reply_to_assignment,
    return_deliverable, rule_next, start_assignment, tick_step,
};
use offdesk_actions::blueprints::{Publishing, load_blueprint, publish_blueprint, save_draft};
use offdesk_actions::handoffs::{Move, move_handoff};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::assignments::AssignmentRow;
use offdesk_actions::store::assignments::agreed::AgreedRow;
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
            let which = Which {
                state: Some("accepted".to_owned()),
                person: None,
            };
            list_assignments(tx, a, &which, None, 99)
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
        15 => {
            let change = any_change(at);
            desk.owns(move |tx, a| change_assignment(tx, a, id, &change, now))
        }
        16 => {
            let other = desk.other;
            desk.owns(move |tx, a| reassign_assignment(tx, a, id, (other, None), None, now))
        }
        17 => {
            let preference = NewFinding {
                kind: FindingKind::Preference,
                ..fault()
            };
            let review = NewReview {
                findings: vec![preference],
                ..NewReview::default()
            };
            desk.owns(move |tx, a| {
                return_deliverable(tx, a, id, &review, now)?;
                load_assignment(tx, a, id)
            })
        }
        18 => return publish_another(desk, at),
        19 => {
            let (handoff, is_paused) = (desk.handoff, at % 3 == 0);
            let what = if is_paused { Move::Pause } else { Move::Resume };
            let moved = desk.owns(move |tx, a| move_handoff(tx, a, handoff, what, "", None, now));
            return moved.map(|_| ());
        }
        _ => return rule_next(&desk.store, now).map(|_| ()),
    };
    outcome.map(|_| ())
}

/// Another title, price or date, as chance has it; of some nothing is said.
fn any_change(at: i64) -> AssignmentChange {
    let of = |all: [&str; 3], by: i64| {
        let which = usize::try_from(at / by % 4).unwrap_or(0);
        all.get(which).map(|text| (*text).to_owned())
    };
    AssignmentChange {
        title: of(["Inbox triage", "Both inboxes", "The shop's inbox"], 1),
        note: of(["", "Before noon.", "After noon."], 3),
        amount: of(["20", "25", "15"], 5),
        due: (at % 2 == 0).then(|| moment(at + 7_200).now),
        seen: None,
    }
}

/// Publishes a version of the blueprint whose first step is another one.
fn publish_another(desk: &Desk, at: i64) -> Result<(), Error> {
    let (blueprint, now) = (desk.blueprint, moment(at));
    desk.owns(move |tx, a| {
        let text = load_blueprint(tx, a, blueprint)?.newest.text;
        let text = match text.contains("1. Carefully ") {
            true => text.replacen("1. Carefully ", "1. ", 1),
            false => text.replacen("1. ", "1. Carefully ", 1),
        };
        save_draft(tx, a, blueprint, &text, "", None, now)?;
        let knowingly = Publishing {
            seen: None,
            is_untested: true,
            ..Publishing::default()
        };
        publish_blueprint(tx, a, blueprint, knowingly, now).map(|_| ())
    })
}

/// What was agreed stands beside a change until it is answered, and comes back unless the change is taken.
fn keeps_what_was_agreed(
    pick: u8,
    before: &AssignmentRow,
    after: &AssignmentRow,
) -> Result<(), TestCaseError> {
    let of_row = |row: &AssignmentRow| {
        let (title, note) = (row.title.clone(), row.note.clone());
        (title, note, row.amount.clone(), row.blueprint_number)
    };
    let of_agreed = |row: &AgreedRow| {
        let (title, note) = (row.title.clone(), row.note.clone());
        (title, note, row.amount.clone(), row.blueprint_number)
    };
    match (&before.before, &after.before) {
        (None, Some(kept)) => prop_assert_eq!(of_agreed(kept), of_row(before)),
        (Some(agreed), Some(kept)) => prop_assert_eq!(of_agreed(kept), of_agreed(agreed)),
        (Some(_), None) if pick == 0 => prop_assert_eq!(of_row(after), of_row(before)),
        (Some(agreed), None) => prop_assert_eq!(of_row(after), of_agreed(agreed)),
        (None, None) if !matches!(pick, 9 | 15 | 17) => {
            prop_assert_eq!(of_row(after), of_row(before));
        }
        (None, None) => {}
    }
    if after.state != "assigned" {
        prop_assert!(after.before.is_none());
    }
    Ok(())
}

/// What is done more often than the rest: to take something and not, to change it, to hand it in and to judge it, to pause and to go on.
const OFTEN: [u8; 32] = [
    0, 0, 0, 0, 1, 1, 1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 8, 8, 9, 10, 11, 12, 13, 14, 15, 15, 15, 16,
    17, 18, 19, 20,
];
/// As long as a trial can be.
const TRIAL: u32 = 50;

/// How many of the trial were looked at and accepted, whether the handoff was paused meanwhile or not.
fn passed(desk: &Desk) -> i64 {
    let in_state = |state: &'static str| {
        desk.owns(move |tx, a| {
            let which = Which {
                state: Some(state.to_owned()),
                person: None,
            };
            list_assignments(tx, a, &which, None, 1_000)
        })
    };
    let all = ["accepted", "closed"].map(|state| in_state(state).unwrap());
    let counts =
        |row: &AssignmentRow| row.is_trial && row.acceptance.as_deref() == Some("reviewed");
    let count = all.iter().flatten().filter(|it| counts(&it.row)).count();
    i64::try_from(count).unwrap()
}

#[test]
fn any_sequence_keeps_what_must_hold() {
    on_each_store("assign_any", |store| {
        let desk = Desk::with(store, |new| {
            new.in_a_row = 5;
            new.trial_length = TRIAL;
        });
        let mut runner = TestRunner::new(Config {
            cases: 40,
            failure_persistence: None,
            ..Config::default()
        });
        let steps = proptest::collection::vec((0..OFTEN.len(), 0_i64..900_000), 1..30);
        let mut at = 100;
        let at = std::cell::RefCell::new(&mut at);
        runner
            .run(&steps, |steps| {
                let mut at = at.borrow_mut();
                let id = desk.give_at(**at);
                let goes = |what, now| {
                    let handoff = desk.handoff;
                    desk.owns(move |tx, a| move_handoff(tx, a, handoff, what, "", None, now))
                };
                // Every second one is done while its handoff is paused.
                if steps.len() % 2 == 0 {
                    goes(Move::Pause, moment(**at)).unwrap();
                }
                for (pick, later) in steps {
                    let pick = OFTEN[pick];
                    let longest = [1, 1, 60, 60, 60, 3_600, 90_000];
                    **at += later / 7 % longest[usize::try_from(later % 7).unwrap()];
                    let before = desk.load(id).row;
                    if let Err(error) = any(&desk, id, pick, **at) {
                        let is_fit = matches!(
                            error.kind,
                            ErrorKind::Conflict | ErrorKind::NotFound | ErrorKind::Invalid
                        );
                        prop_assert!(is_fit, "{error:?}");
                    }
                    keeps_what_was_agreed(pick, &before, &desk.load(id).row)?;
                }
                // It may go on already.
                let _ = goes(Move::Resume, moment(**at));
                prop_assert_eq!(
                    desk.handoff().summary.handoff.row.trial_done,
                    passed(&desk).min(TRIAL.into())
                );
                desk.is_clean();
                Ok(())
            })
            .unwrap();
    });
}
