//! Weekly grids, one column a day (`Project | Mon | Tue …`): every cell that holds a length is an entry.

mod days;

use offdesk_domain::{Day, EntryKind};

use crate::entry::{Entry, Tags};
use crate::input::Input;
use crate::options::{DateOrder, Field};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::csv::{Row, Splitting, Stray};
use crate::table::facts::Facts;
use crate::table::guess::Guess;
use crate::table::header::Header;
use crate::table::rows::too_wide;
use crate::table::week::{self, Heads};
use crate::table::{Unit, each_row, words};
use crate::text::duration::{DurationStyle, duration};

/// Whether these cells head a grid: five or more weekdays or dates.
#[must_use]
pub fn is_header(cells: &[String]) -> bool {
    week::heads(cells.iter().map(String::as_str)).is_some()
}

/// Whether these cells head a grid, and the one at a place is one of its days.
#[must_use]
pub fn is_day(cells: &[String], at: usize) -> bool {
    let heads = week::heads(cells.iter().map(String::as_str));
    heads.is_some_and(|heads| columns_of(&heads).contains(&at))
}

/// A grid while it is read.
struct Grid<'g> {
    header: &'g Header,
    heads: Heads,
    /// The columns and their days, once they are known.
    days: Vec<(usize, Day)>,
    week_column: Option<usize>,
    texts: Vec<(Field, usize)>,
    style: DurationStyle,
    order: Option<DateOrder>,
    year: Option<i32>,
    /// Sums of the columns since the last header, to know a row of sums by.
    sums: Vec<i64>,
}

/// Reads a grid; `guess` holds what its other columns seem to be.
///
/// # Errors
/// `import.no_week` where no week or year is stated, and the reading's own fatal problems.
pub fn read(
    header: &Header,
    guess: &Guess,
    input: &mut Input,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    let Some(heads) = week::heads(header.names.iter().map(String::as_str)) else {
        return Err(Problem::fatal(
            "import.table",
            "this table has no columns of days",
        ));
    };
    "table".clone_into(&mut reading.report.format);
    "weekly grid".clone_into(&mut reading.report.label);
    reading.report.kind = Some(EntryKind::Measured);
    let mut facts = Facts::default();
    let columns = columns_of(&heads);
    each_row(header, Splitting::Careful, input, |row| {
        for column in &columns {
            facts.add_duration(row.get(*column));
        }
        Ok::<bool, Problem>(true)
    })?;
    let stem = input.file_name().replace('_', " ");
    let is_week = |(at, key): &(usize, &String)| !columns.contains(at) && words::is_week(key);
    let mut grid = Grid {
        header,
        heads,
        days: Vec::new(),
        week_column: header
            .keys
            .iter()
            .enumerate()
            .find(is_week)
            .map(|(at, _)| at),
        texts: texts(guess, &columns),
        style: facts.duration_style(Unit::Hours, false),
        order: reading.options.date_order,
        year: header
            .titles
            .iter()
            .find_map(|title| week::year_in(title))
            .or_else(|| week::year_in(&stem)),
        sums: vec![0; header.names.len()],
    };
    grid.find_days(input)?;
    grid.say(reading);
    each_row(header, Splitting::Careful, input, |row| {
        grid.row(row, reading)?;
        Ok::<bool, Problem>(true)
    })
}

fn columns_of(heads: &Heads) -> Vec<usize> {
    match heads {
        Heads::Dated(all) => all.iter().map(|(column, _)| *column).collect(),
        Heads::Yearless(all) => all.iter().map(|(column, _)| *column).collect(),
        Heads::Weekdays(all) => all.iter().map(|(column, _)| *column).collect(),
    }
}

/// The text columns beside the days.
fn texts(guess: &Guess, days: &[usize]) -> Vec<(Field, usize)> {
    let is_text = |field: Field| {
        matches!(
            field,
            Field::Client
                | Field::Project
                | Field::Task
                | Field::Description
                | Field::Tags
                | Field::Person
                | Field::Email
        )
    };
    let columns = guess.columns.iter().copied();
    columns
        .filter(|(field, column)| is_text(*field) && !days.contains(column))
        .collect()
}

