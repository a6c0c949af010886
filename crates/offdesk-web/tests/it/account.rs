//! Security: password, second factor, sessions, tokens.

use offdesk_actions::actor::Role;
use offdesk_actions::store::Uuid;
use totp_rs::{Builder, Secret};

use crate::site::{PASSWORD, Site, moment, pass_days};

#[test]
fn a_new_password_ends_the_other_sessions() {
    let site = Site::new();
    let other = site.sign_in(PASSWORD).unwrap();
    let owner = Some(&site.owner);
    let change = |old, new| {
        site.post(
            owner,
            "/security/password",
            &[("old", old), ("password", new)],
        )
    };
    change("wrong brown foxes", "four green turtles")
        .is(422)
        .says(&["old-fault", "password.wrong"]);
    change(PASSWORD, "short")
        .is(422)
        .says(&["password-fault", "password.short"]);
    site.get(Some(&other), "/security").is(200);
    assert_eq!(
        change(PASSWORD, "four green turtles").is(303).location(),
        "/security?done=password"
    );
    site.get(owner, "/security").is(200);
    site.get(Some(&other), "/security").is(303);
    assert!(site.sign_in(PASSWORD).is_err());
    site.sign_in("four green turtles").unwrap();
}

#[test]
fn a_password_cannot_be_tried_at_will() {
    let site = Site::new();
    for _ in 0..10 {
        let fields = [
            ("old", "wrong brown foxes"),
            ("password", "four green turtles"),
        ];
        site.post(Some(&site.owner), "/security/password", &fields)
            .is(422);
    }
    let fields = [("old", PASSWORD), ("password", "four green turtles")];
    site.post(Some(&site.owner), "/security/password", &fields)
        .is(429)
        .says(&["too_many"]);
}

#[test]
fn the_second_factor_is_proved_and_its_codes_are_shown_once() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let page = site.get(owner, "/security/second-factor");
    page.is(200).says(&["otpauth://totp/"]);
    let secret = page.between("name=\"secret\" value=\"", "\"");
    let code = Builder::new()
        .with_secret(Secret::try_from_base32(&secret).unwrap())
        .with_account_name("noor@example.com".to_owned())
        .with_issuer(Some("offdesk"))
        .build()
        .unwrap()
        .generate(u64::try_from(moment().now.as_second()).unwrap());
    let code = code.to_string();
    let set = |secret: &str, code: &str, old: &str| {
        let fields = [("secret", secret), ("code", code), ("old", old)];
        site.post(owner, "/security/second-factor", &fields)
    };
    // The same key is shown again, so that nothing has to be scanned twice.
    set(&secret, "000000", PASSWORD)
        .is(422)
        .says(&["totp.code", &format!("value=\"{secret}\"")]);
    set(&secret, &code, "wrong brown foxes")
        .is(422)
        .says(&["old-fault", "password.wrong"]);
    assert_eq!(
        set("no key", &code, PASSWORD).is(303).location(),
        "/security/second-factor"
    );
    let codes = set(&secret, &code, PASSWORD);
    codes.is(200).says(&["They are shown only now."]);
    let recovery = codes.between("<code class=\"code\">", "</code>");
    site.get(owner, "/security")
        .says(&["10 recovery codes are"])
        .hides(&[&recovery, &secret]);
    let half = site.sign_in(PASSWORD).unwrap();
    assert!(half.signed.needs_code);
    site.get(Some(&half), "/security").is(303);
    let done = site.post(Some(&half), "/sign-in/code", &[("code", &recovery)]);
    assert_eq!(done.is(303).location(), "/");
    site.get(owner, "/security").says(&["9 recovery codes are"]);
    site.post(
        owner,
        "/security/second-factor/removal",
        &[("old", "wrong brown foxes")],
    )
    .is(422)
    .says(&["password.wrong"]);
    site.post(
        owner,
        "/security/second-factor/removal",
        &[("old", PASSWORD)],
    )
    .is(303);
    assert!(!site.sign_in(PASSWORD).unwrap().signed.needs_code);
}

