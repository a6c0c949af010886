//! Assignments: one time that work of a handoff is done, from the moment it is given to its place in the record.
//!
//! The state owns what belongs to it alone. What happens is an event; an event that does not fit the state is refused, and nothing
//! else changes a state. `now` is always handed in.

mod agreed;
mod bought_back;
mod event;
mod missed;
mod steps;
mod supervision;
#[cfg(test)]
mod tests;

pub use agreed::{Agreed, Hand};
pub use bought_back::BoughtBack;
pub use event::Event;
pub use missed::Missed;
pub use steps::{AssignmentError, Happened};
pub use supervision::{LONGEST_LOOK, Supervised, captured};

use jiff::Timestamp;

/// After so many times that it was returned, the blueprint has to be put right first, or the work accepted.
pub const MOST_RETURNS: u32 = 2;

/// How a deliverable came to be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acceptance {
    /// Somebody looked at it.
    Reviewed,
    /// It was not picked for a review.
    NotPicked,
    /// It was picked, and nobody looked at it in time: neither a check nor clean.
    TimedOut,
}

impl Acceptance {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reviewed, Self::NotPicked, Self::TimedOut];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reviewed => "reviewed",
            Self::NotPicked => "not_picked",
            Self::TimedOut => "timed_out",
        }
    }

    /// The acceptance of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Questions that wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waits {
    /// Since when.
    pub since: Timestamp,
    /// So many questions.
    pub open: u32,
}

/// Where an assignment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Given; the person has not said yet whether they take it.
    Assigned {
        /// By when they say so; without an end where none is given.
        answer_by: Option<Timestamp>,
        /// Questions that waited already when it was changed: they wait on, whatever the person says.
        waits: Option<Waits>,
        /// What was agreed before, where a change is proposed: it holds until they take the change.
        before: Option<Agreed>,
    },
    /// The person has agreed to it: what it is, its price and its date are settled.
    Agreed,
    /// Being done.
    InProgress,
    /// Questions wait for an answer; the due date stands still meanwhile.
    Waiting(Waits),
    /// Handed in and picked for a review.
    Delivered {
        /// When it counts as accepted where nobody has looked; never where there is no such rule.
        accept_at: Option<Timestamp>,
    },
    /// Returned with findings.
    Returned,
    /// Accepted.
    Accepted {
        /// When.
        at: Timestamp,
        /// How.
        how: Acceptance,
    },
    /// Done with: a record.
    Closed {
        /// How its deliverable came to be accepted.
        how: Acceptance,
    },
    /// The person did not want it, which costs them nothing.
    Declined,
    /// The owner took it back.
    Cancelled,
    /// Nobody answered in time.
    Expired,
    /// It was due before it could be given.
    Missed,
}

impl State {
    /// The words for all states, in the order work takes.
    pub const WORDS: [&'static str; 12] = [
        "assigned",
        "agreed",
        "in_progress",
        "waiting",
        "delivered",
        "returned",
        "accepted",
        "closed",
        "declined",
        "cancelled",
        "expired",
        "missed",
    ];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Assigned { .. } => "assigned",
            Self::Agreed => "agreed",
            Self::InProgress => "in_progress",
            Self::Waiting(_) => "waiting",
            Self::Delivered { .. } => "delivered",
            Self::Returned => "returned",
            Self::Accepted { .. } => "accepted",
            Self::Closed { .. } => "closed",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
            Self::Missed => "missed",
        }
    }

    /// Whether something still has to happen: somebody has it on their desk.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(
            self,
            Self::Assigned { .. }
                | Self::Agreed
                | Self::InProgress
                | Self::Waiting(_)
                | Self::Delivered { .. }
                | Self::Returned
        )
    }

    /// Whether the person has it in hand: ticks, questions and hours are noted then.
    #[must_use]
    pub fn is_in_hand(&self) -> bool {
        matches!(
            self,
            Self::Agreed | Self::InProgress | Self::Waiting(_) | Self::Returned
        )
    }

    /// The questions that wait for an answer.
    #[must_use]
    pub fn waits(&self) -> Option<Waits> {
        match self {
            Self::Waiting(waits) => Some(*waits),
            Self::Assigned { waits, .. } => *waits,
            _ => None,
        }
    }

    /// Whether its deliverable was accepted.
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. } | Self::Closed { .. })
    }
}

/// One time that work is done, as far as its course goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Assignment {
    /// Where it stands.
    pub state: State,
    /// When it is due. Time spent waiting for an answer is added.
    pub due: Timestamp,
    /// The number of the blueprint's version it is done by; another one is proposed only where the blueprint was put right after two returns.
    pub blueprint_number: i64,
    /// So many times something was handed in.
    pub rounds: u32,
    /// So many times it was returned under this version.
    pub returns: u32,
    /// Whether the first deliverable was there in time; `None` before there is one.
    pub is_on_time: Option<bool>,
    /// Whether it was picked for a review; `None` before there is a deliverable. Once picked it stays so, what is done again too.
    pub is_picked: Option<bool>,
    /// Whether a review has found a fault.
    pub has_fault: bool,
}

impl Assignment {
    /// An assignment that is given.
    #[must_use]
    pub fn given(due: Timestamp, blueprint_number: i64, answer_by: Option<Timestamp>) -> Self {
        Self {
            state: State::Assigned {
                answer_by,
                waits: None,
                before: None,
            },
            due,
            blueprint_number,
            rounds: 0,
            returns: 0,
            is_on_time: None,
            is_picked: None,
            has_fault: false,
        }
    }

    /// One that was due before it could be given, kept as missed.
    #[must_use]
    pub fn missed(due: Timestamp, blueprint_number: i64) -> Self {
        Self {
            state: State::Missed,
            ..Self::given(due, blueprint_number, None)
        }
    }

    /// When it is due, with the time that was waited for an answer until now.
    #[must_use]
    pub fn due_with_wait(&self, now: Timestamp) -> Timestamp {
        self.later(self.due, now)
    }

    /// A moment, with the time that was waited for an answer until now.
    fn later(&self, at: Timestamp, now: Timestamp) -> Timestamp {
        let Some(waits) = self.state.waits() else {
            return at;
        };
        let waited = now
            .duration_since(waits.since)
            .max(jiff::SignedDuration::ZERO);
        at.checked_add(waited).unwrap_or(Timestamp::MAX)
    }

    /// Whether its day has passed while it was in the person's hands; waiting for an answer is no delay.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        match self.state {
            State::Agreed | State::InProgress | State::Returned => now > self.due,
            _ => false,
        }
    }
}
