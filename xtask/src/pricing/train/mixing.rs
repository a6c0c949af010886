//! How much each opinion of a model counts: what makes texts it has not learned from most likely.

use std::collections::BTreeMap;

use offdesk_domain::Soc;
use offdesk_pricing::model::{Mix, Model, OPINIONS, Scratch};

use super::super::data::Text;

/// Steps of Newton's method; it is there after about ten.
const STEPS: usize = 20;
/// What keeps weights of opinions that hardly count small.
const REIN: f64 = 1e-4;

type Weights = [f64; OPINIONS];

/// A text the model has not seen.
struct Unseen {
    opinions: [Vec<f32>; OPINIONS],
    classes: Vec<usize>,
    weight: f64,
}

/// The mix that fits texts that the model has not learned from.
pub fn fit(model: &Model, texts: &[&Text], numbers: &BTreeMap<Soc, u16>) -> Mix {
    let mut scratch = Scratch::default();
    let [mut short, mut long] = [Vec::new(), Vec::new()];
    for text in texts {
        let classes = text.socs.iter().filter_map(|soc| numbers.get(soc));
        let classes: Vec<usize> = classes.map(|class| usize::from(*class)).collect();
        if classes.is_empty() {
            continue;
        }
        let (opinions, is_sentence) = model.opinions(&text.text, &mut scratch);
        let unseen = Unseen {
            opinions,
            classes,
            weight: f64::from(text.weight),
        };
        if is_sentence { &mut long } else { &mut short }.push(unseen);
    }
    println!(
        "mix of {} short texts and {} sentences:",
        short.len(),
        long.len()
    );
    let mix = Mix {
        short: weights(&short).map(rounded),
        long: weights(&long).map(rounded),
    };
    println!("{:.3?}\n{:.3?}", mix.short, mix.long);
    mix
}

#[expect(clippy::cast_possible_truncation, reason = "seven digits are enough")]
fn rounded(weight: f64) -> f32 {
    weight as f32
}

fn weights(texts: &[Unseen]) -> Weights {
    let mut weights = [1.0, 0.1, 0.1, 0.1];
    for _ in 0..STEPS {
        let mut slope = [0.0; OPINIONS];
        let mut bend = [[0.0; OPINIONS]; OPINIONS];
        for text in texts {
            text.pull(weights, &mut slope, &mut bend);
        }
        let whole: f64 = texts.iter().map(|text| text.weight).sum();
        for (at, row) in bend.iter_mut().enumerate() {
            row[at] += REIN * whole;
        }
        for (weight, step) in weights.iter_mut().zip(solved(bend, slope)) {
            *weight = (*weight - step).max(0.0);
        }
    }
    let sure = sureness(texts, weights);
    weights.map(|weight| weight * sure)
}

/// What weights are multiplied by so that the likeliest readings together are as sure as they are often right.
fn sureness(texts: &[Unseen], weights: Weights) -> f64 {
    let (mut low, mut high) = (0.25, 2.0);
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        let times = weights.map(|weight| weight * middle);
        let too_sure: f64 = texts.iter().map(|text| text.too_sure(times)).sum();
        if too_sure > 0.0 {
            high = middle;
        } else {
            low = middle;
        }
    }
    (low + high) / 2.0
}

impl Unseen {
    /// How much surer the likeliest reading is than it is right.
    fn too_sure(&self, weights: Weights) -> f64 {
        let number = self.opinions[0].len();
        let score = |class: usize| -> f64 {
            let of = |opinion: usize| f64::from(self.opinions[opinion][class]) * weights[opinion];
            (0..OPINIONS).map(of).sum()
        };
        let scores: Vec<f64> = (0..number).map(score).collect();
        let best = (0..number).max_by(|a, b| scores[*a].total_cmp(&scores[*b]));
        let best = best.unwrap_or(0);
        let whole: f64 = scores
            .iter()
            .map(|score| (score - scores[best]).exp())
            .sum();
        let right = if self.classes.contains(&best) {
            1.0
        } else {
            0.0
        };
        1.0 / whole - right
    }

    /// Adds the slope of the loss by the weights, and the bend of its convex part.
    fn pull(&self, weights: Weights, slope: &mut Weights, bend: &mut [Weights; OPINIONS]) {
        let number = self.opinions[0].len();
        let at = |class: usize| -> Weights {
            std::array::from_fn(|opinion| f64::from(self.opinions[opinion][class]))
        };
        let score =
            |class: usize| -> f64 { at(class).iter().zip(weights).map(|(a, b)| a * b).sum() };
        let scores: Vec<f64> = (0..number).map(score).collect();
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shares: Vec<f64> = scores.iter().map(|score| (score - best).exp()).collect();
        let mean = |classes: &mut dyn Iterator<Item = usize>| -> (Weights, f64) {
            let (mut mean, mut whole) = ([0.0; OPINIONS], 0.0);
            for class in classes {
                whole += shares[class];
                for (mean, value) in mean.iter_mut().zip(at(class)) {
                    *mean += shares[class] * value;
                }
            }
            (mean.map(|sum| sum / whole.max(1e-30)), whole)
        };
        let (of_all, whole) = mean(&mut (0..number));
        let (of_right, _) = mean(&mut self.classes.iter().copied());
        for opinion in 0..OPINIONS {
            slope[opinion] += self.weight * (of_all[opinion] - of_right[opinion]);
        }
        for (class, share) in shares
            .iter()
            .enumerate()
            .filter(|(_, share)| **share > 1e-6)
        {
            let values = at(class);
            for a in 0..OPINIONS {
                for b in 0..OPINIONS {
                    let off = (values[a] - of_all[a]) * (values[b] - of_all[b]);
                    bend[a][b] += self.weight * share / whole * off;
                }
            }
        }
    }
}

/// Solves a few equations (Gauss); the diagonal is never zero.
fn solved(mut rows: [Weights; OPINIONS], mut right: Weights) -> Weights {
    for at in 0..OPINIONS {
        for below in at + 1..OPINIONS {
            let times = rows[below][at] / rows[at][at];
            let above = rows[at];
            for (value, above) in rows[below].iter_mut().zip(above).skip(at) {
                *value -= times * above;
            }
            right[below] -= times * right[at];
        }
    }
    for at in (0..OPINIONS).rev() {
        let known: f64 = (at + 1..OPINIONS)
            .map(|column| rows[at][column] * right[column])
            .sum();
        right[at] = (right[at] - known) / rows[at][at];
    }
    right
}
