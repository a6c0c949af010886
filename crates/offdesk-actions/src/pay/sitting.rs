//! A pay file of what is owed now, from the desk's own data: what is in it is noted, so that the next one leaves it out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::money::Currency;
use offdesk_domain::pay::file::{Due, DueOf, FileError, Kind, Payer};
use offdesk_domain::pay::{Details, PayError, day_in};
use offdesk_store::pay::files::is_file;
use offdesk_store::pay::person_pay::list_person_pay;
use offdesk_store::pay::statements::list_owed;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::details::{details_of, payer};
use super::drawing::bill_of;
use super::earning::zone_of;
use super::file::{PayFile, write as write_file};
use super::filed::note_file;
use super::fitting::{take_out, take_out_odd};
use super::payments::paid_so_far;
use super::statements::{StatementSummary, load, summaries};
use super::{already_paid, damaged};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
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
    /// Also what stands in an earlier file and was not noted as paid since.
    pub again: bool,
}

/// A pay file, and what is owed and not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub file: PayFile,
    /// So many people are in it.
    pub rows: usize,
    /// The statements for which there was no room beside others of their person, which the next file has, and those whose amount has more
    /// digits than its reader takes; each with why.
    pub for_next: Vec<(StatementSummary, String)>,
    /// The other statements that it leaves out, each with why.
    pub left_out: Vec<(StatementSummary, String)>,
}

/// Writes a pay file of what is owed, and notes what is in it. It holds where people's money goes, so it is for owners only.
///
/// # Errors
/// Those of a pay file; `pay.no_statement`, `pay.already_paid`, `pay.filed` of one that is named; `pay.file_empty` with what keeps each out.
/// Nothing is written then.
pub fn write_pay_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    wanted: &WantedFile,
    moment: Moment,
) -> Result<Written, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let zone = zone_of(&mut scope)?;
    let payer = payer_of(&mut scope, wanted, &zone, moment)?;
    wanted
        .kind
        .check_day(payer.day, day_in(moment.now, &zone))?;
    let owed = owed_now(&mut scope)?;
    let named: BTreeSet<i64> = wanted.statements.iter().copied().collect();
    refuse_named(&mut scope, &named, &owed)?;
    let details = all_details(&mut scope)?;
    let (mut kept, mut left_out) = (Vec::new(), Vec::new());
    for one in owed {
        let where_to = details.get(&one.row.person_id).cloned().flatten();
        let is_named = named.contains(&one.row.number);
        if let Some(why) = wanted.leaves_out(&one, where_to.as_ref(), (is_named, named.is_empty()))
        {
            if is_named && one.filed.is_some() && !wanted.again {
                return Err(filed_already(&one, &why));
            }
            left_out.push((one, why));
            continue;
        }
        kept.push(one);
    }
    let mut for_next = match named.is_empty() {
        true => take_out_odd(wanted.kind, &mut kept)?,
        false => Vec::new(),
    };
    for_next.extend(take_out(wanted.kind, &mut kept)?);
    let rows = rows_of(&mut scope, &kept, &details)?;
    if rows.is_empty() {
        left_out.extend(for_next);
        return Err(match left_out.is_empty() {
            true => FileError::Empty.into(),
            false => none_fits(&left_out),
        });
    }
    let file = write_file(wanted.kind, &payer, &rows, moment.now)?;
    note_file(&mut scope, (&payer.id, wanted.kind), &kept, moment)?;
    let told = told(&kept, wanted.kind, &for_next);
    note(&mut scope, actor, moment, "write_pay_file", payer.id, told)?;
    Ok(Written {
        file,
        rows: rows.len(),
        for_next,
        left_out,
    })
}

/// What the log of changes says of a file.
fn told(kept: &[StatementSummary], kind: Kind, for_next: &[(StatementSummary, String)]) -> String {
    let mut told = format!("{} statements, {}", kept.len(), kind.word());
    if !for_next.is_empty() {
        let left: Vec<String> = for_next.iter().map(|(one, _)| one.reference()).collect();
        told += &format!("; left out for their amount: {}", left.join(", "));
    }
    told
}

/// One row for each person and currency, in the order of their first statements. What is owed of each statement stays known: it is noted as in
/// the file, and is paid and comes back, on its own.
fn rows_of(
    scope: &mut Scope<'_, '_>,
    kept: &[StatementSummary],
    details: &BTreeMap<Uuid, Option<Details>>,
) -> Result<Vec<Due>, Error> {
    let mut rows: Vec<Due> = Vec::new();
    let mut places: HashMap<(Uuid, Currency), usize> = HashMap::new();
    for one in kept {
        let id = one.row.person_id;
        let bill = bill_of(&one.row)?.map(|bill| bill.number);
        let reference = one.reference();
        let of = DueOf { reference, bill };
        let place = *places.entry((id, one.owed.currency)).or_insert(rows.len());
        if let Some(row) = rows.get_mut(place) {
            row.of.push(of);
            let sum = row.amount.plus(one.owed);
            row.amount = sum.map_err(|_| PayError::TooLarge)?;
            continue;
        }
        let person = people::load(scope, id)?;
        rows.push(Due {
            name: person.name,
            email: Some(person.email).filter(|email| !email.is_empty()),
            is_business: person.kind == "agency",
            of: vec![of],
            amount: one.owed,
            details: details.get(&id).cloned().flatten(),
        });
    }
    Ok(rows)
}

