//! A table of weights whose rows learn with Adam (Kingma and Ba, 2015).

use std::ops::Range;

/// A table of rows that learn.
pub struct Table {
    width: usize,
    /// Row after row.
    pub weights: Vec<f32>,
    mean: Vec<f32>,
    square: Vec<f32>,
}

/// Some rows of a table.
pub struct Rows<'t> {
    /// Which ones.
    pub rows: Range<usize>,
    width: usize,
    /// Their weights, row after row.
    pub weights: &'t mut [f32],
    mean: &'t mut [f32],
    square: &'t mut [f32],
}

/// What Adam needs of a step.
#[derive(Clone, Copy)]
pub struct Pace {
    rate: f32,
    /// What makes up for means that began at nothing.
    mean: f32,
    square: f32,
}

const MEAN_KEPT: f32 = 0.9;
const SQUARE_KEPT: f32 = 0.999;

impl Pace {
    /// That of a step, counted from 0.
    pub fn new(rate: f32, step: usize) -> Self {
        let power = i32::try_from(step + 1).unwrap_or(i32::MAX);
        Self {
            rate,
            mean: 1.0 / (1.0 - MEAN_KEPT.powi(power)),
            square: 1.0 / (1.0 - SQUARE_KEPT.powi(power)),
        }
    }

    fn apply(self, [weight, mean, square]: [&mut f32; 3], gradient: f32) {
        *mean = MEAN_KEPT * *mean + (1.0 - MEAN_KEPT) * gradient;
        *square = SQUARE_KEPT * *square + (1.0 - SQUARE_KEPT) * gradient * gradient;
        *weight -= self.rate * *mean * self.mean / ((*square * self.square).sqrt() + 1e-8);
    }
}

impl Table {
    /// Rows of weights to begin with.
    pub fn new(rows: usize, width: usize, mut first: impl FnMut() -> f32) -> Self {
        let length = rows * width;
        Self {
            width,
            weights: (0..length).map(|_| first()).collect(),
            mean: vec![0.0; length],
            square: vec![0.0; length],
        }
    }

    /// A row.
    pub fn row(&self, at: usize) -> &[f32] {
        &self.weights[at * self.width..(at + 1) * self.width]
    }

    /// The rows in so many parts of about the same size.
    pub fn parts(&mut self, number: usize) -> Vec<Rows<'_>> {
        let width = self.width;
        let rows = (self.weights.len() / width).div_ceil(number);
        let size = rows * width;
        self.weights
            .chunks_mut(size)
            .zip(self.mean.chunks_mut(size))
            .zip(self.square.chunks_mut(size))
            .enumerate()
            .map(|(at, ((weights, mean), square))| Rows {
                rows: at * rows..at * rows + weights.len() / width,
                width,
                weights,
                mean,
                square,
            })
            .collect()
    }
}

impl Rows<'_> {
    /// One step of all rows; `gradient` holds theirs, and is empty afterwards.
    pub fn step(&mut self, pace: Pace, gradient: &mut [f32]) {
        let rows = self
            .weights
            .iter_mut()
            .zip(self.mean.iter_mut())
            .zip(self.square.iter_mut());
        for (((weight, mean), square), gradient) in rows.zip(gradient) {
            pace.apply([weight, mean, square], *gradient);
            *gradient = 0.0;
        }
    }

    /// Where a row stands among these.
    pub fn place(&self, row: usize) -> Option<Range<usize>> {
        let at = self.rows.contains(&row).then(|| row - self.rows.start)?;
        Some(at * self.width..(at + 1) * self.width)
    }
}
