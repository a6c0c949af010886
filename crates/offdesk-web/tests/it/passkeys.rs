//! Passkeys: made, shown, listed, removed; and what is none.

use offdesk_actions::actor::Role;
use offdesk_web::desk::Desk;
use serde_json::{Value, json};

use crate::authenticator::{Authenticator, HONEST, Lie};
use crate::site::{PASSWORD, Page, Person, Site, cookie_of, pass_seconds};

fn send(site: &Site, person: Option<&Person>, path: &str, body: &Value) -> Page {
    let cookie = person.map(cookie_of);
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    headers.extend(cookie.as_deref().map(|cookie| ("cookie", cookie)));
    site.ask("POST", path, &headers, body.to_string())
}

fn asked_to_make(site: &Site, person: &Person) -> Value {
    let fields = [("old", PASSWORD)];
    let page = site.post(Some(person), "/security/passkeys/challenge", &fields);
    page.is(200).json()
}

fn make(site: &Site, person: &Person, key: &mut Authenticator, lie: &Lie) -> Page {
    let asked = asked_to_make(site, person);
    let body = json!({"ceremony": asked["ceremony"], "name": "My phone", "credential": key.make(&asked, lie)});
    send(site, Some(person), "/security/passkeys", &body)
}

fn asked_to_show(site: &Site) -> Value {
    let page = site.post(None, "/sign-in/passkey/challenge", &[]);
    page.is(200).json()
}

fn show(site: &Site, key: &mut Authenticator, lie: &Lie) -> Page {
    let asked = asked_to_show(site);
    let body = json!({"ceremony": asked["ceremony"], "next": "/hours", "credential": key.show(&asked, lie)});
    send(site, None, "/sign-in/passkey", &body)
}

fn cookie(page: &Page) -> String {
    let cookie = page.headers["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn a_passkey_signs_in_without_a_password() {
    let site = Site::new();
    let mut key = Authenticator::new(1);
    site.get(Some(&site.owner), "/security")
        .says(&["Make a passkey"])
        .hides(&["My phone"]);
    site.get(None, "/sign-in")
        .says(&["data-passkey=\"sign-in\""]);
    let asked = asked_to_make(&site, &site.owner);
    let options = &asked["options"]["publicKey"];
    assert_eq!(options["rp"]["id"], "localhost");
    let selection = &options["authenticatorSelection"];
    assert_eq!(selection["residentKey"], "required");
    assert_eq!(selection["userVerification"], "required");
    make(&site, &site.owner, &mut key, &HONEST)
        .is(200)
        .says(&["/security?done=passkey_added"]);
    site.get(Some(&site.owner), "/security")
        .says(&["My phone", "never"]);
    let page = show(&site, &mut key, &HONEST);
    page.is(200).says(&["\"next\":\"/hours\""]);
    let cookie = cookie(&page);
    let headers = [("cookie", cookie.as_str())];
    site.ask("GET", "/security", &headers, "").is(200);
    site.get(Some(&site.owner), "/security").hides(&["never"]);
    // Again with the next counter; the password goes on, too.
    show(&site, &mut key, &HONEST).is(200);
    let fields = [("email", "noor@example.com"), ("password", PASSWORD)];
    site.post(None, "/sign-in", &fields).is(303);
}

#[test]
fn a_passkey_is_made_and_removed_with_the_password_only() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let wrong = [("old", "wrong brown foxes")];
    site.post(owner, "/security/passkeys/challenge", &wrong)
        .is(422)
        .says(&["password.wrong"]);
    let mut key = Authenticator::new(1);
    make(&site, &site.owner, &mut key, &HONEST).is(200);
    let id = site
        .act(&site.owner, |tx, actor, _| {
            offdesk_actions::passkeys::list_passkeys(tx, actor)
        })
        .unwrap()[0]
        .id;
    let path = format!("/security/passkeys/{id}/removal");
    site.post(owner, &path, &wrong)
        .is(422)
        .says(&["password.wrong"]);
    show(&site, &mut key, &HONEST).is(200);
    // Not even with their own password can somebody else remove it.
    let mae = site.member("Mae", Role::Owner);
    site.post(Some(&mae), &path, &[("old", PASSWORD)]).is(404);
    let gone = site.post(owner, &path, &[("old", PASSWORD)]);
    assert_eq!(gone.is(303).location(), "/security?done=passkey_removed");
    show(&site, &mut key, &HONEST)
        .is(422)
        .says(&["passkey.wrong"]);
}

