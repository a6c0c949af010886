//! The payments of a statement as they were noted.

use offdesk_domain::Day;
use offdesk_domain::pay::{Payment, Payments};
use offdesk_store::Scope;
use offdesk_store::pay::postings::{PostingRow, list_payments};
use offdesk_store::pay::statements::StatementRow;

use super::drawing::balance_of;
use super::ledger::paid_of;
use super::statements::day;
use crate::error::Error;

/// A payment of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentMade {
    /// The number of its posting.
    pub posting: u64,
    /// What was paid.
    pub payment: Payment,
    /// The day it came back on, where it did.
    pub came_back: Option<Day>,
    /// Its fee was taken back with it.
    pub is_fee_back: bool,
}

/// What was paid, and what of it came back.
pub(super) fn payments_of(rows: &[PostingRow]) -> Result<Vec<PaymentMade>, Error> {
    let mut made: Vec<PaymentMade> = Vec::new();
    for row in rows {
        if row.kind == "paid" {
            made.push(PaymentMade {
                posting: u64::try_from(row.number).unwrap_or(0),
                payment: paid_of(row)?,
                came_back: None,
                is_fee_back: false,
            });
            continue;
        }
        let of = row.of_number.and_then(|of| u64::try_from(of).ok());
        if let Some(one) = made.iter_mut().find(|one| Some(one.posting) == of) {
            one.came_back = row.day.map(day).transpose()?;
            one.is_fee_back = row.fee.is_some();
        }
    }
    Ok(made)
}

/// What was paid of a statement so far, in the order it was written.
pub(super) fn paid_so_far(
    scope: &mut Scope<'_, '_>,
    row: &StatementRow,
) -> Result<Payments, Error> {
    let mut payments = Payments::none(balance_of(row)?);
    for posting in list_payments(scope, row.number)? {
        let number = |number: i64| u64::try_from(number).unwrap_or(0);
        payments = match posting.kind.as_str() {
            "paid" => payments.with(number(posting.number), &paid_of(&posting)?)?,
            _ => {
                payments
                    .without(number(posting.of_number.unwrap_or_default()))?
                    .0
            }
        };
    }
    Ok(payments)
}
