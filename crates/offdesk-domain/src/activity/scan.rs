//! One pass over a text that writes its normal form word by word.

use super::bytes::{
    AT, DASH, DIGIT, HIGH, LETTER, LOWER, SPACE, UPPER, is_address, is_name_with_digit, kind_of,
};
use super::memo::Memo;
use super::names::Segment;
use super::stem;
use super::words::{self, Class};

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
    memo: &'a mut Memo,
}

/// Writes the normal form to `out` and returns its length.
pub(super) fn scan(text: &str, lower: &mut String, out: &mut Vec<u8>, memo: &mut Memo) -> usize {
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
        memo,
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
        self.close_word(word, seen);
        let class = words::class_of(&self.out[word..self.end]);
        if self.end < word + 2 || matches!(class, Class::Stop | Class::Link) {
            self.end = kept;
            return;
        }
        self.see_word(is_capitalised && class != Class::Work, end - start > 4);
    }

    fn word(&mut self, start: usize, end: usize, seen: u8, is_before_colon: bool) {
        let length = end - start;
        let known = match self.lower[start..].first_chunk::<16>() {
            Some(block) if length <= 16 && seen & HIGH == 0 => Some(self.memo.word(*block, length)),
            _ => None,
        };
        let class = known.map_or_else(
            || words::class_at(self.lower, start, length),
            |known| known.class,
        );
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
        if class == Class::BesideNumber {
            self.before_number = Some(kept);
        }
        match (known, self.out[word..].first_chunk_mut::<16>()) {
            (Some(known), Some(place)) => {
                *place = known.stem;
                self.end += usize::from(known.length);
            }
            _ => {
                self.out[word..word + length].copy_from_slice(&self.lower[start..end]);
                self.end += length;
                self.close_word(word, seen);
            }
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

    /// Stems the word just written, unless its stem is a word that is dropped ("wiring", German "wir").
    fn close_word(&mut self, word: usize, seen: u8) {
        if seen & HIGH != 0 {
            return;
        }
        let before = self.out[word..].first_chunk::<16>().copied();
        let length = stem::stem(&mut self.out[word..self.end]);
        let end = word + length;
        let is_dropped = end != self.end
            && length < 10
            && matches!(
                words::class_at(self.out, word, length),
                Class::Stop | Class::Link
            );
        match before {
            Some(before) if is_dropped && self.end <= word + 16 => {
                self.out[word..word + 16].copy_from_slice(&before);
            }
            _ => self.end = end,
        }
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
            && parenthesis.is_reference()
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
        if self.seen & LOWER != 0 {
            for segment in [self.segment, self.previous] {
                if self.end == segment.start {
                    continue;
                }
                if !segment.is_name() {
                    break;
                }
                self.end = segment.start;
            }
        }
        // Three days at the end of a text, not three dimensions.
        while let Some(rest) = self.out[..self.end].strip_suffix(b"3d") {
            match rest {
                [] => self.end = 0,
                [rest @ .., b' '] => self.end = rest.len(),
                _ => break,
            }
        }
        self.end
    }
}
