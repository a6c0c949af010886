//! What the model sees of a text: its words, pairs of words side by side, and pieces of words, each as a number.

/// Words of a text that are looked at.
const MOST_WORDS: usize = 256;
/// So much of a word is looked at.
const LONGEST_WORD: usize = 24;
/// Lengths of pieces, in letters; a word's edges count as one letter each.
const PIECES: [usize; 3] = [3, 4, 5];

/// What a feature is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A word.
    Word,
    /// Two words side by side.
    Pair,
    /// A piece of a word.
    Piece,
}

/// A feature of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Feature {
    /// Its number: a hash of what it is made of.
    pub hash: u32,
    /// What it is made of.
    pub source: Source,
}

/// Buffers for [`features`], kept between texts.
#[derive(Debug)]
pub struct Buffers {
    most_words: usize,
    lower: String,
    words: Vec<(usize, usize)>,
    stem: Vec<u8>,
}

impl Default for Buffers {
    fn default() -> Self {
        Self::of_words(MOST_WORDS)
    }
}

impl Buffers {
    /// Buffers for texts of which at most so many words are looked at.
    #[must_use]
    pub fn of_words(most_words: usize) -> Self {
        Self {
            most_words,
            lower: String::new(),
            words: Vec::new(),
            stem: Vec::new(),
        }
    }
}

/// Writes the features of a text to `out`; the same feature once for every time it occurs.
pub fn features(text: &str, buffers: &mut Buffers, out: &mut Vec<Feature>) {
    out.clear();
    split(text, buffers);
    let lower = buffers.lower.as_bytes();
    let mut previous: Option<u64> = None;
    for (start, end) in &buffers.words {
        let word = lower.get(*start..*end).unwrap_or_default();
        stem(word, &mut buffers.stem);
        let whole = hash(b'w', &buffers.stem);
        out.push(Feature {
            hash: short(whole),
            source: Source::Word,
        });
        if let Some(previous) = previous {
            let pair = (previous ^ whole.rotate_left(17)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            out.push(Feature {
                hash: short(pair),
                source: Source::Pair,
            });
        }
        previous = Some(whole);
        pieces(word, out);
    }
}

/// The words of a text in lower case, without numbers; signs stand between words.
fn split(text: &str, buffers: &mut Buffers) {
    buffers.lower.clear();
    buffers.words.clear();
    let mut start = 0;
    let mut has_letter = false;
    for c in text.chars().chain([' ']) {
        let is_inner = c.is_alphanumeric() || matches!(c, '+' | '#') && has_letter;
        if is_inner {
            has_letter |= c.is_alphabetic();
            if buffers.lower.len() - start < LONGEST_WORD {
                buffers.lower.extend(c.to_lowercase());
            }
            continue;
        }
        if has_letter {
            buffers.words.push((start, buffers.lower.len()));
        } else {
            buffers.lower.truncate(start);
        }
        start = buffers.lower.len();
        has_letter = false;
        if buffers.words.len() >= buffers.most_words {
            break;
        }
    }
}

/// A word without the commonest endings, so that "invoices", "invoicing" and "invoiced" are one.
fn stem(word: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.extend_from_slice(word);
    let endings: [&[u8]; 9] = [
        b"ings", b"ing", b"ers", b"ed", b"er", b"ies", b"es", b"s", b"e",
    ];
    for ending in endings {
        if word.len() >= ending.len() + 4 && word.ends_with(ending) {
            out.truncate(word.len() - ending.len());
            break;
        }
    }
    if out.last() == Some(&b'y') || out.last() == Some(&b'i') {
        out.pop();
    }
}

fn pieces(word: &[u8], out: &mut Vec<Feature>) {
    let mut padded = [b' '; LONGEST_WORD * 4 + 2];
    let length = word.len().min(LONGEST_WORD * 4);
    padded[1..=length].copy_from_slice(&word[..length]);
    let padded = &padded[..length + 2];
    for size in PIECES {
        for piece in padded.windows(size) {
            out.push(Feature {
                hash: short(hash(b'p', piece)),
                source: Source::Piece,
            });
        }
    }
}

/// FNV-1a, which stays the same on every machine and in every version.
fn hash(kind: u8, bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in [kind].iter().chain(bytes) {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^ hash >> 29
}

fn short(hash: u64) -> u32 {
    let folded = (hash ^ hash >> 32) & 0xffff_ffff;
    // Zero marks an empty slot.
    u32::try_from(folded).unwrap_or(1).max(1)
}
