//! Calendars at an address: looked at, imported, read again; and their addresses, which nobody is shown.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use offdesk_actions::Error;
use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::calendars::{Reach, list_calendars, refresh_due};
use offdesk_actions::members::change_role;
use offdesk_actions::outbound::Fetcher;
use offdesk_actions::sealing::SealingKey;
use offdesk_actions::uploads::import_next;

use crate::site::{Page, Site, moment, pass_seconds};

/// A server with one calendar on it, which can be changed.
pub struct Web {
    port: u16,
    text: Arc<Mutex<String>>,
}

const SECRET: &str = "private-8d1f7c2e";

impl Web {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let web = Self {
            port: listener.local_addr().unwrap().port(),
            text: Arc::new(Mutex::new(calendar(&[("Call with Ana", 5)]))),
        };
        let text = Arc::clone(&web.text);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request);
                let body = text.lock().unwrap().clone();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
                let _ = stream.write_all(format!("{head}{body}").as_bytes());
            }
        });
        web
    }

    fn says(&self, text: String) {
        *self.text.lock().unwrap() = text;
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{SECRET}/basic.ics", self.port)
    }

    /// A desk that may reach it.
    pub fn site(&self) -> Site {
        let host = format!("127.0.0.1:{}", self.port);
        Site::with(move |mut desk| {
            desk.reach = Arc::new(Reach {
                fetcher: Fetcher::new(vec![host.parse().unwrap()])
                    .patient_for(Duration::from_millis(400)),
                key: SealingKey::of(&[7; 32]),
            });
            desk
        })
    }

    fn reach(&self) -> Reach {
        let host = format!("127.0.0.1:{}", self.port);
        Reach {
            fetcher: Fetcher::new(vec![host.parse().unwrap()])
                .patient_for(Duration::from_millis(400)),
            key: SealingKey::of(&[7; 32]),
        }
    }
}

/// A calendar with an hour of each on a day of October.
fn calendar(events: &[(&str, u32)]) -> String {
    let mut text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//a//b\r\n".to_owned();
    for (at, (name, day)) in events.iter().enumerate() {
        text.push_str(&format!(
            "BEGIN:VEVENT\r\nUID:{at}-{day}@example.com\r\nSUMMARY:{name}\r\nDTSTART:202610{day:02}T0{}0000Z\r\nDTEND:202610{day:02}T0{}0000Z\r\nEND:VEVENT\r\n",
            at + 1,
            at + 2
        ));
    }
    text + "END:VCALENDAR\r\n"
}

fn add(site: &Site, address: &str) -> Page {
    site.post(
        Some(&site.owner),
        "/import/calendars",
        &[("address", address)],
    )
}

/// Brings the calendar in, and gives its path.
pub fn bring_in(site: &Site, web: &Web) -> String {
    let page = add(site, &web.address());
    let path = page.is(303).location().to_owned();
    site.get(Some(&site.owner), &path)
        .is(200)
        .says(&["127.0.0.1.ics", "1 entry"]);
    site.post(Some(&site.owner), &path, &[]).is(303);
    assert!(import_next(&site.store, moment()).unwrap());
    let rows = site.act(&site.owner, |tx, actor, _| list_calendars(tx, actor));
    format!("/import/calendars/{}", rows.unwrap()[0].id)
}

fn sources(site: &Site) -> Vec<(i64, u64)> {
    let rows = site.act(&site.owner, |tx, actor, _| {
        offdesk_actions::imports::list_sources(tx, actor)
    });
    rows.unwrap()
        .into_iter()
        .map(|row| (row.number, row.entries))
        .collect()
}

