//! Assignments on both databases: given, taken, asked about, handed in, returned, accepted; what the ladder and the trial learn; who may
//! do what; what happens by rule.

use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::files::{add_file_part, begin_file, drop_file, load_file_part};
use offdesk_actions::assignments::json::AssignmentJson;
use offdesk_actions::assignments::records::{record_of_handoff, record_of_person};
use offdesk_actions::assignments::{
    AssignmentChange, AssignmentDetail, FindingKind, Met, NewAnswer, NewAssignment, NewDeliverable,
    NewEscape, NewFinding, NewReview, Reply, Spent, Which, accept_deliverable, add_time,
    answer_question, ask_question, cancel_assignment, change_assignment, close_assignment,
    correct_supervision, count_open, deliver, give_assignment, identify_assignment, list_asked,
    list_assignments, list_of_handoff, list_open_questions, list_to_review, load_assignment,
    note_escape, note_supervision, reassign_assignment, reply_to_assignment, rule_next, set_time,
    start_assignment, supervision_of, tick_step,
};
use offdesk_actions::blueprints::{Publishing, load_blueprint, publish_blueprint, save_draft};
use offdesk_actions::desk::{Kind, load_desk};
use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewChecking, NewScope, OpenWork, change_checking, move_handoff,
    propose_change,
};
use offdesk_actions::people::own::{answer_own_change, set_off_until};
use offdesk_actions::people::{NewTerms, list_off, set_person_state};
use offdesk_actions::store::assignments::AssignmentRow;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::workspaces::list_events;
use offdesk_actions::{Error, ErrorKind, Moment};
use offdesk_domain::Day;
use offdesk_domain::assignment::Supervised;
use offdesk_domain::handoff::{CheckingChange, EndReason, Running, State};
use offdesk_domain::person::PersonState;
use offdesk_domain::trust::Tally;

use crate::handed_off::{Desk, refused};
use crate::stores::{moment, on_each_store, write};

fn finding(kind: FindingKind) -> NewFinding {
    NewFinding {
        kind,
        step: Some(1),
        criterion: None,
        text: "The reply has the wrong name.".to_owned(),
    }
}

fn fault() -> Vec<NewFinding> {
    vec![finding(FindingKind::Fault)]
}

/// A fault that came out later, also where its kind says otherwise.
fn escape() -> NewEscape {
    NewEscape {
        fault: finding(FindingKind::Preference),
        reworked: None,
        seen: None,
    }
}

#[test]
fn one_assignment_from_the_desk_and_back() {
    on_each_store("assign_story", |store| {
        let desk = Desk::of(store);
        let (handoff, blueprint) = (desk.handoff, desk.blueprint);
        let given = desk
            .owns(move |tx, actor| {
                let new = NewAssignment {
                    title: "Monday's inbox".to_owned(),
                    note: "The shop's, too.".to_owned(),
                    due: Some(moment(7_240).now),
                    answer_by: Some(moment(3_640).now),
                    amount: Some("22.50".to_owned()),
                    ..NewAssignment::default()
                };
                give_assignment(tx, actor, handoff, &new, moment(40))
            })
            .unwrap();
        let (id, row) = (given.row.id, given.row);
        assert_eq!(
            (row.number, row.amount.as_str(), row.unit.as_str()),
            (1, "22.50", "assignment")
        );
        assert_eq!((row.blueprint_number, row.is_trial), (1, true));
        let state = desk.handoff().summary.handoff.state;
        assert_eq!(state, State::Running(Running::Trial { done: 0, of: 3 }));

        // Ticking begins the work; a question lets the due date stand still.
        desk.works(move |tx, actor| {
            reply_to_assignment(tx, actor, id, Reply::Agree, Some(1), moment(50))
        })
        .unwrap();
        let ticked = desk
            .works(move |tx, actor| {
                tick_step(tx, actor, id, 1, true, moment(60))?;
                load_assignment(tx, actor, id)
            })
            .unwrap();
        assert_eq!(
            (ticked.ticked, ticked.row.state.as_str()),
            (vec![1], "in_progress")
        );
        let asked = desk
            .works(move |tx, actor| {
                ask_question(tx, actor, id, Some(1), "Which inbox first?", moment(100))
            })
            .unwrap();
        assert_eq!(asked.row.state, "waiting");
        let question = asked.questions[0].clone();
        assert_eq!(question.answer_by, Some(moment(100 + 24 * 3_600).micros()));
        let open = desk
            .owns(|tx, actor| list_open_questions(tx, actor, 9))
            .unwrap();
        assert_eq!((open[0].person.as_str(), open.len()), ("Ana", 1));
        let steps_before = asked.blueprint.step_texts().count();
        let answered = desk
            .owns(move |tx, actor| {
                let answer = NewAnswer {
                    text: "The shop's inbox first.".to_owned(),
                    is_for_blueprint: true,
                    spent: Some(Spent::captured(120)),
                };
                answer_question(tx, actor, id, question.id, &answer, moment(700))
            })
            .unwrap();
        assert_eq!(answered.row.state, "in_progress");
        assert_eq!(
            answered.row.due_at,
            moment(7_240 + 600).micros(),
            "600 s were waited"
        );
        assert_eq!(answered.questions[0].draft_number, Some(2));
        let draft = desk
            .owns(move |tx, actor| load_blueprint(tx, actor, blueprint))
            .unwrap();
        let first = draft.blueprint.step_texts().next().unwrap().to_owned();
        assert!(first.ends_with("\nThe shop's inbox first."), "{first}");
        assert_eq!(draft.blueprint.step_texts().count(), steps_before);
        // The version of the assignment is frozen.
        assert_eq!(desk.load(id).row.blueprint_number, 1);
        assert!(
            !desk
                .load(id)
                .blueprint
                .step_texts()
                .any(|text| text.contains("shop's inbox first"))
        );

        desk.works(move |tx, actor| add_time(tx, actor, id, 1_800, moment(710)))
            .unwrap();
        desk.works(move |tx, actor| add_time(tx, actor, id, 900, moment(711)))
            .unwrap();
        let delivered = desk
            .works(move |tx, actor| {
                let new = NewDeliverable {
                    text: "All answered.".to_owned(),
                    link: "https://example.com/inbox".to_owned(),
                    ..NewDeliverable::default()
                };
                deliver(tx, actor, id, &new, moment(720))?;
                load_assignment(tx, actor, id)
            })
            .unwrap();
        assert_eq!(
            (delivered.row.state.as_str(), delivered.row.seconds),
            ("delivered", 2_700)
        );
        assert_eq!(delivered.row.on_time.as_deref(), Some("yes"));
        assert_eq!(
            delivered.row.accept_at,
            Some(moment(720 + 7 * 86_400).micros())
        );
        assert!(
            delivered.supervision.is_empty(),
            "a worker does not see the owner's time"
        );
        let waiting = desk.owns(|tx, actor| list_to_review(tx, actor, 9)).unwrap();
        assert_eq!(waiting.len(), 1);

        let returned = desk.send_back(id, fault()).unwrap();
        assert_eq!(
            (returned.row.state.as_str(), returned.row.has_fault),
            ("returned", true)
        );
        desk.works(move |tx, actor| start_assignment(tx, actor, id, None, moment(800)))
            .unwrap();
        desk.deliver(id, moment(900)).unwrap();
        let done = desk
            .accept(
                id,
                NewReview {
                    met: Met::Unsaid,
                    note: "Right now.".to_owned(),
                    spent: Some(Spent {
                        captured: 300,
                        seconds: 240,
                    }),
                    ..NewReview::default()
                },
            )
            .unwrap();
        assert_eq!(done.row.state, "accepted");
        assert_eq!(
            (
                done.reviews[0].met.as_str(),
                done.reviews[1].verdict.as_str()
            ),
            ("1 2 3", "returned")
        );
        assert_eq!((done.deliverables.len(), done.findings.len()), (2, 1));
        let spent: Vec<(i64, i64)> = done
            .supervision
            .iter()
            .map(|it| (it.captured, it.seconds))
            .collect();
        assert_eq!(
            spent,
            [(300, 240), (120, 120)],
            "in the order of their moments"
        );
        let line = done.supervision[0].clone();
        let right = desk
            .owns(move |tx, actor| {
                correct_supervision(tx, actor, handoff, line.id, 600, Some(1), moment(950))
            })
            .unwrap();
        assert_eq!((right.captured, right.seconds), (300, 600));
        desk.owns(move |tx, actor| {
            note_supervision(tx, actor, id, Supervised::Reworking, 60, moment(960))
        })
        .unwrap();
        let sums = desk
            .owns(move |tx, actor| supervision_of(tx, actor, handoff))
            .unwrap();
        assert_eq!(
            sums,
            [
                (Supervised::Answering, 120),
                (Supervised::Reviewing, 600),
                (Supervised::Reworking, 60)
            ]
        );
        let closed = desk
            .owns(move |tx, actor| close_assignment(tx, actor, id, None, moment(970)))
            .unwrap();
        assert_eq!(closed.row.state, "closed");
        desk.is_clean();
    });
}

