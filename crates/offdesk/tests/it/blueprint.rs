//! Blueprints from the command line: begun, linted, edited, published, found, in and out.

use std::fs;

use crate::desk::desk;
use crate::program::{Folder, Ran, quarter, text};

const WHOLE: &str = include_str!("../../../offdesk-actions/src/example/inbox.md");

fn run(folder: &Folder, line: &[&str]) -> Ran {
    let mut words = vec!["blueprint"];
    words.extend(line);
    folder.run(&words)
}

/// Words tell only so much: whoever reads a part that is written may say that it is there.
#[test]
fn the_gate_is_passed_knowingly() {
    let folder = desk();
    let stops = "- A customer wants money back: refund up to 50 USD, ask above.\n- Somebody mentions a lawyer, a contract or the press.\n";
    let limit = "- Einen Zwanziger gibst du selbst zurück, mehr nicht.\n";
    assert!(WHOLE.contains(stops));
    folder.file("doubtful.md", WHOLE.replace(stops, limit));
    run(&folder, &["import", "doubtful.md"]).exits(0);
    let line = ["publish", "Inbox triage", "--untested"];
    let refused = run(&folder, &line).refused(7, "blueprint.incomplete");
    assert!(refused.err.contains("--as-written"), "{}", refused.err);
    let lint = run(&folder, &["lint", "doubtful.md", "--json"]).exits(1);
    let part = lint.json()["parts"][5].clone();
    assert_eq!(
        (&part["there"], &part["written"]),
        (&false.into(), &true.into())
    );
    let knowingly = [&line[..], &["--as-written"]].concat();
    run(&folder, &knowingly).exits(0);
    // What is not written at all is not there.
    folder.file("bare.md", WHOLE.replace(stops, "").replace("Inbox", "Bare"));
    run(&folder, &["import", "bare.md"]).exits(0);
    let line = ["publish", "Bare triage", "--untested", "--as-written"];
    let refused = run(&folder, &line).refused(7, "blueprint.incomplete");
    assert!(!refused.err.contains("--as-written"), "{}", refused.err);
}

#[test]
fn a_file_is_linted_without_a_desk() {
    let folder = Folder::new();
    folder.file("inbox.md", WHOLE);
    let whole = run(&folder, &["lint", "inbox.md"]).exits(0);
    assert!(
        whole.out.starts_with("inbox.md: 7 of 7 parts are there\n"),
        "{}",
        whole.out
    );
    folder.file("half.md", "# Half\n\n## Steps\n\n1. Reply as needed.\n");
    let half = run(&folder, &["lint", "half.md", "inbox.md"]).exits(1);
    assert!(
        half.out
            .contains("half.md: 0 of 7 parts are there\n  missing  G1 Outcome: nothing says"),
        "{}",
        half.out
    );
    assert!(
        half.out.contains("hint     L3 \"as needed\" in the step"),
        "{}",
        half.out
    );
    let json = run(&folder, &["lint", "half.md", "--json"]).exits(1).json();
    assert_eq!(text(&json, "/schema"), "offdesk.blueprint/1");
    assert_eq!(
        (&json["parts_there"], &json["id"]),
        (&serde_json::json!(0), &serde_json::Value::Null)
    );
    run(&folder, &["lint", "nothing.md"]).refused(1, "blueprint.file");
    folder.file("bytes.md", "\0\0\0");
    run(&folder, &["lint", "bytes.md"]).refused(5, "import.document");
}

