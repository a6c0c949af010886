//! The worked cases of the science document, and what has to hold for every case.

use offdesk_domain::decision::chance::{Doubt, chances, of_normal, tornado};
use offdesk_domain::decision::queue::{Arrivals, looks_needed, waits};
use offdesk_domain::decision::rollout::{Time, Waiting, best_order, follow};
use offdesk_domain::decision::trial::{
    Belief, Payoff, chance_of_at_most, expected, value_of_knowing, value_of_trial,
};
use offdesk_domain::decision::{Advice, Because, Case, CaseError, INPUTS, Input, course, decide};
use proptest::prelude::*;

/// The case W02.
fn base() -> Case {
    let said = [
        ("value_of_work_hour", 75.0),
        ("value_of_rest_hour", 25.0),
        ("share_redeployed", 0.7),
        ("owner_hours", 1.5),
        ("times_per_week", 4.0),
        ("weeks", 52.0),
        ("rate", 14.0),
        ("load", 1.07),
        ("first_time_ratio", 2.0),
        ("steady_ratio", 1.3),
        ("learning_rate", 0.85),
        ("communication_hours", 0.05),
        ("review_hours", 0.2),
        ("full_review_times", 12.0),
        ("review_share", 0.2),
        ("fault_rate", 0.06),
        ("detection", 0.8),
        ("rework_hours", 0.5),
        ("explain_hours", 0.1),
        ("escape_cost", 80.0),
        ("own_fault_rate", 0.03),
        ("blueprint_hours", 4.0),
        ("onboarding_hours", 3.0),
        ("training_hours", 4.0),
        ("discount_rate", 0.1),
        ("leavings_per_year", 0.3),
        ("quality_gain", 0.0),
    ];
    Case::new(|input| {
        let key = INPUTS.iter().find(|row| row.input == input)?.key;
        said.iter()
            .find(|(name, _)| *name == key)
            .map(|(_, number)| *number)
    })
    .unwrap()
}

fn input(key: &str) -> Input {
    INPUTS.iter().find(|row| row.key == key).unwrap().input
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "{found} is not {expected}"
    );
}

#[test]
fn w02_the_base_case() {
    let found = decide(&base());
    for (found, expected) in [
        (found.worth, 60.0),
        (found.loaded_rate, 14.98),
        (found.net_value, 9_961.595_601_897_072),
        (found.cash, 6_207.606_998_114_792),
        (found.hours_freed, 283.214_24),
        (
            found.price_per_hour_bought_back.unwrap(),
            21.918_414_123_932_39,
        ),
        (found.escaped_faults, 10.022_4),
        (found.escaped_faults_if_kept, 6.24),
        (found.break_even_hour.unwrap(), 23.033_218_647_724_03),
        (found.pv_hours, 269.474_247_892_121_6),
        (found.pv_cash, 5_920.103_945_807_266),
        (found.pv_quality, -286.755_325_822_956_7),
    ] {
        near(found, expected, 1e-6);
    }
    assert_eq!(
        (found.break_even_times, found.break_even_week),
        (Some(12), Some(3))
    );
    assert_eq!(found.verdict(&base()), (Advice::Delegate, Because::Focus));
}

#[test]
fn w03_without_learning_discount_and_turnover() {
    let case = base()
        .with(Input::FirstTimeRatio, 1.3)
        .with(Input::FullReviewTimes, 0.0)
        .with(Input::DiscountRate, 0.0)
        .with(Input::LeavingsPerYear, 0.0);
    let found = decide(&case);
    near(found.net_value, 10_674.599_168, 1e-6);
    near(found.cash, 6_150.764_032, 1e-6);
    near(found.hours_freed, 286.080_32, 1e-6);
    near(
        found.price_per_hour_bought_back.unwrap(),
        21.500_129_865_626_45,
        1e-6,
    );
    near(found.break_even_hour.unwrap(), 22.686_705_719_568_45, 1e-6);
    near(found.escaped_faults, 10.483_2, 1e-6);
    near(found.pv_quality, -339.456, 1e-6);
    assert_eq!(
        (found.break_even_times, found.break_even_week),
        (Some(9), Some(3))
    );
}

