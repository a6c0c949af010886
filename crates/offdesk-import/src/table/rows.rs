//! One row of a table to one entry: when, how long, who, what; and every doubt about it.

mod packed;

use offdesk_domain::Day;

use crate::entry::{Entry, Tags};
use crate::options::Field;
use crate::problem::{Problem, shown};
use crate::reading::Reading;
use crate::table::cell;
use crate::table::csv::{Row, Stray};
use crate::table::facts::Settled;
use crate::table::layout::PackedEntry;
use crate::table::plan::Plan;
use crate::table::words;
use crate::text::clock::{Clock, Local};
use crate::text::date::{self, DateText, DateTimeText};
use crate::text::duration::duration;

/// End minus start and the stated duration may differ by so many seconds without a word.
const TOLERANCE: i64 = 60;
/// A shift over midnight is at most so long when only times of day are given.
const LONGEST_NIGHT: i64 = 16 * 3600;

/// Why reading cannot go on as planned.
#[derive(Debug)]
pub enum Stop {
    /// The file cannot be read.
    Problem(Box<Problem>),
    /// A date or number came up that the first rows said nothing about: gather the facts of all rows.
    NeedFacts,
    /// Quotes stand where none belong: split record by record.
    NeedCare,
}

/// Turns rows into entries.
pub struct RowReader<'p> {
    plan: &'p Plan,
    settled: Settled,
    facts_are_complete: bool,
    clock: Clock,
    has_zone: bool,
    date: [Option<usize>; 2],
    start: Option<usize>,
    end: Option<usize>,
    person: String,
    last_date: (String, Option<DateTimeText>),
}

/// The time of one row.
struct When {
    day: Option<Day>,
    span: Option<(i64, i64)>,
    seconds: i64,
    notes: [Option<Box<Problem>>; 2],
}

/// A wall-clock moment, with an offset where the text has one.
#[derive(Clone, Copy)]
struct Moment {
    wall: i64,
    offset: Option<i32>,
}

impl<'p> RowReader<'p> {
    /// A reader of rows by a plan; `facts_are_complete` when all rows were looked at.
    #[must_use]
    pub fn new(
        plan: &'p Plan,
        settled: Settled,
        facts_are_complete: bool,
        reading: &Reading<'_>,
    ) -> Self {
        Self {
            plan,
            settled,
            facts_are_complete,
            clock: Clock::new(&reading.zone()),
            has_zone: reading.options.zone.is_some(),
            date: [plan.column(Field::Date), plan.column(Field::EndDate)],
            start: plan.column(Field::Start),
            end: plan.column(Field::End),
            person: String::new(),
            last_date: (String::new(), None),
        }
    }

    /// Reads one row into the reading.
    ///
    /// # Errors
    /// [`Stop`] where the whole file must be read otherwise.
    pub fn row(&mut self, row: &Row<'_>, reading: &mut Reading<'_>) -> Result<(), Stop> {
        if let Some(stray) = row.stray_quote {
            self.stray(stray, row, reading)?;
            if matches!(stray, Stray::Behind(_)) {
                return Ok(());
            }
        }
        if row.len() != self.plan.width {
            self.width(row, reading);
        }
        for (column, when) in &self.plan.skip {
            if let Some(skip) = when(row.get(*column)) {
                reading.problem(Problem::left_out(skip.code, skip.why).at(row.line));
                return Ok(());
            }
        }
        if self.packed(row, reading)? {
            return Ok(());
        }
        let when = match self.when(row) {
            Ok(when) => when,
            Err(Stop::Problem(problem)) if problem.severity != crate::Severity::Fatal => {
                let problem = *problem;
                if row.is_blank() {
                    return Ok(());
                }
                let problem = if self.is_sum(row, problem.code) {
                    Problem::left_out("import.total_row", "a total, not an entry")
                } else {
                    problem
                };
                reading.problem(problem.at(row.line));
                return Ok(());
            }
            Err(stop) => return Err(stop),
        };
        for note in when.notes.into_iter().flatten() {
            reading.problem(note.at(row.line));
        }
        self.give(row, None, when.day, when.span, when.seconds, reading);
        Ok(())
    }

