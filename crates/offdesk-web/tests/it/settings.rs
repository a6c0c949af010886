//! Settings of the workspace.

use offdesk_actions::actor::Role;
use offdesk_actions::hours::load_hours;
use offdesk_actions::workspaces::load_settings;

use crate::site::{Page, Site};

fn change(site: &Site, changes: &[(&str, &str)]) -> Page {
    let (_, version) = site
        .act(&site.owner, |tx, actor, _| load_settings(tx, actor))
        .unwrap();
    let version = version.to_string();
    let mut fields = vec![
        ("version", version.as_str()),
        ("name", "My business"),
        ("place", "United States"),
        ("currency", "USD"),
        ("zone", ""),
        ("weeks_per_year", "48"),
    ];
    for (name, value) in changes {
        match fields.iter_mut().find(|(known, _)| known == name) {
            Some(field) => field.1 = value,
            None => fields.push((name, value)),
        }
    }
    site.post(Some(&site.owner), "/settings", &fields)
}

#[test]
fn settings_are_changed_and_shown() {
    let site = Site::new();
    change(
        &site,
        &[
            ("name", "Haddad Print"),
            ("zone", "Europe/Lisbon"),
            ("weeks_per_year", "46"),
        ],
    )
    .is(303);
    site.get(Some(&site.owner), "/settings?set=1")
        .is(200)
        .says(&[
            "Haddad Print",
            "Europe/Lisbon",
            "value=\"46\"",
            "The settings are kept.",
        ]);
}

#[test]
fn in_another_place_market_prices_are_made_anew_and_own_ones_stay() {
    let site = Site::new();
    site.with_hours(&[("Bookkeeping", 6), ("Inbox triage", 8)]);
    let (own, market) = (site.activity("Bookkeeping"), site.activity("Inbox triage"));
    site.post(
        Some(&site.owner),
        &format!("/activities/{own}/price"),
        &[("low", "31"), ("high", "33")],
    )
    .is(303);
    let price = |id| {
        let hours = site.act(&site.owner, load_hours).unwrap();
        hours.rows[&id].price.clone().unwrap()
    };
    let before = price(market);
    change(&site, &[("place", "india")]).is(303);
    let after = price(market);
    assert_eq!((before.place.as_str(), after.place.as_str()), ("US", "IN"));
    assert_ne!(before.likely, after.likely);
    assert_eq!((price(own).low.as_str(), price(own).is_own), ("31", true));
    change(&site, &[("place", "GB"), ("currency", "gbp")]).is(303);
    assert_eq!(price(market).currency, "GBP");
    // The worth was said in dollars: it is asked for anew.
    site.get(Some(&site.owner), "/settings")
        .says(&["Your worth was said in USD", "United Kingdom"]);
}

#[test]
fn what_is_wrong_stands_beside_its_field_and_nothing_is_changed() {
    let site = Site::new();
    for (field, value, code) in [
        ("name", " ", "name.empty"),
        ("place", "Atlantis", "settings.place"),
        ("currency", "dollars", "settings.currency"),
        ("currency", "XXX", "settings.currency"),
        ("zone", "Mars/Olympus", "settings.zone"),
        ("weeks_per_year", "60", "settings.weeks"),
        (
            "weeks_per_year",
            "0.0000000000000000000000000001",
            "settings.weeks",
        ),
        ("weeks_per_year", "", "settings.weeks"),
        ("weeks_per_year", "many", "form.amount"),
        ("version", "", "settings.version"),
    ] {
        let page = change(&site, &[(field, value)]);
        page.is(422).says(&[code]);
        if field != "version" {
            page.says(&[&format!("{field}-fault")]);
        }
    }
    // Somebody else was quicker.
    change(&site, &[("version", "0")])
        .is(409)
        .says(&["store.conflict"]);
    site.get(Some(&site.owner), "/settings")
        .says(&["My business", "United States"]);
}

#[test]
fn who_may_not_change_them_sees_them_as_they_are() {
    let site = Site::new();
    let manager = site.member("Mara", Role::Manager);
    site.get(Some(&manager), "/settings")
        .is(200)
        .says(&["My business", "Light or dark"])
        .hides(&["Keep the settings"]);
    site.post(Some(&manager), "/settings", &[("name", "Mine")])
        .is(403);
    assert_eq!(site.get(None, "/settings").status.as_u16(), 303);
}

/// What stands on the page of the worth is what is reckoned with: neither what was said for later, nor in a currency of before.
#[test]
fn the_worth_page_shows_the_worth_that_counts() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let set = |rate: &str, from: &str| {
        let fields = [("basis", "stated"), ("rate", rate), ("from", from)];
        site.post(owner, "/worth", &fields).is(303);
    };
    set("75", "");
    set("300", "2027-06-01");
    set("500", "2027-06-01");
    let page = site.get(owner, "/worth");
    page.says(&[
        "<dd>$75</dd>",
        "From 1 June 2027 on it is $500.",
        "counts now",
        "later",
    ])
    .hides(&["<dd>$500</dd>", "it is $300"]);
    change(&site, &[("place", "DE"), ("currency", "EUR")]).is(303);
    let page = site.get(owner, "/worth");
    page.says(&["Your worth was said in USD. In EUR it has to be said anew."])
        .hides(&["<dd>$75</dd>", "From 1 June 2027 on"]);
    set("60", "");
    site.get(owner, "/settings").hides(&["Your worth was said"]);
    site.get(owner, "/worth")
        .says(&["<dd>€60</dd>", "in another currency"])
        .hides(&["Your worth was said"]);
}

#[test]
fn an_income_that_can_be_read_in_two_ways_stands_beside_its_field() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let set = |income: &str| {
        let fields = [("basis", "wanted"), ("income", income)];
        site.post(owner, "/worth", &fields)
    };
    set("90.000")
        .is(422)
        .says(&["form.amount", "income-fault", "is it 90000 or 90?"]);
    set("90,000").is(303);
    site.get(owner, "/worth").says(&["<dd>$45</dd>"]);
}

#[test]
fn what_is_odd_about_a_worth_is_said() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let set = |fields: &[(&str, &str)]| site.post(owner, "/worth", fields);
    // The income that was made has a field of its own.
    set(&[("basis", "made"), ("hours_worked", "2300")])
        .is(422)
        .says(&["made-fault"])
        .hides(&["income-fault"]);
    set(&[("basis", "stated"), ("rate", "50"), ("multiple", "0.5")])
        .is(422)
        .says(&["worth.multiple", "multiple-fault"]);
    // A ceiling above the worth is not taken, and that is told.
    let page = set(&[("basis", "stated"), ("rate", "50"), ("ceiling", "500")]);
    let location = page.is(303).location().to_owned();
    site.get(owner, &location)
        .says(&["The most to pay for an hour is what it is worth, and not more"]);
    let page = set(&[("basis", "stated"), ("rate", "50"), ("ceiling", "40")]);
    let location = page.is(303).location().to_owned();
    site.get(owner, &location).hides(&["and not more"]);
}

#[test]
fn what_is_pasted_too_long_leads_back_to_the_page_of_imports() {
    let site = Site::new();
    let text = "2026-11-23,Inbox\n".repeat(100_000);
    site.post(Some(&site.owner), "/import/pasted", &[("text", &text)])
        .is(413)
        .says(&[
            "request.long",
            "Save it as a file",
            "Where do your hours live?",
        ]);
}
