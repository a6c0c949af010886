//! Assignments through the API: the whole way of one, files, what a reviewer is not told, what a worker cannot reach.

use offdesk_actions::actor::TokenScope;
use offdesk_actions::assignments::{
    AssignmentChange, NewAssignment, NewDeliverable, Reply, change_assignment, deliver,
    give_assignment, load_assignment, reply_to_assignment, start_assignment,
};
use serde_json::{Value, json};

use crate::site::{Given, Page, Site, cookie_of};

struct Program<'s> {
    site: &'s Site,
    token: String,
}

impl Program<'_> {
    fn ask(&self, method: &str, path: &str, body: &Value) -> Page {
        self.site.call(&self.token, method, path, body, &[])
    }

    fn bytes(&self, path: &str, bytes: &str) -> Page {
        let bearer = format!("Bearer {}", self.token);
        let path = format!("/api/v1{path}");
        self.site.ask(
            "PUT",
            &path,
            &[("authorization", &*bearer)],
            bytes.to_owned(),
        )
    }
}

/// While a review waits no door of the owner's side says whose the work is.
fn is_blind(site: &Site, program: &Program<'_>, given: &Given) {
    let (id, handoff) = (given.assignment.to_string(), given.handoff);
    let get = |path: &str| program.ask("GET", path, &Value::Null).is(200).json();
    let shown = get(&format!("/assignments/{id}"));
    for key in ["person", "handoff", "amount", "trial", "recurrence"] {
        assert_eq!(shown[key], Value::Null, "{key}: {shown}");
    }
    let listed = get("/assignments?state=delivered");
    assert_eq!(listed["assignments"][0]["person"], Value::Null);
    let person = given.person;
    for path in [
        format!("/assignments?person={person}"),
        format!("/assignments?state=delivered&person={person}"),
        format!("/handoffs/{handoff}/assignments"),
    ] {
        assert!(!get(&path).to_string().contains(&id), "{path}");
    }
    let owner = Some(&site.owner);
    for path in [
        format!("/work/{id}"),
        format!("/review/{id}"),
        "/review".to_owned(),
    ] {
        site.get(owner, &path)
            .is(200)
            .hides(&["Cem", &handoff.to_string(), &person.to_string()]);
    }
    let list = site.get(owner, "/work?state=delivered");
    list.is(200).says(&[&id, "once it is judged"]);
    let (_, table) = list.body.split_once("<table").unwrap();
    let (table, _) = table.split_once("</table").unwrap();
    assert!(!table.contains("Cem"), "{table}");
}

