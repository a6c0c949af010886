//! People, handoffs and workers: the story from adding a person to the end of a handoff, on both sides; and what never reaches a worker.

use offdesk_actions::actor::TokenScope;
use offdesk_actions::blueprints::{NewBlueprint, create_blueprint};
use offdesk_actions::options::{HandoffOption, NewOptions, OptionKind, keep_options};
use offdesk_actions::people::{PersonFields, add_person};
use offdesk_actions::workspaces::{Settings, change_settings, load_settings};
use offdesk_domain::decision::Input;
use serde_json::{Value, json};

use crate::site::{PASSWORD, Page, Person, Site};

const BLUEPRINT: &str = include_str!("../../../offdesk-actions/src/example/inbox.md");

/// The id in the address one was led to.
pub fn id_of(page: &Page, before: &str) -> String {
    let rest = page.is(303).location().strip_prefix(before).unwrap();
    rest.split(['?', '&', '/']).next().unwrap().to_owned()
}

pub fn published(site: &Site) -> String {
    let owner = Some(&site.owner);
    let inbox = site.activity("Inbox").to_string();
    let fields = [("notes", BLUEPRINT), ("activity", &inbox)];
    let made = site.post(owner, "/blueprints", &fields);
    let id = id_of(&made, "/blueprints/");
    let fields = [("version", "1"), ("untested", "1")];
    site.post(owner, &format!("/blueprints/{id}/publication"), &fields)
        .is(303);
    id
}

pub fn version(page: &Page) -> String {
    page.between("name=\"version\" value=\"", "\"")
}

/// However many blueprints came after them, those of the activity and the one that is named can be chosen.
#[test]
fn the_blueprints_of_an_activity_are_among_any_number() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (inbox, of_inbox) = (site.activity("Inbox"), published(&site));
    site.worker("Wim");
    let named = site.act(&site.owner, |tx, actor, moment| {
        let mut first = None;
        for number in 0..502 {
            let new = NewBlueprint {
                text: format!("# Way {number}\n"),
                ..NewBlueprint::default()
            };
            let id = create_blueprint(tx, actor, &new, moment)?.row.id;
            first = first.or(Some(id));
        }
        Ok(first.unwrap())
    });
    let named = named.unwrap();
    let owner = Some(&site.owner);
    let option = |id: &str| format!("<option value=\"{id}\"");
    site.get(owner, &format!("/handoffs/new?activity={inbox}"))
        .is(200)
        .says(&[&option(&of_inbox)]);
    site.get(owner, &format!("/handoffs/new?blueprint={named}"))
        .is(200)
        .says(&[&option(&named.to_string())]);
}

/// Once how it is done is published, the step that is offered is the handoff itself: on the Desk, in Next and for programs.
/// Whoever joined was in no zone until they found where it is said: their due dates stood on another clock.
#[test]
fn joining_asks_for_the_zone_and_keeps_it() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let person = site.act(&site.owner, |tx, actor, moment| {
        let fields = PersonFields {
            kind: "freelancer".to_owned(),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            ..PersonFields::default()
        };
        let (now, version) = load_settings(tx, actor)?;
        let settings = Settings {
            zone: Some("Europe/Berlin".to_owned()),
            ..now
        };
        change_settings(tx, actor, &settings, version, moment)?;
        Ok(add_person(tx, actor, &fields, None, moment)?.row.id)
    });
    let person = format!("/people/{}", person.unwrap());
    let page = site.post(owner, &format!("{person}/invitation"), &[]);
    let link = page
        .is(200)
        .between("<code class=\"secret\">http://localhost:7878", "</code>");
    let token = link.split_once("token=").unwrap().1;
    // Without a script the zone of the workspace stands there; a script asks the browser.
    site.get(None, &link).is(200).says(&[
        "data-zone=\"Europe/Berlin\"",
        "name=\"zone\" type=\"text\" value=\"Europe/Berlin\"",
    ]);
    let join = |zone: &str| {
        let name = [("token", token), ("name", "Ana"), ("password", PASSWORD)];
        let fields = [&name[..], &[("zone", zone)]].concat();
        site.post(None, "/invitation", &fields)
    };
    join("Manila")
        .is(422)
        .says(&["person.zone", "id=\"zone-fault\"", "value=\"Manila\""]);
    let worker = signed_in(&join("Asia/Manila"));
    site.get(owner, &person).is(200).says(&["Asia/Manila"]);
    site.get(Some(&worker), "/my/record")
        .is(200)
        .says(&["name=\"zone\" type=\"text\" value=\"Asia/Manila\""]);
    // Members of the business have no zone of their own.
    let page = site.post(
        owner,
        "/members/invitations",
        &[("email", "mia@example.com"), ("role", "manager")],
    );
    let link = page.between("<code class=\"secret\">http://localhost:7878", "</code>");
    site.get(None, &link).is(200).hides(&["data-zone"]);
}

