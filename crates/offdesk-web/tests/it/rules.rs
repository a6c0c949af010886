//! Suspending members, the rules for signing in, and the end of sessions, as their owners see them.

use offdesk_actions::actor::{Role, TokenScope};

use crate::site::{PASSWORD, Site, cookie_of, pass_days, pass_seconds};

#[test]
fn a_member_is_suspended_sees_why_and_comes_back() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let mae = site.member("Mae", Role::Manager);
    let id = site.actor(&mae).account;
    let path = format!("/members/{id}/suspension");
    let page = site.get(owner, "/members");
    page.is(200).says(&[&path, "Suspend <bdi>Mae</bdi>"]);
    let own = site.actor(&site.owner).account;
    page.hides(&[&format!("/members/{own}/suspension")]);
    site.post(owner, &format!("/members/{own}/suspension"), &[])
        .is(409)
        .says(&["member.self"]);
    site.post(Some(&mae), &path, &[]).is(403);
    site.post(owner, &path, &[]).is(303);
    site.get(owner, "/members?done=suspended").says(&[
        "Suspended since",
        "Let Mae back in",
        "They reach nothing",
    ]);
    for page in ["/hours", "/import", "/settings"] {
        site.get(Some(&mae), page).is(403).says(&[
            "Your access to \u{201c}My business\u{201d} is suspended.",
            "An owner of the workspace can let you back in",
        ]);
    }
    assert_eq!(site.get(Some(&mae), "/").is(303).location(), "/workspaces");
    site.get(Some(&mae), "/workspaces")
        .is(200)
        .says(&["Your access to <bdi>My business</bdi> is suspended."]);
    let workspace = site.actor(&site.owner).membership.unwrap().0.0;
    site.post(Some(&mae), &format!("/workspaces/{workspace}/open"), &[])
        .is(403);
    site.post(owner, &format!("{path}/removal"), &[]).is(303);
    site.get(Some(&mae), "/hours").is(200);
    site.get(owner, "/audit-log")
        .says(&["suspend member", "reinstate member", "mae@example.com"]);
}

#[test]
fn who_has_no_second_factor_is_led_to_one_and_then_in() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let rules = |site: &Site, version: &str| {
        let fields = [
            ("needs_factor", "yes"),
            ("idle_days", "7"),
            ("session_days", "30"),
            ("version", version),
        ];
        site.post(Some(&site.owner), "/members/sign-in-rules", &fields)
    };
    // What was typed stays in the form.
    rules(&site, "1").is(409).says(&[
        "needs_factor-fault",
        "sign_in.factor_first",
        "value=\"7\"",
        "value=\"30\"",
    ]);
    site.set_factor(&site.owner);
    let mae = site.member("Mae", Role::Viewer);
    rules(&site, "1").is(303);
    rules(&site, "1").is(409).says(&["store.conflict"]);
    site.get(owner, "/members")
        .says(&["value=\"7\"", " checked"]);
    site.get(owner, "/audit-log").says(&[
        "change sign in rules",
        "second factor: not asked for → asked for, unused: 14 days → 7 days, at most: 90 days → 30 days",
    ]);
    for path in ["/hours", "/"] {
        let led = site.get(Some(&mae), path);
        assert_eq!(led.is(303).location(), "/security/second-factor");
    }
    site.get(Some(&mae), "/security/second-factor")
        .is(200)
        .says(&["<bdi>My business</bdi> asks everybody for a second factor."]);
    site.set_factor(&mae);
    site.get(Some(&mae), "/hours").is(200);
    site.get(Some(&mae), "/security/second-factor")
        .is(200)
        .hides(&["asks everybody"]);
    // Without it nobody comes in again: a password is half the way.
    let removed = [("old", PASSWORD)];
    site.post(Some(&mae), "/security/second-factor/removal", &removed)
        .is(303);
    site.get(Some(&mae), "/hours").is(303);
}

#[test]
fn what_was_typed_wrong_in_the_rules_is_said_beside_it() {
    let site = Site::new();
    let rules = |idle: &str, longest: &str, version: &str| {
        let fields = [
            ("idle_days", idle),
            ("session_days", longest),
            ("version", version),
        ];
        site.post(Some(&site.owner), "/members/sign-in-rules", &fields)
    };
    rules("soon", "30", "1").is(422).says(&[
        "idle_days-fault",
        "sign_in.idle_days",
        "value=\"soon\"",
    ]);
    rules("15", "30", "1").is(422).says(&["idle_days-fault"]);
    rules("7", "0", "1")
        .is(422)
        .says(&["session_days-fault", "sign_in.session_days"]);
    rules("7", "30", "").is(422).says(&["sign_in.version"]);
    site.get(Some(&site.owner), "/members")
        .says(&["value=\"14\"", "value=\"90\""]);
}