#[test]
fn an_assignment_goes_the_whole_way() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let program = Program {
        site: &site,
        token: site.token(&TokenScope::ALL),
    };
    let own = format!("/assignments/{}", given.assignment);
    let get = |path: &str| program.ask("GET", path, &Value::Null).is(200).json();
    let waiting = get(&own);
    assert_eq!(
        (&waiting["schema"], &waiting["state"]),
        (&json!("offdesk.assignment/1"), &json!("waiting"))
    );
    assert_eq!(waiting["person"]["name"], "Cem");
    assert_eq!(get("/questions")["questions"][0]["text"], "Which one?");
    let answer = json!({"text": "The shop's.", "for_blueprint": true, "spent_hours": 0.05});
    let path = format!("{own}/questions/{}/answer", given.question);
    let answered = program.ask("POST", &path, &answer).is(201).json();
    assert_eq!(
        (
            &answered["state"],
            &answered["questions"][0]["draft_number"]
        ),
        (&json!("in_progress"), &json!(2))
    );
    program
        .ask("POST", &path, &answer)
        .is(409)
        .says(&["assignment.answered"]);
    program
        .ask("PUT", &format!("{own}/steps/1"), &json!({"ticked": true}))
        .is(200);
    program
        .ask("PUT", &format!("{own}/steps/99"), &json!({"ticked": true}))
        .is(422)
        .says(&["assignment.step"]);
    let timed = program
        .ask("PUT", &format!("{own}/time"), &json!({"hours": 1.25}))
        .is(200)
        .json();
    assert_eq!(timed["hours"], 1.25);

    // A file in two parts, whose name leads nowhere.
    let file = format!("{own}/files/{}", given.document);
    program.bytes(&format!("{file}/parts/0"), "ab").is(200);
    program
        .bytes(&format!("{file}/parts/0"), "ab")
        .is(409)
        .says(&["file.place"]);
    let version = &timed["version"];
    let empty = json!({"version": version});
    program
        .ask("POST", &format!("{own}/deliverables"), &empty)
        .is(409)
        .says(&["file.incomplete"]);
    program.bytes(&format!("{file}/parts/2"), "c").is(200);
    let deliverable = json!({"version": version, "text": "Done.", "hours": "1.5"});
    let delivered = program
        .ask("POST", &format!("{own}/deliverables"), &deliverable)
        .is(201)
        .json();
    assert_eq!(
        (&delivered["state"], &delivered["hours"]),
        (&json!("delivered"), &json!(1.5))
    );
    let download = program.ask("GET", &file, &Value::Null);
    assert_eq!(download.is(200).body, "abc");
    assert_eq!(download.headers["content-type"], "application/octet-stream");
    assert!(
        download.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );
    assert_eq!(download.headers["x-content-type-options"], "nosniff");
    assert_eq!(download.headers["content-length"], "3");

    // The reviewer is not told who made it, nor how much of theirs is looked at.
    let page = program.ask("GET", "/reviews", &Value::Null);
    let page = page.is(200);
    assert_eq!(page.json()["reviews"][0]["text"], "Done.");
    for hidden in ["Cem", "rung", "person\":", "person_", "one_in", "handoff"] {
        assert!(!page.body.contains(hidden), "{hidden}: {}", page.body);
    }
    is_blind(&site, &program, &given);
    let version = &delivered["version"];
    let review = |verdict: &str, findings: Value| json!({"version": version, "verdict": verdict, "findings": findings, "met": [1], "spent_hours": 0.1});
    program
        .ask(
            "POST",
            &format!("{own}/reviews"),
            &review("returned", json!([])),
        )
        .is(422)
        .says(&["assignment.no_finding"]);
    program
        .ask(
            "POST",
            &format!("{own}/reviews"),
            &review("maybe", json!([])),
        )
        .is(422)
        .says(&["assignment.verdict"]);
    let faults = json!([{"kind": "fault", "text": "No date.", "criterion": 2}]);
    let returned = program
        .ask(
            "POST",
            &format!("{own}/reviews"),
            &review("returned", faults),
        )
        .is(201)
        .json();
    assert_eq!(returned["schema"], "offdesk.assignment_now/1");
    assert_eq!(
        (&returned["state"], &get(&own)["findings"][0]["kind"]),
        (&json!("returned"), &json!("fault"))
    );
    let again = json!({"version": returned["version"], "text": "With dates."});
    let again = program
        .ask("POST", &format!("{own}/deliverables"), &again)
        .is(201)
        .json();
    let partly = json!({"version": again["version"], "verdict": "accepted", "met": [1]});
    program
        .ask("POST", &format!("{own}/reviews"), &partly)
        .is(422)
        .says(&["assignment.unmet"]);
    let accept = json!({"version": again["version"], "verdict": "accepted"});
    let accepted = program
        .ask("POST", &format!("{own}/reviews"), &accept)
        .is(201)
        .json();
    assert_eq!(
        (&accepted["state"], &accepted["accepted"]),
        (&json!("accepted"), &json!("reviewed"))
    );
    program
        .ask("POST", &format!("{own}/reviews"), &accept)
        .is(409);
    let accepted = get(&own);
    let met = accepted["rounds_done"][0]["met"].as_array().map(Vec::len);
    assert_eq!(met, accepted["criteria"].as_array().map(Vec::len));
    let escape = json!({"version": accepted["version"], "text": "A wrong name went out."});
    program
        .ask("POST", &format!("{own}/escapes"), &escape)
        .is(422)
        .says(&["assignment.finding_place"]);
    let escape = json!({"version": accepted["version"], "text": "A wrong name went out.", "step": 1, "rework_hours": 0.25});
    let escaped = program
        .ask("POST", &format!("{own}/escapes"), &escape)
        .is(201)
        .json();
    assert_eq!(escaped["findings"][1]["escape"], true);
    let last = escaped["spent"].as_array().and_then(|all| all.last());
    assert_eq!(last.map(|it| &it["kind"]), Some(&json!("reworking")));

    let handoff = format!("/handoffs/{}", given.handoff);
    let record = get(&format!("{handoff}/record"));
    assert_eq!(
        record["accepted_first_time"]["in_words"],
        "○ too early to say"
    );
    assert_eq!(record["checked"]["label"], "I check all");
    let kinds: Vec<&str> = accepted["spent"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds.len(), 3, "{kinds:?}");
    let right = format!("{handoff}/supervision/{}", given.supervision);
    let right = program.ask("PUT", &right, &json!({"version": 1, "hours": 0.5}));
    assert_eq!(right.is(200).json()["hours"], 0.5);
}

