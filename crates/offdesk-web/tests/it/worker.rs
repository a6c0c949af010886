//! A worker's own pages, and the owner's Desk beside them: from the first assignment over a return to a higher rung.

use jiff::SignedDuration;
use offdesk_actions::assignments::files::LONGEST;
use offdesk_actions::assignments::recurring::{NewRecurrence, create_recurrence};
use offdesk_actions::assignments::rule_next;
use offdesk_actions::store::Uuid;

use crate::blueprints::send_files_to;
use crate::handoffs::{id_of, published, version, weighed};
use crate::site::{Page, Person, Site, cookie_of, moment, pass_days};

/// An owner and a worker with a handoff of the Inbox that the worker has accepted, at 20 dollars each.
struct Pair {
    site: Site,
    ana: Person,
    handoff: String,
}

impl Pair {
    fn new() -> Self {
        let site = Site::new();
        site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
        weighed(&site);
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
            ("trial_length", "3"),
            ("in_a_row", "5"),
        ];
        let made = site.post(Some(&site.owner), "/handoffs", &fields);
        let handoff = id_of(&made, "/handoffs/");
        let pair = Self { site, ana, handoff };
        let path = format!("/my/handoffs/{}", pair.handoff);
        let seen = version(&pair.hers(&path));
        pair.sends(
            &format!("{path}/answer"),
            &[("version", &seen), ("answer", "accept")],
        )
        .is(303);
        pair
    }

    fn hers(&self, path: &str) -> Page {
        self.site.get(Some(&self.ana), path)
    }

    fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.site.post(Some(&self.ana), path, fields)
    }

    fn owners(&self, path: &str) -> Page {
        self.site.get(Some(&self.site.owner), path)
    }

    /// Gives an assignment, and says which one it is.
    fn give(&self, title: &str) -> String {
        let due = moment().now.checked_add(SignedDuration::from_hours(48));
        let due = due.unwrap().to_string();
        let fields = [
            ("handoff", self.handoff.as_str()),
            ("due", &due),
            ("title", title),
            ("input-0", "Access to the shared inbox"),
            ("have-0", "1"),
            ("input-1", "The list of templates"),
            ("link-1", "https://example.com/templates"),
        ];
        let owner = Some(&self.site.owner);
        self.site.post(owner, "/work", &fields).is(303);
        self.hers("/my/work")
            .between("<a href=\"/my/assignments/", "\"")
    }

    fn take(&self, id: &str) {
        let path = format!("/my/assignments/{id}");
        let seen = version(&self.hers(&path));
        let fields = [("version", seen.as_str()), ("answer", "agree")];
        self.sends(&format!("{path}/reply"), &fields).is(303);
    }

    fn hand_in(&self, id: &str, text: &str) {
        let path = format!("/my/assignments/{id}");
        let seen = version(&self.hers(&path));
        let fields = [("version", seen.as_str()), ("text", text), ("hours", "0.5")];
        self.sends(&format!("{path}/deliverables"), &fields).is(303);
    }

    fn review(&self, id: &str, verdict: &str, finding: &str) -> Page {
        let path = format!("/review/{id}");
        let seen = version(&self.owners(&path));
        let fields = [
            ("version", seen.as_str()),
            (
                "verdict",
                if verdict == "accepted" {
                    "all"
                } else {
                    verdict
                },
            ),
            ("met", "1"),
            ("kind", "fault"),
            ("place", if finding.is_empty() { "" } else { "s2" }),
            ("finding", finding),
            ("note", "The tone is right."),
            ("minutes", "6"),
        ];
        self.site.post(Some(&self.site.owner), &path, &fields)
    }

    /// One that goes through at once.
    fn clean(&self, title: &str) {
        let id = self.give(title);
        self.take(&id);
        self.hand_in(&id, "Done.");
        self.review(&id, "accepted", "").is(303);
    }
}

/// A form with files, as a browser sends it.
fn with_files(fields: &[(&str, &str)], files: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body +=
            &format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    for (name, bytes) in files {
        body += &format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{bytes}\r\n"
        );
    }
    body + "--x--\r\n"
}

impl Pair {
    fn sends_files(&self, path: &str, body: String) -> Page {
        let cookie = cookie_of(&self.ana);
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("cookie", &*cookie),
            ("content-type", "multipart/form-data; boundary=x"),
        ];
        self.site.ask("POST", path, &headers, body)
    }
}

