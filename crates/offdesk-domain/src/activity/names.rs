//! Telling the names that trail a text from the work it says.

/// A stretch of text that may turn out to be a name: after a spaced dash, after "for", or in parentheses.
#[derive(Clone, Copy)]
pub(super) struct Segment {
    /// Length of the output before it.
    pub(super) start: usize,
    /// Every word so far is capitalised and none is a word for work.
    is_named: bool,
    /// At least one word is surely no abbreviation.
    is_strong: bool,
    pub(super) has_number: bool,
}

impl Segment {
    pub(super) fn at(start: usize) -> Self {
        Self {
            start,
            is_named: true,
            is_strong: false,
            has_number: false,
        }
    }

    pub(super) fn see_word(&mut self, is_capitalised: bool, is_strong: bool) {
        self.is_named &= is_capitalised;
        self.is_strong |= is_strong;
    }

    /// Whether what stands in it is a name, and not the first thing in the text.
    pub(super) fn is_name(&self) -> bool {
        self.start > 0 && self.is_named && self.is_strong
    }

    /// Whether what stands in it is a name or a reference, and not the first thing in the text.
    pub(super) fn is_reference(&self) -> bool {
        self.start > 0 && self.is_named && (self.is_strong || self.has_number)
    }
}
