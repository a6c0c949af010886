//! Plans: what single changes do, against every plan there is; and problems with mistakes in them.

use std::cell::Cell;
use std::time::Duration;

use offdesk_actions::plan::{Change, Limit, Outcome, Planning, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

/// All plans of a problem: for each activity the place of its option, one beyond the last for none.
fn best(problem: &Value) -> Option<f64> {
    let activities = problem["activities"].as_array().unwrap();
    let mut best: Option<f64> = None;
    let mut choice = vec![0; activities.len()];
    loop {
        if let Some(value) = value_of(problem, activities, &choice)
            && best.is_none_or(|known| value > known)
        {
            best = Some(value);
        }
        let next = choice
            .iter_mut()
            .zip(activities)
            .find_map(|(at, activity)| {
                *at = (*at + 1) % (activity["options"].as_array().unwrap().len() + 1);
                (*at > 0).then_some(())
            });
        if next.is_none() {
            return best;
        }
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or(0.0)
}

/// The value of a plan; `None` where it breaks a limit.
fn value_of(problem: &Value, activities: &[Value], choice: &[usize]) -> Option<f64> {
    let people = problem["people"].as_array().unwrap();
    let limit = |of: &Value, key: &str| of[key].as_f64().unwrap_or(f64::INFINITY);
    let mut hours: Vec<f64> = people
        .iter()
        .map(|it| limit(it, "hours_per_week"))
        .collect();
    let mut is_paid = vec![false; people.len()];
    let (mut cash, mut owner) = (
        limit(problem, "cash_per_week"),
        limit(problem, "owner_setup_hours"),
    );
    let mut value = 0.0;
    for (activity, at) in activities.iter().zip(choice) {
        let Some(option) = activity["options"].get(*at) else {
            if activity["required"] == true {
                return None;
            }
            continue;
        };
        let person = people
            .iter()
            .position(|it| it["id"] == option["person"])
            .unwrap();
        hours[person] -= number(&option["hours_per_week"]);
        is_paid[person] = true;
        cash -= number(&option["cash_per_week"]);
        owner -= number(&option["owner_setup_hours"]);
        value += number(&option["value_per_week"]);
    }
    for (person, _) in people.iter().zip(is_paid).filter(|(_, is_paid)| *is_paid) {
        value -= number(&person["fixed_per_week"]);
        cash -= number(&person["fixed_per_week"]);
    }
    hours.push(cash);
    hours.push(owner);
    hours.iter().all(|left| *left >= -1e-6).then_some(value)
}

/// The problem with a change made by hand.
fn changed(problem: &Value, change: &Change) -> Value {
    let mut problem = problem.clone();
    match change {
        Change::Without(limit) => *limit_of(&mut problem, limit) = Value::Null,
        Change::More(limit, more) => {
            let of = limit_of(&mut problem, limit);
            *of = json!(number(of) + more);
        }
        Change::Kept { activity } => activity_of(&mut problem, activity)["options"] = json!([]),
        Change::HandedOver { activity } => {
            activity_of(&mut problem, activity)["required"] = json!(true)
        }
        Change::Instead { activity, person } => {
            let of = activity_of(&mut problem, activity);
            of["required"] = json!(true);
            let options = of["options"].as_array_mut().unwrap();
            options.retain(|it| it["person"] == person.as_str());
        }
    }
    problem
}

fn limit_of<'p>(problem: &'p mut Value, limit: &Limit) -> &'p mut Value {
    match limit {
        Limit::Cash => &mut problem["cash_per_week"],
        Limit::OwnerHours => &mut problem["owner_setup_hours"],
        Limit::Hours(id) => {
            let people = problem["people"].as_array_mut().unwrap();
            &mut people
                .iter_mut()
                .find(|it| it["id"] == id.as_str())
                .unwrap()["hours_per_week"]
        }
    }
}

fn activity_of<'p>(problem: &'p mut Value, id: &str) -> &'p mut Value {
    let all = problem["activities"].as_array_mut().unwrap();
    all.iter_mut().find(|it| it["id"] == id).unwrap()
}

