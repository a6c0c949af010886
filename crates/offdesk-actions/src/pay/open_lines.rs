//! Lines that are on no statement yet, each with the number by which it can be put right before it is on one.

use std::collections::HashMap;

use offdesk_domain::money::Money;
use offdesk_domain::pay::{Earned, Posted};
use offdesk_store::pay::open_lines::{list_open_lines as stored, load_line_facts};
use offdesk_store::pay::postings::PostingRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::about::{About, abouts_by, activities_of};
use super::ledger::earned_of;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::people::Names;
use crate::people::own::own;

/// A line that is on no statement yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// Its number, which a correction names.
    pub posting: u64,
    /// Whose.
    pub person_id: Uuid,
    /// Their name.
    pub person: String,
    /// What was earned.
    pub earned: Earned,
    /// The name of its activity.
    pub activity: String,
    /// What it pays, and what it puts right.
    pub about: About,
    /// What it comes to by itself; below nothing where something is taken back.
    pub amount: Money,
}

/// Lines of everybody before a number that are on no statement yet, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_open_lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<OpenLine>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = stored(&mut scope, None, (before.unwrap_or(i64::MAX), most))?;
    lines_of(&mut scope, rows)
}

/// Those of the person the actor is.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_open_lines(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<OpenLine>, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let before = before.unwrap_or(i64::MAX);
    let rows = stored(&mut scope, Some(person.id), (before, most))?;
    lines_of(&mut scope, rows)
}

fn lines_of(scope: &mut Scope<'_, '_>, mut rows: Vec<PostingRow>) -> Result<Vec<OpenLine>, Error> {
    rows.reverse();
    let mut facts = HashMap::new();
    for row in &rows {
        facts.insert(row.number, load_line_facts(scope, row.number)?);
    }
    let abouts = abouts_by(&facts, &rows);
    let activities = activities_of(scope, &rows)?;
    let mut names = Names::default();
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows.iter().rev() {
        let posting = earned_of(row)?;
        let (Posted::Earned(earned) | Posted::Reversed { earned, .. }) = posting.posted else {
            continue;
        };
        lines.push(OpenLine {
            posting: posting.number,
            person_id: row.person_id,
            person: names.of(scope, row.person_id)?,
            activity: activities
                .get(&earned.activity)
                .cloned()
                .unwrap_or_default(),
            about: abouts.get(&posting.number).cloned().unwrap_or_default(),
            amount: posting.posted.owed()?.rounded()?,
            earned,
        });
    }
    Ok(lines)
}
