//! A decision about an activity of the desk, the order of handing over, and what is put off, from the command line.

use crate::program::{Folder, Ran, quarter, text};

/// A folder with a desk that has a quarter in it: 46 days with Inbox, of 78 hours in all.
pub fn desk() -> Folder {
    let folder = Folder::new();
    folder.file("password.txt", "three brown foxes\n");
    folder.file("quarter.csv", quarter());
    run(
        &folder,
        "setup --email noor@example.com --name Noor --password-file password.txt",
    )
    .exits(0);
    run(&folder, "import quarter.csv").exits(0);
    run(&folder, "worth --rate 75 --save").exits(0);
    folder
}

fn run(folder: &Folder, line: &str) -> Ran {
    folder.run(&line.split_whitespace().collect::<Vec<_>>())
}

#[test]
fn an_activity_is_weighed_by_what_the_desk_knows() {
    let folder = desk();
    let ran = run(&folder, "decide inbox --no-input").exits(0);
    for part in [
        "Inbox with a freelancer comes to about $",
        "From your desk:",
        "your worth since",
        "the average of 46 days with it in your entries",
        "hours a week in your entries",
        "the market's price of an hour of it",
        "--defaults, --set KEY=RANGE",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    // Nobody is asked where there is no terminal, and part of the name is enough.
    let json = run(&folder, "decide inb --json").exits(0).json();
    assert_eq!(text(&json, "/schema"), "offdesk.decision/1");
    assert_eq!(text(&json, "/currency"), "USD");
    assert!(json["range"]["p5"].as_f64() < json["range"]["p95"].as_f64());
    let line = "decide Inbox --json --value-of-work-hour 75 --share-redeployed 100% --owner-hours 1.5 --rate 14 \
        --steady-ratio 1.3 --set times_per_week=4 --set weeks=52 --set fault_rate=6% --set value_of_rest_hour=0";
    let json = run(&folder, line).exits(0).json();
    folder.file(
        "case.json",
        r#"{"value_of_work_hour": 75, "share_redeployed": 1, "owner_hours": 1.5, "rate": 14, "steady_ratio": 1.3,
        "times_per_week": 4, "weeks": 52, "fault_rate": 0.06}"#,
    );
    let case = run(&folder, "decide case.json --json").exits(0).json();
    assert_eq!(json["net_value"], case["net_value"]);
    assert!(json["range"].is_null());
    let ran = run(&folder, "decide Inbox --html page.html --no-input").exits(0);
    assert!(ran.err.contains("The page is in page.html."), "{}", ran.err);
}

