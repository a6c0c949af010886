//! The features that are learned, with numbers, and texts as values of them.

use std::collections::{BTreeMap, HashMap};

use offdesk_domain::Soc;
use offdesk_pricing::model::{Buffers, Feature, Repeats, Source, features, weigh};

use super::super::data::Text;

/// Words of a text that are learned from; in reading more of them are looked at.
pub const MOST_WORDS: usize = 64;
/// Words of our own wordings, pairs and pieces must occur in so many texts: a word that stands there once is mostly a name.
const LEAST_OF_WORDING: u32 = 2;
const LEAST_OF_PAIR: u32 = 6;
const LEAST_OF_PIECE: u32 = 7;

/// A text as numbers: features with their values, occupations with their shares.
pub struct Example {
    pub features: Vec<(u32, f32)>,
    pub classes: Vec<u16>,
    pub weight: f32,
}

/// The features that are learned, with numbers.
pub struct Vocabulary {
    pub hashes: Vec<u32>,
    numbers: HashMap<u32, u32>,
    pub idf: Vec<f32>,
}

impl Vocabulary {
    pub fn of(texts: &[Text]) -> Self {
        let mut counts: BTreeMap<u32, (Source, u32, bool)> = BTreeMap::new();
        let (mut buffers, mut found) = (Buffers::of_words(MOST_WORDS), Vec::new());
        for text in texts {
            features(&text.text, &mut buffers, &mut found);
            found.sort_unstable();
            found.dedup();
            for Feature { hash, source } in &found {
                let counted = counts.entry(*hash).or_insert((*source, 0, true));
                counted.1 += 1;
                counted.2 &= text.is_wording;
            }
        }
        let total = texts.len() as f32;
        let mut vocabulary = Self {
            hashes: Vec::new(),
            numbers: HashMap::new(),
            idf: Vec::new(),
        };
        for (hash, (source, count, is_wording)) in counts {
            let least = match source {
                Source::Word if is_wording => LEAST_OF_WORDING,
                Source::Word => 1,
                Source::Pair => LEAST_OF_PAIR,
                Source::Piece => LEAST_OF_PIECE,
            };
            if count < least {
                continue;
            }
            vocabulary
                .numbers
                .insert(hash, u32::try_from(vocabulary.hashes.len()).unwrap_or(0));
            vocabulary.hashes.push(hash);
            let idf = (total / count as f32).ln().clamp(0.1, 9.0);
            vocabulary.idf.push(idf);
        }
        vocabulary
    }

    pub fn example(&self, text: &Text, numbers: &BTreeMap<Soc, u16>) -> Example {
        let (mut buffers, mut found) = (Buffers::of_words(MOST_WORDS), Vec::new());
        features(&text.text, &mut buffers, &mut found);
        let mut known = Vec::new();
        weigh(&found, &mut Repeats::default(), &mut known, |feature| {
            let number = *self.numbers.get(&feature.hash)?;
            Some((number, self.idf[usize::try_from(number).unwrap_or(0)]))
        });
        Example {
            features: known.iter().map(|known| (known.key, known.value)).collect(),
            classes: text
                .socs
                .iter()
                .filter_map(|soc| numbers.get(soc).copied())
                .collect(),
            weight: text.weight,
        }
    }
}
