//! Where fields and records of well-formed CSV end, found 64 bytes at a time.
//!
//! Every sign is a bit: a running parity of the quotes tells which bytes lie inside quotes, and what is left of
//! delimiters and record ends are the marks. A quote that neither opens nor closes a field, nor is doubled, is
//! noticed; such a text must be split field by field instead.

use fearless_simd::{Level, Simd, SimdBase, SimdFrom, SimdMask, dispatch, u8x64};

use super::Dialect;
use super::decoded::is_control;

/// Bytes looked at together.
const STEP: usize = 64;
/// Marks written together; most steps have fewer.
const WRITTEN: usize = 8;

/// The marks of a text. Texts are shorter than 4 GiB, as blocks are.
#[derive(Debug, Default)]
pub struct Marks {
    /// Where each field ends: at a delimiter, a record's end or the text's. Behind those of this text there is room only.
    pub(super) fields: Vec<u32>,
    /// How many of the fields are of this text.
    found: usize,
    /// How many of the fields lie up to the end of each record.
    pub(super) records: Vec<u32>,
    /// Record ends inside quotes.
    pub(super) quoted_ends: Vec<u32>,
    /// The second of doubled quotes.
    pub(super) doubled: Vec<u32>,
    /// A quote stands where none belongs.
    pub(super) is_stray: bool,
    /// There may be a control character that is no blank or line's end.
    pub(super) has_control: bool,
}

/// What is carried from one step to the next.
struct Carried {
    /// All ones while the next byte lies inside quotes.
    inside: u64,
    /// The last byte was a delimiter, a record's end or a closing quote; or the next one is the first.
    may_open: u64,
    was_closing: u64,
}

impl Marks {
    /// Finds the marks of a text anew, with the widest instructions that the processor has.
    pub fn find(&mut self, text: &str, dialect: Dialect) {
        dispatch!(Level::new(), simd => self.find_with(simd, text, dialect));
    }

    #[inline(always)]
    fn find_with<S: Simd>(&mut self, simd: S, text: &str, dialect: Dialect) {
        self.found = 0;
        self.records.clear();
        self.quoted_ends.clear();
        self.doubled.clear();
        self.is_stray = false;
        self.has_control = false;
        let mut carried = Carried {
            inside: 0,
            may_open: 1,
            was_closing: 0,
        };
        let bytes = text.as_bytes();
        let (steps, rest) = bytes.as_chunks::<STEP>();
        let mut base = 0;
        for step in steps {
            self.look_at(simd, step, base, bytes, dialect, &mut carried);
            base += STEP;
        }
        if !rest.is_empty() {
            self.has_control |= rest.iter().any(is_control);
            let mut step = [0; STEP];
            step[..rest.len()].copy_from_slice(rest);
            self.look_at(simd, &step, base, bytes, dialect, &mut carried);
        }
        self.is_stray |= carried.inside != 0;
        let is_open = !bytes.is_empty() && bytes.last() != Some(&dialect.end);
        if is_open || carried.inside != 0 {
            self.make_room();
            if let Some(field) = self.fields.get_mut(self.found) {
                *field = place(bytes.len());
            }
            self.found += 1;
            self.records.push(place(self.found));
        }
    }

    /// Room for the marks of one more step.
    fn make_room(&mut self) {
        if self.fields.len() < self.found + STEP {
            self.fields.resize(2 * self.fields.len() + STEP, 0);
        }
    }

