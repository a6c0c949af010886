//! Assignments and reviews from the command line: given, asked about, handed in with files, returned, accepted; work that comes back.

use crate::desk::desk;
use crate::program::{Folder, Ran, quarter, text};

const WHOLE: &str = include_str!("../../../offdesk-actions/src/example/inbox.md");

/// A desk whose Inbox is handed off to Ana, who has not joined.
pub fn handed_off() -> Folder {
    let folder = desk();
    folder.file("quarter.csv", quarter());
    folder.run(&["import", "quarter.csv"]).exits(0);
    hand_off(&folder);
    folder
}

/// One of the Inbox, given though nothing is said of what its blueprint needs.
const GIVEN: [&str; 5] = [
    "give",
    "Inbox",
    "--due",
    "2029-03-27T17:00Z",
    "--without-inputs",
];

/// Hands the Inbox of a desk off to Ana.
pub fn hand_off(folder: &Folder) {
    folder.file("inbox.md", WHOLE);
    folder.run(&["blueprint", "import", "inbox.md"]).exits(0);
    let line = ["blueprint", "publish", "Inbox triage", "--untested"];
    folder.run(&line).exits(0);
    folder.run(&["people", "add", "Ana"]).exits(0);
    let line = [
        "handoff",
        "new",
        "Inbox",
        "--to",
        "Ana",
        "--by",
        "Inbox triage",
        "--amount",
        "20",
        "--per",
        "assignment",
    ];
    folder.run(&line).exits(0);
    folder
        .run(&["handoff", "answer", "Inbox", "accept"])
        .exits(0);
}

/// Gives three: one whose question waits, one that was returned, one that is to be reviewed. Gives the id of the first.
pub fn in_every_state(folder: &Folder) -> String {
    let mut id = String::new();
    for number in ["1", "2", "3"] {
        let line = [
            "give",
            "Inbox",
            "--due",
            "2029-03-27T17:00Z",
            "--without-inputs",
            "--json",
        ];
        let given = assignment(folder, &line).exits(0).json();
        assignment(folder, &["reply", number, "agree"]).exits(0);
        if number == "1" {
            text(&given, "/id").clone_into(&mut id);
            assignment(folder, &["tick", number, "1"]).exits(0);
            assignment(folder, &["ask", number, "Which?", "--step", "1"]).exits(0);
            continue;
        }
        assignment(folder, &["deliver", number, "--text", "Done."]).exits(0);
    }
    review(folder, &["return", "2", "--fault", "1: not done"]).exits(0);
    id
}

fn assignment(folder: &Folder, line: &[&str]) -> Ran {
    folder.run(&[&["assignment"], line].concat())
}

fn review(folder: &Folder, line: &[&str]) -> Ran {
    folder.run(&[&["review"], line].concat())
}

