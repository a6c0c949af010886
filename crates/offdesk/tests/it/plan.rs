//! `offdesk plan`: the contract, the worked case, and problems that are not understood or have no plan.

use crate::program::Folder;

/// The worked case W17: three people, five activities, 24 hours of the owner's, 600 a week.
fn worked() -> String {
    let rates = [("Ana", 15.0), ("Ben", 22.0), ("Agency", 38.0)];
    // Activity, hours freed, blueprint hours; person, hours, overhead, quality, onboarding.
    type Offer = (&'static str, f64, f64, f64, f64);
    let activities: [(&str, f64, f64, &[Offer]); 5] = [
        (
            "Invoices",
            6.0,
            6.0,
            &[
                ("Ana", 8.0, 0.8, 0.0, 3.0),
                ("Ben", 9.0, 1.0, 0.0, 2.0),
                ("Agency", 7.0, 0.5, 10.0, 1.0),
            ],
        ),
        (
            "Inbox",
            8.0,
            8.0,
            &[
                ("Ana", 10.0, 2.0, 0.0, 4.0),
                ("Ben", 9.0, 1.5, 5.0, 3.0),
                ("Agency", 8.0, 1.0, 10.0, 2.0),
            ],
        ),
        (
            "Bookkeeping",
            5.0,
            10.0,
            &[
                ("Ben", 7.0, 0.8, 20.0, 3.0),
                ("Agency", 5.0, 0.5, 60.0, 2.0),
            ],
        ),
        (
            "Social",
            4.0,
            4.0,
            &[
                ("Ana", 6.0, 0.6, 10.0, 2.0),
                ("Ben", 5.0, 0.8, 15.0, 2.0),
                ("Agency", 4.0, 0.4, 40.0, 1.0),
            ],
        ),
        (
            "Payroll",
            2.0,
            5.0,
            &[
                ("Ben", 3.0, 0.5, 10.0, 2.0),
                ("Agency", 2.0, 0.3, 30.0, 1.0),
            ],
        ),
    ];
    let activities: Vec<serde_json::Value> = activities
        .iter()
        .map(|(id, freed, blueprint, offers)| {
            let options: Vec<serde_json::Value> = offers
                .iter()
                .map(|(person, hours, overhead, quality, onboarding)| {
                    let rate = rates.iter().find(|(name, _)| name == person).unwrap().1;
                    let setup = blueprint + onboarding;
                    // A week's share of 26, so that a year's half is 26 times the plan's value.
                    let week = 60.0 * (freed - overhead) - rate * hours + quality - 60.0 * setup / 26.0;
                    serde_json::json!({"person": person, "hours_per_week": hours, "cash_per_week": rate * hours,
                        "value_per_week": week, "owner_setup_hours": setup})
                })
                .collect();
            serde_json::json!({"id": id, "options": options})
        })
        .collect();
    let people = serde_json::json!([
        {"id": "Ana", "hours_per_week": 20, "fixed_per_week": 10},
        {"id": "Ben", "hours_per_week": 16, "fixed_per_week": 10},
        {"id": "Agency", "hours_per_week": 12, "fixed_per_week": 25},
    ]);
    serde_json::json!({"people": people, "activities": activities, "cash_per_week": 600, "owner_setup_hours": 24})
        .to_string()
}

#[test]
fn w17_the_worked_case_and_what_one_change_does() {
    let folder = Folder::new();
    folder.file("problem.json", worked());
    let json = folder
        .run(&["plan", "problem.json", "--json", "--explain"])
        .exits(0)
        .json();
    assert_eq!(json["schema"], "offdesk.plan/1");
    assert_eq!(json["status"], "optimal");
    let near = |found: &serde_json::Value, expected: f64| {
        let found = found.as_f64().unwrap() * 26.0;
        assert!((found - expected).abs() < 0.01, "{found} is not {expected}");
    };
    near(&json["value_per_week"], 8_932.0);
    assert_eq!(json["gap"], 0.0);
    let choices = json["choices"].as_array().unwrap();
    let chosen: Vec<(&str, &str)> = choices
        .iter()
        .map(|choice| {
            (
                choice["activity"].as_str().unwrap(),
                choice["person"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(chosen, [("Invoices", "Ana"), ("Inbox", "Ana")]);
    let changes = json["changes"].as_array().unwrap();
    for (change, value) in [
        ("owner_setup_hours +1", 1_216.0),
        ("owner_setup_hours +2", 2_326.0),
        ("owner_setup_hours +4", 2_326.0),
        ("owner_setup_hours +8", 2_850.0),
        ("without owner_setup_hours", 4_614.0),
        ("cash_per_week +200", 0.0),
        ("Invoices kept", -1_142.0),
        ("Invoices to Ben", -2_540.0),
        ("Invoices to Agency", -1_272.0),
        ("Inbox kept", -1_430.0),
        ("Inbox to Ben", -538.0),
        ("Inbox to Agency", -2_714.0),
    ] {
        let found = changes.iter().find(|it| it["change"] == change);
        near(
            &found.unwrap_or_else(|| panic!("{change}"))["value_per_week"],
            value,
        );
    }
    let ran = folder.run(&["plan", "problem.json"]).exits(0);
    assert!(
        ran.out.starts_with("The best plan brings 343.54 a week."),
        "{}",
        ran.out
    );
}

#[test]
fn the_contract() {
    let problem = r#"{"people":[{"id":"ana","hours_per_week":20.0}],"activities":[{"id":"inbox","required":false,
        "options":[{"person":"ana","hours_per_week":8.0,"cash_per_week":112.0,"value_per_week":260.0,"owner_setup_hours":6.0}]}],
        "cash_per_week":500.0,"owner_setup_hours":40.0}"#;
    let json = Folder::new()
        .run_with(&["plan", "-", "--json"], problem)
        .exits(0)
        .json();
    assert_eq!(json["value_per_week"], 260.0);
    assert_eq!(json["bound"], 260.0);
    assert_eq!(
        json["choices"],
        serde_json::json!([{"activity": "inbox", "person": "ana"}])
    );
    assert!(json["seconds"].is_number());
    // Absent limits are unlimited, and an empty problem has an empty plan.
    let free = r#"{"people":[{"id":"a"}],"activities":[{"id":"x","options":[{"person":"a","hours_per_week":900,"value_per_week":1}]}]}"#;
    let json = Folder::new()
        .run_with(&["plan", "-", "--json"], free)
        .exits(0)
        .json();
    assert_eq!(json["value_per_week"], 1.0);
    let json = Folder::new()
        .run_with(&["plan", "-", "--json"], r#"{"people":[],"activities":[]}"#)
        .exits(0)
        .json();
    assert_eq!(
        (&json["status"], &json["value_per_week"]),
        (&"optimal".into(), &0.0.into())
    );
}

#[test]
fn a_problem_without_a_plan_names_what_is_in_the_way() {
    let problem = |hours: f64, cash: f64| {
        format!(
            r#"{{"people":[{{"id":"ana","hours_per_week":{hours}}}],"activities":[{{"id":"inbox","required":true,
            "options":[{{"person":"ana","hours_per_week":8,"cash_per_week":112,"value_per_week":260}}]}}],"cash_per_week":{cash}}}"#
        )
    };
    let ran = Folder::new()
        .run_with(&["plan", "-", "--json"], &problem(5.0, 500.0))
        .exits(3);
    let json = ran.json();
    assert_eq!(json["status"], "infeasible");
    assert_eq!(
        json["clash"],
        serde_json::json!([{"limit": "hours_per_week of ana", "has": 5.0, "needs": 8.0}])
    );
    assert!(json["value_per_week"].is_null());
    let json = Folder::new()
        .run_with(&["plan", "-", "--json"], &problem(5.0, 100.0))
        .exits(3)
        .json();
    let clash = json["clash"].as_array().unwrap();
    assert_eq!(clash.len(), 2, "{clash:?}");
    assert!(clash.iter().all(|it| it["needs"].is_null()));
    let none = r#"{"people":[],"activities":[{"id":"inbox","required":true,"options":[]}]}"#;
    let ran = Folder::new().run_with(&["plan", "-"], none).exits(3);
    assert!(
        ran.out.contains("options of inbox: there are none"),
        "{}",
        ran.out
    );
}

