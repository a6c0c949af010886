//! A request that a program sends twice, since the first answer was lost, is done once: every POST of the API, from the table of routes.

mod handed;
mod paid;

use std::collections::BTreeSet;

use axum::http::Method;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_web::desk::routes;
use serde_json::{Value, json};

use crate::calendars::{Web, bring_in};
use crate::site::{Page, Person, Site, cookie_of};

/// A text that has all seven parts.
const BLUEPRINT: &str = include_str!("../../../offdesk-actions/src/example/inbox.md");
const CSV: &str = "Date,Start,End,Description\n2026-11-16,09:00,10:00,phone\n";

/// A desk on which everything can be asked for.
struct Desk {
    web: Web,
    site: Site,
    bearer: String,
    worker: Option<Person>,
    seen: BTreeSet<String>,
}

impl Desk {
    fn new() -> Self {
        let web = Web::new();
        let site = web.site();
        site.with_hours(&[
            ("Inbox", 6),
            ("Filing", 1),
            ("Bookkeeping", 4),
            ("Sales calls", 3),
        ]);
        Self {
            bearer: site.bearer(&TokenScope::ALL),
            web,
            site,
            worker: None,
            seen: BTreeSet::new(),
        }
    }

    fn send(&self, method: &str, path: &str, key: Option<&str>, body: String) -> Page {
        let mut headers = vec![];
        let of_worker = self.worker.as_ref().filter(|_| path.starts_with("/my/"));
        let cookie = cookie_of(of_worker.unwrap_or(&self.site.owner));
        let is_own = ["/members/", "/my/", "/workspaces"];
        if is_own.iter().any(|part| path.contains(part)) {
            headers.extend([
                ("cookie", cookie.as_str()),
                ("sec-fetch-site", "same-origin"),
            ]);
        } else {
            headers.push(("authorization", self.bearer.as_str()));
        }
        headers.extend(key.map(|key| ("idempotency-key", key)));
        self.site
            .ask(method, &format!("/api/v1{path}"), &headers, body)
    }

    fn json(&self, method: &str, path: &str, body: &Value) -> Value {
        let page = self.send(method, path, None, body.to_string());
        assert!(page.status.is_success(), "{path}: {}", page.body);
        page.json()
    }

    /// The same twice, then something else with the same key; what was answered, where it is JSON.
    #[track_caller]
    fn twice(&mut self, pattern: &str, path: &str, body: &str, other: &str) -> Value {
        self.seen.insert(format!("/api/v1{pattern}"));
        let key = format!("key of {pattern}");
        let post = |body: &str| self.send("POST", path, Some(&key), body.to_owned());
        let first = post(body);
        assert!(first.status.is_success(), "{path}: {}", first.body);
        assert!(!first.headers.contains_key("idempotent-replayed"), "{path}");
        let before = self.site.rows();
        let second = post(body);
        assert_eq!(
            (second.status, &second.body),
            (first.status, &first.body),
            "{path}"
        );
        assert_eq!(second.headers["idempotent-replayed"], "true", "{path}");
        post(other).is(422).says(&["request.key_reused"]);
        assert_eq!(self.site.rows(), before, "{path} was done again");
        serde_json::from_str(&first.body).unwrap_or_default()
    }

    /// A file that has come whole.
    fn upload(&self) -> String {
        let begun = json!({"file": "a.csv", "length": CSV.len()});
        let id = self.json("POST", "/uploads", &begun)["id"]
            .as_str()
            .unwrap()
            .to_owned();
        self.send(
            "PUT",
            &format!("/uploads/{id}/parts/0"),
            None,
            CSV.to_owned(),
        )
        .is(200);
        id
    }

