//! Budgets over the pages, without JavaScript, and by the API: set, seen where somebody would look, told when something is given, dropped;
//! a worker meets none of it.

use offdesk_actions::actor::{Role, TokenScope};
use serde_json::{Value, json};

use crate::handoffs::{id_of, published, version};
use crate::site::{Page, Person, Site};

/// An amount that no worker is to see.
const CANARY: &str = "31.41";

struct Budgeted {
    site: Site,
    ana: Person,
    person: String,
    handoff: String,
}

impl Budgeted {
    fn new() -> Self {
        let site = Site::new();
        site.with_hours(&[("Inbox", 6)]);
        let (ana, person) = site.worker("Ana");
        let (inbox, blueprint) = (site.activity("Inbox").to_string(), published(&site));
        let person = person.to_string();
        let fields = [
            ("activity", inbox.as_str()),
            ("person", &person),
            ("blueprint", &blueprint),
            ("amount", "20"),
            ("currency", "USD"),
            ("unit", "assignment"),
            ("start", "2026-11-02"),
        ];
        let made = site.post(Some(&site.owner), "/handoffs", &fields);
        let handoff = id_of(&made, "/handoffs/");
        let path = format!("/my/handoffs/{handoff}");
        let seen = version(&site.get(Some(&ana), &path));
        let fields = [("version", seen.as_str()), ("answer", "accept")];
        site.post(Some(&ana), &format!("{path}/answer"), &fields)
            .is(303);
        Self {
            site,
            ana,
            person,
            handoff,
        }
    }

    fn owner(&self, path: &str) -> Page {
        self.site.get(Some(&self.site.owner), path)
    }

    fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.site.post(Some(&self.site.owner), path, fields)
    }

    fn api(&self, method: &str, path: &str, body: &Value) -> Page {
        let bearer = self.site.bearer(&TokenScope::ALL);
        let headers = [("authorization", bearer.as_str())];
        self.site.ask(
            method,
            &format!("/api/v1{path}"),
            &headers,
            body.to_string(),
        )
    }

    fn give(&self, amount: &str) -> Page {
        let due = crate::site::moment().now + jiff::SignedDuration::from_hours(30);
        let body = json!({"due": due.to_string(), "amount": amount, "without_inputs": true});
        let path = format!("/handoffs/{}/assignments", self.handoff);
        self.api("POST", &path, &body)
    }
}

#[test]
fn a_budget_is_set_and_seen_on_the_pages_it_is_about() {
    let desk = Budgeted::new();
    desk.owner("/pay")
        .says(&["Budgets of November 2026", "None is set."]);
    let (of_person, of_handoff) = (
        format!("/people/{}", desk.person),
        format!("/handoffs/{}", desk.handoff),
    );
    for (path, field, value, code) in [
        ("/pay", "budget_amount", "much", "budget.amount"),
        (&of_person, "budget_currency", "dollars", "budget.currency"),
        (&of_handoff, "budget_warn_at", "0", "budget.warning"),
    ] {
        let mut fields = vec![("budget_amount", "50"), ("budget_warn_at", "80")];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let page = desk.sends(&format!("{path}/budgets"), &fields);
        let fault = format!("id=\"{field}-fault\"");
        page.is(422).says(&[code, &fault]);
    }
    for path in ["/pay", &of_person, &of_handoff] {
        let fields = [("budget_amount", "50"), ("budget_currency", "usd")];
        desk.sends(&format!("{path}/budgets"), &fields).is(303);
    }
    desk.owner("/pay").says(&[
        "the whole workspace",
        "Inbox to Ana",
        "50.00 USD",
        "0 % used",
    ]);
    desk.owner("/desk").hides(&["Budgets of this month"]);

    let given = desk.give("45").is(201).json();
    assert_eq!(given["budgets"].as_array().unwrap().len(), 3, "{given}");
    assert_eq!(given["budgets"][0]["standing"], "near");
    desk.owner("/desk").says(&[
        "Budgets of this month",
        "is near its end: 45.00 USD of 50.00 USD",
        "45.00 USD of it promised",
    ]);
    for path in ["/pay", &of_person, &of_handoff] {
        desk.owner(path).says(&["90 % used", "near its end"]);
    }
    let path = format!("/work/{}", given["id"].as_str().unwrap());
    desk.owner(&path)
        .says(&["Budgets of the month it is due in", "is near its end"]);
    desk.give("10").is(201);
    desk.owner("/pay").says(&["110 % used", "passed"]);
    desk.owner("/desk")
        .says(&["is passed: 55.00 USD of 50.00 USD"]);

    let listed = desk.api("GET", "/budgets", &Value::Null).is(200).json();
    for one in listed["budgets"].as_array().unwrap() {
        let path = format!("/budgets/{}/removal", one["id"].as_str().unwrap());
        desk.sends(&path, &[]).is(303);
    }
    desk.owner("/pay").says(&["None is set."]);
}

#[test]
fn by_the_api_one_that_blocks_refuses_and_a_viewer_only_looks() {
    let desk = Budgeted::new();
    let both = json!({"amount": "5", "person": desk.person, "handoff": desk.handoff});
    desk.api("POST", "/budgets", &both)
        .is(422)
        .says(&["budget.whose"]);
    let new = json!({"amount": "31.41", "handoff": desk.handoff, "blocks": true, "warn_at": 50});
    let set = desk.api("POST", "/budgets", &new).is(201).json();
    assert_eq!(
        (&set["of"], &set["standing"], &set["left"]),
        (&json!("handoff"), &json!("within"), &json!("31.41"))
    );
    desk.give("20").is(201);
    desk.give("11.42").is(409).says(&["budget.passed"]);
    let december = desk.api("GET", "/budgets?month=2026-12", &Value::Null);
    let december = december.is(200).json();
    assert_eq!(december["from"], "2026-12-01");
    assert_eq!(december["budgets"][0]["promised"], "0.00");
    desk.api("GET", "/budgets?month=soon", &Value::Null)
        .is(422)
        .says(&["budget.month"]);

    let viewer = desk.site.member("Vi", Role::Viewer);
    let page = desk.site.get(Some(&viewer), "/pay");
    page.says(&["31.41 USD"])
        .hides(&["Set a budget", "Take away"]);
    for path in ["/my/work", "/my/pay", "/my/progress", "/my/handoffs"] {
        let page = desk.site.get(Some(&desk.ana), path);
        page.is(200).hides(&[CANARY]);
    }
    let path = format!("/budgets/{}", set["id"].as_str().unwrap());
    desk.api("DELETE", &path, &Value::Null).is(204);
    desk.api("DELETE", &path, &Value::Null).is(404);
    desk.give("11.42").is(201);
}