#[test]
fn a_change_leaves_what_was_asked_open() {
    on_each_store("assign_asked_changed", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        let due = desk.load(id).row.due_at;
        let asked = desk
            .works(move |tx, actor| ask_question(tx, actor, id, None, "Which?", moment(100)))
            .unwrap();
        let question = asked.questions[0].id;
        let changed = desk
            .owns(move |tx, actor| {
                let change = AssignmentChange {
                    note: Some("The shop's, too.".to_owned()),
                    ..AssignmentChange::default()
                };
                change_assignment(tx, actor, id, &change, moment(700))
            })
            .unwrap();
        assert_eq!(changed.row.state, "assigned");
        assert_eq!(
            changed.row.due_at,
            due + 600_000_000,
            "600 s had been waited"
        );
        assert!(changed.questions[0].answered.is_none());
        let open = desk
            .owns(|tx, actor| list_open_questions(tx, actor, 9))
            .unwrap();
        assert_eq!(open.len(), 1);
        // It stands with what was asked, though it waits for another answer, too.
        let waits = desk.owns(|tx, a| load_desk(tx, a, 9, moment(750)));
        assert_eq!(waits.unwrap().questions, 1);
        let (asked, count) = desk.owns(|tx, a| list_asked(tx, a, (9, 9))).unwrap();
        assert_eq!((asked.len(), count), (1, 1));
        desk.is_clean();
        let agreed = desk
            .works(move |tx, actor| {
                reply_to_assignment(tx, actor, id, Reply::Agree, None, moment(800))
            })
            .unwrap();
        assert_eq!(agreed.row.state, "waiting");
        let answered = desk
            .owns(move |tx, actor| {
                let answer = NewAnswer {
                    text: "The shop's.".to_owned(),
                    ..NewAnswer::default()
                };
                answer_question(tx, actor, id, question, &answer, moment(1_000))
            })
            .unwrap();
        assert_eq!(answered.row.state, "in_progress");
        assert_eq!(answered.row.due_at, due + 900_000_000);
        desk.is_clean();
    });
}

#[test]
fn a_trial_passes_and_the_ladder_is_climbed_and_lost() {
    on_each_store("assign_ladder", |store| {
        let desk = Desk::with(store, |new| new.in_a_row = 5);
        for done in 1..=3_u32 {
            let id = desk.delivered().row.id;
            desk.accept(id, NewReview::default()).unwrap();
            let state = desk.handoff().summary.handoff.state;
            let expected = match done {
                3 => Running::Active,
                done => Running::Trial { done, of: 3 },
            };
            assert_eq!(state, State::Running(expected));
        }
        let on = |desk: &Desk| {
            let checking = desk.handoff().summary.handoff.checking;
            (checking.rung, checking.clean)
        };
        assert_eq!(on(&desk), (0, 3));
        // A preference moves nothing; what is returned for one and comes back without a fault is clean.
        let id = desk.delivered().row.id;
        desk.send_back(id, vec![finding(FindingKind::Preference)])
            .unwrap();
        assert_eq!(on(&desk), (0, 3));
        desk.deliver(id, moment(55)).unwrap();
        desk.accept(id, NewReview::default()).unwrap();
        assert_eq!(on(&desk), (0, 4));
        let id = desk.delivered().row.id;
        desk.accept(id, NewReview::default()).unwrap();
        assert_eq!(on(&desk), (1, 0));

        // Every second one by chance: the others are accepted by rule, and move nothing.
        let (mut picked, mut unpicked) = (0, Vec::new());
        for _ in 0..40 {
            let delivered = desk.delivered();
            assert_eq!(delivered.deliverables[0].one_in, 2);
            let is_picked = delivered.row.state == "delivered";
            assert_eq!(delivered.deliverables[0].drawn % 2 == 0, is_picked);
            if is_picked {
                picked += 1;
                if picked < 5 {
                    desk.accept(delivered.row.id, NewReview::default()).unwrap();
                }
            } else {
                assert_eq!(delivered.row.acceptance.as_deref(), Some("not_picked"));
                unpicked.push(delivered.row.id);
            }
        }
        assert!((8..=32).contains(&picked), "{picked}");
        assert_eq!(on(&desk), (1, 4));
        // A fault that is found later in one nobody looked at goes back to all.
        let id = unpicked[0];
        desk.owns(move |tx, actor| note_escape(tx, actor, id, &escape(), moment(90)))
            .unwrap();
        assert_eq!(on(&desk), (0, 0));
        let found = desk.load(id);
        assert!(found.findings[0].is_escape && found.findings[0].kind == "fault");
        assert_eq!(found.row.state, "accepted");

        let handoff = desk.handoff;
        let (record, ladder) = desk
            .owns(move |tx, actor| record_of_handoff(tx, actor, handoff))
            .unwrap();
        assert_eq!((record.first_time.good, record.first_time.all), (9, 9));
        assert_eq!((record.on_time.good, record.on_time.all), (45, 45));
        assert_eq!((record.rework.good, ladder.rung()), (0, 0));
        assert_eq!(record.escapes.good, 1);
        assert_eq!(record.first_time.in_words(), "9 of 9: 70-100 %");
        desk.is_clean();
    });
}

/// A handoff may begin on a high rung: its trial is looked at all the same.
#[test]
fn a_trial_passes_only_by_what_was_looked_at() {
    on_each_store("assign_trial", |store| {
        let desk = Desk::with(store, |new| new.rung = 2);
        for done in 1..=3_u32 {
            for _ in 0..4 {
                let waiting = desk.delivered();
                assert_eq!(waiting.row.state, "delivered");
                assert_eq!(waiting.deliverables[0].one_in, 1);
            }
            let id = desk.delivered().row.id;
            desk.accept(id, NewReview::default()).unwrap();
            let is_over = done == 3;
            let state = desk.handoff().summary.handoff.state;
            assert_eq!(state == State::Running(Running::Active), is_over, "{done}");
        }
        desk.is_clean();
    });
}

/// Only faults count against the work, and what comes out later is told.
/// What lies on a desk is done and looked at while a handoff is paused, and counts towards its trial.
#[test]
fn a_trial_goes_on_with_what_is_accepted_while_it_is_paused() {
    on_each_store("assign_trial_paused", |store| {
        let desk = Desk::with(store, |new| new.trial_length = 2);
        let handoff = desk.handoff;
        let (first, second) = (desk.delivered().row.id, desk.delivered().row.id);
        desk.accept(first, NewReview::default()).unwrap();
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, Move::Pause, "", None, moment(61)))
            .unwrap();
        desk.accept(second, NewReview::default()).unwrap();
        let state = || desk.handoff().summary.handoff.state;
        assert_eq!(state(), State::Paused(Running::Active));
        desk.is_clean();
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, Move::Resume, "", None, moment(62)))
            .unwrap();
        assert_eq!(state(), State::Running(Running::Active));
        desk.is_clean();
    });
}

