//! Payments that came back: one of a statement, or a whole row of a pay file, which may have paid several.

use offdesk_domain::Day;
use offdesk_domain::pay::{Posted, day_in, reference};
use offdesk_store::pay::files::list_beside;
use offdesk_store::pay::postings::list_payments;
use offdesk_store::{Scope, Tx};

use super::earning::zone_of;
use super::ledger::{append, record};
use super::paying::{settle, within};
use super::payments::{paid_so_far, payments_of};
use super::statements::{StatementDetail, detail, load};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;

/// Notes that a payment came back: what it was for is owed again.
///
/// # Errors
/// `pay.no_statement`, `pay.no_payment` where it was none of this statement, or came back already.
pub fn note_returned_payment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    payment: u64,
    day: Option<Day>,
    moment: Moment,
) -> Result<StatementDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    take_back(&mut scope, (actor, moment), (number, payment), day)?;
    detail(&mut scope, number)
}

/// Notes that a payment came back that was a row of a pay file: with it comes back what was paid on the same day of all other statements of
/// that row, since a bank sends a transfer back as a whole.
///
/// # Errors
/// As [`note_returned_payment`].
pub fn note_returned_row(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    payment: u64,
    day: Option<Day>,
    moment: Moment,
) -> Result<StatementDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    load(&mut scope, number)?;
    let others = paid_beside(&mut scope, number, payment)?;
    take_back(&mut scope, (actor, moment), (number, payment), day)?;
    for other in others {
        take_back(&mut scope, (actor, moment), other, day)?;
    }
    detail(&mut scope, number)
}

/// The payments of the other statements that stood in one row with a statement that was paid, each with the number of its statement.
fn paid_beside(
    scope: &mut Scope<'_, '_>,
    number: i64,
    payment: u64,
) -> Result<Vec<(i64, u64)>, Error> {
    let made = payments_of(&list_payments(scope, number)?)?;
    let Some(paid) = made.iter().find(|made| made.posting == payment) else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    let before = i64::try_from(payment).unwrap_or(i64::MAX);
    for (other, written) in list_beside(scope, number, before)? {
        let written = u64::try_from(written).unwrap_or(0);
        for made in payments_of(&list_payments(scope, other)?)? {
            let is_its = made.payment.day == paid.payment.day && made.posting > written;
            if is_its && made.came_back.is_none() {
                found.push((other, made.posting));
            }
        }
    }
    Ok(found)
}

fn take_back(
    scope: &mut Scope<'_, '_>,
    (actor, moment): (&Actor, Moment),
    (number, payment): (i64, u64),
    day: Option<Day>,
) -> Result<(), Error> {
    let row = load(scope, number)?;
    let (payments, amount) = paid_so_far(scope, &row)?.without(payment)?;
    let today = day_in(moment.now, &zone_of(scope)?);
    let statement = u64::try_from(number).unwrap_or(0);
    let day = day.unwrap_or(today);
    let made = payments_of(&list_payments(scope, number)?)?;
    if let Some(made) = made.iter().find(|made| made.posting == payment) {
        within(day, (made.payment.day, "the day it was made"), today)?;
    }
    let posted = Posted::PaymentReturned {
        person: record(row.person_id),
        statement,
        of: payment,
        amount,
        day,
    };
    append(scope, posted, moment.now)?;
    settle(scope, row, &payments)?;
    let told = amount.to_string();
    let what = reference(statement);
    note(scope, actor, moment, "return_payment", what, told)
}
