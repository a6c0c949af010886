//! Passkeys: made on the security page, shown on the page to sign in. Both need the script; a password never does.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use offdesk_actions::accounts::from_network;
use offdesk_actions::moment::Secret;
use offdesk_actions::passkeys::{
    Asked, Party, begin_registration, begin_sign_in, finish_registration, finish_sign_in,
    remove_passkey,
};
use offdesk_actions::store::passkeys::PasskeyRow;
use offdesk_actions::{Error, ErrorKind};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::entry::{add_cookie, own_path, see_renewed};
use super::security::security_page;
use crate::desk::api::{json as answer, read};
use crate::desk::ask::{Answer, Ask, page_with};
use crate::desk::door::set_cookie;
use crate::desk::errors::{problem, status_of};
use crate::desk::form::Form;
use crate::desk::layout::{Field, moment};
use crate::words;

/// The button to sign in with a passkey; the script shows it where the browser knows passkeys.
pub fn sign_in_button(next: &str) -> Markup {
    html! {
        div data-passkey="sign-in" data-next=(next) hidden {
            p { "or" }
            button.plain type="button" { "Sign in with a passkey" }
            p role="status" {}
        }
    }
}

/// The passkeys of an account, and how to make one.
pub fn section(passkeys: &[PasskeyRow], zone: Option<&str>) -> Markup {
    html! {
        section aria-labelledby="passkeys" {
            h2 #passkeys { "Passkeys" }
            p { "A passkey signs you in without a password: your phone, computer or key asks for your finger, face or PIN. It is both factors at once, and cannot be given away by mistake." }
            @if !passkeys.is_empty() {
                table.rows {
                    thead { tr { th scope="col" { "Name" } th scope="col" { "Since" } th scope="col" { "Last used" } th scope="col" { "Passkey" } } }
                    tbody { @for passkey in passkeys { tr {
                        @let name = words::shown(&passkey.name, 60);
                        th scope="row" { bdi { (name) } }
                        td data-label="Since" { (moment(passkey.created_at, zone)) }
                        td data-label="Last used" { @if let Some(used) = passkey.used_at { (moment(used, zone)) } @else { "never" } }
                        td { details {
                            summary { "Remove" }
                            form method="post" action={ "/security/passkeys/" (passkey.id) "/removal" } {
                                label { "Your present password" input type="password" name="old" autocomplete="current-password" required; }
                                button.away.small { "Remove " bdi { (name) } }
                            }
                        } }
                    } } }
                }
            }
            form data-passkey="registration" hidden {
                (Field { help: "To tell it from others, such as: my phone.", is_needed: true, ..Field::text("passkey-name", "Name of the new passkey", "") }.show(None))
                (Field { kind: "password", autocomplete: "current-password", is_needed: true, ..Field::text("passkey-old", "Your present password", "") }.show(None))
                button.plain { "Make a passkey" }
                p role="status" {}
            }
            p.help data-without-script { "To make one, your browser needs to run scripts." }
        }
    }
}

fn party(ask: &Ask) -> Result<Arc<Party>, Error> {
    ask.desk.party.clone().ok_or_else(|| {
        Error::new(
            ErrorKind::Conflict,
            "passkey.address",
            "there are no passkeys under this address",
        )
        .hint("offdesk has to be started with --public-url and a name, not a number")
    })
}

fn asked(asked: &Asked) -> Result<Response, Error> {
    let body = json!({ "ceremony": asked.ceremony.reveal(), "options": asked.options });
    answer(StatusCode::OK, &body)
}

/// What went wrong, for the script, which shows it.
fn told(done: Result<Response, Error>) -> Result<Response, Error> {
    done.or_else(|error| Ok(problem(&error)))
}

/// Begins to make a passkey.
pub fn begin(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (party, actor) = (party(&ask), ask.actor()?.clone());
        let (store, moment) = (ask.desk.store.clone(), ask.moment);
        let done = Ask::apart(move || {
            begin_registration(&store, &actor, &*party?, form.raw("old"), moment)
        });
        told(done.await.and_then(|it| asked(&it)))
    })
}

/// What a browser sends back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    ceremony: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    next: String,
    credential: Value,
}

/// Keeps a passkey.
pub fn keep(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent: Result<Sent, Error> = read(&ask.bytes().await?);
        let (party, actor) = (party(&ask), ask.actor()?.clone());
        let (store, moment) = (ask.desk.store.clone(), ask.moment);
        let done = Ask::apart(move || {
            let sent = sent?;
            let secret = Secret::given(&sent.ceremony);
            finish_registration(
                &store,
                &actor,
                &*party?,
                &secret,
                &sent.name,
                &sent.credential,
                moment,
            )
        });
        let done = done.await.and_then(|secret| {
            ask.desk.wake_mails();
            let next = json!({ "next": "/security?done=passkey_added" });
            let mut response = answer(StatusCode::OK, &next)?;
            add_cookie(&mut response, &set_cookie(&ask.desk, &secret));
            Ok(response)
        });
        told(done)
    })
}

/// Removes a passkey.
pub fn remove(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("passkey")?, ask.form().await?);
        let actor = ask.actor()?.clone();
        let (store, moment) = (ask.desk.store.clone(), ask.moment);
        let done = Ask::apart(move || remove_passkey(&store, &actor, form.raw("old"), id, moment));
        match done.await {
            Ok(secret) => {
                ask.desk.wake_mails();
                Ok(see_renewed(&ask, "/security?done=passkey_removed", &secret))
            }
            Err(error) if error.code == "not_found" => Err(error),
            Err(error) => {
                // The password is asked for in several places of that page; the fault stands at its top.
                let error = Error { field: "", ..error };
                let page = security_page(&ask, &Form::default(), Some(&error), None).await?;
                Ok(page_with(status_of(&error), page))
            }
        }
    })
}

/// Begins to sign in.
pub fn begin_signing(ask: Ask) -> Answer {
    Box::pin(async move {
        let party = party(&ask);
        let (store, moment, network) = (ask.desk.store.clone(), ask.moment, ask.network.clone());
        let done = Ask::apart(move || begin_sign_in(&store, &*party?, &network, moment));
        told(done.await.and_then(|it| asked(&it)))
    })
}

/// Signs in.
pub fn sign_in(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent: Result<Sent, Error> = read(&ask.bytes().await?);
        let next = own_path(sent.as_ref().map_or("", |sent| sent.next.as_str()));
        let (party, network) = (party(&ask), ask.network.clone());
        let (store, moment, caller) = (ask.desk.store.clone(), ask.moment, ask.caller());
        let done = Ask::apart(move || {
            let (sent, party) = (sent?, party?);
            from_network(&store, &network, moment, || {
                let secret = Secret::given(&sent.ceremony);
                finish_sign_in(&store, &party, &secret, &sent.credential, caller, moment)
            })
        });
        let done = done.await.and_then(|signed| {
            let mut response = answer(StatusCode::OK, &json!({ "next": next }))?;
            add_cookie(&mut response, &set_cookie(&ask.desk, &signed.secret));
            Ok(response)
        });
        told(done)
    })
}