#[test]
fn a_record_counts_faults_and_no_preferences() {
    on_each_store("assign_record", |store| {
        let desk = Desk::of(store);
        let preferred = desk.delivered().row.id;
        desk.send_back(preferred, vec![finding(FindingKind::Preference)])
            .unwrap();
        let with = |kind| NewReview {
            findings: vec![finding(kind)],
            ..NewReview::default()
        };
        let faulty = desk.delivered().row.id;
        desk.accept(faulty, with(FindingKind::Fault)).unwrap();
        let sent_back = desk.delivered().row.id;
        desk.send_back(sent_back, vec![finding(FindingKind::Fault)])
            .unwrap();
        let right = desk.delivered().row.id;
        desk.accept(right, NewReview::default()).unwrap();
        desk.owns(move |tx, actor| note_escape(tx, actor, right, &escape(), moment(90)))
            .unwrap();
        let handoff = desk.handoff;
        let (record, _) = desk
            .owns(move |tx, actor| record_of_handoff(tx, actor, handoff))
            .unwrap();
        let of = |tally: Tally| (tally.good, tally.all);
        assert_eq!(of(record.first_time), (2, 4));
        assert_eq!((of(record.rework), of(record.escapes)), ((1, 4), (1, 2)));
        desk.is_clean();
    });
}

/// Work that was done is not taken back without its pay because it was returned.
#[test]
fn what_was_handed_in_once_is_not_taken_back() {
    on_each_store("assign_returned", |store| {
        let desk = Desk::of(store);
        let id = desk.delivered().row.id;
        desk.send_back(id, fault()).unwrap();
        let cancel =
            || desk.owns(move |tx, a| cancel_assignment(tx, a, id, None, moment(70)).map(|_| ()));
        refused(cancel(), "assignment.handed_in");
        desk.works(move |tx, a| start_assignment(tx, a, id, None, moment(71)))
            .unwrap();
        refused(cancel(), "assignment.handed_in");
        // Where the handoff ends, it is done to its end and paid.
        let (handoff, other) = (desk.handoff, desk.agreed());
        let what = Move::End(EndReason::TakenBack, OpenWork::TakenBack);
        desk.owns(move |tx, actor| move_handoff(tx, actor, handoff, what, "", None, moment(72)))
            .unwrap();
        assert_eq!(desk.load(other).row.state, "cancelled");
        assert_eq!(desk.load(id).row.state, "in_progress");
        desk.deliver(id, moment(73)).unwrap();
        desk.accept(id, NewReview::default()).unwrap();
        desk.is_clean();
    });
}

/// Somebody who says nothing more after a return is paid for what is there, and then they can go.
#[test]
fn what_was_returned_is_accepted_as_it_is() {
    on_each_store("assign_as_it_is", |store| {
        let desk = Desk::of(store);
        for is_started in [false, true] {
            let id = desk.delivered().row.id;
            desk.send_back(id, fault()).unwrap();
            if is_started {
                desk.works(move |tx, a| start_assignment(tx, a, id, None, moment(71)))
                    .unwrap();
            }
            let review = NewReview {
                note: "Good enough.".to_owned(),
                as_it_is: true,
                ..NewReview::default()
            };
            refused(desk.accept(id, NewReview::default()), "assignment.not_now");
            let done = desk.accept(id, review).unwrap();
            assert_eq!(done.row.state, "accepted");
            assert!(done.row.accepted_at.is_some());
            let note = done.reviews.iter().map(|it| it.note.as_str());
            assert_eq!(note.collect::<Vec<_>>(), ["Good enough."]);
        }
        let fresh = desk.agreed();
        refused(
            desk.accept(fresh, NewReview::default()),
            "assignment.not_now",
        );
        desk.is_clean();
    });
}

/// A change that nobody answers, or that is declined, takes no pay away either, and no change makes it cheaper.
#[test]
fn what_was_handed_in_once_is_not_lost_by_a_change() {
    on_each_store("assign_changed_back", |store| {
        let desk = Desk::of(store);
        for is_declined in [true, false] {
            let id = desk.delivered().row.id;
            desk.send_back(id, fault()).unwrap();
            let change = |due: Option<jiff::Timestamp>, amount: Option<&str>| {
                let amount = amount.map(str::to_owned);
                let change = AssignmentChange {
                    due,
                    amount,
                    ..AssignmentChange::default()
                };
                desk.owns(move |tx, a| change_assignment(tx, a, id, &change, moment(70)))
            };
            refused(change(None, Some("0.01")), "assignment.handed_in");
            let due = moment(71).now;
            assert_eq!(change(Some(due), None).unwrap().row.state, "assigned");
            if is_declined {
                desk.works(move |tx, a| {
                    reply_to_assignment(tx, a, id, Reply::Decline, None, moment(70))
                })
                .unwrap();
            } else {
                while rule_next(store, moment(72)).unwrap() {}
            }
            assert_eq!(desk.load(id).row.state, "returned");
            desk.deliver(id, moment(73)).unwrap();
            desk.accept(id, NewReview::default()).unwrap();
        }
        desk.is_clean();
    });
}

#[test]
fn a_finding_names_its_place_and_a_criterion_is_judged() {
    on_each_store("assign_judged", |store| {
        let desk = Desk::of(store);
        let id = desk.delivered().row.id;
        let nowhere = NewFinding {
            step: None,
            ..finding(FindingKind::Fault)
        };
        refused(
            desk.send_back(id, vec![nowhere.clone()]),
            "assignment.finding_place",
        );
        // Of what is accepted each criterion holds, or something was found at it.
        let partly = |findings| NewReview {
            met: Met::These(vec![2]),
            findings,
            ..NewReview::default()
        };
        refused(desk.accept(id, partly(Vec::new())), "assignment.unmet");
        let but = NewReview {
            met: Met::AllBut(vec![1]),
            ..NewReview::default()
        };
        refused(desk.accept(id, but), "assignment.unmet");
        let at_first = |kind| NewFinding {
            step: None,
            criterion: Some(1),
            ..finding(kind)
        };
        let count = desk.load(id).blueprint.criterion_texts().count();
        let accepted = desk
            .accept(
                id,
                NewReview {
                    findings: vec![at_first(FindingKind::Fault)],
                    reworked: Some(Spent {
                        captured: 0,
                        seconds: 1_200,
                    }),
                    ..NewReview::default()
                },
            )
            .unwrap();
        let rest: Vec<String> = (2..=count).map(|place| place.to_string()).collect();
        assert_eq!(accepted.reviews[0].met, rest.join(" "));
        assert_eq!(
            (
                accepted.supervision[0].kind.as_str(),
                accepted.supervision[0].seconds
            ),
            ("reworking", 1_200)
        );
        // Nothing said: all hold. A preference moves nothing.
        let id = desk.delivered().row.id;
        let accepted = desk
            .accept(
                id,
                NewReview {
                    findings: vec![at_first(FindingKind::Preference)],
                    ..NewReview::default()
                },
            )
            .unwrap();
        let all: Vec<String> = (1..=count).map(|place| place.to_string()).collect();
        assert_eq!(accepted.reviews[0].met, all.join(" "));
        // A fault that comes out later names its place, too.
        let escaped = |fault: NewFinding| {
            let escape = NewEscape {
                fault,
                reworked: Some(Spent::captured(60)),
                ..escape()
            };
            desk.owns(move |tx, actor| note_escape(tx, actor, id, &escape, moment(90)))
        };
        refused(escaped(nowhere), "assignment.finding_place");
        let noted = escaped(at_first(FindingKind::Fault)).unwrap();
        assert_eq!(noted.supervision[0].kind, "reworking");
        desk.is_clean();
    });
}

#[test]
fn a_handoff_does_not_end_over_what_lies_on_a_desk() {
    on_each_store("assign_end", |store| {
        let desk = Desk::of(store);
        let (handoff, first) = (desk.handoff, desk.agreed());
        let waiting = desk.delivered().row.id;
        let end = |open: OpenWork| {
            let what = Move::End(EndReason::TakenBack, open);
            desk.owns(move |tx, actor| move_handoff(tx, actor, handoff, what, "", None, moment(70)))
        };
        let refused_end = end(OpenWork::Unsaid).unwrap_err();
        assert_eq!(refused_end.code, "handoff.open_work");
        // What waits for a review is judged blind, and is not named.
        assert!(
            refused_end.message.contains(": 1 "),
            "{}",
            refused_end.message
        );
        assert!(
            !refused_end.message.contains("2 "),
            "{}",
            refused_end.message
        );
        assert_eq!(desk.handoff().open.len(), 1);
        end(OpenWork::TakenBack).unwrap();
        assert_eq!(desk.load(first).row.state, "cancelled");
        assert_eq!(desk.load(waiting).row.state, "delivered");
        let person = desk.load(first).row.person_id;
        let go = |at: i64| {
            desk.owns(move |tx, actor| {
                set_person_state(tx, actor, person, PersonState::Former, None, moment(at))
            })
        };
        refused(go(71), "person.open_work");
        desk.accept(waiting, NewReview::default()).unwrap();
        go(72).unwrap();
        desk.is_clean();
    });
}

