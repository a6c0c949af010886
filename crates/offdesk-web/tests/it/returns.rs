//! The return on its page and over the API: the questions with one tap, what they change, and who sees nothing of it.

use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::assignments::{NewDeliverable, NewReview, accept_deliverable, deliver};
use offdesk_actions::handoffs::{Move, OpenWork, move_handoff};
use offdesk_actions::imports::{Choices, Input, import_file};
use offdesk_domain::handoff::EndReason;
use serde_json::json;

use crate::site::{Site, moment, pass_days};

#[test]
fn the_page_asks_once_a_week_and_says_what_came_of_it() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let owner = Some(&site.owner);
    let none = site.get(owner, "/return");
    none.is(200)
        .says(&["Is it paying?", "Nothing is handed off yet"]);
    let given = site.given(site.activity("Inbox"));
    // Eight days later the week of Monday 23 November is over.
    pass_days(8);
    let question = "What did the freed hours become?";
    site.get(owner, "/desk").is(200).says(&[question]);
    let page = site.get(owner, "/return");
    page.is(200)
        .says(&[question, "Inbox", "Cem", "claimed", "too early"]);
    let before = site.get(owner, "/return").is(200).body.clone();
    assert!(
        before.contains("nobody has said what they became"),
        "{before}"
    );
    let fields = [
        ("week", "2026-11-23"),
        ("became", "work"),
        ("back", "/desk"),
    ];
    let answered = site.post(owner, "/return/weeks", &fields);
    assert_eq!(answered.is(303).location(), "/desk");
    site.get(owner, "/desk").is(200).hides(&[question]);
    let fields = [("week", "2026-11-23"), ("stress", "4"), ("back", "/return")];
    let answered = site.post(owner, "/return/weeks", &fields);
    assert_eq!(answered.is(303).location(), "/return?done=answered");
    site.get(owner, "/return")
        .is(200)
        .says(&["4 of 5"])
        .hides(&[question, "Do you feel it these days?"]);
    // A colleague sees the hours, and not the stress.
    let viewer = site.member("Vera", Role::Viewer);
    let seen = site.get(Some(&viewer), "/return");
    seen.is(200)
        .says(&["Inbox"])
        .hides(&["4 of 5", "Answer for a week"]);
    // Put right in hours.
    let fields = [("week", "2026-11-23"), ("rest", "1.5"), ("vanished", "0.5")];
    site.post(owner, "/return/weeks", &fields).is(303);
    site.get(owner, "/return")
        .is(200)
        .says(&["1.5 h rest, 0.5 h gone"]);
    let wrong = [("week", "2026-11-23"), ("stress", "9")];
    let refused = site.post(owner, "/return/weeks", &wrong);
    refused
        .is(422)
        .says(&["return.stress", "Nothing was changed"]);
    let wrong = [("week", "2027-11-23"), ("stress", "2")];
    site.post(owner, "/return/weeks", &wrong)
        .is(422)
        .says(&["return.week"]);
    site.get(owner, "/return?month=October").is(422);
    site.get(owner, "/return?month=2026-10")
        .is(200)
        .says(&["Nothing was handed off in these days."]);
    // What is accepted is paid for, and stands there.
    let (assignment, document) = (given.assignment, given.document);
    site.act(&site.owner, move |tx, actor, moment| {
        let question = offdesk_actions::assignments::NewAnswer {
            text: "The shop's.".to_owned(),
            is_for_blueprint: false,
            spent: None,
        };
        let asked = offdesk_actions::assignments::load_assignment(tx, actor, assignment)?;
        let id = asked.questions[0].id;
        offdesk_actions::assignments::answer_question(
            tx, actor, assignment, id, &question, moment,
        )?;
        offdesk_actions::assignments::files::drop_file(tx, actor, assignment, document, moment)?;
        let done = NewDeliverable {
            text: "Done.".to_owned(),
            ..NewDeliverable::default()
        };
        deliver(tx, actor, assignment, &done, moment)?;
        accept_deliverable(tx, actor, assignment, &NewReview::default(), moment)
    })
    .unwrap();
    site.get(owner, "/return").is(200).says(&["$20"]);
    site.get(owner, "/return?month=2026-12")
        .is(200)
        .says(&["$20"]);
    site.get(owner, "/return?month=2026-11")
        .is(200)
        .hides(&["$20"]);
    let table = site.get(owner, "/return/handoffs.csv").is(200).body.clone();
    let mut lines = table.lines();
    let head = "handoff,activity,person,reason,state,from,to,weeks";
    assert!(lines.next().unwrap().starts_with(head));
    let row = lines.next().unwrap();
    let begin = ",Inbox,Cem,focus,trial,2026-11-24,2026-12-02,1,1,";
    assert!(row.contains(begin) && row.contains(",USD,20.00,"), "{row}");
    let weeks = site
        .get(owner, "/return/weeks.csv?month=2026-12")
        .is(200)
        .body
        .clone();
    assert_eq!(weeks.lines().count(), 2, "{weeks}");
    for path in ["/return/handoffs.xlsx", "/return/weeks.xlsx?month=2026-12"] {
        assert!(
            site.get(owner, path).is(200).body.starts_with("PK"),
            "{path}"
        );
    }
}

