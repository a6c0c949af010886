//! The verdict on a handoff, by what was tried since its weeks began to be bad.

use offdesk_domain::Day;
use offdesk_domain::handoff::State;
use offdesk_domain::returns::{Level, Quality, Return, SoFar, Tried, Verdict, bad_since, judge};

use super::super::one::One;
use super::super::{WeekLine, too_large};
use super::Reckoning;
use crate::error::Error;

impl Reckoning {
    /// What to do with it.
    pub(super) fn verdict(
        &self,
        one: &One,
        (found, by_week): (&Return, &[WeekLine]),
        quality: Quality,
        (weeks, accepted): (u32, u32),
    ) -> Result<Verdict, Error> {
        let handoff = &one.summary.handoff;
        let since = match quality.level() {
            Level::Worse => by_week.first().map(|line| line.monday),
            _ => self.bad_since(by_week)?,
        };
        let last = by_week.last().map(|line| Day(line.monday.0 + 6));
        let until = last.map_or(self.today, |last| last.min(self.today));
        let so_far = SoFar {
            weeks,
            accepted,
            is_by_assignment: self.known.is_by_assignment(&handoff.row, until),
        };
        let tried = since.map_or_else(Tried::default, |since| self.tried(one, (since, until)));
        let verdict = judge(handoff.reason, found, quality, self.values, so_far, tried);
        let verdict = verdict.map_err(|error| too_large(&error))?;
        Ok(match handoff.state {
            State::Ended(_) => verdict.over(),
            _ => verdict,
        })
    }

    /// The Monday since when it brought less than nothing.
    fn bad_since(&self, by_week: &[WeekLine]) -> Result<Option<Day>, Error> {
        let mut brought = Vec::with_capacity(by_week.len());
        for line in by_week {
            brought.push((line.monday, self.brought(&line.found)?.amount));
        }
        Ok(bad_since(&brought))
    }

    /// What was tried after a day and until another: another version of the blueprint, other terms; or somebody else, before it was handed off to this one.
    fn tried(&self, one: &One, (since, until): (Day, Day)) -> Tried {
        let id = &one.summary.handoff.row.id;
        let is_later = |days: Option<&Vec<Day>>| {
            days.is_some_and(|days| days.iter().any(|day| *day > since && *day <= until))
        };
        Tried {
            is_fixed: is_later(self.known.versions.get(id)),
            is_changed: one.has_earlier || is_later(self.known.terms.get(id)),
        }
    }
}
