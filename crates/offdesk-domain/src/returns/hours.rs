//! Hours bought back: what the work took before, less what is left of it, less looking after it. What was logged and what was said are
//! kept apart.

use super::money::Flow;
use super::uses::Became;
use crate::assignment::Supervised;
use crate::time::{EntryKind, Seconds};

/// What an activity took the owner in a week before it was handed off, from the audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baseline {
    /// In a week.
    pub per_week: Seconds,
    /// How that is known.
    pub kind: EntryKind,
}

/// What looking after a handoff took the owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Supervision {
    /// Looking at deliverables.
    pub reviewing: Seconds,
    /// Answering questions.
    pub answering: Seconds,
    /// Doing again what was not right.
    pub reworking: Seconds,
}

impl Supervision {
    /// All of it.
    #[must_use]
    pub fn total(&self) -> Seconds {
        self.reviewing + self.answering + self.reworking
    }

    /// With more of one kind.
    #[must_use]
    pub fn with(mut self, kind: Supervised, time: Seconds) -> Self {
        match kind {
            Supervised::Reviewing => self.reviewing += time,
            Supervised::Answering => self.answering += time,
            Supervised::Reworking => self.reworking += time,
        }
        self
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            reviewing: self.reviewing + other.reviewing,
            answering: self.answering + other.answering,
            reworking: self.reworking + other.reworking,
        }
    }
}

/// A week of a handoff.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// So many of its days the work was handed off, from 1 to 7.
    pub days: u8,
    /// What the owner still logged of the activity; `None` where no log covers the week.
    pub residual: Option<Seconds>,
    /// What looking after it took.
    pub supervision: Supervision,
    /// What was paid for it, and what it brought in.
    pub cash: Vec<Flow>,
    /// What the owner said the freed hours of the week became; `None` where nobody answered.
    pub became: Option<Became>,
}

/// Hours that were logged, and hours that rest on what somebody said or remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Apart {
    /// Logged, before and after.
    pub measured: Seconds,
    /// Remembered or taken from a calendar before, or in weeks without a log.
    pub claimed: Seconds,
}

impl Apart {
    /// Both, where they have to be one number.
    #[must_use]
    pub fn total(&self) -> Seconds {
        self.measured + self.claimed
    }

    fn plus(self, other: Self) -> Self {
        Self {
            measured: self.measured + other.measured,
            claimed: self.claimed + other.claimed,
        }
    }
}

/// The hours of a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hours {
    /// What the work took before, in as many weeks.
    pub baseline: Apart,
    /// What the owner still does of it.
    pub residual: Apart,
    /// What looking after it took; always measured, and taken off where its week belongs.
    pub supervision: Supervision,
    taken_off: Apart,
}

impl Hours {
    /// Baseline less residual less supervision. Less than nothing where it took more than it gave.
    #[must_use]
    pub fn bought_back(&self) -> Apart {
        let less = |baseline: Seconds, residual: Seconds, off: Seconds| baseline - residual - off;
        Apart {
            measured: less(
                self.baseline.measured,
                self.residual.measured,
                self.taken_off.measured,
            ),
            claimed: less(
                self.baseline.claimed,
                self.residual.claimed,
                self.taken_off.claimed,
            ),
        }
    }

    /// The hours of one week: measured where the time before was logged and a log covers the week, else claimed.
    pub(super) fn of_week(baseline: Baseline, week: &Week) -> Self {
        let days = i64::from(week.days.clamp(1, 7));
        let before = Seconds(baseline.per_week.0.saturating_mul(days) / 7);
        let is_measured = baseline.kind == EntryKind::Measured && week.residual.is_some();
        let apart = |seconds| match is_measured {
            true => Apart {
                measured: seconds,
                claimed: Seconds::ZERO,
            },
            false => Apart {
                measured: Seconds::ZERO,
                claimed: seconds,
            },
        };
        Self {
            baseline: apart(before),
            residual: apart(week.residual.unwrap_or_default()),
            supervision: week.supervision,
            taken_off: apart(week.supervision.total()),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        Self {
            baseline: self.baseline.plus(other.baseline),
            residual: self.residual.plus(other.residual),
            supervision: self.supervision.plus(other.supervision),
            taken_off: self.taken_off.plus(other.taken_off),
        }
    }
}
