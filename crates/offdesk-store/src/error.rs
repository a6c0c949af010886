//! Why the store did not do something.

/// An error of the store.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be used as it is: too old, unsafe settings, made by a newer offdesk.
    #[error("{0}")]
    Refused(String),
    /// The database does not answer; what was asked was not done.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The connection was lost while the database was told to keep what was done: it may have, or not.
    #[error("the database went away while this was being kept ({0}): it may be done, or not")]
    Unknown(String),
    /// The disk is full; nothing was changed.
    #[error("the disk is full; nothing was changed")]
    Full,
    /// The database can be read but not written.
    #[error("the database cannot be written: {0}")]
    ReadOnly(String),
    /// Somebody else holds the database for too long.
    #[error("the database is busy; nothing was changed")]
    Busy,
    /// What was to be written contradicts what is there: a name is taken, a thing was changed meanwhile.
    #[error("this is there already, or was changed meanwhile")]
    Conflict,
    /// A reference to something that is not there.
    #[error("this refers to something that is not there")]
    Missing,
    /// A value in the database is not what it should be.
    #[error("the database holds a value that is not understood: {0}")]
    Damaged(String),
    /// Any other answer of the database.
    #[error("the database refused this: {0}")]
    Failed(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let rusqlite::Error::SqliteFailure(failure, message) = &error else {
            return Self::Failed(error.to_string());
        };
        let said = message.clone().unwrap_or_else(|| failure.to_string());
        match failure.code {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly(said),
            // A disk that turns read-only under an open file refuses to write it.
            ErrorCode::SystemIoFailure
                if matches!(
                    failure.extended_code,
                    rusqlite::ffi::SQLITE_IOERR_WRITE | rusqlite::ffi::SQLITE_IOERR_TRUNCATE
                ) =>
            {
                Self::ReadOnly(said)
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::CannotOpen | ErrorCode::SystemIoFailure => Self::Unavailable(said),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(said),
            ErrorCode::ConstraintViolation => match failure.extended_code {
                rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Self::Missing,
                rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
                | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => Self::Conflict,
                _ => Self::Failed(said),
            },
            _ => Self::Failed(said),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        use postgres::error::SqlState;
        let Some(refusal) = error.as_db_error() else {
            return if error.is_closed()
                || std::error::Error::source(&error)
                    .is_some_and(|source| source.is::<std::io::Error>())
            {
                Self::Unavailable(error.to_string())
            } else {
                Self::Failed(error.to_string())
            };
        };
        let said = refusal.message().to_owned();
        match *refusal.code() {
            SqlState::UNIQUE_VIOLATION
            | SqlState::T_R_SERIALIZATION_FAILURE
            | SqlState::T_R_DEADLOCK_DETECTED => Self::Conflict,
            SqlState::FOREIGN_KEY_VIOLATION => Self::Missing,
            SqlState::DISK_FULL => Self::Full,
            SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly(said),
            SqlState::ADMIN_SHUTDOWN
            | SqlState::CRASH_SHUTDOWN
            | SqlState::CANNOT_CONNECT_NOW
            | SqlState::TOO_MANY_CONNECTIONS => Self::Unavailable(said),
            SqlState::LOCK_NOT_AVAILABLE | SqlState::QUERY_CANCELED => Self::Busy,
            _ => Self::Failed(said),
        }
    }
}
