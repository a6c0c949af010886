//! The API: shapes, paging, requests sent twice, its document.

use offdesk_actions::actor::TokenScope;
use offdesk_web::desk::routes;
use serde_json::{Value, json};

use crate::site::Site;

#[test]
fn a_program_goes_the_whole_way() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let ask = |method: &str, path: &str, body: Value| site.call(&token, method, path, &body, &[]);
    ask("GET", "/hours", Value::Null)
        .is(409)
        .says(&["worth.missing"]);
    let worth = ask(
        "POST",
        "/worths",
        json!({"basis": "wanted", "figures": {"income": "150000"}}),
    );
    assert_eq!(worth.is(201).json()["hour"], "75.00");
    let csv = "Date,Start,End,Description\n2026-11-16,09:00,10:00,inbox\n2026-11-17,10:00,12:00,invoices\n";
    let upload = ask(
        "POST",
        "/uploads",
        json!({"file": "../../a.csv", "length": csv.len()}),
    );
    let upload = upload.is(201).json();
    assert_eq!(upload["file"], "a.csv");
    let id = upload["id"].as_str().unwrap();
    let bearer = format!("Bearer {token}");
    let part = |start: usize, bytes: &str| {
        let path = format!("/api/v1/uploads/{id}/parts/{start}");
        site.ask(
            "PUT",
            &path,
            &[("authorization", &bearer)],
            bytes.to_owned(),
        )
    };
    let (a, b) = csv.split_at(30);
    assert_eq!(part(0, a).is(200).json()["received"], 30);
    part(0, a).is(409).says(&["upload.place", "30"]);
    ask("POST", &format!("/uploads/{id}/preview"), Value::Null)
        .is(409)
        .says(&["upload.incomplete"]);
    assert_eq!(part(30, b).is(200).json()["state"], "waiting");
    let preview = ask("POST", &format!("/uploads/{id}/preview"), Value::Null)
        .is(201)
        .json();
    assert_eq!(
        (&preview["entries"], &preview["hours"]),
        (&json!(2), &json!(3.0))
    );
    ask("POST", &format!("/uploads/{id}/import"), json!({})).is(201);
    offdesk_actions::uploads::import_next(&site.store, crate::site::moment()).unwrap();
    let hours = ask("GET", "/hours", Value::Null).is(200).json();
    assert_eq!(hours["schema"], "offdesk.audit/1");
    assert_eq!(hours["summary"]["hours"], 3.0);
    let next = ask("GET", "/next", Value::Null).is(200).json();
    assert_eq!(next["schema"], "offdesk.next/1");
    let list = ask("GET", "/activities", Value::Null).is(200).json();
    let first = list["activities"][0]["id"].as_str().unwrap().to_owned();
    let renamed = ask(
        "POST",
        &format!("/activities/{first}/name"),
        json!({"name": "Mine", "version": 1}),
    );
    assert_eq!(renamed.is(200).json()["name"], "Mine");
    ask(
        "POST",
        &format!("/activities/{first}/name"),
        json!({"name": "Mine", "version": 1}),
    )
    .is(409);
    ask(
        "POST",
        &format!("/activities/{first}/price"),
        json!({"low": "10", "high": "14"}),
    )
    .is(200)
    .says(&["\"likely\":\"12.00\""]);
    ask(
        "POST",
        &format!("/activities/{first}/stays"),
        json!({"stays": "mine"}),
    )
    .is(200);
    let week = ask("GET", "/week", Value::Null).is(200).json();
    // One Monday from nine to ten, and a Tuesday after it.
    assert_eq!(week["days"].as_array().unwrap().len(), 7, "{week}");
    assert!(week["days"][0][9].as_i64().unwrap() > 0, "{week}");
    assert_eq!(week["days"][6][9], 0);
    ask("DELETE", "/sources/1", Value::Null).is(204);
    // All typed lines go only where somebody says so.
    ask("POST", "/log-lines", json!({"line": "2h inbox"})).is(201);
    ask("DELETE", "/sources/2", Value::Null)
        .is(422)
        .says(&["log.sure"]);
    ask("DELETE", "/sources/2?sure=1", Value::Null).is(204);
    ask("GET", "/sources/1", Value::Null).is(404);
}

#[test]
fn lines_logged_at_once_are_each_answered_for_themselves() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let own = site.token(&[TokenScope::Read]);
    std::thread::scope(|scope| {
        for number in 1..=6 {
            let (site, token, own) = (&site, &token, &own);
            scope.spawn(move || {
                for at in 1..=5 {
                    let line = json!({"line": format!("{at}m work {number}")});
                    let page = site.call(token, "POST", "/log-lines", &line, &[]);
                    let answer = page.is(201).json();
                    assert_eq!(answer["text"], format!("work {number}"));
                    let wrong = json!({"line": format!("work {number}")});
                    site.call(token, "POST", "/log-lines", &wrong, &[])
                        .is(422)
                        .says(&["log.duration"]);
                    site.call(own, "POST", "/log-lines", &line, &[]).is(403);
                }
            });
        }
    });
    let page = site.call(&token, "GET", "/sources", &Value::Null, &[]);
    let sources = page.is(200).json();
    assert_eq!(sources["sources"][0]["entries"], 30, "{sources}");
    let verified = offdesk_actions::upkeep::verify(&site.store).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
}

