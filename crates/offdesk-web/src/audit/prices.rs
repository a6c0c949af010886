//! Where the prices come from: each publisher and date once, with the occupations it was asked about.

use maud::{Markup, html};
use offdesk_domain::Price;
use offdesk_domain::audit::Audit;

use crate::words;

/// Stands for the occupation in a text of a source.
const CODE: &str = "\u{fffc}";
/// Sources written out; the rest is counted.
const MOST_NOTES: usize = 30;

/// One source of prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    codes: Vec<String>,
}

impl Note {
    /// The source as given, with all its occupations in the place of the one.
    fn words(&self) -> String {
        self.text.replace(CODE, &words::listed(&self.codes))
    }
}

fn text_and_code(price: &Price) -> (String, Option<&str>) {
    match price.occupation.as_deref() {
        Some(code) if !code.is_empty() && price.source.contains(code) => {
            (price.source.replace(code, CODE), Some(code))
        }
        _ => (price.source.clone(), None),
    }
}

/// The sources of an audit's prices, in the order of its activities.
pub fn notes(audit: &Audit) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    for price in audit
        .activities
        .iter()
        .filter_map(|activity| activity.activity.price.as_ref())
    {
        let (text, code) = text_and_code(price);
        if text.is_empty() {
            continue;
        }
        let at = notes
            .iter()
            .position(|note| note.text == text)
            .unwrap_or_else(|| {
                notes.push(Note {
                    text,
                    codes: Vec::new(),
                });
                notes.len() - 1
            });
        if let (Some(note), Some(code)) = (notes.get_mut(at), code)
            && !note.codes.iter().any(|known| known == code)
        {
            note.codes.push(code.to_owned());
        }
    }
    notes
}

/// The number of a price's source in the list, from 1.
pub fn number_of(price: &Price, notes: &[Note]) -> Option<usize> {
    let (text, _) = text_and_code(price);
    notes
        .iter()
        .position(|note| note.text == text)
        .map(|at| at + 1)
}

/// The list of sources.
pub fn list(notes: &[Note]) -> Markup {
    let more = notes.len().saturating_sub(MOST_NOTES);
    html! {
        @if !notes.is_empty() {
            h3 { "Sources of the prices" }
            ol {
                @for note in notes.iter().take(MOST_NOTES) { li { bdi { (words::shown(&note.words(), 600)) } } }
            }
            @if more > 0 { p { "and " (more) " more: see them with --json." } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn one_publisher_is_named_once_with_all_its_occupations() {
        let report = samples::usual();
        let notes = notes(&report.audit);
        let texts: Vec<String> = notes.iter().map(Note::words).collect();
        assert_eq!(notes.len(), 2, "{texts:?}");
        assert!(texts[0].contains("SOC 43-4171, 43-4051, "), "{texts:?}");
        assert!(texts.contains(&"your own price".to_owned()), "{texts:?}");
        for activity in report
            .audit
            .activities
            .iter()
            .filter_map(|activity| activity.activity.price.as_ref())
        {
            assert!(number_of(activity, &notes).is_some());
        }
    }
}
