//! The cases of pay: a milestone, its statement, a payment that comes back, one of all that is owed, a correction.

use serde_json::json;

use super::Desk;
use super::handed::{id_of, proposal};
use crate::site::moment;

pub(super) fn pay(desk: &mut Desk) {
    let mut new = proposal(desk);
    let terms = [
        ("unit", "milestone"),
        ("amount", "250"),
        ("currency", "USD"),
    ];
    for (key, value) in terms {
        new[key] = json!(value);
    }
    let proposed = desk.json("POST", "/handoffs", &new);
    let path = format!("/handoffs/{}", id_of(&proposed));
    let accept = json!({"answer": "accept", "version": proposed["version"]});
    desk.json("POST", &format!("{path}/answer"), &accept);
    desk.twice(
        "/handoffs/{handoff}/milestones",
        &format!("{path}/milestones"),
        r#"{"note": "moved in"}"#,
        r#"{"note": "moved out"}"#,
    );
    let today = moment().today().date();
    let until = json!({ "until": today.to_string() }).to_string();
    let drawn = desk.twice("/statements", "/statements", &until, "");
    let all = drawn["statements"].as_array().unwrap();
    let owed = all.iter().find(|one| one["owed"] == "250.00").unwrap();
    let number = &owed["number"];
    let path = format!("/statements/{number}");
    let paid = desk.twice(
        "/statements/{statement}/payments",
        &format!("{path}/payments"),
        r#"{"amount": "100"}"#,
        r#"{"amount": "150"}"#,
    );
    assert_eq!(paid["owed"], "150.00");
    let payment = &paid["payments"][0]["posting"];
    let back = desk.twice(
        "/statements/{statement}/payments/{payment}/return",
        &format!("{path}/payments/{payment}/return"),
        "",
        "{}",
    );
    assert_eq!(back["owed"], "250.00");
    desk.twice(
        "/payments",
        "/payments",
        &json!({ "statements": [number] }).to_string(),
        &json!({ "statements": [number], "day": "2026-01-02" }).to_string(),
    );
    let line = &back["lines"][0]["posting"];
    desk.twice(
        "/postings/{posting}/correction",
        &format!("/postings/{line}/correction"),
        "",
        "{}",
    );
}