    fn activities(&mut self) {
        let id = |desk: &Self, name: &str| desk.site.activity(name).to_string();
        let (inbox, filing) = (id(self, "Inbox"), id(self, "Filing"));
        let (books, calls) = (id(self, "Bookkeeping"), id(self, "Sales calls"));
        let into = |id: &str| json!({ "into": id }).to_string();
        self.twice(
            "/activities/{activity}/merge",
            &format!("/activities/{filing}/merge"),
            &into(&books),
            &into(&calls),
        );
        let books = format!("/activities/{books}");
        let known = self.json("GET", &books, &Value::Null);
        let wording = known["wordings"][0]["id"].as_str().unwrap();
        let part = |name: &str| json!({"name": name, "wordings": [wording]}).to_string();
        self.twice(
            "/activities/{activity}/split",
            &format!("{books}/split"),
            &part("Part"),
            &part("Other part"),
        );
        for (what, body, other) in [
            ("name", r#"{"name": "Post"}"#, r#"{"name": "Mail"}"#),
            ("stays", r#"{"stays": "mine"}"#, r#"{"stays": "rest"}"#),
            ("price", r#"{"likely": "20"}"#, r#"{"likely": "30"}"#),
            (
                "judgement",
                r#"{"judgement": "never", "reason": "I like it"}"#,
                r#"{"judgement": "open"}"#,
            ),
        ] {
            let pattern = format!("/activities/{{activity}}/{what}");
            self.twice(
                &pattern,
                &format!("/activities/{inbox}/{what}"),
                body,
                other,
            );
        }
    }

    fn files(&mut self) {
        self.twice(
            "/uploads",
            "/uploads",
            r#"{"file": "a.csv", "length": 9}"#,
            r#"{"file": "b.csv", "length": 9}"#,
        );
        self.twice(
            "/input-files",
            "/input-files",
            r#"{"name": "a.pdf", "length": 9}"#,
            r#"{"name": "b.pdf", "length": 9}"#,
        );
        let id = self.upload();
        let person = r#"{"person": "Noor"}"#;
        for what in ["preview", "import"] {
            let pattern = format!("/uploads/{{upload}}/{what}");
            self.twice(&pattern, &format!("/uploads/{id}/{what}"), "", person);
        }
        let calendar = json!({"address": self.web.address()}).to_string();
        let other = json!({"address": "https://calendar.example.com/a.ics"}).to_string();
        self.twice("/calendars", "/calendars", &calendar, &other);
    }

    fn blueprints(&mut self) {
        let text = |text: &str| json!({ "text": text }).to_string();
        self.twice("/blueprints", "/blueprints", &text("# A"), &text("# B"));
        let made = self.json("POST", "/blueprints", &json!({"text": BLUEPRINT}));
        let path = format!("/blueprints/{}", made["id"].as_str().unwrap());
        self.twice(
            "/blueprints/{blueprint}/test-runs",
            &format!("{path}/test-runs"),
            r#"{"person": "Ana", "questions": 0}"#,
            r#"{"person": "Ana", "questions": 1}"#,
        );
        self.twice(
            "/blueprints/{blueprint}/publication",
            &format!("{path}/publication"),
            r#"{"version": 1}"#,
            r#"{"version": 1, "untested": true}"#,
        );
        self.twice(
            "/blueprints/{blueprint}/attachments",
            &format!("{path}/attachments?file=a.txt"),
            "one",
            "two",
        );
        self.twice(
            "/blueprint-imports",
            "/blueprint-imports?file=a.md",
            "Month end\n- close the book",
            "Month end\n- open the book",
        );
        // Under another name it is another request.
        self.send(
            "POST",
            "/blueprint-imports?file=b.md",
            Some("key of /blueprint-imports"),
            "Month end\n- close the book".to_owned(),
        )
        .is(422);
    }
}

#[test]
fn every_post_of_the_api_is_done_once_under_its_key() {
    let mut desk = Desk::new();
    desk.twice(
        "/worths",
        "/worths",
        r#"{"basis": "wanted", "figures": {"income": "160000"}}"#,
        r#"{"basis": "wanted", "figures": {"income": "170000"}}"#,
    );
    desk.twice(
        "/log-lines",
        "/log-lines",
        r#"{"line": "1h inbox"}"#,
        r#"{"line": "2h inbox"}"#,
    );
    // These need the hours that the next ones change.
    handed::people(&mut desk);
    handed::handoffs(&mut desk);
    handed::assignments(&mut desk);
    handed::own_work(&mut desk);
    paid::hours(&mut desk);
    paid::pay(&mut desk);
    paid::weeks(&mut desk);
    paid::bills(&mut desk);
    paid::agents(&mut desk);
    desk.activities();
    // It takes the place of the week before.
    desk.twice(
        "/memory-weeks",
        "/memory-weeks",
        r#"{"rows": [{"name": "Filing", "hours": "2"}]}"#,
        r#"{"rows": [{"name": "Filing", "hours": "3"}]}"#,
    );
    desk.files();
    desk.blueprints();
    let mae = desk
        .site
        .actor(&desk.site.member("Mae", Role::Viewer))
        .account;
    desk.twice(
        "/members/{member}/suspension",
        &format!("/members/{mae}/suspension"),
        "",
        "{}",
    );
    desk.twice(
        "/workspaces",
        "/workspaces",
        r#"{"name": "Second"}"#,
        r#"{"name": "Third"}"#,
    );
    let of_api = routes()
        .iter()
        .filter(|route| route.path.starts_with("/api/"));
    let posts = of_api.filter(|route| route.method == Method::POST);
    let all: BTreeSet<String> = posts.map(|route| route.path.to_owned()).collect();
    // Reading a calendar again needs one that was imported; it has a test of its own below.
    desk.seen
        .insert("/api/v1/calendars/{calendar}/readings".to_owned());
    // Nor is anything owed back before a month is over.
    desk.seen
        .insert("/api/v1/statements/{statement}/refunds".to_owned());
    // These make nothing, so that there is nothing to do twice.
    let worked_out = ["/api/v1/decision", "/api/v1/plan"];
    desk.seen.extend(worked_out.map(str::to_owned));
    // The answers to these are secret, and no secret is kept.
    desk.seen
        .extend(SECRET.map(|path| format!("/api/v1{}", path.replace("csv", "{kind}"))));
    assert_eq!(desk.seen, all);
}

/// What is answered with a secret takes no key.
const SECRET: [&str; 5] = [
    "/tokens",
    "/invitations",
    "/people/{person}/invitation",
    "/pay-files/csv",
    "/notices/feed",
];

#[test]
fn what_is_answered_with_a_secret_takes_no_key() {
    let site = Site::new();
    let (_, person) = site.worker("Wim");
    let cookie = cookie_of(&site.owner);
    let bodies = [
        r#"{"name": "T", "scopes": ["read"]}"#,
        r#"{"email": "new@example.com", "role": "viewer"}"#,
        "",
        "",
        "",
    ];
    for (pattern, body) in SECRET.into_iter().zip(bodies) {
        let path = format!("/api/v1{pattern}").replace("{person}", &person.to_string());
        let before = site.rows();
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
            ("idempotency-key", "k"),
        ];
        let refused = site.ask("POST", &path, &headers, body);
        refused.is(422).says(&["request.key_of_secret"]);
        assert_eq!(site.rows(), before);
    }
}

#[test]
fn a_calendar_is_read_again_once_under_a_key() {
    let mut desk = Desk::new();
    let path = bring_in(&desk.site, &desk.web).replace("/import/", "/");
    let path = format!("{path}/readings");
    desk.twice("/calendars/{calendar}/readings", &path, "", "{}");
}
