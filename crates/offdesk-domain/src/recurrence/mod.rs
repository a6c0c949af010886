//! Recurrences: rules that say when something comes back, followed on a wall clock, and the days they fall on in a zone.

mod civil;
mod contradictions;
mod printed;
mod rule;
mod schedule;
mod spoken;
mod walk;
#[cfg(test)]
mod walk_tests;

pub use contradictions::contradiction;
pub use printed::{Printed, PrintedOn, printed};
pub use rule::{Frequency, Rule, WEEKDAYS};
pub use schedule::{DaysOff, MOST, Occurrence, Recurrence, RecurrenceError, YEARS};
pub use spoken::{in_words, left_out};
pub use walk::{Budget, TooFar};
