//! The smallest growth of the limits against every placement there is.

use offdesk_planner::{Choice, Growth, Job, Problem, Status, least_growth, solve};
use proptest::prelude::*;

use crate::problems;

/// The least sum of relative growths over all placements of the required jobs; `None` where one cannot be placed.
fn brute(problem: &Problem) -> Option<f64> {
    fn go(problem: &Problem, placed: &mut Vec<usize>) -> Option<f64> {
        let Some(job) = problem.jobs.get(placed.len()) else {
            return Some(growth_of(problem, placed));
        };
        let mut best: Option<f64> = None;
        for option in 0..job.options.len() {
            placed.push(option);
            let found = go(problem, placed);
            placed.pop();
            best = match (best, found) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        best
    }
    go(problem, &mut Vec::new())
}

fn growth_of(problem: &Problem, placed: &[usize]) -> f64 {
    let mut limits = [0.0; 2];
    let mut loads = vec![0.0; problem.capacities.len()];
    let mut busy = std::collections::BTreeSet::new();
    let mut open = std::collections::BTreeSet::new();
    for (job, option) in problem.jobs.iter().zip(placed) {
        let choice = &job.options[*option];
        loads[choice.agent] += choice.load;
        busy.insert(choice.agent);
        open.extend(choice.set_up.map(|set_up| (choice.agent, set_up)));
        (0..2).for_each(|at| limits[at] += choice.uses[at]);
    }
    let fixed = busy.iter().filter_map(|agent| problem.fixed.get(*agent));
    for once in fixed.chain(open.iter().map(|(_, set_up)| &problem.set_ups[*set_up])) {
        (0..2).for_each(|at| limits[at] += once.uses[at]);
    }
    let all = limits.iter().zip(&problem.limits);
    let all = all.chain(loads.iter().zip(&problem.capacities));
    all.map(|(used, has): (&f64, &f64)| (used - has).max(0.0) / has.max(1.0))
        .sum()
}

fn required(mut problem: Problem) -> Problem {
    for job in &mut problem.jobs {
        job.is_required = true;
    }
    problem
}

/// The problem with its limits grown.
fn grown(problem: &Problem, growth: &Growth) -> Problem {
    Problem {
        capacities: growth.capacities.clone(),
        limits: growth.limits,
        ..problem.clone()
    }
}

fn status(problem: &Problem) -> Status {
    solve(problem, &|| false).unwrap().status
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_growth_is_smaller(problem in problems()) {
        let problem = required(problem);
        let found = least_growth(&problem, &|| false);
        let least = brute(&problem);
        prop_assert_eq!(found.is_some(), least.is_some());
        let (Some(found), Some(least)) = (found, least) else { return Ok(()) };
        prop_assert!(found.is_least);
        prop_assert!((found.sum - least).abs() < 1e-6, "{} {least}", found.sum);
        // Every job is placed with it, and where nothing has to grow, nothing does.
        prop_assert_eq!(status(&grown(&problem, &found)), Status::Optimal);
        let kept = grown(&problem, &found);
        let is_kept = kept == problem;
        prop_assert_eq!(is_kept, least < 1e-9);
    }
}

/// Jobs for a few people who are short of hours, money and time for set-up at once.
fn short(people: usize, jobs: usize) -> Problem {
    let mut state = 7_u64;
    let mut next = |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        f64::from(u32::try_from((state >> 33) % most).unwrap())
    };
    Problem {
        capacities: (0..people).map(|_| 8.0 + next(8)).collect(),
        limits: [20.0, 15.0],
        jobs: (0..jobs)
            .map(|_| Job {
                is_required: true,
                options: (0..people)
                    .map(|agent| Choice {
                        agent,
                        load: 2.0 + next(7),
                        uses: [next(6), next(5)],
                        ..Choice::default()
                    })
                    .collect(),
            })
            .collect(),
        ..Problem::default()
    }
}

#[test]
fn a_small_business_is_proven() {
    let problem = short(5, 20);
    assert_eq!(status(&problem), Status::Infeasible);
    let found = least_growth(&problem, &|| false).unwrap();
    assert!(found.is_least && found.sum > 0.0, "{found:?}");
    assert_eq!(status(&grown(&problem, &found)), Status::Optimal);
    // One part in a thousand less of any limit that grew is not enough without more of another.
    for (at, (grew, had)) in found.capacities.iter().zip(&problem.capacities).enumerate() {
        if grew > had {
            let mut less = grown(&problem, &found);
            less.capacities[at] -= 1e-3;
            assert_eq!(status(&less), Status::Infeasible);
        }
    }
}

