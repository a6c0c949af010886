//! Returns reckoned by hand, and what holds for all of them.

mod properties;
mod records;
mod verdicts;

use rust_decimal::Decimal;

use super::*;
use crate::decision::{Case, Input, decide, weekly};
use crate::time::{Day, EntryKind};
use crate::trust::Tally;

pub(super) fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.parse().unwrap(), currency.parse().unwrap())
}

pub(super) fn minutes(count: i64) -> Seconds {
    Seconds(60 * count)
}

pub(super) fn hours(count: i64) -> Seconds {
    minutes(60 * count)
}

pub(super) fn values() -> HourValues {
    HourValues {
        work: money("75 EUR"),
        rest: Decimal::from(25),
    }
}

pub(super) fn became(work: i64, rest: i64, vanished: i64) -> Option<Became> {
    Some(Became {
        work: minutes(work),
        rest: minutes(rest),
        vanished: minutes(vanished),
    })
}

pub(super) fn week(
    residual: Option<i64>,
    [reviewing, answering, reworking]: [i64; 3],
    paid: &str,
) -> Week {
    Week {
        days: 7,
        residual: residual.map(minutes),
        supervision: Supervision {
            reviewing: minutes(reviewing),
            answering: minutes(answering),
            reworking: minutes(reworking),
        },
        cash: vec![Flow::paid(money(paid))],
        became: None,
    }
}

pub(super) fn facts(per_week: i64, weeks: Vec<Week>) -> Facts {
    Facts {
        baseline: Baseline {
            per_week: minutes(per_week),
            kind: EntryKind::Measured,
        },
        weeks,
        set_up: Seconds::ZERO,
        set_up_cash: Vec::new(),
    }
}

/// Two weeks, by hand.
///
/// Six hours a week before, logged. Week 1: 60 minutes left, 30 of review, 15 of answers, 84.00 paid; 360 - 60 - 45 = 255 minutes back.
/// Week 2: 30 left, 20 of review, 10 of doing again, 84.00 paid; 360 - 30 - 30 = 300 minutes back. Together 555 minutes = 9.25 h.
/// Said of week 1: 2 h work, 1 h rest, 1 h vanished: an hour is worth (2 x 75 + 1 x 25) / 4 = 43.75, so 4.25 h come to 185.9375.
/// Nothing was said of week 2. Set-up 3 h at 75 = 225.00.
#[test]
fn two_weeks_by_hand() {
    let mut first = week(Some(60), [30, 15, 0], "84.00 EUR");
    first.became = became(120, 60, 60);
    let second = week(Some(30), [20, 0, 10], "84.00 EUR");
    let facts = Facts {
        set_up: hours(3),
        ..facts(360, vec![first, second])
    };
    let found = Return::of(&facts, values()).unwrap();
    assert_eq!(found.hours.baseline.measured, hours(12));
    assert_eq!(found.hours.residual.measured, minutes(90));
    assert_eq!(found.hours.supervision.total(), minutes(75));
    let bought_back = found.hours.bought_back();
    assert_eq!(
        (bought_back.measured, bought_back.claimed),
        (minutes(555), Seconds::ZERO)
    );
    assert_eq!(found.cash.net_out(), Decimal::from(168));
    assert_eq!(found.opportunity.measured, money("185.9375 EUR"));
    assert_eq!(
        (found.opportunity.known, found.opportunity.unknown),
        (minutes(255), hours(5))
    );
    assert_eq!(found.set_up_value, money("225 EUR"));
    let price = found.price_per_hour().unwrap();
    assert_eq!(price.round_dp(4).to_string(), "18.1622");
    assert_eq!(found.result().unwrap(), money("-207.0625 EUR"));
    assert_eq!(
        headline(&found, Some(values())).unwrap(),
        "It gave 9.3 h back for 168.00 EUR: 18.16 EUR for an hour."
    );
    let steps = weekly_results(&facts, values()).unwrap();
    assert_eq!(steps, [money("101.9375 EUR"), money("-84 EUR")]);
}

/// Measured and claimed stay apart: a week without a log, and a time before that was typed from memory, are claimed.
#[test]
fn measured_and_claimed_stay_apart() {
    let weeks = || {
        vec![
            week(Some(60), [30, 0, 0], "0 EUR"),
            week(None, [30, 0, 0], "0 EUR"),
        ]
    };
    let check = |kind, measured: i64, claimed: i64| {
        let mut facts = facts(360, weeks());
        facts.baseline.kind = kind;
        let bought_back = Return::of(&facts, values()).unwrap().hours.bought_back();
        let expected = Apart {
            measured: minutes(measured),
            claimed: minutes(claimed),
        };
        assert_eq!(bought_back, expected, "{kind:?}");
    };
    check(EntryKind::Measured, 270, 330);
    check(EntryKind::Implied, 0, 600);
    check(EntryKind::Remembered, 0, 600);
}

