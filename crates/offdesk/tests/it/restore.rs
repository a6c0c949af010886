//! A backup that is brought back when it is needed: the desk was killed, its file is gone or damaged, its log was left.

use std::path::PathBuf;

use serde_json::Value;

use crate::desk::{desk, imported};
use crate::program::{Folder, Ran, text};
use crate::server::Served;

fn run(folder: &Folder, line: &str) -> Ran {
    folder.run(&line.split_whitespace().collect::<Vec<_>>())
}

/// A desk that was backed up as `b.db` while it was served, has had forty lines since, and was killed.
fn killed(folder: &Folder) -> PathBuf {
    imported(folder);
    let mut served = Served::start(folder, &[]);
    let headers = served.sign_in();
    run(folder, "backup b.db").exits(0);
    for number in 0..40 {
        let body = format!("{{\"line\": \"10m later {number}\"}}");
        served
            .ask(&headers, "POST", "/api/v1/log-lines", &body)
            .is(201);
    }
    served.kill();
    let file = folder.path().join("data/offdesk.db");
    let log = folder.path().join("data/offdesk.db-wal");
    assert!(log.metadata().unwrap().len() > 0, "the log was left");
    file
}

fn lines(folder: &Folder) -> usize {
    let listed = run(folder, "log --lines --json").exits(0).json();
    listed["lines"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_log_that_a_lost_desk_has_left_is_not_read_into_what_is_restored() {
    let folder = desk();
    let file = killed(&folder);
    std::fs::remove_file(&file).unwrap();
    let restored = run(&folder, "restore b.db --json").exits(0).json();
    let kept = text(&restored, "/kept").to_owned();
    assert!(kept.ends_with(".db-wal"), "{kept}");
    assert!(std::path::Path::new(&kept).exists());
    assert_eq!(restored["faults"], Value::Array(Vec::new()));
    assert_eq!(lines(&folder), 0, "what was logged after the backup");
    run(&folder, "verify").exits(0);
    run(&folder, "next").exits(0);
}

#[test]
fn a_desk_that_was_killed_is_moved_aside_with_what_is_only_in_its_log() {
    let folder = desk();
    killed(&folder);
    let restored = run(&folder, "restore b.db --force --json").exits(0).json();
    assert_eq!(lines(&folder), 0);
    let kept = text(&restored, "/kept");
    std::fs::create_dir(folder.path().join("before")).unwrap();
    for ending in ["", "-wal"] {
        let from = format!("{kept}{ending}");
        if std::path::Path::new(&from).exists() {
            let to = folder.path().join(format!("before/offdesk.db{ending}"));
            std::fs::copy(from, to).unwrap();
        }
    }
    let listed = run(&folder, "log --lines --json --data-dir before").exits(0);
    assert_eq!(listed.json()["lines"].as_array().map(Vec::len), Some(40));
}

#[test]
fn a_damaged_desk_is_moved_aside_as_it_is() {
    let whole = desk();
    imported(&whole);
    run(&whole, "backup b.db").exits(0);
    let bytes = std::fs::read(whole.path().join("data/offdesk.db")).unwrap();
    let backup = std::fs::read(whole.path().join("b.db")).unwrap();
    let mut bent = bytes.clone();
    for page in [0, 2, 5] {
        bent[page * 4096..(page + 1) * 4096].fill(0x5a);
    }
    let mut later = bytes.clone();
    for page in [1, 3, 4] {
        later[page * 4096..(page + 1) * 4096].fill(0x5a);
    }
    let cut = bytes[..bytes.len() / 3].to_vec();
    let shorter = bytes[..50].to_vec();
    for (name, damaged) in [
        ("first", bent),
        ("later", later),
        ("cut", cut),
        ("short", shorter),
    ] {
        let folder = Folder::new();
        folder.file("b.db", &backup);
        std::fs::create_dir(folder.path().join("data")).unwrap();
        folder.file("data/offdesk.db", &damaged);
        run(&folder, "restore b.db").refused(7, "restore.exists");
        let restored = run(&folder, "restore b.db --force --json").exits(0).json();
        let kept = std::fs::read(text(&restored, "/kept")).unwrap();
        assert_eq!(kept.len(), damaged.len(), "{name}");
        run(&folder, "verify").exits(0);
        run(&folder, "next").exits(0);
    }
}

#[test]
fn a_desk_in_use_is_not_moved_aside() {
    let folder = desk();
    imported(&folder);
    run(&folder, "backup b.db").exits(0);
    let _served = Served::start(&folder, &[]);
    run(&folder, "restore b.db --force").refused(7, "restore.running");
}
