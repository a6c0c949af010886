//! What people are paid, from which day on.

use offdesk_domain::Day;
use offdesk_domain::person::{Terms, TermsError, in_force};
use offdesk_store::people::terms::{
    TermsRow, insert_terms, list_terms, remove_terms as remove_stored,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

use super::fields::line;
use super::{PersonDetail, detail, load};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::day_or_today;

/// So many terms a person may have.
const MOST_TERMS: usize = 500;

/// Terms as they are typed at any door.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewTerms {
    /// Unit: `hour`, `assignment`, `milestone` or `retainer`.
    pub unit: String,
    /// An amount.
    pub amount: String,
    /// Its currency; where none is said the one that was agreed until now, or else the workspace's.
    pub currency: String,
    /// From which day on; today where none is said.
    pub from: Option<Day>,
    /// What the owner notes.
    pub note: String,
}

impl NewTerms {
    /// The terms.
    ///
    /// # Errors
    /// `terms.unit`, `terms.amount`, `terms.currency`, `terms.range`, `terms.digits`.
    pub(crate) fn read(&self, scope: &mut Scope<'_, '_>) -> Result<Terms, Error> {
        let currency = load_workspace(scope)?.currency;
        self.read_in(&currency)
    }

    /// The terms, in another usual currency than the workspace's.
    ///
    /// # Errors
    /// As [`NewTerms::read`].
    pub(crate) fn read_in(&self, usual: &str) -> Result<Terms, Error> {
        let currency = match self.currency.trim() {
            "" => usual,
            text => text,
        };
        Terms::typed(&self.unit, &self.amount, currency).map_err(|error| of_terms(&error))
    }
}

fn of_terms(error: &TermsError) -> Error {
    Error::invalid(error.field(), error.code(), error.to_string())
}

/// Adds terms that hold from a day on.
///
/// # Errors
/// `not_found`, `terms.unit`, `terms.amount`, `terms.currency`, `terms.range`, `terms.digits`, `terms.many`.
pub fn add_terms(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    new: &NewTerms,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    load(&mut scope, person)?;
    insert(&mut scope, actor, person, new, moment)?;
    detail(&mut scope, person, moment)
}

pub(super) fn insert(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    person: Uuid,
    new: &NewTerms,
    moment: Moment,
) -> Result<(), Error> {
    let from = day_or_today(scope, "from", new.from, moment)?;
    let held = list_terms(scope, person)?;
    // What changes is the amount: who was paid in euros still is, whatever the workspace counts in.
    let terms = match terms_on(&held, from)? {
        Some(until_now) => new.read_in(&until_now.price.currency.to_string())?,
        None => new.read(scope)?,
    };
    if held.len() >= MOST_TERMS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "terms.many",
            format!("a person has at most {MOST_TERMS} terms"),
        ));
    }
    let row = TermsRow {
        person_id: person,
        id: moment.id(),
        from_day: from.0.into(),
        unit: terms.unit.word().to_owned(),
        amount: terms.amount(),
        currency: terms.price.currency.to_string(),
        note: line("note", &new.note)?,
        created_at: moment.micros(),
    };
    insert_terms(scope, &row)?;
    let detail = format!("{terms} from {}", from.date());
    note(scope, actor, moment, "add_terms", person, detail)
}

/// Takes terms away that were noted by mistake. What was agreed in a handoff stays as it is.
///
/// # Errors
/// `not_found`.
pub fn remove_terms(
    tx: &mut Tx<'_>,
    actor: &Actor,
    person: Uuid,
    terms: Uuid,
    moment: Moment,
) -> Result<PersonDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    load(&mut scope, person)?;
    if !remove_stored(&mut scope, person, terms)? {
        return Err(Error::not_found("terms"));
    }
    note(&mut scope, actor, moment, "remove_terms", person, "")?;
    detail(&mut scope, person, moment)
}

/// Terms as they are kept.
pub(crate) fn read_terms(unit: &str, amount: &str, currency: &str) -> Result<Terms, Error> {
    Terms::typed(unit, amount, currency).map_err(|error| {
        let message = format!("terms in the database are not understood: {error}");
        Error::new(ErrorKind::Failed, "store.damaged", message)
    })
}

/// The terms that hold on a day.
pub(crate) fn terms_on(rows: &[TermsRow], day: Day) -> Result<Option<Terms>, Error> {
    let dated: Result<Vec<(Day, Terms)>, Error> = rows
        .iter()
        .map(|row| {
            let from = Day::from_number(row.from_day).unwrap_or(Day(0));
            Ok((from, read_terms(&row.unit, &row.amount, &row.currency)?))
        })
        .collect();
    Ok(in_force(dated?, day))
}
