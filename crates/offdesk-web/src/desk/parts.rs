//! Files of a form, cut into parts as they come, so that a long one is never in memory.

use axum::extract::multipart::Field;
use offdesk_actions::{Error, ErrorKind};

/// What is said where a form with files ends too early.
#[must_use]
pub fn broken_form() -> Error {
    Error::new(
        ErrorKind::Invalid,
        "request.broken",
        "the files did not come whole",
    )
    .hint("send them again")
}

/// A file that comes, part by part.
pub struct Parts<'f> {
    field: Field<'f>,
    longest: usize,
    waiting: Vec<u8>,
    has_ended: bool,
}

impl<'f> Parts<'f> {
    /// A file in parts that are so long, but for the last.
    #[must_use]
    pub fn of(field: Field<'f>, longest: usize) -> Self {
        Self {
            field,
            longest,
            waiting: Vec::new(),
            has_ended: false,
        }
    }

    /// The next part; none at the end, and none of an empty file.
    ///
    /// # Errors
    /// `request.broken`.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        while !self.has_ended && self.waiting.len() < self.longest {
            match self.field.chunk().await.map_err(|_| broken_form())? {
                Some(chunk) => self.waiting.extend_from_slice(&chunk),
                None => self.has_ended = true,
            }
        }
        if self.waiting.is_empty() {
            return Ok(None);
        }
        let rest = self.waiting.split_off(self.waiting.len().min(self.longest));
        Ok(Some(std::mem::replace(&mut self.waiting, rest)))
    }
}
