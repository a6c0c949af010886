//! Problems too large to try every plan, against a table over all that is left of each limit.

use offdesk_planner::{Choice, Fixed, Job, Problem, Status, solve, solve_near};
use proptest::prelude::*;

/// Hours of each of two agents, and of the shared limit, at most.
const MOST: usize = 14;

/// What agents are had and which of their two set-ups: a bit each, agents first.
fn is_paid(paid: u32, choice: &Choice) -> bool {
    let agent = paid >> choice.agent & 1 == 1;
    let set_up = choice
        .set_up
        .is_none_or(|set_up| paid >> (2 + 2 * choice.agent + set_up) & 1 == 1);
    agent && set_up
}

/// The best plan, whatever is paid beforehand.
fn best(problem: &Problem) -> Option<f64> {
    (0..64_u32)
        .filter_map(|paid| best_with(problem, paid))
        .max_by(f64::total_cmp)
}

fn best_with(problem: &Problem, paid: u32) -> Option<f64> {
    let whole = |number: f64| format!("{number}").parse::<usize>().unwrap();
    let (mut cost, mut used) = (0.0, 0);
    for bit in (0..6_usize).filter(|bit| paid >> bit & 1 == 1) {
        let fixed = if bit < 2 {
            &problem.fixed[bit]
        } else {
            &problem.set_ups[bit % 2]
        };
        cost += fixed.cost;
        used += whole(fixed.uses[0]);
    }
    let limit = whole(problem.limits[0]).checked_sub(used)?;
    let has = [
        whole(problem.capacities[0]),
        whole(problem.capacities[1]),
        limit,
    ];
    let at = |left: [usize; 3]| (left[0] * (MOST + 1) + left[1]) * (MOST + 1) + left[2];
    let mut table = vec![f64::NEG_INFINITY; (MOST + 1).pow(3)];
    table[at(has)] = -cost;
    for job in &problem.jobs {
        let mut next = if job.is_required {
            vec![f64::NEG_INFINITY; table.len()]
        } else {
            table.clone()
        };
        for choice in job.options.iter().filter(|choice| is_paid(paid, choice)) {
            let (load, uses) = (whole(choice.load), whole(choice.uses[0]));
            for a in 0..=has[0] {
                for b in 0..=has[1] {
                    for c in uses..=has[2] {
                        let (left, before) = ([a, b, c], table[at([a, b, c])]);
                        if before == f64::NEG_INFINITY || left[choice.agent] < load {
                            continue;
                        }
                        let mut after = left;
                        after[choice.agent] -= load;
                        after[2] -= uses;
                        next[at(after)] = next[at(after)].max(before + choice.value);
                    }
                }
            }
        }
        table = next;
    }
    table
        .into_iter()
        .max_by(f64::total_cmp)
        .filter(|best| best.is_finite())
}

prop_compose! {
    fn problems()(
        capacities in prop::collection::vec(4..=MOST, 2),
        limit in 4..=MOST,
        fixed in prop::collection::vec((0..30_i32, 0..3_i32), 2),
        set_ups in prop::collection::vec((0..25_i32, 0..3_i32), 2),
        jobs in prop::collection::vec((prop::bool::weighted(0.1), prop::collection::vec(
            (0..2_usize, 0..5_i32, -5..50_i32, 0..3_i32, prop::option::of(0..2_usize)), 1..4)), 14..22),
    ) -> Problem {
        let fixed_of = |(cost, uses): (i32, i32)| Fixed { cost: f64::from(cost), uses: [f64::from(uses), 0.0] };
        Problem {
            capacities: capacities.into_iter().map(|of| f64::from(u32::try_from(of).unwrap())).collect(),
            limits: [f64::from(u32::try_from(limit).unwrap()), f64::INFINITY],
            fixed: fixed.into_iter().map(fixed_of).collect(),
            set_ups: set_ups.into_iter().map(fixed_of).collect(),
            jobs: jobs.into_iter().map(|(is_required, options)| Job {
                is_required,
                options: options.into_iter().map(|(agent, load, value, uses, set_up)| Choice {
                    agent,
                    load: f64::from(load),
                    value: f64::from(value),
                    uses: [f64::from(uses), 0.0],
                    set_up,
                }).collect(),
            }).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_plan_is_better_where_there_are_many(problem in problems()) {
        let plan = solve(&problem, &|| false).unwrap();
        match best(&problem) {
            None => prop_assert_eq!(plan.status, Status::Infeasible),
            Some(best) => {
                prop_assert_eq!(plan.status, Status::Optimal);
                prop_assert!((plan.value - best).abs() < 1e-6, "{} {best}", plan.value);
            }
        }
    }
}

/// Loads and costs at odds, as in class D of the literature; values in steps of a millionth, or of one.
fn at_odds(seed: u64, jobs: usize, is_fine: bool) -> Problem {
    let mut random = seed;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from((random >> 33) % below).unwrap())
    };
    let agents = 5;
    let mut sums = vec![0.0; agents];
    let jobs = (0..jobs).map(|_| Job {
        is_required: true,
        options: (0..agents)
            .map(|agent| {
                let load = 1.0 + next(100);
                sums[agent] += load;
                let more = if is_fine { next(1_000_000) / 1e6 } else { 0.0 };
                Choice {
                    agent,
                    load,
                    value: load - 121.0 + next(21) - more,
                    ..Choice::default()
                }
            })
            .collect(),
    });
    let jobs: Vec<Job> = jobs.collect();
    let capacities = sums
        .into_iter()
        .map(|sum| (sum * 0.8 / 5.0_f64).floor())
        .collect();
    Problem {
        capacities,
        limits: [f64::INFINITY; 2],
        jobs,
        ..Problem::default()
    }
}

