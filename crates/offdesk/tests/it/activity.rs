//! Activities, settings, tokens and sessions from the command line.

use crate::desk::desk;
use crate::postgresql::OwnDatabase;
use crate::program::{Folder, Ran, text};

fn run(folder: &Folder, words: &[&str]) -> Ran {
    folder.run(words)
}

const HOURS: &str = "Date,Hours,Description
2026-01-05,2,answer customer emails
2026-01-07,3,bookkeeping
2026-01-08,1,design a flyer
";

#[test]
fn activities_are_named_joined_split_priced_and_kept() {
    let folder = desk();
    folder.file("hours.csv", HOURS);
    let run = |words: &[&str]| run(&folder, words);
    run(&["import", "hours.csv"]).exits(0);
    // Without a worth they have no figures, but they are there.
    let listed = run(&["activity", "list"]).exits(0).out;
    assert!(listed.contains("  Bookkeeping\n"), "{listed}");
    run(&["worth", "--rate", "75", "--save"]).exits(0);
    let all = run(&["activity", "list", "--json"]).exits(0).json();
    assert_eq!(text(&all, "/activities/0/name"), "Bookkeeping");
    assert_eq!(all["activities"].as_array().map(Vec::len), Some(3));
    let listed = run(&["activity", "list"]).exits(0).out;
    assert!(listed.starts_with("  ACTIVITY"), "{listed}");
    assert_eq!(listed.lines().count(), 4, "{listed}");

    let renamed = run(&["activity", "rename", "Bookkeeping", "Books"]).exits(0);
    assert!(renamed.out.starts_with("Books\n"), "{}", renamed.out);
    run(&["activity", "rename", "Books", "design a flyer"]).refused(7, "name.taken");
    run(&["activity", "show", "Nothing"]).refused(3, "desk.activity");
    run(&["activity", "merge", "Books", "--into", "Books"]).refused(5, "activity.same");
    let merged = run(&["activity", "merge", "flyer", "--into", "Books", "--json"]).exits(0);
    assert_eq!(text(&merged.json(), "/name"), "Books");
    let shown = run(&["activity", "show", "Books", "--json"])
        .exits(0)
        .json();
    assert_eq!(
        shown["wordings"].as_array().map(Vec::len),
        Some(2),
        "{shown}"
    );
    for wrong in ["0", "3", "two"] {
        let split = ["activity", "split", "Books", "Apart", "--take", wrong];
        run(&split).refused(3, "desk.wording");
    }
    let second = text(&shown, "/wordings/1/id");
    let apart = run(&[
        "activity", "split", "Books", "Apart", "--take", "2", "--json",
    ])
    .exits(0);
    assert_eq!(text(&apart.json(), "/name"), "Apart");
    let apart = run(&["activity", "show", "Apart", "--json"])
        .exits(0)
        .json();
    assert_eq!(text(&apart, "/wordings/0/id"), second);

    run(&["activity", "price", "Apart", "25..15"]).refused(5, "price.range");
    run(&["activity", "price", "Apart", "0"]).refused(5, "price.not_positive");
    run(&["activity", "price", "Apart"]).refused(2, "usage.missing");
    let priced = run(&["activity", "price", "Apart", "15..18..25"])
        .exits(0)
        .out;
    assert!(
        priced.contains("USD 15 to 25, likely 18 (your own figure)"),
        "{priced}"
    );
    let market = run(&["activity", "price", "Apart", "--market"])
        .exits(0)
        .out;
    assert!(!market.contains("your own figure"), "{market}");
    let kept = run(&["activity", "keep", "Apart", "mine"]).exits(0).out;
    assert!(kept.contains("only you"), "{kept}");
    run(&["activity", "keep", "Apart", "work"]).exits(0);
    run(&["activity", "verdict", "Apart", "never"]).refused(5, "judgement.reason");
    let put_off = [
        "activity",
        "verdict",
        "Apart",
        "not-now",
        "--why",
        "busy until May",
    ];
    let put_off = run(&put_off).exits(0).out;
    assert!(put_off.contains("put off until"), "{put_off}");
    assert!(put_off.contains("busy until May"), "{put_off}");
    let open = run(&["activity", "verdict", "Apart", "open", "--json"])
        .exits(0)
        .json();
    assert!(open["judgement"].is_null(), "{open}");
}

fn settings_tokens_and_sessions(folder: &Folder, at: &[&str]) {
    let run = |words: &[&str]| run(folder, &[words, at].concat());
    let shown = run(&["config"]).exits(0).out;
    assert!(shown.contains("Zone       Europe/Berlin\n"), "{shown}");
    let changed = [
        "config",
        "--currency",
        "EUR",
        "--place",
        "DE",
        "--weeks",
        "46",
        "--json",
    ];
    let changed = run(&changed).exits(0).json();
    assert_eq!(
        (
            text(&changed, "/currency"),
            text(&changed, "/zone"),
            text(&changed, "/weeks_per_year")
        ),
        ("EUR", "Europe/Berlin", "46")
    );
    run(&["config", "--weeks", "54"]).refused(5, "settings.weeks");
    run(&["config", "--zone", "Mars/Base"]).refused(2, "usage.value");
    run(&["config", "--name", ""]).refused(5, "name.empty");

    let made = run(&["token", "new", "Script", "--may", "read,import", "--json"])
        .exits(0)
        .json();
    assert_eq!(text(&made, "/name"), "Script");
    assert!(text(&made, "/token").len() > 20, "{made}");
    let secret = run(&["token", "new", "Other", "--may", "read"])
        .exits(0)
        .out;
    assert_eq!(secret.lines().count(), 1, "{secret}");
    run(&["token", "new", "Long", "--may", "read", "--days", "366"]).refused(5, "token.days");
    run(&["token", "new", "None"]).refused(2, "usage.missing");
    run(&["token", "revoke", "Nobody"]).refused(3, "desk.token");
    let revoked = run(&["token", "revoke", "Script"]).exits(0).out;
    assert!(revoked.contains("revoked"), "{revoked}");
    run(&["token", "revoke", "Script"]).refused(3, "desk.token");
    let tokens = run(&["token", "list", "--json"]).exits(0).json();
    let all = tokens["tokens"].as_array().cloned().unwrap_or_default();
    let live: Vec<&str> = all
        .iter()
        .filter(|token| token["revoked"].is_null())
        .map(|token| text(token, "/name"))
        .collect();
    assert_eq!(live, ["Other"]);

    let none = run(&["session", "list"]).exits(0).out;
    assert_eq!(none, "The account is signed in nowhere.\n");
    run(&["session", "end", "1"]).refused(3, "desk.session");
    run(&["session", "end"]).refused(2, "usage.missing");
    run(&["session", "end", "--all"]).exits(0);
}

#[test]
fn settings_tokens_and_sessions_of_a_file_and_of_a_server() {
    let setup = [
        "setup",
        "--email",
        "noor@example.com",
        "--name",
        "Noor",
        "--password-file",
        "password.txt",
        "--zone",
        "Europe/Berlin",
    ];
    let folder = Folder::new();
    folder.file("password.txt", "three brown foxes\n");
    folder.run(&setup).exits(0);
    settings_tokens_and_sessions(&folder, &[]);
    if let Some(database) = OwnDatabase::create("activity") {
        let at = ["--database", &database.url];
        folder.run(&[&setup[..], &at].concat()).exits(0);
        settings_tokens_and_sessions(&folder, &at);
    }
}
