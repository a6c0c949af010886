//! What people owe back by their statements, and what the next statement carries of it.

use rust_decimal::Decimal;

use super::super::PayError;
use super::super::posting::RecordId;
use super::super::statement::balance;
use super::{Books, Whose};
use crate::money::{Currency, Money};

impl Books {
    /// What a person owes back by their statements, all of them together; nothing, or more.
    #[must_use]
    pub fn owed_back(&self, person: RecordId, currency: Currency) -> Money {
        let stated = self.stated.get(&(person, currency)).copied();
        let back = Decimal::ZERO - stated.unwrap_or_default().min(Decimal::ZERO);
        Money::new(back, currency)
    }

    /// What the next statement carries: what the person owes back after it was taken off what is owed to them.
    pub(super) fn carried(&self, whose: Whose) -> Money {
        let back = self.owed_back(whose.0, whose.1);
        Money::new(Decimal::ZERO - back.amount, whose.1)
    }

    /// What it carried before offdesk took off what is owed back: what the last statement had left, whatever was owed besides.
    pub(super) fn carried_once(&self, whose: Whose) -> Result<Money, PayError> {
        let mut carried = Money::new(Decimal::ZERO, whose.1);
        if let Some(number) = self.last.get(&whose) {
            let stated = &self.standing(*number)?.stated;
            let left = balance(stated.sum, stated.carried, None)?;
            carried.amount = left.amount.min(Decimal::ZERO);
        }
        Ok(carried)
    }
}