#[test]
fn w04_with_nothing_to_do_in_the_freed_hours() {
    let case = base()
        .with(Input::ShareRedeployed, 0.0)
        .with(Input::ValueOfRestHour, 0.0);
    let found = decide(&case);
    near(found.net_value, -6_206.859_271_630_224, 1e-6);
    assert_eq!(
        (found.break_even_times, found.break_even_week),
        (None, None)
    );
    assert_eq!(found.verdict(&case), (Advice::Keep, Because::Price));
}

#[test]
fn w05_the_tornado() {
    let rows = [
        (
            "value_of_work_hour",
            [40.0, 150.0],
            [3359.4765285400913, 24108.99361623344],
        ),
        (
            "share_redeployed",
            [0.2, 1.0],
            [3224.739404594035, 14003.709320278884],
        ),
        (
            "owner_hours",
            [1.0, 2.0],
            [5956.9772715933, 13966.21393220083],
        ),
        (
            "steady_ratio",
            [1.0, 2.0],
            [11225.274155450761, 6879.242223269456],
        ),
        ("rate", [8.0, 25.0], [12498.783007243048, 5310.085358762788]),
        (
            "review_hours",
            [0.1, 0.5],
            [10256.84113867783, 9075.858991554778],
        ),
        (
            "review_share",
            [0.1, 1.0],
            [10125.642200861541, 8649.222810181252],
        ),
        (
            "fault_rate",
            [0.02, 0.15],
            [10491.149397573721, 8770.09956162459],
        ),
        (
            "escape_cost",
            [20.0, 400.0],
            [10176.662096264288, 8814.574298605252],
        ),
        (
            "blueprint_hours",
            [2.0, 10.0],
            [10081.59560189707, 9601.595601897077],
        ),
        (
            "learning_rate",
            [0.75, 0.95],
            [9976.756851901786, 9304.932240495593],
        ),
        (
            "leavings_per_year",
            [0.1, 1.0],
            [10007.321938295101, 9801.553424503963],
        ),
        (
            "own_fault_rate",
            [0.0, 0.06],
            [9485.883132534409, 10437.308071259718],
        ),
        (
            "communication_hours",
            [0.0, 0.2],
            [10556.236188600364, 8177.673841787158],
        ),
    ];
    let ranges: Vec<(Input, [f64; 2])> = rows
        .iter()
        .map(|(key, range, _)| (input(key), *range))
        .collect();
    let spans = tornado(&base(), &ranges);
    for (key, _, [low, high]) in rows {
        let (_, found) = spans.iter().find(|(of, _)| *of == input(key)).unwrap();
        near(found[0], low, 1e-6);
        near(found[1], high, 1e-6);
    }
    assert_eq!(spans[0].0, Input::ValueOfWorkHour);
    assert!(spans.is_sorted_by(|(_, a), (_, b)| (a[1] - a[0]).abs() >= (b[1] - b[0]).abs()));
}

#[test]
fn w11_faults_among_what_nobody_checks() {
    let belief = Belief {
        faults: 2.0,
        clean: 20.0,
    };
    near(
        chance_of_at_most(belief, 12, 0),
        0.397_727_272_727_272_7,
        1e-9,
    );
    near(
        chance_of_at_most(belief, 12, 1),
        0.705_645_161_290_322_3,
        1e-9,
    );
    near(chance_of_at_most(belief, 12, 12), 1.0, 1e-9);
}

#[test]
fn w13_what_small_jobs_push_back() {
    let week = |small| {
        let small = Arrivals {
            per_week: small,
            hours: 0.5,
        };
        let important = Arrivals {
            per_week: 4.0,
            hours: 2.5,
        };
        waits(40.0, small, important)
    };
    let (before, after) = (week(50.0).unwrap(), week(20.0).unwrap());
    for (found, expected) in [
        (before.load, 0.875),
        (before.small_first, 20.0),
        (before.first_come, 7.5),
        (before.important_first, 1.25),
        (before.done_when_interrupted, 26.666_7),
        (after.load, 0.5),
        (after.small_first, 2.0),
        (after.first_come, 1.5),
        (after.important_first, 1.0),
        (after.done_when_interrupted, 5.333_3),
    ] {
        near(found, expected, 1e-4);
    }
    assert_eq!(week(70.0), None);
    assert_eq!(week(f64::NAN), None);
}

