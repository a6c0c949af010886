//! What is given once and never again, for sessions only: tokens for programs, and the links of invitations.

use axum::http::{Method, StatusCode};
use offdesk_actions::Error;
use offdesk_actions::actor::{Permission, Role, TokenScope};
use offdesk_actions::members::json::NewTokenJson;
use offdesk_actions::members::{NewToken, invite, invite_by_mail, make_token};
use offdesk_actions::moment::Secret;
use offdesk_actions::people::inviting::{invite_person, invite_person_by_mail};
use offdesk_actions::people::json::InvitationJson;
use serde::Deserialize;

use super::table::Line;
use super::{json, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::members::invitation_link;
use crate::desk::routes::Access;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let may = Access::May(Permission::Administer);
    vec![
        (
            Method::POST,
            "/api/v1/tokens",
            may,
            make as fn(Ask) -> Answer,
            "Makes a token with scopes (read, import, edit, manage, usage) for 1 to 365 days, 90 where none are said; old is your password; it is given once, and takes no Idempotency-Key; never for tokens",
            &[
                ("name", "string"),
                ("scopes", "[string]"),
                ("days", "integer?"),
                ("old", "string"),
            ][..],
            "offdesk.new_token/1",
        ),
        (
            Method::POST,
            "/api/v1/invitations",
            may,
            invite_member,
            "Invites somebody as viewer, manager or owner: by_mail sends the link, else it is given once; takes no Idempotency-Key; never for tokens",
            &[
                ("email", "string"),
                ("role", "string"),
                ("by_mail", "boolean?"),
            ],
            "offdesk.invitation/1",
        ),
        (
            Method::POST,
            "/api/v1/people/{person}/invitation",
            may,
            invite_worker,
            "Invites a person to join as a worker: by_mail sends the link, else it is given once; takes no Idempotency-Key; never for tokens",
            &[("by_mail", "boolean?")],
            "offdesk.invitation/1",
        ),
    ]
}

/// Refuses to keep an answer that holds a secret.
pub(super) fn refuse_key(ask: &Ask) -> Result<(), Error> {
    if ask.headers.contains_key(super::IDEMPOTENCY_KEY) {
        return Err(Error::invalid(
            "",
            "request.key_of_secret",
            "the answer to this is secret, so none is kept under an idempotency key",
        )
        .hint("send it without the key; what was made twice can be taken back"));
    }
    Ok(())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokenToMake {
    name: String,
    scopes: Vec<String>,
    #[serde(default = "usual_days")]
    days: i64,
    old: String,
}

/// A token counts for so many days where nothing is said, here as on the page.
fn usual_days() -> i64 {
    90
}

fn make(mut ask: Ask) -> Answer {
    Box::pin(async move {
        refuse_key(&ask)?;
        let wanted: TokenToMake = read(&ask.bytes().await?)?;
        let scopes = scopes_of(wanted.scopes.iter().map(String::as_str))?;
        let new = NewToken {
            name: wanted.name,
            scopes,
            days: wanted.days,
        };
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let asked_for = new.clone();
        let made = Ask::apart(move || make_token(&store, &actor, &wanted.old, new, moment));
        let (id, secret) = made.await?;
        let answer = NewTokenJson::of(&asked_for, id, &secret);
        json(StatusCode::CREATED, &answer)
    })
}

/// The scopes of a token by their words.
///
/// # Errors
/// `token.scopes` for a word that is none.
pub fn scopes_of<'w>(words: impl Iterator<Item = &'w str>) -> Result<Vec<TokenScope>, Error> {
    let scopes = words.map(|word| {
        TokenScope::of(word).ok_or_else(|| {
            let shown = crate::words::shown(word, 40);
            let message = format!("\"{shown}\" is nothing a token may do");
            Error::invalid("scopes", "token.scopes", message)
                .hint("choose read, import, edit, manage or usage")
        })
    });
    scopes.collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invited {
    email: String,
    role: String,
    #[serde(default)]
    by_mail: bool,
}

/// Answers with the link, or with that a mail is on its way.
fn invited(ask: &Ask, secret: Option<&Secret>) -> Result<axum::response::Response, Error> {
    if secret.is_none() {
        ask.desk.wake_mails();
    }
    let answer = secret.map_or_else(InvitationJson::by_mail, |secret| {
        InvitationJson::by_link(invitation_link(ask, secret))
    });
    json(StatusCode::CREATED, &answer)
}

fn invite_member(mut ask: Ask) -> Answer {
    Box::pin(async move {
        refuse_key(&ask)?;
        let new: Invited = read(&ask.bytes().await?)?;
        let role = super::members::role_of(&new.role)?;
        let secret = ask
            .write(move |tx, actor, moment| of_member(tx, actor, &new, role, moment))
            .await?;
        invited(&ask, secret.as_ref())
    })
}

fn of_member(
    tx: &mut offdesk_actions::store::Tx<'_>,
    actor: &offdesk_actions::actor::Actor,
    new: &Invited,
    role: Role,
    moment: offdesk_actions::Moment,
) -> Result<Option<Secret>, Error> {
    if new.by_mail {
        invite_by_mail(tx, actor, &new.email, role, moment)?;
        return Ok(None);
    }
    invite(tx, actor, &new.email, role, moment).map(Some)
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct InvitedWorker {
    by_mail: bool,
}

fn invite_worker(mut ask: Ask) -> Answer {
    Box::pin(async move {
        refuse_key(&ask)?;
        let id = ask.id("person")?;
        let new: InvitedWorker = read_if_any(&ask.bytes().await?)?;
        let secret = ask
            .write(move |tx, actor, moment| {
                if new.by_mail {
                    invite_person_by_mail(tx, actor, id, moment)?;
                    return Ok(None);
                }
                invite_person(tx, actor, id, moment).map(Some)
            })
            .await?;
        invited(&ask, secret.as_ref())
    })
}
