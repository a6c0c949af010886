//! Several ways of having an activity done, drawn together: how often each is the best, and what knowing more is worth.

use rand::SeedableRng;
use rand_pcg::Pcg64Mcg;

use super::band::Courses;
use super::chance::{Chances, Doubt, Draws, chances_of, count, drawn_number};
use super::trial::{Belief, Payoff};
use super::{Calendar, Case, Input};

/// A way of having it done: by somebody, on these terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The likeliest number of every input.
    pub case: Case,
    /// What is in doubt of it alone.
    pub doubts: Vec<(Input, Doubt)>,
}

/// What came of a way in the draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Chance {
    /// Its net values, beside keeping the work.
    pub chances: Chances,
    /// Share of draws in which no other way, keeping included, is better.
    pub best: f64,
    /// For the end of each week from 0, up to the last of its likeliest case, the sums that one in twenty draws lies below, and above.
    pub band: Vec<(f64, f64)>,
    /// Its net value on average by the fault rate, with what is believed of that; `None` where the fault rate is not in doubt.
    pub by_faults: Option<(Payoff, Belief)>,
}

/// What came of all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// Of each way, in their order.
    pub ways: Vec<Chance>,
    /// Share of draws in which keeping it is the best.
    pub keep_best: f64,
    /// Share of draws in which dropping it is the best; 0 where it cannot be dropped.
    pub drop_best: f64,
    /// Net value on average if everything were known before choosing.
    pub best_of_all: f64,
    /// Net value of dropping it on average; 0 where it cannot be dropped.
    pub dropped: f64,
    /// Net values of dropping it, beside keeping the work; `None` where it cannot be dropped.
    pub drop_chances: Option<Chances>,
}

/// Draws what is in doubt of the owner and the work once for all ways, and what is in doubt of each by itself.
///
/// `value_when_done` is what each time brings that would be lost if nobody did it, low, likely and high; without it the work cannot be
/// dropped. Keeping it counts nothing.
#[must_use]
pub fn compare(
    own: &[(Input, Doubt)],
    ways: &[Way],
    value_when_done: Option<[f64; 3]>,
    draws: usize,
    seed: u64,
) -> Compared {
    let draws = draws.max(1);
    let shared = Draws::of(own);
    let single: Vec<Draws> = ways.iter().map(|way| Draws::of(&way.doubts)).collect();
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut calendars: Vec<Calendar> = ways.iter().map(|way| Calendar::of(&way.case)).collect();
    let beliefs: Vec<Option<Belief>> = ways.iter().map(|way| belief(own, way)).collect();
    let mut tally = Tally {
        values: ways.iter().map(|_| Vec::with_capacity(draws)).collect(),
        courses: ways
            .iter()
            .map(|way| Courses::of(own, way, draws))
            .collect(),
        wins: vec![0; ways.len()],
        slopes: vec![(0.0, 0); ways.len()],
        ..Tally::default()
    };
    for draw in 0..draws {
        let numbers = shared.draw(&mut random);
        let brings = value_when_done.map(|range| drawn_number(range, &mut random));
        // Keeping it counts nothing, so the best is never below that.
        let mut best = Best {
            value: 0.0,
            winner: Winner::Keep,
        };
        let each = ways.iter().zip(&single).zip(&mut calendars).enumerate();
        for (number, ((way, own), calendar)) in each {
            let case = way.case.with_all(&numbers).with_all(&own.draw(&mut random));
            calendar.follow(&case);
            let value = calendar.net_value(&case);
            if let Some(values) = tally.values.get_mut(number) {
                values.push(value);
            }
            if let Some(course) = tally.courses.get_mut(number) {
                course.follow(calendar, &case);
            }
            best.raise(value, Winner::Way(number));
            let has_belief = beliefs.get(number).is_some_and(Option::is_some);
            if let (true, Some(slope)) = (
                has_belief && draw % SLOPE_EVERY == 0,
                tally.slopes.get_mut(number),
            ) {
                let mut at = |rate| calendar.net_value(&case.with(Input::FaultRate, rate));
                *slope = (slope.0 + at(1.0) - at(0.0), slope.1 + 1);
            }
            if let (0, Some(brings)) = (number, brings) {
                let value = dropped_value(&case, calendar, brings);
                tally.drop_values.push(value);
                best.raise(value, Winner::Drop);
            }
        }
        tally.count(best);
    }
    tally.compared(count(draws), &beliefs)
}

/// The net value is a line in the fault rate; how steep it is on average is seen in a part of the draws.
const SLOPE_EVERY: usize = 8;

/// What is believed of the fault rate of a way, where it is in doubt.
fn belief(own: &[(Input, Doubt)], way: &Way) -> Option<Belief> {
    let all = own.iter().chain(&way.doubts);
    let mut of_faults = all.filter(|(input, _)| *input == Input::FaultRate);
    of_faults.next().and_then(|(_, doubt)| Belief::of(*doubt))
}

