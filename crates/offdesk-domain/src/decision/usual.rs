//! What is assumed of an activity that nobody has weighed, so that every door takes the same numbers.

use super::{Case, Input};

/// Share of freed hours that goes to the owner's best work until somebody has seen it: low, likely, high.
pub const USUAL_SHARE: [f64; 3] = [0.2, 0.5, 0.8];
/// Time of somebody who knows the trade beside the owner's, once learned: low, likely, high.
pub const USUAL_RATIO: [f64; 3] = [1.0, 1.3, 2.0];
/// A remembered activity is taken to come up at most so often in a week.
const WORKDAYS: f64 = 5.0;

/// What is known of an activity that nobody has weighed; the rest is as the table of inputs has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// What an hour of the owner's is worth, in the currency of the rate.
    pub worth: f64,
    /// Hours in a week.
    pub hours_per_week: f64,
    /// Hours of one time, as [`hours_each`] gives them.
    pub hours_each: f64,
    /// Weeks the owner works in a year.
    pub weeks_per_year: f64,
    /// The likely price of an hour of it.
    pub rate: f64,
}

impl Usual {
    /// The case of somebody who works on their own account at the likely price; `None` for numbers that cannot be.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        let [_, share, _] = USUAL_SHARE;
        let [_, ratio, _] = USUAL_RATIO;
        let case = Case::new(|input| match input {
            Input::ValueOfWorkHour => Some(self.worth),
            Input::ValueOfRestHour => Some(rest_of(self.worth)),
            Input::ShareRedeployed => Some(share),
            Input::OwnerHours => Some(self.hours_each),
            Input::TimesPerWeek => Some(times_of(self.hours_per_week, self.hours_each)),
            Input::Weeks => Some(weeks_of(self.weeks_per_year)),
            Input::Rate => Some(self.rate),
            Input::SteadyRatio => Some(ratio),
            _ => None,
        });
        case.ok()
    }
}

/// What an hour off is worth: half of the owner's hour, about what people give up for one.
#[must_use]
pub fn rest_of(worth: f64) -> f64 {
    worth / 2.0
}

/// Hours of one time as a case has them: to the hundredth, and never none.
#[must_use]
pub fn hours_each(hours: f64) -> f64 {
    ((hours * 100.0).round() / 100.0).max(0.01)
}

/// Hours of one time of remembered work, of which only the week is known: about an hour, and no more than five times a week.
#[must_use]
pub fn hours_each_remembered(hours_per_week: f64) -> f64 {
    hours_each((hours_per_week / WORKDAYS).max(hours_per_week.min(1.0)))
}

/// How often it comes up in a week: the hours of the week over those of one time, to the hundredth.
#[must_use]
pub fn times_of(hours_per_week: f64, hours_each: f64) -> f64 {
    ((hours_per_week / hours_each * 100.0).round() / 100.0).clamp(0.01, 200.0)
}

/// Whole weeks to look ahead: those the owner works in a year.
#[must_use]
pub fn weeks_of(weeks_per_year: f64) -> f64 {
    weeks_per_year.round().clamp(1.0, 53.0)
}
