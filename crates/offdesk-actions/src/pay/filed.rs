//! What became of pay files: which statements stand in one since which nothing was noted of them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use offdesk_domain::Day;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::day_in;
use offdesk_domain::pay::file::Kind;
use offdesk_store::Scope;
use offdesk_store::pay::files::{PayFileRow, insert_file, list_filed, list_filed_of};

use super::earning::zone_of;
use super::ledger::head;
use super::statements::StatementSummary;
use crate::error::Error;
use crate::moment::Moment;

/// A pay file that a statement stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filed {
    /// The name of the file.
    pub file: String,
    /// Who reads it, in one word.
    pub kind: String,
    /// How much stood in it.
    pub amount: String,
    /// When it was written.
    pub at: i64,
    /// On which day of the workspace.
    pub day: Day,
}

impl Filed {
    /// In words: `in PAY-20261128-093015 of 2026-11-28, not noted as paid`.
    #[must_use]
    pub fn in_words(&self) -> String {
        format!("in {} of {}, not noted as paid", self.file, self.day)
    }
}

/// The last file of each statement since which no payment of it was noted.
pub(super) fn filed(scope: &mut Scope<'_, '_>) -> Result<BTreeMap<i64, Filed>, Error> {
    let rows = list_filed(scope)?;
    told(scope, rows)
}

/// That of one statement, where it is in one.
pub(super) fn filed_of(scope: &mut Scope<'_, '_>, statement: i64) -> Result<Option<Filed>, Error> {
    let rows = list_filed_of(scope, statement)?;
    Ok(told(scope, rows)?.remove(&statement))
}

fn told(scope: &mut Scope<'_, '_>, rows: Vec<PayFileRow>) -> Result<BTreeMap<i64, Filed>, Error> {
    if rows.is_empty() {
        return Ok(BTreeMap::new());
    }
    let zone = zone_of(scope)?;
    let one = |row: PayFileRow| {
        let at = Timestamp::from_microsecond(row.created_at);
        let filed = Filed {
            file: row.file,
            kind: row.kind,
            amount: row.amount,
            at: row.created_at,
            day: at.map_or(Day(0), |at| day_in(at, &zone)),
        };
        (row.statement, filed)
    };
    Ok(rows.into_iter().map(one).collect())
}

/// Notes that statements stand in a file.
pub(super) fn note_file(
    scope: &mut Scope<'_, '_>,
    (file, kind): (&str, Kind),
    rows: &[StatementSummary],
    moment: Moment,
) -> Result<(), Error> {
    let postings = i64::try_from(head(scope)?.count).unwrap_or(i64::MAX);
    let rows: Vec<PayFileRow> = rows
        .iter()
        .map(|one| PayFileRow {
            file: file.to_owned(),
            statement: one.row.number,
            kind: kind.word().to_owned(),
            amount: to_minor_text(one.owed.amount, one.owed.currency),
            postings,
            created_at: moment.micros(),
        })
        .collect();
    insert_file(scope, &rows)?;
    Ok(())
}
