//! What a blueprint needs, given as files: kept where a form is refused, sent by programs, and taken along to whoever does it now.

use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::assignments::sending::{drop_forgotten, move_given};
use offdesk_actions::handoffs::{NewHandoff, load_handoff, propose_handoff};
use offdesk_actions::people::NewTerms;
use offdesk_actions::store::Uuid;
use serde_json::{Value, json};

use crate::site::{Page, Person, Site, cookie_of, moment, pass_days};

/// One byte more than a file may have.
const TOO_LONG: usize = 100 * 1024 * 1024 + 1;

type Fields<'f> = &'f [(&'f str, &'f str)];

/// A form with files, as a browser sends it: the fields that stand before them, the files, the fields behind them.
fn with_files(
    site: &Site,
    person: &Person,
    path: &str,
    (before, behind): (Fields<'_>, Fields<'_>),
    files: &[(&str, &str, &[u8])],
) -> Page {
    let mut body = Vec::new();
    let fields = |body: &mut Vec<u8>, fields: Fields<'_>| {
        for (name, value) in fields {
            let part = format!(
                "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend(part.bytes());
        }
    };
    fields(&mut body, before);
    for (field, name, bytes) in files {
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    fields(&mut body, behind);
    body.extend(b"--x--\r\n");
    let cookie = cookie_of(person);
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    site.ask("POST", path, &headers, body)
}

/// What stands in the form that gives something, but for its date and its files.
fn fields(handoff: &str) -> Vec<(&str, &str)> {
    vec![
        ("handoff", handoff),
        ("title", "Tuesday"),
        ("note", "Both inboxes."),
        ("input-0", "Access to the shared inbox"),
        ("have-0", "1"),
        ("input-1", "The list of templates"),
    ]
}

fn site() -> (Site, Uuid) {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let handoff = site.given(site.activity("Inbox")).handoff;
    (site, handoff)
}

fn call(site: &Site, token: &str, method: &str, path: &str, body: &Value) -> Page {
    site.call(token, method, path, body, &[])
}

/// The newest assignment that was given, with all that belongs to it.
fn newest(site: &Site, token: &str) -> Value {
    let listed = call(
        site,
        token,
        "GET",
        "/assignments?state=assigned",
        &Value::Null,
    );
    let listed = listed.is(200).json();
    let all = listed["assignments"].as_array().unwrap();
    let id = all.iter().max_by_key(|it| it["number"].as_i64()).unwrap()["id"].clone();
    let path = format!("/assignments/{}", id.as_str().unwrap());
    call(site, token, "GET", &path, &Value::Null).is(200).json()
}

#[test]
fn a_file_stays_where_the_form_is_refused_for_another_reason() {
    let (site, handoff) = site();
    let handoff = handoff.to_string();
    let file: [(&str, &str, &[u8]); 1] = [("file-1", "templates.pdf", b"abc")];
    // Nothing is said of when it is due.
    let refused = with_files(&site, &site.owner, "/work", (&fields(&handoff), &[]), &file);
    refused.is(422).says(&[
        "assignment.moment",
        "value=\"Tuesday\"",
        "name=\"have-0\" value=\"1\" checked",
        "The file <bdi>templates.pdf</bdi>, 3 bytes, which has come",
    ]);
    let kept = refused.between("name=\"kept-1\" value=\"", "\"");
    // Another file takes its place.
    let held = [fields(&handoff), vec![("kept-1", kept.as_str())]].concat();
    let file: [(&str, &str, &[u8]); 1] = [("file-1", "newer.pdf", b"abcd")];
    let refused = with_files(&site, &site.owner, "/work", (&held, &[]), &file);
    refused
        .is(422)
        .says(&["newer.pdf"])
        .hides(&["templates.pdf"]);
    let newer = refused.between("name=\"kept-1\" value=\"", "\"");
    assert_ne!(kept, newer);
    let with = |kept: &str, person: &Person| {
        let due = [("due", "2029-01-02T10:00"), ("kept-1", kept)];
        let all = [&fields(&handoff)[..], &due].concat();
        site.post(Some(person), "/work", &all)
    };
    with(&kept, &site.owner).is(422).says(&["file.gone"]);
    // Nobody else can give it, nor see that it is there, nor import it.
    let manager = site.member("Mia", Role::Manager);
    with(&newer, &manager)
        .is(422)
        .says(&["file.gone"])
        .hides(&["newer.pdf"]);
    site.get(Some(&site.owner), &format!("/import/{newer}"))
        .is(404);
    site.get(Some(&site.owner), "/import")
        .is(200)
        .hides(&["newer.pdf"]);
    with(&newer, &site.owner).is(303);
    let token = site.token(&TokenScope::ALL);
    let given = newest(&site, &token);
    assert_eq!(given["inputs"][1]["file"]["name"], "newer.pdf", "{given}");
    let id = given["id"].as_str().unwrap();
    let file = given["inputs"][1]["file"]["id"].as_str().unwrap();
    let page = site.get(Some(&site.owner), &format!("/work/{id}/files/{file}"));
    assert_eq!(page.is(200).bytes, b"abcd");
    // Its parts follow by themselves, and it is the same file meanwhile and afterwards.
    while move_given(&site.store).unwrap() {}
    let page = site.get(Some(&site.owner), &format!("/work/{id}/files/{file}"));
    assert_eq!(page.is(200).bytes, b"abcd");
    // It was given once.
    with(&newer, &site.owner).is(422).says(&["file.gone"]);
}

#[test]
fn a_file_that_is_too_long_empties_no_other_field() {
    let (site, handoff) = site();
    let handoff = handoff.to_string();
    let long = vec![b'a'; TOO_LONG];
    let files: [(&str, &str, &[u8]); 2] = [
        ("file-1", "long.bin", &long),
        ("file-2", "calendar.ics", b"abc"),
    ];
    let due = [
        ("due", "2029-01-02T10:00"),
        ("input-2", "The calendar of the week"),
    ];
    let refused = with_files(
        &site,
        &site.owner,
        "/work",
        (&fields(&handoff), &due),
        &files,
    );
    refused.is(422).says(&[
        "file.long",
        "id=\"fault-1\">The file is longer than a hundred megabytes.",
        "aria-describedby=\"fault-1\"",
        "value=\"Tuesday\"",
        "Both inboxes.",
        "2029-01-02T10:00",
        "name=\"have-0\" value=\"1\" checked",
        "calendar.ics",
    ]);
    refused.hides(&["name=\"kept-1\"", "long.bin"]);
    let files: [(&str, &str, &[u8]); 1] = [("file-1", "empty.txt", b"")];
    with_files(
        &site,
        &site.owner,
        "/work",
        (&fields(&handoff), &due),
        &files,
    )
    .is(422)
    .says(&["id=\"fault-1\">The file is empty."]);
}

#[test]
fn a_program_sends_a_file_of_an_input_and_names_it() {
    let (site, handoff) = site();
    let token = site.token(&TokenScope::ALL);
    let ask = |method: &str, path: &str, body: &Value| call(&site, &token, method, path, body);
    let give = format!("/handoffs/{handoff}/assignments");
    let input = |more: Value| {
        let mut input = json!({"name": "templates"});
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        json!({"due": "2029-01-03T10:00Z", "inputs": [input], "without_inputs": true})
    };
    let begin = |name: &str, length: i64| {
        let new = json!({"name": name, "length": length});
        ask("POST", "/input-files", &new)
    };
    begin("a", 0).is(422).says(&["file.empty"]);
    begin("a", 104_857_601).is(422).says(&["file.long"]);
    let begun = begin("../templates.pdf", 5).is(201).json();
    assert_eq!(begun["file"], "templates.pdf");
    assert_eq!(begun["state"], "for_input");
    let id = begun["id"].as_str().unwrap();
    let part = |start: usize, bytes: &str| {
        let bearer = format!("Bearer {token}");
        let path = format!("/api/v1/input-files/{id}/parts/{start}");
        let headers = [("authorization", bearer.as_str())];
        site.ask("PUT", &path, &headers, bytes.to_owned())
    };
    part(1, "bcd").is(409).says(&["file.place"]);
    part(0, "abcdef").is(422).says(&["file.part"]);
    assert_eq!(part(0, "abc").is(200).json()["received"], 3);
    ask("POST", &give, &input(json!({"file": id})))
        .is(409)
        .says(&["file.incomplete"]);
    part(3, "de").is(200);
    let both = input(json!({"file": id, "link": "https://example.com"}));
    ask("POST", &give, &both)
        .is(422)
        .says(&["assignment.input"]);
    ask("POST", &give, &input(json!({"file": Uuid::nil()})))
        .is(422)
        .says(&["file.gone"]);
    let made = ask("POST", &give, &input(json!({"file": id})))
        .is(201)
        .json();
    assert_eq!(made["inputs"][1]["given"], "file", "{made}");
    assert_eq!(made["inputs"][1]["file"]["length"], 5);
    ask("POST", &give, &input(json!({"file": id})))
        .is(422)
        .says(&["file.gone"]);
    // It is no upload to import, and can be thought better of.
    let other = begin("b", 1).is(201).json();
    let other = other["id"].as_str().unwrap();
    ask("GET", &format!("/uploads/{other}"), &Value::Null).is(404);
    let path = format!("/input-files/{other}");
    ask("DELETE", &path, &Value::Null).is(204);
    ask("DELETE", &path, &Value::Null).is(404);
}

#[test]
fn what_is_not_given_within_a_day_is_dropped() {
    let (site, handoff) = site();
    let handoff = handoff.to_string();
    let file: [(&str, &str, &[u8]); 1] = [("file-1", "templates.pdf", b"abc")];
    let refused = with_files(&site, &site.owner, "/work", (&fields(&handoff), &[]), &file);
    let kept = refused.is(422).between("name=\"kept-1\" value=\"", "\"");
    assert!(!drop_forgotten(&site.store, moment()).unwrap());
    pass_days(1);
    assert!(drop_forgotten(&site.store, moment()).unwrap());
    assert!(!drop_forgotten(&site.store, moment()).unwrap());
    let due = [("due", "2029-01-02T10:00"), ("kept-1", kept.as_str())];
    let all = [&fields(&handoff)[..], &due].concat();
    let page = site.post(Some(&site.owner), "/work", &all);
    page.is(422).says(&["file.gone"]).hides(&["templates.pdf"]);
}

/// A handoff of the Inbox to somebody who has joined, by the blueprint of another handoff, accepted.
fn handed_to(site: &Site, first: Uuid, worker: &(Person, Uuid)) -> String {
    let (inbox, person) = (site.activity("Inbox"), worker.1);
    let made = site.act(&site.owner, move |tx, actor, moment| {
        let first = load_handoff(tx, actor, first)?.summary.handoff.row;
        let new = NewHandoff {
            terms: Some(NewTerms {
                unit: "assignment".to_owned(),
                amount: "15".to_owned(),
                currency: "USD".to_owned(),
                ..NewTerms::default()
            }),
            ..NewHandoff::new(inbox, first.blueprint_id, person)
        };
        Ok(propose_handoff(tx, actor, &new, moment)?
            .summary
            .handoff
            .row
            .id)
    });
    let id = made.unwrap().to_string();
    let answer = [("answer", "accept"), ("version", "1")];
    site.post(
        Some(&worker.0),
        &format!("/my/handoffs/{id}/answer"),
        &answer,
    )
    .is(303);
    id
}

#[test]
fn what_there_is_of_the_inputs_goes_along_to_whoever_does_it_now() {
    let (site, first) = site();
    let (ana, ben) = (site.worker("Ana"), site.worker("Ben"));
    let (to_ana, to_ben) = (handed_to(&site, first, &ana), handed_to(&site, first, &ben));
    let file: [(&str, &str, &[u8]); 1] = [("file-1", "templates.pdf", b"abc")];
    let more = [
        ("due", "2029-01-02T10:00"),
        ("input-2", "The calendar of the week"),
        ("link-2", "https://example.com/week"),
    ];
    with_files(
        &site,
        &site.owner,
        "/work",
        (&fields(&to_ana), &more),
        &file,
    )
    .is(303);
    let token = site.token(&TokenScope::ALL);
    let given = newest(&site, &token);
    let old = given["id"].as_str().unwrap();
    let file = given["inputs"][1]["file"]["id"].as_str().unwrap();
    let read =
        |who: &Person, id: &str| site.get(Some(who), &format!("/my/assignments/{id}/files/{file}"));
    assert_eq!(read(&ana.0, old).is(200).bytes, b"abc");
    read(&ben.0, old).is(404);
    let page = site.get(Some(&site.owner), &format!("/work/{old}"));
    page.says(&["what there is of its inputs", "go along"]);
    let body = json!({"version": given["version"], "handoff": to_ben});
    let path = format!("/assignments/{old}/reassignment");
    let moved = call(&site, &token, "POST", &path, &body).is(201).json();
    let inputs = &moved["inputs"];
    assert_eq!(inputs[0]["given"], "have", "{inputs}");
    assert_eq!(inputs[1]["file"]["id"], file);
    assert_eq!(inputs[2]["link"], "https://example.com/week");
    let new = moved["id"].as_str().unwrap();
    assert_eq!(read(&ben.0, new).is(200).bytes, b"abc");
    for (who, id) in [(&ana.0, old), (&ana.0, new), (&ben.0, old)] {
        read(who, id).is(404);
    }
    let before = call(
        &site,
        &token,
        "GET",
        &format!("/assignments/{old}"),
        &Value::Null,
    );
    let before = before.is(200).json();
    assert_eq!(before["inputs"][1]["given"], Value::Null, "{before}");
    assert_eq!(before["inputs"][0]["given"], "have");
}
