//! Ctrl-C: an end at once, with exit code 130 and nothing left behind.
#![cfg(unix)]

use std::io::Write as _;
use std::process::{Child, Command, Stdio};

use offdesk_actions::error::Error;
use offdesk_actions::store::{Address, Store};

use crate::program::Folder;

#[test]
fn ctrl_c_while_reading() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["audit", "-", "--rate", "75", "--html", "page.html"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // More than a pipe holds: when it is written, the program is reading.
    let rows = "2026-01-05,Inbox,1\n".repeat(20_000);
    stdin.write_all(rows.as_bytes()).unwrap();
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    // Standard input stays open until the program has ended.
    let status = child.wait().unwrap();
    drop(stdin);
    assert_eq!(status.code(), Some(130));
    assert_eq!(folder.names(), Vec::<String>::new());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.stdout, b"");
}

/// A desk that imports a large file, and is at it.
fn importing() -> (Folder, Child) {
    let folder = crate::desk::desk();
    let mut text = "Date,Start,End,Description\n".to_owned();
    for row in 0..400_000 {
        let (day, hour, minute) = (row % 28 + 1, row % 20, row % 50);
        text += &format!(
            "2026-02-{day:02},{hour:02}:{minute:02},{hour:02}:59,work {}\n",
            row % 400
        );
    }
    folder.file("large.csv", text);
    let mut child = folder
        .command(&["import", "large.csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Once there is that much in the log of the database, entries are being written.
    let log = folder.path().join("data/offdesk.db-wal");
    while std::fs::metadata(&log).map_or(0, |meta| meta.len()) < 1_000_000 {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it has ended too early"
        );
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    (folder, child)
}

#[test]
fn ctrl_c_while_importing_leaves_nothing_behind() {
    let (folder, child) = importing();
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("Nothing of this file was imported."),
        "{said}"
    );
    assert!(said.ends_with("  code: import.cancelled\n"), "{said}");
    let listed = folder.run(&["source", "list", "--json"]).exits(0).json();
    assert_eq!(listed["sources"], serde_json::json!([]));
    let verified = folder.run(&["verify", "--json"]).exits(0).json();
    assert_eq!(verified["leftovers"], 0);
}

/// Only `serve` put away what it left, which somebody at the command line never runs.
#[test]
fn what_an_import_that_was_killed_has_left_is_put_away_by_the_next_command() {
    let (folder, mut child) = importing();
    let leftovers = || {
        let verified = folder.run(&["verify", "--json"]).exits(0).json();
        verified["leftovers"].as_u64().unwrap()
    };
    while leftovers() == 0 {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it has ended too early"
        );
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(leftovers() > 0);
    folder.file("small.csv", "Date,Hours,Description\n2026-02-03,2,inbox\n");
    folder.run(&["import", "small.csv"]).exits(0);
    assert!(leftovers() > 0, "another process may still be at it");
    let store = Store::open(&Address::File(folder.path().join("data/offdesk.db"))).unwrap();
    let aged = store.write(|tx| -> Result<_, Error> {
        Ok(tx.execute(
            "UPDATE source SET created_at = 0 WHERE state = 'reading'",
            &[],
        )?)
    });
    assert_eq!(aged.wait().unwrap(), 1);
    drop(store);
    folder.run(&["source", "undo", "2"]).exits(0);
    assert_eq!(leftovers(), 0);
}
