//! What the owner's side arranges on pages: another date or price, somebody else, work that comes back; what the work of a person shows.

use offdesk_actions::assignments::files::{add_file_part, begin_file};
use offdesk_actions::assignments::{
    FindingKind, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply, accept_deliverable,
    ask_question, deliver, give_assignment, reply_to_assignment, return_deliverable,
    start_assignment, tick_step,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, NewHandoff, answer_for, load_handoff, propose_handoff,
};
use offdesk_actions::people::own::answer_own_handoff;
use offdesk_actions::people::{NewTerms, PersonFields, add_person};
use offdesk_actions::store::Uuid;

use crate::site::{Person, Site};

const WORK: &str = "/work";

fn give(site: &Site, handoff: Uuid) -> Uuid {
    let given = site.act(&site.owner, move |tx, actor, moment| {
        let new = NewAssignment {
            due: moment
                .now
                .checked_add(jiff::SignedDuration::from_hours(48))
                .ok(),
            title: "The shop's inbox".to_owned(),
            ..NewAssignment::default()
        };
        let id = give_assignment(tx, actor, handoff, &new, moment)?.row.id;
        reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
        Ok(id)
    });
    given.unwrap()
}

#[test]
fn an_assignment_is_changed_on_its_page() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let path = format!("{WORK}/{}", give(&site, handoff));
    let owner = Some(&site.owner);
    let page = site.get(owner, &path);
    page.is(200).says(&[
        "Change its date, its price or what it is",
        "They have agreed to it as it is: a change asks them anew, and what was agreed holds until they take it.",
        "The shop's inbox",
    ]);
    let version = page.between("name=\"version\" value=\"", "\"");
    let change = |due: &str, amount: &str| {
        let fields = [
            ("version", version.as_str()),
            ("due", due),
            ("amount", amount),
            ("title", "Both inboxes"),
            ("note", "The shop first."),
        ];
        site.post(owner, &format!("{path}/change"), &fields)
    };
    change("tomorrow", "30").is(422).says(&[
        "assignment.moment",
        "Both inboxes",
        "The shop first.",
    ]);
    change("2001-01-01T10:00", "30")
        .is(422)
        .says(&["assignment.due"]);
    change("2029-01-02T10:00", "many")
        .is(422)
        .says(&["assignment.amount"]);
    change("2029-01-02T10:00", "30").is(303);
    site.get(owner, &path).says(&[
        "Both inboxes",
        "2 January 2029",
        "30.00 USD",
        "has not said yet whether they take the change",
        "Until it is accepted, what was agreed holds",
    ]);
    change("2029-01-02T10:00", "31")
        .is(409)
        .says(&["assignment.changed"]);
}

#[test]
fn an_assignment_is_given_to_somebody_else() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let first = site.given(site.activity("Inbox"));
    let id = give(&site, first.handoff);
    let owner = Some(&site.owner);
    let path = format!("{WORK}/{id}");
    site.get(owner, &path)
        .says(&["This activity is handed off to nobody else"]);
    let second = site.given(site.activity("Inbox")).handoff;
    let page = site.get(owner, &path);
    page.says(&["Give it to them", &second.to_string()]);
    let version = page.between("name=\"version\" value=\"", "\"");
    let to = |handoff: &str| {
        let fields = [("version", version.as_str()), ("handoff", handoff)];
        site.post(owner, &format!("{path}/reassignment"), &fields)
    };
    to("nobody").is(422).says(&["handoff.missing"]);
    to(&first.handoff.to_string())
        .is(409)
        .says(&["assignment.same_handoff"]);
    // What is refused takes nothing back.
    site.get(owner, &path)
        .hides(&["Taken back"])
        .says(&["has taken it on"]);
    // Late, it needs another date; what was chosen stays chosen.
    let second = second.to_string();
    let fields = [
        ("version", version.as_str()),
        ("handoff", &second),
        ("new_due", "2001-01-01T10:00"),
    ];
    let late = site.post(owner, &format!("{path}/reassignment"), &fields);
    late.is(422)
        .says(&["would be due before it is given", "2001-01-01T10:00"]);
    let done = to(&second);
    let new = done.is(303).location().to_owned();
    assert!(!new.contains(&id.to_string()), "{new}");
    site.get(owner, &new)
        .says(&["inbox", "has not said yet whether they take it"]);
    site.get(owner, &path).says(&["Taken back"]);
}