#[test]
fn what_is_no_answer_to_what_was_asked_makes_no_passkey() {
    let site = Site::new();
    let mut key = Authenticator::new(1);
    for lie in [
        Lie {
            origin: "http://evil.example",
            ..HONEST
        },
        Lie {
            origin: "http://localhost.evil.example:7878",
            ..HONEST
        },
        // Nobody made sure who is there.
        Lie {
            flags: 0x01,
            ..HONEST
        },
    ] {
        make(&site, &site.owner, &mut key, &lie)
            .is(422)
            .says(&["passkey.wrong"]);
    }
    // Of two answers to the same question the second does not count, and neither does a late one or somebody else's.
    let asked = asked_to_make(&site, &site.owner);
    let body = json!({"ceremony": asked["ceremony"], "name": "A", "credential": key.make(&asked, &HONEST)});
    let mae = site.member("Mae", Role::Manager);
    send(&site, Some(&mae), "/security/passkeys", &body).is(422);
    send(&site, Some(&site.owner), "/security/passkeys", &body)
        .is(422)
        .says(&["passkey.wrong"]);
    let asked = asked_to_make(&site, &site.owner);
    let body = json!({"ceremony": asked["ceremony"], "name": "A", "credential": key.make(&asked, &HONEST)});
    pass_seconds(301);
    send(&site, Some(&site.owner), "/security/passkeys", &body).is(422);
    make(&site, &site.owner, &mut key, &HONEST).is(200);
    // The same authenticator is known already, to its owner and to anybody else.
    make(&site, &site.owner, &mut key, &HONEST).is(422);
    make(&site, &mae, &mut key, &HONEST)
        .is(409)
        .says(&["passkey.known"]);
    let none = json!({"ceremony": "X", "name": "A", "credential": {}});
    send(&site, Some(&site.owner), "/security/passkeys", &none).is(422);
}

#[test]
fn sec_10_a_passkey_that_was_copied_replayed_or_made_up_signs_nobody_in() {
    let site = Site::new();
    let (mut key, mut other) = (Authenticator::new(1), Authenticator::new(2));
    make(&site, &site.owner, &mut key, &HONEST).is(200);
    let mae = site.member("Mae", Role::Manager);
    make(&site, &mae, &mut other, &HONEST).is(200);
    show(
        &site,
        &mut key,
        &Lie {
            counter: Some(10),
            ..HONEST
        },
    )
    .is(200);
    let of_mae = site.actor(&mae).account.as_bytes().to_vec();
    let of_owner = site.actor(&site.owner).account.as_bytes().to_vec();
    let refused = [
        // A counter that has gone back, or stands still: there is a copy of the key.
        Lie {
            counter: Some(10),
            ..HONEST
        },
        Lie {
            counter: Some(4),
            ..HONEST
        },
        Lie {
            origin: "http://evil.example",
            counter: Some(50),
            ..HONEST
        },
        Lie {
            flags: 0x01,
            counter: Some(51),
            ..HONEST
        },
        Lie {
            flags: 0x00,
            counter: Some(52),
            ..HONEST
        },
        // Their own passkey, said to be another's.
        Lie {
            user: Some(of_mae.clone()),
            counter: Some(53),
            ..HONEST
        },
        Lie {
            id: Some(vec![2; 20]),
            user: Some(of_mae),
            counter: Some(54),
            ..HONEST
        },
        Lie {
            id: Some(vec![9; 20]),
            counter: Some(55),
            ..HONEST
        },
        Lie {
            user: Some(vec![1, 2, 3]),
            counter: Some(56),
            ..HONEST
        },
    ];
    let mut bodies = Vec::new();
    for (at, lie) in refused.iter().enumerate() {
        let page = show(&site, &mut key, lie);
        page.is(422).says(&["passkey.wrong"]);
        assert!(!page.headers.contains_key("set-cookie"), "{at}");
        bodies.push(page.body);
    }
    bodies.dedup();
    assert_eq!(
        bodies.len(),
        1,
        "the answers tell what was wrong: {bodies:?}"
    );
    let as_owner = Lie {
        user: Some(of_owner),
        counter: Some(60),
        ..HONEST
    };
    show(&site, &mut other, &as_owner).is(422);
    // The same answer a second time, and one that comes too late.
    let asked = asked_to_show(&site);
    let good = key.show(
        &asked,
        &Lie {
            counter: Some(70),
            ..HONEST
        },
    );
    let body = json!({"ceremony": asked["ceremony"], "credential": good});
    send(&site, None, "/sign-in/passkey", &body).is(200);
    send(&site, None, "/sign-in/passkey", &body).is(422);
    let later = asked_to_show(&site);
    let replayed = json!({"ceremony": later["ceremony"], "credential": body["credential"]});
    send(&site, None, "/sign-in/passkey", &replayed).is(422);
    let asked = asked_to_show(&site);
    let late = key.show(
        &asked,
        &Lie {
            counter: Some(80),
            ..HONEST
        },
    );
    pass_seconds(301);
    let body = json!({"ceremony": asked["ceremony"], "credential": late});
    send(&site, None, "/sign-in/passkey", &body).is(422);
    pass_seconds(3600);
    show(
        &site,
        &mut key,
        &Lie {
            counter: Some(90),
            ..HONEST
        },
    )
    .is(200);
}

#[test]
fn under_a_number_there_are_no_passkeys() {
    let site = Site::with(|desk: Desk| desk.at(Some("http://192.168.0.14:7878".to_owned())));
    site.get(None, "/sign-in").is(200).hides(&["data-passkey"]);
    site.post(None, "/sign-in/passkey/challenge", &[])
        .is(409)
        .says(&["passkey.address"]);
}
