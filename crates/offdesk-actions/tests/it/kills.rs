//! A process that imports and edits is killed at moments chosen by chance: nothing acknowledged is lost, no half import is seen.

mod edits;
mod handed;

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use offdesk_actions::actor::Actor;
use offdesk_actions::imports::{Choices, clear_cut_off, import_file, undo_source};
use offdesk_actions::remembered::log_time;
use offdesk_actions::store::{Address, Store, StoreError};
use offdesk_actions::upkeep::verify;
use offdesk_actions::{Error, Moment, accounts};
use offdesk_import::Input;

use crate::stores::{address_of, each_address, moment, owner};

/// Where a child finds what it is to do: the address of its store and its number.
const TASK: &str = "OFFDESK_TEST_KILLED";
/// Whether a child says that something is done before it is.
const HURRIES: &str = "OFFDESK_TEST_HURRIES";
/// How often a child is killed.
const KILLS: &str = "OFFDESK_TEST_KILLS";
const KILLS_IN_CI: u64 = 20;
/// Rows of each imported file.
const ROWS: u64 = 400;

#[expect(
    clippy::disallowed_methods,
    reason = "how the tests are told what to do"
)]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Bytes that no other child has.
fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).unwrap();
}

fn now(number: u64) -> Moment {
    let noon = moment(0).now.as_second();
    Moment {
        now: Timestamp::from_second(noon + i64::try_from(number).unwrap()).unwrap(),
        random,
    }
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let kills = variable(KILLS).map_or(KILLS_IN_CI, |kills| kills.parse().unwrap());
    each_address("kills", |address| {
        owner(&Store::open(address).unwrap());
        let mut told: HashSet<String> = HashSet::new();
        for round in 0..kills {
            told.extend(kill_one(address, round, Honesty::Waits));
            let store = Store::open(address).unwrap();
            let verified = verify(&store).unwrap();
            assert!(verified.is_clean(), "round {round}: {verified:?}");
            let there = everything(&store);
            let lost: Vec<&String> = told.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?}");
        }
        assert!(told.len() > usize::try_from(kills).unwrap(), "{told:?}");
        assert!(told.iter().any(|line| line.starts_with("file ")));
        let store = Store::open(address).unwrap();
        clear_cut_off(&store, i64::MAX).unwrap();
        let verified = verify(&store).unwrap();
        assert!(verified.is_clean());
        // What was being put away when the process was killed is put away at the next start.
        assert_eq!(verified.leftovers, 0);
    });
}

/// The rig itself: a child that says a thing is done before the store has answered is found out.
#[test]
fn what_is_acknowledged_too_early_is_found_out() {
    each_address("kills_planted", |address| {
        owner(&Store::open(address).unwrap());
        let mut told: HashSet<String> = HashSet::new();
        let is_found = (0..100).any(|round| {
            told.extend(kill_one(address, round, Honesty::Hurries));
            let there = everything(&Store::open(address).unwrap());
            !told.is_subset(&there)
        });
        assert!(is_found, "{} lines were told", told.len());
    });
}

/// When a child says that something is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Honesty {
    /// Once the store has answered.
    Waits,
    /// As soon as it has asked: the fault that is planted.
    Hurries,
}

/// Lets a child work for a moment, kills it, and gives what it said was done.
fn kill_one(address: &Address, round: u64, honesty: Honesty) -> Vec<String> {
    kill("kills::child", address, round, honesty)
}

/// The same with the child of a name.
fn kill(name: &str, address: &Address, round: u64, honesty: Honesty) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(TASK, format!("{round} {}", address_of(address)))
        .env(HURRIES, if honesty == Honesty::Hurries { "1" } else { "" })
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).lines().map_while(Result::ok);
        lines
            .filter_map(|line| line.strip_prefix("done ").map(str::to_owned))
            .collect::<Vec<_>>()
    });
    let mut chance = [0; 2];
    random(&mut chance);
    let millis = 50 + u64::from(u16::from_le_bytes(chance)) % 900;
    std::thread::sleep(Duration::from_millis(millis));
    child.kill().unwrap();
    child.wait().unwrap();
    let mut lines = reader.join().unwrap();
    // The last line may be cut; a whole one ends with a full stop.
    lines.retain(|line| line.ends_with('.'));
    lines
}

