//! Words already looked at: what folding does with a word depends on the word alone, and words repeat.

use super::stem;
use super::words::{self, Class};

/// Slots; the most used words of a file fit and stay in the processor's nearest cache.
const SLOTS: usize = 512;

/// What folding does with a lower-case word of at most 16 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    key: u128,
    /// The stem, or the word where its stem would be dropped.
    pub(super) stem: [u8; 16],
    pub(super) length: u8,
    pub(super) class: Class,
}

/// A table of known words, made when the first comes; a newcomer takes the place of the one it meets.
#[derive(Debug, Default)]
pub(super) struct Memo(Vec<Known>);

impl Memo {
    /// What is known of the ASCII word in the first `length` bytes of a block; the rest of the block does not count.
    #[inline]
    pub(super) fn word(&mut self, block: [u8; 16], length: usize) -> Known {
        let key = words::key_of(block, length);
        let slot = slot_of(key);
        match self.0.get(slot) {
            Some(known) if known.key == key => *known,
            _ => self.learn(key, length, slot),
        }
    }

    #[cold]
    fn learn(&mut self, key: u128, length: usize, slot: usize) -> Known {
        let class = words::class_of_key(key);
        let mut stem = key.to_le_bytes();
        let mut kept = stem::stem(&mut stem[..length]);
        // A word whose stem is one that is dropped stays whole ("wiring", German "wir").
        let is_dropped = kept != length
            && kept < 10
            && matches!(words::class_of(&stem[..kept]), Class::Stop | Class::Link);
        if is_dropped {
            stem = key.to_le_bytes();
            kept = length;
        }
        let known = Known {
            key,
            stem,
            length: u8::try_from(kept).unwrap_or(16),
            class,
        };
        if self.0.is_empty() {
            let none = Known { key: 0, ..known };
            self.0.resize(SLOTS, none);
        }
        if let Some(place) = self.0.get_mut(slot) {
            *place = known;
        }
        known
    }
}

fn slot_of(key: u128) -> usize {
    let bytes = key.to_le_bytes();
    let (low, high) = bytes.split_at(8);
    let half = |half: &[u8]| half.try_into().map_or(0, u64::from_le_bytes);
    let mixed = (half(low) ^ half(high).rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55;
    usize::try_from(mixed).unwrap_or(0)
}
