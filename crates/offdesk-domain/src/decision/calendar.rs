//! What depends on the calendar and the learning alone: how many assignments each week has, and how far the learning is. Nothing here
//! walks over assignments: with sums by week the net value of a case takes a few steps, and another calendar no more than its weeks.

use super::practice::Practice;
use super::{Case, Input, YEAR, assignment, turnover};

/// A week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Week {
    /// Its discount.
    pub discount: f64,
    /// Assignments up to and with it, a whole number.
    pub done: f64,
    /// Discounts of these.
    present: f64,
}

/// The weeks of a case, and how the learning goes in them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Calendar {
    key: [f64; 4],
    /// Each week, from the first on.
    pub weeks: Vec<Week>,
    /// How the learning goes.
    pub(super) practice: Practice,
    /// Discounts of all weeks.
    discounts: f64,
    /// Of the first weeks, as far as they were asked for: `n^e` up to and with the week, and the same with discounts.
    learned: Vec<(f64, f64)>,
}

/// Where a case stands in its calendar.
struct Borders {
    /// Assignments that are reviewed in full.
    full: f64,
    /// Assignments in which the person is still learning.
    learning: f64,
}

impl Calendar {
    pub(crate) fn of(case: &Case) -> Self {
        let [.., learning, _] = Self::key_of(case);
        let mut calendar = Self {
            key: [f64::NAN; 4],
            weeks: Vec::new(),
            practice: Practice::of(learning.log2()),
            discounts: 0.0,
            learned: Vec::new(),
        };
        calendar.follow(case);
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

    /// Makes it the calendar of a case where it is not.
    pub(crate) fn follow(&mut self, case: &Case) {
        let key = Self::key_of(case);
        if self.key.map(f64::to_bits) == key.map(f64::to_bits) {
            return;
        }
        let [times, weeks, learning, yearly] = key;
        self.key = key;
        let exponent = learning.log2();
        if !self.practice.is_of(exponent) {
            self.practice = Practice::of(exponent);
        }
        self.weeks.clear();
        self.learned.clear();
        let weekly = (1.0 + yearly).powf(-1.0 / YEAR);
        let (mut discount, mut discounts, mut present) = (1.0, 0.0, 0.0);
        let (mut week, mut before) = (0.0, 0.0);
        while week < weeks {
            week += 1.0;
            discount *= weekly;
            discounts += discount;
            // Sevenths and thirds of an assignment a week add up to whole ones.
            let done = (week * times + 1e-9).floor();
            present += discount * (done - before);
            before = done;
            self.weeks.push(Week {
                discount,
                done,
                present,
            });
        }
        self.discounts = discounts;
    }

    /// All assignments.
    pub(crate) fn times(&self) -> f64 {
        self.weeks.last().map_or(0.0, |week| week.done)
    }

    /// Present value of all assignments of the work itself: what they would bring if each brought 1.
    pub(crate) fn present_times(&self) -> f64 {
        self.weeks.last().map_or(0.0, |week| week.present)
    }

    /// Discounts of so many first assignments.
    fn present(&self, times: f64) -> f64 {
        let at = self.weeks.partition_point(|week| week.done < times);
        let before = at.checked_sub(1).and_then(|last| self.weeks.get(last));
        let (done, present) = before.map_or((0.0, 0.0), |week| (week.done, week.present));
        let week = self.weeks.get(at);
        week.map_or(present, |week| present + week.discount * (times - done))
    }

    /// Discounts times `n^e` of so many first assignments.
    fn present_learned(&mut self, times: f64) -> f64 {
        let at = self.weeks.partition_point(|week| week.done < times);
        let (mut sum, mut present) = self.learned.last().copied().unwrap_or_default();
        for week in self.weeks.iter().take(at).skip(self.learned.len()) {
            let next = self.practice.sum(week.done);
            present += week.discount * (next - sum);
            sum = next;
            self.learned.push((sum, present));
        }
        let before = at.checked_sub(1).and_then(|last| self.learned.get(last));
        let (sum, present) = before.copied().unwrap_or_default();
        let week = self.weeks.get(at);
        week.map_or(present, |week| {
            present + week.discount * (self.practice.sum(times) - sum)
        })
    }

    fn borders(&self, case: &Case) -> Borders {
        let all = self.times();
        let (first, steady) = (
            case.get(Input::FirstTimeRatio),
            case.get(Input::SteadyRatio),
        );
        // Practice brings the ratio down to the steady one, and no further.
        let learning = if first > steady {
            self.practice.last_above(steady / first)
        } else {
            0.0
        };
        Borders {
            full: case.get(Input::FullReviewTimes).floor().min(all),
            learning: learning.min(all),
        }
    }

    /// The net value of a case whose calendar this is: the same as by adding up its assignments, but for the order of the sums.
    pub(crate) fn net_value(&mut self, case: &Case) -> f64 {
        let Borders { full, learning } = self.borders(case);
        let all = self.present_times();
        let reviewed = self.present(full);
        let (first, steady) = (
            case.get(Input::FirstTimeRatio),
            case.get(Input::SteadyRatio),
        );
        let ratios =
            first * self.present_learned(learning) + steady * (all - self.present(learning));
        let [in_full, in_part] = [true, false].map(|is_full| without_person(case, is_full));
        in_full * reviewed + in_part * (all - reviewed) - person(case) * ratios - case.setup_cost()
            + turnover(case).value * self.discounts
    }

    /// The sum of everything since the beginning, in present value, at the end of each week from 0, as many points as are taken; after the
    /// last week it stays as it is.
    pub(crate) fn course(&self, case: &Case, mut take: impl FnMut(f64) -> bool) {
        let Borders { full, learning } = self.borders(case);
        let (first, steady) = (
            case.get(Input::FirstTimeRatio),
            case.get(Input::SteadyRatio),
        );
        let [in_full, in_part] = [true, false].map(|is_full| without_person(case, is_full));
        let (person, lost) = (person(case), turnover(case).value);
        let mut so_far = -case.setup_cost();
        let (mut done, mut sum) = (0.0, 0.0);
        let mut weeks = self.weeks.iter();
        while take(so_far) {
            let Some(week) = weeks.next() else { continue };
            let times = week.done - done;
            let reviewed = (full - done).clamp(0.0, times);
            let learned = (learning - done).clamp(0.0, times);
            let mut ratios = steady * (times - learned);
            if learned > 0.0 {
                let next = self.practice.sum(done + learned);
                ratios += first * (next - sum);
                sum = next;
            }
            let value = in_full * reviewed + in_part * (times - reviewed) - person * ratios;
            so_far += week.discount * (value + lost);
            done = week.done;
        }
    }
}

/// What an assignment brings but for the person's own hours in it.
fn without_person(case: &Case, is_reviewed: bool) -> f64 {
    let one = assignment(&case.with(Input::OwnerHours, 0.0), 0.0, is_reviewed);
    case.worth() * (one.hours + case.get(Input::OwnerHours)) - one.cash + one.quality
}

/// What the person's hours of an assignment cost where they need as long as the owner.
fn person(case: &Case) -> f64 {
    case.loaded_rate() * case.get(Input::OwnerHours)
}
