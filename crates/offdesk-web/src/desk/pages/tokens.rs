//! Tokens for programs: made with what they may do, shown once, revoked.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::{Actor, TokenScope};
use offdesk_actions::members::{NewToken, make_token, revoke_token};
use offdesk_actions::moment::Secret;
use offdesk_actions::store::tokens::TokenRow;

use super::security::{refused, security_page};
use crate::desk::api::scopes_of;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::sentence;
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice, moment};
use crate::words;

/// A token that was just made.
pub struct Made {
    name: String,
    secret: Secret,
}

/// The secret of a token, once.
pub fn made(made: &Made) -> Markup {
    html! {
        div.said role="status" {
            p { "The token for " bdi { (words::shown(&made.name, 80)) } " is made. " strong { "It is shown only now:" } }
            code.secret { (made.secret.reveal()) }
            p { small { "A program sends it as  Authorization: Bearer TOKEN" } }
        }
    }
}

/// The tokens of the workspace, and the form for a new one.
pub fn section(
    actor: &Actor,
    tokens: &[TokenRow],
    zone: Option<&str>,
    (form, now): (&Form, i64),
    error: Option<&Error>,
) -> Markup {
    html! {
        section aria-labelledby="tokens" {
            h2 #tokens { "Tokens for programs" }
            p { "A token reaches " bdi { (actor.workspace_name) } " only, and no more of it than you choose here. None reaches members, sessions or other tokens." }
            @if !tokens.is_empty() { (list(tokens, zone, now)) }
            (new_one(form, error))
        }
    }
}

fn list(tokens: &[TokenRow], zone: Option<&str>, now: i64) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Token" } th scope="col" { "It may" } th scope="col" { "Made" } th scope="col" { "Last used" } th scope="col" { "Ends" } th scope="col" { "State" } } }
            tbody { @for token in tokens { tr {
                th scope="row" { bdi { (words::shown(&token.name, 80)) } }
                td data-label="It may" { (token.scopes.replace(' ', ", ")) }
                td data-label="Made" { (moment(token.created_at, zone)) }
                td data-label="Last used" { @match token.used_at { Some(at) => (moment(at, zone)), None => "never" } }
                td data-label="Ends" { @match token.expires_at { Some(at) => (moment(at, zone)), None => "never; make a new one that does" } }
                td {
                    @if let Some(at) = token.revoked_at { "revoked " (moment(at, zone)) }
                    @else if !token.is_live(now) { "ended" }
                    @else {
                        form method="post" action={ "/security/tokens/" (token.id) "/removal" } {
                            button.plain.small aria-label={ "Revoke " (words::shown(&token.name, 80)) } { "Revoke" }
                        }
                    }
                }
            } } }
        }
    }
}

fn says(scope: TokenScope) -> &'static str {
    match scope {
        TokenScope::Read => "see hours, activities, worth and what to hand off",
        TokenScope::Import => "import and log time",
        TokenScope::Edit => "change activities and blueprints",
        TokenScope::Manage => "set the worth and the settings",
        TokenScope::Usage => {
            "note how much an AI agent was used, and see nothing: for the agent itself"
        }
    }
}

fn new_one(form: &Form, error: Option<&Error>) -> Markup {
    let chosen: Vec<&str> = form.all("scope").collect();
    let fault = error.filter(|error| error.field == "scopes");
    html! {
        form method="post" action="/security/tokens" {
            (Field { is_needed: true, help: "What it is for, so that you know later.", ..Field::text("name", "A new token for", form.text("name")) }.show(error))
            fieldset aria-describedby=[fault.map(|_| "scopes-fault")] {
                legend { "It may" }
                @for scope in TokenScope::ALL {
                    label.choice { input type="checkbox" name="scope" value=(scope.word()) checked[chosen.contains(&scope.word())]; span { strong { (scope.word()) } ": " (says(scope)) } }
                }
                @if let Some(fault) = fault { p.fault #scopes-fault { (sentence(&fault.message)) } }
            }
            (choice("days", "It counts for", &form.text_or("days", "90"), &[("30", "30 days"), ("90", "90 days"), ("365", "a year")]))
            (Field { kind: "password", autocomplete: "current-password", is_needed: true, ..Field::text("token_old", "Your present password", "") }.show(error))
            button.plain { "Make the token" }
        }
    }
}

/// Makes a token and shows it.
pub fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let name = form.text("name").to_owned();
        let done = match scopes_of(form.all("scope")) {
            Ok(scopes) => {
                let new = NewToken {
                    name: name.clone(),
                    scopes,
                    days: form.text_or("days", "90").parse().unwrap_or(0),
                };
                let (store, actor) = (ask.desk.store.clone(), ask.actor()?.clone());
                let (given, moment) = (form.clone(), ask.moment);
                let made = Ask::apart(move || {
                    make_token(&store, &actor, given.raw("token_old"), new, moment)
                });
                made.await.map_err(|error| match error.field {
                    "old" => Error {
                        field: "token_old",
                        ..error
                    },
                    _ => error,
                })
            }
            Err(error) => Err(error),
        };
        match done {
            Ok((_, secret)) => {
                let made = Made { name, secret };
                let page = security_page(&ask, &Form::default(), None, Some(&made)).await?;
                Ok(shown(page))
            }
            Err(error) => refused(&ask, &form, error).await,
        }
    })
}

/// Revokes a token.
pub fn revoke(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("token")?;
        ask.write(move |tx, actor, moment| revoke_token(tx, actor, id, moment))
            .await?;
        Ok(see("/security?done=revoked#tokens"))
    })
}
