//! Workspaces: making, listing, their settings, their audit log; the example company.

mod audit_log;
pub mod json;
mod working_day;

use jiff::tz::TimeZone;
use offdesk_domain::audit::{LEAST_WEEKS, MOST_WEEKS};
use offdesk_domain::returns::WorkingDay;
use offdesk_domain::{Currency, Place};
use offdesk_store::members::{Membership, insert_member, list_memberships};
use offdesk_store::workspaces::{
    WorkspaceRow, insert_workspace, load_workspace, remove_workspace, update_workspace,
};
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};
use rust_decimal::Decimal;

pub use self::audit_log::{LoggedEvent, list_events};
use self::working_day::minutes_of;
pub use self::working_day::typed_working_day;
pub(crate) use self::working_day::{usual_working_day, working_day};
use crate::accounts::own_account;
use crate::actor::{Actor, Permission, Role};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::imports::reprice;
use crate::moment::Moment;

/// So many workspaces an account may have.
const MOST_WORKSPACES: usize = 50;

/// What can be set of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Name.
    pub name: String,
    /// Currency of worth and prices.
    pub currency: Currency,
    /// Where work would be bought.
    pub place: Place,
    /// Zone of times that carry none.
    pub zone: Option<String>,
    /// Weeks worked in a year.
    pub weeks_per_year: Decimal,
    /// When the owner's working day begins and ends; work outside of it is evening work.
    pub working_day: WorkingDay,
}

impl Settings {
    /// Those of a row.
    ///
    /// # Errors
    /// `store.damaged`.
    pub fn of(row: &WorkspaceRow) -> Result<Self, Error> {
        let damaged = |what: &str| {
            Error::new(
                ErrorKind::Failed,
                "store.damaged",
                format!("the {what} of this workspace is not understood"),
            )
        };
        let weeks: Decimal = row.weeks_per_year.parse().map_err(|_| damaged("year"))?;
        Ok(Self {
            name: row.name.clone(),
            currency: row.currency.parse().map_err(|_| damaged("currency"))?,
            place: row.place.parse().map_err(|_| damaged("place"))?,
            zone: Some(row.zone.clone()).filter(|zone| !zone.is_empty()),
            weeks_per_year: weeks.clamp(LEAST_WEEKS, MOST_WEEKS),
            working_day: working_day(row).ok_or_else(|| damaged("working day"))?,
        })
    }
}

/// The row of a new workspace.
pub(crate) fn new_workspace(name: &str, is_demo: bool, moment: Moment) -> WorkspaceRow {
    WorkspaceRow {
        id: moment.id(),
        name: name.to_owned(),
        currency: "USD".to_owned(),
        place: "US".to_owned(),
        zone: String::new(),
        weeks_per_year: "48".to_owned(),
        working_day: usual_working_day(),
        is_demo,
        revision: 1,
        created_at: moment.micros(),
        version: 1,
    }
}

/// The actor's workspaces.
///
/// # Errors
/// Those of the store.
pub fn list_workspaces(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Membership>, Error> {
    Ok(list_memberships(tx, actor.account)?)
}

/// Makes a workspace of which the actor is the owner.
///
/// # Errors
/// `name.empty`, `workspace.many`.
pub fn create_workspace(
    tx: &mut Tx<'_>,
    actor: &Actor,
    name: &str,
    is_demo: bool,
    moment: Moment,
) -> Result<Uuid, Error> {
    own_account(actor)?;
    refuse_workers(actor)?;
    let name = name_of("name", name, 80)?;
    if list_memberships(tx, actor.account)?.len() >= MOST_WORKSPACES {
        return Err(Error::new(
            ErrorKind::Conflict,
            "workspace.many",
            format!("{MOST_WORKSPACES} workspaces are the most"),
        ));
    }
    let mut row = new_workspace(&name, is_demo, moment);
    // Whoever has a business here is in its zone with the next one, too; the example is not theirs.
    if !is_demo {
        row.zone.clone_from(&actor.zone);
    }
    insert_workspace(tx, &row)?;
    let mut scope = Scope::new(tx, WorkspaceId(row.id));
    insert_member(
        &mut scope,
        actor.account,
        Role::Owner.word(),
        moment.micros(),
    )?;
    note(&mut scope, actor, moment, "create_workspace", name, "")?;
    Ok(row.id)
}

/// Who came to do somebody's work opens no business of their own on their machine.
///
/// # Errors
/// `forbidden` for a worker.
pub fn refuse_workers(actor: &Actor) -> Result<(), Error> {
    match actor.membership {
        Some((_, Role::Worker)) => Err(Error::new(
            ErrorKind::Forbidden,
            "forbidden",
            "your role in this workspace does not allow that",
        )),
        _ => Ok(()),
    }
}

/// The open workspace's settings, with the version to change them by.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_settings(tx: &mut Tx<'_>, actor: &Actor) -> Result<(Settings, i64), Error> {
    let row = load_workspace(&mut actor.within(tx, Permission::See)?)?;
    Ok((Settings::of(&row)?, row.version))
}