#[test]
fn work_comes_back_and_the_next_dates_are_shown() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let path = format!("/handoffs/{handoff}");
    let owner = Some(&site.owner);
    site.get(owner, &path)
        .is(200)
        .says(&["Comes back by itself", "Every Monday", "Due next:"]);
    let repeat = |start: &str, way: &str, rule: &str| {
        let fields = [
            ("start", start),
            ("way", way),
            ("rule", rule),
            ("zone", "Europe/Berlin"),
            ("days_off", "SA SU, 2040-03-30"),
            ("lead_hours", "24"),
            ("title", "Month end"),
        ];
        site.post(owner, &format!("{path}/recurrences"), &fields)
    };
    repeat("soon", "weekly", "")
        .is(422)
        .says(&["recurrence.start", "Month end"]);
    repeat("2040-01-31T17:00", "rule", "FREQ=SECONDLY")
        .is(422)
        .says(&["recurrence.many"]);
    // A rule that is typed is not passed over, and what it leaves out is said.
    repeat("2040-01-31T17:00", "weekly", "FREQ=SECONDLY")
        .is(422)
        .says(&["recurrence.way", "FREQ=SECONDLY"]);
    repeat("2040-01-31T17:00", "month_end", "").is(303);
    let page = site.get(owner, &format!("{path}?done=repeats"));
    page.says(&[
        "On the last day of every month",
        "31 January 2040",
        "29 February 2040",
        "not on Saturdays, Sundays and 2040-03-30",
    ]);
    // To the clock of another zone, and back to nothing that is one.
    let zone = format!(
        "/handoffs/{}/zone",
        page.between("action=\"/handoffs/", "/zone\"")
    );
    let moved = [("version", "1"), ("zone", "Asia/Manila")];
    site.post(owner, &zone, &moved).is(303);
    site.get(owner, &path)
        .says(&["on the clock of Asia/Manila"]);
    let off = [
        ("version", "2"),
        ("zone", "Asia/Manila"),
        ("days_off", "SU 2040-02-29"),
    ];
    site.post(owner, &zone, &off).is(303);
    site.get(owner, &path)
        .says(&["not on Sundays and 2040-02-29", "17:00 there"]);
    let nowhere = [("version", "3"), ("zone", "Mars/Olympus")];
    site.post(owner, &zone, &nowhere)
        .is(422)
        .says(&["recurrence.zone"]);
    let end = zone
        .trim_start_matches("/handoffs/")
        .trim_end_matches("/zone");
    let gone = format!("/handoffs/{end}/end");
    site.post(owner, &gone, &[("version", "9")])
        .is(409)
        .says(&["recurrence.changed"]);
    site.post(owner, &gone, &[("version", "3")]).is(303);
    site.get(owner, &path).says(&["stopped"]);
    repeat("2040-01-31T17:00", "monthly", "").is(303);
    site.get(owner, &path)
        .says(&["Months without a day 31 are left out"]);
}

#[test]
fn what_the_work_of_a_person_shows_is_honest_about_small_numbers() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let (owner, person) = (Some(&site.owner), format!("/people/{}", given.person));
    site.get(owner, &person)
        .is(200)
        .says(&["How their work went", "Too early to say"]);
    for _ in 0..6 {
        let id = give(&site, given.handoff);
        let done = site.act(&site.owner, move |tx, actor, moment| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment)?;
            accept_deliverable(tx, actor, id, &NewReview::default(), moment)
        });
        done.unwrap();
    }
    // Six of six is a range, and no 100 %.
    site.get(owner, &person)
        .says(&["6 of 6: 61-100 %", "6 of 10 clean in a row"])
        .hides(&[": 100 %", "score\""]);
    site.get(owner, &format!("/handoffs/{}", given.handoff))
        .says(&["How the work went", "6 of 6: 61-100 %"]);
}

