//! Blueprints by the pages and the API: written, held against the gate, tested, published, compared, found, brought in, given out.

use offdesk_actions::actor::TokenScope;
use offdesk_actions::blueprints::attaching::Attached;
use offdesk_actions::blueprints::bringing::{ComingBlueprint, bring_blueprints, undo_bringing};
use offdesk_actions::blueprints::exporting::export_zip;
use offdesk_actions::blueprints::there::SameTitle;
use serde_json::{Value, json};

use crate::security::{HOSTILE, is_harmless};
use crate::site::{Page, Site, cookie_of, pass_days};

const FIELDS: [(&str, &str); 11] = [
    ("title", "Booking"),
    ("owner", "Noor"),
    ("time", "1 h"),
    ("review_by", "2026-12-01"),
    ("outcome", "Every patient of tomorrow has a reminder."),
    ("trigger", "Every weekday at 9:00"),
    ("inputs", "Access to the calendar\nThe list (optional)"),
    (
        "steps",
        "Open the calendar\nCheck it against the list\n   of yesterday\nSend the reminders",
    ),
    ("criteria", "Every patient of tomorrow is ticked"),
    ("stops", "Spend up to 50, ask above"),
    ("examples", "> Dear Ana, see you at 9:30."),
];

/// A blueprint of notes, and where it is.
fn made(site: &Site, notes: &str) -> String {
    let page = site.post(Some(&site.owner), "/blueprints", &[("notes", notes)]);
    let path = page.is(303).location().to_owned();
    path.split('?').next().unwrap().to_owned()
}

fn save(site: &Site, path: &str, version: &str, changes: &[(&str, &str)]) -> Page {
    let mut fields: Vec<(&str, &str)> = FIELDS.to_vec();
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields.push(("version", version));
    site.post(Some(&site.owner), path, &fields)
}

#[test]
fn a_blueprint_goes_from_notes_to_two_versions() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/blueprints").is(200).says(&["Your notes"]);
    site.post(owner, "/blueprints", &[("notes", " ")]).is(422);
    let path = made(&site, "Booking\n- open the calendar\n- send the reminders");
    let page = site.get(owner, &path);
    page.is(200).says(&[
        "0 of 7 parts are there",
        "<li>open the calendar</li>",
        "Name exactly one person",
    ]);
    let refused = site.post(
        owner,
        &format!("{path}/publication"),
        &[("version", "1"), ("untested", "1")],
    );
    refused.is(409).says(&[
        "blueprint.incomplete",
        "0 of 7 parts are there; missing: outcome",
    ]);
    site.get(owner, &format!("{path}/edit"))
        .is(200)
        .says(&["1. open the calendar", "name=\"steps\""]);
    site.get(owner, &format!("{path}/edit?as=markdown"))
        .is(200)
        .says(&["# Booking"]);
    save(&site, &path, "1", &[("time", "soon")]).is(422).says(&[
        "time-fault",
        "blueprint.time",
        "Every patient of tomorrow has a reminder.",
    ]);
    assert_eq!(
        save(&site, &path, "1", &[]).is(303).location(),
        format!("{path}?done=saved")
    );
    let page = site.get(owner, &path);
    page.is(200).says(&[
        "All 7 parts are there",
        "<li>Check it against the list\nof yesterday</li>",
        "Publish version 1",
        "Publish it without that test run",
    ]);
    let refused = site.post(owner, &format!("{path}/publication"), &[("version", "2")]);
    refused.is(409).says(&["blueprint.untested"]);
    let runs = format!("{path}/test-runs");
    site.post(owner, &runs, &[("person", "Ana"), ("questions", "some")])
        .is(422)
        .says(&["questions-fault"]);
    site.post(owner, &runs, &[("person", ""), ("questions", "1")])
        .is(422)
        .says(&["person-fault"]);
    site.post(
        owner,
        &runs,
        &[
            ("person", "Ana"),
            ("questions", "2"),
            ("note", "which list?"),
        ],
    )
    .is(303);
    site.post(owner, &format!("{path}/publication"), &[("version", "2")])
        .is(303);
    site.get(owner, &path)
        .says(&["Version 1, published", "which list?"])
        .hides(&["Publish version", "Throw"]);
    let again = site.post(owner, &format!("{path}/publication"), &[("version", "3")]);
    again.is(409).says(&["blueprint.no_draft"]);

    save(
        &site,
        &path,
        "3",
        &[("trigger", "Every weekday at 8:00"), ("note", "earlier")],
    )
    .is(303);
    let page = site.get(owner, &format!("{path}/versions/2"));
    page.is(200).says(&[
        "What changed since version 1",
        "<bdi>Every weekday at 8:00</bdi></ins>",
        "<bdi>Every weekday at 9:00</bdi></del>",
        "earlier",
    ]);
    site.get(owner, &format!("{path}/versions/1"))
        .is(200)
        .says(&["Every weekday at 9:00"])
        .hides(&["8:00"]);
    site.get(owner, &format!("{path}/versions/3")).is(404);
    site.get(owner, &format!("{path}/versions/2?with=x"))
        .is(404);
    site.post(owner, &format!("{path}/removal"), &[("version", "4")])
        .is(303);
    site.get(owner, &path)
        .says(&["Every weekday at 9:00"])
        .hides(&["8:00"]);

    site.get(owner, "/blueprints")
        .says(&["all 7 parts are there", "version 1"])
        .hides(&["still hold"]);
    pass_days(8);
    site.get(owner, "/blueprints")
        .says(&["Look whether these still hold", "review by 1 December 2026"]);
}

