//! One's own account, for sessions only: the password, the second factor, passkeys.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::accounts::{
    change_password, propose_second_factor, remove_second_factor, second_factor, set_second_factor,
};
use offdesk_actions::moment::Secret;
use offdesk_actions::passkeys::{list_passkeys, remove_passkey};
use serde::{Deserialize, Serialize};

use super::table::Line;
use super::{at, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::door::set_cookie;
use crate::desk::pages::entry::add_cookie;
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::SignedIn;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let mut all = factor_lines();
    all.extend([
        (
            Method::PUT,
            "/api/v1/password",
            SignedIn,
            set_password as fn(Ask) -> Answer,
            "Changes your password, where the old one is right; all your other sessions end, and all tokens you have made; never for tokens",
            &[("old", "string"), ("password", "string")][..],
            "none",
        ),
        (
            Method::GET,
            "/api/v1/passkeys",
            SignedIn,
            passkeys,
            "A page of your passkeys; they are made by a browser, on the page Security; never for tokens",
            &[],
            "offdesk.passkeys/1",
        ),
        (
            Method::DELETE,
            "/api/v1/passkeys/{passkey}",
            SignedIn,
            remove_key,
            "Removes a passkey of yours, where your password is right; never for tokens",
            &[("old", "string")],
            "none",
        ),
    ]);
    all
}

fn factor_lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/second-factor",
            SignedIn,
            factor,
            "Whether you have a second factor, and how many recovery codes are left; never for tokens",
            &[],
            "offdesk.second_factor/1",
        ),
        (
            Method::GET,
            "/api/v1/second-factor/proposal",
            SignedIn,
            propose,
            "A new key for an authenticator app; nothing is kept before a code of it was given; never for tokens",
            &[],
            "offdesk.second_factor_proposal/1",
        ),
        (
            Method::PUT,
            "/api/v1/second-factor",
            SignedIn,
            set_factor,
            "Sets the second factor by a key that was proposed, with a code of it and your password; the recovery codes are given once; never for tokens",
            &[("secret", "string"), ("code", "string"), ("old", "string")],
            "offdesk.recovery_codes/1",
        ),
        (
            Method::DELETE,
            "/api/v1/second-factor",
            SignedIn,
            remove_factor,
            "Takes your second factor away, where your password is right; never for tokens",
            &[("old", "string")],
            "none",
        ),
    ]
}

#[derive(Serialize)]
struct FactorJson {
    schema: &'static str,
    on: bool,
    recovery_codes: Option<u64>,
}

fn factor(ask: Ask) -> Answer {
    Box::pin(async move {
        let left = ask.read(|tx, actor, _| second_factor(tx, actor)).await?;
        let answer = FactorJson {
            schema: "offdesk.second_factor/1",
            on: left.is_some(),
            recovery_codes: left,
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Serialize)]
struct ProposalJson {
    schema: &'static str,
    secret: String,
    address: String,
}

fn propose(ask: Ask) -> Answer {
    Box::pin(async move {
        let proposed = propose_second_factor(ask.actor()?, ask.moment)?;
        let answer = ProposalJson {
            schema: "offdesk.second_factor_proposal/1",
            secret: proposed.secret,
            address: proposed.address,
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFactor {
    secret: String,
    code: String,
    old: String,
}

#[derive(Serialize)]
struct CodesJson {
    schema: &'static str,
    codes: Vec<String>,
}

fn set_factor(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: NewFactor = read(&ask.bytes().await?)?;
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let reach = ask.desk.reach.clone();
        let done = Ask::apart(move || {
            let key = reach.key.as_ref();
            set_second_factor(
                &store,
                &actor,
                key,
                &new.old,
                &new.secret,
                &new.code,
                moment,
            )
        });
        let set = done.await?;
        let answer = CodesJson {
            codes: set.codes,
            schema: "offdesk.recovery_codes/1",
        };
        ask.desk.wake_mails();
        let mut response = json(StatusCode::OK, &answer)?;
        add_cookie(&mut response, &set_cookie(&ask.desk, &set.secret));
        Ok(response)
    })
}

/// What is sent with what only the password allows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Owned {
    old: String,
}

fn remove_factor(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let owned: Owned = read(&ask.bytes().await?)?;
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let done = Ask::apart(move || remove_second_factor(&store, &actor, &owned.old, moment));
        told(&ask, done.await)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    old: String,
    password: String,
}

fn set_password(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: NewPassword = read(&ask.bytes().await?)?;
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let done =
            Ask::apart(move || change_password(&store, &actor, &new.old, &new.password, moment));
        told(&ask, done.await)
    })
}

#[derive(Serialize)]
struct PasskeyJson {
    id: String,
    name: String,
    made: String,
    used: Option<String>,
}

#[derive(Serialize)]
struct PasskeysJson {
    schema: &'static str,
    passkeys: Vec<PasskeyJson>,
    next: Option<String>,
}

fn passkeys(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let rows = ask.read(|tx, actor, _| list_passkeys(tx, actor)).await?;
        let (rows, next) = paging.page(rows, Order::Rising, |row| (row.created_at, row.id))?;
        let passkeys = rows.into_iter().map(|row| PasskeyJson {
            id: row.id.to_string(),
            name: row.name,
            made: at(row.created_at),
            used: row.used_at.map(at),
        });
        let answer = PasskeysJson {
            schema: "offdesk.passkeys/1",
            passkeys: passkeys.collect(),
            next,
        };
        json(StatusCode::OK, &answer)
    })
}

fn remove_key(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("passkey")?;
        let owned: Owned = read(&ask.bytes().await?)?;
        let (store, actor, moment) = (ask.desk.store.clone(), ask.actor()?.clone(), ask.moment);
        let done = Ask::apart(move || remove_passkey(&store, &actor, &owned.old, id, moment));
        told(&ask, done.await)
    })
}

/// The session goes on under a new secret; the mail that tells of the change goes out.
fn told(ask: &Ask, done: Result<Secret, Error>) -> Result<axum::response::Response, Error> {
    let secret = done?;
    ask.desk.wake_mails();
    let mut response = StatusCode::NO_CONTENT.into_response();
    add_cookie(&mut response, &set_cookie(&ask.desk, &secret));
    Ok(response)
}
