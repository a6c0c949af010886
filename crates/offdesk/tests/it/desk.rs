//! The desk from the command line: set up, brought in, taken back, ranked; kept, checked, moved.

use serde_json::Value;

use crate::postgresql::OwnDatabase;
use crate::program::{Folder, Ran, quarter, text};
use crate::server::Served;

const PASSWORD: &str = "three brown foxes\n";

/// A folder with a desk in it.
pub fn desk() -> Folder {
    let folder = Folder::new();
    folder.file("password.txt", PASSWORD);
    folder
        .run(&[
            "setup",
            "--email",
            "noor@example.com",
            "--name",
            "Noor",
            "--password-file",
            "password.txt",
        ])
        .exits(0);
    folder
}

fn run(folder: &Folder, line: &str) -> Ran {
    folder.run(&line.split_whitespace().collect::<Vec<_>>())
}

/// A quarter of hours in it, and what one is worth.
pub fn imported(folder: &Folder) {
    folder.file("quarter.csv", quarter());
    run(folder, "import quarter.csv").exits(0);
    run(folder, "worth --rate 75 --save").exits(0);
}

#[test]
fn from_nothing_to_what_comes_next() {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    let ran = run(&folder, "import quarter.csv").exits(0);
    assert_eq!(
        ran.out,
        "quarter.csv  table\n\
         \x20            46 entries · 5 Jan – 27 Mar 2026 · 78 h\n\
         \x20            columns: date = Date, hours = Hours, notes = Description\n\
         \x20 Imported 46, skipped 0, possible doubles 0.   Undo:  offdesk source undo 1\n\
         \x20 See them:  offdesk next\n"
    );
    run(&folder, "next").refused(3, "next.worth");
    run(&folder, "worth --rate 75 --save").exits(0);
    let next = run(&folder, "next").exits(0).out;
    assert!(next.starts_with("About $"), "{next}");
    assert!(
        next.contains("a year is below your worth ($75.00/h)."),
        "{next}"
    );
    assert!(next.contains("\n  1  Inbox "), "{next}");
    assert!(next.contains("●"), "{next}");
    assert!(next.ends_with("  Start with 1:  Inbox\n"), "{next}");
    assert!(
        next.lines().all(|line| line.chars().count() <= 80),
        "{next}"
    );
    let json = run(&folder, "next --json").exits(0).json();
    assert_eq!(text(&json, "/schema"), "offdesk.next/1");
    assert_eq!(text(&json, "/start_with"), "Inbox");
    assert_eq!(json["activities"][0]["hours_per_week"], 6.5);
    assert_eq!(text(&json, "/worth/hour"), "75.00");
    // The same files audited without a desk give the same sums.
    let audit = run(&folder, "audit quarter.csv --rate 75 --json").json();
    for key in ["gap_per_year", "value_per_year", "price_per_year"] {
        assert_eq!(json["activities"][0][key], audit["activities"][0][key]);
    }
    let mut listening = folder.command(&["next"]);
    let heard = listening.env("OFFDESK_A11Y", "1").output().unwrap();
    let heard = String::from_utf8(heard.stdout).unwrap();
    assert!(!heard.contains('●') && heard.contains("/4"), "{heard}");
}

#[test]
fn an_import_is_known_again_and_can_be_undone() {
    let folder = desk();
    imported(&folder);
    let before = run(&folder, "next --json").json();
    let again = run(&folder, "import quarter.csv --json").exits(0).json();
    assert_eq!(text(&again, "/files/0/status"), "known");
    assert_eq!(again["undo"], serde_json::json!([]));
    let half: String = quarter()
        .lines()
        .take(20)
        .map(|line| format!("{line}\n"))
        .collect();
    folder.file("half.csv", half);
    let doubled = run(&folder, "import half.csv").exits(0).out;
    assert!(
        doubled.contains("19 entries are in another import, too: counted once"),
        "{doubled}"
    );
    assert!(doubled.contains("possible doubles 19."), "{doubled}");
    let list = run(&folder, "source list --json").exits(0).json();
    assert_eq!(list["sources"].as_array().unwrap().len(), 2);
    assert_eq!(text(&list, "/sources/0/file"), "quarter.csv");
    run(&folder, "source undo 2").exits(0);
    run(&folder, "source undo 2").refused(3, "not_found");
    let after = run(&folder, "next --json").json();
    assert_eq!(after["activities"], before["activities"]);
    run(&folder, "source undo 1").exits(0);
    run(&folder, "next").refused(3, "next.nothing");
    run(&folder, "verify").exits(0);
}

