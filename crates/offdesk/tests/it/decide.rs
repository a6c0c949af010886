//! `offdesk decide`: the contract, the words, and cases that are not understood.

use crate::program::Folder;

/// The worked case W02.
pub const CASE: &str = r#"{"value_of_work_hour":75,"value_of_rest_hour":25,"share_redeployed":0.7,"owner_hours":1.5,
"times_per_week":4,"weeks":52,"rate":14,"load":1.07,"first_time_ratio":2,"steady_ratio":1.3,"learning_rate":0.85,
"communication_hours":0.05,"review_hours":0.2,"full_review_times":12,"review_share":0.2,"fault_rate":0.06,
"detection":0.8,"rework_hours":0.5,"explain_hours":0.1,"escape_cost":80,"own_fault_rate":0.03,"blueprint_hours":4,
"onboarding_hours":3,"training_hours":4,"discount_rate":0.1,"leavings_per_year":0.3,"quality_gain":0}"#;

#[test]
fn the_contract() {
    let folder = Folder::new();
    folder.file("case.json", CASE);
    let json = folder
        .run(&["decide", "case.json", "--json"])
        .exits(0)
        .json();
    assert_eq!(json["schema"], "offdesk.decision/1");
    for (key, expected) in [
        ("net_value", 9_961.595_601_897_072),
        ("cash", 6_207.606_998_114_792),
        ("hours_freed", 283.214_24),
        ("price_per_hour_bought_back", 21.918_414_123_932_39),
        ("break_even_times", 12.0),
        ("break_even_week", 3.0),
        ("break_even_hour", 23.033_218_647_724_03),
        ("escaped_faults", 10.022_4),
        ("escaped_faults_if_kept", 6.24),
    ] {
        let found = json[key].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-6, "{key}: {found}");
    }
    assert_eq!(
        (&json["verdict"], &json["reason"]),
        (&"delegate".into(), &"focus".into())
    );
    assert_eq!(json["course"].as_array().unwrap().len(), 53);
    assert!(json["range"].is_null());
    assert_eq!(json["assumed"], serde_json::json!(["cost_each_time"]));
    let piped = folder
        .run_with(&["decide", "-", "--json"], CASE)
        .exits(0)
        .json();
    assert_eq!(piped, json);
}

/// W03, W04 and W05 through the command: the base case with some of it changed.
#[test]
fn the_worked_cases_through_the_command() {
    let folder = Folder::new();
    let with = |changes: &[(&str, serde_json::Value)]| {
        let mut case: serde_json::Value = serde_json::from_str(CASE).unwrap();
        for (key, value) in changes {
            case[*key] = value.clone();
        }
        folder.file("case.json", case.to_string());
        folder
            .run(&["decide", "case.json", "--json"])
            .exits(0)
            .json()
    };
    let near = |json: &serde_json::Value, key: &str, expected: f64| {
        let found = json[key].as_f64().unwrap();
        assert!((found - expected).abs() < 1e-6, "{key}: {found}");
    };
    let simple = with(&[
        ("first_time_ratio", 1.3.into()),
        ("full_review_times", 0.into()),
        ("discount_rate", 0.into()),
        ("leavings_per_year", 0.into()),
    ]);
    for (key, expected) in [
        ("net_value", 10_674.599_168),
        ("cash", 6_150.764_032),
        ("hours_freed", 286.080_32),
        ("price_per_hour_bought_back", 21.500_129_865_626_45),
        ("break_even_hour", 22.686_705_719_568_45),
        ("break_even_times", 9.0),
    ] {
        near(&simple, key, expected);
    }
    let idle = with(&[
        ("share_redeployed", 0.into()),
        ("value_of_rest_hour", 0.into()),
    ]);
    near(&idle, "net_value", -6_206.859_271_630_224);
    assert!(idle["break_even_week"].is_null());
    let ranges = with(&[
        ("value_of_work_hour", serde_json::json!([40, 75, 150])),
        ("share_redeployed", serde_json::json!([0.2, 0.7, 1])),
        ("rate", serde_json::json!([8, 14, 25])),
    ]);
    for (input, low, high) in [
        (
            "value_of_work_hour",
            3_359.476_528_540_091_3,
            24_108.993_616_233_44,
        ),
        (
            "share_redeployed",
            3_224.739_404_594_035,
            14_003.709_320_278_884,
        ),
        ("rate", 12_498.783_007_243_048, 5_310.085_358_762_788),
    ] {
        let all = ranges["tornado"].as_array().unwrap();
        let span = all.iter().find(|span| span["input"] == input).unwrap();
        near(span, "low", low);
        near(span, "high", high);
    }
}

