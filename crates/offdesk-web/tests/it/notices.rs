//! The page of what one is told, and the calendar at its address.

use crate::site::Site;

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
