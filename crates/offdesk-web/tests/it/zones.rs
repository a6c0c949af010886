//! The zone of a workspace: taken from the browser at the set-up, asked for before the first import where it is not known.

use offdesk_actions::accounts::begin_setup;
use offdesk_actions::actor::Role;
use offdesk_actions::workspaces::load_settings;

use crate::site::{Person, Site, moment};

const TIMES: &str = "Date,Start,End,Description\n2026-11-23,09:00,12:00,Inbox\n";

fn zone_of(site: &Site) -> Option<String> {
    let settings = site.act(&site.owner, |tx, actor, _| load_settings(tx, actor));
    settings.unwrap().0.zone
}

/// Where a pasted file is looked at.
fn pasted(site: &Site, who: &Person, text: &str) -> String {
    let page = site.post(Some(who), "/import/pasted", &[("text", text)]);
    page.is(303).location().to_owned()
}

#[test]
fn the_set_up_takes_the_zone_of_the_browser() {
    for (said, kept) in [
        ("America/New_York", "America/New_York"),
        ("Mars/Olympus", ""),
    ] {
        let site = Site::not_set_up();
        let code = site.store.write(|tx| begin_setup(tx, moment())).wait();
        let code = code.unwrap().unwrap();
        site.get(None, "/setup")
            .says(&["data-zone=\"\"", "type=\"hidden\" name=\"zone\""]);
        let fields = [
            ("code", code.as_str()),
            ("name", "Noor"),
            ("email", "noor@example.com"),
            ("password", crate::site::PASSWORD),
            ("zone", said),
        ];
        site.post(None, "/setup", &fields).is(303);
        let rows = site.all_rows();
        assert_eq!(rows.contains(said), !kept.is_empty(), "{said}");
    }
}

#[test]
fn before_the_first_import_the_zone_is_asked_for_and_kept() {
    let site = Site::new();
    assert_eq!(zone_of(&site), None);
    let path = pasted(&site, &site.owner, TIMES);
    site.get(Some(&site.owner), &path)
        .says(&["Which time zone are you in?", "data-zone=\"\""]);
    let fields = [("zone", "America/New_York")];
    site.post(Some(&site.owner), &path, &fields).is(303);
    assert_eq!(zone_of(&site).as_deref(), Some("America/New_York"));
    // It is said once, and another file may be of another zone.
    let path = pasted(&site, &site.owner, &TIMES.replace("Inbox", "Calls"));
    site.get(Some(&site.owner), &path)
        .hides(&["Which time zone are you in?"]);
    site.post(Some(&site.owner), &path, &[("zone", "Asia/Tokyo")])
        .is(303);
    assert_eq!(zone_of(&site).as_deref(), Some("America/New_York"));
}

/// Who may not change the settings says it for the file.
#[test]
fn a_manager_says_the_zone_of_a_file_and_not_of_the_workspace() {
    let site = Site::new();
    let mae = site.member("Mae", Role::Manager);
    let path = pasted(&site, &mae, TIMES);
    site.get(Some(&mae), &path)
        .says(&["Which time zone are you in?"])
        .hides(&["It becomes that of the workspace"]);
    let fields = [("zone", "America/New_York")];
    site.post(Some(&mae), &path, &fields).is(303);
    assert_eq!(zone_of(&site), None);
}

/// The form of a preview holds the token of the session: none of it goes into an address, a history or the log of a proxy.
#[test]
fn reading_a_file_otherwise_leaves_no_token_in_the_address() {
    let site = Site::new();
    let path = pasted(&site, &site.owner, TIMES);
    site.get(Some(&site.owner), &path)
        .says(&["Read it like this"])
        .hides(&["formmethod"]);
    let fields = [
        ("look", "1"),
        ("zone", "Asia/Tokyo"),
        ("map-notes", "Description"),
        ("date_order", ""),
    ];
    let page = site.post(Some(&site.owner), &path, &fields);
    let location = page.is(303).location().to_owned();
    assert_eq!(
        location,
        format!("{path}?zone=Asia%2FTokyo&map-notes=Description")
    );
    site.get(Some(&site.owner), &location)
        .is(200)
        .says(&["value=\"Asia/Tokyo\""]);
}