#[test]
fn who_saves_later_has_both_texts() {
    let site = Site::new();
    let path = made(&site, "Booking\n- a");
    save(&site, &path, "1", &[("trigger", "Mondays, said the first")]).is(303);
    let page = save(
        &site,
        &path,
        "1",
        &[("trigger", "Fridays, said the second")],
    );
    page.is(409).says(&[
        "blueprint.changed",
        "Mondays, said the first",
        "Fridays, said the second",
        "name=\"version\" value=\"2\"",
    ]);
    save(
        &site,
        &path,
        "2",
        &[("trigger", "Fridays, said the second")],
    )
    .is(303);
    site.get(Some(&site.owner), &path)
        .says(&["Fridays"])
        .hides(&["Mondays"]);
    let text = "# Booking\n\n## Trigger\n\nSundays\n";
    let page = site.post(
        Some(&site.owner),
        &path,
        &[("text", text), ("version", "2")],
    );
    page.is(409).says(&["Sundays", "Fridays", "name=\"text\""]);
}

#[test]
fn a_draft_comes_from_an_activity() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let id = site.activity("Inbox");
    let log = |line: &str, day: &str| {
        site.post(owner, "/import/log", &[("line", line), ("day", day)])
            .is(303);
    };
    log("30m inbox triage", "2026-11-20");
    log("10m inbox replies", "2026-11-20");
    let draft = format!("/blueprints/new?activity={id}");
    site.get(owner, &draft)
        .is(200)
        .says(&["# Inbox", "the steps are yours to write"])
        .hides(&["## Steps"]);
    log("20m inbox triage", "2026-11-19");
    site.get(owner, &format!("/activities/{id}"))
        .says(&["Write its blueprint", "/blueprints/new?activity="]);
    let page = site.get(owner, &draft);
    page.is(200)
        .says(&[
            "# Inbox",
            "## Steps",
            "1. Inbox triage",
            "Drafted from your entries",
        ])
        .hides(&["replies"]);
    let bad = [
        ("notes", "# Inbox"),
        ("activity", &id.to_string()),
        ("recording", "javascript:alert(1)"),
    ];
    site.post(owner, "/blueprints", &bad)
        .is(422)
        .says(&["blueprint.link", "recording-fault"]);
    let good = [
        ("notes", "# Inbox"),
        ("activity", &id.to_string()),
        ("recording", "https://video.example/1"),
    ];
    let page = site.post(owner, "/blueprints", &good);
    site.get(owner, page.is(303).location())
        .says(&["https://video.example/1", "It is of the activity"]);
    site.get(owner, &format!("/activities/{id}"))
        .says(&["How it is done"])
        .hides(&["Write its blueprint"]);
    let nobodys = uuid_of_nobody();
    site.get(owner, &format!("/blueprints/new?activity={nobodys}"))
        .is(404);
    site.post(
        owner,
        "/blueprints",
        &[("notes", "# A"), ("activity", &nobodys)],
    )
    .is(404);
}

fn uuid_of_nobody() -> String {
    "00000000-0000-0000-0000-000000000007".to_owned()
}

