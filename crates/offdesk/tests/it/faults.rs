//! A disk that is full or cannot be written, a database that somebody else holds: said clearly, nothing lost, well again by itself.
#![cfg(target_os = "linux")]

use std::process::Command;
use std::sync::mpsc::channel;

use offdesk_actions::store::{Address, Store, StoreError};

use crate::desk::{desk, imported};
use crate::program::Folder;
use crate::server::{Reply, Served};

/// A small disk in a folder; it goes with this.
struct Disk<'f>(&'f Folder);

impl<'f> Disk<'f> {
    /// `None` where this machine lets nobody mount one.
    fn mount(folder: &'f Folder) -> Option<Self> {
        std::fs::create_dir(folder.path().join("disk")).unwrap();
        let disk = Self(folder);
        let mounted = disk.run("mount -t tmpfs -o size=3m tmpfs disk");
        if !mounted {
            eprintln!("SKIPPED the disk of its own: nothing can be mounted here");
        }
        mounted.then_some(disk)
    }

    fn run(&self, line: &str) -> bool {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(self.0.path());
        command.output().unwrap().status.success()
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        self.run("umount -l disk");
    }
}

fn log(served: &Served, headers: &[String], text: &str) -> Reply {
    let body = format!("{{\"line\": \"1m {text}\"}}");
    served.ask(headers, "POST", "/api/v1/log-lines", &body)
}

fn entries(served: &Served, headers: &[String]) -> usize {
    let sources = served
        .ask(headers, "GET", "/api/v1/sources", "")
        .is(200)
        .json();
    let sources = sources["sources"].as_array().unwrap();
    let count = |source: &serde_json::Value| source["entries"].as_u64().unwrap();
    usize::try_from(sources.iter().map(count).sum::<u64>()).unwrap()
}

/// Logs until it is refused, makes room, and logs again.
fn fills_up(folder: &Folder, served: &Served, make_room: impl FnOnce()) {
    let headers = served.sign_in();
    let before = entries(served, &headers);
    let long = "x".repeat(300);
    let mut kept = 0;
    let refused = loop {
        let reply = log(served, &headers, &format!("inbox {long}"));
        if reply.status != 201 {
            break reply;
        }
        kept += 1;
        assert!(kept < 50_000, "the disk is never full");
    };
    assert!(matches!(refused.status, 503 | 507), "{refused:?}");
    assert!(refused.head.contains("retry-after: "), "{refused:?}");
    // What cannot be written can still be read, and is what was acknowledged.
    assert_eq!(entries(served, &headers), before + kept);
    served.ask(&headers, "GET", "/hours", "").is(200);
    make_room();
    log(served, &headers, "inbox").is(201);
    assert_eq!(entries(served, &headers), before + kept + 1);
    assert!(
        folder
            .run(&["verify", "--data-dir", "disk"])
            .exits(0)
            .out
            .contains("Everything holds")
    );
}

#[test]
fn a_full_disk_is_said_and_room_is_enough() {
    let folder = desk();
    imported(&folder);
    let Some(disk) = Disk::mount(&folder) else {
        return;
    };
    assert!(disk.run("cp -r data/. disk/ && head -c 900000 /dev/zero > disk/filler"));
    let served = Served::start(&folder, &["--data-dir", "disk"]);
    fills_up(&folder, &served, || assert!(disk.run("rm disk/filler")));
}

#[test]
fn a_disk_that_cannot_be_written_is_said_at_the_start() {
    let folder = desk();
    imported(&folder);
    let Some(disk) = Disk::mount(&folder) else {
        return;
    };
    assert!(disk.run("cp -r data/. disk/ && mount -o remount,ro disk"));
    let ran = folder.run(&["serve", "--data-dir", "disk"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("disk/offdesk.db cannot be opened"),
        "{}",
        ran.err
    );
    assert!(disk.run("mount -o remount,rw disk"));
    folder.run(&["verify", "--data-dir", "disk"]).exits(0);
}

/// The database that nobody may write any more, not even who has it open, as on a disk that turned read-only after a fault. The index of its
/// log stays as it is: it is memory that the processes share, which such a disk leaves alone.
struct Frozen<'f>(&'f Folder);