#[test]
fn who_is_left_to_finish_finishes() {
    on_each_store("assign_finish", |store| {
        let desk = Desk::of(store);
        let (handoff, id) = (desk.handoff, desk.agreed());
        desk.owns(move |tx, actor| {
            let end = Move::End(EndReason::Finished, OpenWork::Finished);
            move_handoff(tx, actor, handoff, end, "", None, moment(45))
        })
        .unwrap();
        desk.deliver(id, moment(50)).unwrap();
        let accepted = desk.accept(id, NewReview::default()).unwrap();
        assert_eq!(accepted.row.state, "accepted");
        desk.is_clean();
    });
}

#[test]
fn checking_is_tightened_at_once_and_lapsed_picks_are_told() {
    on_each_store("assign_checking", |store| {
        let desk = Desk::with(store, |new| {
            new.in_a_row = 5;
            new.trial_length = 0;
        });
        let handoff = desk.handoff;
        for _ in 0..6 {
            let id = desk.delivered().row.id;
            if desk.load(id).row.state == "delivered" {
                desk.accept(id, NewReview::default()).unwrap();
            }
        }
        let check = |new: NewChecking| {
            desk.owns(move |tx, actor| change_checking(tx, actor, handoff, new, None, moment(80)))
        };
        assert_eq!(desk.handoff().summary.handoff.checking.rung, 1);
        refused(check(NewChecking::default()), "handoff.same");
        let back = NewChecking {
            change: CheckingChange {
                is_back_to_all: true,
                in_a_row: Some(10),
                ..CheckingChange::default()
            },
            accept_after_days: Some(1),
            ..NewChecking::default()
        };
        let changed = check(back).unwrap();
        let checking = changed.summary.handoff.checking;
        assert_eq!(
            (checking.rung, checking.clean, checking.in_a_row),
            (0, 0, 10)
        );
        assert_eq!(changed.history[0].event, "change_checking");
        let days = NewChecking {
            accept_after_days: Some(0),
            ..NewChecking::default()
        };
        refused(check(days), "handoff.accept_after");
        // Picked, and nobody looks: that counts as accepted, and is told.
        let id = desk.delivered().row.id;
        while rule_next(store, moment(50 + 2 * 86_400)).unwrap() {}
        assert_eq!(desk.load(id).row.acceptance.as_deref(), Some("timed_out"));
        let told = desk.handoff();
        assert_eq!(told.lapsed, 1);
        let words = told.summary.handoff.checking.worst_case(told.lapsed);
        assert!(
            words.ends_with("1 pick was not looked at, so it may be more."),
            "{words}"
        );
        desk.is_clean();
    });
}

#[test]
fn critical_work_is_always_looked_at() {
    on_each_store("assign_critical", |store| {
        let desk = Desk::with(store, |new| {
            new.is_critical = true;
            new.in_a_row = 5;
            new.trial_length = 0;
        });
        for _ in 0..12 {
            let delivered = desk.delivered();
            assert_eq!(delivered.row.state, "delivered");
            desk.accept(delivered.row.id, NewReview::default()).unwrap();
        }
        let checking = desk.handoff().summary.handoff.checking;
        assert_eq!((checking.rung, checking.clean), (0, 12));
        desk.is_clean();
    });
}

#[test]
fn after_two_returns_the_blueprint_is_put_right() {
    on_each_store("assign_returns", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        desk.works(move |tx, actor| tick_step(tx, actor, id, 1, true, moment(45)))
            .unwrap();
        desk.deliver(id, moment(50)).unwrap();
        refused(desk.send_back(id, Vec::new()), "assignment.no_finding");
        desk.send_back(id, fault()).unwrap();
        desk.deliver(id, moment(61)).unwrap();
        desk.send_back(id, fault()).unwrap();
        desk.deliver(id, moment(62)).unwrap();
        refused(desk.send_back(id, fault()), "assignment.returned_twice");
        let first_step = |detail: &AssignmentDetail, round| {
            let blueprint = detail.blueprint_of_round(round);
            blueprint.step_texts().next().unwrap_or_default().to_owned()
        };
        let before = first_step(&desk.load(id), 3);
        let agreed_at = desk.load(id).row.agreed_at;
        let blueprint = desk.blueprint;
        desk.owns(move |tx, actor| {
            let text = load_blueprint(tx, actor, blueprint)?.newest.text;
            let text = text.replacen("1. ", "1. Carefully ", 1);
            save_draft(tx, actor, blueprint, &text, "", None, moment(63))?;
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            publish_blueprint(tx, actor, blueprint, knowingly, moment(64))
        })
        .unwrap();
        let returned = desk.send_back(id, fault()).unwrap();
        assert_eq!(
            (returned.row.blueprint_number, returned.row.returns),
            (2, 1)
        );
        // The version was frozen when she agreed: she is asked, and would rather not.
        assert_eq!(returned.row.state, "assigned");
        let says = |reply| {
            desk.works(move |tx, a| reply_to_assignment(tx, a, id, reply, None, moment(64)))
        };
        let kept = says(Reply::Decline).unwrap();
        let row = (kept.row.state.as_str(), kept.row.blueprint_number);
        assert_eq!(row, ("returned", 1));
        assert_eq!((kept.row.returns, kept.row.agreed_at), (2, agreed_at));
        desk.deliver(id, moment(64)).unwrap();
        let returned = desk.send_back(id, fault()).unwrap();
        assert_eq!(returned.row.state, "assigned");
        // What was ticked and found was of the steps of the first version, and stays so.
        assert_eq!(returned.ticked, [0; 0]);
        let numbers: Vec<i64> = returned
            .deliverables
            .iter()
            .map(|it| it.blueprint_number)
            .collect();
        assert_eq!(numbers, [1, 1, 1, 1]);
        assert_eq!(first_step(&returned, 3), before);
        assert!(!before.starts_with("Carefully"), "{before}");
        assert_eq!(says(Reply::Agree).unwrap().ticked, [0; 0]);
        let again = desk.deliver(id, moment(65)).unwrap();
        assert_eq!(again.deliverables[0].blueprint_number, 2);
        assert!(first_step(&again, 5).starts_with("Carefully"));
        assert_eq!(first_step(&again, 3), before);
        desk.is_clean();
    });
}

/// What was answered in a hurry can still be written down: it was refused for good.
#[test]
fn an_answer_goes_into_the_blueprint_later_too() {
    on_each_store("assign_later_answer", |store| {
        let desk = Desk::of(store);
        let (id, blueprint) = (desk.agreed(), desk.blueprint);
        let asked = desk.works(move |tx, actor| {
            ask_question(tx, actor, id, Some(1), "Which inbox first?", moment(45))
        });
        let question = asked.unwrap().questions[0].id;
        let answer = |text: &'static str, is_for_blueprint| {
            desk.owns(move |tx, actor| {
                let new = NewAnswer {
                    text: text.to_owned(),
                    is_for_blueprint,
                    ..NewAnswer::default()
                };
                answer_question(tx, actor, id, question, &new, moment(50))
            })
        };
        refused(answer("", true), "assignment.answer");
        answer("The shop's inbox first.", false).unwrap();
        refused(answer("Another one.", true), "assignment.answered");
        refused(answer("", false), "assignment.answered");
        let kept = answer("", true).unwrap();
        assert_eq!(kept.questions[0].draft_number, Some(2));
        assert_eq!(kept.questions[0].answer, "The shop's inbox first.");
        let draft = desk.owns(move |tx, actor| load_blueprint(tx, actor, blueprint));
        let draft = draft.unwrap();
        let first = draft.blueprint.step_texts().next().unwrap();
        assert!(first.ends_with("\nThe shop's inbox first."), "{first}");
        refused(answer("", true), "assignment.answered");
        desk.is_clean();
    });
}