/// Whatever is known beforehand, and so whatever the passes allow to be lost.
#[test]
fn passes_with_other_aims_find_the_same_plan() {
    // Values of plans that there are, so that no answer may be less: aims between whole numbers once passed over them.
    let bests = [
        (3, 6_340.0),
        (4, 6_273.0),
        (5, 6_234.0),
        (12, 6_472.0),
        (14, 6_454.0),
    ];
    let large = bests.map(|(seed, cost)| (at_odds(seed, 100, false), Some(-cost)));
    let small = (0..10_u64).map(|seed| {
        let jobs = 30 + usize::try_from(seed % 3).unwrap() * 10;
        (at_odds(seed, jobs, seed % 2 > 0), None)
    });
    for (problem, best) in large.into_iter().chain(small) {
        let plan = solve(&problem, &|| false).unwrap();
        assert!(
            (plan.value - best.unwrap_or(plan.value)).abs() < 1e-7,
            "{} {best:?}",
            plan.value
        );
        assert_eq!(plan.status, Status::Optimal);
        // Nothing is known but prices, then a plan far from the best, then the best.
        let mut known = plan.known.clone();
        for taken in [0, 10, usize::MAX] {
            known.choices = plan.choices.iter().take(taken).copied().collect();
            let near = solve_near(&problem, &known, &|| false).unwrap();
            assert_eq!(near.status, Status::Optimal);
            assert!(
                (near.value - plan.value).abs() < 1e-7,
                "{} {}",
                near.value,
                plan.value
            );
        }
    }
}

/// Loads and costs at odds, as in class D of the literature: solved in numbers finer than the steps of the knapsacks'
/// tables the plan is as good as in whole ones.
#[test]
fn finer_numbers_give_no_other_plan() {
    let mut random = 3_u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from((random >> 33) % below).unwrap())
    };
    let jobs: Vec<Job> = (0..24)
        .map(|_| Job {
            is_required: true,
            options: (0..3)
                .map(|agent| {
                    let load = 1.0 + next(100);
                    Choice {
                        agent,
                        load,
                        value: load - 121.0 + next(21),
                        ..Choice::default()
                    }
                })
                .collect(),
        })
        .collect();
    let mut problem = Problem {
        capacities: vec![330.0; 3],
        limits: [f64::INFINITY; 2],
        jobs,
        ..Problem::default()
    };
    let whole = solve(&problem, &|| false).unwrap();
    assert_eq!(whole.status, Status::Optimal);
    // Every capacity stays as many steps of a hundredth, and no load divides them.
    problem.capacities = vec![330.009; 3];
    problem.jobs[0].options[0].load += 0.001;
    problem.jobs[1].options[1].load += 0.002;
    problem.jobs[2].options[2].load += 0.003;
    let finer = solve(&problem, &|| false).unwrap();
    assert_eq!(finer.status, Status::Optimal);
    assert!(
        (finer.value - whole.value).abs() < 1e-6,
        "{} {}",
        finer.value,
        whole.value
    );
}
