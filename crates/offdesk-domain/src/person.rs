//! People who can do work: what kind they are, whether they still do, and what they are paid.

mod terms;

pub use self::terms::{Terms, TermsError, Unit, in_force, in_force_or_first};

use crate::decision::Input;

/// What kind of a person somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonKind {
    /// Employed.
    InHouse,
    /// Working on their own account.
    Freelancer,
    /// A firm.
    Agency,
    /// A program.
    Agent,
}

impl PersonKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Freelancer, Self::InHouse, Self::Agency, Self::Agent];

    /// The word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::InHouse => "in_house",
            Self::Freelancer => "freelancer",
            Self::Agency => "agency",
            Self::Agent => "agent",
        }
    }

    /// In words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InHouse => "in-house",
            Self::Freelancer => "freelancer",
            Self::Agency => "agency",
            Self::Agent => "AI agent",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether an input says anything of the kind: a program has no hourly rate, it costs what a run costs.
    #[must_use]
    pub fn has(self, input: Input) -> bool {
        self != Self::Agent || input != Input::Rate
    }

    /// What is assumed of the kind where the owner has said nothing else, each with why.
    #[must_use]
    pub fn assumed(self) -> &'static [(Input, f64, &'static str)] {
        match self {
            Self::Freelancer => &[],
            Self::InHouse => &[(
                Input::Load,
                1.42,
                "an employer in the United States pays 1.42 times the wage (BLS, December 2024)",
            )],
            Self::Agency => &[
                (Input::Load, 1.0, "an agency's price has its costs in it"),
                (
                    Input::LeavingsPerYear,
                    0.0,
                    "an agency finds the next person itself",
                ),
            ],
            Self::Agent => &[
                (Input::Rate, 0.0, "a program is paid by the run"),
                (Input::Load, 1.0, "a program is paid by the run"),
                (Input::FirstTimeRatio, 0.0, "nobody's time is in it"),
                (Input::SteadyRatio, 0.0, "nobody's time is in it"),
                (
                    Input::TrainingHours,
                    0.0,
                    "a program is set up, not trained",
                ),
                (Input::ReworkHours, 0.0, "a program runs again"),
                (Input::LeavingsPerYear, 0.0, "a program does not leave"),
            ],
        }
    }
}

/// Whether a person can be handed work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonState {
    /// They can.
    Active,
    /// They have left; their record stays.
    Former,
}

impl PersonState {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Active, Self::Former];

    /// The word for it, as kept.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Former => "former",
        }
    }

    /// The state of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}
