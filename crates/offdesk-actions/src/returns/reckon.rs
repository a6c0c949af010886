//! From what is known of handoffs to what they gave.

mod spans;

use std::collections::BTreeMap;

use offdesk_domain::handoff::Reason;
use offdesk_domain::returns::{
    Around, Became, BreakEven, Facts, HourValues, Quality, Record, Return, SoFar, Tried,
    break_even, judge, sum_of,
};
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
        let firsts = self.all.iter().flat_map(|one| {
            let record = &one.record;
            let spent = record.spent.keys().next().copied();
            let paid = record.cash.keys().next().copied();
            [record.first_day(), spent, paid]
        });
        let firsts = firsts.chain([self.loose.cash.keys().next().copied()]);
        let lasts = self
            .all
            .iter()
            .map(|one| &one.record)
            .chain([&self.loose])
            .filter_map(|record| record.cash.keys().next_back().copied());
        Period {
            from: firsts.flatten().min().unwrap_or(self.today),
            to: lasts.max().unwrap_or(self.today).max(self.today),
        }
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
        let (Some(first), false) = (one.record.first_day(), weeks.is_empty()) else {
            return Ok(None);
        };
        let row = &one.summary.handoff.row;
        let last = one.record.held.last().map_or(first, |held| held.period.to);
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
        let is_weighed = self.has_worth && one.record.baseline.is_some();
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
            person: (row.person_id, one.summary.person.clone()),
            reason: one.summary.handoff.reason,
            state: one.summary.handoff.state,
            days: Period {
                from: first.max(within.from),
                to: last.min(within.to).max(first.max(within.from)),
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
                    let reason = one.summary.handoff.reason;
                    Some(self.verdict(one, reason, &found, quality, so_far)?)
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
        let count = usize::try_from(one.record.days(so_far) / 7).unwrap_or(0);
        Ok(Some(
            forecast.on_course(back.hours.bought_back().total(), count),
        ))
    }

    fn verdict(
        &self,
        one: &One,
        reason: Reason,
        found: &Return,
        quality: Quality,
        (weeks, accepted): (u32, u32),
    ) -> Result<offdesk_domain::returns::Verdict, Error> {
        let varied = self.known.varied.get(&one.summary.handoff.row.id);
        let tried = Tried {
            is_fixed: varied.is_some_and(|it| it.versions > 1),
            is_changed: one.has_earlier || varied.is_some_and(|it| it.terms > 1),
        };
        let so_far = SoFar {
            weeks,
            accepted,
            is_by_assignment: one.summary.handoff.row.agreed.unit == "assignment",
        };
        judge(reason, found, quality, self.values, so_far, tried).map_err(|error| too_large(&error))
    }

    fn of_work(&self, hours: Seconds) -> Result<Money, Error> {
        let worth = self.values.of_work(hours);
        worth.map_err(|error| too_large(&error))
    }

    /// Where the break-even is, over all weeks. What nobody said the use of counts as work, as in the verdict.
    fn break_even(&self, one: &One) -> Result<Option<BreakEven>, Error> {
        let weeks = one.record.by_week(self.around(), self.whole());
        let set_up = self.of_work(one.record.set_up)?;
        let mut steps = Vec::with_capacity(weeks.len());
        for facts in weeks.values() {
            let found = self.of_facts(facts)?;
            // Where no rate is known of a part of the cost, nobody can say when it is paid back.
            if !found.cash.is_whole() {
                return Ok(None);
            }
            let unknown = self.of_work(found.opportunity.unknown)?;
            let result = found.result().and_then(|it| it.plus(unknown));
            // The set-up is what the weeks have to pay for: it is none of their results.
            let step = result.and_then(|it| it.plus(found.set_up_value));
            steps.push(step.map_err(|error| too_large(&error))?);
        }
        let forecast = one.expected.forecast.as_ref();
        let planned = forecast.and_then(|it| it.break_even);
        Ok(Some(break_even(set_up, &steps, planned)))
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
