//! The phrases found in one text, and what lies within longer ones.

const MOST_HITS: usize = 48;

/// A phrase found in a text.
#[derive(Clone, Copy)]
pub(crate) struct Hit {
    pub kind: Option<u16>,
    /// One bit for each word of the text that it takes.
    pub words: u32,
    pub rank: u32,
    /// How often its rarest word occurs in the catalogue: less is better.
    pub commonness: u16,
    pub manner: Manner,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manner {
    /// Two words or more, as in the catalogue.
    Phrase,
    /// Two words side by side, the other way round.
    Reversed,
    /// Two words with others between them.
    Apart,
    /// Two words with others between them, one of which goes with any work.
    Loose,
    Word,
    WeakWord,
}

/// The hits in one text, in a place of fixed size.
pub(crate) struct Hits {
    list: [Hit; MOST_HITS],
    count: usize,
}

impl Default for Hits {
    fn default() -> Self {
        let none = Hit {
            kind: None,
            words: 0,
            rank: 0,
            commonness: 0,
            manner: Manner::WeakWord,
        };
        Self {
            list: [none; MOST_HITS],
            count: 0,
        }
    }
}

impl Hits {
    /// Adds a hit; when the place is full the rest is left out.
    pub(crate) fn push(&mut self, hit: Hit) {
        if let Some(place) = self.list.get_mut(self.count) {
            *place = hit;
            self.count += 1;
        }
    }

    /// The hits so far.
    pub(crate) fn taken(&self) -> &[Hit] {
        &self.list[..self.count]
    }

    /// Drops what lies within a longer phrase, whether that says another kind or nothing.
    pub(crate) fn drop_absorbed(&mut self) {
        let list = self.list;
        let taken = &list[..self.count];
        self.count = 0;
        for hit in taken {
            let is_absorbed = taken.iter().any(|other| {
                let is_wider = other.words.count_ones() > hit.words.count_ones();
                other.manner == Manner::Phrase
                    && other.words & hit.words == hit.words
                    && (is_wider || (other.kind.is_none() && hit.kind.is_some()))
            });
            if !is_absorbed {
                self.push(*hit);
            }
        }
    }
}