#[test]
fn from_given_to_accepted() {
    let folder = handed_off();
    let none = assignment(&folder, &["list"]).exits(0);
    assert!(
        none.out.starts_with("Nothing is on anybody's desk."),
        "{}",
        none.out
    );
    assignment(&folder, &["show", "1"]).refused(3, "not_found");
    assignment(&folder, &["give", "Inbox", "--due", "Friday"]).refused(5, "assignment.moment");
    // Without a zone of the workspace a wall clock says no moment.
    assignment(&folder, &["give", "Inbox", "--due", "2099-03-27T17:00"])
        .refused(5, "assignment.moment");
    assignment(&folder, &["give", "Inbox", "--due", "2001-03-27T17:00Z"])
        .refused(5, "assignment.due");
    let line = [
        "give",
        "Inbox",
        "--due",
        "2029-03-27T17:00Z",
        "--title",
        "Monday's inbox",
        "--amount",
        "22.5",
    ];
    // What its blueprint needs is asked for, as on the page.
    let refused = assignment(&folder, &line).refused(5, "assignment.inputs");
    assert!(refused.err.contains("--without-inputs"), "{}", refused.err);
    let line = [&line[..], &["--without-inputs"]].concat();
    let given = assignment(&folder, &line).exits(0);
    assert!(
        given.out.starts_with("1 Monday's inbox: assigned\n  Ana, due 27 Mar 2029 17:00 UTC, 22.50 USD for one assignment, version 1 of the blueprint\n"),
        "{}",
        given.out
    );
    assignment(&folder, &["reply", "1", "maybe"]).refused(2, "usage.value");
    assignment(&folder, &["deliver", "1", "--text", "early"]).refused(7, "assignment.not_now");
    assignment(&folder, &["reply", "1", "agree"]).exits(0);
    let ticked = assignment(&folder, &["tick", "1", "2"]).exits(0);
    assert!(
        ticked
            .out
            .contains("  [ ] 1 Open the shared inbox.\n  [x] 2 "),
        "{}",
        ticked.out
    );
    assignment(&folder, &["tick", "1", "2", "--undo"]).exits(0);
    assignment(&folder, &["tick", "1", "99"]).refused(5, "assignment.step");
    assignment(&folder, &["ask", "1", "Which inbox first?", "--step", "1"]).exits(0);
    let open = assignment(&folder, &["questions"]).exits(0);
    assert!(
        open.out.contains("Ana asks since") && open.out.contains("Which inbox first?"),
        "{}",
        open.out
    );
    let answered = assignment(
        &folder,
        &[
            "answer",
            "1",
            "The shop's.",
            "--for-blueprint",
            "--spent",
            "0.1",
        ],
    );
    assert!(
        answered
            .exits(0)
            .out
            .contains("    answered: The shop's.\n")
    );
    assignment(&folder, &["answer", "1", "Again."]).refused(7, "assignment.answered");
    let draft = folder.run(&["blueprint", "show", "Inbox triage"]).exits(0);
    assert!(
        draft
            .out
            .contains("1. Open the shared inbox.\n   The shop's.\n"),
        "{}",
        draft.out
    );
    assignment(&folder, &["time", "1", "1.25"]).exits(0);

    // Files go in with the deliverable, and nothing is left of what did not.
    folder.file("report.txt", "all done");
    let missing = assignment(
        &folder,
        &["deliver", "1", "--file", "report.txt", "--file", "no.txt"],
    );
    missing.refused(1, "file.read");
    let shown = assignment(&folder, &["show", "1", "--json"])
        .exits(0)
        .json();
    assert_eq!(
        (
            text(&shown, "/state"),
            shown["files_waiting"].as_array().unwrap().len()
        ),
        ("in_progress", 0)
    );
    assignment(&folder, &["deliver", "1"]).refused(5, "assignment.empty");
    let delivered = assignment(
        &folder,
        &["deliver", "1", "--text", "Done.", "--file", "report.txt"],
    )
    .exits(0);
    assert!(
        delivered
            .out
            .contains("handed in, round 1: Done., report.txt\n    no step of 7 was ticked\n"),
        "{}",
        delivered.out
    );

    let waiting = review(&folder, &["list"]).exits(0);
    assert!(
        waiting
            .out
            .starts_with("1 Monday's inbox, round 1\n  Done.\n  file report.txt, 8 bytes\n"),
        "{}",
        waiting.out
    );
    assert!(!waiting.out.contains("Ana"), "{}", waiting.out);
    review(&folder, &["return", "1"]).refused(5, "assignment.no_finding");
    let returned = review(
        &folder,
        &[
            "return",
            "1",
            "--fault",
            "3: the date is missing",
            "--preference",
            "c2: shorter",
        ],
    );
    let returned = returned.exits(0);
    assert!(
        returned.out.contains(
            "  fault at step 3: the date is missing\n  preference at criterion 2: shorter\n"
        ),
        "{}",
        returned.out
    );
    assignment(&folder, &["start", "1"]).exits(0);
    for step in ["2", "3"] {
        assignment(&folder, &["tick", "1", step]).exits(0);
    }
    assignment(
        &folder,
        &["deliver", "1", "--link", "https://example.com/inbox"],
    )
    .exits(0);
    let waiting = review(&folder, &["list"]).exits(0);
    assert!(
        waiting
            .out
            .contains("  round 2, steps ticked: 2, 3 of 7\n  round 1, no step of 7 was ticked\n"),
        "{}",
        waiting.out
    );
    let accepted = review(
        &folder,
        &[
            "accept", "1", "--met", "1,2,3", "--note", "Right.", "--spent", "0.25", "--json",
        ],
    );
    let accepted = accepted.exits(0).json();
    assert_eq!(
        (text(&accepted, "/state"), text(&accepted, "/accepted")),
        ("accepted", "reviewed")
    );
    assert_eq!(accepted["spent"].as_array().unwrap().len(), 2);
    review(&folder, &["accept", "1"]).refused(7, "assignment.not_now");
    let escape = review(
        &folder,
        &[
            "escape",
            "1",
            "c1: a wrong name went out",
            "--reworked",
            "0.25",
        ],
    )
    .exits(0);
    assert!(
        escape
            .out
            .contains("  fault at criterion 1, found later: a wrong name went out\n"),
        "{}",
        escape.out
    );
    assignment(&folder, &["close", "1"]).exits(0);
    let empty = review(&folder, &["list"]).exits(0);
    assert_eq!(empty.out, "Nothing waits on you.\n");
    let closed = assignment(&folder, &["list", "--state", "closed"]).exits(0);
    assert!(
        closed
            .out
            .contains("     1  Monday's inbox  Ana     27 Mar 2029 17:0"),
        "{}",
        closed.out
    );
    assignment(&folder, &["list", "--state", "done"]).refused(5, "assignment.state");
    let on_trial = folder.run(&["handoff", "show", "Inbox"]).exits(0);
    assert!(on_trial.out.contains("1 of 3"), "{}", on_trial.out);
    let list = folder.run(&["handoff", "list"]).exits(0);
    assert!(list.out.contains("      so far: earned "), "{}", list.out);
    folder.run(&["verify"]).exits(0);
}

