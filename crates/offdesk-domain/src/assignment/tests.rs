//! Tests of the course of an assignment: every state that can be reached, with every event.

use std::collections::{BTreeSet, HashSet, VecDeque};

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::Seconds;
use crate::trust::Checked;

/// Which event may happen in which state: written by hand, held against the code.
const LEGAL: [(&str, &[&str]); 12] = [
    (
        "assigned",
        &["agree", "decline", "expire", "cancel", "change"],
    ),
    ("agreed", &["start", "ask", "deliver", "cancel", "change"]),
    ("in_progress", &["ask", "deliver", "cancel", "change"]),
    ("waiting", &["ask", "answer", "deliver", "cancel", "change"]),
    ("delivered", &["accept", "return", "time_out"]),
    ("returned", &["start", "ask", "deliver", "cancel", "change"]),
    ("accepted", &["close", "escape"]),
    ("closed", &["escape"]),
    ("declined", &[]),
    ("cancelled", &[]),
    ("expired", &[]),
    ("missed", &[]),
];

/// What may happen where questions wait that were asked before it was changed.
const LEGAL_ASKED: &[&str] = &["agree", "decline", "expire", "cancel", "change", "answer"];

/// Whether an event may happen as an assignment stands.
fn is_legal(assignment: &Assignment, event: &str) -> bool {
    let state = assignment.state;
    // What was handed in once is accepted as it is, too.
    let is_desk = matches!(state, State::Assigned { .. }) || state.is_in_hand();
    if event == "accept" && is_desk {
        return assignment.rounds > 0;
    }
    if matches!(state, State::Assigned { waits: Some(_), .. }) {
        return LEGAL_ASKED.contains(&event);
    }
    let of_word = LEGAL.into_iter().find(|(word, _)| *word == state.word());
    of_word.is_some_and(|(_, may)| may.contains(&event))
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + hour * 3600).unwrap()
}

fn events(now: i64) -> Vec<Event> {
    let mut all = vec![
        Event::Agree,
        Event::Decline,
        Event::Start,
        Event::Ask,
        Event::Answer,
        Event::TimeOut,
        Event::Expire,
        Event::Cancel,
        Event::Close,
        Event::Escape,
        Event::Change {
            due: Some(at(now + 5)),
            answer_by: Some(at(now + 2)),
        },
        Event::Change {
            due: None,
            answer_by: Some(at(now + 2)),
        },
    ];
    for flag in [false, true] {
        all.push(Event::Deliver {
            is_picked: flag,
            accept_at: Some(at(now + 3)),
        });
        all.push(Event::Accept { has_fault: flag });
        for published in [1, 2] {
            all.push(Event::Return {
                has_fault: flag,
                published,
            });
        }
    }
    all
}

