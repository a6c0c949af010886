//! A pay file of what is owed now, and the journal of all that was posted, from the desk's own data.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::money::Currency;
use offdesk_domain::pay::file::{Due, Kind, Payer};
use offdesk_domain::pay::{Posted, Posting, RecordId, Statement, day_in, draw_up};
use offdesk_store::activities::list_activities;
use offdesk_store::handoffs::load_handoff;
use offdesk_store::pay::person_pay::list_person_pay;
use offdesk_store::pay::statements::list_owed;
use offdesk_store::people::list_people;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

use super::damaged;
use super::details::{details_of, payer};
use super::earning::zone_of;
use super::file::{PayFile, write as write_file};
use super::journal::{Names, Tool, write as write_journal};
use super::ledger::{load_ledger, record};
use super::payments::paid_so_far;
use super::statements::{StatementSummary, summaries};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::people;

/// Which pay file is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFile {
    /// Who reads it.
    pub kind: Kind,
    /// The statements in it; where none is named, all of which something is owed and which this kind of file can hold.
    pub statements: Vec<i64>,
    /// Only what is owed in this currency.
    pub currency: Option<Currency>,
    /// On which day it is to be paid; today where nothing is said.
    pub day: Option<Day>,
}

/// A pay file, and what is owed and not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub file: PayFile,
    /// So many people are in it.
    pub rows: usize,
    /// The statements that it leaves out, since it cannot hold them or they were not named.
    pub left_out: Vec<StatementSummary>,
}

/// Writes a pay file of what is owed. It holds where people's money goes, so it is for owners only.
///
/// # Errors
/// Those of a pay file; nothing is written then.
pub fn write_pay_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wanted: &WantedFile,
    moment: Moment,
) -> Result<Written, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    let zone = zone_of(&mut scope)?;
    let payer = payer_of(&mut scope, wanted, &zone, moment)?;
    let owed = list_owed(&mut scope)?;
    let owed = summaries(&mut scope, owed)?;
    let mut details = BTreeMap::new();
    for row in list_person_pay(&mut scope)? {
        details.insert(row.person_id, details_of(&row)?);
    }
    let named: BTreeSet<i64> = wanted.statements.iter().copied().collect();
    let (mut rows, mut left_out) = (Vec::new(), Vec::new());
    for mut one in owed {
        // Money goes by what was posted; the row only says which statements to look at.
        one.owed = paid_so_far(&mut scope, &one.row)?.owed()?;
        if !one.is_owed() {
            continue;
        }
        let where_to = details.get(&one.row.person_id).cloned().flatten();
        let is_wanted = if named.is_empty() {
            let fits = |it| wanted.kind.takes(it);
            let is_held = wanted.kind.takes_everybody() || where_to.as_ref().is_some_and(fits);
            let is_euro = wanted.kind != Kind::Sepa || one.row.currency == "EUR";
            let currency = wanted.currency.is_none_or(|it| it == one.owed.currency);
            is_held && is_euro && currency
        } else {
            named.contains(&one.row.number)
        };
        if !is_wanted {
            left_out.push(one);
            continue;
        }
        let person = people::load(&mut scope, one.row.person_id)?;
        rows.push(Due {
            name: person.name,
            email: Some(person.email).filter(|email| !email.is_empty()),
            is_business: person.kind == "agency",
            reference: one.reference(),
            amount: one.owed,
            details: where_to,
        });
    }
    Ok(Written {
        file: write_file(wanted.kind, &payer, &rows, moment.now)?,
        rows: rows.len(),
        left_out,
    })
}

fn payer_of(
    scope: &mut Scope<'_, '_>,
    wanted: &WantedFile,
    zone: &TimeZone,
    moment: Moment,
) -> Result<Payer, Error> {
    let workspace = load_workspace(scope)?;
    let local = moment.now.to_zoned_datetime(zone.clone());
    Ok(Payer {
        name: workspace.name,
        details: payer(scope)?,
        currency: workspace
            .currency
            .parse()
            .map_err(|_| damaged("the currency"))?,
        day: wanted.day.unwrap_or_else(|| day_in(moment.now, zone)),
        id: format!("PAY-{}", local.strftime("%Y%m%d-%H%M%S")),
    })
}

/// Writes the journal of all statements and payments, for a bookkeeper's tool.
///
/// # Errors
/// Those of the actor and of the store.
pub fn write_desk_journal(tx: &mut Tx<'_>, actor: &Actor, tool: Tool) -> Result<String, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let postings = load_ledger(&mut scope)?;
    let statements = statements_of(&postings)?;
    let activities = activity_names(&mut scope, &postings)?;
    let people: HashMap<RecordId, String> =
        list_people(&mut scope, ("", "", Uuid::nil()), u32::MAX)?
            .into_iter()
            .map(|row| (record(row.id), row.name))
            .collect();
    let name = |id: RecordId| people.get(&id).cloned().unwrap_or_default();
    let activity = |id: RecordId| activities.get(&id).cloned().unwrap_or_default();
    let names = Names {
        person: &name,
        activity: &activity,
    };
    Ok(write_journal(tool, &statements, &postings, &names))
}

/// All statements with their lines, from the postings that state them.
fn statements_of(postings: &[Posting]) -> Result<Vec<Statement>, Error> {
    let place = |number: &u64| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let mut all = Vec::new();
    for posting in postings {
        let Posted::Stated(stated) = &posting.posted else {
            continue;
        };
        let lines: Vec<Posting> = stated
            .postings
            .iter()
            .filter_map(|number| postings.get(place(number)).cloned())
            .collect();
        let statement = draw_up(
            stated.number,
            stated.person,
            stated.period,
            stated.rounding,
            stated.carried,
            &lines,
        )?;
        all.push(statement.for_bill(stated.bill.clone()));
    }
    Ok(all)
}

fn activity_names(
    scope: &mut Scope<'_, '_>,
    postings: &[Posting],
) -> Result<HashMap<RecordId, String>, Error> {
    let known: HashMap<RecordId, String> = list_activities(scope)?
        .into_iter()
        .map(|row| (record(row.id), row.name))
        .collect();
    let mut names = known.clone();
    for posting in postings {
        let Posted::Earned(earned) = &posting.posted else {
            continue;
        };
        if names.contains_key(&earned.activity) {
            continue;
        }
        let handoff = load_handoff(scope, Uuid::from_bytes(earned.handoff.0))?;
        let now = handoff.and_then(|it| known.get(&record(it.activity_id)).cloned());
        names.insert(earned.activity, now.unwrap_or_default());
    }
    Ok(names)
}