#[test]
fn a_week_that_began_on_its_fifth_day_counts_three_days() {
    let mut begun = week(Some(0), [0, 0, 0], "0 EUR");
    begun.days = 3;
    let found = Return::of(&facts(420, vec![begun]), values()).unwrap();
    assert_eq!(found.hours.bought_back().measured, minutes(180));
}

/// What took more hours than it gave has cost them at the value of work, though nobody said so; and that is said first.
#[test]
fn a_loss_of_hours_is_said_first() {
    let bad = vec![week(Some(120), [30, 60, 90], "40.00 EUR"); 4];
    let found = Return::of(&facts(180, bad), values()).unwrap();
    assert_eq!(found.hours.bought_back().measured, hours(-8));
    assert_eq!(found.opportunity.total().unwrap(), money("-600 EUR"));
    assert_eq!(found.result().unwrap(), money("-760 EUR"));
    assert_eq!(found.price_per_hour(), None);
    assert_eq!(
        headline(&found, Some(values())).unwrap(),
        "It has taken 8 h more than it gave, and cost 160.00 EUR besides."
    );
    let rested = |answer| {
        let mut one = week(Some(0), [0, 0, 0], "140.00 EUR");
        one.became = answer;
        headline(
            &Return::of(&facts(360, vec![one]), values()).unwrap(),
            Some(values()),
        )
        .unwrap()
    };
    assert_eq!(
        rested(became(0, 60, 300)),
        "It has lost 115.00 EUR by what the hours became; it gave 6 h back for 140.00 EUR: 23.33 EUR for an hour."
    );
    assert_eq!(
        rested(None),
        "It gave 6 h back for 140.00 EUR: 23.33 EUR for an hour."
    );
}

/// An answer for more hours than were freed makes none of them worth more, and one for none says nothing.
#[test]
fn answers_are_shares() {
    let value = |answer| {
        let mut one = week(Some(0), [0, 0, 0], "0 EUR");
        one.became = answer;
        let found = Return::of(&facts(240, vec![one]), values()).unwrap();
        (
            found.opportunity.total().unwrap().to_string(),
            found.opportunity.unknown,
        )
    };
    assert_eq!(
        value(became(240, 0, 0)),
        ("300.00 EUR".into(), Seconds::ZERO)
    );
    assert_eq!(
        value(became(2400, 0, 0)),
        ("300.00 EUR".into(), Seconds::ZERO)
    );
    assert_eq!(
        value(became(60, 60, 120)),
        ("100.00 EUR".into(), Seconds::ZERO)
    );
    assert_eq!(value(became(0, 0, 60)), ("0.00 EUR".into(), Seconds::ZERO));
    assert_eq!(value(became(0, 0, 0)), ("0.00 EUR".into(), hours(4)));
    assert_eq!(value(None), ("0.00 EUR".into(), hours(4)));
}

/// Cash without a rate is in no sum; cash in counts against cash out.
#[test]
fn currencies_without_a_rate_stand_apart() {
    let mut one = week(Some(0), [0, 0, 0], "100.00 EUR");
    one.cash.extend([
        Flow::received(money("30.00 EUR")),
        Flow::paid(money("5000 JPY")),
        Flow {
            out: money("11.00 USD"),
            own: Some(money("10.00 EUR")),
            is_in: false,
        },
    ]);
    let facts_of = |cash: Vec<Flow>| {
        let mut facts = facts(360, vec![one.clone()]);
        facts.set_up_cash = cash;
        facts
    };
    let found = Return::of(&facts_of(vec![Flow::paid(money("20.00 EUR"))]), values()).unwrap();
    assert_eq!(
        (found.cash.out, found.cash.into),
        (Decimal::from(130), Decimal::from(30))
    );
    assert_eq!(found.cash.net_out(), Decimal::from(100));
    let apart: Vec<String> = found
        .cash
        .apart
        .iter()
        .map(|(c, a)| format!("{a} {c}"))
        .collect();
    assert_eq!(apart, ["5000 JPY"]);
    let wrong = Flow {
        out: money("5000 JPY"),
        own: Some(money("33.00 USD")),
        is_in: false,
    };
    assert!(Return::of(&facts_of(vec![wrong]), values()).is_err());
}

