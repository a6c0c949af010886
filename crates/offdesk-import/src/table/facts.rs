//! What the whole table says about its dates and numbers: order of day and month, decimal mark, h:mm or mm:ss.

mod order;

use offdesk_domain::Day;

pub use self::order::{range_in_name, totals_period};
use crate::options::{DateOrder, Field, Options};
use crate::problem::Problem;
use crate::table::cell;
use crate::table::csv::Row;
use crate::table::layout::Unit;
use crate::table::plan::Plan;
use crate::table::words;
use crate::text::date::DateText;
use crate::text::duration::DurationStyle;

/// So many rows without any doubt settle a column for now; a later doubt starts the reading again.
const ENOUGH: u64 = 64;

/// Gathered over the rows.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    rows: u64,
    /// Line of a date that can only be day first, and of one that can only be month first.
    dmy_line: Option<u64>,
    mdy_line: Option<u64>,
    open_dates: u64,
    as_dmy: Monotone,
    as_mdy: Monotone,
    first_open: Option<(String, u64)>,
    weekdays: [u64; 2],
    two_parts: u64,
    three_parts: u64,
    comma: u64,
    dot: u64,
    open_comma: u64,
    open_dot: u64,
    /// The first number such as 1.234, of which nobody can tell whether it has decimals or thousands.
    first_open_number: Option<(String, u64)>,
}

/// Whether days run in one direction.
#[derive(Debug, Clone, Default)]
struct Monotone {
    last: Option<Day>,
    rises: u64,
    falls: u64,
}

impl Monotone {
    fn add(&mut self, day: Day) {
        match self.last {
            Some(last) if day > last => self.rises += 1,
            Some(last) if day < last => self.falls += 1,
            _ => {}
        }
        self.last = Some(day);
    }

    fn holds(&self) -> bool {
        self.rises == 0 || self.falls == 0
    }
}

/// What was settled.
#[derive(Debug, Clone, Copy)]
pub struct Settled {
    /// Order of `a/b/year` dates; `None`: the table has none.
    pub order: Option<DateOrder>,
    /// Line that decided the order, if one did.
    pub order_line: Option<u64>,
    /// Notation of durations.
    pub duration: DurationStyle,
    /// The decimal mark is known, not assumed.
    pub is_mark_known: bool,
}

impl Facts {
    /// Looks at one row.
    pub fn add(&mut self, row: &Row<'_>, plan: &Plan) {
        self.rows += 1;
        for field in [Field::Date, Field::EndDate, Field::Start, Field::End] {
            for &column in plan.columns(field) {
                self.add_date(row.get(column), row, plan);
            }
        }
        if let Some(packed) = &plan.layout.packed {
            let cells = plan.packed.iter().map(|column| row.get(*column));
            for entry in cells.filter_map(packed.read) {
                self.add_date(entry.date, row, plan);
            }
        }
        for field in [Field::Duration, Field::Hours] {
            for &column in plan.columns(field) {
                let text = row.get(column);
                let is_open = self.add_duration(text) && text.contains('.');
                if is_open && self.first_open_number.is_none() {
                    self.first_open_number = Some((text.to_owned(), row.line));
                }
            }
        }
    }

    fn add_date(&mut self, text: &str, row: &Row<'_>, plan: &Plan) {
        let Some(read) = cell::date(text) else {
            return;
        };
        let DateText::Open {
            first,
            second,
            year,
        } = read.at.date
        else {
            return;
        };
        self.open_dates += 1;
        if first > 12 {
            self.dmy_line.get_or_insert(row.line);
        }
        if second > 12 {
            self.mdy_line.get_or_insert(row.line);
        }
        self.first_open
            .get_or_insert_with(|| (text.to_owned(), row.line));
        let days = [
            Day::from_ymd(year, second, first),
            Day::from_ymd(year, first, second),
        ];
        for (day, monotone) in days.into_iter().zip([&mut self.as_dmy, &mut self.as_mdy]) {
            if let Some(day) = day {
                monotone.add(day);
            }
        }
        let said = read
            .weekday
            .or_else(|| Some(words::weekdays(row.get(plan.weekday?))));
        if let Some(said) = said {
            for (day, count) in days.into_iter().zip(&mut self.weekdays) {
                let is_said = day.is_some_and(|day| said.contains(&Some(weekday_number(day))));
                *count += u64::from(is_said);
            }
        }
    }