#[test]
fn a_session_that_is_not_used_ends_and_one_in_use_ends_in_the_end() {
    let site = Site::new();
    let owner = Some(&site.owner);
    site.get(owner, "/security").is(200).says(&[
        "not used for 14 days, and after 90 days at the latest",
        "Ends unused",
        "8 December 2026",
    ]);
    for _ in 0..6 {
        pass_days(13);
        site.get(owner, "/security").is(200);
        // When a session was used is written down without anybody waiting for it.
        site.act(&site.owner, |_, _, _| Ok(())).unwrap();
    }
    pass_days(11);
    // 89 days: however often it was used, the 90th is the last.
    site.get(owner, "/security").is(200);
    pass_days(1);
    pass_seconds(1);
    site.get(owner, "/security").is(303);
    let again = site.sign_in(PASSWORD).unwrap();
    pass_days(14);
    site.get(Some(&again), "/security").is(303);
}

#[test]
fn programs_of_an_owner_do_the_same_by_the_api() {
    let site = Site::new();
    let mae = site.member("Mae", Role::Viewer);
    let id = site.actor(&mae).account;
    let cookie = cookie_of(&site.owner);
    let ask = |method: &str, path: &str, body: &'static str| {
        let headers = [
            ("cookie", cookie.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        site.ask(method, &format!("/api/v1/{path}"), &headers, body)
    };
    let own = format!("members/{id}");
    ask("POST", &format!("{own}/suspension"), "")
        .is(201)
        .says(&["\"suspended\":\"2026-11-24T12:00:0"]);
    ask("GET", "members", "").says(&[
        "\"suspended\":\"2026-11-24T12:00:0",
        "\"second_factor\":false",
    ]);
    site.get(Some(&mae), "/hours").is(403);
    ask("DELETE", &format!("{own}/suspension"), "").is(204);
    site.get(Some(&mae), "/hours").is(200);
    ask("PUT", &own, "{\"role\":\"manager\"}")
        .is(200)
        .says(&["\"role\":\"manager\""]);
    ask("PUT", &own, "{\"role\":\"king\"}")
        .is(422)
        .says(&["member.role"]);
    ask("GET", "sign-in-rules", "").is(200).says(&[
        "{\"schema\":\"offdesk.sign_in_rules/1\",\"second_factor\":false,\"idle_days\":14,\"session_days\":90,\"version\":1}",
    ]);
    let rules = "{\"second_factor\":false,\"idle_days\":3,\"session_days\":20,\"version\":1}";
    ask("PUT", "sign-in-rules", rules)
        .is(200)
        .says(&["\"idle_days\":3", "\"version\":2"]);
    ask("PUT", "sign-in-rules", rules).is(409);
    let asked = "{\"second_factor\":true,\"idle_days\":3,\"session_days\":20,\"version\":2}";
    ask("PUT", "sign-in-rules", asked)
        .is(409)
        .says(&["sign_in.factor_first"]);
    let bearer = site.bearer(&[TokenScope::Manage]);
    let by_token = site.ask(
        "GET",
        "/api/v1/sign-in-rules",
        &[("authorization", &bearer)],
        "",
    );
    by_token.is(403);
    ask("DELETE", &own, "").is(204);
    ask("DELETE", &own, "").is(404);
    site.sign_in(PASSWORD).unwrap();
    let sessions = ask("GET", "sessions", "").is(200).json();
    let sessions = sessions["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    // The other one is over: it is not the one that asks.
    let other = sessions.iter().find(|one| one["this"] == false).unwrap();
    assert_eq!(other["browser"], "curl/8");
    let path = format!("sessions/{}", other["id"].as_str().unwrap());
    ask("DELETE", &path, "").is(204);
    ask("DELETE", &path, "").is(404);
    let tokens = ask("GET", "tokens", "").is(200).json();
    let path = format!("tokens/{}", tokens["tokens"][0]["id"].as_str().unwrap());
    ask("DELETE", &path, "").is(204);
    ask("DELETE", &path, "").is(404);
    let page = ask("GET", "events?most=2", "").is(200).json();
    assert_eq!(page["events"].as_array().unwrap().len(), 2);
    let next = format!("events?before={}", page["next"].as_str().unwrap());
    let rest = ask("GET", &next, "").is(200).json();
    assert!(rest["next"].is_null(), "{rest}");
    ask("GET", "events?most=0", "")
        .is(422)
        .says(&["request.most"]);
    site.get(Some(&mae), "/hours").is(404);
}
