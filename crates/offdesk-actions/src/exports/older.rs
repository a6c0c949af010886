//! What a file of an older offdesk has otherwise: its digest is over what it has, and what came in since is filled in.

use std::collections::BTreeMap;

use offdesk_domain::audit::{LEAST_WEEKS, MOST_WEEKS};
use offdesk_store::workspaces::WorkspaceRow;
use offdesk_store::{Uuid, Value};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use super::limits::beyond_settings;
use super::{MANIFEST, WorkspaceJson, damaged};
use crate::error::Error;
use crate::workspaces::usual_working_day;

/// Tables whose rows have a hash, their last column, that those of an older file lack.
const SEALED: [&str; 2] = ["milestone", "receipt"];
/// A table whose last column is in a digest only where it says something: those of an older file lack it.
const LATER: (&str, &str) = ("blueprint_version", "replaced");

/// The table of the steps that were ticked, whose rows had the moment of it as their last column.
const TICKED: &str = "assignment_step";
/// That column. It is held against the digest and not kept.
const TICKED_AT: &str = "ticked_at";

/// What was otherwise in a file.
#[derive(Debug, Default)]
pub(super) struct Older {
    /// The weeks of a year as they stand there, where they are fewer or more than a year of work has.
    pub weeks: Option<String>,
    /// The tables of which a row came without its hash.
    unsealed: Vec<&'static str>,
    /// When each step was ticked, by its assignment and its place.
    ticked: BTreeMap<(Uuid, i64), i64>,
}

impl Older {
    /// Whether anything is to be sealed.
    pub(super) fn is_unsealed(&self) -> bool {
        !self.unsealed.is_empty()
    }

    /// Notes a row that came without its hash, or with a moment that is not kept any more.
    pub(super) fn look(&mut self, table: &'static str, row: &[Value], line: &str) {
        if let (TICKED, Some(step)) = (table, step_of(row)) {
            let fields: Option<Map<String, Json>> = serde_json::from_str(line).ok();
            let at = fields.and_then(|fields| fields.get(TICKED_AT)?.as_i64());
            self.ticked.extend(at.map(|at| (step, at)));
        }
        let is_bare = matches!(row.last(), Some(Value::Text(hash)) if hash.is_empty());
        if SEALED.contains(&table) && is_bare && !self.unsealed.contains(&table) {
            self.unsealed.push(table);
        }
    }

    /// What of a row stood in the file, and what stood there besides.
    pub(super) fn written<'r>(
        &self,
        table: &str,
        row: &'r [Value],
    ) -> (&'r [Value], Option<Value>) {
        if table == TICKED {
            let at = step_of(row).and_then(|step| self.ticked.get(&step));
            return (row, at.map(|at| Value::Int(*at)));
        }
        match row.split_last() {
            Some((_, before)) if self.unsealed.contains(&table) => (before, None),
            Some((Value::Text(last), before)) if table == LATER.0 && last.is_empty() => {
                (before, None)
            }
            _ => (row, None),
        }
    }
}

/// Which step of which assignment a row is.
fn step_of(row: &[Value]) -> Option<(Uuid, i64)> {
    match row {
        [_, Value::Id(assignment), Value::Int(step), ..] => Some((*assignment, *step)),
        _ => None,
    }
}

/// Whether a row may have a column that is not there any more, with a number in it.
pub(super) fn may_have(table: &str, column: &str, field: &Json) -> bool {
    (table, column) == (TICKED, TICKED_AT) && field.is_i64()
}

/// Whether a row may lack a column.
pub(super) fn may_lack(table: &str, column: &str) -> bool {
    (table, column) == LATER || column == "hash" && SEALED.contains(&table)
}

/// The weeks of a year as a workspace reads them: a value that was kept before there were limits is the nearest within them. `None` for what
/// is no number.
fn weeks_of(text: &str) -> Option<String> {
    let weeks: Decimal = text.parse().ok()?;
    Some(match (LEAST_WEEKS..=MOST_WEEKS).contains(&weeks) {
        true => text.to_owned(),
        false => weeks.clamp(LEAST_WEEKS, MOST_WEEKS).to_string(),
    })
}

/// A workspace as it comes in.
pub(super) fn row_of(workspace: &WorkspaceJson) -> Result<WorkspaceRow, Error> {
    let row = WorkspaceRow {
        id: workspace.id,
        name: workspace.name.clone(),
        currency: workspace.currency.clone(),
        place: workspace.place.clone(),
        zone: workspace.zone.clone(),
        weeks_per_year: weeks_of(&workspace.weeks_per_year)
            .ok_or_else(|| damaged(format!("{MANIFEST}: the weeks of a year")))?,
        working_day: workspace.working_day.unwrap_or_else(usual_working_day),
        is_demo: workspace.is_demo,
        revision: 1,
        created_at: workspace.created_at,
        version: 1,
    };
    match beyond_settings(&row) {
        None => Ok(row),
        Some(what) => Err(damaged(format!("{MANIFEST}: {what}"))),
    }
}
