//! What is posted stays as it was agreed: other terms begin on a day from which on nothing is posted by what held until then.

use offdesk_domain::Day;
use offdesk_domain::person::{Terms, Unit, in_force};
use offdesk_store::Scope;
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::pay::posted_terms::list_posted_terms;
use offdesk_store::pay::unearned::last_retained_day;

use super::earning::{dated_terms, day_of};
use crate::error::{Error, ErrorKind};
use crate::people::read_terms;

/// The first day from another one on that other terms of a handoff can begin on. What holds from that day on anyway can begin on it, whatever
/// is posted.
///
/// Days of a retainer, hours of weeks and milestones are paid by the terms of their day. Each assignment has its own; a retainer is not paid
/// for days beside them, nor for those before the last one that was posted, whatever became of it.
pub(crate) fn first_free(
    scope: &mut Scope<'_, '_>,
    handoff: &HandoffRow,
    terms: Terms,
    from: Day,
) -> Result<Day, Error> {
    let dated = dated_terms(scope, handoff)?;
    let held = |day: Day| in_force(dated.iter().copied(), day);
    let mut later = dated.iter().filter(|(day, _)| *day > from);
    if held(from) == Some(terms) && later.all(|(_, it)| *it == terms) {
        return Ok(from);
    }
    let mut free = from;
    for row in list_posted_terms(scope, handoff.id, from.0.into())? {
        let is_by_day = !row.is_assignment || terms.unit == Unit::Retainer;
        if is_by_day && read_terms(&row.unit, &row.amount, &row.currency)? != terms {
            free = free.max(day_of(row.last_day.saturating_add(1)));
        }
    }
    if terms.unit == Unit::Retainer
        && let Some(last) = last_retained_day(scope, handoff.id)?
    {
        let last = day_of(last);
        if (from.0..=last.0).any(|day| held(Day(day)) != Some(terms)) {
            free = free.max(Day(last.0.saturating_add(1)));
        }
    }
    Ok(free)
}

/// Refuses other terms from a day on where work of that day or of a later one is posted by what held until then: it would stay as it is,
/// and the difference would be paid by nothing.
///
/// # Errors
/// `handoff.posted`, and those of the store.
pub(crate) fn is_free(
    scope: &mut Scope<'_, '_>,
    handoff: &HandoffRow,
    (terms, from): (Terms, Day),
) -> Result<(), Error> {
    let free = first_free(scope, handoff, terms, from)?;
    if free == from {
        return Ok(());
    }
    let last = day_of(i64::from(free.0) - 1);
    let message = format!(
        "it would begin on {from}, and the pay until {last} is posted by what held until then"
    );
    let hint = format!(
        "let it begin on {free} or later; what is posted before is put right line by line, up or down, with  offdesk pay correct"
    );
    Err(Error {
        field: "start",
        ..Error::new(ErrorKind::Conflict, "handoff.posted", message).hint(hint)
    })
}
