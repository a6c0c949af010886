//! Two tables of weights, the features' vectors and the occupations', learned with Adam (Kingma and Ba, 2015).
//!
//! Work is shared among threads by rows; every sum has the same order, so the result is the same for any number of them.

use super::random::Random;
use super::table::{Pace, Rows, Table};
use super::vocabulary::Example;

/// Length of the vectors.
pub const DIMENSIONS: usize = 168;
/// Of a text's features so many are left out each time, and of its dimensions, so that none is relied on alone.
const FEATURES_LEFT_OUT: f32 = 0.2;
const DIMENSIONS_LEFT_OUT: f32 = 0.4;
/// Spread of the features' vectors at first, before it is divided by the root of their length.
const SPREAD: f32 = 0.9;

/// What one text gave: its vector, what is wrong with each occupation's score, and with the vector.
struct Passed {
    features: Vec<(u32, f32)>,
    vector: Vec<f32>,
    wrong: Vec<f32>,
    back: Vec<f32>,
    loss: f64,
}

/// The weights that are learned.
pub struct Network {
    features: Table,
    origin: Table,
    classes: Table,
    bias: Table,
    gradients: [Vec<f32>; 2],
}

impl Network {
    /// Weights to begin with.
    pub fn new(features: usize, classes: usize) -> Self {
        let mut random = Random::new(293);
        let spread = SPREAD / (DIMENSIONS as f32).sqrt();
        let limit = 1.0 / (DIMENSIONS as f32).sqrt();
        let vectors = Table::new(features, DIMENSIONS, || random.normal() * spread);
        let mut even = || (random.share() * 2.0 - 1.0) * limit;
        Self {
            gradients: [
                vec![0.0; features * DIMENSIONS],
                vec![0.0; classes * DIMENSIONS],
            ],
            features: vectors,
            origin: Table::new(1, DIMENSIONS, || 0.0),
            classes: Table::new(classes, DIMENSIONS, &mut even),
            bias: Table::new(classes, 1, &mut even),
        }
    }

    /// An occupation's bias and weights.
    pub fn class(&self, at: usize) -> (f32, &[f32]) {
        (self.bias.row(at)[0], self.classes.row(at))
    }

    /// The vector of a text without any feature.
    pub fn origin(&self) -> &[f32] {
        self.origin.row(0)
    }

    /// A feature's vector.
    pub fn feature(&self, at: usize) -> &[f32] {
        self.features.row(at)
    }

