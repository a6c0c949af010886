//! Single entries of a workspace.

use std::fmt;

use offdesk_store::entries::{EntryRow, list_entries as stored, load_entry as stored_entry};
use offdesk_store::{Tx, Uuid};

use crate::actor::{Actor, Permission};
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
    /// That of a row.
    #[must_use]
    pub fn of(row: &EntryRow) -> Self {
        Self {
            source: row.source_id,
            id: row.id,
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

/// An entry.
///
/// # Errors
/// `not_found`.
pub fn load_entry(tx: &mut Tx<'_>, actor: &Actor, id: EntryId) -> Result<EntryRow, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    stored_entry(&mut scope, id.source, id.id)?.ok_or_else(|| Error::not_found("entry"))
}

/// A page of entries, the latest day first, and where the next one begins. Entries without a day are in none.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_entries(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Cursor>,
    most: u32,
) -> Result<(Vec<EntryRow>, Option<Cursor>), Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let before = before.map_or((i64::MAX, Uuid::max()), |at| (at.day, at.id));
    let most = most.clamp(1, MOST);
    let rows = stored(&mut scope, before, most)?;
    let is_full = u32::try_from(rows.len()).is_ok_and(|count| count == most);
    let next = rows.last().filter(|_| is_full).and_then(|row| {
        Some(Cursor {
            day: row.day?,
            id: row.id,
        })
    });
    Ok((rows, next))
}
