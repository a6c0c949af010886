//! Problems whose answer is known, and those that were once answered wrongly.

use offdesk_planner::{Choice, Job, Problem, Status};

use crate::{brute, checked, solved};

/// Numbers that are the same in every run.
fn drawn(seed: u64) -> impl FnMut(u64, u64) -> f64 {
    let mut state = seed;
    move |low, high| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(low + (state >> 33) % (high - low + 1)).unwrap())
    }
}

#[test]
fn a_large_problem_whose_answer_is_known() {
    // Two agents, jobs of equal load: those with the largest difference go to the first.
    let mut next = drawn(5);
    let values: Vec<[f64; 2]> = (0..700).map(|_| [next(1, 900), next(1, 900)]).collect();
    let problem = Problem {
        capacities: vec![300.0, 400.0],
        limits: [f64::INFINITY; 2],
        jobs: values
            .iter()
            .map(|values| Job {
                is_required: true,
                options: (0..2)
                    .map(|agent| Choice {
                        agent,
                        load: 1.0,
                        value: values[agent],
                        ..Choice::default()
                    })
                    .collect(),
            })
            .collect(),
        ..Problem::default()
    };
    let mut gains: Vec<f64> = values.iter().map(|[a, b]| a - b).collect();
    gains.sort_by(|a, b| b.total_cmp(a));
    let best = values.iter().map(|[_, b]| b).sum::<f64>() + gains[..300].iter().sum::<f64>();
    let plan = solved(&problem);
    assert_eq!(plan.status, Status::Optimal);
    assert!((plan.value - best).abs() < 1e-6, "{} {best}", plan.value);
    assert!((checked(&problem, &plan) - best).abs() < 1e-6);
}

#[test]
fn loads_and_costs_at_odds_are_proven() {
    let mut next = drawn(3);
    let costs: Vec<Vec<(f64, f64)>> = (0..50)
        .map(|_| {
            (0..5)
                .map(|_| {
                    let load = next(1, 100);
                    (load, 101.0 - load + next(0, 20))
                })
                .collect()
        })
        .collect();
    let capacity = |agent: usize| {
        let sum: f64 = costs.iter().map(|of| of[agent].0).sum();
        (0.8 * sum / 5.0).floor()
    };
    let problem = Problem {
        capacities: (0..5).map(capacity).collect(),
        limits: [f64::INFINITY; 2],
        jobs: costs
            .iter()
            .map(|of| Job {
                is_required: true,
                options: of
                    .iter()
                    .enumerate()
                    .map(|(agent, (load, cost))| Choice {
                        agent,
                        load: *load,
                        value: -cost,
                        ..Choice::default()
                    })
                    .collect(),
            })
            .collect(),
        ..Problem::default()
    };
    let plan = solved(&problem);
    assert_eq!(plan.status, Status::Optimal);
    assert!((plan.value - checked(&problem, &plan)).abs() < 1e-6);
    assert!((plan.bound - plan.value).abs() < 1e-6);
}

#[test]
fn a_search_without_a_first_plan_does_not_lose_the_best_one() {
    // While no plan was known, prices once grew so large that their sums lost the values: the best plan was ruled out.
    let choice = |load, value, uses| Choice {
        agent: 0,
        load,
        value,
        uses,
        set_up: None,
    };
    let job = |is_required, options| Job {
        is_required,
        options,
    };
    let problem = Problem {
        capacities: vec![8.0],
        limits: [14.0, 8.0],
        jobs: vec![
            job(
                true,
                vec![
                    choice(5.5, 3.75, [6.0, 0.0]),
                    choice(5.5, 41.25, [6.0, 0.0]),
                ],
            ),
            job(false, vec![choice(2.0, 38.75, [9.0, 0.0])]),
            job(false, vec![choice(1.0, 0.0, [1.0, 0.0])]),
            job(false, vec![choice(3.0, 1.25, [0.0, 6.0])]),
        ],
        ..Problem::default()
    };
    let plan = solved(&problem);
    assert_eq!(
        (plan.status, plan.value, brute(&problem)),
        (Status::Optimal, 41.25, Some(41.25))
    );
}

#[test]
fn the_largest_numbers_are_summed_without_a_fault() {
    // Two hundred values near the largest there may be: their sum once left what a whole number holds. And loads on an agent
    // without a limit once used that up.
    let choice = |value| Choice {
        agent: 0,
        load: 1e11,
        value,
        uses: [1e11, 0.0],
        set_up: None,
    };
    let job = |number: u32| Job {
        is_required: true,
        options: vec![choice(99_999_999_999.0), choice(f64::from(number))],
    };
    let problem = Problem {
        capacities: vec![f64::INFINITY],
        limits: [f64::INFINITY; 2],
        jobs: (0..200).map(job).collect(),
        ..Problem::default()
    };
    let plan = solved(&problem);
    assert_eq!(plan.status, Status::Optimal);
    let value = 200.0 * 99_999_999_999.0;
    assert!((plan.value / value - 1.0).abs() < 1e-12, "{}", plan.value);
}
