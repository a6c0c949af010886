//! A transaction of either database: parameters as `?`, in order; answers by column number.

use crate::postgresql::PostgresConnection;
use crate::{Row, StoreError, Value};

/// A transaction that is open. It is committed by the store when the function it was handed to succeeds.
pub enum Tx<'c> {
    /// Of SQLite.
    Sqlite(&'c rusqlite::Connection),
    /// Of PostgreSQL.
    Postgres(&'c mut PostgresConnection),
}

impl Tx<'_> {
    /// All rows of a query, read one by one.
    ///
    /// # Errors
    /// [`StoreError`] of the database, or of the reading.
    pub fn query<T>(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut all = Vec::new();
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
                while let Some(row) = rows.next()? {
                    all.push(read(&Row::Sqlite(row))?);
                }
            }
            Self::Postgres(connection) => {
                for row in connection.query(sql, parameters)? {
                    all.push(read(&Row::Postgres(&row))?);
                }
            }
        }
        Ok(all)
    }

    /// Hands over the rows of a query one by one, without holding them.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub fn each(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
        mut take: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(_) => self.query(sql, parameters, take).map(|_| ()),
            Self::Postgres(connection) => {
                connection.each(sql, parameters, |row| take(&Row::Postgres(row)))
            }
        }
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub fn first<T>(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
        read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.query(sql, parameters, read)?.into_iter().next())
    }

    /// Changes rows, and says how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn execute(&mut self, sql: &'static str, parameters: &[Value]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(sql)?;
                let changed = statement.execute(rusqlite::params_from_iter(parameters))?;
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }
            Self::Postgres(connection) => connection.execute(sql, parameters),
        }
    }

    /// Changes exactly one row.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it is not there in the version that was read.
    pub fn execute_one(
        &mut self,
        sql: &'static str,
        parameters: &[Value],
    ) -> Result<(), StoreError> {
        match self.execute(sql, parameters)? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Adds many rows of one table. On PostgreSQL they are copied in as a stream.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn insert_all(
        &mut self,
        insert: &Insert<'_>,
        rows: impl Iterator<Item = Vec<Value>>,
    ) -> Result<u64, StoreError> {
        let mut count = 0;
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare_cached(insert.sql)?;
                for row in rows {
                    statement.execute(rusqlite::params_from_iter(&row))?;
                    count += 1;
                }
            }
            Self::Postgres(connection) => count = connection.copy_in(insert, rows)?,
        }
        Ok(count)
    }

    /// Runs several statements that take nothing and answer nothing.
    pub(crate) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(connection) => connection.run(sql),
        }
    }
}

/// How many rows are added to a table at once.
pub struct Insert<'t> {
    /// The statement for a single row.
    pub sql: &'static str,
    /// The same as a stream into PostgreSQL: `COPY … FROM STDIN BINARY`.
    pub copy: &'static str,
    /// The types of the columns.
    pub types: &'t [postgres::types::Type],
}
