//! All states with all that can happen, and long random histories.

use super::*;
use crate::money::{Currency, Money};
use crate::person::{Terms, Unit};
use crate::time::Day;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeSet;

const TRIAL: Running = Running::Trial { done: 1, of: 3 };
const LAST: Running = Running::Trial { done: 2, of: 3 };

fn states() -> Vec<State> {
    let running = [Running::Accepted, TRIAL, LAST, Running::Active];
    let mut all = vec![State::Proposed, State::Declined];
    all.extend(running.map(State::Running));
    all.extend(running.map(State::Paused));
    all.extend(EndReason::ALL.map(State::Ended));
    all
}

fn events() -> Vec<Event> {
    let mut all = vec![
        Event::Propose,
        Event::Accept,
        Event::Decline,
        Event::Begin { trial: 0 },
        Event::Begin { trial: 3 },
        Event::PassTrial,
        Event::EndTrial,
        Event::Pause,
        Event::Resume,
    ];
    all.extend(EndReason::ALL.map(Event::End));
    all
}

/// What may happen in which state, written down apart from the rule.
#[test]
fn every_state_with_every_event() {
    use Running::{Accepted, Active};
    let trial = |done| State::Running(Running::Trial { done, of: 3 });
    let mut allowed = vec![
        (State::Proposed, Event::Propose, State::Proposed),
        (State::Proposed, Event::Accept, State::Running(Accepted)),
        (State::Proposed, Event::Decline, State::Declined),
        (State::Declined, Event::Propose, State::Proposed),
        (
            State::Running(Accepted),
            Event::Begin { trial: 0 },
            State::Running(Active),
        ),
        (
            State::Running(Accepted),
            Event::Begin { trial: 3 },
            trial(0),
        ),
        (trial(1), Event::PassTrial, trial(2)),
        (trial(2), Event::PassTrial, State::Running(Active)),
        (State::Paused(TRIAL), Event::PassTrial, State::Paused(LAST)),
        (State::Paused(LAST), Event::PassTrial, State::Paused(Active)),
        (trial(1), Event::EndTrial, State::Running(Active)),
        (trial(2), Event::EndTrial, State::Running(Active)),
    ];
    for running in [Accepted, TRIAL, LAST, Active] {
        let (on, off) = (State::Running(running), State::Paused(running));
        allowed.push((on, Event::Pause, off));
        allowed.push((off, Event::Resume, on));
    }
    for reason in EndReason::ALL {
        for state in states() {
            if !matches!(state, State::Ended(_)) {
                allowed.push((state, Event::End(reason), State::Ended(reason)));
            }
        }
    }
    let mut count = 0;
    for state in states() {
        for event in events() {
            let expected = allowed.iter().find(|it| (it.0, it.1) == (state, event));
            let refused = Refused {
                state: state.word(),
                event: event.word(),
            };
            let expected = expected.map(|it| it.2).ok_or(refused);
            assert_eq!(state.after(event), expected, "{state:?} {event:?}");
            count += usize::from(expected.is_ok());
        }
    }
    assert_eq!(count, allowed.len());
}

/// How much of a trial has passed, also while the handoff is paused.
fn passed(state: State) -> Option<(u32, u32)> {
    match state {
        State::Running(Running::Trial { done, of })
        | State::Paused(Running::Trial { done, of }) => Some((done, of)),
        _ => None,
    }
}

/// From a proposal every kind of state is reached, and nothing but an end is final.
#[test]
fn random_histories() {
    let mut random = rand_pcg::Pcg64::seed_from_u64(6);
    let (all, mut seen) = (events(), BTreeSet::new());
    for _ in 0..2_000 {
        let mut state = State::Proposed;
        for _ in 0..40 {
            let event = all[random.random_range(0..all.len())];
            match state.after(event) {
                Ok(next) => {
                    assert!(!matches!(state, State::Ended(_)), "{state:?} {event:?}");
                    let (before, after) = (passed(state), passed(next));
                    let begins = matches!(event, Event::Begin { .. });
                    if let Some((done, of)) = after {
                        assert!(done < of, "{next:?}");
                        let counted = u32::from(event == Event::PassTrial);
                        let so_far = before.map_or(0, |it| it.0);
                        assert_eq!(done, so_far + counted, "{state:?} {event:?}");
                        assert!(before.is_some() || begins, "{state:?} {event:?}");
                    }
                    state = next;
                }
                Err(refused) => assert_eq!(refused.state, state.word()),
            }
            // Whatever the trial is in, running or paused, what was looked at and accepted counts.
            let counts = passed(state).is_some();
            assert_eq!(state.after(Event::PassTrial).is_ok(), counts, "{state:?}");
            seen.insert(state.word());
        }
    }
    let words = [
        "accepted", "active", "declined", "ended", "paused", "proposed", "trial",
    ];
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), words);
}

#[test]
fn a_refusal_reads_well() {
    let refused = State::Proposed.after(Event::PassTrial).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "a handoff that is proposed cannot pass trial"
    );
}

