//! Who should do an activity, side by side; in which order to hand over; and what is back with new numbers.

use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::hours::load_hours;
use offdesk_actions::next::rank;
use offdesk_actions::store::Uuid;
use serde_json::{Value, json};

use crate::site::{Page, Site};

const WEEK: [(&str, i64); 4] = [
    ("Bookkeeping", 6),
    ("Inbox triage", 8),
    ("Data entry", 3),
    ("Appointment scheduling", 4),
];

/// What is typed of Ana and an agency.
const TYPED: [(&str, &str); 9] = [
    ("owner_hours", "1 1.5 2"),
    ("name-1", "Ana <b>"),
    ("kind-1", "freelancer"),
    ("rate-1", "8 14 25"),
    ("fault_rate-1", "6%"),
    ("name-2", "Print desk"),
    ("kind-2", "agency"),
    ("rate-2", "45"),
    ("name-3", ""),
];

fn with_token(site: &Site, scope: &'static [TokenScope]) -> impl Fn(&str, &str, Value) -> Page {
    let token = site.token(scope);
    move |method, path, body| site.call(&token, method, path, &body, &[])
}

#[test]
fn figures_are_kept_weighed_and_used_by_the_list() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let id = site.activity("Inbox triage");
    let path = format!("/next/{id}/decision");
    // Hours of a usual week do not say how long it takes each time, so that is assumed.
    site.get(owner, &path).is(200).says(&[
        "an assumption: about an hour each time",
        "Weigh and keep them",
    ]);
    let kept = site.post(owner, &path, &TYPED);
    assert_eq!(kept.is(303).location(), format!("{path}?done=kept"));
    site.get(owner, kept.location()).is(200).says(&[
        "Kept.",
        "Ana &lt;b&gt;",
        "Print desk",
        "You keep it",
        "The best choice in",
        "class=\"band\"",
        "What matters most",
        "of what may come",
        "value=\"8 14 25\"",
        "8.0 hours a week in your entries",
    ]);
    site.get(owner, "/next")
        .says(&["with <bdi>Ana &lt;b&gt;</bdi>"])
        .hides(&["<b>trust"]);
    site.get(owner, &format!("/next/{id}"))
        .says(&["by your own figures", "See all options side by side"]);
    // The list, the page and the API have the same figure, to the cent.
    let hours = site.act(&site.owner, load_hours).unwrap();
    let list = rank(&hours).unwrap();
    let next = list.find(id).unwrap();
    let ask = with_token(&site, &[TokenScope::Read]);
    let compared = ask("GET", &format!("/activities/{id}/decision"), Value::Null)
        .is(200)
        .json();
    let net = compared["options"][0]["decision"]["net_value"]
        .as_f64()
        .unwrap();
    assert_eq!(
        format!("{net:.2}"),
        next.handoff.first_year_gain.to_string()
    );
    let listed = ask("GET", "/next", Value::Null).is(200).json();
    let rows = listed["activities"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id.to_string()).unwrap();
    assert_eq!(row["first_year_gain"], format!("{net:.2}"));
    assert_eq!(row["person"], "Ana <b>");
    assert_eq!(compared["schema"], "offdesk.comparison/1");
    assert_eq!(
        (&compared["kept"], &compared["person"]),
        (&json!(true), &json!("Ana <b>"))
    );
    let best = |pointer: &str| compared.pointer(pointer).unwrap().as_f64().unwrap();
    let all = best("/options/0/best") + best("/options/1/best") + best("/keep_best");
    assert!((all - 1.0).abs() < 1e-9);
    site.post(owner, &path, &[("forget", "1")]).is(303);
    site.get(owner, "/next").hides(&["Ana"]);
}

