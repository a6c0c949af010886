//! Hours without a tracker: a week told from memory, and a line typed now and then.

mod typed;

pub use self::typed::read_log_line;

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_import::Report;
use offdesk_store::entries::{EntryRow, insert_entries};
use offdesk_store::sources::{
    SourceRow, insert_source, list_published, next_number, update_source,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::{Error, ErrorKind};
use crate::imports::{Keys, Scan, Scanned, place_wordings, settle, settle_logged};
use crate::moment::Moment;
use crate::workspaces::Settings;

const MEMORY: &str = "memory";
const LOG: &str = "log";
/// So many hours are in a week.
const WEEK: i64 = 168;
const MOST_ROWS: usize = 100;

/// Hours a week of a kind of work, from memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RememberedWork {
    /// What it is.
    pub name: String,
    /// Hours a week.
    pub hours: Decimal,
}

/// Keeps a week told from memory, in the place of one told before.
///
/// # Errors
/// `memory.nothing`, `memory.hours`, `name.empty`.
pub fn remember_week(
    tx: &mut Tx<'_>,
    actor: &Actor,
    rows: &[RememberedWork],
    moment: Moment,
) -> Result<SourceRow, Error> {
    let rows: Vec<&RememberedWork> = rows.iter().filter(|row| !row.hours.is_zero()).collect();
    if rows.is_empty() {
        return Err(
            Error::invalid("hours", "memory.nothing", "no row has hours")
                .hint("half hours do: 2.5 for two and a half hours in a usual week"),
        );
    }
    if rows.len() > MOST_ROWS {
        return Err(Error::invalid(
            "hours",
            "memory.many",
            format!("{MOST_ROWS} rows are the most"),
        ));
    }
    let total: Decimal = rows.iter().map(|row| row.hours).sum();
    if rows.iter().any(|row| row.hours < Decimal::ZERO) || total > Decimal::from(WEEK) {
        return Err(Error::invalid(
            "hours",
            "memory.hours",
            format!(
                "these are {} hours; a week has {WEEK}, and none is below zero",
                total.normalize()
            ),
        ));
    }
    let mut scope = actor.within(tx, Permission::Import)?;
    for old in list_published(&mut scope)? {
        if old.format == MEMORY {
            let undone = SourceRow {
                state: "undone".to_owned(),
                ..old
            };
            update_source(&mut scope, &undone)?;
        }
    }
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(Line {
            name: name_of("name", &row.name, 120)?,
            seconds: seconds_of(row.hours),
            day: None,
        });
    }
    let source = add_source(&mut scope, actor, MEMORY, "a week from memory", moment)?;
    let source = add_lines(&mut scope, source, &lines, moment)?;
    settle(&mut scope)?;
    let detail = format!("{} hours a week", total.normalize());
    note(&mut scope, actor, moment, "remember_week", "", detail)?;
    Ok(source)
}

/// Logs a line for a day.
///
/// # Errors
/// `log.duration`, `log.text`, `log.day`.
pub fn log_time(
    tx: &mut Tx<'_>,
    actor: &Actor,
    text: &str,
    day: Option<Day>,
    moment: Moment,
) -> Result<(i64, String), Error> {
    let (seconds, name) = read_log_line(text)?;
    let name = name_of("line", &name, 400)?;
    let today = moment.today();
    let day = day.unwrap_or(today);
    // A day ahead in UTC can be today where the owner is.
    if day.0 > today.0 + 1 || day.0 < today.0 - 3660 {
        return Err(Error::invalid(
            "day",
            "log.day",
            format!("{day} is not a day of the last ten years"),
        ));
    }
    let mut scope = actor.within(tx, Permission::Import)?;
    let known = list_published(&mut scope)?
        .into_iter()
        .find(|source| source.format == LOG);
    let source = match known {
        Some(source) => source,
        None => add_source(&mut scope, actor, LOG, "typed in", moment)?,
    };
    let line = Line {
        name: name.clone(),
        seconds,
        day: Some(day),
    };
    let source = add_lines(&mut scope, source, &[line], moment)?;
    settle_logged(&mut scope, source.id, day.0.into())?;
    note(
        &mut scope,
        actor,
        moment,
        "log_time",
        name.clone(),
        format!("{seconds} s on {day}"),
    )?;
    Ok((seconds, name))
}

struct Line {
    name: String,
    seconds: i64,
    day: Option<Day>,
}