    /// Whether a row that is no entry is a row of sums: by a word, or because it has neither date nor text.
    fn is_sum(&self, row: &Row<'_>, code: &str) -> bool {
        if !matches!(
            code,
            "import.date" | "import.no_date" | "import.no_duration" | "import.time"
        ) {
            return false;
        }
        let is_numeric = |cell: &str| !cell.chars().any(char::is_alphabetic);
        row.iter().any(words::is_total) || (code == "import.no_date" && row.iter().all(is_numeric))
    }

    fn give(
        &mut self,
        row: &Row<'_>,
        cell: Option<PackedEntry<'_>>,
        day: Option<Day>,
        span: Option<(i64, i64)>,
        seconds: i64,
        reading: &mut Reading<'_>,
    ) {
        let plan = self.plan;
        let clean = plan.layout.clean.unwrap_or(|text| text);
        let text = |field: Field| {
            let columns = plan.columns(field);
            let found = columns
                .iter()
                .map(|column| row.get(*column))
                .find(|text| !text.is_empty());
            clean(found.unwrap_or(""))
        };
        let what = [
            (Field::Client, text(Field::Client)),
            (Field::Project, text(Field::Project)),
            (Field::Task, text(Field::Task)),
            (Field::Description, text(Field::Description)),
        ];
        for (field, text) in what {
            if text.starts_with('#') && cell::is_damaged(text) {
                let message = "a spreadsheet has damaged this text";
                let note = Problem::note("import.spreadsheet_damage", message);
                reading.problem(note.at(row.line).column(plan.name(field)).value(text));
            }
        }
        let email = text(Field::Email);
        self.person.clear();
        self.person
            .push_str(cell.map_or_else(|| text(Field::Person), |cell| cell.person));
        if self.person.is_empty() && (plan.has(Field::FirstName) || plan.has(Field::LastName)) {
            self.person.push_str(text(Field::FirstName));
            self.person.push(' ');
            self.person.push_str(text(Field::LastName));
        }
        let person = match self.person.trim() {
            "" => email,
            person => person,
        };
        reading.entry(&Entry {
            line: row.line,
            person,
            email,
            client: what[0].1,
            project: what[1].1,
            task: what[2].1,
            description: cell.map_or(what[3].1, |cell| cell.description),
            tags: Tags::new(text(Field::Tags), plan.layout.tag_separator),
            day,
            span,
            seconds,
            // The row's id stands for all its cells, so it tells none of them.
            external_id: cell.map_or_else(|| text(Field::Id), |_| ""),
            is_total: plan.layout.totals && cell.is_none(),
        });
    }

    fn stray(&self, stray: Stray, row: &Row<'_>, reading: &mut Reading<'_>) -> Result<(), Stop> {
        let (index, problem) = match stray {
            Stray::Inside(index) => (
                index,
                Problem::note(
                    "import.stray_quote",
                    "a quote inside an unquoted field is taken as text",
                ),
            ),
            Stray::Behind(index) => (
                index,
                Problem::bad(
                    "import.stray_quote",
                    "there is text behind the closing quote of this field",
                )
                .hint("write a quote inside a quoted field twice: \"\""),
            ),
        };
        if !reading.is_careful() {
            return Err(Stop::NeedCare);
        }
        let column = self
            .plan
            .names
            .get(index)
            .map_or_else(|| (index + 1).to_string(), Clone::clone);
        reading.problem(problem.at(row.line).column(column));
        Ok(())
    }

    fn width(&self, row: &Row<'_>, reading: &mut Reading<'_>) {
        let width = self.plan.width;
        let is_wider = row.len() > width && (width..row.len()).any(|i| !row.get(i).is_empty());
        if is_wider || (row.len() < width && !row.is_blank()) {
            let message = format!("this row has {} fields, the header {width}", row.len());
            reading.problem(Problem::note("import.field_count", message).at(row.line));
        }
    }