#[test]
fn from_a_title_to_a_published_version() {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    folder.run(&["import", "quarter.csv"]).exits(0);
    run(&folder, &["list"]).exits(0);
    run(&folder, &["new"]).refused(2, "blueprint.title");
    // A name that is mistyped makes no empty draft.
    let unknown = run(&folder, &["new", "Imbox"]).refused(3, "desk.activity");
    assert!(
        unknown.err.contains("did you mean:  \"Inbox\"") && unknown.err.contains("--empty"),
        "{}",
        unknown.err
    );
    run(&folder, &["new", "--empty"]).exits(2);
    let empty = run(&folder, &["new", "Party", "--empty", "--json"])
        .exits(0)
        .json();
    assert_eq!(
        (text(&empty, "/title"), &empty["activity"]),
        ("Party", &serde_json::Value::Null)
    );
    let made = run(&folder, &["new", "inbox", "--json"]).exits(0).json();
    assert_eq!(text(&made, "/title"), "Inbox");
    assert!(
        text(&made, "/text").contains("A draft from 46 entries"),
        "{made}"
    );
    assert!(made["activity"].is_string());
    run(&folder, &["publish", "inbox", "--untested"]).refused(7, "blueprint.incomplete");
    folder.file("inbox.md", WHOLE);
    let saved = run(
        &folder,
        &["edit", "Inbox", "--from", "inbox.md", "--note", "whole"],
    )
    .exits(0);
    assert!(
        saved.out.contains("All 7 parts are there."),
        "{}",
        saved.out
    );
    assert_eq!(run(&folder, &["show", "Inbox triage"]).exits(0).out, WHOLE);
    run(&folder, &["publish", "Inbox triage"]).refused(7, "blueprint.untested");
    let (before, rest) = WHOLE.split_once("## Steps").unwrap();
    let (_, after) = rest.split_once("## Acceptance").unwrap();
    let stepless = format!("{before}## Acceptance{after}");
    folder.file("stepless.md", stepless);
    run(&folder, &["edit", "Inbox triage", "--from", "stepless.md"]).exits(0);
    run(&folder, &["publish", "Inbox triage", "--untested"]).refused(7, "blueprint.stepless");
    run(&folder, &["edit", "Inbox triage", "--from", "inbox.md"]).exits(0);
    let done = run(
        &folder,
        &[
            "publish",
            "Inbox triage",
            "--tested-by",
            "Ana",
            "--questions",
            "2",
        ],
    )
    .exits(0);
    assert!(
        done.out.starts_with("Version 1 is published: Inbox triage"),
        "{}",
        done.out
    );
    run(&folder, &["publish", "Inbox triage", "--untested"]).refused(7, "blueprint.no_draft");
    let list = run(&folder, &["list"]).exits(0);
    assert!(
        list.out.contains("Inbox triage  7 of 7  version 1\n"),
        "{}",
        list.out
    );
    run(&folder, &["search", "templates", "msages"]).exits(0);
    run(&folder, &["search", "zebra"]).refused(3, "blueprint.nothing");
    run(&folder, &["show", "zebra"]).refused(3, "not_found");
    let near = run(&folder, &["show", "inbox"]).refused(3, "not_found");
    assert!(near.err.contains("\"Inbox triage\""), "{}", near.err);
    run(&folder, &["edit", "Inbox triage"]).refused(1, "blueprint.editor");
    folder.run(&["verify"]).exits(0);
}

#[test]
fn a_folder_goes_in_and_comes_out_the_same() {
    let folder = desk();
    fs::create_dir_all(folder.path().join("notes/deep")).unwrap();
    folder.file("notes/inbox.md", WHOLE);
    folder.file(
        "notes/deep/two.txt",
        "Month end\nclose the book\nsend the list",
    );
    folder.file("notes/photo.png", "x");
    folder.file("notes/deep/empty.md", "");
    let dry = run(&folder, &["import", "notes", "--dry-run"]).exits(0).out;
    assert!(
        dry.contains("Would bring in 2 drafts. Nothing was changed."),
        "{dry}"
    );
    assert!(dry.contains("left out      notes/photo.png"), "{dry}");
    assert!(
        dry.contains("left out      notes/deep/empty.md: it is empty"),
        "{dry}"
    );
    assert!(
        run(&folder, &["list"])
            .exits(0)
            .out
            .starts_with("Nothing is written down yet.")
    );
    let brought = run(&folder, &["import", "notes", "--json"]).exits(0).json();
    let import = text(&brought, "/import").to_owned();
    run(&folder, &["export", "--to", "out"]).exits(0);
    assert_eq!(
        fs::read_to_string(folder.path().join("out/inbox-triage.md")).unwrap(),
        WHOLE
    );
    assert!(folder.path().join("out/month-end.md").is_file());
    // Our own form is written over; anything else is not.
    run(&folder, &["export", "--to", "out"]).exits(0);
    folder.file("out/month-end.md", "mine");
    run(&folder, &["export", "--to", "out"]).refused(7, "write.exists");
    run(&folder, &["export", "--zip", "all.zip"]).exits(0);
    run(&folder, &["export", "--zip", "all.zip"]).refused(7, "write.exists");
    run(&folder, &["export", "Inbox triage", "--html", "inbox.html"]).exits(0);
    let page = fs::read_to_string(folder.path().join("inbox.html")).unwrap();
    assert!(
        page.contains("<h2>Stop and ask if</h2>") && !page.contains("<script"),
        "{page}"
    );
    run(&folder, &["import", "--undo", &import]).exits(0);
    run(&folder, &["import", "--undo", &import]).refused(3, "not_found");
    run(&folder, &["import", "all.zip"]).exits(0);
    run(&folder, &["export", "--zip", "again.zip"]).exits(0);
    assert_eq!(
        fs::read(folder.path().join("all.zip")).unwrap(),
        fs::read(folder.path().join("again.zip")).unwrap()
    );
    run(&folder, &["import", "notes/photo.png"]).exits(0);
    run(&folder, &["import", "nothing"]).refused(1, "blueprint.file");
}

