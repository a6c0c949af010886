//! A statement as a table: for the person it is of, and so without a word about anybody else or about the owner's hour.

use offdesk_domain::money::Money;
use offdesk_domain::pay::{Line, Quantity, RecordId, Statement, reference};
use rust_decimal::Decimal;

use super::About;
use crate::sheet::{Cell, Table};

const HEADER: [&str; 14] = [
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
    "time",
    "assignment",
    "milestone",
    "why",
];

/// The lines of a statement as a table; the last ones say what was carried over, the tax of a bill, and the sum. `activity` names an activity, and `about` says what a
/// line pays.
#[must_use]
pub fn to_table(
    statement: &Statement,
    activity: &dyn Fn(RecordId) -> String,
    about: &dyn Fn(u64) -> About,
) -> Table {
    let (reference, currency) = (reference(statement.number), statement.sum.currency);
    let mut rows = Vec::with_capacity(statement.lines.len().saturating_add(2));
    for line in &statement.lines {
        let (terms, about) = (line.earned.terms, about(line.posting));
        rows.push(vec![
            Cell::text(&reference),
            Cell::Day(line.earned.day),
            Cell::Text(activity(line.earned.activity)),
            Cell::number(line.posting),
            line.reverses.map_or(Cell::Empty, Cell::number),
            quantity(line),
            Cell::text(terms.unit.word()),
            Cell::Money(Money::new(terms.price.amount, currency)),
            Cell::text(currency.to_string()),
            Cell::Money(line.amount),
            time(line),
            about.assignment.map_or(Cell::Empty, Cell::number),
            Cell::text(&about.milestone),
            Cell::text(&about.why),
        ]);
    }
    let mut sum = |what: &str, amount: Decimal| {
        let mut cells = vec![
            Cell::text(&reference),
            Cell::Day(statement.period.to),
            Cell::text(what),
        ];
        cells.extend(std::iter::repeat_n(Cell::Empty, 5));
        cells.push(Cell::text(currency.to_string()));
        cells.push(Cell::Money(Money::new(amount, currency)));
        cells.extend(std::iter::repeat_n(Cell::Empty, 4));
        rows.push(cells);
    };
    let carried = statement.carried.amount;
    if !carried.is_zero() {
        sum("(carried over)", carried);
    }
    let tax = statement
        .bill
        .as_ref()
        .map_or(Decimal::ZERO, |bill| bill.tax.amount);
    if !tax.is_zero() {
        sum("(tax)", tax);
    }
    sum("(sum)", statement.sum.amount + carried + tax);
    Table {
        name: "statement",
        columns: &HEADER,
        rows,
    }
}

/// Hours to the second, as a clock counts them; nothing of what is not counted in hours.
fn time(line: &Line) -> Cell {
    match line.earned.quantity {
        Quantity::Time(time) => Cell::Clock(time),
        _ => Cell::Empty,
    }
}

/// Hours to the sixth digit, times as they are, and parts of a month as days.
fn quantity(line: &Line) -> Cell {
    match line.earned.quantity {
        Quantity::Time(time) => Cell::Number(time.hours().round_dp(6)),
        Quantity::Times(times) => Cell::number(times),
        Quantity::Days { days, of } => Cell::Text(format!("{days} of {of} days")),
    }
}
