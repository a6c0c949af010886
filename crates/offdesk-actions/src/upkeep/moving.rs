//! All rows of one store into another that is empty, in one transaction on either side, and the proof that they are the same.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use offdesk_store::copy::{each_row, insert_rows, is_empty, lift_time_limit, tables};
use offdesk_store::{Store, StoreError, Tx, Value};
use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind};

/// So many rows go over together.
const TOGETHER: usize = 500;
/// So many such parts wait to be written.
const WAITING: usize = 8;
const STOPPED: &str = "the other side has stopped";

/// A table as it is on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableProof {
    /// Name.
    pub table: &'static str,
    /// Rows.
    pub rows: u64,
    /// SHA-256 over its rows in the order of their keys.
    pub digest: [u8; 32],
}

enum Part {
    Rows(&'static str, Vec<Vec<Value>>),
    /// All was read; without it nothing is kept.
    End,
}

/// Copies all rows into a store that is empty, and proves that both hold the same: the digest of each table, taken while it
/// was read, is that of what the other store holds afterwards.
///
/// # Errors
/// `move.not_empty`, `move.differs`, and those of the stores.
pub fn move_store(from: &Store, to: &Store) -> Result<Vec<TableProof>, Error> {
    let is_empty: Result<bool, Error> = to.read(|tx| Ok(is_empty(tx)?)).wait();
    if !is_empty? {
        return Err(not_empty());
    }
    let (parts, received) = sync_channel(WAITING);
    let reading = from.read(move |tx| send_all(tx, &parts));
    let written: Result<(), Error> = to.write(move |tx| keep_all(tx, &received)).wait();
    let read: Result<Vec<TableProof>, Error> = reading.wait();
    let there = match (written, read) {
        (Ok(()), read) => read?,
        // Where the writing failed, the reading only knows that nobody listens any more; and the other way round.
        (Err(error), Ok(_)) => return Err(error),
        (Err(error), Err(other)) => {
            let is_echo = other.message.contains(STOPPED);
            return Err(if is_echo { error } else { other });
        }
    };
    let here = digests(to)?;
    for (there, here) in there.iter().zip(&here) {
        if there != here {
            return Err(Error::new(
                ErrorKind::Failed,
                "move.differs",
                format!(
                    "the table \"{}\" is not the same on both sides ({} rows there, {} here)",
                    there.table, there.rows, here.rows
                ),
            )
            .hint("go on with the old one; empty the new one and try again"));
        }
    }
    Ok(here)
}

fn not_empty() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "move.not_empty",
        "the database to move to holds data already",
    )
    .hint("name an empty one; nothing is ever mixed into data that are there")
}

/// The digests of all tables of a store.
///
/// # Errors
/// Those of the store.
fn digests(store: &Store) -> Result<Vec<TableProof>, Error> {
    store
        .read(|tx| {
            lift_time_limit(tx)?;
            let mut all = Vec::new();
            for table in tables() {
                all.push(proof(tx, table, |_| Ok(()))?);
            }
            Ok::<_, Error>(all)
        })
        .wait()
}

fn send_all(tx: &mut Tx<'_>, parts: &SyncSender<Part>) -> Result<Vec<TableProof>, Error> {
    lift_time_limit(tx)?;
    let stopped = || StoreError::Failed(STOPPED.to_owned());
    let mut all = Vec::new();
    for table in tables() {
        let mut rows = Vec::new();
        all.push(proof(tx, table, |row| {
            rows.push(row);
            if rows.len() >= TOGETHER {
                let full = Part::Rows(table, std::mem::take(&mut rows));
                parts.send(full).map_err(|_| stopped())?;
            }
            Ok(())
        })?);
        parts.send(Part::Rows(table, rows)).map_err(|_| stopped())?;
    }
    parts.send(Part::End).map_err(|_| stopped())?;
    Ok(all)
}

fn keep_all(tx: &mut Tx<'_>, received: &Receiver<Part>) -> Result<(), Error> {
    lift_time_limit(tx)?;
    // Looked at again where nobody else can write: another process may have begun meanwhile.
    if !is_empty(tx)? {
        return Err(not_empty());
    }
    for part in received {
        match part {
            Part::Rows(table, rows) => {
                insert_rows(tx, table, rows)?;
            }
            Part::End => return Ok(()),
        }
    }
    Err(StoreError::Failed("the reading broke off".to_owned()).into())
}

/// The digest of a table, whose rows are handed on.
fn proof(
    tx: &mut Tx<'_>,
    table: &'static str,
    mut take: impl FnMut(Vec<Value>) -> Result<(), StoreError>,
) -> Result<TableProof, Error> {
    let mut hasher = Sha256::new();
    let mut rows = 0;
    each_row(tx, table, |row| {
        rows += 1;
        for value in &row {
            absorb(&mut hasher, value);
        }
        take(row)
    })?;
    Ok(TableProof {
        table,
        rows,
        digest: hasher.finalize().into(),
    })
}

/// Every value with its kind and its length, so that no two rows look alike.
pub(crate) fn absorb(hasher: &mut Sha256, value: &Value) {
    let (kind, bytes): (u8, &[u8]) = match value {
        Value::Null => (0, &[]),
        Value::Int(number) => {
            hasher.update([1]);
            hasher.update(number.to_le_bytes());
            return;
        }
        Value::Bool(is_true) => (2, if *is_true { &[1] } else { &[0] }),
        Value::Text(text) => (3, text.as_bytes()),
        Value::Id(id) => (4, id.as_bytes()),
        Value::Bytes(bytes) => (5, bytes),
    };
    hasher.update([kind]);
    hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes());
    hasher.update(bytes);
}