    #[inline(always)]
    fn look_at<S: Simd>(
        &mut self,
        simd: S,
        step: &[u8; STEP],
        base: usize,
        bytes: &[u8],
        dialect: Dialect,
        carried: &mut Carried,
    ) {
        let signs = u8x64::simd_from(simd, *step);
        let quotes = bits(signs, b'"');
        let delimiters = bits(signs, dialect.delimiter);
        let ends = bits(signs, dialect.end);
        let low = signs.simd_lt(u8x64::splat(simd, b' ')).to_bitmask() & !ends;
        if low != 0 && base + STEP <= bytes.len() {
            self.has_control |= low & !bits(signs, b'\r') & !bits(signs, b'\t') != 0;
        }
        let inside = running_parity(quotes) ^ carried.inside;
        carried.inside = 0_u64.wrapping_sub(inside >> 63);
        let marks = (delimiters | ends) & !inside;
        let (opening, closing) = (quotes & inside, quotes & !inside);
        let may_open = marks | closing;
        let stray = opening & !(may_open << 1 | carried.may_open);
        let behind = closing << 1 | carried.was_closing;
        carried.may_open = may_open >> 63;
        carried.was_closing = closing >> 63;
        let doubled = behind & opening;
        let unmarked = behind & !(marks | opening);
        let quoted_ends = ends & inside;
        let records = ends & marks;
        if records != 0 {
            let before = place(self.found);
            each(records, |bit| {
                let upto = (marks & (u64::MAX >> (63 - bit))).count_ones();
                self.records.push(before + upto);
            });
        }
        let start = place(base);
        self.make_room();
        let upto = self.found + usize::try_from(marks.count_ones()).unwrap_or(0);
        let (mut left, mut at) = (marks, self.found);
        // Always the same number at a time: loops that end by chance cost more than what is written over by the next step.
        while at < upto {
            if let Some(room) = self.fields.get_mut(at..).and_then(<[u32]>::first_chunk_mut) {
                *room = [(); WRITTEN].map(|()| {
                    let bit = left.trailing_zeros();
                    left &= left.wrapping_sub(1);
                    start.wrapping_add(bit)
                });
            }
            at += WRITTEN;
        }
        self.found = upto;
        if doubled | stray | unmarked | quoted_ends != 0 {
            each(doubled, |bit| self.doubled.push(start + bit));
            each(quoted_ends, |bit| self.quoted_ends.push(start + bit));
            self.is_stray |= stray != 0 || !are_line_ends(unmarked, base, bytes, dialect);
        }
    }
}

/// How often two signs occur in some bytes.
pub(super) fn count(bytes: &[u8], signs: [u8; 2]) -> [u64; 2] {
    dispatch!(Level::new(), simd => count_with(simd, bytes, signs))
}

#[inline(always)]
fn count_with<S: Simd>(simd: S, bytes: &[u8], signs: [u8; 2]) -> [u64; 2] {
    let (steps, rest) = bytes.as_chunks::<STEP>();
    let in_rest = |sign: u8| {
        rest.iter()
            .map(|byte| u64::from(*byte == sign))
            .sum::<u64>()
    };
    let mut counts = signs.map(in_rest);
    for step in steps {
        let step = u8x64::simd_from(simd, *step);
        for (count, sign) in counts.iter_mut().zip(signs) {
            *count += u64::from(bits(step, sign).count_ones());
        }
    }
    counts
}

/// Calls `take` with the number of every set bit.
#[inline(always)]
fn each(mut bits: u64, mut take: impl FnMut(u32)) {
    while bits != 0 {
        take(bits.trailing_zeros());
        bits &= bits - 1;
    }
}

/// A place in a block, which is far shorter than 4 GiB.
fn place(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether each of a few bytes behind closing quotes is a carriage return at the end of a line, or lies behind the text.
fn are_line_ends(unmarked: u64, base: usize, bytes: &[u8], dialect: Dialect) -> bool {
    let mut all = true;
    each(unmarked, |bit| {
        let at = base + usize::try_from(bit).unwrap_or(0);
        all &= match bytes.get(at) {
            None => true,
            Some(b'\r') => {
                dialect.end == b'\n' && bytes.get(at + 1).is_none_or(|next| *next == b'\n')
            }
            Some(_) => false,
        };
    });
    all
}

/// One bit for every byte, set where the byte is a certain sign.
#[inline(always)]
fn bits<S: Simd>(signs: u8x64<S>, sign: u8) -> u64 {
    signs.simd_eq(u8x64::splat(signs.simd, sign)).to_bitmask()
}

/// Every bit the parity of the bits up to and with it.
#[inline(always)]
fn running_parity(mut bits: u64) -> u64 {
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}
