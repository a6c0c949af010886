//! A statement as a table: for the person it is of, and so without a word about anybody else or about the owner's hour.

use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Line, Quantity, RecordId, Statement, reference};
use rust_decimal::Decimal;

use crate::csv::{guarded, push_row};

const HEADER: [&str; 10] = [
    "reference",
    "day",
    "activity",
    "line",
    "takes_back",
    "quantity",
    "unit",
    "price",
    "currency",
    "amount",
];

/// The lines of a statement as CSV; the last ones say what was carried over, and the sum. `activity` names an activity.
#[must_use]
pub fn to_csv(statement: &Statement, activity: &dyn Fn(RecordId) -> String) -> String {
    let mut out = String::new();
    push_row(&mut out, &HEADER);
    let (reference, currency) = (reference(statement.number), statement.sum.currency);
    let money = |amount: Decimal| to_minor_text(amount, currency);
    for line in &statement.lines {
        let terms = line.earned.terms;
        let cells = [
            reference.clone(),
            line.earned.day.to_string(),
            guarded(&activity(line.earned.activity)),
            line.posting.to_string(),
            line.reverses.map(|of| of.to_string()).unwrap_or_default(),
            quantity(line),
            terms.unit.word().to_owned(),
            money(terms.price.amount),
            currency.to_string(),
            money(line.amount.amount),
        ];
        push_row(&mut out, &cells);
    }
    let mut sum = |what: &str, amount: Decimal| {
        let mut cells = vec![reference.clone(), statement.period.to.to_string()];
        cells.push(what.to_owned());
        cells.extend(std::iter::repeat_n(String::new(), 5));
        cells.extend([currency.to_string(), money(amount)]);
        push_row(&mut out, &cells);
    };
    let carried = statement.carried.amount;
    if !carried.is_zero() {
        sum("(carried over)", carried);
    }
    sum("(sum)", statement.sum.amount + carried);
    out
}

/// Hours to the sixth digit, times as they are, and parts of a month as days.
fn quantity(line: &Line) -> String {
    match line.earned.quantity {
        Quantity::Time(time) => time.hours().round_dp(6).normalize().to_string(),
        Quantity::Times(times) => times.to_string(),
        Quantity::Days { days, of } => format!("{days} of {of} days"),
    }
}
