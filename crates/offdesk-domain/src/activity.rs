//! Folding what entries say to a normal form, so that one kind of work written in many ways is one activity.
//!
//! The normal form is the text's own words in their order, lower case and stemmed, without references, dates,
//! links, greetings, stop words and the names that trail a text. Folding a normal form changes nothing.

mod bytes;
mod label;
mod latin;
mod level;
mod memo;
mod names;
mod scan;
mod stem;
mod terms;
mod words;

pub use label::{is_work_word, label, phrase};
pub use level::levelled;
pub use terms::{terms, typed_terms};

use memo::Memo;
use scan::scan;

/// Folds texts to their normal form with buffers that are kept between calls.
#[derive(Debug, Default)]
pub struct Folder {
    out: Vec<u8>,
    lower: String,
    latin: String,
    memo: Memo,
}

impl Folder {
    /// A folder with empty buffers.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The normal form of a text: words separated by one space; empty when the text says nothing.
    ///
    /// ```
    /// let mut folder = offdesk_domain::activity::Folder::new();
    /// assert_eq!(folder.fold("Re: invoice 4711"), "invoic");
    /// assert_eq!(folder.fold("invoice 4712 – Meyer"), "invoic");
    /// assert_eq!(folder.fold("invoicing"), "invoic");
    /// ```
    pub fn fold<'f>(&'f mut self, text: &str) -> &'f str {
        let length = if text.is_ascii() {
            scan(text, &mut self.lower, &mut self.out, &mut self.memo)
        } else {
            latin::fold_into(text, &mut self.latin);
            scan(&self.latin, &mut self.lower, &mut self.out, &mut self.memo)
        };
        // Whole words of valid text and ASCII endings only, so this never fails.
        std::str::from_utf8(&self.out[..length]).unwrap_or_default()
    }
}

/// A text on one line: white space as single blanks, none at its ends.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text with its first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

#[cfg(test)]
mod tests;