#[test]
fn only_limits_that_have_to_grow_are_in_the_way() {
    let problem = r#"{"people":[{"id":"ana","hours_per_week":20},{"id":"ben","hours_per_week":9},{"id":"cy","hours_per_week":9}],
        "cash_per_week":50,"owner_setup_hours":40,"activities":[{"id":"inbox","required":true,
        "options":[{"person":"ana","hours_per_week":28,"cash_per_week":112,"value_per_week":1}]}]}"#;
    let json = planned(problem, 3);
    assert_eq!(
        json["clash"],
        serde_json::json!([
            {"limit": "cash_per_week", "has": 50.0, "needs": null},
            {"limit": "hours_per_week of ana", "has": 20.0, "needs": null}
        ])
    );
}

#[test]
fn what_rules_every_option_out_is_said_with_the_least_that_would_bring_one_back() {
    let with = |rest: &str| {
        format!(
            r#"{{"people":[{{"id":"ana","skills":["mail"],"works":[20,24],"hours_per_week":5}},{{"id":"ben","works":[15,23]}}],
            "owner_works":[9,17],{rest}"activities":[{{"id":"inbox","required":true,"needs":["law","tax"],"overlap_hours":4,"options":[
            {{"person":"ana","hours_per_week":8,"value_per_week":1}},{{"person":"ben","hours_per_week":8,"value_per_week":1}}]}}]}}"#
        )
    };
    let json = planned(&with(""), 3);
    assert_eq!(
        json["clash"],
        serde_json::json!([{"limit": "options of inbox", "has": null, "needs": null,
            "reasons": ["ana lacks law, tax; ana overlaps 0 h, needs 4", "ben overlaps 2 h, needs 4"]}])
    );
    assert_eq!(
        json["smallest_change"],
        serde_json::json!([{"limit": "works of ben", "has": 2.0, "needs": 4.0,
            "change": "ben works 4 of your hours of a day instead of 2"}])
    );
    // Where ben may not, either, ana would have to learn, to work at other hours, and longer.
    let banned = with(r#""required_pairs":[{"activity":"inbox","person":"ana"}],"#);
    let change = planned(&banned, 3)["smallest_change"].clone();
    let limits: Vec<&str> = change
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["limit"].as_str().unwrap())
        .collect();
    assert_eq!(
        limits,
        ["skills of ana", "works of ana", "hours_per_week of ana"]
    );
    let ran = Folder::new()
        .run_with(
            &["plan", "-"],
            &with(r#""forbidden":[{"activity":"inbox","person":"ben"}],"#),
        )
        .exits(3);
    for line in [
        "options of inbox: none is left; 2 ruled out: ana lacks law, tax",
        "The smallest change that would do:\n  ben may do inbox\n",
    ] {
        assert!(ran.out.contains(line), "{}", ran.out);
    }
}

