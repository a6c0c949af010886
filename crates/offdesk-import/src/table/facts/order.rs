//! The order of day and month, where dates can be read in two ways.

use offdesk_domain::Day;

use super::Facts;
use crate::input::Input;
use crate::options::{DateOrder, Field, Options};
use crate::problem::{Problem, shown};
use crate::reading::Reading;
use crate::table::cell;
use crate::table::plan::Plan;
use crate::text::date::{self, DateText};

impl Facts {
    pub(super) fn order(
        &self,
        plan: &Plan,
        options: &Options<'_>,
        file_name: &str,
    ) -> Result<(Option<DateOrder>, Option<u64>), Problem> {
        if self.open_dates == 0 {
            return Ok((options.date_order.or(plan.layout.date_order), None));
        }
        if let Some(order @ (DateOrder::Dmy | DateOrder::Mdy)) = options.date_order {
            return Ok((Some(order), None));
        }
        match (self.dmy_line, self.mdy_line) {
            (Some(dmy), Some(mdy)) => {
                return Err(Problem::fatal(
                    "import.date_mixed",
                    format!("line {dmy} can only be day first, line {mdy} only month first"),
                )
                .at(dmy.max(mdy))
                .column(plan.name(Field::Date))
                .hint("write all dates as YYYY-MM-DD in the file, or split it in two"));
            }
            (Some(line), None) => return Ok((Some(DateOrder::Dmy), Some(line))),
            (None, Some(line)) => return Ok((Some(DateOrder::Mdy), Some(line))),
            (None, None) => {}
        }
        if let Some(order) = plan.layout.date_order {
            return Ok((Some(order), None));
        }
        if let Some(order) = self.order_by_signs(file_name) {
            return Ok((Some(order), None));
        }
        Err(self.ambiguous(plan))
    }

    /// Weekday column, one direction of time, dates in the file's name.
    fn order_by_signs(&self, file_name: &str) -> Option<DateOrder> {
        // Dots stand between the numbers of a date only where the day goes first.
        if self
            .first_open
            .as_ref()
            .is_some_and(|(text, _)| text.contains('.') && !text.contains('/'))
        {
            return Some(DateOrder::Dmy);
        }
        let [dmy, mdy] = self.weekdays;
        if dmy != mdy {
            return Some(if dmy > mdy {
                DateOrder::Dmy
            } else {
                DateOrder::Mdy
            });
        }
        match (self.as_dmy.holds(), self.as_mdy.holds()) {
            (true, false) => return Some(DateOrder::Dmy),
            (false, true) => return Some(DateOrder::Mdy),
            _ => {}
        }
        let (text, _) = self.first_open.as_ref()?;
        let open = cell::date(text)?.at.date;
        let (from, to) = range_in_name(file_name)?;
        let inside = |order| {
            open.day(Some(order))
                .is_some_and(|day| from <= day && day <= to)
        };
        match (inside(DateOrder::Dmy), inside(DateOrder::Mdy)) {
            (true, false) => Some(DateOrder::Dmy),
            (false, true) => Some(DateOrder::Mdy),
            _ => None,
        }
    }

    fn ambiguous(&self, plan: &Plan) -> Problem {
        let (text, line) = self.first_open.clone().unwrap_or_default();
        let open = cell::date(&text).map(|read| read.at.date);
        let read = |order| {
            open.and_then(|open| open.day(Some(order)))
                .map_or(String::new(), |day| {
                    day.date().strftime("%-d %b %Y").to_string()
                })
        };
        Problem::fatal(
            "import.date_ambiguous",
            format!(
                "\"{}\" can be {} or {}, and no row of the file decides",
                shown(&text),
                read(DateOrder::Dmy),
                read(DateOrder::Mdy)
            ),
        )
        .at(line)
        .column(plan.name(Field::Date))
        .value(&text)
        .hint("say which:  --date-order dmy  (day first)  or  --date-order mdy  (month first)")
    }
}

/// Sets the days that totals cover: as the caller says; else, where no entry has a date, as the file's name says.
///
/// # Errors
/// `import.no_period` where nobody says.
pub fn totals_period(input: &Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let asked = reading.options.from.zip(reading.options.to);
    let has_days = reading.report.days.is_some();
    if reading.report.entries == 0 || (has_days && asked.is_none()) {
        return Ok(());
    }
    reading.report.has_totals |= !has_days;
    let Some((from, to)) = asked.or_else(|| range_in_name(input.file_name())) else {
        return Err(Problem::fatal(
            "import.no_period",
            "these are totals without dates, and the name of the file does not say which days they cover",
        )
        .hint("say which:  --from 2026-01-05 --to 2026-03-27  (or export the detailed report)"));
    };
    reading.report.days = Some((from, to));
    reading.decide(format!("totals from {from} to {to}"));
    Ok(())
}

/// The first and the last ISO date in a file's name, such as `report_2026-02-01_2026-02-28.csv`.
#[must_use]
pub fn range_in_name(name: &str) -> Option<(Day, Day)> {
    let mut days = (0..name.len()).filter_map(|at| {
        let text = name.get(at..at + 10)?;
        match date::date_prefix(text)? {
            (DateText::Known(day), "")
                if text.as_bytes().get(4).is_some_and(|b| !b.is_ascii_digit()) =>
            {
                Some(day)
            }
            _ => None,
        }
    });
    let first = days.next()?;
    let last = days.next_back().unwrap_or(first);
    Some((first.min(last), first.max(last)))
}
