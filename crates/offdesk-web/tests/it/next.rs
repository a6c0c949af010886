//! What to hand off, in order.

use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::hours::load_hours;
use offdesk_actions::next::rank;
use offdesk_actions::store::Uuid;
use serde_json::Value;

use crate::site::{Site, pass_days};

const WEEK: [(&str, i64); 4] = [
    ("Bookkeeping", 6),
    ("Inbox triage", 8),
    ("Data entry", 3),
    ("Appointment scheduling", 4),
];

#[test]
fn without_hours_and_without_a_worth_it_says_what_is_missing() {
    let site = Site::new();
    site.get(Some(&site.owner), "/next")
        .is(200)
        .says(&["Bring your hours"]);
    assert_eq!(site.get(None, "/next").location(), "/sign-in?next=%2Fnext");
}

#[test]
fn the_list_is_ranked_with_the_one_to_start_with_first() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let hours = site.act(&site.owner, load_hours).unwrap();
    let list = rank(&hours).unwrap();
    assert_eq!(list.open.len(), WEEK.len());
    let audit = &hours.report.as_ref().unwrap().audit;
    let start = &audit.activities[audit.start_with.unwrap()];
    assert_eq!(list.open[0].judged, start);
    assert!(
        list.open
            .windows(2)
            .all(|two| two[0].handoff.score() >= two[1].handoff.score())
    );
    let page = site.get(Some(&site.owner), "/next");
    page.is(200).says(&[
        "Start with this one",
        "First-year gain",
        "Pays back",
        "Not now",
    ]);
    let places: Vec<usize> = list
        .open
        .iter()
        .map(|next| {
            page.body
                .find(&format!("/next/{}\" data-find", next.row.id))
                .unwrap()
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn not_now_can_be_undone_and_comes_back_on_its_day() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let id = site.activity("Inbox triage");
    let path = format!("/next/{id}/judgement");
    let done = site.post(
        owner,
        &path,
        &[("judgement", "not_now"), ("reason", "busy season")],
    );
    done.is(303);
    assert_eq!(done.location(), format!("/next?of={id}"));
    // What was put off is recommended nowhere.
    site.get(owner, done.location()).says(&[
        "put off until 22 February 2027",
        "Undo",
        "busy season",
    ]);
    site.get(owner, "/hours")
        .hides(&["Start with this one: <bdi class=\"name\">Inbox triage"]);
    site.post(owner, &path, &[("judgement", "open")]).is(303);
    site.get(owner, &format!("/next?of={id}"))
        .says(&["Inbox triage is open again."])
        .hides(&["busy season"]);
    let put_off = [("judgement", "not_now"), ("reason", "busy season")];
    site.post(owner, &path, &put_off).is(303);
    let hours = site.act(&site.owner, load_hours).unwrap();
    assert_eq!(rank(&hours).unwrap().put_off.len(), 1);
    pass_days(90);
    // Sessions last thirty days: somebody signs in again.
    let again = offdesk_actions::accounts::sign_in(
        &site.store,
        "noor@example.com",
        crate::site::PASSWORD,
        "",
        crate::site::moment(),
    );
    let again = crate::site::Person {
        signed: again.unwrap(),
    };
    let page = site.get(Some(&again), "/next");
    page.is(200).says(&["back with new numbers"]);
    let hours = site.act(&again, load_hours).unwrap();
    let list = rank(&hours).unwrap();
    assert_eq!((list.put_off.len(), list.open.len()), (0, WEEK.len()));
}

#[test]
fn not_now_and_never_need_a_reason_and_say_so_beside_the_field() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let id = site.activity("Bookkeeping");
    let path = format!("/next/{id}/judgement");
    for judgement in ["not_now", "never"] {
        for reason in ["", " \t "] {
            site.post(
                owner,
                &path,
                &[("judgement", judgement), ("reason", reason)],
            )
            .is(422)
            .says(&["reason-fault", "judgement.reason"]);
        }
        let path = format!("/activities/{id}/judgement");
        site.post(owner, &path, &[("judgement", judgement)])
            .is(422)
            .says(&["reason-fault", "judgement.reason"]);
    }
    // Where one is put off in passing, the way leads to the field.
    let field = format!("href=\"/next/{id}#judge\"");
    site.get(owner, "/next").says(&[&field]);
    site.get(owner, &format!("/next/{id}"))
        .says(&["id=\"judge\""]);
    site.post(owner, &path, &[("judgement", "sometimes")])
        .is(422)
        .says(&["judgement.unknown"]);
    let long = "x".repeat(401);
    site.post(owner, &path, &[("judgement", "never"), ("reason", &long)])
        .is(422)
        .says(&["judgement.reason"]);
    site.post(
        owner,
        &path,
        &[("judgement", "never"), ("reason", "<b>trust</b>")],
    )
    .is(303);
    site.get(owner, "/next")
        .says(&["&lt;b&gt;trust&lt;/b&gt;", "Open it again"])
        .hides(&["<b>trust</b>"]);
    site.get(owner, &format!("/next/{id}"))
        .is(200)
        .says(&["It stays with you."]);
}