/// What must hold of every step, whatever it is.
fn check_step(before: &Assignment, event: Event, now: Timestamp, happened: &Happened) {
    let after = &happened.assignment;
    let context = format!("{before:?} {event:?} {after:?}");
    assert!(
        after.rounds >= before.rounds && after.has_fault >= before.has_fault,
        "{context}"
    );
    assert!(after.returns <= MOST_RETURNS, "{context}");
    check_agreed(before, event, after);
    let is_as_agreed = before.agreed_before().is_some() && after.agreed_before().is_none();
    if !matches!(event, Event::Change { due: Some(_), .. })
        && (!is_as_agreed || event == Event::Agree)
    {
        // The clock of the date begins anew with a change: what was waited until then is added.
        let since = |state: State| state.waits().map(|waits| waits.since);
        let waited = match since(before.state) {
            Some(began) if since(after.state) != Some(began) => now.duration_since(began),
            _ => SignedDuration::ZERO,
        };
        let is_called_off = !after.state.is_open() && event != Event::Answer;
        let moved = after.due.duration_since(before.due);
        assert!(
            moved == waited || (is_called_off && moved.is_zero()),
            "{context}"
        );
    }
    // Nothing but an answer, and the end of the work, takes a question away.
    let open = |state: State| state.waits().map_or(0, |waits| waits.open);
    let is_over = !after.state.is_in_hand() && !matches!(after.state, State::Assigned { .. });
    let expected = match event {
        Event::Ask => open(before.state) + 1,
        Event::Answer => open(before.state) - 1,
        _ if is_over => 0,
        _ => open(before.state),
    };
    assert_eq!(open(after.state), expected, "{context}");
    match after.state {
        State::Accepted { how, .. } if !before.state.is_accepted() => {
            assert!(
                happened.checked.is_none() || how == Acceptance::Reviewed,
                "{context}"
            );
            assert_eq!(
                after.is_picked == Some(false),
                how == Acceptance::NotPicked,
                "{context}"
            );
        }
        State::Delivered { .. } => assert_eq!(after.is_picked, Some(true), "{context}"),
        _ => {}
    }
    if matches!(
        after.state,
        State::Cancelled | State::Declined | State::Expired
    ) {
        assert_eq!(after.rounds, 0, "work that was done is paid: {context}");
    }
    if happened.checked == Some(Checked::Clean) {
        assert!(
            !after.has_fault && matches!(event, Event::Accept { .. }),
            "{context}"
        );
    }
    if happened.checked == Some(Checked::Fault) {
        assert!(after.has_fault, "{context}");
    }
    assert!(
        before.is_on_time.is_none() || before.is_on_time == after.is_on_time,
        "{context}"
    );
}

/// What was agreed holds until the person takes something else.
fn check_agreed(before: &Assignment, event: Event, after: &Assignment) {
    let context = format!("{before:?} {event:?} {after:?}");
    let is_asked = matches!(after.state, State::Assigned { .. });
    let is_by_another = after.number_that_holds() != before.number_that_holds();
    assert!(!is_by_another || event == Event::Agree, "{context}");
    if before.state.is_in_hand() && is_asked {
        let kept = after
            .agreed_before()
            .map(|it| (it.blueprint_number, it.returns));
        let was = (before.blueprint_number, before.returns);
        assert_eq!(kept, Some(was), "{context}");
    }
    let Some(agreed) = before.agreed_before() else {
        return;
    };
    if is_asked {
        let kept = after.agreed_before().unwrap();
        assert_eq!(kept.hand, agreed.hand, "{context}");
        assert_eq!(kept.blueprint_number, agreed.blueprint_number, "{context}");
    } else if event != Event::Agree {
        let found = (after.due, after.blueprint_number, after.returns);
        let expected = (agreed.due, agreed.blueprint_number, agreed.returns);
        assert_eq!(found, expected, "{context}");
    }
    if matches!(event, Event::Decline | Event::Expire) {
        let word = match before.state.waits() {
            Some(_) => "waiting",
            None => agreed.hand.word(),
        };
        assert_eq!(after.state.word(), word, "{context}");
    }
}

