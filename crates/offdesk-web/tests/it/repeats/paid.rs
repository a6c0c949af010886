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
    let came_in = desk.twice(
        "/receipts",
        "/receipts",
        r#"{"amount": "40"}"#,
        r#"{"amount": "50"}"#,
    );
    let number = &came_in["receipts"][0]["number"];
    desk.twice(
        "/receipts/{receipt}/reversal",
        &format!("/receipts/{number}/reversal"),
        "",
        r#"{"note": "twice"}"#,
    );
    desk.twice(
        "/budgets",
        "/budgets",
        r#"{"amount": "500"}"#,
        r#"{"amount": "600"}"#,
    );
    let line = &back["lines"][0]["posting"];
    desk.twice(
        "/postings/{posting}/correction",
        &format!("/postings/{line}/correction"),
        "",
        "{}",
    );
}

pub(super) fn hours(desk: &mut Desk) {
    let today = moment().today().date().to_string();
    let file = |hours: &str| {
        format!(
            "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n\
             {today},Studio,Inbox,,Triage,Mails,{hours},Yes,No,Wim,Lee\n"
        )
    };
    let looked = desk.twice(
        "/my/hours-files",
        "/my/hours-files?name=a.csv",
        &file("0.25"),
        &file("0.5"),
    );
    let path = format!("/my/hours-files/{}/import", id_of(&looked));
    let done = desk.twice("/my/hours-files/{file}/import", &path, "", "{}");
    assert_eq!(done["seconds"], 900);
    let people = desk.json("GET", "/people", &json!(null));
    let people = people["people"].as_array().unwrap();
    let wim = people.iter().find(|one| one["name"] == "Wim").unwrap();
    let files = format!("/people/{}/hours-files", id_of(wim));
    let looked = desk.twice(
        "/people/{person}/hours-files",
        &format!("{files}?name=b.csv"),
        &file("0.75"),
        &file("1.5"),
    );
    let path = format!("{files}/{}/import", id_of(&looked));
    let pattern = "/people/{person}/hours-files/{file}/import";
    let done = desk.twice(pattern, &path, "", "{}");
    assert_eq!(done["seconds"], 2_700);
}

pub(super) fn bills(desk: &mut Desk) {
    let mut new = proposal(desk);
    for (key, value) in [("unit", "milestone"), ("amount", "70"), ("currency", "USD")] {
        new[key] = json!(value);
    }
    let proposed = desk.json("POST", "/handoffs", &new);
    let path = format!("/handoffs/{}", id_of(&proposed));
    let accept = json!({"answer": "accept", "version": proposed["version"]});
    desk.json("POST", &format!("{path}/answer"), &accept);
    desk.json("POST", &format!("{path}/milestones"), &json!({}));
    let today = moment().today().date().to_string();
    let bill = |number: &str| {
        json!({
            "person": new["person"], "number": number, "day": today, "from": today, "to": today,
            "currency": "USD", "net": "70", "tax": "14.70",
        })
        .to_string()
    };
    let recorded = desk.twice("/bills", "/bills", &bill("A-1"), &bill("A-2"));
    assert_eq!(recorded["state"], "matched");
    let path = format!("/bills/{}", id_of(&recorded));
    let said = |said: &str| json!({"version": recorded["version"], "said": said}).to_string();
    let queried = desk.twice(
        "/bills/{bill}/query",
        &format!("{path}/query"),
        &said("Which one?"),
        &said("Why?"),
    );
    assert_eq!(queried["state"], "queried");
    let approved = desk.twice(
        "/bills/{bill}/approval",
        &format!("{path}/approval"),
        "",
        "{}",
    );
    assert_eq!(approved["state"], "approved");
}

pub(super) fn weeks(desk: &mut Desk) {
    let mut new = proposal(desk);
    for (key, value) in [("unit", "hour"), ("amount", "14"), ("currency", "USD")] {
        new[key] = json!(value);
    }
    let proposed = desk.json("POST", "/handoffs", &new);
    let handoff = id_of(&proposed);
    let accept = json!({"answer": "accept", "version": proposed["version"]});
    desk.json("POST", &format!("/handoffs/{handoff}/answer"), &accept);
    let person = new["person"].as_str().unwrap();
    let monday = moment().today().date().to_string();
    let path = format!("/people/{person}/weeks/{monday}");
    let line = json!({"handoff": handoff, "day": monday, "hours": 2});
    // The days to come are said to be off, since nobody knows of them.
    let off = ["2026-11-25", "2026-11-26", "2026-11-27"];
    let typed =
        json!({"version": 0, "lines": [line], "off": off, "rest_off": true, "complete": true});
    let week = desk.json("PUT", &path, &typed);
    assert_eq!(week["state"], "submitted");
    let decided = |said: &str| {
        json!({"version": week["version"], "decision": "return", "said": said}).to_string()
    };
    let given_back = desk.twice(
        "/people/{person}/weeks/{day}/decision",
        &format!("{path}/decision"),
        &decided("Monday was a holiday"),
        &decided("Tuesday was a holiday"),
    );
    assert_eq!(given_back["said"], "Monday was a holiday");
}

pub(super) fn agents(desk: &mut Desk) {
    let made = json!({"name": "Sorter", "kind": "agent"});
    let agent = id_of(&desk.json("POST", "/people", &made));
    desk.twice(
        "/people/{person}/rates",
        &format!("/people/{agent}/rates"),
        r#"{"per": "use", "amount": "0.02"}"#,
        r#"{"per": "use", "amount": "0.03"}"#,
    );
    let mut new = proposal(desk);
    for (key, value) in [
        ("person", agent.as_str()),
        ("unit", "assignment"),
        ("amount", "0"),
        ("currency", "USD"),
    ] {
        new[key] = json!(value);
    }
    let proposed = desk.json("POST", "/handoffs", &new);
    let path = format!("/handoffs/{}", id_of(&proposed));
    let accept = json!({"answer": "accept", "version": proposed["version"]});
    desk.json("POST", &format!("{path}/answer"), &accept);
    let due = moment().now + jiff::SignedDuration::from_hours(30);
    let given = json!({ "due": due.to_string(), "without_inputs": true });
    let given = desk.json("POST", &format!("{path}/assignments"), &given);
    desk.twice(
        "/assignments/{assignment}/usage",
        &format!("/assignments/{}/usage", id_of(&given)),
        r#"{"uses": 3}"#,
        r#"{"uses": 4}"#,
    );
    let table = |uses: u32| {
        let table = format!("assignment,uses\n{},{uses}\n", given["number"]);
        json!({ "table": table }).to_string()
    };
    desk.twice("/usage-tables", "/usage-tables", &table(1), &table(2));
}
