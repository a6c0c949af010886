//! How sure a decision is: draws from ranges, the chance of a loss, what knowing more is worth, and what matters most.

use rand::SeedableRng;
use rand_distr::{Beta, Distribution, Triangular};
use rand_pcg::Pcg64Mcg;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

use super::{Calendar, Case, Input, decide};

/// So many draws unless asked otherwise.
pub const DRAWS: usize = 20_000;

/// What is not known exactly of an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Doubt {
    /// From low to high, most likely in between.
    Triangular {
        /// The low end.
        low: f64,
        /// The likeliest.
        likely: f64,
        /// The high end.
        high: f64,
    },
    /// A share, by how often it was seen and not seen.
    Beta {
        /// Seen, at least above 0.
        a: f64,
        /// Not seen, at least above 0.
        b: f64,
    },
}

/// What many draws give.
#[derive(Debug, Clone, PartialEq)]
pub struct Chances {
    /// Mean net value.
    pub mean: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// Net value that one in twenty lies below.
    pub p5: f64,
    /// The middle.
    pub p50: f64,
    /// Net value that one in twenty lies above.
    pub p95: f64,
    /// Share of draws below nothing.
    pub chance_of_loss: f64,
    /// What it would be worth to know everything before deciding between this and keeping it.
    pub value_of_knowing: f64,
}

/// Draws the inputs in doubt, each by itself, and weighs the handoff each time. The same seed gives the same figures.
///
/// Impossible doubts, such as a low end above the high one, leave the input as the case has it.
#[must_use]
pub fn chances(case: &Case, doubts: &[(Input, Doubt)], draws: usize, seed: u64) -> Chances {
    let mut values = Vec::with_capacity(draws);
    each_draw(case, doubts, draws.max(1), seed, |case, calendar| {
        values.push(calendar.net_value(case));
    });
    chances_of(values)
}

/// What net values that were drawn come to.
pub(super) fn chances_of(mut values: Vec<f64>) -> Chances {
    values.sort_by(f64::total_cmp);
    let number = count(values.len());
    let mean = values.iter().sum::<f64>() / number;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let gains = values.iter().map(|x| x.max(0.0)).sum::<f64>() / number;
    let losses = values.partition_point(|value| *value < 0.0);
    Chances {
        mean,
        deviation: (square / (number - 1.0).max(1.0)).sqrt(),
        p5: at(&values, 5),
        p50: at(&values, 50),
        p95: at(&values, 95),
        chance_of_loss: count(losses) / number,
        value_of_knowing: gains - mean.max(0.0),
    }
}

/// Inputs in doubt, ready to be drawn.
pub(super) struct Draws(Vec<(Input, Drawn)>);

enum Drawn {
    Triangular(Triangular<f64>),
    Beta(Beta<f64>),
}

impl Draws {
    /// Those of doubts that are possible.
    pub(super) fn of(doubts: &[(Input, Doubt)]) -> Self {
        let drawn = doubts.iter().filter_map(|(input, doubt)| {
            let drawn = match *doubt {
                Doubt::Triangular { low, likely, high } => {
                    Drawn::Triangular(Triangular::new(low, high, likely).ok()?)
                }
                Doubt::Beta { a, b } => Drawn::Beta(Beta::new(a, b).ok()?),
            };
            Some((*input, drawn))
        });
        Self(drawn.collect())
    }

    /// A number for each.
    pub(super) fn draw(&self, random: &mut Pcg64Mcg) -> Vec<(Input, f64)> {
        let each = self.0.iter().map(|(input, drawn)| {
            let number = match drawn {
                Drawn::Triangular(drawn) => drawn.sample(random),
                Drawn::Beta(drawn) => drawn.sample(random),
            };
            (*input, number)
        });
        each.collect()
    }
}

/// A number of a range from low over likely to high.
pub(super) fn drawn_number([low, likely, high]: [f64; 3], random: &mut Pcg64Mcg) -> f64 {
    Triangular::new(low, high, likely).map_or(likely, |drawn| drawn.sample(random))
}

/// Draws the inputs in doubt again and again, and hands every case on with its calendar.
fn each_draw(
    case: &Case,
    doubts: &[(Input, Doubt)],
    draws: usize,
    seed: u64,
    mut take: impl FnMut(&Case, &mut Calendar),
) {
    let drawn = Draws::of(doubts);
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut calendar = Calendar::of(case);
    for _ in 0..draws {
        let case = case.with_all(&drawn.draw(&mut random));
        calendar.follow(&case);
        take(&case, &mut calendar);
    }
}

fn at(sorted: &[f64], per_cent: usize) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * per_cent / 100).copied().unwrap_or(0.0)
}

/// A count as a number; none here comes near the 53 bits that are kept.
#[expect(clippy::cast_precision_loss, reason = "counts of draws are small")]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}

/// The net value with one input at its low and at its high end, all others as the case has them; the widest first.
#[must_use]
pub fn tornado(case: &Case, ranges: &[(Input, [f64; 2])]) -> Vec<(Input, [f64; 2])> {
    let value = |input, number| decide(&case.with(input, number)).net_value;
    let mut spans: Vec<(Input, [f64; 2])> = ranges
        .iter()
        .map(|(input, [low, high])| (*input, [value(*input, *low), value(*input, *high)]))
        .collect();
    let width = |(_, [low, high]): &(Input, [f64; 2])| (high - low).abs();
    spans.sort_by(|a, b| width(b).total_cmp(&width(a)).then(a.0.cmp(&b.0)));
    spans
}

/// Chance of a loss, and the value of knowing everything, where the net value is normal: `Phi(-mu/sigma)` and
/// `sigma (phi(z) - z (1 - Phi(z)))` with `z = |mu|/sigma`; `None` for a deviation that is not above 0.
#[must_use]
pub fn of_normal(mean: f64, deviation: f64) -> Option<(f64, f64)> {
    let normal = Normal::standard();
    let z = mean.abs() / deviation;
    let is_number = deviation > 0.0 && z.is_finite();
    is_number.then(|| {
        let loss = normal.cdf(-mean / deviation);
        let unit = normal.pdf(z) - z * normal.sf(z);
        (loss, deviation * unit)
    })
}