#[test]
fn ranges_and_what_was_assumed() {
    let folder = Folder::new();
    folder.file(
        "case.json",
        r#"{"name": "Inbox", "currency": "USD", "value_of_work_hour": [40, 75, 150], "owner_hours": 1.5,
        "times_per_week": 4, "rate": [8, 14, 25]}"#,
    );
    let json = folder
        .run(&["decide", "case.json", "--json"])
        .exits(0)
        .json();
    let range = &json["range"];
    let figure = |key: &str| range[key].as_f64().unwrap();
    assert!(
        figure("p5") < figure("p50") && figure("p50") < figure("p95"),
        "{range}"
    );
    assert_eq!(json["tornado"][0]["input"], "value_of_work_hour");
    assert_eq!(json["assumed"].as_array().unwrap().len(), 24);
    let number = |key: &str| json[key].as_f64().unwrap();
    assert!((number("opportunity") - number("hours_freed") * number("worth")).abs() < 1e-6);
    let ran = folder.run(&["decide", "case.json"]).exits(0);
    for part in [
        "Hand it off",
        "get back.\n  It pays if",
        " is assumed.\n",
        "  Inbox comes to about $",
        "in 52 weeks, if you use the hours.\n",
        "  if you use the hours:    $",
        "You are square after",
        "Assumed, because nobody said:",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    for line in ran.out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn a_case_without_a_name_is_it() {
    let case = r#"{"name": "", "value_of_work_hour": 75, "owner_hours": 1.5, "times_per_week": 4, "rate": 14}"#;
    let folder = Folder::new();
    folder.file("case.json", case);
    let out = folder.run(&["decide", "case.json"]).exits(0).out;
    assert!(out.contains("\n  It comes to about "), "{out}");
}

#[test]
fn ends_of_ranges_faults_and_a_single_time_in_words() {
    let folder = Folder::new();
    folder.file(
        "case.json",
        r#"{"value_of_work_hour": 75, "share_redeployed": 0.5, "value_of_rest_hour": 20, "owner_hours": 1.5, "times_per_week": 4,
        "rate": [10, 20, 80], "blueprint_hours": 0, "onboarding_hours": 0, "training_hours": 0, "first_time_ratio": 1,
        "steady_ratio": 1, "leavings_per_year": 0, "value_when_done": 1}"#,
    );
    let out = folder.run(&["decide", "case.json"]).exits(0).out;
    // A dearer hour brings less: low stands first all the same.
    let line = out
        .lines()
        .find(|line| line.contains("their price of an hour"))
        .unwrap();
    let ends = line.split_once("hour ").unwrap().1;
    let (low, high) = ends.split_once(" to ").unwrap();
    assert!(!low.contains('-') && high.contains('-'), "{line}");
    for part in [
        "You are square after the first time, in week 1.",
        "and your own faults, which cost about",
        "you say 48.",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[test]
fn cases_that_are_not_understood() {
    let folder = Folder::new();
    for (case, code, said) in [
        ("", "decide.json", "line 1"),
        (
            "{\"rate\": 14,\n \"rats\": 3}",
            "decide.unknown",
            "line 2, column 2",
        ),
        (
            "{\"rate\": 14, \"rate\": 15}",
            "decide.duplicate",
            "stands twice",
        ),
        (
            "{\"value_of_work_hour\": 75}",
            "decide.missing",
            "owner_hours",
        ),
        ("{\"rate\": -3}", "decide.value", "0 to 1000000"),
        ("{\"share_redeployed\": 70}", "decide.value", "0 to 1"),
        ("{\"rate\": 1e300}", "decide.value", "rate is 1e300, and"),
        ("[14]", "decide.json", "this is a list, and an object"),
        ("{\"rats\": 3}", "decide.unknown", "did you mean \"rate\"?"),
        (
            "{\"schema\": \"x\"}",
            "decide.unknown",
            "the keys here are: value_of_work_hour,",
        ),
        (
            "{\"rate\": [25, 14, 8]}",
            "decide.value",
            "[low, likely, high]",
        ),
    ] {
        folder.file("case.json", case);
        let ran = folder.run(&["decide", "case.json"]).refused(5, code);
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    folder
        .run(&["decide", "none.json"])
        .refused(1, "decide.unreadable");
    folder.run(&["decide", "."]).refused(1, "decide.unreadable");
    // A mark of UTF-16, and half a pair of surrogates.
    folder.file("case.json", [0xff, 0xfe, 0x00, 0xd8, 0x31, 0x00]);
    folder
        .run(&["decide", "case.json"])
        .refused(1, "decide.unreadable");
    folder.file("case.json", " ".repeat((1 << 20) + 1));
    folder
        .run(&["decide", "case.json"])
        .refused(1, "decide.unreadable");
}

#[test]
fn a_page_is_written_and_no_other_file_is() {
    let folder = Folder::new();
    folder.file("case.json", CASE);
    let ran = folder
        .run(&["decide", "case.json", "--html", "page.html"])
        .exits(0);
    assert!(ran.err.contains("The page is in page.html."), "{}", ran.err);
    assert!(
        folder
            .text("page.html")
            .contains("You are square after 12 times, in week 3")
    );
    folder
        .run(&["decide", "case.json", "--html", "page.html"])
        .exits(0);
    folder
        .run(&["decide", "case.json", "--html", "case.json"])
        .refused(7, "write.exists");
    assert_eq!(folder.text("case.json"), CASE);
}