#[test]
fn a_change_holds_once_it_is_accepted() {
    let scope = |cents: i64, blueprint| Scope {
        blueprint,
        terms: Terms::new(
            Unit::Hour,
            Money::new(rust_decimal::Decimal::new(cents, 2), Currency::USD),
        )
        .unwrap(),
        start: Day(20_000),
    };
    let (old, new) = (scope(1400, 1), scope(1600, 2));
    let agreement = Agreement::new(old);
    for state in states() {
        let proposed = agreement.propose(state, new);
        if !state.is_agreed() {
            let not_agreed = AgreementError::NotAgreed(state.word());
            assert_eq!(proposed, Err(not_agreed));
            let open = Agreement {
                proposed: Some(new),
                ..agreement
            };
            assert_eq!(open.accept(state), Err(not_agreed));
            assert_eq!(open.drop_change(state), Err(not_agreed));
            continue;
        }
        let open = proposed.unwrap();
        assert_eq!((open.agreed, open.proposed), (old, Some(new)));
        assert_eq!(open.accept(state), Ok(Agreement::new(new)));
        assert_eq!(open.drop_change(state), Ok(agreement));
        let other = open.propose(state, scope(1500, 2)).unwrap();
        assert_eq!(other.proposed, Some(scope(1500, 2)));
        assert_eq!(agreement.propose(state, old), Err(AgreementError::Same));
        assert_eq!(agreement.accept(state), Err(AgreementError::NoChange));
        assert_eq!(agreement.drop_change(state), Err(AgreementError::NoChange));
    }
}

#[test]
fn checking_is_one_of_those_with_a_guarantee() {
    let check = |is_critical, rung, in_a_row, expected: &str| {
        let said = Checking::new(is_critical, rung, in_a_row);
        assert_eq!(said.map_or_else(CheckingError::code, |_| "ok"), expected);
    };
    check(false, 0, 10, "ok");
    check(false, 3, 24, "ok");
    check(true, 0, 5, "ok");
    check(true, 1, 5, "handoff.critical");
    check(false, 4, 5, "handoff.rung");
    check(false, 0, 7, "handoff.in_a_row");
}

#[test]
fn words_lead_back() {
    for reason in Reason::ALL {
        assert_eq!(Reason::of(reason.word()), Some(reason));
    }
    for reason in EndReason::ALL {
        assert_eq!(EndReason::of(reason.word()), Some(reason));
    }
    for by in SentBy::ALL {
        assert_eq!(SentBy::of(by.word()), Some(by));
    }
}

#[test]
fn checking_is_changed_without_climbing() {
    let check =
        |before: (bool, u8, u32, u32), change: CheckingChange, after: (bool, u8, u32, u32)| {
            let of = |(is_critical, rung, in_a_row, clean)| Checking {
                is_critical,
                rung,
                in_a_row,
                clean,
            };
            assert_eq!(
                of(before).changed(change),
                Ok(of(after)),
                "{before:?} {change:?}"
            );
        };
    let nothing = CheckingChange::default();
    let in_a_row = |count| CheckingChange {
        in_a_row: Some(count),
        ..nothing
    };
    let critical = |is_so| CheckingChange {
        is_critical: Some(is_so),
        ..nothing
    };
    let back = CheckingChange {
        is_back_to_all: true,
        ..nothing
    };
    check((false, 2, 10, 7), nothing, (false, 2, 10, 7));
    check((false, 2, 10, 7), in_a_row(16), (false, 2, 16, 7));
    // Fewer in a row are asked for: they are counted anew, on the same rung.
    check((false, 2, 10, 7), in_a_row(5), (false, 2, 5, 0));
    check((false, 2, 10, 7), back, (false, 0, 10, 0));
    check((false, 2, 10, 7), critical(true), (true, 0, 10, 0));
    check((true, 0, 10, 40), critical(false), (false, 0, 10, 0));
    check((true, 0, 10, 40), critical(true), (true, 0, 10, 0));
    let odd = Checking::new(false, 0, 10).and_then(|it| it.changed(in_a_row(7)));
    assert_eq!(odd, Err(CheckingError::InARow(7)));
}

#[test]
fn the_worst_case_says_what_was_not_looked_at() {
    let check = |is_critical: bool, lapsed: u64, expected: &str| {
        let checking = Checking {
            is_critical,
            rung: 0,
            in_a_row: 10,
            clean: 0,
        };
        assert_eq!(checking.worst_case(lapsed), expected);
    };
    check(
        false,
        0,
        "Even at worst 4.6 % get out with a fault, where each pick is looked at.",
    );
    check(
        false,
        2,
        "Even at worst 4.6 % get out with a fault; 2 picks were not looked at, so it may be more.",
    );
    check(
        true,
        1,
        "Even at worst none gets out unseen; 1 pick was not looked at, so it may be more.",
    );
    assert_eq!(newer_version(2, 2), None);
    assert!(newer_version(2, 4).is_some_and(|it| it.starts_with("version 4 is out")));
}
