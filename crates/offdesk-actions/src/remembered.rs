//! Hours without a tracker: a week told from memory, and a line typed now and then.

mod changing;
pub mod json;
mod lines;
mod typed;

use std::collections::BTreeMap;

use offdesk_domain::Day;
use offdesk_store::entries::load_typed;
use offdesk_store::sources::{
    SourceRow, find_published, list_published, load_source, remove_entries, update_source,
};
use offdesk_store::times::AddedTime;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

pub use self::changing::{
    TypedFields, TypedLine, change_typed_fields, change_typed_line, list_typed_lines,
    remove_typed_line,
};
use self::lines::{Kept, Line, add_lines, add_source};
pub use self::typed::read_log_line;
use crate::actor::{Actor, Permission};
use crate::change::{name_of, note, note_all};
use crate::error::Error;
use crate::imports::{REMOVED_AT_ONCE, settle, settle_logged};
use crate::moment::Moment;
use crate::returns::Days;
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
    let week = Decimal::from(WEEK);
    let strange = rows
        .iter()
        .map(|row| row.hours)
        .find(|hours| *hours < Decimal::ZERO || *hours > week);
    let total = strange.unwrap_or_else(|| rows.iter().map(|row| row.hours).sum());
    if strange.is_some() || total > week {
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
            // A week has a hundred rows at most.
            while remove_entries(&mut scope, undone.id, REMOVED_AT_ONCE)? > 0 {}
        }
    }
    let mut lines = Vec::new();
    for row in &rows {
        lines.push(Line {
            name: name_of("name", &row.name, 120)?,
            seconds: (row.hours * Decimal::from(3600))
                .round()
                .to_i64()
                .unwrap_or(0),
            day: None,
        });
    }
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let source = add_source(&mut scope, actor, MEMORY, "a week from memory", moment)?;
    let lines: Vec<&Line> = lines.iter().collect();
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
    /// The seconds of it that count: fewer where another source has the same hours.
    pub counted: i64,
    /// What it was.
    pub text: String,
}

/// A line to be logged: by whom, and when.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Who logs it.
    pub actor: Actor,
    /// The line as typed.
    pub text: String,
    /// The day it is for; today where none is said.
    pub day: Option<Day>,
    /// When.
    pub moment: Moment,
}

impl NewLine {
    fn is_allowed(&self, workspace: WorkspaceId) -> Result<(), Error> {
        if self.actor.workspace_for(Permission::Import)? == workspace {
            Ok(())
        } else {
            Err(Error::not_found("workspace"))
        }
    }

    fn read(&self, workspace: WorkspaceId, days: &Days) -> Result<Line, Error> {
        self.checked(workspace, days, read_log_line(&self.text)?)
    }

    fn checked(
        &self,
        workspace: WorkspaceId,
        days: &Days,
        (seconds, name): (i64, String),
    ) -> Result<Line, Error> {
        let name = name_of("line", &name, 400)?;
        let today = days.today(self.moment);
        let day = self.day.unwrap_or(today);
        // A day ahead in the workspace can be today where the owner is.
        if day.0 > today.0 + 1 || day.0 < today.0 - 3660 {
            return Err(Error::invalid(
                "day",
                "log.day",
                format!("{day} is not a day of the last ten years"),
            ));
        }
        self.is_allowed(workspace)?;
        Ok(Line {
            name,
            seconds,
            day: Some(day),
        })
    }
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
    let line = NewLine {
        actor: actor.clone(),
        text: text.to_owned(),
        day,
        moment,
    };
    let workspace = actor.workspace_for(Permission::Import)?;
    let logged = log_lines(tx, workspace, &[line])?.pop();
    logged.unwrap_or_else(|| Err(Error::not_found("line")))
}

/// Logs lines of one workspace that came together: those that are wrong are refused, each by itself, before anything is written; of
/// the others all are kept, or none.
///
/// # Errors
/// Those of the store.
pub fn log_lines(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    lines: &[NewLine],
) -> Result<Vec<Result<Logged, Error>>, Error> {
    let Some(first) = lines.iter().find(|it| it.is_allowed(workspace).is_ok()) else {
        let refused = |line: &NewLine| {
            line.is_allowed(workspace)
                .and(Err(Error::not_found("workspace")))
        };
        return Ok(lines.iter().map(refused).collect());
    };
    let mut scope = first.actor.within(tx, Permission::Import)?;
    scope.hold()?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let days = Days::in_zone(settings.zone.as_deref().unwrap_or_default());
    let read = lines.iter().map(|line| line.read(workspace, &days));
    let read: Vec<Result<Line, Error>> = read.collect();
    let (by, good): (Vec<&NewLine>, Vec<&Line>) = lines
        .iter()
        .zip(&read)
        .filter_map(|(line, read)| Some((line, read.as_ref().ok()?)))
        .unzip();
    let mut counted = Vec::new();
    if let Some(NewLine { actor, moment, .. }) = by.first() {
        let source = log_of(&mut scope, actor, *moment)?;
        let kept = add_lines(&mut scope, source, &good, &settings, *moment)?;
        let is_held = settle_logged(&mut scope, source, &added(source, &good, &kept))?;
        for (line, kept) in good.iter().zip(&kept) {
            // Where nothing else has the day, all of it counts.
            let row = match is_held {
                true => load_typed(&mut scope, source, kept.entry)?,
                false => None,
            };
            counted.push(row.map_or(line.seconds, |row| row.counted));
        }
        let changes = by.iter().zip(&good).map(|(by, line)| {
            let day = line.day.unwrap_or(Day(0));
            let detail = format!("{} s on {day}", line.seconds);
            (&by.actor, by.moment, (line.name.clone(), detail))
        });
        note_all(&mut scope, "log_time", changes.collect())?;
    }
    let mut counted = counted.into_iter();
    let mut logged = |line: Line| Logged {
        workspace: settings.name.clone(),
        day: line.day.unwrap_or(Day(0)),
        seconds: line.seconds,
        counted: counted.next().unwrap_or(line.seconds),
        text: line.name,
    };
    Ok(read.into_iter().map(|read| read.map(&mut logged)).collect())
}

/// What lines add to their wordings and days.
fn added(source: Uuid, lines: &[&Line], kept: &[Kept]) -> Vec<AddedTime> {
    let mut sums: BTreeMap<(Uuid, i64), (i64, i64)> = BTreeMap::new();
    for (line, kept) in lines.iter().zip(kept) {
        if let Some(day) = line.day {
            let sum = sums.entry((kept.wording, day.0.into())).or_default();
            *sum = (sum.0 + 1, sum.1 + line.seconds);
        }
    }
    let added = |((wording, day), (entries, seconds))| AddedTime {
        source,
        wording,
        day,
        entries,
        seconds,
    };
    sums.into_iter().map(added).collect()
}

/// The source of what is typed in; a new one where there is none.
fn log_of(scope: &mut Scope<'_, '_>, actor: &Actor, moment: Moment) -> Result<Uuid, Error> {
    match find_published(scope, LOG)? {
        Some(known) => Ok(known.id),
        None => Ok(add_source(scope, actor, LOG, "typed in", moment)?.id),
    }
}
