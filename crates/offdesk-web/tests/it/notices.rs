//! The page of what one is told, and the calendar at its address.

use crate::site::{Site, cookie_of};

#[test]
fn a_daily_mail_is_chosen_and_a_calendar_is_read_at_its_address() {
    let site = Site::new();
    site.with_hours(&[("Inbox", 6)]);
    let given = site.given(site.activity("Inbox"));
    let owner = Some(&site.owner);
    site.get(owner, "/notices").is(200).says(&[
        "The daily mail",
        "sends no mails at the moment",
        "checked",
    ]);
    site.post(owner, "/notices/digest", &[("hour", "noon")])
        .is(422)
        .says(&["digest.hour"]);
    site.post(owner, "/notices/digest", &[("hour", "17")])
        .is(303);
    let page = site.get(owner, "/notices?done=digest");
    page.says(&["value=\"17\" selected", "It is noted."])
        .hides(&["value=\"1\" checked"]);

    let made = site.post(owner, "/notices/feed", &[]);
    let path = made.is(200).between("<code class=\"secret\">", "</code>");
    let path = path.split_once("/feeds/").unwrap().1.to_owned();
    let path = format!("/feeds/{path}");
    let feed = site.get(None, &path);
    feed.is(200).says(&[
        "BEGIN:VCALENDAR\r\n",
        "Inbox triage (Cem)",
        &given.assignment.to_string(),
    ]);
    assert_eq!(feed.headers["content-type"], "text/calendar; charset=utf-8");
    assert_eq!(feed.headers["cache-control"], "no-store");
    site.get(owner, "/notices")
        .hides(&[&path[7..20]])
        .says(&["Make a new address"]);
    assert!(
        !site.all_rows().contains(&path[7..50]),
        "the address is kept in clear"
    );
    site.get(None, "/feeds/nothing.ics").is(404);
    site.post(owner, "/notices/feed", &[]).is(200);
    site.get(None, &path).is(404);
    site.post(owner, "/notices/feed/removal", &[]).is(303);
    site.post(owner, "/notices/feed/removal", &[]).is(404);
}

/// What is chosen on the page is chosen by a program, too.
#[test]
fn what_one_is_told_is_chosen_by_a_program() {
    let site = Site::new();
    let cookie = cookie_of(&site.owner);
    let headers = [
        ("cookie", cookie.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    let ask = |method: &str, path: &str, body: &str| {
        let path = format!("/api/v1/notices{path}");
        site.ask(method, &path, &headers, body.to_owned())
    };
    let now = ask("GET", "", "").is(200).json();
    assert_eq!((&now["on"], &now["hour"]), (&true.into(), &8.into()));
    assert!(now["feed_since"].is_null() && now["feed"].is_null());
    ask("PUT", "", r#"{"on": true, "hour": 24}"#)
        .is(422)
        .says(&["digest.hour"]);
    let chosen = ask("PUT", "", r#"{"on": false, "hour": 7}"#).is(200).json();
    assert_eq!((&chosen["on"], &chosen["hour"]), (&false.into(), &7.into()));
    let made = ask("POST", "/feed", "").is(201).json();
    let address = made["feed"].as_str().unwrap();
    let path = &address[address.find("/feeds/").unwrap()..];
    site.get(None, path).is(200).says(&["BEGIN:VCALENDAR"]);
    let now = ask("GET", "", "").is(200).json();
    assert!(now["feed_since"].is_string() && now["feed"].is_null());
    ask("DELETE", "/feed", "").is(204);
    site.get(None, path).is(404);
}
