//! What depends on the calendar and the learning alone: when the assignments are, and how far the learning is. With sums kept from
//! the beginning on, the net value of a case needs no walk over its assignments.

use super::{Case, Input, YEAR, assignment};

/// An assignment in its week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Dated {
    /// Its week, from 1.
    pub week: u32,
    /// `n^e`.
    pub learned: f64,
    /// Discounts up to and with this one.
    discounts: f64,
    /// Discounts times `n^e` up to and with this one.
    discounted_learning: f64,
}

/// The assignments of a case and its weeks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calendar {
    key: [f64; 4],
    /// Of each assignment when it is.
    pub assignments: Vec<Dated>,
    /// Of each week its discount.
    pub weeks: Vec<f64>,
}

impl Calendar {
    pub(crate) fn of(case: &Case) -> Self {
        let key = Self::key_of(case);
        let [times, weeks, learning, yearly] = key;
        let weekly = (1.0 + yearly).powf(-1.0 / YEAR);
        let exponent = learning.log2();
        let mut calendar = Self {
            key,
            assignments: Vec::new(),
            weeks: Vec::new(),
        };
        let mut number = 0.0;
        let mut discount = 1.0;
        let mut week = 0_u32;
        let (mut discounts, mut discounted_learning) = (0.0, 0.0);
        while f64::from(week) < weeks {
            week += 1;
            discount *= weekly;
            calendar.weeks.push(discount);
            // Sevenths and thirds of an assignment a week add up to whole ones.
            let done = (f64::from(week) * times + 1e-9).floor();
            while number < done {
                number += 1.0;
                let learned = number.powf(exponent);
                discounts += discount;
                discounted_learning += discount * learned;
                calendar.assignments.push(Dated {
                    week,
                    learned,
                    discounts,
                    discounted_learning,
                });
            }
        }
        calendar
    }

    fn key_of(case: &Case) -> [f64; 4] {
        [
            case.get(Input::TimesPerWeek),
            case.get(Input::Weeks),
            case.get(Input::LearningRate),
            case.get(Input::DiscountRate),
        ]
    }

    /// Whether it is the calendar of a case.
    fn is_of(&self, case: &Case) -> bool {
        self.key.map(f64::to_bits) == Self::key_of(case).map(f64::to_bits)
    }

    /// Makes it the calendar of a case where it is not.
    pub(crate) fn follow(&mut self, case: &Case) {
        if !self.is_of(case) {
            *self = Self::of(case);
        }
    }

    /// Discounts of so many first assignments, and the same times `n^e`.
    fn sums(&self, assignments: usize) -> (f64, f64) {
        let last = assignments.min(self.assignments.len()).checked_sub(1);
        last.and_then(|last| self.assignments.get(last))
            .map_or((0.0, 0.0), |it| (it.discounts, it.discounted_learning))
    }

    /// Present value of all assignments of the work itself: what they would bring if each brought 1.
    pub(crate) fn present_times(&self) -> f64 {
        self.sums(self.assignments.len()).0
    }

    /// The net value of a case whose calendar this is: the same as by adding up its assignments, but for the order of the sums.
    pub(crate) fn net_value(&self, case: &Case) -> f64 {
        let get = |input| case.get(input);
        let (worth, loaded_rate) = (case.worth(), case.loaded_rate());
        // With no learning of the person's in it an assignment is one of two: reviewed, or reviewed in part.
        let value = |is_reviewed| {
            let one = assignment(&case.with(Input::OwnerHours, 0.0), 0.0, is_reviewed);
            worth * (one.hours + get(Input::OwnerHours)) - one.cash + one.quality
        };
        let full = self
            .assignments
            .len()
            .min(times(get(Input::FullReviewTimes)));
        let all = self.present_times();
        let reviewed = self.sums(full).0;
        // Practice brings the ratio down to the steady one, and no further.
        let (first, steady) = (get(Input::FirstTimeRatio), get(Input::SteadyRatio));
        let learning = self
            .assignments
            .partition_point(|it| first * it.learned > steady);
        let (learning_discounts, learned) = self.sums(learning);
        let person =
            get(Input::OwnerHours) * (first * learned + steady * (all - learning_discounts));
        let onboarding =
            worth * get(Input::OnboardingHours) + loaded_rate * get(Input::TrainingHours);
        let leaving = get(Input::LeavingsPerYear) / YEAR * self.weeks.iter().sum::<f64>();
        value(true) * reviewed + value(false) * (all - reviewed)
            - loaded_rate * person
            - worth * get(Input::BlueprintHours)
            - onboarding * (1.0 + leaving)
    }
}

/// A number of times as a count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from a float stops at the ends of the range"
)]
fn times(number: f64) -> usize {
    number as usize
}
