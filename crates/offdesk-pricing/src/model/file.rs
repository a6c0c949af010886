//! The model's file: occupations with their weights, then features in the order of their numbers, each with a
//! vector in steps of four bits, then what was counted of words.

use std::borrow::Cow;

use offdesk_domain::Soc;

use super::bytes::{DIRECTORY_BITS, checksum, directory, f32_at, postings, u16_at, u32_at};
use super::counted::{self, Documents, Mix, OPINIONS, add as add_postings};

pub(super) const MAGIC: &[u8; 8] = b"offdesk3";
/// Magic, checksum, numbers of occupations, features, dimensions and bytes of postings, mix of opinions.
const HEAD: usize = 8 + 8 + 4 * 4 + 4 * 2 * OPINIONS;
/// Occupation, bias, scale.
const CLASS: usize = 12;
/// Number, rarity, scale, length of the postings.
const FEATURE: usize = 10;
/// Weights of rare features, as a feature that is not known at all.
const RAREST: f32 = 9.0;
/// A text's vector has so many steps in each direction, so that sums of products fit 32 bits at up to 512 dimensions.
const STEPS: f32 = 32_767.0;
const MOST_DIMENSIONS: usize = 512;

/// Why a file is no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin as a model of this version does.
    #[error("this is no pricing model of this version of offdesk")]
    NoModel,
    /// Its parts do not fit its length: it was cut.
    #[error("the pricing model is cut short or too long")]
    Length,
    /// Its bytes are not those that were written.
    #[error("the pricing model is damaged")]
    Damaged,
}

/// A checked file.
#[derive(Debug)]
pub struct Layout {
    bytes: Cow<'static, [u8]>,
    features: usize,
    dimensions: usize,
    classes: Vec<Class>,
    mix: Mix,
    documents: Documents,
    /// Weights of all occupations, one after the other.
    weights: Vec<i16>,
    /// The vector of a text without any feature.
    origin: Vec<f32>,
    /// Where features with the same first bits begin.
    directory: Vec<u32>,
    /// Where the features' numbers, and their vectors, begin in the file.
    numbers_at: usize,
    vectors_at: usize,
    /// Where each feature's postings begin, after the last vector, and where the last end.
    postings: Vec<u32>,
    postings_at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Class {
    soc: Option<Soc>,
    bias: f32,
    scale: f32,
}

/// A feature that the model knows.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    at: usize,
    scale: f32,
    /// How rare it is; more says more.
    pub idf: f32,
}

impl Layout {
    /// A file whose bytes are held against their checksum.
    pub(super) fn new(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        let expected = bytes.get(8..16).and_then(|part| part.try_into().ok());
        let sum = checksum(bytes.get(16..).unwrap_or_default());
        let is_whole = expected.map(u64::from_le_bytes) == Some(sum);
        let layout = Self::trusted(bytes)?;
        if is_whole {
            Ok(layout)
        } else {
            Err(ModelError::Damaged)
        }
    }

    /// A file that is part of the program: a test holds its bytes against their checksum, so that no start of the
    /// program has to touch all of them.
    pub(super) fn trusted(bytes: Cow<'static, [u8]>) -> Result<Self, ModelError> {
        if !bytes.starts_with(MAGIC) || bytes.len() < HEAD {
            return Err(ModelError::NoModel);
        }
        let number = |at: usize| usize::try_from(u32_at(&bytes, at)).unwrap_or(usize::MAX);
        let (classes, features, dimensions) = (number(16), number(20), number(24));
        let of_postings = number(28);
        let fits = |length: usize| length.checked_mul(dimensions);
        let length = fits(classes)
            .and_then(|sum| sum.checked_add(classes.checked_mul(CLASS)?))
            .and_then(|sum| sum.checked_add(dimensions.checked_mul(4)?))
            .and_then(|sum| sum.checked_add(features.checked_mul(FEATURE)?))
            .and_then(|sum| sum.checked_add(fits(features)? / 2))
            .and_then(|sum| sum.checked_add(of_postings))
            .and_then(|sum| sum.checked_add(HEAD));
        let is_even = dimensions > 0 && dimensions.is_multiple_of(2);
        if length != Some(bytes.len()) || !is_even || dimensions > MOST_DIMENSIONS {
            return Err(ModelError::Length);
        }
        let origin_at = HEAD + classes * CLASS;
        let weights_at = origin_at + dimensions * 4;
        let numbers_at = weights_at + classes * dimensions;
        let class = |at: usize| Class {
            soc: Soc::from_number(u32_at(&bytes, HEAD + at * CLASS)),
            bias: f32_at(&bytes, HEAD + at * CLASS + 4),
            scale: f32_at(&bytes, HEAD + at * CLASS + 8),
        };
        let weights = bytes.get(weights_at..numbers_at).unwrap_or_default();
        let of_mix = |from: usize| std::array::from_fn(|at| f32_at(&bytes, from + at * 4));
        let classes: Vec<Class> = (0..classes).map(class).collect();
        let vectors_at = numbers_at + features * FEATURE;
        let postings = postings(&bytes, numbers_at + features * 8, features);
        let end = postings.last().copied().map(usize::try_from);
        if end != Some(Ok(of_postings)) {
            return Err(ModelError::Length);
        }
        Ok(Self {
            features,
            dimensions,
            mix: Mix {
                short: of_mix(32),
                long: of_mix(32 + 4 * OPINIONS),
            },
            documents: Documents::of(classes.iter().map(|class| class.soc)),
            classes,
            postings,
            postings_at: vectors_at + features * dimensions / 2,
            weights: weights
                .iter()
                .map(|byte| i16::from(i8::from_le_bytes([*byte])))
                .collect(),
            origin: (0..dimensions)
                .map(|at| f32_at(&bytes, origin_at + at * 4))
                .collect(),
            directory: directory(&bytes, numbers_at, features),
            numbers_at,
            vectors_at,
            bytes,
        })
    }

