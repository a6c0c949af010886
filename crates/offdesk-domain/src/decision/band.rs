//! Between which sums the course of a handoff lies, week by week, in nine of ten draws.

use super::chance::{Chances, Doubt};
use super::comparison::Way;
use super::{Calendar, Case, Input};

/// So many sums are kept at most: over many years a part of the draws tells as much.
const MOST_KEPT: usize = 2_500_000;

/// The courses of a way that were drawn.
pub(super) struct Courses {
    /// For the end of each week from 0 the sums of all draws.
    weeks: Vec<Vec<f64>>,
    /// So many draws are still kept.
    left: usize,
    /// Whether all courses end with the last week that is kept.
    ends_alike: bool,
}

impl Courses {
    /// None yet of a way, of which so many will be drawn.
    pub(super) fn of(own: &[(Input, Doubt)], way: &Way, draws: usize) -> Self {
        let weeks = Calendar::of(&way.case).weeks.len() + 1;
        let left = draws.min(MOST_KEPT / weeks);
        let mut doubts = own.iter().chain(&way.doubts);
        Self {
            weeks: (0..weeks).map(|_| Vec::with_capacity(left)).collect(),
            left,
            ends_alike: doubts.all(|(input, _)| *input != Input::Weeks),
        }
    }

    /// Takes the course of a draw.
    pub(super) fn follow(&mut self, calendar: &Calendar, case: &Case) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        self.left = left;
        let mut weeks = self.weeks.iter_mut();
        calendar.course(case, |sum| {
            let Some(week) = weeks.next() else {
                return false;
            };
            week.push(sum);
            true
        });
    }

    /// The sums that one in twenty draws lies below, and above. With the last week everything is in, so that its sums are those of the net
    /// value.
    pub(super) fn band(self, chances: &Chances) -> Vec<(f64, f64)> {
        let mut band: Vec<(f64, f64)> = self.weeks.into_iter().map(ends).collect();
        if let Some(last) = band.last_mut().filter(|_| self.ends_alike) {
            *last = (chances.p5, chances.p95);
        }
        band
    }
}

fn ends(mut sums: Vec<f64>) -> (f64, f64) {
    let last = sums.len().saturating_sub(1);
    let mut at = |per_cent: usize| {
        let place = last * per_cent / 100;
        if sums.is_empty() {
            return 0.0;
        }
        *sums.select_nth_unstable_by(place, f64::total_cmp).1
    };
    (at(5), at(95))
}
