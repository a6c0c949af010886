//! Nothing is lost and nothing counts twice: activities, sources and the summary agree.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Folder, activity, number, quarter};

fn total(report: &Value, list: &str, key: &str) -> f64 {
    let items = report[list].as_array().unwrap();
    items.iter().map(|item| item[key].as_f64().unwrap()).sum()
}

/// Hours and entries of activities, sources and the summary are the same.
#[track_caller]
pub fn agree(report: &Value, name: &str) {
    let hours = number(report, "/summary/hours");
    for list in ["activities", "sources"] {
        let sum = total(report, list, "hours");
        assert!((sum - hours).abs() < 1e-9, "{name}: {list} {sum} / {hours}");
    }
    let entries = |list| total(report, list, "entries");
    assert!(
        (entries("activities") - entries("sources")).abs() < 0.5,
        "{name}"
    );
    let mix: f64 = report["summary"]["mix"]
        .as_object()
        .unwrap()
        .values()
        .map(|hours| hours.as_f64().unwrap())
        .sum();
    assert!((mix - hours).abs() < 1e-9, "{name}: mix {mix}");
    for source in report["sources"].as_array().unwrap() {
        let (rows, skipped) = (number(source, "/rows"), number(source, "/skipped"));
        assert!(skipped <= rows, "{name}: {skipped} of {rows}");
    }
    for (part, whole) in [("gap_per_year", "gap"), ("value_per_year", "value")] {
        let below: f64 = report["activities"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|activity| activity["below_worth"] == true)
            .map(|activity| activity[part].as_str().unwrap().parse::<f64>().unwrap())
            .sum();
        let sum: f64 = report["summary"][whole].as_str().unwrap().parse().unwrap();
        let count = u32::try_from(report["activities"].as_array().unwrap().len()).unwrap();
        // Each figure is rounded to the cent by itself.
        assert!(
            (below - sum).abs() < 0.006 * f64::from(count + 1),
            "{name}: {below} / {sum}"
        );
    }
}

#[test]
fn every_sample() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../offdesk-import/samples");
    let folder = Folder::new();
    let (mut read, mut refused) = (0, 0);
    for kind in fs::read_dir(&samples).unwrap() {
        for file in fs::read_dir(kind.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path
                .extension()
                .is_some_and(|extension| extension == "args")
            {
                continue;
            }
            let name = path.display().to_string();
            let mut args: Vec<String> = ["audit", &name, "--rate", "75", "--json"]
                .map(str::to_owned)
                .to_vec();
            args.extend(["--as-of", "2026-11-23"].map(str::to_owned));
            let options = fs::read_to_string(format!("{name}.args")).unwrap_or_default();
            for option in options.split_whitespace() {
                let (key, value) = option.split_once('=').unwrap();
                let key = if key == "order" { "date-order" } else { key };
                args.extend([format!("--{key}"), value.to_owned()]);
            }
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let ran = folder.run(&args);
            match ran.code {
                0 | 6 => {
                    agree(&ran.json(), &name);
                    read += 1;
                }
                3 | 5 => {
                    assert!(ran.err.contains("  code: "), "{name}: {}", ran.err);
                    assert_eq!(ran.out, "", "{name}");
                    refused += 1;
                }
                code => panic!("{name}: {code}: {}", ran.err),
            }
            let text: Vec<&str> = args
                .iter()
                .copied()
                .filter(|arg| *arg != "--json")
                .collect();
            for line in folder.run(&text).out.lines() {
                assert!(line.chars().count() <= 80, "{name}: {line}");
            }
        }
    }
    assert!(read >= 90 && refused >= 4, "{read} read, {refused} refused");
}

#[test]
fn the_same_file_twice_counts_once() {
    let folder = Folder::new();
    folder.file("a.csv", quarter());
    folder.file("copy.csv", quarter());
    let once = folder
        .run(&["audit", "a.csv", "--rate", "75", "--json"])
        .json();
    for second in ["a.csv", "copy.csv"] {
        let twice = folder
            .run(&["audit", "a.csv", second, "--rate", "75", "--json"])
            .exits(0)
            .json();
        agree(&twice, second);
        assert_eq!(once["summary"], twice["summary"], "{second}");
        assert_eq!(once["activities"], twice["activities"], "{second}");
        assert_eq!(twice["sources"][1]["entries"], 0);
        assert_eq!(
            twice["sources"][1]["warnings"][0]["code"],
            "import.duplicate_file"
        );
    }
}