/// What is in the store, in the words in which a child says that it was done.
fn everything(store: &Store) -> HashSet<String> {
    let found: Result<HashSet<String>, StoreError> = store
        .read(|tx| {
            let mut all: HashSet<String> = tx
                .query(
                    "SELECT e.description FROM entry e JOIN source s ON s.workspace_id = e.workspace_id AND s.id = e.source_id \
                     WHERE s.state = 'published' AND s.format = 'log'",
                    &[],
                    |row| Ok(format!("{}.", row.text(0)?)),
                )?
                .into_iter()
                .collect();
            all.extend(tx.query(
                "SELECT file, state FROM source WHERE format <> 'log' AND entries = ?",
                &[ROWS.into()],
                |row| match row.text(1)?.as_str() {
                    "published" => Ok(format!("file {}.", row.text(0)?)),
                    "undone" => Ok(format!("undo {}.", row.text(0)?)),
                    _ => Ok("half".to_owned()),
                },
            )?);
            // A file that was undone later was imported before.
            let before: Vec<String> = all
                .iter()
                .filter_map(|line| line.strip_prefix("undo "))
                .map(|file| format!("file {file}"))
                .collect();
            all.extend(before);
            Ok(all)
        })
        .wait();
    found.unwrap()
}

/// What a child is to do, where this process is one: its number and the address of its store.
fn task() -> Option<(u64, Address)> {
    let task = variable(TASK)?;
    let (round, address) = task.split_once(' ').unwrap();
    let address = match address.strip_prefix("file:") {
        Some(path) => Address::File(path.into()),
        None => Address::Server(address.to_owned()),
    };
    Some((round.parse().unwrap(), address))
}

/// Not a test of its own: what the killed process does, where it was started for that.
#[test]
fn child() {
    let Some((round, address)) = task() else {
        return;
    };
    let store = Arc::new(Store::open(&address).unwrap());
    let actor: Result<Actor, Error> = store.read(|tx| accounts::actor_here(tx, None, None)).wait();
    let actor = actor.unwrap();
    let hurries = variable(HURRIES).is_some_and(|it| !it.is_empty());
    if !hurries {
        let (other, importer) = (Arc::clone(&store), actor.clone());
        std::thread::spawn(move || {
            for number in 0.. {
                import_one(&other, &importer, round, number);
            }
        });
    }
    for number in 0_u64.. {
        let text = format!("edit {round}x{number}");
        let (line, who) = (format!("1m {text}"), actor.clone());
        let logged = store.write(move |tx| log_time(tx, &who, &line, None, now(round)));
        if hurries {
            say(&text);
        }
        let logged: Result<_, Error> = logged.wait();
        logged.unwrap();
        if !hurries {
            say(&text);
        }
    }
}

/// Imports a file of a week of its own, and takes every third one back.
fn import_one(store: &Arc<Store>, actor: &Actor, round: u64, number: u64) {
    let name = format!("{round}-{number}.csv");
    let first = jiff::civil::date(2010, 1, 1);
    let days = i64::try_from((round * 40 + number % 40) * 4 % 5000).unwrap();
    let day = first.checked_add(jiff::Span::new().days(days)).unwrap();
    let mut text = "Date,Start,End,Description\n".to_owned();
    for row in 0..ROWS {
        let (hour, minute) = (row / 60, row % 60);
        text += &format!(
            "{day},{hour:02}:{minute:02},{hour:02}:{minute:02}:30,work {name} {}\n",
            row % 7
        );
    }
    let mut input = Input::memory(name.clone(), text.into_bytes()).unwrap();
    let done = import_file(store, actor, &mut input, &Choices::default(), now(round)).unwrap();
    say(&format!("file {name}"));
    if number % 3 == 2 {
        undo_source(store, actor, done.source.number, now(round)).unwrap();
        say(&format!("undo {name}"));
    }
}

fn say(what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\ndone {what}.").unwrap();
    out.flush().unwrap();
}