#[test]
fn a_dry_run_says_what_would_come_and_changes_nothing() {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    let ran = run(&folder, "import quarter.csv --dry-run").exits(0).out;
    assert!(
        ran.contains("Inbox") && ran.contains("Nothing was changed."),
        "{ran}"
    );
    let json = run(&folder, "import quarter.csv --dry-run --json").json();
    assert_eq!(text(&json, "/files/0/status"), "read");
    assert_eq!(json["files"][0]["activities"][0]["hours"], 78.0);
    run(&folder, "next").refused(3, "next.nothing");
}

#[test]
fn of_several_files_the_good_ones_come_in() {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    folder.file("bad.csv", "Name,Colour\nx,red\n");
    let ran = run(&folder, "import quarter.csv bad.csv missing.csv --json").exits(6);
    let json = ran.json();
    let states: Vec<&str> = json["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["status"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["imported", "failed", "failed"]);
    assert_eq!(text(&json, "/files/2/error/code"), "import.not_found");
    run(&folder, "import missing.csv").refused(1, "import.not_found");
    let stdin = folder.run_with(&["import", "-"], &quarter().replace("Inbox", "Payroll"));
    assert!(stdin.exits(0).out.starts_with("standard input  "));
}

#[test]
fn a_line_is_logged() {
    let folder = desk();
    let ran = run(&folder, "log 1h30m invoices --day 2026-11-02").exits(0);
    assert_eq!(ran.out, "Logged 1.5 h on 2 Nov 2026: invoices\n");
    let json = folder.run(&["log", "2h inbox", "--json"]).exits(0).json();
    assert_eq!(text(&json, "/schema"), "offdesk.log/1");
    assert_eq!(json["hours"], 2.0);
    run(&folder, "log inbox").refused(5, "log.duration");
    run(&folder, "log 2h").refused(5, "log.text");
    run(&folder, "log 2h inbox --day 1999-01-01").refused(5, "log.day");
}

#[test]
fn typed_lines_are_listed_changed_and_removed() {
    let folder = desk();
    run(&folder, "log 1h30m invoices --day 2026-11-02").exits(0);
    run(&folder, "log 2h inbox --day 2026-11-03").exits(0);
    let lines = run(&folder, "log --lines --json").exits(0).json();
    assert_eq!(text(&lines, "/schema"), "offdesk.log_lines/1");
    assert_eq!(text(&lines, "/lines/0/text"), "inbox");
    let id = text(&lines, "/lines/0/id").to_owned();
    let listed = run(&folder, "log --lines").exits(0).out;
    assert!(listed.contains(&format!("{id}  2026-11-03")), "{listed}");
    let before = format!("log --lines --before 30000.{id}");
    assert_eq!(run(&folder, &before).exits(0).out, listed);
    let none = run(&folder, &format!("log --lines --before 1.{id}")).exits(0);
    assert_eq!(none.out, "No line before that.\n");
    run(&folder, "log --lines --before here").exits(2);
    let changed = run(&folder, &format!("log --change {id} 1h inbox")).exits(0);
    assert_eq!(changed.out, "Changed to 1 h on 3 Nov 2026: inbox\n");
    // All of them are not undone by the way.
    run(&folder, "source undo 1").refused(1, "log.sure");
    let removed = run(&folder, &format!("log --remove {id}")).exits(0);
    assert_eq!(removed.out, "Removed: 1 h on 3 Nov 2026, inbox\n");
    run(&folder, &format!("log --remove {id}")).refused(3, "not_found");
    run(&folder, "source undo 1 --yes").exits(0);
    let none = run(&folder, "log --lines").exits(0).out;
    assert!(none.contains("Nothing was typed in yet."), "{none}");
    run(&folder, "verify").exits(0);
}

#[test]
fn what_is_missing_is_named() {
    let folder = Folder::new();
    for command in [
        "next",
        "log 2h inbox",
        "verify",
        "source list",
        "backup b.db",
    ] {
        run(&folder, command).refused(3, "desk.none");
    }
    assert!(folder.names().is_empty(), "nothing is made by asking");
    folder.file("short.txt", "abc\n");
    let setup = "setup --email noor@example.com --name Noor";
    run(&folder, setup).refused(2, "setup.password");
    run(&folder, &format!("{setup} --password-file short.txt")).refused(5, "password.short");
    let typed = folder.run_with(
        &[
            "setup",
            "--email",
            "a@b.example",
            "--name",
            "A",
            "--password-file",
            "-",
        ],
        PASSWORD,
    );
    typed.exits(0);
    folder.file("password.txt", PASSWORD);
    run(&folder, &format!("{setup} --password-file password.txt")).refused(7, "setup.done");
    run(&folder, "setup").refused(7, "setup.done");
    run(&folder, "next --account x@y.example").refused(3, "account.none");
    run(&folder, "next --workspace Elsewhere").refused(3, "workspace.none");
    run(&folder, "verify --database mysql://x").refused(2, "desk.database");
    run(&folder, "worth --rate 75 --currency EUR --save").refused(7, "worth.currency");
}

#[test]
fn a_new_desk_gives_a_code_for_its_page() {
    let folder = Folder::new();
    let code = run(&folder, "setup").exits(0).out;
    assert_eq!(code.trim().len(), 9, "{code}");
    assert_ne!(run(&folder, "setup").exits(0).out, code);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_the_desk() {
    use std::os::unix::fs::PermissionsExt;
    let folder = desk();
    run(&folder, "backup b.db").exits(0);
    for (name, mode) in [("data", 0o700), ("data/offdesk.db", 0o600), ("b.db", 0o600)] {
        let meta = std::fs::metadata(folder.path().join(name)).unwrap();
        assert_eq!(meta.permissions().mode() & 0o777, mode, "{name}");
    }
}

#[test]
fn a_backup_brings_everything_back() {
    let folder = desk();
    imported(&folder);
    let before = run(&folder, "next --json").json();
    run(&folder, "backup b.db").exits(0);
    run(&folder, "backup b.db").refused(7, "backup.exists");
    run(&folder, "source undo 1").exits(0);
    run(&folder, "restore b.db").refused(7, "restore.exists");
    run(&folder, "next").refused(3, "next.nothing");
    run(&folder, "restore b.db --data-dir other").exits(0);
    assert_eq!(run(&folder, "next --json --data-dir other").json(), before);
    let forced = run(&folder, "restore b.db --force --json").exits(0).json();
    assert!(std::path::Path::new(text(&forced, "/kept")).exists());
    assert_eq!(run(&folder, "next --json").json(), before);
    let bytes = std::fs::read(folder.path().join("b.db")).unwrap();
    folder.file("cut.db", &bytes[..bytes.len() / 2]);
    run(&folder, "restore cut.db --data-dir third").refused(5, "restore.damaged");
    run(&folder, "restore quarter.csv --data-dir third").refused(5, "restore.damaged");
    run(&folder, "restore none.db --data-dir third").refused(3, "restore.not_found");
    assert!(!folder.path().join("third/offdesk.db").exists());
    run(&folder, "restore b.db --dry-run").exits(0);
    let left: Vec<String> = folder.names();
    assert!(left.iter().all(|name| !name.ends_with(".part")), "{left:?}");
}

#[test]
fn a_backup_under_a_passphrase_asks_for_it() {
    let folder = desk();
    imported(&folder);
    let before = run(&folder, "next --json").json();
    folder.file("words.txt", "four grey herons at noon\n");
    folder.file("short.txt", "herons\n");
    folder.file("other.txt", "five grey herons at noon\n");
    run(&folder, "backup b.sealed --encrypt").refused(2, "backup.passphrase");
    run(&folder, "backup b.sealed --passphrase-file short.txt").refused(5, "backup.passphrase");
    let made = run(
        &folder,
        "backup b.sealed --encrypt --passphrase-file words.txt --json",
    );
    assert_eq!(made.exits(0).json()["encrypted"], true);
    for ways in ["restore b.sealed --dry-run", "verify b.sealed"] {
        run(&folder, ways).refused(2, "restore.passphrase");
        run(&folder, &format!("{ways} --passphrase-file other.txt"))
            .refused(5, "restore.passphrase");
        run(&folder, &format!("{ways} --passphrase-file words.txt")).exits(0);
    }
    let back = "restore b.sealed --data-dir other --passphrase-file words.txt --json";
    let back = run(&folder, back).exits(0).json();
    assert_eq!(back["encrypted"], true);
    assert!(text(&back, "/made_at").starts_with("20"));
    assert_eq!(run(&folder, "next --json --data-dir other").json(), before);
}

#[test]
fn a_backup_is_checked_byte_by_byte() {
    let folder = desk();
    imported(&folder);
    run(&folder, "backup b.db").exits(0);
    let checked = run(&folder, "verify b.db").exits(0).out;
    assert!(
        checked.starts_with("ok     every byte is what was written at 20"),
        "{checked}"
    );
    let json = run(&folder, "verify b.db --json").exits(0).json();
    assert_eq!(text(&json, "/database"), "backup");
    let mut bytes = std::fs::read(folder.path().join("b.db")).unwrap();
    let at = bytes.len() / 2;
    bytes[at] ^= 16;
    folder.file("bent.db", &bytes);
    for ways in [
        "verify bent.db",
        "restore bent.db --dry-run",
        "restore bent.db --data-dir bent",
    ] {
        let refused = run(&folder, ways).refused(5, "restore.damaged");
        assert!(
            refused.err.contains("the database in it is not what was"),
            "{}",
            refused.err
        );
    }
    // One of before there were manifests: the database alone.
    let end = bytes
        .windows(18)
        .rposition(|part| part == b"{\"schema\":\"offdesk")
        .unwrap();
    bytes[at] ^= 16;
    folder.file("old.db", &bytes[..end]);
    let old = run(&folder, "restore old.db --data-dir old").exits(0);
    assert!(
        old.err.contains("warning: old.db was made by"),
        "{}",
        old.err
    );
}

/// Every backup that is taken while others write can be restored, and holds all that was acknowledged before it began.
#[test]
fn a_backup_can_be_taken_while_others_write() {
    let folder = desk();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..12 {
                run(&folder, &format!("log 5m call-{number}")).exits(0);
            }
        });
        let mut taken = 0;
        while !writer.is_finished() {
            let before = entries(&folder, "data");
            run(&folder, &format!("backup b{taken}.db")).exits(0);
            run(&folder, &format!("restore b{taken}.db --data-dir r{taken}")).exits(0);
            run(&folder, &format!("verify --data-dir r{taken}")).exits(0);
            assert!(entries(&folder, &format!("r{taken}")) >= before);
            taken += 1;
        }
        writer.join().unwrap();
        assert!(taken > 0);
    });
}