fn add_source(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    format: &str,
    label: &str,
    moment: Moment,
) -> Result<SourceRow, Error> {
    let source = SourceRow {
        id: moment.id(),
        number: next_number(scope)?,
        format: format.to_owned(),
        label: label.to_owned(),
        file: label.to_owned(),
        digest: Vec::new(),
        kind: "remembered".to_owned(),
        rows: 0,
        entries: 0,
        seconds: 0,
        skipped: 0,
        bad: 0,
        days: None,
        has_totals: format == MEMORY,
        remarks: "{}".to_owned(),
        state: "published".to_owned(),
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    insert_source(scope, &source)?;
    Ok(source)
}

fn add_lines(
    scope: &mut Scope<'_, '_>,
    source: SourceRow,
    lines: &[Line],
    moment: Moment,
) -> Result<SourceRow, Error> {
    let settings = Settings::of(&load_workspace(scope)?)?;
    let mut keys = Keys::default();
    let mut wordings = Vec::new();
    let mut seen: HashMap<_, usize> = HashMap::new();
    let mut of = Vec::new();
    for line in lines {
        let key = keys.of(&offdesk_import::Entry {
            description: &line.name,
            ..offdesk_import::Entry::default()
        });
        of.push(key);
        let at = *seen.entry(key).or_insert_with(|| {
            wordings.push((
                key,
                Scanned {
                    description: line.name.clone(),
                    ..Scanned::default()
                },
            ));
            wordings.len() - 1
        });
        wordings[at].1.seconds += line.seconds;
    }
    let scan = Scan {
        report: Report::default(),
        wordings,
        clients: Vec::new(),
        digest: Vec::new(),
    };
    let ids = place_wordings(scope, &scan, &settings, moment)?;
    let mut rows = Vec::new();
    for ((line, key), number) in lines.iter().zip(of).zip(source.entries.cast_signed() + 1..) {
        let wording = ids.get(&key).copied().ok_or_else(|| {
            Error::new(
                ErrorKind::Failed,
                "memory.wording",
                "a wording was not kept",
            )
        })?;
        rows.push(EntryRow {
            id: moment.id(),
            source_id: source.id,
            wording_id: wording,
            person: String::new(),
            client: String::new(),
            project: String::new(),
            task: String::new(),
            tags: String::new(),
            description: line.name.clone(),
            day: line.day.map(|day| day.0.into()),
            span: None,
            seconds: line.seconds,
            counted: line.seconds,
            is_counted: true,
            line: number,
            fingerprint: number,
            external_id: String::new(),
        });
    }
    let count = u64::try_from(rows.len()).unwrap_or(0);
    insert_entries(scope, rows)?;
    let seconds: i64 = lines.iter().map(|line| line.seconds).sum();
    let days = lines
        .iter()
        .filter_map(|line| line.day)
        .fold(source.days, |days, day| {
            let day = i64::from(day.0);
            Some(days.map_or((day, day), |(a, b)| (a.min(day), b.max(day))))
        });
    let grown = SourceRow {
        rows: source.rows + count,
        entries: source.entries + count,
        seconds: source.seconds + seconds,
        days,
        ..source
    };
    update_source(scope, &grown)?;
    Ok(SourceRow {
        version: grown.version + 1,
        ..grown
    })
}

/// Hours in whole seconds.
fn seconds_of(hours: Decimal) -> i64 {
    (hours * Decimal::from(3600)).round().to_i64().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_typed() {
        for (text, seconds, name) in [
            ("2h inbox", 7200, "inbox"),
            ("2 h inbox", 7200, "inbox"),
            ("1:30 invoices", 5400, "invoices"),
            ("45m calls", 2700, "calls"),
            ("1,5 proposals", 5400, "proposals"),
            ("1.25h  Steuer", 4500, "Steuer"),
            ("1h30m payroll", 5400, "payroll"),
            ("90 min payroll", 5400, "payroll"),
        ] {
            assert_eq!(
                read_log_line(text),
                Ok((seconds, name.to_owned())),
                "{text}"
            );
        }
        for (text, code) in [
            ("inbox", "log.duration"),
            ("2h", "log.text"),
            ("0h inbox", "log.duration"),
            ("25h inbox", "log.duration"),
            ("1:75 inbox", "log.duration"),
            ("", "log.duration"),
        ] {
            assert_eq!(read_log_line(text).unwrap_err().code, code, "{text}");
        }
    }
}
