//! The days of a grid's columns: from its header, the rows above it, a row between two weeks or the file's name.

use offdesk_domain::Day;

use super::Grid;
use crate::input::Input;
use crate::problem::Problem;
use crate::table::csv::Row;
use crate::table::facts::range_in_name;
use crate::table::week::{self, Heads};

impl Grid<'_> {
    /// Finds the days of the columns from the header, the rows above it or the file's name.
    pub(super) fn find_days(&mut self, input: &Input) -> Result<(), Problem> {
        match &self.heads {
            Heads::Dated(dates) => {
                self.days = week::days(dates, self.order).ok_or_else(|| self.unclear())?;
            }
            Heads::Yearless(heads) => {
                let year = self.year.ok_or_else(|| self.no_week("year"))?;
                let dates = week::dates_from(heads, year);
                self.days = week::days(&dates, self.order).ok_or_else(|| self.unclear())?;
            }
            Heads::Weekdays(_) if self.week_column.is_some() => {}
            Heads::Weekdays(_) => {
                let titles = self.header.titles.iter().map(String::as_str);
                let stem = input.file_name().replace('_', " ");
                let named =
                    range_in_name(input.file_name()).filter(|(from, to)| to.0 - from.0 <= 6);
                let day = titles
                    .filter_map(|title| self.day_in(title))
                    .next()
                    .or(named.map(|(from, _)| from))
                    .or_else(|| {
                        self.day_in(&stem)
                            .filter(|_| range_in_name(input.file_name()).is_none())
                    });
                self.set_week(day.ok_or_else(|| self.no_week("week"))?);
            }
        }
        Ok(())
    }

    fn first_weekday(&self) -> u8 {
        match &self.heads {
            Heads::Weekdays(days) => days.first().map_or(0, |(_, day)| *day),
            _ => 0,
        }
    }

    pub(super) fn day_in(&self, text: &str) -> Option<Day> {
        week::day_in(text, self.year, self.first_weekday(), self.order)
    }

    pub(super) fn set_week(&mut self, day: Day) {
        let first = self.first_weekday();
        if let Heads::Weekdays(days) = &self.heads {
            let dated = days
                .iter()
                .map(|(column, weekday)| (*column, week::day_of(*weekday, day, first)));
            self.days = dated.collect();
        }
    }

    /// Whether a row heads the next week below the first; its days then count from here on.
    pub(super) fn is_new_header(&mut self, row: &Row<'_>) -> Result<bool, Problem> {
        let cells: Vec<&str> = (0..row.len()).map(|at| row.get(at)).collect();
        let Some(heads) = week::heads(cells.into_iter()) else {
            return Ok(false);
        };
        let days = match &heads {
            Heads::Dated(dates) => week::days(dates, self.order),
            Heads::Yearless(texts) => self
                .year
                .and_then(|year| week::days(&week::dates_from(texts, year), self.order)),
            Heads::Weekdays(_) => None,
        };
        match days {
            Some(days) => self.days = days,
            None if matches!(heads, Heads::Weekdays(_)) => {}
            None => return Err(self.unclear().at(row.line)),
        }
        if std::mem::discriminant(&heads) != std::mem::discriminant(&self.heads)
            && self.days.is_empty()
        {
            return Err(self.no_week("week").at(row.line));
        }
        self.heads = heads;
        self.sums.fill(0);
        Ok(true)
    }

    fn unclear(&self) -> Problem {
        Problem::fatal(
            "import.date_ambiguous",
            "the days of this grid do not follow each other, or can be read in two orders",
        )
        .at(self.header.line)
        .hint("write them as YYYY-MM-DD, or say:  --date-order dmy  or  --date-order mdy")
    }

    fn no_week(&self, what: &str) -> Problem {
        Problem::fatal(
            "import.no_week",
            format!("this grid has days in its columns, but nothing says which {what} it is"),
        )
        .at(self.header.line)
        .hint("write the date of its first day above the header, such as: Week of 2026-02-09; or put it in the file's name")
    }
}
