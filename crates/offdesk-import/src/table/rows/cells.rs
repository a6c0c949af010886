//! The cells that hold a date or a duration.

use offdesk_domain::Day;

use crate::options::Field;
use crate::problem::{Problem, shown};
use crate::table::cell;
use crate::table::csv::Row;
use crate::table::rows::{RowReader, Stop};
use crate::text::date::{DateText, DateTimeText};
use crate::text::duration::duration;

impl RowReader<'_> {
    pub(super) fn stated_duration(&self, row: &Row<'_>) -> Result<Option<i64>, Stop> {
        for field in [Field::Duration, Field::Hours] {
            for &column in self.plan.columns(field) {
                let text = row.get(column);
                if text.is_empty() || text == "-" {
                    continue;
                }
                let mut style = self.settled.duration;
                if field == Field::Hours {
                    style.unit = crate::table::Unit::Hours;
                }
                if !self.facts_are_complete && self.is_new(text) {
                    return Err(Stop::NeedFacts);
                }
                return match duration(text, style) {
                    Some(seconds) => Ok(Some(seconds)),
                    None if !self.facts_are_complete && text.contains([',', '.']) => {
                        Err(Stop::NeedFacts)
                    }
                    None => Err(Stop::from(
                        bad_duration(text).column(self.plan.names.get(column).map_or("", |n| n)),
                    )),
                };
            }
        }
        Ok(None)
    }

    /// Whether a duration is of a kind the first rows did not show.
    fn is_new(&self, text: &str) -> bool {
        let colons = text.bytes().filter(|b| *b == b':').count();
        let has_mark = colons == 0 && text.contains(['.', ',']);
        (colons == 1 && !self.settled.duration.has_three_parts)
            || (has_mark && !self.settled.is_mark_known)
    }

    pub(super) fn date_of(
        &mut self,
        text: &str,
        field: Field,
    ) -> Result<(Day, DateTimeText), Stop> {
        let read = if self.last_date.0 == text {
            self.last_date.1
        } else {
            let read = cell::date(text).map(|cell| cell.at);
            text.clone_into(&mut self.last_date.0);
            self.last_date.1 = read;
            read
        };
        let name = || self.plan.name(field).to_owned();
        let bad = |code: &'static str, message: &str| {
            Stop::from(Problem::bad(code, message).column(name()).value(text))
        };
        let Some(read) = read else {
            if cell::is_damaged(text) {
                return Err(Stop::from(damaged(text).column(name())));
            }
            let is_time = matches!(field, Field::Start | Field::End) && self.date[0].is_some();
            let (code, what) = if is_time {
                ("import.time", "time of day")
            } else {
                ("import.date", "date")
            };
            let message = format!("\"{}\" is not a {what} I know", shown(text));
            return Err(bad(code, &message));
        };
        match read.date {
            DateText::Known(day) => Ok((day, read)),
            DateText::Impossible => Err(bad(
                "import.date_impossible",
                "there is no such day in the calendar",
            )),
            DateText::TwoDigitYear => Err(bad(
                "import.date_two_digits",
                "the year has two digits; write four, such as 2026",
            )),
            DateText::Open { .. } if self.settled.order.is_none() && !self.facts_are_complete => {
                Err(Stop::NeedFacts)
            }
            DateText::Open { .. } => match read.date.day(self.settled.order) {
                Some(day) => Ok((day, read)),
                None if !self.facts_are_complete => Err(Stop::NeedFacts),
                None => Err(bad(
                    "import.date_impossible",
                    "there is no such day in the order of this column",
                )),
            },
        }
    }
}

fn bad_duration(text: &str) -> Problem {
    if cell::is_damaged(text) {
        return damaged(text);
    }
    let message = format!("\"{}\" is not a duration I know", shown(text));
    Problem::bad("import.duration", message).value(text)
}

fn damaged(text: &str) -> Problem {
    Problem::bad(
        "import.spreadsheet_damage",
        "a spreadsheet has damaged this value",
    )
    .value(text)
    .hint("export the file again and do not save it from a spreadsheet")
}