#[test]
fn sessions_are_listed_and_ended_but_only_ones_own() {
    let site = Site::new();
    let other = site.sign_in(PASSWORD).unwrap();
    let page = site.get(Some(&site.owner), "/security");
    page.is(200).says(&[
        "Firefox on Linux",
        "curl/8",
        "this one",
        "End the session of curl/8",
    ]);
    let id = page.between("/security/sessions/", "/removal");
    let path = format!("/security/sessions/{id}/removal");
    // For somebody else it is as missing as one that is nowhere.
    let viewer = site.member("Vera", Role::Viewer);
    let foreign = site.post(Some(&viewer), &path, &[]);
    let nowhere = format!("/security/sessions/{}/removal", Uuid::max());
    let missing = site.post(Some(&viewer), &nowhere, &[]);
    assert_eq!(
        (foreign.is(404).body.as_str(), missing.is(404).status),
        (missing.body.as_str(), foreign.status)
    );
    site.get(Some(&other), "/security").is(200);
    site.post(Some(&site.owner), &path, &[]).is(303);
    site.get(Some(&other), "/security").is(303);
    site.get(Some(&viewer), "/security")
        .is(200)
        .hides(&["Tokens for programs"]);
}

#[test]
fn a_token_is_shown_once_and_ends_when_it_is_revoked() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let password = ("token_old", PASSWORD);
    site.post(owner, "/security/tokens", &[("name", "Backup"), password])
        .is(422)
        .says(&["scopes-fault", "token.scopes", "value=\"Backup\""]);
    // A session that was left open is not enough.
    let without = [("name", "Backup"), ("scope", "read")];
    site.post(owner, "/security/tokens", &without)
        .is(422)
        .says(&["token_old-fault", "password.wrong"]);
    let endless = [
        ("name", "Backup"),
        ("scope", "read"),
        ("days", "366"),
        password,
    ];
    site.post(owner, "/security/tokens", &endless)
        .is(422)
        .says(&["token.days"]);
    site.post(
        owner,
        "/security/tokens",
        &[("name", "Backup"), ("scope", "administer"), password],
    )
    .is(422)
    .says(&["token.scopes"]);
    site.post(
        owner,
        "/security/tokens",
        &[("name", ""), ("scope", "read"), password],
    )
    .is(422)
    .says(&["name-fault"]);
    let made = site.post(
        owner,
        "/security/tokens",
        &[
            ("name", "<i>Backup</i>"),
            ("scope", "read"),
            ("scope", "import"),
            ("days", "30"),
            password,
        ],
    );
    made.is(200).says(&[
        "It is shown only now:",
        "&lt;i&gt;Backup&lt;/i&gt;",
        "read, import",
    ]);
    let token = made.between("<code class=\"secret\">", "</code>");
    let page = site.get(owner, "/security");
    page.hides(&[&token]).says(&["Revoke"]);
    let read = |token: &str| site.call(token, "GET", "/me", &serde_json::Value::Null, &[]);
    read(&token).is(200);
    let id = page.between("/security/tokens/", "/removal");
    let path = format!("/security/tokens/{id}/removal");
    let manager = site.member("Mara", Role::Manager);
    site.post(Some(&manager), &path, &[]).is(403);
    site.post(
        Some(&manager),
        "/security/tokens",
        &[("name", "Mine"), ("scope", "read")],
    )
    .is(403);
    // An owner of another workspace.
    site.post(Some(&manager), "/workspaces", &[("name", "Mara's own")])
        .is(303);
    site.post(Some(&manager), &path, &[]).is(404);
    site.post(owner, &path, &[]).is(303);
    site.post(owner, &path, &[]).is(404);
    site.get(owner, "/security").says(&["revoked"]);
}

#[test]
fn a_token_ends_by_itself() {
    let site = Site::new();
    let fields = [
        ("name", "Reports"),
        ("scope", "read"),
        ("days", "30"),
        ("token_old", PASSWORD),
    ];
    let made = site.post(Some(&site.owner), "/security/tokens", &fields);
    let token = made.between("<code class=\"secret\">", "</code>");
    let read = || site.call(&token, "GET", "/me", &serde_json::Value::Null, &[]);
    pass_days(29);
    read().is(200);
    pass_days(2);
    read().is(401);
    let again = site.sign_in(PASSWORD).unwrap();
    site.get(Some(&again), "/security").says(&["ended"]);
    let json = site.get(Some(&again), "/api/v1/tokens").is(200).json();
    assert!(
        json["tokens"][0]["ends"]
            .as_str()
            .unwrap()
            .starts_with("2026-12-24")
    );
}