fn send_files(site: &Site, files: &[(&str, &[u8])]) -> Page {
    send_files_to(site, "/blueprints/import", files)
}

pub fn send_files_to(site: &Site, path: &str, files: &[(&str, &[u8])]) -> Page {
    let mut body = Vec::new();
    for (name, bytes) in files {
        body.extend(
            format!(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            )
            .into_bytes(),
        );
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--x--\r\n");
    let cookie = cookie_of(&site.owner);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-type", "multipart/form-data; boundary=x"),
    ];
    site.ask("POST", path, &headers, body)
}

#[test]
fn a_form_with_files_of_more_than_two_megabytes_is_read() {
    let site = Site::new();
    let text = format!("# Long\n\n- {}\n", "open the calendar ".repeat(11_000));
    let files = [("long.md", text.as_bytes()); 15];
    send_files(&site, &files).is(200);
    let row = "2026-03-02,09:00,10:00,invoices\n";
    let csv = format!("Date,Start,End,Description\n{}", row.repeat(100_000));
    assert!(csv.len() > 3_000_000);
    let page = send_files_to(&site, "/import", &[("a.csv", csv.as_bytes())]);
    page.is(303);
}

#[test]
fn files_are_looked_at_brought_in_and_undone() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/blueprints/import").is(200);
    send_files(&site, &[]).is(422).says(&["import.empty"]);
    send_files(&site, &[("a.zip", b"PK\x03\x04 no")])
        .is(422)
        .says(&["import.zip"]);
    let before = site.rows();
    let page = send_files(
        &site,
        &[
            ("one.md", b"# One\n\n- a"),
            ("two.txt", b"Two\nfirst\nsecond"),
        ],
    );
    page.is(200)
        .says(&["2 drafts from", "0 of 7 parts", "1. first"]);
    assert_eq!(site.rows(), before, "looking has written something");
    let texts = [
        ("from", "two files"),
        ("take", "0"),
        ("text-0", "# One\n\n## Steps\n\n1. a\n"),
        ("text-1", "# Two\n"),
    ];
    let page = site.post(owner, "/blueprints/import/confirmation", &texts);
    let listed = site.get(owner, page.is(303).location());
    listed
        .is(200)
        .says(&["1 draft was brought in.", ">One<"])
        .hides(&[">Two<"]);
    let import = listed.between("/blueprints/imports/", "/removal");
    let undo = format!("/blueprints/imports/{import}/removal");
    assert_eq!(
        site.post(owner, &undo, &[]).is(303).location(),
        "/blueprints?undone=1"
    );
    site.post(owner, &undo, &[]).is(404);
    site.post(owner, "/blueprints/import/confirmation", &[("from", "x")])
        .is(422)
        .says(&["blueprint.none"]);
    // What was changed since stays.
    let brought = site
        .act(&site.owner, |tx, actor, moment| {
            let coming = [
                ComingBlueprint::of("a", "# Kept"),
                ComingBlueprint::of("b", "# Gone"),
            ];
            bring_blueprints(tx, actor, &coming, ("x", SameTitle::Asked), moment)
        })
        .unwrap();
    let (import, ids) = (brought.import.unwrap(), brought.made);
    save(&site, &format!("/blueprints/{}", ids[0]), "1", &[]).is(303);
    site.post(owner, &format!("/blueprints/imports/{import}/removal"), &[])
        .is(200)
        .says(&["1 draft is gone", "Booking"]);
}

/// What is there already is shown as such, and what has its title alone is asked about.
#[test]
fn what_is_there_already_is_told_before_it_is_brought() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.post(
        owner,
        "/blueprints/import/confirmation",
        &[("from", "x"), ("take", "0"), ("text-0", "# One\n\n- a\n")],
    )
    .is(303);
    send_files(&site, &[("one.md", b"# One\n\n- a\n")])
        .is(200)
        .says(&["there already, as it is"])
        .hides(&["same_title"]);
    let other: &[u8] = b"# One\n\n- b\n";
    send_files(&site, &[("one.md", other)])
        .is(200)
        .says(&["its title is there", "name=\"same_title\""]);
    let confirm = |same: &str| {
        let fields = [
            ("from", "x"),
            ("take", "0"),
            ("text-0", "# One\n\n- b\n"),
            ("same_title", same),
        ];
        site.post(owner, "/blueprints/import/confirmation", &fields)
    };
    confirm("").is(409).says(&["blueprint.there"]);
    let done = confirm("draft");
    site.get(owner, done.is(303).location())
        .says(&["1 draft was written of what was there."]);
}

