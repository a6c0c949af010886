//! Folding what entries say to a normal form, so that one kind of work written in many ways is one activity.
//!
//! The normal form is the text's own words in their order, lower case and stemmed, without references, dates,
//! links, greetings, stop words and the names that trail a text. Folding a normal form changes nothing.

mod label;
mod latin;
mod stem;
mod words;

pub use label::label;

use words::Class;

/// Folds texts to their normal form with buffers that are kept between calls.
#[derive(Debug, Default)]
pub struct Folder {
    out: Vec<u8>,
    lower: String,
    latin: String,
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
            scan(text, &mut self.lower, &mut self.out)
        } else {
            latin::fold_into(text, &mut self.latin);
            scan(&self.latin, &mut self.lower, &mut self.out)
        };
        // Whole words of valid text and ASCII endings only, so this never fails.
        std::str::from_utf8(&self.out[..length]).unwrap_or_default()
    }
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const HIGH: u8 = 4;
const DIGIT: u8 = 8;
const AT: u8 = 16;
const DASH: u8 = 32;
const OTHER: u8 = 64;
const SPACE: u8 = 128;
const LETTER: u8 = LOWER | UPPER | HIGH;

/// What each byte is; bytes of longer characters count as letters, because the Latin pass leaves only letters.
const BYTES: [u8; 256] = {
    let mut table = [OTHER; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0x00..=0x20 | 0x7f => SPACE,
            0x30..=0x39 => DIGIT,
            0x41..=0x5a => UPPER,
            0x61..=0x7a => LOWER,
            0x80.. => HIGH,
            0x40 => AT,
            0x2d | 0x7c => DASH,
            _ => OTHER,
        };
        byte += 1;
    }
    table
};

fn kind_of(byte: u8) -> u8 {
    BYTES[usize::from(byte)]
}

/// A stretch of text that may turn out to be a name: after a spaced dash, after "for", or in parentheses.
#[derive(Clone, Copy)]
struct Segment {
    /// Length of the output before it.
    start: usize,
    /// Every word so far is capitalised and none is a word for work.
    is_named: bool,
    /// At least one word is surely no abbreviation.
    is_strong: bool,
    has_number: bool,
}

impl Segment {
    fn at(start: usize) -> Self {
        Self {
            start,
            is_named: true,
            is_strong: false,
            has_number: false,
        }
    }

    fn see_word(&mut self, is_capitalised: bool, is_strong: bool) {
        self.is_named &= is_capitalised;
        self.is_strong |= is_strong;
    }
}

struct Scan<'a> {
    text: &'a [u8],
    lower: &'a [u8],
    out: &'a mut [u8],
    /// How much of the output is written.
    end: usize,
    segment: Segment,
    previous: Segment,
    parenthesis: Option<Segment>,
    is_after_number: bool,
    /// Where a word stands that is dropped when a number follows it.
    before_number: Option<usize>,
    seen: u8,
}

/// Writes the normal form to `out` and returns its length.
fn scan(text: &str, lower: &mut String, out: &mut Vec<u8>) -> usize {
    lower.clear();
    lower.push_str(text);
    lower.make_ascii_lowercase();
    // Room to read and write any word as one block of 16 bytes.
    lower.push_str("                ");
    if out.len() < lower.len() + 16 {
        out.resize(lower.len() + 16, 0);
    }
    let mut scan = Scan {
        text: text.as_bytes(),
        lower: lower.as_bytes(),
        out,
        end: 0,
        segment: Segment::at(0),
        previous: Segment::at(0),
        parenthesis: None,
        is_after_number: false,
        before_number: None,
        seen: 0,
    };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut seen = 0;
        while at < bytes.len() {
            let kind = kind_of(bytes[at]);
            if kind == SPACE {
                break;
            }
            seen |= kind;
            at += 1;
        }
        if seen != 0 {
            scan.seen |= seen;
            if seen & !LETTER == 0 {
                scan.word(start, at, seen, false);
            } else {
                scan.chunk(start, at, seen);
            }
        }
        at += 1;
    }
    scan.finish()
}