#[test]
fn equal_rows_of_one_file_all_count() {
    let folder = Folder::new();
    folder.file(
        "a.csv",
        "Date,Description,Hours\n2026-01-05,Call,1\n2026-01-05,Call,1\n",
    );
    let json = folder
        .run(&["audit", "a.csv", "--rate", "75", "--json"])
        .json();
    assert_eq!(json["sources"][0]["entries"], 2);
    assert!((number(&json, "/summary/hours") - 2.0).abs() < 1e-9);
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//halden//test//EN\r\n\
BEGIN:VEVENT\r\nUID:1@halden.test\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260105T090000Z\r\n\
DTEND:20260105T110000Z\r\nSUMMARY:Inbox\r\nEND:VEVENT\r\n\
BEGIN:VEVENT\r\nUID:2@halden.test\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260106T090000Z\r\n\
DTEND:20260106T100000Z\r\nSUMMARY:Planning\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn a_calendar_beside_a_tracker_counts_once() {
    let folder = Folder::new();
    folder.file("c.ics", CALENDAR);
    folder.file(
        "t.csv",
        "Date,Start,End,Description\n2026-01-05,09:00,11:00,Inbox\n2026-01-07,09:00,11:00,Inbox\n",
    );
    for files in [["t.csv", "c.ics"], ["c.ics", "t.csv"]] {
        let args = [
            &["audit"][..],
            &files,
            &["--rate", "75", "--tz", "UTC", "--json"],
        ]
        .concat();
        let json = folder.run(&args).exits(0).json();
        agree(&json, files[0]);
        assert!(
            (number(&json, "/summary/hours") - 5.0).abs() < 1e-9,
            "{files:?}: {json:#}"
        );
        assert!((number(&json, "/summary/mix/measured") - 4.0).abs() < 1e-9);
        assert!((number(&json, "/summary/mix/implied") - 1.0).abs() < 1e-9);
        assert_eq!(activity(&json, "Inbox")["entries"], 2);
        assert_eq!(activity(&json, "Planning")["entries"], 1);
    }
}

const SUMMARY: &str = "Project,Client,Description,Duration\nHalden,Halden,Inbox,10:00:00\n";

#[test]
fn totals_count_once_and_say_which_days_they_cover() {
    let folder = Folder::new();
    let summary = "x_summary_report_2026-01-05_2026-01-30.csv";
    folder.file(summary, SUMMARY);
    let alone = folder
        .run(&["audit", summary, "--rate", "75", "--json"])
        .exits(0)
        .json();
    assert!(
        (number(&alone, "/period/weeks") - 26.0 / 7.0 - 2.0 / 7.0).abs() < 1e-9,
        "{alone}"
    );
    assert!(
        (number(&alone, "/activities/0/hours_per_week") - 2.5).abs() < 1e-9,
        "{alone}"
    );

    folder.file(
        "detail.csv",
        "date,hours,notes\n2026-01-12,2,Inbox\n2026-01-13,3,Invoicing\n",
    );
    let both = folder
        .run(&["audit", summary, "detail.csv", "--rate", "75", "--json"])
        .exits(0)
        .json();
    agree(&both, "totals beside entries");
    assert!(
        (number(&both, "/summary/hours") - 5.0).abs() < 1e-9,
        "{both}"
    );
    assert!((number(&both, "/sources/0/hours")).abs() < 1e-9, "{both}");

    folder.file("summary.csv", SUMMARY);
    folder
        .run(&["audit", "summary.csv", "--rate", "75"])
        .refused(5, "import.no_period");
    let asked = [
        "audit",
        "summary.csv",
        "--rate",
        "75",
        "--from",
        "2026-01-05",
        "--to",
        "2026-01-30",
        "--json",
    ];
    assert_eq!(
        folder.run(&asked).exits(0).json()["period"]["from"],
        "2026-01-05"
    );
}

#[test]
fn hours_from_memory_count_only_alone() {
    let folder = Folder::new();
    folder.file(
        "memory.csv",
        "activity,hours per week\nInbox,5\nInvoicing,2\n",
    );
    let alone = folder
        .run(&["audit", "memory.csv", "--rate", "75", "--json"])
        .exits(0)
        .json();
    assert!(
        (number(&alone, "/summary/hours_below_per_week") - 7.0).abs() < 1e-9,
        "{alone}"
    );
    assert_eq!(alone["sources"][0]["kind"], "remembered");

    folder.file("detail.csv", "date,hours,notes\n2026-01-12,2,Inbox\n");
    let both = folder
        .run(&[
            "audit",
            "memory.csv",
            "detail.csv",
            "--rate",
            "75",
            "--json",
        ])
        .exits(0)
        .json();
    agree(&both, "memory beside entries");
    assert!(
        (number(&both, "/summary/hours") - 2.0).abs() < 1e-9,
        "{both}"
    );
}

#[test]
fn an_activity_is_kept_by_its_name_alone() {
    let folder = Folder::new();
    folder.file(
        "detail.csv",
        "date,hours,notes\n2026-01-12,2,Inbox\n2026-01-12,2,Invoicing\n",
    );
    folder.file(
        "rules.toml",
        "[[rule]]\nactivity = \"inbox\"\nmine = true\n",
    );
    let report = folder
        .run(&[
            "audit",
            "detail.csv",
            "--rate",
            "75",
            "--rules",
            "rules.toml",
            "--json",
        ])
        .exits(0)
        .json();
    assert_eq!(activity(&report, "Inbox")["verdict"], "keep");
    assert_eq!(activity(&report, "Inbox")["reason"], "mine");
    assert_eq!(activity(&report, "Invoicing")["verdict"], "delegate");
}
