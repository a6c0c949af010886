//! The model that reads a text and says which occupations do such work, each with its probability.
//!
//! Every feature of the text has a vector; their sum is the text's vector, which says how likely each occupation is. How
//! often its words stand in the texts of an occupation, and of the groups above it, is a second opinion.
//! The features' vectors are read where they lie; none is decoded before it is asked for.

mod bytes;
mod counted;
mod features;
mod file;
mod weigh;
mod write;

use std::sync::OnceLock;

use fearless_simd::{Level, dispatch};
use offdesk_domain::Soc;

pub use self::bytes::checksum;
pub use self::counted::{Documents, Mix, OPINIONS, is_sentence};
pub use self::features::{Buffers, Feature, Source, features};
pub use self::file::{Entry, Layout, ModelError};
pub use self::weigh::{Repeats, Weighed, weigh};
pub use self::write::{FeatureParts, Parts};

/// The model in the binary; its bytes.
pub const EMBEDDED: &[u8] = include_bytes!("../../model.bin");

/// Occupations less likely than this are not told.
const LEAST: f32 = 0.002;
/// So many occupations are told.
const MOST: usize = 32;
/// Below this share of known words, weighed by how much they say, a text is not understood.
const LEAST_KNOWN: f32 = 0.34;

/// A model: the features it knows and what they say of occupations.
#[derive(Debug)]
pub struct Model {
    layout: Layout,
}

/// Buffers for reading texts, kept between them.
#[derive(Debug, Default)]
pub struct Scratch {
    buffers: Buffers,
    features: Vec<Feature>,
    vector: Vec<f32>,
    steps: Vec<i16>,
    scores: Vec<f32>,
    sums: Vec<u32>,
    repeats: Repeats,
    known: Vec<Weighed<Entry>>,
}

/// What a text was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The likeliest occupations, the likeliest first; their probabilities add up to one at most.
    pub likely: Vec<Likelihood>,
    /// Why the text has no reading that could be priced; `None` where it has one.
    pub silence: Option<Silence>,
}

/// An occupation and how likely the text is its work.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Likelihood {
    /// The occupation.
    pub soc: Soc,
    /// From 0 to 1.
    pub probability: f32,
}

/// Why a text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// There is no word in it.
    Empty,
    /// Its words are not known, or say nothing of any occupation.
    Unknown,
}

/// A word of a text and how much it spoke for an occupation.
#[derive(Debug, Clone, PartialEq)]
pub struct WordWeight {
    /// The word as it stands in the text.
    pub word: String,
    /// What it added to the score; more is stronger.
    pub weight: f32,
}