#[test]
fn what_is_written_down_is_handed_off_next() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let token = site.token(&[TokenScope::Read]);
    let step = || {
        let desk = site.call(&token, "GET", "/desk", &Value::Null, &[]);
        desk.is(200).json()["next"]["step"].clone()
    };
    for page in ["/desk", "/next"] {
        site.get(owner, page).is(200).says(&["Write its blueprint"]);
    }
    assert_eq!(step(), "write_blueprint");
    published(&site);
    for page in ["/desk", "/next"] {
        site.get(owner, page)
            .is(200)
            .says(&["Hand it off", "/handoffs/new?activity="])
            .hides(&["Write its blueprint"]);
    }
    assert_eq!(step(), "hand_off");
}

/// Moments are on the clock of the workspace for whoever has named no zone of their own.
#[test]
fn who_has_named_no_zone_reads_the_workspaces_clock() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    site.act(&site.owner, |tx, actor, moment| {
        let (settings, version) = load_settings(tx, actor)?;
        let settings = Settings {
            zone: Some("Europe/Berlin".to_owned()),
            ..settings
        };
        change_settings(tx, actor, &settings, version, moment)
    })
    .unwrap();
    let (ana, person) = site.worker("Ana");
    let handoff = site.handed_off(person);
    for (who, page) in [
        (&ana, format!("/my/handoffs/{handoff}")),
        (&site.owner, format!("/handoffs/{handoff}")),
        (&site.owner, "/blueprints".to_owned()),
    ] {
        site.get(Some(who), &page)
            .is(200)
            .says(&["2026, 13:00 CET"])
            .hides(&["UTC"]);
    }
}

/// An hour each time it comes up, and Ana as the one who could do it: with that it can be weighed.
pub fn weighed(site: &Site) {
    let inbox = site.activity("Inbox");
    site.act(&site.owner, move |tx, actor, moment| {
        let new = NewOptions {
            own: vec![(Input::OwnerHours, [1.0; 3])],
            options: vec![HandoffOption {
                name: "Ana".to_owned(),
                kind: OptionKind::Freelancer,
                figures: vec![(Input::Rate, [12.0, 14.0, 18.0])],
            }],
            ..NewOptions::default()
        };
        keep_options(tx, actor, inbox, &new, moment)
    })
    .unwrap();
}

/// Somebody with the session a page has given out.
fn signed_in(page: &Page) -> Person {
    let cookie = page.is(303).headers["set-cookie"].to_str().unwrap();
    let secret = cookie.strip_prefix("offdesk=").unwrap();
    let secret = secret.split(';').next().unwrap();
    Person {
        signed: offdesk_actions::accounts::SignIn {
            secret: offdesk_actions::moment::Secret::given(secret),
            needs_code: false,
        },
    }
}

