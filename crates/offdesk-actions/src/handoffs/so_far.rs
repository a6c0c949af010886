//! What handoffs cost so far against what was expected by now: from sums that are kept, however much was done.

use std::collections::{BTreeMap, HashSet};

use offdesk_domain::decision::{CostSoFar, Input, Paid};
use offdesk_domain::money::{round_to_minor, to_minor_text, two_significant};
use offdesk_domain::pay::{Earned, Exact};
use offdesk_domain::person::{PersonKind, Unit};
use offdesk_domain::time::Period;
use offdesk_domain::worth::grouped;
use offdesk_domain::{Currency, Day, Money, Seconds};
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::handoffs::open::list_paid_by;
use offdesk_store::handoffs::sums::{SUPERVISION, list_sums};
use offdesk_store::people::load_person;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use serde_json::Value;

use super::HandoffSummary;
use super::expected::paid_of;
use crate::actor::{Actor, Permission};
use crate::budgets::exact_of;
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::retained_parts;
use crate::returns::{Days, case_of, live_of_one, seconds};

/// What a handoff cost so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SoFar {
    /// The first day on which it was live; `None` before it begins.
    pub since: Option<Day>,
    /// So many days it was live: pauses are none.
    pub days: u32,
    /// What was earned by it, a sum for each currency.
    pub earned: Vec<Money>,
    /// What looking after it took.
    pub supervision: Seconds,
    /// What was expected of these days; `None` where it was not weighed when it was made.
    pub expected: Option<ExpectedSoFar>,
}

/// What was expected by now, as it was reckoned when the handoff was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedSoFar {
    /// What the person would have earned, in the currency that was agreed; `None` where it is paid by milestones, and for an agent, which
    /// earns nothing: what it uses is no part of this.
    pub earned: Option<Money>,
    /// What looking after it would have taken.
    pub supervision: Seconds,
}

impl SoFar {
    /// The money in words: `240.00 EUR of about 300 EUR`.
    #[must_use]
    pub fn money_in_words(&self) -> String {
        let text = |money: &Money| {
            let amount = to_minor_text(money.amount, money.currency);
            format!("{amount} {}", money.currency)
        };
        let sums: Vec<String> = self.earned.iter().map(text).collect();
        let sums = match sums.is_empty() {
            true => "nothing yet".to_owned(),
            false => sums.join(" and "),
        };
        match self.expected.and_then(|it| it.earned) {
            Some(expected) => {
                let about = grouped(two_significant(expected.amount).normalize());
                format!("{sums} of about {about} {}", expected.currency)
            }
            None => sums,
        }
    }

    /// The owner's own time in words: `35 min of about 1 h`.
    #[must_use]
    pub fn time_in_words(&self) -> String {
        let spent = minutes(self.supervision);
        match self.expected {
            Some(expected) => format!("{spent} of about {}", minutes(expected.supervision)),
            None => spent,
        }
    }
}

/// `35 min`, `2 h 5 min`, `30 h`.
fn minutes(time: Seconds) -> String {
    let whole = (time.0.max(0) + 30) / 60;
    match (whole / 60, whole % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// What some handoffs cost so far, in their order.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_so_far(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoffs: &[HandoffSummary],
    moment: Moment,
) -> Result<Vec<SoFar>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let days = Days::of(&mut scope)?;
    let today = days.today(moment);
    let retained = list_paid_by(&mut scope, Unit::Retainer.word())?.into_iter();
    let retained: HashSet<Uuid> = retained.map(|row| row.id).collect();
    let all = handoffs.iter();
    all.map(|one| {
        let row = &one.handoff.row;
        // The days of a retainer are posted with its statement, and are earned before.
        let parts = match retained.contains(&row.id) {
            true => retained_parts(&mut scope, row, None, today)?,
            false => Vec::new(),
        };
        let live = live_of_one(&mut scope, &days, row.id, today)?;
        so_far_of(&mut scope, row, &live, &parts)
    })
    .collect()
}

/// What one handoff cost so far, with what it has earned that is in no posting.
fn so_far_of(
    scope: &mut Scope<'_, '_>,
    row: &HandoffRow,
    live: &[Period],
    unposted: &[Earned],
) -> Result<SoFar, Error> {
    let so_many: i64 = live.iter().map(|it| it.days()).sum();
    let so_many = u32::try_from(so_many).unwrap_or(u32::MAX);
    let mut sums: BTreeMap<Currency, Exact> = BTreeMap::new();
    let mut supervision = Seconds::ZERO;
    for part in unposted {
        add(&mut sums, part.exact()?)?;
    }
    for sum in list_sums(scope, row.id)? {
        if sum.counted == SUPERVISION {
            supervision += Seconds(sum.quantity);
            continue;
        }
        // More may be taken back than was earned at one price.
        let counted = (
            sum.counted.as_str(),
            sum.quantity.abs(),
            Some(sum.quantity_of),
        );
        let exact = exact_of(counted, (&sum.amount, &sum.currency))?;
        let exact = if sum.quantity < 0 {
            exact.negated()
        } else {
            exact
        };
        add(&mut sums, exact)?;
    }
    let rounded = sums.into_values().filter(|sum| !sum.is_zero());
    let earned: Result<Vec<Money>, _> = rounded.map(Exact::rounded).collect();
    let person = load_person(scope, row.person_id)?;
    let is_agent = person.is_some_and(|it| it.kind == PersonKind::Agent.word());
    Ok(SoFar {
        since: live.first().map(|it| it.from),
        days: so_many,
        earned: earned?,
        supervision,
        expected: expected(&row.expected, so_many, is_agent),
    })
}

fn add(sums: &mut BTreeMap<Currency, Exact>, exact: Exact) -> Result<(), Error> {
    let known = sums
        .entry(exact.currency())
        .or_insert(Exact::zero(exact.currency()));
    *known = known.plus(exact)?;
    Ok(())
}

fn expected(kept: &str, days: u32, is_agent: bool) -> Option<ExpectedSoFar> {
    let kept: Value = serde_json::from_str(kept).ok()?;
    let case = case_of(&kept)?;
    // What was kept before the terms stood beside it has hours at a rate of the workspace's currency.
    let (paid, currency): (Option<Paid>, Currency) = match paid_of(&kept) {
        Some(terms) => (Paid::of(&terms), terms.price.currency),
        None => {
            let rate = Paid::Hour(case.get(Input::Rate));
            (Some(rate), kept["currency"].as_str()?.parse().ok()?)
        }
    };
    let cost = CostSoFar::expected(&case, paid, days);
    let amount = round_to_minor(Decimal::from_f64(cost.earned)?, currency);
    let is_known = !is_agent && paid.is_some();
    Some(ExpectedSoFar {
        earned: is_known.then(|| Money::new(amount, currency)),
        supervision: seconds(cost.hours)?,
    })
}

#[cfg(test)]
mod tests {
    use super::minutes;
    use offdesk_domain::Seconds;

    #[test]
    fn times_are_said_in_hours_and_minutes() {
        for (seconds, said) in [
            (0, "0 min"),
            (29, "0 min"),
            (2_100, "35 min"),
            (3_599, "1 h"),
            (7_500, "2 h 5 min"),
            (108_000, "30 h"),
        ] {
            assert_eq!(minutes(Seconds(seconds)), said);
        }
    }
}