#[test]
fn what_goes_out_comes_back_the_same() {
    let site = Site::new();
    let path = made(&site, "Loose notes\n\nOne. Two.");
    save(
        &site,
        &path,
        "1",
        &[(
            "rest",
            "Before all.\n\n## Where it comes from\n\nNobody knows.",
        )],
    )
    .is(303);
    let second = made(&site, "# Only notes\n\n## Steps\n");
    let text = "# Only notes\n\nNothing is a step yet.\n\n## Steps\n";
    site.post(
        Some(&site.owner),
        &second,
        &[("text", text), ("version", "1")],
    )
    .is(303);
    let zip = |site: &Site| {
        site.act(&site.owner, |tx, actor, _| export_zip(tx, actor))
            .unwrap()
    };
    let out = zip(&site);
    let other = Site::new();
    let coming = offdesk_actions::blueprints::bringing::look_at_file("a.zip", out.clone()).unwrap();
    other
        .act(&other.owner, move |tx, actor, moment| {
            bring_blueprints(tx, actor, &coming.all, ("a.zip", SameTitle::Asked), moment)
        })
        .unwrap();
    assert_eq!(zip(&other), out);
}

#[test]
fn sec_14_files_are_downloads_in_which_nothing_runs() {
    let site = Site::new();
    let path = made(&site, "# Büro <script>alert(1)</script>\n\n- a");
    for (end, kind, name) in [
        ("file", "text/markdown", ".md\""),
        ("page", "text/html", ".html\""),
    ] {
        let page = site.get(Some(&site.owner), &format!("{path}/{end}"));
        page.is(200);
        let header = |name: &str| page.headers.get(name).unwrap().to_str().unwrap().to_owned();
        assert!(
            header("content-disposition")
                .starts_with("attachment; filename=\"b_ro-script-alert-1-script")
        );
        assert!(header("content-disposition").contains(name));
        assert!(header("content-security-policy").starts_with("sandbox; default-src 'none'"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(header("content-type").starts_with(kind));
    }
    let page = site.get(Some(&site.owner), &format!("{path}/page"));
    page.hides(&["<script"])
        .says(&["&lt;script&gt;", "<style>"]);
    for foreign in ["http://", "url(", "@import", "src="] {
        page.hides(&[foreign]);
    }
}

/// Markdown that leads or loads elsewhere, where it is taken at its word.
const HOSTILE_MARKDOWN: &[&str] = &[
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT&colon;alert(1))",
    "[x](  javascript:alert(1))",
    "[x](vbscript:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/x.png)",
    "![x](https://evil.example/x.png \"onerror=alert(1)\")",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](https://evil.example/\" onmouseover=\"alert(1))",
    "```<script>\n</script>\n```",
    "# <img src=x onerror=alert(1)>",
    "| <img src=x> |\n|:-:|\n| <b onclick=x> |",
    "- <details open ontoggle=alert(1)>",
    "<https://evil.example/<script>>",
    "`<script>alert(1)</script>`",
    "<!-- <script> -->",
    "a\\\n<script>\nalert(1)\n</script>",
];

#[test]
fn sec_13_nothing_in_a_blueprint_runs() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let path = made(&site, "Booking\n- a");
    for text in HOSTILE.iter().chain(HOSTILE_MARKDOWN) {
        let one_line = text.replace('\n', " ");
        let names = [
            "outcome", "trigger", "inputs", "steps", "criteria", "stops", "examples", "links",
            "rest", "owner", "note",
        ];
        let mut changes: Vec<(&str, &str)> = names.map(|name| (name, *text)).into();
        let title = format!("T {one_line}");
        changes.push(("title", &title));
        let version = site
            .get(owner, &path)
            .between("name=\"version\" value=\"", "\"");
        let saved = save(&site, &path, &version, &changes);
        assert!(
            matches!(saved.status.as_u16(), 303 | 422),
            "{text}: {}",
            saved.status
        );
        let shown = [
            site.get(owner, &path),
            site.get(owner, &format!("{path}/edit")),
            site.get(owner, &format!("{path}/edit?as=markdown")),
            site.get(owner, &format!("{path}/versions/1")),
            site.get(owner, "/blueprints"),
            save(&site, &path, "1", &changes),
            save(
                &site,
                &path,
                &version,
                &[("time", text), ("review_by", text)],
            ),
            site.post(
                owner,
                &format!("{path}/test-runs"),
                &[("person", text), ("questions", text), ("note", text)],
            ),
            site.post(
                owner,
                "/blueprints",
                &[("notes", text), ("recording", text)],
            ),
            send_files(&site, &[("a.md", text.as_bytes())]),
            send_files(&site, &[("a.html", text.as_bytes())]),
        ];
        for page in shown {
            assert_ne!(page.status.as_u16(), 500, "{text}");
            is_harmless(&page.body).unwrap_or_else(|why| panic!("{text}: {why}"));
            page.hides(&["href=\"javascript:", "href=\"data:text", "href=\"vbscript:"]);
        }
    }
}

