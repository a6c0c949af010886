//! Statements of one person that are too much together for one row of a pay file: the oldest that fit are written, the others wait for the
//! next file.

use std::collections::HashMap;

use offdesk_domain::money::{Currency, Money};
use offdesk_domain::pay::file::Kind;
use offdesk_domain::pay::{Details, PayError};
use offdesk_store::{Tx, Uuid};
use rust_decimal::Decimal;

use super::sitting::{all_details, owed_now};
use super::statements::StatementSummary;
use crate::actor::{Actor, Permission};
use crate::error::Error;

/// A statement that would not be in a file of a kind, since others fill the row of its person, or its amount has too many digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftForNext {
    /// Who reads the file.
    pub kind: Kind,
    /// The statement.
    pub statement: StatementSummary,
    /// Why, in words.
    pub why: String,
}

/// Takes out what is left for the next file of a kind, each with why: of each person and currency the first ones that fit into one row stay.
///
/// # Errors
/// `pay.file_amount` of a statement that is more than a row by itself.
pub(super) fn take_out(
    kind: Kind,
    kept: &mut Vec<StatementSummary>,
) -> Result<Vec<(StatementSummary, String)>, Error> {
    let mut places: HashMap<(Uuid, Currency), Vec<usize>> = HashMap::new();
    for (at, one) in kept.iter().enumerate() {
        let name = format!("{} by {}", one.person, one.reference());
        kind.check_most(&name, one.owed)?;
        let row = (one.row.person_id, one.owed.currency);
        places.entry(row).or_default().push(at);
    }
    let mut out = Vec::new();
    for of in places.into_values() {
        let owed: Vec<Decimal> = of
            .iter()
            .filter_map(|at| kept.get(*at).map(|one| one.owed.amount))
            .collect();
        let waits = of.into_iter().zip(kind.fitting(&owed));
        out.extend(waits.filter_map(|(at, fits)| (!fits).then_some(at)));
    }
    out.sort_unstable();
    let mut left = Vec::with_capacity(out.len());
    for at in out.into_iter().rev() {
        let one = kept.remove(at);
        let why = why(kind, &one);
        left.push((one, why));
    }
    left.reverse();
    Ok(left)
}

/// Takes out what a kind of file cannot write because of its digits, each with why: of a person and currency whose sum has too many, the
/// statements that have them by themselves.
///
/// # Errors
/// `pay.too_large` of a sum that no number holds.
pub(super) fn take_out_odd(
    kind: Kind,
    kept: &mut Vec<StatementSummary>,
) -> Result<Vec<(StatementSummary, String)>, Error> {
    let mut sums: HashMap<(Uuid, Currency), Money> = HashMap::new();
    let key = |one: &StatementSummary| (one.row.person_id, one.owed.currency);
    for one in kept.iter() {
        let sum = match sums.get(&key(one)) {
            None => one.owed,
            Some(sum) => sum.plus(one.owed).map_err(|_| PayError::TooLarge)?,
        };
        sums.insert(key(one), sum);
    }
    let mut left = Vec::new();
    let mut fitting = Vec::with_capacity(kept.len());
    for one in kept.drain(..) {
        let is_odd = sums
            .get(&key(&one))
            .is_some_and(|sum| kind.check_digits(&one.person, *sum).is_err());
        match kind.check_digits(&one.person, one.owed) {
            Err(error) if is_odd => left.push((one, error.to_string())),
            _ => fitting.push(one),
        }
    }
    *kept = fitting;
    Ok(left)
}

fn why(kind: Kind, one: &StatementSummary) -> String {
    let most = kind.most_of(one.owed.currency);
    let most = most.map_or_else(|| "any amount".to_owned(), |most| most.to_string());
    format!(
        "left for the next file: with the statements before it, it is more than one row of {} may be, which is {most}",
        kind.name()
    )
}

/// What would be left out for its amount, by the kind of file, of what is owed and stands in no file; for owners, since it tells how people
/// are paid.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_left_for_next(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<LeftForNext>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    let mut owed = owed_now(&mut scope)?;
    owed.retain(|one| one.filed.is_none());
    let details = all_details(&mut scope)?;
    let mut left = Vec::new();
    for kind in Kind::ALL {
        let mut kept: Vec<StatementSummary> = owed
            .iter()
            .filter(|one| {
                let to = details.get(&one.row.person_id).and_then(Option::as_ref);
                is_held(kind, one, to) && kind.check_most("", one.owed).is_ok()
            })
            .cloned()
            .collect();
        let mut out = take_out_odd(kind, &mut kept)?;
        out.extend(take_out(kind, &mut kept)?);
        left.extend(out.into_iter().map(|(statement, why)| LeftForNext {
            kind,
            statement,
            why,
        }));
    }
    Ok(left)
}

fn is_held(kind: Kind, one: &StatementSummary, to: Option<&Details>) -> bool {
    to.is_some_and(|to| kind.takes(to)) && kind.keeps_out(one.owed, to).is_none()
}