#[test]
fn w14_a_trial_before_deciding() {
    let payoff = Payoff {
        constant: 10_000.0,
        slope: -60_000.0,
    };
    let belief = Belief {
        faults: 2.0,
        clean: 8.0,
    };
    near(expected(payoff, belief), -2_000.0, 0.01);
    near(
        value_of_knowing(payoff, belief).unwrap(),
        1_876.133_989_356_297_7,
        0.01,
    );
    for (assignments, worth) in [(5, 791.21), (10, 1_089.78), (20, 1_345.46), (40, 1_585.44)] {
        near(value_of_trial(payoff, belief, assignments), worth, 0.01);
    }
    let rising = Payoff {
        constant: -50_000.0,
        slope: 60_000.0,
    };
    let mirrored = Belief {
        faults: 8.0,
        clean: 2.0,
    };
    near(
        value_of_knowing(rising, mirrored).unwrap(),
        1_876.133_989_356_297_7,
        0.01,
    );
}

#[test]
fn w15_the_draws() {
    let triangular = |low, likely, high| Doubt::Triangular { low, likely, high };
    let doubts = [
        (Input::ValueOfWorkHour, triangular(40.0, 75.0, 150.0)),
        (Input::ShareRedeployed, triangular(0.2, 0.7, 1.0)),
        (Input::OwnerHours, triangular(1.0, 1.5, 2.0)),
        (Input::Rate, triangular(8.0, 14.0, 25.0)),
        (Input::SteadyRatio, triangular(1.0, 1.3, 2.0)),
        (Input::ReviewHours, triangular(0.1, 0.2, 0.5)),
        (Input::EscapeCost, triangular(20.0, 80.0, 400.0)),
        (Input::FaultRate, Doubt::Beta { a: 2.0, b: 30.0 }),
    ];
    let found = chances(&base(), &doubts, 100_000, 2026);
    near(found.mean, 9_391.0, 90.0);
    near(found.deviation, 5_716.0, 60.0);
    near(found.p5, 1_307.0, 100.0);
    near(found.p50, 8_686.0, 100.0);
    near(found.p95, 19_901.0, 220.0);
    near(found.chance_of_loss, 0.024_3, 0.002);
    near(found.value_of_knowing, 37.5, 4.5);
    assert_eq!(found, chances(&base(), &doubts, 100_000, 2026));
    assert_ne!(found, chances(&base(), &doubts, 100_000, 2027));
}

#[test]
fn w16_a_normal_net_value() {
    let (hours, cash, quality) = (269.474_2, 5_920.103_9, -286.755_3);
    let (loss, knowing) = of_normal(60.0 * hours - cash + quality, 20.0 * hours).unwrap();
    near(loss, 0.032_276_667_54, 1e-4);
    near(knowing, 68.060_3, 1e-4);
    assert_eq!(of_normal(1.0, 0.0), None);
}

#[test]
fn w18_the_order_of_handing_over() {
    let rows = [
        (6.0, 200.0, 4.0),
        (8.0, 260.0, 6.0),
        (10.0, 150.0, 3.0),
        (4.0, 90.0, 2.0),
    ];
    let handoffs = rows
        .map(|(setup_hours, value, hours_freed)| Waiting::steady(setup_hours, value, hours_freed));
    let time = Time {
        weeks: 12,
        hours_per_week: 5.0,
        reinvested: 0.5,
    };
    let best = best_order(&handoffs, time);
    near(best.value, 6_530.0, 1e-9);
    assert_eq!(best.order, [3, 0, 1, 2]);
    assert_eq!(best.live_from_week, [Some(3), Some(4), Some(5), Some(2)]);
    near(follow(&handoffs, &[0, 1, 3, 2], time).value, 6_110.0, 1e-9);
    near(follow(&handoffs, &[1, 0, 2, 3], time).value, 6_320.0, 1e-9);
    let alone = Time {
        reinvested: 0.0,
        ..time
    };
    let best = best_order(&handoffs, alone);
    near(best.value, 6_020.0, 1e-9);
    assert_eq!(best.order, [1, 0, 3, 2]);
    near(follow(&handoffs, &[0, 1, 3, 2], alone).value, 5_960.0, 1e-9);
    let many: Vec<Waiting> = handoffs.iter().cloned().cycle().take(12).collect();
    let found = best_order(&many, time);
    assert!(found.value >= best_order(&handoffs, time).value);
    let mut order = found.order.clone();
    order.sort_unstable();
    assert_eq!(order, (0..12).collect::<Vec<_>>());
}