#[test]
fn what_comes_back_is_reviewed_beside_the_round_before() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let id = give(&site, handoff);
    site.act(&site.owner, move |tx, actor, moment| {
        let hand_in = |tx: &mut _, text: &str, link: &str, files: &[&str]| {
            for name in files {
                let file = begin_file(tx, actor, id, name, 2, moment)?.id;
                add_file_part(tx, actor, id, file, 0, b"ab".to_vec())?;
            }
            let new = NewDeliverable {
                text: text.to_owned(),
                link: link.to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment)
        };
        start_assignment(tx, actor, id, None, moment)?;
        tick_step(tx, actor, id, 1, true, moment)?;
        let names = ["report.pdf", "extra.csv"];
        hand_in(
            tx,
            "Twelve letters.\nNo dates.",
            "https://example.com/a",
            &names,
        )?;
        let fault = NewFinding {
            kind: FindingKind::Fault,
            step: None,
            criterion: Some(2),
            text: "The dates are missing.".to_owned(),
        };
        let review = NewReview {
            findings: vec![fault],
            note: "Good names.".to_owned(),
            ..NewReview::default()
        };
        return_deliverable(tx, actor, id, &review, moment)?;
        let names = ["report.pdf", "dates.csv"];
        hand_in(
            tx,
            "Twelve letters.\nAll dates.",
            "https://example.com/b",
            &names,
        )
    })
    .unwrap();
    let page = site.get(Some(&site.owner), &format!("/review/{id}"));
    page.is(200).says(&[
        "Handed in, round 2",
        "Changed since round 1",
        "No dates.</bdi></del>",
        "All dates.</bdi></ins>",
        "The link was <bdi>https://example.com/a",
        "New file: <bdi>dates.csv",
        "Handed in anew: <bdi>report.pdf",
        "Not handed in again: <bdi>extra.csv",
        "Round 1, what was found",
        "Fault at criterion 2",
        "The dates are missing.",
        "It was said: <bdi>Good names.",
        "It did not hold: ",
        "1 of 7 ticked",
        "/versions/1\">version 1 of the blueprint",
    ]);
    page.hides(&["Cem"]);
    let token = site.token(&offdesk_actions::actor::TokenScope::ALL);
    let none = serde_json::Value::Null;
    let listed = site.call(&token, "GET", "/reviews", &none, &[]);
    let review = listed.is(200).json()["reviews"][0].clone();
    assert_eq!(review["changed"]["since_round"], 1, "{review}");
    assert_eq!(review["changed"]["files_gone"][0], "extra.csv");
    assert_eq!(review["changed"]["text"][1]["kind"], "removed");
    assert_eq!(review["rounds_before"][0]["said"], "Good names.");
    assert_eq!(review["steps"][0]["ticked"], true);
    let shown = site.call(&token, "GET", &format!("/assignments/{id}"), &none, &[]);
    let shown = shown.is(200).json();
    assert_eq!(
        shown["rounds_done"][0]["changed"]["files_added"][0],
        "dates.csv"
    );
    assert_eq!(shown["rounds_done"][1]["changed"], none);
}

