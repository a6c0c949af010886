//! Assignments added up by their handoffs.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use super::{AcceptedDayRow, DayOf, VariedRow, WorkedRows};
use crate::{Row, StoreError};

/// Unit, amount and currency.
type Price = (String, String, String);

/// What is known of the assignments until now.
#[derive(Default)]
pub(super) struct Worked {
    handoffs: BTreeMap<Uuid, OfHandoff>,
}

/// The assignments of one handoff. Its prices are few: they are named by their place.
#[derive(Default)]
struct OfHandoff {
    versions: HashSet<i64>,
    prices: Vec<Price>,
    days: HashMap<(i64, usize), Sum>,
}

#[derive(Default)]
struct Sum {
    assignments: u64,
    unposted: u64,
    unposted_seconds: i64,
}

impl Worked {
    /// Takes a row: id, handoff, version, unit, amount, currency, seconds, when it was accepted, state.
    pub(super) fn take(
        &mut self,
        row: &Row<'_>,
        posted: &HashSet<Uuid>,
        day_of: DayOf<'_>,
    ) -> Result<(), StoreError> {
        let of = self.handoffs.entry(row.id(1)?).or_default();
        of.versions.insert(row.int(2)?);
        let price = (row.text(3)?, row.text(4)?, row.text(5)?);
        let known = of.prices.iter().rposition(|it| *it == price);
        let place = known.unwrap_or_else(|| {
            of.prices.push(price);
            of.prices.len() - 1
        });
        let Some(accepted_at) = row.opt_int(7)? else {
            return Ok(());
        };
        if !matches!(row.text(8)?.as_str(), "accepted" | "closed") {
            return Ok(());
        }
        let day = day_of(accepted_at);
        let sum = of.days.entry((day, place)).or_default();
        sum.assignments += 1;
        if !posted.contains(&row.id(0)?) {
            sum.unposted += 1;
            sum.unposted_seconds += row.int(6)?;
        }
        Ok(())
    }

    /// What it comes to, by handoff, day and price.
    pub(super) fn rows(self) -> WorkedRows {
        let mut rows = WorkedRows::default();
        for (handoff_id, of) in self.handoffs {
            let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
            rows.varied.push(VariedRow {
                handoff_id,
                versions: count(of.versions.len()),
                terms: count(of.prices.len()),
            });
            let mut days: Vec<_> = of.days.into_iter().collect();
            days.sort_by_key(|((day, place), _)| (*day, of.prices.get(*place)));
            for ((day, place), sum) in days {
                let (unit, amount, currency) = of.prices.get(place).cloned().unwrap_or_default();
                rows.accepted.push(AcceptedDayRow {
                    handoff_id,
                    day,
                    unit,
                    amount,
                    currency,
                    assignments: sum.assignments,
                    unposted: sum.unposted,
                    unposted_seconds: sum.unposted_seconds,
                });
            }
        }
        rows
    }
}