#[test]
fn every_state_that_is_reached_takes_the_events_it_may_and_no_other() {
    let mut open = VecDeque::from([
        (Assignment::given(at(4), 1, Some(at(2))), 0),
        (Assignment::missed(at(0), 1), 0),
    ]);
    let mut seen: HashSet<(Assignment, i64)> = open.iter().copied().collect();
    let mut states = BTreeSet::new();
    let mut tried = 0_u64;
    while let Some((assignment, hour)) = open.pop_front() {
        states.insert(assignment.state.word());
        for event in events(hour) {
            tried += 1;
            let found = assignment.after(event, at(hour));
            match &found {
                Ok(happened) => {
                    assert!(
                        is_legal(&assignment, event.word()),
                        "{assignment:?} took {event:?}"
                    );
                    check_step(&assignment, event, at(hour), happened);
                }
                Err(AssignmentError::NotNow { state, event: word }) => {
                    assert_eq!((*state, *word), (assignment.state.word(), event.word()));
                    assert!(
                        !is_legal(&assignment, word),
                        "{assignment:?} refused {event:?}"
                    );
                }
                Err(AssignmentError::TooEarly) => {
                    assert!(matches!(event, Event::Expire | Event::TimeOut));
                }
                Err(AssignmentError::HandedIn) => {
                    assert!(event == Event::Cancel && assignment.rounds > 0);
                }
                Err(AssignmentError::ReturnedTwice) => {
                    assert_eq!(assignment.returns, MOST_RETURNS);
                    let is_put_right = matches!(event, Event::Return { published, .. } if published > assignment.blueprint_number);
                    assert!(!is_put_right);
                }
            }
            let Ok(happened) = found else { continue };
            let next = happened.assignment;
            let is_bounded = next.rounds <= 4 && next.state.waits().is_none_or(|it| it.open < 3);
            if is_bounded && seen.insert((next, hour)) {
                open.push_back((next, hour));
            }
        }
        // Time passes.
        if hour < 6 && seen.insert((assignment, hour + 1)) {
            open.push_back((assignment, hour + 1));
        }
    }
    assert_eq!(states.len(), State::WORDS.len());
    assert!(
        seen.len() > 2_000 && tried > 40_000,
        "{} {tried}",
        seen.len()
    );
}

#[test]
fn the_due_date_stands_still_while_a_question_waits() {
    let given = Assignment::given(at(10), 1, None);
    let steps = [
        (Event::Agree, 0),
        (Event::Ask, 2),
        (Event::Ask, 3),
        (Event::Answer, 5),
        (Event::Answer, 8),
    ];
    let asked = steps.into_iter().fold(given, |assignment, (event, hour)| {
        assert!(!assignment.is_overdue(at(hour)));
        assignment.after(event, at(hour)).unwrap().assignment
    });
    assert_eq!((asked.state, asked.due), (State::InProgress, at(16)));
    let deliver = Event::Deliver {
        is_picked: false,
        accept_at: None,
    };
    let check = |hour, is_on_time| {
        let done = asked.after(deliver, at(hour)).unwrap().assignment;
        assert_eq!(
            (done.is_on_time, done.due),
            (Some(is_on_time), at(16)),
            "{hour}"
        );
    };
    check(16, true);
    check(17, false);
    // Handed in though nobody has answered: the time until then was waiting, too.
    let waiting = asked.after(Event::Ask, at(15)).unwrap().assignment;
    let done = waiting.after(deliver, at(40)).unwrap().assignment;
    assert_eq!((done.is_on_time, done.due), (Some(true), at(41)));
}

#[test]
fn a_change_leaves_the_questions_open_and_the_time_that_was_waited() {
    let change = |due: Option<i64>| Event::Change {
        due: due.map(at),
        answer_by: None,
    };
    let go = |assignment: Assignment, event, hour| {
        assignment.after(event, at(hour)).map(|it| it.assignment)
    };
    let asked = [(Event::Agree, 0), (Event::Ask, 2), (Event::Ask, 3)]
        .into_iter()
        .fold(Assignment::given(at(10), 1, None), |one, (event, hour)| {
            go(one, event, hour).unwrap()
        });
    // Three hours were waited; the two questions wait on while the person thinks it over.
    let changed = go(asked, change(None), 5).unwrap();
    assert_eq!(changed.due, at(13));
    assert_eq!(changed.state.waits().map(|it| it.open), Some(2));
    let agreed = go(changed, Event::Agree, 6).unwrap();
    assert_eq!(agreed.state.word(), "waiting");
    let one = go(agreed, Event::Answer, 7).unwrap();
    let both = go(one, Event::Answer, 9).unwrap();
    assert_eq!((both.state, both.due), (State::InProgress, at(17)));
    // Answered before they have said whether they take it.
    let one = go(changed, Event::Answer, 6).unwrap();
    let both = go(one, Event::Answer, 7).unwrap();
    assert_eq!((both.state.word(), both.due), ("assigned", at(15)));
    assert_eq!(go(both, Event::Agree, 8).unwrap().state, State::InProgress);
    // A new date is the owner's word; what waits from then on is added to it.
    let changed = go(asked, change(Some(30)), 5).unwrap();
    assert_eq!(
        (changed.due, changed.due_with_wait(at(8))),
        (at(30), at(33))
    );
}