#[test]
fn words_find_a_blueprint_also_when_they_are_mistyped() {
    let site = Site::new();
    let owner = Some(&site.owner);
    for notes in [
        "Reconcile Stripe payouts\n- open the ledger",
        "Booking reminders\n- call each patient",
        "Müllabfuhr\n- stell die Tonnen hinaus",
    ] {
        made(&site, notes);
    }
    let found = |question: &str| {
        let query: String = form_urlencoded::byte_serialize(question.as_bytes()).collect();
        let page = site.get(owner, &format!("/blueprints?q={query}"));
        page.is(200);
        ["Reconcile", "Booking", "Müllabfuhr"]
            .into_iter()
            .filter(|title| page.body.contains(&format!("<bdi>{title}")))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("reconciling payouts"), ["Reconcile"]);
    assert_eq!(found("patients"), ["Booking"]);
    assert_eq!(found("pateint"), ["Booking"]);
    assert_eq!(found("recncile"), ["Reconcile"]);
    assert_eq!(found("mullabfuhr"), ["Müllabfuhr"]);
    assert_eq!(found("strip"), ["Reconcile"]);
    assert!(found("zebra").is_empty());
    assert!(found("the and of").is_empty());
    assert_eq!(found("zebra booking"), ["Booking"]);
}

#[test]
fn programs_do_the_same() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let ask = |method: &str, path: &str, body: Value| site.call(&token, method, path, &body, &[]);
    let made = ask(
        "POST",
        "/blueprints",
        json!({"text": "# Inbox\n\n## Steps\n- Open it"}),
    )
    .is(201)
    .json();
    assert_eq!(
        (&made["schema"], &made["parts_there"], &made["state"]),
        (&json!("offdesk.blueprint/1"), &json!(0), &json!("draft"))
    );
    let path = format!("/blueprints/{}", made["id"].as_str().unwrap());
    ask("POST", "/blueprints", json!({"text": ""}))
        .is(422)
        .says(&["name.empty"]);
    ask("POST", "/blueprints", json!({"text": "# A", "owner": "x"}))
        .is(422)
        .says(&["json.invalid"]);
    ask(
        "POST",
        "/blueprints",
        json!({"text": format!("# A\n{}", "x".repeat(300_000))}),
    )
    .is(422)
    .says(&["blueprint.long"]);
    let saved = ask(
        "PUT",
        &path,
        json!({"text": "# Inbox\n\n## Trigger\n\nDaily", "version": 1, "note": "n"}),
    );
    assert_eq!(saved.is(200).json()["version"], 2);
    ask("PUT", &path, json!({"text": "# Inbox", "version": 1}))
        .is(409)
        .says(&["blueprint.changed"]);
    ask(
        "POST",
        &format!("{path}/publication"),
        json!({"version": 2, "untested": true}),
    )
    .is(409)
    .says(&["blueprint.incomplete"]);
    ask(
        "POST",
        &format!("{path}/test-runs"),
        json!({"person": "Ana", "questions": -1}),
    )
    .is(422);
    let tested = ask(
        "POST",
        &format!("{path}/test-runs"),
        json!({"person": "Ana", "questions": 1}),
    );
    assert_eq!(tested.is(201).json()["test_runs"][0]["person"], "Ana");
    let version = ask("GET", &format!("{path}/versions/1"), Value::Null)
        .is(200)
        .json();
    assert_eq!(
        (&version["number"], &version["changes"][0]["kind"]),
        (&json!(1), &json!("added"))
    );
    for at in 0..3 {
        ask(
            "POST",
            "/blueprints",
            json!({"text": format!("# Number {at}")}),
        )
        .is(201);
    }
    let page = ask("GET", "/blueprints?most=2", Value::Null).is(200).json();
    assert_eq!(page["blueprints"].as_array().unwrap().len(), 2);
    let next = page["next"].as_str().unwrap();
    let rest = ask(
        "GET",
        &format!("/blueprints?most=2&before={next}"),
        Value::Null,
    )
    .is(200)
    .json();
    assert_eq!(
        (rest["blueprints"].as_array().unwrap().len(), &rest["next"]),
        (2, &Value::Null)
    );
    ask("GET", "/blueprints?before=x", Value::Null).is(422);
    let found = ask("GET", "/blueprints?q=inbox", Value::Null)
        .is(200)
        .json();
    assert_eq!(found["blueprints"][0]["title"], "Inbox");
    let bearer = format!("Bearer {token}");
    let bearer_only = [("authorization", bearer.as_str())];
    let look = site.ask(
        "POST",
        "/api/v1/blueprint-imports?file=a.md&dry_run=1",
        &bearer_only,
        "Month end\n- close the book",
    );
    assert_eq!(look.is(200).json()["import"], Value::Null);
    let brought = site.ask(
        "POST",
        "/api/v1/blueprint-imports?file=a.md",
        &bearer_only,
        "Month end\n- close the book",
    );
    let brought = brought.is(201).json();
    assert_eq!(brought["blueprints"][0]["title"], "Month end");
    let undo = format!("/blueprint-imports/{}", brought["import"].as_str().unwrap());
    assert_eq!(
        ask("DELETE", &undo, Value::Null).is(200).json()["removed"],
        1
    );
    ask("DELETE", &format!("{path}/draft"), Value::Null).is(204);
    ask("GET", &path, Value::Null).is(404);
}

