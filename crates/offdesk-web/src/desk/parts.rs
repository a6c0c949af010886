//! Files of a form, cut into parts as they come, so that a long one is never in memory.

use axum::extract::multipart::Field;
use offdesk_actions::{Error, ErrorKind};

use super::ask::Ask;

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

/// The files of a form that was sent, each with its name, read as a whole; what the form has beside them is let be.
///
/// # Errors
/// `request.form`, `request.broken`, and that of a form longer than so many bytes.
pub async fn files_in(ask: &mut Ask, most: usize) -> Result<Vec<(String, Vec<u8>)>, Error> {
    // Names, and what stands between the fields.
    let bytes = ask.bytes_up_to(most + 64 * 1024).await?;
    let mut parts = ask.files_of(bytes.into()).await?;
    let mut files = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|_| broken_form())? {
        if field.name() == Some("file") {
            let name = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| broken_form())?;
            files.push((name, bytes.to_vec()));
        }
    }
    Ok(files)
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

    /// Reads what is left and keeps nothing of it, so that what stands behind it is reached.
    ///
    /// # Errors
    /// `request.broken`, also where more than so many bytes are left.
    pub async fn skip(&mut self, most: usize) -> Result<(), Error> {
        let mut left = most;
        while let Some(chunk) = self.field.chunk().await.map_err(|_| broken_form())? {
            left = left.checked_sub(chunk.len()).ok_or_else(broken_form)?;
        }
        Ok(())
    }
}
