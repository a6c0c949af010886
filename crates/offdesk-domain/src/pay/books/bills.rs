//! Statements that are drawn up for bills: of the postings of the bill alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::super::PayError;
use super::super::bill::Billed;
use super::super::posting::{Posted, Posting, RecordId};
use super::super::statement::{Rounding, Statement, draw_up};
use super::{Books, Whose};
use crate::money::{Currency, Money};
use crate::time::Period;

impl Books {
    /// Draws up the statement of a bill: of these postings alone, whatever its period, with the bill's tax on top.
    ///
    /// # Errors
    /// [`PayError::Empty`], [`PayError::NotOpen`] where one of the postings is on a statement already, or is not theirs.
    pub fn state_bill(
        &mut self,
        whose: (RecordId, Currency),
        (period, rounding): (Period, Rounding),
        postings: &BTreeSet<u64>,
        bill: Billed,
        now: Timestamp,
    ) -> Result<(Statement, Posting), PayError> {
        let statement = self.billed(whose, (period, rounding), postings, bill)?;
        let posting = self.post(Posted::Stated(statement.stated()), now)?;
        Ok((statement, posting))
    }

    pub(super) fn billed(
        &self,
        whose: Whose,
        (period, rounding): (Period, Rounding),
        postings: &BTreeSet<u64>,
        bill: Billed,
    ) -> Result<Statement, PayError> {
        let none = BTreeMap::new();
        let open = self.open.get(&whose).unwrap_or(&none);
        if let Some(missing) = postings.iter().find(|it| !open.contains_key(it)) {
            return Err(PayError::NotOpen(*missing));
        }
        let of_bill = open.values().filter(|it| postings.contains(&it.number));
        let zero = Money::new(Decimal::ZERO, whose.1);
        let statement = draw_up(self.next_number(), whose.0, period, rounding, zero, of_bill)?;
        Ok(statement.for_bill(Some(bill)))
    }
}