/// Work that was agreed to could not be ticked or handed in, and nothing said why.
#[test]
fn while_a_change_waits_it_is_said_that_the_answer_comes_first() {
    on_each_store("assign_change_first", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        desk.owns(move |tx, actor| {
            let change = AssignmentChange {
                due: Some(moment(9_000).now),
                ..AssignmentChange::default()
            };
            change_assignment(tx, actor, id, &change, moment(42))
        })
        .unwrap();
        let tick = || desk.works(move |tx, actor| tick_step(tx, actor, id, 1, true, moment(45)));
        let start = desk.works(move |tx, actor| start_assignment(tx, actor, id, None, moment(45)));
        for error in [
            tick().unwrap_err(),
            start.unwrap_err(),
            desk.deliver(id, moment(50)).unwrap_err(),
        ] {
            assert_eq!(error.code, "assignment.not_now");
            assert!(error.hint.contains("declining is free"), "{}", error.hint);
        }
        desk.works(move |tx, actor| {
            reply_to_assignment(tx, actor, id, Reply::Decline, None, moment(51))
        })
        .unwrap();
        tick().unwrap();
        desk.deliver(id, moment(52)).unwrap();
    });
}

/// What was agreed is what is given, however many versions are published meanwhile: each asks for itself whether it is taken.
#[test]
fn a_newer_version_is_given_once_it_is_taken() {
    on_each_store("assign_version", |store| {
        let desk = Desk::of(store);
        let (blueprint, handoff) = (desk.blueprint, desk.handoff);
        let publish = |at: i64, step: &'static str| {
            desk.owns(move |tx, actor| {
                let text = load_blueprint(tx, actor, blueprint)?.newest.text;
                let text = text.replacen("1. ", &format!("1. {step}\n2. "), 1);
                save_draft(tx, actor, blueprint, &text, "", None, moment(at))?;
                let knowingly = Publishing {
                    seen: None,
                    is_untested: true,
                    is_as_written: false,
                };
                publish_blueprint(tx, actor, blueprint, knowingly, moment(at))
            })
            .unwrap();
        };
        let agreement = || desk.handoff().summary.handoff.agreement;
        let number = |at: i64| desk.load(desk.give_at(at)).row.blueprint_number;
        let answer = |at: i64, answer: HandoffAnswer| {
            desk.works(move |tx, actor| {
                answer_own_change(tx, actor, handoff, answer, "", None, moment(at))
            })
            .unwrap();
        };
        assert_eq!(number(40), 1);
        publish(50, "Look twice");
        let asked = agreement();
        assert_eq!(asked.agreed.blueprint, 1);
        let proposed = asked.proposed.unwrap();
        assert_eq!(
            (proposed.blueprint, proposed.terms),
            (2, asked.agreed.terms)
        );
        assert_eq!(number(60), 1, "nobody has taken the change yet");
        // Declined, it goes on as it was; the next version asks again.
        answer(70, HandoffAnswer::Decline);
        assert_eq!((agreement().proposed, number(80)), (None, 1));
        publish(90, "Look again");
        answer(100, HandoffAnswer::Accept);
        assert_eq!((agreement().proposed, number(110)), (None, 3));
        // A change of the terms that is open takes the version along.
        desk.owns(move |tx, actor| {
            let new = NewScope {
                terms: Some(NewTerms {
                    unit: "assignment".to_owned(),
                    amount: "25".to_owned(),
                    currency: "USD".to_owned(),
                    ..NewTerms::default()
                }),
                note: "Prices went up.".to_owned(),
                ..NewScope::default()
            };
            propose_change(tx, actor, handoff, &new, None, moment(120))
        })
        .unwrap();
        publish(130, "And once more");
        let both = agreement().proposed.unwrap();
        assert_eq!((both.blueprint, both.terms.amount().as_str()), (4, "25.00"));
        assert_eq!(
            desk.handoff().summary.handoff.row.change_note,
            "Prices went up."
        );
        desk.is_clean();
    });
}

#[test]
fn each_has_their_own_part_and_nobody_both() {
    on_each_store("assign_parts", |store| {
        let desk = Desk::of(store);
        let id = desk.give();
        // Ana has joined: nobody agrees, works or hands in for her.
        let for_her = |outcome: Result<_, Error>| refused(outcome, "assignment.theirs");
        for_her(
            desk.owns(move |tx, a| reply_to_assignment(tx, a, id, Reply::Agree, None, moment(41))),
        );
        // Another worker sees nothing of it.
        let bo = |outcome: Result<_, Error>| {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind, error.code), (ErrorKind::NotFound, "not_found"));
        };
        bo(write(store, &desk.bo, move |tx, a| {
            load_assignment(tx, a, id)
        }));
        bo(write(store, &desk.bo, move |tx, a| {
            reply_to_assignment(tx, a, id, Reply::Agree, None, moment(41))
        }));
        bo(write(store, &desk.bo, move |tx, a| {
            set_time(tx, a, id, 60, moment(41))?;
            load_assignment(tx, a, id)
        }));
        let all = write(store, &desk.bo, |tx, a| {
            list_assignments(tx, a, &Which::default(), None, 9)
        })
        .unwrap();
        assert!(all.is_empty());
        let handoff = desk.handoff;
        let foreign = write(store, &desk.bo, move |tx, a| {
            record_of_handoff(tx, a, handoff)
        });
        refused(foreign, "not_found");

        let delivered = desk.works(move |tx, a| {
            reply_to_assignment(tx, a, id, Reply::Agree, None, moment(42))?;
            tick_step(tx, a, id, 1, true, moment(43))?;
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, a, id, &new, moment(44))
        });
        assert_eq!(delivered.unwrap().row.state, "delivered");
        // Who did it neither judges nor arranges it.
        let forbidden = |outcome: Result<_, Error>| {
            assert_eq!(outcome.unwrap_err().kind, ErrorKind::Forbidden);
        };
        forbidden(desk.works(move |tx, a| {
            accept_deliverable(tx, a, id, &NewReview::default(), moment(45))?;
            load_assignment(tx, a, id)
        }));
        forbidden(desk.works(move |tx, a| cancel_assignment(tx, a, id, None, moment(45))));
        forbidden(desk.works(move |tx, a| note_escape(tx, a, id, &escape(), moment(45))));
        forbidden(desk.works(move |tx, a| {
            let new = NewAssignment {
                due: Some(moment(9_999).now),
                ..NewAssignment::default()
            };
            give_assignment(tx, a, handoff, &new, moment(45))
        }));
        let seen = desk.works(|tx, a| {
            list_assignments(
                tx,
                a,
                &Which {
                    state: Some("delivered".to_owned()),
                    person: None,
                },
                None,
                9,
            )
        });
        assert_eq!(seen.unwrap().len(), 1);
        desk.accept(id, NewReview::default()).unwrap();

        // For Cem, who has not joined, the owner's side notes what he says and hands in.
        let other = desk.other;
        let for_cem = desk.owns(move |tx, a| {
            let new = NewAssignment {
                due: Some(moment(9_999).now),
                ..NewAssignment::default()
            };
            let id = give_assignment(tx, a, other, &new, moment(50))?.row.id;
            reply_to_assignment(tx, a, id, Reply::Agree, None, moment(51))?;
            let new = NewDeliverable {
                text: "By mail.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, a, id, &new, moment(52))?;
            accept_deliverable(tx, a, id, &NewReview::default(), moment(53))
        });
        let for_cem = for_cem.unwrap();
        assert_eq!(
            (for_cem.row.state.as_str(), for_cem.row.number),
            ("accepted", 2)
        );
        let cem = for_cem.person.id;
        let record = desk
            .owns(move |tx, a| record_of_person(tx, a, cem))
            .unwrap();
        assert_eq!(record.first_time.in_words(), "● too early to say");
        refused(
            desk.works(move |tx, a| record_of_person(tx, a, cem)),
            "not_found",
        );
        desk.is_clean();
    });
}

