//! Every list of the API comes a page at a time, by the same parameters, without gap or double.

use std::collections::BTreeSet;

use axum::http::Method;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::assignments::{NewAssignment, give_assignment};
use offdesk_actions::members::{NewToken, create_token, invite};
use offdesk_actions::store::Uuid;
use offdesk_actions::workspaces::create_workspace;
use offdesk_actions::worths::{Figures, NewWorth, set_worth};
use offdesk_web::desk::routes;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::site::{Person, Site, cookie_of};

/// The list in each answer that has one, by the route that gives it; whose it is.
const LISTS: &[(&str, &str, Who)] = &[
    ("/api/v1/workspaces", "workspaces", Who::Owner),
    ("/api/v1/worths", "worths", Who::Owner),
    ("/api/v1/activities", "activities", Who::Owner),
    ("/api/v1/entries", "entries", Who::Owner),
    ("/api/v1/log-lines", "lines", Who::Owner),
    ("/api/v1/sources", "sources", Who::Owner),
    ("/api/v1/calendars", "calendars", Who::Owner),
    ("/api/v1/members", "members", Who::Owner),
    ("/api/v1/tokens", "tokens", Who::Owner),
    ("/api/v1/events", "events", Who::Owner),
    ("/api/v1/account-events", "events", Who::Owner),
    ("/api/v1/sessions", "sessions", Who::Owner),
    ("/api/v1/passkeys", "passkeys", Who::Owner),
    ("/api/v1/blueprints", "blueprints", Who::Owner),
    ("/api/v1/people", "people", Who::Owner),
    ("/api/v1/handoffs", "handoffs", Who::Owner),
    ("/api/v1/assignments", "assignments", Who::Owner),
    (
        "/api/v1/handoffs/{handoff}/assignments",
        "assignments",
        Who::Owner,
    ),
    (
        "/api/v1/handoffs/{handoff}/recurrences",
        "recurrences",
        Who::Owner,
    ),
    ("/api/v1/reviews", "reviews", Who::Owner),
    ("/api/v1/questions", "questions", Who::Owner),
    ("/api/v1/statements", "statements", Who::Owner),
    ("/api/v1/pay/lines", "lines", Who::Owner),
    ("/api/v1/my/pay/lines", "lines", Who::Worker),
    ("/api/v1/receipts", "receipts", Who::Owner),
    ("/api/v1/bills", "bills", Who::Owner),
    ("/api/v1/people/{person}/hours-files", "files", Who::Owner),
    ("/api/v1/my/hours-files", "files", Who::Worker),
    ("/api/v1/timesheets", "timesheets", Who::Owner),
    ("/api/v1/budgets", "budgets", Who::Owner),
    ("/api/v1/people/{agent}/rates", "rates", Who::Owner),
    ("/api/v1/assignments/{given}/usage", "usages", Who::Owner),
    ("/api/v1/my/statements", "statements", Who::Worker),
    ("/api/v1/my/assignments", "assignments", Who::Worker),
    ("/api/v1/my/handoffs", "handoffs", Who::Worker),
    ("/api/v1/my/progress", "past", Who::Worker),
];