#[test]
fn what_cannot_be_is_told_beside_its_field_and_changes_nothing() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let path = format!("/next/{}/decision", site.activity("Inbox triage"));
    let before = site.rows();
    for (field, typed, said) in [
        ("rate-1", "cheap", "rate-1-fault"),
        ("rate-1", "25 14 8", "in that order"),
        ("rate-1", "-3", "0 to 1000000000"),
        ("rate-1", "NaN", "rate-1-fault"),
        ("rate-1", "inf", "rate-1-fault"),
        ("rate-1", "€14", "decide.currency"),
        ("share_redeployed", "70", "share_redeployed-fault"),
        ("fault_rate-2", "1.2", "fault_rate-2-fault"),
        ("rate-2", "", "rate-2-fault"),
        ("owner_hours", "0", "owner_hours-fault"),
        ("value_when_done", "-1", "value_when_done-fault"),
        ("name-1", "Print desk", "decide.options"),
    ] {
        let mut fields = TYPED;
        let mut more = vec![(field, typed)];
        for entry in &mut fields {
            if entry.0 == field {
                entry.1 = typed;
                more.clear();
            }
        }
        let fields: Vec<_> = fields.into_iter().chain(more).collect();
        site.post(owner, &path, &fields)
            .is(422)
            .says(&[said, "Nothing was changed."]);
    }
    site.post(owner, &path, &[])
        .is(422)
        .says(&["decide.options", "name-1-fault"]);
    assert_eq!(site.rows(), before);
    let viewer = site.member("Vera", Role::Viewer);
    site.get(Some(&viewer), &path)
        .is(200)
        .hides(&["Weigh and keep them"]);
    site.post(Some(&viewer), &path, &TYPED).is(403);
    let nowhere = format!("/next/{}/decision", Uuid::max());
    site.get(owner, &nowhere).is(404);
    site.post(owner, &nowhere, &TYPED).is(404);
}

#[test]
fn programs_keep_options_and_are_told_what_cannot_be() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let id = site.activity("Bookkeeping");
    let path = format!("/activities/{id}/decision");
    // A token that may edit and not see keeps them all the same.
    let ask = with_token(&site, &[TokenScope::Edit]);
    let ana = json!({"name": "Ana", "figures": {"rate": [8, 14, 25]}});
    let good = json!({"currency": "USD", "own": {"owner_hours": 1.5}, "value_when_done": 200,
        "options": [ana, {"name": "Robot", "kind": "agent", "figures": {"cost_each_time": 2}}]});
    let kept = ask("PUT", &path, good.clone()).is(200).json();
    assert_eq!(kept["schema"], "offdesk.comparison/1");
    assert_eq!(kept["options"][1]["decision"]["verdict"], "automate");
    assert_eq!(kept["value_when_done"], 200.0);
    let before = site.rows();
    let with = |pointer: &str, value: Value| {
        let mut sent = good.clone();
        *sent.pointer_mut(pointer).unwrap() = value;
        sent
    };
    for (sent, code) in [
        (with("/currency", json!("EUR")), "decide.currency"),
        (with("/own", json!({"owner_hours": -1})), "decide.value"),
        (
            with("/own", json!({"owner_hours": [2, 1, 3]})),
            "decide.value",
        ),
        (with("/own", json!({"owner_hours": "1.5"})), "decide.value"),
        (with("/own", json!({"hours": 1})), "decide.unknown"),
        (with("/value_when_done", json!(-1)), "decide.value"),
        (
            with("/options/0/figures", json!({"share": 2})),
            "decide.unknown",
        ),
        (
            with("/options/0/figures", json!({"review_share": 2})),
            "decide.value",
        ),
        (with("/options/0/name", json!("")), "name.empty"),
        (with("/options/0/name", json!("Robot")), "decide.options"),
        (
            with("/options/0", json!({"name": "A", "kind": "agency"})),
            "decide.missing",
        ),
        (
            with("/options/0", json!({"name": "A", "kind": "robot"})),
            "decide.options",
        ),
        (
            with("/options", json!([ana, ana, ana, ana])),
            "decide.options",
        ),
        (json!({"own": {}}), "json.invalid"),
    ] {
        ask("PUT", &path, sent.clone()).is(422).says(&[code]);
    }
    assert_eq!(site.rows(), before);
    ask(
        "PUT",
        &format!("/activities/{}/decision", Uuid::max()),
        good.clone(),
    )
    .is(404);
    let rate = json!({"name": "Robot", "kind": "agent", "figures": {"rate": 20}});
    ask("PUT", &path, with("/options/1", rate))
        .is(422)
        .says(&["decide.options", "no hourly rate"]);
    // None forgets them: then the usual figures stand there.
    let forgotten = ask("PUT", &path, json!({"options": []})).is(200).json();
    assert_eq!(forgotten["kept"], false);
}

#[test]
fn figures_in_another_currency_do_not_count() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let id = site.activity("Inbox triage");
    site.post(owner, &format!("/next/{id}/decision"), &TYPED)
        .is(303);
    site.act(&site.owner, |tx, actor, moment| {
        let (settings, version) = offdesk_actions::workspaces::load_settings(tx, actor)?;
        let settings = offdesk_actions::workspaces::Settings {
            currency: "EUR".parse().unwrap(),
            ..settings
        };
        offdesk_actions::workspaces::change_settings(tx, actor, &settings, version, moment)
    })
    .unwrap();
    site.get(owner, &format!("/next/{id}/decision"))
        .is(200)
        .says(&["What you kept is in USD"])
        .hides(&["Print desk"]);
}

