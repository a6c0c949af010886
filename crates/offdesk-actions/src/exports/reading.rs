//! Brings a workspace from a file into a desk, whole or not at all.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use offdesk_store::copy::{insert_rows, lift_time_limit};
use offdesk_store::members::insert_member;
use offdesk_store::proofs::seal_one;
use offdesk_store::workspaces::{insert_workspace, list_workspaces};
use offdesk_store::{Scope, Store, StoreError, Tx, Uuid, Value, WorkspaceId};

use super::archive::{Archive, count};
use super::older::{Older, row_of};
use super::rows::{PARTS, row};
use super::{MANIFEST, Manifest, SCHEMA, damaged, exported, manifest_of, stress};
use crate::accounts::own_session;
use crate::actor::{Actor, Permission, Role};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::bills::LONGEST_FILE as LONGEST_BILL;
use crate::timesheets::bringing::LONGEST_FILE as LONGEST_HOURS;
use crate::workspaces::refuse_workers;

/// So many rows go in together, or fewer where they have this many bytes.
const TOGETHER: usize = 500;
const TOGETHER_BYTES: usize = 4 * 1024 * 1024;
/// A line is no longer than this many bytes: that of the longest file that stands in one, each of its bytes two letters, with all else of it.
const LONGEST: u64 = line_of(longer(LONGEST_BILL, LONGEST_HOURS));
/// A part of a file that is listed takes this much while it is read, whatever its line is.
const LISTED: usize = 512;

const fn longer(one: usize, other: usize) -> usize {
    if one > other { one } else { other }
}

const fn line_of(file: usize) -> u64 {
    file as u64 * 2 + 4 * 1024 * 1024
}

/// Brings in the workspace of a file that somebody sends: as [`import_workspace`], for whoever owns the workspace that is open, and
/// never more than a file of an honest size would hold.
///
/// # Errors
/// As [`import_workspace`]; `forbidden`, `workspace.long`.
pub fn receive_workspace(
    store: &Store,
    actor: &Actor,
    file: File,
    moment: Moment,
) -> Result<Manifest, Error> {
    own_session(actor)?;
    actor.workspace_for(Permission::Administer)?;
    bring_in(store, actor, Archive::of_somebody(file)?, moment)
}

/// Brings the workspace of a file into a desk that does not have it, with whoever does so as its owner; what is in it afterwards is
/// proved to be what was exported.
///
/// # Errors
/// `workspace.there` where the desk has it already, `workspace.damaged`, `workspace.differs`, and those of the store. Nothing is kept then.
pub fn import_workspace(
    store: &Store,
    actor: &Actor,
    file: File,
    moment: Moment,
) -> Result<Manifest, Error> {
    refuse_workers(actor)?;
    bring_in(store, actor, Archive::of(file)?, moment)
}

fn bring_in(
    store: &Store,
    actor: &Actor,
    mut archive: Archive,
    moment: Moment,
) -> Result<Manifest, Error> {
    let actor = actor.clone();
    let manifest = manifest(&mut archive)?;
    store
        .write(move |tx| {
            lift_time_limit(tx)?;
            take(tx, &actor, &mut archive, &manifest, moment)?;
            Ok(manifest)
        })
        .wait()
}

fn manifest(archive: &mut Archive) -> Result<Manifest, Error> {
    let entry = archive
        .zip
        .by_name(MANIFEST)
        .map_err(|error| damaged(format!("{MANIFEST}: {error}")))?;
    let manifest: Manifest = serde_json::from_reader(entry.take(LONGEST))
        .map_err(|error| damaged(format!("{MANIFEST}: {error}")))?;
    if manifest.schema != SCHEMA {
        return Err(damaged(format!("its schema is \"{}\"", manifest.schema)));
    }
    Ok(manifest)
}

fn take(
    tx: &mut Tx<'_>,
    actor: &Actor,
    archive: &mut Archive,
    manifest: &Manifest,
    moment: Moment,
) -> Result<(), Error> {
    let workspace = &manifest.workspace;
    if list_workspaces(tx)?.contains(&workspace.id) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "workspace.there",
            format!("\u{201c}{}\u{201d} is in this desk already", workspace.name),
        )
        .hint("a workspace is brought into a desk that does not have it; nothing is ever mixed"));
    }
    let row = row_of(workspace)?;
    let said = &workspace.weeks_per_year;
    let mut older = Older::default();
    older.weeks = Some(said.clone()).filter(|said| *said != row.weeks_per_year);
    insert_workspace(tx, &row)?;
    {
        let mut scope = Scope::new(tx, WorkspaceId(workspace.id));
        insert_member(
            &mut scope,
            actor.account,
            Role::Owner.word(),
            moment.micros(),
        )?;
    }
    for table in exported() {
        take_table(tx, archive, (table, workspace.id), &mut older)?;
    }
    let mut scope = Scope::new(tx, WorkspaceId(workspace.id));
    let account = manifest.stress.is_some().then_some(actor.account);
    if let Some(account) = account {
        let entry = archive.zip.by_name(stress::STRESS);
        let entry = entry.map_err(|error| damaged(format!("{}: {error}", stress::STRESS)))?;
        stress::take(&mut scope, account, entry, moment)?;
    }
    let found = manifest_of(&mut scope, account, &older)?;
    if found != *manifest {
        return Err(Error::new(
            ErrorKind::Failed,
            "workspace.differs",
            "what came of the file is not what was exported",
        )
        .hint("export the workspace again, and use the same version of offdesk on both sides"));
    }
    if older.is_unsealed() {
        seal_one(&mut scope)?;
    }
    let told = format!("{} rows", manifest.rows);
    note(
        &mut scope,
        actor,
        moment,
        "import_workspace",
        workspace.name.as_str(),
        told,
    )
}

