//! Stress: one question a week, and raw figures beside the owner's usual ones. It has no sum and no money value.

use rust_decimal::Decimal;

use crate::time::Day;

/// Weeks from which the usual is taken.
const USUAL: usize = 8;

/// From here on an answer is high.
const HIGH: u8 = 4;

/// An answer to the weekly question, from 1 (not at all) to 5 (very much).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer(u8);

/// A number that is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no answer: 1 is not at all, 5 is very much")]
pub struct AnswerError(pub i64);

impl AnswerError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        "return.stress"
    }
}

impl Answer {
    /// An answer.
    ///
    /// # Errors
    /// [`AnswerError`] outside of 1 to 5.
    pub fn new(number: i64) -> Result<Self, AnswerError> {
        match u8::try_from(number) {
            Ok(answer @ 1..=5) => Ok(Self(answer)),
            _ => Err(AnswerError(number)),
        }
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

/// Whether the last two weeks with an answer were both high, and one right after the other. `answers` are by the first day of their week,
/// in order.
#[must_use]
pub fn is_at_risk(answers: &[(Day, Answer)]) -> bool {
    match answers {
        [.., (before, first), (last, second)] => {
            last.0 - before.0 == 7 && first.0 >= HIGH && second.0 >= HIGH
        }
        _ => false,
    }
}

/// What is usual of a figure: the median of its last eight weeks, the mean of the two in the middle where they are even; `None` below four.
#[must_use]
pub fn usual(weeks: &[Decimal]) -> Option<Decimal> {
    let mut last = weeks.get(weeks.len().saturating_sub(USUAL)..)?.to_vec();
    if last.len() < USUAL / 2 {
        return None;
    }
    last.sort_unstable();
    let middle = last.len() / 2;
    let (low, high) = (last.get((last.len() - 1) / 2)?, last.get(middle)?);
    Some((*low + *high) / Decimal::TWO)
}
