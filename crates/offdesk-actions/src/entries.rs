//! Single entries of a workspace.

mod json;

use std::fmt;

use offdesk_store::Uuid;
use offdesk_store::entries::EntryView;

pub use self::json::{entries_json, entry_json};
use crate::error::Error;

/// So many entries are on a page at most.
pub const MOST: u32 = 200;

/// Where a page of entries begins: behind this day and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Day since 1970.
    pub day: i64,
    /// Id.
    pub id: Uuid,
}

impl Cursor {
    /// As a text, for programs to give back.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}", self.day, self.id.simple())
    }

    /// From a text; none where it is no place in the list.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let (day, id) = text.split_once('.')?;
        Some(Self {
            day: day.parse().ok()?,
            id: Uuid::try_parse(id).ok()?,
        })
    }
}

/// What an entry is known by: its import and its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryId {
    /// The import.
    pub source: Uuid,
    /// The entry.
    pub id: Uuid,
}

impl EntryId {
    /// That of an entry.
    fn of(entry: &EntryView<'_>) -> Self {
        Self {
            source: entry.source_id,
            id: entry.id,
        }
    }

    /// From a text. What is no id is nobody's.
    ///
    /// # Errors
    /// `not_found`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let parts = text.split_once('.').and_then(|(source, id)| {
            Some(Self {
                source: Uuid::try_parse(source).ok()?,
                id: Uuid::try_parse(id).ok()?,
            })
        });
        parts.ok_or_else(|| Error::not_found("entry"))
    }
}

/// As programs read it.
impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = Uuid::encode_buffer();
        f.write_str(self.source.simple().encode_lower(&mut digits))?;
        f.write_str(".")?;
        f.write_str(self.id.simple().encode_lower(&mut digits))
    }
}
