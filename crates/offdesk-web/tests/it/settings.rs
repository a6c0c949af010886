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
