//! Notices: that a warning or a budget was passed in a month, each noted once, and told once to each of the owner's side.

use offdesk_domain::budget::Standing;
use offdesk_domain::pay::{Cycle, day_in};
use offdesk_store::Scope;
use offdesk_store::budgets::{NoticeRow, insert_notice, list_budgets};

use super::{BudgetStanding, Budgets, standings};
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::zone_of;

/// Notes what is passed in the month that runs. What was noted before stays, whatever is taken back afterwards.
///
/// # Errors
/// Those of the store.
pub(crate) fn note_passed(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<(), Error> {
    let Some(now) = now(scope, moment)? else {
        return Ok(());
    };
    for one in now.all {
        let passed = [(Standing::Near, one.near_at), (Standing::Over, one.over_at)];
        for (standing, noted) in passed {
            if one.reckoned.standing < standing || noted.is_some() {
                continue;
            }
            let row = NoticeRow {
                budget_id: one.row.id,
                month_day: i64::from(now.month.from.0),
                standing: standing.word().to_owned(),
                at: moment.micros(),
            };
            insert_notice(scope, &row)?;
        }
    }
    Ok(())
}

/// How all budgets stand in the month that runs; none where there are none, which is looked up first.
fn now(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<Option<Budgets>, Error> {
    let rows = list_budgets(scope)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let month = Cycle::Monthly.period(day_in(moment.now, &zone_of(scope)?));
    let all = standings(scope, rows, month, moment)?;
    Ok(Some(Budgets { month, all }))
}

/// What is passed in the month that runs, or its warning is.
///
/// # Errors
/// Those of the store.
pub(crate) fn list_passed(
    scope: &mut Scope<'_, '_>,
    moment: Moment,
) -> Result<Vec<BudgetStanding>, Error> {
    let mut all = now(scope, moment)?.map_or_else(Vec::new, |now| now.all);
    all.retain(|one| one.reckoned.standing > Standing::Within);
    Ok(all)
}

/// What was passed in the month that runs after one moment and up to another one: of a budget that was passed itself, not its warning.
///
/// # Errors
/// Those of the store.
pub(crate) fn passed_between(
    scope: &mut Scope<'_, '_>,
    after: Option<i64>,
    until: i64,
    moment: Moment,
) -> Result<Vec<(Standing, BudgetStanding)>, Error> {
    let is_new =
        |at: Option<i64>| at.is_some_and(|at| at <= until && after.is_none_or(|after| at > after));
    let mut passed = Vec::new();
    for one in now(scope, moment)?.into_iter().flat_map(|now| now.all) {
        if is_new(one.over_at) {
            passed.push((Standing::Over, one));
        } else if is_new(one.near_at) {
            passed.push((Standing::Near, one));
        }
    }
    Ok(passed)
}
