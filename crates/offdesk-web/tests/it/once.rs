//! A form that makes something makes it once for each page it was on, however often it is sent from there.

use offdesk_actions::actor::TokenScope;
use offdesk_actions::assignments::load_assignment;
use offdesk_actions::assignments::recurring::list_recurrences;
use serde_json::Value;

use crate::site::{Page, Site};

/// What tells a page's form from that of another page.
fn once(page: &Page) -> String {
    page.between("name=\"once\" value=\"", "\"")
}

#[test]
fn a_form_that_is_sent_twice_gives_once() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let handoff = site.given(site.activity("Inbox")).handoff;
    let token = site.token(&[TokenScope::Read]);
    let count = || {
        let path = format!("/handoffs/{handoff}/assignments");
        let listed = site.call(&token, "GET", &path, &Value::Null, &[]).json();
        listed["assignments"].as_array().unwrap().len()
    };
    let (id, before) = (handoff.to_string(), count());
    let give = |once: &str, title: &str| {
        let fields = [
            ("once", once),
            ("handoff", id.as_str()),
            ("due", "2029-01-02T10:00"),
            ("title", title),
            ("input-0", "Access to the shared inbox"),
            ("have-0", "1"),
            ("input-1", "The list of templates"),
            ("have-1", "1"),
        ];
        site.post(owner, "/work", &fields)
    };
    let page = once(&site.get(owner, "/work"));
    for _ in 0..3 {
        assert_eq!(give(&page, "Monday").is(303).location(), "/work?given=1");
    }
    assert_eq!(count(), before + 1);
    // What is typed otherwise is meant, and so is the same of another page.
    give(&page, "Tuesday").is(303);
    give(&once(&site.get(owner, "/work")), "Monday").is(303);
    assert_eq!(count(), before + 3);
    // A form that is shown again is the same one.
    let refused = give(&page, &"x".repeat(400));
    assert_eq!(once(refused.is(422)), page);
}

#[test]
fn a_form_that_is_sent_twice_lets_it_come_back_once_and_asks_once() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let given = site.given(site.activity("Inbox"));
    let path = format!("/handoffs/{}", given.handoff);
    let page = once(&site.get(owner, &path));
    let fields = [
        ("once", page.as_str()),
        ("start", "2040-01-02T17:00"),
        ("way", "weekly"),
        ("zone", "Europe/Berlin"),
        ("lead_hours", "48"),
    ];
    for _ in 0..2 {
        site.post(owner, &format!("{path}/recurrences"), &fields)
            .is(303);
    }
    let handoff = given.handoff;
    let all = site.act(&site.owner, move |tx, actor, _| {
        list_recurrences(tx, actor, handoff)
    });
    assert_eq!(all.unwrap().len(), 2, "one was there before");

    let (ana, person) = site.worker("Ana");
    site.paid_and_let_in(person);
    let handoff = site.handed_off_by(person, site.published());
    let id = crate::arranging::taken_by(&site, &ana, handoff);
    let path = format!("/my/assignments/{id}");
    let page = once(&site.get(Some(&ana), &path));
    let fields = [("once", page.as_str()), ("question", "Which one?")];
    for _ in 0..2 {
        site.post(Some(&ana), &format!("{path}/questions"), &fields)
            .is(303);
    }
    let asked = site.act(&site.owner, move |tx, actor, _| {
        load_assignment(tx, actor, id)
    });
    assert_eq!(asked.unwrap().questions.len(), 1);
}
