//! Days of handoffs: when they were live, whom they share their activity with, and what falls outside of them.

use super::*;
use crate::coverage::Coverage;
use crate::time::Period;

fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

fn period(from: &str, to: &str) -> Period {
    Period {
        from: day(from),
        to: day(to),
    }
}

#[test]
fn days_are_live_from_the_begin_to_the_day_before_the_end() {
    let moves = [
        (day("2026-11-02"), false),
        (day("2026-11-03"), true),
        (day("2026-11-03"), true),
        (day("2026-11-10"), false),
        (day("2026-11-12"), true),
    ];
    assert_eq!(
        live_days(&moves, day("2026-11-20")),
        [
            period("2026-11-03", "2026-11-09"),
            period("2026-11-12", "2026-11-20")
        ]
    );
    // Begun and ended on one day: that day, and only once.
    let twice = [
        (day("2026-11-03"), true),
        (day("2026-11-03"), false),
        (day("2026-11-03"), true),
        (day("2026-11-03"), false),
    ];
    assert_eq!(
        live_days(&twice, day("2026-11-20")),
        [period("2026-11-03", "2026-11-03")]
    );
    // What begins after today is not live yet.
    assert!(live_days(&[(day("2026-11-21"), true)], day("2026-11-20")).is_empty());
}

#[test]
fn two_handoffs_of_an_activity_share_what_it_took_before() {
    let ana = [period("2026-11-02", "2026-11-22")];
    let ben = [period("2026-11-09", "2026-11-15")];
    let found = held(&ana, &ben);
    let shares: Vec<_> = found.iter().map(|it| (it.period, it.share)).collect();
    assert_eq!(
        shares,
        [
            (period("2026-11-02", "2026-11-08"), 1),
            (period("2026-11-09", "2026-11-15"), 2),
            (period("2026-11-16", "2026-11-22"), 1),
        ]
    );
    assert_eq!(
        held(&ben, &ana),
        [Held {
            period: ben[0],
            share: 2
        }]
    );
    // Together they buy back what the activity took, and not twice that.
    let record = |held| Record {
        baseline: Some(Baseline {
            per_week: hours(6),
            kind: EntryKind::Measured,
        }),
        held,
        ..Record::default()
    };
    let coverage = Coverage::of(vec![period("2026-11-02", "2026-11-22")], Vec::new());
    let around = Around {
        coverage: &coverage,
        became: &std::collections::BTreeMap::new(),
    };
    let whole = period("2026-01-01", "2026-12-31");
    let back = |record: &Record| {
        let weeks = record.by_week(around, whole);
        let found = sum_of(weeks.values().flatten(), values()).unwrap();
        found.hours.bought_back().measured
    };
    let both = back(&record(held(&ana, &ben))) + back(&record(held(&ben, &ana)));
    assert_eq!(both, hours(18));
}

/// Work that is accepted after the end is paid for, and looking at it took time: neither is forgotten, and no hour is given for it.
#[test]
fn what_falls_outside_of_the_days_counts_too() {
    let spent = Supervision {
        reviewing: minutes(30),
        ..Supervision::default()
    };
    let record = Record {
        baseline: Some(Baseline {
            per_week: hours(7),
            kind: EntryKind::Measured,
        }),
        held: held(&[period("2026-11-02", "2026-11-08")], &[]),
        spent: [(day("2026-11-03"), spent), (day("2026-11-11"), spent)].into(),
        cash: [
            (day("2026-11-04"), vec![Flow::paid(money("20 EUR"))]),
            (day("2026-11-12"), vec![Flow::paid(money("30 EUR"))]),
        ]
        .into(),
        set_up: hours(2),
        ..Record::default()
    };
    let coverage = Coverage::of(vec![period("2026-11-02", "2026-11-08")], Vec::new());
    let around = Around {
        coverage: &coverage,
        became: &std::collections::BTreeMap::new(),
    };
    let of = |within| {
        let weeks = record.by_week(around, within);
        sum_of(weeks.values().flatten(), values()).unwrap()
    };
    let all = of(period("2026-11-01", "2026-11-30"));
    assert_eq!(all.hours.bought_back().measured, hours(6));
    assert_eq!(all.cash.net_out(), Decimal::from(50));
    assert_eq!(all.set_up, hours(2));
    // The parts of a period come to the whole of it.
    let (first, rest) = (
        of(period("2026-11-01", "2026-11-05")),
        of(period("2026-11-06", "2026-11-30")),
    );
    assert_eq!(first.clone().plus(rest).unwrap(), all);
    assert_eq!(first.hours.bought_back().measured, hours(4) - minutes(30));
    assert_eq!(record.days(period("2026-11-01", "2026-11-05")), 4);
}

