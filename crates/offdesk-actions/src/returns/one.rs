//! A handoff with all that is known of it, and what was planned for its days.

use offdesk_domain::Seconds;
use offdesk_domain::returns::{Record, held};
use offdesk_domain::time::Period;

use super::forecast::Expected;
use super::known::Known;
use crate::handoffs::HandoffSummary;

/// A handoff with what is known of it.
pub(super) struct One {
    /// The handoff.
    pub summary: HandoffSummary,
    /// Its days.
    pub record: Record,
    /// What was reckoned when it was made.
    pub expected: Expected,
    /// Somebody else has done its activity before, and does not any more.
    pub has_earlier: bool,
}

impl One {
    /// A handoff with what is known of it.
    pub(super) fn of(known: &Known, summary: HandoffSummary) -> Self {
        let row = &summary.handoff.row;
        let expected = Expected::of(&row.expected);
        let live = known.live.get(&row.id).cloned().unwrap_or_default();
        Self {
            record: Record {
                baseline: known.baseline(row, expected.hours_per_week),
                held: held(&live, &known.others(row)),
                logged: known
                    .logged
                    .get(&row.activity_id)
                    .cloned()
                    .unwrap_or_default(),
                spent: known.spent.get(&row.id).cloned().unwrap_or_default(),
                cash: known.cash.get(&row.id).cloned().unwrap_or_default(),
                set_up: expected.set_up,
                set_up_cash: Vec::new(),
            },
            has_earlier: known.has_earlier(row),
            expected,
            summary,
        }
    }

    /// Whether it was live, and is known what it took before.
    pub(super) fn is_weighed(&self) -> bool {
        self.record.baseline.is_some() && !self.record.held.is_empty()
    }

    /// What was planned for the days of a period on which a handoff was live; `None` where nothing was.
    pub(super) fn planned(&self, within: Period) -> Option<Seconds> {
        self.expected.forecast.as_ref()?;
        let mut before = 0;
        let mut sum = Seconds::ZERO;
        for held in &self.record.held {
            let (from, to) = (held.period.from, held.period.to);
            for number in from.max(within.from).0..=to.min(within.to).0 {
                let days_before = before + i64::from(number - from.0);
                sum += self.expected.planned(days_before).unwrap_or_default();
            }
            before += held.period.days();
        }
        Some(sum)
    }
}
