//! What a budget that blocks says to something that is to be given: no, where it would be passed.

use jiff::Timestamp;
use offdesk_domain::pay::{Cycle, Exact, day_in};
use offdesk_domain::person::{Terms, Unit};
use offdesk_domain::time::Period;
use offdesk_store::Scope;
use offdesk_store::budgets::list_budgets;
use offdesk_store::handoffs::HandoffRow;

use super::counting::Counted;
use super::{Whose, budget_of, counts, names};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::zone_of;

/// The code of what is refused.
pub(crate) const PASSED: &str = "budget.passed";

/// What is to be given, or changed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'w> {
    /// Under which handoff.
    pub(crate) handoff: &'w HandoffRow,
    /// What is paid for it.
    pub(crate) terms: Terms,
    /// What was promised for it before, where it was given already.
    pub(crate) before: Option<Terms>,
    /// When it is due.
    pub(crate) due: Timestamp,
}

/// Refuses what would pass a budget that blocks.
///
/// # Errors
/// `budget.passed`, and those of the store.
pub(crate) fn guard(
    scope: &mut Scope<'_, '_>,
    wanted: Wanted<'_>,
    moment: Moment,
) -> Result<(), Error> {
    let (handoff, terms) = (wanted.handoff, wanted.terms);
    let currency = terms.price.currency.to_string();
    let mut rows = list_budgets(scope)?;
    rows.retain(|row| {
        let is_its = counts(row, handoff.person_id, handoff.id);
        row.blocks && is_its && row.currency == currency
    });
    if rows.is_empty() {
        return Ok(());
    }
    let price = match (terms.unit, wanted.before) {
        // What a milestone or a month costs is not given with an assignment.
        (Unit::Milestone | Unit::Retainer, _) | (Unit::Hour, Some(_)) => return Ok(()),
        (Unit::Hour, None) if terms.price.amount.is_zero() => return Ok(()),
        (Unit::Hour, None) => None,
        (Unit::Assignment, None) => Some(Exact::of(terms.price)?),
        (Unit::Assignment, Some(before)) => {
            let more = Exact::of(terms.price)?.plus(Exact::of(before.price)?.negated())?;
            if terms.price.amount <= before.price.amount {
                return Ok(());
            }
            Some(more)
        }
    };
    let zone = zone_of(scope)?;
    let month = Cycle::Monthly.period(day_in(wanted.due.max(moment.now), &zone));
    let counted = Counted::load(scope, month, moment)?;
    let names = names(scope, &rows)?;
    for row in &rows {
        let budget = budget_of(row)?;
        let sums = counted.of(Whose::of(row), budget.limit().currency)?;
        let so_far = sums.earned.plus(sums.promised)?;
        if budget.would_be_passed(so_far, price)? {
            let name = names.get(&row.subject_id).map(String::as_str);
            return Err(passed(name, month, &budget.limit().to_string()));
        }
    }
    Ok(())
}

fn passed(name: Option<&str>, month: Period, limit: &str) -> Error {
    let of = name.map_or_else(
        || "of the whole workspace".to_owned(),
        |it| format!("of {it}"),
    );
    let month = month.from.date().strftime("%B %Y");
    Error::new(
        ErrorKind::Conflict,
        PASSED,
        format!("this would pass the budget {of} for {month}, which is {limit} and blocks"),
    )
    .hint("raise the budget, let it warn without blocking, or give this for a later month")
}