#[test]
fn what_would_lose_within_the_weeks_is_in_no_order() {
    let handoff = |setup_cost, value| Waiting {
        setup_cost,
        ..Waiting::steady(4.0, value, 1.0)
    };
    let handoffs = [handoff(300.0, 100.0), handoff(300.0, 20.0)];
    let time = |weeks| Time {
        weeks,
        hours_per_week: 4.0,
        reinvested: 0.0,
    };
    // Live from week 2 for eleven weeks.
    let best = best_order(&handoffs, time(12));
    assert_eq!(best.order, [0]);
    near(best.value, 1_100.0 - 300.0, 1e-9);
    near(best.setup_cost, 300.0, 1e-9);
    // Two weeks of it do not bring the set-up back, forty bring back both.
    assert_eq!(best_order(&handoffs, time(3)).order, [0; 0]);
    let best = best_order(&handoffs, time(40));
    assert_eq!(best.order, [0, 1]);
    near(best.value, 3_900.0 - 300.0 + 760.0 - 300.0, 1e-9);
}

/// Work of which every figure can be reckoned by hand: an hour of 60, twice as long at 20, 1 hour of talk and review left of 5.
fn by_hand(times: f64) -> Case {
    let said = [
        (Input::ValueOfWorkHour, 60.0),
        (Input::ShareRedeployed, 1.0),
        (Input::OwnerHours, 5.0),
        (Input::TimesPerWeek, times),
        (Input::Weeks, 4.0),
        (Input::Rate, 20.0),
        (Input::Load, 1.0),
        (Input::FirstTimeRatio, 2.0),
        (Input::SteadyRatio, 2.0),
        (Input::CommunicationHours, 0.5),
        (Input::ReviewHours, 0.5),
        (Input::ReviewShare, 1.0),
        (Input::FaultRate, 0.0),
        (Input::OwnFaultRate, 0.0),
        (Input::LeavingsPerYear, 0.0),
        (Input::DiscountRate, 0.0),
        (Input::BlueprintHours, 4.0),
        (Input::OnboardingHours, 0.0),
        (Input::TrainingHours, 0.0),
    ];
    let of = |input| said.iter().find(|(known, _)| *known == input);
    Case::new(|input| of(input).map(|(_, number)| *number)).unwrap()
}

#[test]
fn a_rare_assignment_counts_as_often_as_it_comes_in_the_roll_out() {
    // Each time frees 4 hours, 240, and costs 10 hours at 20: 40 are left. Set up in week 1, live for weeks 2 to 25.
    let time = Time {
        weeks: 25,
        hours_per_week: 4.0,
        reinvested: 0.5,
    };
    for (times, done) in [(1.0, 24.0), (0.25, 6.0), (0.125, 3.0), (0.5, 12.0)] {
        let waiting = Waiting::of(&by_hand(times), time.weeks);
        let found = follow(&[waiting], &[0], time);
        near(found.value, 40.0 * done - 4.0 * 60.0, 1e-9);
        // Beyond the weeks that are laid out it goes on at its average, whatever the last of them held.
        for laid_out in [1, 3, 4] {
            let waiting = Waiting::of(&by_hand(times), laid_out);
            near(waiting.then.value, 40.0 * times, 1e-9);
            near(waiting.then.hours_freed, 4.0 * times, 1e-9);
        }
    }
}

#[test]
fn of_rare_and_weekly_work_the_better_goes_first() {
    let rare = by_hand(0.25);
    let often = by_hand(0.4);
    let time = Time {
        weeks: 52,
        hours_per_week: 2.0,
        reinvested: 0.0,
    };
    let handoffs = [&rare, &often].map(|case| Waiting::of(case, time.weeks));
    // Live for 50 weeks and 48: 0.4 of these are 20 and 19 whole times, 0.25 of them 12 and 12.
    assert_eq!(best_order(&handoffs, time).order, [1, 0]);
    near(
        follow(&handoffs, &[1, 0], time).value,
        40.0 * (20.0 + 12.0) - 480.0,
        1e-9,
    );
    near(
        follow(&handoffs, &[0, 1], time).value,
        40.0 * (12.0 + 19.0) - 480.0,
        1e-9,
    );
}

