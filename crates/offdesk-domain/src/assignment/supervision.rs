//! What a handoff costs the owner besides its price: looking at deliverables, answering, doing again.

use jiff::Timestamp;

use crate::Seconds;

/// The longest that a page which was left open counts as looked at: half an hour.
pub const LONGEST_LOOK: Seconds = Seconds(30 * 60);

/// What the owner spent time on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Supervised {
    /// Looking at a deliverable.
    Reviewing,
    /// Answering a question.
    Answering,
    /// Doing again what was not right.
    Reworking,
}

impl Supervised {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reviewing, Self::Answering, Self::Reworking];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Reviewing => "reviewing",
            Self::Answering => "answering",
            Self::Reworking => "reworking",
        }
    }

    /// What a word means.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// How long a page was looked at, from when it was shown to when its form came back; no longer than [`LONGEST_LOOK`], since a page
/// that stays open overnight is no work.
#[must_use]
pub fn captured(shown: Timestamp, sent: Timestamp) -> Seconds {
    Seconds(sent.as_second().saturating_sub(shown.as_second()))
        .max(Seconds::ZERO)
        .min(LONGEST_LOOK)
}