#[test]
fn what_cannot_be_is_refused_with_a_word_what_to_do() {
    on_each_store("assign_refused", |store| {
        let desk = Desk::of(store);
        let handoff = desk.handoff;
        let give = |new: NewAssignment| {
            desk.owns(move |tx, a| give_assignment(tx, a, handoff, &new, moment(40)))
        };
        let with = |change: fn(&mut NewAssignment)| {
            let mut new = NewAssignment {
                due: Some(moment(4_000).now),
                ..NewAssignment::default()
            };
            change(&mut new);
            new
        };
        refused(give(with(|new| new.due = None)), "assignment.due");
        refused(
            give(with(|new| new.due = Some(moment(40).now))),
            "assignment.due",
        );
        refused(
            give(with(|new| new.due = Some(moment(200_000_000).now))),
            "assignment.due",
        );
        refused(
            give(with(|new| new.answer_by = Some(moment(4_001).now))),
            "assignment.answer_by",
        );
        refused(
            give(with(|new| new.amount = Some("-3".to_owned()))),
            "assignment.amount",
        );
        refused(
            give(with(|new| new.amount = Some("lots".to_owned()))),
            "assignment.amount",
        );
        refused(give(with(|new| new.title = "x".repeat(161))), "name.long");
        refused(give(with(|new| new.note = "x".repeat(4_001))), "text.long");
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, Move::Pause, "", None, moment(40)))
            .unwrap();
        refused(give(with(|_| {})), "assignment.handoff");
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, Move::Resume, "", None, moment(40)))
            .unwrap();
        let nobodys = desk.owns(|tx, a| load_assignment(tx, a, Uuid::from_u128(9)));
        refused(nobodys, "not_found");
        let state = desk.owns(|tx, a| {
            list_assignments(
                tx,
                a,
                &Which {
                    state: Some("done".to_owned()),
                    person: None,
                },
                None,
                9,
            )
        });
        refused(state, "assignment.state");

        let id = desk.agreed();
        let deliver_with = |change: fn(&mut NewDeliverable)| {
            let mut new = NewDeliverable::default();
            change(&mut new);
            desk.works(move |tx, a| deliver(tx, a, id, &new, moment(50)))
        };
        refused(deliver_with(|_| {}), "assignment.empty");
        refused(
            deliver_with(|new| new.link = "javascript:alert(1)".to_owned()),
            "assignment.link",
        );
        refused(
            deliver_with(|new| new.link = "https://".to_owned()),
            "assignment.link",
        );
        refused(
            deliver_with(|new| new.text = "x".repeat(60_001)),
            "text.long",
        );
        refused(
            deliver_with(|new| {
                new.text = "Done.".to_owned();
                new.seconds = Some(-1);
            }),
            "assignment.hours",
        );
        refused(
            deliver_with(|new| {
                new.text = "Done.".to_owned();
                new.seen = Some(1);
            }),
            "assignment.changed",
        );
        refused(
            desk.works(move |tx, a| tick_step(tx, a, id, 99, true, moment(50))),
            "assignment.step",
        );
        refused(
            desk.works(move |tx, a| tick_step(tx, a, id, 0, true, moment(50))),
            "assignment.step",
        );
        refused(
            desk.works(move |tx, a| ask_question(tx, a, id, None, " ", moment(50))),
            "assignment.question",
        );
        refused(
            desk.works(move |tx, a| set_time(tx, a, id, 3_600_001, moment(50))),
            "assignment.hours",
        );
        refused(desk.accept(id, NewReview::default()), "assignment.not_now");
        assert_eq!(desk.load(id).row.state, "agreed", "nothing was half done");
        desk.deliver(id, moment(51)).unwrap();
        refused(desk.deliver(id, moment(51)), "assignment.not_now");
        let judged = |change: fn(&mut NewReview)| {
            let mut review = NewReview::default();
            change(&mut review);
            desk.accept(id, review)
        };
        refused(
            judged(|review| review.met = Met::These(vec![99])),
            "assignment.criterion",
        );
        refused(
            judged(|review| {
                review.findings = vec![NewFinding {
                    text: String::new(),
                    ..finding(FindingKind::Fault)
                }];
            }),
            "assignment.finding",
        );
        refused(
            judged(|review| review.findings = vec![finding(FindingKind::Preference); 51]),
            "assignment.findings",
        );
        refused(judged(|review| review.seen = Some(1)), "assignment.changed");
        assert!(desk.load(id).reviews.is_empty(), "nothing was half done");
        let early = desk.owns(move |tx, a| note_escape(tx, a, id, &escape(), moment(52)));
        refused(early, "assignment.not_now");
        refused(
            FindingKind::of("opinion").map(|_| ()),
            "assignment.finding_kind",
        );
        desk.is_clean();
    });
}

#[test]
fn a_change_of_scope_asks_the_person_anew() {
    on_each_store("assign_change", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        desk.works(move |tx, a| ask_question(tx, a, id, None, "By when?", moment(45)))
            .unwrap();
        let changed = desk
            .owns(move |tx, a| {
                let change = AssignmentChange {
                    title: Some("Both inboxes".to_owned()),
                    amount: Some("35".to_owned()),
                    due: Some(moment(90_000).now),
                    ..AssignmentChange::default()
                };
                change_assignment(tx, a, id, &change, moment(50))
            })
            .unwrap();
        let row = changed.row;
        assert_eq!(
            (row.state.as_str(), row.amount.as_str(), row.agreed_at),
            ("assigned", "35.00", None)
        );
        assert_eq!(row.due_at, moment(90_000).micros());
        refused(desk.deliver(id, moment(55)), "assignment.not_now");
        let declined = desk
            .works(move |tx, a| reply_to_assignment(tx, a, id, Reply::Decline, None, moment(56)))
            .unwrap();
        // What was agreed to goes on, with the question that waits.
        assert_eq!(declined.row.state, "waiting");
        assert_eq!(declined.row.title, "Inbox triage");
        let cancelled = desk.give();
        let cancelled = desk
            .owns(move |tx, a| cancel_assignment(tx, a, cancelled, Some(1), moment(57)))
            .unwrap();
        assert_eq!(cancelled.row.state, "cancelled");
        desk.is_clean();
    });
}

/// What is late goes to somebody else with a new date, and the time that was waited for an answer goes along.
#[test]
fn what_is_overdue_is_given_to_somebody_else_with_a_new_date() {
    on_each_store("assign_moved_late", |store| {
        let desk = Desk::of(store);
        let other = desk.other;
        let moved = |id, due: Option<i64>, at| {
            let due = due.map(|it| moment(it).now);
            desk.owns(move |tx, a| reassign_assignment(tx, a, id, (other, due), None, moment(at)))
        };
        let late = desk.agreed();
        refused(moved(late, None, 9_000), "assignment.due");
        refused(moved(late, Some(8_000), 9_000), "assignment.due");
        assert_eq!(desk.load(late).row.state, "agreed");
        let given = moved(late, Some(20_000), 9_000).unwrap();
        assert_eq!(given.row.due_at, moment(20_000).micros());
        let waiting = desk.agreed();
        let due = desk.load(waiting).row.due_at;
        desk.works(move |tx, a| ask_question(tx, a, waiting, None, "Which?", moment(100)))
            .unwrap();
        let given = moved(waiting, None, 9_100).unwrap();
        assert_eq!(given.row.due_at, due + 9_000_000_000);
        desk.is_clean();
    });
}

/// How long a person is at their work is theirs: the owner sees the sum, and no line of when it was typed.
#[test]
fn hours_a_person_types_for_themselves_leave_no_timeline() {
    on_each_store("assign_no_timeline", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        desk.works(move |tx, a| set_time(tx, a, id, 10_800, moment(45)))
            .unwrap();
        desk.works(move |tx, a| add_time(tx, a, id, 600, moment(46)))
            .unwrap();
        assert_eq!(desk.load(id).row.seconds, 11_400);
        let lines = desk.owns(|tx, a| list_events(tx, a, None, 100)).unwrap();
        let of_time = |action: &str| action == "log_time";
        let whose: Vec<_> = lines
            .into_iter()
            .filter(|it| of_time(&it.row.action))
            .collect();
        assert!(whose.iter().all(|it| it.row.account_name != "Ana"));
    });
}

