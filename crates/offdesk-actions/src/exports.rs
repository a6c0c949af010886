//! A whole workspace in one file, and from it into another desk: a zip with lines of JSON for each table, and the files that were
//! handed in. Accounts stay where they are, and so does every secret.

mod archive;
pub mod json;
pub mod limits;
mod older;
mod reading;
mod rows;
mod stress;
mod writing;

use std::fs::File;

use offdesk_store::copy::{each_row_of, lift_time_limit, tables_of_workspace};
use offdesk_store::uploads::for_inputs::each_part_with_given;
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Store, StoreError, Uuid, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use self::older::Older;
pub use self::reading::{import_workspace, receive_workspace};
use self::rows::{ACCOUNT_OF_PERSON, absorb};
pub use self::stress::{Stress, StressJson};
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::hex;
use crate::workspaces::usual_working_day;

/// The schema of the manifest.
const SCHEMA: &str = "offdesk.workspace_export/1";
/// Where it stands in the file.
const MANIFEST: &str = "manifest.json";

/// Tables of a workspace that stay where they are: who may come in and how, by an address nobody can guess, too, what somebody is told
/// without asking, what waits to be sent or imported, and answers about stress, which are nobody else's: one's own go along where one asks.
const LEFT: [&str; 14] = [
    "answer",
    "api_token",
    "calendar",
    "digest",
    "feed",
    "invitation",
    "mail",
    "mailbox",
    "member",
    "person_invitation",
    "session",
    "stress_answer",
    "upload",
    "upload_part",
];
/// The log of changes comes along, but the digest is not of it: that something was exported or imported is a line there itself.
const LOG: &str = "event";

/// The tables that are in a file, each after those it refers to.
fn exported() -> impl Iterator<Item = &'static str> {
    tables_of_workspace().filter(|table| !LEFT.contains(table))
}

/// What is in a file, in its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    schema: String,
    /// The workspace.
    pub workspace: WorkspaceJson,
    /// Rows of all tables but the log.
    pub rows: u64,
    /// SHA-256 over all rows but those of the log, in the order of their keys, in hexadecimal digits.
    pub sha256: String,
    /// The answers about stress of whoever exported it, where they asked for them to go along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stress: Option<StressJson>,
}

/// A workspace as it is kept in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkspaceJson {
    /// Id; the same wherever it goes, since the hashes of the ledger begin with it.
    pub id: Uuid,
    /// Name.
    pub name: String,
    currency: String,
    place: String,
    zone: String,
    weeks_per_year: String,
    /// Begin and end of the working day in minutes since midnight, where it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    working_day: Option<(i64, i64)>,
    is_demo: bool,
    created_at: i64,
}

/// Writes the open workspace into a file, as of one moment.
///
/// # Errors
/// `forbidden` for whoever does not own the workspace, `workspace.file`, and those of the store.
pub fn export_workspace(
    store: &Store,
    actor: &Actor,
    file: File,
    stress: Stress,
) -> Result<Manifest, Error> {
    let actor = actor.clone();
    store
        .read(move |tx| {
            lift_time_limit(tx)?;
            let mut scope = actor.within(tx, Permission::Administer)?;
            let account = (stress == Stress::Own).then_some(actor.account);
            writing::write(&mut scope, file, account)
        })
        .wait()
}

/// What a workspace is, and the digest of what is in it; with the answers about stress of an account where one is named.
/// What was otherwise in an older file is taken as it was there.
fn manifest_of(
    scope: &mut Scope<'_, '_>,
    account: Option<Uuid>,
    older: &Older,
) -> Result<Manifest, Error> {
    let row = load_workspace(scope)?;
    let mut hasher = Sha256::new();
    let workspace = WorkspaceJson {
        id: row.id,
        name: row.name,
        currency: row.currency,
        place: row.place,
        zone: row.zone,
        weeks_per_year: older.weeks.clone().unwrap_or(row.weeks_per_year),
        working_day: Some(row.working_day).filter(|day| *day != usual_working_day()),
        is_demo: row.is_demo,
        created_at: row.created_at,
    };
    for text in [
        &workspace.name,
        &workspace.currency,
        &workspace.place,
        &workspace.zone,
        &workspace.weeks_per_year,
    ] {
        absorb(&mut hasher, &Value::Text(text.clone()));
    }
    if let Some((begins, ends)) = workspace.working_day {
        absorb(&mut hasher, &Value::Int(begins));
        absorb(&mut hasher, &Value::Int(ends));
    }
    let mut rows = 0;
    for table in exported() {
        absorb(&mut hasher, &Value::Text(table.to_owned()));
        each_row(scope, table, |row| {
            if table != LOG {
                rows += 1;
                let (written, besides) = older.written(table, &row);
                let written = written.iter().chain(&besides);
                written.for_each(|value| absorb(&mut hasher, value));
            }
            Ok(())
        })?;
    }
    let digest = hasher.finalize();
    let stress = account.map(|account| stress::said_of(scope, account));
    Ok(Manifest {
        stress: stress.transpose()?,
        schema: SCHEMA.to_owned(),
        workspace,
        rows,
        sha256: hex(&digest),
    })
}

/// Every row of a table as it goes into a file: whose account a person has is left out, and parts of files that were given just now are
/// among those of the others.
fn each_row(
    scope: &mut Scope<'_, '_>,
    table: &str,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    if table == rows::PARTS && each_part_with_given(scope, &mut take)? {
        return Ok(());
    }
    let account = (table == "person").then_some(ACCOUNT_OF_PERSON);
    each_row_of(scope, table, |mut row| {
        if let Some(value) = account.and_then(|at| row.get_mut(at)) {
            *value = Value::Null;
        }
        take(row)
    })
}

/// What cannot be read or written of a file.
fn file_error(error: &dyn std::fmt::Display) -> Error {
    Error::new(
        ErrorKind::Failed,
        "workspace.file",
        format!("the file cannot be written or read: {error}"),
    )
    .hint("make room on the disk, or name another file")
}

/// A file that is not what it should be.
fn damaged(why: impl std::fmt::Display) -> Error {
    Error::invalid(
        "file",
        "workspace.damaged",
        format!("this is no whole export of a workspace: {why}"),
    )
    .hint("take the file as offdesk has written it, or export the workspace again")
}

#[cfg(test)]
mod tests {
    use offdesk_store::copy::columns;

    use super::*;

    /// A table that is added later comes along by itself, unless it holds a secret or is of a member.
    #[test]
    fn no_table_that_comes_along_has_a_secret() {
        for table in exported() {
            for column in columns(table).unwrap() {
                let is_secret = ["token", "password", "secret", "credential"]
                    .iter()
                    .any(|word| column.contains(word));
                assert!(!is_secret, "{table}.{column}");
            }
        }
        for table in LEFT {
            assert!(columns(table).is_some(), "{table} is no table");
        }
    }
}