/// The amounts to the cent that stand in a page, in their order.
fn to_the_cent(page: &str) -> Vec<String> {
    let parts = page.split("<data value=\"").skip(1);
    parts
        .map(|part| part.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_page_and_the_json_agree_to_the_cent() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    // Own figures, of weeks that are fewer than a year, and such that it is better kept.
    let figures = [
        ("Data entry", "8", "11.37", "0.61"),
        ("Inbox triage", "104", "9.83", "1"),
        ("Bookkeeping", "52", "70", "1.5"),
    ];
    for (name, weeks, rate, hours) in figures {
        let typed = [
            ("owner_hours", hours),
            ("weeks", weeks),
            ("name-1", "Ana"),
            ("kind-1", "freelancer"),
            ("rate-1", rate),
        ];
        let path = format!("/next/{}/decision", site.activity(name));
        site.post(owner, &path, &typed).is(303);
    }
    let token = site.token(&[TokenScope::Read]);
    let json = site.call(&token, "GET", "/next", &Value::Null, &[]);
    let json = json.is(200).json();
    let cents = |text: &str| -> i64 {
        let (whole, part) = text.split_once('.').unwrap();
        assert_eq!(part.len(), 2, "{text}");
        text.replace('.', "")
            .parse()
            .unwrap_or_else(|_| panic!("{whole}"))
    };
    let of = |list: &str| -> Vec<String> {
        let rows = json[list].as_array().unwrap().iter();
        rows.map(|row| row["first_year_gain"].as_str().unwrap().to_owned())
            .collect()
    };
    let (open, kept) = (of("activities"), of("better_kept"));
    assert!(open.len() >= 2 && !kept.is_empty(), "{json}");
    let page = site.get(owner, "/next");
    let found = to_the_cent(&page.body);
    assert_eq!(
        cents(&found[0]),
        open.iter().map(|it| cents(it)).sum::<i64>()
    );
    assert_eq!(found[1..], [open, kept].concat());
    for row in json["activities"].as_array().unwrap() {
        let page = site.get(owner, &format!("/next/{}", row["id"].as_str().unwrap()));
        assert_eq!(
            to_the_cent(&page.body)[0],
            row["first_year_gain"].as_str().unwrap()
        );
    }
}

#[test]
fn details_say_what_it_takes_and_hold_it_against_another() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let (one, other) = (site.activity("Inbox triage"), site.activity("Data entry"));
    // Seven hours of set-up at 56.25, and four of training at their price.
    site.get(owner, &format!("/next/{one}")).is(200).says(&[
        "What it takes of you",
        "With a freelancer, by the usual figures",
        "You are square in week",
        "How we got this",
    ]);
    site.get(owner, &format!("/next/{one}?with={other}"))
        .is(200)
        .says(&["Your review afterwards", "class=\"rows two\""]);
    // What stays with the owner is nothing to hand off.
    site.post(
        owner,
        &format!("/activities/{other}/stays"),
        &[("stays", "mine")],
    )
    .is(303);
    let kept = site.get(owner, &format!("/next/{other}"));
    kept.is(303);
    assert_eq!(kept.location(), format!("/activities/{other}"));
}

#[test]
fn a_viewer_looks_on_and_what_is_elsewhere_is_missing() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let id = site.activity("Inbox triage");
    let viewer = site.member("Vera", Role::Viewer);
    site.get(Some(&viewer), "/next")
        .is(200)
        .hides(&["Not now: "]);
    site.get(Some(&viewer), &format!("/next/{id}"))
        .is(200)
        .hides(&["Not this one?"]);
    site.post(
        Some(&viewer),
        &format!("/next/{id}/judgement"),
        &[("judgement", "not_now")],
    )
    .is(403);
    // The same id from another workspace, and one that is nowhere.
    site.post(Some(&viewer), "/workspaces", &[("name", "Vera's own")])
        .is(303);
    let nowhere = Uuid::max();
    for id in [id.to_string(), nowhere.to_string(), "no-id".to_owned()] {
        site.get(Some(&viewer), &format!("/next/{id}")).is(404);
        site.post(
            Some(&viewer),
            &format!("/next/{id}/judgement"),
            &[("judgement", "not_now")],
        )
        .is(404)
        .hides(&["Inbox"]);
    }
    let mine = site.activity("Data entry");
    site.get(Some(&site.owner), &format!("/next/{mine}?with={nowhere}"))
        .is(404);
}