/// W02: 283.2 hours are planned for a year. After ten weeks six sevenths of the plan's hours have come: the year is on course for that.
#[test]
fn forecast_beside_actual() {
    let said = |key: &str| match key {
        "value_of_work_hour" => Some(75.0),
        "value_of_rest_hour" => Some(25.0),
        "share_redeployed" => Some(0.7),
        "owner_hours" => Some(1.5),
        "times_per_week" => Some(4.0),
        "rate" => Some(14.0),
        "load" => Some(1.07),
        "learning_rate" => Some(0.85),
        "steady_ratio" => Some(1.3),
        "first_time_ratio" => Some(2.0),
        "communication_hours" => Some(0.05),
        "review_hours" | "review_share" => Some(0.2),
        "fault_rate" => Some(0.06),
        "detection" => Some(0.8),
        "rework_hours" => Some(0.5),
        "explain_hours" | "discount_rate" => Some(0.1),
        "escape_cost" => Some(80.0),
        "own_fault_rate" => Some(0.03),
        "blueprint_hours" | "training_hours" => Some(4.0),
        "onboarding_hours" => Some(3.0),
        "leavings_per_year" => Some(0.3),
        "full_review_times" => Some(12.0),
        "weeks" => Some(52.0),
        _ => None,
    };
    let case = Case::new(|input: Input| said(input.key())).unwrap();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "hours of a week in seconds"
    )]
    let weeks = weekly(&case)
        .iter()
        .map(|week| Seconds((week.hours_freed * 3600.0).round() as i64))
        .collect();
    let forecast = Forecast {
        weeks,
        break_even: decide(&case).break_even_week,
    };
    assert_eq!(forecast.break_even, Some(3));
    // Without the seven hours of set-up, which the plan has on its other side.
    let planned = forecast.planned().hours();
    assert_eq!(planned.round_dp(1).to_string(), "290.2");
    let until: Seconds = forecast.weeks.iter().take(10).copied().sum();
    let on_course = forecast.on_course(Seconds(until.0 * 6 / 7), until).hours();
    let expected = planned * Decimal::from(6) / Decimal::from(7);
    assert!(
        (on_course - expected).abs() < Decimal::new(1, 2),
        "{on_course}"
    );
    assert_eq!(forecast.on_course(until, until), forecast.planned());
    let late = Forecast {
        weeks: vec![hours(-1), hours(3), hours(3)],
        break_even: None,
    };
    assert_eq!(late.on_course(hours(-2), hours(-1)), hours(4));
}

/// 28 h for 6000.00 are a loss at a worth of 75, whatever they became; where nothing is known, nothing is said to be lost.
#[test]
fn a_loss_is_said_first_where_it_is_certain_and_nowhere_else() {
    let told = |per_week: i64, cost: &str, values: Option<HourValues>| {
        let one = week(Some(0), [0, 0, 0], cost);
        let hour = values.unwrap_or(HourValues {
            work: money("0 EUR"),
            rest: Decimal::ZERO,
        });
        let found = Return::of(&facts(60 * per_week, vec![one]), hour).unwrap();
        headline(&found, values).unwrap()
    };
    assert_eq!(
        told(28, "6000 EUR", Some(values())),
        "It has lost at least 3900.00 EUR, whatever the hours became; it gave 28 h back for 6000.00 EUR: 214.29 EUR for an hour."
    );
    let gave = "It gave 28 h back for 6000.00 EUR: 214.29 EUR for an hour.";
    assert_eq!(told(28, "6000 EUR", None), gave);
    let nothing = "It cost 40.00 EUR; no hours are known that it gave back.";
    assert_eq!(told(0, "40 EUR", None), nothing);
    assert_eq!(told(0, "40 EUR", Some(values())), nothing);
    assert_eq!(
        told(0, "-40 EUR", None),
        "It brought 40.00 EUR in; no hours are known that it gave back."
    );
}

#[test]
fn a_retainer_is_spread_over_its_days_to_the_smallest_unit() {
    let check = |amount: &str, days, expected: &[&str]| {
        let parts: Vec<_> = spread(money(amount), Day(30), days).collect();
        let last = i32::try_from(expected.len()).unwrap();
        let expected: Vec<_> = (31 - last..=30)
            .map(Day)
            .zip(expected.iter().map(|it| money(it)))
            .collect();
        assert_eq!(parts, expected, "{amount}");
    };
    check("30 EUR", 3, &["10 EUR", "10 EUR", "10 EUR"]);
    check("10 EUR", 3, &["3.33 EUR", "3.34 EUR", "3.33 EUR"]);
    check("-10 EUR", 3, &["-3.33 EUR", "-3.34 EUR", "-3.33 EUR"]);
    check("0.015 EUR", 2, &["0.01 EUR", "0.005 EUR"]);
    check("5 EUR", 1, &["5 EUR"]);
    check("5 EUR", 0, &["5 EUR"]);
}

