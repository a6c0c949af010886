//! `offdesk plan --explain`: why a plan is as it is, in words and as JSON.

use crate::program::Folder;

const PROBLEM: &str = include_str!("../../../../docs/examples/problem.json");

#[test]
fn why_in_words() {
    let out = Folder::new()
        .run_with(&["plan", "-", "--explain"], PROBLEM)
        .exits(0)
        .out;
    for line in [
        "Stays with you:\n  Social\n",
        "  without the limit on cash           no difference: it is not what limits you\n",
        "  without the limit on your hours     +90 a week: ",
        "  2 more hours of yours               +90 a week: ",
        "you would also hand over Social to ",
        "If you handed it over all the same:\n  Social                           -48 a week, to Ana: ",
        "  Invoices                         Ana; with Agency -48 a week; kept by you -61 a week\n",
        "  Inbox                            Ana; with Ben -20 a week; kept by you -72 a week\n",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    let out = Folder::new().run_with(&["plan", "-"], PROBLEM).exits(0).out;
    assert!(
        out.contains("Stays with you:") && !out.contains("Why"),
        "{out}"
    );
}

#[test]
fn why_as_json() {
    let json = Folder::new()
        .run_with(&["plan", "-", "--explain", "--json"], PROBLEM)
        .exits(0)
        .json();
    assert_eq!(json["kept"], serde_json::json!(["Social"]));
    let changes = json["changes"].as_array().unwrap();
    let of = |change: &str| {
        let found = changes.iter().find(|it| it["change"] == change);
        found.unwrap_or_else(|| panic!("{change}")).clone()
    };
    let without = of("without owner_setup_hours");
    assert_eq!(
        [&without["kind"], &without["limit"], &without["status"]],
        ["without", "owner_setup_hours", "proven"]
    );
    let handed = without["shifts"].as_array().unwrap();
    assert!(
        handed
            .iter()
            .any(|it| it["activity"] == "Social" && it["from"].is_null())
    );
    let more = of("hours_per_week of Ben +1");
    assert_eq!(
        (&more["person"], &more["more"]),
        (&"Ben".into(), &1.0.into())
    );
    let forced = of("Social handed over");
    assert_eq!(forced["value_per_week"], -48.0);
    assert_eq!(of("Inbox to Ben")["person"], "Ben");
    assert_eq!(of("Inbox kept")["kind"], "kept");
}

/// What cannot be handed over says why: nobody may, or limits that are named.
#[test]
fn what_cannot_be_says_why() {
    let problem = r#"{"people":[{"id":"ana","hours_per_week":10,"skills":["writing"]}],"activities":[
        {"id":"inbox","required":true,"options":[{"person":"ana","hours_per_week":8,"value_per_week":50}]},
        {"id":"social","options":[{"person":"ana","hours_per_week":4,"value_per_week":40}]},
        {"id":"books","needs":["accounts"],"options":[{"person":"ana","hours_per_week":1,"value_per_week":90}]},
        {"id":"tax","options":[]}]}"#;
    let folder = Folder::new();
    let out = folder
        .run_with(&["plan", "-", "--explain"], problem)
        .exits(0)
        .out;
    for line in [
        "  social                           cannot be: hours_per_week of ana is 10; with 12 there would be one\n",
        "  books                            cannot be: ana lacks accounts\n",
        "  tax                              cannot be: nobody is offered for it\n",
        "  2 more hours of ana              +40 a week: you would also hand over social to ana\n",
        "  inbox                            ana\n",
    ] {
        assert!(out.contains(line), "{line}: {out}");
    }
    let json = folder
        .run_with(&["plan", "-", "--explain", "--json"], problem)
        .exits(0)
        .json();
    let changes = json["changes"].as_array().unwrap();
    let of = |change: &str| changes.iter().find(|it| it["change"] == change).unwrap();
    assert_eq!(of("social handed over")["status"], "impossible");
    assert_eq!(of("social handed over")["clash"][0]["needs"], 12.0);
    assert_eq!(of("books handed over")["reasons"][0], "ana lacks accounts");
}

/// A plan that hands nothing over is explained, too.
#[test]
fn nothing_handed_over_is_explained() {
    let problem = r#"{"people":[{"id":"ana","fixed_per_week":70}],"activities":[
        {"id":"inbox","options":[{"person":"ana","hours_per_week":8,"value_per_week":50}]}]}"#;
    let out = Folder::new()
        .run_with(&["plan", "-", "--explain"], problem)
        .exits(0)
        .out;
    assert!(
        out.contains("  inbox                            -20 a week, to ana\n"),
        "{out}"
    );
}

/// Whoever can do nothing was passed over in silence.
#[test]
fn people_who_can_do_nothing_are_named_with_what_would_help() {
    let problem = r#"{"people": [{"id": "ana"}, {"id": "ben", "hours_per_week": 0}, {"id": "cleo"},
        {"id": "dee", "skills": ["mail"]}, {"id": "eve", "hours_per_week": 2}],
        "activities": [{"id": "tax", "needs": ["tax"], "options": [
            {"person": "ana", "hours_per_week": 5, "value_per_week": 90},
            {"person": "ben", "hours_per_week": 5, "value_per_week": 90},
            {"person": "dee", "hours_per_week": 5, "value_per_week": 90},
            {"person": "eve", "hours_per_week": 5, "value_per_week": 90}]}]}"#;
    let out = Folder::new().run_with(&["plan", "-"], problem).exits(0).out;
    let aside = out.split("Not considered:").nth(1).unwrap_or_default();
    for (who, why) in [
        ("ben", "has no hours a week"),
        ("cleo", "is named in no option"),
        ("dee", "learning tax would help"),
        ("eve", "everything takes more"),
    ] {
        let line = aside.lines().find(|line| line.trim().starts_with(who));
        assert!(line.is_some_and(|line| line.contains(why)), "{who}: {out}");
    }
    let json = Folder::new()
        .run_with(&["plan", "-", "--json"], problem)
        .exits(0)
        .json();
    assert_eq!(json["unused"].as_array().map(Vec::len), Some(4));
    assert_eq!(json["unused"][2]["would_help"], serde_json::json!(["tax"]));
    let taxx = problem.replacen(
        "\"people\"",
        r#""forbidden": [{"activity": "taxx", "person": "ana"}], "people""#,
        1,
    );
    let ran = Folder::new().run_with(&["plan", "-"], &taxx).exits(5);
    assert!(ran.err.contains("did you mean \"tax\"?"), "{}", ran.err);
}
