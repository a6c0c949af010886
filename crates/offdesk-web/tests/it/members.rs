//! People, invitations, the audit log.

use offdesk_actions::actor::Role;
use offdesk_actions::store::Uuid;

use crate::site::{PASSWORD, Person, Site, pass_days, pass_seconds};

fn link_for(site: &Site, email: &str, role: &str) -> String {
    let fields = [("email", email), ("role", role)];
    let page = site.post(Some(&site.owner), "/members/invitations", &fields);
    page.is(200).says(&["It is shown only now:"]);
    page.between("<code class=\"secret\">http://localhost:7878", "</code>")
}

fn token(link: &str) -> &str {
    link.split_once("token=").unwrap().1
}

#[test]
fn an_invitation_can_be_looked_at_and_is_used_up_once() {
    let site = Site::new();
    let link = link_for(&site, "Vera@Example.com", "manager");
    site.get(Some(&site.owner), "/members")
        .says(&["vera@example.com", "Withdraw", "1 December 2026"])
        .hides(&[token(&link)]);
    // Scanners of mail look at every link.
    for _ in 0..10 {
        let page = site.get(None, &link);
        page.is(200)
            .says(&["Join", "My business", "vera@example.com"]);
        assert_eq!(page.headers["referrer-policy"], "strict-origin");
    }
    let join = |name: &str, password: &str| {
        let fields = [
            ("token", token(&link)),
            ("name", name),
            ("password", password),
        ];
        site.post(None, "/invitation", &fields)
    };
    join("Vera", "short")
        .is(422)
        .says(&["password-fault", "password.short"]);
    join("", PASSWORD).is(422).says(&["name-fault"]);
    let done = join("Vera", PASSWORD);
    assert_eq!(done.is(303).location(), "/");
    let cookie = done.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    join("Vera", PASSWORD).is(422).says(&["invitation.wrong"]);
    site.get(None, &link).is(422).hides(&["vera@example.com"]);
    site.get(Some(&site.owner), "/members")
        .says(&["Vera"])
        .hides(&["Withdraw"]);
}

#[test]
fn who_has_an_account_joins_with_its_password_and_stands_in_the_new_workspace() {
    let site = Site::new();
    let vera = site.member("Vera", Role::Viewer);
    site.post(Some(&vera), "/workspaces", &[("name", "Vera's own")])
        .is(303);
    let page = site.post(
        Some(&vera),
        "/members/invitations",
        &[("email", "noor@example.com"), ("role", "viewer")],
    );
    let link = page.between("<code class=\"secret\">http://localhost:7878", "</code>");
    let join = |password: &str| {
        let fields = [("token", token(&link)), ("password", password)];
        site.post(None, "/invitation", &fields)
    };
    join("not the password").is(422).says(&["sign_in.wrong"]);
    let done = join(PASSWORD);
    let cookie = done.is(303).headers["set-cookie"].to_str().unwrap();
    let secret = cookie
        .strip_prefix("offdesk=")
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    let noor = Person {
        signed: offdesk_actions::accounts::SignIn {
            secret: offdesk_actions::moment::Secret::given(secret),
            needs_code: false,
        },
    };
    assert_eq!(site.actor(&noor).workspace_name, "Vera's own");
}

#[test]
fn guessing_invitations_ends_soon() {
    let site = Site::new();
    for _ in 0..50 {
        site.get(None, "/invitation?token=GUESS").is(422);
    }
    site.get(None, "/invitation?token=GUESS").is(429);
    let fields = [("token", "GUESS"), ("name", "Eve"), ("password", PASSWORD)];
    site.post(None, "/invitation", &fields).is(429);
}

#[test]
fn invitations_are_withdrawn_and_run_out() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let link = link_for(&site, "vera@example.com", "viewer");
    let id = site
        .get(owner, "/members")
        .between("/members/invitations/", "/removal");
    let path = format!("/members/invitations/{id}/removal");
    let manager = site.member("Mara", Role::Manager);
    site.get(Some(&manager), "/members").is(403);
    site.post(Some(&manager), &path, &[]).is(403);
    site.post(Some(&manager), "/workspaces", &[("name", "Mara's own")])
        .is(303);
    site.post(Some(&manager), &path, &[]).is(404);
    site.post(owner, &path, &[]).is(303);
    site.get(None, &link).is(422);
    let link = link_for(&site, "vera@example.com", "viewer");
    pass_days(8);
    site.get(None, &link).is(422).says(&["invitation.wrong"]);
}