/// One activity for which nobody was offered hid what would bring back the others.
#[test]
fn an_activity_for_which_nobody_is_offered_hides_no_other_change() {
    let problem = r#"{"people":[{"id":"ana","skills":["mail"]},{"id":"ben","skills":[]}],"activities":[
        {"id":"copy","required":true,"options":[]},
        {"id":"tax","required":true,"needs":["tax"],"options":[{"person":"ben","hours_per_week":3,"value_per_week":1}]}]}"#;
    let json = planned(problem, 3);
    let changes = json["smallest_change"].as_array().unwrap();
    let told: Vec<&str> = changes
        .iter()
        .map(|it| it["change"].as_str().unwrap())
        .collect();
    assert_eq!(
        told,
        [
            "somebody is offered for copy, or it is not required",
            "ben learns tax"
        ]
    );
}

/// Thirty people who are short of hours together: the first one was to work 4,384 of them, and nobody else was named.
#[test]
fn a_change_that_is_not_proven_hides_no_limit() {
    let ids: Vec<String> = (0..30).map(|number| format!("p{number}")).collect();
    let people: Vec<serde_json::Value> = ids
        .iter()
        .map(|id| serde_json::json!({"id": id, "hours_per_week": 45}))
        .collect();
    let load = |a: usize, p: usize| 9 + (a * 31 + p * 17) % 13;
    let activities: Vec<serde_json::Value> = (0..300)
        .map(|a| {
            let options: Vec<serde_json::Value> = ids
                .iter()
                .enumerate()
                .map(|(p, id)| serde_json::json!({"person": id, "hours_per_week": load(a, p), "value_per_week": 1}))
                .collect();
            serde_json::json!({"id": format!("a{a}"), "required": true, "options": options})
        })
        .collect();
    let problem = serde_json::json!({"people": people, "activities": activities}).to_string();
    let ran = Folder::new()
        .run_with(&["plan", "-", "--json", "--seconds", "2"], &problem)
        .exits(3);
    let json = ran.json();
    assert_eq!(json["status"], "infeasible", "{json}");
    let change = json["smallest_change"].as_array().unwrap();
    assert!(!change.is_empty());
    assert!(
        change
            .iter()
            .all(|it| it["needs"].as_f64().unwrap() < 168.0),
        "{change:?}"
    );
    let is_proven = change.iter().all(|it| it["unproven"].is_null());
    assert!(
        is_proven || json["clash"].as_array().unwrap().len() == 30,
        "{json}"
    );
}