#[test]
fn from_the_first_assignment_to_a_higher_rung() {
    let pair = Pair::new();
    let id = pair.give("Inbox <b>of Monday");
    pair.hers("/my/work").is(200).says(&[
        "Do you take it?",
        "Inbox &lt;b&gt;of Monday",
        "20.00 USD an assignment",
        "Declining is free",
    ]);
    let mine = format!("/my/assignments/{id}");
    pair.hers(&mine)
        .is(200)
        .says(&[
            "Accept it",
            "Acceptance criteria",
            "Part of",
            "What it needs",
            "there already",
            "https://example.com/templates",
        ])
        .hides(&["aria-pressed", "Hand it in"]);
    // Nothing is ticked or handed in before it is taken.
    pair.sends(&format!("{mine}/steps/1"), &[("done", "1")])
        .is(409)
        .says(&["assignment.not_now"]);
    pair.take(&id);
    pair.sends(&format!("{mine}/steps/1"), &[("done", "1")])
        .is(303);
    pair.sends(&format!("{mine}/steps/99"), &[("done", "1")])
        .is(422)
        .says(&["assignment.step"]);
    pair.hers(&mine)
        .says(&["aria-pressed=\"true\"", "You are at it.", " of "]);

    // A question at a step: the due date stands still, the owner's Desk has it, the answer comes back to the step.
    let fields = [("step", "2"), ("question", "Which <template>?")];
    let asked = pair.sends(&format!("{mine}/questions"), &fields);
    assert_eq!(
        asked.is(303).location(),
        format!("{mine}?done=asked#step-2")
    );
    pair.sends(&format!("{mine}/questions"), &[("question", " ")])
        .is(422)
        .says(&["assignment.question"]);
    pair.hers(&mine).says(&[
        "Which &lt;template&gt;?",
        "Not answered yet",
        "Your due date stands still",
    ]);
    pair.owners("/desk")
        .is(200)
        .says(&["Answer a question", "Ana", "1 assignment waits"]);
    let path = format!("/work/{id}");
    let question = pair.owners(&path).between("/questions/", "/answer");
    let answer = [("text", "The blue one."), ("for_blueprint", "1")];
    let owner = Some(&pair.site.owner);
    pair.site
        .post(
            owner,
            &format!("{path}/questions/{question}/answer"),
            &answer,
        )
        .is(303);
    pair.hers(&mine)
        .says(&["The blue one.", "It is going into the blueprint."]);

    // Handed in with a file, which is a download afterwards and nothing else.
    let seen = version(&pair.hers(&mine));
    let empty = with_files(&[("version", &seen)], &[]);
    pair.sends_files(&format!("{mine}/deliverables"), empty)
        .is(422)
        .says(&["assignment.empty"]);
    let fields = [
        ("version", seen.as_str()),
        ("text", "All of\nit."),
        ("link", "javascript:alert(1)"),
    ];
    let files = [("../../a.html", "<script>alert(1)</script>")];
    pair.sends_files(&format!("{mine}/deliverables"), with_files(&fields, &files))
        .is(422)
        .says(&["assignment.link", "a.html", "Remove it", "All of\nit."]);
    let page = pair.hers(&mine);
    let file = page.between(&format!("{mine}/files/"), "/removal");
    pair.sends(&format!("{mine}/files/{file}/removal"), &[])
        .is(303);
    pair.hers(&mine).hides(&["a.html"]);
    // Only the time is noted: what is typed beside it stays, and is not handed in.
    let noted = [
        ("version", seen.as_str()),
        ("text", "Half of\nit."),
        ("link", "https://example.com/half"),
        ("hours", "1.25"),
    ];
    pair.sends(&format!("{mine}/hours"), &noted).is(200).says(&[
        "The time is noted.",
        "Half of\nit.",
        "https://example.com/half",
        "value=\"1.25\"",
    ]);
    let seen = version(&pair.hers(&mine));
    let fields = [("version", seen.as_str()), fields[1], ("hours", "1.5")];
    pair.sends_files(&format!("{mine}/deliverables"), with_files(&fields, &files))
        .is(303);
    let page = pair.hers(&mine);
    page.says(&["It is looked at.", "All of\nit.", "counts as accepted"]);
    let file = page.between(&format!("href=\"{mine}/files/"), "\"");
    let file = pair.hers(&format!("{mine}/files/{file}"));
    assert_eq!(file.is(200).body, files[0].1);
    assert_eq!(file.headers["content-type"], "application/octet-stream");
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert!(disposition.starts_with("attachment;") && !disposition.contains(".."));
    // What is handed in twice is handed in once.
    pair.sends(&format!("{mine}/deliverables"), &fields)
        .is(409)
        .says(&["assignment.changed"]);

    // It waits on the Desk without a name; it comes back with a finding, is done again and accepted.
    let desk = pair.owners("/desk");
    desk.says(&["Look at the deliverable", "1 deliverable"])
        .hides(&["Ana"]);
    pair.review(&id, "returned", "No date in it.").is(303);
    pair.hers("/my/work").says(&["It was returned"]);
    let page = pair.hers(&mine);
    page.says(&[
        "What to change",
        "The tone is right.",
        "Fault",
        " at step 2",
        "1 of ",
        "Steps: ",
    ]);
    // It stands at the top, at the step, and with what was handed in.
    assert_eq!(page.body.matches("No date in it.").count(), 3);
    pair.hand_in(&id, "With dates.");
    pair.review(&id, "accepted", "").is(303);
    pair.hers("/my/pay").is(200).says(&[
        "<dd>20.00 USD</dd>",
        "Inbox &lt;b&gt;of Monday",
        "accepted so far",
    ]);
    pair.hers("/my/progress").is(200).says(&[
        "The trial: 1 of 3 accepted.",
        "0 of 5 clean in a row",
        "<li aria-current=\"step\">Every one is checked</li>",
        "No date in it.",
        "Right the first time",
    ]);
    for at in 0..5 {
        pair.clean(&format!("Inbox {at}"));
    }
    pair.hers("/my/progress").says(&[
        "<li aria-current=\"step\">Every second one</li>",
        "0 of 5 clean in a row",
        "5 of 6",
    ]);
    pair.owners(&format!("/handoffs/{}", pair.handoff))
        .says(&["Active"]);
    pair.hers("/my/pay").says(&["<dd>120.00 USD</dd>"]);
    // Six at an hour each, less seven reviews of six minutes and an answer.
    pair.owners("/desk").says(&[
        "bought back in the last seven days",
        "6 accepted assignments would have taken you 6 hours",
        "of reviewing, answering and doing again",
        "Nothing waits on you.",
        "Start with this one",
    ]);
    pair.owners("/").is(303);
    pass_days(8);
    pair.owners("/desk").hides(&["bought back"]);
}

