//! The rules by which exact amounts become amounts that can be paid.

/// How exact amounts become amounts that can be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// Everything is added up exactly, and the sum is rounded.
    ExactSum,
    /// What belongs to one day and one activity is added up exactly and rounded, and then added up.
    EachCell,
}

impl Rounding {
    /// Both.
    pub const ALL: [Self; 2] = [Self::ExactSum, Self::EachCell];

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::ExactSum => "exact_sum",
            Self::EachCell => "each_cell",
        }
    }

    /// The rule of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    /// The sentence on the statement.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::ExactSum => "Everything is added up exactly; only the sum is rounded, half up.",
            Self::EachCell => {
                "Each day of each activity is rounded, half up; the rounded amounts are added up."
            }
        }
    }
}
