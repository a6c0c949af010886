//! The solver against every plan there is, and on problems whose answer is known.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod growth;
mod known;
mod large;

use offdesk_planner::{Choice, Fixed, Job, Plan, Problem, ProblemError, Status, solve, solve_near};
use proptest::prelude::*;

fn solved(problem: &Problem) -> Plan {
    solve(problem, &|| false).unwrap()
}

/// The best of all plans; `None` where none keeps the limits.
fn brute(problem: &Problem) -> Option<f64> {
    fn go(problem: &Problem, choices: &mut Vec<Option<usize>>) -> Option<f64> {
        let Some(of) = problem.jobs.get(choices.len()) else {
            return value_of(problem, choices);
        };
        let first = usize::from(of.is_required);
        let mut best = None;
        for number in first..=of.options.len() {
            choices.push(number.checked_sub(1));
            let value = go(problem, choices);
            choices.pop();
            if value > best {
                best = value;
            }
        }
        best
    }
    go(problem, &mut Vec::new())
}

/// The value of a plan; `None` where it breaks a limit.
fn value_of(problem: &Problem, choices: &[Option<usize>]) -> Option<f64> {
    let mut left = problem.capacities.clone();
    let mut limits = problem.limits;
    let mut value = 0.0;
    let mut busy = vec![false; left.len()];
    let mut open = std::collections::BTreeSet::new();
    for (job, choice) in problem.jobs.iter().zip(choices) {
        let Some(number) = choice else {
            if job.is_required {
                return None;
            }
            continue;
        };
        let choice = &job.options[*number];
        left[choice.agent] -= choice.load;
        (0..2).for_each(|at| limits[at] -= choice.uses[at]);
        value += choice.value;
        busy[choice.agent] = true;
        open.extend(choice.set_up.map(|set_up| (choice.agent, set_up)));
    }
    let fixed = problem.fixed.iter().zip(&busy);
    let fixed = fixed.filter(|(_, busy)| **busy).map(|(fixed, _)| fixed);
    for fixed in fixed.chain(open.iter().map(|(_, set_up)| &problem.set_ups[*set_up])) {
        (0..2).for_each(|at| limits[at] -= fixed.uses[at]);
        value -= fixed.cost;
    }
    left.iter()
        .chain(&limits)
        .all(|left| *left >= -1e-6)
        .then_some(value)
}

/// Whether a plan keeps every limit, and its value.
fn checked(problem: &Problem, plan: &Plan) -> f64 {
    value_of(problem, &plan.choices).unwrap()
}

