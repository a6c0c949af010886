//! One of each thing that a path can name, and the paths of them.

use axum::http::header;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::blueprints::attaching::{Attached, attachments_of_version};
use offdesk_actions::blueprints::bringing::{ComingBlueprint, bring_blueprints};
use offdesk_actions::blueprints::there::SameTitle;
use offdesk_actions::members::{NewToken, create_token, invite};
use offdesk_actions::notices::renew_feed;
use offdesk_actions::store::Uuid;
use serde_json::{Value, json};

use crate::site::{Given, Page, Person, Site, cookie_of, moment};

/// Things of the owner's workspace that a path can name.
pub struct Things {
    activity: String,
    blueprint: String,
    attachment: String,
    import: String,
    entry: String,
    upload: String,
    token: String,
    invitation: String,
    member: String,
    workspace: String,
    session: String,
    calendar: String,
    budget: String,
    passkey: String,
    pub person: String,
    terms: String,
    access: String,
    pub handoff: String,
    pub others: String,
    pub worker: Person,
    given: Given,
    secret: String,
    asset: String,
    paid: Paid,
    agent: Agent,
}

/// What belongs to money: all of it of the person of [`Given`], so that no worker may see any of it.
struct Paid {
    statement: String,
    payment: String,
    posting: String,
    pay_file: String,
    bill: String,
    receipt: String,
    hours_file: String,
}

/// An agent, and how it was used.
struct Agent {
    person: String,
    rate: String,
    assignment: String,
    usage: String,
}

/// One of each.
pub fn things(site: &Site) -> Things {
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4), ("Sales calls", 3)]);
    let upload = site.act(&site.owner, |tx, actor, moment| {
        let row = offdesk_actions::uploads::begin_upload(tx, actor, "a.csv", 20, moment)?;
        Ok(row.id.to_string())
    });
    let token = site.act(&site.owner, |tx, actor, moment| {
        Ok(
            create_token(tx, actor, &NewToken::new("T", &[TokenScope::Read]), moment)?
                .0
                .to_string(),
        )
    });
    site.act(&site.owner, |tx, actor, moment| {
        invite(tx, actor, "somebody@example.com", Role::Viewer, moment)?;
        offdesk_actions::remembered::log_time(tx, actor, "1h inbox", None, moment)
    })
    .unwrap();
    let (members, invitations) = site
        .act(&site.owner, offdesk_actions::members::list_members)
        .unwrap();
    let actor = site.actor(&site.owner);
    let (import, blueprints, attached) = site
        .act(&site.owner, |tx, actor, moment| {
            let coming = [ComingBlueprint {
                attached: vec![Attached {
                    name: "a.txt".to_owned(),
                    bytes: b"a".to_vec(),
                }],
                ..ComingBlueprint::of("a", "# Booking\n\n- open the calendar")
            }];
            let brought = bring_blueprints(tx, actor, &coming, ("a.md", SameTitle::Asked), moment)?;
            let (import, all) = (brought.import.unwrap(), brought.made);
            let attached = attachments_of_version(tx, actor, all[0], 1)?;
            Ok((import, all, attached))
        })
        .unwrap();
    let page = site
        .act(&site.owner, |tx, actor, _| {
            offdesk_actions::entries::entries_json(tx, actor, None, 1)
        })
        .unwrap();
    let page: Value = serde_json::from_slice(&page).unwrap();
    let entry = page["entries"][0]["id"].as_str().unwrap().to_owned();
    let (worker, person) = site.worker("Wim");
    let (terms, access) = site.paid_and_let_in(person);
    let handoff = site.handed_off(person);
    let (_, other) = site.worker("Wanda");
    let given = site.given(site.activity("Bookkeeping"));
    let blueprint = site.published();
    let feed = site.act(&site.owner, renew_feed).unwrap();
    Things {
        paid: Paid::of(site, &given.person.to_string(), blueprint),
        agent: Agent::of(site, blueprint),
        secret: format!("{}.ics", feed.reveal()),
        asset: site.get(None, "/sign-in").between("href=\"/assets/", "\""),
        given,
        handoff: handoff.to_string(),
        others: site.handed_off(other).to_string(),
        person: person.to_string(),
        terms: terms.to_string(),
        access: access.to_string(),
        worker,
        activity: site.activity("Inbox").to_string(),
        blueprint: blueprints[0].to_string(),
        attachment: attached[0].id.to_string(),
        import: import.to_string(),
        entry,
        upload: upload.unwrap(),
        token: token.unwrap(),
        invitation: invitations[0].id.to_string(),
        member: members[0].account_id.to_string(),
        workspace: actor.membership.unwrap().0.0.to_string(),
        session: actor.session.unwrap().to_string(),
        calendar: site.calendar().to_string(),
        budget: site.budget(),
        passkey: site.passkey().to_string(),
    }
}