#[test]
fn of_a_person_in_several_options_it_is_said_which() {
    let problem = r#"{"people":[{"id":"ana"},{"id":"ben"}],"activities":[{"id":"a","options":[
        {"person":"ben","hours_per_week":1,"value_per_week":1},{"person":"ana","hours_per_week":1,"value_per_week":2},
        {"person":"ana","hours_per_week":1,"value_per_week":3}]},
        {"id":"b","options":[{"person":"ana","hours_per_week":1,"value_per_week":2}]}],
        "forbidden":[{"activity":"a","person":"ben"}]}"#;
    let json = planned(problem, 0);
    assert_eq!(
        json["choices"],
        serde_json::json!([{"activity": "a", "person": "ana", "option": 2}, {"activity": "b", "person": "ana"}])
    );
    let ran = Folder::new().run_with(&["plan", "-"], problem).exits(0);
    assert!(ran.out.contains("ana (options[2])"), "{}", ran.out);
}

#[test]
fn a_million_options_end_with_a_plan() {
    let people: Vec<String> = (0..500)
        .map(|id| format!(r#"{{"id":"p{id}","hours_per_week":40}}"#))
        .collect();
    let options: Vec<String> = (0..500)
        .map(|id| {
            let value = id * 7 % 13 + 1;
            format!(r#"{{"person":"p{id}","hours_per_week":9,"value_per_week":{value}}}"#)
        })
        .collect();
    let activities: Vec<String> = (0..2_000)
        .map(|id| format!(r#"{{"id":"a{id}","options":[{}]}}"#, options.join(",")))
        .collect();
    let problem = format!(
        r#"{{"people":[{}],"activities":[{}]}}"#,
        people.join(","),
        activities.join(",")
    );
    let ran = Folder::new().run_with(&["plan", "-", "--seconds", "2", "--json"], &problem);
    let json = ran.exits(0).json();
    let status = json["status"].as_str().unwrap_or_default();
    assert!(["optimal", "feasible"].contains(&status), "{status}");
}

#[test]
fn problems_that_are_not_understood() {
    let with = |option: &str| {
        format!(r#"{{"people":[{{"id":"ana"}}],"activities":[{{"id":"x","options":[{option}]}}]}}"#)
    };
    for (problem, code) in [
        (String::new(), "plan.json"),
        ("[]".to_owned(), "plan.json"),
        ("{\"people\":[]}".to_owned(), "plan.json"),
        ("{\"people\":[],\"activities\":[],\"cash\":1}".to_owned(), "plan.json"),
        ("{\"people\":[],\"people\":[],\"activities\":[]}".to_owned(), "plan.json"),
        ("{\"people\":[{\"id\":\"a\"},{\"id\":\"a\"}],\"activities\":[]}".to_owned(), "plan.duplicate"),
        ("{\"people\":[],\"activities\":[{\"id\":\"a\",\"options\":[]},{\"id\":\"a\",\"options\":[]}]}".to_owned(), "plan.duplicate"),
        (with(r#"{"person":"anna","hours_per_week":1,"value_per_week":1}"#), "plan.person"),
        (with(r#"{"person":"ana","hours_per_week":-1,"value_per_week":1}"#), "plan.value"),
        (with(r#"{"person":"ana","hours_per_week":1,"value_per_week":1e300}"#), "plan.value"),
        (with(r#"{"person":"ana","hours_per_week":NaN,"value_per_week":1}"#), "plan.json"),
        ("{\"people\":[],\"activities\":[],\"cash_per_week\":-5}".to_owned(), "plan.value"),
        ("{\"people\":[],\"activities\":[],\"set_ups\":[{\"id\":\"s\"},{\"id\":\"s\"}]}".to_owned(), "plan.duplicate"),
        ("{\"people\":[],\"activities\":[],\"set_ups\":[{\"id\":\"s\",\"cost_per_week\":-1}]}".to_owned(), "plan.value"),
        (with(r#"{"person":"ana","hours_per_week":1,"value_per_week":1,"set_up":"none"}"#), "plan.set_up"),
    ] {
        Folder::new().run_with(&["plan", "-"], &problem).refused(5, code);
    }
    let ran = Folder::new().run_with(&["plan", "-"], "{\"people\":[],\n\"cash\":1}");
    assert!(ran.refused(5, "plan.json").err.contains("line 2"));
    Folder::new()
        .run(&["plan", "none.json"])
        .refused(1, "plan.unreadable");
    Folder::new()
        .run(&["plan", "none.json", "--seconds", "0"])
        .refused(2, "usage.value");
}

#[test]
fn many_options_are_planned_or_refused_in_time() {
    let mut problem = String::from("{\"people\":[");
    for person in 0..200 {
        problem += &format!(
            "{}{{\"id\":\"p{person}\",\"hours_per_week\":40}}",
            if person > 0 { "," } else { "" }
        );
    }
    problem += "],\"activities\":[";
    for activity in 0..400 {
        problem += &format!(
            "{}{{\"id\":\"a{activity}\",\"options\":[",
            if activity > 0 { "," } else { "" }
        );
        for person in 0..20 {
            let (hours, value) = (
                1 + (activity * 7 + person * 13) % 9,
                (activity * 31 + person * 17) % 50,
            );
            problem += &format!(
                "{}{{\"person\":\"p{}\",\"hours_per_week\":{hours},\"value_per_week\":{value},\"owner_setup_hours\":{}}}",
                if person > 0 { "," } else { "" },
                (person * 11 + activity) % 200,
                1 + activity % 5
            );
        }
        problem += "]}";
    }
    problem += "],\"owner_setup_hours\":300}";
    let ran = Folder::new().run_with(&["plan", "-", "--json", "--seconds", "2"], &problem);
    let json = ran.exits(0).json();
    assert!(json["gap"].as_f64().unwrap() < 0.05, "{}", json["gap"]);
    assert!(json["seconds"].as_f64().unwrap() < 20.0);
}

#[test]
fn skills_hours_and_pairs_rule_options_out_and_say_why() {
    let problem = |more: &str| {
        format!(
            r#"{{"people":[{{"id":"Ana","skills":["mail"],"works":[16,24]}},{{"id":"Ben","skills":["mail","bookkeeping"],"works":[9,17]}},{{"id":"Cy"}}],
            "owner_works":[9,17],"activities":[
            {{"id":"books","needs":["bookkeeping"],"options":[{{"person":"Ana","hours_per_week":1,"value_per_week":90}},{{"person":"Ben","hours_per_week":1,"value_per_week":50}}]}},
            {{"id":"inbox","overlap_hours":3,"options":[{{"person":"Ana","hours_per_week":1,"value_per_week":90}},{{"person":"Ben","hours_per_week":1,"value_per_week":40}},{{"person":"Cy","hours_per_week":1,"value_per_week":45}}]}}]{more}}}"#
        )
    };
    let run = |more: &str| Folder::new().run_with(&["plan", "-", "--json"], &problem(more));
    let json = run("").exits(0).json();
    // Of Cy nothing is said, so nothing speaks against Cy.
    assert_eq!(json["value_per_week"], 95.0);
    assert_eq!(
        json["excluded"],
        serde_json::json!([
            {"activity": "books", "person": "Ana", "reason": "Ana lacks bookkeeping"},
            {"activity": "inbox", "person": "Ana", "reason": "Ana overlaps 1 h, needs 3"},
        ])
    );
    let json = run(r#","forbidden":[{"activity":"inbox","person":"Cy"}]"#)
        .exits(0)
        .json();
    assert_eq!(json["value_per_week"], 90.0);
    let json = run(r#","required_pairs":[{"activity":"inbox","person":"Ben"}]"#)
        .exits(0)
        .json();
    assert_eq!(json["value_per_week"], 90.0);
    let required = run(r#","required_pairs":[{"activity":"books","person":"Ana"}]"#);
    assert_eq!(
        required.exits(3).json()["excluded"][0]["reason"],
        "Ana lacks bookkeeping"
    );
    for (more, code) in [
        (
            r#","forbidden":[{"activity":"none","person":"Cy"}]"#,
            "plan.activity",
        ),
        (
            r#","forbidden":[{"activity":"inbox","person":"Dee"}]"#,
            "plan.person",
        ),
        (
            r#","required_pairs":[{"activity":"books","person":"Cy"}]"#,
            "plan.pair",
        ),
        (
            r#","required_pairs":[{"activity":"inbox","person":"Cy"},{"activity":"inbox","person":"Ben"}]"#,
            "plan.pair",
        ),
    ] {
        run(more).refused(5, code);
    }
    let backwards = problem("").replace("[9,17],\"activities\"", "[17,9],\"activities\"");
    Folder::new()
        .run_with(&["plan", "-"], &backwards)
        .refused(5, "plan.value");
}

#[test]
fn a_set_up_is_paid_once_for_each_person() {
    let problem = |cost: f64, hours: f64| {
        let option = |person: &str, value: f64| serde_json::json!({"person": person, "hours_per_week": 1, "value_per_week": value});
        let activity = |id: &str| serde_json::json!({"id": id, "set_up": "books", "options": [option("Ana", 100.0), option("Ben", 110.0)]});
        serde_json::json!({
            "people": [{"id": "Ana", "hours_per_week": 2}, {"id": "Ben", "hours_per_week": 1}],
            "activities": [activity("x"), activity("y")],
            "set_ups": [{"id": "books", "cost_per_week": cost, "owner_setup_hours": 3}],
            "owner_setup_hours": hours,
        })
        .to_string()
    };
    for (cost, hours, value) in [
        (4.5, 6.0, 201.0),
        (4.0, 6.0, 202.0),
        (40.0, 6.0, 160.0),
        (4.0, 5.0, 196.0),
        (0.0, 2.0, 0.0),
    ] {
        let json = Folder::new()
            .run_with(&["plan", "-", "--json"], &problem(cost, hours))
            .exits(0)
            .json();
        assert_eq!(json["value_per_week"], value, "{cost} {hours}");
    }
}

/// Three required activities, each by Ana or Ben.
fn required(ana: f64, ben: f64, cash: f64) -> String {
    let option = |person: &str, hours: f64, cash: f64| serde_json::json!({"person": person, "hours_per_week": hours, "cash_per_week": cash, "value_per_week": 10, "owner_setup_hours": 4});
    let activity = |id: &str, hours: f64| serde_json::json!({"id": id, "required": true, "options": [option("Ana", hours, 60.0), option("Ben", hours + 1.0, 50.0)]});
    serde_json::json!({
        "people": [{"id": "Ana", "hours_per_week": ana, "fixed_per_week": 7}, {"id": "Ben", "hours_per_week": ben}],
        "activities": [activity("x", 6.0), activity("y", 5.0), activity("z", 3.0)],
        "cash_per_week": cash, "owner_setup_hours": 50,
    })
    .to_string()
}

fn planned(problem: &str, code: i32) -> serde_json::Value {
    Folder::new()
        .run_with(&["plan", "-", "--json"], problem)
        .exits(code)
        .json()
}

#[test]
fn what_a_person_costs_takes_none_of_their_hours() {
    // Ana costs 7 a week, which once was added to the hours she would need.
    let json = planned(&required(2.0, 6.0, 500.0), 3);
    assert_eq!(
        json["clash"],
        serde_json::json!([
            {"limit": "hours_per_week of Ana", "has": 2.0, "needs": 9.0},
            {"limit": "hours_per_week of Ben", "has": 6.0, "needs": 17.0}
        ])
    );
    planned(&required(9.0, 6.0, 500.0), 0);
    planned(&required(8.99, 6.0, 500.0), 3);
    planned(&required(2.0, 17.0, 500.0), 0);
}

/// What is said to be enough is put in, and then there is a plan; with a little less there is none.
#[test]
fn the_smallest_change_of_several_limits_would_do() {
    let json = planned(&required(2.0, 6.0, 100.0), 3);
    let clash = json["clash"].as_array().unwrap();
    assert!(clash.iter().all(|it| it["needs"].is_null()), "{clash:?}");
    let change = json["smallest_change"].as_array().unwrap();
    let needs: Vec<(&str, f64)> = change
        .iter()
        .map(|it| (it["limit"].as_str().unwrap(), it["needs"].as_f64().unwrap()))
        .collect();
    assert_eq!(
        needs,
        [("cash_per_week", 150.0), ("hours_per_week of Ben", 17.0)]
    );
    planned(&required(2.0, 17.0, 150.0), 0);
    planned(&required(2.0, 17.0, 149.0), 3);
    planned(&required(2.0, 16.9, 150.0), 3);
    let ran = Folder::new()
        .run_with(&["plan", "-"], &required(2.0, 6.0, 100.0))
        .exits(3);
    assert!(
        ran.out.contains("The smallest change that would do:"),
        "{}",
        ran.out
    );
}

#[test]
fn of_many_limits_those_that_have_to_grow_are_named() {
    // Fourteen people of whom five are short at once.
    let ids: Vec<String> = (0..14).map(|number| format!("p{number}")).collect();
    let people: Vec<serde_json::Value> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| serde_json::json!({"id": id, "hours_per_week": if number < 5 { 1 } else { 9 }}))
        .collect();
    let activities: Vec<serde_json::Value> = ids
        .iter()
        .map(|id| serde_json::json!({"id": id, "required": true, "options": [{"person": id, "hours_per_week": 3, "value_per_week": 1}]}))
        .collect();
    let json = planned(
        &serde_json::json!({"people": people, "activities": activities}).to_string(),
        3,
    );
    let change = json["smallest_change"].as_array().unwrap();
    assert_eq!(change.len(), 5, "{change:?}");
    assert!(change.iter().all(|it| it["needs"] == 3.0));
}

/// Two small changes may be less than one large one, and a smaller sum may need more limits: what counts is how much each grows in parts
/// of what it is, all added up.
#[test]
fn the_smallest_change_is_the_least_by_its_measure() {
    // Ana alone would have to go from 10 to 20 hours; Ben alone from 100 to 101 with 5 more of 100 in cash.
    let problem = r#"{"people":[{"id":"ana","hours_per_week":10},{"id":"ben","hours_per_week":100}],"cash_per_week":100,"activities":[
        {"id":"a","required":true,"options":[{"person":"ana","hours_per_week":20,"value_per_week":9},
            {"person":"ben","hours_per_week":101,"cash_per_week":105,"value_per_week":1}]}]}"#;
    let json = planned(problem, 3);
    assert_eq!(
        json["clash"],
        serde_json::json!([{"limit": "hours_per_week of ana", "has": 10.0, "needs": 20.0}])
    );
    assert_eq!(
        json["smallest_change"],
        serde_json::json!([
            {"limit": "cash_per_week", "has": 100.0, "needs": 105.0},
            {"limit": "hours_per_week of ben", "has": 100.0, "needs": 101.0}
        ])
    );
}

/// Loads and costs at odds, which take long to prove.
fn hard(people: u64, activities: u64) -> String {
    let mut state = 17_u64;
    let mut next = |low: u64, high: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        low + (state >> 33) % (high - low + 1)
    };
    let ids: Vec<String> = (0..people).map(|number| format!("p{number}")).collect();
    let list: Vec<serde_json::Value> = ids
        .iter()
        .map(|id| serde_json::json!({"id": id, "hours_per_week": 40 * activities / people}))
        .collect();
    let activities: Vec<serde_json::Value> = (0..activities)
        .map(|number| {
            let options: Vec<serde_json::Value> = ids
                .iter()
                .map(|id| {
                    let hours = next(1, 100);
                    let value = 200 + hours + next(0, 20);
                    serde_json::json!({"person": id, "hours_per_week": hours, "value_per_week": value, "owner_setup_hours": next(1, 9)})
                })
                .collect();
            serde_json::json!({"id": format!("a{number}"), "required": true, "options": options})
        })
        .collect();
    serde_json::json!({"people": list, "activities": activities}).to_string()
}

#[test]
fn changes_that_are_not_proven_in_time_say_so() {
    let folder = Folder::new();
    folder.file("problem.json", hard(20, 200));
    let run = |more: &[&str]| {
        let arguments = ["plan", "problem.json", "--explain", "--seconds", "0.2"];
        folder.run(&[&arguments, more].concat()).exits(0)
    };
    let json = run(&["--json"]).json();
    assert_eq!(json["status"], "feasible");
    let changes = json["changes"].as_array().unwrap();
    let unproven = changes.iter().filter(|it| it["status"] == "unproven");
    for change in unproven.clone() {
        let [least, value, most] =
            ["at_least", "value_per_week", "at_most"].map(|key| change[key].as_f64().unwrap());
        assert!(least <= value && value <= most, "{change}");
    }
    assert!(unproven.count() > 5);
    assert!(json["changes_left_out"].as_u64().unwrap() > 1_000);
    let out = run(&[]).out;
    assert!(
        out.contains("(not proven: ") && out.contains("were not proven in time"),
        "{out}"
    );
    assert!(out.contains("other changes the time was up"), "{out}");
}

#[test]
fn many_more_options_are_planned_in_time_and_more_than_a_million_are_refused() {
    let problem = |people: usize, activities: usize| {
        let mut problem = String::from("{\"people\":[");
        for person in 0..people {
            let comma = if person > 0 { "," } else { "" };
            problem += &format!("{comma}{{\"id\":\"p{person}\",\"hours_per_week\":40}}");
        }
        problem += "],\"owner_setup_hours\":3000,\"activities\":[";
        for activity in 0..activities {
            let comma = if activity > 0 { "," } else { "" };
            problem += &format!("{comma}{{\"id\":\"a{activity}\",\"options\":[");
            for person in 0..people {
                let comma = if person > 0 { "," } else { "" };
                let hours = 5 + (activity * 7 + person * 13) % 29;
                let value = (activity * 31 + person * 17) % 97;
                problem += &format!(
                    "{comma}{{\"person\":\"p{person}\",\"hours_per_week\":{hours},\"value_per_week\":{value},\"owner_setup_hours\":5}}"
                );
            }
            problem += "]}";
        }
        problem + "]}"
    };
    let folder = Folder::new();
    folder.file("most.json", problem(200, 1_000));
    let json = folder
        .run(&["plan", "most.json", "--json", "--seconds", "1"])
        .exits(0)
        .json();
    assert!(
        json["seconds"].as_f64().unwrap() < 30.0,
        "{}",
        json["seconds"]
    );
    folder.file("more.json", problem(1_001, 1_000));
    folder
        .run(&["plan", "more.json"])
        .refused(5, "plan.too_large");
}

/// The seconds of processor time that a process has had.
#[cfg(target_os = "linux")]
fn seconds_worked(process: u32) -> f64 {
    let times = std::fs::read_to_string(format!("/proc/{process}/schedstat")).unwrap();
    let nanoseconds: f64 = times.split(' ').next().unwrap().parse().unwrap();
    nanoseconds / 1e9
}

#[cfg(target_os = "linux")]
#[test]
#[expect(clippy::disallowed_methods, reason = "it has to end soon")]
fn an_interrupt_gives_the_best_plan_so_far() {
    for more in [&[] as &[&str], &["--explain"]] {
        let folder = Folder::new();
        // The second one is planned at once and explained for long.
        let (people, activities): (u64, u64) = if more.is_empty() { (20, 200) } else { (5, 100) };
        folder.file("problem.json", hard(people, activities));
        let arguments = ["plan", "problem.json", "--seconds", "600", "--json"];
        let child = folder
            .command(&[&arguments, more].concat())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        // When it has worked for a while, however busy the machine is, it is planning.
        while seconds_worked(child.id()) < 2.0 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let interrupted = std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .unwrap();
        assert!(interrupted.success());
        let since = std::time::Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(since.elapsed().as_secs() < 30, "it ends soon");
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(
            output.status.code(),
            Some(130),
            "{more:?} {}",
            json["status"]
        );
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said, "Stopped before it was done.\n");
        if more.is_empty() {
            assert_eq!(json["status"], "feasible");
            assert!(json["gap"].as_f64().unwrap() > 0.0);
        } else {
            assert!(json["changes"].as_array().unwrap().len() > 3);
            assert!(json["changes_left_out"].as_u64().unwrap() > 0);
        }
        assert_eq!(json["choices"].as_array().unwrap().len() as u64, activities);
    }
}
