//! The way in: set-up, signing in, the second factor, signing out; and whether the program is well.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use offdesk_actions::accounts::{self, NewAccount, SignIn};
use offdesk_actions::actor::{Bar, Permission};
use offdesk_actions::moment::Secret;
use offdesk_actions::worths::list_worths;
use offdesk_actions::{Error, ErrorKind};

use crate::desk::ask::{Answer, Ask, page, page_with, see};
use crate::desk::door::{drop_cookie, set_cookie};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, plain_page, said, wrong};
use crate::desk::pages::passkeys;

/// The program can serve.
pub fn health(_: Ask) -> Answer {
    Box::pin(async { Ok((StatusCode::OK, "ok\n").into_response()) })
}

/// The database answers.
pub fn ready(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.desk.store.read(accounts::is_new).await?;
        Ok((StatusCode::OK, "ready\n").into_response())
    })
}

/// Leads to where somebody should go first: set-up, signing in, the worth, the import, the Desk.
pub fn home(ask: Ask) -> Answer {
    Box::pin(async move {
        let Some(actor) = &ask.actor else {
            let is_new = ask.desk.store.read(accounts::is_new).await?;
            return Ok(see(if is_new { "/setup" } else { "/sign-in" }));
        };
        if actor.bar == Some(Bar::Factor) {
            return Ok(see("/security/second-factor"));
        }
        if actor.may(Permission::Work) {
            return Ok(see("/my/work"));
        }
        if actor.membership.is_none() {
            return Ok(see("/workspaces"));
        }
        let worths = ask.read(|tx, actor, _| list_worths(tx, actor)).await?;
        if worths.is_empty() {
            return Ok(see("/worth"));
        }
        let is_empty = ask.hours().await?.is_empty();
        Ok(see(if is_empty { "/import" } else { "/desk" }))
    })
}

/// The set-up's page.
pub fn setup(ask: Ask) -> Answer {
    Box::pin(async move {
        if !ask.desk.store.read(accounts::is_new).await? {
            return Ok(see("/sign-in"));
        }
        let form = Form::of(vec![("code".to_owned(), ask.query.text("code").to_owned())]);
        Ok(page(setup_page(&form, None)))
    })
}

fn setup_page(form: &Form, error: Option<&Error>) -> Markup {
    let body = html! {
        h1 { "Set up your desk" }
        p.lead { "Three fields, then two questions. Your data stay on this machine." }
        (wrong(error))
        form method="post" action="/setup" {
            // The browser puts in its zone.
            div data-zone="" { input type="hidden" name="zone" value=(form.text("zone")); }
            (Field { help: "It stands in the terminal where offdesk was started. It counts for half an hour.", autocomplete: "one-time-code", is_needed: true, class: "short",
                ..Field::text("code", "Set-up code", form.text("code")) }.show(error))
            (Field { autocomplete: "name", is_needed: true, ..Field::text("name", "Your name", form.text("name")) }.show(error))
            (Field { kind: "email", autocomplete: "username", is_needed: true, ..Field::text("email", "Your e-mail address", form.text("email")) }.show(error))
            (Field { kind: "password", autocomplete: "new-password", help: "Ten signs or more. Three or four words are a good one.", is_needed: true,
                ..Field::text("password", "A password", "") }.show(error))
            button { "Set up the desk" }
        }
    };
    plain_page("Set up", &body)
}

/// Sets up.
pub fn set_up(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let (given, network) = (form.clone(), ask.network.clone());
        let done = Ask::apart(move || {
            let account = NewAccount {
                name: given.text("name").to_owned(),
                email: given.text("email").to_owned(),
                password: given.raw("password").to_owned(),
            };
            accounts::from_network(&store, &network, moment, || {
                let (code, zone) = (given.text("code"), given.text("zone"));
                accounts::set_up_in(&store, code, &account, zone, caller, moment)
            })
        });
        match done.await {
            Ok(signed) => Ok(enter(&ask, &signed, &own_path(form.text("next")))),
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) => Ok(page_with(
                status_of(&error),
                setup_page(&form, Some(&error)),
            )),
        }
    })
}

/// The page to sign in.
pub fn sign_in_page(ask: Ask) -> Answer {
    Box::pin(async move {
        if ask.desk.store.read(accounts::is_new).await? {
            return Ok(see("/setup"));
        }
        if ask.actor.is_some() {
            return Ok(see("/"));
        }
        let note = match ask.query.text("done") {
            "reset" => "Your new password counts. All your sessions have ended: sign in with it.",
            _ => "",
        };
        let form = sign_in_form(&ask, ask.query.text("next"), "", None, note);
        Ok(page(form))
    })
}