/// What was agreed stays agreed until they take something else, whether they decline the change or say nothing to it.
#[test]
fn a_change_that_is_declined_leaves_what_was_agreed() {
    on_each_store("assign_kept", |store| {
        let desk = Desk::of(store);
        let begun = desk.agreed();
        desk.works(move |tx, a| set_time(tx, a, begun, 16_200, moment(45)))
            .unwrap();
        let returned = desk.delivered().row.id;
        desk.send_back(returned, fault()).unwrap();
        for (id, is_declined) in [(begun, true), (returned, true), (begun, false)] {
            let before = desk.load(id).row;
            for due in [90_000, 80_000] {
                let change = AssignmentChange {
                    title: Some("Both inboxes".to_owned()),
                    note: Some("And the shop's.".to_owned()),
                    amount: Some("35".to_owned()),
                    due: Some(moment(due).now),
                    ..AssignmentChange::default()
                };
                let asked = desk
                    .owns(move |tx, a| change_assignment(tx, a, id, &change, moment(70)))
                    .unwrap();
                let kept = asked.row.before.unwrap();
                assert_eq!(
                    (asked.row.amount.as_str(), kept.amount),
                    ("35.00", before.amount.clone())
                );
            }
            desk.is_clean();
            if is_declined {
                desk.works(move |tx, a| {
                    reply_to_assignment(tx, a, id, Reply::Decline, None, moment(71))
                })
                .unwrap();
            } else {
                while rule_next(store, moment(80_001)).unwrap() {}
            }
            let after = desk.load(id).row;
            let as_before = AssignmentRow {
                changed_at: before.changed_at,
                version: before.version,
                ..after
            };
            assert_eq!(as_before, before);
        }
        // Whoever has proposed it is told; nothing else would show it.
        let news = desk.owns(|tx, a| load_desk(tx, a, 8, moment(90)));
        let news = news.unwrap().news;
        let lapsed: Vec<&str> = news
            .iter()
            .filter(|it| it.kind == Kind::ChangeLapsed)
            .map(|it| it.why.as_str())
            .collect();
        assert_eq!(lapsed, ["1 Inbox triage, which goes on as it was agreed"]);
        let declined = news
            .into_iter()
            .filter(|it| it.kind == Kind::ChangeDeclined);
        let mut whys: Vec<String> = declined.map(|it| it.why).collect();
        whys.sort_unstable();
        assert_eq!(
            whys,
            [
                "1 Inbox triage, which goes on as it was agreed",
                "2 Inbox triage, which goes on as it was agreed"
            ]
        );
        desk.is_clean();
    });
}

/// Nobody is asked anew about what is as it was.
#[test]
fn a_change_that_changes_nothing_asks_nobody() {
    on_each_store("assign_same", |store| {
        let desk = Desk::of(store);
        let (id, given) = (desk.agreed(), desk.give());
        let row = desk.load(id).row;
        let as_it_is = AssignmentChange {
            title: Some(row.title.clone()),
            note: Some(row.note.clone()),
            amount: Some("20".to_owned()),
            due: Some(moment(40 + 3_600).now),
            ..AssignmentChange::default()
        };
        let titled = AssignmentChange {
            title: Some(format!(" {} ", row.title)),
            ..AssignmentChange::default()
        };
        for change in [AssignmentChange::default(), titled, as_it_is.clone()] {
            for id in [id, given] {
                let change = change.clone();
                let changed =
                    desk.owns(move |tx, a| change_assignment(tx, a, id, &change, moment(50)));
                refused(changed, "assignment.same");
            }
        }
        assert_eq!(desk.load(id).row, row);
        let later = AssignmentChange {
            due: Some(moment(41 + 3_600).now),
            ..as_it_is
        };
        let changed = desk.owns(move |tx, a| change_assignment(tx, a, id, &later, moment(50)));
        assert_eq!(changed.unwrap().row.state, "assigned");
        desk.is_clean();
    });
}

/// Reviewing is blind: which assignment it was whose change was declined stands nowhere while that waits to be judged.
#[test]
fn a_declined_change_does_not_say_whose_the_deliverable_is() {
    on_each_store("assign_change_blind", |store| {
        let desk = Desk::of(store);
        let (declined, lapsed) = (desk.agreed(), desk.agreed());
        for id in [declined, lapsed] {
            let change = AssignmentChange {
                title: Some("Secret job".to_owned()),
                ..AssignmentChange::default()
            };
            desk.owns(move |tx, a| change_assignment(tx, a, id, &change, moment(70)))
                .unwrap();
        }
        desk.works(move |tx, a| {
            reply_to_assignment(tx, a, declined, Reply::Decline, None, moment(71))
        })
        .unwrap();
        while rule_next(store, moment(3_800)).unwrap() {}
        for id in [declined, lapsed] {
            desk.deliver(id, moment(3_900)).unwrap();
        }
        let told = || {
            let news = desk.owns(|tx, a| load_desk(tx, a, 8, moment(4_000)));
            let news = news.unwrap().news.into_iter();
            let is_change = |kind| matches!(kind, Kind::ChangeDeclined | Kind::ChangeLapsed);
            let whys = news.filter(|it| is_change(it.kind)).map(|it| it.why);
            let history = desk.handoff().history.into_iter();
            let history = history.filter(|it| it.event.ends_with("_assignment_change"));
            whys.chain(history.map(|it| it.detail)).collect::<Vec<_>>()
        };
        let blind = "an assignment that is looked at now, which goes on as it was agreed";
        assert_eq!(told(), [blind; 4]);
        for id in [declined, lapsed] {
            desk.accept(id, NewReview::default()).unwrap();
        }
        let judged = told();
        assert!(
            judged.iter().all(|it| it.contains("Inbox triage")),
            "{judged:?}"
        );
    });
}

/// Both numbers are read before the work is taken: another one is for what is given later.
#[test]
fn times_of_checking_stay_as_they_were_when_it_was_given() {
    on_each_store("assign_times", |store| {
        let desk = Desk::of(store);
        let (handoff, id) = (desk.handoff, desk.agreed());
        let new = NewChecking {
            answer_by_hours: Some(2),
            accept_after_days: Some(90),
            ..NewChecking::default()
        };
        desk.owns(move |tx, a| change_checking(tx, a, handoff, new, None, moment(45)))
            .unwrap();
        let later = desk.agreed();
        for (id, hours, days) in [(id, 24, 7), (later, 2, 90)] {
            let asked = desk
                .works(move |tx, a| ask_question(tx, a, id, None, "Which?", moment(46)))
                .unwrap();
            let by = moment(46 + hours * 3_600).micros();
            assert_eq!(asked.questions[0].answer_by, Some(by));
            let done = desk.deliver(id, moment(50)).unwrap().row;
            assert_eq!(done.accept_at, Some(moment(50 + days * 86_400).micros()));
        }
        desk.is_clean();
    });
}

#[test]
fn files_come_in_parts_and_stay_once_handed_in() {
    on_each_store("assign_files", |store| {
        let desk = Desk::of(store);
        let id = desk.agreed();
        let begin = |length| {
            desk.works(move |tx, a| begin_file(tx, a, id, "../../etc/<b>.pdf", length, moment(45)))
        };
        refused(begin(0), "file.empty");
        refused(begin(100 * 1024 * 1024 + 1), "file.long");
        let file = begin(5).unwrap();
        assert!(!file.name.contains('/'), "{}", file.name);
        let part = |start, bytes: &'static [u8]| {
            desk.works(move |tx, a| add_file_part(tx, a, id, file.id, start, bytes.to_vec()))
        };
        refused(part(1, b"x"), "file.place");
        refused(part(0, b""), "file.part");
        refused(part(0, b"123456"), "file.part");
        assert_eq!(part(0, b"abc").unwrap().received, 3);
        refused(desk.deliver(id, moment(46)), "file.incomplete");
        part(3, b"de").unwrap();
        // Until it is handed in nobody else reads it, or that there is one.
        let early = desk.owns(move |tx, a| load_file_part(tx, a, id, file.id, 0));
        refused(early, "not_found");
        assert!(desk.load(id).files.is_empty());
        let own = desk.works(move |tx, a| load_assignment(tx, a, id));
        assert_eq!(own.unwrap().files.len(), 1);
        refused(part(5, b"f"), "file.place");
        let dropped = begin(1).unwrap().id;
        desk.works(move |tx, a| drop_file(tx, a, id, dropped, moment(47)))
            .unwrap();
        let delivered = desk.deliver(id, moment(48)).unwrap();
        assert_eq!(delivered.files.len(), 1);
        assert_eq!(delivered.files[0].round, Some(1));
        refused(
            desk.works(move |tx, a| drop_file(tx, a, id, file.id, moment(49))),
            "file.handed_in",
        );
        let read = |start| {
            desk.owns(move |tx, a| load_file_part(tx, a, id, file.id, start))
                .unwrap()
        };
        assert_eq!(
            (read(0), read(3), read(5)),
            (Some(b"abc".to_vec()), Some(b"de".to_vec()), None)
        );
        let foreign = write(store, &desk.bo, move |tx, a| {
            load_file_part(tx, a, id, file.id, 0)
        });
        refused(foreign, "not_found");
        refused(begin(1), "assignment.not_now");
        desk.is_clean();
    });
}

