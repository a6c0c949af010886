//! The return of all handoffs week by week and month by month, with what came in by no single one.

use std::collections::BTreeMap;

use offdesk_domain::Day;
use offdesk_domain::returns::{Return, monday_of};
use offdesk_domain::time::Period;

use super::super::{HandoffReturn, Month, WeekLine};
use super::Reckoning;
use crate::error::Error;

impl Reckoning {
    /// What came in by no single handoff, or by one that never began, within a period.
    pub(in crate::returns) fn loose(&self, within: Period) -> Result<Return, Error> {
        let weeks = self.loose.by_week(self.around(), within);
        self.of_facts(weeks.values().flatten())
    }

    /// Week by week, with those between in which nothing was live.
    pub(in crate::returns) fn weeks(
        &self,
        handoffs: &[HandoffReturn],
        within: Period,
    ) -> Result<Vec<WeekLine>, Error> {
        let lines = handoffs.iter().flat_map(|it| &it.by_week);
        let mut by_monday: BTreeMap<Day, Vec<&WeekLine>> = BTreeMap::new();
        for line in lines {
            by_monday.entry(line.monday).or_default().push(line);
        }
        let loose = self.loose.by_week(self.around(), within);
        for monday in loose.keys() {
            by_monday.entry(*monday).or_default();
        }
        let (Some(first), Some(last)) = (
            by_monday.keys().next().copied(),
            by_monday.keys().next_back().copied(),
        ) else {
            return Ok(Vec::new());
        };
        let last = last.max(monday_of(self.today.min(within.to)));
        let mut weeks = Vec::new();
        let mut monday = first;
        while monday <= last {
            let of = by_monday.get(&monday).map_or(&[][..], Vec::as_slice);
            let planned = of.iter().filter_map(|line| line.planned);
            let apart = self.of_facts(loose.get(&monday).into_iter().flatten())?;
            let found = of.iter().map(|line| &line.found).chain([&apart]);
            weeks.push(WeekLine {
                monday,
                found: self.sum(found)?,
                planned: planned.reduce(|sum, it| sum + it),
            });
            monday = monday.ahead(7);
        }
        Ok(weeks)
    }

    /// Month by month, from the first to this one.
    pub(in crate::returns) fn months(&self) -> Result<Vec<(Month, Return)>, Error> {
        let mut months = Vec::new();
        if self.all.is_empty() && self.loose.cash.is_empty() {
            return Ok(months);
        }
        let whole = self.whole();
        let mut month = Month::of(whole.from);
        while month.period().from <= whole.to {
            let within = month.period();
            let mut facts = Vec::new();
            let records = self.all.iter().map(|one| &one.record);
            for record in records.chain([&self.loose]) {
                let weeks = record.by_week(self.around(), within);
                facts.extend(weeks.into_values().flatten());
            }
            months.push((month, self.of_facts(&facts)?));
            let next = Month::of(within.to.ahead(1));
            // The calendar ends, whatever days there are.
            if next <= month {
                break;
            }
            month = next;
        }
        Ok(months)
    }
}