/// What is owed by what was posted; a row only says which statements to look at.
pub(super) fn owed_now(scope: &mut Scope<'_, '_>) -> Result<Vec<StatementSummary>, Error> {
    let rows = list_owed(scope)?;
    let mut owed = summaries(scope, rows)?;
    for one in &mut owed {
        let owed = paid_so_far(scope, &one.row)?.owed()?;
        one.owed.amount = (owed.amount - one.taken_off.amount).max(Decimal::ZERO);
    }
    owed.retain(StatementSummary::is_owed);
    Ok(owed)
}

/// Refuses statements that are not there, or of which nothing is owed.
fn refuse_named(
    scope: &mut Scope<'_, '_>,
    named: &BTreeSet<i64>,
    owed: &[StatementSummary],
) -> Result<(), Error> {
    for number in named {
        if owed.iter().any(|one| one.row.number == *number) {
            continue;
        }
        load(scope, *number)?;
        return Err(already_paid(*number));
    }
    Ok(())
}

pub(super) fn all_details(
    scope: &mut Scope<'_, '_>,
) -> Result<BTreeMap<Uuid, Option<Details>>, Error> {
    let mut details = BTreeMap::new();
    for row in list_person_pay(scope)? {
        details.insert(row.person_id, details_of(&row)?);
    }
    Ok(details)
}

impl WantedFile {
    /// Why a statement is left out; `None` where it is in the file. Of what is named the file itself says what it cannot hold.
    fn leaves_out(
        &self,
        one: &StatementSummary,
        where_to: Option<&Details>,
        (is_named, is_all): (bool, bool),
    ) -> Option<String> {
        if !is_named && !is_all {
            return Some("not named".to_owned());
        }
        let (kind, currency) = (self.kind, one.owed.currency);
        if let Some(only) = self.currency.filter(|it| *it != currency) {
            return Some(format!("owed in {currency}, not {only}"));
        }
        if let Some(filed) = one.filed.as_ref().filter(|_| !self.again) {
            return Some(filed.in_words());
        }
        if is_named {
            return None;
        }
        let is_held = kind.takes_everybody() || where_to.is_some_and(|it| kind.takes(it));
        if !is_held {
            return Some(match where_to {
                None => "no payment details".to_owned(),
                Some(_) => format!("not paid by {}", kind.name()),
            });
        }
        let misfit = kind.keeps_out(one.owed, where_to);
        misfit.map(|misfit| misfit.to_string())
    }
}

fn filed_already(one: &StatementSummary, why: &str) -> Error {
    let message = format!("{} is {why}", one.reference());
    Error::new(ErrorKind::Conflict, "pay.filed", message)
        .hint("note what was paid; or ask for it again")
}

/// Something is owed, and nothing of it can be in the file.
fn none_fits(left_out: &[(StatementSummary, String)]) -> Error {
    const MOST: usize = 20;
    let mut all: Vec<String> = left_out
        .iter()
        .take(MOST)
        .map(|(one, why)| format!("{} of {} ({why})", one.reference(), one.person))
        .collect();
    if left_out.len() > MOST {
        all.push(format!("and {} more", left_out.len() - MOST));
    }
    let message = format!(
        "nothing of what is owed can be in this file: {}",
        all.join(", ")
    );
    Error::new(ErrorKind::Invalid, "pay.file_empty", message)
        .hint("a plain CSV file holds everybody; what stands in an earlier file comes again with --again, on the page with its box")
}

fn payer_of(
    scope: &mut Scope<'_, '_>,
    wanted: &WantedFile,
    zone: &TimeZone,
    moment: Moment,
) -> Result<Payer, Error> {
    let workspace = load_workspace(scope)?;
    let local = moment.now.to_zoned_datetime(zone.clone());
    let name = format!("PAY-{}", local.strftime("%Y%m%d-%H%M%S"));
    let mut id = name.clone();
    // Two of one second are two files.
    for next in 2..=99 {
        if !is_file(scope, &id)? {
            break;
        }
        id = format!("{name}-{next}");
    }
    Ok(Payer {
        name: workspace.name,
        details: payer(scope)?,
        currency: workspace
            .currency
            .parse()
            .map_err(|_| damaged("the currency"))?,
        day: wanted.day.unwrap_or_else(|| day_in(moment.now, zone)),
        id,
    })
}
