//! The Enter key in a field presses the first button of the form: where the buttons bind somebody, that one binds nobody.

use crate::handoffs::version;
use crate::site::{Page, Site};

/// What the Enter key presses in the form that begins so.
#[track_caller]
fn first_button(page: &Page, begin: &str) -> String {
    let (_, form) = page.body.split_once(begin).unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let (_, button) = form.split_once("<button").unwrap();
    button.split_once('>').unwrap().0.to_owned()
}

#[track_caller]
fn decides_nothing(page: &Page, begin: &str) {
    let button = first_button(page, begin);
    assert!(button.contains("class=\"hidden\""), "{begin}: {button}");
    assert!(!button.contains("name="), "{begin}: {button}");
}

#[test]
fn enter_accepts_no_deliverable_and_ends_no_handoff() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let given = site.given(site.activity("Inbox"));
    let own = format!("/work/{}", given.assignment);
    site.post(
        owner,
        &format!("{own}/files/{}/removal", given.document),
        &[],
    )
    .is(303);
    let page = site.get(owner, &own);
    let (_, form) = page.body.split_once("/deliverables\"").unwrap();
    let (_, seen) = form.split_once("name=\"version\" value=\"").unwrap();
    let seen = seen.split('"').next().unwrap();
    let fields = [("version", seen), ("text", "All done.")];
    site.post(owner, &format!("{own}/deliverables"), &fields)
        .is(303);

    let review = format!("/review/{}", given.assignment);
    let page = site.get(owner, &review);
    decides_nothing(&page, &format!("action=\"{review}\""));
    let seen = version(&page);
    for verdict in ["", "foo"] {
        let sent = [
            ("version", seen.as_str()),
            ("verdict", verdict),
            ("met", "1"),
            ("met", "2"),
            ("kind", "fault"),
            ("place", "s1"),
            ("finding", "The date is missing"),
        ];
        site.post(owner, &review, &sent)
            .is(422)
            .says(&["assignment.verdict", "The date is missing"]);
    }
    // Nothing was pressed at all: what was typed is there again.
    let sent = [("version", seen.as_str()), ("note", "A good one.")];
    site.post(owner, &review, &sent)
        .is(422)
        .says(&["Nothing is decided yet.", "A good one."]);
    site.get(owner, &review).says(&["All hold: accept"]);

    // There is room for as many findings as are taken, and none that was begun is dropped.
    let sent = [
        ("version", seen.as_str()),
        ("verdict", "more"),
        ("kind", "fault"),
        ("place", "s1"),
        ("finding", "The date is missing"),
    ];
    site.post(owner, &review, &sent)
        .is(200)
        .says(&["The date is missing", "id=\"finding-7\""])
        .hides(&["id=\"finding-8\""]);
    let sent = [
        ("version", seen.as_str()),
        ("verdict", "all"),
        ("kind", "fault"),
        ("place", "s1"),
        ("finding", ""),
    ];
    site.post(owner, &review, &sent)
        .is(422)
        .says(&["assignment.finding", "What you found"]);

    let handoff = format!("/handoffs/{}", given.handoff);
    let page = site.get(owner, &handoff);
    decides_nothing(&page, "<summary>End it</summary>");
    let seen = version(&page);
    let sent = [("version", seen.as_str()), ("said", "It was good.")];
    site.post(owner, &format!("{handoff}/move"), &sent)
        .is(422)
        .says(&["handoff.move", "It was good."]);
}

#[test]
fn enter_takes_no_handoff_and_completes_no_week() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let owner = Some(&site.owner);
    let (ana, person) = site.worker("Ana");
    let handoff = site.handed_off(person);
    let ana = Some(&ana);
    let mine = format!("/my/handoffs/{handoff}");
    let page = site.get(ana, &mine);
    decides_nothing(&page, &format!("action=\"{mine}/answer\""));
    let seen = version(&page);
    let sent = [("version", seen.as_str()), ("said", "No time for it")];
    site.post(ana, &format!("{mine}/answer"), &sent)
        .is(422)
        .says(&[
            "handoff.answer",
            "Nothing is decided yet.",
            "No time for it",
        ]);
    site.get(ana, &mine).says(&["Proposed"]);
    let sent = [("version", seen.as_str()), ("answer", "accept")];
    site.post(ana, &format!("{mine}/answer"), &sent).is(303);

    // Of a week the first button only keeps what was typed.
    let page = site.get(ana, "/my/week");
    let button = first_button(&page, "action=\"/my/week?week=");
    assert!(button.contains("name=\"as\" value=\"kept\""), "{button}");

    // What a person who has not joined said is noted by the button that says it.
    let given = site.given(site.activity("Bookkeeping"));
    let cem = format!("/handoffs/{}", site.handed_off(given.person));
    let page = site.get(owner, &cem);
    decides_nothing(&page, &format!("action=\"{cem}/answer\""));
    let seen = version(&page);
    let sent = [("version", seen.as_str()), ("said", "Next month, perhaps")];
    site.post(owner, &format!("{cem}/answer"), &sent)
        .is(422)
        .says(&["handoff.answer", "Next month, perhaps"]);
    // A decision about a week that is none gives no week back.
    let week = format!("/people/{person}/weeks/2026-01-05/decision");
    let sent = [("version", "0"), ("decision", "foo"), ("said", "Monday")];
    site.post(owner, &week, &sent)
        .is(422)
        .says(&["timesheet.decision"]);
}
