//! Texts that are known word for word with the occupations they stand for, beside what the model reads.

use std::collections::HashMap;
use std::sync::Arc;

use offdesk_domain::Soc;

use crate::estimate::Shares;

/// The occupations that a text stands for have so much of its reading; the model keeps the rest.
const STANDS_FOR: f32 = 0.9;
/// What each of several occupations has at least beside what the model gives it.
const AT_LEAST: f32 = 0.05;

/// Texts with the occupations that a publisher says they stand for: titles of jobs, statements of tasks.
///
/// A text is found by its letters and digits in lower case, whatever signs stand between them.
#[derive(Debug, Clone, Default)]
pub struct KnownTexts {
    by_text: HashMap<String, Known>,
}

#[derive(Debug, Clone)]
struct Known {
    occupations: Vec<Soc>,
    source: Arc<str>,
}

impl KnownTexts {
    /// Adds a text, with who says so; it goes before what was known of the same text.
    pub fn add(&mut self, text: &str, occupations: Vec<Soc>, source: &Arc<str>) {
        let known = Known {
            occupations,
            source: Arc::clone(source),
        };
        self.by_text.insert(plain(text), known);
    }

    /// The occupations a text stands for, and who says so.
    #[must_use]
    pub fn find(&self, text: &str) -> Option<(&[Soc], &str)> {
        if self.by_text.is_empty() {
            return None;
        }
        let known = self.by_text.get(&plain(text))?;
        Some((&known.occupations, &known.source))
    }
}

/// The letters and digits of a text in lower case, its words apart by one blank.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        if !word.is_empty() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    plain
}

/// Gives the occupations that a text stands for their share of a reading, among them as the model has it.
pub(crate) fn stand_for(occupations: &[Soc], readings: &mut Shares) {
    for soc in occupations {
        if !readings.iter().any(|(known, _)| known == soc) {
            readings.push((*soc, 0.0));
        }
    }
    let (mut theirs, mut others) = (0.0, 0.0);
    for (soc, share) in readings.iter_mut() {
        if occupations.contains(soc) {
            *share += AT_LEAST;
            theirs += *share;
        } else {
            others += *share;
        }
    }
    let left = if others > 0.0 { 1.0 - STANDS_FOR } else { 0.0 };
    for (soc, share) in readings.iter_mut() {
        *share *= if occupations.contains(soc) {
            (1.0 - left) / theirs
        } else {
            left / others
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn soc(code: &str) -> Soc {
        code.parse().unwrap()
    }

    #[test]
    fn texts_are_found_whatever_signs_stand_between_their_words() {
        let mut texts = KnownTexts::default();
        let source = Arc::from("somebody");
        texts.add(
            "CEO (Chief Executive Officer)",
            vec![soc("11-1011")],
            &source,
        );
        let found = texts.find("ceo, chief  executive officer!");
        assert_eq!(found, Some(([soc("11-1011")].as_slice(), "somebody")));
        assert_eq!(texts.find("chief executive officer"), None);
        assert_eq!(texts.find(""), None);
    }

    #[test]
    fn what_a_text_stands_for_has_most_of_its_reading() {
        let mut readings = vec![(soc("43-3031"), 0.6), (soc("13-2011"), 0.3)];
        stand_for(&[soc("13-2011"), soc("27-1024")], &mut readings);
        let whole: f32 = readings.iter().map(|(_, share)| share).sum();
        assert!((whole - 1.0).abs() < 1e-5);
        assert!(
            readings[1].1 > 0.7 && readings[2].1 > 0.05 && readings[0].1 < 0.11,
            "{readings:?}"
        );
        let mut nothing = Shares::new();
        stand_for(&[soc("27-1024")], &mut nothing);
        assert!((nothing[0].1 - 1.0).abs() < 1e-5);
    }
}
