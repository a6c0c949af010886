//! What kind of database a store is, and how it is set.

use crate::{StoreError, Tx, migrations};

/// What kind of database it is, its version, and the settings on which it depends that nothing acknowledged is lost.
///
/// # Errors
/// [`StoreError`].
pub fn describe(tx: &mut Tx<'_>) -> Result<Vec<(&'static str, String)>, StoreError> {
    let mut said = Vec::new();
    let (step, known) = migrations::version(tx)?;
    said.push(("tables", format!("step {step} of {known}")));
    match tx {
        Tx::Sqlite(connection) => {
            said.push(("database", format!("SQLite {}", rusqlite::version())));
            for (name, sql) in [
                ("journal_mode", "PRAGMA journal_mode"),
                ("synchronous", "PRAGMA synchronous"),
                ("foreign_keys", "PRAGMA foreign_keys"),
                ("page_size", "PRAGMA page_size"),
                ("page_count", "PRAGMA page_count"),
                ("freelist_count", "PRAGMA freelist_count"),
            ] {
                let value =
                    connection.query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0))?;
                said.push((name, words_of(name, value)));
            }
        }
        Tx::Postgres(connection) => {
            said.push((
                "database",
                format!("PostgreSQL {}", connection.setting("server_version")?),
            ));
            for name in [
                "synchronous_commit",
                "fsync",
                "full_page_writes",
                "data_checksums",
                "server_encoding",
                "max_connections",
            ] {
                said.push((name, connection.setting(name)?));
            }
        }
    }
    Ok(said)
}

fn words_of(name: &str, value: rusqlite::types::Value) -> String {
    use rusqlite::types::Value::{Integer, Text};
    match (name, value) {
        ("synchronous", Integer(level)) => {
            let words = ["off", "normal", "full", "extra"];
            let word = usize::try_from(level).ok().and_then(|at| words.get(at));
            (*word.unwrap_or(&"unknown")).to_owned()
        }
        ("foreign_keys", Integer(is_on)) => if is_on == 1 { "on" } else { "off" }.to_owned(),
        (_, Integer(number)) => number.to_string(),
        (_, Text(text)) => text,
        (_, other) => format!("{other:?}"),
    }
}