fn sign_in_form(ask: &Ask, next: &str, email: &str, error: Option<&Error>, note: &str) -> Markup {
    let body = html! {
        h1 { "Sign in" }
        (said(note))
        (wrong(error))
        form method="post" action="/sign-in" {
            input type="hidden" name="next" value=(own_path(next));
            (Field { kind: "email", autocomplete: "username", is_needed: true, ..Field::text("email", "E-mail address", email) }.show(error))
            (Field { kind: "password", autocomplete: "current-password", is_needed: true, ..Field::text("password", "Password", "") }.show(error))
            button { "Sign in" }
        }
        @if ask.desk.party.is_some() { (passkeys::sign_in_button(&own_path(next))) }
        p { a href="/forgot" { "Forgot your password?" } }
    };
    plain_page("Sign in", &body)
}

/// Signs in.
pub fn sign_in(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let (given, network) = (form.clone(), ask.network.clone());
        let done = Ask::apart(move || {
            let (email, password) = (given.text("email"), given.raw("password"));
            accounts::from_network(&store, &network, moment, || {
                accounts::sign_in(&store, email, password, caller, moment)
            })
        });
        match done.await {
            Ok(signed) if signed.needs_code => {
                let next = own_path(form.text("next"));
                let shown: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
                let query = if next == "/" {
                    String::new()
                } else {
                    format!("?next={shown}")
                };
                Ok(enter(&ask, &signed, &format!("/sign-in/code{query}")))
            }
            Ok(signed) => Ok(enter(&ask, &signed, &own_path(form.text("next")))),
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) => Ok(page_with(
                status_of(&error),
                sign_in_form(
                    &ask,
                    form.text("next"),
                    form.text("email"),
                    Some(&error),
                    "",
                ),
            )),
        }
    })
}

/// The page for the second factor.
pub fn code_page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(page(code_form(ask.query.text("next"), None))) })
}

fn code_form(next: &str, error: Option<&Error>) -> Markup {
    let body = html! {
        h1 { "One more step" }
        p.lead { "Type the six digits your authenticator app shows, or one of your recovery codes." }
        (wrong(error))
        form method="post" action="/sign-in/code" {
            input type="hidden" name="next" value=(own_path(next));
            (Field { autocomplete: "one-time-code", is_needed: true, class: "short", ..Field::text("code", "Code", "") }.show(error))
            button { "Sign in" }
        }
    };
    plain_page("Code", &body)
}

/// Gives the second factor.
pub fn give_code(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let Some(secret) = ask.secret.clone() else {
            return Ok(see("/sign-in"));
        };
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let (code, network) = (form.text("code").to_owned(), ask.network.clone());
        let reach = ask.desk.reach.clone();
        let done = Ask::apart(move || {
            accounts::from_network(&store, &network, moment, || {
                accounts::give_code(&store, reach.key.as_ref(), &secret, &code, caller, moment)
            })
        });
        match done.await {
            Ok(signed) => Ok(enter(&ask, &signed, &own_path(form.text("next")))),
            Err(error) if error.kind == ErrorKind::SignIn => Ok(see("/sign-in")),
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) => Ok(page_with(
                status_of(&error),
                code_form(form.text("next"), Some(&error)),
            )),
        }
    })
}

/// Signs out.
pub fn sign_out(ask: Ask) -> Answer {
    Box::pin(async move {
        ask.write(accounts::sign_out).await?;
        let mut response = see("/sign-in");
        add_cookie(&mut response, &drop_cookie(&ask.desk));
        // What the browser has kept of these pages goes, too; the theme and the keys that somebody has chosen stay with the browser.
        let kept = HeaderValue::from_static("\"cache\"");
        response.headers_mut().insert("clear-site-data", kept);
        Ok(response)
    })
}

/// On to a page with the new secret of a session in which a credential was changed.
pub(super) fn see_renewed(ask: &Ask, path: &str, secret: &Secret) -> Response {
    let mut response = see(path);
    add_cookie(&mut response, &set_cookie(&ask.desk, secret));
    response
}

/// Leads somebody in who has just signed in: the session is a new one, whatever was sent.
pub fn enter(ask: &Ask, signed: &SignIn, path: &str) -> Response {
    see_renewed(ask, path, &signed.secret)
}

pub(in crate::desk) fn add_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A path of our own to go on to; anything else leads home.
pub fn own_path(next: &str) -> String {
    let is_plain = next.starts_with('/')
        && !next.starts_with("//")
        && next
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_'));
    if is_plain {
        next.to_owned()
    } else {
        "/".to_owned()
    }
}
