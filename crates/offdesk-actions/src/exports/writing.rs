//! Writes a workspace into a file.

use std::fs::File;
use std::io::{BufWriter, Write};

use offdesk_store::{Scope, StoreError, Uuid, Value};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::older::Older;
use super::rows::{PARTS, line};
use super::{MANIFEST, Manifest, each_row, exported, file_error, manifest_of, stress};
use crate::error::Error;

const README: &str = "\
A workspace of offdesk. manifest.json says which; tables/ has its rows, a line of
JSON each; files/ has what was handed in, by the id of the file; stress.jsonl has,
only where whoever wrote it asked for that, their own answers about stress.
It holds no account, no password and no token. Bring it into a desk with:
  offdesk workspace import FILE
";

type Zip = ZipWriter<BufWriter<File>>;

/// Writes all of it; what was begun of a file that fails is for the caller to remove.
pub(super) fn write(
    scope: &mut Scope<'_, '_>,
    file: File,
    account: Option<Uuid>,
) -> Result<Manifest, Error> {
    let manifest = manifest_of(scope, account, &Older::default())?;
    let mut zip = ZipWriter::new(BufWriter::new(file));
    begin(&mut zip, "README.txt")?;
    zip.write_all(README.as_bytes())
        .map_err(|error| file_error(&error))?;
    begin(&mut zip, MANIFEST)?;
    let said = serde_json::to_string_pretty(&manifest).map_err(|error| file_error(&error))?;
    zip.write_all(said.as_bytes())
        .map_err(|error| file_error(&error))?;
    for table in exported() {
        begin(&mut zip, &format!("tables/{table}.jsonl"))?;
        let mut failed = None;
        let read = each_row(scope, table, |row| {
            let written = zip.write_all(line(table, &row).as_bytes());
            written.map_err(|error| stop(&mut failed, &error))
        });
        ended(read, failed)?;
    }
    files(scope, &mut zip)?;
    if let Some(account) = account {
        let lines = stress::lines_of(scope, account)?;
        begin(&mut zip, stress::STRESS)?;
        zip.write_all(lines.as_bytes())
            .map_err(|error| file_error(&error))?;
    }
    let mut out = zip.finish().map_err(|error| file_error(&error))?;
    out.flush().map_err(|error| file_error(&error))?;
    let file = out.into_inner().map_err(|error| file_error(&error))?;
    file.sync_all().map_err(|error| file_error(&error))?;
    Ok(manifest)
}

/// What was handed in: the parts of each file, one behind the other.
fn files(scope: &mut Scope<'_, '_>, zip: &mut Zip) -> Result<(), Error> {
    let mut current = None;
    let mut failed = None;
    let read = each_row(scope, PARTS, |row| {
        let [_, Value::Id(file), _, Value::Bytes(bytes)] = row.as_slice() else {
            return Err(StoreError::Damaged("a part of a file".to_owned()));
        };
        if current != Some(*file) {
            current = Some(*file);
            begin(zip, &format!("files/{file}")).map_err(|error| stop(&mut failed, &error))?;
        }
        zip.write_all(bytes)
            .map_err(|error| stop(&mut failed, &error))
    });
    ended(read, failed)
}

fn begin(zip: &mut Zip, name: &str) -> Result<(), Error> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .large_file(true);
    zip.start_file(name, options)
        .map_err(|error| file_error(&error))
}

/// Ends the reading of rows because of a file; why is told by what is kept.
fn stop(failed: &mut Option<Error>, error: &dyn std::fmt::Display) -> StoreError {
    *failed = Some(file_error(error));
    StoreError::Failed("the file".to_owned())
}

fn ended(read: Result<(), StoreError>, failed: Option<Error>) -> Result<(), Error> {
    match failed {
        Some(error) => Err(error),
        None => Ok(read?),
    }
}