#[test]
fn from_a_person_to_the_end_of_a_handoff_on_both_sides() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let owner = Some(&site.owner);
    weighed(&site);
    let inbox = site.activity("Inbox").to_string();
    site.get(owner, &format!("/next/{inbox}/decision")).says(&[
        "/people/new?",
        "name=Ana&amp;kind=freelancer",
        "amount=14",
    ]);
    site.get(owner, "/people")
        .is(200)
        .says(&["Nobody is here yet", "invite them with one link"]);
    site.get(owner, "/handoffs/new")
        .is(200)
        .says(&["There is nobody to hand it to yet."]);
    let fields = [
        ("name", "Ana <b>"),
        ("kind", "freelancer"),
        ("email", "Ana@Example.com"),
        ("place", "PH"),
        ("zone", "Asia/Manila"),
        ("capacity", "20"),
        ("notes", "Found through Bo."),
        ("amount", "14"),
        ("currency", "USD"),
        ("unit", "hour"),
    ];
    let ana = id_of(&site.post(owner, "/people", &fields), "/people/");
    let page = site.get(owner, &format!("/people/{ana}"));
    page.is(200).says(&[
        "Ana &lt;b&gt;",
        "14.00 USD an hour",
        "the Philippines",
        "Asia/Manila",
        "Found through Bo.",
        "Make the link",
    ]);
    site.get(owner, "/people")
        .says(&["Ana &lt;b&gt;", "not joined"]);
    site.get(owner, "/handoffs/new")
        .says(&["There is no blueprint yet"]);
    let blueprint = published(&site);
    site.get(owner, &format!("/handoffs/new?activity={inbox}"))
        .says(&[
            "Hand off: ",
            "(version 1)",
            "even at worst 4.6 % go out with a fault",
        ]);
    let fields = [
        ("activity", inbox.as_str()),
        ("person", &ana),
        ("blueprint", &blueprint),
        ("reason", "focus"),
        ("note", "The shared mailbox too."),
        ("trial_length", "1"),
    ];
    let handoff = id_of(&site.post(owner, "/handoffs", &fields), "/handoffs/");
    let own = format!("/handoffs/{handoff}");
    site.get(owner, &own).is(200).says(&[
        "Proposed, not answered yet.",
        "net value in the year",
        "only you see it",
        "has not joined: note the answer",
        "every deliverable; 10 without a fault in a row",
    ]);
    site.get(owner, &format!("/activities/{inbox}"))
        .says(&["Handed off to", &own]);
    site.get(owner, &format!("/blueprints/{blueprint}"))
        .says(&[&own]);

    // One link, a name and a password: straight to what is proposed.
    let page = site.post(owner, &format!("/people/{ana}/invitation"), &[]);
    let link = page
        .is(200)
        .between("<code class=\"secret\">http://localhost:7878", "</code>");
    let token = link.split_once("token=").unwrap().1;
    site.get(None, &link).is(200).says(&[
        "ana@example.com",
        "What is promised to you",
        "No screenshots, keystrokes",
    ]);
    let fields = [("token", token), ("name", "Ana"), ("password", PASSWORD)];
    let worker = signed_in(&site.post(None, "/invitation", &fields));
    let worker = Some(&worker);
    assert_eq!(site.get(worker, "/").is(303).location(), "/my/work");
    site.get(worker, "/my/work")
        .says(&["Your answer is awaited", "Nothing is to do."]);
    let mine = format!("/my/handoffs/{handoff}");
    site.get(worker, "/my/handoffs").is(200).says(&[
        "Waiting for your answer",
        "14.00 USD an hour, by version 1 of the blueprint",
        &mine,
        "What is promised to you",
        "href=\"/security\"",
    ]);
    let page = site.get(worker, &mine);
    page.is(200).says(&[
        "The shared mailbox too.",
        "Accept it",
        "Declining is free",
        "Inbox",
    ]);
    let seen = version(&page);
    let fields = [
        ("version", seen.as_str()),
        ("answer", "accept"),
        ("said", "Gladly."),
    ];
    site.post(worker, &format!("{mine}/answer"), &fields)
        .is(303);
    site.post(worker, &format!("{mine}/answer"), &fields)
        .is(409)
        .says(&["handoff.changed"]);
    let page = site.get(owner, &own);
    page.says(&["Accepted, not begun yet.", "Gladly.", "Begin the trial"]);
    let fields = [
        ("version", version(&page)),
        ("answer", "decline".to_owned()),
    ];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
    site.post(owner, &format!("{own}/answer"), &fields)
        .is(409)
        .says(&["handoff.own_answer"]);

    let go = |what: &str, reason: &str| {
        let seen = version(&site.get(owner, &own));
        let fields = [
            ("version", seen.as_str()),
            ("move", what),
            ("reason", reason),
        ];
        site.post(owner, &format!("{own}/move"), &fields)
    };
    go("begin", "").is(303);
    site.get(worker, &mine)
        .says(&["On trial, 0 of 1 accepted."]);
    go("pause", "").is(303);
    go("begin", "").is(409).says(&["handoff.state"]);
    go("resume", "").is(303);
    // A change of scope waits for the worker; until then what was agreed holds.
    let seen = version(&site.get(owner, &own));
    let change = [
        ("version", seen.as_str()),
        ("amount", "16"),
        ("currency", "USD"),
        ("unit", "hour"),
        ("note", "Two mailboxes."),
    ];
    site.post(owner, &format!("{own}/change"), &change).is(303);
    site.get(owner, &own)
        .says(&["A change is open", "16.00 USD an hour"]);
    let page = site.get(worker, &mine);
    page.says(&[
        "A change is proposed",
        "Two mailboxes.",
        "Keep what was agreed",
    ]);
    let seen = version(&page);
    let fields = [("version", seen.as_str()), ("answer", "accept")];
    site.post(worker, &format!("{mine}/change/answer"), &fields)
        .is(303);
    site.get(worker, &mine)
        .says(&["<dd>16.00 USD an hour</dd>"])
        .hides(&["A change is proposed"]);

    // What is known of the worker: read, put right, taken along.
    let page = site.get(worker, "/my/record");
    page.is(200).says(&[
        "Found through Bo.",
        "14.00 USD",
        "What they can see about you",
        "not shown to you: it is about their hour",
    ]);
    let seen = version(&page);
    let fields = [
        ("version", seen.as_str()),
        ("name", "Ana Maria"),
        ("zone", "Mars"),
    ];
    site.post(worker, "/my/record", &fields)
        .is(422)
        .says(&["zone-fault", "person.zone"]);
    let fields = [
        ("version", seen.as_str()),
        ("name", "Ana Maria"),
        ("zone", "Asia/Tokyo"),
    ];
    site.post(worker, "/my/record", &fields).is(303);
    let file = site.get(worker, "/my/record/file");
    assert!(
        file.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    let all = file.json();
    assert_eq!(all["schema"], "offdesk.own_record/1");
    assert_eq!(all["person"]["name"], "Ana Maria");
    assert_eq!(all["handoffs"][0]["agreed"]["amount"], "16.00");
    site.post(worker, "/my/off", &[("off_until", "2026-11-01")])
        .is(422)
        .says(&["person.off"]);
    site.post(worker, "/my/off", &[("off_until", "2026-12-08")])
        .is(303);
    site.get(owner, &format!("/people/{ana}"))
        .says(&["Off, back on 8 December 2026", "Asia/Tokyo"]);
    site.post(worker, "/my/off", &[]).is(303);
    site.get(owner, &format!("/people/{ana}"))
        .hides(&["Off, back on"]);

    let fields = [("version", "1"), ("state", "former")];
    let leave = |version: &str| {
        let fields = [("version", version), fields[1]];
        site.post(owner, &format!("/people/{ana}/state"), &fields)
    };
    let seen = version(&site.get(owner, &format!("/people/{ana}/edit")));
    leave(&seen).is(409).says(&["person.handoffs"]);
    go("end", "bored").is(422).says(&["handoff.end_reason"]);
    go("end", "taken_back").is(303);
    site.get(owner, &own).says(&["Ended: taken back."]);
    leave(&seen).is(303);
    // They can still read their record.
    site.get(worker, &mine)
        .is(200)
        .says(&["Ended: taken back."]);
    site.get(owner, "/people").says(&["former"]);
}

