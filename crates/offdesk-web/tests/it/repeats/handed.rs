//! The cases of people, handoffs and assignments, in the order in which work goes.

use serde_json::{Value, json};

use super::{BLUEPRINT, Desk};
use crate::site::moment;

const PAID: &str = r#"{"unit": "assignment", "amount": "20", "currency": "USD"}"#;
const PAID_MORE: &str = r#"{"unit": "assignment", "amount": "30", "currency": "USD"}"#;

/// The id in an answer.
pub(super) fn id_of(answer: &Value) -> String {
    answer["id"].as_str().unwrap().to_owned()
}

/// A body that names the version of the last answer.
fn seeing(answer: &Value, body: &Value) -> Value {
    assert!(answer["version"].is_i64(), "{answer}");
    let mut body = body.clone();
    body["version"] = answer["version"].clone();
    body
}

/// What steps are taken of: its pattern and its address.
struct Course(&'static str, String);

impl Course {
    fn step(&self, desk: &mut Desk, what: &str, body: &str, other: &str) -> Value {
        let Self(pattern, path) = self;
        let (pattern, path) = (format!("{pattern}/{what}"), format!("{path}/{what}"));
        desk.twice(&pattern, &path, body, other)
    }

    /// A step whose body names the version that was seen.
    fn seen(&self, desk: &mut Desk, what: &str, now: &Value, bodies: [&Value; 2]) -> Value {
        let [body, other] = bodies.map(|body| seeing(now, body).to_string());
        self.step(desk, what, &body, &other)
    }

    /// A step that takes nothing but the version; the other one names a version that nobody has seen.
    fn only_seen(&self, desk: &mut Desk, what: &str, now: &Value) -> Value {
        let body = seeing(now, &json!({})).to_string();
        self.step(desk, what, &body, r#"{"version": 999}"#)
    }

    /// A step that is taken without a key.
    fn go(&self, desk: &Desk, what: &str, now: &Value, body: &Value) -> Value {
        let Self(_, path) = self;
        desk.json("POST", &format!("{path}/{what}"), &seeing(now, body))
    }
}

impl Course {
    /// A step that is taken without a key, and whose body names no version.
    fn go_unseen(&self, desk: &Desk, what: &str, body: &Value) -> Value {
        let Self(_, path) = self;
        desk.json("POST", &format!("{path}/{what}"), body)
    }
}

/// When an assignment is due that is given now.
fn due() -> String {
    let due = moment().now + jiff::SignedDuration::from_hours(30);
    due.to_string()
}

pub(super) fn people(desk: &mut Desk) {
    let ana = desk.twice(
        "/people",
        "/people",
        r#"{"name": "Ana"}"#,
        r#"{"name": "Bo"}"#,
    );
    let path = format!("/people/{}", id_of(&ana));
    desk.twice(
        "/people/{person}/terms",
        &format!("{path}/terms"),
        PAID,
        PAID_MORE,
    );
    let let_in = desk.twice(
        "/people/{person}/access",
        &format!("{path}/access"),
        r#"{"what": "Mailbox"}"#,
        r#"{"what": "Calendar"}"#,
    );
    let access = id_of(&let_in["access"][0]);
    desk.twice(
        "/people/{person}/access/{access}/revocation",
        &format!("{path}/access/{access}/revocation"),
        "",
        "{}",
    );
}

/// What a handoff is proposed with.
pub(super) fn proposal(desk: &Desk) -> Value {
    let person = id_of(&desk.json("POST", "/people", &json!({"name": "Dora"})));
    let paid = serde_json::from_str(PAID).unwrap();
    desk.json("POST", &format!("/people/{person}/terms"), &paid);
    proposal_to(desk, &person, "Sales calls")
}

/// What an activity is proposed to a person with, by a blueprint of its own.
fn proposal_to(desk: &Desk, person: &str, activity: &str) -> Value {
    let blueprint = id_of(&desk.json("POST", "/blueprints", &json!({"text": BLUEPRINT})));
    desk.json(
        "POST",
        &format!("/blueprints/{blueprint}/publication"),
        &json!({"version": 1, "untested": true}),
    );
    let activity = desk.site.activity(activity).to_string();
    json!({"activity": activity, "blueprint": blueprint, "person": person})
}

pub(super) fn handoffs(desk: &mut Desk) {
    let mut new = proposal(desk);
    let body = new.to_string();
    new["note"] = json!("Gladly.");
    let proposed = desk.twice("/handoffs", "/handoffs", &body, &new.to_string());
    let path = format!("/handoffs/{}", id_of(&proposed));
    let course = Course("/handoffs/{handoff}", path);
    let (accept, decline) = (json!({"answer": "accept"}), json!({"answer": "decline"}));
    let paid = serde_json::from_str(PAID).unwrap();
    let paid_more = serde_json::from_str(PAID_MORE).unwrap();
    let declined = course.seen(desk, "answer", &proposed, [&decline, &accept]);
    let again = course.seen(desk, "proposal", &declined, [&paid, &paid_more]);
    let accepted = course.go(desk, "answer", &again, &accept);
    let begin = json!({"move": "begin"});
    let end = json!({"move": "end", "reason": "dropped"});
    let begun = course.seen(desk, "move", &accepted, [&begin, &end]);
    let open = course.seen(desk, "change", &begun, [&paid_more, &paid]);
    course.seen(desk, "change/answer", &open, [&accept, &decline]);
    returning(desk, &course);
}

/// Work of a handoff: once, and again and again.
fn returning(desk: &mut Desk, course: &Course) {
    let due = due();
    course.step(
        desk,
        "assignments",
        &json!({"due": due, "without_inputs": true}).to_string(),
        &json!({"due": due, "note": "Quickly.", "without_inputs": true}).to_string(),
    );
    let weekly = |zone: &str| {
        json!({"rule": "FREQ=WEEKLY;BYDAY=MO", "start": "2040-01-02T17:00", "zone": zone})
            .to_string()
    };
    let (berlin, tokyo) = (weekly("Europe/Berlin"), weekly("Asia/Tokyo"));
    course.step(desk, "recurrences", &berlin, &tokyo);
    let (soon, later) = (r#"{"due_hours": 24}"#, r#"{"due_hours": 48}"#);
    course.step(desk, "mailbox", soon, later);
}

fn assignment(id: &str) -> Course {
    Course("/assignments/{assignment}", format!("/assignments/{id}"))
}

pub(super) fn assignments(desk: &mut Desk) {
    let given = desk.site.given(desk.site.activity("Sales calls"));
    let course = assignment(&given.assignment.to_string());
    let (one, other) = (r#"{"text": "The shop's."}"#, r#"{"text": "Mine."}"#);
    desk.twice(
        "/assignments/{assignment}/questions/{question}/answer",
        &format!("{}/questions/{}/answer", course.1, given.question),
        one,
        other,
    );
    course.step(desk, "questions", one, other);
    let file = |name: &str| json!({"name": name, "length": 2}).to_string();
    let file = course.step(desk, "files", &file("b.pdf"), &file("c.pdf"));
    let part = format!("{}/files/{}/parts/0", course.1, id_of(&file));
    desk.send("PUT", &part, None, "ab".to_owned()).is(200);
    // The file it was given with never comes whole.
    let gone = format!("{}/files/{}", course.1, given.document);
    desk.send("DELETE", &gone, None, String::new()).is(204);
    course.step(
        desk,
        "supervision",
        r#"{"kind": "reworking", "hours": 0.5}"#,
        r#"{"kind": "reworking", "hours": 1}"#,
    );
    judged(desk, &course);
    taken_back(desk, &format!("/handoffs/{}", given.handoff));
}

/// From handing in to the end, with one return.
fn judged(desk: &mut Desk, course: &Course) {
    let now = desk.json("GET", &course.1, &Value::Null);
    let (done, half) = (json!({"text": "Done."}), json!({"text": "Half done."}));
    let delivered = course.seen(desk, "deliverables", &now, [&done, &half]);
    let accept = json!({"verdict": "accepted"});
    let faults = json!([{"kind": "fault", "text": "No date.", "step": 1}]);
    let give_back = json!({"verdict": "returned", "findings": faults});
    let returned = course.seen(desk, "reviews", &delivered, [&give_back, &accept]);
    let begun = course.only_seen(desk, "beginning", &returned);
    let again = course.go(desk, "deliverables", &begun, &done);
    let accepted = course.go(desk, "reviews", &again, &accept);
    let (name, number) = (
        json!({"text": "A name.", "step": 1}),
        json!({"text": "A number.", "step": 1}),
    );
    let escaped = course.seen(desk, "escapes", &accepted, [&name, &number]);
    course.only_seen(desk, "closure", &escaped);
}

/// An assignment that is taken, then taken back.
fn taken_back(desk: &mut Desk, handoff: &str) {
    let path = format!("{handoff}/assignments");
    let given = desk.json(
        "POST",
        &path,
        &json!({"due": due(), "without_inputs": true}),
    );
    let course = assignment(&id_of(&given));
    let (agree, decline) = (json!({"answer": "agree"}), json!({"answer": "decline"}));
    let agreed = course.seen(desk, "reply", &given, [&agree, &decline]);
    course.only_seen(desk, "cancellation", &agreed);
    let given = desk.json(
        "POST",
        &path,
        &json!({"due": due(), "without_inputs": true}),
    );
    let other = desk.site.given(desk.site.activity("Filing")).handoff;
    let third = desk.site.given(desk.site.activity("Inbox")).handoff;
    let (there, elsewhere) = (json!({"handoff": other}), json!({"handoff": third}));
    let course = assignment(&id_of(&given));
    course.seen(desk, "reassignment", &given, [&there, &elsewhere]);
}

/// What a worker does themselves.
pub(super) fn own_work(desk: &mut Desk) {
    let (worker, person) = desk.site.worker("Wim");
    desk.worker = Some(worker);
    let mut new = proposal_to(desk, &person.to_string(), "Inbox");
    for (key, value) in [("unit", "hour"), ("amount", "14"), ("currency", "USD")] {
        new[key] = json!(value);
    }
    let handoff = id_of(&desk.json("POST", "/handoffs", &new));
    let own = Course("/my/handoffs/{handoff}", format!("/my/handoffs/{handoff}"));
    let (accept, decline) = (json!({"answer": "accept"}), json!({"answer": "decline"}));
    let now = desk.json("GET", &own.1, &Value::Null);
    let accepted = own.seen(desk, "answer", &now, [&accept, &decline]);
    let terms = serde_json::from_str(PAID_MORE).unwrap();
    let business = Course("/handoffs/{handoff}", format!("/handoffs/{handoff}"));
    business.go(desk, "change", &accepted, &terms);
    let now = desk.json("GET", &own.1, &Value::Null);
    own.seen(desk, "change/answer", &now, [&decline, &accept]);
    let given = business.go_unseen(
        desk,
        "assignments",
        &json!({"due": due(), "without_inputs": true}),
    );
    let course = Course(
        "/my/assignments/{assignment}",
        format!("/my/assignments/{}", id_of(&given)),
    );
    let (agree, decline) = (json!({"answer": "agree"}), json!({"answer": "decline"}));
    let agreed = course.seen(desk, "reply", &given, [&agree, &decline]);
    course.only_seen(desk, "beginning", &agreed);
    let (one, other) = (r#"{"text": "Which one?"}"#, r#"{"text": "Whose?"}"#);
    let asked = course.step(desk, "questions", one, other);
    let question = id_of(&asked["questions"][0]);
    let path = format!("/assignments/{}/questions/{question}/answer", id_of(&given));
    desk.json("POST", &path, &json!({"text": "The first."}));
    let file = |name: &str| json!({"name": name, "length": 2}).to_string();
    let file = course.step(desk, "files", &file("b.pdf"), &file("c.pdf"));
    let part = format!("{}/files/{}/parts/0", course.1, id_of(&file));
    desk.send("PUT", &part, None, "ab".to_owned()).is(200);
    let now = desk.json("GET", &course.1, &Value::Null);
    let (done, half) = (
        json!({"text": "Done.", "hours": 1}),
        json!({"text": "Half done.", "hours": 1}),
    );
    course.seen(desk, "deliverables", &now, [&done, &half]);
}
