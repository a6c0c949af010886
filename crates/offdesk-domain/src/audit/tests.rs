//! The judgement, on tables of activities.

use super::summary::wilson;
use super::*;
use crate::decision::{Case, Input, decide};
use crate::money::Currency;
use crate::price::{Place, Price, PriceRange};
use crate::time::{Day, EntryKind, Seconds};
use crate::worth::Basis;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn frame(hour: &str, weeks_per_year: &str, from: &str, to: &str) -> Frame {
    let day = |text: &str| Day::from_date(text.parse().unwrap());
    let period = Period {
        from: day(from),
        to: day(to),
    };
    Frame {
        worth: Worth::new(
            Basis::Stated { hour: d(hour) },
            Currency::USD,
            Decimal::TWO,
            None,
        )
        .unwrap(),
        period: Some(period),
        weeks: period.weeks(),
        days_logged: 10,
        weeks_per_year: d(weeks_per_year),
    }
}

fn activity(name: &str, hours: &str, price: Option<&str>) -> Activity {
    let seconds = d(hours) * d("3600");
    let mut mix = Mix::default();
    mix.add(
        EntryKind::Measured,
        Seconds(seconds.normalize().to_string().parse().unwrap()),
    );
    Activity {
        name: name.to_owned(),
        entries: 46,
        mix,
        price: price.map(|price| Price {
            place: Place::US,
            currency: Currency::USD,
            range: PriceRange::new(d(price) - Decimal::TWO, d(price), d(price) + Decimal::TWO),
            occupation: None,
            confidence: 80,
            source: String::new(),
            why: crate::Why::default(),
        }),
        stays: None,
        is_rest_of_list: false,
        hours_each: None,
        blueprint: Blueprint::None,
    }
}

#[test]
fn the_contract_example() {
    let frame = frame("75", "48", "2026-01-05", "2026-03-27");
    let audit = audit(frame, vec![activity("Inbox", "78", Some("18"))]);
    let inbox = &audit.activities[0];
    assert_eq!(
        (inbox.hours_per_week, inbox.hours_per_year),
        (d("6.5"), d("312"))
    );
    let yearly = inbox.yearly.unwrap();
    assert_eq!(
        (yearly.value, yearly.price, yearly.gap),
        (d("23400"), d("5616"), d("17784"))
    );
    assert_eq!(inbox.verdict, Verdict::Delegate);
    assert_eq!(audit.start_with, Some(0));
    assert_eq!(audit.summary.range, None);
}

#[test]
fn the_outlook_is_the_decision_with_the_usual_numbers() {
    let frame = frame("75", "48", "2026-01-05", "2026-03-27");
    let mut inbox = activity("Inbox", "78", Some("18"));
    inbox.hours_each = Some(d("1.7"));
    let audit = audit(frame.clone(), vec![inbox.clone()]);
    let found = audit.activities[0].handoff.unwrap();
    let said = [
        (Input::ValueOfWorkHour, 75.0),
        (Input::ValueOfRestHour, 37.5),
        (Input::OwnerHours, 1.7),
        (Input::TimesPerWeek, 3.82),
        (Input::Weeks, 48.0),
        (Input::Rate, 18.0),
    ];
    let of = |input| said.iter().find(|(known, _)| *known == input);
    let case = Case::new(|input| of(input).map(|(_, number)| *number)).unwrap();
    assert_eq!(found.case, case);
    let decision = decide(&case);
    assert_eq!(found.decision, decision);
    let net = Decimal::try_from(decision.net_value).unwrap();
    assert_eq!(found.first_year_gain, net.round_dp(2));
    assert!(found.pays() && found.payback_week == decision.break_even_week);
    // Of fewer weeks the work goes on for the year: the set-up is paid once, not in each of six parts of it.
    let short = HandoffOutlook::of(case.with(Input::Weeks, 8.0), 75, d("48"));
    assert_eq!(short.first_year_gain, found.first_year_gain);
    assert_eq!(short.payback_week, found.payback_week);
    assert_eq!(short.decision, decide(&case.with(Input::Weeks, 8.0)));
    // What does not pay within its weeks, and would over the year, is kept and says so.
    let shorter = HandoffOutlook::of(case.with(Input::Weeks, 2.0), 75, d("48"));
    assert!(!shorter.pays() && shorter.is_too_short(), "{shorter:?}");
    assert!(!short.is_too_short() && !found.is_too_short());
    // Twice the weeks are twice the year, and a year counts.
    let two_years = HandoffOutlook::of(case.with(Input::Weeks, 96.0), 75, d("48"));
    let half = Decimal::try_from(two_years.decision.net_value / 2.0).unwrap();
    assert_eq!(two_years.first_year_gain, half.round_dp(2));
}

#[test]
fn hours_of_one_time_come_from_days_then_from_entries_then_from_the_week() {
    let frame = frame("75", "48", "2026-01-05", "2026-03-27");
    let each = |activity: Activity| audit(frame.clone(), vec![activity]).activities[0].hours_each;
    // 46 entries on ten days were not on 46 days.
    let inbox = activity("Inbox", "78", Some("18"));
    assert!((each(inbox.clone()) - 7.8).abs() < 1e-9);
    let known = Activity {
        hours_each: Some(d("1.6957")),
        ..inbox.clone()
    };
    assert!((each(known) - 1.7).abs() < 1e-9);
    let mut remembered = inbox;
    remembered.mix = Mix::default();
    remembered
        .mix
        .add(EntryKind::Remembered, Seconds(72 * 3600));
    assert!((each(remembered) - 1.2).abs() < 1e-9);
}

