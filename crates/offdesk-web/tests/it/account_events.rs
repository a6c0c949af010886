//! What happened to an account is noted, for its owner to see, without a secret.

use offdesk_actions::actor::{Role, TokenScope};
use serde_json::Value;

use crate::site::{PASSWORD, Person, Site};

fn events(site: &Site, person: &Person) -> Vec<String> {
    let json = site.get(Some(person), "/api/v1/account-events");
    let json = json.is(200).json();
    let text = |event: &Value, key: &str| event[key].as_str().unwrap().to_owned();
    let events = json["events"].as_array().unwrap().iter();
    let events = events.map(|event| {
        let said = format!("{} {}", text(event, "event"), text(event, "detail"));
        said.trim().to_owned()
    });
    events.collect()
}

#[test]
fn who_came_in_who_was_refused_and_what_was_changed_is_noted() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let sign_in = |password: &str| {
        let fields = [("email", "noor@example.com"), ("password", password)];
        site.post(None, "/sign-in", &fields)
    };
    sign_in("wrong brown foxes").is(422);
    sign_in(PASSWORD).is(303);
    let wrong = [
        ("old", "wrong brown foxes"),
        ("password", "four green turtles"),
    ];
    site.post(owner, "/security/password", &wrong).is(422);
    let right = [("old", PASSWORD), ("password", "four green turtles")];
    site.post(owner, "/security/password", &right).is(303);
    let back = [("old", "four green turtles"), ("password", PASSWORD)];
    site.post(owner, "/security/password", &back).is(303);
    let codes = site.set_factor(&site.owner);
    let half = site.sign_in(PASSWORD).unwrap();
    site.post(Some(&half), "/sign-in/code", &[("code", "000000")])
        .is(422);
    site.post(Some(&half), "/sign-in/code", &[("code", &codes[0])])
        .is(303);
    site.post(Some(&half), "/sign-out", &[]).is(303);
    site.post(
        owner,
        "/security/second-factor/removal",
        &[("old", PASSWORD)],
    )
    .is(303);
    let noted = events(&site, &site.owner);
    assert_eq!(
        noted,
        [
            "remove_second_factor",
            "sign_out",
            "sign_in recovery code",
            "fail_code",
            "set_second_factor",
            "change_password",
            "change_password",
            "fail_password",
            "sign_in password",
            "fail_sign_in",
            "sign_in password",
        ]
    );
    let page = site.get(owner, "/security");
    page.is(200).says(&[
        "What happened to your account",
        "A wrong password was tried to sign in with",
        "Firefox on Linux, 127.0.0.1",
        "Signed in with a recovery code",
    ]);
    // No secret is in it, wrong or right.
    let rows = site.all_rows();
    for secret in [
        PASSWORD,
        "wrong brown foxes",
        "four green turtles",
        &codes[0],
    ] {
        assert!(!rows.contains(secret), "{secret}");
    }
    // A page of it, then the next.
    let first = site
        .get(owner, "/api/v1/account-events?most=5")
        .is(200)
        .json();
    let next = first["next"].as_str().unwrap();
    let second = site.get(
        owner,
        &format!("/api/v1/account-events?most=50&before={next}"),
    );
    assert_eq!(second.is(200).json()["events"].as_array().unwrap().len(), 6);
}

#[test]
fn events_of_an_account_are_its_owners_alone() {
    let site = Site::new();
    let (mae, vi) = (site.member("Mae", Role::Manager), site.worker("Vi").0);
    site.get(None, "/api/v1/account-events").is(401);
    let token = site.token(&TokenScope::ALL);
    site.call(&token, "GET", "/account-events", &Value::Null, &[])
        .is(403);
    assert_eq!(events(&site, &mae), ["sign_in password"]);
    // Owners see how those who run the business came in, never a worker, and of nobody from where.
    let log = site.get(Some(&site.owner), "/api/v1/events").is(200).json();
    let lines: Vec<String> = log["events"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["action"] == "sign_in")
        .map(|event| event["who"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(lines, ["Mae", "Noor"]);
    assert!(!log.to_string().contains("Firefox"), "{log}");
    assert_eq!(events(&site, &vi), ["sign_in password"]);
    // Somebody of another workspace is in neither.
    let page = site.get(Some(&site.owner), "/audit-log");
    page.is(200)
        .says(&["sign in", "Mae"])
        .hides(&["Firefox", "127.0.0.1"]);
}

#[test]
fn an_address_nobody_has_leaves_no_trace_that_tells_it() {
    let site = Site::new();
    let before = site.rows();
    let fields = [
        ("email", "nobody@example.com"),
        ("password", "wrong brown foxes"),
    ];
    site.post(None, "/sign-in", &fields).is(422);
    assert_eq!(site.rows(), before);
    assert!(!site.all_rows().contains("nobody@example.com"));
}

#[test]
fn the_audit_log_names_people_and_handoffs() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (_, person) = site.worker("Vi");
    site.paid_and_let_in(person);
    let handoff = site.handed_off(person);
    let page = site.get(Some(&site.owner), "/audit-log");
    page.is(200)
        .says(&["Inbox, by Vi"])
        .hides(&[&person.to_string(), &handoff.to_string()]);
    let log = site.get(Some(&site.owner), "/api/v1/events").is(200).json();
    let moved = log["events"].as_array().unwrap().iter();
    let mut moved = moved.filter(|event| event["action"] == "move_handoff");
    let one = moved.next().unwrap();
    assert_eq!(one["object"], "Inbox, by Vi");
    assert_eq!(one["object_id"], handoff.to_string());
}