#[test]
fn the_same_file_is_brought_in_once() {
    let folder = desk();
    folder.file("inbox.md", WHOLE);
    run(&folder, &["import", "inbox.md"]).exits(0);
    let again = run(&folder, &["import", "inbox.md"]).exits(0);
    assert!(
        again
            .out
            .ends_with("  Brought in: nothing new.\n  There already, as they are: 1.\n"),
        "{}",
        again.out
    );
    folder.file("inbox.md", format!("{WHOLE}\n## Pitfalls\n\nSpam.\n"));
    let line = ["import", "inbox.md"];
    let asked = run(&folder, &line).refused(7, "blueprint.there");
    assert!(asked.err.contains("--same-title draft"), "{}", asked.err);
    let line = ["import", "inbox.md", "--same-title", "draft", "--json"];
    let json = run(&folder, &line).exits(0).json();
    assert_eq!(json["drafted"].as_array().map(Vec::len), Some(1));
    assert!(json["import"].is_null(), "{json}");
    run(&folder, &["show", "Inbox triage"]).exits(0);
}

#[test]
fn files_are_attached_go_out_with_the_blueprint_and_come_back() {
    let folder = desk();
    folder.file("inbox.md", WHOLE);
    folder.file("prices.csv", "a,b\n");
    folder.file("form.txt", "form");
    run(&folder, &["import", "inbox.md"]).exits(0);
    let attached = run(
        &folder,
        &["attach", "Inbox triage", "prices.csv", "form.txt"],
    )
    .exits(0);
    assert_eq!(
        attached.out,
        "Attached: 2 files. Version 1 is a draft with 2 attachments.\n"
    );
    run(&folder, &["attach", "Inbox triage", "nothing.txt"]).refused(1, "blueprint.file");
    let missing = run(&folder, &["detach", "Inbox triage", "prices"]).refused(3, "not_found");
    assert!(
        missing.err.contains("form.txt, prices.csv"),
        "{}",
        missing.err
    );
    run(&folder, &["detach", "Inbox triage", "form.txt"]).exits(0);
    run(&folder, &["export", "--to", "out"]).exits(0);
    let out = folder.path().join("out/inbox-triage/prices.csv");
    assert_eq!(fs::read_to_string(&out).unwrap(), "a,b\n");
    run(&folder, &["export", "--to", "out"]).exits(0);
    // What is not ours is not written over.
    fs::write(&out, "mine").unwrap();
    run(&folder, &["export", "--to", "out"]).refused(7, "write.exists");
    fs::write(&out, "a,b\n").unwrap();
    let dry = run(&folder, &["import", "out", "--dry-run"]).exits(0).out;
    assert!(dry.contains("with it       prices.csv"), "{dry}");
    let brought = run(&folder, &["import", "out", "--json"]).exits(0).json();
    assert_eq!(brought["attachments"], 1);
    folder.run(&["verify"]).exits(0);
}

#[test]
fn versions_are_listed_compared_dropped_and_tested() {
    let folder = desk();
    folder.file(
        "inbox.md",
        include_str!("../../../offdesk-actions/src/example/inbox.md"),
    );
    folder.run(&["blueprint", "import", "inbox.md"]).exits(0);
    let run = |line: &[&str]| folder.run(&[&["blueprint"], line].concat());
    let tested = ["test-run", "Inbox triage", "Ana", "--questions", "2"];
    run(&tested).exits(0);
    run(&["publish", "Inbox triage"]).exits(0);
    run(&["drop", "Inbox triage"]).refused(7, "blueprint.no_draft");
    let shown = run(&["show", "Inbox triage"]).exits(0).out;
    folder.file(
        "other.md",
        shown.replace("Send the answers.", "Send all answers."),
    );
    let line = [
        "edit",
        "Inbox triage",
        "--from",
        "other.md",
        "--note",
        "All of them",
    ];
    run(&line).exits(0);
    let versions = run(&["versions", "Inbox triage"]).exits(0).out;
    let lines: Vec<&str> = versions.lines().collect();
    assert!(
        lines[0].starts_with("  2  a draft, saved ") && lines[0].ends_with(": All of them"),
        "{versions}"
    );
    assert!(lines[1].starts_with("  1  published "), "{versions}");
    let diff = run(&["diff", "Inbox triage"]).exits(0).out;
    assert!(
        diff.contains("    - 6. Send the answers.\n    + 6. Send all answers.\n"),
        "{diff}"
    );
    run(&["diff", "Inbox triage", "--since", "2"])
        .exits(0)
        .out
        .starts_with("Versions 2 and 2 are the same.");
    run(&["diff", "Inbox triage", "--number", "9"]).refused(3, "not_found");
    run(&["drop", "Inbox triage"]).exits(0);
    let versions = run(&["versions", "Inbox triage", "--json"]).exits(0).json();
    assert_eq!(
        versions["versions"].as_array().map(Vec::len),
        Some(1),
        "{versions}"
    );
    folder.file("second.md", "# Second\n\n## Steps\n\n1. Begin.\n");
    run(&["import", "second.md"]).exits(0);
    let gone = run(&["drop", "Second"]).exits(0);
    assert!(
        gone.out.starts_with("It is dropped as a whole"),
        "{}",
        gone.out
    );
    run(&["show", "Second"]).refused(3, "not_found");
}