#[test]
fn a_calendar_is_looked_at_imported_and_read_again_without_doubles() {
    let web = Web::new();
    let site = web.site();
    let path = bring_in(&site, &web);
    let owner = Some(&site.owner);
    assert_eq!(sources(&site), [(1, 1)]);
    let again = || site.post(owner, &format!("{path}/readings"), &[]);
    assert_eq!(again().is(303).location(), "/import?nothing_new=1");
    // Another reading of the same events, as servers make it: nothing is new, and nothing is left behind.
    web.says(calendar(&[("Call with Ana", 5)]).replace("VERSION:2.0", "VERSION:2.0\r\nX-READ:now"));
    assert_eq!(again().is(303).location(), "/import?nothing_new=1");
    assert_eq!(sources(&site), [(1, 1)]);
    web.says(calendar(&[("Call with Ana", 5), ("Invoices", 6)]));
    assert_eq!(again().is(303).location(), "/sources/1?read=1");
    site.get(owner, "/sources/1?read=1")
        .says(&["The calendar was read: 1 entry new or changed."]);
    assert_eq!(sources(&site), [(1, 2)]);
    let counted = site
        .act(&site.owner, |tx, actor, moment| {
            let hours = offdesk_actions::hours::load_hours(tx, actor, moment)?;
            Ok(hours.ids.len())
        })
        .unwrap();
    assert_eq!(counted, 2);
    // It is undone like any other import, and comes back with the next reading.
    site.post(owner, "/sources/1/removal", &[]).is(303);
    let number = again().is(303).location().to_owned();
    assert!(number.ends_with("?read=2"), "{number}");
    site.get(owner, "/import")
        .says(&["Read it now", "Every six hours"]);
    let verified = offdesk_actions::upkeep::verify(&site.store).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    assert_eq!(
        add(&site, &web.address())
            .is(409)
            .says(&["calendar.known"])
            .status,
        409
    );
    site.post(owner, &format!("{path}/removal"), &[]).is(303);
    assert_eq!(sources(&site).len(), 1);
    site.get(owner, "/import").hides(&["Read it now"]);
}

/// Each reading was an import of its own with a whole copy of the calendar, and the first one counted for ever.
#[test]
fn a_calendar_that_is_read_again_and_again_is_one_import_and_counts_as_it_is_now() {
    let web = Web::new();
    let site = web.site();
    let path = bring_in(&site, &web);
    let again = || {
        let read = site.post(Some(&site.owner), &format!("{path}/readings"), &[]);
        read.is(303).location().to_owned()
    };
    let mut events = vec![("Call with Ana", 5)];
    for day in 6..12 {
        events.push(("Invoices", day));
        web.says(calendar(&events));
        assert_eq!(again(), "/sources/1?read=1");
        assert_eq!(sources(&site), [(1, u64::from(day) - 4)]);
    }
    let seconds = || {
        let rows = site.act(&site.owner, |tx, actor, _| {
            offdesk_actions::imports::list_sources(tx, actor)
        });
        rows.unwrap()[0].seconds
    };
    assert_eq!(seconds(), 7 * 3600);
    // One was lengthened, one was taken out: both at once arrive.
    let longer = calendar(&events).replace("DTEND:20261011T080000Z", "DTEND:20261011T100000Z");
    web.says(longer.replace("UID:3-8@", "STATUS:CANCELLED\r\nUID:3-8@"));
    assert_eq!(again(), "/sources/1?read=1");
    assert_eq!(seconds(), 8 * 3600);
    events.truncate(3);
    web.says(calendar(&events));
    assert_eq!(again(), "/sources/1?read=0");
    assert_eq!(sources(&site), [(1, 3)]);
    assert_eq!(again(), "/import?nothing_new=1");
    let verified = offdesk_actions::upkeep::verify(&site.store).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
    assert_eq!(verified.leftovers, 0);
}

#[test]
fn a_calendar_that_was_looked_at_and_left_is_not_read_again() {
    let web = Web::new();
    let site = web.site();
    let page = add(&site, &web.address());
    let path = format!("{}/removal", page.is(303).location());
    site.post(Some(&site.owner), &path, &[]).is(303);
    let rows = site.act(&site.owner, |tx, actor, _| list_calendars(tx, actor));
    assert_eq!(rows.unwrap(), []);
}