#[test]
fn the_history_and_the_printed_page_stand_on_the_clock_of_the_workspace() {
    let folder = handed_off();
    let shown = |word: &str| {
        let shown = folder.run(&["handoff", "show", "Inbox"]).exits(0);
        let (_, history) = shown.out.split_once("\nHistory\n").unwrap_or_default();
        history.contains(word)
    };
    let page = folder.path().join("inbox.html");
    let printed = |word: &str| {
        std::fs::remove_file(&page).ok();
        let to = page.display().to_string();
        let found = folder.run(&["blueprint", "list", "--json"]).exits(0);
        let id = found.out.split("\"id\": \"").nth(1).unwrap_or_default();
        let id = id.split('"').next().unwrap_or_default();
        folder
            .run(&["blueprint", "export", id, "--html", &to])
            .exits(0);
        let html = std::fs::read_to_string(&page).unwrap_or_default();
        let lead = html.split("<p>").nth(1).unwrap_or_default();
        lead.split("</p>")
            .next()
            .is_some_and(|it| it.contains(word))
    };
    assert!(shown(" UTC  ") && printed(" UTC"));
    folder.run(&["config", "--zone", "Asia/Manila"]).exits(0);
    assert!(!shown("UTC") && printed(" Manila, UTC+8"));
}

#[test]
fn changed_taken_back_and_coming_back() {
    let folder = handed_off();
    assignment(&folder, &GIVEN).exits(0);
    let changed = assignment(
        &folder,
        &[
            "change",
            "1",
            "--due",
            "2029-04-01T09:00Z",
            "--title",
            "Both inboxes",
        ],
    )
    .exits(0);
    assert!(
        changed
            .out
            .contains("1 Both inboxes: assigned\n  Ana, due 1 Apr 2029 09:00 UTC"),
        "{}",
        changed.out
    );
    assignment(&folder, &["cancel", "1"]).exits(0);
    assignment(&folder, &["cancel", "1"]).refused(7, "assignment.not_now");

    let repeat = |rule: &str, more: &[&str]| {
        let line = [
            "repeat",
            "Inbox",
            "--rule",
            rule,
            "--start",
            "2029-01-01T17:00",
        ];
        assignment(&folder, &[&line, more].concat())
    };
    let zone = ["--zone", "Europe/Berlin"];
    repeat("FREQ=WEEKLY;BYDAY=MO", &[]).refused(2, "recurrence.zone");
    repeat("every Monday", &zone).refused(5, "recurrence.rule");
    repeat("FREQ=DAILY;COUNT=2;UNTIL=20300101T000000Z", &zone).refused(5, "recurrence.rule");
    let dropped = ["--start", "2029-01-01T17:00-08:00"];
    let line = ["repeat", "Inbox", "--rule", "FREQ=WEEKLY"];
    assignment(&folder, &[&line[..], &dropped, &zone].concat()).refused(5, "recurrence.start");
    repeat("FREQ=SECONDLY;COUNT=1000000", &zone).refused(5, "recurrence.many");
    repeat("FREQ=DAILY", &["--zone", "Europe/Berlin", "--off", "XX"]).refused(5, "recurrence.day");
    let made = repeat(
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        &[
            "--zone",
            "Europe/Berlin",
            "--off",
            "SA",
            "--off",
            "SU",
            "--json",
        ],
    );
    let made = made.exits(0).json();
    assert_eq!(text(&made, "/next_due/0"), "2029-01-31T16:00:00Z");
    let all = assignment(&folder, &["repeats", "Inbox"]).exits(0);
    assert!(
        all.out
            .starts_with("FREQ=MONTHLY;BYMONTHDAY=-1 in Europe/Berlin: active\n"),
        "{}",
        all.out
    );
    let stopped = assignment(&folder, &["stop", text(&made, "/id")]).exits(0);
    assert!(stopped.out.contains(": stopped\n"), "{}", stopped.out);
}