#[test]
fn files_that_a_document_names_come_along_with_it() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let zip = site
        .act(&site.owner, |tx, actor, moment| {
            let coming = [ComingBlueprint {
                attached: vec![Attached {
                    name: "list.csv".to_owned(),
                    bytes: b"a,b\r\n\xff\0".to_vec(),
                }],
                ..ComingBlueprint::of("Inbox", "# Inbox\n\n- open it\n")
            }];
            let brought = bring_blueprints(tx, actor, &coming, ("x", SameTitle::Asked), moment)?;
            let zip = export_zip(tx, actor)?;
            undo_bringing(tx, actor, brought.import.unwrap(), moment)?;
            Ok(zip)
        })
        .unwrap();
    let page = send_files(&site, &[("a.zip", &zip)]);
    page.is(200)
        .says(&["With it", "list.csv"])
        .hides(&["left out"]);
    let fields = [
        ("from", "a.zip".to_owned()),
        ("take", "0".to_owned()),
        ("text-0", "# Inbox\n\n- open it\n".to_owned()),
        ("name-0", page.between("name=\"name-0\" value=\"", "\"")),
        ("file-0", page.between("name=\"file-0\" value=\"", "\"")),
    ];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    site.post(owner, "/blueprints/import/confirmation", &fields)
        .is(303);
    let token = site.bearer(&[TokenScope::Read, TokenScope::Edit]);
    let call = |method: &str, path: &str, body: Vec<u8>| {
        site.ask(method, path, &[("authorization", &token)], body)
    };
    let list = call("GET", "/api/v1/blueprints", Vec::new()).json();
    let id = list["blueprints"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/blueprints/{id}");
    let detail = call("GET", &path, Vec::new()).json();
    assert_eq!(detail["attachments"][0]["name"], "list.csv");
    assert_eq!(detail["attachments"][0]["length"], 7);
    let added = call(
        "POST",
        &format!("{path}/attachments?file=b.txt"),
        b"b".to_vec(),
    );
    let added = added.is(201).json();
    assert_eq!(added["attachments"].as_array().unwrap().len(), 2);
    let file = added["attachments"][0]["id"].as_str().unwrap();
    let one = format!("{path}/attachments/{file}");
    assert_eq!(call("GET", &one, Vec::new()).is(200).body, "b");
    call("DELETE", &one, Vec::new()).is(204);
    call("GET", &one, Vec::new()).is(404);
    call(
        "POST",
        &format!("{path}/attachments?file=b.txt"),
        Vec::new(),
    )
    .is(422);
}
