//! Postings as rows, and rows as postings.

use std::collections::BTreeMap;

use jiff::Timestamp;
use offdesk_domain::money::{Money, to_minor_text};
use offdesk_domain::pay::{
    Billed, Earned, Exact, Exchange, Hash, Payment, Posted, Posting, Quantity, Rounding, Stated,
};
use offdesk_domain::person::Terms;
use offdesk_domain::time::Period;
use offdesk_domain::{Day, Seconds};
use offdesk_store::Uuid;
use offdesk_store::pay::postings::{ExchangeRow, PostingRow};
use offdesk_store::pay::statements::StatementRow;

use super::record;
use crate::error::{Error, ErrorKind};

/// Statements with the postings they take.
pub(super) struct Statements {
    rows: BTreeMap<i64, StatementRow>,
    taken: BTreeMap<i64, Vec<u64>>,
}

impl Statements {
    /// Of rows, and of pairs of a statement and a posting.
    pub(super) fn of(rows: Vec<StatementRow>, pairs: Vec<(i64, i64)>) -> Self {
        let mut taken: BTreeMap<i64, Vec<u64>> = BTreeMap::new();
        for (statement, posting) in pairs {
            let postings = taken.entry(statement).or_default();
            postings.extend(u64::try_from(posting));
        }
        taken
            .values_mut()
            .for_each(|postings| postings.sort_unstable());
        Self {
            rows: rows.into_iter().map(|row| (row.number, row)).collect(),
            taken,
        }
    }
}

/// The row of a posting.
pub(super) fn row_of(posting: &Posting) -> Result<PostingRow, Error> {
    let number = |number: u64| {
        let large = |_| Error::new(ErrorKind::Failed, "pay.too_large", "the ledger is full");
        i64::try_from(number).map_err(large)
    };
    let posted = &posting.posted;
    let mut row = PostingRow {
        number: number(posting.number)?,
        at: posting.at.as_microsecond(),
        kind: posted.word().to_owned(),
        person_id: Uuid::from_bytes(posted.person().0),
        currency: posted.currency().to_string(),
        of_number: None,
        statement: None,
        handoff_id: None,
        activity_id: None,
        assignment_id: None,
        day: None,
        counted: None,
        quantity: None,
        quantity_of: None,
        unit: None,
        amount: None,
        fee: None,
        exchange: None,
        note: String::new(),
        hash: posting.hash.0.to_vec(),
    };
    match posted {
        Posted::Earned(earned) => put_earned(&mut row, earned),
        Posted::Reversed { of, earned, why } => {
            row.note.clone_from(why);
            row.of_number = Some(number(*of)?);
            put_earned(&mut row, earned);
        }
        Posted::Stated(stated) => row.statement = Some(number(stated.number)?),
        Posted::Paid {
            statement, payment, ..
        } => {
            row.statement = Some(number(*statement)?);
            put_payment(&mut row, payment);
        }
        Posted::PaymentReturned {
            statement,
            of,
            amount,
            day,
            fee,
            ..
        } => {
            row.statement = Some(number(*statement)?);
            row.of_number = Some(number(*of)?);
            row.amount = Some(text(*amount));
            row.day = Some(day.0.into());
            row.fee = fee.map(|fee| (text(fee), fee.currency.to_string()));
        }
    }
    Ok(row)
}

fn put_earned(row: &mut PostingRow, earned: &Earned) {
    row.handoff_id = Some(Uuid::from_bytes(earned.handoff.0));
    row.activity_id = Some(Uuid::from_bytes(earned.activity.0));
    row.assignment_id = earned.assignment.map(|id| Uuid::from_bytes(id.0));
    row.day = Some(earned.day.0.into());
    row.counted = Some(earned.quantity.word().to_owned());
    (row.quantity, row.quantity_of) = match earned.quantity {
        Quantity::Time(time) => (Some(time.0), None),
        Quantity::Times(times) => (Some(times.into()), None),
        Quantity::Days { days, of } => (Some(days.into()), Some(of.into())),
    };
    row.unit = Some(earned.terms.unit.word().to_owned());
    row.amount = Some(text(earned.terms.price));
}

fn put_payment(row: &mut PostingRow, payment: &Payment) {
    row.day = Some(payment.day.0.into());
    row.amount = Some(text(payment.amount));
    row.fee = payment.fee.map(|fee| (text(fee), fee.currency.to_string()));
    row.exchange = payment.exchange.as_ref().map(|it| ExchangeRow {
        sent: text(it.sent),
        currency: it.sent.currency.to_string(),
        rate: it.rate.normalize().to_string(),
        day: it.day.0.into(),
        source: it.source.clone(),
    });
    row.note.clone_from(&payment.note);
}

fn text(amount: Money) -> String {
    to_minor_text(amount.amount, amount.currency)
}

