//! Every worked case of the science document, each within its own tolerance: through the command where its contract covers the case,
//! through the domain otherwise. The numbers stand in `oracles/worked.json`.

use std::path::Path;

use offdesk_domain::Currency;
use offdesk_domain::decision::chance::{Doubt, chances, of_normal};
use offdesk_domain::decision::queue::{Arrivals, looks_needed, waits};
use offdesk_domain::decision::rollout::{Time, Waiting, best_order, follow};
use offdesk_domain::decision::trial::{
    Belief, Payoff, chance_of_at_most, expected, value_of_knowing, value_of_trial,
};
use offdesk_domain::decision::{Case, Input};
use offdesk_domain::trust::{
    paired_ratio, review_share, share_checked, share_checked_one_rung, share_escaped_one_rung,
    worst_escape,
};
use offdesk_domain::worth::{Basis, Worth};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use crate::program::Folder;

/// What a case gives of other methods than ours.
const NOT_OURS: [&str; 3] = ["LP_bound", "LP_dual_owner_hour", "greedy"];

#[test]
fn every_worked_case_is_within_its_tolerance() -> Result<(), serde_json::Error> {
    let cases: Vec<Value> = serde_json::from_str(include_str!("oracles/worked.json"))?;
    check(&cases, ["case", "given", "comes_to", "within"]);
    Ok(())
}

/// The document's own file may have changed since its cases were written down here.
#[test]
fn so_is_every_case_of_the_documents_file_where_it_stands_beside_the_repository()
-> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let beside = root
        .ancestors()
        .skip(2)
        .map(|folder| folder.join("shared/oracles/decision.json"));
    let Some(path) = beside.into_iter().find(|path| path.is_file()) else {
        return Ok(());
    };
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path)?)?;
    check(&cases, ["id", "input", "expected", "tol"]);
    Ok(())
}

fn check(cases: &[Value], [id, input, expected, tolerance]: [&str; 4]) {
    assert_eq!(cases.len(), 18);
    for case in cases {
        let id = case[id].as_str().unwrap();
        let found = found(id, &case[input]);
        compare(id, &found, &case[expected], &case[tolerance]);
    }
}

/// Holds what was found against what is expected, number by number.
fn compare(at: &str, found: &Value, expected: &Value, tolerance: &Value) {
    match expected {
        Value::Number(number) => {
            let (number, found) = (number.as_f64().unwrap(), found.as_f64());
            let found = found.unwrap_or_else(|| panic!("{at} was not found"));
            let allowed = tolerance.as_f64().unwrap_or(0.0);
            assert!(
                (found - number).abs() <= allowed,
                "{at}: {found} is not {number}"
            );
        }
        Value::Object(members) => {
            for (key, expected) in members
                .iter()
                .filter(|(key, _)| !NOT_OURS.contains(&key.as_str()))
            {
                let own = tolerance.get(key).unwrap_or(tolerance);
                compare(&format!("{at}.{key}"), &found[key], expected, own);
            }
        }
        Value::Array(members) => {
            assert_eq!(found.as_array().map(Vec::len), Some(members.len()), "{at}");
            for (place, expected) in members.iter().enumerate() {
                compare(
                    &format!("{at}[{place}]"),
                    &found[place],
                    expected,
                    tolerance,
                );
            }
        }
        other => assert_eq!(found, other, "{at}"),
    }
}