impl<'f> Frozen<'f> {
    const FILES: &'static str = "data/offdesk.db data/offdesk.db-wal";

    /// `None` where this machine lets nobody do so.
    fn freeze(folder: &'f Folder) -> Option<Self> {
        let frozen = Self(folder);
        let is_frozen = frozen.run(&format!("chattr +i {}", Self::FILES));
        if !is_frozen {
            eprintln!("SKIPPED the disk that turns read-only: no file can be frozen here");
        }
        is_frozen.then_some(frozen)
    }

    fn run(&self, line: &str) -> bool {
        let mut command = Command::new("sh");
        command.args(["-c", line]).current_dir(self.0.path());
        command.output().unwrap().status.success()
    }
}

impl Drop for Frozen<'_> {
    fn drop(&mut self) {
        self.run(&format!("chattr -i {}", Frozen::FILES));
    }
}

/// Logs one line after the other until one is refused; gives how many were not, and the refusal.
fn logs_until_refused(served: &Served, headers: &[String]) -> Option<(usize, Reply)> {
    let mut replies = (0..50_000).map(|kept| (kept, log(served, headers, "inbox")));
    replies.find(|(_, reply)| reply.status != 201)
}

#[test]
fn a_disk_that_turns_read_only_under_a_server_is_said_and_well_again_by_itself() {
    let folder = desk();
    imported(&folder);
    let served = Served::start(&folder, &[]);
    let headers = served.sign_in();
    if Frozen::freeze(&folder).is_none() {
        return;
    }
    let before = entries(&served, &headers);
    let (frozen, (kept, refused)) = std::thread::scope(|scope| {
        let logging = scope.spawn(|| logs_until_refused(&served, &headers).unwrap());
        std::thread::sleep(std::time::Duration::from_millis(300));
        let frozen = Frozen::freeze(&folder).unwrap();
        (frozen, logging.join().unwrap())
    });
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.head.contains("retry-after: "), "{refused:?}");
    assert!(refused.body.contains("store.read_only"), "{refused:?}");
    // What cannot be written can still be read, and is what was acknowledged.
    assert_eq!(entries(&served, &headers), before + kept);
    served.ask(&headers, "GET", "/hours", "").is(200);
    log(&served, &headers, "inbox").is(503);
    drop(frozen);
    log(&served, &headers, "inbox").is(201);
    assert_eq!(entries(&served, &headers), before + kept + 1);
    let verified = folder.run(&["verify"]).exits(0);
    assert!(verified.out.contains("Everything holds"));
}

#[test]
fn a_database_that_somebody_holds_is_read_and_soon_written_again() {
    let folder = desk();
    imported(&folder);
    let served = Served::start(&folder, &[]);
    let headers = served.sign_in();
    let before = entries(&served, &headers);
    let other = Store::open(&Address::File(folder.path().join("data/offdesk.db"))).unwrap();
    let (let_go, hold) = channel::<()>();
    let (is_held, held) = channel();
    let holding = other.write(move |_| {
        is_held.send(()).map_err(|_| StoreError::Busy)?;
        hold.recv().map_err(|_| StoreError::Busy)
    });
    held.recv().unwrap();
    let refused = log(&served, &headers, "inbox");
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.head.contains("retry-after: "), "{refused:?}");
    assert!(refused.body.contains("store.busy"), "{refused:?}");
    assert_eq!(entries(&served, &headers), before);
    let_go.send(()).unwrap();
    holding.wait().unwrap();
    log(&served, &headers, "inbox").is(201);
    assert_eq!(entries(&served, &headers), before + 1);
}