impl Scan<'_> {
    /// Takes a stretch between spaces that is not letters only.
    fn chunk(&mut self, start: usize, end: usize, seen: u8) {
        if seen & (LETTER | DIGIT) == 0 && seen & (AT | DASH) != 0 {
            self.start_segment();
            return;
        }
        if is_address(&self.lower[start..end]) {
            return;
        }
        let mut at = start;
        while at < end {
            let byte = self.text[at];
            match byte {
                b'(' | b'[' => self.parenthesis = Some(Segment::at(self.end)),
                b')' | b']' => self.close_parenthesis(),
                _ if kind_of(byte) & (LETTER | DIGIT) != 0 => {
                    at = self.piece(at, end);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Takes the longest run of letters, digits and inner joints from `start`; returns where it ends.
    fn piece(&mut self, start: usize, limit: usize) -> usize {
        let mut at = start;
        let mut end = start;
        let mut seen = 0;
        while at < limit {
            let byte = self.text[at];
            let kind = kind_of(byte);
            if kind & (LETTER | DIGIT) != 0 {
                seen |= kind;
                end = at + 1;
            } else if !matches!(byte, b'-' | b'_' | b'.' | b'\'' | b'#') {
                break;
            }
            at += 1;
        }
        // Two single letters joined by a sign, such as P&L or A/B, are one word.
        if end == start + 1
            && seen & DIGIT == 0
            && limit >= end + 2
            && matches!(self.text[end], b'&' | b'/')
            && kind_of(self.text[end + 1]) & (LOWER | UPPER) != 0
            && (limit == end + 2 || kind_of(self.text[end + 2]) & (LETTER | DIGIT) == 0)
        {
            self.joined(start, end + 2);
            return end + 2;
        }
        let is_before_colon = end < limit && self.text[end] == b':';
        if seen & DIGIT == 0 {
            if end - start == at - start && seen & !LETTER == 0 && self.is_plain(start, end) {
                self.word(start, end, seen, is_before_colon);
            } else {
                self.compound(start, end, is_before_colon);
            }
        } else if is_name_with_digit(&self.lower[start..end]) {
            self.word(start, end, seen, false);
        } else {
            self.number();
        }
        at.max(end)
    }

    fn is_plain(&self, start: usize, end: usize) -> bool {
        self.text[start..end]
            .iter()
            .all(|byte| kind_of(*byte) & LETTER != 0)
    }

    /// Takes words joined by hyphens, dots, underscores or apostrophes.
    fn compound(&mut self, start: usize, end: usize, is_before_colon: bool) {
        let mut at = start;
        while at < end {
            if kind_of(self.text[at]) & LETTER == 0 {
                at += 1;
                continue;
            }
            let mut stop = at;
            let mut seen = 0;
            while stop < end && kind_of(self.text[stop]) & LETTER != 0 {
                seen |= kind_of(self.text[stop]);
                stop += 1;
            }
            let prefix = &self.lower[at..stop];
            let next = stop + 1;
            if next < end && kind_of(self.text[next]) & LETTER != 0 {
                let mut next_end = next;
                while next_end < end && kind_of(self.text[next_end]) & LETTER != 0 {
                    next_end += 1;
                }
                let joins = match self.text[stop] {
                    b'-' => matches!(prefix, b"e" | b"re" | b"co" | b"pre" | b"on"),
                    b'\'' => next_end != next + 1 || self.lower[next] != b's',
                    _ => false,
                };
                if joins {
                    self.joined(at, next_end);
                    at = next_end;
                    continue;
                }
                if self.text[stop] == b'\'' {
                    self.word(at, stop, seen, false);
                    at = next_end;
                    continue;
                }
            }
            self.word(at, stop, seen, is_before_colon && stop == end);
            at = stop;
        }
    }

    /// Takes a stretch as one word, leaving out what is no letter.
    fn joined(&mut self, start: usize, end: usize) {
        let is_capitalised = kind_of(self.text[start]) == UPPER;
        let kept = self.begin_word();
        let word = self.end;
        let mut seen = 0;
        for at in start..end {
            let kind = kind_of(self.text[at]);
            if kind & LETTER != 0 {
                seen |= kind;
                self.out[self.end] = self.lower[at];
                self.end += 1;
            }
        }
        if self.end < word + 2 || !self.close_word(kept, word, seen) {
            self.end = kept;
            return;
        }
        let is_work = words::class_of(&self.out[word..self.end]) == Class::Work;
        self.see_word(is_capitalised && !is_work, end - start > 4);
    }

    fn word(&mut self, start: usize, end: usize, seen: u8, is_before_colon: bool) {
        let length = end - start;
        let class = words::class_at(self.lower, start, length);
        match class {
            Class::Stop => return,
            Class::Reply if is_before_colon => return,
            Class::Link => {
                self.start_segment();
                return;
            }
            Class::BesideNumber if self.is_after_number => return,
            _ if length < 2 => return,
            _ => {}
        }
        let kept = self.begin_word();
        let word = self.end;
        match self.lower[start..].first_chunk::<16>() {
            Some(block) if length <= 16 => self.out[word..word + 16].copy_from_slice(block),
            _ => self.out[word..word + length].copy_from_slice(&self.lower[start..end]),
        }
        self.end += length;
        if class == Class::BesideNumber {
            self.before_number = Some(kept);
        }
        if !self.close_word(kept, word, seen) {
            return;
        }
        let is_capitalised = kind_of(self.text[start]) == UPPER && class != Class::Work;
        let is_strong = seen & LOWER != 0 || length > 3;
        self.see_word(is_capitalised, is_strong);
    }

    fn begin_word(&mut self) -> usize {
        let kept = self.end;
        if kept > 0 {
            self.out[kept] = b' ';
            self.end += 1;
        }
        self.is_after_number = false;
        self.before_number = None;
        kept
    }

    /// Stems the word just written; takes it away and says so when the stem is a word that is dropped.
    fn close_word(&mut self, kept: usize, word: usize, seen: u8) -> bool {
        if seen & HIGH != 0 {
            return true;
        }
        let length = stem::stem(&mut self.out[word..self.end]);
        if word + length == self.end {
            return true;
        }
        self.end = word + length;
        if length < 10
            && matches!(
                words::class_of(&self.out[word..self.end]),
                Class::Stop | Class::Link
            )
        {
            self.end = kept;
            return false;
        }
        true
    }

    fn see_word(&mut self, is_capitalised: bool, is_strong: bool) {
        self.segment.see_word(is_capitalised, is_strong);
        if let Some(parenthesis) = &mut self.parenthesis {
            parenthesis.see_word(is_capitalised, is_strong);
        }
    }

    fn number(&mut self) {
        if let Some(kept) = self.before_number.take() {
            self.cut(kept);
        }
        self.is_after_number = true;
        if let Some(parenthesis) = &mut self.parenthesis {
            parenthesis.has_number = true;
        }
    }

    fn start_segment(&mut self) {
        if self.end > self.segment.start {
            self.previous = self.segment;
        }
        self.segment = Segment::at(self.end);
    }

    fn close_parenthesis(&mut self) {
        if let Some(parenthesis) = self.parenthesis.take()
            && parenthesis.start > 0
            && parenthesis.is_named
            && (parenthesis.is_strong || parenthesis.has_number)
        {
            self.cut(parenthesis.start);
        }
    }

    fn cut(&mut self, length: usize) {
        self.end = length;
        self.before_number = None;
        self.segment.start = self.segment.start.min(length);
        self.previous.start = self.previous.start.min(length);
    }

    /// Takes the trailing names away, unless capitals say nothing because there is nothing else.
    fn finish(mut self) -> usize {
        let written = &self.out[..self.end];
        if written == b"3d" || written.ends_with(b" 3d") {
            // Three days at the end of a text, not three dimensions.
            self.cut(self.end.saturating_sub(3));
        }
        if self.seen & LOWER == 0 {
            return self.end;
        }
        for segment in [self.segment, self.previous] {
            if self.end == segment.start {
                continue;
            }
            if segment.start == 0 || !segment.is_named || !segment.is_strong {
                break;
            }
            self.end = segment.start;
        }
        self.end
    }
}

/// Whether a stretch without spaces is a link, a host name, an e-mail address or a mention.
fn is_address(lower: &[u8]) -> bool {
    let mut dot = None;
    for (at, byte) in lower.iter().enumerate() {
        match byte {
            b'@' if lower.len() > 1 => return true,
            b':' if lower[at..].starts_with(b"://") => return true,
            b'.' => dot = Some(at),
            _ => {}
        }
    }
    let Some(dot) = dot else { return false };
    if lower.starts_with(b"www.") {
        return true;
    }
    let ending = &lower[dot + 1..];
    let ending = ending
        .iter()
        .position(|byte| !byte.is_ascii_lowercase())
        .map_or(ending, |end| &ending[..end]);
    dot > 1
        && matches!(
            ending,
            b"com"
                | b"net"
                | b"org"
                | b"de"
                | b"io"
                | b"uk"
                | b"fr"
                | b"es"
                | b"at"
                | b"ch"
                | b"eu"
                | b"nl"
                | b"it"
                | b"ca"
                | b"au"
                | b"dev"
                | b"app"
                | b"biz"
                | b"info"
        )
}

/// The few words with a digit that say what the work is.
fn is_name_with_digit(lower: &[u8]) -> bool {
    matches!(lower, b"3d" | b"b2b" | b"b2c")
}

#[cfg(test)]
mod tests;