#[test]
fn bad_invitations_are_refused_beside_the_field() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let invite = |email, role| {
        site.post(
            owner,
            "/members/invitations",
            &[("email", email), ("role", role)],
        )
    };
    invite("nobody", "viewer")
        .is(422)
        .says(&["email-fault", "account.email"]);
    invite("vera@example.com", "king")
        .is(422)
        .says(&["member.role"]);
    invite("noor@example.com", "viewer")
        .is(409)
        .says(&["member.already"]);
}

#[test]
fn roles_change_members_go_and_an_owner_stays() {
    let site = Site::new();
    let owner = Some(&site.owner);
    let vera = site.member("Vera", Role::Viewer);
    let (noors, veras) = (site.actor(&site.owner).account, site.actor(&vera).account);
    let role =
        |of: Uuid, role: &str| site.post(owner, &format!("/members/{of}/role"), &[("role", role)]);
    site.post(
        Some(&vera),
        &format!("/members/{noors}/role"),
        &[("role", "viewer")],
    )
    .is(403);
    role(noors, "viewer").is(409).says(&["member.last_owner"]);
    role(veras, "king").is(422).says(&["member.role"]);
    role(Uuid::max(), "viewer").is(404);
    role(veras, "owner").is(303);
    site.get(Some(&vera), "/members").is(200);
    role(veras, "viewer").is(303);
    site.get(Some(&vera), "/members").is(403);
    let remove = |of: Uuid| site.post(owner, &format!("/members/{of}/removal"), &[]);
    remove(noors).is(409).says(&["member.last_owner"]);
    remove(veras).is(303);
    remove(veras).is(404);
    // The next request of who was removed finds no workspace.
    site.get(Some(&vera), "/hours").is(404);
    assert_eq!(site.get(Some(&vera), "/").location(), "/workspaces");
    site.get(Some(&vera), "/workspaces")
        .is(200)
        .hides(&["My business"]);
}

#[test]
fn the_log_goes_back_page_by_page_and_shows_nobody_elses() {
    let site = Site::new();
    let owner = Some(&site.owner);
    for number in 0..60 {
        // The log is in the order of time, to a millisecond.
        pass_seconds(1);
        let name = format!("token <{number}>");
        let made = site.post(
            owner,
            "/security/tokens",
            &[("name", &name), ("scope", "read"), ("token_old", PASSWORD)],
        );
        made.is(200);
    }
    let first = site.get(owner, "/audit-log");
    first
        .is(200)
        .says(&["create token", "token &lt;59&gt;", "a page", "Older"])
        .hides(&["token &lt;9&gt;"]);
    let rows = |body: &str| body.matches("<th scope=\"row\">").count();
    assert_eq!(rows(&first.body), 50);
    let before = first.between("/audit-log?before=", "\"");
    let second = site.get(owner, &format!("/audit-log?before={before}"));
    second
        .is(200)
        .says(&["token &lt;9&gt;", "The newest"])
        .hides(&["token &lt;10&gt;", "Older"]);
    // The owner's own sign-in is the oldest line.
    assert_eq!(rows(&second.body), 11);
    site.get(owner, "/audit-log?before=yesterday")
        .is(422)
        .says(&["page.before"]);
    let vera = site.member("Vera", Role::Manager);
    site.get(Some(&vera), "/audit-log").is(403);
    site.post(Some(&vera), "/workspaces", &[("name", "Vera's own")])
        .is(303);
    site.get(Some(&vera), "/audit-log")
        .is(200)
        .says(&["create workspace"])
        .hides(&["token &lt;"]);
    // A line of another workspace is only a place in time.
    site.get(Some(&vera), &format!("/audit-log?before={before}"))
        .is(200)
        .hides(&["token &lt;"]);
}
