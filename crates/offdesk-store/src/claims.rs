//! Claims: of several processes one deals with a row that is due, of whatever workspace.

use uuid::Uuid;

use crate::{StoreError, Tx};

/// A query for the next row that is due. On PostgreSQL those that somebody claims at this moment are passed over; on SQLite one writes
/// at a time anyway.
macro_rules! unclaimed {
    ($tx:expr, $query:expr) => {
        match $tx {
            crate::Tx::Sqlite(_) => $query,
            crate::Tx::Postgres(_) => concat!($query, " FOR UPDATE SKIP LOCKED"),
        }
    };
}
pub(crate) use unclaimed;

/// Claims the row that a first statement finds by a moment, and gives its workspace and id. The second statement puts it off in the
/// version that was found: nobody else is given it until then.
pub(crate) fn put_off(
    tx: &mut Tx<'_>,
    (due, put_off): (&'static str, &'static str),
    now: i64,
    until: i64,
) -> Result<Option<(Uuid, Uuid)>, StoreError> {
    let found = tx.first(due, &[now.into()], |row| {
        Ok((row.id(0)?, row.id(1)?, row.int(2)?))
    })?;
    let Some((workspace, id, version)) = found else {
        return Ok(None);
    };
    tx.execute_one(
        put_off,
        &[until.into(), workspace.into(), id.into(), version.into()],
    )?;
    Ok(Some((workspace, id)))
}