impl Model {
    /// The model in the binary.
    ///
    /// # Errors
    /// [`ModelError`] where the file is damaged.
    pub fn embedded() -> Result<&'static Self, ModelError> {
        static MODEL: OnceLock<Result<Model, ModelError>> = OnceLock::new();
        MODEL
            .get_or_init(|| Layout::trusted(EMBEDDED.into()).map(|layout| Self { layout }))
            .as_ref()
            .map_err(|error| *error)
    }

    /// A model from a file's bytes.
    ///
    /// # Errors
    /// [`ModelError`] where they are no model, cut or changed.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        Layout::new(bytes.to_vec().into()).map(|layout| Self { layout })
    }

    /// How rarely a feature occurs: the natural logarithm of all texts over those that have it.
    #[must_use]
    pub fn rarity(&self, hash: u32) -> f32 {
        let found = self.layout.find(hash);
        found.map_or(self.layout.rarest(), |entry| entry.idf)
    }

    /// Reads a text.
    pub fn read(&self, text: &str, scratch: &mut Scratch) -> Reading {
        let silent = |silence| Reading {
            likely: Vec::new(),
            silence: Some(silence),
        };
        features(text, &mut scratch.buffers, &mut scratch.features);
        if scratch.features.is_empty() {
            return silent(Silence::Empty);
        }
        let known = self.score(scratch, None);
        if known < LEAST_KNOWN {
            return silent(Silence::Unknown);
        }
        let probabilities = self.layout.probabilities(&mut scratch.scores);
        let mut likely: Vec<Likelihood> = probabilities
            .filter(|(_, probability)| *probability >= LEAST)
            .map(|(soc, probability)| Likelihood { soc, probability })
            .collect();
        likely.sort_by(|a, b| {
            b.probability
                .total_cmp(&a.probability)
                .then(a.soc.cmp(&b.soc))
        });
        likely.truncate(MOST);
        let silence = likely.is_empty().then_some(Silence::Unknown);
        Reading { likely, silence }
    }

    /// Sums up the scores; gives the share of the words that is known, weighed by how much they say.
    fn score(&self, scratch: &mut Scratch, mix: Option<[f32; OPINIONS]>) -> f32 {
        let Scratch {
            features,
            vector,
            steps,
            scores,
            sums,
            repeats,
            known,
            ..
        } = scratch;
        let is_word = |feature: &&Feature| feature.source == Source::Word;
        let number = features.iter().filter(is_word).count();
        let (mut words, mut known_words) = (0.0_f32, 0.0_f32);
        weigh(features, repeats, known, |feature| {
            let found = self.layout.find(feature.hash);
            if feature.source == Source::Word {
                words += found.map_or(self.layout.rarest(), |entry| entry.idf);
                known_words += found.map_or(0.0, |entry| entry.idf);
            }
            found.map(|entry| (entry, entry.idf))
        });
        let sums_of = Sums {
            vector,
            steps,
            scores,
            sums,
        };
        // With the widest instructions that the processor has; the order of every sum is the same with all.
        dispatch!(Level::new(), _simd => self.sum_up(known, number, mix, sums_of));
        if words > 0.0 {
            known_words / words
        } else {
            0.0
        }
    }

    #[inline(always)]
    fn sum_up(
        &self,
        known: &[Weighed<Entry>],
        words: usize,
        mix: Option<[f32; OPINIONS]>,
        buffers: Sums<'_>,
    ) {
        let Sums {
            vector,
            steps,
            scores,
            sums,
        } = buffers;
        self.layout.start(vector);
        self.layout.start_counting(sums);
        for Weighed { key, value, source } in known {
            self.layout.add(*key, *value, vector);
            if *source == Source::Word {
                self.layout.count(*key, sums);
            }
        }
        self.layout.scores(vector, steps, scores);
        self.layout.join(words, mix, sums, scores);
    }

    /// What each opinion alone says of every occupation, in their order, and whether the text is a sentence: what the mix
    /// is learned from.
    pub fn opinions(&self, text: &str, scratch: &mut Scratch) -> ([Vec<f32>; OPINIONS], bool) {
        features(text, &mut scratch.buffers, &mut scratch.features);
        let is_word = |feature: &&Feature| feature.source == Source::Word;
        let words = scratch.features.iter().filter(is_word).count();
        let opinions = std::array::from_fn(|at| {
            let mut alone = [0.0; OPINIONS];
            alone[at] = 1.0;
            self.score(scratch, Some(alone));
            scratch.scores.clone()
        });
        (opinions, is_sentence(words))
    }

    /// The words of a text that spoke for an occupation, the strongest first.
    #[must_use]
    pub fn explain(&self, text: &str, soc: Soc) -> Vec<WordWeight> {
        let mut scratch = Scratch::default();
        let mut weight_of = |text: &str| {
            features(text, &mut scratch.buffers, &mut scratch.features);
            self.score(&mut scratch, None);
            self.layout.score_of(soc, &scratch.scores)
        };
        let whole = weight_of(text);
        let words: Vec<&str> = text.split_whitespace().take(32).collect();
        let mut weights: Vec<WordWeight> = (0..words.len())
            .map(|left_out| {
                let rest: Vec<&str> = words
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != left_out)
                    .map(|(_, word)| *word)
                    .collect();
                WordWeight {
                    word: words[left_out].to_owned(),
                    weight: whole - weight_of(&rest.join(" ")),
                }
            })
            .filter(|word| word.weight > 0.05)
            .collect();
        weights.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        weights
    }
}

/// Buffers of the sums over a text's features.
struct Sums<'s> {
    vector: &'s mut Vec<f32>,
    steps: &'s mut Vec<i16>,
    scores: &'s mut Vec<f32>,
    sums: &'s mut Vec<u32>,
}
