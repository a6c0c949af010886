//! Activities are guarded by their version whatever is done to them, by the API and on the page.

use offdesk_actions::activities::load_activity;
use offdesk_actions::actor::TokenScope;
use offdesk_actions::remembered::log_time;
use serde_json::json;

use crate::site::Site;

#[test]
fn what_somebody_changed_meanwhile_of_an_activity_is_not_overwritten() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Sales calls", 3)]);
    let (inbox, calls) = (site.activity("Inbox"), site.activity("Sales calls"));
    let token = site.token(&TokenScope::ALL);
    let version = |id| {
        let found = site.act(&site.owner, move |tx, actor, _| {
            load_activity(tx, actor, id)
        });
        found.unwrap().row.version
    };
    let seen = version(inbox);
    let path = |what: &str| format!("/activities/{inbox}/{what}");
    let post =
        |what: &str, body: &serde_json::Value| site.call(&token, "POST", &path(what), body, &[]);
    let judged = |version| json!({"judgement": "never", "reason": "trust", "version": version});
    post("judgement", &judged(seen)).is(200);
    assert_ne!(version(inbox), seen);
    post("judgement", &judged(seen))
        .is(409)
        .says(&["store.conflict"]);
    let wordings = [site.activity("Inbox").to_string()];
    for (what, body) in [
        ("merge", json!({"into": calls.to_string(), "version": seen})),
        (
            "split",
            json!({"name": "Apart", "wordings": wordings, "version": seen}),
        ),
    ] {
        post(what, &body).is(409).says(&["store.conflict"]);
    }
    // Whoever names no version takes what is there.
    post("judgement", &json!({"judgement": "open"})).is(200);
    // A page says which one it was made of.
    let page = site.get(Some(&site.owner), &format!("/activities/{inbox}"));
    let forms = page.body.matches("name=\"version\"").count();
    assert!(forms >= 5, "{forms} forms with a version");
    let old = seen.to_string();
    let fields = [("into", calls.to_string()), ("version", old)];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, it)| (*name, it.as_str()))
        .collect();
    site.post(
        Some(&site.owner),
        &format!("/activities/{inbox}/merge"),
        &fields,
    )
    .is(409);
}

/// What is left of hours that were undone stands in no list, and its name is taken all the same: it is told why.
#[test]
fn a_name_that_an_activity_without_hours_has_is_told_as_such() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.with_hours(&[("Inbox", 6)]);
    site.act(&site.owner, |tx, actor, moment| {
        log_time(tx, actor, "1h Lanterns", None, moment)
    })
    .unwrap();
    let inbox = site.activity("Inbox");
    let path = format!("/activities/{inbox}/name");
    let renamed = || site.post(owner, &path, &[("name", "Lanterns")]);
    renamed()
        .is(409)
        .says(&["name.taken"])
        .hides(&["without hours"]);
    site.post(owner, "/sources/2/removal", &[("sure", "1")])
        .is(303);
    renamed()
        .is(409)
        .says(&["name.taken", "without hours at the moment"]);
}
