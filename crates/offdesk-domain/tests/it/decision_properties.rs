//! What has to hold for every case: which way each input moves the figures, and what several ways, orders and queues keep.

use offdesk_domain::decision::chance::{Doubt, chances};
use offdesk_domain::decision::comparison::{Compared, Way, compare, drop_value};
use offdesk_domain::decision::queue::{Arrivals, Seen, Unsaid, crowding};
use offdesk_domain::decision::rollout::{Time, Waiting, best_order, follow, weeks};
use offdesk_domain::decision::trial::{expected, value_of_knowing, value_of_trial};
use offdesk_domain::decision::{Case, INPUTS, Input, Parts, course, decide, weekly};
use proptest::prelude::*;

/// A case whose every input is somewhere in the middle of what it may be.
fn any_case() -> impl Strategy<Value = Case> {
    proptest::collection::vec(0.0..1.0_f64, INPUTS.len()).prop_map(|shares| {
        Case::new(|input| {
            let at = INPUTS.iter().position(|row| row.input == input)?;
            let share = shares[at];
            Some(match input {
                Input::ValueOfWorkHour => 5.0 + 195.0 * share,
                Input::ValueOfRestHour => 50.0 * share,
                Input::OwnerHours => 0.2 + 4.0 * share,
                Input::TimesPerWeek => 0.1 + 20.0 * share,
                Input::Weeks => (1.0 + 103.0 * share).floor(),
                Input::Rate => 100.0 * share,
                Input::Load => 0.8 + share,
                Input::FirstTimeRatio => 4.0 * share,
                Input::SteadyRatio => 3.0 * share,
                Input::LearningRate => 0.5 + 0.5 * share,
                Input::FullReviewTimes => (60.0 * share).floor(),
                Input::EscapeCost => 500.0 * share,
                Input::LeavingsPerYear => 3.0 * share,
                Input::QualityGain => 40.0 * share - 20.0,
                Input::CostEachTime => 10.0 * share,
                Input::BlueprintHours | Input::OnboardingHours | Input::TrainingHours => {
                    12.0 * share
                }
                _ => share,
            })
        })
        .unwrap()
    })
}

/// What never raises the net value when there is more of it, and what never lowers it.
const LOWERS: [Input; 14] = [
    Input::Rate,
    Input::Load,
    Input::CostEachTime,
    Input::FirstTimeRatio,
    Input::SteadyRatio,
    Input::CommunicationHours,
    Input::ReviewHours,
    Input::FaultRate,
    Input::ReworkHours,
    Input::ExplainHours,
    Input::BlueprintHours,
    Input::OnboardingHours,
    Input::TrainingHours,
    Input::LeavingsPerYear,
];
const RAISES: [Input; 2] = [Input::OwnFaultRate, Input::QualityGain];

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs())) * 100.0
}