fn found(id: &str, input: &Value) -> Value {
    match id {
        "W01" => worth(input),
        "W02" | "W03" | "W04" => decided(input),
        "W05" => tornado(input),
        "W06" | "W07" | "W08" | "W10" | "W12" => trust(id, input),
        "W11" => {
            let belief = belief(input, "posterior_a", "posterior_b");
            let at_most = |faults| chance_of_at_most(belief, count(&input["unchecked"]), faults);
            json!({"P_0": at_most(0), "P_at_most_1": at_most(1)})
        }
        "W13" => json!({"before": queue(input, "before"), "after": queue(input, "after")}),
        "W14" => trial(input),
        "W15" => drawn(input),
        "W16" => {
            let hours = number(&input["pv_hours"]);
            let mean = number(&input["worth_mean"]) * hours - number(&input["pv_cash"])
                + number(&input["pv_quality"]);
            let (loss, knowing) = of_normal(mean, number(&input["worth_sd"]) * hours).unwrap();
            json!({"P_loss": loss, "EVPI": knowing})
        }
        "W17" => planned(input),
        "W18" => rolled_out(input),
        "W20" => each(&input["cases"], |case| {
            json!(looks_needed(number(&case["p"]), number(&case["e"])))
        }),
        other => panic!("nobody reckons {other}"),
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn count(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(number).collect()
}

fn each(list: &Value, of: impl Fn(&Value) -> Value) -> Value {
    list.as_array().unwrap().iter().map(of).collect()
}

fn belief(input: &Value, faults: &str, clean: &str) -> Belief {
    Belief {
        faults: number(&input[faults]),
        clean: number(&input[clean]),
    }
}

fn worth(input: &Value) -> Value {
    let exact = |key: &str| input[key].to_string().parse::<Decimal>().unwrap();
    let basis = Basis::Wanted {
        income: exact("income"),
        days: exact("days_per_year"),
        hours: exact("hours_per_day"),
    };
    let worth = Worth::new(basis, Currency::USD, exact("target_multiple"), None).unwrap();
    let shown = |amount: Decimal| amount.to_f64().unwrap();
    json!({"hour": shown(worth.hour), "target": shown(worth.target), "buyback_rate": shown(worth.buyback_rate())})
}

fn decided(case: &Value) -> Value {
    let folder = Folder::new();
    folder.file("case.json", case.to_string());
    let ran = folder.run(&["decide", "case.json", "--json"]);
    ran.exits(0).json()
}

fn tornado(input: &Value) -> Value {
    let mut case = input["base"].clone();
    for (key, range) in input["ranges"].as_object().unwrap() {
        case[key] = json!([range[0], case[key], range[1]]);
    }
    let spans = decided(&case)["tornado"].as_array().unwrap().clone();
    let spans = spans.into_iter().map(|span| {
        let ends = json!([span["low"], span["high"]]);
        (span["input"].as_str().unwrap().to_owned(), ends)
    });
    Value::Object(spans.collect::<Map<String, Value>>())
}

fn trust(id: &str, input: &Value) -> Value {
    match id {
        "W06" => each(&input["clean_needed_per_rung"], |clean| {
            let (escaped, at) = worst_escape(count(clean));
            json!({"clean_needed": clean, "aoql_percent": escaped * 100.0, "worst_p": at})
        }),
        "W07" => each(&input["p"], |p| {
            json!(share_checked(
                number(p),
                count(&input["clean_needed_per_rung"])
            ))
        }),
        "W08" => {
            let (p, i, f) = (number(&input["p"]), count(&input["i"]), number(&input["f"]));
            let out = |delta| share_escaped_one_rung(p, i, f, delta);
            json!({"afi": share_checked_one_rung(p, i, f), "aoq": out(1.0), "aoq_with_delta": out(number(&input["delta"]))})
        }
        "W10" => each(&input["cases"], |case| {
            let seen = (count(&case["checked"]), count(&case["faults"]));
            let prior = (number(&input["prior_a"]), number(&input["prior_b"]));
            let [most, sure, delta] =
                ["max_escape_rate_X", "gamma", "delta"].map(|key| number(&input[key]));
            let found = review_share(seen, prior, most, sure, delta).unwrap();
            json!({"p_up": found.fault_rate_at_most, "phi": found.share})
        }),
        _ => {
            let (owner, person) = (
                numbers(&input["owner_minutes"]),
                numbers(&input["person_minutes"]),
            );
            let pairs: Vec<(f64, f64)> = owner.into_iter().zip(person).collect();
            let found = paired_ratio(&pairs, number(&input["confidence"])).unwrap();
            let (ratio, (low, high)) = found.geometric;
            let (total, fieller) = found.totals;
            let (least, most) = fieller.unwrap();
            json!({"geometric_ratio": ratio, "geometric_ci": [low, high], "ratio_of_totals": total, "fieller_ci": [least, most]})
        }
    }
}

fn queue(input: &Value, when: &str) -> Value {
    let of = |kind: &str| Arrivals {
        per_week: number(&input[when][format!("{kind}_per_week")]),
        hours: number(&input[when][format!("{kind}_hours")]),
    };
    let found = waits(
        number(&input["hours_per_week"]),
        of("small"),
        of("strategic"),
    )
    .unwrap();
    json!({"load": found.load, "wait_strategic_small_first": found.small_first, "wait_fifo": found.first_come,
        "wait_strategic_strategic_first": found.important_first,
        "time_in_system_strategic_small_first_preemptive": found.done_when_interrupted})
}

fn trial(input: &Value) -> Value {
    let payoff = Payoff {
        constant: number(&input["payoff_constant"]),
        slope: number(&input["payoff_slope"]),
    };
    let belief = belief(input, "prior_a", "prior_b");
    let sizes = input["trial_sizes"].as_array().unwrap().iter().map(count);
    let worth = sizes.map(|n| (n.to_string(), json!(value_of_trial(payoff, belief, n))));
    json!({"EV": expected(payoff, belief), "EVPI": value_of_knowing(payoff, belief).unwrap(),
        "EVSI": worth.collect::<Map<String, Value>>()})
}

fn drawn(input: &Value) -> Value {
    let ranges = input["triangular_low_mode_high"].as_object().unwrap();
    let mut doubts: Vec<(Input, Doubt)> = ranges
        .iter()
        .map(|(key, range)| {
            let [low, likely, high] = numbers(range).try_into().unwrap();
            (
                Input::of_key(key).unwrap(),
                Doubt::Triangular { low, likely, high },
            )
        })
        .collect();
    let beta = numbers(&input["beta_a_b"]["fault_rate"]);
    doubts.push((
        Input::FaultRate,
        Doubt::Beta {
            a: beta[0],
            b: beta[1],
        },
    ));
    let case = Case::new(|of| {
        let fixed = input["fixed"][of.key()].as_f64();
        fixed.or_else(|| ranges.get(of.key()).map(|range| number(&range[1])))
    });
    let found = chances(&case.unwrap(), &doubts, 100_000, 2026);
    json!({"mean": found.mean, "sd": found.deviation, "p5": found.p5, "p50": found.p50, "p95": found.p95,
        "P_loss": found.chance_of_loss, "EVPI": found.value_of_knowing})
}

fn rolled_out(input: &Value) -> Value {
    let [setups, values, freed] =
        ["setup_hours", "value_per_week", "hours_freed_per_week"].map(|key| numbers(&input[key]));
    let handoffs: Vec<Waiting> = (0..setups.len())
        .map(|at| Waiting::steady(setups[at], values[at], freed[at]))
        .collect();
    let time = Time {
        weeks: count(&input["weeks"]),
        hours_per_week: number(&input["owner_hours_per_week"]),
        reinvested: number(&input["reinvest_share_kappa"]),
    };
    let alone = Time {
        reinvested: 0.0,
        ..time
    };
    let sorted = |of: &dyn Fn(usize) -> f64| {
        let mut order: Vec<usize> = (0..setups.len()).collect();
        order.sort_by(|a, b| of(*b).total_cmp(&of(*a)));
        order
    };
    let by_ratio = sorted(&|at| values[at] / setups[at]);
    let by_value = sorted(&|at| values[at]);
    let (best, without) = (best_order(&handoffs, time), best_order(&handoffs, alone));
    json!({"best": best.value, "best_order": best.order, "live_from_week": best.live_from_week,
        "order_by_value_per_setup_hour": follow(&handoffs, &by_ratio, time).value,
        "order_by_value": follow(&handoffs, &by_value, time).value,
        "without_reinvest_best": without.value, "without_reinvest_order": without.order,
        "without_reinvest_by_value_per_setup_hour": follow(&handoffs, &by_ratio, alone).value})
}

/// The case through `offdesk plan`, in amounts of all weeks, which are whole; every change is a problem of its own.
fn planned(input: &Value) -> Value {
    let problem = problem(input);
    let solve = |problem: &Value| {
        let ran = Folder::new().run_with(&["plan", "-", "--json"], &problem.to_string());
        ran.exits(0).json()
    };
    let best = solve(&problem);
    let value = |problem: &Value| number(&solve(problem)["value_per_week"]);
    let optimum = number(&best["value_per_week"]);
    let more = |key: &str, amount: f64| {
        let mut changed = problem.clone();
        changed[key] = json!(number(&problem[key]) + amount);
        value(&changed)
    };
    let hours = [1.0, 2.0, 4.0, 8.0].map(|n| (n.to_string(), json!(more("owner_setup_hours", n))));
    let chosen = best["choices"].as_array().unwrap().iter();
    let chosen = chosen.map(|it| {
        (
            it["activity"].as_str().unwrap().to_owned(),
            it["person"].clone(),
        )
    });
    let chosen: Map<String, Value> = chosen.collect();
    let mut worth = Map::new();
    let mut forced = Map::new();
    for (at, activity) in problem["activities"].as_array().unwrap().iter().enumerate() {
        let id = activity["id"].as_str().unwrap();
        let options = activity["options"].as_array().unwrap();
        let values = options.iter().map(|it| {
            (
                it["person"].as_str().unwrap().to_owned(),
                it["value_per_week"].clone(),
            )
        });
        worth.insert(id.to_owned(), values.collect::<Map<String, Value>>().into());
        let Some(by) = chosen.get(id) else { continue };
        let mut changes = Map::new();
        let mut kept = problem.clone();
        kept["activities"][at]["options"] = json!([]);
        changes.insert("keep".to_owned(), json!(value(&kept) - optimum));
        for option in options.iter().filter(|it| it["person"] != *by) {
            let mut other = problem.clone();
            other["activities"][at]["options"] = json!([option]);
            other["activities"][at]["required"] = json!(true);
            let person = option["person"].as_str().unwrap().to_owned();
            changes.insert(person, json!(value(&other) - optimum));
        }
        forced.insert(id.to_owned(), changes.into());
    }
    let weeks = number(&input["weeks"]);
    json!({"optimum": optimum, "choices": chosen, "owner_setup_hours_plus": hours.into_iter().collect::<Map<_, _>>(),
        "cash_per_week_plus_200": more("cash_per_week", 200.0 * weeks), "option_values": worth, "change_if_forced": forced})
}

fn problem(input: &Value) -> Value {
    let (weeks, worth) = (number(&input["weeks"]), number(&input["worth"]));
    let people = input["people"].as_array().unwrap();
    let rate = |id: &Value| number(&people.iter().find(|it| it["id"] == *id).unwrap()["rate"]);
    let activities = each(&input["activities"], |activity| {
        let options = each(&activity["options"], |option| {
            let [hours, overhead, quality, onboarding] = [
                "hours_per_week",
                "owner_overhead_hours_per_week",
                "quality_per_week",
                "onboarding_hours",
            ]
            .map(|key| number(&option[key]));
            let cash = rate(&option["person"]) * hours;
            let setup = number(&activity["blueprint_hours"]) + onboarding;
            let freed = number(&activity["owner_hours_freed_per_week"]) - overhead;
            json!({"person": option["person"], "hours_per_week": hours, "cash_per_week": weeks * cash,
                "value_per_week": weeks * (worth * freed - cash + quality) - worth * setup, "owner_setup_hours": setup})
        });
        json!({"id": activity["id"], "options": options})
    });
    let people = each(&input["people"], |person| {
        json!({"id": person["id"], "hours_per_week": person["hours_per_week"],
            "fixed_per_week": weeks * number(&person["fixed_per_week"])})
    });
    json!({"people": people, "activities": activities, "cash_per_week": weeks * number(&input["cash_per_week"]),
        "owner_setup_hours": input["owner_setup_hours"]})
}
