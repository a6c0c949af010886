//! Who could do an activity, and on which terms: what the owner has typed, what the workspace knows, and what is assumed.

mod figures;
mod kept;
mod offered;
mod subject;

pub use self::figures::{figures_json, read_figures};
pub use self::kept::{KeptOptions, NewOptions, keep_options, load_subject};
pub(crate) use self::kept::{forget_merged, read_all};
pub(crate) use self::offered::rhythms_of;
pub use self::offered::{Offer, Rhythm, Rhythms, WEEKS_SEEN};
pub(crate) use self::subject::subject_judged;
pub use self::subject::{InputLine, MOST_OPTIONS, Source, Subject, subject_of};

use offdesk_domain::decision::Input;

use crate::decide::Figure;

/// What kind of a person an option is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// Employed.
    InHouse,
    /// Working on their own account.
    Freelancer,
    /// A firm.
    Agency,
    /// A program.
    Agent,
}

impl OptionKind {
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

/// One who could do an activity.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoffOption {
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: OptionKind,
    /// What the owner has said of them.
    pub figures: Vec<Figure>,
}