#[test]
fn the_ticks_of_a_round_stay_with_it_and_the_next_begins_with_them() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let id = give(&site, handoff);
    site.act(&site.owner, move |tx, actor, moment| {
        for step in [1, 2, 4] {
            tick_step(tx, actor, id, step, true, moment)?;
        }
        let new = NewDeliverable {
            text: "Twelve letters.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, id, &new, moment)?;
        let found = |kind: FindingKind, step: i64, text: &str| NewFinding {
            kind,
            step: Some(step),
            criterion: None,
            text: text.to_owned(),
        };
        let review = NewReview {
            findings: vec![
                found(FindingKind::Fault, 2, "One was left out."),
                found(FindingKind::Preference, 4, "Shorter, please."),
            ],
            ..NewReview::default()
        };
        return_deliverable(tx, actor, id, &review, moment)
    })
    .unwrap();
    let token = site.token(&offdesk_actions::actor::TokenScope::ALL);
    let none = serde_json::Value::Null;
    let shown = || {
        let shown = site.call(&token, "GET", &format!("/assignments/{id}"), &none, &[]);
        shown.is(200).json()
    };
    // A fault opens its step again; a preference moves nothing.
    let ticked = |shown: &serde_json::Value| -> Vec<bool> {
        let steps = shown["steps"].as_array().unwrap().iter();
        steps.map(|it| it["ticked"] == true).take(4).collect()
    };
    let returned = shown();
    assert_eq!(ticked(&returned), [true, false, false, true]);
    assert_eq!(
        returned["rounds_done"][0]["ticked"],
        serde_json::json!([1, 2, 4])
    );
    site.get(Some(&site.owner), &format!("{WORK}/{id}"))
        .says(&["Steps: 3 of 7 ticked", "Steps: 2 of 7 ticked"]);
    site.act(&site.owner, move |tx, actor, moment| {
        for (step, is_done) in [(1, false), (2, true), (3, true)] {
            tick_step(tx, actor, id, step, is_done, moment)?;
        }
        let new = NewDeliverable {
            text: "Thirteen letters.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, id, &new, moment)
    })
    .unwrap();
    let again = shown();
    let rounds = &again["rounds_done"];
    assert_eq!(rounds[0]["ticked"], serde_json::json!([2, 3, 4]));
    assert_eq!(rounds[1]["ticked"], serde_json::json!([1, 2, 4]));
    let page = site.get(Some(&site.owner), &format!("/review/{id}"));
    assert_eq!(page.is(200).body.matches("Steps: 3 of 7 ticked").count(), 2);
}

#[test]
fn what_was_returned_is_accepted_as_it_is_on_its_page() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let id = give(&site, handoff);
    let (owner, path) = (Some(&site.owner), format!("{WORK}/{id}"));
    site.get(owner, &path).hides(&["Accept it as it is"]);
    site.act(&site.owner, move |tx, actor, moment| {
        let new = NewDeliverable {
            text: "Twelve letters.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, id, &new, moment)?;
        let review = NewReview {
            findings: vec![NewFinding {
                kind: FindingKind::Fault,
                step: Some(2),
                criterion: None,
                text: "One was left out.".to_owned(),
            }],
            ..NewReview::default()
        };
        return_deliverable(tx, actor, id, &review, moment)
    })
    .unwrap();
    let page = site.get(owner, &path);
    page.is(200).says(&["Accept it as it is"]);
    let action = format!("/review/{id}");
    let version = version_in(&page.body, &action);
    let fields = [("version", version.as_str()), ("verdict", "all")];
    site.post(owner, &action, &fields).is(303);
    site.get(owner, &path).says(&["Close it"]);
}

/// A form that is refused once was looked at since it was shown first.
#[test]
fn a_review_that_is_refused_keeps_when_it_was_shown() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let id = give(&site, given.handoff);
    site.act(&site.owner, move |tx, actor, moment| {
        let new = NewDeliverable {
            text: "Done.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, id, &new, moment)
    })
    .unwrap();
    let (owner, path) = (Some(&site.owner), format!("/review/{id}"));
    let page = site.get(owner, &path);
    let version = page.between("name=\"version\" value=\"", "\"");
    let now: i64 = page
        .between("name=\"shown\" value=\"", "\"")
        .parse()
        .unwrap();
    let before = (now - 900).to_string();
    let shown = format!("name=\"shown\" value=\"{before}\"");
    let fields = [
        ("version", version.as_str()),
        ("shown", &before),
        ("verdict", "returned"),
    ];
    site.post(owner, &path, &fields).is(422).says(&[&shown]);
    // The same where a fault comes out later, and where a question is answered.
    let path = format!("{WORK}/{id}");
    let fault = [("shown", before.as_str()), ("rework_minutes", "many")];
    site.post(owner, &format!("{path}/escapes"), &fault).is(422);
    let asked = given.assignment;
    site.act(&site.owner, move |tx, actor, moment| {
        ask_question(tx, actor, asked, None, "Which?", moment)
    })
    .unwrap();
    let path = format!("{WORK}/{asked}");
    let page = site.get(owner, &path);
    let question = page.between(&format!("{path}/questions/"), "/answer");
    let answer = [("shown", before.as_str()), ("text", "")];
    site.post(
        owner,
        &format!("{path}/questions/{question}/answer"),
        &answer,
    )
    .is(422)
    .says(&[&shown]);
}

#[test]
fn the_assignments_of_a_handoff_are_behind_a_link_with_their_count() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let first = site.given(site.activity("Inbox")).handoff;
    let other = site.given(site.activity("Inbox"));
    let id = give(&site, first);
    let owner = Some(&site.owner);
    let link = format!("href=\"{WORK}?handoff={first}\"");
    site.get(owner, &format!("/handoffs/{first}"))
        .is(200)
        .says(&[&format!("{link}>All of them (2)</a>")]);
    let page = site.get(owner, &format!("{WORK}?handoff={first}"));
    page.is(200)
        .says(&["The shop's inbox", "What its blueprint needs"])
        .hides(&[&other.assignment.to_string()]);
    // What waits for a review says nothing of whose it is.
    let done = site.act(&site.owner, move |tx, actor, moment| {
        let new = NewDeliverable {
            text: "Done.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, id, &new, moment)
    });
    assert_eq!(done.unwrap().row.state, "delivered");
    site.get(owner, &format!("/handoffs/{first}"))
        .says(&[&format!("{link}>All of them (1)</a>")]);
    site.get(owner, &format!("{WORK}?handoff={first}"))
        .hides(&["The shop's inbox"]);
    site.get(owner, &format!("{WORK}?handoff={}", Uuid::nil()))
        .is(404);
}

#[test]
fn what_the_blueprint_needs_is_asked_for_and_stands_with_the_work() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff.to_string();
    let owner = Some(&site.owner);
    let asked = site.get(owner, &format!("{WORK}?handoff={handoff}"));
    asked.is(200).says(&[
        "What its blueprint needs",
        "Access to the shared inbox",
        "The calendar of the week</bdi> (optional)",
        "They have it",
        "Answer by (optional)",
        "Price this time (optional)",
    ]);
    let some = [
        ("handoff", handoff.as_str()),
        ("due", "2029-01-02T10:00"),
        ("title", "Tuesday"),
        ("amount", "31"),
        ("answer_by", "2029-01-01T10:00"),
        ("input-0", "Access to the shared inbox"),
        ("have-0", "1"),
        ("input-1", "The list of templates"),
    ];
    site.post(owner, WORK, &some).is(422).says(&[
        "assignment.inputs",
        "nothing is said of: The list of templates",
        "name=\"have-0\" value=\"1\" checked",
    ]);
    let linked = [&some[..], &[("link-1", "javascript:alert(1)")]].concat();
    site.post(owner, WORK, &linked)
        .is(422)
        .says(&["assignment.link"]);
    // A file of the one, a tick at the other.
    let mut body = String::new();
    for (name, value) in some {
        body +=
            &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    body += "--x\r\nContent-Disposition: form-data; name=\"file-1\"; filename=\"templates.pdf\"\r\n\r\nabc\r\n--x--\r\n";
    let cookie = crate::site::cookie_of(&site.owner);
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    site.ask("POST", WORK, &headers, body).is(303);
    let none = serde_json::Value::Null;
    let token = site.token(&offdesk_actions::actor::TokenScope::ALL);
    let api = |method: &str, path: &str, body: &serde_json::Value| {
        site.call(&token, method, path, body, &[])
    };
    let listed = api("GET", "/assignments?state=assigned", &none)
        .is(200)
        .json();
    let given = listed["assignments"][0].clone();
    assert_eq!(given["title"], "Tuesday");
    assert_eq!(given["amount"], "31.00");
    let id = given["id"].as_str().unwrap_or_default().to_owned();
    let shown = api("GET", &format!("/assignments/{id}"), &none)
        .is(200)
        .json();
    let inputs = &shown["inputs"];
    assert_eq!(inputs[0]["given"], "have", "{inputs}");
    assert_eq!(inputs[1]["given"], "file");
    assert_eq!(inputs[1]["file"]["name"], "templates.pdf");
    assert_eq!(inputs[2]["given"], none);
    site.get(owner, &format!("{WORK}/{id}")).is(200).says(&[
        "What it needs",
        "there already",
        "templates.pdf",
        "optional",
    ]);
    // A program is asked for them, too; given without them knowingly, what it leaves out is noted.
    let mut new = serde_json::json!({"due": "2029-01-03T10:00Z", "inputs": [{"name": "templates", "link": "https://example.com/t"}]});
    let path = format!("/handoffs/{handoff}/assignments");
    api("POST", &path, &new).is(422).says(&[
        "assignment.inputs",
        "Access to the shared inbox",
        "without_inputs",
    ]);
    new["without_inputs"] = true.into();
    let made = api("POST", &path, &new).is(201).json();
    assert_eq!(made["inputs"][1]["link"], "https://example.com/t");
    assert_eq!(made["inputs"][0]["given"], none);
    let page = format!("{WORK}/{}", made["id"].as_str().unwrap_or_default());
    site.get(owner, &page)
        .says(&["nothing is said of it yet", "https://example.com/t"]);
    let wrong = serde_json::json!({"due": "2029-01-03T10:00Z", "inputs": [{"name": "the"}]});
    api("POST", &path, &wrong)
        .is(422)
        .says(&["assignment.input", "stands in several inputs"]);
}

/// A handoff of an activity to somebody who has not joined and is paid by the hour, with one assignment they have taken.
fn hourly(site: &Site, activity: Uuid) -> (Uuid, Uuid) {
    let first = site.given(activity).handoff;
    let made = site.act(&site.owner, move |tx, actor, moment| {
        let fields = PersonFields {
            kind: "freelancer".to_owned(),
            name: "Dee".to_owned(),
            ..PersonFields::default()
        };
        let terms = NewTerms {
            unit: "hour".to_owned(),
            amount: "20".to_owned(),
            currency: "USD".to_owned(),
            ..NewTerms::default()
        };
        let person = add_person(tx, actor, &fields, Some(&terms), moment)?.row.id;
        let blueprint = load_handoff(tx, actor, first)?
            .summary
            .handoff
            .row
            .blueprint_id;
        let new = NewHandoff::new(activity, blueprint, person);
        let handoff = propose_handoff(tx, actor, &new, moment)?;
        let handoff = handoff.summary.handoff.row.id;
        answer_for(tx, actor, handoff, HandoffAnswer::Accept, "", None, moment)?;
        Ok(handoff)
    });
    let handoff = made.unwrap();
    let id = give(site, handoff);
    let done = site.act(&site.owner, move |tx, actor, moment| {
        start_assignment(tx, actor, id, None, moment)
    });
    done.unwrap();
    (handoff, id)
}

/// The version in the form of a page that leads to a path.
fn version_in(body: &str, action: &str) -> String {
    let form = body.split(&format!("action=\"{action}\"")).nth(1);
    let version = form.and_then(|it| it.split("name=\"version\" value=\"").nth(1));
    let version = version.and_then(|it| it.split('"').next());
    version.unwrap_or_default().to_owned()
}

/// A form with a file, as a browser sends it.
fn with_file(site: &Site, path: &str, fields: &[(&str, &str)], name: &str) -> crate::site::Page {
    let mut body = String::new();
    for (field, value) in fields {
        body +=
            &format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
    }
    body += &format!(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n<b>abc\r\n--x--\r\n"
    );
    let cookie = crate::site::cookie_of(&site.owner);
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    site.ask("POST", path, &headers, body)
}

#[test]
fn what_is_paid_by_the_hour_is_not_handed_in_without_hours_by_chance_and_files_are_downloads() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (_, id) = hourly(&site, site.activity("Inbox"));
    let (owner, path) = (Some(&site.owner), format!("{WORK}/{id}"));
    let seen = |end: &str| version_in(&site.get(owner, &path).body, &format!("{path}{end}"));
    let version = seen("/deliverables");
    let fields = [("version", version.as_str()), ("text", "All done.")];
    let refused = with_file(&site, &format!("{path}/deliverables"), &fields, "a<b>.html");
    refused
        .is(422)
        .says(&["assignment.no_hours", "without_hours"]);
    let page = site.get(owner, &path);
    page.is(200).says(&["Hand in what they sent", "Remove it"]);
    let version = seen("/deliverables");
    let fields = [
        ("version", version.as_str()),
        ("text", "All done."),
        ("hours", "1.5"),
    ];
    site.post(owner, &format!("{path}/deliverables"), &fields)
        .is(303);
    let page = site.get(owner, &path);
    page.is(200).says(&["Time typed in", "/files/"]);
    let file = page.between(&format!("href=\"{path}/files/"), "\"");
    let download = site.get(owner, &format!("{path}/files/{file}"));
    download.is(200);
    let kind = download.headers["content-disposition"].to_str();
    assert!(kind.unwrap_or_default().starts_with("attachment;"));
    assert_eq!(download.headers["x-content-type-options"], "nosniff");
    assert_eq!(download.bytes, b"<b>abc");
    // What is handed in stays.
    site.post(owner, &format!("{path}/files/{file}/removal"), &[])
        .is(409)
        .says(&["file.handed_in"]);
}

