//! What was agreed in a handoff, and on which days: before the first and after the last one nothing is earned by it.

use offdesk_domain::Day;
use offdesk_domain::person::{Terms, in_force};
use offdesk_store::Scope;
use offdesk_store::handoffs::HandoffRow;

use super::earning::{dated_terms, last_day, was_agreed};
use crate::error::Error;

/// What was agreed in a handoff, and its last day where it has ended.
pub(crate) struct Agreed {
    dated: Vec<(Day, Terms)>,
    last: Option<Day>,
}

/// On which side of its days another day lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outside {
    /// Before the first one.
    Before,
    /// After the last one.
    After,
}

impl Outside {
    /// What the handoff had done on that day, in words.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Before => "began later",
            Self::After => "had ended",
        }
    }
}

impl Agreed {
    /// Of a handoff; none where the person has never agreed to it.
    pub(crate) fn of(scope: &mut Scope<'_, '_>, row: &HandoffRow) -> Result<Option<Self>, Error> {
        let is_asked = matches!(row.state.as_str(), "proposed" | "declined");
        if is_asked || !was_agreed(scope, row)? {
            return Ok(None);
        }
        Ok(Some(Self {
            dated: dated_terms(scope, row)?,
            last: match row.state.as_str() {
                "ended" => Some(last_day(scope, row)?),
                _ => None,
            },
        }))
    }

    /// What was agreed, each with the day from which on it holds.
    pub(crate) fn dated(&self) -> &[(Day, Terms)] {
        &self.dated
    }

    /// What held on a day.
    pub(crate) fn on(&self, day: Day) -> Result<Terms, Outside> {
        if self.last.is_some_and(|last| last < day) {
            return Err(Outside::After);
        }
        in_force(self.dated.iter().copied(), day).ok_or(Outside::Before)
    }

    /// The first day, where there is one.
    pub(crate) fn first(&self) -> Option<Day> {
        self.dated.first().map(|(from, _)| *from)
    }

    /// The last day, where it has ended.
    pub(crate) fn last(&self) -> Option<Day> {
        self.last
    }
}