    /// Looks at one duration; whether its only mark may stand before decimals or thousands.
    pub fn add_duration(&mut self, text: &str) -> bool {
        let text = text.trim_start_matches('-');
        match text.bytes().filter(|b| *b == b':').count() {
            1 => self.two_parts += 1,
            2 => self.three_parts += 1,
            _ => {}
        }
        let text =
            text.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ' ' | '\u{a0}'));
        if text.contains(':') || text.bytes().any(|b| b.is_ascii_alphabetic()) {
            return false;
        }
        let is_comma = match (text.rfind(','), text.rfind('.')) {
            (Some(comma), Some(dot)) => comma > dot,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return false,
        };
        let (whole, fraction) = text.rsplit_once([',', '.']).unwrap_or((text, ""));
        // "1.234" may be a thousand: it says nothing, unless the whole part cannot stand before a thousand.
        let is_open = fraction.len() == 3
            && whole.len() <= 3
            && whole.trim_start_matches('0').len() == whole.len()
            && !whole.contains([',', '.']);
        let count = match (is_open, is_comma) {
            (false, true) => &mut self.comma,
            (false, false) => &mut self.dot,
            (true, true) => &mut self.open_comma,
            (true, false) => &mut self.open_dot,
        };
        *count += 1;
        is_open
    }

    /// Whether reading on cannot be expected to change the answer.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let dates = self.dmy_line.is_some()
            || self.mdy_line.is_some()
            || (self.open_dates == 0 && self.rows >= ENOUGH);
        let durations = self.three_parts > 0 || (self.two_parts == 0 && self.rows >= ENOUGH);
        dates && durations && self.rows >= ENOUGH
    }

    /// Decides. `file_name` may hold dates that help.
    ///
    /// # Errors
    /// `import.date_mixed` where neither order fits all rows, `import.date_ambiguous` where both do.
    pub fn settle(
        &self,
        plan: &Plan,
        options: &Options<'_>,
        file_name: &str,
    ) -> Result<Settled, Problem> {
        let (order, order_line) = self.order(plan, options, file_name)?;
        self.check_thousands(plan)?;
        Ok(Settled {
            order,
            order_line,
            duration: self.duration_style(plan.unit, plan.layout.totals),
            is_mark_known: self.comma + self.dot > 0 || plan.unit != Unit::Hours,
        })
    }

    /// Minutes or seconds of an unknown table such as "1.234", where no other number shows what the mark means.
    fn check_thousands(&self, plan: &Plan) -> Result<(), Problem> {
        let is_told = self.comma + self.dot > 0 || plan.layout.bare_duration != Unit::Hours;
        let Some((text, line)) = self.first_open_number.as_ref() else {
            return Ok(());
        };
        if is_told || plan.unit == Unit::Hours || plan.layout.totals {
            return Ok(());
        }
        let message = "this number may have decimals or thousands, and no other tells which";
        Err(Problem::fatal("import.duration_ambiguous", message)
            .at(*line)
            .column(plan.name(Field::Duration))
            .value(text)
            .hint("write it in the file without the mark, such as 1234"))
    }

    /// The notation of the durations seen; bare numbers count a unit.
    #[must_use]
    pub fn duration_style(&self, unit: Unit, are_totals: bool) -> DurationStyle {
        // Hours of one entry never reach a thousand: a column of nothing but "1,250" has a decimal comma.
        let is_entry = unit == Unit::Hours && !are_totals;
        let has_decimal_comma = match (self.comma, self.dot) {
            (0, 0) => is_entry && self.open_comma > 0 && self.open_dot == 0,
            (comma, dot) => comma > dot,
        };
        DurationStyle {
            unit,
            has_three_parts: self.three_parts > 0,
            has_decimal_comma,
        }
    }
}

/// The day of the week; Monday is 0.
#[must_use]
pub fn weekday_number(day: Day) -> u8 {
    u8::try_from((i64::from(day.0) + 3).rem_euclid(7)).unwrap_or(0)
}
