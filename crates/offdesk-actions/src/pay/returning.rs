//! Payments that came back: one of a statement, or a whole row of a pay file, which may have paid several.

use offdesk_domain::Day;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{PayError, Posted, reference};
use offdesk_store::pay::files::{PayFileRow, list_row};
use offdesk_store::pay::postings::list_payments;
use offdesk_store::{Scope, Tx};

use super::earning::today_in;
use super::ledger::{append, record};
use super::paying::{settle, within};
use super::payments::{PaymentMade, paid_so_far, payments_of};
use super::statements::{StatementDetail, detail, load};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameBack {
    /// The payment of the one statement.
    Payment,
    /// The row of a pay file that the payment was of, as a whole.
    Row,
}

impl CameBack {
    /// The whole row where that is ticked, else the payment alone.
    #[must_use]
    pub fn ticked(is_row: bool) -> Self {
        if is_row { Self::Row } else { Self::Payment }
    }
}

/// A payment that came back, as it is noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewReturn {
    /// What came back.
    pub what: CameBack,
    /// On which day; today where nothing is said.
    pub day: Option<Day>,
    /// It was noted by mistake, and so was its fee, which is taken back. A bank that sends a payment back keeps its fee.
    pub fee_back: bool,
}

impl NewReturn {
    /// One that a bank has sent back: its fee was paid.
    #[must_use]
    pub fn of(what: CameBack, day: Option<Day>) -> Self {
        Self {
            what,
            day,
            fee_back: false,
        }
    }
}

/// A payment of another statement of the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// The number of the statement.
    pub statement: i64,
    /// The number of the payment's posting.
    pub payment: u64,
    /// The day it was paid.
    pub day: Day,
    /// It was paid by the row and came back with it; another payment stays.
    pub came_back: bool,
}

impl Beside {
    /// In words: `ST-0002 came back, too: payment 5`.
    #[must_use]
    pub fn in_words(&self) -> String {
        let reference = reference(u64::try_from(self.statement).unwrap_or(0));
        let (payment, day) = (self.payment, self.day);
        if self.came_back {
            return format!("{reference} came back, too: payment {payment}");
        }
        format!("{reference} stays paid by payment {payment} of {day}, which is not of this row")
    }
}

/// What is noted of a payment that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The statement it was of.
    pub detail: StatementDetail,
    /// Where a whole row came back: what became of the other statements of it.
    pub row: Vec<Beside>,
}

/// Notes that a payment came back: what it was for is owed again. A bank sends a row of a pay file back as a whole: with it comes back what
/// that row paid of other statements, and nothing that another payment paid. What was paid to have it sent was paid, unless it is said that the
/// payment was noted by mistake and its fee with it.
///
/// # Errors
/// `pay.no_statement`, `pay.no_payment` where it was none of this statement, or came back already; `pay.no_fee` where a fee is to be taken back
/// and none was noted; `pay.future`, `pay.before`.
pub fn note_returned_payment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (number, payment): (i64, u64),
    new: NewReturn,
    moment: Moment,
) -> Result<Returned, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    load(&mut scope, number)?;
    let row = match new.what {
        CameBack::Payment => Vec::new(),
        CameBack::Row => beside(&mut scope, number, payment)?,
    };
    let with = row.iter().filter(|other| other.came_back);
    let with = with.map(|other| (other.statement, other.payment));
    let mut has_fee = false;
    for of in [(number, payment)].into_iter().chain(with) {
        has_fee |= take_back(&mut scope, (actor, moment), of, new)?;
    }
    if new.fee_back && !has_fee {
        return Err(PayError::NoFee(payment).into());
    }
    let detail = detail(&mut scope, number)?;
    Ok(Returned { detail, row })
}

/// What became of the other statements that stood in one row with a statement, in the last file before its payment.
fn beside(scope: &mut Scope<'_, '_>, number: i64, payment: u64) -> Result<Vec<Beside>, Error> {
    let before = i64::try_from(payment).unwrap_or(i64::MAX);
    let (mut own, mut others) = (None, Vec::new());
    for row in list_row(scope, number, before)? {
        let written = u64::try_from(row.postings).unwrap_or(0);
        let mut made = payments_of(&list_payments(scope, row.statement)?)?;
        made.retain(|made| made.posting > written);
        if row.statement == number {
            own = paid_by(&row, &made).filter(|(posting, _)| *posting == payment);
            continue;
        }
        others.push((row, made));
    }
    let mut found = Vec::new();
    for (row, made) in others {
        let its = paid_by(&row, &made).filter(|(_, day)| own.is_some_and(|it| it.1 == *day));
        let standing = made.iter().filter(|made| made.came_back.is_none());
        found.extend(standing.map(|made| Beside {
            statement: row.statement,
            payment: made.posting,
            day: made.payment.day,
            came_back: its.is_some_and(|(posting, _)| posting == made.posting),
        }));
    }
    Ok(found)
}

/// The payment that a row of a file made, and its day: the first since the file was written, where it is as much as stood there.
fn paid_by(row: &PayFileRow, since: &[PaymentMade]) -> Option<(u64, Day)> {
    let first = since.first()?;
    let amount = first.payment.amount;
    let is_its = to_minor_text(amount.amount, amount.currency) == row.amount;
    is_its.then_some((first.posting, first.payment.day))
}

/// Whether its fee was taken back, too.
fn take_back(
    scope: &mut Scope<'_, '_>,
    (actor, moment): (&Actor, Moment),
    (number, payment): (i64, u64),
    new: NewReturn,
) -> Result<bool, Error> {
    let row = load(scope, number)?;
    let (payments, amount) = paid_so_far(scope, &row)?.without(payment)?;
    let today = today_in(scope, moment)?;
    let statement = u64::try_from(number).unwrap_or(0);
    let day = new.day.unwrap_or(today);
    let made = payments_of(&list_payments(scope, number)?)?;
    let made = made.iter().find(|made| made.posting == payment);
    let fee = made.and_then(|made| made.payment.fee);
    let fee = fee.filter(|_| new.fee_back);
    if let Some(made) = made {
        within(day, (made.payment.day, "the day it was made"), today)?;
    }
    let posted = Posted::PaymentReturned {
        person: record(row.person_id),
        statement,
        of: payment,
        amount,
        day,
        fee,
    };
    append(scope, posted, moment.now)?;
    settle(scope, row, &payments)?;
    let told = match fee {
        None => amount.to_string(),
        Some(fee) => format!("{amount}, and its fee of {fee}"),
    };
    let what = reference(statement);
    note(scope, actor, moment, "return_payment", what, told)?;
    Ok(fee.is_some())
}