impl Grid<'_> {
    fn say(&self, reading: &mut Reading<'_>) {
        let name = |column: usize| self.header.names.get(column).map_or("", String::as_str);
        let mut words: Vec<String> = self
            .texts
            .iter()
            .map(|(f, c)| format!("{} = {}", f.name(), name(*c)))
            .collect();
        words.insert(0, "one column a day".to_owned());
        reading.decide(format!("columns: {}", words.join(", ")));
        if let (Some((_, from)), Some((_, to))) = (self.days.first(), self.days.last()) {
            reading.decide(format!("days {from} to {to}"));
        }
        for (column, key) in self.header.keys.iter().enumerate() {
            if words::is_total(key) && !self.texts.iter().any(|(_, at)| *at == column) {
                reading.problem(
                    Problem::note("import.total_column", "a column of sums is not counted")
                        .at(self.header.line)
                        .column(name(column)),
                );
            }
        }
    }

    fn row(&mut self, row: &Row<'_>, reading: &mut Reading<'_>) -> Result<(), Problem> {
        if row.is_blank() || self.is_new_header(row)? {
            return Ok(());
        }
        if let Some(Stray::Behind(field)) = row.stray_quote {
            let problem = Problem::bad(
                "import.stray_quote",
                "there is text behind the closing quote of this field",
            );
            reading.problem(problem.at(row.line).column(self.name(field)));
            return Ok(());
        }
        let columns = columns_of(&self.heads);
        let is_filled = columns.iter().any(|column| !row.get(*column).is_empty());
        if !is_filled {
            // A line between two weeks may name the next one.
            if self.week_column.is_none()
                && let Some(day) = row.iter().find_map(|cell| self.day_in(cell))
            {
                self.set_week(day);
                self.sums.fill(0);
            }
            return Ok(());
        }
        if self.is_sum(row, &columns) {
            reading.problem(
                Problem::left_out("import.total_row", "a total, not an entry").at(row.line),
            );
            return Ok(());
        }
        if let Some(column) = self.week_column {
            let Some(day) = self.day_in(row.get(column)) else {
                let problem =
                    Problem::bad("import.no_week", "this row does not say which week it is");
                reading.problem(
                    problem
                        .at(row.line)
                        .column(self.name(column))
                        .value(row.get(column)),
                );
                return Ok(());
            };
            self.set_week(day);
        }
        if row.len() > self.header.names.len() {
            reading.problem(too_wide(row, self.header.names.len()).at(row.line));
            return Ok(());
        }
        for index in 0..self.days.len() {
            if let Some((column, day)) = self.days.get(index).copied() {
                self.cell(row, column, day, reading);
            }
        }
        Ok(())
    }

    fn cell(&mut self, row: &Row<'_>, column: usize, day: Day, reading: &mut Reading<'_>) {
        let text = row.get(column);
        if text.is_empty() || text == "-" {
            return;
        }
        let Some(seconds) = duration(text, self.style) else {
            let problem = Problem::bad(
                "import.duration",
                format!(
                    "\"{}\" is not a duration I know",
                    crate::problem::shown(text)
                ),
            );
            reading.problem(problem.at(row.line).column(self.name(column)).value(text));
            return;
        };
        if seconds == 0 {
            // Grids print a nought where nothing was done.
            return;
        }
        if let Some(sum) = self.sums.get_mut(column) {
            *sum += seconds;
        }
        let text = |field: Field| {
            let found = self.texts.iter().find(|(f, _)| *f == field);
            found.map_or("", |(_, column)| row.get(*column))
        };
        reading.entry(&Entry {
            line: row.line,
            person: text(Field::Person),
            email: text(Field::Email),
            client: text(Field::Client),
            project: text(Field::Project),
            task: text(Field::Task),
            description: text(Field::Description),
            tags: Tags::new(text(Field::Tags), ", "),
            day: Some(day),
            seconds,
            ..Entry::default()
        });
    }

    /// A row of sums: by a word, or without a text and each cell the sum of those above.
    fn is_sum(&self, row: &Row<'_>, columns: &[usize]) -> bool {
        let has_word =
            (0..row.len()).any(|at| !columns.contains(&at) && words::is_total(row.get(at)));
        let has_text = self
            .texts
            .iter()
            .any(|(_, column)| !row.get(*column).is_empty());
        let sums_up = || {
            columns.iter().all(|column| {
                let stated = duration(row.get(*column), self.style).unwrap_or(0);
                self.sums
                    .get(*column)
                    .is_some_and(|sum| (sum - stated).abs() <= 36)
            })
        };
        has_word || (!has_text && sums_up())
    }

    fn name(&self, column: usize) -> &str {
        self.header.names.get(column).map_or("", String::as_str)
    }
}
