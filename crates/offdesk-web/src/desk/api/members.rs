//! What an owner changes about members and about signing in: for sessions only, never for tokens.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::actor::{Permission, Role};
use offdesk_actions::members::json::{MembersJson, SignInRulesJson};
use offdesk_actions::members::{
    change_role, reinstate_member, remove_member, suspend_member, withdraw_invitation,
};
use offdesk_actions::sign_in_rules::{SignInRules, change_sign_in_rules, load_sign_in_rules};
use offdesk_actions::{Error, store::Uuid};
use serde::Deserialize;

use super::table::Line;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::routes::Access;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let may = Access::May(Permission::Administer);
    let (members, rules) = ("offdesk.members/1", "offdesk.sign_in_rules/1");
    vec![
        (
            Method::PUT,
            "/api/v1/members/{member}",
            may,
            set_role,
            "Gives a member another role; never for tokens",
            &[("role", "string")],
            members,
        ),
        (
            Method::DELETE,
            "/api/v1/members/{member}",
            may,
            remove,
            "Removes a member with the tokens they made; never for tokens",
            &[],
            "none",
        ),
        (
            Method::POST,
            "/api/v1/members/{member}/suspension",
            may,
            suspend,
            "Suspends a member: they and their tokens reach nothing; never for tokens",
            &[],
            members,
        ),
        (
            Method::DELETE,
            "/api/v1/members/{member}/suspension",
            may,
            reinstate,
            "Lets a suspended member back in; never for tokens",
            &[],
            "none",
        ),
        (
            Method::DELETE,
            "/api/v1/invitations/{invitation}",
            may,
            withdraw,
            "Takes an invitation back; never for tokens",
            &[],
            "none",
        ),
        (
            Method::GET,
            "/api/v1/sign-in-rules",
            may,
            show_rules,
            "What is asked of members when they sign in, with the version to change it by; never for tokens",
            &[],
            rules,
        ),
        (
            Method::PUT,
            "/api/v1/sign-in-rules",
            may,
            set_rules,
            "Changes the rules that were read; never for tokens",
            &[
                ("second_factor", "boolean"),
                ("idle_days", "integer"),
                ("session_days", "integer"),
                ("version", "integer"),
            ],
            rules,
        ),
    ]
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRole {
    role: String,
}

/// A role by its word.
///
/// # Errors
/// `member.role`.
pub(super) fn role_of(word: &str) -> Result<Role, Error> {
    Role::of(word).ok_or_else(|| {
        let shown = crate::words::shown(word, 40);
        Error::invalid("role", "member.role", format!("\"{shown}\" is no role"))
            .hint("give owner, manager or viewer")
    })
}

fn set_role(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, sent) = (ask.id("member")?, ask.bytes().await?);
        let new: NewRole = read(&sent)?;
        let role = role_of(&new.role)?;
        let answer = ask
            .write(move |tx, actor, moment| {
                change_role(tx, actor, id, role, moment)?;
                MembersJson::load(tx, actor, moment)
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}

fn remove(ask: Ask) -> Answer {
    gone(ask, "member", remove_member)
}

fn reinstate(ask: Ask) -> Answer {
    gone(ask, "member", reinstate_member)
}

fn withdraw(ask: Ask) -> Answer {
    gone(ask, "invitation", withdraw_invitation)
}

/// What an action on something leaves nothing to tell of.
fn gone(
    ask: Ask,
    what: &'static str,
    action: fn(
        &mut offdesk_actions::store::Tx<'_>,
        &offdesk_actions::actor::Actor,
        Uuid,
        offdesk_actions::Moment,
    ) -> Result<(), Error>,
) -> Answer {
    Box::pin(async move {
        let id = ask.id(what)?;
        ask.write(move |tx, actor, moment| action(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

fn suspend(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, sent) = (ask.id("member")?, ask.bytes().await?);
        change(
            &ask,
            Permission::Administer,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                suspend_member(tx, actor, id, moment)?;
                MembersJson::load(tx, actor, moment)
            },
        )
        .await
    })
}

fn show_rules(ask: Ask) -> Answer {
    Box::pin(async move {
        let rules = ask
            .read(|tx, actor, _| load_sign_in_rules(tx, actor))
            .await?;
        json(StatusCode::OK, &SignInRulesJson::of(rules))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewRules {
    second_factor: bool,
    idle_days: i64,
    session_days: i64,
    version: i64,
}

fn set_rules(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: NewRules = read(&ask.bytes().await?)?;
        let rules = SignInRules {
            needs_factor: new.second_factor,
            idle_days: new.idle_days,
            session_days: new.session_days,
        };
        let answer = ask
            .write(move |tx, actor, moment| {
                change_sign_in_rules(tx, actor, rules, new.version, moment)?;
                load_sign_in_rules(tx, actor)
            })
            .await?;
        json(StatusCode::OK, &SignInRulesJson::of(answer))
    })
}