    /// How much a word that is not known would have said.
    pub(super) fn rarest(&self) -> f32 {
        RAREST
    }

    /// A feature by its number.
    pub(super) fn find(&self, hash: u32) -> Option<Entry> {
        let bucket = usize::try_from(hash >> (32 - DIRECTORY_BITS)).ok()?;
        let start = usize::try_from(*self.directory.get(bucket)?).ok()?;
        let end = usize::try_from(*self.directory.get(bucket + 1)?).ok()?;
        let at = (start..end).find(|at| u32_at(&self.bytes, self.numbers_at + at * 4) == hash)?;
        let rest = self.numbers_at + self.features * 4 + at * 4;
        Some(Entry {
            at,
            idf: f32::from(u16_at(&self.bytes, rest)) / 1024.0,
            scale: f32::from_bits(u32::from(u16_at(&self.bytes, rest + 2)) << 16),
        })
    }

    /// Sets the vector to that of a text without any feature.
    #[inline(always)]
    pub(super) fn start(&self, vector: &mut Vec<f32>) {
        vector.clear();
        vector.extend_from_slice(&self.origin);
    }

    /// Adds a feature's vector.
    #[inline(always)]
    pub(super) fn add(&self, entry: Entry, value: f32, vector: &mut [f32]) {
        let half = self.dimensions / 2;
        let start = self.vectors_at + entry.at * half;
        let steps = self.bytes.get(start..start + half).unwrap_or_default();
        let value = value * entry.scale;
        let (low, high) = vector.split_at_mut(half.min(vector.len()));
        for ((step, low), high) in steps.iter().zip(low).zip(high) {
            *low += value * (f32::from(step & 15) - 8.0);
            *high += value * (f32::from(step >> 4) - 8.0);
        }
    }

    /// What a text's vector says of all occupations; `steps` is a buffer.
    #[inline(always)]
    pub(super) fn scores(&self, vector: &[f32], steps: &mut Vec<i16>, scores: &mut Vec<f32>) {
        let largest = vector
            .iter()
            .fold(f32::MIN_POSITIVE, |largest, x| largest.max(x.abs()));
        let scale = largest / STEPS;
        let times = 1.0 / scale;
        steps.clear();
        steps.extend(vector.iter().map(|x| whole(x * times)));
        scores.clear();
        let of_classes = self.weights.chunks_exact(self.dimensions);
        for (class, weights) in self.classes.iter().zip(of_classes) {
            let products = weights.iter().zip(steps.iter());
            let sum: i32 = products.map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            scores.push(class.bias + class.scale * scale * approximately(sum));
        }
    }

    /// Empty sums of what is counted, one for each document.
    #[inline(always)]
    pub(super) fn start_counting(&self, sums: &mut Vec<u32>) {
        sums.clear();
        sums.resize(self.documents.number(), 0);
    }

    /// Adds what was counted of a feature.
    #[inline(always)]
    pub(super) fn count(&self, entry: Entry, sums: &mut [u32]) {
        let bound = |at: usize| usize::try_from(*self.postings.get(at)?).ok();
        let (Some(start), Some(end)) = (bound(entry.at), bound(entry.at + 1)) else {
            return;
        };
        let postings = self.postings_at + start..self.postings_at + end;
        add_postings(self.bytes.get(postings).unwrap_or_default(), sums);
    }

    /// Joins what was counted with the scores, in a mix of its own or in that of the file.
    #[inline(always)]
    pub(super) fn join(
        &self,
        words: usize,
        mix: Option<[f32; OPINIONS]>,
        sums: &[u32],
        scores: &mut [f32],
    ) {
        let mix = mix.unwrap_or_else(|| self.mix.of(words));
        counted::join(&self.documents, mix, sums, scores);
    }

    /// The score of an occupation; zero of one that the model does not know.
    pub(super) fn score_of(&self, soc: Soc, scores: &[f32]) -> f32 {
        let at = self.classes.iter().position(|class| class.soc == Some(soc));
        at.and_then(|at| scores.get(at)).copied().unwrap_or(0.0)
    }

    /// The scores as probabilities, in the order of the occupations.
    pub(super) fn probabilities<'s>(
        &'s self,
        scores: &'s mut [f32],
    ) -> impl Iterator<Item = (Soc, f32)> + 's {
        let mut best = f32::NEG_INFINITY;
        for score in scores.iter() {
            if *score > best {
                best = *score;
            }
        }
        let mut sum = 0.0;
        for score in scores.iter_mut() {
            let below = *score - best;
            // What is far below adds nothing that counts.
            *score = if below > -14.0 { below.exp() } else { 0.0 };
            sum += *score;
        }
        self.classes
            .iter()
            .zip(scores.iter())
            .filter_map(move |(class, score)| Some((class.soc?, score / sum)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from a float stops at the ends of the range"
)]
#[inline(always)]
fn whole(number: f32) -> i16 {
    // Rounding proper is a call of a function for each number.
    (number + 0.5_f32.copysign(number)) as i16
}

#[expect(
    clippy::cast_precision_loss,
    reason = "seven digits are enough for a score"
)]
#[inline(always)]
fn approximately(number: i32) -> f32 {
    number as f32
}
