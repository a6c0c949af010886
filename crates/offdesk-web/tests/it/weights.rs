//! What a page weighs as it is sent, and how many requests it takes: limits for every page, so that none grows unseen.

use offdesk_actions::imports::{Choices, Input, import_file};
use offdesk_actions::uploads::begin_upload;
use offdesk_web::desk::routes;

use crate::site::{Site, moment};

const PAGE: usize = 14_000;
const STYLE: usize = 12_000;
const SCRIPT: usize = 20_000;
const REQUESTS: usize = 4;

/// A desk in use: a quarter of a tracker with forty kinds of work, and a week from memory.
fn full() -> (Site, Vec<(&'static str, String)>) {
    let site = Site::new();
    let kinds = [
        "invoices",
        "payroll",
        "newsletter",
        "client call",
        "bug fixing",
        "travel booking",
        "recruiting",
        "tax return",
    ];
    let mut csv = "Date,Start,End,Description,Project\n".to_owned();
    for row in 0..1_200 {
        let (month, day, hour) = (row / 400 + 1, row % 28 + 1, row / 28 % 12 + 7);
        let (kind, project) = (kinds[row % kinds.len()], row % 40);
        csv += &format!(
            "2026-{month:02}-{day:02},{hour:02}:00,{hour:02}:45,{kind} {row},Project {project}\n"
        );
    }
    let mut input = Input::memory("quarter.csv", csv.into_bytes()).unwrap();
    let actor = site.actor(&site.owner);
    import_file(
        &site.store,
        &actor,
        &mut input,
        &Choices::default(),
        moment(),
    )
    .unwrap();
    site.with_hours(&[("Inbox", 6), ("Bookkeeping", 4), ("Sales calls", 3)]);
    let upload = site
        .act(&site.owner, |tx, actor, moment| {
            begin_upload(tx, actor, "a.csv", 20, moment)
        })
        .unwrap();
    let activity = site
        .act(&site.owner, |tx, actor, moment| {
            let hours = offdesk_actions::hours::load_hours(tx, actor, moment)?;
            Ok(*hours.rows.keys().next().unwrap())
        })
        .unwrap();
    let notes = "Booking\n- open the calendar\n- send the reminders";
    let made = site.post(Some(&site.owner), "/blueprints", &[("notes", notes)]);
    let made = made.is(303).location().to_owned();
    let blueprint = made.split(['/', '?']).nth(2).unwrap().to_owned();
    let parts = vec![
        ("{blueprint}", blueprint),
        ("{number}", "1".to_owned()),
        ("{activity}", activity.to_string()),
        ("{source}", "1".to_owned()),
        ("{upload}", upload.id.to_string()),
    ];
    (site, parts)
}

#[test]
fn every_page_is_light_and_takes_few_requests() {
    let (site, parts) = full();
    let mut seen = 0;
    for route in routes().iter().filter(|route| route.method == "GET") {
        let mut path = route.path.to_owned();
        for (name, value) in &parts {
            path = path.replace(name, value);
        }
        let is_page = !["/api/", "/assets/", "/health", "/ready", "/metrics"]
            .iter()
            .any(|it| path.starts_with(it));
        // These are files to keep.
        let is_file = ["/blueprints/files", "/file", "/page", ".csv"]
            .iter()
            .any(|it| path.ends_with(it));
        if !is_page || is_file || path.contains('{') {
            continue;
        }
        for person in [Some(&site.owner), None] {
            let page = site.get(person, &path);
            if page.status != 200 {
                continue;
            }
            seen += 1;
            let weight = site.weigh(person, &path);
            assert!(weight <= PAGE, "{path} weighs {weight} bytes");
            let asked: usize = [
                "<link rel=\"stylesheet\"",
                "<script src",
                "<img",
                "<iframe",
                "@import",
            ]
            .iter()
            .map(|what| page.body.matches(what).count())
            .sum();
            // The page itself, what it names, and the icon that browsers ask for by themselves.
            assert!(asked + 2 <= REQUESTS, "{path} takes {} requests", asked + 2);
            let loads = [
                "src=\"http",
                "srcset=\"http",
                "href=\"http",
                "url(http",
                "action=\"http",
            ];
            let far = loads.iter().find(|what| page.body.contains(**what));
            assert!(
                far.is_none() || path.starts_with("/security"),
                "{path}: {far:?}"
            );
        }
    }
    assert!(seen >= 15, "{seen} pages were weighed");
}

#[test]
fn the_style_sheet_and_the_script_are_light() {
    let site = Site::new();
    let page = site.get(None, "/sign-in");
    let named = |ending: &str| {
        let mut parts = page.body.split('"');
        let found = parts.find(|part| part.starts_with("/assets/") && part.ends_with(ending));
        found.unwrap().to_owned()
    };
    for (ending, most) in [(".css", STYLE), (".js", SCRIPT)] {
        let path = named(ending);
        let weight = site.weigh(None, &path);
        assert!((1..=most).contains(&weight), "{path} weighs {weight} bytes");
    }
}
