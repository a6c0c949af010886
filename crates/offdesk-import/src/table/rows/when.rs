//! The time of a row: day, start and end, and length, and how they fit each other.

use offdesk_domain::Day;

use crate::options::Field;
use crate::problem::Problem;
use crate::table::csv::Row;
use crate::table::rows::clock::{Moment, TOLERANCE, moment};
use crate::table::rows::{RowReader, Stop};
use crate::text::date;

/// A shift over midnight is at most so long when only times of day are given, unless the duration says the same.
const LONGEST_NIGHT: i64 = 16 * 3600;

impl RowReader<'_> {
    pub(super) fn when(&mut self, row: &Row<'_>) -> Result<When, Stop> {
        let stated = self.stated_duration(row)?;
        self.take_zone(row)?;
        let (start, day) = self.start(row)?;
        if day.is_none() && !self.plan.layout.totals {
            return Err(self.no_date());
        }
        let end = self.end(row, start, day, stated)?;
        let mut notes = [None, None, self.leap_second(row).map(Box::new)];
        let seconds_or_running = match (stated, start, &end) {
            (Some(stated), _, None)
                if stated < 0 && (self.end.is_some() || self.start.is_some()) =>
            {
                None
            }
            (Some(stated), ..) => Some(stated),
            (None, Some(_), Some(_)) => Some(0),
            (None, ..) => None,
        };
        let Some(mut seconds) = seconds_or_running else {
            return Err(Stop::from(self.no_length(start.is_some())));
        };
        let span = match (start, end) {
            (Some(start), Some((end, end_note))) => {
                let (from, to, note) = self.instants(start, end, stated)?;
                let length = to - from;
                notes[1] = end_note.map(Box::new);
                notes[0] = note.map(Box::new);
                match stated {
                    None => seconds = length,
                    Some(stated) => {
                        notes[0] = difference(
                            stated,
                            length,
                            self.has_zone || self.zones.clock().is_some(),
                        )
                        .map(Box::new)
                        .or(notes[0].take());
                    }
                }
                if length < 0 && stated.is_none_or(|stated| stated >= 0) {
                    return Err(Stop::from(
                        Problem::bad("import.negative", "this entry ends before it starts")
                            .column(self.plan.name(Field::End)),
                    ));
                }
                Some((from, to))
            }
            (Some(start), None) => {
                let from = self.clock_instant(start).instant();
                Some((from, from.saturating_add(seconds)))
            }
            _ => None,
        };
        Ok(When {
            day,
            span,
            seconds,
            notes,
        })
    }

    /// The start as a moment, and the day of the entry.
    fn start(&mut self, row: &Row<'_>) -> Result<(Option<Moment>, Option<Day>), Stop> {
        let date_text = self.date[0].map_or("", |column| row.get(column));
        let start_text = self.start.map_or("", |column| row.get(column));
        let dated = if date_text.is_empty() {
            None
        } else {
            Some(self.date_of(date_text, Field::Date)?)
        };
        if start_text.is_empty() {
            let Some((day, at)) = dated else {
                return Ok((None, None));
            };
            let Some(time) = at.time.filter(|_| !self.plan.layout.is_dated_only) else {
                return Ok((None, Some(day)));
            };
            return self.started(day, time, at.offset, date_text, Field::Date);
        }
        if let Some(time) = date::time_of_day(start_text) {
            let Some((day, at)) = dated else {
                return Ok((None, None));
            };
            return self.started(day, time, at.offset, start_text, Field::Start);
        }
        let (day, at) = self.date_of(start_text, Field::Start)?;
        match at.time {
            Some(time) => self.started(day, time, at.offset, start_text, Field::Start),
            None => Ok((None, Some(day))),
        }
    }

    /// The remark on a leap second of the row.
    fn leap_second(&self, row: &Row<'_>) -> Option<Problem> {
        let fields = [
            (Field::Start, self.start),
            (Field::End, self.end),
            (Field::Date, self.date[0]),
        ];
        fields.into_iter().find_map(|(field, column)| {
            let note = date::leap_second(row.get(column?))?;
            Some(note.column(self.plan.name(field)))
        })
    }

    /// A start at a time of a day; a leap second is the first second of the next day.
    fn started(
        &self,
        day: Day,
        time: i32,
        offset: Option<i32>,
        text: &str,
        field: Field,
    ) -> Result<(Option<Moment>, Option<Day>), Stop> {
        if time < 86_400 {
            let start = moment(day, time, offset);
            return Ok((Some(start), Some(self.civil_day(day, start))));
        }
        if text.contains(":59:60") {
            let next = Day(day.0 + 1);
            return Ok((Some(moment(next, 0, offset)), Some(next)));
        }
        Err(Stop::from(
            Problem::bad("import.time", "an entry cannot start at 24:00")
                .column(self.plan.name(field))
                .value(text),
        ))
    }

    /// The end as a moment; a note where it was moved to the next day.
    fn end(
        &mut self,
        row: &Row<'_>,
        start: Option<Moment>,
        day: Option<Day>,
        stated: Option<i64>,
    ) -> Result<Option<(Moment, Option<Problem>)>, Stop> {
        let text = self.end.map_or("", |column| row.get(column));
        let (Some(start), Some(day)) = (start, day) else {
            return Ok(None);
        };
        if text.is_empty() {
            return Ok(None);
        }
        let Some(time) = date::time_of_day(text) else {
            let (day, at) = self.date_of(text, Field::End)?;
            return Ok(at
                .time
                .map(|time| (moment(day, time, at.offset.or(start.offset)), None)));
        };
        let end_date = self.date[1].map_or("", |column| row.get(column));
        if !end_date.is_empty() {
            let (day, at) = self.date_of(end_date, Field::EndDate)?;
            return Ok(Some((moment(day, time, at.offset.or(start.offset)), None)));
        }
        let end = moment(day, time, start.offset);
        if end.wall >= start.wall || self.ends_in_fold(start, end) {
            return Ok(Some((end, None)));
        }
        let next = Moment {
            wall: end.wall + 86_400,
            ..end
        };
        let length = next.wall - start.wall;
        let is_confirmed = stated.is_some_and(|stated| (stated - length).abs() <= TOLERANCE);
        if length > LONGEST_NIGHT && !is_confirmed {
            return Err(Stop::from(
                Problem::bad("import.negative", "this entry ends before it starts, and over midnight it would be longer than 16 hours")
                    .column(self.plan.name(Field::End))
                    .value(text),
            ));
        }
        Ok(Some((
            next,
            Some(Problem::note(
                "import.overnight",
                "ends the next day, by its times",
            )),
        )))
    }

    fn no_date(&self) -> Stop {
        Stop::from(
            Problem::bad("import.no_date", "this row has no date")
                .column(self.plan.name(Field::Date))
                .hint("write the date on every row"),
        )
    }

    fn no_length(&self, has_start: bool) -> Problem {
        let fields = [Field::Duration, Field::Hours, Field::End];
        let named = fields.into_iter().find(|field| self.plan.has(*field));
        let column = self.plan.name(named.unwrap_or(Field::Duration));
        if has_start && (self.end.is_some() || self.plan.has(Field::Duration)) {
            Problem::left_out("import.running", "this entry is still running").column(column)
        } else {
            Problem::bad("import.no_duration", "this row has no duration").column(column)
        }
    }
}

/// The time of one row.
pub(super) struct When {
    pub(super) day: Option<Day>,
    pub(super) span: Option<(i64, i64)>,
    pub(super) seconds: i64,
    pub(super) notes: [Option<Box<Problem>>; 3],
}

/// A remark where the stated duration is not what lies between start and end.
fn difference(stated: i64, length: i64, has_zone: bool) -> Option<Problem> {
    let difference = (stated - length).abs();
    if difference <= TOLERANCE {
        return None;
    }
    if (difference - 3600).abs() <= TOLERANCE && !has_zone {
        return Some(
            Problem::note("import.clock_change", "start and end differ from the duration by an hour, as at a clock change; the duration counts")
                .hint("with --tz Area/City I can check it"),
        );
    }
    let message = format!(
        "the duration is {stated} s, but {length} s lie between start and end; the duration counts"
    );
    Some(Problem::note("import.inconsistent", message))
}