    /// One step by some texts; gives their mean loss before it.
    pub fn learn(&mut self, batch: &[&Example], rate: f32, step: usize) -> f64 {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let whole: f32 = batch.iter().map(|example| example.weight).sum();
        let size = batch.len().div_ceil(threads);
        let network = &*self;
        let passed: Vec<Passed> = std::thread::scope(|scope| {
            let parts: Vec<_> = batch
                .chunks(size)
                .enumerate()
                .map(|(part, examples)| {
                    scope.spawn(move || {
                        let numbered = examples.iter().enumerate();
                        numbered
                            .map(|(at, example)| {
                                let seed = step * 1024 + part * size + at;
                                network.pass(example, whole, u64::try_from(seed).unwrap_or(0))
                            })
                            .collect::<Vec<_>>()
                    })
                })
                .collect();
            parts
                .into_iter()
                .flat_map(|part| part.join().unwrap_or_default())
                .collect()
        });
        let pace = Pace::new(rate, step);
        let [of_features, of_classes] = &mut self.gradients;
        let mut biases = vec![0.0; self.bias.weights.len()];
        let mut origin = vec![0.0; DIMENSIONS];
        for one in &passed {
            add(&mut biases, &one.wrong, 1.0);
            add(&mut origin, &one.back, 1.0);
        }
        for part in &mut self.bias.parts(1) {
            part.step(pace, &mut biases);
        }
        for part in &mut self.origin.parts(1) {
            part.step(pace, &mut origin);
        }
        let features = self.features.parts(threads);
        let classes = self.classes.parts(threads);
        let size = |rows: &[Rows<'_>]| rows.first().map_or(1, |first| first.weights.len());
        let (of_features, of_classes) = (
            of_features.chunks_mut(size(&features)),
            of_classes.chunks_mut(size(&classes)),
        );
        let passed = &passed;
        std::thread::scope(|scope| {
            for (mut rows, gradient) in features.into_iter().zip(of_features) {
                scope.spawn(move || {
                    for one in passed {
                        for (feature, value) in &one.features {
                            let row = usize::try_from(*feature).unwrap_or(usize::MAX);
                            if let Some(place) = rows.place(row) {
                                add(&mut gradient[place], &one.back, *value);
                            }
                        }
                    }
                    rows.step(pace, gradient);
                });
            }
            for (mut rows, gradient) in classes.into_iter().zip(of_classes) {
                scope.spawn(move || {
                    for row in rows.rows.clone() {
                        let Some(place) = rows.place(row) else {
                            continue;
                        };
                        for one in passed {
                            add(&mut gradient[place.clone()], &one.vector, one.wrong[row]);
                        }
                    }
                    rows.step(pace, gradient);
                });
            }
        });
        passed.iter().map(|one| one.loss).sum()
    }

    /// What one text gives, as part of a batch of so much weight.
    fn pass(&self, example: &Example, whole: f32, seed: u64) -> Passed {
        let mut random = Random::new(seed);
        let mut features = Vec::with_capacity(example.features.len());
        for (feature, value) in &example.features {
            if random.share() >= FEATURES_LEFT_OUT {
                features.push((*feature, value / (1.0 - FEATURES_LEFT_OUT)));
            }
        }
        let mut vector = self.origin().to_vec();
        for (feature, value) in &features {
            add(
                &mut vector,
                self.feature(usize::try_from(*feature).unwrap_or(0)),
                *value,
            );
        }
        let mut kept = vec![0.0; DIMENSIONS];
        for (kept, value) in kept.iter_mut().zip(&mut vector) {
            if random.share() >= DIMENSIONS_LEFT_OUT {
                *kept = 1.0 / (1.0 - DIMENSIONS_LEFT_OUT);
            }
            *value *= *kept;
        }
        let classes = self.bias.weights.len();
        let mut wrong: Vec<f32> = (0..classes)
            .map(|at| self.bias.weights[at] + product(self.classes.row(at), &vector))
            .collect();
        let best = wrong.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        for score in &mut wrong {
            *score = (*score - best).exp();
        }
        let sum: f32 = wrong.iter().sum();
        let weight = example.weight / whole;
        let share = 1.0 / example.classes.len().max(1) as f32;
        let mut loss = 0.0;
        for score in &mut wrong {
            *score *= weight / sum;
        }
        for class in &example.classes {
            let score = &mut wrong[usize::from(*class)];
            loss -= f64::from(weight * share * (*score / weight).max(1e-9).ln());
            *score -= weight * share;
        }
        let mut back = vec![0.0; DIMENSIONS];
        for (at, wrong) in wrong.iter().enumerate() {
            add(&mut back, self.classes.row(at), *wrong);
        }
        for (back, kept) in back.iter_mut().zip(&kept) {
            *back *= kept;
        }
        Passed {
            features,
            vector,
            wrong,
            back,
            loss,
        }
    }
}

fn add(sum: &mut [f32], other: &[f32], times: f32) {
    for (sum, other) in sum.iter_mut().zip(other) {
        *sum += other * times;
    }
}

/// The sum of products, in eight sums side by side.
fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (a, _) = a.as_chunks::<8>();
    let (b, _) = b.as_chunks::<8>();
    for (a, b) in a.iter().zip(b) {
        for at in 0..8 {
            sums[at] += a[at] * b[at];
        }
    }
    sums.iter().sum()
}