#[test]
fn a_draft_is_handed_off_only_knowingly() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let (_, person) = site.worker("Ana");
    site.paid_and_let_in(person);
    let (inbox, person) = (site.activity("Inbox").to_string(), person.to_string());
    let fields = [("notes", "# Inbox"), ("activity", inbox.as_str())];
    let draft = id_of(&site.post(owner, "/blueprints", &fields), "/blueprints/");
    let mut fields = vec![
        ("activity", inbox.as_str()),
        ("person", &person),
        ("blueprint", &draft),
    ];
    site.post(owner, "/handoffs", &fields).is(409).says(&[
        "handoff.unpublished",
        "Hand off the draft, knowingly",
        "(draft)",
    ]);
    fields.push(("unpublished", "1"));
    let made = site.post(owner, "/handoffs", &fields);
    let handoff = id_of(&made, "/handoffs/");
    site.get(owner, &format!("/handoffs/{handoff}"))
        .says(&["(a draft)", "14.00 USD an hour"]);
    site.post(owner, "/handoffs", &fields)
        .is(409)
        .says(&["handoff.already"]);
    site.post(owner, "/handoffs", &[("activity", &inbox)])
        .is(422)
        .says(&["handoff.missing"]);
    let page = site.post(
        owner,
        &format!("/blueprints/{draft}/removal"),
        &[("version", "1")],
    );
    page.is(409).says(&["blueprint.handed_off"]);
}