#[test]
fn without_a_blueprint_nothing_is_fully_ready() {
    let frame = frame("75", "48", "2026-01-05", "2026-03-27");
    let ready = |blueprint| {
        let inbox = Activity {
            blueprint,
            ..activity("Inbox", "78", Some("18"))
        };
        let found = audit(frame.clone(), vec![inbox]).activities[0].handoff;
        found.unwrap().readiness
    };
    assert_eq!(
        [Blueprint::None, Blueprint::Draft, Blueprint::Published].map(ready),
        [75, 85, 100]
    );
}

#[test]
fn what_frees_too_little_is_no_start_and_its_words_say_so() {
    let frame = frame("75", "48", "2026-01-05", "2026-03-27");
    let small = activity("Small", "2", Some("18"));
    let audit = audit(frame, vec![small]);
    let judged = &audit.activities[0];
    assert!(judged.is_below && !judged.handoff.unwrap().pays());
    assert_eq!(audit.start_with, None);
    let words = judged.verdict_in_words(judged.handoff.as_ref(), &audit.worth);
    assert!(words.starts_with("keep: "), "{words}");
    assert_eq!(audit.summary_of(|_| false).gap, Decimal::ZERO);
    assert_eq!(audit.summary_of(|_| true), audit.summary);
}

#[test]
fn what_is_kept_dear_or_unpriced_is_in_no_sum() {
    let mut mine = activity("Sales", "40", Some("30"));
    mine.stays = Some(Stays::Mine);
    let list = vec![
        mine,
        activity("Law", "10", Some("80")),
        activity("Odd", "5", None),
        activity("At worth", "5", Some("75")),
    ];
    let audit = audit(frame("75", "48", "2026-01-05", "2026-03-27"), list);
    assert_eq!(audit.summary.gap, Decimal::ZERO);
    assert_eq!(audit.summary.hours_below_per_week, Decimal::ZERO);
    assert_eq!(audit.summary.unpriced, Seconds(5 * 3600));
    assert_eq!(audit.start_with, None);
    let verdicts: Vec<_> = audit
        .activities
        .iter()
        .map(|a| (a.activity.name.as_str(), a.verdict))
        .collect();
    assert_eq!(verdicts[0], ("Sales", Verdict::Keep(KeepReason::Mine)));
    assert!(verdicts.contains(&("Law", Verdict::Keep(KeepReason::Price))));
    assert!(verdicts.contains(&("At worth", Verdict::Keep(KeepReason::Price))));
    assert!(verdicts.contains(&("Odd", Verdict::Open)));
}

#[test]
fn short_data_gives_ranges_around_the_figure() {
    let list = vec![
        activity("Inbox", "30", Some("20")),
        activity("Rest", "50", None),
    ];
    let audit = audit(frame("75", "48", "2026-01-05", "2026-01-16"), list);
    let range = audit.summary.range.unwrap();
    let inside = |(low, high): (Decimal, Decimal), value: Decimal| low < value && value < high;
    assert!(inside(
        range.hours_below_per_week,
        audit.summary.hours_below_per_week
    ));
    assert!(inside(range.gap, audit.summary.gap));
    assert!(inside(range.price, audit.summary.price));
    // 0.375 of the time on 10 days: 0.1523 to 0.6671 by Wilson's formula, of 40 hours a week.
    assert_eq!(range.hours_below_per_week.0.round_dp(2), d("6.09"));
    assert_eq!(range.hours_below_per_week.1.round_dp(2), d("26.68"));
}

#[test]
fn wilson_agrees_with_the_science_document() {
    let check = |part: i64, whole: i64, low: &str, high: &str| {
        let days = u32::try_from(whole).unwrap();
        let (a, b) = wilson(Seconds(part), Seconds(whole), days);
        assert_eq!((a.round_dp(3), b.round_dp(3)), (d(low), d(high)));
    };
    check(19, 20, "0.764", "0.991");
    check(8, 10, "0.490", "0.943");
    check(3, 3, "0.438", "1");
    check(0, 10, "0", "0.278");
}

/// A year of next to no weeks, and one longer than any, are no reason to end.
#[test]
fn figures_beyond_all_measure_do_not_end_the_program() {
    for weeks in [
        "0",
        "0.0000000000000000000000000001",
        "7922816251426433759354395033",
    ] {
        let mut frame = frame("1000000000", weeks, "2026-01-05", "2026-01-16");
        for covered in [frame.weeks, d("0.0000000000000000000000000001")] {
            frame.weeks = covered;
            let activities = vec![
                activity("Inbox", "78", Some("18")),
                activity("Forever", "2500000000000000", Some("999999999")),
            ];
            let audit = audit(frame.clone(), activities);
            assert_eq!(audit.activities.len(), 2);
            assert!(audit.summary_of(|_| true).hours_below_per_week >= Decimal::ZERO);
        }
    }
}
