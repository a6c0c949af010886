//! Typed lines afterwards: listed, changed, removed one by one.

use offdesk_domain::Day;
use offdesk_store::entries::{
    TypedRow, change_typed, list_typed, load_typed, recount_source, remove_typed,
};
use offdesk_store::sources::{SourceRow, find_published, update_source};
use offdesk_store::times::reckon_times;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};

use super::lines::wordings_of;
use super::typed::{read_length, read_log_line};
use super::{LOG, Logged, NewLine};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::entries::Cursor;
use crate::error::Error;
use crate::imports::settle;
use crate::moment::Moment;
use crate::returns::Days;
use crate::workspaces::Settings;

/// So many lines are listed at most.
const MOST: u32 = 200;

/// A line that was typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedLine {
    /// Id.
    pub id: Uuid,
    /// The day it is for.
    pub day: Day,
    /// How long it took.
    pub seconds: i64,
    /// The seconds of it that count: fewer where another source has the same hours.
    pub counted: i64,
    /// What it was.
    pub text: String,
}

impl TypedLine {
    /// The length as it stands in a field: `1:30`, with seconds only where it has any.
    #[must_use]
    pub fn length(&self) -> String {
        length_of(self.seconds)
    }

    fn of(row: TypedRow) -> Self {
        Self {
            id: row.id,
            day: Day::from_number(row.day).unwrap_or(Day(0)),
            seconds: row.seconds,
            counted: row.counted,
            text: row.text,
        }
    }
}

/// The length and the text that take the place of those of a line.
type Said<'s> = dyn Fn(&TypedRow) -> Result<(i64, String), Error> + 's;

/// A line in fields of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedFields {
    /// The length; what it was stays to the second where this is as [`TypedLine::length`] has it.
    pub length: String,
    /// What it was.
    pub text: String,
    /// The day; where none is said, that of the line.
    pub day: Option<Day>,
}

fn length_of(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    match seconds % 60 {
        0 => format!("{hours}:{minutes:02}"),
        rest => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

/// The lines typed into the open workspace, the latest day first, and where the next page begins.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_typed_lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Cursor>,
    most: u32,
) -> Result<(Vec<TypedLine>, Option<Cursor>), Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let Some(log) = find_published(&mut scope, LOG)? else {
        return Ok((Vec::new(), None));
    };
    let before = before.map_or((i64::MAX, Uuid::max()), |at| (at.day, at.id));
    let most = most.clamp(1, MOST);
    let rows = list_typed(&mut scope, log.id, before, most)?;
    let is_full = u32::try_from(rows.len()).is_ok_and(|count| count == most);
    let next = rows.last().filter(|_| is_full);
    let next = next.map(|row| Cursor {
        day: row.day,
        id: row.id,
    });
    Ok((rows.into_iter().map(TypedLine::of).collect(), next))
}

/// Puts another line in the place of one that was typed in; on the same day where none is said.
///
/// # Errors
/// `not_found`, and as for a new line `log.duration`, `log.text`, `log.day`.
pub fn change_typed_line(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    text: &str,
    day: Option<Day>,
    moment: Moment,
) -> Result<Logged, Error> {
    let said = |_: &TypedRow| read_log_line(text);
    change(tx, actor, (id, day), moment, &said)
}

/// The same, field by field: what was not changed stays exactly as it is.
///
/// # Errors
/// `not_found`, `log.duration`, `log.text`, `log.day`.
pub fn change_typed_fields(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    fields: &TypedFields,
    moment: Moment,
) -> Result<Logged, Error> {
    let said = |row: &TypedRow| {
        let seconds = if fields.length == length_of(row.seconds) {
            row.seconds
        } else {
            read_length(&fields.length)?
        };
        if fields.text.is_empty() {
            return Err(Error::invalid("line", "log.text", "what was it?"));
        }
        Ok((seconds, fields.text.clone()))
    };
    change(tx, actor, (id, fields.day), moment, &said)
}

fn change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (id, day): (Uuid, Option<Day>),
    moment: Moment,
    said: &Said<'_>,
) -> Result<Logged, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let mut scope = actor.within(tx, Permission::Import)?;
    scope.hold()?;
    let (log, row) = find(&mut scope, id)?;
    let settings = Settings::of(&load_workspace(&mut scope)?)?;
    let days = Days::in_zone(settings.zone.as_deref().unwrap_or_default());
    let new = NewLine {
        actor: actor.clone(),
        text: String::new(),
        day: day.or(Day::from_number(row.day)),
        moment,
    };
    let line = new.checked(workspace, &days, said(&row)?)?;
    let day = line.day.unwrap_or(Day(0));
    let wordings = wordings_of(&mut scope, &[&line], &settings, moment)?;
    let wording = wordings.first().ok_or_else(|| Error::not_found("line"))?;
    let changed = TypedRow {
        id,
        day: day.0.into(),
        seconds: line.seconds,
        counted: line.seconds,
        text: line.name,
    };
    change_typed(&mut scope, log.id, *wording, &changed)?;
    reckon(&mut scope, &log)?;
    let detail = format!("{} s on {day}", changed.seconds);
    note(
        &mut scope,
        actor,
        moment,
        "change_log_line",
        changed.text.as_str(),
        detail,
    )?;
    let kept = load_typed(&mut scope, log.id, id)?.unwrap_or(changed);
    Ok(Logged {
        workspace: settings.name,
        day,
        seconds: kept.seconds,
        counted: kept.counted,
        text: kept.text,
    })
}

/// Removes a line that was typed in.
///
/// # Errors
/// `not_found`.
pub fn remove_typed_line(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<TypedLine, Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    scope.hold()?;
    let (log, row) = find(&mut scope, id)?;
    remove_typed(&mut scope, log.id, id)?;
    reckon(&mut scope, &log)?;
    let line = TypedLine::of(row);
    let detail = format!("{} s on {}", line.seconds, line.day);
    note(
        &mut scope,
        actor,
        moment,
        "remove_log_line",
        line.text.as_str(),
        detail,
    )?;
    Ok(line)
}

fn find(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<(SourceRow, TypedRow), Error> {
    let gone = || Error::not_found("line");
    let log = find_published(scope, LOG)?.ok_or_else(gone)?;
    let row = load_typed(scope, log.id, id)?.ok_or_else(gone)?;
    Ok((log, row))
}

/// Adds the lines up again, and holds all sources against each other; a log without a line is none.
fn reckon(scope: &mut Scope<'_, '_>, log: &SourceRow) -> Result<(), Error> {
    let left = recount_source(scope, log.id)?;
    reckon_times(scope, log.id)?;
    if left == 0
        && let Some(empty) = find_published(scope, LOG)?
    {
        let undone = SourceRow {
            state: "undone".to_owned(),
            ..empty
        };
        update_source(scope, &undone)?;
    }
    settle(scope)
}
