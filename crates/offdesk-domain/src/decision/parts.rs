//! The parts a decision is made of, for those who want to see how each of its figures came about.

use super::calendar::Calendar;
use super::{Case, Input, YEAR, assignment};

/// What the figures of a decision are added up from; nothing here is discounted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Assignments within the weeks.
    pub times: f64,
    /// Of these the first, which are reviewed in full.
    pub full: f64,
    /// The owner's hours that one frees: reviewed in full, and reviewed in part.
    pub hours: [f64; 2],
    /// Share of deliverables in which a review finds a fault: reviewed in full, and in part.
    pub caught: [f64; 2],
    /// Faults that get out of one: reviewed in full, and in part.
    pub escaped: [f64; 2],
    /// What one costs once learned and reviewed in part.
    pub cash: f64,
    /// What better or worse work is worth then.
    pub quality: f64,
    /// How often the person changes within the weeks.
    pub leavings: f64,
}

impl Parts {
    /// Those of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        let times = Calendar::of(case).times();
        let is_learned = case.get(Input::LearningRate) < 1.0;
        let learned = if is_learned { 0.0 } else { 1.0 };
        let [first, then] = [true, false].map(|is_full| assignment(case, learned, is_full));
        let caught = |share: f64| case.get(Input::FaultRate) * share * case.get(Input::Detection);
        Self {
            times,
            full: times.min(case.get(Input::FullReviewTimes)),
            hours: [first.hours, then.hours],
            caught: [caught(1.0), caught(case.get(Input::ReviewShare))],
            escaped: [first.escaped, then.escaped],
            cash: then.cash,
            quality: then.quality,
            leavings: case.get(Input::LeavingsPerYear) / YEAR * case.get(Input::Weeks),
        }
    }
}