/// What is over is told in the past, without a button to end it once more; and looking after the work stands by its blueprint.
#[test]
fn what_is_over_needs_nothing_done() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    pass_days(8);
    let owner = Some(&site.owner);
    let page = site.get(owner, "/return");
    page.is(200)
        .says(&["Too early to say", "Looking at it", "Inbox triage"]);
    let handoff = given.handoff;
    site.act(&site.owner, move |tx, actor, moment| {
        let end = Move::End(EndReason::TakenBack, OpenWork::TakenBack);
        move_handoff(tx, actor, handoff, end, "", None, moment)
    })
    .unwrap();
    site.get(owner, "/return")
        .is(200)
        .says(&["It is over: there was too little to go by.", "Over"])
        .hides(&["Too early to say", "End this handoff", "on course for"]);
}

/// A page for others holds no figure of the worth: neither the hour, nor what is reckoned from it.
#[test]
fn the_page_to_share_can_leave_the_worth_out() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    site.given(site.activity("Inbox"));
    // A worth whose digits stand nowhere else.
    let fields = [("basis", "stated"), ("rate", "91.37")];
    site.post(Some(&site.owner), "/worth", &fields).is(303);
    pass_days(8);
    let fields = [("week", "2026-11-23"), ("became", "half")];
    site.post(Some(&site.owner), "/return/weeks", &fields)
        .is(303);
    let page = |query: &str| {
        let page = site.get(Some(&site.owner), &format!("/return/page{query}"));
        let kind = page.is(200).headers["content-disposition"]
            .to_str()
            .unwrap();
        assert!(kind.starts_with("attachment"), "{kind}");
        page.body.clone()
    };
    let own = page("");
    let others = page("?without_worth=1");
    for both in [&own, &others] {
        assert!(both.contains("Inbox") && both.contains("Cem") && both.contains("bought back"));
        // It loads nothing: no address but the empty icon.
        for text in ["http:", "https:", "src=", "<script", "@import", "url("] {
            assert!(!both.contains(text), "{text}");
        }
    }
    assert!(own.contains("is what the hours became") && own.contains("for the owner alone"));
    // 5.47 h became half work at 91.37 and half rest at 45.69: 68.53 an hour.
    for canary in [
        "91.37",
        "45.69",
        "45.68",
        "68.53",
        "what the hours became",
        "Keep it",
        "Why it pays",
    ] {
        assert!(!others.contains(canary), "{canary}: {others}");
    }
    assert!(others.contains("is left out"));
}