/// What came of it would else be handed in next as if it were all of it; what was typed is not lost with it.
#[test]
fn of_a_file_that_is_too_long_nothing_is_left() {
    let pair = Pair::new();
    let id = pair.give("Inbox of Monday");
    pair.take(&id);
    let mine = format!("/my/assignments/{id}");
    let seen = version(&pair.hers(&mine));
    let fields = [("version", seen.as_str()), ("text", "All of it.")];
    let long = "x".repeat(usize::try_from(LONGEST).unwrap() + 1);
    let sent = with_files(&fields, &[("long.txt", &long)]);
    pair.sends_files(&format!("{mine}/deliverables"), sent)
        .is(422)
        .says(&[
            "id=\"file-fault\">The file is longer than a hundred megabytes.",
            "file.long",
            "All of it.</textarea>",
        ])
        .hides(&["long.txt"]);
}

#[test]
fn what_comes_back_stands_in_the_list_by_itself_and_can_be_declined() {
    let pair = Pair::new();
    let id = Uuid::try_parse(&pair.handoff).unwrap();
    let weekly = NewRecurrence {
        title: "Inbox of the week".to_owned(),
        rule: "FREQ=WEEKLY;BYDAY=MO".to_owned(),
        start: Some("2026-11-30T17:00:00".parse().unwrap()),
        zone: "Europe/Berlin".to_owned(),
        lead_hours: 72,
        ..NewRecurrence::default()
    };
    pair.site
        .act(&pair.site.owner, move |tx, actor, moment| {
            create_recurrence(tx, actor, id, &weekly, moment)
        })
        .unwrap();
    pair.hers("/my/work").hides(&["Inbox of the week"]);
    pass_days(4);
    while rule_next(&pair.site.store, moment()).unwrap() {}
    let page = pair.hers("/my/work");
    page.says(&["Inbox of the week", "Due ", "30 November 2026, 16:00 UTC"]);
    let given = page.between("<a href=\"/my/assignments/", "\"");
    let path = format!("/my/assignments/{given}/reply");
    let seen = version(&page);
    pair.sends(&path, &[("version", &seen), ("answer", "perhaps")])
        .is(422)
        .says(&["assignment.reply"]);
    pair.sends(&path, &[("version", &seen), ("answer", "decline")])
        .is(303);
    pair.sends(&path, &[("version", &seen), ("answer", "agree")])
        .is(409);
    pair.hers("/my/work?done=decline")
        .says(&["That is free", "Nothing is to do."]);
    // Nothing of it counts against anybody.
    pair.hers("/my/progress").says(&["nothing yet"]);
}