/// What the owner sends to the API.
fn sends(site: &Site, path: &str, body: impl Into<axum::body::Body>) -> Page {
    let cookie = cookie_of(&site.owner);
    let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
    let page = site.ask("POST", &format!("/api/v1{path}"), &headers, body);
    let status = page.status.as_u16();
    assert!(matches!(status, 200 | 201), "{path}: {}", page.body);
    page
}

fn made(site: &Site, path: &str, body: &Value) -> Value {
    sends(site, path, body.to_string()).json()
}

/// An id or a number as it stands in a path.
fn named(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.as_i64().unwrap().to_string(),
    }
}

/// A handoff of the Inbox that a person has accepted.
fn accepted(site: &Site, person: &str, blueprint: Uuid, (unit, amount): (&str, &str)) -> String {
    let new = json!({
        "activity": site.activity("Inbox").to_string(), "blueprint": blueprint.to_string(),
        "person": person, "unit": unit, "amount": amount, "currency": "USD",
    });
    let proposed = made(site, "/handoffs", &new);
    let handoff = named(&proposed["id"]);
    let accept = json!({"answer": "accept", "version": proposed["version"]});
    made(site, &format!("/handoffs/{handoff}/answer"), &accept);
    handoff
}

impl Paid {
    fn of(site: &Site, person: &str, blueprint: Uuid) -> Self {
        let handoff = accepted(site, person, blueprint, ("milestone", "250"));
        let today = moment().today().date().to_string();
        let reached = json!({"note": "moved in"});
        made(site, &format!("/handoffs/{handoff}/milestones"), &reached);
        let drawn = made(site, "/statements", &json!({ "until": today }));
        let statement = named(&drawn["statements"][0]["number"]);
        let part = json!({"amount": "100"});
        let detail = made(site, &format!("/statements/{statement}/payments"), &part);
        let file = sends(site, "/pay-files/csv", "");
        let file = file.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        let at = file.find("PAY-").unwrap();
        let bill = json!({
            "person": person, "number": "A-1", "day": today, "from": today, "to": today,
            "currency": "USD", "net": "250",
        });
        let hours = "Date,Client,Project,Project Code,Task,Notes,Hours,Billable?,Invoiced?,First Name,Last Name\n\
             2026-11-23,Studio,Inbox,,Triage,Mails,0.5,Yes,No,Cem,Lee\n";
        let looked = sends(
            site,
            &format!("/people/{person}/hours-files?name=a.csv"),
            hours,
        );
        let bill = named(&made(site, "/bills", &bill)["id"]);
        let cookie = cookie_of(&site.owner);
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("cookie", &*cookie),
            ("content-type", "application/pdf"),
        ];
        let path = format!("/api/v1/bills/{bill}/file?name=a.pdf");
        let kept = site.ask("PUT", &path, &headers, "%PDF-1.4 abc");
        assert!(kept.status.is_success(), "{}", kept.body);
        Self {
            payment: named(&detail["payments"][0]["posting"]),
            posting: named(&detail["lines"][0]["posting"]),
            pay_file: file[at..at + "PAY-20261124-120000".len()].to_owned(),
            bill,
            receipt: named(
                &made(site, "/receipts", &json!({"amount": "40"}))["receipts"][0]["number"],
            ),
            hours_file: named(&looked.json()["id"]),
            statement,
        }
    }
}

impl Agent {
    fn of(site: &Site, blueprint: Uuid) -> Self {
        let new = json!({"name": "Sorter", "kind": "agent"});
        let person = named(&made(site, "/people", &new)["id"]);
        let rate = json!({"per": "use", "amount": "0.02"});
        let rates = made(site, &format!("/people/{person}/rates"), &rate);
        let handoff = accepted(site, &person, blueprint, ("assignment", "0"));
        let due = moment().now + jiff::SignedDuration::from_hours(30);
        let due = json!({ "due": due.to_string(), "without_inputs": true });
        let given = made(site, &format!("/handoffs/{handoff}/assignments"), &due);
        let assignment = named(&given["id"]);
        let used = json!({"uses": 3});
        let usage = made(site, &format!("/assignments/{assignment}/usage"), &used);
        Self {
            rate: named(&rates["rates"][0]["id"]),
            usage: named(&usage["id"]),
            person,
            assignment,
        }
    }
}

