//! Tables that leave offdesk, in one form for both kinds of file: CSV, and a workbook (XLSX) whose numbers, dates and amounts are cells
//! of their kind. A text is only ever a text: no cell of either is run as a formula.

use jiff::Timestamp;
use offdesk_domain::money::{Money, to_minor_text};
use offdesk_domain::{Day, Seconds};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::csv::{guarded, push_row};
use crate::error::{Error, ErrorKind};

/// The media type of a workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The widest column, in pixels; what is longer is cut on the screen only.
const WIDEST: u32 = 420;

/// So many seconds a day of a workbook has.
const A_DAY: f64 = 86_400.0;

/// The first day that a workbook counts: 1900-03-01. Before it Excel counts a day that never was.
const FIRST_DAY: Day = Day(-25_508);

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// An amount; its currency stands in a column of its own too.
    Money(Money),
    /// A day.
    Day(Day),
    /// A length of time: in CSV as a clock counts it, in a workbook a time.
    Clock(Seconds),
    /// A length of time: in CSV whole seconds, in a workbook a time.
    Seconds(Seconds),
    /// A length of time: in CSV hours, in a workbook a time.
    Hours(Decimal),
}

impl Cell {
    /// The cell of a text.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The cell of a whole number.
    #[must_use]
    pub fn number(number: impl Into<Decimal>) -> Self {
        Self::Number(number.into())
    }

    fn in_csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => guarded(text),
            Self::Number(number) => number.normalize().to_string(),
            Self::Money(money) => to_minor_text(money.amount, money.currency),
            Self::Day(day) => day.to_string(),
            Self::Clock(time) => time.in_clock(),
            Self::Seconds(time) => time.0.to_string(),
            Self::Hours(hours) => hours.normalize().to_string(),
        }
    }
}

/// A table: a row of names, and rows of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The name of the sheet in a workbook.
    pub name: &'static str,
    /// The names of the columns.
    pub columns: &'static [&'static str],
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table as CSV.
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        push_row(&mut out, self.columns);
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Cell::in_csv).collect();
            push_row(&mut out, &cells);
        }
        out
    }

    /// The table as a workbook with one sheet.
    ///
    /// # Errors
    /// As [`to_xlsx`].
    pub fn to_xlsx(&self, now: Timestamp) -> Result<Vec<u8>, Error> {
        to_xlsx(std::slice::from_ref(self), now)
    }
}

/// A workbook with a sheet for each table. The same tables written at the same moment are the same file.
///
/// # Errors
/// `write.workbook` where they do not fit into a workbook, whose sheets have 1,048,576 rows.
pub fn to_xlsx(tables: &[Table], now: Timestamp) -> Result<Vec<u8>, Error> {
    workbook(tables, now).map_err(|why| {
        Error::new(
            ErrorKind::Invalid,
            "write.workbook",
            format!("this does not fit into a workbook: {why}"),
        )
        .hint("take it as CSV")
    })
}

fn workbook(tables: &[Table], now: Timestamp) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_timestamp(now.as_second())?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let bold = Format::new().set_bold();
    for table in tables {
        let sheet = workbook.add_worksheet();
        sheet.set_name(table.name)?;
        for (column, name) in (0_u16..).zip(table.columns) {
            // A time is of no unit.
            let name = name.strip_suffix("_seconds").unwrap_or(name);
            sheet.write_string_with_format(0, column, name, &bold)?;
        }
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                write_cell(sheet, (row, column), cell)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_autofit_max_width(WIDEST);
        sheet.autofit();
    }
    workbook.save_to_buffer()
}

fn write_cell(sheet: &mut Worksheet, at: (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
    let (row, column) = at;
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Number(number) => match exactly(*number) {
            Some(number) => {
                sheet.write_number(row, column, number)?;
            }
            None => {
                sheet.write_string(row, column, cell.in_csv())?;
            }
        },
        Cell::Money(money) => match exactly(money.amount) {
            Some(amount) => {
                sheet.write_number_with_format(row, column, amount, &amounts(*money))?;
            }
            None => {
                sheet.write_string(row, column, cell.in_csv())?;
            }
        },
        Cell::Day(day) => match serial(*day) {
            Some(date) => {
                let format = Format::new().set_num_format("yyyy\\-mm\\-dd");
                sheet.write_datetime_with_format(row, column, date, &format)?;
            }
            None => {
                sheet.write_string(row, column, day.to_string())?;
            }
        },
        Cell::Clock(time) | Cell::Seconds(time) => write_time(sheet, at, Decimal::from(time.0))?,
        Cell::Hours(hours) => {
            let seconds = hours.checked_mul(Decimal::from(3_600)).unwrap_or(*hours);
            write_time(sheet, at, seconds)?;
        }
    }
    Ok(())
}

/// A length of time as a workbook counts it: a part of a day. It has none below nothing, so that is a text.
fn write_time(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    seconds: Decimal,
) -> Result<(), XlsxError> {
    let whole = Seconds(seconds.round().to_i64().unwrap_or(i64::MAX));
    match seconds.to_f64().filter(|_| !seconds.is_sign_negative()) {
        Some(time) => {
            let shown = if whole.0 % 60 == 0 {
                "[h]:mm"
            } else {
                "[h]:mm:ss"
            };
            let format = Format::new().set_num_format(shown);
            sheet.write_number_with_format(row, column, time / A_DAY, &format)?;
        }
        None => {
            sheet.write_string(row, column, whole.in_clock())?;
        }
    }
    Ok(())
}

/// How amounts of a currency are shown: with its digits, and its code behind them.
fn amounts(money: Money) -> Format {
    let digits = usize::try_from(money.currency.minor_digits()).unwrap_or(0);
    let zeros = "0".repeat(digits);
    let point = if digits == 0 { "" } else { "." };
    Format::new().set_num_format(format!("#,##0{point}{zeros}\\ [${}]", money.currency))
}

/// A number as a workbook keeps it, which is fifteen digits; `None` where it would become another one.
fn exactly(number: Decimal) -> Option<f64> {
    let digits = number.normalize().mantissa().unsigned_abs();
    if digits >= 1_000_000_000_000_000 {
        return None;
    }
    number.to_f64()
}

fn serial(day: Day) -> Option<ExcelDateTime> {
    if day < FIRST_DAY {
        return None;
    }
    let date = day.date();
    let year = u16::try_from(date.year()).ok()?;
    let month = u8::try_from(date.month()).ok()?;
    let of_month = u8::try_from(date.day()).ok()?;
    ExcelDateTime::from_ymd(year, month, of_month).ok()
}

#[cfg(test)]
mod tests;
