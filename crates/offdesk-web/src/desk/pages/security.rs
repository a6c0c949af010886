//! Security: the password, the second factor, where one is signed in, and tokens for programs.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::accounts::{
    change_password, end_session, list_account_events, list_sessions, second_factor,
};
use offdesk_actions::actor::{Actor, Permission};
use offdesk_actions::members::list_tokens;
use offdesk_actions::passkeys::list_passkeys;
use offdesk_actions::sign_in_rules::session_days;
use offdesk_actions::store::sessions::SessionRow;
use offdesk_actions::workspaces::load_settings;

use super::account_events::{agent, events_section};
use super::entry::see_renewed;
use super::passkeys;
use super::tokens::{self, Made};
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, moment, said, wrong};
use crate::words;

/// So many of the latest events of an account are shown.
const EVENTS: u32 = 20;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let page = security_page(&ask, &Form::default(), None, None).await?;
        Ok(shown(page))
    })
}

/// The page, after something was refused or a token was made.
///
/// # Errors
/// Those of the store.
pub async fn security_page(
    ask: &Ask,
    form: &Form,
    error: Option<&Error>,
    made: Option<&Made>,
) -> Result<Markup, Error> {
    let (factor, sessions, known, days, events) = ask
        .read(|tx, actor, moment| {
            Ok((
                second_factor(tx, actor)?,
                list_sessions(tx, actor, moment)?,
                list_passkeys(tx, actor)?,
                session_days(tx, actor)?,
                list_account_events(tx, actor, None, EVENTS)?,
            ))
        })
        .await?;
    let actor = ask.actor()?;
    let of_workspace = if actor.may(Permission::Administer) {
        let read = ask.read(|tx, actor, _| {
            let (settings, _) = load_settings(tx, actor)?;
            Ok((list_tokens(tx, actor)?, settings.zone))
        });
        Some(read.await?)
    } else {
        None
    };
    let zone = of_workspace.as_ref().and_then(|(_, zone)| zone.as_deref());
    let note = match ask.query.text("done") {
        "password" => {
            "Your password is changed. All your other sessions have ended, and all tokens you had made."
        }
        "passkey_added" => "The passkey is made. You can sign in with it from now on.",
        "passkey_removed" => "That passkey does not count any more.",
        "factor_removed" => "The second factor is gone.",
        "ended" => "That session has ended.",
        "revoked" => "That token does not count any more.",
        _ => "",
    };
    let body = html! {
        h1 { "Security" }
        (said(if error.is_none() && made.is_none() { note } else { "" }))
        (wrong(error))
        @if let Some(made) = made { (tokens::made(made)) }
        (factor_section(factor))
        @if ask.desk.party.is_some() || !known.is_empty() { (passkeys::section(&known, zone)) }
        (sessions_section(actor, &sessions, days, zone))
        (password_section(error))
        (events_section(&events, zone))
        p { a href="/notices" { "What you are told, and when" } }
        @if let Some((tokens, _)) = &of_workspace { (tokens::section(actor, tokens, zone, (form, ask.moment.micros()), error)) }
    };
    Ok(desk_page(ask, "Security", &body))
}

fn password_section(error: Option<&Error>) -> Markup {
    let secret = |name, label, autocomplete| Field {
        kind: "password",
        is_needed: true,
        autocomplete,
        ..Field::text(name, label, "")
    };
    html! {
        section aria-labelledby="password-title" {
            h2 #password-title { "Password" }
            form method="post" action="/security/password" {
                (secret("old", "Your present password", "current-password").show(error))
                (Field { help: "Ten signs or more. Three or four words are a good one.", ..secret("password", "The new one", "new-password") }.show(error))
                button.plain { "Change the password" }
                p { small { "All your other sessions end with it, and all tokens you have made." } }
            }
        }
    }
}

fn factor_section(factor: Option<u64>) -> Markup {
    html! {
        section aria-labelledby="factor" {
            h2 #factor { "Second factor" }
            @match factor {
                Some(left) => {
                    p { "On: signing in takes your password and a code of your authenticator app. " (words::count(left, "recovery code is", "recovery codes are")) " left." }
                    p.actions { a.button.plain href="/security/second-factor" { "Change the second factor" } }
                }
                None => {
                    p { "Off: whoever knows your password can sign in. With an authenticator app on your phone they would need that, too." }
                    p.actions { a.button href="/security/second-factor" { "Set up a second factor" } }
                }
            }
        }
    }
}

fn sessions_section(
    actor: &Actor,
    sessions: &[SessionRow],
    (unused, longest): (i64, i64),
    zone: Option<&str>,
) -> Markup {
    html! {
        section aria-labelledby="sessions" {
            h2 #sessions { "Where you are signed in" }
            p { "A session ends when it is not used for " (days(unused)) ", and after " (days(longest)) " at the latest." }
            table.rows {
                thead { tr { th scope="col" { "Browser" } th scope="col" { "Since" } th scope="col" { "Last used" } th scope="col" { "Ends unused" } th scope="col" { "Session" } } }
                tbody { @for session in sessions { tr {
                    th scope="row" { bdi { (agent(&session.agent)) } @if !session.is_verified { small { "waits for the second factor" } } }
                    td data-label="Since" { (moment(session.created_at, zone)) }
                    td data-label="Last used" { (moment(session.seen_at, zone)) }
                    td data-label="Ends unused" { (moment(session.ends_at(), zone)) }
                    td {
                        @if actor.session == Some(session.id) { span.tag { "this one" } }
                        @else {
                            form method="post" action={ "/security/sessions/" (session.id) "/removal" } {
                                button.plain.small aria-label={ "End the session of " (agent(&session.agent)) } { "End" }
                            }
                        }
                    }
                } } }
            }
        }
    }
}

/// A number of days in words.
pub(super) fn days(number: i64) -> String {
    words::count(number.unsigned_abs(), "day", "days")
}

/// Changes the password.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let given = form.clone();
        let done = Ask::apart(move || {
            change_password(
                &store,
                &actor,
                given.raw("old"),
                given.raw("password"),
                moment,
            )
        });
        match done.await {
            Ok(secret) => Ok(see_renewed(&ask, "/security?done=password", &secret)),
            Err(error) => refused(&ask, &form, error).await,
        }
    })
}

/// The page with what was refused; what is missing stays missing.
///
/// # Errors
/// The error itself, where no form can put it right.
pub async fn refused(
    ask: &Ask,
    form: &Form,
    error: Error,
) -> Result<axum::response::Response, Error> {
    if matches!(error.code, "not_found" | "forbidden" | "sign_in") {
        return Err(error);
    }
    let page = security_page(ask, form, Some(&error), None).await?;
    Ok(page_with(status_of(&error), page))
}

/// Ends a session.
pub fn end(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("session")?;
        ask.write(move |tx, actor, moment| end_session(tx, actor, id, moment))
            .await?;
        Ok(see("/security?done=ended#sessions"))
    })
}
