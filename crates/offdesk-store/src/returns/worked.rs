//! Assignments added up by their handoffs. They come in the order of their ids, as what is known about them by other tables does: all is
//! gone through once, and nothing is looked up.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::{AcceptedDayRow, CheckedDayRow, DayOf, WorkedRows};
use crate::{Row, Scope, StoreError};

/// Unit, amount and currency.
type Price = (String, String, String);

/// Something about each of some assignments, in the order of their ids.
struct Ordered<T> {
    rows: std::iter::Peekable<std::vec::IntoIter<(Uuid, T)>>,
}

impl<T> Ordered<T> {
    fn of(rows: Vec<(Uuid, T)>) -> Self {
        Self {
            rows: rows.into_iter().peekable(),
        }
    }

    /// What is known of an assignment. Those that are asked for come in the same order.
    fn of_assignment(&mut self, id: Uuid) -> Option<T> {
        while self.rows.next_if(|(other, _)| *other < id).is_some() {}
        self.rows.next_if(|(other, _)| *other == id).map(|it| it.1)
    }
}

/// What is known of the assignments until now.
pub(super) struct Worked {
    handoffs: BTreeMap<Uuid, OfHandoff>,
    /// Those that have a posting.
    posted: Ordered<()>,
    /// When each was looked at first.
    reviewed: Ordered<i64>,
}

/// The assignments of one handoff. Its prices are few: they are named by their place.
#[derive(Default)]
struct OfHandoff {
    /// Each with the day of its first assignment.
    versions: Vec<(i64, i64)>,
    prices: Vec<Price>,
    days: HashMap<(i64, usize), Sum>,
    checked: BTreeMap<i64, (u64, u64)>,
}

#[derive(Default)]
struct Sum {
    assignments: u64,
    unposted: u64,
    unposted_seconds: i64,
}

impl Worked {
    /// Reads what other tables have about the assignments.
    pub(super) fn begin(scope: &mut Scope<'_, '_>) -> Result<Self, StoreError> {
        let parameters = scope.with([]);
        let posted = scope.tx.query(
            "SELECT assignment_id FROM posting WHERE workspace_id = ? AND assignment_id IS NOT NULL ORDER BY assignment_id",
            &parameters,
            |row| Ok((row.id(0)?, ())),
        )?;
        let reviewed = scope.tx.query(
            "SELECT assignment_id, created_at FROM review WHERE workspace_id = ? AND round = 1 ORDER BY assignment_id",
            &parameters,
            |row| Ok((row.id(0)?, row.int(1)?)),
        )?;
        Ok(Self {
            handoffs: BTreeMap::new(),
            posted: Ordered::of(posted),
            reviewed: Ordered::of(reviewed),
        })
    }

    /// Takes a row: id, handoff, version, unit, amount, currency, seconds, when it was accepted, state, whether it had a fault, when it was given.
    pub(super) fn take(&mut self, row: &Row<'_>, day_of: DayOf<'_>) -> Result<(), StoreError> {
        let id = row.id(0)?;
        let of = self.handoffs.entry(row.id(1)?).or_default();
        if let Some(at) = self.reviewed.of_assignment(id) {
            let sum = of.checked.entry(day_of(at)).or_default();
            *sum = (sum.0 + 1, sum.1 + u64::from(row.bool(9)?));
        }
        let version = row.int(2)?;
        if !of.versions.iter().any(|(known, _)| *known == version) {
            of.versions.push((version, day_of(row.int(10)?)));
        }
        let price = (row.str(3)?, row.str(4)?, row.str(5)?);
        let is_alike =
            |(unit, amount, currency): &Price| (&**unit, &**amount, &**currency) == price;
        let known = of.prices.iter().rposition(is_alike);
        let place = known.unwrap_or_else(|| {
            let (unit, amount, currency) = price;
            of.prices
                .push((unit.to_owned(), amount.to_owned(), currency.to_owned()));
            of.prices.len() - 1
        });
        let Some(accepted_at) = row.opt_int(7)? else {
            return Ok(());
        };
        if !matches!(row.str(8)?, "accepted" | "closed") {
            return Ok(());
        }
        let sum = of.days.entry((day_of(accepted_at), place)).or_default();
        sum.assignments += 1;
        if self.posted.of_assignment(id).is_none() {
            sum.unposted += 1;
            sum.unposted_seconds += row.int(6)?;
        }
        Ok(())
    }

    /// What it comes to, by handoff, day and price.
    pub(super) fn rows(self) -> WorkedRows {
        let mut rows = WorkedRows::default();
        for (handoff_id, of) in self.handoffs {
            let later = of.versions.into_iter().skip(1);
            rows.versions
                .extend(later.map(|(_, day)| (handoff_id, day)));
            let checked = of.checked.into_iter();
            let checked = checked.map(|(day, (checked, with_fault))| CheckedDayRow {
                handoff_id,
                day,
                checked,
                with_fault,
            });
            rows.checked.extend(checked);
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
