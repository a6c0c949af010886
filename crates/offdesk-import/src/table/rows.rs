//! One row of a table to one entry: when, how long, who, what; and every doubt about it.

mod cells;
mod clock;
mod packed;
mod quick;
mod when;
mod zone;

use offdesk_domain::Day;

use self::quick::Quick;
use self::zone::RowZones;
use crate::entry::{Entry, Tags};
use crate::options::Field;
use crate::problem::{Problem, Severity};
use crate::reading::Reading;
use crate::table::cell;
use crate::table::csv::{Row, Stray};
use crate::table::facts::Settled;
use crate::table::layout::PackedEntry;
use crate::table::plan::Plan;
use crate::table::words;
use crate::text::clock::Clock;
use crate::text::date::DateTimeText;

/// What is said where local times have no zone.
pub const UNZONED: &str = "times without a zone, taken as they stand";

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
    zones: RowZones,
    date: [Option<usize>; 2],
    start: Option<usize>,
    end: Option<usize>,
    person: String,
    last_date: (String, Option<DateTimeText>),
    quick: Option<Quick>,
    has_name_parts: bool,
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
            zones: RowZones::new(plan),
            date: [plan.column(Field::Date), plan.column(Field::EndDate)],
            start: plan.column(Field::Start),
            end: plan.column(Field::End),
            person: String::new(),
            last_date: (String::new(), None),
            quick: Quick::new(plan, reading),
            has_name_parts: plan.has(Field::FirstName) || plan.has(Field::LastName),
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
        if row.len() != self.plan.width
            && let Some(problem) = self.width(row)
        {
            let is_left_out = problem.severity == Severity::Bad;
            reading.problem(problem.at(row.line));
            if is_left_out {
                return Ok(());
            }
        }
        if let Some(when) = self.quick(row) {
            self.give(row, None, when.day, when.span, when.seconds, reading);
            return Ok(());
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
            Err(Stop::Problem(problem)) if problem.severity != Severity::Fatal => {
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
        if self.zones.is_missing() && !self.has_zone {
            reading.decide(UNZONED);
        }
        for note in when.notes.into_iter().flatten() {
            reading.problem(note.at(row.line));
        }
        self.give(row, None, when.day, when.span, when.seconds, reading);
        if self.plan.layout.totals && when.day.is_some() {
            let last = self.date[1].map_or("", |column| row.get(column));
            if !last.is_empty() {
                let (day, _) = self.date_of(last, Field::EndDate)?;
                reading.cover(day);
            }
        }
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
        let text = |field: Field| {
            let text = match plan.columns(field) {
                [] => "",
                [column] => row.get(*column),
                columns => {
                    let mut texts = columns.iter().map(|column| row.get(*column));
                    texts.find(|text| !text.is_empty()).unwrap_or("")
                }
            };
            plan.layout.clean.map_or(text, |clean| clean(text))
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
        let mut person = cell.map_or_else(|| text(Field::Person), |cell| cell.person);
        if person.is_empty() && self.has_name_parts {
            self.person.clear();
            self.person.push_str(text(Field::FirstName));
            self.person.push(' ');
            self.person.push_str(text(Field::LastName));
            person = self.person.trim();
        }
        let email = text(Field::Email);
        if person.is_empty() {
            person = email;
        }
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

    /// A row with fewer cells lacks the last ones; in one with more, nobody knows which cell is which.
    fn width(&self, row: &Row<'_>) -> Option<Problem> {
        let width = self.plan.width;
        let is_wider = row.len() > width && (width..row.len()).any(|i| !row.get(i).is_empty());
        if is_wider && !self.plan.layout.has_wide_rows {
            return Some(too_wide(row, width));
        }
        (is_wider || (row.len() < width && !row.is_blank()))
            .then(|| Problem::note("import.field_count", fields_of(row, width)))
    }
}

/// The problem of a row with more fields than the header: nobody knows which is which.
#[must_use]
pub fn too_wide(row: &Row<'_>, width: usize) -> Problem {
    Problem::bad("import.field_count", fields_of(row, width))
        .hint("look for a comma that is not in quotes, such as in 1,5")
}

fn fields_of(row: &Row<'_>, width: usize) -> String {
    format!("this row has {} fields, the header {width}", row.len())
}
