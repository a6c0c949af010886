//! Writes a model's file.

use offdesk_domain::Soc;

use super::bytes::checksum;
use super::counted::{self, Mix};
use super::file::MAGIC;

/// The largest step of an occupation's weights, and of a feature's.
const LARGEST_STEP: f32 = 127.0;
const LARGEST_NIBBLE: f32 = 7.0;

/// A model's parts, to be written.
#[derive(Debug, Default)]
pub struct Parts {
    /// Occupations, each with its bias and its weights, one for every dimension.
    pub classes: Vec<(Soc, f32, Vec<f32>)>,
    /// The vector of a text without any feature; an even number of dimensions.
    pub origin: Vec<f32>,
    /// Features in any order.
    pub features: Vec<FeatureParts>,
    /// How the opinions are joined.
    pub mix: Mix,
}

/// A feature's parts.
#[derive(Debug, Clone, Default)]
pub struct FeatureParts {
    /// Its number.
    pub hash: u32,
    /// How rare it is.
    pub idf: f32,
    /// Its vector.
    pub vector: Vec<f32>,
    /// What was counted of it: documents in rising order, each with its weight in steps.
    pub postings: Vec<(usize, u8)>,
}

impl Parts {
    /// The file; vectors and weights are rounded to steps.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let mut features: Vec<_> = self.features.iter().collect();
        features.sort_by_key(|feature| feature.hash);
        let postings: Vec<Vec<u8>> = features
            .iter()
            .map(|feature| counted::to_bytes(&feature.postings))
            .collect();
        let mut body = Vec::new();
        body.extend(count(self.classes.len()));
        body.extend(count(features.len()));
        body.extend(count(self.origin.len()));
        body.extend(count(postings.iter().map(Vec::len).sum()));
        let mix = self.mix.short.iter().chain(&self.mix.long);
        body.extend(mix.flat_map(|weight| weight.to_bits().to_le_bytes()));
        let mut weights = Vec::new();
        for (soc, bias, of_class) in &self.classes {
            let largest = of_class
                .iter()
                .fold(1e-6_f32, |largest, x| largest.max(x.abs()));
            let scale = largest / LARGEST_STEP;
            body.extend(soc.number().to_le_bytes());
            body.extend(bias.to_bits().to_le_bytes());
            body.extend(scale.to_bits().to_le_bytes());
            let steps = of_class.iter().map(|x| step(x / scale, LARGEST_STEP));
            weights.extend(steps.flat_map(i8::to_le_bytes));
        }
        body.extend(self.origin.iter().flat_map(|x| x.to_bits().to_le_bytes()));
        body.extend(weights);
        let numbers = features.iter().map(|feature| feature.hash);
        body.extend(numbers.flat_map(u32::to_le_bytes));
        let mut vectors = Vec::new();
        for FeatureParts { idf, vector, .. } in &features {
            let (scale, rounded) = scale_of(vector);
            body.extend(fixed(*idf).to_le_bytes());
            body.extend(rounded.to_le_bytes());
            let nibble = |x: &f32| (step(x / scale, LARGEST_NIBBLE) + 8).unsigned_abs();
            let (low, high) = vector.split_at(vector.len() / 2);
            vectors.extend(
                low.iter()
                    .zip(high)
                    .map(|(a, b)| nibble(a) | nibble(b) << 4),
            );
        }
        let lengths = postings
            .iter()
            .map(|bytes| u16::try_from(bytes.len()).unwrap_or(u16::MAX));
        body.extend(lengths.flat_map(u16::to_le_bytes));
        body.extend(vectors);
        body.extend(postings.into_iter().flatten());
        let mut file = MAGIC.to_vec();
        file.extend(checksum(&body).to_le_bytes());
        file.extend(body);
        file
    }
}

/// The scale with which a vector loses least when it is rounded, and its first sixteen bits.
fn scale_of(vector: &[f32]) -> (f32, u16) {
    let largest = vector
        .iter()
        .fold(1e-6_f32, |largest, x| largest.max(x.abs()));
    let shares = [1.0_f32, 0.9, 0.8, 0.72, 0.64, 0.56, 0.5];
    let scales = shares.map(|share| {
        let bits = (largest * share / LARGEST_NIBBLE).to_bits() >> 16;
        (f32::from_bits(bits << 16), u16::try_from(bits).unwrap_or(0))
    });
    let loss = |scale: f32| -> f32 {
        let off = |x: &f32| f32::from(step(x / scale, LARGEST_NIBBLE)) * scale - x;
        vector.iter().map(|x| off(x) * off(x)).sum()
    };
    let best = scales
        .into_iter()
        .min_by(|a, b| loss(a.0).total_cmp(&loss(b.0)));
    best.unwrap_or((1.0, 0))
}

/// A number rounded to a step, at most so far from zero.
#[expect(
    clippy::cast_possible_truncation,
    reason = "clamped to what fits just before"
)]
fn step(number: f32, most: f32) -> i8 {
    number.round().clamp(-most, most) as i8
}

/// A number from 0 to 63 in steps of 1/1024.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
fn fixed(number: f32) -> u16 {
    (number * 1024.0).round().clamp(0.0, 65_535.0) as u16
}
