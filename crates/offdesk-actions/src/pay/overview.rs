//! What is owed, and since when: statements that are not paid, and what is on no statement yet.

use offdesk_domain::Day;
use offdesk_domain::money::Money;
use offdesk_domain::pay::{Exact, day_in};
use offdesk_store::pay::postings::{list_open, list_whose_open};
use offdesk_store::pay::statements::{list_carried, list_owed};
use offdesk_store::{Tx, Uuid};

use super::damaged;
use super::drawing::{Manner, manners};
use super::earning::zone_of;
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
    let manners = manners(&mut scope)?;
    let mut names = Names::default();
    let mut unstated = Vec::new();
    for (person_id, currency) in list_whose_open(&mut scope)? {
        let unit = currency.parse().map_err(|_| damaged("a currency"))?;
        let rows = list_open(&mut scope, person_id, &currency, i64::MAX)?;
        let mut sum = Exact::zero(unit);
        for row in &rows {
            sum = sum.plus(earned_of(row)?.posted.owed()?)?;
        }
        let day = |row: Option<i64>| row.and_then(Day::from_number).unwrap_or(Day(0));
        let days = rows.iter().map(|row| day(row.day));
        let manner = manners.get(&person_id).copied().unwrap_or(Manner::USUAL);
        let first = days.clone().min().unwrap_or(Day(0));
        let over = manner.period(None, moment, &zone).to;
        unstated.push(Unstated {
            person_id,
            person: names.of(&mut scope, person_id)?,
            sum: sum.rounded()?,
            lines: rows.len(),
            days: (first, days.max().unwrap_or(Day(0))),
            // What is of the period that runs waits for its end.
            until: over.max(manner.cycle.period(first).to),
        });
    }
    unstated.sort_by(|a, b| a.person.cmp(&b.person));
    Ok(Overview {
        today: day_in(moment.now, &zone),
        totals: totals(&owed)?,
        owed,
        back,
        unstated,
    })
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
