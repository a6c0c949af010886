//! `offdesk.audit/1`: every key, its type and its place, and the worked example.

use serde_json::{Value, json};

use crate::program::{Folder, keys, number, quarter, text};

fn example() -> Value {
    let folder = Folder::new();
    folder.file("x.csv", quarter());
    let args = [
        "audit",
        "x.csv",
        "--income",
        "150000",
        "--price",
        "Inbox=13.20..18..24.10",
        "--json",
    ];
    let ran = folder.run(&args).exits(0);
    assert_eq!(ran.err, "");
    ran.json()
}

#[test]
fn the_worked_example() {
    let json = example();
    assert_eq!(
        json["worth"],
        json!({"basis": "wanted", "hour": "75.00", "target": "150.00", "ceiling": "75.00"})
    );
    assert_eq!(
        json["period"],
        json!({"from": "2026-01-05", "to": "2026-03-27", "weeks": 12.0})
    );
    let inbox = &json["activities"][0];
    assert_eq!(text(inbox, "/name"), "Inbox");
    assert_eq!(inbox["entries"], 46);
    assert_eq!(inbox["below_worth"], true);
    for (pointer, value) in [
        ("/hours", 78.0),
        ("/hours_per_week", 6.5),
        ("/hours_per_year", 312.0),
    ] {
        assert!((number(inbox, pointer) - value).abs() < 1e-9, "{pointer}");
    }
    for (pointer, value) in [
        ("/price/place", "US"),
        ("/price/currency", "USD"),
        ("/price/low", "13.20"),
        ("/price/likely", "18.00"),
        ("/price/high", "24.10"),
        ("/value_per_year", "23400.00"),
        ("/price_per_year", "5616.00"),
        ("/gap_per_year", "17784.00"),
        ("/verdict", "delegate"),
        ("/reason", "focus"),
    ] {
        assert_eq!(text(inbox, pointer), value, "{pointer}");
    }
    assert_eq!(text(&json, "/summary/value"), "23400.00");
    assert_eq!(text(&json, "/summary/price"), "5616.00");
    assert_eq!(text(&json, "/summary/gap"), "17784.00");
    assert_eq!(text(&json, "/start_with"), "Inbox");
}

#[test]
fn keys_and_their_order() {
    let json = example();
    assert_eq!(
        keys(&json),
        [
            "schema",
            "currency",
            "worth",
            "period",
            "sources",
            "activities",
            "summary",
            "start_with"
        ]
    );
    assert_eq!(text(&json, "/schema"), "offdesk.audit/1");
    assert_eq!(text(&json, "/currency"), "USD");
    for (pointer, wanted) in [
        ("/worth", "basis hour target ceiling"),
        ("/period", "from to weeks"),
        (
            "/sources/0",
            "file format kind rows entries hours skipped questions warnings",
        ),
        (
            "/activities/0",
            "name entries hours hours_per_week hours_per_year price below_worth value_per_year \
             price_per_year gap_per_year verdict reason",
        ),
        (
            "/activities/0/price",
            "place currency low likely high occupation confidence",
        ),
        (
            "/summary",
            "hours hours_below_per_week hours_below_per_year value price gap",
        ),
    ] {
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        let found = keys(json.pointer(pointer).unwrap());
        // Keys may be added behind those of the contract.
        assert!(found.starts_with(&wanted), "{pointer}: {found:?}");
    }
}

#[test]
fn types() {
    let json = example();
    for pointer in [
        "/period/weeks",
        "/sources/0/hours",
        "/activities/0/hours",
        "/activities/0/hours_per_week",
        "/activities/0/hours_per_year",
        "/activities/0/price/confidence",
        "/summary/hours",
        "/summary/hours_below_per_week",
        "/summary/hours_below_per_year",
    ] {
        assert!(json.pointer(pointer).unwrap().is_f64(), "{pointer}");
    }
    for pointer in [
        "/sources/0/rows",
        "/sources/0/entries",
        "/sources/0/skipped",
        "/activities/0/entries",
    ] {
        assert!(json.pointer(pointer).unwrap().is_u64(), "{pointer}");
    }
    for pointer in [
        "/worth/hour",
        "/worth/target",
        "/worth/ceiling",
        "/activities/0/price/low",
        "/activities/0/price/likely",
        "/activities/0/price/high",
        "/activities/0/value_per_year",
        "/activities/0/price_per_year",
        "/activities/0/gap_per_year",
        "/summary/value",
        "/summary/price",
        "/summary/gap",
    ] {
        let (_, cents) = text(&json, pointer).split_once('.').unwrap();
        assert_eq!(cents.len(), 2, "{pointer}");
    }
    assert!(json["sources"][0]["questions"].is_array());
    assert!(json["sources"][0]["warnings"].is_array());
}

#[test]
fn a_market_price_names_its_occupation() {
    let folder = Folder::new();
    folder.file("x.csv", quarter());
    let json = folder
        .run(&["audit", "x.csv", "--rate", "75", "--json"])
        .exits(0)
        .json();
    let price = &json["activities"][0]["price"];
    let occupation = text(price, "/occupation");
    assert!(
        occupation.len() == 7 && occupation.as_bytes()[2] == b'-',
        "{occupation}"
    );
    let figure = |key: &str| text(price, key).parse::<f64>().unwrap();
    assert!(figure("/low") < figure("/likely") && figure("/likely") < figure("/high"));
    let confidence = number(price, "/confidence");
    assert!(confidence > 0.0 && confidence <= 1.0, "{confidence}");
    // 78 hours in 12 weeks are 312 in a year of 48: the yearly price follows to the cent.
    let yearly: f64 = text(&json, "/activities/0/price_per_year").parse().unwrap();
    assert!((yearly - figure("/likely") * 312.0).abs() < 0.006);
}

#[test]
fn warnings_carry_line_column_and_code() {
    let folder = Folder::new();
    folder.file(
        "x.csv",
        "Date,Description,Hours\n2026-01-05,Inbox,1\n2026-01-06,Inbox,xyz\n",
    );
    let ran = folder
        .run(&["audit", "x.csv", "--rate", "75", "--json"])
        .exits(6);
    let json = ran.json();
    let warning = &json["sources"][0]["warnings"][0];
    assert_eq!(keys(warning), ["line", "column", "code", "message"]);
    assert_eq!(warning["line"], 3);
    assert_eq!(warning["column"], "Hours");
    assert!(text(warning, "/code").starts_with("import."));
    assert!(text(warning, "/message").contains("xyz"));
    assert_eq!(json["sources"][0]["rows"], 2);
    assert_eq!(json["sources"][0]["entries"], 1);
    assert_eq!(json["sources"][0]["skipped"], 1);
}
