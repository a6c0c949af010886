//! Payments are noted: whole, in parts, exchanged, with a fee. offdesk moves no money itself.

use offdesk_domain::Day;
use offdesk_domain::money::{MOST_AMOUNT, Money, to_minor_text, typed_amount, typed_number};
use offdesk_domain::pay::{Exchange, PayError, Payment, Payments, Posted, reference};
use offdesk_store::pay::statements::{StatementRow, update_statement};
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;

use super::earning::{not_to_come, today_in};
use super::filed::filed_of;
use super::ledger::{append, head, record};
use super::netting::Netting;
use super::payments::paid_so_far;
use super::statements::{StatementDetail, StatementSummary, detail, load, summaries};
use super::{already_paid, money_of};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::near::near;

/// A payment as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewPayment {
    /// What the person gets; where nothing is said all that is owed, or what stands in the pay file that the statement is in.
    pub amount: Option<String>,
    /// On which day; today where nothing is said.
    pub day: Option<Day>,
    /// What it cost besides, in the currency that was sent, or else that of the statement.
    pub fee: Option<String>,
    /// What left the account, and in which currency, where it was exchanged.
    pub sent: Option<(String, String)>,
    /// The statement's currency for one unit of what was sent; reckoned from the amounts where nothing is said.
    pub rate: Option<String>,
    /// The day of the rate; that of the payment where nothing is said.
    pub rate_day: Option<Day>,
    /// Who says so.
    pub source: String,
    /// A note for oneself.
    pub note: String,
}

/// How money that changed hands is noted of a statement: [`note_payment`] or [`super::note_refund`].
pub type Noting =
    fn(&mut Tx<'_>, &Actor, i64, &NewPayment, Moment) -> Result<StatementDetail, Error>;

/// Notes a payment of a statement.
///
/// # Errors
/// `pay.no_statement`, `pay.too_much`, `pay.amount`, and what is wrong with its figures.
pub fn note_payment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    new: &NewPayment,
    moment: Moment,
) -> Result<StatementDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = load(&mut scope, number)?;
    pay(&mut scope, actor, row, new, moment)?;
    detail(&mut scope, number)
}

/// Notes that all that is owed of several statements was paid on one day, of each that is in a pay file what stands there: all of them or none.
///
/// # Errors
/// As [`note_payment`]; `pay.none_chosen` where none is named.
pub fn note_paid_in_full(
    tx: &mut Tx<'_>,
    actor: &Actor,
    numbers: &[i64],
    day: Option<Day>,
    moment: Moment,
) -> Result<Vec<StatementSummary>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    if numbers.is_empty() {
        return Err(
            Error::invalid("statement", "pay.none_chosen", "no statement is chosen")
                .hint("choose at least one"),
        );
    }
    let new = NewPayment {
        day,
        ..NewPayment::default()
    };
    let mut rows = Vec::with_capacity(numbers.len());
    for number in numbers {
        let row = load(&mut scope, *number)?;
        rows.push(pay(&mut scope, actor, row, &new, moment)?);
    }
    summaries(&mut scope, rows)
}

pub(super) fn pay(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: StatementRow,
    new: &NewPayment,
    moment: Moment,
) -> Result<StatementRow, Error> {
    let payments = paid_so_far(scope, &row)?;
    let mut owed = payments.owed()?;
    if owed.amount.is_zero() {
        return Err(match payments.below()?.amount.is_zero() {
            true => already_paid(row.number),
            false => below_nothing(row.number),
        });
    }
    let netting = Netting::of(scope, row.person_id, &row.currency)?;
    if let Some(taken) = netting.taken_off(row.number) {
        owed.amount -= taken.amount;
        // What left the account is noted, also where it was too much.
        if owed.amount.is_zero() && typed(new.amount.as_deref()).is_none() {
            return Err(settled(row.number, taken));
        }
    }
    if let Some(filed) = filed_of(scope, row.number)? {
        // The bank was told this much.
        let sent = money_of(&filed.amount, &row.currency)?;
        owed.amount = sent.amount.min(payments.owed()?.amount);
    }
    let today = today_in(scope, moment)?;
    let payment = new.read(owed, today)?;
    put_down(scope, (actor, moment), row, (payments, payment))
}

/// Posts a payment, and notes how its statement stands then.
pub(super) fn put_down(
    scope: &mut Scope<'_, '_>,
    (actor, moment): (&Actor, Moment),
    row: StatementRow,
    (payments, payment): (Payments, Payment),
) -> Result<StatementRow, Error> {
    let today = today_in(scope, moment)?;
    let first = super::statements::day(row.days.0)?;
    within(payment.day, (first, "the first day of its period"), today)?;
    // The number its posting will have.
    let next = head(scope)?.count.saturating_add(1);
    let payments = payments.with(next, &payment)?;
    let statement = u64::try_from(row.number).unwrap_or(0);
    let told = payment.amount.to_string();
    let posted = Posted::Paid {
        person: record(row.person_id),
        statement,
        payment,
    };
    append(scope, posted, moment.now)?;
    let row = settle(scope, row, &payments)?;
    let what = reference(statement);
    note(scope, actor, moment, "note_payment", what, told)?;
    Ok(row)
}

