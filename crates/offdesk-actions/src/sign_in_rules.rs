//! What a workspace asks of its members when they sign in, and for how long they stay signed in.

use crate::accounts::{has_factor, has_shown_factor, no_token, own_session};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use offdesk_store::members::list_members;
use offdesk_store::sign_in_rules::{
    Limits, RulesRow, list_rules_of, load_rules, shorten_sessions_of, update_rules,
};
use offdesk_store::{Tx, Uuid};

/// A session that is not used ends after so many days at the latest.
pub const MOST_IDLE_DAYS: i64 = 14;
/// A session ends after so many days at the latest.
pub const MOST_SESSION_DAYS: i64 = 90;
const DAY_MICROS: i64 = 24 * 3600 * 1_000_000;

/// The rules of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignInRules {
    /// Every member needs a second factor: an authenticator app or a passkey.
    pub needs_factor: bool,
    /// A session ends when it is not used for so many days, 1 to 14.
    pub idle_days: i64,
    /// A session ends after so many days, 1 to 90.
    pub session_days: i64,
}

impl SignInRules {
    fn of(row: RulesRow) -> Self {
        Self {
            needs_factor: row.needs_factor,
            idle_days: row.idle_days,
            session_days: row.session_days,
        }
    }
}

/// The rules of the open workspace, with the version to change them by.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_sign_in_rules(tx: &mut Tx<'_>, actor: &Actor) -> Result<(SignInRules, i64), Error> {
    no_token(actor)?;
    let row = load_rules(&mut actor.within(tx, Permission::Administer)?)?;
    Ok((SignInRules::of(row), row.version))
}

/// Changes the rules of the open workspace. A second factor is asked for with the next request; sessions that are too long are
/// shortened at once.
///
/// # Errors
/// `sign_in.idle_days`, `sign_in.session_days`, `sign_in.factor_first` where the actor has shown no second factor of their own,
/// `store.conflict`.
pub fn change_sign_in_rules(
    tx: &mut Tx<'_>,
    actor: &Actor,
    rules: SignInRules,
    version: i64,
    moment: Moment,
) -> Result<(), Error> {
    no_token(actor)?;
    let mut scope = actor.within(tx, Permission::Administer)?;
    within(
        "idle_days",
        "sign_in.idle_days",
        rules.idle_days,
        MOST_IDLE_DAYS,
    )?;
    within(
        "session_days",
        "sign_in.session_days",
        rules.session_days,
        MOST_SESSION_DAYS,
    )?;
    scope.hold()?;
    let old = load_rules(&mut scope)?;
    let members = list_members(&mut scope)?;
    if rules.needs_factor && !old.needs_factor {
        has_own_factor(tx, actor, moment)?;
    }
    let mut scope = actor.within(tx, Permission::Administer)?;
    let new = RulesRow {
        needs_factor: rules.needs_factor,
        idle_days: rules.idle_days,
        session_days: rules.session_days,
        version,
    };
    update_rules(&mut scope, &new)?;
    let detail = differences(&SignInRules::of(old), &rules);
    note(
        &mut scope,
        actor,
        moment,
        "change_sign_in_rules",
        "",
        detail,
    )?;
    for member in members {
        shorten_sessions(tx, member.account_id)?;
    }
    Ok(())
}

/// Nobody shuts themselves out: whoever asks others for a second factor has come with one.
fn has_own_factor(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    let refused = |message: &str, hint: &str| {
        let error = Error::new(ErrorKind::Conflict, "sign_in.factor_first", message).hint(hint);
        Err(Error {
            field: "needs_factor",
            ..error
        })
    };
    if !has_factor(tx, actor.account)? {
        return refused(
            "you have no second factor yourself, and would be shut out",
            "set one up under Security first",
        );
    }
    // Whoever is on the machine itself has no session.
    if own_session(actor).is_ok() && !has_shown_factor(tx, actor, moment)? {
        return refused(
            "you have signed in without your second factor, and would be shut out",
            "sign out and sign in with it first",
        );
    }
    Ok(())
}

fn within(field: &'static str, code: &'static str, days: i64, most: i64) -> Result<(), Error> {
    if (1..=most).contains(&days) {
        return Ok(());
    }
    let message = format!("{days} is not a number of days between 1 and {most}");
    Err(Error::invalid(field, code, message))
}

fn differences(old: &SignInRules, new: &SignInRules) -> String {
    let word = |is_needed: bool| {
        if is_needed {
            "asked for"
        } else {
            "not asked for"
        }
    };
    let days = |days: i64| format!("{days} days");
    let fields = [
        (
            "second factor",
            word(old.needs_factor).to_owned(),
            word(new.needs_factor).to_owned(),
        ),
        ("unused", days(old.idle_days), days(new.idle_days)),
        ("at most", days(old.session_days), days(new.session_days)),
    ];
    let changed = fields.into_iter().filter(|(_, old, new)| old != new);
    let said: Vec<String> = changed
        .map(|(name, old, new)| format!("{name}: {old} → {new}"))
        .collect();
    said.join(", ")
}

/// How long the actor's sessions last, in days: unused, and at the latest. The shortest of all their workspaces counts.
///
/// # Errors
/// Those of the store.
pub fn session_days(tx: &mut Tx<'_>, actor: &Actor) -> Result<(i64, i64), Error> {
    own_session(actor)?;
    let limits = limits_of(tx, actor.account)?;
    Ok((limits.idle / DAY_MICROS, limits.longest / DAY_MICROS))
}

/// How long sessions of an account last.
pub(crate) fn limits_of(tx: &mut Tx<'_>, account: Uuid) -> Result<Limits, Error> {
    let rules = list_rules_of(tx, account)?;
    let least = |days: &dyn Fn(&RulesRow) -> i64, most: i64| {
        rules.iter().map(days).fold(most, i64::min) * DAY_MICROS
    };
    Ok(Limits {
        idle: least(&|rules| rules.idle_days, MOST_IDLE_DAYS),
        longest: least(&|rules| rules.session_days, MOST_SESSION_DAYS),
    })
}

/// Shortens the sessions of an account to what its workspaces allow now.
pub(crate) fn shorten_sessions(tx: &mut Tx<'_>, account: Uuid) -> Result<(), Error> {
    let limits = limits_of(tx, account)?;
    Ok(shorten_sessions_of(tx, account, limits)?)
}