prop_compose! {
    fn problems()(people in 1..4_usize, activities in 1..6_usize)(
        hours in prop::collection::vec((prop::option::weighted(0.8, 0..16_u32), 0..30_u32), people),
        cash in prop::option::weighted(0.7, 0..400_u32),
        owner in prop::option::weighted(0.7, 0..20_u32),
        activities in prop::collection::vec((prop::bool::weighted(0.2), prop::collection::btree_map(
            0..people, (1..10_u32, 0..150_u32, -60..200_i32, 0..8_u32), 0..=people)), activities),
    ) -> Value {
        let people: Vec<Value> = hours.iter().enumerate().map(|(at, (hours, fixed))| {
            json!({"id": format!("p{at}"), "hours_per_week": hours, "fixed_per_week": fixed})
        }).collect();
        let activities: Vec<Value> = activities.iter().enumerate().map(|(at, (required, options))| {
            let options: Vec<Value> = options.iter().map(|(person, (hours, cash, value, owner))| {
                json!({"person": format!("p{person}"), "hours_per_week": hours, "cash_per_week": cash,
                    "value_per_week": value, "owner_setup_hours": owner})
            }).collect();
            json!({"id": format!("a{at}"), "required": required, "options": options})
        }).collect();
        json!({"people": people, "activities": activities, "cash_per_week": cash, "owner_setup_hours": owner})
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_single_changes_do_is_what_every_plan_says(problem in problems()) {
        let planning = Planning::parse(&problem.to_string()).unwrap();
        let plan = planning.plan(&|| false).unwrap();
        let Some(base) = best(&problem) else {
            prop_assert_eq!(plan.status, Status::Infeasible);
            prop_assert!(planning.changes(&plan, &|| Duration::MAX).told.is_empty());
            return Ok(());
        };
        prop_assert!((plan.value_per_week - base).abs() < 1e-6);
        prop_assert_eq!(plan.choices.len() + plan.kept.len(), problem["activities"].as_array().unwrap().len());
        let changes = planning.changes(&plan, &|| Duration::MAX);
        prop_assert_eq!(changes.left_out, 0);
        for activity in &plan.kept {
            let wanted = Change::HandedOver { activity: activity.clone() };
            prop_assert!(changes.told.iter().any(|it| it.change == wanted), "{}", activity);
        }
        for tried in &changes.told {
            let changed = changed(&problem, &tried.change);
            match (&tried.outcome, best(&changed)) {
                (Outcome::Plan(difference), Some(value)) => {
                    prop_assert!((difference.value_per_week - (value - base)).abs() < 1e-6, "{:?} {}", tried, value - base);
                    prop_assert!(difference.is_proven(), "{:?}", tried);
                    // What is done by others is a plan of that value.
                    let mut doing: Vec<(String, String)> = plan.choices.clone();
                    for shift in &difference.shifts {
                        let is_this = |it: &(String, String)| it.0 == shift.activity;
                        let was = doing.iter().position(is_this).map(|at| doing.remove(at).1);
                        prop_assert_eq!(&was, &shift.from);
                        doing.extend(shift.to.clone().map(|to| (shift.activity.clone(), to)));
                    }
                    let activities = changed["activities"].as_array().unwrap();
                    let choice: Vec<usize> = activities.iter().map(|activity| {
                        let who = doing.iter().find(|it| activity["id"] == it.0.as_str());
                        let options = activity["options"].as_array().unwrap();
                        who.map_or(options.len(), |(_, who)| options.iter().position(|it| it["person"] == who.as_str()).unwrap())
                    }).collect();
                    let made = value_of(&changed, activities, &choice);
                    prop_assert!(made.is_some_and(|made| (made - value).abs() < 1e-6), "{:?} {:?}", tried, made);
                }
                (Outcome::Impossible(obstacle), None) => {
                    let is_told = !obstacle.reasons.is_empty() || !obstacle.clash.is_empty();
                    prop_assert!(is_told, "{:?}", tried);
                }
                (outcome, best) => prop_assert!(false, "{:?} {:?} {:?}", tried.change, outcome, best),
            }
        }
    }

    /// However little time there is, what is said is true.
    #[test]
    fn changes_that_are_cut_short_are_no_lies(problem in problems(), asks in 0..60_u32) {
        let planning = Planning::parse(&problem.to_string()).unwrap();
        let asked = Cell::new(0);
        let plan = planning.plan(&|| { asked.set(asked.get() + 1); asked.get() > asks / 4 }).unwrap();
        let asked = Cell::new(0);
        let changes = planning.changes(&plan, &|| {
            asked.set(asked.get() + 1);
            Duration::from_millis(u64::from(asks.saturating_sub(asked.get())))
        });
        let Some(base) = best(&problem) else { return Ok(()) };
        for tried in &changes.told {
            let best = best(&changed(&problem, &tried.change));
            match (&tried.outcome, best) {
                (Outcome::Plan(it), Some(value)) => {
                    let real = value - base;
                    prop_assert!(it.at_least <= real + 1e-6 && real <= it.at_most + 1e-6, "{:?} {}", tried, real);
                }
                (Outcome::Unknown, _) | (Outcome::Impossible(_), None) => {}
                (outcome, best) => prop_assert!(false, "{:?} {:?} {:?}", tried.change, outcome, best),
            }
        }
    }

    /// A problem with some bytes changed, left out or doubled is planned or refused with its place.
    #[test]
    fn a_problem_with_mistakes_is_planned_or_refused(problem in problems(), seeds in prop::collection::vec((0..4_u32, any::<u32>(), any::<u8>()), 1..4)) {
        let mut bytes = problem.to_string().into_bytes();
        for (kind, place, byte) in seeds {
            let at = usize::try_from(place).unwrap() % bytes.len().max(1);
            let with = b"{}[],:\"\\-.0123456789eEntfal \n\x00\xff"[usize::from(byte) % 31];
            match kind {
                0 if !bytes.is_empty() => bytes[at] = with,
                1 if !bytes.is_empty() => { bytes.remove(at); }
                2 => bytes.insert(at, with),
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let part = bytes[at.min(end)..end].to_vec();
                    bytes.splice(at.min(end)..at.min(end), part);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        match Planning::parse(&text) {
            Ok(planning) => {
                let asked = Cell::new(0);
                let plan = planning.plan(&|| { asked.set(asked.get() + 1); asked.get() > 20_000 }).unwrap();
                let left = Cell::new(2_000);
                let _ = planning.changes(&plan, &|| {
                    left.set(left.get() - left.get().min(1));
                    Duration::from_millis(left.get())
                });
            }
            Err(error) => {
                prop_assert!(error.code.starts_with("plan."), "{:?}", error);
                prop_assert!(error.place.is_some() || error.code == "plan.too_large", "{:?}", error);
                for word in ["struct", "invalid type", "expected", "serde", "f64", "usize", "sequence", "EOF"] {
                    prop_assert!(!error.message.contains(word), "{:?}", error);
                }
            }
        }
    }
}