#[test]
fn pages_of_entries_follow_one_another_without_gap_or_double() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    for at in 0..23 {
        let day = format!("2026-11-{:02}", 1 + at % 7);
        site.act(&site.owner, move |tx, actor, moment| {
            let day = offdesk_domain::Day::from_date(day.parse().unwrap());
            offdesk_actions::remembered::log_time(
                tx,
                actor,
                &format!("1h work {at}"),
                Some(day),
                moment,
            )
        })
        .unwrap();
    }
    let mut seen = Vec::new();
    let mut path = "/entries?most=5".to_owned();
    loop {
        let page = site
            .call(&token, "GET", &path, &Value::Null, &[])
            .is(200)
            .json();
        let entries = page["entries"].as_array().unwrap();
        seen.extend(entries.iter().map(|it| {
            (
                it["day"].as_str().unwrap().to_owned(),
                it["id"].as_str().unwrap().to_owned(),
            )
        }));
        match page["next"].as_str() {
            Some(next) => path = format!("/entries?most=5&before={next}"),
            None => break,
        }
    }
    assert_eq!(seen.len(), 23);
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!(seen, sorted);
    for bad in ["before=x", "before=1.2", "most=0", "most=201", "most=x"] {
        site.call(&token, "GET", &format!("/entries?{bad}"), &Value::Null, &[])
            .is(422);
    }
}

#[test]
fn a_request_sent_twice_under_a_key_is_done_once() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let line = json!({"line": "2h inbox"});
    let send = |body: &Value, key: &str| {
        site.call(
            &token,
            "POST",
            "/log-lines",
            body,
            &[("idempotency-key", key)],
        )
    };
    let first = send(&line, "k1");
    let again = send(&line, "k1");
    assert_eq!(
        (first.is(201).body.as_str(), again.is(201).body.as_str()),
        (first.body.as_str(), first.body.as_str())
    );
    assert_eq!(again.headers["idempotent-replayed"], "true");
    send(&json!({"line": "3h inbox"}), "k1")
        .is(422)
        .says(&["request.key_reused"]);
    // What failed may be tried again under its key.
    send(&json!({"line": "inbox"}), "k2").is(422);
    send(&line, "k2").is(201);
    send(&line, "").is(422).says(&["request.key"]);
    let entries = site
        .call(&token, "GET", "/entries", &Value::Null, &[])
        .is(200)
        .json();
    assert_eq!(entries["entries"].as_array().unwrap().len(), 2);
}

#[test]
fn sec_04_fields_that_are_not_known_are_refused() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4)]);
    let id = site.activity("Inbox");
    let before = site.rows();
    for (path, mut body) in [
        (format!("/activities/{id}/name"), json!({"name": "X"})),
        (
            format!("/activities/{id}/price"),
            json!({"low": "1", "high": "2"}),
        ),
        (
            format!("/activities/{id}/judgement"),
            json!({"judgement": "never", "reason": "x"}),
        ),
        ("/log-lines".to_owned(), json!({"line": "1h x"})),
        (
            "/worths".to_owned(),
            json!({"basis": "stated", "figures": {"rate": "90"}}),
        ),
        ("/uploads".to_owned(), json!({"file": "a", "length": 5})),
    ] {
        for field in [
            "workspace_id",
            "account_id",
            "role",
            "version_",
            "created_at",
            "price_likely",
            "state",
            "is_own_price",
        ] {
            body[field] = json!("x");
            site.call(&token, "POST", &path, &body, &[])
                .is(422)
                .says(&["json.invalid", "line 1"]);
            body.as_object_mut().unwrap().remove(field);
        }
    }
    assert_eq!(site.rows(), before);
}

#[test]
fn the_document_names_every_route_of_the_api() {
    let site = Site::new();
    let page = site.ask("GET", "/api/v1/openapi.json", &[], "");
    let document = page.is(200).json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut count = 0;
    for route in routes() {
        if route.path.starts_with("/api/") {
            let method = route.method.as_str().to_lowercase();
            let operation = &document["paths"][route.path][&method];
            let summary = operation["summary"].as_str().unwrap_or("");
            assert!(
                summary.len() > 10,
                "{method} {} is not described",
                route.path
            );
            count += 1;
        } else {
            assert!(route.described.is_none(), "{} is no API", route.path);
        }
    }
    assert!(count > 25, "{count}");
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}