/// An assignment that somebody who has joined has taken, under a handoff they accept.
pub fn taken_by(site: &Site, worker: &Person, handoff: Uuid) -> Uuid {
    let accepted = site.act(worker, move |tx, actor, moment| {
        let accept = HandoffAnswer::Accept;
        answer_own_handoff(tx, actor, handoff, accept, "", None, moment)
    });
    accepted.unwrap();
    let id = site.act(&site.owner, move |tx, actor, moment| {
        let new = NewAssignment {
            due: Some(moment.now + jiff::SignedDuration::from_hours(5)),
            ..NewAssignment::default()
        };
        Ok(give_assignment(tx, actor, handoff, &new, moment)?.row.id)
    });
    let id = id.unwrap();
    let agreed = site.act(worker, move |tx, actor, moment| {
        reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)
    });
    agreed.unwrap();
    id
}

/// It went in without a word, was accepted, and earned 0.00 for good.
#[test]
fn who_is_paid_by_the_hour_is_asked_before_they_hand_in_without_hours() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (ana, person) = site.worker("Ana");
    site.paid_and_let_in(person);
    let handoff = site.handed_off_by(person, site.published());
    let id = taken_by(&site, &ana, handoff);
    let (ana, path) = (Some(&ana), format!("/my/assignments/{id}"));
    let seen = version_in(&site.get(ana, &path).body, &format!("{path}/deliverables"));
    let fields = [("version", seen.as_str()), ("text", "All done.")];
    let send = |more: &[(&str, &str)]| {
        let fields = [&fields[..], more].concat();
        site.post(ana, &format!("{path}/deliverables"), &fields)
    };
    send(&[])
        .is(422)
        .says(&["assignment.no_hours", "All done.", "name=\"without_hours\""]);
    send(&[("without_hours", "1")]).is(303);
}