#[test]
fn programs_read_it_and_answer_again_and_again() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    site.given(site.activity("Inbox"));
    pass_days(8);
    let token = site.token(&TokenScope::ALL);
    let call = |method: &str, path: &str, body: &serde_json::Value| {
        site.call(&token, method, path, body, &[])
    };
    let path = "/weekly-answers/2026-11-25";
    let body = json!({"became": "half", "stress": 2});
    let once = call("PUT", path, &body).is(200).json();
    let again = call("PUT", path, &body).is(200).json();
    assert_eq!(once, again);
    let week = &again["weeks"][11];
    assert_eq!(week["week"], "2026-11-23");
    assert_eq!(
        (&week["stress"], &week["became"]["work"]),
        (&json!(2), &week["became"]["rest"])
    );
    let report = call("GET", "/return", &json!(null)).is(200).json();
    assert_eq!(report["schema"], "offdesk.return/1");
    // Of both weeks it is claimed: the hours before are from memory.
    assert_eq!(report["hours"]["bought_back"]["measured"], 0.0);
    assert_eq!(report["weeks"][0]["became"], week["became"]);
    assert_eq!(
        report["worth"],
        json!({"work_hour": "75.00", "rest_hour": "37.50"})
    );
    call("PUT", path, &json!({})).is(422);
    call("PUT", "/weekly-answers/soon", &body).is(422);
    call("PUT", path, &json!({"became": "half", "happy": 1})).is(422);
    assert_eq!(
        call("GET", "/return?month=2026-13", &json!(null))
            .is(422)
            .json()["code"],
        "return.month"
    );
}

/// The raw dials of stress are on the owner's page, and on one to share only where that is ticked.
#[test]
fn what_weighs_is_shared_only_where_the_owner_says_so() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    site.given(site.activity("Inbox"));
    pass_days(8);
    let owner = Some(&site.owner);
    site.get(owner, "/return")
        .is(200)
        .says(&["What may weigh on you", "Open assignments"]);
    for query in ["", "?without_worth=1"] {
        site.get(owner, &format!("/return/page{query}"))
            .is(200)
            .hides(&["What may weigh on you"]);
    }
    for query in ["?with_stress=1", "?without_worth=1&with_stress=1"] {
        site.get(owner, &format!("/return/page{query}"))
            .is(200)
            .says(&["What may weigh on you", "Open assignments"]);
    }
    let token = site.token(&TokenScope::ALL);
    let report = site.call(&token, "GET", "/return", &json!(null), &[]);
    let report = report.is(200).json();
    let dials = &report["stress"]["dials"];
    assert_eq!(dials.as_array().unwrap().len(), 7);
    assert_eq!(dials[2]["dial"], "open_items");
}

/// Money that came in is noted, listed and taken back on the page and by programs, and a form that is refused keeps what was typed.
#[test]
fn money_that_came_in_is_noted_and_taken_back() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    site.given(site.activity("Inbox"));
    pass_days(8);
    let owner = Some(&site.owner);
    let fields = [
        ("amount", "1234.50"),
        ("currency", "USD"),
        ("note", "a client"),
    ];
    site.post(owner, "/return/receipts", &fields).is(303);
    site.get(owner, "/return?done=received").is(200).says(&[
        "IN-0001",
        "a client",
        "came in by it",
        "$1,234.50",
    ]);
    let wrong = [("amount", "lots"), ("note", "a second one")];
    site.post(owner, "/return/receipts", &wrong)
        .is(422)
        .says(&["is no amount", "a second one"]);
    let token = site.token(&TokenScope::ALL);
    let call = |method: &str, path: &str, body: &serde_json::Value| {
        site.call(&token, method, path, body, &[])
    };
    let body = json!({"amount": "20", "currency": "eur", "day": "2026-11-30", "note": "by hand"});
    let noted = call("POST", "/receipts", &body).is(201).json();
    assert_eq!(noted["receipts"][0]["reference"], "IN-0002");
    site.post(owner, "/return/receipts/1/reversal", &[]).is(303);
    site.post(owner, "/return/receipts/1/reversal", &[]).is(409);
    call("POST", "/receipts/2/reversal", &json!({"note": "twice"})).is(201);
    call("POST", "/receipts/2/reversal", &json!(null)).is(409);
    call("POST", "/receipts/99/reversal", &json!(null)).is(404);
    let page = call("GET", "/receipts?most=3", &json!(null)).is(200).json();
    assert_eq!(page["receipts"].as_array().unwrap().len(), 3);
    let next = page["next"].as_str().unwrap();
    let rest = call("GET", &format!("/receipts?before={next}"), &json!(null));
    let rest = rest.is(200).json();
    assert_eq!(rest["receipts"][0]["number"], 1);
    assert_eq!(rest["receipts"][0]["taken_back"], true);
    let report = call("GET", "/return", &json!(null)).is(200).json();
    assert_eq!(report["cash"]["in"], "0.00");
}

