//! From what is known of handoffs to what they gave.

mod even;
mod spans;
mod tried;

use std::collections::BTreeMap;

use offdesk_domain::returns::{Around, Became, Facts, HourValues, Quality, Record, Return, sum_of};
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Money, Seconds};

use super::known::Known;
use super::one::One;
use super::{HandoffReturn, WeekLine, too_large};
use crate::error::Error;

/// All handoffs with what is known of them.
pub(super) struct Reckoning {
    all: Vec<One>,
    /// What came in by no single handoff, or by one that never began.
    loose: Record,
    known: Known,
    values: HourValues,
    has_worth: bool,
    /// What the hours became; nothing without a worth, by which alone it counts.
    counted: BTreeMap<Day, Became>,
    today: Day,
}

impl Reckoning {
    pub(super) fn of(
        mut known: Known,
        values: HourValues,
        has_worth: bool,
        today: Day,
    ) -> Result<Self, Error> {
        let summaries = std::mem::take(&mut known.handoffs);
        known.handoffs.clone_from(&summaries);
        let all = summaries
            .into_iter()
            .map(|summary| One::of(&known, summary))
            .collect();
        let loose = Record {
            cash: std::mem::take(&mut known.loose),
            ..Record::default()
        };
        Ok(Self {
            all,
            loose,
            counted: match has_worth {
                true => known.became.clone(),
                false => BTreeMap::new(),
            },
            known,
            values,
            has_worth,
            today,
        })
    }

    /// From the first day on which anything was live, or anything was spent, until today.
    pub(super) fn whole(&self) -> Period {
        let records = self.all.iter().map(|one| &one.record);
        let spans = records.chain([&self.loose]).filter_map(Record::span);
        let today = Period {
            from: self.today,
            to: self.today,
        };
        spans.fold(today, |whole, span| Period {
            from: whole.from.min(span.from),
            to: whole.to.max(span.to),
        })
    }

    fn around(&self) -> Around<'_> {
        Around {
            coverage: &self.known.coverage,
            became: &self.counted,
        }
    }

    /// The sum of several.
    pub(super) fn sum<'r>(&self, all: impl Iterator<Item = &'r Return>) -> Result<Return, Error> {
        let nothing = Return::nothing(self.values.work.currency);
        let mut all = all;
        all.try_fold(nothing, |sum, found| sum.plus(found.clone()))
            .map_err(|error| too_large(&error))
    }

    fn of_facts<'f>(&self, facts: impl IntoIterator<Item = &'f Facts>) -> Result<Return, Error> {
        sum_of(facts, self.values).map_err(|error| too_large(&error))
    }

    /// The handoffs of which anything falls into a period.
    pub(super) fn handoffs(&self, within: Period) -> Result<Vec<HandoffReturn>, Error> {
        let found: Result<Vec<_>, Error> = self
            .all
            .iter()
            .map(|one| self.handoff(one, within))
            .collect();
        Ok(found?.into_iter().flatten().collect())
    }

    fn handoff(&self, one: &One, within: Period) -> Result<Option<HandoffReturn>, Error> {
        let weeks = one.record.by_week(self.around(), within);
        let (Some(days), false) = (one.record.live_span(), weeks.is_empty()) else {
            return Ok(None);
        };
        let row = &one.summary.handoff.row;
        let so_far = Period {
            from: self.whole().from,
            to: within.to,
        };
        let by_week = weeks
            .iter()
            .map(|(monday, facts)| {
                let days = Period {
                    from: *monday,
                    to: Day(monday.0 + 6),
                };
                Ok(WeekLine {
                    monday: *monday,
                    found: self.of_facts(facts)?,
                    planned: one.planned(both(days, within)),
                })
            })
            .collect::<Result<Vec<_>, Error>>()?;
        let found = self.of_facts(weeks.values().flatten())?;
        let is_weighed = self.has_worth && one.is_weighed();
        let quality = Quality {
            clean: self.known.tally(row.id, so_far),
            own: one.expected.own_level,
        };
        let accepted = |days| {
            let count = self.known.accepted(row.id, days);
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        let live_weeks = |days| u32::try_from(one.record.days(days) / 7).unwrap_or(0);
        Ok(Some(HandoffReturn {
            id: row.id,
            activity: (row.activity_id, one.summary.activity.clone()),
            blueprint: (row.blueprint_id, one.summary.blueprint.clone()),
            person: (row.person_id, one.summary.person.clone()),
            reason: one.summary.handoff.reason,
            state: one.summary.handoff.state,
            days: Period {
                from: days.from.max(within.from),
                to: days.to.min(within.to).max(days.from.max(within.from)),
            },
            weeks: live_weeks(within),
            accepted: accepted(within),
            baseline: one.record.baseline,
            on_course_for: self.on_course_for(one, so_far)?,
            forecast: one.expected.forecast.clone(),
            planned: one.planned(within),
            break_even: is_weighed
                .then(|| self.break_even(one))
                .transpose()?
                .flatten(),
            verdict: match is_weighed {
                true => {
                    let so_far = (live_weeks(so_far), accepted(so_far));
                    Some(self.verdict(one, (&found, &by_week), quality, so_far)?)
                }
                false => None,
            },
            quality,
            found,
            by_week,
        }))
    }

    /// What all weeks of the plan come to if they go on as those until now did.
    fn on_course_for(&self, one: &One, so_far: Period) -> Result<Option<Seconds>, Error> {
        let Some(forecast) = &one.expected.forecast else {
            return Ok(None);
        };
        let weeks = one.record.by_week(self.around(), so_far);
        let back = self.of_facts(weeks.values().flatten())?;
        // Of the very days that are gone: whole weeks alone were less, and the rest of it seemed too much.
        let planned = one.planned(so_far).unwrap_or_default();
        let back = back.hours.bought_back().total();
        Ok(Some(forecast.on_course(back, planned)))
    }

    fn of_work(&self, hours: Seconds) -> Result<Money, Error> {
        let worth = self.values.of_work(hours);
        worth.map_err(|error| too_large(&error))
    }

    /// What the owner said the hours became.
    pub(super) fn into_became(self) -> BTreeMap<Day, Became> {
        self.known.became
    }
}

fn both(a: Period, b: Period) -> Period {
    Period {
        from: a.from.max(b.from),
        to: a.to.min(b.to),
    }
}
