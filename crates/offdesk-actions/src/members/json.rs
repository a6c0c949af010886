//! Members and the rules for signing in as JSON, the same for the command line and the API.

use offdesk_store::members::{InvitationRow, MemberRow};
use offdesk_store::tokens::TokenRow;
use offdesk_store::{Tx, Uuid};
use serde::Serialize;

use super::{NewToken, list_members};
use crate::actor::Actor;
use crate::error::Error;
use crate::moment::{Moment, Secret, at};
use crate::sign_in_rules::SignInRules;

#[derive(Debug, Serialize)]
struct MemberJson {
    account: String,
    name: String,
    email: String,
    role: String,
    since: Option<String>,
    suspended: Option<String>,
    second_factor: bool,
}

#[derive(Debug, Serialize)]
struct InvitationJson {
    id: String,
    email: String,
    role: String,
    until: Option<String>,
}

/// Members and open invitations as `offdesk.members/1`.
#[derive(Debug, Serialize)]
pub struct MembersJson {
    schema: &'static str,
    members: Vec<MemberJson>,
    invitations: Vec<InvitationJson>,
    next: Option<String>,
}

impl MembersJson {
    /// Those of the open workspace.
    ///
    /// # Errors
    /// Those of the actor and of the store.
    pub fn load(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Self, Error> {
        let (members, invitations) = list_members(tx, actor, moment)?;
        Ok(Self::of(members, invitations, None))
    }

    /// Members and invitations that were loaded, with the place where the next page of members begins.
    #[must_use]
    pub fn of(
        members: Vec<MemberRow>,
        invitations: Vec<InvitationRow>,
        next: Option<String>,
    ) -> Self {
        let members = members.into_iter().map(|row| MemberJson {
            account: row.account_id.to_string(),
            name: row.name,
            email: row.email,
            role: row.role,
            since: at(row.created_at),
            suspended: row.suspended_at.and_then(at),
            second_factor: row.has_factor,
        });
        let invitations = invitations.into_iter().map(|row| InvitationJson {
            id: row.id.to_string(),
            email: row.email,
            role: row.role,
            until: at(row.expires_at),
        });
        Self {
            schema: "offdesk.members/1",
            members: members.collect(),
            invitations: invitations.collect(),
            next,
        }
    }
}

#[derive(Debug, Serialize)]
struct TokenJson {
    id: String,
    name: String,
    scopes: String,
    made: Option<String>,
    used: Option<String>,
    ends: Option<String>,
    revoked: Option<String>,
}

/// Tokens without their secrets as `offdesk.tokens/1`.
#[derive(Debug, Serialize)]
pub struct TokensJson {
    schema: &'static str,
    tokens: Vec<TokenJson>,
    next: Option<String>,
}

impl TokensJson {
    /// Tokens that were loaded, with the place where the next page begins.
    #[must_use]
    pub fn of(rows: Vec<TokenRow>, next: Option<String>) -> Self {
        let tokens = rows.into_iter().map(|row| TokenJson {
            id: row.id.to_string(),
            name: row.name,
            scopes: row.scopes,
            made: at(row.created_at),
            used: row.used_at.and_then(at),
            ends: row.expires_at.and_then(at),
            revoked: row.revoked_at.and_then(at),
        });
        Self {
            schema: "offdesk.tokens/1",
            tokens: tokens.collect(),
            next,
        }
    }
}

/// A token that was made, with its secret, which is given once, as `offdesk.new_token/1`.
#[derive(Debug, Serialize)]
pub struct NewTokenJson {
    schema: &'static str,
    id: String,
    name: String,
    scopes: Vec<&'static str>,
    token: String,
}

impl NewTokenJson {
    /// What was asked for, and what was made.
    #[must_use]
    pub fn of(new: &NewToken, id: Uuid, secret: &Secret) -> Self {
        Self {
            schema: "offdesk.new_token/1",
            id: id.to_string(),
            name: new.name.trim().to_owned(),
            scopes: new.scopes.iter().map(|scope| scope.word()).collect(),
            token: secret.reveal().to_owned(),
        }
    }
}

/// The rules for signing in as `offdesk.sign_in_rules/1`, with the version to change them by.
#[derive(Debug, Serialize)]
pub struct SignInRulesJson {
    schema: &'static str,
    second_factor: bool,
    idle_days: i64,
    session_days: i64,
    version: i64,
}

impl SignInRulesJson {
    /// Those that were loaded.
    #[must_use]
    pub fn of((rules, version): (SignInRules, i64)) -> Self {
        Self {
            schema: "offdesk.sign_in_rules/1",
            second_factor: rules.needs_factor,
            idle_days: rules.idle_days,
            session_days: rules.session_days,
            version,
        }
    }
}
