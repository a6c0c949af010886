//! Where fields and records of well-formed CSV end, found 64 bytes at a time.
//!
//! Every sign is a bit: a running parity of the quotes tells which bytes lie inside quotes, and what is left of
//! delimiters and record ends are the marks. A quote that neither opens nor closes a field, nor is doubled, is
//! noticed; such a text must be split field by field instead.

use wide::u8x16;

use super::Dialect;

/// Bytes looked at together.
const STEP: usize = 64;

/// The marks of a text, one after the other.
#[derive(Debug)]
pub(super) struct Marks {
    dialect: Dialect,
    /// Where the bytes looked at begin.
    base: usize,
    /// Ends of fields and records among them that are still to come.
    left: u64,
    /// The ends of records among them.
    ends: u64,
    /// Record ends inside quotes among them that are still to come.
    quoted_ends: u64,
    /// The same, before the bytes looked at, since the last record's end.
    lines: u64,
    /// All ones while the next byte lies inside quotes.
    inside: u64,
    /// The last byte was a delimiter, a record's end or a closing quote; or it is the first.
    may_open: u64,
    was_closing: u64,
    /// Where the second of doubled quotes stand, from the record on that is read.
    pub(super) doubled: Vec<usize>,
    /// A quote stands where none belongs.
    pub(super) is_stray: bool,
}

impl Marks {
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            base: 0,
            left: 0,
            ends: 0,
            quoted_ends: 0,
            lines: 0,
            inside: 0,
            may_open: 1,
            was_closing: 0,
            doubled: Vec::new(),
            is_stray: false,
        }
    }

    /// Adds the ends of the next record's fields, which begins at `start`; gives where it ends, and how many lines end
    /// inside its quotes.
    #[inline]
    pub(super) fn record(
        &mut self,
        bytes: &[u8],
        start: usize,
        fields: &mut Vec<usize>,
    ) -> (usize, u64) {
        if start == 0 {
            self.look_at(bytes, 0);
        }
        let mut left = self.left;
        loop {
            while left != 0 {
                let lowest = left & left.wrapping_neg();
                left ^= lowest;
                let at = self.base + usize::try_from(lowest.trailing_zeros()).unwrap_or(0);
                fields.push(at);
                if self.ends & lowest != 0 {
                    self.left = left;
                    return (at, self.lines_before(lowest - 1));
                }
            }
            let next = self.base + STEP;
            if bytes.len() <= next {
                self.left = 0;
                self.is_stray |= self.inside != 0;
                fields.push(bytes.len());
                return (bytes.len(), self.lines_before(u64::MAX));
            }
            self.lines += u64::from(self.quoted_ends.count_ones());
            self.look_at(bytes, next);
            left = self.left;
        }
    }

    /// Takes the lines that end in quotes up to some of the bytes looked at.
    #[inline]
    fn lines_before(&mut self, before: u64) -> u64 {
        let lines = std::mem::take(&mut self.lines);
        let here = self.quoted_ends & before;
        self.quoted_ends ^= here;
        lines + u64::from(here.count_ones())
    }

    #[inline]
    fn look_at(&mut self, bytes: &[u8], base: usize) {
        self.base = base;
        let mut rest = [0; STEP];
        let block = match bytes
            .get(base..)
            .and_then(|tail| tail.first_chunk::<STEP>())
        {
            Some(block) => block,
            None => {
                let tail = bytes.get(base..).unwrap_or_default();
                rest[..tail.len()].copy_from_slice(tail);
                &rest
            }
        };
        let quotes = bits(block, b'"');
        let delimiters = bits(block, self.dialect.delimiter);
        let ends = bits(block, self.dialect.end);
        let inside = running_parity(quotes) ^ self.inside;
        self.inside = 0_u64.wrapping_sub(inside >> 63);
        let marks = (delimiters | ends) & !inside;
        self.left = marks;
        self.ends = ends;
        self.quoted_ends = ends & inside;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let may_open = marks | closing;
        let stray = opening & !(may_open << 1 | self.may_open);
        let behind = closing << 1 | self.was_closing;
        self.may_open = may_open >> 63;
        self.was_closing = closing >> 63;
        let mut doubled = behind & opening;
        while doubled != 0 {
            let at = base + usize::try_from(doubled.trailing_zeros()).unwrap_or(0);
            doubled &= doubled - 1;
            self.doubled.push(at);
        }
        let unmarked = behind & !(marks | opening);
        if stray | unmarked != 0 {
            self.is_stray |= stray != 0 || !self.is_line_end(bytes, unmarked);
        }
    }

    /// Whether each of a few bytes behind closing quotes is a carriage return at the end of a line, or lies behind the text.
    fn is_line_end(&self, bytes: &[u8], mut unmarked: u64) -> bool {
        while unmarked != 0 {
            let at = self.base + usize::try_from(unmarked.trailing_zeros()).unwrap_or(0);
            unmarked &= unmarked - 1;
            let is_end = match bytes.get(at) {
                None => true,
                Some(b'\r') => matches!(
                    (self.dialect.end, bytes.get(at + 1)),
                    (b'\n', None | Some(b'\n'))
                ),
                Some(_) => false,
            };
            if !is_end {
                return false;
            }
        }
        true
    }
}

/// One bit for every byte of a block, set where the byte is a certain sign.
#[inline]
fn bits(block: &[u8; STEP], sign: u8) -> u64 {
    let sign = u8x16::splat(sign);
    let mut all = 0;
    for (place, part) in block.as_chunks::<16>().0.iter().enumerate() {
        let found = u8x16::new(*part).simd_eq(sign).to_bitmask();
        all |= u64::from(found) << (16 * place);
    }
    all
}

/// Every bit the parity of the bits up to and with it.
#[inline]
fn running_parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