#[test]
fn what_is_overdue_waits_on_the_desk_and_the_record_can_be_taken_along() {
    let pair = Pair::new();
    let id = pair.give("Late inbox");
    pair.take(&id);
    pair.owners("/desk").hides(&["Overdue"]);
    pass_days(3);
    pair.owners("/desk")
        .says(&["Overdue", "Late inbox", "24 hours", "it is in their hands"]);
    pair.hers("/my/work").says(&["overdue"]);
    let all = pair.hers("/my/record/file").json();
    assert_eq!(all["assignments"][0]["title"], "Late inbox");
    assert_eq!(all["assignments"][0]["spent"], serde_json::json!([]));
    pair.hers("/my/record").says(&[
        "The time you typed in, as one sum",
        "(not shown to you: it is about their hour, not about you)",
    ]);
}

#[test]
fn a_desk_without_hours_asks_for_a_week_from_memory() {
    let site = Site::new();
    let page = site.get(Some(&site.owner), "/desk");
    page.is(200)
        .says(&["From memory", "Nothing waits on you."])
        .hides(&["<svg", "bought back"]);
    site.with_hours(&[("Inbox", 6)]);
    assert_eq!(site.get(Some(&site.owner), "/").is(303).location(), "/desk");
    site.get(Some(&site.owner), "/desk")
        .says(&["Start with this one", "$75", "$150", "Not now"]);
}

#[test]
fn attachments_of_a_blueprint_go_to_whoever_works_by_that_version() {
    let pair = Pair::new();
    let owner = Some(&pair.site.owner);
    let handoff = format!("/my/handoffs/{}", pair.handoff);
    let of_owner = pair.owners(&format!("/handoffs/{}", pair.handoff));
    let blueprint = of_owner.between("/blueprints/", "\"");
    let blueprint = format!("/blueprints/{}", blueprint.split('/').next().unwrap());
    let files = format!("{blueprint}/attachments");
    let script: &[u8] = b"<script>alert(1)</script>";
    send_files_to(&pair.site, &files, &[])
        .is(422)
        .says(&["attachment.empty"]);
    let sent = [
        ("prices <b>.html", script),
        ("form.pdf", b"%PDF".as_slice()),
    ];
    send_files_to(&pair.site, &files, &sent).is(303);
    pair.owners(&blueprint).says(&[
        "Draft of version 2",
        "prices &lt;b&gt;.html",
        "25 bytes",
        "Take out",
    ]);
    // The draft is nobody's yet.
    pair.hers(&handoff).hides(&["form.pdf"]);
    let before = pair.give("Before");
    pair.hers(&format!("/my/assignments/{before}"))
        .hides(&["form.pdf"]);
    let seen = version(&pair.owners(&blueprint));
    let fields = [("version", seen.as_str()), ("untested", "1")];
    pair.site
        .post(owner, &format!("{blueprint}/publication"), &fields)
        .is(303);
    // It is asked for first: what is other in it stands there, and until it is taken work is given by what was agreed.
    let page = pair.hers(&handoff);
    page.says(&[
        "A change is proposed",
        "What is other in the text of version 2",
        "work is given by version 1 until a change to it is accepted",
    ]);
    let fields = [("version", version(&page)), ("answer", "accept".to_owned())];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    pair.sends(&format!("{handoff}/change/answer"), &fields)
        .is(303);
    let due = moment().now.checked_add(SignedDuration::from_hours(60));
    let due = due.unwrap().to_string();
    let fields = [
        ("handoff", pair.handoff.as_str()),
        ("due", &due),
        ("title", "After"),
        ("input-0", "Access to the shared inbox"),
        ("have-0", "1"),
        ("input-1", "The list of templates"),
        ("have-1", "1"),
    ];
    pair.site.post(owner, "/work", &fields).is(303);
    let work = pair.hers("/my/work").body;
    let ids = work.split("<a href=\"/my/assignments/").skip(1);
    let mut ids = ids.filter_map(|rest| rest.split('"').next());
    let after = ids.find(|id| *id != before).unwrap();
    let mine = format!("/my/assignments/{after}");
    let page = pair.hers(&mine);
    page.says(&["Attachments", "prices &lt;b&gt;.html"]);
    let file = page.between(&format!("{mine}/files/"), "\"");
    let given = pair.hers(&format!("{mine}/files/{file}"));
    assert_eq!(
        given.is(200).headers["content-type"],
        "application/octet-stream"
    );
    assert!(
        given.headers["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment;")
    );
    // Not by the assignment of another version, not by somebody else.
    pair.hers(&format!("/my/assignments/{before}/files/{file}"))
        .is(404);
    let (ben, _) = pair.site.worker("Ben");
    pair.site
        .get(Some(&ben), &format!("{mine}/files/{file}"))
        .is(404);
    pair.site
        .get(Some(&ben), &format!("{handoff}/attachments/{file}"))
        .is(404);
    pair.hers(&format!("{files}/{file}")).is(403);
    pair.owners(&format!("/work/{after}"))
        .says(&["Attachments", "form.pdf"]);
    pair.owners(&format!("/work/{after}/files/{file}")).is(200);
    // A newer version without it is proposed to the worker with what it has.
    let page = pair.owners(&blueprint);
    let removal = page.between(&format!("action=\"{files}/"), "/removal\"");
    let fields = [("version", version(&page))];
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (*name, &**value))
        .collect();
    pair.site
        .post(owner, &format!("{files}/{removal}/removal"), &fields)
        .is(303);
    pair.hers(&mine)
        .says(&["form.pdf", "prices &lt;b&gt;.html"]);
    pair.owners(&format!("{blueprint}/versions/2"))
        .says(&["form.pdf", "prices &lt;b&gt;.html"]);
}

