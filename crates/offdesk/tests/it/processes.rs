//! Several desks on one PostgreSQL, one of which is killed; and a PostgreSQL that goes away under a desk: nothing acknowledged is lost,
//! nothing is done twice, and all is well again by itself.

use std::collections::{HashMap, HashSet};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;

use crate::postgresql::{OwnDatabase, OwnServer};
use crate::program::Folder;
use crate::server::{Reply, Served, ask};

/// The program in a folder, on a database.
fn command(folder: &Folder, url: &str, args: &[&str]) -> Command {
    let mut command = folder.command(args);
    command.env("OFFDESK_DATABASE", url);
    command
}

/// A desk on a server, and its folder.
fn desk(url: &str) -> Folder {
    let folder = Folder::new();
    folder.file("password.txt", "three brown foxes\n");
    let args = [
        "setup",
        "--email",
        "noor@example.com",
        "--name",
        "Noor",
        "--password-file",
        "password.txt",
    ];
    assert!(
        command(&folder, url, &args)
            .output()
            .unwrap()
            .status
            .success()
    );
    folder
}

fn serve(folder: &Folder, url: &str) -> Served {
    Served::of(command(folder, url, &["serve", "--listen", "127.0.0.1:0"]))
}

/// Logs a line of its own under a key of its own.
fn log(port: u16, headers: &[String], text: &str) -> std::io::Result<Reply> {
    let key = format!("Idempotency-Key: {}", text.replace(' ', "-"));
    let mut headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    headers.push(&key);
    let body = format!("{{\"line\": \"1m {text}\"}}");
    ask(port, "POST", "/api/v1/log-lines", &headers, &body)
}

/// How often each line is there, page by page.
fn lines(served: &Served, headers: &[String]) -> HashMap<String, usize> {
    let mut all = HashMap::new();
    let mut path = "/api/v1/entries?most=200".to_owned();
    loop {
        let page = served.ask(headers, "GET", &path, "").is(200).json();
        for entry in page["entries"].as_array().unwrap() {
            let text = entry["description"].as_str().unwrap().to_owned();
            *all.entry(text).or_default() += 1;
        }
        match &page["next"] {
            Value::String(next) => path = format!("/api/v1/entries?most=200&before={next}"),
            _ => return all,
        }
    }
}

/// All that was acknowledged is there, and nothing is there twice.
#[track_caller]
fn holds(told: &HashSet<String>, there: &HashMap<String, usize>) {
    let lost: Vec<&String> = told
        .iter()
        .filter(|line| !there.contains_key(*line))
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    let twice: Vec<_> = there.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn one_of_three_desks_on_a_server_is_killed_and_nothing_is_lost() {
    let Some(database) = OwnDatabase::create("three") else {
        return;
    };
    let url = database.url.clone();
    let folder = desk(&url);
    let mut desks: Vec<Served> = (0..3).map(|_| serve(&folder, &url)).collect();
    let ports: Vec<u16> = desks.iter().map(|one| one.port).collect();
    // A session of one counts at all of them.
    let headers = desks[0].sign_in();
    let told = Mutex::new(HashSet::new());
    let (count, by_third) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let (ports, headers, told, count, by_third) =
                (&ports, &headers, &told, &count, &by_third);
            scope.spawn(move || {
                for number in 0..25 {
                    let text = format!("work {writer} by {number}");
                    let mut at = writer;
                    // Where a desk is gone, the next one is asked the same under the same key.
                    loop {
                        at += 1;
                        match log(ports[at % 3], headers, &text) {
                            Ok(reply) if reply.status == 201 => break,
                            Ok(reply) => assert!(matches!(reply.status, 409 | 503), "{reply:?}"),
                            Err(_) => assert_eq!(at % 3, 2, "only the third desk goes away"),
                        }
                    }
                    by_third.fetch_add(usize::from(at % 3 == 2), Ordering::SeqCst);
                    count.fetch_add(1, Ordering::SeqCst);
                    told.lock().unwrap().insert(text);
                }
            });
        }
        while count.load(Ordering::SeqCst) < 50 {
            std::thread::sleep(Duration::from_millis(5));
        }
        desks[2].kill();
    });
    assert!(
        by_third.load(Ordering::SeqCst) > 0,
        "the one that was killed has worked, too"
    );
    let told = told.into_inner().unwrap();
    assert_eq!(told.len(), 150);
    let there = lines(&desks[1], &headers);
    holds(&told, &there);
    assert_eq!(there.len(), 150);
    let verified = command(&folder, &url, &["verify"]).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
    drop(desks);
}

#[test]
fn a_server_that_crashes_and_comes_back_is_found_again() {
    let Some(server) = OwnServer::start() else {
        return;
    };
    let folder = desk(&server.url);
    let served = serve(&folder, &server.url);
    let (headers, port) = (served.sign_in(), served.port);
    let told = Mutex::new(HashSet::new());
    let refused = AtomicUsize::new(0);
    let is_over = Arc::new(AtomicBool::new(false));
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let (headers, told, refused, is_over) = (&headers, &told, &refused, &is_over);
            scope.spawn(move || {
                for number in 0.. {
                    if is_over.load(Ordering::SeqCst) {
                        return;
                    }
                    let text = format!("work {writer} by {number}");
                    // The desk itself stays: every request is answered.
                    let reply = log(port, headers, &text).unwrap();
                    match reply.status {
                        201 => drop(told.lock().unwrap().insert(text)),
                        503 => {
                            assert!(reply.head.contains("retry-after: "), "{reply:?}");
                            refused.fetch_add(1, Ordering::SeqCst);
                            std::thread::sleep(Duration::from_millis(20));
                        }
                        409 => {}
                        _ => panic!("{reply:?}"),
                    }
                }
            });
        }
        std::thread::sleep(Duration::from_millis(700));
        server.crash_and_start();
        // Within five seconds all connections are well again, without a restart of the desk.
        let mut well = 0;
        for _ in 0..100 {
            let ready = ask(port, "GET", "/ready", &[], "").unwrap();
            well = if ready.status == 200 { well + 1 } else { 0 };
            std::thread::sleep(Duration::from_millis(50));
        }
        assert!(well >= 20, "well at the end: {well} times in a row");
        is_over.store(true, Ordering::SeqCst);
    });
    assert!(refused.load(Ordering::SeqCst) > 0, "it was away");
    for number in 0..20 {
        log(port, &headers, &format!("afterwards {number}"))
            .unwrap()
            .is(201);
    }
    let told = told.into_inner().unwrap();
    assert!(told.len() > 20, "{}", told.len());
    holds(&told, &lines(&served, &headers));
    let verified = command(&folder, &server.url, &["verify"]).output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}