impl Things {
    /// A path with ids of these things, or with ids of nothing. What belongs to something goes with that.
    pub fn path(&self, pattern: &str, is_theirs: bool) -> String {
        let nothing = Uuid::from_u128(7).to_string();
        let (person, assignment, handoff) = self.belonging(pattern);
        let line = self.entry.rsplit('.').next().unwrap_or_default();
        let ids = [
            ("{activity}", self.activity.as_str()),
            ("{blueprint}", &self.blueprint),
            ("{attachment}", &self.attachment),
            ("{import}", &self.import),
            ("{line}", line),
            ("{upload}", &self.upload),
            ("{token}", &self.token),
            ("{invitation}", &self.invitation),
            ("{member}", &self.member),
            ("{workspace}", &self.workspace),
            ("{session}", &self.session),
            ("{calendar}", &self.calendar),
            ("{passkey}", &self.passkey),
            ("{person}", &person),
            ("{terms}", &self.terms),
            ("{access}", &self.access),
            ("{handoff}", &handoff),
            ("{assignment}", &assignment),
            ("{question}", &self.given.question.to_string()),
            ("{document}", &self.given.document.to_string()),
            ("{supervision}", &self.given.supervision.to_string()),
            ("{recurrence}", &self.given.recurrence.to_string()),
            ("{rate}", &self.agent.rate),
            ("{usage}", &self.agent.usage),
            ("{budget}", &self.budget),
            ("{bill}", &self.paid.bill),
        ];
        let mut path = pattern.to_owned();
        for (name, own) in ids {
            path = path.replace(name, if is_theirs { own } else { &nothing });
        }
        let picture = match pattern.contains("decision/pictures") {
            true => "matters.csv",
            false => "effective-hour.csv",
        };
        let of_nothing = format!("{nothing}.{nothing}");
        let file = match pattern {
            _ if pattern.starts_with("/assets") => (&*self.asset, "x.css"),
            _ if pattern.starts_with("/pay/files") => (&*self.paid.pay_file, "PAY-20260101-000000"),
            _ => (&*self.paid.hours_file, &*nothing),
        };
        let others = [
            ("{entry}", (self.entry.as_str(), of_nothing.as_str())),
            ("{secret}", (&self.secret, "nothing.ics")),
            ("{source}", ("1", "77")),
            ("{statement}", (&self.paid.statement, "77")),
            ("{payment}", (&self.paid.payment, "77")),
            ("{posting}", (&self.paid.posting, "77")),
            ("{receipt}", (&self.paid.receipt, "77")),
            ("{file}", file),
            // Nobody's.
            ("{number}", ("1", "1")),
            ("{day}", ("2026-11-23", "2026-11-23")),
            ("{week}", ("2026-11-16", "2026-11-16")),
            ("{kind}", ("csv", "csv")),
            ("{tool}", ("hledger", "hledger")),
            ("{start}", ("0", "0")),
            ("{picture}", (picture, picture)),
        ];
        for (name, (own, nothing)) in others {
            path = path.replace(name, if is_theirs { own } else { nothing });
        }
        assert!(!path.contains('{'), "{path}: what is this?");
        path
    }

    /// The person, the assignment and the handoff that what a path names besides belongs to.
    fn belonging(&self, pattern: &str) -> (String, String, String) {
        let person = match pattern {
            _ if pattern.contains("{rate}") => self.agent.person.clone(),
            _ if pattern.contains("{file}") => self.given.person.to_string(),
            _ => self.person.clone(),
        };
        let assignment = match pattern.contains("{usage}") {
            true => self.agent.assignment.clone(),
            false => self.given.assignment.to_string(),
        };
        let is_of_given = pattern.contains("{recurrence}") || pattern.contains("{supervision}");
        let handoff = match is_of_given {
            true => self.given.handoff.to_string(),
            false => self.handoff.clone(),
        };
        (person, assignment, handoff)
    }
}
