//! Hours without a tracker: a week told from memory, and a line typed now and then.

pub mod json;
mod lines;
mod typed;

use offdesk_domain::Day;
use offdesk_store::sources::{
    SourceRow, find_published, list_published, load_source, update_source,
};
use offdesk_store::times::AddedTime;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use self::lines::{Line, add_lines, add_source};
pub use self::typed::read_log_line;
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note};
use crate::error::Error;
use crate::imports::{settle, settle_logged};
use crate::moment::Moment;
use crate::workspaces::Settings;

/// The format of a week told from memory.
pub(crate) const MEMORY: &str = "memory";
/// The format of lines typed now and then.
pub(crate) const LOG: &str = "log";
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
    scope.hold()?;
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
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let source = add_source(&mut scope, actor, MEMORY, "a week from memory", moment)?;
    add_lines(&mut scope, source.id, &lines, &settings, moment)?;
    settle(&mut scope)?;
    let detail = format!("{} hours a week", total.normalize());
    note(&mut scope, actor, moment, "remember_week", "", detail)?;
    Ok(load_source(&mut scope, source.number)?.unwrap_or(source))
}

/// What was logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The workspace's name.
    pub workspace: String,
    /// The day it is for.
    pub day: Day,
    /// How long it took.
    pub seconds: i64,
    /// What it was.
    pub text: String,
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
) -> Result<Logged, Error> {
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
    scope.hold()?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let source = log_of(&mut scope, actor, moment)?;
    let line = Line {
        name: name.clone(),
        seconds,
        day: Some(day),
    };
    let wordings = add_lines(&mut scope, source, &[line], &settings, moment)?;
    for wording in wordings {
        let added = AddedTime {
            source,
            wording,
            day: day.0.into(),
            seconds,
        };
        settle_logged(&mut scope, added)?;
    }
    note(
        &mut scope,
        actor,
        moment,
        "log_time",
        name.clone(),
        format!("{seconds} s on {day}"),
    )?;
    Ok(Logged {
        workspace: settings.name,
        day,
        seconds,
        text: name,
    })
}

/// The source of what is typed in; a new one where there is none.
fn log_of(scope: &mut Scope<'_, '_>, actor: &Actor, moment: Moment) -> Result<Uuid, Error> {
    match find_published(scope, LOG)? {
        Some(known) => Ok(known.id),
        None => Ok(add_source(scope, actor, LOG, "typed in", moment)?.id),
    }
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