/// The worth, the gap, what is expected and what others are paid never reach a worker, whatever page they open.
#[test]
fn no_word_of_the_owners_or_of_another_worker_reaches_a_worker() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Zebrawork", 4)]);
    weighed(&site);
    let owner = Some(&site.owner);
    let (ana, ana_id) = site.worker("Ana");
    let (bo, bo_id) = site.worker("Bo");
    let handoff = site.handed_off(ana_id);
    site.paid_and_let_in(ana_id);
    for (id, canary) in [(ana_id, "Quokkanote"), (bo_id, "Wombatnote")] {
        let page = site.get(owner, &format!("/people/{id}/edit"));
        let seen = version(&page);
        let fields = [
            ("version", seen.as_str()),
            ("name", if id == ana_id { "Ana" } else { "Bocanary" }),
            ("kind", "freelancer"),
            (
                "email",
                if id == ana_id {
                    "ana@example.com"
                } else {
                    "bo@example.com"
                },
            ),
            ("skills", canary),
            ("notes", canary),
        ];
        site.post(owner, &format!("/people/{id}"), &fields).is(303);
    }
    let fields = [
        ("amount", "33.37"),
        ("currency", "USD"),
        ("unit", "hour"),
        ("terms_note", "Lemurterms"),
    ];
    site.post(owner, &format!("/people/{bo_id}/terms"), &fields)
        .is(303);
    site.handed_off(bo_id);
    let pages = [
        "/my/work".to_owned(),
        "/my/progress".to_owned(),
        "/my/pay".to_owned(),
        "/my/handoffs".to_owned(),
        format!("/my/handoffs/{handoff}"),
        "/my/record".to_owned(),
        "/my/record/file".to_owned(),
        "/security".to_owned(),
        "/workspaces".to_owned(),
        "/security/second-factor".to_owned(),
    ];
    let canaries = [
        "Zebrawork",
        "Wombatnote",
        "Lemurterms",
        "33.37",
        "Bocanary",
        "bo@example.com",
        "net_value",
        "hours_freed",
        "net value",
        "$75",
        "75.00",
        "$150",
        "150.00",
        "below your pay grade",
        "break_even",
    ];
    for path in &pages {
        let page = site.get(Some(&ana), path);
        page.is(200).hides(&canaries);
    }
    site.get(Some(&ana), "/my/record").says(&["Quokkanote"]);
    site.get(Some(&bo), "/my/record")
        .says(&["33.37", "Wombatnote"])
        .hides(&["Quokkanote"]);
    // The owner's own page has them, so the words are the right ones.
    let own = site.get(owner, &format!("/handoffs/{handoff}"));
    own.says(&["net value"]);
    // What is refused tells nothing either.
    for path in [
        "/hours",
        "/next",
        "/people",
        "/handoffs",
        "/worth",
        "/api/v1/handoffs",
        "/api/v1/people",
        "/api/v1/hours",
        "/api/v1/me",
    ] {
        site.get(Some(&ana), path).is(403).hides(&canaries);
    }
}