/// A browser that goes back shows the button again; it took the calendar away without a word.
#[test]
fn leaving_a_calendar_that_was_imported_removes_nothing_and_leaving_one_that_was_not_is_noted() {
    let web = Web::new();
    let site = web.site();
    let owner = Some(&site.owner);
    let added = add(&site, &web.address()).is(303).location().to_owned();
    site.post(owner, &added, &[]).is(303);
    assert!(import_next(&site.store, moment()).unwrap());
    let calendars = || {
        site.act(&site.owner, |tx, actor, _| list_calendars(tx, actor))
            .unwrap()
            .len()
    };
    site.post(owner, &format!("{added}/removal"), &[])
        .is(409)
        .says(&["upload.state", "was imported"]);
    let bearer = site.bearer(&[TokenScope::Import]);
    let headers = [("authorization", bearer.as_str())];
    let upload = added.replace("/import/", "/api/v1/uploads/");
    site.ask("DELETE", &upload, &headers, "").is(409);
    assert_eq!(calendars(), 1);
    site.get(owner, "/audit-log").hides(&["remove_calendar"]);
    web.says(calendar(&[("Invoices", 6)]));
    let other = format!("{}?other", web.address());
    let left = add(&site, &other).is(303).location().to_owned();
    assert_eq!(calendars(), 2);
    site.post(owner, &format!("{left}/removal"), &[]).is(303);
    assert_eq!(calendars(), 1);
    site.get(owner, "/audit-log").says(&["127.0.0.1"]);
    let events = site.all_rows();
    assert_eq!(events.matches("remove_calendar").count(), 1);
    // Left once more it stays left.
    site.post(owner, &format!("{left}/removal"), &[]).is(303);
    assert_eq!(site.all_rows().matches("remove_calendar").count(), 1);
}

#[test]
fn a_calendar_is_read_by_itself_only_where_its_owner_wants_it() {
    let web = Web::new();
    let site = web.site();
    let path = bring_in(&site, &web);
    let reach = web.reach();
    let due = || refresh_due(&site.store, &reach, moment()).unwrap();
    pass_seconds(7 * 3600);
    assert!(!due());
    let schedule = |again| {
        site.post(
            Some(&site.owner),
            &format!("{path}/schedule"),
            &[("again", again)],
        )
    };
    schedule("by-itself").is(303);
    assert!(!due(), "not before six hours have passed");
    web.says(calendar(&[("Call with Ana", 5), ("Invoices", 6)]));
    pass_seconds(6 * 3600 + 1);
    assert!(due() && !due());
    assert_eq!(sources(&site), [(1, 2)]);
    // What cannot be read is told, and tried more seldom.
    web.says("<html>sign in</html>".to_owned());
    pass_seconds(6 * 3600 + 1);
    assert!(due());
    site.get(Some(&site.owner), "/import")
        .says(&["Not read the last time: ", "No calendar could be fetched"]);
    pass_seconds(6 * 3600 + 1);
    assert!(!due());
    web.says(calendar(&[("Call with Ana", 5)]));
    pass_seconds(6 * 3600 + 1);
    assert!(due());
    site.get(Some(&site.owner), "/import")
        .hides(&["Not read the last time"]);
    schedule("by-hand").is(303);
    pass_seconds(48 * 3600);
    assert!(!due());
    // Whoever may not import any more imports nothing by this either.
    let mae = site.member("Mae", Role::Manager);
    site.act(&mae, |tx, actor, moment| {
        let row = list_calendars(tx, actor)?.remove(0);
        let own = offdesk_actions::store::calendars::CalendarRow {
            id: moment.id(),
            created_by: actor.account,
            is_automatic: true,
            next_at: 0,
            ..row
        };
        let mut scope = actor.within(tx, offdesk_actions::actor::Permission::Import)?;
        Ok(offdesk_actions::store::calendars::insert_calendar(
            &mut scope, &own,
        )?)
    })
    .unwrap();
    let account = site.actor(&mae).account;
    site.act(&site.owner, move |tx, actor, moment| {
        change_role(tx, actor, account, Role::Viewer, moment)
    })
    .unwrap();
    assert!(due());
    let rows = site
        .act(&site.owner, |tx, actor, _| list_calendars(tx, actor))
        .unwrap();
    assert!(rows.iter().all(|row| !row.is_automatic));
}