    fn when(&mut self, row: &Row<'_>) -> Result<When, Stop> {
        let stated = self.stated_duration(row)?;
        let (start, day) = self.start(row)?;
        if day.is_none() && !self.plan.layout.totals {
            return Err(self.no_date());
        }
        let end = self.end(row, start, day)?;
        let mut notes = [None, None];
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
                        notes[0] = difference(stated, length, self.has_zone)
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

    fn stated_duration(&self, row: &Row<'_>) -> Result<Option<i64>, Stop> {
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

    /// The day as printed; of a time in UTC the day on the owner's clock, as UTC is how machines write.
    fn civil_day(&self, printed: Day, start: Moment) -> Day {
        match start.offset {
            Some(0) => Day::from_epoch_seconds(self.clock.wall(start.wall)),
            _ => printed,
        }
    }

    /// The end as a moment; a note where it was moved to the next day.
    fn end(
        &mut self,
        row: &Row<'_>,
        start: Option<Moment>,
        day: Option<Day>,
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
        if next.wall - start.wall > LONGEST_NIGHT {
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

    /// Whether the end lies in the hour that a clock change repeats, so it may print before the start.
    fn ends_in_fold(&self, start: Moment, end: Moment) -> bool {
        end.offset.is_none()
            && start.wall - end.wall < 7200
            && matches!(self.clock.instant(end.wall), Local::Fold(..))
            && matches!(self.clock.instant(start.wall), Local::Fold(..))
    }

    fn date_of(&mut self, text: &str, field: Field) -> Result<(Day, DateTimeText), Stop> {
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

    fn clock_instant(&self, at: Moment) -> Local {
        match at.offset {
            Some(offset) => Local::Exact(at.wall - i64::from(offset)),
            None => self.clock.instant(at.wall),
        }
    }

    /// Start and end as instants, with a remark where a clock change left a doubt.
    fn instants(
        &self,
        start: Moment,
        end: Moment,
        stated: Option<i64>,
    ) -> Result<(i64, i64, Option<Problem>), Stop> {
        let (from, to) = (self.clock_instant(start), self.clock_instant(end));
        if let (Local::Exact(from), Local::Exact(to)) = (from, to) {
            return Ok((from, to, None));
        }
        let column = self.plan.name(Field::Start);
        if matches!(from, Local::Gap(_)) || matches!(to, Local::Gap(_)) {
            let message = "this local time does not exist: the clocks were put forward over it";
            if stated.is_none() {
                return Err(Stop::from(
                    Problem::bad("import.time_gap", message)
                        .column(column)
                        .hint("correct the time in the file"),
                ));
            }
            return Ok((
                from.instant(),
                to.instant(),
                Some(Problem::note("import.time_gap", message).column(column)),
            ));
        }
        let readings = |local: Local| match local {
            Local::Fold(a, b) => [a, b],
            other => [other.instant(); 2],
        };
        let pairs = readings(from)
            .into_iter()
            .flat_map(|a| readings(to).map(|b| (a, b)));
        let message = "this local time happened twice: the clocks were put back over it";
        if let Some(stated) = stated {
            let fit = pairs
                .clone()
                .find(|(a, b)| (b - a - stated).abs() <= TOLERANCE);
            let (a, b) = fit.unwrap_or((from.instant(), to.instant()));
            let note = if fit.is_some() {
                None
            } else {
                Some(Problem::note("import.time_fold", message).column(column))
            };
            return Ok((a, b, note));
        }
        let mut lengths: Vec<(i64, i64)> = pairs.filter(|(a, b)| b >= a).collect();
        lengths.dedup_by_key(|(a, b)| *b - *a);
        match lengths.as_slice() {
            [(a, b)] => Ok((*a, *b, None)),
            _ => Err(Stop::from(
                Problem::bad("import.time_fold", message)
                    .column(column)
                    .hint("give the entry's duration, or times with an offset such as +01:00"),
            )),
        }
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

fn moment(day: Day, time: i32, offset: Option<i32>) -> Moment {
    Moment {
        wall: i64::from(day.0) * 86_400 + i64::from(time),
        offset,
    }
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
