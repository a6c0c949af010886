//! People and handoffs from the command line: added, paid, let in; proposed, answered, begun, changed, ended.

use crate::desk::desk;
use crate::program::{Folder, Ran, quarter, text};

const WHOLE: &str = include_str!("../../../offdesk-actions/src/example/inbox.md");

fn people(folder: &Folder, line: &[&str]) -> Ran {
    folder.run(&[&["people"], line].concat())
}

fn handoff(folder: &Folder, line: &[&str]) -> Ran {
    folder.run(&[&["handoff"], line].concat())
}

#[test]
fn people_are_added_changed_paid_and_let_in() {
    let folder = desk();
    let none = people(&folder, &["list"]).exits(0);
    assert!(none.out.starts_with("Nobody is here yet."), "{}", none.out);
    people(&folder, &["show", "Ana"]).refused(3, "not_found");
    people(&folder, &["add", "Ana", "--kind", "king"]).refused(5, "person.kind");
    people(&folder, &["add", "Ana", "--amount", "14"]).refused(2, "terms.unit");
    people(
        &folder,
        &["add", "Ana", "--amount", "14.005", "--per", "hour"],
    )
    .refused(5, "terms.digits");
    let line = [
        "add",
        "Ana",
        "--email",
        "ana@example.com",
        "--hours-a-week",
        "20",
        "--amount",
        "14",
        "--per",
        "hour",
    ];
    let added = people(&folder, &line).exits(0);
    assert!(
        added
            .out
            .starts_with("Added: Ana\n  Paid now: 14.00 USD an hour\n"),
        "{}",
        added.out
    );
    let line = [
        "change", "ana", "--place", "PH", "--skills", "mail", "--json",
    ];
    let changed = people(&folder, &line).exits(0).json();
    assert_eq!(text(&changed, "/schema"), "offdesk.person/1");
    assert_eq!(
        (text(&changed, "/place"), text(&changed, "/email")),
        ("PH", "ana@example.com")
    );
    let line = [
        "terms",
        "Ana",
        "--amount",
        "16",
        "--per",
        "hour",
        "--from",
        "2040-01-01",
    ];
    people(&folder, &line).exits(0);
    people(&folder, &["terms", "Ana"]).refused(2, "terms.amount");
    people(
        &folder,
        &[
            "access",
            "Ana",
            "--grant",
            "Booking system",
            "--location",
            "the web",
        ],
    )
    .exits(0);
    people(&folder, &["access", "Ana", "--revoke", "Mailbox"]).refused(3, "not_found");
    people(&folder, &["access", "Ana", "--revoke", "booking SYSTEM"]).exits(0);
    let access = people(&folder, &["access", "Ana"]).exits(0);
    assert!(
        access.out.contains("Booking system, the web: since "),
        "{}",
        access.out
    );
    assert!(access.out.contains("taken back "), "{}", access.out);
    let shown = people(&folder, &["show", "Ana"]).exits(0);
    for part in [
        "Ana, freelancer, not joined\n",
        "  from 1 Jan 2040: 16.00 USD an hour\n",
        "  Hours a week: 20\n",
    ] {
        assert!(shown.out.contains(part), "{part}: {}", shown.out);
    }
    people(&folder, &["change", "Ana", "--former"]).exits(0);
    let list = people(&folder, &["list"]).exits(0);
    assert!(
        list.out.contains("Ana     freelancer  former"),
        "{}",
        list.out
    );
    let all = people(&folder, &["list", "--json"]).exits(0).json();
    assert_eq!(text(&all, "/people/0/state"), "former");
}

