//! Why an occurrence was never given.

/// Why an occurrence was never given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Missed {
    /// It was due before it could be given.
    Late,
    /// Nothing is given under its handoff.
    Paused,
    /// The person is off.
    Off,
    /// It would have passed a budget.
    Budget,
    /// Its blueprint was a draft, which may still change.
    Draft,
}

impl Missed {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Late,
        Self::Paused,
        Self::Off,
        Self::Budget,
        Self::Draft,
    ];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Paused => "paused",
            Self::Off => "off",
            Self::Budget => "budget",
            Self::Draft => "draft",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// The reason as the person is told it who would have done it: what the owner's budgets and drafts are is the owner's.
    #[must_use]
    pub fn told_to_doer(self) -> Self {
        match self {
            Self::Late | Self::Off => self,
            Self::Paused | Self::Budget | Self::Draft => Self::Paused,
        }
    }

    /// Why, as a sentence goes on with it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Late => "it was due before it could be given",
            Self::Paused => "nothing was given under its handoff then",
            Self::Off => "the person was off",
            Self::Budget => "it would have passed a budget",
            Self::Draft => "its blueprint was not published",
        }
    }
}
