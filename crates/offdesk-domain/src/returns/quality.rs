//! Quality against the owner's own level, from what reviews found: only said where so few could not have come by chance.

use crate::trust::Tally;

/// What is known of the quality.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Of what was checked, what had no fault.
    pub clean: Tally,
    /// The share without a fault when the owner did it, from 0 to 1; `None` where nobody said.
    pub own: Option<f64>,
}

/// How it compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Better than the owner's own.
    Better,
    /// No difference was seen.
    Same,
    /// Worse than the owner's own.
    Worse,
    /// Fewer than twenty were checked, and these could be either.
    TooEarly,
    /// Nobody said how often the owner's own had a fault.
    NoLevel,
}

impl Level {
    /// The word for it, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Better => "better",
            Self::Same => "same",
            Self::Worse => "worse",
            Self::TooEarly => "too_early",
            Self::NoLevel => "no_level",
        }
    }
}

impl Quality {
    /// How it compares: better or worse once the whole 95 % range lies on one side.
    #[must_use]
    pub fn level(&self) -> Level {
        let Some(own) = self.own else {
            return Level::NoLevel;
        };
        match self.clean.range() {
            Some((low, _)) if low > own => Level::Better,
            Some((_, high)) if high < own => Level::Worse,
            Some(_) if self.clean.share().is_some() => Level::Same,
            _ => Level::TooEarly,
        }
    }
}
