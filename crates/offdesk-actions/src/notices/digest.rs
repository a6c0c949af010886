//! When the daily mail goes: at an hour of one's own clock, once a day at most, and only where there is something to tell.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use offdesk_domain::Day;
use offdesk_store::accounts::load_account;
use offdesk_store::digests::{
    DigestRow, find_due, find_unnoted, insert_digest, load_digest as stored, update_digest,
};
use offdesk_store::people::load_person_of;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Store, Tx, Uuid, WorkspaceId};

use super::contents::{Passed, contents};
use crate::accounts::actor_behind;
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::mails::{is_set_up, send_digest};
use crate::moment::Moment;

/// The hour of those who have chosen none.
const USUAL_HOUR: i64 = 8;

/// When somebody is mailed, as they have chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Whether they want it.
    pub is_on: bool,
    /// At which hour of their clock.
    pub hour: i64,
    /// The zone of that clock.
    pub zone: String,
    /// Whether this offdesk sends mails at all.
    pub is_sent: bool,
    /// Up to when they were told what has happened, in microseconds.
    pub told_at: Option<i64>,
}

/// Whoever is a member here, whatever their role.
pub(super) fn membership(actor: &Actor) -> Result<WorkspaceId, Error> {
    let permission = if actor.may(Permission::Work) {
        Permission::Work
    } else {
        Permission::See
    };
    actor.workspace_for(permission)
}

/// The zone of a member: that of the person they are here, else the workspace's, else UTC.
pub(super) fn zone_of(scope: &mut Scope<'_, '_>, account: Uuid) -> Result<String, Error> {
    let own = load_person_of(scope, account)?.map(|person| person.zone);
    let business = load_workspace(scope)?.zone;
    let known = |zone: &String| TimeZone::get(zone).is_ok();
    let zone = own.into_iter().chain([business]).find(known);
    Ok(zone.unwrap_or_else(|| "UTC".to_owned()))
}

/// When an hour of a clock comes next.
fn next_at(now: Timestamp, hour: i64, zone: &TimeZone) -> i64 {
    let hour = i8::try_from(hour.clamp(0, 23)).unwrap_or(0);
    let today = zone.to_datetime(now).date();
    let at = |days: i64| {
        let date = today.checked_add(days.days()).ok()?;
        let time = Time::new(hour, 0, 0, 0).ok()?;
        zone.to_timestamp(date.to_datetime(time)).ok()
    };
    let next = (0..3).filter_map(at).find(|at| *at > now);
    next.unwrap_or(now).as_microsecond()
}

/// What somebody has chosen.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_digest(tx: &mut Tx<'_>, actor: &Actor) -> Result<Digest, Error> {
    let workspace = membership(actor)?;
    let is_sent = is_set_up(tx)?;
    let mut scope = Scope::new(tx, workspace);
    let row = stored(&mut scope, actor.account)?;
    Ok(Digest {
        told_at: row.as_ref().and_then(|row| row.told_at),
        is_on: row.as_ref().is_none_or(|row| row.is_on),
        hour: row.map_or(USUAL_HOUR, |row| row.hour),
        zone: zone_of(&mut scope, actor.account)?,
        is_sent,
    })
}

/// Chooses whether and when the daily mail goes.
///
/// # Errors
/// `digest.hour`, and those of the actor and of the store.
pub fn choose_digest(
    tx: &mut Tx<'_>,
    actor: &Actor,
    is_on: bool,
    hour: i64,
    moment: Moment,
) -> Result<Digest, Error> {
    let workspace = membership(actor)?;
    if !(0..=23).contains(&hour) {
        return Err(
            Error::invalid("hour", "digest.hour", format!("{hour} is no hour of a day"))
                .hint("choose one from 0 to 23"),
        );
    }
    let mut scope = Scope::new(tx, workspace);
    let zone = zone_of(&mut scope, actor.account)?;
    let clock = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let row = DigestRow {
        is_on,
        hour,
        next_at: next_at(moment.now, hour, &clock),
        ..noted(&mut scope, actor.account, moment)?
    };
    update_digest(&mut scope, &row)?;
    let chosen = if is_on {
        format!("at {hour}:00")
    } else {
        "off".to_owned()
    };
    note(&mut scope, actor, moment, "choose_digest", chosen, "")?;
    load_digest(tx, actor)
}

