//! What each known feature of a text counts.

use super::features::{Feature, Source};

/// How much the pieces of words count beside whole words.
const PIECES_SHARE: f32 = 0.6;

/// A feature of a text that is known, by what it is known as.
#[derive(Debug, Clone, Copy)]
pub struct Weighed<K> {
    /// What it is known as.
    pub key: K,
    /// Its value in the text.
    pub value: f32,
    pub(super) source: Source,
}

/// Finds features of a text that stand in it more than once; kept between texts.
#[derive(Debug, Default)]
pub struct Repeats {
    /// A table by the features' numbers: places among the different ones, counted from 1; 0 is free.
    slots: Vec<u16>,
    /// The different features in the order of the text, each with how often it stands there.
    different: Vec<(Feature, usize)>,
}

impl Repeats {
    fn count(&mut self, features: &[Feature]) {
        self.different.clear();
        self.slots.clear();
        // Half of it stays free, so that a search ends soon.
        self.slots
            .resize((features.len() * 2).next_power_of_two(), 0);
        let last = self.slots.len() - 1;
        for feature in features {
            let mut at = usize::try_from(feature.hash).unwrap_or(0) & last;
            loop {
                let known = usize::from(self.slots[at]);
                if known == 0 {
                    self.different.push((*feature, 1));
                    self.slots[at] = u16::try_from(self.different.len()).unwrap_or(u16::MAX);
                    break;
                }
                let (same, count) = &mut self.different[known - 1];
                if same == feature {
                    *count += 1;
                    break;
                }
                at = (at + 1) & last;
            }
        }
    }
}

/// Writes the known features of a text to `out` with their values, in training as in reading: what several
/// occurrences count, times how rare the feature is, so scaled that long texts weigh as short ones. `find` gives what a
/// feature is known as, and how rare it is; it is asked once for each.
pub fn weigh<K: Copy>(
    features: &[Feature],
    repeats: &mut Repeats,
    out: &mut Vec<Weighed<K>>,
    mut find: impl FnMut(&Feature) -> Option<(K, f32)>,
) {
    repeats.count(features);
    out.clear();
    for (feature, count) in &repeats.different {
        out.extend(find(feature).map(|(key, idf)| Weighed {
            key,
            value: times(*count) * idf,
            source: feature.source,
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