/// Answers that are no lists though they hold some, each with the reason.
const WHOLE: &[(&str, &str)] = &[
    ("/api/v1/workspace-file", "one file"),
    ("/api/v1/openapi.json", "a document"),
    ("/api/v1/me", "one thing"),
    ("/api/v1/settings", "one thing"),
    ("/api/v1/sign-in-rules", "one thing"),
    ("/api/v1/second-factor", "one thing"),
    ("/api/v1/second-factor/proposal", "one thing"),
    ("/api/v1/week", "seven days"),
    (
        "/api/v1/hours",
        "a report, whose sums are those of its rows",
    ),
    (
        "/api/v1/next",
        "a ranking, whose places are those among all",
    ),
    ("/api/v1/roll-out", "an order of all steps"),
    ("/api/v1/plan", "one plan"),
    ("/api/v1/blueprint-files", "a file"),
    ("/api/v1/pay", "what is owed of everybody, with its sums"),
    ("/api/v1/payer", "one thing"),
    ("/api/v1/handoffs/{handoff}/mailbox", "one thing"),
    (
        "/api/v1/return",
        "a report, whose sums are those of its rows",
    ),
    ("/api/v1/weekly-answers", "the last weeks, each once"),
    ("/api/v1/my/pay-details", "one thing"),
    (
        "/api/v1/costs",
        "a report, whose figures stand beside each other",
    ),
    (
        "/api/v1/my/work",
        "the head of three lists; all is in /my/assignments",
    ),
    (
        "/api/v1/my/pay",
        "sums, with the latest of what they are of",
    ),
    (
        "/api/v1/desk",
        "the head of several lists, each of which is walked",
    ),
    ("/api/v1/notices", "what one person has chosen"),
    ("/api/v1/my/record", "a file to take along"),
    ("/api/v1/my/record/fields", "the columns of the tables"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Owner,
    Worker,
}

#[test]
fn every_list_is_walked() {
    let known: BTreeSet<String> = LISTS
        .iter()
        .map(|(path, ..)| {
            let path = path.replace("{agent}", "{person}");
            path.replace("{given}", "{assignment}")
        })
        .collect();
    let whole: BTreeSet<&str> = WHOLE.iter().map(|(path, _)| *path).collect();
    for route in routes() {
        if route.method != Method::GET || !route.path.starts_with("/api/") {
            continue;
        }
        // What ends in an id is one thing, and so is what is of one.
        let last = route.path.rsplit('/').next().unwrap();
        let is_one = last.starts_with('{')
            || matches!(
                last,
                "decision" | "draft" | "file" | "record" | "table" | "pdf" | "pay-details"
            );
        assert!(
            known.contains(route.path) || whole.contains(route.path) || is_one,
            "{} is no list that is walked, and nothing else",
            route.path
        );
    }
}

/// A desk with three of everything, at least.
struct Desk {
    site: Site,
    worker: Person,
    handoff: String,
    agent: String,
    given: String,
    person: String,
}

fn desk() -> Desk {
    let site = Site::new();
    let hours = [
        ("Inbox", 6),
        ("Bookkeeping", 4),
        ("Sales calls", 3),
        ("Filing", 1),
    ];
    site.with_hours(&hours);
    let (worker, person) = site.worker("Wim");
    for name in ["Mae", "Vi"] {
        site.member(name, Role::Viewer);
    }
    let given = site.given(site.activity("Bookkeeping"));
    for _ in 0..3 {
        site.calendar();
        site.passkey();
        site.sign_in(crate::site::PASSWORD).unwrap();
    }
    site.act(&site.owner, |tx, actor, moment| {
        for number in 0..3_u32 {
            let name = format!("Business {number}");
            create_workspace(tx, actor, &name, false, moment)?;
            create_token(tx, actor, &NewToken::new("T", &[TokenScope::Read]), moment)?;
            invite(
                tx,
                actor,
                &format!("n{number}@example.com"),
                Role::Viewer,
                moment,
            )?;
            let rate = NewWorth {
                from: None,
                basis: "stated".to_owned(),
                figures: Figures {
                    rate: Some(Decimal::from(90 + number)),
                    ..Figures::default()
                },
                multiple: None,
                ceiling: None,
            };
            set_worth(tx, actor, &rate, moment)?;
        }
        Ok(())
    })
    .unwrap();
    let mut desk = Desk {
        handoff: given.handoff.to_string(),
        agent: String::new(),
        given: String::new(),
        person: person.to_string(),
        site,
        worker,
    };
    desk.does(Who::Owner, "POST", "/people", &json!({"name": "Bo"}));
    desk.use_agent();
    for currency in ["USD", "EUR", "JPY"] {
        let budget = json!({"amount": "500", "currency": currency});
        desk.does(Who::Owner, "POST", "/budgets", &budget);
        let receipt = json!({"amount": "20", "currency": currency});
        desk.does(Who::Owner, "POST", "/receipts", &receipt);
    }
    let handed = ["Inbox", "Sales calls", "Filing"].map(|name| desk.propose(name, person));
    for line in ["1h post", "2h post", "30m post"] {
        let line = json!({"line": line, "day": "2026-11-03"});
        desk.does(Who::Owner, "POST", "/log-lines", &line);
    }
    // What a tracker tells takes the place of the week from memory, so it comes last.
    desk.bring(&["phone", "invoices", "newsletter"]);
    desk.give(&given);
    desk.do_own(&handed);
    desk.hand_in_weeks();
    desk.look_at_hours();
    for number in ["A-1", "A-2", "A-3"] {
        let bill = json!({
            "person": person, "number": number, "day": "2026-11-02", "from": "2026-10-01",
            "to": "2026-10-31", "currency": "USD", "net": "20",
        });
        desk.does(Who::Owner, "POST", "/bills", &bill);
    }
    desk
}

impl Desk {
    fn ask(&self, who: Who, method: &str, path: &str, body: &Value) -> crate::site::Page {
        let person = match who {
            Who::Owner => &self.site.owner,
            Who::Worker => &self.worker,
        };
        let cookie = cookie_of(person);
        let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.site.ask(method, path, &headers, body)
    }

    fn does(&self, who: Who, method: &str, path: &str, body: &Value) -> Value {
        let page = self.ask(who, method, &format!("/api/v1{path}"), body);
        assert!(page.status.is_success(), "{path}: {}", page.body);
        page.json()
    }

    /// An agent with three rates, and an assignment it was used three times for.
    fn use_agent(&mut self) {
        let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
        let made = json!({"name": "Sorter", "kind": "agent"});
        self.agent = id(&self.does(Who::Owner, "POST", "/people", &made));
        let rates = format!("/people/{}/rates", self.agent);
        for amount in ["1", "2", "3"] {
            let rate = json!({"per": "use", "amount": amount});
            self.does(Who::Owner, "POST", &rates, &rate);
        }
        let handoff = self.propose("Filing", Uuid::try_parse(&self.agent).unwrap());
        let path = format!("/handoffs/{handoff}");
        let now = self.does(Who::Owner, "GET", &path, &Value::Null);
        let accept = json!({"answer": "accept", "version": now["version"]});
        self.does(Who::Owner, "POST", &format!("{path}/answer"), &accept);
        let due = crate::site::moment().now + jiff::SignedDuration::from_hours(30);
        let new = json!({ "due": due.to_string(), "without_inputs": true });
        self.given = id(&self.does(Who::Owner, "POST", &format!("{path}/assignments"), &new));
        let usage = format!("/assignments/{}/usage", self.given);
        for uses in 1..4 {
            self.does(Who::Owner, "POST", &usage, &json!({ "uses": uses }));
        }
    }

    /// Three files of hours that the worker brings.
    fn look_at_hours(&self) {
        for hours in ["0.25", "0.5", "0.75"] {
            let csv = format!(
                "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n\
                 2026-11-23,Studio,Inbox,,Triage,Mails,{hours},Yes,No,Wim,Lee\n"
            );
            let cookie = cookie_of(&self.worker);
            let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
            let path = format!("/api/v1/my/hours-files?name={hours}.csv");
            self.site.ask("POST", &path, &headers, csv).is(201);
        }
    }

    /// An import of an entry for each text.
    fn bring(&self, texts: &[&str]) {
        for (text, day) in texts.iter().zip(16..) {
            let csv = format!("Date,Start,End,Description\n2026-11-{day},09:00,10:00,{text}\n");
            let new = json!({"file": format!("{text}.csv"), "length": csv.len()});
            let upload = self.does(Who::Owner, "POST", "/uploads", &new);
            let id = upload["id"].as_str().unwrap();
            let cookie = cookie_of(&self.site.owner);
            let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
            let part = format!("/api/v1/uploads/{id}/parts/0");
            self.site.ask("PUT", &part, &headers, csv).is(200);
            self.does(
                Who::Owner,
                "POST",
                &format!("/uploads/{id}/import"),
                &json!({}),
            );
            offdesk_actions::uploads::import_next(&self.site.store, crate::site::moment()).unwrap();
        }
    }

    /// More assignments, questions and recurrences of a handoff; three of them are handed in.
    fn give(&self, given: &crate::site::Given) {
        let handoff = given.handoff;
        for number in 0..6_i64 {
            let id = self.site.act(&self.site.owner, move |tx, actor, moment| {
                let hours = jiff::SignedDuration::from_hours(24 + number);
                let new = NewAssignment {
                    due: moment.now.checked_add(hours).ok(),
                    ..NewAssignment::default()
                };
                Ok(give_assignment(tx, actor, handoff, &new, moment)?.row)
            });
            let row = id.unwrap();
            let path = format!("/assignments/{}", row.id);
            let agree = json!({"answer": "agree", "version": row.version});
            let now = self.does(Who::Owner, "POST", &format!("{path}/reply"), &agree);
            if number == 0 {
                for text in ["Which?", "When?"] {
                    let asked = json!({ "text": text });
                    self.does(Who::Owner, "POST", &format!("{path}/questions"), &asked);
                }
                continue;
            }
            // Who did what waits for a review is not told, so a list by handoff has only the others.
            if number > 3 {
                continue;
            }
            let done = json!({"text": "Done.", "version": now["version"]});
            self.does(Who::Owner, "POST", &format!("{path}/deliverables"), &done);
        }
        for zone in ["Europe/Berlin", "Asia/Tokyo"] {
            let weekly =
                json!({"rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2040-01-02T17:00", "zone": zone});
            let path = format!("/handoffs/{handoff}/recurrences");
            self.does(Who::Owner, "POST", &path, &weekly);
        }
    }

    /// Three weeks of the worker, handed in.
    fn hand_in_weeks(&self) {
        let today = crate::site::moment().today().date();
        for weeks in 1..4 {
            let day = today.saturating_sub(jiff::Span::new().weeks(weeks));
            let path = format!("/my/weeks/{day}");
            let now = self.does(Who::Worker, "GET", &path, &Value::Null);
            let idle = json!({"version": now["version"], "rest_off": true, "complete": true});
            self.does(Who::Worker, "PUT", &path, &idle);
        }
    }

    /// A handoff of an activity that waits for the person's answer.
    fn propose(&self, activity: &str, person: Uuid) -> String {
        let activity = self.site.activity(activity);
        let text = include_str!("../../../offdesk-actions/src/example/inbox.md");
        let blueprint = json!({"text": text, "activity": activity});
        let blueprint = self.does(Who::Owner, "POST", "/blueprints", &blueprint);
        let path = format!(
            "/blueprints/{}/publication",
            blueprint["id"].as_str().unwrap()
        );
        let publish = json!({"version": 1, "untested": true});
        self.does(Who::Owner, "POST", &path, &publish);
        let new = json!({
            "activity": activity, "blueprint": blueprint["id"], "person": person,
            "unit": "hour", "amount": "14", "currency": "USD",
        });
        let made = self.does(Who::Owner, "POST", "/handoffs", &new);
        made["id"].as_str().unwrap().to_owned()
    }

    /// What the worker accepts, and what is given to them, done and accepted.
    fn do_own(&self, handoffs: &[String]) {
        for handoff in handoffs {
            let path = format!("/my/handoffs/{handoff}");
            let now = self.does(Who::Worker, "GET", &path, &Value::Null);
            let accept = json!({"answer": "accept", "version": now["version"]});
            self.does(Who::Worker, "POST", &format!("{path}/answer"), &accept);
            let due = crate::site::moment().now + jiff::SignedDuration::from_hours(30);
            let path = format!("/handoffs/{handoff}/assignments");
            for is_done in [true, false] {
                let new = json!({"due": due.to_string(), "without_inputs": true});
                let given = self.does(Who::Owner, "POST", &path, &new);
                let id = given["id"].as_str().unwrap();
                let own = format!("/my/assignments/{id}");
                let agree = json!({"answer": "agree", "version": given["version"]});
                let agreed = self.does(Who::Worker, "POST", &format!("{own}/reply"), &agree);
                if !is_done {
                    continue;
                }
                let done = json!({"text": "Done.", "hours": 1, "version": agreed["version"]});
                let done = self.does(Who::Worker, "POST", &format!("{own}/deliverables"), &done);
                if done["state"] == "delivered" {
                    let accepted = json!({"verdict": "accepted", "version": done["version"]});
                    let path = format!("/assignments/{id}/reviews");
                    self.does(Who::Owner, "POST", &path, &accepted);
                }
                let today = crate::site::moment().today().date().to_string();
                self.does(Who::Owner, "POST", "/statements", &json!({"until": today}));
                crate::site::pass_days(1);
            }
        }
        self.take_back();
    }

    /// What was stated is taken back, which is on no statement yet.
    fn take_back(&self) {
        let stated = self.does(Who::Worker, "GET", "/my/statements", &Value::Null);
        for statement in stated["statements"].as_array().unwrap() {
            let path = format!("/statements/{}", statement["number"]);
            let whole = self.does(Who::Owner, "GET", &path, &Value::Null);
            let path = format!("/postings/{}/correction", whole["lines"][0]["posting"]);
            self.does(Who::Owner, "POST", &path, &json!({"note": "twice"}));
        }
    }
}

#[test]
fn every_list_pages_without_gap_or_double() {
    let desk = desk();
    for (pattern, key, who) in LISTS {
        let path = pattern
            .replace("{handoff}", &desk.handoff)
            .replace("{person}", &desk.person)
            .replace("{agent}", &desk.agent)
            .replace("{given}", &desk.given);
        let get = |query: &str| desk.ask(*who, "GET", &format!("{path}?{query}"), &Value::Null);
        let whole = get("most=200").is(200).json();
        let all = whole[key].as_array().unwrap();
        assert!(all.len() >= 3, "{path} has {}: {whole}", all.len());
        assert_eq!(whole["next"], Value::Null, "{path}");
        for (most, field) in [(1, "after"), (2, "before")] {
            let mut seen = Vec::new();
            let mut query = format!("most={most}");
            loop {
                let page = get(&query).is(200).json();
                let rows = page[key].as_array().unwrap();
                assert!(rows.len() <= most, "{path}?{query}");
                seen.extend(rows.iter().cloned());
                let Some(next) = page["next"].as_str() else {
                    break;
                };
                let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                query = format!("most={most}&{field}={next}");
                assert!(seen.len() < 300, "{path} has no end");
            }
            // Looking is noted, so the log of it and the session's last use go on.
            let ids = |rows: &[Value]| -> Vec<Value> {
                let id = |row: &Value| match &row["id"] {
                    Value::Null => row.clone(),
                    id => id.clone(),
                };
                rows.iter().map(id).collect()
            };
            assert_eq!(ids(&seen), ids(all), "{path} by {most}");
        }
        for bad in ["after=x!", "before=x!"] {
            get(bad).is(422).says(&["page.before"]);
        }
        for bad in ["most=0", "most=201", "most=x"] {
            get(bad).is(422).says(&["request.most"]);
        }
    }
}
