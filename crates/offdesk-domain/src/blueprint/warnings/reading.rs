//! How hard a text is to read: sentences, syllables, long words. English by Flesch and Kincaid, other languages by LIX.

use super::super::Blueprint;
use super::words::words;
use super::{Warning, warning};

/// Shorter texts say nothing about how they read.
const LEAST_WORDS: usize = 40;
/// The school grade above which English is hard.
const HARD_GRADE: f64 = 10.0;
/// The LIX above which another language is hard.
const HARD_LIX: f64 = 50.0;

const ENGLISH: &str = " the a an of to and in is are for it with on that you this from by at as be or if not all your their has \
    every when what who ";
const OTHERS: &str = " der die das und ist im den dem ein eine mit von zu auf nicht für el la los las de que y en un una por con \
    le les des et est dans pour une du sur het een van ";

/// Whether a blueprint is in English, by its small words; also where there are none.
pub(super) fn is_english(blueprint: &Blueprint) -> bool {
    let words = words(&running_text(blueprint));
    let count = |list: &str| {
        words
            .iter()
            .filter(|word| list.contains(&format!(" {word} ")))
            .count()
    };
    count(ENGLISH) >= count(OTHERS)
}

/// What people read in order: each block on a line of its own.
fn running_text(blueprint: &Blueprint) -> String {
    let mut blocks = vec![blueprint.outcome.as_str(), blueprint.trigger.as_str()];
    blocks.extend(blueprint.step_texts());
    blocks.extend(blueprint.criterion_texts());
    blocks.extend(blueprint.stop_texts());
    blocks.join("\n")
}

/// How many sentences a text has.
pub(in super::super) fn sentence_count(text: &str) -> usize {
    sentences(text).count()
}

/// The sentences of a text: they end with a full stop, a question or exclamation mark, or their block.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let end = sentence_end(rest);
            let (sentence, behind) = rest.split_at(end);
            rest = behind;
            if sentence.chars().any(char::is_alphanumeric) {
                return Some(sentence);
            }
        }
        None
    })
}

fn sentence_end(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = letters.next() {
        let next = letters.peek().map(|(_, c)| *c);
        let is_break = c == '\n';
        // "e.g." and "9.30" end no sentence, nor does a letter alone such as the initial of a name.
        let is_stop = matches!(c, '.' | '!' | '?')
            && next.is_none_or(char::is_whitespace)
            && !(c == '.' && is_abbreviated(text.get(..at).unwrap_or_default(), before));
        if is_break || is_stop {
            return at + c.len_utf8();
        }
        before = c;
    }
    text.len()
}

fn is_abbreviated(before: &str, last: char) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let is_initial = word.chars().count() == 1 && last.is_alphabetic();
    is_initial
        || word.contains('.')
        || matches!(
            word.to_lowercase().as_str(),
            "mr" | "mrs" | "ms" | "dr" | "no" | "vs" | "approx" | "etc" | "bzw" | "nr" | "ca"
        )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words in a text of a megabyte"
)]
pub(super) fn hard_to_read(blueprint: &Blueprint, is_english: bool) -> Option<Warning> {
    let text = running_text(blueprint);
    let words = words(&text);
    if words.len() < LEAST_WORDS {
        return None;
    }
    let count = words.len() as f64;
    let per_sentence = count / sentence_count(&text).max(1) as f64;
    let remedy = "shorten the sentences, and take everyday words";
    if is_english {
        let syllables: usize = words.iter().map(|word| syllables(word)).sum();
        let grade = 0.39 * per_sentence + 11.8 * syllables as f64 / count - 15.59;
        return (grade > HARD_GRADE).then(|| {
            warning(
                "L10",
                format!(
                    "it reads like school grade {grade:.0}; 10 is enough for work instructions"
                ),
                remedy,
            )
        });
    }
    let long = words.iter().filter(|word| word.chars().count() > 6).count();
    let lix = per_sentence + 100.0 * long as f64 / count;
    (lix > HARD_LIX).then(|| {
        warning(
            "L10",
            format!("its LIX is {lix:.0}; above 50 a text is hard to read"),
            remedy,
        )
    })
}

/// The syllables of an English word: groups of vowels, without a silent e at its end.
fn syllables(word: &str) -> usize {
    let is_vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut count = 0;
    let mut was_vowel = false;
    for c in word.chars() {
        let is_now = is_vowel(c);
        count += usize::from(is_now && !was_vowel);
        was_vowel = is_now;
    }
    let is_silent = word.ends_with('e') && !word.ends_with("le") || word.ends_with("ed");
    if is_silent && count > 1 {
        count -= 1;
    }
    count.max(1)
}
