//! Values that go into a query and come out of it, the same for both databases.

use std::error::Error;

use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};
use uuid::Uuid;

use crate::StoreError;

/// A value of a query's parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(String),
    /// An id.
    Id(Uuid),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}
impl From<u8> for Value {
    fn from(value: u8) -> Self {
        Self::Int(value.into())
    }
}
impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}
impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}
impl From<Uuid> for Value {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}
impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}
impl From<[u8; 32]> for Value {
    fn from(value: [u8; 32]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl From<[u8; 16]> for Value {
    fn from(value: [u8; 16]) -> Self {
        Self::Bytes(value.to_vec())
    }
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bool(is_true) => ValueRef::Integer(i64::from(*is_true)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Bool(is_true) => is_true.to_sql(kind, out),
            Self::Text(text) => {
                // PostgreSQL has no text with a NUL in it; the readers refuse such files, so none should come so far.
                if text.contains('\0') {
                    text.replace('\0', "").to_sql(kind, out)
                } else {
                    text.to_sql(kind, out)
                }
            }
            Self::Id(id) => id.to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A row that came back.
pub enum Row<'r> {
    /// Of SQLite.
    Sqlite(&'r rusqlite::Row<'r>),
    /// Of PostgreSQL.
    Postgres(&'r postgres::Row),
}

macro_rules! column {
    ($(#[$doc:meta])* $name:ident, $of:ty) => {
        $(#[$doc])*
        ///
        /// # Errors
        /// [`StoreError::Damaged`] where the column holds something else.
        pub fn $name(&self, at: usize) -> Result<$of, StoreError> {
            match self {
                Row::Sqlite(row) => row.get(at).map_err(|error| damaged(at, &error)),
                Row::Postgres(row) => row.try_get(at).map_err(|error| damaged(at, &error)),
            }
        }
    };
}

impl Row<'_> {
    column!(
        /// A whole number.
        int, i64);
    column!(
        /// A whole number, or none.
        opt_int, Option<i64>);
    column!(
        /// Yes or no.
        bool, bool);
    column!(
        /// A text.
        text, String);
    column!(
        /// A text, or none.
        opt_text, Option<String>);
    column!(
        /// An id.
        id, Uuid);
    column!(
        /// An id, or none.
        opt_id, Option<Uuid>);
    column!(
        /// Bytes.
        bytes, Vec<u8>);

    /// A count, which is never negative.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is.
    pub fn count(&self, at: usize) -> Result<u64, StoreError> {
        u64::try_from(self.int(at)?).map_err(|error| damaged(at, &error))
    }
}

fn damaged(at: usize, error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged(format!("column {at}: {error}"))
}

impl Row<'_> {
    /// A text, where it stands in the row.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the column holds something else.
    pub fn str(&self, at: usize) -> Result<&str, StoreError> {
        match self {
            Row::Sqlite(row) => {
                let found = row.get_ref(at).map_err(|error| damaged(at, &error))?;
                found.as_str().map_err(|error| damaged(at, &error))
            }
            Row::Postgres(row) => row.try_get(at).map_err(|error| damaged(at, &error)),
        }
    }

    /// Yes or no; no where there is nothing.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the column holds something else.
    pub fn bool_or_no(&self, at: usize) -> Result<bool, StoreError> {
        let found: Option<bool> = match self {
            Row::Sqlite(row) => row.get(at).map_err(|error| damaged(at, &error))?,
            Row::Postgres(row) => row.try_get(at).map_err(|error| damaged(at, &error))?,
        };
        Ok(found.unwrap_or(false))
    }
}
