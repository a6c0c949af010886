//! What each kind of database can check of itself.

use super::Checked;
use crate::{StoreError, Tx, copy};

/// What the database of a store can check of itself.
pub(super) fn own_checks(tx: &mut Tx<'_>) -> Result<Vec<Checked>, StoreError> {
    match tx {
        Tx::Sqlite(_) => {
            let pages = tx.first("PRAGMA page_count", &[], |row| row.count(0))?;
            let said = tx.query("PRAGMA integrity_check(100)", &[], |row| row.text(0))?;
            let faults = said.into_iter().filter(|line| line != "ok").collect();
            let mut strangers = Vec::new();
            tx.each("PRAGMA foreign_key_check", &[], |row| {
                strangers.push(format!("{} refers to no {}", row.text(0)?, row.text(2)?));
                Ok(())
            })?;
            strangers.sort();
            strangers.dedup();
            let tables = u64::try_from(copy::tables().len()).unwrap_or(0);
            Ok(vec![
                Checked {
                    name: "the file is whole",
                    looked_at: pages.unwrap_or(0),
                    faults,
                },
                Checked {
                    name: "foreign keys lead somewhere",
                    looked_at: tables,
                    faults: strangers,
                },
            ])
        }
        Tx::Postgres(_) => {
            let keys = tx.first(
                "SELECT COUNT(*) FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
                &[],
                |row| row.count(0),
            )?;
            let faults = tx.query(
                "SELECT conname::text || ' is not enforced' FROM pg_constraint WHERE contype = 'f' AND NOT convalidated AND connamespace = current_schema()::regnamespace",
                &[],
                |row| row.text(0),
            )?;
            Ok(vec![Checked {
                name: "foreign keys are enforced",
                looked_at: keys.unwrap_or(0),
                faults,
            }])
        }
    }
}