#[test]
fn assignments_are_given_listed_and_come_back() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let program = Program {
        site: &site,
        token: site.token(&TokenScope::ALL),
    };
    let handoff = format!("/handoffs/{}", given.handoff);
    let give = |due: &str| {
        program.ask(
            "POST",
            &format!("{handoff}/assignments"),
            &json!({"due": due, "amount": "12.5", "without_inputs": true}),
        )
    };
    give("soon").is(422).says(&["assignment.moment"]);
    give("2001-01-01T00:00:00Z")
        .is(422)
        .says(&["assignment.due"]);
    for _ in 0..3 {
        let due = crate::site::moment().now + jiff::SignedDuration::from_hours(30);
        let given = give(&due.to_string()).is(201).json();
        assert_eq!(
            (&given["amount"], &given["unit"]),
            (&json!("12.50"), &json!("assignment"))
        );
    }
    let get = |path: &str| program.ask("GET", path, &Value::Null).is(200).json();
    let first = get("/assignments?most=3");
    assert_eq!(first["assignments"].as_array().unwrap().len(), 3);
    let next = first["next"].as_str().unwrap();
    let rest = get(&format!("/assignments?most=3&after={next}"));
    assert_eq!(
        (rest["assignments"].as_array().unwrap().len(), &rest["next"]),
        (1, &Value::Null)
    );
    assert_eq!(
        get("/assignments?state=assigned")["assignments"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
    program
        .ask("GET", "/assignments?state=done", &Value::Null)
        .is(422)
        .says(&["assignment.state"]);
    assert_eq!(
        get(&format!("{handoff}/assignments"))["assignments"][0]["number"],
        4
    );

    let weekly = json!({"rule": "FREQ=MONTHLY;BYMONTHDAY=-1", "start": "2040-01-31T17:00", "zone": "Europe/Berlin", "days_off": ["SA", "SU", "2040-02-29"], "lead_hours": 48});
    let made = program
        .ask("POST", &format!("{handoff}/recurrences"), &weekly)
        .is(201)
        .json();
    assert_eq!(made["next_due"][0], "2040-01-31T16:00:00Z");
    assert_eq!(made["days_off"], json!(["SA", "SU", "2040-02-29"]));
    let bad =
        json!({"rule": "FREQ=SECONDLY", "start": "2040-01-31T17:00", "zone": "Europe/Berlin"});
    program
        .ask("POST", &format!("{handoff}/recurrences"), &bad)
        .is(422)
        .says(&["recurrence.many"]);
    // Without a word about it, it is given two days ahead, as at the other doors; never when it is due.
    let mut plain =
        json!({"rule": "FREQ=WEEKLY", "start": "2040-01-31T17:00", "zone": "Europe/Berlin"});
    let ahead = program
        .ask("POST", &format!("{handoff}/recurrences"), &plain)
        .is(201)
        .json();
    assert_eq!(
        (&ahead["lead_hours"], &ahead["next_given_at"]),
        (&json!(48), &json!("2040-01-29T16:00:00Z"))
    );
    plain["lead_hours"] = json!(0);
    program
        .ask("POST", &format!("{handoff}/recurrences"), &plain)
        .is(422)
        .says(&["recurrence.lead"]);
    let own = format!("/recurrences/{}", made["id"].as_str().unwrap());
    let moved = program
        .ask("PUT", &own, &json!({"zone": "Asia/Tokyo", "version": 1}))
        .is(200)
        .json();
    assert_eq!(moved["next_due"][0], "2040-01-31T08:00:00Z");
    program.ask("DELETE", &own, &Value::Null).is(204);
    assert_eq!(
        get(&format!("{handoff}/recurrences"))["recurrences"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

#[test]
fn a_worker_reaches_no_assignment_of_another_and_no_figure_of_the_owner() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let (worker, _) = site.worker("Wim");
    let before = site.rows();
    for path in ["", "/files", "/deliverables", "/reviews", "/cancellation"] {
        for method in ["GET", "POST", "PUT"] {
            let path = format!("/api/v1/assignments/{}{path}", given.assignment);
            let cookie = cookie_of(&worker);
            let headers = [("sec-fetch-site", "same-origin"), ("cookie", &*cookie)];
            let page = site.ask(method, &path, &headers, "{}");
            assert!(
                matches!(page.status.as_u16(), 403..=405),
                "{method} {path}: {}",
                page.status
            );
        }
    }
    assert_eq!(site.rows(), before);
}

/// The version a form of a page was made of, by the end of its address.
fn version(page: &Page, form: &str) -> String {
    let ends = [format!("{form}\">"), format!("{form}\" enctype")];
    let split = ends.iter().find_map(|end| page.body.split_once(end));
    let (_, fields) = split.unwrap();
    let (_, after) = fields.split_once("name=\"version\" value=\"").unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[test]
fn the_pages_of_work_and_review_go_the_whole_way_without_a_script() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    site.get(owner, "/work")
        .is(200)
        .says(&["Nothing is on anybody's desk", "Hand off an activity"]);
    site.get(owner, "/review")
        .is(200)
        .says(&["Nothing waits on you."]);
    let given = site.given(site.activity("Inbox"));
    site.get(owner, "/work").is(200).says(&[
        "Answer needed",
        "Which one?",
        "Waits for your answer, 1",
        "Cem",
    ]);
    let handoff = given.handoff.to_string();
    let bad = [
        ("handoff", handoff.as_str()),
        ("due", "soon"),
        ("title", "Another <b>"),
    ];
    site.post(owner, "/work", &bad)
        .is(422)
        .says(&["assignment.moment", "Another &lt;b&gt;"]);
    let due = (crate::site::moment().now + jiff::SignedDuration::from_hours(30)).to_string();
    let good = [
        ("handoff", handoff.as_str()),
        ("due", &due[..16]),
        ("title", "Another <b>"),
        ("input-0", "Access to the shared inbox"),
        ("have-0", "1"),
        ("input-1", "The list of templates"),
        ("link-1", "https://example.com/templates"),
    ];
    site.post(owner, "/work", &good).is(303);
    site.get(owner, "/work?given=1")
        .says(&["It is given.", "2 <bdi>Another &lt;b&gt;"]);
    // The same by where it stands, a column for each; a section of its own where columns have no room.
    site.get(owner, "/work").is(200).says(&[
        "Cost so far",
        "href=\"/work?view=board\"",
        "data-label=\"Earned\"",
        "nothing yet of about ",
        "1 min of about ",
    ]);
    site.get(owner, "/work?view=board").is(200).says(&[
        "<h2 id=\"board-given\">Given, 1</h2>",
        "<h2 id=\"board-asked\">Asked, 1</h2>",
        "<h2 id=\"board-doing\">Doing, 0</h2>",
        "<h2 id=\"board-to-review\">To review, 0</h2>",
        "Done lately",
        "2 <bdi>Another &lt;b&gt;",
    ]);

    let own = format!("/work/{}", given.assignment);
    let page = site.get(owner, &own);
    page.is(200).says(&[
        "waits for your answer",
        "Which one?",
        "Put it into the draft",
    ]);
    let answer = format!("{own}/questions/{}/answer", given.question);
    site.post(owner, &answer, &[("text", " ")])
        .is(422)
        .says(&["assignment.answer"]);
    let shown = (crate::site::moment().now.as_second() - 90).to_string();
    let fields = [
        ("text", "The shop's."),
        ("for_blueprint", "1"),
        ("shown", shown.as_str()),
    ];
    site.post(owner, &answer, &fields).is(303);
    let page = site.get(owner, &own);
    page.is(200).says(&[
        "The answer went into the draft",
        "Answering, minutes",
        "value=\"2\"",
    ]);
    // A file that has not come is in the way: it goes by its button.
    let removal = format!("{own}/files/{}/removal", given.document);
    site.get(owner, &own)
        .says(&["did not come whole", &removal]);
    site.post(owner, &removal, &[]).is(303);
    let fields = [
        ("version", version(&page, "/deliverables")),
        ("text", "All done.\n\n<script>".to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    site.post(owner, &format!("{own}/deliverables"), &fields)
        .is(303);

    let review = format!("/review/{}", given.assignment);
    site.get(owner, "/review").is(200).says(&["Inbox triage"]);
    let page = site.get(owner, &review);
    page.is(200).says(&[
        "All done.",
        "&lt;script&gt;",
        "No message of today is unread.",
        "All hold: accept the deliverable",
    ]);
    for hidden in ["Cem", "1 in ", "rung", "/people/", "/handoffs/"] {
        assert!(
            !page.body.replace("/handoffs\"", "").contains(hidden),
            "{hidden}"
        );
    }
    let seen = version(&page, &given.assignment.to_string());
    let empty = [("version", seen.as_str()), ("verdict", "returned")];
    site.post(owner, &review, &empty)
        .is(422)
        .says(&["assignment.no_finding"]);
    let found = [
        ("version", seen.as_str()),
        ("verdict", "returned"),
        ("met", "1"),
        ("kind", "preference"),
        ("place", ""),
        ("finding", ""),
        ("kind", "fault"),
        ("place", "c2"),
        ("finding", "No date."),
        ("minutes", "6"),
    ];
    site.post(owner, &review, &found).is(303);
    site.post(owner, &review, &found)
        .is(409)
        .says(&["assignment.changed"]);
    site.get(owner, &own).says(&[
        "Fault at criterion 2",
        "No date.",
        "Reviewing, minutes",
        "value=\"6\"",
    ]);
    let page = site.get(owner, &own);
    let fields = [
        ("version", version(&page, "/deliverables")),
        ("link", "https://example.com/x".to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    site.post(owner, &format!("{own}/deliverables"), &fields)
        .is(303);
    let seen = version(&site.get(owner, &review), &given.assignment.to_string());
    let unticked = [("version", seen.as_str()), ("verdict", "accepted")];
    site.post(owner, &review, &unticked)
        .is(422)
        .says(&["assignment.unmet"]);
    let accepted = [("version", seen.as_str()), ("verdict", "all")];
    site.post(owner, &review, &accepted).is(303);
    let page = site.get(owner, &own);
    page.is(200)
        .says(&["Accepted", "after a review", "A fault has come out"]);
    let line = given.supervision;
    let right = [("version", "1"), ("minutes", "12.5")];
    site.post(owner, &format!("{own}/supervision/{line}"), &right)
        .is(303);
    let fields = [
        ("version", version(&site.get(owner, &own), "/escapes")),
        ("text", "A wrong name.".to_owned()),
        ("place", "s1".to_owned()),
        ("rework_minutes", "9".to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    site.post(owner, &format!("{own}/escapes"), &fields).is(303);
    site.get(owner, &own)
        .says(&["Reworking, minutes", "value=\"9\""]);
    let more = [("kind", "reworking"), ("minutes", "4")];
    site.post(owner, &format!("{own}/supervision"), &more)
        .is(303);
    site.get(owner, &own).says(&["value=\"4\""]);
    let seen = version(&site.get(owner, &own), "/closure");
    site.post(owner, &format!("{own}/closure"), &[("version", &seen)])
        .is(303);
    site.get(owner, "/work?state=closed")
        .is(200)
        .says(&["Inbox triage"]);
    let viewer = site.member("Vi", offdesk_actions::actor::Role::Viewer);
    let page = site.get(Some(&viewer), &own);
    page.is(200);
    assert!(!page.body.contains("Note the fault"));
}

/// A page with all it shows at once, and one of each kind of page, packed as a browser takes it.
#[test]
fn a_full_desk_of_work_is_a_light_page() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let given = site.given(site.activity("Inbox"));
    let handoff = given.handoff;
    for number in 0..240 {
        site.act(&site.owner, move |tx, actor, moment| {
            let due = moment.now + jiff::SignedDuration::from_mins(700 + number * 37);
            let new = NewAssignment {
                due: Some(due),
                title: format!("Answer the inbox of shop {number}, and write down what is left"),
                ..NewAssignment::default()
            };
            let id = give_assignment(tx, actor, handoff, &new, moment)?.row.id;
            if number % 4 > 0 {
                reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
            }
            if number % 4 > 1 {
                start_assignment(tx, actor, id, None, moment)?;
            }
            if number % 4 > 2 {
                let new = NewDeliverable {
                    text: "Done.".to_owned(),
                    ..NewDeliverable::default()
                };
                deliver(tx, actor, id, &new, moment)?;
            }
            Ok(())
        })
        .unwrap();
    }
    site.get(owner, "/work")
        .is(200)
        .says(&["Given, 60", "To review, 60", "All of them"]);
    for path in [
        "/work".to_owned(),
        "/review".to_owned(),
        format!("/work/{}", given.assignment),
        format!("/review/{}", given.assignment),
    ] {
        let weight = site.weigh(owner, &path);
        assert!(weight <= 14_000, "{path} weighs {weight} bytes");
    }
}

/// While a change waits for an answer a question of theirs waits, too, and stands with what was asked.
#[test]
fn a_question_under_a_change_stands_with_what_was_asked() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let id = given.assignment;
    site.act(&site.owner, move |tx, actor, moment| {
        let change = AssignmentChange {
            note: Some("The shop's, too.".to_owned()),
            ..AssignmentChange::default()
        };
        change_assignment(tx, actor, id, &change, moment)
    })
    .unwrap();
    let owner = Some(&site.owner);
    site.get(owner, "/work?view=board").is(200).says(&[
        "<h2 id=\"board-given\">Given, 0</h2>",
        "<h2 id=\"board-asked\">Asked, 1</h2>",
    ]);
    site.get(owner, "/desk")
        .is(200)
        .says(&["1 assignment waits", " for an answer"]);
    // Nothing but its version is no change.
    let version = site.act(&site.owner, move |tx, actor, _| {
        load_assignment(tx, actor, id)
    });
    let version = version.unwrap().row.version;
    let token = site.token(&[TokenScope::Read, TokenScope::Edit]);
    let path = format!("/assignments/{id}");
    site.call(&token, "PUT", &path, &json!({"version": version}), &[])
        .is(409)
        .says(&["assignment.same"]);
}
