//! Why an action was not done, without a word about the door it was asked through.

use offdesk_store::StoreError;

/// What kind of an error it is; doors turn it into an exit code or a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// There is no such thing, or not for this actor.
    NotFound,
    /// Nobody is signed in.
    SignIn,
    /// The actor sees it, but may not do this.
    Forbidden,
    /// What was given is not understood or not allowed.
    Invalid,
    /// It contradicts what is there, or was changed meanwhile.
    Conflict,
    /// Tried too often.
    TooMany,
    /// The data cannot be reached or written now.
    Unavailable,
    /// The fault is on this side.
    Failed,
}

/// The code of an error after which nobody knows whether it was done.
const UNKNOWN: &str = "store.unknown";
/// The code of a request that took too long; its work goes on.
pub const SLOW: &str = "request.slow";

/// An action that was not done. Nothing was changed, but where [`Error::outcome`] says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What kind it is.
    pub kind: ErrorKind,
    /// Stable code, such as `activity.not_found`.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// The field it is about, where it is about one.
    pub field: &'static str,
}

impl Error {
    /// What it left behind, in a sentence.
    #[must_use]
    pub fn outcome(&self) -> &'static str {
        match self.code {
            UNKNOWN | SLOW => "It may be done, or not.",
            _ => "Nothing was changed.",
        }
    }

    /// An error of a kind.
    #[must_use]
    pub fn new(kind: ErrorKind, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            kind,
            code,
            message: message.into(),
            hint: String::new(),
            field: "",
        }
    }

    /// What was given is not right.
    #[must_use]
    pub fn invalid(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            field,
            ..Self::new(ErrorKind::Invalid, code, message)
        }
    }

    /// There is no such thing. The same answer for what is not there and for what is somebody else's.
    #[must_use]
    pub fn not_found(what: &str) -> Self {
        Self::new(
            ErrorKind::NotFound,
            "not_found",
            format!("there is no such {what}"),
        )
    }

    /// With what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let (kind, code) = match &error {
            StoreError::Conflict => (ErrorKind::Conflict, "store.conflict"),
            StoreError::Missing => (ErrorKind::NotFound, "not_found"),
            StoreError::Full => (ErrorKind::Unavailable, "store.full"),
            StoreError::ReadOnly(_) => (ErrorKind::Unavailable, "store.read_only"),
            StoreError::Busy => (ErrorKind::Unavailable, "store.busy"),
            StoreError::Unavailable(_) => (ErrorKind::Unavailable, "store.unavailable"),
            StoreError::Unknown(_) => (ErrorKind::Unavailable, UNKNOWN),
            StoreError::Refused(_) => (ErrorKind::Failed, "store.refused"),
            StoreError::Damaged(_) => (ErrorKind::Failed, "store.damaged"),
            StoreError::Failed(_) => (ErrorKind::Failed, "store.failed"),
        };
        let hint = match &error {
            StoreError::Conflict => "look at it again, then repeat what you wanted",
            StoreError::Full => "make room on the disk; reading goes on meanwhile",
            StoreError::ReadOnly(_) => {
                "look at the disk, and at who may write the folder; reading goes on meanwhile"
            }
            StoreError::Busy | StoreError::Unavailable(_) => "try again in a moment",
            StoreError::Unknown(_) => "look whether it was done, before you repeat it",
            _ => "",
        };
        Self::new(kind, code, error.to_string()).hint(hint)
    }
}

/// What it means to whoever writes that somebody was quicker; any other error stays what it is.
pub(crate) fn on_conflict(meant: impl FnOnce() -> Error) -> impl FnOnce(StoreError) -> Error {
    |error| match error {
        StoreError::Conflict => meant(),
        other => other.into(),
    }
}

/// The end of work that was claimed: where somebody else has changed or removed the row meanwhile, theirs counts.
pub(crate) fn unless_changed(written: Result<(), StoreError>) -> Result<(), Error> {
    match written {
        Err(StoreError::Conflict) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
