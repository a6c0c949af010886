//! The hashes of what stands beside the ledger: money that came in, each row with the hash of the one before, and what was reached with a
//! milestone, with the hash of its posting. The texts that are hashed are plain, as those of the ledger.

use std::fmt::Write as _;

use super::ledger::{Hash, hash_of};
use super::posting::RecordId;

/// Money that came in, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received<'a> {
    /// Its number, from 1 in a workspace.
    pub number: i64,
    /// By which handoff, where it was by a single one.
    pub handoff: Option<RecordId>,
    /// On which day, counted from 1970.
    pub day: i64,
    /// How much, a decimal number.
    pub amount: &'a str,
    /// In which currency.
    pub currency: &'a str,
    /// What it was for.
    pub note: &'a str,
    /// The one that it takes back.
    pub of: Option<i64>,
    /// Who noted it.
    pub by: RecordId,
    /// When, in microseconds since 1970.
    pub at: i64,
}

impl Received<'_> {
    /// The hash that the first one of a workspace follows.
    #[must_use]
    pub fn first(workspace: RecordId) -> Hash {
        hash_of(&format!("offdesk.receipts/1\nworkspace={workspace}\n"))
    }

    /// Its hash, after that of the one before.
    #[must_use]
    pub fn hash(&self, previous: Hash) -> Hash {
        let mut text = format!(
            "offdesk.receipt/1\nprevious={previous}\nnumber={}\n",
            self.number
        );
        let handoff = self.handoff.map_or("-".to_owned(), |id| id.to_string());
        let of = self.of.map_or("-".to_owned(), |of| of.to_string());
        let written = write!(
            text,
            "handoff={handoff}\nday={}\namount={}:{}\nnote={}:{}\nof={of}\nby={}\nat={}\n",
            self.day,
            self.amount,
            self.currency,
            self.note.len(),
            self.note,
            self.by,
            self.at
        );
        // Writing into a text cannot fail.
        debug_assert!(written.is_ok());
        hash_of(&text)
    }
}

/// The hash of what was reached with a milestone: with its handoff, and the hash of the posting of what it earned.
#[must_use]
pub fn hash_of_milestone(posting: Hash, handoff: RecordId, title: &str) -> Hash {
    let length = title.len();
    hash_of(&format!(
        "offdesk.milestone/1\nposting={posting}\nhandoff={handoff}\ntitle={length}:{title}\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_changed_changes_the_hash() {
        let first = Received::first(RecordId([1; 16]));
        let kept = Received {
            number: 1,
            handoff: None,
            day: 20_735,
            amount: "120.00",
            currency: "USD",
            note: "a\nof=2",
            of: None,
            by: RecordId([2; 16]),
            at: 7,
        };
        let changed = [
            Received { number: 2, ..kept },
            Received {
                handoff: Some(RecordId([3; 16])),
                ..kept
            },
            Received { day: 1, ..kept },
            Received {
                amount: "9000.00",
                ..kept
            },
            Received {
                currency: "EUR",
                ..kept
            },
            Received { note: "a", ..kept },
            Received {
                of: Some(1),
                ..kept
            },
            Received {
                by: RecordId([4; 16]),
                ..kept
            },
            Received { at: 8, ..kept },
        ];
        assert_eq!(kept.hash(first), kept.hash(first));
        for other in changed {
            assert_ne!(other.hash(first), kept.hash(first), "{other:?}");
        }
        assert_ne!(kept.hash(first), kept.hash(kept.hash(first)));
        let title = |title| hash_of_milestone(first, RecordId([1; 16]), title);
        assert_ne!(title("Launch"), title("Lunch"));
    }
}
