//! Learns the weights: softmax regression over the features and occupations that were seen together.

mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

use offdesk_domain::Soc;
use offdesk_pricing::model::{Parts, Says};

use self::vocabulary::{Example, Vocabulary};
use super::data::Data;
use crate::Outcome;

const EPOCHS: usize = 12;
/// Of a thousand features of a text so many are left out each time, so that none is relied on alone.
const LEFT_OUT: u16 = 100;
const RATE: f32 = 0.6;
/// Pulls weights towards nothing, each time they are used.
const DECAY: f32 = 2e-5;
/// A model is at most so large.
const MOST_BYTES: usize = 7_900_000;
/// A weight this much or more is written as the largest.
const LARGEST: f32 = 24.0;

/// The model as bytes of its file.
pub fn model(data: &Data) -> Outcome<Vec<u8>> {
    let socs: BTreeSet<Soc> = data
        .texts
        .iter()
        .flat_map(|text| text.socs.clone())
        .collect();
    let socs: Vec<Soc> = socs.into_iter().collect();
    let numbers: BTreeMap<Soc, u16> = (0..).zip(&socs).map(|(at, soc)| (*soc, at)).collect();
    let vocabulary = Vocabulary::of(&data.texts);
    let examples: Vec<Example> = data
        .texts
        .iter()
        .map(|text| vocabulary.example(text, &numbers))
        .collect();
    let mut weights = Weights::new(&examples, vocabulary.idf.len(), socs.len());
    println!(
        "{} features, {} weights, {} occupations",
        vocabulary.idf.len(),
        weights.says.len(),
        socs.len()
    );
    let mut random = Random(2026);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let rate = RATE * (1.0 - 0.85 * fraction(epoch, EPOCHS));
        let mut loss = 0.0;
        for at in &order {
            let example = random.thinned(&examples[*at]);
            loss += f64::from(weights.learn(&example, rate));
        }
        println!("epoch {epoch}: loss {:.4}", loss / order.len() as f64);
    }
    Ok(weights.parts(&vocabulary, &socs).to_bytes())
}

fn fraction(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}

/// One weight for every feature and occupation that were seen together.
struct Weights {
    /// Where each feature's weights begin.
    starts: Vec<usize>,
    says: Vec<(u16, f32)>,
    /// Sums of squared gradients.
    squares: Vec<f32>,
    bias: Vec<f32>,
    bias_squares: Vec<f32>,
    scores: Vec<f32>,
}

impl Weights {
    fn new(examples: &[Example], features: usize, classes: usize) -> Self {
        let mut seen: Vec<BTreeSet<u16>> = vec![BTreeSet::new(); features];
        for example in examples {
            for (feature, _) in &example.features {
                seen[usize::try_from(*feature).unwrap_or(0)].extend(&example.classes);
            }
        }
        let mut starts = vec![0];
        let mut says = Vec::new();
        for classes in seen {
            says.extend(classes.into_iter().map(|class| (class, 0.0)));
            starts.push(says.len());
        }
        Self {
            squares: vec![0.05; says.len()],
            starts,
            says,
            bias: vec![0.0; classes],
            bias_squares: vec![1.0; classes],
            scores: vec![0.0; classes],
        }
    }

    /// One step; gives the loss before it.
    fn learn(&mut self, example: &Example, rate: f32) -> f32 {
        self.scores.copy_from_slice(&self.bias);
        for (feature, value) in &example.features {
            let at = usize::try_from(*feature).unwrap_or(0);
            for (class, weight) in &self.says[self.starts[at]..self.starts[at + 1]] {
                self.scores[usize::from(*class)] += value * weight;
            }
        }
        let best = self
            .scores
            .iter()
            .copied()
            .fold(f32::NEG_INFINITY, f32::max);
        let mut sum = 0.0;
        for score in &mut self.scores {
            *score = (*score - best).exp();
            sum += *score;
        }
        let share = 1.0 / example.classes.len() as f32;
        let mut loss = 0.0;
        for score in &mut self.scores {
            *score /= sum;
        }
        for class in &example.classes {
            let probability = &mut self.scores[usize::from(*class)];
            loss -= share * probability.max(1e-9).ln();
            *probability -= share;
        }
        for ((bias, square), gradient) in self
            .bias
            .iter_mut()
            .zip(&mut self.bias_squares)
            .zip(&self.scores)
        {
            let gradient = gradient * example.weight;
            *square += gradient * gradient;
            *bias -= 0.1 * rate * gradient / square.sqrt();
        }
        for (feature, value) in &example.features {
            let at = usize::try_from(*feature).unwrap_or(0);
            let range = self.starts[at]..self.starts[at + 1];
            let value = value * example.weight;
            for ((class, weight), square) in self.says[range.clone()]
                .iter_mut()
                .zip(&mut self.squares[range])
            {
                let gradient = self.scores[usize::from(*class)] * value + DECAY * *weight;
                *square += gradient * gradient;
                *weight -= rate * gradient / square.sqrt();
            }
        }
        loss
    }

    /// The strongest weights that fit the file, in whole steps.
    fn parts(&self, vocabulary: &Vocabulary, socs: &[Soc]) -> Parts {
        let mut strengths: Vec<f32> = self.says.iter().map(|(_, weight)| weight.abs()).collect();
        strengths.sort_unstable_by(|a, b| b.total_cmp(a));
        let most = Parts::room(MOST_BYTES, vocabulary.hashes.len(), socs.len());
        let least = strengths.get(most).copied().unwrap_or(0.0);
        let largest = strengths.first().copied().unwrap_or(0.0);
        let scale = largest.min(LARGEST) / 127.0;
        println!("largest weight {largest:.2}");
        let mut parts = Parts {
            classes: socs
                .iter()
                .copied()
                .zip(self.bias.iter().copied())
                .collect(),
            features: Vec::new(),
            scale,
            sharpness: 1.0,
        };
        for (at, hash) in vocabulary.hashes.iter().enumerate() {
            let range = self.starts[at]..self.starts[at + 1];
            let says: Says = self.says[range]
                .iter()
                .filter(|(_, weight)| weight.abs() > least)
                .map(|(class, weight)| (*class, step(weight / scale)))
                .filter(|(_, weight)| *weight != 0)
                .collect();
            if !says.is_empty() {
                parts.features.push((*hash, vocabulary.idf[at], says));
            }
        }
        parts
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to what fits just before"
)]
fn step(weight: f32) -> i8 {
    weight.round().clamp(-127.0, 127.0) as i8
}

/// The same numbers on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }

    /// An example without some of its features, and what is left a little stronger.
    fn thinned(&mut self, example: &Example) -> Example {
        let bound = usize::from(LEFT_OUT);
        let left = 1.0 - f32::from(LEFT_OUT) / 1000.0;
        let mut features = Vec::with_capacity(example.features.len());
        for (feature, value) in &example.features {
            if self.below(1000) >= bound {
                features.push((*feature, value / left));
            }
        }
        Example {
            features,
            classes: example.classes.clone(),
            weight: example.weight,
        }
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            let other = self.below(at + 1);
            order.swap(at, other);
        }
    }
}
