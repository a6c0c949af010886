//! What the catalogue has said of texts, kept from one file to the next.

use hashbrown::HashTable;

use super::texts::Origin;

/// So many answers are kept; what comes beyond them is looked up each time.
const MOST: usize = 1 << 14;

/// Answers by the hash of what was asked.
#[derive(Default)]
pub(super) struct Origins(HashTable<(u64, Origin)>);

impl Origins {
    pub(super) fn get(&self, key: u64) -> Option<Origin> {
        self.0
            .find(key, |(known, _)| *known == key)
            .map(|(_, origin)| *origin)
    }

    pub(super) fn keep(&mut self, key: u64, origin: Origin) {
        if self.0.len() < MOST {
            self.0.insert_unique(key, (key, origin), |(key, _)| *key);
        }
    }
}
