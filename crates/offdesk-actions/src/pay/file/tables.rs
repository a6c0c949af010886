//! Pay files that are tables: a plain one, and those for PayPal's payouts, Wise's and Payoneer's batch payments.
//!
//! Columns are those that the services describe in their help: PayPal's has no header, the others are told by theirs.

use offdesk_domain::Currency;
use offdesk_domain::pay::Details;
use offdesk_domain::pay::file::{Due, Kind, Payer};

use crate::csv::{disarmed, push_row};
use crate::sheet::{Cell, Table};

const PLAIN: [&str; 9] = [
    "name",
    "email",
    "currency",
    "amount",
    "reference",
    "pay_on",
    "method",
    "account",
    "bic",
];
const WISE: [&str; 8] = [
    "name",
    "recipientEmail",
    "paymentReference",
    "receiverType",
    "amountCurrency",
    "amount",
    "sourceCurrency",
    "targetCurrency",
];
const PAYONEER: [&str; 4] = ["Recipient email", "Amount", "Currency", "Description"];

/// A cell of people, who may read a long one.
const PLAIN_LONGEST: usize = 1_000;
/// A note with PayPal may be longer; this is enough for a year of statements.
const PAYPAL_LONGEST: usize = 500;
/// As much as bank transfers carry everywhere.
const PAYONEER_LONGEST: usize = 35;

/// The longest reference of a transfer with Wise: what the usual local transfers of a currency carry.
fn wise_longest(currency: Currency) -> usize {
    match currency.code() {
        "USD" => 10,
        "GBP" => 18,
        _ => 35,
    }
}

/// For people and spreadsheets; nobody has to have payment details.
pub(super) fn plain(payer: &Payer, rows: &[Due]) -> Table {
    let rows = rows.iter().map(|row| {
        let (method, account, bic) = match &row.details {
            Some(Details::Bank { iban, bic, .. }) => (
                "bank",
                iban.plain().to_owned(),
                bic.map(|bic| bic.to_string()).unwrap_or_default(),
            ),
            Some(
                details @ (Details::PayPal { email }
                | Details::Wise { email }
                | Details::Payoneer { email }),
            ) => (details.word(), email.clone(), String::new()),
            None => ("", String::new(), String::new()),
        };
        vec![
            Cell::text(&row.name),
            Cell::text(row.email.as_deref().unwrap_or_default()),
            Cell::text(row.amount.currency.to_string()),
            Cell::Money(row.amount),
            Cell::text(row.purpose(PLAIN_LONGEST, str::to_owned)),
            Cell::Day(payer.day),
            Cell::text(method),
            Cell::Text(account),
            Cell::Text(bic),
        ]
    });
    Table {
        name: "pay",
        columns: &PLAIN,
        rows: rows.collect(),
    }
}

/// Address, amount, currency, number of the customer, note, wallet.
pub(super) fn paypal(rows: &[Due]) -> String {
    let mut out = String::new();
    for row in rows {
        let cells = [
            address(row),
            amount(Kind::PayPal, row),
            row.amount.currency.to_string(),
            row.reference().to_owned(),
            disarmed(&row.purpose(PAYPAL_LONGEST, disarmed)),
            "PayPal".to_owned(),
        ];
        push_row(&mut out, &cells);
    }
    out
}

/// Amounts are what the person gets, so fees are paid on top.
pub(super) fn wise(payer: &Payer, rows: &[Due]) -> String {
    let has_ibans = rows
        .iter()
        .any(|row| matches!(row.details, Some(Details::Bank { .. })));
    let mut columns = WISE.to_vec();
    columns.extend(has_ibans.then_some("IBAN"));
    let mut out = String::new();
    push_row(&mut out, &columns);
    for row in rows {
        let (name, email, iban) = match &row.details {
            Some(Details::Bank { holder, iban, .. }) => {
                (holder, row.email.as_deref(), Some(iban.plain().to_owned()))
            }
            _ => (&row.name, None, None),
        };
        let email = email.map_or_else(|| address(row), disarmed);
        let receiver = if row.is_business {
            "INSTITUTION"
        } else {
            "PERSON"
        };
        let mut cells = vec![
            disarmed(name),
            email,
            disarmed(&row.purpose(wise_longest(row.amount.currency), disarmed)),
            receiver.to_owned(),
            "target".to_owned(),
            amount(Kind::Wise, row),
            payer.currency.to_string(),
            row.amount.currency.to_string(),
        ];
        cells.extend(iban);
        push_row(&mut out, &cells);
    }
    out
}

/// Address, amount, currency, description.
pub(super) fn payoneer(rows: &[Due]) -> String {
    let mut out = String::new();
    push_row(&mut out, &PAYONEER);
    for row in rows {
        let cells = [
            address(row),
            amount(Kind::Payoneer, row),
            row.amount.currency.to_string(),
            disarmed(&row.purpose(PAYONEER_LONGEST, disarmed)),
        ];
        push_row(&mut out, &cells);
    }
    out
}

/// The address of an account; such addresses begin with a letter or digit, so no spreadsheet runs them.
fn address(row: &Due) -> String {
    match &row.details {
        Some(Details::PayPal { email } | Details::Wise { email } | Details::Payoneer { email }) => {
            email.clone()
        }
        _ => String::new(),
    }
}

/// With as many digits as the reader takes; the check has made sure that no others are lost.
fn amount(kind: Kind, row: &Due) -> String {
    let mut amount = row.amount.amount.normalize();
    amount.rescale(kind.digits(row.amount.currency));
    amount.to_string()
}