/// Lines of a table, as they stand in the file.
fn take_table(
    tx: &mut Tx<'_>,
    archive: &mut Archive,
    (table, workspace): (&'static str, Uuid),
    older: &mut Older,
) -> Result<(), Error> {
    if table == PARTS {
        return take_files(tx, archive, workspace);
    }
    let Archive { zip, left } = archive;
    let entry = zip
        .by_name(&format!("tables/{table}.jsonl"))
        .map_err(|error| damaged(format!("{table}: {error}")))?;
    let mut lines = BufReader::new(entry);
    let (mut rows, mut bytes) = (Vec::new(), 0);
    while let Some(line) = next_line(&mut lines)? {
        count(left, line.len())?;
        bytes += line.len();
        let row = row(table, workspace, &line)?.0;
        older.look(table, &row, &line);
        rows.push(row);
        if rows.len() >= TOGETHER || bytes >= TOGETHER_BYTES {
            put(tx, table, std::mem::take(&mut rows))?;
            bytes = 0;
        }
    }
    put(tx, table, rows)
}

fn put(tx: &mut Tx<'_>, table: &str, rows: Vec<Vec<Value>>) -> Result<(), Error> {
    match insert_rows(tx, table, rows) {
        // A row that is there twice, or that refers to none.
        Err(error @ (StoreError::Conflict | StoreError::Missing | StoreError::Refused(_))) => {
            Err(damaged(format!("{table}: {error}")))
        }
        other => {
            other?;
            Ok(())
        }
    }
}

fn next_line(lines: &mut impl BufRead) -> Result<Option<String>, Error> {
    let mut line = String::new();
    let read = lines.take(LONGEST).read_line(&mut line);
    match read.map_err(damaged)? {
        0 => Ok(None),
        _ if line.ends_with('\n') => Ok(Some(line)),
        _ => Err(damaged("a line is cut off or too long")),
    }
}

/// What was handed in: each part by its length from the entry of its file.
fn take_files(tx: &mut Tx<'_>, archive: &mut Archive, workspace: Uuid) -> Result<(), Error> {
    let parts = listed(archive, workspace)?;
    let Archive { zip, left } = archive;
    for of_one in parts.chunk_by(|a, b| a.file == b.file) {
        let Some(Listed { file, .. }) = of_one.first() else {
            continue;
        };
        let mut entry = zip
            .by_name(&format!("files/{file}"))
            .map_err(|error| damaged(format!("files/{file}: {error}")))?;
        let (mut rows, mut bytes) = (Vec::new(), 0);
        for part in of_one {
            count(left, part.length)?;
            rows.push(part.filled(workspace, &mut entry)?);
            bytes += part.length;
            if bytes >= TOGETHER_BYTES || rows.len() >= TOGETHER {
                put(tx, PARTS, std::mem::take(&mut rows))?;
                bytes = 0;
            }
        }
        put(tx, PARTS, rows)?;
    }
    Ok(())
}

/// A part of a file, as its line has it.
struct Listed {
    file: Uuid,
    start: i64,
    length: usize,
}

/// The parts of all files, however many there are.
fn listed(archive: &mut Archive, workspace: Uuid) -> Result<Vec<Listed>, Error> {
    let Archive { zip, left } = archive;
    let entry = zip.by_name(&format!("tables/{PARTS}.jsonl"));
    let mut lines = BufReader::new(entry.map_err(damaged)?);
    let mut parts = Vec::new();
    while let Some(line) = next_line(&mut lines)? {
        count(left, line.len() + LISTED)?;
        let (row, length) = row(PARTS, workspace, &line)?;
        let [_, Value::Id(file), Value::Int(start), _] = row.as_slice() else {
            return Err(damaged("a part of a file"));
        };
        parts.push(Listed {
            file: *file,
            start: *start,
            length,
        });
    }
    Ok(parts)
}

impl Listed {
    /// Its row, with its bytes.
    fn filled(&self, workspace: Uuid, entry: &mut impl Read) -> Result<Vec<Value>, Error> {
        let most = u64::try_from(self.length).unwrap_or(u64::MAX);
        let mut bytes = Vec::new();
        let read = entry.take(most.min(LONGEST)).read_to_end(&mut bytes);
        if read.map_err(damaged)? != self.length {
            return Err(damaged("a file is cut off"));
        }
        Ok(vec![
            Value::Id(workspace),
            Value::Id(self.file),
            Value::Int(self.start),
            Value::Bytes(bytes),
        ])
    }
}