fn below_nothing(number: i64) -> Error {
    let reference = reference(u64::try_from(number).unwrap_or(0));
    let message = format!("{reference} is below nothing: it is owed back, and not to be paid");
    Error::new(ErrorKind::Conflict, "pay.below", message)
        .hint("it is taken off what is earned next; note what was paid back as a refund")
}

fn settled(number: i64, taken: Money) -> Error {
    let reference = reference(u64::try_from(number).unwrap_or(0));
    let message = format!("nothing is owed of {reference}: {taken} is owed back and taken off it");
    Error::new(ErrorKind::Conflict, "pay.settled", message)
        .hint("name the amount if you paid it all the same")
}

/// A payment is of no day to come, and of none before a first one.
pub(super) fn within(day: Day, (first, why): (Day, &str), today: Day) -> Result<(), Error> {
    not_to_come("day", day, today)?;
    if day >= first {
        return Ok(());
    }
    let message = format!("{day} is before {first}, {why}");
    Err(Error::invalid("day", "pay.before", message).hint("name the day on which it was paid"))
}

/// Notes how a statement stands after its payments.
pub(super) fn settle(
    scope: &mut Scope<'_, '_>,
    row: StatementRow,
    payments: &Payments,
) -> Result<StatementRow, Error> {
    let owed = payments.owed()?;
    let row = StatementRow {
        state: payments.state()?.word().to_owned(),
        owed: to_minor_text(owed.amount, owed.currency),
        ..row
    };
    update_statement(scope, &row).map_err(on_conflict(|| {
        Error::new(
            ErrorKind::Conflict,
            "pay.changed",
            "something was paid of this statement since you opened it",
        )
        .hint("look at it again, then repeat what you wanted")
    }))?;
    Ok(StatementRow {
        version: row.version + 1,
        ..row
    })
}

impl NewPayment {
    /// The payment as the rules see it.
    pub(super) fn read(&self, owed: Money, today: Day) -> Result<Payment, Error> {
        let day = self.day.unwrap_or(today);
        let amount = match typed(self.amount.as_deref()) {
            None => owed,
            Some(text) => amount_of("amount", text, &owed.currency.to_string())?,
        };
        let sent = match &self.sent {
            Some((sent, currency)) if !sent.trim().is_empty() => {
                Some(amount_of("sent", sent, currency)?)
            }
            _ => None,
        };
        let fee_currency = sent.map_or(owed.currency, |sent| sent.currency);
        let fee = typed(self.fee.as_deref())
            .map(|fee| amount_of("fee", fee, &fee_currency.to_string()))
            .transpose()?;
        let exchange = sent
            .map(|sent| self.exchange(sent, amount, (day, today)))
            .transpose()?;
        let payment = Payment {
            amount,
            day,
            fee,
            exchange,
            note: self.note.trim().to_owned(),
        };
        if amount.amount <= Decimal::ZERO {
            return Err(PayError::NotPositive(amount).into());
        }
        payment.check()?;
        payment.check_fee()?;
        Ok(payment)
    }

    fn exchange(
        &self,
        sent: Money,
        amount: Money,
        (day, today): (Day, Day),
    ) -> Result<Exchange, Error> {
        let rate = match typed(self.rate.as_deref()) {
            Some(text) => typed_number(text).map_err(|why| not_understood("rate", text, &why))?,
            None => amount
                .amount
                .checked_div(sent.amount)
                .ok_or(PayError::NotPositive(sent))?
                .round_dp(8),
        };
        in_reach("rate", rate)?;
        Ok(Exchange {
            sent,
            rate,
            day: near("rate_day", self.rate_day.unwrap_or(day), today)?,
            source: self.source.trim().to_owned(),
        })
    }
}

fn typed(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// A typed amount in a currency; no larger than an export of it may be.
pub(crate) fn amount_of(field: &'static str, text: &str, currency: &str) -> Result<Money, Error> {
    let currency = currency.trim().to_uppercase();
    let amount = typed_amount(text, currency.parse().ok())
        .map_err(|why| not_understood(field, text, &why))?;
    in_reach(field, amount)?;
    let currency = currency
        .parse()
        .map_err(|error: offdesk_domain::money::MoneyError| {
            Error::invalid(field, "pay.currency", error.to_string())
                .hint("write its three letters, such as EUR")
        })?;
    Ok(Money::new(amount, currency))
}

/// Refuses a figure that an import would not take.
pub(crate) fn in_reach(field: &'static str, figure: Decimal) -> Result<(), Error> {
    if figure.abs() <= MOST_AMOUNT {
        return Ok(());
    }
    let message = format!("an amount is at most {MOST_AMOUNT}");
    Err(Error::invalid(field, "pay.too_large", message).hint("look for a mistyped figure"))
}

fn not_understood(field: &'static str, text: &str, why: &str) -> Error {
    let shown = offdesk_import::problem::shown(text);
    let message = format!("\"{shown}\" is no amount: {why}");
    Error::invalid(field, "pay.amount", message).hint("write a number such as 1250.50")
}