/// Does all that is due by rule.
fn rules(desk: &Desk, moment: Moment) -> usize {
    let mut done = 0;
    while rule_next(&desk.store, moment).unwrap() {
        done += 1;
        assert!(done < 1_000, "it never ends");
    }
    done
}

#[test]
fn what_nobody_does_happens_by_rule() {
    on_each_store("assign_rules", |store| {
        let desk = Desk::of(store);
        let expires = desk.give();
        let waits = desk.agreed();
        assert_eq!(rules(&desk, moment(3_639)), 0);
        assert_eq!(rules(&desk, moment(3_640)), 1);
        assert_eq!(desk.load(expires).row.state, "expired");
        assert_eq!(desk.load(waits).row.state, "agreed", "late is not expired");
        desk.deliver(waits, moment(4_000)).unwrap();
        assert_eq!(desk.load(waits).row.on_time.as_deref(), Some("no"));
        let week = 4_000 + 7 * 86_400;
        assert_eq!(rules(&desk, moment(week - 1)), 0);
        assert_eq!(rules(&desk, moment(week)), 1);
        let row = desk.load(waits).row;
        assert_eq!(
            (row.state.as_str(), row.acceptance.as_deref()),
            ("accepted", Some("timed_out"))
        );
        // Nobody has looked: it counts neither for the trial nor as a check.
        let handoff = desk.handoff().summary.handoff;
        assert_eq!(
            handoff.state,
            State::Running(Running::Trial { done: 0, of: 3 })
        );
        assert_eq!((handoff.checking.rung, handoff.checking.clean), (0, 0));
        let month = week + 30 * 86_400;
        assert_eq!(rules(&desk, moment(month - 1)), 0);
        assert_eq!(rules(&desk, moment(month)), 1);
        assert_eq!(desk.load(waits).row.state, "closed");
        assert_eq!(rules(&desk, moment(month * 10)), 0);
        desk.is_clean();
    });
}

#[test]
fn lists_counts_and_numbers() {
    on_each_store("assign_lists", |store| {
        let desk = Desk::of(store);
        let ids: Vec<Uuid> = [300, 100, 200].map(|at| desk.give_at(at)).to_vec();
        let agreed = ids[1];
        desk.works(move |tx, a| {
            reply_to_assignment(tx, a, agreed, Reply::Agree, None, moment(310))
        })
        .unwrap();
        let page = |after, most| {
            let rows = desk
                .owns(move |tx, a| list_assignments(tx, a, &Which::default(), after, most))
                .unwrap();
            rows.iter()
                .map(|it| (it.row.due_at, it.row.id))
                .collect::<Vec<_>>()
        };
        let all: Vec<Uuid> = page(None, 9).iter().map(|it| it.1).collect();
        assert_eq!(all, [ids[1], ids[2], ids[0]]);
        // Pages over several states go on where they ended.
        let first = page(None, 2);
        assert_eq!(
            page(first.last().copied(), 2)
                .iter()
                .map(|it| it.1)
                .collect::<Vec<_>>(),
            [ids[0]]
        );
        let counts = desk.owns(|tx, a| count_open(tx, a, 100)).unwrap();
        assert_eq!(
            counts
                .iter()
                .filter(|it| it.1 > 0)
                .copied()
                .collect::<Vec<_>>(),
            [("agreed", 1), ("assigned", 2)]
        );
        let handoff = desk.handoff;
        let of = desk
            .owns(move |tx, a| list_of_handoff(tx, a, handoff, Some(3), 9))
            .unwrap();
        assert_eq!(
            of.iter().map(|it| it.row.number).collect::<Vec<_>>(),
            [2, 1]
        );
        for which in ["2", "#2", &ids[1].to_string()] {
            let which = which.to_owned();
            let found = desk
                .owns(move |tx, a| identify_assignment(tx, a, &which))
                .unwrap();
            assert_eq!(found, ids[1]);
        }
        for which in ["4", "0", "-1", "x", ""] {
            refused(
                desk.owns(move |tx, a| identify_assignment(tx, a, which)),
                "not_found",
            );
        }
        desk.is_clean();
    });
}

/// A list of one state goes on where its page ends, also where several are due at the same time, and leaves none out.
#[test]
fn the_list_of_a_state_goes_on_page_by_page() {
    on_each_store("assign_pages", |store| {
        let desk = Desk::of(store);
        let mut given: Vec<(i64, Uuid)> = [40, 40, 40, 41, 41, 42, 43]
            .into_iter()
            .map(|at| (moment(at + 3_600).micros(), desk.give_at(at)))
            .collect();
        given.sort_unstable();
        desk.agreed();
        for is_worker in [false, true] {
            let (mut seen, mut after) = (Vec::new(), None);
            loop {
                let read = move |tx: &mut Tx<'_>, a: &Actor| {
                    let which = Which {
                        state: Some("assigned".to_owned()),
                        person: None,
                    };
                    list_assignments(tx, a, &which, after, 2)
                };
                let page = if is_worker {
                    desk.works(read)
                } else {
                    desk.owns(read)
                };
                let page = page.unwrap();
                after = page.last().map(|it| (it.row.due_at, it.row.id));
                seen.extend(page.iter().map(|it| (it.row.due_at, it.row.id)));
                if page.len() < 2 {
                    break;
                }
            }
            assert_eq!(seen, given);
        }
    });
}

/// The audit log is no way around: while a deliverable waits, none of its lines says whose it is.
#[test]
fn the_audit_log_is_blind_until_the_verdict() {
    on_each_store("audit_blind", |store| {
        let desk = Desk::of(store);
        let handed_in = desk.delivered();
        let number = handed_in.row.number;
        let who = || {
            let events = desk.owns(|tx, actor| list_events(tx, actor, None, 50));
            let mut found = Vec::new();
            for event in events.unwrap() {
                let is_about = event.row.object.starts_with(&format!("{number} "));
                if is_about && event.row.action.ends_with("_assignment") {
                    assert_eq!(event.is_blind, event.row.account_id.is_nil());
                    found.push((event.row.action, event.row.account_name));
                }
            }
            found.sort();
            found
        };
        let line = |action: &str, name: &str| (action.to_owned(), name.to_owned());
        let waiting = who();
        assert!(
            waiting.contains(&line("deliver_assignment", "")),
            "{waiting:?}"
        );
        assert!(waiting.iter().all(|(_, name)| name != "Ana"), "{waiting:?}");
        assert!(
            waiting.iter().any(|(_, name)| name == "Noor"),
            "{waiting:?}"
        );
        desk.accept(handed_in.row.id, NewReview::default()).unwrap();
        let judged = who();
        assert!(
            judged.contains(&line("deliver_assignment", "Ana")),
            "{judged:?}"
        );
    });
}

/// Work was given to somebody who was off, and nothing said so.
#[test]
fn whoever_is_off_is_named_where_work_is_given() {
    on_each_store("given_off", |store| {
        let desk = Desk::of(store);
        let back = Day(moment(0).today().0 + 5);
        desk.works(move |tx, actor| set_off_until(tx, actor, Some(back), moment(35)))
            .unwrap();
        let handoff = desk.handoff;
        let given = desk.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(moment(3_640).now),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, moment(40))
        });
        let given = given.unwrap();
        assert_eq!(given.off_until, Some(back));
        let json = serde_json::to_value(AssignmentJson::of(&given)).unwrap();
        assert_eq!(json["off_until"], back.to_string());
        let person = given.row.person_id;
        let off = desk.owns(move |tx, actor| list_off(tx, actor, [person], moment(40)));
        assert_eq!(off.unwrap().get(&person), Some(&back));
        // Who is here is not spoken of.
        desk.works(|tx, actor| set_off_until(tx, actor, None, moment(41)))
            .unwrap();
        let again = desk.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(moment(3_640).now),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, moment(42))
        });
        let again = again.unwrap();
        assert_eq!(again.off_until, None);
        let json = serde_json::to_value(AssignmentJson::of(&again)).unwrap();
        assert!(json.get("off_until").is_none(), "{json}");
    });
}
