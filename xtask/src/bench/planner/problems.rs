//! Problems for the bench: generalised assignment in the classes of the literature, and an owner's own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Size;
use crate::Outcome;

/// Writes problems of a class (A, B, C or D) and gives their files.
pub(super) fn write(folder: &Path, class: char, sizes: &[Size]) -> Outcome<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for (people, activities, number) in sizes {
        for one in 0..*number {
            let file = folder.join(format!("{class}-{people}-{activities}-{one}.json"));
            let seed = u64::try_from(one * 7_919 + people * 1_000 + activities)?;
            std::fs::write(&file, problem(class, *people, *activities, seed)?)?;
            files.push(file);
        }
    }
    Ok(files)
}

/// Loads from 5 to 25 and costs from 10 to 50, evenly; in class D loads from 1 to 100, and what takes little costs much.
/// Capacities are as the class has them.
fn problem(class: char, people: usize, activities: usize, seed: u64) -> Outcome<String> {
    let mut next = numbers(seed.wrapping_mul(2) + 17);
    let mut loads = vec![vec![0; activities]; people];
    let mut costs = loads.clone();
    for (loads, costs) in loads.iter_mut().zip(&mut costs) {
        for (load, cost) in loads.iter_mut().zip(costs) {
            if class == 'D' {
                *load = next(1, 100);
                *cost = 101 - *load + next(0, 20);
            } else {
                *load = next(5, 25);
                *cost = next(10, 50);
            }
        }
    }
    let share = activities as f64 / people as f64;
    let mut out = String::from("{\"people\":[");
    for (number, loads) in loads.iter().enumerate() {
        let capacity = match class {
            'A' => 9.0 * share + 0.4 * 25.0 * share,
            'B' => 0.7 * (9.0 * share + 0.4 * 25.0 * share),
            _ => 0.8 * f64::from(loads.iter().sum::<u32>()) / people as f64,
        };
        let comma = if number > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"id\":\"p{number}\",\"hours_per_week\":{}}}",
            capacity.floor()
        )?;
    }
    out.push_str("],\"activities\":[");
    for activity in 0..activities {
        let comma = if activity > 0 { "," } else { "" };
        write!(
            out,
            "{comma}{{\"id\":\"a{activity}\",\"required\":true,\"options\":["
        )?;
        for person in 0..people {
            let comma = if person > 0 { "," } else { "" };
            write!(
                out,
                "{comma}{{\"person\":\"p{person}\",\"hours_per_week\":{},\"value_per_week\":-{}}}",
                loads[person][activity], costs[person][activity]
            )?;
        }
        out.push_str("]}");
    }
    out.push_str("]}");
    Ok(out)
}

/// Even numbers from the first to the last.
fn numbers(mut state: u64) -> impl FnMut(u32, u32) -> u32 {
    move |low, high| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        low + u32::try_from((state >> 33) % u64::from(high - low + 1)).unwrap_or(0)
    }
}

/// Writes problems as an owner has them and gives their files: people with rates, fixed cost and some of the skills;
/// activities that need one; set-ups for each person and skill; a budget, and hours of the owner's.
pub(super) fn write_own(
    folder: &Path,
    (people, activities, number): Size,
) -> Outcome<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let mut files = Vec::new();
    for one in 0..number {
        let file = folder.join(format!("own-{people}-{activities}-{one}.json"));
        std::fs::write(
            &file,
            own(people, activities, u64::try_from(one)?).to_string(),
        )?;
        files.push(file);
    }
    Ok(files)
}

fn own(people: usize, activities: usize, seed: u64) -> Value {
    const SKILLS: usize = 8;
    let mut next = numbers(seed * 2 + 99);
    let rates: Vec<u32> = (0..people).map(|_| next(10, 40)).collect();
    let has: Vec<[bool; SKILLS]> = (0..people)
        .map(|_| std::array::from_fn(|_| next(0, 99) < 60))
        .collect();
    let work: Vec<Value> = (0..activities)
        .map(|number| {
            let skill = usize::try_from(next(0, 7)).unwrap_or(0);
            let (freed, hours) = (next(1, 8), next(2, 10));
            let able = rates.iter().zip(&has).enumerate();
            let able = able.filter(|(_, (_, has))| has[skill]);
            let options: Vec<Value> = able
                .map(|(person, (rate, _))| {
                    let load = freed + next(0, 3);
                    let kept = i64::from(6 * next(1, 20));
                    let value = i64::from(60 * freed) - kept + i64::from(next(0, 40)) - i64::from(rate * load);
                    json!({"person": format!("p{person}"), "hours_per_week": load, "cash_per_week": rate * load,
                        "value_per_week": value, "owner_setup_hours": hours})
                })
                .collect();
            json!({"id": format!("a{number}"), "set_up": format!("s{skill}"), "options": options})
        })
        .collect();
    let share = u32::try_from((activities / people / 5).max(1)).unwrap_or(1);
    let persons: Vec<Value> = (0..people)
        .map(|person| json!({"id": format!("p{person}"), "hours_per_week": next(10, 40) * share, "fixed_per_week": next(5, 60)}))
        .collect();
    let set_ups: Vec<Value> = (0..SKILLS)
        .map(|skill| json!({"id": format!("s{skill}"), "cost_per_week": next(5, 40), "owner_setup_hours": next(1, 6)}))
        .collect();
    json!({"people": persons, "activities": work, "set_ups": set_ups,
        "cash_per_week": activities * 50, "owner_setup_hours": activities * 4})
}
