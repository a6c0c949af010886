//! A database of an earlier offdesk: its rows stay, and what is new of them is what it would have been.

use offdesk_store::members::{list_memberships, load_role};
use offdesk_store::sessions::load_signed_in;
use offdesk_store::sign_in_rules::{Limits, list_rules_of};
use offdesk_store::{Address, Store};

use crate::rows::{A, id};
use crate::stores::{Place, read};

/// The steps of the offdesk before sessions ended unused and members could be suspended.
const BEFORE: [&str; 4] = [
    include_str!("../../migrations/0001_desk.sql"),
    include_str!("../../migrations/0002_options.sql"),
    include_str!("../../migrations/0003_accounts.sql"),
    include_str!("../../migrations/0004_blueprints.sql"),
];

const DAY: i64 = 24 * 3600 * 1_000_000;

/// Two accounts, the first with a second factor, each with a session of the first day that would have lasted thirty.
fn old_rows(hex: fn(&str) -> String) -> String {
    let bytes = |digit: &str| hex(&digit.repeat(64));
    let account = |number: u128, totp: &str| {
        format!(
            "INSERT INTO account (id, email, name, password_hash, totp_secret, totp_step, created_at, version) \
             VALUES ({}, '{number}@example.com', 'N', '$argon2id$x', '{totp}', 0, 1, 1);\n",
            hex(&id(number).simple().to_string())
        )
    };
    let session = |digit: &str, number: u128| {
        format!(
            "INSERT INTO session (token_hash, id, account_id, workspace_id, agent, created_at, seen_at, expires_at, is_verified) \
             VALUES ({}, {}, {}, {}, 'b', 0, 0, {}, TRUE);\n",
            bytes(digit),
            hex(&id(number + 10).simple().to_string()),
            hex(&id(number).simple().to_string()),
            hex(&A.simple().to_string()),
            30 * DAY
        )
    };
    let workspace = hex(&A.simple().to_string());
    let mut text = account(1, "ABC") + &account(2, "");
    text += &format!(
        "INSERT INTO workspace (id, name, currency, place, zone, weeks_per_year, is_demo, revision, created_at, version) \
         VALUES ({workspace}, 'W', 'USD', 'US', '', '48', FALSE, 1, 1, 1);\n"
    );
    for number in [1, 2] {
        text += &format!(
            "INSERT INTO member (workspace_id, account_id, role, created_at) VALUES ({workspace}, {}, 'owner', 1);\n",
            hex(&id(number).simple().to_string())
        );
    }
    text + &session("1", 1) + &session("2", 2)
}

fn marks() -> String {
    let steps =
        (1..=BEFORE.len()).map(|step| format!("INSERT INTO migration (step) VALUES ({step});\n"));
    "CREATE TABLE migration (step BIGINT NOT NULL PRIMARY KEY);\n".to_owned()
        + &steps.collect::<String>()
}

fn is_as_it_was(address: &Address) {
    let store = Store::open(address).unwrap();
    let session = |byte: u8, now| read(&store, move |tx| load_signed_in(tx, [byte; 32], now));
    let (with_app, without) = (session(0x11, DAY).unwrap(), session(0x22, DAY).unwrap());
    // Whoever has an app has given its code; of a password nothing more is known.
    assert!(with_app.session.has_factor && !without.session.has_factor);
    for found in [&with_app, &without] {
        assert_eq!(found.role.as_deref(), Some("owner"));
        assert_eq!((found.is_suspended, found.lacks_factor), (false, false));
        assert_eq!(found.session.expires_at, 30 * DAY);
        assert_eq!(found.session.ends_at(), 14 * DAY);
    }
    assert!(session(0x11, 14 * DAY).is_none());
    assert_eq!(
        read(&store, |tx| load_role(tx, A, id(2))).as_deref(),
        Some("owner")
    );
    assert!(!read(&store, |tx| list_memberships(tx, id(1)))[0].is_suspended);
    let rules = read(&store, |tx| list_rules_of(tx, id(1)));
    let limits = Limits {
        idle: rules[0].idle_days * DAY,
        longest: rules[0].session_days * DAY,
    };
    assert_eq!((limits.idle, limits.longest), (14 * DAY, 90 * DAY));
    assert!(!rules[0].needs_factor);
}

#[test]
fn members_and_sessions_of_an_earlier_file_go_on() {
    let place = Place::file();
    let file = rusqlite::Connection::open(place.path()).unwrap();
    for step in BEFORE {
        file.execute_batch(&step.replace("\n);", "\n) WITHOUT ROWID;"))
            .unwrap();
    }
    let rows = old_rows(|hex| format!("x'{hex}'"));
    file.execute_batch(&(marks() + &rows)).unwrap();
    file.close().unwrap();
    is_as_it_was(&place.address);
    // As it was before stays beside it, for the program that made it.
    let kept = format!("desk-before-step-{}.db", BEFORE.len() + 1);
    let kept = place.path().with_file_name(kept);
    let file = rusqlite::Connection::open(&kept).unwrap();
    let last = "SELECT MAX(step) FROM migration";
    let last: i64 = file.query_row(last, [], |row| row.get(0)).unwrap();
    assert_eq!(last, i64::try_from(BEFORE.len()).unwrap());
    let names = || {
        let folder = std::fs::read_dir(place.path().parent().unwrap()).unwrap();
        folder.count()
    };
    let before = names();
    drop(file);
    is_as_it_was(&place.address);
    assert_eq!(names(), before);
}

#[test]
fn members_and_sessions_of_an_earlier_server_go_on() {
    let Some(place) = Place::server("upgrade") else {
        return;
    };
    let Address::Server(url) = &place.address else {
        return;
    };
    let mut server = postgres::Client::connect(url, postgres::NoTls).unwrap();
    for step in BEFORE {
        server
            .batch_execute(&step.replace(" TEXT", " TEXT COLLATE \"C\""))
            .unwrap();
    }
    // An id of a UUID column is written without its kind, bytes with theirs.
    let rows = old_rows(|hex| match hex.len() {
        64 => format!("'\\x{hex}'"),
        _ => format!("'{hex}'"),
    });
    server.batch_execute(&(marks() + &rows)).unwrap();
    drop(server);
    is_as_it_was(&place.address);
}
