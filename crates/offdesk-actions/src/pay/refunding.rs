//! What is noted besides single payments: what a person pays back, and a whole pay file that was paid.

use offdesk_domain::Day;
use offdesk_domain::pay::{PayError, reference};
use offdesk_store::Tx;
use offdesk_store::pay::files::list_in_file;

use super::earning::today_in;
use super::netting::{OnTheWay, carried_on};
use super::paying::{NewPayment, pay, put_down};
use super::payments::paid_so_far;
use super::statements::{StatementDetail, StatementSummary, detail, load, summaries};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// Notes that a person paid back what a statement left below nothing: all that is owed back where no amount is named. What was sent and the
/// rate are those of what came in.
///
/// # Errors
/// `pay.no_statement`, `pay.nothing_back`, `pay.too_much_back`, `pay.amount`, and what is wrong with its figures.
pub fn note_refund(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    new: &NewPayment,
    moment: Moment,
) -> Result<StatementDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = load(&mut scope, number)?;
    let payments = paid_so_far(&mut scope, &row)?;
    let mut back = payments.below()?;
    let sent = &mut OnTheWay::default();
    let left = carried_on(&mut scope, row.person_id, &row.currency, sent)?.abs();
    back.amount = back.amount.min(left);
    if back.amount.is_zero() {
        return Err(nothing_back(number));
    }
    let today = today_in(&mut scope, moment)?;
    let payment = new.read(back, today)?.turned();
    if -payment.amount.amount > back.amount {
        let (back, owed) = (payment.turned().amount, back);
        return Err(PayError::TooMuchBack { back, owed }.into());
    }
    put_down(&mut scope, (actor, moment), row, (payments, payment))?;
    detail(&mut scope, number)
}

/// Notes that all that stood in a pay file was paid on one day, each statement with the amount that stood in it: all of them or none. What was
/// noted since the file was written is left alone.
///
/// # Errors
/// `pay.no_file`, `pay.file_noted` where all of it was noted already, and as [`super::note_payment`].
pub fn note_paid_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    file: &str,
    day: Option<Day>,
    moment: Moment,
) -> Result<Vec<StatementSummary>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let file = file.trim().to_uppercase();
    let all = list_in_file(&mut scope, &file)?;
    if all.is_empty() {
        let shown = offdesk_import::problem::shown(&file);
        let message = format!("there is no pay file {shown}");
        return Err(Error::new(ErrorKind::NotFound, "pay.no_file", message)
            .hint("write it as it stands beside what is owed, such as PAY-20261128-093015"));
    }
    let mut rows = Vec::new();
    for (written, is_noted) in all {
        if is_noted {
            continue;
        }
        let new = NewPayment {
            amount: Some(written.amount),
            day,
            note: file.clone(),
            ..NewPayment::default()
        };
        let row = load(&mut scope, written.statement)?;
        rows.push(pay(&mut scope, actor, row, &new, moment)?);
    }
    if rows.is_empty() {
        let message = format!("of all that stands in {file} it is noted already what was paid");
        return Err(Error::new(ErrorKind::Conflict, "pay.file_noted", message));
    }
    summaries(&mut scope, rows)
}

fn nothing_back(number: i64) -> Error {
    let reference = reference(u64::try_from(number).unwrap_or(0));
    let message = format!("nothing is owed back of {reference}");
    Error::new(ErrorKind::Conflict, "pay.nothing_back", message)
        .hint("what is owed back stands among what is owed, with its statement")
}