#[test]
fn a_change_that_is_not_taken_leaves_what_was_agreed() {
    let change = |due: i64| Event::Change {
        due: Some(at(due)),
        answer_by: Some(at(8)),
    };
    let go = |assignment: Assignment, event, hour| {
        let happened = assignment.after(event, at(hour)).unwrap();
        happened.assignment
    };
    let agreed = go(Assignment::given(at(10), 1, None), Event::Agree, 0);
    let begun = go(agreed, Event::Start, 1);
    let deliver = Event::Deliver {
        is_picked: true,
        accept_at: None,
    };
    let send_back = Event::Return {
        has_fault: true,
        published: 1,
    };
    let returned = go(go(begun, deliver, 2), send_back, 3);
    for one in [agreed, begun, returned] {
        // Changed twice before they have answered: what they agreed to is neither.
        let asked = go(go(one, change(30), 4), change(40), 5);
        assert_eq!((asked.due, asked.state.word()), (at(40), "assigned"));
        assert_eq!(go(asked, Event::Decline, 6), one);
        assert_eq!(go(asked, Event::Expire, 9), one);
        assert_eq!(go(asked, Event::Agree, 6).due, at(40));
    }
    // What was waited for an answer is theirs, whatever they say to the change.
    let asked = go(go(begun, Event::Ask, 2), change(40), 5);
    let back = go(asked, Event::Decline, 6);
    assert_eq!(
        (back.state.word(), back.due_with_wait(at(7))),
        ("waiting", at(15))
    );
    let answered = go(asked, Event::Answer, 7);
    let back = go(answered, Event::Decline, 8);
    assert_eq!((back.state, back.due), (State::InProgress, at(15)));
    // What nobody ever took ends.
    let never = go(Assignment::given(at(10), 1, None), change(20), 1);
    assert_eq!(go(never, Event::Decline, 2).state, State::Declined);
}

#[test]
fn after_two_returns_the_blueprint_is_put_right_or_the_work_accepted() {
    let deliver = Event::Deliver {
        is_picked: true,
        accept_at: None,
    };
    let send_back = |published| Event::Return {
        has_fault: false,
        published,
    };
    let go = |assignment: Assignment, event| assignment.after(event, at(1)).map(|it| it.assignment);
    let mut assignment = go(Assignment::given(at(9), 3, None), Event::Agree).unwrap();
    for _ in 0..MOST_RETURNS {
        assignment = go(assignment, deliver).unwrap();
        assignment = go(assignment, send_back(3)).unwrap();
    }
    // Not picked by the draw, and looked at all the same: it was returned.
    let again = Event::Deliver {
        is_picked: false,
        accept_at: None,
    };
    assignment = go(assignment, again).unwrap();
    assert_eq!(assignment.state.word(), "delivered");
    assert_eq!(
        go(assignment, send_back(3)),
        Err(AssignmentError::ReturnedTwice)
    );
    // The version was frozen when they agreed: they are asked whether they go on by another.
    let put_right = go(assignment, send_back(4)).unwrap();
    assert_eq!((put_right.blueprint_number, put_right.returns), (4, 1));
    assert_eq!(put_right.state.word(), "assigned");
    assert_eq!(put_right.number_that_holds(), 3);
    let taken = go(put_right, Event::Agree).unwrap();
    assert_eq!(
        (taken.state, taken.number_that_holds()),
        (State::Returned, 4)
    );
    // They would rather not: it is judged by the version they agreed to.
    let kept = go(put_right, Event::Decline).unwrap();
    assert_eq!(
        (kept.state, kept.blueprint_number, kept.returns),
        (State::Returned, 3, 2)
    );
    let as_it_is = go(put_right, Event::Accept { has_fault: false }).unwrap();
    assert_eq!(as_it_is.blueprint_number, 3);
    // Three rounds of preferences are no fault: it was clean.
    let accepted = assignment
        .after(Event::Accept { has_fault: false }, at(1))
        .unwrap();
    assert_eq!(accepted.checked, Some(Checked::Clean));
}