/// The posting of a row; `before` are those before it.
pub(super) fn posting_of(
    row: &PostingRow,
    statements: &Statements,
    before: &[Posting],
) -> Result<Posting, String> {
    let of = || number(row.of_number);
    let person = record(row.person_id);
    let posted = match row.kind.as_str() {
        "earned" => Posted::Earned(earned_of(row)?),
        "reversed" => Posted::Reversed {
            of: of()?,
            earned: earned_of(row)?,
            why: row.note.clone(),
        },
        "stated" => Posted::Stated(stated_of(row, statements, before)?),
        "paid" => Posted::Paid {
            person,
            statement: number(row.statement)?,
            payment: payment_of(row)?,
        },
        "payment_returned" => Posted::PaymentReturned {
            person,
            statement: number(row.statement)?,
            of: of()?,
            amount: money(row.amount.as_deref(), &row.currency)?,
            day: day(row.day)?,
            fee: fee_of(row)?,
        },
        kind => return Err(format!("\"{kind}\" is no kind")),
    };
    let hash = <[u8; 32]>::try_from(row.hash.as_slice());
    Ok(Posting {
        number: number(Some(row.number))?,
        at: Timestamp::from_microsecond(row.at).map_err(|error| error.to_string())?,
        posted,
        hash: Hash(hash.map_err(|_| "its hash has no 32 bytes")?),
    })
}

fn earned_of(row: &PostingRow) -> Result<Earned, String> {
    let id = |id: Option<Uuid>| id.map(record).ok_or("an id is missing");
    let whole = |number: Option<i64>| {
        let number = number.ok_or("a quantity is missing")?;
        u32::try_from(number).map_err(|_| "a quantity is no number of ours")
    };
    let quantity = match row.counted.as_deref() {
        Some("seconds") => Quantity::Time(Seconds(row.quantity.ok_or("a time is missing")?)),
        Some("times") => Quantity::Times(whole(row.quantity)?),
        Some("days") => Quantity::Days {
            days: whole(row.quantity)?,
            of: whole(row.quantity_of)?,
        },
        _ => return Err("it does not say what is counted".to_owned()),
    };
    let unit = row.unit.as_deref().unwrap_or_default();
    let amount = row.amount.as_deref().unwrap_or_default();
    Ok(Earned {
        person: record(row.person_id),
        handoff: id(row.handoff_id)?,
        activity: id(row.activity_id)?,
        assignment: row.assignment_id.map(record),
        day: day(row.day)?,
        quantity,
        terms: Terms::typed(unit, amount, &row.currency).map_err(|error| error.to_string())?,
    })
}

pub(super) fn payment_of(row: &PostingRow) -> Result<Payment, String> {
    let exchange = row.exchange.as_ref().map(|it| {
        Ok::<_, String>(Exchange {
            sent: money(Some(&it.sent), &it.currency)?,
            rate: it.rate.parse().map_err(|_| "its rate is no number")?,
            day: day(Some(it.day))?,
            source: it.source.clone(),
        })
    });
    Ok(Payment {
        amount: money(row.amount.as_deref(), &row.currency)?,
        day: day(row.day)?,
        fee: fee_of(row)?,
        exchange: exchange.transpose()?,
        note: row.note.clone(),
    })
}

fn fee_of(row: &PostingRow) -> Result<Option<Money>, String> {
    let fee = row.fee.as_ref();
    fee.map(|(fee, currency)| money(Some(fee), currency))
        .transpose()
}

/// A statement's sum before rounding is reckoned from its postings; it is not kept.
fn stated_of(
    row: &PostingRow,
    statements: &Statements,
    before: &[Posting],
) -> Result<Stated, String> {
    let number = row.statement.unwrap_or_default();
    let statement = statements
        .rows
        .get(&number)
        .ok_or("its statement is missing")?;
    let postings = statements.taken.get(&number).cloned().unwrap_or_default();
    let sum = money(Some(&statement.sum), &statement.currency)?;
    let mut exact = Exact::zero(sum.currency);
    for posting in &postings {
        let place = usize::try_from(posting.saturating_sub(1)).unwrap_or(usize::MAX);
        let taken = before.get(place).ok_or("it takes what comes after it")?;
        let owed = taken.posted.owed().map_err(|error| error.to_string())?;
        exact = exact.plus(owed).map_err(|error| error.to_string())?;
    }
    Ok(Stated {
        number: self::number(Some(number))?,
        person: record(statement.person_id),
        period: Period {
            from: day(Some(statement.days.0))?,
            to: day(Some(statement.days.1))?,
        },
        rounding: Rounding::of(&statement.rounding).ok_or("its rounding is no rule")?,
        postings,
        exact,
        sum,
        carried: money(Some(&statement.carried), &statement.currency)?,
        bill: statement
            .bill
            .as_ref()
            .map(|(number, tax)| {
                Ok::<_, String>(Billed {
                    number: number.clone(),
                    tax: money(Some(tax), &statement.currency)?,
                })
            })
            .transpose()?,
    })
}

fn number(number: Option<i64>) -> Result<u64, String> {
    let number = number.and_then(|number| u64::try_from(number).ok());
    number.ok_or_else(|| "a number is missing".to_owned())
}

fn day(number: Option<i64>) -> Result<Day, String> {
    let day = number.and_then(Day::from_number);
    day.ok_or_else(|| "a day is missing".to_owned())
}

fn money(amount: Option<&str>, currency: &str) -> Result<Money, String> {
    let amount = amount.and_then(|amount| amount.parse().ok());
    let amount = amount.ok_or("an amount is no number")?;
    let currency = currency.parse();
    Ok(Money::new(
        amount,
        currency.map_err(|_| "a currency is none")?,
    ))
}