/// Weeks, milestones and retainers need no begin: what was earned before it makes the handoff live from the agreed start.
#[test]
fn what_earns_before_it_is_begun_is_live_from_the_agreed_start() {
    use Standing::{Agreed, Idle, Live};
    let check = |moves: &[(&str, Standing)], earned: Option<(&str, &str)>, expected: &[Period]| {
        let moves: Vec<_> = moves.iter().map(|(on, it)| (day(on), *it)).collect();
        let earned = earned.map(|(agreed, first)| EarnedSince {
            agreed: day(agreed),
            first: day(first),
        });
        let found = live_days(&live_moves(&moves, earned), day("2026-11-30"));
        assert_eq!(found, expected, "{moves:?} {earned:?}");
    };
    let proposed = ("2026-10-28", Idle);
    let agreed = ("2026-10-30", Agreed);
    check(&[proposed, agreed], None, &[]);
    let month = period("2026-11-01", "2026-11-30");
    let earned = Some(("2026-11-01", "2026-11-06"));
    check(&[proposed, agreed], earned, &[month]);
    check(&[proposed, agreed, ("2026-11-10", Live)], earned, &[month]);
    // Accepted late; and earned before the day that was agreed.
    check(&[proposed, ("2026-11-05", Agreed)], earned, &[month]);
    let early = Some(("2026-11-09", "2026-11-01"));
    check(&[agreed, ("2026-11-12", Live)], early, &[month]);
    // What was earned since it was begun moves nothing.
    let since = period("2026-11-10", "2026-11-30");
    let later = Some(("2026-11-01", "2026-11-10"));
    check(&[agreed, ("2026-11-10", Live)], later, &[since]);
    let paused = [
        agreed,
        ("2026-11-11", Idle),
        ("2026-11-21", Agreed),
        ("2026-11-26", Idle),
    ];
    let parts = [
        period("2026-11-01", "2026-11-10"),
        period("2026-11-21", "2026-11-25"),
    ];
    check(&paused, earned, &parts);
}

/// Where nobody knows what it took before, what is logged of it still was told as more than it gave.
#[test]
fn without_a_baseline_what_is_still_done_is_no_loss() {
    let days = period("2026-11-02", "2026-11-08");
    let record = Record {
        held: held(&[days], &[]),
        logged: [(day("2026-11-03"), hours(5))].into(),
        spent: [(
            day("2026-11-04"),
            Supervision {
                reviewing: minutes(30),
                ..Supervision::default()
            },
        )]
        .into(),
        ..Record::default()
    };
    let coverage = Coverage::of(vec![days], Vec::new());
    let around = Around {
        coverage: &coverage,
        became: &std::collections::BTreeMap::new(),
    };
    let weeks = record.by_week(around, days);
    let found = sum_of(weeks.values().flatten(), values()).unwrap();
    assert_eq!(
        found.hours.bought_back().total(),
        Seconds::ZERO - minutes(30)
    );
}

/// A week of a handoff has seven days on which it was live, whichever day it began on, and a pause is in none.
#[test]
fn its_weeks_begin_on_its_own_first_day() {
    let live = [
        period("2026-11-05", "2026-11-14"),
        period("2026-11-20", "2026-11-25"),
    ];
    let record = Record {
        held: held(&live, &[]),
        ..Record::default()
    };
    let (weeks, rest) = record.live_weeks(period("2026-11-02", "2026-11-28"));
    assert_eq!(
        weeks,
        [
            period("2026-11-02", "2026-11-11"),
            period("2026-11-12", "2026-11-23"),
        ]
    );
    assert_eq!(rest, Some(period("2026-11-24", "2026-11-28")));
    let (_, rest) = record.live_weeks(period("2026-11-05", "2026-11-23"));
    assert_eq!(
        rest,
        Some(period("2026-11-24", "2026-11-23")).filter(|it| it.from <= it.to)
    );
}
