//! More of what can be tried from outside: two ids of different owners in one request, changes by who may only look, file names that
//! lead elsewhere, quotes in every parameter, requests from the machine itself. Each test is named by its class in the list of threats.

use offdesk_actions::actor::{Permission, Role};
use offdesk_actions::remembered::{RememberedWork, remember_week};
use offdesk_actions::store::{Uuid, WorkspaceId};
use offdesk_web::desk::{Access, routes};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::site::{Page, Site, cookie_of};

/// A request with JSON, as the owner's browser would send it.
fn send(site: &Site, method: &str, path: &str, body: &Value) -> Page {
    let cookie = cookie_of(&site.owner);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    site.ask(method, path, &headers, body.to_string())
}

/// An activity, one of its wordings, and an entry's id, in a workspace that is not open.
fn elsewhere(site: &Site) -> (Uuid, Uuid) {
    let other = site
        .act(&site.owner, |tx, actor, moment| {
            let id =
                offdesk_actions::workspaces::create_workspace(tx, actor, "Other", false, moment)?;
            let mut there = actor.clone();
            there.membership = Some((WorkspaceId(id), Role::Owner));
            let rows = ["Payroll", "Recruiting"].map(|name| RememberedWork {
                name: name.to_owned(),
                hours: Decimal::from(2),
            });
            remember_week(tx, &there, &rows, moment)?;
            Ok(there)
        })
        .unwrap();
    site.act(&site.owner, move |tx, _, moment| {
        let hours = offdesk_actions::hours::load_hours(tx, &other, moment)?;
        let id = *hours.rows.keys().next().unwrap();
        let detail = offdesk_actions::activities::load_activity(tx, &other, id)?;
        Ok((id, detail.wordings[0].0.id))
    })
    .unwrap()
}

#[test]
fn sec_02_of_two_ids_each_must_be_ones_own() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let (theirs, wording) = elsewhere(&site);
    let own = site.activity("Inbox");
    let missing = Uuid::from_u128(7);
    let before = site.rows();
    let entry =
        |source: Uuid, id: Uuid| format!("/api/v1/entries/{}.{}", source.simple(), id.simple());
    for (method, path, body) in [
        (
            "POST",
            format!("/api/v1/activities/{own}/merge"),
            json!({"into": theirs}),
        ),
        (
            "POST",
            format!("/api/v1/activities/{theirs}/merge"),
            json!({"into": own}),
        ),
        (
            "POST",
            format!("/api/v1/activities/{theirs}/merge"),
            json!({"into": theirs}),
        ),
        (
            "POST",
            format!("/api/v1/activities/{own}/merge"),
            json!({"into": missing}),
        ),
        (
            "POST",
            format!("/api/v1/activities/{own}/split"),
            json!({"name": "X", "wordings": [wording]}),
        ),
        (
            "POST",
            format!("/api/v1/activities/{theirs}/split"),
            json!({"name": "X", "wordings": [wording]}),
        ),
        ("GET", entry(own, wording), Value::Null),
        ("GET", entry(theirs, wording), Value::Null),
    ] {
        let page = send(&site, method, &path, &body);
        assert!(
            matches!(page.status.as_u16(), 404 | 422),
            "{method} {path}: {}",
            page.body
        );
    }
    assert_eq!(site.rows(), before);
}

#[test]
fn sec_03_who_may_only_look_changes_nothing() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let viewer = site.member("Vi", Role::Viewer);
    let id = site.activity("Inbox").to_string();
    let before = site.rows();
    let mut tried = 0;
    for route in routes() {
        let is_change = matches!(route.access, Access::May(it) if it != Permission::See);
        if route.method == "GET" || !is_change {
            continue;
        }
        let path = route
            .path
            .replace("{activity}", &id)
            .replace("{source}", "1")
            .replace("{start}", "0");
        let path = path.split('/').map(|part| {
            if part.starts_with('{') {
                id.as_str()
            } else {
                part
            }
        });
        let path = path.collect::<Vec<_>>().join("/");
        let cookie = cookie_of(&viewer);
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        let page = site.ask(route.method.as_str(), &path, &headers, "{}");
        assert_eq!(page.status, 403, "{} {path}: {}", route.method, page.body);
        tried += 1;
    }
    assert!(tried > 30, "{tried}");
    assert_eq!(site.rows(), before);
}