#[test]
fn who_does_the_work_writes_the_first_version_and_no_other() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let (ana, person) = site.worker("Ana");
    let handoff = site.handed_off(person);
    let path = format!("/my/handoffs/{handoff}");
    // Before it is agreed it is not theirs to write.
    let seen = version(&site.get(Some(&ana), &path));
    let text = [("version", "1"), ("text", "# Mine"), ("note", "")];
    site.post(Some(&ana), &format!("{path}/draft"), &text)
        .is(409)
        .says(&["blueprint.not_yours"]);
    let answer = [("version", seen.as_str()), ("answer", "accept")];
    site.post(Some(&ana), &format!("{path}/answer"), &answer)
        .is(303);
    let page = site.get(Some(&ana), &path);
    page.says(&["it is yours to write", "open it"]);
    let seen = page.between("name=\"version\" value=\"", "\"");
    let (ben, _) = site.worker("Ben");
    let fields = [
        ("version", seen.as_str()),
        ("text", "Sort the mail\n- open the inbox\n- answer"),
        ("note", "as I do it"),
    ];
    site.post(Some(&ben), &format!("{path}/draft"), &fields)
        .is(404);
    let empty = [("version", seen.as_str()), ("text", " "), ("note", "")];
    site.post(Some(&ana), &format!("{path}/draft"), &empty)
        .is(422)
        .says(&["Nothing was written"]);
    let saved = site.post(Some(&ana), &format!("{path}/draft"), &fields);
    let page = site.get(Some(&ana), saved.is(303).location());
    page.says(&["saved as a draft", "answer"]);
    // What somebody has saved meanwhile is not lost, and what was typed stays on the page.
    let late = site.post(Some(&ana), &format!("{path}/draft"), &fields);
    late.is(409)
        .says(&["blueprint.changed", "- open the inbox"]);
    let owners = site.get(Some(&site.owner), "/blueprints");
    let blueprint = owners.between("<a href=\"/blueprints/0", "\"");
    let blueprint = format!("/blueprints/0{blueprint}");
    site.get(Some(&site.owner), &blueprint).says(&[
        "Draft of version 1",
        "by <bdi>Ana</bdi>",
        "as I do it",
        "answer",
    ]);
}