/// What is noted of a member, also where nothing was.
fn noted(scope: &mut Scope<'_, '_>, account: Uuid, moment: Moment) -> Result<DigestRow, Error> {
    if let Some(row) = stored(scope, account)? {
        return Ok(row);
    }
    let zone = zone_of(scope, account)?;
    let clock = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let row = DigestRow {
        workspace_id: scope.workspace().0,
        account_id: account,
        is_on: true,
        hour: USUAL_HOUR,
        next_at: next_at(moment.now, USUAL_HOUR, &clock),
        sent_day: None,
        version: 1,
        told_at: None,
    };
    insert_digest(scope, &row)?;
    Ok(row)
}

/// Looks at the next digest that is due, lets it be sent where there is something to tell, and says whether there was one to look at. Of
/// several processes one does each.
///
/// # Errors
/// Those of the store.
pub fn digest_next(store: &Store, moment: Moment) -> Result<bool, Error> {
    let done = store.write(move |tx| -> Result<bool, Error> {
        if !is_set_up(tx)? {
            return Ok(false);
        }
        if let Some((workspace, account)) = find_unnoted(tx)? {
            noted(&mut Scope::new(tx, WorkspaceId(workspace)), account, moment)?;
            return Ok(true);
        }
        let Some(row) = find_due(tx, moment.micros())? else {
            return Ok(false);
        };
        look_at(tx, row, moment)?;
        Ok(true)
    });
    match done.wait() {
        // Another process was quicker.
        Err(error) if error.kind == ErrorKind::Conflict => Ok(true),
        other => other,
    }
}

/// What a member is told now, budgets that were passed after one moment and up to another one with it; `None` where nothing waits, or
/// they have no part here any more.
///
/// # Errors
/// Those of the store.
pub(crate) fn digest_of(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    account: Uuid,
    passed: Passed,
    moment: Moment,
) -> Result<Option<String>, Error> {
    let zone = zone_of(&mut Scope::new(tx, workspace), account)?;
    let clock = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let actor = actor_behind(tx, workspace, account)?;
    contents(tx, &actor, &clock, passed, moment)
}

/// What somebody's mail would say now, of what has happened after a moment and of what waits; `None` where it would not go.
///
/// # Errors
/// Those of the actor and of the store.
pub fn preview_digest(
    tx: &mut Tx<'_>,
    actor: &Actor,
    after: Option<i64>,
    moment: Moment,
) -> Result<Option<String>, Error> {
    let workspace = membership(actor)?;
    let zone = zone_of(&mut Scope::new(tx, workspace), actor.account)?;
    let clock = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let passed = Passed {
        after,
        until: moment.micros(),
    };
    contents(tx, actor, &clock, passed, moment)
}

fn look_at(tx: &mut Tx<'_>, row: DigestRow, moment: Moment) -> Result<(), Error> {
    let workspace = WorkspaceId(row.workspace_id);
    let zone = zone_of(&mut Scope::new(tx, workspace), row.account_id)?;
    let clock = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let today = i64::from(Day::from_date(clock.to_datetime(moment.now).date()).0);
    let (mut sent_day, mut told_at) = (row.sent_day, row.told_at);
    note_passed(&mut Scope::new(tx, workspace), moment)?;
    // Whoever wants no mail is not told afterwards what was passed meanwhile.
    if !row.is_on {
        told_at = Some(moment.micros());
    }
    if row.is_on && sent_day.is_none_or(|day| day < today) {
        let account = load_account(tx, row.account_id)?;
        let passed = Passed {
            after: row.told_at,
            until: moment.micros(),
        };
        if let Some(account) = account
            && digest_of(tx, workspace, row.account_id, passed, moment)?.is_some()
        {
            send_digest(tx, workspace, &account.email, row.told_at, moment)?;
            sent_day = Some(today);
            told_at = Some(moment.micros());
        }
    }
    let mut scope = Scope::new(tx, workspace);
    let after = DigestRow {
        next_at: next_at(moment.now, row.hour, &clock),
        sent_day,
        told_at,
        ..row
    };
    Ok(update_digest(&mut scope, &after)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_that_of_the_clock_also_where_it_is_put() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let cases = [
            ("2026-03-27T06:00:00Z", "2026-03-27T07:00:00Z"),
            ("2026-03-27T07:00:00Z", "2026-03-28T07:00:00Z"),
            ("2026-03-28T08:00:00Z", "2026-03-29T06:00:00Z"),
            ("2026-10-24T20:00:00Z", "2026-10-25T07:00:00Z"),
        ];
        for (now, next) in cases {
            let (now, next): (Timestamp, Timestamp) = (now.parse().unwrap(), next.parse().unwrap());
            assert_eq!(next_at(now, 8, &berlin), next.as_microsecond(), "{now}");
        }
    }
}