fn entries(folder: &Folder, data: &str) -> u64 {
    let listed = run(folder, &format!("source list --json --data-dir {data}")).json();
    let sources = listed["sources"].as_array().unwrap();
    sources
        .iter()
        .map(|one| one["entries"].as_u64().unwrap())
        .sum()
}

#[test]
fn verify_and_doctor_say_what_they_looked_at() {
    let folder = desk();
    imported(&folder);
    let verified = run(&folder, "verify --json").exits(0).json();
    assert_eq!(text(&verified, "/schema"), "offdesk.verify/1");
    assert_eq!(verified["clean"], true);
    let looked_at = |name: &str| -> u64 {
        let checks = verified["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["name"] == name);
        check.unwrap()["looked_at"].as_u64().unwrap()
    };
    assert_eq!(looked_at("entry refers to its source"), 46);
    assert_eq!(looked_at("no password is in clear"), 1);
    // What was not yet put into the file counts as well.
    folder.file("data/offdesk.db-wal", vec![0; 3 << 20]);
    let doctor = run(&folder, "doctor --json").exits(0).json();
    let found = |name: &str| -> String {
        let findings = doctor["findings"].as_array().unwrap();
        let one = findings.iter().find(|one| one["name"] == name);
        one.unwrap()["value"].as_str().unwrap().to_owned()
    };
    let size = found("desk");
    assert!(size.ends_with(", of which 3,072 KiB in its log"), "{size}");
    assert_eq!(found("journal_mode"), "wal");
    assert_eq!(found("synchronous"), "full");
    assert_eq!(found("foreign_keys"), "on");
    assert!(found("free space").ends_with("MiB"));
    // A damaged file is said to be one.
    let file = folder.path().join("data/offdesk.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.len() / 2;
    bytes[at..at + 20_000].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let ran = run(&folder, "verify");
    assert_eq!(ran.code, 1, "{}\n{}", ran.out, ran.err);
}

#[test]
fn a_desk_moves_to_postgresql_and_back() {
    let Some(database) = OwnDatabase::create("move") else {
        return;
    };
    let url = database.url.clone();
    let folder = desk();
    imported(&folder);
    let before = run(&folder, "next --json").json();
    let there = run(&folder, &format!("migrate-store --to {url} --json"))
        .exits(0)
        .json();
    assert_eq!(there["equal"], true);
    run(&folder, &format!("migrate-store --to {url}")).refused(7, "move.not_empty");
    run(&folder, &format!("verify --database {url}")).exits(0);
    assert_eq!(
        run(&folder, &format!("next --json --database {url}")).json(),
        before
    );
    let back = run(
        &folder,
        &format!("migrate-store --database {url} --to back.db --json"),
    );
    let digests = |json: &Value| json["tables"].clone();
    assert_eq!(digests(&back.exits(0).json()), digests(&there));
    run(&folder, "migrate-store --to back.db").refused(7, "move.not_empty");
    // A backup of a server is a file like any other.
    run(&folder, &format!("backup --database {url} server.db")).exits(0);
    run(&folder, "restore server.db --data-dir fresh").exits(0);
    assert_eq!(run(&folder, "next --json --data-dir fresh").json(), before);
    run(&folder, &format!("restore server.db --database {url}")).refused(7, "move.not_empty");
}

#[test]
fn a_password_that_was_lost_is_set_on_the_machine_itself() {
    let folder = desk();
    folder.file("new.txt", "four green turtles\n");
    let line = "setup --reset-password Noor@Example.com --password-file new.txt --json";
    let json = run(&folder, line).exits(0).json();
    assert_eq!(text(&json, "/account"), "noor@example.com");
    run(
        &folder,
        "setup --reset-password nobody@example.com --password-file new.txt",
    )
    .refused(3, "account.none");
    folder.file("short.txt", "short\n");
    run(
        &folder,
        "setup --reset-password noor@example.com --password-file short.txt",
    )
    .refused(5, "password.short");
    let factor =
        "setup --reset-password noor@example.com --drop-second-factor --password-file new.txt";
    run(&folder, factor).exits(0);
    run(&folder, "setup --drop-second-factor").refused(2, "usage.missing");
    run(&folder, "verify").exits(0);
}

#[test]
fn a_calendar_is_imported_from_its_address_which_is_not_told() {
    use std::io::{Read as _, Write as _};
    let folder = desk();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let body = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Call\r\n\
                DTSTART:20261005T090000Z\r\nDTEND:20261005T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes());
        }
    });
    let address = format!("http://127.0.0.1:{port}/s3cret/basic.ics");
    let refused = run(&folder, &format!("import {address}")).refused(5, "calendar.fetch");
    assert!(!refused.err.contains("s3cret"), "{}", refused.err);
    let allowed = format!("import {address} --allow-fetch 127.0.0.1:{port}");
    let ran = run(&folder, &allowed).exits(0);
    assert!(
        ran.out.contains("127.0.0.1") && ran.out.contains("Imported 1"),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains("s3cret"), "{}", ran.out);
    let again = run(&folder, &format!("{allowed} --json")).exits(0).json();
    assert_eq!(text(&again, "/files/0/status"), "known");
    let list = run(&folder, "source list --json").exits(0);
    assert!(
        list.out.contains("127.0.0.1.ics") && !list.out.contains("s3cret"),
        "{}",
        list.out
    );
    run(&folder, "import webcal://").refused(5, "calendar.address");
    run(&folder, "import a.ics --allow-fetch http://x/").refused(2, "usage.value");
}