/// Files are only ever read for their entries; nothing of them is served. Their names are texts, and lead nowhere.
#[test]
fn sec_17_names_of_files_lead_nowhere() {
    let site = Site::new();
    for (name, kept) in [
        ("../../etc/passwd", "passwd"),
        ("C:\\desk\\hours.csv", "hours.csv"),
        ("/", "file"),
        ("..", ".."),
    ] {
        let page = send(
            &site,
            "POST",
            "/api/v1/uploads",
            &json!({"file": name, "length": 5}),
        );
        let upload = page.is(201).json();
        assert_eq!(upload["file"], kept, "{name:?}");
    }
    for path in [
        "/assets/../desk.db",
        "/assets/..%2f..%2fdesk.db",
        "/assets/%2e%2e%2foffdesk.db",
        "/assets//etc/passwd",
        "/assets/desk.css%00.js",
    ] {
        site.get(None, path).is(404);
    }
}

#[test]
fn sec_18_what_is_sent_is_bounded() {
    let site = Site::new();
    let long = "x".repeat(1_100_000);
    let page = send(&site, "POST", "/api/v1/log-lines", &json!({"line": long}));
    page.is(413).says(&["request.long"]);
    site.post(Some(&site.owner), "/import/log", &[("line", &long)])
        .is(413);
    let page = send(
        &site,
        "POST",
        "/api/v1/uploads",
        &json!({"file": "a.csv", "length": 3_000_000_000_i64}),
    );
    page.is(422);
    // What is packed is not unpacked.
    let cookie = cookie_of(&site.owner);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("content-encoding", "gzip"),
    ];
    let packed: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    site.ask("POST", "/api/v1/log-lines", &headers, packed)
        .is(422);
}

#[test]
fn sec_22_no_text_is_understood_by_the_database() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let before = site.rows();
    let texts = [
        "'",
        "\"",
        "%27%20OR%201=1--",
        "%00",
        "%3B%20DROP%20TABLE%20entry",
        "\\",
        "%F0%9F%A6%86",
        "1%27%29",
    ];
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.method == "GET") {
        for text in texts {
            let clean = text.replace('\\', "%5C").replace('"', "%22");
            let path: Vec<&str> = route
                .path
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        clean.as_str()
                    } else {
                        part
                    }
                })
                .collect();
            let path = path.join("/");
            let query = [
                "before", "most", "sort", "q", "with", "token", "next", "code",
            ]
            .map(|name| format!("{name}={clean}"));
            let page = site.get(Some(&site.owner), &format!("{path}?{}", query.join("&")));
            assert!(page.status.as_u16() < 500, "{path} {text}: {}", page.body);
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
    let page = site.post(
        Some(&site.owner),
        "/import/log",
        &[("line", "1h '); DELETE FROM entry; --")],
    );
    page.is(303);
    let tables = |rows: &[(String, [u8; 32])]| {
        rows.iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(tables(&site.rows()), tables(&before));
    site.get(Some(&site.owner), "/api/v1/entries")
        .is(200)
        .says(&["'); DELETE FROM entry; --"]);
}

#[test]
fn sec_25_from_the_machine_itself_one_signs_in_as_from_elsewhere() {
    let site = Site::new();
    let mut refused = 0;
    for route in routes() {
        let is_guarded = !matches!(route.access, Access::Open | Access::Anyone);
        let path = route.path.replace(['{', '}'], "");
        let headers = [
            ("origin", "http://localhost:7878"),
            ("sec-fetch-site", "same-origin"),
        ];
        let page = site.ask(route.method.as_str(), &path, &headers, "");
        assert!(
            !page.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
        if is_guarded {
            let is_led_away = page.status == 303 && page.location().starts_with("/sign-in");
            assert!(
                page.status == 401 || is_led_away,
                "{} {path}: {}",
                route.method,
                page.status
            );
            refused += 1;
        }
    }
    assert!(refused > 60, "{refused}");
    // Nothing answers what a page elsewhere would ask first.
    for path in ["/api/v1/me", "/api/v1/log-lines"] {
        let headers = [
            ("origin", "https://evil.example"),
            ("access-control-request-method", "POST"),
        ];
        let page = site.ask("OPTIONS", path, &headers, "");
        assert!(page.status.as_u16() >= 400, "{path}");
        assert!(
            !page.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
}
