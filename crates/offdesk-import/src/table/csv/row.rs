//! The fields of one record, each looked at only when it is asked for.

/// The fields of one record.
#[derive(Debug, Default)]
pub struct Row<'t> {
    /// Line it begins on.
    pub line: u64,
    pub(super) text: &'t str,
    pub(super) start: usize,
    /// Where each field ends, of a record split by its marks.
    pub(super) ends: &'t [u32],
    /// The fields of a record split one by one.
    pub(super) fields: Vec<Span<'t>>,
    /// Fields with doubled quotes, without their doubles.
    pub(super) unescaped: Vec<(usize, String)>,
    /// A quote inside an unquoted field, or text behind a closing quote: the number of the field, from 0.
    pub stray_quote: Option<Stray>,
}

/// A quote where none belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stray {
    /// Inside an unquoted field: taken as text.
    Inside(usize),
    /// A closing quote followed by text.
    Behind(usize),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Span<'t> {
    Plain(&'t str),
    Unescaped,
}

impl<'t> Row<'t> {
    /// Number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len() + self.fields.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all fields are empty.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        (0..self.len()).all(|i| self.get(i).is_empty())
    }

    /// A field, trimmed; empty where the row is too short.
    #[must_use]
    #[inline]
    pub fn get(&self, index: usize) -> &str {
        if self.unescaped.is_empty()
            && let Some((start, end)) = self.bounds(index)
        {
            // The commonest fields: in quotes, nothing or without blanks at the ends.
            match self.text.as_bytes().get(start..end) {
                Some([b'"', b'"']) => return "",
                Some([b'"', first, .., last, b'"']) if is_clean(*first) && is_clean(*last) => {
                    return self.text.get(start + 1..end - 1).unwrap_or("");
                }
                _ => return trimmed(self.marked(index)),
            }
        }
        self.other(index)
    }

    /// The bytes of a quoted field as they stand, or of any field of a record that was split one by one.
    #[inline]
    pub(crate) fn bytes(&self, index: usize) -> &[u8] {
        if let Some((start, end)) = self.bounds(index) {
            return match self.text.as_bytes().get(start..end) {
                Some([b'"', inner @ .., b'"']) => inner,
                Some(bytes) => bytes,
                None => &[],
            };
        }
        self.other(index).as_bytes()
    }

    /// Where a field of a record split by its marks begins and ends.
    #[inline]
    fn bounds(&self, index: usize) -> Option<(usize, usize)> {
        let place = |end: &u32| usize::try_from(*end).unwrap_or(usize::MAX);
        let end = self.ends.get(index).map(place)?;
        let before = index.checked_sub(1).and_then(|at| self.ends.get(at));
        Some((before.map_or(self.start, |end| place(end) + 1), end))
    }

    fn other(&self, index: usize) -> &str {
        let unescaped = || self.unescaped.iter().find(|(field, _)| *field == index);
        if index < self.ends.len() {
            return match unescaped() {
                Some((_, text)) => trimmed(text),
                None => trimmed(self.marked(index)),
            };
        }
        match self.fields.get(index) {
            Some(Span::Plain(text)) => trimmed(text),
            Some(Span::Unescaped) => unescaped().map_or("", |(_, text)| trimmed(text)),
            None => "",
        }
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.get(i))
    }

    /// A field between its marks, without its quotes.
    #[inline]
    fn marked(&self, index: usize) -> &'t str {
        let (start, end) = self.bounds(index).unwrap_or_default();
        let mut field = self.text.get(start..end).unwrap_or("");
        if index + 1 == self.ends.len() {
            field = field.strip_suffix('\r').unwrap_or(field);
        }
        match field.as_bytes() {
            [b'"', .., b'"'] => field.get(1..field.len() - 1).unwrap_or(""),
            _ => field,
        }
    }

    pub(super) fn is_empty_line(&self) -> bool {
        match (self.ends, self.fields.as_slice()) {
            ([_], []) => matches!(self.marked(0), "" | "\r"),
            ([], [Span::Plain(text)]) => matches!(*text, "" | "\r"),
            _ => false,
        }
    }

    /// Keeps the fields in which a doubled quote stands, without their doubles.
    pub(super) fn unescape(&mut self, doubled: &[u32]) {
        for at in doubled {
            let index = self.ends.partition_point(|end| end < at);
            let is_kept = self
                .unescaped
                .last()
                .is_some_and(|(last, _)| *last == index);
            if index < self.ends.len() && !is_kept {
                let mut text = String::new();
                let mut rest = self.marked(index);
                while let Some(quote) = memchr::memchr(b'"', rest.as_bytes()) {
                    text.push_str(rest.get(..=quote).unwrap_or(""));
                    rest = rest.get(quote + 2..).unwrap_or("");
                }
                text.push_str(rest);
                self.unescaped.push((index, text));
            }
        }
    }
}

/// Without blanks at either end, also the invisible ones; the common case costs two comparisons.
#[inline]
pub(super) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [first, .., last] if is_clean(*first) && is_clean(*last) => text,
        _ => trimmed_by_char(text),
    }
}

/// Whether a byte is surely no blank.
#[inline]
fn is_clean(byte: u8) -> bool {
    (b'!'..0x7f).contains(&byte)
}

fn trimmed_by_char(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2060}'
            )
    })
}