/// The numbers of the pictures were on the page alone.
#[test]
fn each_picture_can_be_kept_with_its_numbers() {
    let site = Site::new();
    site.with_hours(&[("Inbox triage", 6)]);
    let owner = Some(&site.owner);
    site.given(site.activity("Inbox triage"));
    let mut log = "Date,Start,End,Description\n".to_owned();
    for day in ["2026-11-17", "2026-11-24", "2026-12-01"] {
        for (hour, text) in [
            (9, "Inbox triage"),
            (10, "Bookkeeping"),
            (11, "Sales calls"),
        ] {
            log += &format!("{day},{hour:02}:00,{}:00,{text}\n", hour + 1);
        }
    }
    let mut input = Input::memory("log.csv", log.into_bytes()).unwrap();
    let (actor, choices) = (site.actor(&site.owner), Choices::default());
    import_file(&site.store, &actor, &mut input, &choices, moment()).unwrap();
    pass_days(8);
    let token = site.token(&[TokenScope::Read]);
    let found = site.call(&token, "GET", "/return", &json!(null), &[]);
    let found = found.is(200).json();
    let own = &found["own_hours"];
    assert_eq!(own["worth_hour"], "75.00", "{own}");
    assert!(own["before"]["hours_per_week"]["below"].as_f64() > Some(0.0));
    assert!(own["now"]["effective_hour"].is_string(), "{own}");
    let page = site.get(owner, "/return");
    page.is(200)
        .says(&["Without <bdi>", "An hour of yours could be bought for"]);
    site.get(owner, "/hours")
        .is(200)
        .says(&["Without <bdi>", "/hours/pictures/iceberg.svg"]);
    let decision = format!("/next/{}/decision", site.activity("Inbox triage"));
    site.get(owner, &decision)
        .is(200)
        .says(&["/decision/pictures/course-0.svg"]);
    let (course, matters) = (
        format!("{decision}/pictures/course-0"),
        format!("{decision}/pictures/matters"),
    );
    for (picture, head) in [
        (course.as_str(), "week,sum,low,high"),
        (matters.as_str(), "input,net_value_low,net_value_high"),
        ("/return/pictures/bought-back", "week,"),
        ("/return/pictures/review-load", "week,"),
        ("/return/pictures/own-hours", "band,before_hours_per_week,"),
        (
            "/return/pictures/effective-hour",
            "line,without,currency,hour",
        ),
        ("/hours/pictures/iceberg", "name,entries,"),
        (
            "/hours/pictures/effective-hour",
            "line,without,currency,hour",
        ),
    ] {
        let table = site.get(owner, &format!("{picture}.csv"));
        let table = table.is(200);
        assert!(table.body.starts_with(head), "{picture}: {}", table.body);
        assert!(table.body.lines().count() > 1, "{picture}: {}", table.body);
        let drawn = site.get(owner, &format!("{picture}.svg"));
        let drawn = drawn.is(200);
        assert_eq!(drawn.headers["content-type"], "image/svg+xml");
        assert!(drawn.body.starts_with("<svg xmlns="), "{picture}");
    }
    site.get(owner, &format!("{decision}/pictures/course-9.svg"))
        .is(404);
    site.get(owner, "/return/pictures/gauge.svg").is(404);
    site.get(owner, "/return/pictures/own-hours").is(404);
}
