//! Counts words by occupation, minor group and major group, and weighs them as Okapi BM25 does (Robertson and Zaragoza, 2009).

use std::collections::BTreeMap;

use offdesk_domain::Soc;
use offdesk_pricing::model::{Buffers, Documents, Source, features};

use super::super::data::Text;
use super::vocabulary::MOST_WORDS;

/// How slowly further occurrences stop counting, for occupations, minor and major groups: their texts are long.
const SLOWNESS: [f32; 3] = [6.0, 10.0, 30.0];
/// How much the length of a document counts.
const LENGTH: f32 = 0.3;
/// Words rarer than this among documents say nothing (natural logarithm).
const LEAST_RARITY: f32 = 0.2;
/// Weights of fewer steps are left out: they are a third of all and say next to nothing.
const LEAST_STEPS: u8 = 12;

/// The postings of words by their numbers: documents in rising order, each with its weight in steps.
pub type Postings = BTreeMap<u32, Vec<(usize, u8)>>;

/// Counts the words of texts.
pub fn postings(texts: &[Text], numbers: &BTreeMap<Soc, u16>) -> Postings {
    let documents = Documents::of(numbers.keys().map(|soc| Some(*soc)));
    let mut lengths = vec![1.0_f32; documents.number()];
    let mut counts: BTreeMap<u32, BTreeMap<usize, f32>> = BTreeMap::new();
    let (mut buffers, mut found) = (Buffers::of_words(MOST_WORDS), Vec::new());
    for text in texts {
        features(&text.text, &mut buffers, &mut found);
        let classes = text.socs.iter().filter_map(|soc| numbers.get(soc));
        let of: Vec<usize> = classes
            .flat_map(|class| documents.of_class(usize::from(*class)))
            .collect();
        for word in found.iter().filter(|it| it.source == Source::Word) {
            let counts = counts.entry(word.hash).or_default();
            for document in &of {
                *counts.entry(*document).or_default() += 1.0;
                lengths[*document] += 1.0;
            }
        }
    }
    let bounds = documents.bounds();
    let level_of = |document: usize| bounds.iter().filter(|bound| document >= **bound).count();
    let parts = [
        0..bounds[0],
        bounds[0]..bounds[1],
        bounds[1]..documents.number(),
    ];
    let means = parts.clone().map(|part| {
        let number = part.len().max(1) as f32;
        lengths[part].iter().sum::<f32>() / number
    });
    let sizes = parts.map(|part| part.len() as f32);
    let mut weights: BTreeMap<u32, Vec<(usize, f32)>> = BTreeMap::new();
    let mut largest = [0.0_f32; 3];
    for (word, counts) in counts {
        let mut holders = [0.0_f32; 3];
        for document in counts.keys() {
            holders[level_of(*document)] += 1.0;
        }
        let mut of_word = Vec::new();
        for (document, count) in counts {
            let level = level_of(document);
            let (size, holders) = (sizes[level], holders[level]);
            let rarity = (1.0 + (size - holders + 0.5) / (holders + 0.5)).ln();
            if rarity < LEAST_RARITY {
                continue;
            }
            let length = 1.0 - LENGTH + LENGTH * lengths[document] / means[level];
            let slow = SLOWNESS[level];
            let weight = rarity * count * (slow + 1.0) / (count + slow * length);
            largest[level] = largest[level].max(weight);
            of_word.push((document, weight));
        }
        weights.insert(word, of_word);
    }
    let steps = weights.into_iter().map(|(word, of_word)| {
        let steps = of_word.into_iter().map(|(document, weight)| {
            let share = weight / largest[level_of(document)];
            (document, step(share))
        });
        (
            word,
            steps.filter(|(_, step)| *step >= LEAST_STEPS).collect(),
        )
    });
    steps.collect()
}

/// A share of one in 255 steps.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of one"
)]
fn step(share: f32) -> u8 {
    (share * 255.0).round() as u8
}