#[test]
fn mail_is_set_up_whole_or_refused_before_anything_is_served() {
    let folder = Folder::new();
    let serve = |rest: &str| run(&folder, &format!("serve --listen 127.0.0.1:0 {rest}"));
    let url = "--public-url https://desk.example.com";
    serve("--smtp-url smtps://mail.example.com --mail-from a@example.com")
        .refused(2, "mail.public_url");
    let told = serve(&format!(
        "{url} --smtp-url smtps://u:s3cret@mail.example.com"
    ))
    .refused(2, "mail.password");
    assert!(!told.err.contains("s3cret"), "{}", told.err);
    serve(&format!(
        "{url} --smtp-url mail.example.com --mail-from a@example.com"
    ))
    .refused(2, "mail.settings");
    serve(&format!("{url} --smtp-url smtps://mail.example.com")).refused(2, "mail.settings");
    serve(&format!(
        "{url} --smtp-url smtps://u@mail.example.com --mail-from a@example.com"
    ))
    .refused(2, "mail.settings");
    serve(&format!(
        "{url} --smtp-url smtps://u@mail.example.com --smtp-password-file none.txt --mail-from a@example.com"
    ))
    .refused(1, "mail.password");
    folder.file("key", "too short");
    serve("--key-file key").refused(1, "serve.key");
    let found = run(&desk(), "doctor --json").json();
    let findings = found["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .any(|it| it["name"] == "mails" && it["value"] == "none are sent")
    );
}

