//! Whether a ledger that was kept holds: its numbers, its chain, its rules and its statements.

use super::super::PayError;
use super::super::ledger::Head;
use super::super::posting::{Posted, Posting, RecordId};
use super::Books;

/// Where a ledger does not hold: the first posting that cannot be as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// A number is missing, or stands twice.
    #[error("posting {expected} is missing: {found} stands in its place")]
    Number {
        /// The number that should be there.
        expected: u64,
        /// The one that is.
        found: u64,
    },
    /// The hash does not fit what the posting says.
    #[error("posting {0} was changed after it was written: its hash does not fit what it says")]
    Changed(u64),
    /// The hashes fit, but a rule does not allow it.
    #[error("posting {number} cannot be: {why}")]
    Rule {
        /// Its number.
        number: u64,
        /// The rule.
        why: PayError,
    },
    /// A statement is not what its postings come to.
    #[error("posting {0} states something else than its postings come to")]
    Statement(u64),
    /// Postings at the end are missing.
    #[error("the ledger ends with posting {found}, and {expected} were written")]
    Cut {
        /// So many there should be.
        expected: u64,
        /// So many there are.
        found: u64,
    },
    /// All hashes fit each other, and not the one that was kept elsewhere.
    #[error("the ledger was written anew: its last hash is not the one that was kept")]
    Rewritten,
}

impl Broken {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Number { .. } => "pay.broken_number",
            Self::Changed(_) => "pay.broken_hash",
            Self::Rule { .. } => "pay.broken_rule",
            Self::Statement(_) => "pay.broken_statement",
            Self::Cut { .. } => "pay.broken_cut",
            Self::Rewritten => "pay.broken_rewritten",
        }
    }

    /// The number of the first posting that does not hold, where it is one.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Number { expected, .. } => Some(*expected),
            Self::Changed(number) | Self::Rule { number, .. } | Self::Statement(number) => {
                Some(*number)
            }
            Self::Cut { found, .. } => Some(found.saturating_add(1)),
            Self::Rewritten => None,
        }
    }
}

impl Books {
    /// The books of postings as they were kept, each of which is checked: its number, its hash, the rules, and what a statement comes
    /// to. `kept` is a head that was noted elsewhere, such as on a statement or in a backup; with it also a cut end is seen.
    ///
    /// # Errors
    /// [`Broken`], about the first posting that does not hold.
    pub fn verify<'a>(
        workspace: RecordId,
        postings: impl IntoIterator<Item = &'a Posting>,
        kept: Option<Head>,
    ) -> Result<Self, Broken> {
        let mut books = Self::new(workspace);
        let mut is_kept = kept.is_none_or(|kept| kept == books.head);
        for posting in postings {
            let expected = books.head.count.saturating_add(1);
            if posting.number != expected {
                let found = posting.number;
                return Err(Broken::Number { expected, found });
            }
            if !books.head.is_followed_by(posting) {
                return Err(Broken::Changed(posting.number));
            }
            books.check_statement(posting)?;
            books.admit(posting).map_err(|why| Broken::Rule {
                number: posting.number,
                why,
            })?;
            is_kept |= kept == Some(books.head);
        }
        match kept {
            Some(kept) if kept.count > books.head.count => Err(Broken::Cut {
                expected: kept.count,
                found: books.head.count,
            }),
            Some(_) if !is_kept => Err(Broken::Rewritten),
            _ => Ok(books),
        }
    }

    /// Whether a statement is what its postings come to.
    fn check_statement(&self, posting: &Posting) -> Result<(), Broken> {
        let Posted::Stated(stated) = &posting.posted else {
            return Ok(());
        };
        let whose = (stated.person, stated.exact.currency());
        let manner = (stated.period, stated.rounding);
        let drawn = match &stated.bill {
            None => {
                let is_of_old = self.carried(whose) != stated.carried
                    && self.carried_once(whose) == Ok(stated.carried);
                let carried = match is_of_old {
                    true => stated.carried,
                    false => self.carried(whose),
                };
                self.drawn_up(whose, manner.0, manner.1, carried)
            }
            Some(bill) => {
                let postings = stated.postings.iter().copied().collect();
                self.billed(whose, manner, &postings, bill.clone())
            }
        };
        match drawn {
            Ok(statement) if statement.stated() == *stated => Ok(()),
            _ => Err(Broken::Statement(posting.number)),
        }
    }
}
