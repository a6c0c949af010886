//! Where the break-even of a handoff is, in weeks of its own from its first day on, as the plan counts them.

use offdesk_domain::Money;
use offdesk_domain::handoff::State;
use offdesk_domain::returns::{BreakEven, Return, break_even};
use offdesk_domain::time::Period;
use rust_decimal::Decimal;

use super::super::one::One;
use super::super::too_large;
use super::Reckoning;
use crate::error::Error;

impl Reckoning {
    /// Where the break-even is, over all weeks. What nobody said the use of counts as work, as in the verdict.
    pub(super) fn break_even(&self, one: &One) -> Result<Option<BreakEven>, Error> {
        let set_up = self.of_work(one.record.set_up)?;
        let planned = one.expected.forecast.as_ref();
        let planned = planned.and_then(|it| it.break_even);
        let (weeks, rest) = one.record.live_weeks(self.whole());
        let (mut steps, mut left) = (Vec::with_capacity(weeks.len()), set_up.amount);
        for week in weeks {
            // Where no rate is known of a part of the cost, nobody can say when it is paid back.
            let Some(step) = self.step(one, week)? else {
                return Ok(None);
            };
            steps.push(step);
            left -= step.amount;
            // What was reached counts as reached, whatever came of the weeks after it.
            if left <= Decimal::ZERO {
                return Ok(break_even(set_up, &steps, None, planned));
            }
        }
        let running = match rest {
            None => None,
            Some(rest) => match self.step(one, rest)? {
                Some(step) => Some(step),
                None => return Ok(None),
            },
        };
        let found = break_even(set_up, &steps, running, planned);
        let is_over = matches!(one.summary.handoff.state, State::Ended(_));
        // What is over does not go on.
        Ok(match found {
            Some(BreakEven::Reached { .. }) => found,
            _ if is_over => Some(BreakEven::OutOfSight { planned }),
            _ => found,
        })
    }

    /// What some days brought; `None` where no rate is known of a part of what they cost.
    fn step(&self, one: &One, days: Period) -> Result<Option<Money>, Error> {
        let weeks = one.record.by_week(self.around(), days);
        let found = self.of_facts(weeks.values().flatten())?;
        if !found.cash.is_whole() {
            return Ok(None);
        }
        self.brought(&found).map(Some)
    }

    /// The result without the set-up, which is what weeks have to pay for and none of their results; hours of which nobody said what they
    /// became count as work.
    pub(super) fn brought(&self, found: &Return) -> Result<Money, Error> {
        let unknown = self.of_work(found.opportunity.unknown)?;
        let result = found.result().and_then(|it| it.plus(unknown));
        let step = result.and_then(|it| it.plus(found.set_up_value));
        step.map_err(|error| too_large(&error))
    }
}
