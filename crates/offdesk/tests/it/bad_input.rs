//! Files that cannot be read, or in part only: exit code, stable code, what to type.

use crate::program::{Folder, Ran, quarter, text};

fn audited(file: &str) -> Ran {
    let folder = Folder::new();
    folder.file("x.csv", file);
    let ran = folder.run(&["audit", "x.csv", "--rate", "75"]);
    assert_eq!(folder.names(), ["x.csv"]);
    ran
}

#[test]
fn no_file_or_not_a_file() {
    let folder = Folder::new();
    let ran = folder.run(&["audit", "nowhere.csv", "--rate", "75"]);
    insta::assert_snapshot!(ran.refused(1, "import.not_found").err, @r"
    error: there is no file nowhere.csv
      check the name and the folder
      Nothing was changed.
      code: import.not_found
    ");
    let ran = folder.run(&["audit", ".", "--rate", "75"]);
    insta::assert_snapshot!(ran.refused(5, "import.directory").err, @r"
    error: . is a folder, not a file
      name the files in it:  ./*.csv
      Nothing was changed.
      code: import.directory
    ");
}

#[test]
fn nothing_in_it() {
    insta::assert_snapshot!(audited("").refused(5, "import.empty").err, @r"
    error: x.csv is empty
      export it again; an interrupted download leaves an empty file
      Nothing was changed.
      code: import.empty
    ");
    let ran = audited("Date,Description,Hours\n").refused(3, "audit.nothing");
    insta::assert_snapshot!(ran.err, @r"
    error: there is no entry to count in this file
      x.csv: table, 0 rows
        line 1: the table has a header, but no rows (import.no_rows)
      Nothing was changed.
      code: audit.nothing
    ");
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_never_guessed() {
    let file = "Date,Description,Hours\n01/02/2026,Inbox,1\n03/04/2026,Mail,2\n";
    let ran = audited(file).refused(5, "import.date_ambiguous");
    assert!(ran.err.contains("--date-order dmy"), "{}", ran.err);
    assert!(ran.err.contains("--date-order mdy"), "{}", ran.err);
    assert!(ran.err.contains("1 Feb 2026"), "{}", ran.err);
    // Nobody is at the keyboard: it does not wait for an answer, whatever is on standard input.
    let folder = Folder::new();
    folder.file("x.csv", file);
    folder
        .run_with(&["audit", "x.csv", "--rate", "75"], "dmy\n")
        .refused(5, "import.date_ambiguous");
    folder
        .run_with(&["audit", "x.csv", "--rate", "75", "--no-input"], "dmy\n")
        .refused(5, "import.date_ambiguous");
}

#[test]
fn all_rows_bad() {
    let file = "Date,Description,Hours\n2026-01-05,Inbox,x\n2026-01-06,Mail,y\n";
    let ran = audited(file).exits(5);
    assert_eq!(ran.out, "");
    assert!(ran.err.contains("  code: import."), "{}", ran.err);
    assert!(ran.err.contains("Nothing was changed."), "{}", ran.err);
    let ran = audited("Date,Description,Hours\nfoo,Inbox,1\nbar,Mail,2\n");
    insta::assert_snapshot!(ran.refused(5, "import.no_date").err, @r#"
    error: no date column found in x.csv
      I read 3 columns; the closest is "Date" (e.g. "foo")
      tell me which one:  offdesk audit x.csv --map date=Date
      Nothing was changed.
      code: import.no_date
    "#);
}

#[test]
fn some_rows_bad() {
    let file = "Date,Description,Hours\n2026-01-05,Inbox,1\n2026-01-06,Inbox,x\nz,Mail,2\n";
    let ran = audited(file).exits(6);
    assert!(ran.out.contains("line 3"), "{}", ran.out);
    assert!(ran.out.contains("line 4"), "{}", ran.out);
    assert_eq!(
        ran.err,
        "warning: 2 rows were not understood and not counted (code: import.partly)\n"
    );
}

#[test]
fn one_file_of_two_bad() {
    let folder = Folder::new();
    folder.file("good.csv", quarter());
    folder.file("bad.csv", "");
    for files in [["good.csv", "bad.csv"], ["bad.csv", "good.csv"]] {
        let args = [&["audit", "--rate", "75", "--json"][..], &files].concat();
        let ran = folder.run(&args).exits(6);
        let json = ran.json();
        assert_eq!(json["sources"].as_array().unwrap().len(), 1);
        assert_eq!(json["failed"].as_array().unwrap().len(), 1);
        assert_eq!(text(&json, "/failed/0/file"), "bad.csv");
        assert_eq!(text(&json, "/failed/0/code"), "import.empty");
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err, @r"
            error: bad.csv is empty
              export it again; an interrupted download leaves an empty file
              The answer is without this file.
              code: import.empty
            ");
        }
    }
}

#[test]
fn garbage_is_refused_without_a_panic() {
    let long = "x".repeat(3 << 20);
    let deep = "[".repeat(1 << 20);
    let many_columns = format!("{}\n", "a,".repeat(5000));
    for (name, bytes) in [
        ("nul.csv", &b"\0\0\0\0\0"[..]),
        ("binary.xlsx", b"PK\x03\x04\xff\xff\xff"),
        (
            "quote.csv",
            b"Date,Description,Hours\n2026-01-05,\"Inbox,1\n",
        ),
        ("cut.ics", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTST"),
        ("page.csv", b"<!DOCTYPE html><html><title>Log in</title>"),
        ("list.json", b"[{\"a\":1,}"),
        ("long.csv", long.as_bytes()),
        ("deep.json", deep.as_bytes()),
        ("columns.csv", many_columns.as_bytes()),
    ] {
        let folder = Folder::new();
        folder.file(name, bytes);
        let ran = folder.run(&["audit", name, "--rate", "75"]);
        assert!(
            ran.code == 5 || ran.code == 3,
            "{name}: {} {}",
            ran.code,
            ran.err
        );
        assert!(ran.err.contains("  code: "), "{name}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
        assert!(ran.err.len() < 4000, "{name}: {}", ran.err.len());
        assert_eq!(ran.out, "", "{name}");
    }
}

#[test]
fn foreign_texts_cannot_disturb_the_terminal() {
    let file = "Date,Description,Hours\n2026-01-05,\u{1b}[31mInbox\u{202e},1\n\
                2026-01-06,Inbox,\u{1b}]0;x\u{7}\n";
    let ran = audited(file);
    for c in ['\u{1b}', '\u{202e}', '\u{7}'] {
        assert!(!ran.out.contains(c) && !ran.err.contains(c), "{ran:?}");
    }
}
