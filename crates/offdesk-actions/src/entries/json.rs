//! Entries as JSON: each is written as it comes from the database, so that a page of them is made once.

use std::fmt::Display;

use offdesk_domain::{Day, Seconds};
use offdesk_store::entries::{EntryView, each_entry, load_entry};
use offdesk_store::{StoreError, Tx, Uuid};
use serde::{Serialize, Serializer};

use super::{Cursor, EntryId, MOST};
use crate::actor::{Actor, Permission};
use crate::error::Error;

/// Most entries take fewer bytes than this.
const USUAL_ENTRY: usize = 384;

#[derive(Serialize)]
struct EntryJson<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    id: Shown<EntryId>,
    day: Option<Shown<jiff::civil::Date>>,
    start: Option<Shown<jiff::Timestamp>>,
    end: Option<Shown<jiff::Timestamp>>,
    hours: f64,
    counted_hours: f64,
    person: &'e str,
    client: &'e str,
    project: &'e str,
    task: &'e str,
    tags: &'e str,
    description: &'e str,
}

/// What is a text for programs: written into the answer itself, so that a page of entries makes none first.
struct Shown<T>(T);

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'e> EntryJson<'e> {
    fn of(entry: &EntryView<'e>, schema: Option<&'static str>) -> Self {
        let at = |seconds| jiff::Timestamp::from_second(seconds).ok().map(Shown);
        Self {
            schema,
            id: Shown(EntryId::of(entry)),
            day: entry
                .day
                .and_then(Day::from_number)
                .map(|day| Shown(day.date())),
            start: entry.span.and_then(|(start, _)| at(start)),
            end: entry.span.and_then(|(_, end)| at(end)),
            hours: Seconds(entry.seconds).hours_f64(),
            counted_hours: Seconds(entry.counted).hours_f64(),
            person: entry.person,
            client: entry.client,
            project: entry.project,
            task: entry.task,
            tags: entry.tags,
            description: entry.description,
        }
    }

    fn write(&self, out: &mut Vec<u8>) -> Result<(), StoreError> {
        serde_json::to_writer(out, self).map_err(|error| StoreError::Damaged(error.to_string()))
    }
}

/// An entry as `offdesk.entry/1`.
///
/// # Errors
/// `not_found`, and those of the actor and of the store.
pub fn entry_json(tx: &mut Tx<'_>, actor: &Actor, id: EntryId) -> Result<Vec<u8>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let found = load_entry(&mut scope, id.source, id.id, |entry| {
        let mut out = Vec::with_capacity(2 * USUAL_ENTRY);
        EntryJson::of(entry, Some("offdesk.entry/1")).write(&mut out)?;
        Ok(out)
    })?;
    found.ok_or_else(|| Error::not_found("entry"))
}

/// A page of entries as `offdesk.entries/1`, the latest day first, and where the next one begins. Entries without a day are in none.
///
/// # Errors
/// Those of the actor and of the store.
pub fn entries_json(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<Cursor>,
    most: u32,
) -> Result<Vec<u8>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let before = before.map_or((i64::MAX, Uuid::max()), |at| (at.day, at.id));
    let most = most.clamp(1, MOST);
    let room = usize::try_from(most).unwrap_or_default() + 1;
    let mut out = Vec::with_capacity(room * USUAL_ENTRY);
    out.extend_from_slice(br#"{"schema":"offdesk.entries/1","entries":["#);
    let (mut count, mut last) = (0_u32, None);
    each_entry(&mut scope, before, most, |entry| {
        if count > 0 {
            out.push(b',');
        }
        EntryJson::of(entry, None).write(&mut out)?;
        count += 1;
        last = entry.day.map(|day| Cursor { day, id: entry.id });
        Ok(())
    })?;
    out.extend_from_slice(br#"],"next":"#);
    match last.filter(|_| count == most) {
        Some(next) => out.extend_from_slice(format!("\"{}\"}}", next.text()).as_bytes()),
        None => out.extend_from_slice(b"null}"),
    }
    Ok(out)
}