#[test]
fn sec_16_every_address_that_may_not_be_reached_is_refused_in_the_same_words() {
    let web = Web::new();
    let site = web.site();
    let mut told = Vec::new();
    for address in [
        format!("http://localhost:{}/{SECRET}", web.port),
        "http://127.0.0.1/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::ffff:10.0.0.1]/".to_owned(),
        "http://nobody.invalid/".to_owned(),
    ] {
        let page = add(&site, &address);
        told.push((page.status, page.body));
    }
    web.says("<html>not a calendar</html>".to_owned());
    let page = add(&site, &web.address());
    page.is(422).says(&["calendar.fetch"]);
    told.push((page.status, page.body));
    told.dedup();
    assert_eq!(told.len(), 1);
    add(&site, "ftp://a.example/b")
        .is(422)
        .says(&["calendar.address"]);
    let rows = site.act(&site.owner, |tx, actor, _| list_calendars(tx, actor));
    assert_eq!(rows.unwrap(), []);
}

#[test]
fn sec_24_a_calendars_address_is_shown_and_kept_nowhere() {
    let web = Web::new();
    let site = web.site();
    let path = bring_in(&site, &web);
    let bearer = site.bearer(&[TokenScope::Import]);
    let headers = [("authorization", bearer.as_str())];
    let list = site.ask("GET", "/api/v1/calendars", &headers, "");
    list.is(200)
        .says(&["\"host\":\"127.0.0.1\"", "offdesk.calendars/1"]);
    assert!(!list.body.contains(SECRET));
    for page in ["/import", "/sources/1", "/audit-log", "/security", "/hours"] {
        site.get(Some(&site.owner), page).is(200).hides(&[SECRET]);
    }
    assert!(!site.all_rows().contains(SECRET));
    // Sealed for its place: moved to another calendar it opens nothing, and another key does not open it.
    let id = path.rsplit('/').next().unwrap().to_owned();
    let reading = format!("/api/v1/calendars/{id}/readings");
    site.ask("POST", &reading, &headers, "")
        .is(201)
        .says(&["\"source\":null", "offdesk.reading/1"]);
    let other = Reach {
        key: SealingKey::of(&[8; 32]),
        ..web.reach()
    };
    let (actor, calendar) = (site.actor(&site.owner), id.parse().unwrap());
    let refresh = offdesk_actions::calendars::refresh_calendar;
    let refused: Error = refresh(&site.store, &actor, &other, calendar, moment()).unwrap_err();
    assert_eq!(refused.code, "calendar.key");
    let body = r#"{"by_itself":true}"#;
    site.ask("PUT", &format!("/api/v1/calendars/{id}"), &headers, body)
        .is(200)
        .says(&["\"by_itself\":true"]);
    let gone = site.ask("DELETE", &format!("/api/v1/calendars/{id}"), &headers, "");
    gone.is(204);
    site.ask("POST", &reading, &headers, "").is(404);
}

#[test]
fn without_a_key_no_address_is_taken() {
    let site = Site::with(|mut desk| {
        desk.reach = Arc::new(Reach {
            fetcher: Fetcher::default(),
            key: None,
        });
        desk
    });
    add(&site, "https://calendar.example.com/basic.ics")
        .is(503)
        .says(&["calendar.key"]);
}
