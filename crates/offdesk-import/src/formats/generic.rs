//! Any table: columns guessed from their names and their values, or named by the user; weekly grids; and hours per
//! week typed from memory.

use offdesk_domain::EntryKind;

use crate::input::Input;
use crate::options::Field;
use crate::problem::{Problem, shown};
use crate::reading::Reading;
use crate::table::csv::Splitting;
use crate::table::guess::{Guess, Profile};
use crate::table::header::Header;
use crate::table::plan::{Plan, column_of};
use crate::table::{Layout, each_row, grid, read_planned};

/// So many rows are looked at for a guess.
const LOOKED_AT: usize = 200;

/// A table of no known source.
pub static TABLE: Layout = Layout {
    id: "table",
    label: "table",
    ..Layout::NONE
};

/// Hours of a usual week, by activity, typed from memory.
pub static MEMORY: Layout = Layout {
    id: "memory",
    label: "hours per week, from memory",
    kind: EntryKind::Remembered,
    all_of: &[
        &["hours_per_week"],
        &["hours per week"],
        &["hours a week"],
        &["hours / week"],
        &["hours/week"],
        &["weekly hours"],
        &["h/week"],
        &["h/wk"],
        &["hrs/wk"],
        &["stunden pro woche"],
        &["std. pro woche"],
        &["std./woche"],
        &["std/woche"],
        &["wochenstunden"],
        &["heures par semaine"],
        &["heures/semaine"],
        &["horas por semana"],
        &["horas semanales"],
        &["horas semanais"],
        &["ore a settimana"],
        &["ore settimanali"],
        &["uren per week"],
    ],
    none_of: &["date", "day", "start", "datum", "fecha", "data"],
    columns: &[
        (
            Field::Hours,
            &[
                "hours_per_week",
                "hours per week",
                "hours a week",
                "hours / week",
                "hours/week",
                "weekly hours",
                "h/week",
                "h/wk",
                "hrs/wk",
                "stunden pro woche",
                "std. pro woche",
                "std./woche",
                "std/woche",
                "wochenstunden",
                "heures par semaine",
                "heures/semaine",
                "horas por semana",
                "horas semanales",
                "horas semanais",
                "ore a settimana",
                "ore settimanali",
                "uren per week",
            ],
        ),
        (
            Field::Task,
            &[
                "activity",
                "task",
                "work",
                "what",
                "tätigkeit",
                "aufgabe",
                "activité",
                "tâche",
                "actividad",
                "tarea",
                "attività",
                "atividade",
                "tarefa",
                "activiteit",
                "taak",
            ],
        ),
        (
            Field::Person,
            &["person", "who", "name", "wer", "persona", "personne"],
        ),
        (
            Field::Client,
            &["client", "customer", "kunde", "cliente", "klant"],
        ),
        (
            Field::Project,
            &[
                "project", "projekt", "projet", "proyecto", "progetto", "projeto",
            ],
        ),
        (
            Field::Description,
            &[
                "notes",
                "description",
                "notizen",
                "beschreibung",
                "notas",
                "note",
            ],
        ),
        (Field::Tags, &["tags", "category"]),
    ],
    totals: true,
    remark: "each row is the hours of one usual week",
    ..Layout::NONE
};