prop_compose! {
    fn problems()(agents in 1..4_usize, jobs in 0..7_usize)(
        capacities in prop::collection::vec(prop_oneof![1 => Just(f64::INFINITY), 5 => (0..20_i32).prop_map(|n| f64::from(n) / 2.0)], agents),
        limits in prop::array::uniform2(prop_oneof![1 => Just(f64::INFINITY), 3 => (0..30_i32).prop_map(f64::from)]),
        fixed in prop::collection::vec((0..40_i32, 0..8_i32), 0..=agents),
        jobs in prop::collection::vec((prop::bool::weighted(0.3), prop::collection::vec(
            (0..agents, 0..16_i32, -20..60_i32, 0..12_i32, 0..12_i32, prop::option::of(0..3_usize)), 0..4)), jobs),
        set_ups in prop::collection::vec((0..40_i32, 0..8_i32), 3),
    ) -> Problem {
        Problem {
            capacities,
            limits,
            set_ups: set_ups.into_iter().map(|(cost, uses)| Fixed { cost: f64::from(cost), uses: [0.0, f64::from(uses)] }).collect(),
            fixed: fixed.into_iter().map(|(cost, uses)| Fixed { cost: f64::from(cost), uses: [f64::from(uses), 0.0] }).collect(),
            jobs: jobs.into_iter().map(|(is_required, options)| Job {
                is_required,
                options: options.into_iter().map(|(agent, load, value, a, b, set_up)| Choice {
                    agent,
                    load: f64::from(load) / 2.0,
                    value: f64::from(value) * 1.25,
                    uses: [f64::from(a), f64::from(b)],
                    set_up,
                }).collect(),
            }).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_plan_is_better(problem in problems()) {
        let plan = solved(&problem);
        match brute(&problem) {
            None => prop_assert_eq!(plan.status, Status::Infeasible),
            Some(best) => {
                prop_assert_eq!(plan.status, Status::Optimal);
                prop_assert!((plan.value - best).abs() < 1e-6, "{} {}", plan.value, best);
                prop_assert!((checked(&problem, &plan) - best).abs() < 1e-6);
                prop_assert!((plan.bound - plan.value).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn what_is_known_of_a_problem_like_it_changes_no_answer(problem in problems(), limit in 0..30_i32, value in -20..60_i32) {
        let known = solved(&problem).known;
        let mut changed = problem;
        changed.limits[0] = f64::from(limit);
        if let Some(option) = changed.jobs.first_mut().and_then(|job| job.options.first_mut()) {
            option.value = f64::from(value) / 4.0;
        }
        let near = solve_near(&changed, &known, &|| false).unwrap();
        let anew = solved(&changed);
        prop_assert_eq!(near.status, anew.status);
        prop_assert!((near.value - anew.value).abs() < 1e-6, "{} {}", near.value, anew.value);
    }

    #[test]
    fn what_is_said_when_stopped_is_true(problem in problems(), asks in 0..40_u32) {
        let asked = std::cell::Cell::new(0);
        let plan = solve(&problem, &|| {
            asked.set(asked.get() + 1);
            asked.get() > asks
        })
        .unwrap();
        match (plan.status, brute(&problem)) {
            (Status::Infeasible, best) => prop_assert_eq!(best, None),
            (Status::Unknown, _) => {}
            (status, best) => {
                let best = best.unwrap();
                prop_assert!((checked(&problem, &plan) - plan.value).abs() < 1e-6);
                prop_assert!(plan.bound >= best - 1e-6, "{} {best}", plan.bound);
                prop_assert!(status == Status::Feasible || (plan.value - best).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn more_of_a_limit_never_makes_a_plan_worse(problem in problems()) {
        let before = solved(&problem);
        if before.status == Status::Infeasible {
            return Ok(());
        }
        for at in 0..2 {
            let mut more = problem.clone();
            more.limits[at] += 3.0;
            prop_assert!(solved(&more).value >= before.value - 1e-6);
        }
        let mut more = problem.clone();
        more.capacities.push(5.0);
        prop_assert!((solved(&more).value - before.value).abs() < 1e-6, "a useless agent changes nothing");
    }
}

#[test]
fn numbers_that_cannot_be() {
    let one = |choice: Choice| Problem {
        capacities: vec![1.0],
        fixed: Vec::new(),
        set_ups: Vec::new(),
        limits: [f64::INFINITY; 2],
        jobs: vec![Job {
            is_required: false,
            options: vec![choice],
        }],
    };
    let option = Some((0, 0));
    for choice in [
        Choice {
            load: -1.0,
            ..Choice::default()
        },
        Choice {
            value: f64::NAN,
            ..Choice::default()
        },
        Choice {
            value: f64::INFINITY,
            ..Choice::default()
        },
        Choice {
            uses: [0.0, -0.5],
            ..Choice::default()
        },
    ] {
        assert_eq!(
            solve(&one(choice), &|| false),
            Err(ProblemError::Number { option })
        );
    }
    let stranger = Choice {
        agent: 1,
        ..Choice::default()
    };
    assert_eq!(
        solve(&one(stranger), &|| false),
        Err(ProblemError::Agent { option: (0, 0) })
    );
}

#[test]
fn a_search_that_is_stopped_gives_what_it_has_and_a_bound() {
    let mut random = 7_u64;
    let mut next = |below: u64| {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from((random >> 33) % below).unwrap())
    };
    let problem = Problem {
        capacities: vec![60.0; 8],
        fixed: Vec::new(),
        set_ups: Vec::new(),
        limits: [900.0, 500.0],
        jobs: (0..100)
            .map(|_| Job {
                is_required: false,
                options: (0..8)
                    .map(|agent| Choice {
                        agent,
                        load: 5.0 + next(20),
                        value: 10.0 + next(90),
                        uses: [5.0 + next(30), 2.0 + next(15)],
                        set_up: None,
                    })
                    .collect(),
            })
            .collect(),
    };
    let asked = std::cell::Cell::new(0);
    let plan = solve(&problem, &|| {
        asked.set(asked.get() + 1);
        asked.get() > 3_000
    })
    .unwrap();
    let value = checked(&problem, &plan);
    assert!((plan.value - value).abs() < 1e-6);
    assert!(
        plan.bound >= plan.value && plan.bound <= plan.value * 1.05,
        "{} {}",
        plan.value,
        plan.bound
    );
}
