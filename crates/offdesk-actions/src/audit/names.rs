//! Values with numbers from 1, in the order they came.

use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;
use hashbrown::HashTable;

/// So many values are told apart.
const MOST: usize = 10_000;

/// Values with their numbers.
#[derive(Debug, Clone)]
pub struct Names<T> {
    values: Vec<T>,
    index: HashTable<(u64, u32)>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            index: HashTable::new(),
        }
    }
}

impl<T: Eq + Hash> Names<T> {
    /// The number of a value, from 1, given to it at its first coming; 0 when there are too many.
    pub fn number(&mut self, state: &FixedState, value: T) -> u32 {
        let hash = state.hash_one(&value);
        let values = &self.values;
        let is_same =
            |(known, at): &(u64, u32)| *known == hash && value_at(values, *at) == Some(&value);
        if let Some((_, number)) = self.index.find(hash, is_same) {
            return *number;
        }
        if self.values.len() >= MOST {
            return 0;
        }
        self.values.push(value);
        let number = u32::try_from(self.values.len()).unwrap_or(0);
        self.index
            .insert_unique(hash, (hash, number), |(hash, _)| *hash);
        number
    }

    /// A value by its number.
    #[must_use]
    pub fn get(&self, number: u32) -> Option<&T> {
        value_at(&self.values, number)
    }

    /// All values.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

fn value_at<T>(values: &[T], number: u32) -> Option<&T> {
    usize::try_from(number)
        .ok()?
        .checked_sub(1)
        .and_then(|at| values.get(at))
}
