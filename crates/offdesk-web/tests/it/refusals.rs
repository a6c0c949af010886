//! What is answered where nothing is, and what is noted of a token that is used.

use offdesk_actions::actor::TokenScope;
use offdesk_actions::members::list_tokens;

use crate::site::Site;

#[test]
fn sec_22_another_method_passes_the_same_door() {
    let site = Site::new();
    let wrong = [("host", "evil.example")];
    for (method, path) in [
        ("DELETE", "/worth"),
        ("PATCH", "/api/v1/workspaces"),
        ("TRACE", "/hours"),
        ("OPTIONS", "/api/v1/worths"),
    ] {
        site.ask(method, path, &wrong, String::new())
            .is(421)
            .says(&["request.host"]);
        let page = site.ask(method, path, &[], String::new());
        page.is(405).says(&["request.method"]);
        assert!(page.headers.contains_key("content-security-policy"));
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        let is_problem = page.headers["content-type"] == "application/problem+json";
        assert_eq!(is_problem, path.starts_with("/api/"), "{path}");
    }
    for (method, path, allowed) in [
        ("DELETE", "/worth", "GET, HEAD, POST"),
        ("PATCH", "/api/v1/sources/1", "DELETE, GET, HEAD"),
        // The more particular of two addresses.
        ("DELETE", "/blueprints/new", "GET, HEAD"),
        ("PUT", "/sign-out", "POST"),
    ] {
        let page = site.ask(method, path, &[], String::new());
        assert_eq!(page.is(405).headers["allow"], allowed, "{path}");
    }
    site.ask("DELETE", "/nothing/here", &[], String::new())
        .is(404);
}

/// Who has tried too often is told when to come back, on a form as by the API.
#[test]
fn too_many_tries_on_a_form_say_when_to_try_again() {
    let site = Site::new();
    let wrong = [
        ("email", "noor@example.com"),
        ("password", "four grey geese"),
    ];
    let last = (0..40).map(|_| site.post(None, "/sign-in", &wrong));
    let last = last.into_iter().find(|page| page.status == 429).unwrap();
    assert_eq!(last.headers["retry-after"], "900");
}

/// A proxy on the same machine asks from here for everybody, whichever header it sets, and whether it sets one.
#[test]
fn metrics_are_shown_to_this_machine_and_not_through_a_proxy() {
    let site = Site::with(|mut desk| {
        desk.public_url = Some("https://desk.example.com".to_owned());
        desk
    });
    let ask = |headers: &[(&str, &str)]| site.ask("GET", "/metrics", headers, String::new());
    ask(&[]).is(200);
    ask(&[("host", "127.0.0.1:7878")]).is(200);
    ask(&[("host", "[::1]:7878")]).is(200);
    let away = [
        ("host", "desk.example.com"),
        ("host", "192.168.1.5:7878"),
        ("x-forwarded-for", "8.8.8.8"),
        ("x-real-ip", "8.8.8.8"),
        ("forwarded", "for=8.8.8.8"),
        ("via", "1.1 proxy"),
    ];
    for header in away {
        ask(&[header]).is(403).says(&["metrics.away"]);
    }
    let bearer = site.bearer(&TokenScope::ALL);
    ask(&[("host", "desk.example.com"), ("authorization", &bearer)]).is(200);
}

#[test]
fn bug_the_last_use_of_a_token_was_never_noted() {
    let site = Site::new();
    let token = site.token(&TokenScope::ALL);
    let used = || {
        let tokens = site.act(&site.owner, |tx, actor, _| list_tokens(tx, actor));
        tokens.unwrap()[0].used_at
    };
    assert_eq!(used(), None);
    let bearer = format!("Bearer {token}");
    site.ask(
        "GET",
        "/api/v1/me",
        &[("authorization", bearer.as_str())],
        String::new(),
    )
    .is(200);
    // It is noted beside the request, by whoever writes next.
    site.post(Some(&site.owner), "/log", &[("line", "1h inbox")]);
    assert!(used().is_some());
}