proptest! {
    #[test]
    fn each_input_moves_the_net_value_one_way(case in any_case(), more in 0.01..0.9_f64) {
        let net = |case: &Case| decide(case).net_value;
        let before = net(&case);
        for input in LOWERS.into_iter().chain(RAISES) {
            let row = input.row().unwrap();
            let number = case.get(input);
            let raised = (number + more * (1.0 + number.abs())).min(row.most);
            let after = net(&case.with(input, raised));
            let slack = 1e-9 * (1.0 + before.abs());
            if LOWERS.contains(&input) {
                prop_assert!(after <= before + slack, "{}: {before} to {after}", row.key);
            } else {
                prop_assert!(after + slack >= before, "{}: {before} to {after}", row.key);
            }
        }
    }

    #[test]
    fn more_review_lets_fewer_faults_out_and_costs_hours(case in any_case(), more in 0.01..1.0_f64) {
        let found = decide(&case);
        let share = (case.get(Input::ReviewShare) + more).min(1.0);
        let reviewed = decide(&case.with(Input::ReviewShare, share));
        prop_assert!(reviewed.escaped_faults <= found.escaped_faults + 1e-9);
        prop_assert!(reviewed.hours_freed <= found.hours_freed + 1e-9);
        let sharper = (case.get(Input::Detection) + more).min(1.0);
        let sharper = decide(&case.with(Input::Detection, sharper));
        prop_assert!(sharper.escaped_faults <= found.escaped_faults + 1e-9);
    }

    #[test]
    fn draws_of_another_calendar_are_those_of_its_case(case in any_case(), other in any_case()) {
        // The calendar of one draw is made that of the next, whatever both are.
        let doubts = [Input::TimesPerWeek, Input::Weeks, Input::LearningRate, Input::DiscountRate].map(|input| {
            let (a, b) = (case.get(input), other.get(input));
            let (low, high) = (a.min(b), a.max(b));
            (input, Doubt::Triangular { low, likely: (low + high) / 2.0, high })
        });
        let of = |draws: usize| chances(&case, &doubts, draws, 7).mean;
        let way = Way { case, doubts: doubts.to_vec() };
        let compared = compare(&[], &[way], None, 3, 7);
        prop_assert!(near(of(3), compared.ways[0].chances.mean));
        let band = &compared.ways[0].band;
        prop_assert_eq!(band.len(), course(&case).len());
        prop_assert!(band.iter().all(|(low, high)| low <= high));
    }

    #[test]
    fn the_band_of_one_draw_is_the_course(case in any_case()) {
        let way = Way { case, doubts: Vec::new() };
        let compared = compare(&[], &[way], None, 1, 1);
        let band = &compared.ways[0].band;
        for (sum, (low, high)) in course(&case).into_iter().zip(band) {
            prop_assert!(near(sum, *low) && near(sum, *high), "{sum} {low} {high}");
        }
    }

    #[test]
    fn the_short_way_to_the_net_value_is_the_long_one(case in any_case()) {
        let drawn = chances(&case, &[], 1, 1);
        let found = decide(&case);
        prop_assert!(near(drawn.mean, found.net_value), "{} {}", drawn.mean, found.net_value);
        // Week by week without discount it is the same sum.
        let plain = case.with(Input::DiscountRate, 0.0);
        let setup = plain.worth() * (plain.get(Input::BlueprintHours) + plain.get(Input::OnboardingHours))
            + plain.loaded_rate() * plain.get(Input::TrainingHours);
        let sum: f64 = weekly(&plain).iter().map(|week| week.value).sum();
        prop_assert!(near(sum - setup, decide(&plain).net_value));
    }

    #[test]
    fn the_parts_add_up_to_the_figures(case in any_case()) {
        let (parts, found) = (Parts::of(&case), decide(&case));
        let rest = parts.times - parts.full;
        let hours = parts.full * parts.hours[0] + rest * parts.hours[1]
            - case.setup_hours() - parts.leavings * case.get(Input::OnboardingHours);
        prop_assert!(near(hours, found.hours_freed), "{hours} {}", found.hours_freed);
        let escaped = parts.full * parts.escaped[0] + rest * parts.escaped[1];
        prop_assert!(near(escaped, found.escaped_faults));
        prop_assert!(near(parts.times * case.get(Input::OwnFaultRate), found.escaped_faults_if_kept));
        let learned = case.with(Input::FirstTimeRatio, 0.0).with(Input::FullReviewTimes, 0.0);
        let cash = Parts::of(&learned).cash * parts.times
            + (1.0 + parts.leavings) * case.loaded_rate() * case.get(Input::TrainingHours);
        prop_assert!(near(cash, decide(&learned).cash));
    }

    #[test]
    fn a_trial_is_worth_no_more_than_knowing_everything(case in any_case(), a in 0.5..5.0_f64, b in 0.5..20.0_f64) {
        let way = Way { case, doubts: vec![(Input::FaultRate, Doubt::Beta { a, b })] };
        let found = compare(&[], &[way], None, 4_000, 11);
        let (payoff, belief) = found.ways[0].by_faults.unwrap();
        // On average it is a line through the mean, and knowing the rate exactly is what the draws say.
        prop_assert!(near(expected(payoff, belief), found.ways[0].chances.mean));
        let known = value_of_knowing(payoff, belief).unwrap();
        let drawn = found.ways[0].chances.value_of_knowing;
        let slack = 0.1 * found.ways[0].chances.deviation + 1e-6;
        prop_assert!((known - drawn).abs() <= slack, "{known} {drawn}");
        let trials = [5, 10, 20].map(|n| value_of_trial(payoff, belief, n));
        prop_assert!(trials.is_sorted_by(|a, b| *a <= *b + 1e-6 * (1.0 + b.abs())));
        prop_assert!(trials[2] <= known + 1e-6 * (1.0 + known.abs()));
    }

    #[test]
    fn chances_of_ways_add_up_and_a_dearer_twin_never_wins(case in any_case(), dearer in 0.5..20.0_f64) {
        let own = [(Input::ValueOfWorkHour, Doubt::Triangular { low: 1.0, likely: 60.0, high: 200.0 })];
        let way = |rate: f64| Way {
            case: case.with(Input::SteadyRatio, 1.0).with(Input::Rate, rate),
            doubts: Vec::new(),
        };
        let rate = case.get(Input::Rate);
        let ways = [way(rate), way(rate + dearer)];
        let brings = case.worth() * case.get(Input::OwnerHours) * 0.8;
        let found = compare(&own, &ways, Some([brings; 3]), 500, 7);
        let all = found.ways.iter().map(|way| way.best).sum::<f64>() + found.keep_best + found.drop_best;
        prop_assert!((all - 1.0).abs() < 1e-9);
        prop_assert!(found.ways[1].best <= 0.0);
        let knowing = |of: &Compared| {
            let means = of.ways.iter().map(|way| way.chances.mean).chain([of.dropped]);
            of.best_of_all - means.fold(0.0, f64::max)
        };
        prop_assert!(knowing(&found) >= -1e-6);
        // Somebody useless beside them changes neither the choice nor what knowing is worth.
        let alone = compare(&own, &ways[..1], Some([brings; 3]), 500, 7);
        prop_assert!((alone.keep_best - found.keep_best).abs() < 1e-9);
        prop_assert!(near(knowing(&alone), knowing(&found)));
    }

    #[test]
    fn what_brings_more_is_dropped_less(case in any_case(), brings in 0.0..500.0_f64, more in 0.1..100.0_f64) {
        prop_assert!(drop_value(&case, brings + more) <= drop_value(&case, brings));
    }

    #[test]
    fn the_best_order_is_no_worse_than_any_and_more_hours_never_hurt(
        rows in proptest::collection::vec((0.5..12.0_f64, 1.0..300.0_f64, 0.0..8.0_f64), 1..6),
        hours in 0.5..12.0_f64, reinvested in 0.0..1.0_f64, seed in any::<u64>(),
    ) {
        let handoffs: Vec<Waiting> = rows.iter().map(|(a, b, c)| Waiting::steady(*a, *b, *c)).collect();
        let time = Time { weeks: 20, hours_per_week: hours, reinvested };
        let best = best_order(&handoffs, time);
        let mut order: Vec<usize> = (0..handoffs.len()).collect();
        let mut random = seed;
        for at in (1..order.len()).rev() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(random >> 33).unwrap() % (at + 1);
            order.swap(at, other);
        }
        prop_assert!(best.value + 1e-6 >= follow(&handoffs, &order, time).value);
        let more = Time { hours_per_week: hours + 1.0, ..time };
        prop_assert!(best_order(&handoffs, more).value + 1e-6 >= best.value);
        let plan = weeks(&handoffs, &best.order, time);
        prop_assert!(near(plan.iter().map(|week| week.value).sum(), best.value));
        for week in &plan {
            let spent: f64 = week.spent.iter().map(|(_, hours)| hours).sum();
            prop_assert!(spent <= week.hours + 1e-6);
        }
        for (begun, live) in best.begun_in_week.iter().zip(&best.live_from_week) {
            if let (Some(begun), Some(live)) = (begun, live) {
                prop_assert!(begun < live);
            }
        }
    }

    #[test]
    fn important_work_waits_less_with_fewer_small_jobs(
        small in 5.0..60.0_f64, left in 0.0..1.0_f64, hours in 0.1..0.6_f64,
    ) {
        let jobs = |per_week: f64| Arrivals { per_week, hours };
        let seen = Seen {
            weeks: 12,
            fullest: 50.0,
            error: 0.05,
            small: jobs(small),
            important: Arrivals { per_week: 4.0, hours: 2.5 },
        };
        if let Ok(found) = crowding(&seen, jobs(small * left)) {
            prop_assert!(found.then.small_first < found.now.small_first);
            prop_assert!(found.now.load <= 0.9 + 1e-9 && found.loads[0] <= 0.95);
            let [low, high] = found.between;
            prop_assert!(low <= found.now.small_first && found.now.small_first <= high);
            // What is said to be the least is where the range begins.
            prop_assert!(!found.is_at_least || near(low, found.now.small_first));
        }
    }
}