#[test]
fn w20_how_many_looks_tell_a_share() {
    assert_eq!(looks_needed(0.3, 0.05), 323);
    assert_eq!(looks_needed(0.2, 0.05), 246);
    assert_eq!(looks_needed(0.5, 0.1), 97);
}

#[test]
fn verdicts() {
    let verdict = |changes: &[(Input, f64)]| {
        let case = changes
            .iter()
            .fold(base(), |case, (input, number)| case.with(*input, *number));
        decide(&case).verdict(&case)
    };
    assert_eq!(
        verdict(&[(Input::Rate, 90.0), (Input::QualityGain, 400.0)]),
        (Advice::Delegate, Because::Better)
    );
    assert_eq!(
        verdict(&[(Input::SteadyRatio, 0.0), (Input::FirstTimeRatio, 0.0)]),
        (Advice::Automate, Because::Focus)
    );
    assert_eq!(
        verdict(&[(Input::OwnerHours, 0.1)]),
        (Advice::Keep, Because::NoHours)
    );
    let (focus, better) = (
        (Advice::Delegate, Because::Focus),
        (Advice::Delegate, Because::Better),
    );
    let rate = |rate| (Input::Rate, rate);
    let ratios = |first, steady| [(Input::FirstTimeRatio, first), (Input::SteadyRatio, steady)];
    let [first, steady] = ratios(0.5, 0.5);
    let [slow_first, slow] = ratios(3.0, 3.0);
    // The hour is 60. Dearer than that by the hour, and yet what they take for an hour of the owner's is less: they need half of it.
    assert_eq!(verdict(&[rate(65.0), first, steady]), focus);
    // Dearer, also for the owner's hour, and worth it as they leave fewer faults.
    assert_eq!(
        verdict(&[
            rate(90.0),
            (Input::OwnFaultRate, 0.9),
            (Input::EscapeCost, 200.0)
        ]),
        better
    );
    // Cheaper, and slower: what is paid is still less than the hours are worth; or it is not, and better work makes up for it.
    assert_eq!(verdict(&[rate(8.0), slow_first, slow]), focus);
    assert_eq!(
        verdict(&[rate(30.0), slow_first, slow, (Input::QualityGain, 90.0)]),
        better
    );
    // Cheaper, quicker and better work: the hours alone would do.
    assert_eq!(verdict(&[first, steady, (Input::QualityGain, 90.0)]), focus);
    // As dear as the hour is no reason to focus.
    assert_eq!(
        verdict(&[
            (Input::Load, 1.0),
            rate(120.0),
            first,
            steady,
            (Input::QualityGain, 90.0)
        ]),
        better
    );
    assert_eq!(
        verdict(&[
            (Input::OwnerHours, 0.4),
            (Input::Weeks, 1.0),
            (Input::BlueprintHours, 0.0),
            (Input::OnboardingHours, 0.0),
            (Input::TrainingHours, 0.0)
        ]),
        (Advice::Keep, Because::NoDifference)
    );
}

#[test]
fn an_hour_off_is_worth_half_of_an_hour_unless_it_is_said() {
    let of = |rest: Option<f64>| {
        let case = Case::new(|input| match input {
            Input::ValueOfRestHour => rest,
            Input::ShareRedeployed => Some(0.5),
            other => Some(base().get(other)),
        });
        case.map(|case| case.worth())
    };
    assert_eq!(of(None), Ok(56.25));
    assert_eq!(of(Some(0.0)), Ok(37.5));
}

