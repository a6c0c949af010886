//! Handoffs: from now on this person does this activity by this blueprint, on these terms, for this reason.
//!
//! A handoff is in one state; what happens leads to the next one or is refused. What was agreed changes only when the person
//! has accepted the change.

mod agreement;
mod checking;
mod happened;
mod reasons;

pub use self::agreement::{Agreement, AgreementError, Scope};
pub use self::checking::{Checking, CheckingChange, CheckingError};
pub use self::happened::happened;
pub use self::reasons::{EndReason, Reason, SentBy};
pub use crate::trust::IN_A_ROW;

/// A state in which work can be given, or could be before it was paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Running {
    /// Accepted; nothing was given yet.
    Accepted,
    /// The first assignments show whether it works.
    Trial {
        /// So many were looked at and accepted; what nobody looked at does not count.
        done: u32,
        /// Of so many, at least one.
        of: u32,
    },
    /// It is how the work is done.
    Active,
}

/// What is to be known where a newer version is published than the one that was agreed.
#[must_use]
pub fn newer_version(agreed: u32, published: i64) -> Option<String> {
    (published > i64::from(agreed)).then(|| {
        format!(
            "version {published} is out; work is given by version {agreed} until a change to it is accepted"
        )
    })
}

/// Where a handoff stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The person has not answered yet.
    Proposed,
    /// The person does not want it.
    Declined,
    /// It goes on.
    Running(Running),
    /// Nothing is given for a while.
    Paused(Running),
    /// It is over.
    Ended(EndReason),
}

/// Something that happens to a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// It is proposed once more, on other terms.
    Propose,
    /// The person accepts.
    Accept,
    /// The person declines.
    Decline,
    /// Work begins, with a trial of so many assignments; of none, at once.
    Begin {
        /// Length of the trial.
        trial: u32,
    },
    /// An assignment of the trial was looked at and accepted.
    PassTrial,
    /// The trial is cut short: it works.
    EndTrial,
    /// Nothing is to be given for a while.
    Pause,
    /// It goes on.
    Resume,
    /// It is over.
    End(EndReason),
}

impl Event {
    /// The word for it, as kept in the history.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Begin { .. } => "begin",
            Self::PassTrial => "pass_trial",
            Self::EndTrial => "end_trial",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::End(_) => "end",
        }
    }
}

/// What happened cannot happen in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a handoff that is {state} cannot {}", event.replace('_', " "))]
pub struct Refused {
    /// The state it is in.
    pub state: &'static str,
    /// What was to happen.
    pub event: &'static str,
}

impl State {
    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Declined => "declined",
            Self::Running(running) => running.word(),
            Self::Paused(_) => "paused",
            Self::Ended(_) => "ended",
        }
    }

    /// Where it stands, in words.
    #[must_use]
    pub fn in_words(self) -> String {
        match self {
            Self::Proposed => "proposed, not answered yet".to_owned(),
            Self::Declined => "declined".to_owned(),
            Self::Running(running) => running.in_words(),
            Self::Paused(running) => format!("paused; before: {}", running.in_words()),
            Self::Ended(reason) => format!("ended: {}", reason.name()),
        }
    }

    /// Whether the person has accepted and it is not over.
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::Running(_) | Self::Paused(_))
    }

    /// Whether anything can still come of it.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.is_agreed() || self == Self::Proposed
    }

    /// The state that something leads to.
    ///
    /// # Errors
    /// [`Refused`] where it cannot happen in this state.
    pub fn after(self, event: Event) -> Result<Self, Refused> {
        match (self, event) {
            (Self::Proposed | Self::Declined, Event::Propose) => Ok(Self::Proposed),
            (Self::Proposed, Event::Accept) => Ok(Self::Running(Running::Accepted)),
            (Self::Proposed, Event::Decline) => Ok(Self::Declined),
            (Self::Running(Running::Accepted), Event::Begin { trial }) => {
                Ok(Self::Running(Running::begun(trial)))
            }
            (Self::Running(Running::Trial { done, of }), Event::PassTrial) => {
                Ok(Self::Running(Running::passed(done, of)))
            }
            // What lies on the person's desk is done and looked at while nothing new is given.
            (Self::Paused(Running::Trial { done, of }), Event::PassTrial) => {
                Ok(Self::Paused(Running::passed(done, of)))
            }
            (Self::Running(Running::Trial { .. }), Event::EndTrial) => {
                Ok(Self::Running(Running::Active))
            }
            (Self::Running(running), Event::Pause) => Ok(Self::Paused(running)),
            (Self::Paused(running), Event::Resume) => Ok(Self::Running(running)),
            (
                Self::Proposed | Self::Declined | Self::Running(_) | Self::Paused(_),
                Event::End(reason),
            ) => Ok(Self::Ended(reason)),
            _ => Err(Refused {
                state: self.word(),
                event: event.word(),
            }),
        }
    }
}

impl Running {
    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Trial { .. } => "trial",
            Self::Active => "active",
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::Accepted => "accepted, not begun yet".to_owned(),
            Self::Trial { done, of } => format!("on trial, {done} of {of} accepted"),
            Self::Active => "active".to_owned(),
        }
    }

    fn begun(trial: u32) -> Self {
        match trial {
            0 => Self::Active,
            of => Self::Trial { done: 0, of },
        }
    }

    fn passed(done: u32, of: u32) -> Self {
        let done = done.saturating_add(1);
        if done >= of {
            return Self::Active;
        }
        Self::Trial { done, of }
    }
}

#[cfg(test)]
mod tests;
