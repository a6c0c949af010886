//! Netting: what somebody owes back is taken off what is owed to them, so that no more is paid than is owed.

use rust_decimal::Decimal;

use super::PayError;
use crate::money::{Currency, Money};

/// What is taken off statements, and what is left to owe back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Netted {
    /// What is taken off each statement of which anything is.
    pub taken_off: Vec<(u64, Money)>,
    /// What is owed back after that; nothing, or more.
    pub left: Money,
}

/// Takes what a person owes back off what is owed of their statements in the same currency, the first first.
///
/// # Errors
/// [`PayError::Currencies`].
pub fn net(
    currency: Currency,
    owed: impl IntoIterator<Item = (u64, Money)>,
    back: Decimal,
) -> Result<Netted, PayError> {
    let mut left = back.max(Decimal::ZERO);
    let mut taken_off = Vec::new();
    for (number, owed) in owed {
        if owed.currency != currency {
            return Err(PayError::Currencies(currency, owed.currency));
        }
        let taken = owed.amount.max(Decimal::ZERO).min(left);
        if !taken.is_zero() {
            taken_off.push((number, Money::new(taken, currency)));
            left -= taken;
        }
    }
    Ok(Netted {
        taken_off,
        left: Money::new(left, currency),
    })
}
