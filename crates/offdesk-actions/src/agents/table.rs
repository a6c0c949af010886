//! Usage from a table: a line for each assignment, by its number, all of them or none.

use jiff::civil::Date;
use offdesk_domain::Day;
use offdesk_import::problem::shown;
use offdesk_store::Tx;
use offdesk_store::assignments::load_numbered;

use super::{NewUsage, add_usage, agent};
use crate::actor::{Actor, Permission};
use crate::budgets::note_passed;
use crate::change::note;
use crate::error::Error;
use crate::moment::Moment;

/// So many lines a table may have.
const MOST_LINES: usize = 10_000;
/// The columns that are known; the first is needed.
const COLUMNS: [&str; 6] = [
    "assignment",
    "day",
    "uses",
    "tokens_in",
    "tokens_out",
    "note",
];

/// Notes the usage of a table with the columns `assignment` (its number) and any of `day`, `uses`, `tokens_in`, `tokens_out` and `note`, and
/// says how many lines it had.
///
/// # Errors
/// `agent.table` with the line, and those of [`super::note_usage`].
pub fn note_usage_table(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &str,
    moment: Moment,
) -> Result<u64, Error> {
    let mut scope = actor.within(tx, Permission::Use)?;
    let mut reader = ::csv::ReaderBuilder::new()
        .trim(::csv::Trim::All)
        .from_reader(text.as_bytes());
    let headers = reader
        .headers()
        .map_err(|error| wrong(1, &error.to_string()))?;
    let places = places(headers)?;
    let mut lines = 0_u64;
    for (record, line) in reader.records().zip(2_u64..) {
        let record = record.map_err(|error| wrong(line, &error.to_string()))?;
        if line > u64::try_from(MOST_LINES).unwrap_or(u64::MAX) {
            return Err(wrong(line, "a table has at most 10,000 lines"));
        }
        let cell = |name: &str| {
            let place = places.iter().find(|(known, _)| *known == name);
            place.and_then(|(_, at)| record.get(*at)).unwrap_or("")
        };
        let count = |name: &str| match cell(name) {
            "" => Ok(0),
            text => text
                .replace(',', "")
                .parse::<i64>()
                .map_err(|_| wrong(line, &format!("\"{}\" is no number", shown(text)))),
        };
        let new = NewUsage {
            day: day(line, cell("day"))?,
            uses: count("uses")?,
            tokens_in: count("tokens_in")?,
            tokens_out: count("tokens_out")?,
            note: cell("note").to_owned(),
        };
        let number = cell("assignment").trim_start_matches('#').parse().ok();
        let row = match number {
            Some(number) => load_numbered(&mut scope, number)?,
            None => None,
        };
        let missing = || {
            let number = shown(cell("assignment"));
            wrong(line, &format!("there is no assignment \"{number}\""))
        };
        let row = row.ok_or_else(missing)?;
        let noted = agent(&mut scope, row.person_id)
            .and_then(|_| add_usage(&mut scope, actor, &row, &new, moment));
        noted.map_err(|error| Error {
            message: format!("line {line}: {}", error.message),
            ..error
        })?;
        lines += 1;
    }
    note_passed(&mut scope, moment)?;
    let told = format!("{lines} lines");
    note(&mut scope, actor, moment, "note_usage_table", "", told)?;
    Ok(lines)
}

fn places(headers: &::csv::StringRecord) -> Result<Vec<(&'static str, usize)>, Error> {
    let mut places = Vec::new();
    for (at, header) in headers.iter().enumerate() {
        let name = header.trim_start_matches('\u{feff}').to_lowercase();
        let known = COLUMNS.into_iter().find(|column| *column == name);
        let known = known.ok_or_else(|| {
            let name = shown(header);
            wrong(1, &format!("\"{name}\" is no column of usage"))
        })?;
        places.push((known, at));
    }
    if places.iter().any(|(name, _)| *name == "assignment") {
        return Ok(places);
    }
    Err(wrong(1, "the column assignment is missing"))
}

fn day(line: u64, text: &str) -> Result<Option<Day>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: Result<Date, _> = text.parse();
    let date = date.map_err(|_| wrong(line, &format!("\"{}\" is no day", shown(text))))?;
    Ok(Some(Day::from_date(date)))
}

fn wrong(line: u64, why: &str) -> Error {
    Error::invalid("table", "agent.table", format!("line {line}: {why}")).hint(
        "a table has the column assignment and any of day, uses, tokens_in, tokens_out and note",
    )
}