#[test]
fn a_break_even_is_reached_or_moves() {
    let check = |set_up: &str, weeks: &[&str], planned, expected, moved| {
        let weeks: Vec<Money> = weeks
            .iter()
            .map(|week| money(&format!("{week} EUR")))
            .collect();
        let found = break_even(money(&format!("{set_up} EUR")), &weeks, None, planned).unwrap();
        assert_eq!((found, found.moved_by()), (expected, moved), "{set_up}");
    };
    use BreakEven::{Ahead, OutOfSight, Reached};
    let planned = Some(3);
    check(
        "300",
        &["100", "100", "100"],
        planned,
        Reached { week: 3, planned },
        Some(0),
    );
    check(
        "300",
        &["200", "200", "-500"],
        planned,
        Reached { week: 2, planned },
        Some(-1),
    );
    // 300 - 120 = 180 left, 40 a week: four and a half weeks more.
    check(
        "300",
        &["40", "40", "40"],
        planned,
        Ahead { week: 8, planned },
        Some(5),
    );
    // Only the last four weeks say how it goes on: 1000 - 220 = 780, at 55 a week.
    check(
        "1000",
        &["0", "50", "50", "60", "60"],
        None,
        Ahead {
            week: 20,
            planned: None,
        },
        None,
    );
    check(
        "300",
        &["40", "-10", "-60"],
        planned,
        OutOfSight { planned },
        None,
    );
    check("100000", &["10"], planned, OutOfSight { planned }, None);
    // The week that runs tells nothing of how it goes on, but what it has paid is paid; before a whole week nobody can say.
    let runs = |weeks: &[Money], running: &str| {
        let running = Some(money(&format!("{running} EUR")));
        break_even(money("100 EUR"), weeks, running, planned)
    };
    let one = [money("40 EUR")];
    assert_eq!(runs(&one, "-30"), Some(Ahead { week: 3, planned }));
    assert_eq!(runs(&one, "60"), Some(Reached { week: 2, planned }));
    assert_eq!(runs(&[], "99"), None);
}

#[test]
fn quality_is_only_said_where_it_is_no_chance() {
    let check = |good, all, own, expected| {
        let quality = Quality {
            clean: Tally { good, all },
            own,
        };
        assert_eq!(quality.level(), expected, "{good} of {all}");
    };
    check(3, 3, Some(0.97), Level::TooEarly);
    check(19, 19, Some(0.97), Level::TooEarly);
    check(19, 20, Some(0.97), Level::Same);
    check(2, 6, Some(0.97), Level::Worse);
    check(12, 20, Some(0.97), Level::Worse);
    check(30, 30, Some(0.80), Level::Better);
    check(30, 30, None, Level::NoLevel);
    check(0, 0, Some(0.9), Level::TooEarly);
}

#[test]
fn stress_is_at_risk_after_two_weeks_in_a_row() {
    let check = |answers: &[(i32, i64)], expected| {
        let answers: Vec<(Day, Answer)> = answers
            .iter()
            .map(|(week, answer)| (Day(7 * week), Answer::new(*answer).unwrap()))
            .collect();
        assert_eq!(is_at_risk(&answers), expected, "{answers:?}");
    };
    check(&[], false);
    check(&[(1, 5)], false);
    check(&[(1, 4), (2, 5)], true);
    check(&[(1, 4), (3, 5)], false);
    check(&[(1, 5), (2, 5), (3, 3)], false);
    check(&[(1, 1), (2, 4), (3, 4)], true);
    for wrong in [0, 6, -1, 300] {
        assert_eq!(Answer::new(wrong).unwrap_err().code(), "return.stress");
    }
    let median = |weeks: &[i64]| {
        let weeks: Vec<Decimal> = weeks.iter().copied().map(Decimal::from).collect();
        usual(&weeks).map(|usual| usual.normalize().to_string())
    };
    assert_eq!(median(&[40, 41, 42]), None);
    assert_eq!(median(&[40, 44, 41, 90]), Some("42.5".into()));
    // Of nine weeks the first counts no more.
    assert_eq!(
        median(&[1, 50, 50, 50, 50, 60, 60, 60, 60]),
        Some("55".into())
    );
}
