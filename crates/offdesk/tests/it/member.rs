//! Members from the command line: listed, kept out, let back in; and the rules for signing in.

use crate::desk::desk;
use crate::postgresql::OwnDatabase;
use crate::program::{Folder, Ran, text};

fn run(folder: &Folder, line: &str) -> Ran {
    folder.run(&line.split_whitespace().collect::<Vec<_>>())
}

fn a_desk_is_kept(folder: &Folder, at: &str) {
    let run = |line: &str| run(folder, &format!("{line} {at}"));
    let listed = run("member list").exits(0).out;
    assert_eq!(
        listed,
        "  ADDRESS           ROLE     FACTOR  STATE\n\
         \x20 noor@example.com  owner    none    member\n"
    );
    let json = run("member list --json").exits(0).json();
    assert_eq!(text(&json, "/schema"), "offdesk.members/1");
    assert_eq!(text(&json, "/members/0/email"), "noor@example.com");
    assert!(json["members"][0]["suspended"].is_null(), "{json}");
    run("member suspend noor@example.com").refused(7, "member.self");
    run("member suspend mae@example.com").refused(3, "not_found");
    run("member reinstate mae@example.com").refused(3, "not_found");
    // Who is not suspended stays so.
    let back = run("member reinstate Noor@example.com").exits(0).out;
    assert!(back.starts_with("noor@example.com is back"), "{back}");

    let rules = run("member rules").exits(0).out;
    assert_eq!(
        rules,
        "Second factor   not asked for\n\
         Unused          a session ends after 14 days\n\
         At the latest   a session ends after 90 days\n"
    );
    run("member rules --second-factor asked").refused(7, "sign_in.factor_first");
    run("member rules --idle-days 15").refused(5, "sign_in.idle_days");
    run("member rules --session-days 0").refused(5, "sign_in.session_days");
    let json = run("member rules --idle-days 1 --session-days 30 --json")
        .exits(0)
        .json();
    assert_eq!(text(&json, "/schema"), "offdesk.sign_in_rules/1");
    assert_eq!(
        (
            &json["idle_days"],
            &json["session_days"],
            &json["second_factor"]
        ),
        (&1.into(), &30.into(), &false.into())
    );
    run("member rules --session-days 20").exits(0);
    let rules = run("member rules").exits(0).out;
    assert!(rules.contains("a session ends after 1 day\n"), "{rules}");
    assert!(rules.ends_with("a session ends after 20 days\n"), "{rules}");
}

#[test]
fn members_and_rules_of_a_file_and_of_a_server() {
    let folder = desk();
    a_desk_is_kept(&folder, "");
    if let Some(database) = OwnDatabase::create("member") {
        let at = format!("--database {}", database.url);
        let setup = "setup --email noor@example.com --name Noor --password-file password.txt";
        run(&folder, &format!("{setup} {at}")).exits(0);
        a_desk_is_kept(&folder, &at);
    }
}
