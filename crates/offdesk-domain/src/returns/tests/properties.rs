//! What holds for every return.

use proptest::prelude::*;

use super::*;
use crate::handoff::Reason;

fn any_week() -> impl Strategy<Value = Week> {
    let supervision = [0..300_i64, 0..300_i64, 0..300_i64];
    let answer = proptest::option::of((0..600_i64, 0..600_i64, 0..600_i64));
    (
        1..=7_u8,
        proptest::option::of(0..500_i64),
        supervision,
        0..100_000_i64,
        answer,
    )
        .prop_map(|(days, residual, supervision, cents, answer)| Week {
            days,
            cash: vec![Flow::paid(Money::new(
                Decimal::new(cents, 2),
                money("0 EUR").currency,
            ))],
            became: answer.and_then(|(work, rest, vanished)| became(work, rest, vanished)),
            ..week(residual, supervision, "0 EUR")
        })
}

fn any_facts() -> impl Strategy<Value = Facts> {
    (
        0..1000_i64,
        proptest::collection::vec(any_week(), 0..20),
        any::<bool>(),
    )
        .prop_map(|(per_week, weeks, is_measured)| {
            let mut facts = facts(per_week, weeks);
            if !is_measured {
                facts.baseline.kind = EntryKind::Remembered;
            }
            facts
        })
}

fn close(a: Decimal, b: Decimal) -> bool {
    (a - b).abs() < Decimal::new(1, 12)
}

proptest! {
    /// The return of some weeks is the sum of the returns of each, however they are cut into months.
    #[test]
    fn weeks_add_up(facts in any_facts(), at in 0..20_usize) {
        let whole = Return::of(&facts, values()).unwrap();
        let (before, after) = facts.weeks.split_at(at.min(facts.weeks.len()));
        let part = |weeks: &[Week]| Return::of(&Facts { weeks: weeks.to_vec(), ..facts.clone() }, values()).unwrap();
        let sum = part(before).plus(part(after)).unwrap();
        prop_assert_eq!(sum.hours, whole.hours);
        prop_assert_eq!(&sum.cash, &whole.cash);
        prop_assert!(close(sum.result().unwrap().amount, whole.result().unwrap().amount));
        let steps: Decimal = weekly_results(&facts, values()).unwrap().iter().map(|step| step.amount).sum();
        prop_assert!(close(steps, whole.result().unwrap().amount));
    }

    /// Baseline less residual less supervision, always; and every hour bought back is known or unknown in its use.
    #[test]
    fn hours_are_what_is_left(facts in any_facts()) {
        let found = Return::of(&facts, values()).unwrap();
        let Hours { baseline, residual, supervision, .. } = found.hours;
        let bought_back = found.hours.bought_back().total();
        prop_assert_eq!(bought_back, baseline.total() - residual.total() - supervision.total());
        prop_assert_eq!(found.opportunity.known + found.opportunity.unknown, bought_back);
        prop_assert!(found.opportunity.unknown >= Seconds::ZERO);
    }

    /// No hour is worth more than one of work, whatever was answered; and more vanished makes nothing better.
    #[test]
    fn hours_are_worth_no_more_than_work(facts in any_facts()) {
        let found = Return::of(&facts, values()).unwrap();
        let gained: Seconds = facts.weeks.iter().map(|week| Hours::of_week(facts.baseline, week).bought_back().total().max(Seconds::ZERO)).sum();
        let most = values().of_work(gained).unwrap().amount;
        prop_assert!(found.opportunity.total().unwrap().amount <= most + Decimal::new(1, 12));
        let mut worse = facts.clone();
        for week in &mut worse.weeks {
            if let Some(became) = &mut week.became {
                became.vanished += minutes(60);
            }
        }
        let worse = Return::of(&worse, values()).unwrap();
        // An answer of nothing at all says nothing, and one hour vanished says that it is worth nothing: the same sum.
        prop_assert!(worse.opportunity.total().unwrap().amount <= found.opportunity.total().unwrap().amount + Decimal::new(1, 12));
    }

    /// What was tried never leads back to itself, and what pays is never taken back.
    #[test]
    fn advice_goes_one_way(facts in any_facts(), good in 0..40_u32, more in 0..40_u32, is_focus in any::<bool>()) {
        let found = Return::of(&facts, values()).unwrap();
        let quality = Quality { clean: Tally { good, all: good + more }, own: Some(0.9) };
        let reason = if is_focus { Reason::Focus } else { Reason::Better };
        let so_far = SoFar { weeks: 9, accepted: 90, is_by_assignment: true };
        let mut tried = Tried::default();
        let mut seen = Vec::new();
        loop {
            let verdict = judge(reason, &found, quality, values(), so_far, tried).unwrap();
            prop_assert!(!seen.contains(&verdict.advice));
            seen.push(verdict.advice);
            match verdict.advice {
                Advice::Fix => tried.is_fixed = true,
                Advice::Change => tried.is_changed = true,
                Advice::Over | Advice::TooEarly | Advice::Keep | Advice::NoRate | Advice::TakeBack => break,
            }
        }
        if seen.last() == Some(&Advice::Keep) {
            prop_assert_eq!(seen.len(), 1);
        }
        let bought_back = found.hours.bought_back().total();
        if is_focus && quality.level() != Level::Worse && found.cash.is_whole() && found.result().unwrap().amount > Decimal::ZERO && bought_back > Seconds::ZERO {
            prop_assert_eq!(seen.last(), Some(&Advice::Keep));
        }
    }
}
