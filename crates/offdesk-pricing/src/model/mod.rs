//! The model that reads a text and says which occupations do such work, each with its probability.
//!
//! Every feature of the text has a vector; their sum is the text's vector, which says how likely each occupation is.
//! The features' vectors are read where they lie; none is decoded before it is asked for.

mod features;
mod file;
mod write;

use std::sync::OnceLock;

use offdesk_domain::Soc;

pub use self::features::{Buffers, Feature, Source, features};
pub use self::file::{Entry, Layout, ModelError, checksum};
pub use self::write::Parts;

/// The model in the binary; its bytes.
pub const EMBEDDED: &[u8] = include_bytes!("../../model.bin");

/// Occupations less likely than this are not told.
const LEAST: f32 = 0.002;
/// So many occupations are told.
const MOST: usize = 32;
/// Below this share of known words, weighed by how much they say, a text is not understood.
const LEAST_KNOWN: f32 = 0.34;
/// How much the pieces of words count beside whole words.
const PIECES_SHARE: f32 = 0.6;

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
        let known = self.score(scratch);
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
    fn score(&self, scratch: &mut Scratch) -> f32 {
        let Scratch {
            features,
            vector,
            steps,
            scores,
            known,
            ..
        } = scratch;
        let (mut words, mut known_words) = (0.0_f32, 0.0_f32);
        weigh(features, known, |feature| {
            let found = self.layout.find(feature.hash);
            if feature.source == Source::Word {
                words += found.map_or(self.layout.rarest(), |entry| entry.idf);
                known_words += found.map_or(0.0, |entry| entry.idf);
            }
            found.map(|entry| (entry, entry.idf))
        });
        self.layout.start(vector);
        for Weighed { key, value, .. } in known.iter() {
            self.layout.add(*key, *value, vector);
        }
        self.layout.scores(vector, steps, scores);
        if words > 0.0 {
            known_words / words
        } else {
            0.0
        }
    }

    /// The words of a text that spoke for an occupation, the strongest first.
    #[must_use]
    pub fn explain(&self, text: &str, soc: Soc) -> Vec<WordWeight> {
        let mut scratch = Scratch::default();
        let mut weight_of = |text: &str| {
            features(text, &mut scratch.buffers, &mut scratch.features);
            self.score(&mut scratch);
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

/// A feature of a text that is known, by what it is known as.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<K> {
    /// What it is known as.
    pub key: K,
    /// Its value in the text.
    pub value: f32,
    source: Source,
}

/// Writes the known features of a text to `out` with their values, in training as in reading: what several
/// occurrences count, times how rare the feature is, so scaled that long texts weigh as short ones. `find` gives what a
/// feature is known as, and how rare it is; it is asked once for each.
pub fn weigh<K: Copy>(
    features: &mut [Feature],
    out: &mut Vec<Weighed<K>>,
    mut find: impl FnMut(&Feature) -> Option<(K, f32)>,
) {
    features.sort_unstable();
    out.clear();
    for same in features.chunk_by(|a, b| a == b) {
        let Some(first) = same.first() else {
            continue;
        };
        out.extend(find(first).map(|(key, idf)| Weighed {
            key,
            value: times(same.len()) * idf,
            source: first.source,
        }));
    }
    let (whole, pieces) = norms(out);
    for known in out {
        known.value *= match known.source {
            Source::Piece => pieces,
            Source::Word | Source::Pair => whole,
        };
    }
}

/// What several occurrences count, beside one.
fn times(count: usize) -> f32 {
    match count {
        1 => 1.0,
        2 => 1.4,
        _ => 1.7,
    }
}

/// What the values of whole words (and pairs) and of pieces are multiplied by.
fn norms<K>(known: &[Weighed<K>]) -> (f32, f32) {
    let (mut whole, mut pieces) = (0.0_f32, 0.0_f32);
    for Weighed { value, source, .. } in known {
        match source {
            Source::Piece => pieces += value * value,
            Source::Word | Source::Pair => whole += value * value,
        }
    }
    let inverse = |square: f32| {
        if square > 0.0 {
            1.0 / square.sqrt()
        } else {
            0.0
        }
    };
    (inverse(whole), PIECES_SHARE * inverse(pieces))
}
