//! Statements that are drawn up for bills: of the postings of the bill alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::super::PayError;
use super::super::bill::Billed;
use super::super::posting::{Posted, Posting, RecordId};
use super::super::rounding::Rounding;
use super::super::statement::{Statement, draw_up_with_bill};
use super::{Books, Whose};
use crate::money::{Currency, Money};
use crate::time::Period;

impl Books {
    /// Draws up the statement of a bill: of these postings alone, whatever its period, with the bill's tax on top. Without
    /// postings it is of the tax alone.
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
        let number = self.next_number();
        draw_up_with_bill(number, whose.0, period, rounding, zero, Some(bill), of_bill)
    }
}
