//! The numbers of the pictures of a decision, as tables.

use rust_decimal::Decimal;

use super::Answer;
use crate::sheet::{Cell, Table};

/// A figure as the tables have it: to the cent.
fn figure(figure: f64) -> Cell {
    Cell::Number(Decimal::try_from(figure).unwrap_or_default().round_dp(2))
}

/// A row for each week from week 0 on: the sum since the beginning, and between which two it lies in nine of ten cases.
#[must_use]
pub fn course_table(answer: &Answer) -> Table {
    let rows = (0_u32..).zip(&answer.course).map(|(week, sum)| {
        let at = usize::try_from(week).unwrap_or(usize::MAX);
        let (low, high) = match answer.band.get(at) {
            Some((low, high)) => (figure(*low), figure(*high)),
            None => (Cell::Empty, Cell::Empty),
        };
        vec![Cell::number(week), figure(*sum), low, high]
    });
    Table {
        name: "course",
        columns: &["week", "sum", "low", "high"],
        rows: rows.collect(),
    }
}

/// A row for each number in doubt: the net value at its low and at its high end, the widest first.
#[must_use]
pub fn matters_table(answer: &Answer) -> Table {
    let rows = answer
        .tornado
        .iter()
        .map(|(input, [low, high])| vec![Cell::text(input.key()), figure(*low), figure(*high)]);
    Table {
        name: "matters",
        columns: &["input", "net_value_low", "net_value_high"],
        rows: rows.collect(),
    }
}
