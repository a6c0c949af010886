//! Texts just seen, with their groups: most texts come again soon.

use super::texts::Place;

/// Slots: few at first, and more where they do not do.
const FEW: usize = 1 << 10;
const MOST: usize = 1 << 15;

/// A cache of texts by their hash. Its slots are small and their keys apart, so that it stays near the processor.
pub(super) struct Recent {
    /// Hashes of texts as written, with where their groups are.
    texts: Vec<(u64, Option<Place>)>,
    /// Keys of their normal forms.
    forms: Vec<u64>,
    /// Texts that were not there.
    missed: usize,
}

impl Default for Recent {
    fn default() -> Self {
        Self::with_slots(FEW)
    }
}

impl Recent {
    fn with_slots(slots: usize) -> Self {
        Self {
            texts: vec![(0, None); slots],
            forms: vec![0; slots],
            missed: 0,
        }
    }

    /// Forgets everything, and keeps little room.
    pub(super) fn clear(&mut self) {
        self.texts.truncate(FEW);
        self.texts.fill((0, None));
        self.forms.truncate(FEW);
        self.missed = 0;
    }

    /// Takes more room where it has shown too little; what was known is forgotten.
    pub(super) fn grow(&mut self) {
        if self.missed > 4 * self.texts.len() && self.texts.len() < MOST {
            *self = Self {
                missed: self.missed,
                ..Self::with_slots(MOST)
            };
        }
    }

    /// Where the group of a text is.
    pub(super) fn get(&self, raw: u64) -> Option<Place> {
        let (known, place) = *self.texts.get(self.slot_of(raw))?;
        place.filter(|_| known == raw)
    }

    /// The key of the normal form of a text that is there.
    pub(super) fn form(&self, raw: u64) -> u64 {
        self.forms.get(self.slot_of(raw)).copied().unwrap_or(0)
    }

    /// Puts a text in that was not there.
    pub(super) fn put(&mut self, raw: u64, form: u64, place: Place) {
        self.missed += 1;
        let slot = self.slot_of(raw);
        if let (Some(text), Some(key)) = (self.texts.get_mut(slot), self.forms.get_mut(slot)) {
            *text = (raw, Some(place));
            *key = form;
        }
    }

    fn slot_of(&self, raw: u64) -> usize {
        // A power of two.
        let last = self.texts.len().saturating_sub(1);
        usize::try_from(raw & u64::try_from(last).unwrap_or(0)).unwrap_or(0)
    }
}
