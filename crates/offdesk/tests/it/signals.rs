//! Ctrl-C: an end at once, with exit code 130 and nothing left behind.
#![cfg(unix)]

use std::io::Write as _;
use std::process::{Command, Stdio};

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
