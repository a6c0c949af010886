//! What is known of a handoff before it is decided: one number for each input.

use super::inputs::{INPUTS, Input, Row};
use super::usual::rest_of;
use crate::money::as_typed;

/// Why a number cannot be an input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// An input that has to be said is not there.
    #[error("{key} is missing: {what}")]
    Missing {
        /// Its key.
        key: &'static str,
        /// What it is.
        what: &'static str,
    },
    /// A number lies outside what it may be.
    #[error("{key} is {value}, and it is from {least} to {most}: {what}")]
    Outside {
        /// Its key.
        key: &'static str,
        /// The number as it was given.
        value: String,
        /// The least it may be.
        least: String,
        /// The most it may be.
        most: String,
        /// What it is.
        what: &'static str,
    },
    /// A count is not whole.
    #[error("{key} is {value}, and it is a whole number")]
    NotWhole {
        /// Its key.
        key: &'static str,
        /// The number as it was given.
        value: String,
    },
}

/// A number for every input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case([f64; INPUTS.len()]);

impl Case {
    /// A case from what was said; the rest is as the table has it.
    ///
    /// # Errors
    /// [`CaseError`] for the first input that is missing or cannot be.
    pub fn new(said: impl Fn(Input) -> Option<f64>) -> Result<Self, CaseError> {
        let mut numbers = [0.0; INPUTS.len()];
        for (number, row) in numbers.iter_mut().zip(&INPUTS) {
            let value = said(row.input).or_else(|| row.unsaid(&said));
            let (key, what) = (row.key, row.what);
            *number = value.ok_or(CaseError::Missing { key, what })?;
            row.check(*number)?;
        }
        Ok(Self(numbers))
    }

    /// The number of an input.
    #[must_use]
    pub fn get(&self, input: Input) -> f64 {
        self.0.get(input as usize).copied().unwrap_or(0.0)
    }

    /// The case with another number for an input, which is not checked.
    #[must_use]
    pub fn with(mut self, input: Input, number: f64) -> Self {
        if let Some(place) = self.0.get_mut(input as usize) {
            *place = number;
        }
        self
    }

    /// The case with other numbers for some inputs, which are not checked.
    pub(super) fn with_all(self, numbers: &[(Input, f64)]) -> Self {
        let numbers = numbers.iter();
        numbers.fold(self, |case, (input, number)| case.with(*input, *number))
    }

    /// What an hour freed is worth: `lambda v_work + (1 - lambda) v_rest`.
    #[must_use]
    pub fn worth(&self) -> f64 {
        let share = self.get(Input::ShareRedeployed);
        share * self.get(Input::ValueOfWorkHour) + (1.0 - share) * self.get(Input::ValueOfRestHour)
    }

    /// The owner's hours before it begins: for the blueprint, and to bring the person in.
    #[must_use]
    pub fn setup_hours(&self) -> f64 {
        self.get(Input::BlueprintHours) + self.get(Input::OnboardingHours)
    }

    /// What the set-up costs: these hours at what a freed hour is worth, and the person's paid training.
    #[must_use]
    pub fn setup_cost(&self) -> f64 {
        self.worth() * self.setup_hours() + self.loaded_rate() * self.get(Input::TrainingHours)
    }

    /// What an hour of the person costs with fees and employer's share.
    #[must_use]
    pub fn loaded_rate(&self) -> f64 {
        self.get(Input::Rate) * self.get(Input::Load)
    }
}

impl Row {
    /// What it is where nobody said it, by what was said of the others; `None` where it has to be said.
    pub fn unsaid(&self, said: impl Fn(Input) -> Option<f64>) -> Option<f64> {
        match self.input {
            Input::ValueOfRestHour => said(Input::ValueOfWorkHour).map(rest_of),
            _ => self.default,
        }
    }

    /// Whether it has to be said.
    #[must_use]
    pub fn is_needed(&self) -> bool {
        self.default.is_none() && self.input != Input::ValueOfRestHour
    }

    /// Whether a number may be this input.
    ///
    /// # Errors
    /// [`CaseError::Outside`], [`CaseError::NotWhole`].
    pub fn check(&self, number: f64) -> Result<(), CaseError> {
        // Also refuses what is not a number.
        if !(self.least..=self.most).contains(&number) {
            return Err(CaseError::Outside {
                key: self.key,
                value: as_typed(number),
                least: as_typed(self.least),
                most: as_typed(self.most),
                what: self.what,
            });
        }
        let is_count = matches!(self.input, Input::Weeks | Input::FullReviewTimes);
        if is_count && number.fract() != 0.0 {
            return Err(CaseError::NotWhole {
                key: self.key,
                value: as_typed(number),
            });
        }
        Ok(())
    }
}

impl Input {
    /// Its row of the table.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        INPUTS.iter().find(|row| row.input == self)
    }

    /// Its key in a case file.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.row().map_or("", |row| row.key)
    }

    /// The input of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        INPUTS
            .iter()
            .find(|row| row.key == key)
            .map(|row| row.input)
    }

    /// Whether it is a share or a ratio, which people write in hundredths as well.
    #[must_use]
    pub fn takes_per_cent(self) -> bool {
        matches!(
            self,
            Self::ShareRedeployed
                | Self::Load
                | Self::FirstTimeRatio
                | Self::SteadyRatio
                | Self::LearningRate
                | Self::ReviewShare
                | Self::FaultRate
                | Self::Detection
                | Self::OwnFaultRate
                | Self::DiscountRate
        )
    }

    /// Whether it says something of the owner and the work, the same whoever else may do it.
    #[must_use]
    pub fn is_of_owner(self) -> bool {
        matches!(
            self,
            Self::ValueOfWorkHour
                | Self::ValueOfRestHour
                | Self::ShareRedeployed
                | Self::OwnerHours
                | Self::TimesPerWeek
                | Self::Weeks
                | Self::EscapeCost
                | Self::OwnFaultRate
                | Self::DiscountRate
        )
    }
}