#[test]
fn what_moves_the_ladder() {
    let delivered = |is_picked| {
        let given = Assignment::given(at(9), 1, None);
        let agreed = given.after(Event::Agree, at(0)).unwrap().assignment;
        let deliver = Event::Deliver {
            is_picked,
            accept_at: Some(at(5)),
        };
        agreed.after(deliver, at(1)).unwrap()
    };
    let unpicked = delivered(false);
    assert_eq!(
        (unpicked.assignment.state.word(), unpicked.checked),
        ("accepted", None)
    );
    let escape = unpicked.assignment.after(Event::Escape, at(20)).unwrap();
    assert_eq!(escape.checked, Some(Checked::Fault));
    let picked = delivered(true).assignment;
    assert_eq!(
        picked.after(Event::TimeOut, at(4)),
        Err(AssignmentError::TooEarly)
    );
    assert_eq!(picked.after(Event::TimeOut, at(5)).unwrap().checked, None);
    let checked = |event| picked.after(event, at(2)).unwrap().checked;
    assert_eq!(
        checked(Event::Accept { has_fault: false }),
        Some(Checked::Clean)
    );
    assert_eq!(
        checked(Event::Accept { has_fault: true }),
        Some(Checked::Fault)
    );
    let back = |has_fault| Event::Return {
        has_fault,
        published: 1,
    };
    assert_eq!(checked(back(false)), None);
    assert_eq!(checked(back(true)), Some(Checked::Fault));
    // A fault counts once; what was put right is not clean on top of it.
    let again = picked.after(back(true), at(2)).unwrap().assignment;
    let deliver = Event::Deliver {
        is_picked: false,
        accept_at: None,
    };
    let again = again.after(deliver, at(3)).unwrap().assignment;
    assert_eq!(
        again
            .after(Event::Accept { has_fault: false }, at(4))
            .unwrap()
            .checked,
        None
    );
}

#[test]
fn a_page_left_open_is_no_work() {
    let check = |seconds: i64, expected: i64| {
        let sent = at(0)
            .checked_add(SignedDuration::from_secs(seconds))
            .unwrap();
        assert_eq!(captured(at(0), sent), Seconds(expected), "{seconds}");
    };
    check(90, 90);
    check(0, 0);
    check(-5, 0);
    check(36_000, 1_800);
}

#[test]
fn words_are_read_as_written() {
    for one in Acceptance::ALL {
        assert_eq!(Acceptance::of(one.word()), Some(one));
    }
    for one in Missed::ALL {
        assert_eq!(Missed::of(one.word()), Some(one));
    }
    for one in Supervised::ALL {
        assert_eq!(Supervised::of(one.word()), Some(one));
    }
    for one in Hand::ALL {
        assert_eq!(Hand::of(one.word()), Some(one));
    }
    assert_eq!(LEGAL.map(|(state, _)| state), State::WORDS);
}

proptest! {
    #[test]
    fn any_sequence_keeps_what_must_hold(picks in proptest::collection::vec((0_usize..20, 0_i64..4), 1..60)) {
        let mut assignment = Assignment::given(at(20), 1, Some(at(30)));
        let mut hour = 0;
        for (pick, passed) in picks {
            hour += passed;
            let all = events(hour);
            let event = all[pick % all.len()];
                if let Ok(happened) = assignment.after(event, at(hour)) {
                prop_assert!(is_legal(&assignment, event.word()));
                check_step(&assignment, event, at(hour), &happened);
                assignment = happened.assignment;
            }
        }
    }
}