#[test]
fn what_they_have_of_the_inputs_goes_along() {
    let folder = handed_off();
    folder.file("templates.txt", "Dear customer,");
    let due = GIVEN;
    let give = |inputs: &[&str]| assignment(&folder, &[&due[..], inputs].concat());
    give(&["--input", "templates"]).refused(2, "assignment.input");
    give(&["--input", "templates=nowhere.pdf"]).refused(2, "assignment.input");
    give(&["--input", "bicycle=have"]).refused(5, "assignment.input");
    let given = give(&[
        "--input",
        "shared inbox=have",
        "--input",
        "templates=templates.txt",
    ]);
    let given = given.exits(0);
    for line in [
        "  needs Access to the shared inbox: is there already\n",
        "  needs The list of templates: the file templates.txt\n",
        "  needs The calendar of the week: optional\n",
    ] {
        assert!(given.out.contains(line), "{}", given.out);
    }
    let noted = give(&[]).exits(0);
    let line = "  needs The list of templates: nothing is said of it: ask\n";
    assert!(noted.out.contains(line), "{}", noted.out);
    folder.run(&["verify"]).exits(0);
}

#[test]
fn a_recurrence_moves_to_another_zone_and_a_person_is_invited() {
    let folder = handed_off();
    let line = [
        "repeat",
        "Inbox",
        "--rule",
        "FREQ=WEEKLY;BYDAY=MO",
        "--start",
        "2040-01-02T17:00",
        "--zone",
        "Europe/Berlin",
        "--json",
    ];
    let made = assignment(&folder, &line).exits(0).json();
    let id = text(&made, "/id");
    assignment(&folder, &["move", id, "--zone", "Mars/Olympus"]).refused(5, "recurrence.zone");
    let line = ["move", id, "--zone", "Asia/Manila", "--json"];
    let moved = assignment(&folder, &line).exits(0).json();
    assert_eq!(text(&moved, "/zone"), "Asia/Manila");

    let invite = ["people", "invite", "Ana"];
    folder.run(&invite).refused(7, "person.no_email");
    let line = ["people", "change", "Ana", "--email", "ana@example.com"];
    folder.run(&line).exits(0);
    let link = folder.run(&invite).exits(0).out;
    assert!(
        link.starts_with("http://127.0.0.1:7878/invitation?token=") && link.ends_with('\n'),
        "{link}"
    );
    let line = [
        "people",
        "invite",
        "Ana",
        "--public-url",
        "https://desk.example.com/",
        "--json",
    ];
    let again = folder.run(&line).exits(0).json();
    assert_eq!(text(&again, "/schema"), "offdesk.invitation/1");
    let link = text(&again, "/link");
    assert!(
        link.starts_with("https://desk.example.com/invitation?token="),
        "{link}"
    );
}

#[test]
fn time_spent_is_noted_by_its_kind_and_put_right() {
    let folder = handed_off();
    in_every_state(&folder);
    let spent = |line: &[&str]| review(&folder, &[&["spent", "2"], line].concat());
    spent(&["soon"]).refused(2, "usage.value");
    spent(&["2000"]).refused(5, "assignment.hours");
    spent(&["0.5", "--on", "sleeping"]).refused(2, "usage.value");
    let noted = spent(&["0.5", "--json"]).exits(0).json();
    let lines = noted["spent"].as_array().map_or(0, Vec::len);
    let last = &noted["spent"][lines - 1];
    assert_eq!(
        (&last["kind"], &last["hours"]),
        (&"reworking".into(), &0.5.into())
    );
    let id = text(last, "/id").to_owned();
    let right = spent(&["0.25", "--correct", &id, "--json"]).exits(0).json();
    assert_eq!(right["spent"].as_array().map_or(0, Vec::len), lines);
    assert_eq!(right["spent"][lines - 1]["hours"], 0.25, "{right}");
    let more = spent(&["1", "--on", "answering", "--json"]).exits(0).json();
    assert_eq!(more["spent"][lines]["kind"], "answering", "{more}");
    let nobody = "01a20d6d-5a07-7c33-a6ee-063c1ad031e8";
    spent(&["1", "--correct", nobody]).refused(3, "not_found");
}