fn api(site: &Site, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let token = site.token(&[TokenScope::Read, TokenScope::Edit]);
    let page = site.call(&token, method, path, body, &[]);
    let answer = serde_json::from_str(&page.body).unwrap_or(Value::Null);
    (page.status.as_u16(), answer)
}

#[test]
fn people_and_handoffs_for_programs() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let blueprint = published(&site);
    let inbox = site.activity("Inbox").to_string();
    let new =
        json!({"name": "Ana", "kind": "agency", "capacity_hours_per_week": "7.5", "place": "PH"});
    let (status, ana) = api(&site, "POST", "/people", &new);
    assert_eq!(
        (status, &ana["schema"]),
        (201, &json!("offdesk.person/1")),
        "{ana}"
    );
    assert_eq!(ana["capacity_hours_per_week"], "7.5");
    let id = ana["id"].as_str().unwrap().to_owned();
    let path = format!("/people/{id}");
    let (status, error) = api(
        &site,
        "POST",
        "/people",
        &json!({"name": "X", "kind": "king"}),
    );
    assert_eq!(
        (status, &error["code"], &error["field"]),
        (422, &json!("person.kind"), &json!("kind"))
    );
    let (status, error) = api(&site, "PUT", &path, &json!({"skills": "mail"}));
    assert_eq!((status, &error["field"]), (422, &json!("version")));
    let (status, changed) = api(
        &site,
        "PUT",
        &path,
        &json!({"version": 1, "skills": "mail"}),
    );
    assert_eq!(
        (status, &changed["skills"], &changed["place"]),
        (200, &json!("mail"), &json!("PH"))
    );
    let stale = api(
        &site,
        "PUT",
        &path,
        &json!({"version": 1, "skills": "post"}),
    );
    assert_eq!((stale.0, &stale.1["code"]), (409, &json!("person.changed")));

    let propose = |more: Value| {
        let mut new = json!({"activity": inbox, "blueprint": blueprint, "person": id});
        for (key, value) in more.as_object().unwrap() {
            new[key] = value.clone();
        }
        api(&site, "POST", "/handoffs", &new)
    };
    let (status, error) = propose(json!({}));
    assert_eq!((status, &error["code"]), (422, &json!("handoff.terms")));
    let terms =
        json!({"unit": "assignment", "amount": "20.5", "currency": "EUR", "from": "2026-01-01"});
    let (status, paid) = api(&site, "POST", &format!("{path}/terms"), &terms);
    assert_eq!(
        (status, &paid["paid_now"]["amount"]),
        (201, &json!("20.50")),
        "{paid}"
    );
    let access = json!({"what": "Mailbox", "granted": "2026-11-02"});
    let (_, let_in) = api(&site, "POST", &format!("{path}/access"), &access);
    let key = let_in["access"][0]["id"].as_str().unwrap();
    let (status, revoked) = api(
        &site,
        "POST",
        &format!("{path}/access/{key}/revocation"),
        &Value::Null,
    );
    assert_eq!(
        (status, &revoked["access"][0]["revoked"]),
        (201, &json!("2026-11-24"))
    );

    let (status, error) = propose(json!({"reason": "because"}));
    assert_eq!((status, &error["code"]), (422, &json!("handoff.reason")));
    let (status, made) = propose(json!({"reason": "better", "trial_length": 0}));
    assert_eq!(
        (status, &made["state"]),
        (201, &json!("proposed")),
        "{made}"
    );
    assert_eq!(made["agreed"]["currency"], "EUR");
    assert_eq!(made["checking"]["worst_escape"], 0.046);
    assert!(
        made["expected"]["hours_per_week"].as_f64().unwrap() > 0.0,
        "{made}"
    );
    let handoff = format!("/handoffs/{}", made["id"].as_str().unwrap());
    let post = |path: &str, body: Value| api(&site, "POST", &format!("{handoff}/{path}"), &body);
    let (status, error) = post("move", json!({"version": 1, "move": "begin"}));
    assert_eq!((status, &error["code"]), (409, &json!("handoff.state")));
    let (status, error) = post("move", json!({"version": 1, "move": "dance"}));
    assert_eq!((status, &error["code"]), (422, &json!("handoff.move")));
    let (status, error) = post("answer", json!({"version": 1, "answer": "maybe"}));
    assert_eq!((status, &error["code"]), (422, &json!("handoff.answer")));
    let (_, declined) = post("answer", json!({"version": 1, "answer": "decline"}));
    assert_eq!(declined["state"], "declined");
    let again = json!({"version": 2, "unit": "assignment", "amount": "22", "currency": "EUR"});
    assert_eq!(post("proposal", again).1["state"], "proposed");
    let accept = json!({"version": 3, "answer": "accept", "said": "fine"});
    assert_eq!(post("answer", accept).1["state"], "accepted");
    let begin = json!({"version": 4, "move": "begin"});
    assert_eq!(post("move", begin).1["state"], "active");
    let change = json!({"version": 5, "unit": "hour", "amount": "9", "currency": "USD"});
    let (status, open) = post("change", change);
    assert_eq!(
        (status, &open["change"]["amount"]),
        (201, &json!("9.00")),
        "{open}"
    );
    let (status, error) = post("change", json!({"version": 6}));
    assert_eq!((status, &error["code"]), (409, &json!("handoff.same")));
    let (status, kept) = api(&site, "DELETE", &format!("{handoff}/change"), &Value::Null);
    assert_eq!((status, &kept["change"]), (200, &Value::Null));
    let (_, all) = api(&site, "GET", "/handoffs?most=1", &Value::Null);
    assert_eq!(all["handoffs"][0]["person"]["name"], "Ana");
    assert_eq!(api(&site, "GET", "/people?after=x", &Value::Null).0, 422);
    let (_, person) = api(&site, "GET", &path, &Value::Null);
    assert_eq!(
        person["handoffs"][0]["agreed"]["amount"], "22.00",
        "{person}"
    );
    let (_, history) = api(&site, "GET", &handoff, &Value::Null);
    let events: Vec<&str> = history["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| it["event"].as_str())
        .collect();
    assert_eq!(
        events,
        [
            "withdraw_change",
            "propose_change",
            "begin",
            "accept",
            "propose",
            "decline",
            "propose"
        ]
    );
    // The same request sent twice is done once.
    let bearer = site.bearer(&[TokenScope::Edit]);
    let body = json!({"name": "Bo"}).to_string();
    let headers = [
        ("authorization", bearer.as_str()),
        ("idempotency-key", "k1"),
    ];
    let first = site.ask("POST", "/api/v1/people", &headers, body.clone());
    let second = site.ask("POST", "/api/v1/people", &headers, body);
    assert_eq!(first.is(201).body, second.is(201).body);
}

/// A list longer than a page goes on, and places are not mistaken for names.
#[test]
fn people_are_listed_page_by_page() {
    let site = Site::new();
    let owner = Some(&site.owner);
    for number in 0..65 {
        let name = format!("P. {number:02}.x");
        site.post(owner, "/people", &[("name", &name), ("kind", "agent")])
            .is(303);
    }
    let first = site.get(owner, "/people");
    first
        .is(200)
        .says(&["P. 00.x", "P. 59.x", "More"])
        .hides(&["P. 60.x"]);
    let after = first.between("/people?after=", "\"");
    site.get(owner, &format!("/people?after={after}"))
        .says(&["P. 60.x", "P. 64.x", "From the beginning"])
        .hides(&["P. 59.x"]);
}