/// Reads a table of no known source.
///
/// # Errors
/// Fatal problems only, among them `import.no_header`, `import.no_date`, `import.no_duration`,
/// `import.duration_ambiguous`, `import.no_week`.
pub fn read(header: &Header, input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut mapped = Vec::new();
    for (field, column) in &reading.options.map {
        mapped.push((*field, column_of(column, header)?));
    }
    let mut guess = Guess::new(header.names.len());
    let mut rows = 0;
    each_row(header, Splitting::Careful, input, |row| {
        guess.add(row);
        rows += 1;
        Ok::<bool, Problem>(rows < LOOKED_AT)
    })?;
    guess.decide(&header.keys, &mapped);
    // The hours of one day are no column of hours, unless the owner says so.
    let is_told = mapped.iter().any(|(field, _)| *field == Field::Hours);
    let is_grid = match guess.column(Field::Hours) {
        Some(at) => !is_told && grid::is_day(&header.names, at),
        None => grid::is_header(&header.names),
    };
    if is_grid {
        return grid::read(header, &guess, input, reading);
    }
    if header.line == 0 && mapped.is_empty() && !guess.is_unmistakable() {
        return Err(Problem::fatal(
            "import.no_header",
            "this table has no line with the names of its columns",
        )
        .hint("put one at the top, such as: date,hours,project,notes"));
    }
    let mut plan = Plan::new(&TABLE, header, reading.options)?;
    for (field, column) in &guess.columns {
        plan.set(*field, vec![*column]);
    }
    if let Some(unit) = guess.unit {
        plan.unit = unit;
    }
    for field in [Field::Date, Field::Hours] {
        if let Some((column, cannot_be)) = guess.nearest(field, &header.keys) {
            let example = guess
                .profiles
                .get(column)
                .map_or("", |p| p.example.as_str());
            plan.nearest
                .push((field, column, example.to_owned(), cannot_be));
        }
    }
    if guess.lacks_unit() {
        return Err(no_unit(&plan));
    }
    plan.check(input.name())?;
    say(&guess, &plan, header, reading);
    read_planned(&plan, header, input, reading)
}

/// Tells the guess, and what about it the owner should know.
fn say(guess: &Guess, plan: &Plan, header: &Header, reading: &mut Reading<'_>) {
    let columns = Field::NAMES.iter().filter_map(|(name, field)| {
        let column = plan.names.get(plan.column(*field)?)?;
        Some(format!("{name} = {}", shown(column)))
    });
    let columns = columns.collect::<Vec<_>>().join(", ");
    if header.line == 0 {
        reading.decide(format!(
            "no line with names; columns by their values: {columns}"
        ));
    } else {
        reading.decide(format!("columns: {columns}"));
    }
    if !guess.has_text() {
        let message = "no column says what was done: all hours fall into one activity";
        reading.problem(
            Problem::note("import.no_text", message)
                .at(header.line)
                .hint("name the column:  --map notes=COLUMN"),
        );
    }
    for (column, key) in header.keys.iter().enumerate() {
        let is_second =
            !key.is_empty() && header.keys.iter().take(column).any(|other| other == key);
        if is_second {
            let message = "a second column has this name; the first counts";
            reading.problem(
                Problem::note("import.duplicate_column", message)
                    .at(header.line)
                    .column(shown(key))
                    .hint(format!(
                        "to use it instead, name it by its number:  --map FIELD={}",
                        column + 1
                    )),
            );
        }
    }
    let hours = plan.column(Field::Hours).filter(|_| header.line > 0);
    if let Some(column) = hours
        && guess
            .profiles
            .get(column)
            .is_some_and(Profile::may_be_clock)
    {
        reading.ask(format!(
            "Is 1.30 in \"{}\" one hour and thirty minutes? I read decimals: 1 h 18 min. Write 1:30 for the other.",
            plan.names.get(column).map_or("", |name| name)
        ));
    }
    let has_length = plan.has(Field::Duration) || plan.has(Field::Hours);
    if let Some(name) = guess.breaks.and_then(|column| plan.names.get(column))
        && !has_length
    {
        let message = "breaks are not taken off: the time from start to end counts";
        reading.problem(
            Problem::note("import.breaks", message)
                .at(header.line)
                .column(shown(name))
                .hint("add a column with the hours worked"),
        );
    }
}

fn no_unit(plan: &Plan) -> Problem {
    let name = shown(plan.name(Field::Duration));
    Problem::fatal(
        "import.duration_ambiguous",
        format!("the numbers in \"{name}\" are too large for hours, and nothing says whether they are minutes or seconds"),
    )
    .column(&name)
    .hint("name the column Minutes or Seconds in the file")
}