/// What was counted over the draws.
#[derive(Default)]
struct Tally {
    values: Vec<Vec<f64>>,
    courses: Vec<Courses>,
    wins: Vec<usize>,
    slopes: Vec<(f64, usize)>,
    kept: usize,
    dropped: usize,
    best_sum: f64,
    drop_values: Vec<f64>,
}

impl Tally {
    fn count(&mut self, best: Best) {
        self.best_sum += best.value;
        match best.winner {
            Winner::Keep => self.kept += 1,
            Winner::Drop => self.dropped += 1,
            Winner::Way(number) => {
                if let Some(wins) = self.wins.get_mut(number) {
                    *wins += 1;
                }
            }
        }
    }

    fn compared(self, draws: f64, beliefs: &[Option<Belief>]) -> Compared {
        let ways = self.values.into_iter().zip(self.courses).zip(self.wins);
        let lines = self.slopes.into_iter().zip(beliefs);
        let ways: Vec<Chance> = ways
            .zip(lines)
            .map(|(((values, courses), wins), ((slopes, seen), belief))| {
                let chances = chances_of(values);
                let slope = slopes / count(seen.max(1));
                let by_faults = belief.map(|belief| {
                    let constant = chances.mean - slope * belief.mean();
                    (Payoff { constant, slope }, belief)
                });
                Chance {
                    band: courses.band(&chances),
                    chances,
                    best: count(wins) / draws,
                    by_faults,
                }
            })
            .collect();
        let drop_chances = (!self.drop_values.is_empty()).then(|| chances_of(self.drop_values));
        Compared {
            keep_best: count(self.kept) / draws,
            drop_best: count(self.dropped) / draws,
            best_of_all: self.best_sum / draws,
            dropped: drop_chances.as_ref().map_or(0.0, |chances| chances.mean),
            drop_chances,
            ways,
        }
    }
}

/// The best of a draw so far.
struct Best {
    value: f64,
    winner: Winner,
}

impl Best {
    fn raise(&mut self, value: f64, winner: Winner) {
        if value > self.value {
            *self = Self { value, winner };
        }
    }
}

enum Winner {
    Keep,
    Drop,
    Way(usize),
}

/// What no longer doing it comes to, in present value but for the hours themselves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dropped {
    /// What is gained: hours and faults, less what is lost.
    pub net_value: f64,
    /// The owner's hours that come back.
    pub hours: f64,
    /// What these are worth.
    pub hours_value: f64,
    /// What the owner's own faults would have cost.
    pub faults_value: f64,
    /// What it would have brought.
    pub lost: f64,
}

/// What no longer doing it comes to, where each time it brings so much.
#[must_use]
pub fn dropping(case: &Case, brings: f64) -> Dropped {
    let calendar = Calendar::of(case);
    let present = calendar.present_times();
    let hours_value = present * case.worth() * case.get(Input::OwnerHours);
    let faults_value = present * case.get(Input::EscapeCost) * case.get(Input::OwnFaultRate);
    Dropped {
        net_value: dropped_value(case, &calendar, brings),
        hours: calendar.times() * case.get(Input::OwnerHours),
        hours_value,
        faults_value,
        lost: present * brings,
    }
}

/// What is gained by no longer doing it, where each time it brings so much: the owner's hours and faults, less that.
#[must_use]
pub fn drop_value(case: &Case, brings: f64) -> f64 {
    dropped_value(case, &Calendar::of(case), brings)
}

fn dropped_value(case: &Case, calendar: &Calendar, brings: f64) -> f64 {
    let hours = case.worth() * case.get(Input::OwnerHours);
    let faults = case.get(Input::EscapeCost) * case.get(Input::OwnFaultRate);
    calendar.present_times() * (hours + faults - brings)
}

/// What no longer doing it comes to with one number in doubt at its low and at its high end, all others likely, the widest first; `None` is
/// what each time brings. What makes no difference to it is left out.
#[must_use]
pub fn drop_tornado(
    case: &Case,
    ranges: &[(Input, [f64; 2])],
    [low, likely, high]: [f64; 3],
) -> Vec<(Option<Input>, [f64; 2])> {
    let of_inputs = ranges.iter().map(|(input, ends)| {
        let ends = ends.map(|number| drop_value(&case.with(*input, number), likely));
        (Some(*input), ends)
    });
    let of_brings = (None, [low, high].map(|brings| drop_value(case, brings)));
    let width = |(_, [low, high]): &(Option<Input>, [f64; 2])| (high - low).abs();
    let mut spans: Vec<_> = of_inputs
        .chain([of_brings])
        .filter(|span| width(span) > 0.0)
        .collect();
    spans.sort_by(|a, b| width(b).total_cmp(&width(a)).then(a.0.cmp(&b.0)));
    spans
}
