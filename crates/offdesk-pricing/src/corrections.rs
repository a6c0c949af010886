//! The owner's corrections: what a text really is, or what is paid for it; texts like it follow.

use std::collections::BTreeMap;

use offdesk_domain::activity::Folder;

use crate::model::{Buffers, Feature, Model, Source, features};

/// Texts that are at least so like a corrected one are taken for the same work.
const LIKE: f32 = 0.6;
/// How much the pieces of words count beside whole words, so that "invoicing" is like "invoices".
const PIECES: f32 = 0.4;

/// Texts that the owner has corrected, found again by what they share with others.
///
/// Words and pieces of words are compared, each by how rarely the model saw it (cosine of the two texts, from 0 to 1).
#[derive(Debug, Clone, Default)]
pub struct Corrections {
    texts: Vec<Traits>,
}

/// What a text is compared by: each feature with its weight, the whole of length one for words and pieces apart.
type Traits = [BTreeMap<u32, f32>; 2];

impl Corrections {
    /// Corrections of these texts; they are known by their places.
    #[must_use]
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut comparer = Comparer::default();
        Self {
            texts: texts
                .into_iter()
                .map(|text| comparer.traits_of(text))
                .collect(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The place of the corrected text that is most like a text, with how like it is; the later one where two are.
    #[must_use]
    pub fn nearest(&self, text: &str, comparer: &mut Comparer) -> Option<(usize, f32)> {
        if self.is_empty() {
            return None;
        }
        let traits = comparer.traits_of(text);
        let likeness = self.texts.iter().map(|known| likeness(known, &traits));
        likeness
            .enumerate()
            .filter(|(_, likeness)| *likeness >= LIKE)
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Compares texts with buffers that are kept between them.
#[derive(Debug, Default)]
pub struct Comparer {
    folder: Folder,
    buffers: Buffers,
    features: Vec<Feature>,
}

impl Comparer {
    fn traits_of(&mut self, text: &str) -> Traits {
        let form = self.folder.fold(text);
        features(
            if form.is_empty() { text } else { form },
            &mut self.buffers,
            &mut self.features,
        );
        let mut traits = [BTreeMap::new(), BTreeMap::new()];
        for feature in &self.features {
            let [words, pieces] = &mut traits;
            let of = match feature.source {
                Source::Word => words,
                Source::Piece => pieces,
                Source::Pair => continue,
            };
            of.insert(feature.hash, rarity(*feature));
        }
        for of in &mut traits {
            let length = of.values().map(|it| it * it).sum::<f32>().sqrt();
            if length > 0.0 {
                of.values_mut().for_each(|it| *it /= length);
            }
        }
        traits
    }
}

/// How rarely the model saw a feature; what it never saw is as rare as can be.
fn rarity(feature: Feature) -> f32 {
    Model::embedded().map_or(1.0, |model| model.rarity(feature.hash))
}

fn likeness(a: &Traits, b: &Traits) -> f32 {
    let shared = |a: &BTreeMap<u32, f32>, b: &BTreeMap<u32, f32>| {
        let both = a.iter().filter_map(|(hash, it)| Some(it * b.get(hash)?));
        both.sum::<f32>()
    };
    let [words, pieces] = [shared(&a[0], &b[0]), shared(&a[1], &b[1])];
    (1.0 - PIECES) * words + PIECES * pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_like_a_corrected_one_are_found_and_others_are_not() {
        let corrections =
            Corrections::of(["PPC campaigns", "monthly newsletter", "Stripe payouts"]);
        let mut comparer = Comparer::default();
        let mut nearest = |text| corrections.nearest(text, &mut comparer).map(|(at, _)| at);
        for (text, expected) in [
            ("PPC campaigns", Some(0)),
            ("re-arranging PPC campaigns", Some(0)),
            ("ppc campaign", Some(0)),
            ("newsletter monthly", Some(1)),
            ("Re: Stripe payout 4711", Some(2)),
            ("election campaigns", None),
            ("monthly payroll", None),
            ("answer support inbox", None),
            ("", None),
        ] {
            assert_eq!(nearest(text), expected, "{text}");
        }
    }

    #[test]
    fn the_later_correction_of_the_same_text_counts() {
        let corrections = Corrections::of(["logo design", "Logo design"]);
        let nearest = corrections.nearest("logo design", &mut Comparer::default());
        assert_eq!(nearest.map(|(at, _)| at), Some(1));
        let none = Corrections::default();
        assert!(
            none.nearest("logo design", &mut Comparer::default())
                .is_none()
        );
    }
}
