//! Why an activity is handed off, who sends out what was made, and why a handoff has ended.

/// Why an activity is handed off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It frees the owner's hours.
    Focus,
    /// The person does it better.
    Better,
}

impl Reason {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Focus, Self::Better];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Focus => "focus",
            Self::Better => "better",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// Who sends out what was made: a term of the handoff, apart from how much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentBy {
    /// The owner, after looking at it or not.
    Owner,
    /// The person who made it.
    Worker,
}

impl SentBy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Owner, Self::Worker];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Worker => "worker",
        }
    }

    /// Who it is, of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }
}

/// Why a handoff has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// There is nothing more to do.
    Finished,
    /// Somebody else does it now.
    ChangedPerson,
    /// The owner does it again.
    TakenBack,
    /// Nobody does it any more.
    Dropped,
}

impl EndReason {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Finished,
        Self::ChangedPerson,
        Self::TakenBack,
        Self::Dropped,
    ];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::ChangedPerson => "changed_person",
            Self::TakenBack => "taken_back",
            Self::Dropped => "dropped",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::ChangedPerson => "changed person",
            Self::TakenBack => "taken back",
            Self::Dropped => "dropped",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}
