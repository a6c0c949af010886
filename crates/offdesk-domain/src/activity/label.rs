//! A readable name for an activity, made from what one entry says.

use super::bytes::is_address;
use super::latin;
use super::words::{self, Class};

const LONGEST: usize = 48;
/// So long a step is that is made of an entry.
const LONGEST_PHRASE: usize = 160;

/// The text as a name: without references, dates, reply prefixes and trailing names, at most 48 characters.
///
/// ```
/// assert_eq!(offdesk_domain::activity::label("Re: invoice 4711"), "Invoice");
/// ```
#[must_use]
pub fn label(text: &str) -> String {
    cleaned(text, LONGEST)
}

/// The same, at most 160 characters: what is done, as a whole.
///
/// ```
/// assert_eq!(offdesk_domain::activity::phrase("chase invoice 4711 for Meyer"), "Chase invoice");
/// ```
#[must_use]
pub fn phrase(text: &str) -> String {
    cleaned(text, LONGEST_PHRASE)
}

/// Whether a word says a kind of work, and is no name however it is written.
#[must_use]
pub fn is_work_word(word: &str) -> bool {
    words::class_of(word.to_lowercase().as_bytes()) == Class::Work
}

fn cleaned(text: &str, longest: usize) -> String {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut latin = String::new();
    for raw in text.split_whitespace() {
        if parts.len() > 64 {
            break;
        }
        latin::fold_into(raw, &mut latin);
        parts.push(Part::read(raw, &latin));
    }
    drop_beside_numbers(&mut parts);
    drop_parentheses(&mut parts);
    parts.retain(|part| part.role != Role::Dropped);
    drop_trailing_names(&mut parts);
    while parts.last().is_some_and(|part| part.role != Role::Word) {
        parts.pop();
    }
    let first = parts
        .iter()
        .position(|part| part.role == Role::Word)
        .unwrap_or(parts.len());
    let name = written(parts[first..].iter().map(|part| part.shown), longest);
    if name.is_empty() {
        written(text.split_whitespace(), longest)
    } else {
        name
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Word,
    Stop,
    /// Begins what may be a name: a spaced dash, "for", "with".
    Opening,
    BesideNumber,
    Number,
    Dropped,
}

struct Part<'a> {
    raw: &'a str,
    shown: &'a str,
    role: Role,
    is_capitalised: bool,
    is_strong: bool,
}

impl<'a> Part<'a> {
    fn read(raw: &'a str, latin: &str) -> Self {
        let is_edge = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '[' | ']' | '&');
        let shown = raw.trim_matches(is_edge);
        let bare = latin.trim_matches(|c: char| c.is_ascii_punctuation());
        let lower = bare.to_ascii_lowercase();
        let class = words::class_of(lower.as_bytes());
        let role = if bare.is_empty() {
            if latin.contains(['-', '|', '@']) {
                Role::Opening
            } else {
                Role::Dropped
            }
        } else if is_address(latin.to_ascii_lowercase().as_bytes())
            || (class == Class::Reply && latin.contains(':'))
            || is_without_content(&lower)
        {
            Role::Dropped
        } else if lower.contains(|c: char| c.is_ascii_digit())
            && !matches!(&*lower, "3d" | "b2b" | "b2c")
        {
            Role::Number
        } else {
            match class {
                Class::Stop => Role::Stop,
                Class::Link => Role::Opening,
                Class::BesideNumber => Role::BesideNumber,
                _ => Role::Word,
            }
        };
        Self {
            raw,
            shown,
            role,
            is_capitalised: bare.starts_with(|c: char| c.is_uppercase()) && class != Class::Work,
            is_strong: bare.len() > 3 || bare.contains(|c: char| c.is_lowercase()),
        }
    }
}

/// Words left out of a name wherever they stand: greetings, reply prefixes, weekdays and months.
fn is_without_content(lower: &str) -> bool {
    const LEFT_OUT: &[&str] = &[
        "re",
        "aw",
        "fw",
        "fwd",
        "wg",
        "hi",
        "hello",
        "dear",
        "hey",
        "hallo",
        "please",
        "pls",
        "plz",
        "thanks",
        "thx",
        "bitte",
        "danke",
        "regards",
        "january",
        "february",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "januar",
        "februar",
        "marz",
        "mai",
        "juni",
        "juli",
        "oktober",
        "dezember",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    LEFT_OUT.contains(&lower)
}

fn drop_beside_numbers(parts: &mut [Part<'_>]) {
    for at in 0..parts.len() {
        if parts[at].role == Role::BesideNumber {
            let is_beside = (at > 0 && parts[at - 1].role == Role::Number)
                || parts
                    .get(at + 1)
                    .is_some_and(|next| next.role == Role::Number);
            parts[at].role = if is_beside { Role::Number } else { Role::Word };
        }
    }
}

/// Drops parentheses that hold only numbers and names, then the numbers outside them.
fn drop_parentheses(parts: &mut [Part<'_>]) {
    let mut open = None;
    for at in 0..parts.len() {
        if parts[at].raw.starts_with(['(', '[']) {
            open = Some(at);
        }
        if parts[at].raw.contains([')', ']'])
            && let Some(from) = open.take()
            && from > 0
        {
            let inside = &mut parts[from..=at];
            let is_reference = inside
                .iter()
                .all(|part| part.role != Role::Word || part.is_capitalised)
                && inside
                    .iter()
                    .any(|part| part.role == Role::Number || part.is_strong);
            if is_reference {
                for part in inside {
                    part.role = Role::Dropped;
                }
            }
        }
    }
    for part in parts {
        if part.role == Role::Number {
            part.role = Role::Dropped;
        }
    }
}

fn drop_trailing_names(parts: &mut Vec<Part<'_>>) {
    if !parts
        .iter()
        .any(|part| part.raw.contains(|c: char| c.is_lowercase()))
    {
        return;
    }
    for _ in 0..2 {
        while parts.last().is_some_and(|part| part.role != Role::Word) {
            parts.pop();
        }
        let Some(opening) = parts.iter().rposition(|part| part.role == Role::Opening) else {
            return;
        };
        let (before, name) = parts.split_at(opening);
        let is_name = before.iter().any(|part| part.role == Role::Word)
            && name
                .iter()
                .all(|part| part.role != Role::Word || part.is_capitalised)
            && name
                .iter()
                .any(|part| part.role == Role::Word && part.is_strong);
        if !is_name {
            return;
        }
        parts.truncate(opening);
    }
}

/// Words joined by spaces, the first letter upper case, cut before the word that would be too much.
fn written<'a>(words: impl Iterator<Item = &'a str>, longest: usize) -> String {
    let mut name = String::new();
    let mut length = 0;
    for word in words.filter(|word| !word.is_empty()) {
        let count = word.chars().count();
        if length > 0 && length + 1 + count > longest {
            break;
        }
        if length > 0 {
            name.push(' ');
            name.push_str(word);
        } else {
            let mut letters = word.chars().take(longest);
            name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            name.extend(letters);
        }
        length = name.chars().count();
        if length >= longest {
            return name.chars().take(longest).collect();
        }
    }
    name
}