/// What was expected stands in the text, too, by the price that was agreed.
#[test]
fn what_was_expected_is_shown_by_the_agreed_price() {
    let folder = desk();
    folder.run(&["worth", "--rate", "75", "--save"]).exits(0);
    folder.file("quarter.csv", quarter());
    folder.file("inbox.md", WHOLE);
    folder.run(&["import", "quarter.csv"]).exits(0);
    folder.run(&["blueprint", "import", "inbox.md"]).exits(0);
    let paid = |who: &str, line: &[&str]| {
        people(&folder, &["add", who]).exits(0);
        let new = ["new", "Inbox", "--to", who, "--by", "Inbox triage"];
        let new = [&new[..], &["--unpublished"], line].concat();
        handoff(&folder, &new).exits(0);
        let list = handoff(&folder, &["list", "--json"]).exits(0).json();
        let all = list["handoffs"].as_array().unwrap();
        let is_of = |it: &&serde_json::Value| it["person"]["name"] == who;
        let id = all.iter().find(is_of).unwrap()["id"].as_str().unwrap();
        let text = handoff(&folder, &["show", id]).exits(0).out;
        let json = handoff(&folder, &["show", id, "--json"]).exits(0).json();
        (text, json["expected"].clone())
    };
    let number = |all: &serde_json::Value, key: &str| all[key].as_f64().unwrap();
    let (text, by_hour) = paid("Ana", &["--amount", "14", "--per", "hour"]);
    for part in [
        "Expected of a year, from your hours",
        "net value about",
        "an hour bought back for about",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (text, each) = paid("Bo", &["--amount", "500", "--per", "assignment"]);
    let figures = &each["figures"];
    let times = number(figures, "times_per_week") * number(figures, "weeks");
    assert_eq!(figures["rate"], 0.0);
    assert!(
        (number(figures, "cost_each_time") - 535.0).abs() < 1e-6,
        "{figures}"
    );
    assert!(number(&each, "cash") > 500.0 * (times - 1.0), "{each}");
    assert!(number(&each, "net_value") < number(&by_hour, "net_value"));
    assert!(text.contains("net value about -$"), "{text}");
    let month = ["--amount", "600", "--per", "retainer"];
    let (_, month) = paid("Cem", &month);
    let year = 600.0 * 12.0 * 1.07;
    assert!(
        (number(&month, "cash") - year).abs() < year / 20.0,
        "{month}"
    );
    let euros = ["--amount", "300", "--per", "hour", "--currency", "EUR"];
    for (who, line, why) in [
        (
            "Dora",
            euros.as_slice(),
            "it is paid in EUR, and your hour is reckoned in USD",
        ),
        (
            "Eve",
            &["--amount", "900", "--per", "milestone"],
            "how many milestones a year has",
        ),
    ] {
        let (text, all) = paid(who, line);
        assert!(text.contains(why), "{text}");
        assert!(number(&all, "hours_freed") > 0.0, "{all}");
        assert!(
            all["net_value"].is_null() && all["figures"]["rate"].is_null(),
            "{all}"
        );
    }
}

#[test]
fn from_a_proposal_to_its_end() {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    folder.file("inbox.md", WHOLE);
    folder.run(&["import", "quarter.csv"]).exits(0);
    folder.run(&["blueprint", "import", "inbox.md"]).exits(0);
    people(&folder, &["add", "Ana"]).exits(0);
    let new = |more: &[&str]| {
        let line = ["new", "Inbox", "--to", "Ana", "--by", "Inbox triage"];
        handoff(&folder, &[&line, more].concat())
    };
    handoff(&folder, &["show", "Inbox"]).refused(3, "handoff.none");
    new(&["--unpublished"]).refused(5, "handoff.terms");
    let paid = ["--amount", "14", "--per", "hour"];
    new(&paid).refused(7, "handoff.unpublished");
    folder
        .run(&["blueprint", "publish", "Inbox triage", "--untested"])
        .exits(0);
    handoff(
        &folder,
        &["new", "Inbox", "--to", "Bo", "--by", "Inbox triage"],
    )
    .refused(3, "not_found");
    let made = new(&paid).exits(0);
    assert!(
        made.out
            .starts_with("Inbox to Ana: proposed, not answered yet\n"),
        "{}",
        made.out
    );
    new(&paid).refused(7, "handoff.already");
    handoff(&folder, &["begin", "Inbox"]).refused(7, "handoff.state");
    handoff(&folder, &["answer", "Inbox", "maybe"]).refused(2, "usage.value");
    handoff(
        &folder,
        &["answer", "Inbox", "decline", "--say", "too little"],
    )
    .exits(0);
    handoff(
        &folder,
        &["change", "Inbox", "--amount", "15", "--per", "hour"],
    )
    .exits(0);
    handoff(&folder, &["answer", "Inbox", "accept"]).exits(0);
    let begun = handoff(&folder, &["begin", "Inbox"]).exits(0);
    assert!(
        begun.out.contains("on trial, 0 of 3 accepted"),
        "{}",
        begun.out
    );
    handoff(&folder, &["begin", "Inbox", "--end-trial"]).exits(0);
    let line = [
        "change",
        "Inbox",
        "--amount",
        "16",
        "--per",
        "hour",
        "--note",
        "two mailboxes",
    ];
    let open = handoff(&folder, &line).exits(0);
    assert!(
        open.out.contains("A change is open: 16.00 USD an hour"),
        "{}",
        open.out
    );
    handoff(&folder, &["change", "Inbox", "--withdraw"]).exits(0);
    handoff(&folder, &["change", "Inbox", "--withdraw"]).refused(7, "handoff.no_change");
    handoff(&folder, &line).exits(0);
    handoff(&folder, &["answer", "Inbox", "accept"]).exits(0);
    handoff(&folder, &["pause", "Inbox"]).exits(0);
    handoff(&folder, &["resume", "Inbox"]).exits(0);
    let ended = handoff(
        &folder,
        &["end", "Inbox", "--reason", "taken-back", "--json"],
    );
    let ended = ended.exits(0).json();
    assert_eq!(text(&ended, "/schema"), "offdesk.handoff/1");
    assert_eq!(
        (text(&ended, "/end_reason"), text(&ended, "/agreed/amount")),
        ("taken_back", "16.00")
    );
    assert_eq!(ended["history"].as_array().unwrap().len(), 13);
    handoff(&folder, &["end", "Inbox", "--reason", "bored"]).refused(2, "usage.value");
    let list = handoff(&folder, &["list"]).exits(0);
    assert!(
        list.out.contains("Inbox     Ana     ended: taken back"),
        "{}",
        list.out
    );
    let again = new(&paid).exits(0);
    assert!(again.out.contains("proposed"), "{}", again.out);
    people(
        &folder,
        &["add", "Bo", "--amount", "9", "--per", "assignment"],
    )
    .exits(0);
    handoff(
        &folder,
        &[
            "new",
            "Inbox",
            "--to",
            "Bo",
            "--by",
            "Inbox triage",
            "--rung",
            "9",
        ],
    )
    .refused(5, "handoff.rung");
    handoff(
        &folder,
        &["new", "Inbox", "--to", "Bo", "--by", "Inbox triage"],
    )
    .exits(0);
    handoff(&folder, &["show", "Inbox"]).refused(7, "handoff.which");
    let all = handoff(&folder, &["list", "--json"]).exits(0).json();
    let id = text(&all, "/handoffs/0/id").to_owned();
    let one = handoff(&folder, &["show", &id]).exits(0);
    assert!(one.out.starts_with("Inbox to Bo: proposed"), "{}", one.out);
    folder.run(&["verify"]).exits(0);
}
