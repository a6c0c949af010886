//! The page of somebody who was invited. Looking at it leaves the invitation as it is; accepting uses it up.

use maud::{Markup, html};
use offdesk_actions::accounts::{NewAccount, from_network};
use offdesk_actions::actor::Role;
use offdesk_actions::members::{
    Invited, Joining, accept_invitation_with, look_at_invitation, send_join_code,
};
use offdesk_actions::moment::Secret;
use offdesk_actions::{Error, ErrorKind};

use super::entry::enter;
use super::worker::promise;
use crate::desk::ask::{Answer, Ask, page as shown, page_with};
use crate::desk::errors::{error_page, status_of};
use crate::desk::form::Form;
use crate::desk::headers::with_quiet_address;
use crate::desk::layout::{Field, plain_page, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let token = ask.query.text("token").to_owned();
        let response = match look(&ask, &token).await {
            Ok((invited, true)) => shown(code_page(&token, &invited, None)),
            Ok((invited, false)) => shown(invitation_page(
                &token,
                &invited,
                None,
                &Form::default(),
                None,
            )),
            Err(error) if error.kind == ErrorKind::Failed => return Err(error),
            Err(error) => error_page(&error),
        };
        Ok(with_quiet_address(response))
    })
}

/// What an invitation says; a token that is none counts against the network it came from.
async fn look(ask: &Ask, token: &str) -> Result<(Invited, bool), Error> {
    let (store, network, moment) = (ask.desk.store.clone(), ask.network.clone(), ask.moment);
    let key = ask.desk.reach.key.clone();
    let secret = Secret::given(token);
    Ask::apart(move || {
        from_network(&store, &network, moment, || {
            store
                .read(move |tx| look_at_invitation(tx, key.as_ref(), &secret, moment))
                .wait()
        })
    })
    .await
}

/// Where a code is asked for: it is sent when somebody says so, since looking at an invitation changes nothing.
fn code_page(token: &str, invited: &Invited, error: Option<&Error>) -> Markup {
    let body = html! {
        h1 { "Join " bdi { (words::shown(&invited.workspace, 80)) } }
        p.lead { "You were invited as " bdi { (words::shown(&invited.email, 200)) } ". That it is you is proved by a code, which goes there by mail." }
        (wrong(error))
        form method="post" action="/invitation" {
            input type="hidden" name="token" value=(token);
            button { "Send me the code" }
        }
        @if invited.role == Role::Worker { (promise()) }
    };
    plain_page("Join", &body)
}

fn invitation_page(
    token: &str,
    invited: &Invited,
    challenge: Option<&str>,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let body = html! {
        h1 { "Join " bdi { (words::shown(&invited.workspace, 80)) } }
        @if challenge.is_some() { p.lead { "A code is on its way to " bdi { (words::shown(&invited.email, 200)) } ". It counts for ten minutes." } }
        @else { p.lead { "You were invited as " bdi { (words::shown(&invited.email, 200)) } ". One step, and you are in." } }
        (wrong(error))
        form method="post" action="/invitation" {
            input type="hidden" name="token" value=(token);
            @if let Some(challenge) = challenge {
                input type="hidden" name="challenge" value=(challenge);
                (Field { autocomplete: "one-time-code", is_needed: true, class: "short", help: "Eight digits, from the mail.", ..Field::text("code", "Code", "") }.show(error))
            }
            (Field { autocomplete: "name", help: "Not needed where this address has an account here already.", ..Field::text("name", "Your name", form.text("name")) }.show(error))
            (Field { kind: "password", autocomplete: "current-password", is_needed: true,
                help: "That of your account here. If you have none yet, a new one: ten signs or more, three or four words are a good one.",
                ..Field::text("password", "Your password", "") }.show(error))
            @if invited.role == Role::Worker { (zone_field(invited, form, error)) }
            button { "Join the workspace" }
        }
        @if challenge.is_some() {
            form method="post" action="/invitation" {
                input type="hidden" name="token" value=(token);
                button.plain { "Send another code" }
            }
        }
        @if invited.role == Role::Worker { (promise()) }
    };
    plain_page("Join", &body)
}

/// Where they are: the browser puts in its zone where what stands there was only guessed at.
fn zone_field(invited: &Invited, form: &Form, error: Option<&Error>) -> Markup {
    let value = form.text_or("zone", &invited.zone);
    html! {
        div data-zone=(invited.zone) {
            (Field { help: "Due dates stand on this clock, such as Asia/Manila. You can change it later, under About you.",
                ..Field::text("zone", "Your time zone (optional)", &value) }.show(error))
        }
    }
}

/// Accepts it.
pub fn accept(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let token = form.text("token").to_owned();
        let (invited, is_asked) = look(&ask, &token).await?;
        if is_asked && form.text("challenge").is_empty() {
            return send_code(&ask, token, &invited).await;
        }
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let key = ask.desk.reach.key.clone();
        let (given, network) = (form.clone(), ask.network.clone());
        let done = Ask::apart(move || {
            let account = NewAccount {
                name: given.text("name").to_owned(),
                email: String::new(),
                password: given.raw("password").to_owned(),
            };
            let secret = Secret::given(given.text("token"));
            let joining = Joining {
                zone: given.text("zone").to_owned(),
                challenge: given.text("challenge").to_owned(),
                code: given.text("code").to_owned(),
            };
            from_network(&store, &network, moment, || {
                let key = key.as_ref();
                accept_invitation_with(&store, key, &secret, &account, &joining, caller, moment)
            })
        });
        match done.await {
            Ok(signed) if signed.needs_code => Ok(enter(&ask, &signed, "/sign-in/code")),
            Ok(signed) => Ok(enter(&ask, &signed, "/")),
            Err(error) if error.kind == ErrorKind::Failed => Err(error),
            Err(error) if error.code == "invitation.wrong" => Err(error),
            Err(error) => {
                let challenge = form.text("challenge");
                let challenge = is_asked.then_some(challenge);
                let page = invitation_page(&token, &invited, challenge, &form, Some(&error));
                Ok(with_quiet_address(page_with(status_of(&error), page)))
            }
        }
    })
}

/// Sends the code, and shows the form that it is typed into.
async fn send_code(
    ask: &Ask,
    token: String,
    invited: &Invited,
) -> Result<axum::response::Response, Error> {
    let (store, moment, secret) = (ask.desk.store.clone(), ask.moment, Secret::given(&token));
    let Some(key) = ask.desk.reach.key.clone() else {
        return Err(Error::not_found("key"));
    };
    let sent = Ask::apart(move || send_join_code(&store, &key, &secret, moment)).await;
    let response = match sent {
        Ok(challenge) => {
            let form = Form::default();
            shown(invitation_page(
                &token,
                invited,
                Some(&challenge),
                &form,
                None,
            ))
        }
        Err(error) if error.kind == ErrorKind::Failed => return Err(error),
        Err(error) => page_with(status_of(&error), code_page(&token, invited, Some(&error))),
    };
    Ok(with_quiet_address(response))
}