#[test]
fn without_hours_is_handed_in_where_it_is_said() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (_, id) = hourly(&site, site.activity("Inbox"));
    let (owner, path) = (Some(&site.owner), format!("{WORK}/{id}"));
    let handing_in = format!("{path}/deliverables");
    let version = version_in(&site.get(owner, &path).body, &handing_in);
    let fields = [
        ("version", version.as_str()),
        ("text", "All done."),
        ("without_hours", "1"),
    ];
    site.post(owner, &handing_in, &fields).is(303);
}

#[test]
fn a_handoff_ends_on_its_page_with_what_is_open() {
    for (word, left) in [("take_back", "taken back"), ("finish", "is at it")] {
        let site = Site::new();
        site.with_hours(&[("Inbox", 6)]);
        let (handoff, id) = hourly(&site, site.activity("Inbox"));
        let (owner, path) = (Some(&site.owner), format!("/handoffs/{handoff}"));
        let send = |end: &str, fields: &[(&str, &str)]| {
            let action = format!("{path}/{end}");
            let version = version_in(&site.get(owner, &path).body, &action);
            let fields = [&[("version", version.as_str())], fields].concat();
            site.post(owner, &action, &fields)
        };
        let checked = [
            ("critical", "1"),
            ("in_a_row", "16"),
            ("answer_by_hours", "5"),
        ];
        send("checking", &checked).is(303);
        send("checking", &[("in_a_row", "7")])
            .is(422)
            .says(&["handoff.in_a_row"]);
        let end = [("move", "end"), ("reason", "taken_back")];
        send("move", &end)
            .is(422)
            .says(&["handoff.open_work", "Let them do it to its end"]);
        let end = [&end[..], &[("open", word)]].concat();
        send("move", &end).is(303);
        let page = site.get(owner, &format!("{WORK}/{id}"));
        assert!(page.body.to_lowercase().contains(left), "{}", page.body);
    }
}