#[test]
fn sec_24_no_secret_is_in_the_log() {
    let folder = desk();
    let served = Served::start(&folder, &["--log"]);
    let headers = served.sign_in();
    let cookie = headers[0].split('=').nth(1).unwrap().to_owned();
    served.ask(&headers, "GET", "/security", "").is(200);
    let canary = "CANARY0123456789";
    let form = [
        "Content-Type: application/x-www-form-urlencoded".to_owned(),
        "Sec-Fetch-Site: same-origin".to_owned(),
        "X-Offdesk: 1".to_owned(),
    ];
    let wrong = format!("email=noor%40example.com&password={canary}");
    served.ask(&form, "POST", "/sign-in", &wrong).is(422);
    for path in ["/invitation", "/reset", "/setup"] {
        served.ask(
            &[],
            "GET",
            &format!("{path}?token={canary}&code={canary}"),
            "",
        );
    }
    let bearer = [format!("Authorization: Bearer {canary}")];
    served.ask(&bearer, "GET", "/api/v1/me", "").is(401);
    // The last line of all that were asked for is there.
    let mut said = String::new();
    for _ in 0..100 {
        said = served.said.lock().unwrap().clone();
        if said.contains("/api/v1/me") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(
        said.contains("/api/v1/me") && said.contains("/sign-in"),
        "{said}"
    );
    for secret in [canary, &cookie, "three brown foxes", "three+brown+foxes"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn doctor_says_who_can_read_the_key_and_whether_it_is_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = desk();
    drop(Served::start(&folder, &[]));
    let key = folder.path().join("data/offdesk.key");
    let advice = |folder: &Folder, of: &str| {
        let json = run(folder, "doctor --json").json();
        let findings = json["findings"].as_array().unwrap();
        let one = findings.iter().find(|it| it["name"] == of).unwrap();
        one["advice"].as_str().unwrap().to_owned()
    };
    assert_eq!(advice(&folder, "key"), "");
    assert_eq!(advice(&folder, "data folder"), "");
    for (name, of) in [("data/offdesk.key", "key"), ("data", "data folder")] {
        let path = folder.path().join(name);
        let was = std::fs::metadata(&path).unwrap().permissions();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        let said = advice(&folder, of);
        assert!(
            said.contains("others on this machine can") && said.contains("chmod"),
            "{said}"
        );
        std::fs::set_permissions(&path, was).unwrap();
    }
    std::fs::write(&key, "no key").unwrap();
    assert!(advice(&folder, "key").contains("it is no key of 32 bytes"));
}
