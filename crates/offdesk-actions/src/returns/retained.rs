//! Retainers: what the days until today come to that are in no posting yet, which are posted when a statement is drawn up.

use offdesk_domain::pay::Quantity;
use offdesk_domain::person::Unit;
use offdesk_domain::{Day, Money};
use offdesk_store::handoffs::open::list_paid_by;
use offdesk_store::{Scope, Uuid};
use rust_decimal::Decimal;

use super::cash::large;
use crate::error::Error;
use crate::pay::retained_parts;

/// Days of a retainer that are in no posting.
pub(super) struct Unposted {
    pub(super) handoff: Uuid,
    pub(super) person: Uuid,
    /// The last of them.
    pub(super) last: Day,
    pub(super) days: i64,
    /// Not rounded.
    pub(super) amount: Money,
}

/// Those of all retainers until a day, each month and each price by itself.
pub(super) fn unposted_retainers(
    scope: &mut Scope<'_, '_>,
    today: Day,
) -> Result<Vec<Unposted>, Error> {
    let mut all = Vec::new();
    for row in list_paid_by(scope, Unit::Retainer.word())? {
        for part in retained_parts(scope, &row, None, today)? {
            let Quantity::Days { days, of } = part.quantity else {
                continue;
            };
            let price = part.terms.price;
            let product = price.amount.checked_mul(Decimal::from(days));
            let amount = product.and_then(|it| it.checked_div(Decimal::from(of)));
            all.push(Unposted {
                handoff: row.id,
                person: row.person_id,
                last: part.day,
                days: days.into(),
                amount: Money::new(amount.ok_or_else(large)?, price.currency),
            });
        }
    }
    Ok(all)
}