#[test]
fn checking_is_changed_and_a_handoff_ends_with_what_is_open() {
    let folder = handed_off();
    let handoff = |line: &[&str]| folder.run(&[&["handoff"], line].concat());
    let checking = |line: &[&str]| handoff(&[&["checking", "Inbox"], line].concat());
    checking(&["--in-a-row", "7"]).refused(5, "handoff.in_a_row");
    checking(&["--critical", "--not-critical"]).refused(2, "usage.conflict");
    let line = ["--critical", "--in-a-row", "16", "--json"];
    let changed = checking(&line).exits(0).json();
    assert_eq!(changed["checking"]["critical"], true, "{changed}");
    assert_eq!(changed["checking"]["in_a_row"], 16);
    let back = checking(&["--not-critical", "--json"]).exits(0).json();
    assert_eq!(back["checking"]["critical"], false);

    in_every_state(&folder);
    let end =
        |line: &[&str]| handoff(&[&["end", "Inbox", "--reason", "taken_back"], line].concat());
    end(&[]).refused(5, "handoff.open_work");
    end(&["--take-back", "--let-finish"]).refused(2, "usage.conflict");
    end(&["--take-back"]).exits(0);
    let left = |number: &str| {
        let shown = assignment(&folder, &["show", number, "--json"]).exits(0);
        text(&shown.json(), "/state").to_owned()
    };
    // What is handed in is still judged, and what was returned is put right; the rest is taken back.
    assert_eq!(
        [left("1"), left("2"), left("3")],
        ["cancelled", "returned", "delivered"]
    );
    review(&folder, &["accept", "3"]).exits(0);
    folder.run(&["verify"]).exits(0);
}

#[test]
fn a_handoff_that_ends_lets_what_is_open_be_finished() {
    let folder = handed_off();
    in_every_state(&folder);
    let line = [
        "handoff",
        "end",
        "Inbox",
        "--reason",
        "finished",
        "--let-finish",
    ];
    folder.run(&line).exits(0);
    assignment(&folder, &GIVEN).refused(7, "assignment.handoff");
    assignment(&folder, &["start", "2"]).exits(0);
    assignment(&folder, &["deliver", "2", "--text", "Done now."]).exits(0);
    review(&folder, &["accept", "2"]).exits(0);
    folder.run(&["verify"]).exits(0);
}

/// What was agreed for a later day held for what was given today, and the desk's text had no word of a budget that was passed.
#[test]
fn terms_hold_from_their_day_and_passed_budgets_stand_on_the_desk() {
    let folder = handed_off();
    let line = [
        "handoff",
        "change",
        "Inbox",
        "--amount",
        "400",
        "--per",
        "retainer",
        "--from",
        "2038-01-01",
    ];
    folder.run(&line).exits(0);
    let changed = folder
        .run(&["handoff", "answer", "Inbox", "accept"])
        .exits(0);
    assert!(
        changed
            .out
            .contains("    Before that: 20.00 USD an assignment, from "),
        "{}",
        changed.out
    );
    let given = assignment(&folder, &GIVEN).exits(0);
    assert!(
        given.out.contains("20.00 USD for one assignment"),
        "{}",
        given.out
    );
    folder.run(&["budget", "set", "10"]).exits(0);
    assignment(&folder, &["reply", "1", "agree"]).exits(0);
    assignment(&folder, &["deliver", "1", "--text", "Done."]).exits(0);
    review(&folder, &["accept", "1", "--met", "1,2,3"]).exits(0);
    let desk = folder.run(&["desk"]).exits(0);
    assert!(
        desk.out.contains(
            "\nBudgets of this month\n  The budget of the whole workspace is passed: 20.00 USD of 10.00 USD\n"
        ),
        "{}",
        desk.out
    );
    let low = ["pay", "correct", "1", "--price", "30"];
    folder.run(&low).refused(5, "pay.more");
    let why = [&low[..], &["--note", "agreed at 30"]].concat();
    folder.run(&why).exits(0);
}