#[test]
fn what_is_crowded_out_is_said_only_where_the_weeks_bear_it_out() {
    let seen = Seen {
        weeks: 8,
        fullest: 40.0,
        error: 0.02,
        small: Arrivals {
            per_week: 50.0,
            hours: 0.5,
        },
        important: Arrivals {
            per_week: 4.0,
            hours: 2.5,
        },
    };
    let left = Arrivals {
        per_week: 20.0,
        hours: 0.5,
    };
    // In a fuller week the figure is a floor, and says so.
    let mut fuller = seen;
    fuller.fullest = 37.5;
    let found = crowding(&fuller, left).unwrap();
    assert!(found.is_at_least && (found.now.load - 0.882).abs() < 1e-9);
    // Close to its end one job more moves the wait little: no figure appears that the next entry would overturn.
    for small in 10..60 {
        let with = |small: f64| {
            let mut seen = seen;
            seen.small.per_week = small;
            crowding(&seen, left).map(|found| found.now.small_first)
        };
        if let (Ok(one), Ok(more)) = (with(f64::from(small)), with(f64::from(small) + 1.0)) {
            assert!(more <= one * 1.25, "{small}: {one} to {more}");
        }
    }
    // W13 through the same door as the desk.
    let found = crowding(&seen, left).unwrap();
    assert!(!found.is_at_least && found.between[0] > 15.0 && found.between[1] < 25.0);
    assert!((found.now.small_first - 20.0).abs() < 1e-4);
    assert!((found.then.small_first - 2.0).abs() < 1e-4);
    let with = |change: fn(&mut Seen)| {
        let mut seen = seen;
        change(&mut seen);
        crowding(&seen, left)
    };
    for (change, why) in [
        ((|seen| seen.weeks = 3) as fn(&mut Seen), Unsaid::FewWeeks),
        (|seen| seen.small.per_week = 4.9, Unsaid::FewSmall),
        (
            |seen| seen.important.per_week = 0.5,
            Unsaid::LittleImportant,
        ),
        (|seen| seen.important.hours = 0.4, Unsaid::Shorter),
        (|seen| seen.fullest = 36.0, Unsaid::Full),
        (|seen| seen.fullest = f64::NAN, Unsaid::Full),
        (|seen| seen.fullest = 400.0, Unsaid::NoDifference),
    ] {
        assert_eq!(with(change), Err(why));
    }
}