/// Gives the open workspace a zone where it has none yet; one that it has stays.
///
/// # Errors
/// `settings.zone`.
pub fn set_first_zone(
    tx: &mut Tx<'_>,
    actor: &Actor,
    zone: &str,
    moment: Moment,
) -> Result<(), Error> {
    let (settings, version) = load_settings(tx, actor)?;
    if settings.zone.is_some() {
        return Ok(());
    }
    let settings = Settings {
        zone: Some(zone.to_owned()),
        ..settings
    };
    change_settings(tx, actor, &settings, version, moment)
}

/// Changes the open workspace's settings. In another place or currency all market prices are made anew; the owner's own stay.
///
/// # Errors
/// `name.empty`, `settings.weeks`, `settings.zone`, `settings.place`, `settings.currency`, `store.conflict`.
pub fn change_settings(
    tx: &mut Tx<'_>,
    actor: &Actor,
    settings: &Settings,
    version: i64,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    let row = load_workspace(&mut scope)?;
    if !(LEAST_WEEKS..=MOST_WEEKS).contains(&settings.weeks_per_year) {
        return Err(Error::invalid(
            "weeks_per_year",
            "settings.weeks",
            "the weeks you work in a year are at least 1 and at most 53",
        ));
    }
    if let Some(zone) = &settings.zone
        && TimeZone::get(zone).is_err()
    {
        return Err(
            Error::invalid("zone", "settings.zone", format!("\"{zone}\" is not a zone"))
                .hint("use a name such as Europe/Berlin or America/New_York"),
        );
    }
    if offdesk_pricing::currency_of(settings.place).is_none() {
        return Err(Error::invalid(
            "place",
            "settings.place",
            format!("there are no prices for {}", settings.place),
        )
        .hint("use a country's two letters, such as US or GB"));
    }
    if settings.currency.code() != row.currency
        && offdesk_pricing::Rates::shipped()
            .of(settings.currency)
            .is_none()
    {
        return Err(Error::invalid(
            "currency",
            "settings.currency",
            format!(
                "there is no exchange rate for {}, so nothing could be priced",
                settings.currency
            ),
        )
        .hint("use a currency with a rate, such as USD, EUR or GBP"));
    }
    let changed = WorkspaceRow {
        name: name_of("name", &settings.name, 80)?,
        currency: settings.currency.code().to_owned(),
        place: settings.place.code().to_owned(),
        zone: settings.zone.clone().unwrap_or_default(),
        weeks_per_year: settings.weeks_per_year.normalize().to_string(),
        working_day: minutes_of(settings.working_day),
        version,
        ..row.clone()
    };
    update_workspace(&mut scope, &changed)?;
    if changed.currency != row.currency || changed.place != row.place {
        reprice(&mut scope, settings)?;
    }
    let detail = differences(&row, &changed);
    note(&mut scope, actor, moment, "change_settings", "", detail)
}

fn differences(old: &WorkspaceRow, new: &WorkspaceRow) -> String {
    let [day_before, day] = [old, new].map(|row| {
        working_day(row).map_or_else(String::new, |day| {
            format!("{} to {}", day.begins(), day.ends())
        })
    });
    let fields = [
        ("name", &old.name, &new.name),
        ("currency", &old.currency, &new.currency),
        ("place", &old.place, &new.place),
        ("zone", &old.zone, &new.zone),
        ("weeks", &old.weeks_per_year, &new.weeks_per_year),
        ("working day", &day_before, &day),
    ];
    let changed = fields.iter().filter(|(_, old, new)| old != new);
    let said: Vec<String> = changed
        .map(|(name, old, new)| format!("{name}: {old} → {new}"))
        .collect();
    said.join(", ")
}

/// Removes the open workspace, where it is the example.
///
/// # Errors
/// `workspace.not_demo` for any other.
pub fn remove_demo(tx: &mut Tx<'_>, actor: &Actor) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Administer)?;
    if !load_workspace(&mut scope)?.is_demo {
        return Err(Error::new(
            ErrorKind::Conflict,
            "workspace.not_demo",
            "only the example company can be removed like this",
        ));
    }
    remove_workspace(&mut scope)?;
    if let Some(session) = actor.session {
        let own = list_memberships(tx, actor.account)?;
        let open = own.iter().find(|one| !one.is_suspended).or(own.first());
        if let Some(first) = open {
            offdesk_store::sessions::open_workspace(
                tx,
                session,
                actor.account,
                first.workspace_id,
            )?;
        }
    }
    Ok(())
}
