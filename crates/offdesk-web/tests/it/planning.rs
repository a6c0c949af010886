//! A plan and a case over the API and on the page: with the desk's own people, or from what is sent.

use offdesk_actions::actor::TokenScope;
use serde_json::{Value, json};

use crate::site::Site;

const WEEK: [(&str, i64); 3] = [
    ("Bookkeeping", 6),
    ("Inbox triage", 8),
    ("Appointment scheduling", 4),
];

fn problem() -> Value {
    serde_json::from_str(include_str!("../../../../docs/examples/problem.json")).unwrap()
}

#[test]
fn a_plan_has_the_same_doors_as_the_command_line() {
    let site = Site::new();
    let token = site.token(&[TokenScope::Read]);
    let post = |path: &str, body: &Value| site.call(&token, "POST", path, body, &[]);
    let before = site.rows();
    let plan = post("/plan?explain=1", &problem()).is(200).json();
    assert_eq!(plan["schema"], "offdesk.plan/1");
    assert_eq!(
        (&plan["status"], &plan["value_per_week"]),
        (&json!("optimal"), &json!(343.0))
    );
    assert_eq!(plan["kept"], json!(["Social"]));
    assert!(plan["changes"].as_array().is_some_and(|it| !it.is_empty()));
    // What cannot be done is an answer, and names what is in the way.
    let mut hard = problem();
    for activity in hard["activities"].as_array_mut().unwrap() {
        activity["required"] = json!(true);
    }
    hard["cash_per_week"] = json!(10);
    let plan = post("/plan", &hard).is(200).json();
    assert_eq!(plan["status"], "infeasible");
    assert_eq!(plan["clash"][0]["limit"], "cash_per_week");
    for (path, body, code) in [
        ("/plan", json!({"people": []}), "plan.json"),
        ("/plan?seconds=60", problem(), "plan.seconds"),
        ("/plan?seconds=NaN", problem(), "plan.seconds"),
        (
            "/plan",
            json!({"people": [], "activities": [{"id": "a", "options": [{"person": "ana", "hours_per_week": 1, "value_per_week": 1}]}]}),
            "plan.person",
        ),
    ] {
        let fault = post(path, &body).is(422).json();
        assert_eq!(fault["code"], code, "{fault}");
    }
    let long = json!({"people": "x".repeat(17 << 20)});
    assert_eq!(post("/plan", &long).is(413).json()["code"], "request.long");
    assert_eq!(site.rows(), before);
}

#[test]
fn a_case_is_weighed_over_the_api() {
    let site = Site::new();
    let token = site.token(&[TokenScope::Read]);
    let post = |body: &Value| site.call(&token, "POST", "/decision", body, &[]);
    let case = json!({"value_of_work_hour": 75, "owner_hours": 1, "times_per_week": 4, "rate": 14, "value_when_done": [1, 10, 300]});
    let found = post(&case).is(200).json();
    assert_eq!(
        (&found["schema"], &found["verdict"], &found["next"]),
        (
            &json!("offdesk.decision/1"),
            &json!("drop"),
            &json!("find_out")
        )
    );
    assert_eq!(found["drop"]["tornado"][0]["input"], "value_when_done");
    assert!(found["drop"]["range"]["mean"].as_f64() < Some(0.0));
    let keeps =
        json!({"value_of_work_hour": 75, "owner_hours": 0.1, "times_per_week": 1, "rate": 90});
    assert!(post(&keeps).is(200).json()["price_per_hour_bought_back"].is_null());
    for (body, code) in [
        (json!({"rats": 1}), "decide.unknown"),
        (json!({"rate": 14}), "decide.missing"),
        (json!({"rate": 14, "currency": "XXQ"}), "decide.value"),
    ] {
        assert_eq!(post(&body).is(422).json()["code"], code);
    }
}

#[test]
fn the_page_plans_with_the_desk_and_with_what_is_pasted() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/plan").is(200).says(&["Bring your hours"]);
    site.with_hours(&WEEK);
    site.get(owner, "/plan").is(200).says(&[
        "Who should do what",
        "The best plan brings",
        "a freelancer",
        "Inbox triage",
        "Why these people",
        "Change the problem, or paste one",
    ]);
    site.get(owner, "/plan?owner_setup_hours=8").is(200).says(&[
        "value=\"8\"",
        "What limits you",
        "Stays with you",
    ]);
    site.get(owner, "/plan?cash_per_week=much")
        .is(422)
        .says(&["cash_per_week-fault"]);
    site.get(owner, "/plan?cash_per_week=-1").is(422);
    let token = site.token(&[TokenScope::Read]);
    let ours = site
        .call(
            &token,
            "GET",
            "/plan?owner_setup_hours=8",
            &Value::Null,
            &[],
        )
        .is(200)
        .json();
    assert_eq!(ours["status"], "optimal");
    let text = problem().to_string();
    site.post(owner, "/plan", &[("problem", &text)])
        .is(200)
        .says(&["The best plan brings 343 a week", "Social", "with Agency"]);
    site.post(owner, "/plan", &[("problem", "{\"people\": <b>}")])
        .is(422)
        .says(&["problem-fault", "&lt;b&gt;"])
        .hides(&["<b>}"]);
}

/// The list ranks by readiness as well: what the roll-out left out of it could pay more than what it took.
#[test]
fn what_the_roll_out_leaves_out_pays_less() {
    let site = Site::new();
    site.with_hours(&[
        ("Bookkeeping", 6),
        ("Inbox triage", 8),
        ("Appointment scheduling", 4),
        ("Data entry", 3),
        ("Invoicing", 5),
        ("Payroll", 4),
        ("Social media posts", 5),
        ("Transcription", 3),
        ("Customer support emails", 7),
        ("Proofreading", 4),
        ("Office cleaning", 3),
        ("Filing", 4),
        ("Web research", 5),
        ("Typing letters", 6),
    ]);
    let token = site.token(&[TokenScope::Read]);
    let get = |path: &str| {
        site.call(&token, "GET", path, &Value::Null, &[])
            .is(200)
            .json()
    };
    let gain = |row: &Value| {
        let gain = row["first_year_gain"].as_str().unwrap_or_default();
        gain.parse::<f64>().unwrap_or_default()
    };
    let (list, order) = (get("/next"), get("/roll-out?owner_hours=40&weeks=52"));
    let taken: Vec<&str> = order["order"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row["name"].as_str())
        .chain(
            order["not_within"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str),
        )
        .collect();
    let rows = list["activities"].as_array().unwrap();
    let is_taken = |row: &&Value| {
        row["name"]
            .as_str()
            .is_some_and(|name| taken.contains(&name))
    };
    let (is, is_not): (Vec<&Value>, Vec<&Value>) = rows.iter().partition(|row| is_taken(row));
    let least = is.iter().map(|row| gain(row)).fold(f64::INFINITY, f64::min);
    let most = is_not.iter().map(|row| gain(row)).fold(0.0, f64::max);
    assert_eq!(order["left_out"], is_not.len(), "{order}");
    assert!(is_not.is_empty() || most <= least, "{most} {least}");
}
