//! What is owed, and since when: statements that are not paid, and what is on no statement yet.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::money::{Currency, Money};
use offdesk_domain::pay::{Exact, day_in};
use offdesk_store::handoffs::open::list_paid_by;
use offdesk_store::pay::postings::{list_open, list_whose_open};
use offdesk_store::pay::statements::{list_carried, list_owed};
use offdesk_store::{Scope, Tx, Uuid};

use super::damaged;
use super::drawing::{Manner, manners};
use super::earning::{retained_parts, zone_of};
use super::ledger::earned_of;
use super::statements::{StatementSummary, summaries};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::people::Names;

/// What somebody has earned that is on no statement yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unstated {
    /// Who.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// What it comes to, rounded as a sum.
    pub sum: Money,
    /// So many lines.
    pub lines: usize,
    /// Day of the first and of the last line.
    pub days: (Day, Day),
    /// The last day of the statement that takes the first line: of the period that was over last, or of the one that runs.
    pub until: Day,
}

/// What is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The day it is for the workspace.
    pub today: Day,
    /// Statements of which something is owed, the first first.
    pub owed: Vec<StatementSummary>,
    /// Statements below nothing whose people owe something back that could not be taken off anything.
    pub back: Vec<StatementSummary>,
    /// What is owed by those that are owed in each currency.
    pub totals: Vec<Money>,
    /// What is on no statement yet.
    pub unstated: Vec<Unstated>,
}

/// What is owed by the open workspace.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_overview(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Overview, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let zone = zone_of(&mut scope)?;
    let rows = list_owed(&mut scope)?;
    let mut owed = summaries(&mut scope, rows)?;
    owed.retain(StatementSummary::is_owed);
    let rows = list_carried(&mut scope)?;
    let mut back = summaries(&mut scope, rows)?;
    back.retain(|one| !one.back.amount.is_zero());
    let mut unstated = unstated(&mut scope, moment, &zone)?;
    unstated.sort_by(|a, b| a.person.cmp(&b.person));
    Ok(Overview {
        today: day_in(moment.now, &zone),
        totals: totals(&owed)?,
        owed,
        back,
        unstated,
    })
}

/// What is on no statement yet, and the months of retainers that are over, which are posted when a statement is drawn up.
fn unstated(
    scope: &mut Scope<'_, '_>,
    moment: Moment,
    zone: &TimeZone,
) -> Result<Vec<Unstated>, Error> {
    let manners = manners(scope)?;
    let manner = |person: &Uuid| manners.get(person).copied().unwrap_or(Manner::USUAL);
    let mut parts: BTreeMap<(Uuid, Currency), Vec<(Day, Exact)>> = BTreeMap::new();
    for (person, currency) in list_whose_open(scope)? {
        let unit = currency.parse().map_err(|_| damaged("a currency"))?;
        let lines = parts.entry((person, unit)).or_default();
        for row in list_open(scope, person, &currency, i64::MAX)? {
            let day = row.day.and_then(Day::from_number).unwrap_or(Day(0));
            lines.push((day, earned_of(&row)?.posted.owed()?));
        }
    }
    for row in list_paid_by(scope, "retainer")? {
        let over = manner(&row.person_id).period(None, moment, zone).to;
        for part in retained_parts(scope, &row, None, over)? {
            let key = (row.person_id, part.terms.price.currency);
            parts
                .entry(key)
                .or_default()
                .push((part.day, part.exact()?));
        }
    }
    let mut names = Names::default();
    let all = parts.into_iter().map(|((person_id, currency), lines)| {
        let sum = lines
            .iter()
            .try_fold(Exact::zero(currency), |sum, line| sum.plus(line.1))?;
        let days = lines.iter().map(|line| line.0);
        let first = days.clone().min().unwrap_or(Day(0));
        let manner = manner(&person_id);
        let over = manner.period(None, moment, zone).to;
        Ok(Unstated {
            person_id,
            person: names.of(scope, person_id)?,
            sum: sum.rounded()?,
            lines: lines.len(),
            days: (first, days.max().unwrap_or(Day(0))),
            // What is of the period that runs waits for its end.
            until: over.max(manner.cycle.period(first).to),
        })
    });
    all.collect()
}

/// What is owed in each currency; currencies are never added.
fn totals(owed: &[StatementSummary]) -> Result<Vec<Money>, Error> {
    let mut totals: Vec<Money> = Vec::new();
    for one in owed {
        let same = totals
            .iter_mut()
            .find(|total| total.currency == one.owed.currency);
        match same {
            Some(total) => {
                *total = total
                    .plus(one.owed)
                    .map_err(|_| offdesk_domain::pay::PayError::TooLarge)?;
            }
            None => totals.push(one.owed),
        }
    }
    Ok(totals)
}