#[test]
fn what_is_stopped_says_that_it_is_not_proven() {
    let problem = short(12, 120);
    let looks = std::cell::Cell::new(0_u32);
    let stop = || {
        looks.set(looks.get() + 1);
        looks.get() > 40
    };
    let found = least_growth(&problem, &stop).unwrap();
    assert!(!found.is_least && found.sum > 0.0);
}

/// Jobs that fill the agents nearly, and all make nothing: of what each agent packs best no plan comes.
fn tight(people: usize, jobs: usize) -> Problem {
    let mut problem = short(people, jobs);
    let each = f64::from(u32::try_from(jobs / people).unwrap());
    for (agent, capacity) in problem.capacities.iter_mut().enumerate() {
        *capacity = if agent % 2 == 0 { 2.0 } else { 3.0 } * each;
    }
    let jobs = f64::from(u32::try_from(jobs).unwrap());
    problem.limits = [1.5 * jobs, 1.2 * jobs];
    problem
}

#[test]
fn where_all_is_required_and_little_is_left_a_plan_is_found() {
    // The search alone looked for one in vain.
    for (people, jobs) in [(20, 200), (25, 250)] {
        let asked = std::cell::Cell::new(0_u32);
        let stop = || {
            asked.set(asked.get() + 1);
            asked.get() > 20_000
        };
        let plan = solve(&tight(people, jobs), &stop).unwrap();
        assert_eq!(plan.status, Status::Optimal);
        assert!(plan.choices.iter().all(Option::is_some));
    }
}

#[test]
fn nothing_goes_on_when_it_is_stopped() {
    let problem = short(40, 1_500);
    let asked = std::cell::Cell::new(0_u32);
    let stop = || {
        asked.set(asked.get() + 1);
        true
    };
    let found = least_growth(&problem, &stop).unwrap();
    assert!(!found.is_least && found.sum > 0.0);
    assert!(asked.get() < 10, "{}", asked.get());
}

/// Jobs that everybody can do, in so many hours each, for people with so many.
fn hours(jobs: &[&[f64]], each: f64) -> Problem {
    let people = jobs.first().map_or(0, |loads| loads.len());
    let job = |loads: &&[f64]| Job {
        is_required: true,
        options: loads
            .iter()
            .enumerate()
            .map(|(agent, load)| Choice {
                agent,
                load: *load,
                value: 1.0,
                ..Choice::default()
            })
            .collect(),
    };
    Problem {
        capacities: vec![each; people],
        limits: [f64::INFINITY; 2],
        jobs: jobs.iter().map(job).collect(),
        ..Problem::default()
    }
}

/// Twelve people and sixty activities that take half as much again as there is: the time was up before that was known.
#[test]
fn hours_that_are_short_at_every_price_ended_as_unknown() {
    let mut state = 11_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from((state >> 33) % 10).unwrap()) + 3.0
    };
    let loads: Vec<Vec<f64>> = (0..60).map(|_| (0..12).map(|_| next()).collect()).collect();
    let least = |loads: &Vec<f64>| loads.iter().copied().fold(f64::INFINITY, f64::min);
    let needed: f64 = loads.iter().map(least).sum();
    let loads: Vec<&[f64]> = loads.iter().map(Vec::as_slice).collect();
    let problem = hours(&loads, (needed / 12.0 / 1.5).floor());
    let looks = std::cell::Cell::new(0_u32);
    let stop = || {
        looks.set(looks.get() + 1);
        looks.get() > 5_000
    };
    assert_eq!(solve(&problem, &stop).unwrap().status, Status::Infeasible);
}

/// Of growths that are as small one had all of it on the first person.
#[test]
fn a_growth_is_spread_over_the_people() {
    let job: &[f64] = &[10.0; 5];
    let found = least_growth(&hours(&[job; 10], 10.0), &|| false).unwrap();
    assert_eq!(found.capacities, [20.0; 5]);
    assert!(
        found.is_least && (found.sum - 5.0).abs() < 1e-9,
        "{found:?}"
    );
    // And where there is no time at all, what is offered is no heap on one person either.
    let stopped = least_growth(&hours(&[job; 10], 10.0), &|| true).unwrap();
    assert_eq!(stopped.capacities, [20.0; 5]);
}
