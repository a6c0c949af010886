//! What a single change does to a plan.

use super::Clash;

/// What single changes do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Those that were planned again.
    pub told: Vec<Tried>,
    /// For so many the time was up before they were begun.
    pub left_out: usize,
}

/// A change that was planned again.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The change.
    pub change: Change,
    /// What came of it.
    pub outcome: Outcome,
}

/// One thing that is otherwise.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A limit is lifted.
    Without(Limit),
    /// A limit is larger by so much.
    More(Limit, f64),
    /// An activity of the plan stays with the owner.
    Kept {
        /// Its id.
        activity: String,
    },
    /// An activity that stays with the owner is handed over all the same.
    HandedOver {
        /// Its id.
        activity: String,
    },
    /// An activity of the plan goes to another person.
    Instead {
        /// Its id.
        activity: String,
        /// The other person.
        person: String,
    },
}

/// A limit of a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// The cash of a week.
    Cash,
    /// The owner's hours for set-up.
    OwnerHours,
    /// The hours of a week of this person.
    Hours(String),
}

impl Limit {
    /// Its key in a problem.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Cash => "cash_per_week",
            Self::OwnerHours => "owner_setup_hours",
            Self::Hours(_) => "hours_per_week",
        }
    }
}

/// What comes of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Another plan.
    Plan(Difference),
    /// No plan keeps all limits.
    Impossible(Obstacle),
    /// A plan was neither found nor ruled out before the time was up.
    Unknown,
}

/// How a plan differs from the one that was explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What it brings more in a week; below 0 where it brings less. Of two plans that are not proven, the best that were found.
    pub value_per_week: f64,
    /// It is no less than this: the same, where both plans are proven.
    pub at_least: f64,
    /// It is no more than this.
    pub at_most: f64,
    /// What is done by somebody else.
    pub shifts: Vec<Shift>,
}

impl Difference {
    /// Whether it is exact.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.at_most <= self.at_least
    }

    /// The same with everything done as it was.
    pub(super) fn unmoved(&self) -> Self {
        Self {
            shifts: Vec::new(),
            ..self.clone()
        }
    }
}

/// An activity that somebody else does; `None` is the owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Its id.
    pub activity: String,
    /// Who does it in the plan.
    pub from: Option<String>,
    /// Who does it with the change.
    pub to: Option<String>,
}

/// Why no plan is left.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Obstacle {
    /// Why nobody could do it, in words.
    pub reasons: Vec<String>,
    /// The limits that are in the way.
    pub clash: Vec<Clash>,
    /// The smallest change of the limits that would do.
    pub smallest_change: Vec<Clash>,
}
