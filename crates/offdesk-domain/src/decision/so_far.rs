//! What a handoff was expected to cost in its first days, to be held against what it did cost.

use super::calendar::Calendar;
use super::{Assignment, Case, Input, Paid, YEAR, assignment};

/// What was expected of some days.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CostSoFar {
    /// What the person earns by what was agreed, without fees and the employer's share, and what training them costs.
    pub earned: f64,
    /// The owner's hours of talk, review and explaining.
    pub hours: f64,
}

impl CostSoFar {
    /// What a case expects of its first days, those on which the work is done. A week that has begun counts by its days; after the last
    /// week of the case it goes on as usual. Where nobody can say what is paid, nothing is earned.
    #[must_use]
    pub fn expected(case: &Case, paid: Option<Paid>, days: u32) -> Self {
        if days == 0 {
            return Self::default();
        }
        let calendar = Calendar::of(case);
        let training = paid.map_or(0.0, |it| it.by_hours(case.get(Input::TrainingHours)));
        let anew = training * case.get(Input::LeavingsPerYear) / YEAR;
        let mut sum = Self {
            earned: training + paid.map_or(0.0, |it| it.by_days(f64::from(days))),
            hours: 0.0,
        };
        let (mut left, mut number) = (f64::from(days) / 7.0, 0.0);
        for week in &calendar.weeks {
            let share = left.min(1.0);
            if share <= 0.0 {
                return sum;
            }
            sum.earned += share * anew;
            while number < week.done {
                number += 1.0;
                let is_full = number <= case.get(Input::FullReviewTimes);
                let one = assignment(case, calendar.practice.learned(number), is_full);
                sum.add(case, paid, &one, share);
            }
            left -= share;
        }
        let is_learned = case.get(Input::LearningRate) < 1.0;
        let one = assignment(case, if is_learned { 0.0 } else { 1.0 }, false);
        sum.add(case, paid, &one, left * case.get(Input::TimesPerWeek));
        sum.earned += left * anew;
        sum
    }

    fn add(&mut self, case: &Case, paid: Option<Paid>, one: &Assignment, times: f64) {
        self.earned += paid.map_or(0.0, |it| {
            it.by_hours(times * one.person) + it.by_times(times)
        });
        self.hours += times * (case.get(Input::OwnerHours) - one.hours);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(said: &[(Input, f64)]) -> Result<Case, crate::decision::CaseError> {
        let usual = [
            (Input::ValueOfWorkHour, 75.0),
            (Input::OwnerHours, 1.0),
            (Input::TimesPerWeek, 2.0),
            (Input::Weeks, 4.0),
            (Input::Rate, 20.0),
            (Input::Load, 1.5),
            (Input::FirstTimeRatio, 1.0),
            (Input::SteadyRatio, 1.0),
            (Input::CommunicationHours, 0.1),
            (Input::ReviewHours, 0.2),
            (Input::FullReviewTimes, 4.0),
            (Input::ReviewShare, 0.5),
            (Input::FaultRate, 0.0),
            (Input::TrainingHours, 0.0),
            (Input::LeavingsPerYear, 0.0),
        ];
        let number = |input: Input| {
            let said = said.iter().chain(&usual).find(|(it, _)| *it == input);
            said.map(|(_, number)| *number)
        };
        Case::new(number)
    }

    #[test]
    fn what_is_expected_grows_by_the_day() -> Result<(), crate::decision::CaseError> {
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{a} is not {b}");
        let check = |case: &Case, days: u32, earned: f64, hours: f64| {
            let sum = CostSoFar::expected(case, Some(Paid::Hour(20.0)), days);
            near(sum.earned, earned);
            near(sum.hours, hours);
        };
        let plain = case(&[])?;
        check(&plain, 0, 0.0, 0.0);
        // Two a week at 20, without the employer's share; all are looked at in the first two weeks.
        check(&plain, 7, 40.0, 0.6);
        check(&plain, 14, 80.0, 1.2);
        check(&plain, 21, 120.0, 1.6);
        // Half of the second week, and on after the last week as usual.
        check(&plain, 28, 160.0, 2.0);
        check(&plain, 35, 200.0, 2.4);
        let trained = case(&[(Input::TrainingHours, 3.0)])?;
        check(&trained, 0, 0.0, 0.0);
        check(&trained, 7, 100.0, 0.6);
        // Two a week at 30 each, and by the month whatever is done; what nobody can say is not guessed.
        let paid = |paid| CostSoFar::expected(&trained, paid, 14);
        near(paid(Some(Paid::Time(30.0))).earned, 120.0);
        near(paid(Some(Paid::Month(365.25))).earned, 168.0);
        near(paid(None).earned, 0.0);
        near(paid(None).hours, 1.2);
        Ok(())
    }
}
