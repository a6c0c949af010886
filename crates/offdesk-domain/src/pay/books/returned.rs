//! Payments that come back, with the fee of one that was noted by mistake.

use jiff::Timestamp;

use super::super::PayError;
use super::super::posting::{Posted, Posting};
use super::{Books, Whose};
use crate::money::Money;
use crate::time::Day;

impl Books {
    /// Notes that a payment came back.
    ///
    /// # Errors
    /// [`PayError::NoStatement`], [`PayError::NoPayment`].
    pub fn return_payment(
        &mut self,
        statement: u64,
        of: u64,
        day: Day,
        now: Timestamp,
    ) -> Result<Posting, PayError> {
        let standing = self.standing(statement)?;
        let (_, amount) = standing.payments.clone().without(of)?;
        let posted = Posted::PaymentReturned {
            person: standing.stated.person,
            statement,
            of,
            amount,
            day,
            fee: None,
        };
        self.post(posted, now)
    }

    /// Takes in that a payment came back: all of it, and its own fee where one comes back.
    pub(super) fn give_back(
        &mut self,
        whose: Whose,
        statement: u64,
        (of, amount, fee): (u64, Money, Option<Money>),
    ) -> Result<(), PayError> {
        if fee.is_some() && fee != self.fees.get(&of).copied() {
            return Err(PayError::NoFee(of));
        }
        let standing = self.of_person(statement, whose.0)?;
        let (payments, returned) = standing.payments.clone().without(of)?;
        if returned != amount {
            return Err(PayError::NoPayment(of));
        }
        standing.payments = payments;
        self.state_by(whose, amount.amount);
        Ok(())
    }
}