#[test]
fn an_activity_that_is_merged_takes_its_options_along() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let (from, into) = (site.activity("Inbox triage"), site.activity("Data entry"));
    site.post(owner, &format!("/next/{from}/decision"), &TYPED)
        .is(303);
    site.post(
        owner,
        &format!("/activities/{from}/merge"),
        &[("into", &into.to_string())],
    )
    .is(303);
    site.get(owner, &format!("/next/{into}/decision"))
        .is(200)
        .says(&["Print desk"]);
}

#[test]
fn the_roll_out_is_the_same_on_the_page_and_for_programs() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/next/roll-out")
        .is(200)
        .says(&["Bring your hours"]);
    site.with_hours(&WEEK);
    let page = site.get(
        owner,
        "/next/roll-out?owner_hours=3&weeks=20&reinvested=0.5",
    );
    page.is(200).says(&[
        "Start with",
        "class=\"rollout\"",
        "Your hours a week for it",
        "Show numbers",
        "Week 20",
    ]);
    let ask = with_token(&site, &[TokenScope::Read]);
    let plan = ask("GET", "/roll-out?owner_hours=3&weeks=20", Value::Null)
        .is(200)
        .json();
    assert_eq!(plan["schema"], "offdesk.rollout/1");
    assert_eq!(plan["weeks"].as_array().unwrap().len(), 20);
    let order = plan["order"].as_array().unwrap();
    assert_eq!(order.len(), WEEK.len());
    for step in order {
        let name = step["name"].as_str().unwrap();
        let live = step["live_from_week"].as_u64().unwrap();
        assert!(page.body.contains(&format!("from week {live}")), "{name}");
    }
    // Seven hours at three a week: live in the fourth.
    assert_eq!(
        (&order[0]["begun_in_week"], &order[0]["live_from_week"]),
        (&json!(1), &json!(4))
    );
    for query in [
        "owner_hours=0",
        "owner_hours=x",
        "weeks=0",
        "weeks=1.5",
        "weeks=105",
        "reinvested=2",
    ] {
        site.get(owner, &format!("/next/roll-out?{query}"))
            .is(422)
            .says(&["-fault"]);
        ask("GET", &format!("/roll-out?{query}"), Value::Null).is(422);
    }
}

#[test]
fn what_was_put_off_comes_back_before_its_day_when_its_numbers_grow() {
    let site = Site::new();
    site.with_hours(&WEEK);
    let owner = Some(&site.owner);
    let (put_off, ruled_out) = (site.activity("Inbox triage"), site.activity("Bookkeeping"));
    for (id, judgement) in [(put_off, "not_now"), (ruled_out, "never")] {
        site.post(
            owner,
            &format!("/next/{id}/judgement"),
            &[("judgement", judgement), ("reason", "busy")],
        )
        .is(303);
    }
    let ask = with_token(&site, &[TokenScope::Read]);
    let left =
        |which: usize| ask("GET", "/next", Value::Null).is(200).json()["left_out"][which].clone();
    let (first, second) = (left(0), left(1));
    assert_eq!(
        (&first["judgement"], &first["why"]),
        (&json!("not_now"), &json!("busy"))
    );
    assert_eq!(first["first_year_gain"], first["first_year_gain_then"]);
    assert_eq!(first["numbers_have_grown"], json!(false));
    assert_eq!(second["judgement"], "never");
    site.get(owner, "/next").hides(&["back with new numbers"]);
    // An hour of it costs next to nothing now.
    for id in [put_off, ruled_out] {
        site.post(
            owner,
            &format!("/activities/{id}/price"),
            &[("low", "1"), ("high", "2")],
        )
        .is(303);
    }
    let hours = site.act(&site.owner, load_hours).unwrap();
    let list = rank(&hours).unwrap();
    let grown: Vec<_> = [put_off, ruled_out]
        .iter()
        .map(|id| list.find(*id).unwrap().has_grown())
        .collect();
    let page = site.get(owner, "/next");
    if grown[0] {
        page.says(&["back with new numbers", "when you put it off"]);
    }
    assert_eq!(grown, [true, true], "{:?}", list.never[0].judged_gain);
    page.says(&["Its numbers have grown"]);
    let listed = ask("GET", "/next", Value::Null).is(200).json();
    let rows = listed["activities"].as_array().unwrap();
    let back = rows
        .iter()
        .find(|row| row["id"] == put_off.to_string())
        .unwrap();
    assert_eq!(back["back"], "numbers");
    assert_eq!(listed["left_out"].as_array().unwrap().len(), 1);
}