#[test]
fn square_is_when_the_sum_stays_there() {
    // Nothing is set up, the first time pays for itself, and what follows is lost to those who leave.
    let case = base()
        .with(Input::BlueprintHours, 0.0)
        .with(Input::OnboardingHours, 0.0)
        .with(Input::TrainingHours, 20.0)
        .with(Input::LeavingsPerYear, 0.0)
        .with(Input::TimesPerWeek, 0.25)
        .with(Input::Weeks, 60.0);
    let found = decide(&case);
    let week = found.break_even_week.unwrap_or_default() as usize;
    let sums = course(&case);
    assert!(week > 1 && sums[week - 1] < 0.0);
    assert!(sums[week..].iter().all(|sum| *sum >= 0.0));
    // Without set-up it is square at once, and no more once people have left often enough.
    let case = case
        .with(Input::TrainingHours, 0.0)
        .with(Input::OnboardingHours, 0.0)
        .with(Input::Rate, 38.0)
        .with(Input::FirstTimeRatio, 0.5)
        .with(Input::SteadyRatio, 0.5);
    assert_eq!(decide(&case).break_even_times, Some(1));
    let dearer = case
        .with(Input::LearningRate, 1.0)
        .with(Input::FullReviewTimes, 1.0)
        .with(Input::ReviewShare, 0.0)
        .with(Input::EscapeCost, 4_000.0);
    let (found, sums) = (decide(&dearer), course(&dearer));
    assert!(sums[4] > 0.0 && found.net_value < 0.0, "{sums:?}");
    assert_eq!(
        (found.break_even_times, found.break_even_week),
        (None, None)
    );
}

#[test]
fn cases_that_cannot_be() {
    let with = |input: Input, number: f64| {
        Case::new(|of| (of == input).then_some(number).or(Some(base().get(of))))
    };
    for (input, number) in [
        (Input::Rate, -1.0),
        (Input::Rate, f64::NAN),
        (Input::Rate, f64::INFINITY),
        (Input::ShareRedeployed, 1.01),
        (Input::LearningRate, 0.0),
        (Input::Weeks, 0.0),
        (Input::Weeks, 521.0),
        (Input::TimesPerWeek, 0.0),
    ] {
        assert!(
            matches!(with(input, number), Err(CaseError::Outside { .. })),
            "{input:?} {number}"
        );
    }
    assert!(matches!(
        with(Input::Weeks, 1.5),
        Err(CaseError::NotWhole { .. })
    ));
    let missing = Case::new(|of| (of != Input::Rate).then_some(1.0));
    assert!(matches!(
        missing,
        Err(CaseError::Missing { key: "rate", .. })
    ));
}

#[test]
fn the_course_begins_with_the_set_up_and_ends_with_the_net_value() {
    let course = course(&base());
    assert_eq!(course.len(), 53);
    near(*course.last().unwrap(), decide(&base()).net_value, 1e-9);
    assert!(course[0] < 0.0 && course[2] < 0.0 && course[3] > 0.0);
}

proptest! {
    #[test]
    fn net_value_follows_from_its_inputs(
        rate in 1.0..80.0_f64, hours in 0.3..4.0_f64, times in 0.2..20.0_f64, faults in 0.0..0.5_f64,
        detection in 0.0..1.0_f64, review in 0.0..1.0_f64,
    ) {
        let case = base()
            .with(Input::Rate, rate)
            .with(Input::OwnerHours, hours)
            .with(Input::TimesPerWeek, times)
            .with(Input::FaultRate, faults)
            .with(Input::Detection, detection)
            .with(Input::ReviewShare, review);
        let net = |case: &Case| decide(case).net_value;
        let found = decide(&case);
        // A dearer person never raises it.
        prop_assert!(net(&case.with(Input::Rate, rate + 1.0)) <= found.net_value + 1e-9);
        // More review never raises escapes, more faults never lower them.
        let escapes = |case: &Case| decide(case).escaped_faults;
        prop_assert!(escapes(&case.with(Input::ReviewShare, (review + 0.1).min(1.0))) <= found.escaped_faults + 1e-9);
        prop_assert!(escapes(&case.with(Input::FaultRate, faults + 0.1)) + 1e-9 >= found.escaped_faults);
        // It is a line in the worth of the hour, and nothing at the break-even.
        let at = |worth: f64| net(&case.with(Input::ShareRedeployed, 1.0).with(Input::ValueOfWorkHour, worth));
        prop_assert!((at(10.0) + at(90.0) - 2.0 * at(50.0)).abs() < 1e-6);
        if let Some(worth) = found.break_even_hour.filter(|worth| *worth > 0.0) {
            prop_assert!(at(worth).abs() < 1e-6, "{}", at(worth));
        }
        // The price of an hour bought back needs no worth.
        let other = decide(&case.with(Input::ValueOfWorkHour, 1.0));
        prop_assert_eq!(other.price_per_hour_bought_back, found.price_per_hour_bought_back);
    }
}
