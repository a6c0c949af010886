//! Members from the command line: listed, kept out, let back in; and the rules for signing in.

use crate::desk::desk;
use crate::postgresql::OwnDatabase;
use crate::program::{Folder, Ran, text};
use crate::server::Served;

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

    // Nobody is left without an owner, and who is no member has no role.
    run("member role noor@example.com viewer").refused(7, "member.last_owner");
    run("member remove noor@example.com").refused(7, "member.last_owner");
    run("member role mae@example.com viewer").refused(3, "not_found");
    run("member remove mae@example.com").refused(3, "not_found");
    run("member invite noor@example.com --role viewer").refused(7, "member.already");
    run("member invite nobody --role viewer").refused(5, "account.email");
    let link = run("member invite mae@example.com --role manager")
        .exits(0)
        .out;
    assert!(
        link.starts_with("http://127.0.0.1:7878/invitation?token=") && link.ends_with('\n'),
        "{link}"
    );
    let json = run("member invite mae@example.com --role viewer --json")
        .exits(0)
        .json();
    assert_eq!(text(&json, "/schema"), "offdesk.invitation/1");
    let json = run("member list --json").exits(0).json();
    assert_eq!(text(&json, "/invitations/0/role"), "manager");
    assert_eq!(text(&json, "/invitations/1/role"), "viewer");

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

/// Who joins by the link of the command line works here, is given another role, and is removed; the only owner needs not be named.
#[test]
fn who_is_invited_from_the_command_line_joins_and_goes() {
    let folder = desk();
    let served = Served::start(&folder, &[]);
    let join = |email: &str, role: &str| {
        let link = run(&folder, &format!("member invite {email} --role {role}"));
        let link = link.exits(0).out;
        let token = link.trim().rsplit('=').next().unwrap().to_owned();
        let form = [
            "Content-Type: application/x-www-form-urlencoded".to_owned(),
            "Sec-Fetch-Site: same-origin".to_owned(),
            "X-Offdesk: 1".to_owned(),
        ];
        let given = format!("token={token}&name=Mae&password=four+green+geese");
        served.ask(&form, "POST", "/invitation", &given).is(303);
    };
    join("mae@example.com", "manager");
    // A manager beside the only owner: no command asks whose workspace is meant.
    let listed = run(&folder, "member list").exits(0).out;
    assert!(listed.contains("mae@example.com   manager"), "{listed}");
    let told = run(&folder, "member role mae@example.com owner")
        .exits(0)
        .out;
    assert_eq!(told, "mae@example.com is owner here now.\n");
    // Of two owners one has to be named: by an option, or once for all.
    let several = run(&folder, "member list").refused(2, "account.which");
    assert!(
        several.err.contains("noor@example.com, mae@example.com")
            && several.err.contains("OFFDESK_ACCOUNT=noor@example.com"),
        "{}",
        several.err
    );
    run(&folder, "member list --account mae@example.com").exits(0);
    let named = folder
        .command(&["member", "list"])
        .env("OFFDESK_ACCOUNT", "noor@example.com")
        .output()
        .unwrap();
    assert!(named.status.success());
    let at = "--account noor@example.com";
    run(&folder, &format!("member role mae@example.com viewer {at}")).exits(0);
    let gone = run(&folder, "member remove mae@example.com").exits(0).out;
    assert_eq!(gone, "mae@example.com is no member here any more.\n");
}