#[test]
fn every_input_can_be_opened() {
    let folder = desk();
    let ran = run(
        &folder,
        "decide Inbox --defaults --set review_hours=0.1,0.2,0.5",
    )
    .exits(0);
    for part in [
        "review_hours         0.1 0.2 0.5",
        "you said so",
        "assumed, because nobody said",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let json = run(&folder, "decide Inbox --defaults --json")
        .exits(0)
        .json();
    assert_eq!(text(&json, "/schema"), "offdesk.inputs/1");
    assert_eq!(json["inputs"].as_array().unwrap().len(), 28);
    folder.file("case.json", crate::decide::CASE);
    let json = run(&folder, "decide case.json --defaults --json")
        .exits(0)
        .json();
    assert_eq!(text(&json, "/inputs/0/source"), "said");
    assert_eq!(text(&json, "/inputs/27/source"), "assumed");
}

#[test]
fn what_was_said_is_kept_and_weighed_side_by_side() {
    let folder = desk();
    run(
        &folder,
        "decide Inbox --rate 8,14,25 --option Ana --save --no-input",
    )
    .exits(0);
    let ran = run(
        &folder,
        "decide Inbox --option Desk --kind agency --no-input",
    )
    .refused(2, "decide.missing");
    assert!(ran.err.contains("--rate RANGE"), "{}", ran.err);
    run(
        &folder,
        "decide Inbox --option Desk --kind agency --rate 45 --save --no-input",
    )
    .exits(0);
    let json = run(&folder, "decide Inbox --compare --json")
        .exits(0)
        .json();
    assert_eq!(text(&json, "/schema"), "offdesk.comparison/1");
    assert_eq!(json["options"].as_array().unwrap().len(), 2);
    assert_eq!(json["own"]["weeks"], 48.0);
    let ran = run(&folder, "decide Inbox --compare").exits(0);
    for part in [
        "Inbox: hand it to Ana.",
        "Desk",
        "the best in",
        "is the best choice in ",
        "keeping it in ",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let ran = run(&folder, "decide Inbox --compare --html both.html").exits(0);
    assert!(ran.err.contains("The page is in both.html."), "{}", ran.err);
    let page = std::fs::read_to_string(folder.path().join("both.html")).unwrap();
    assert!(
        page.contains("Side by side") && !page.contains("https:"),
        "{page}"
    );
    let ran = run(&folder, "decide Inbox --no-input --set wekks=4").exits(2);
    assert!(ran.err.contains("did you mean weeks?"), "{}", ran.err);
    let next = run(&folder, "next --json").exits(0).json();
    assert_eq!(text(&next, "/activities/0/person"), "Ana");
    let kept = run(&folder, "decide Inbox --option ana --json")
        .exits(0)
        .json();
    let net = format!("{:.2}", kept["net_value"].as_f64().unwrap());
    assert_eq!(text(&next, "/activities/0/first_year_gain"), net);
    run(&folder, "verify").exits(0);
    let backup = run(&folder, "backup copy.db").exits(0);
    assert!(
        backup.err.is_empty() || !backup.err.contains("error"),
        "{}",
        backup.err
    );
}

#[test]
fn what_brings_little_is_dropped() {
    let folder = desk();
    let json = run(
        &folder,
        "decide Inbox --json --set value_when_done=0 --set cost_each_time=200",
    )
    .exits(0)
    .json();
    assert_eq!(
        (text(&json, "/verdict"), text(&json, "/reason")),
        ("drop", "not_needed")
    );
    folder.file(
        "case.json",
        r#"{"value_of_work_hour": 75, "owner_hours": 1.5, "times_per_week": 4, "rate": 60, "value_when_done": 5}"#,
    );
    let ran = run(&folder, "decide case.json").exits(0);
    assert!(ran.out.starts_with("Drop it:"), "{}", ran.out);
}

#[test]
fn what_cannot_be_is_told_with_what_to_type() {
    let folder = desk();
    run(&folder, "decide Nothing --no-input").refused(3, "desk.activity");
    for (more, code, said) in [
        ("--rate cheap", "decide.value", "rate"),
        ("--rate 25,14,8", "decide.value", "in that order"),
        ("--rate -3", "decide.value", "rate"),
        ("--rate nan", "decide.value", "rate"),
        ("--rate inf", "decide.value", "rate"),
        ("--rate €14", "decide.currency", "never mixed"),
        ("--share-redeployed 70", "decide.value", "0 to 1"),
        ("--set rats=1", "decide.unknown", "--defaults"),
        ("--set rate", "decide.value", "KEY=RANGE"),
        ("--set rate=1 --rate 2", "decide.duplicate", "twice"),
        (
            "--set value_when_done=-1",
            "decide.value",
            "value_when_done",
        ),
    ] {
        let line = format!("decide Inbox --no-input {more}");
        let line = line.replace("--rate -3", "--rate=-3");
        let ran = run(&folder, &line).refused(2, code);
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    folder.file("case.json", crate::decide::CASE);
    run(&folder, "decide case.json --rate 14").refused(2, "decide.case");
    folder.file("case.json", r#"{"currency": "USD", "rate": "14 EUR"}"#);
    run(&folder, "decide case.json").refused(5, "decide.currency");
    let empty = Folder::new();
    run(&empty, "decide Inbox").refused(3, "desk.none");
}

#[test]
fn the_order_of_handing_over() {
    let folder = desk();
    let ran = run(&folder, "next --roll-out --owner-hours 3").exits(0);
    for part in ["In this order it brings about $", "Inbox", "week 1", "LIVE"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let json = run(
        &folder,
        "next --roll-out --owner-hours 3 --weeks 12 --reinvested 0 --json",
    )
    .exits(0)
    .json();
    assert_eq!(text(&json, "/schema"), "offdesk.rollout/1");
    // Seven hours of set-up at three a week.
    assert_eq!(json["order"][0]["live_from_week"], 4);
    let number = |key: &str| text(&json, key).parse::<f64>().unwrap();
    let net = number("/value_before_set_up") - number("/set_up_cost");
    assert!((net - number("/value")).abs() < 0.02, "{json:#}");
    // One week pays nothing back, and is one week.
    let ran = run(&folder, "next --roll-out --owner-hours 10 --weeks 1").exits(0);
    assert!(
        ran.out.starts_with("Within 1 week no set-up is paid back"),
        "{}",
        ran.out
    );
    assert_eq!(json["weeks"].as_array().unwrap().len(), 12);
    run(&folder, "next --roll-out --owner-hours 0").refused(5, "next.roll_out");
    run(&folder, "next --roll-out --owner-hours nan").refused(5, "next.roll_out");
    run(&folder, "next --owner-hours 3").refused(2, "usage.missing");
}

#[test]
fn not_now_never_and_open_again() {
    let folder = desk();
    let ran = folder
        .run(&["next", "--not-now", "inbox", "--why", "busy until May"])
        .exits(0);
    assert!(ran.err.contains("Inbox is put off until"), "{}", ran.err);
    assert!(
        ran.out.contains("1 activity left out: 1 put off."),
        "{}",
        ran.out
    );
    let json = run(&folder, "next --json").exits(0).json();
    assert_eq!(text(&json, "/left_out/0/why"), "busy until May");
    assert_eq!(
        json["left_out"][0]["first_year_gain"],
        json["left_out"][0]["first_year_gain_then"]
    );
    run(&folder, "next --never inbox").refused(2, "usage.missing");
    run(&folder, "next --not-now inbox").refused(2, "usage.missing");
    folder
        .run(&["next", "--not-now", "inbox", "--why", " "])
        .refused(5, "judgement.reason");
    run(&folder, "next --never inbox --why trust").exits(0);
    let json = run(&folder, "next --json").exits(0).json();
    assert_eq!(text(&json, "/left_out/0/judgement"), "never");
    run(&folder, "next --open inbox").exits(0);
    let json = run(&folder, "next --json").exits(0).json();
    assert_eq!(json["left_out"], serde_json::json!([]));
    run(&folder, "next --not-now nothing --why busy").refused(3, "desk.activity");
    run(&folder, "next --why busy").refused(2, "usage.missing");
    run(&folder, "next --open inbox --why busy").refused(2, "usage.conflict");
    run(&folder, "next --not-now inbox --never inbox --why x").refused(2, "usage.conflict");
}

/// The web app had a plan of the desk, the command line none.
#[test]
fn a_plan_of_the_desk_without_a_file() {
    let folder = desk();
    let json = run(&folder, "plan --json").exits(0).json();
    assert_eq!(text(&json, "/status"), "optimal");
    assert_eq!(text(&json, "/choices/0/person"), "a freelancer");
    let none = run(&folder, "plan --json --owner-hours 0").exits(0).json();
    assert_eq!(none["choices"], serde_json::json!([]));
    folder.file("problem.json", r#"{"people": [], "activities": []}"#);
    let ran = run(&folder, "plan problem.json --owner-hours 4").exits(2);
    assert!(ran.err.contains("plan.limits"), "{}", ran.err);
    run(&folder, "plan --cash-per-week NaN").exits(2);
    // Where nothing is paid back, the hint names what would do, and not fewer weeks.
    let ran = run(&folder, "next --roll-out --weeks 52 --owner-hours 0.1").exits(0);
    assert!(!ran.out.contains("--weeks 26"), "{}", ran.out);
}
