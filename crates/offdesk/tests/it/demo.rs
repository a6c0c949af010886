//! `offdesk demo`: the same for the same seed and day, never over somebody's file.

use crate::program::{Folder, number};

const DEMO: [&str; 4] = ["demo", "--as-of", "2026-11-23", "--json"];

#[test]
fn the_same_seed_and_day_give_the_same_bytes() {
    let (first, second, other) = (Folder::new(), Folder::new(), Folder::new());
    let once = first.run(&DEMO).exits(0);
    let again = second.run(&DEMO).exits(0);
    assert_eq!(
        first.text("offdesk-demo.csv"),
        second.text("offdesk-demo.csv")
    );
    assert_eq!(once.out, again.out);
    other.run(&[&DEMO[..], &["--seed", "2"]].concat()).exits(0);
    assert_ne!(
        first.text("offdesk-demo.csv"),
        other.text("offdesk-demo.csv")
    );
    // Its own file it writes over.
    first.run(&DEMO).exits(0);
    assert_eq!(first.names(), ["offdesk-demo.csv"]);
}

#[test]
fn it_is_an_audit_like_any_other() {
    let folder = Folder::new();
    let ran = folder.run(&DEMO).exits(0);
    let json = ran.json();
    crate::sums::agree(&json, "demo");
    assert!(number(&json, "/summary/hours") > 300.0);
    assert!(json["activities"].as_array().unwrap().len() > 5);
    assert!(json["start_with"].is_string());
    assert_eq!(json["worth"]["hour"], "75.00");
    assert_eq!(
        ran.err,
        "An invented owner's quarter is in offdesk-demo.csv.\n"
    );
    let text = folder
        .run(&["demo", "--as-of", "2026-11-23", "--all"])
        .exits(0);
    for line in text.out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let rate = folder.run(&[&DEMO[..], &["--rate", "90"]].concat()).json();
    assert_eq!(rate["worth"]["hour"], "90.00");
}

#[test]
fn a_foreign_file_is_left_alone() {
    let folder = Folder::new();
    for content in ["mine", ""] {
        folder.file("offdesk-demo.csv", content);
        let ran = folder.run(&DEMO).refused(7, "demo.exists");
        assert_eq!(folder.text("offdesk-demo.csv"), content);
        assert!(ran.err.contains("--out other.csv"), "{}", ran.err);
    }
    folder
        .run(&[&DEMO[..], &["--out", "other.csv"]].concat())
        .exits(0);
    assert_eq!(folder.names(), ["offdesk-demo.csv", "other.csv"]);
}

#[test]
fn what_was_written_is_said_when_the_audit_fails() {
    let folder = Folder::new();
    let ran = folder
        .run(&[&DEMO[..], &["--place", "XX"]].concat())
        .refused(2, "audit.place");
    assert_eq!(folder.names(), ["offdesk-demo.csv"]);
    assert!(
        ran.err
            .contains("An invented owner's quarter is in offdesk-demo.csv."),
        "{}",
        ran.err
    );
    assert!(!ran.err.contains("Nothing was changed."), "{}", ran.err);
    folder
        .run(&["demo", "--out", "nowhere/x.csv"])
        .refused(1, "write.failed");
    folder
        .run(&["demo", "--out", "."])
        .refused(1, "write.failed");
}
