//! The words of a text that carry meaning, to find it by.

use super::words::{Class, class_of};
use super::{latin, stem};

/// Longer words are cut: nobody types them whole.
const LONGEST: usize = 40;

/// The words of a text that carry meaning, in their order: small, without marks, stemmed, without stop words.
///
/// ```
/// use offdesk_domain::activity::terms;
/// assert_eq!(terms("Reconciling the Stripe payouts"), ["reconcil", "strip", "payout"]);
/// assert_eq!(terms("Zahlungen prüfen"), ["zahlungen", "prufen"]);
/// assert!(terms("to be or not to be").len() < 3);
/// ```
#[must_use]
pub fn terms(text: &str) -> Vec<String> {
    let all = typed_terms(text).into_iter();
    all.map(|(term, _)| term).collect()
}

/// The same, each with the word as it was typed: what is mistyped may be near to a word that is kept whole.
#[must_use]
pub fn typed_terms(text: &str) -> Vec<(String, String)> {
    let mut plain = String::new();
    latin::fold_into(text, &mut plain);
    plain.make_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let typed = |word: &str| word.chars().take(LONGEST).collect();
    words
        .filter_map(|word| Some((term(word)?, typed(word))))
        .collect()
}

fn term(word: &str) -> Option<String> {
    if word.len() < 2 || class_of(word.as_bytes()) == Class::Stop {
        return None;
    }
    let mut bytes = word.as_bytes().to_vec();
    if word.is_ascii() {
        let length = stem::stem(&mut bytes);
        bytes.truncate(length);
    }
    let text = String::from_utf8(bytes).ok()?;
    let cut: String = text.chars().take(LONGEST).collect();
    (!cut.is_empty()).then_some(cut)
}
