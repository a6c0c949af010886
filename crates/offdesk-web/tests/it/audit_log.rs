//! What stands in the audit log: who joined, and through which door something came that was done later.

use offdesk_actions::actor::{Role, TokenScope};
use offdesk_actions::uploads::import_next;
use serde_json::{Value, json};

use crate::site::{Site, moment};

/// Who did what to what, and through which door, the latest first.
fn lines(site: &Site) -> Vec<String> {
    let log = site.get(Some(&site.owner), "/api/v1/events").is(200).json();
    let said = |event: &Value| {
        let word = |name: &str| event[name].as_str().unwrap_or("-").to_owned();
        let words = ["who", "action", "object", "detail", "door"].map(word);
        words.join(" ").trim().to_owned()
    };
    log["events"].as_array().unwrap().iter().map(said).collect()
}

#[test]
fn who_joins_stands_in_the_audit_log() {
    let site = Site::new();
    site.member("Mae", Role::Manager);
    site.worker("Wim");
    let log = lines(&site);
    for line in [
        "Mae join mae@example.com manager web",
        "Wim join wim@example.com worker web",
    ] {
        assert!(log.iter().any(|it| it == line), "{line}: {log:?}");
    }
    site.get(Some(&site.owner), "/audit-log")
        .says(&["join", "mae@example.com", "manager"]);
}

#[test]
fn an_import_stands_in_the_log_with_the_door_it_came_through() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let text = |what: &str| format!("Date,Start,End,Description\n2026-11-23,09:00,10:00,{what}\n");
    let csv = text("Inbox");
    let new = json!({"file": "a.csv", "length": csv.len()});
    let upload = site.call(&token, "POST", "/uploads", &new, &[]).json();
    let path = format!("/uploads/{}", upload["id"].as_str().unwrap());
    let bearer = format!("Bearer {token}");
    let part = format!("/api/v1{path}/parts/0");
    let headers = [("authorization", bearer.as_str())];
    site.ask("PUT", &part, &headers, csv).is(200);
    let import = format!("{path}/import");
    let queued = site.call(&token, "POST", &import, &json!({}), &[]);
    assert!(queued.status.is_success(), "{}", queued.body);
    import_next(&site.store, moment()).unwrap();
    let by_api = &lines(&site)[0];
    assert!(
        by_api.contains("import") && by_api.ends_with(" api"),
        "{by_api}"
    );
    let owner = Some(&site.owner);
    let pasted = site.post(owner, "/import/pasted", &[("text", &text("Calls"))]);
    site.post(owner, pasted.is(303).location(), &[]).is(303);
    import_next(&site.store, moment()).unwrap();
    let by_page = &lines(&site)[0];
    assert!(
        by_page.contains("import") && by_page.ends_with(" web"),
        "{by_page}"
    );
}
