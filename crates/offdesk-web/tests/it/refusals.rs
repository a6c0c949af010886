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
        page.is(404);
        assert!(page.headers.contains_key("content-security-policy"));
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        page.says(&["for another method"]);
        let is_problem = page.headers["content-type"] == "application/problem+json";
        assert_eq!(is_problem, path.starts_with("/api/"), "{path}");
    }
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
