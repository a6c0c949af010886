//! Calendars read from an address: looked at first like a file, then read again by hand or by themselves.
//!
//! The address is a secret of the calendar's owner. It is kept sealed, and nobody is shown more of it than its host.

mod reading;

use offdesk_outbound::{Fetcher, NotFetched, WebAddress};
use offdesk_store::calendars::{
    CalendarRow, insert_calendar, list_calendars as stored, load_calendar,
    remove_calendar as remove, update_calendar,
};
use offdesk_store::uploads::UploadRow;
use offdesk_store::{Store, Tx, Uuid, WorkspaceId};

pub use self::reading::{Refreshed, refresh_calendar, refresh_due};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::sealing::SealingKey;
use crate::uploads::{LONGEST_PART, add_part, begin_upload};

/// So many calendars a workspace may have.
const MOST_CALENDARS: usize = 20;
/// A calendar that is read by itself is read so often, in seconds.
const AGAIN_SECONDS: i64 = 6 * 3600;

/// How calendars are reached, and their addresses kept.
pub struct Reach {
    /// The one client that reaches other machines.
    pub fetcher: Fetcher,
    /// The key their addresses are sealed with; without one none is kept.
    pub key: Option<SealingKey>,
}

/// The bytes of a calendar at an address, and its name: the host.
///
/// # Errors
/// `calendar.address`, `calendar.fetch`, `calendar.long`.
pub fn fetch_calendar(fetcher: &Fetcher, address: &str) -> Result<(String, Vec<u8>), Error> {
    let address = address_of(address)?;
    let bytes = fetched(fetcher, &address)?;
    Ok((address.host().to_owned(), bytes))
}

fn address_of(text: &str) -> Result<WebAddress, Error> {
    WebAddress::parse(text).ok_or_else(|| {
        Error::invalid(
            "address",
            "calendar.address",
            "this is no address of a calendar",
        )
        .hint("it begins with https:// or webcal:// and often ends with .ics")
    })
}

fn fetched(fetcher: &Fetcher, address: &WebAddress) -> Result<Vec<u8>, Error> {
    match fetcher.fetch(address) {
        Ok(bytes) if is_calendar(&bytes) => Ok(bytes),
        Err(NotFetched::TooLong) => Err(Error::invalid(
            "address",
            "calendar.long",
            "the calendar is longer than ten megabytes",
        )
        .hint("export it as a file and import that")),
        Ok(_) | Err(NotFetched::Failed) => Err(Error::invalid(
            "address",
            "calendar.fetch",
            "no calendar could be fetched from this address",
        )
        .hint(
            "open it in a private window of your browser: it must give a calendar without signing in and without leading elsewhere. \
             Machines of your own network are reached only where offdesk was started with --allow-fetch HOST",
        )),
    }
}

/// Whether a text begins as calendars do. Nothing else is taken from an address.
fn is_calendar(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes
        .trim_ascii_start()
        .get(..15)
        .is_some_and(|head| head.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"))
}

/// A calendar that was fetched and is not kept yet.
pub struct NewCalendar {
    row: CalendarRow,
    bytes: Vec<u8>,
}

/// Fetches a calendar to be looked at before anything is imported, and keeps its address.
///
/// # Errors
/// As [`fetch_new`].
pub fn add_calendar(
    store: &Store,
    actor: &Actor,
    reach: &Reach,
    address: &str,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let new = fetch_new(store, actor, reach, address, moment)?;
    let actor = actor.clone();
    store
        .write(move |tx| keep_calendar(tx, &actor, new, moment))
        .wait()
}

/// Fetches a calendar that is to be kept.
///
/// # Errors
/// `calendar.address`, `calendar.fetch`, `calendar.long`, `calendar.known`, `calendar.many`, `calendar.key`.
pub fn fetch_new(
    store: &Store,
    actor: &Actor,
    reach: &Reach,
    address: &str,
    moment: Moment,
) -> Result<NewCalendar, Error> {
    let workspace = actor.workspace_for(Permission::Import)?;
    let address = address_of(address)?;
    let key = reach.key.as_ref().ok_or_else(no_key)?;
    let who = actor.clone();
    let known = store.read(move |tx| list_calendars(tx, &who)).wait()?;
    if known.len() >= MOST_CALENDARS {
        return Err(Error::new(
            ErrorKind::Conflict,
            "calendar.many",
            format!("{MOST_CALENDARS} calendars are the most"),
        ));
    }
    let is_same = |row: &CalendarRow| {
        let opened = key.open(&row.address, &place(workspace, row.id));
        opened.as_deref() == Some(address.reveal())
    };
    if known.iter().any(is_same) {
        return Err(Error {
            field: "address",
            ..Error::new(
                ErrorKind::Conflict,
                "calendar.known",
                "this calendar is there already",
            )
            .hint("read it again instead")
        });
    }
    let bytes = fetched(&reach.fetcher, &address)?;
    let id = moment.id();
    let sealed = key.seal(address.reveal(), &place(workspace, id), moment);
    let row = CalendarRow {
        id,
        host: address.host().to_owned(),
        address: sealed.ok_or_else(no_key)?,
        choices: "{}".to_owned(),
        upload_id: None,
        is_automatic: false,
        fetched_at: Some(moment.micros()),
        next_at: moment.after(AGAIN_SECONDS),
        failures: 0,
        error: String::new(),
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    Ok(NewCalendar { row, bytes })
}

/// Keeps a calendar with its first reading as an upload.
///
/// # Errors
/// Those of the actor and of the store.
pub fn keep_calendar(
    tx: &mut Tx<'_>,
    actor: &Actor,
    NewCalendar { row, bytes }: NewCalendar,
    moment: Moment,
) -> Result<UploadRow, Error> {
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let mut upload = begin_upload(tx, actor, &file_of(&row.host), length, moment)?;
    for part in bytes.chunks(LONGEST_PART) {
        upload = add_part(tx, actor, upload.id, upload.received, part.to_vec())?;
    }
    let row = CalendarRow {
        upload_id: Some(upload.id),
        ..row
    };
    let mut scope = actor.within(tx, Permission::Import)?;
    insert_calendar(&mut scope, &row)?;
    note(&mut scope, actor, moment, "add_calendar", row.host, "")?;
    Ok(upload)
}

/// The name under which a calendar's readings are listed.
pub(crate) fn file_of(host: &str) -> String {
    format!("{host}.ics")
}

/// What a sealed address is bound to.
fn place(workspace: WorkspaceId, calendar: Uuid) -> Vec<u8> {
    [workspace.0.as_bytes().as_slice(), calendar.as_bytes()].concat()
}

fn no_key() -> Error {
    Error::new(
        ErrorKind::Unavailable,
        "calendar.key",
        "the addresses of calendars cannot be kept or read: the key they are sealed with is not there, or is another one",
    )
    .hint("start offdesk with the key it had before (--key-file), or remove the calendar and add it again")
}

/// The calendars of the open workspace.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_calendars(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<CalendarRow>, Error> {
    Ok(stored(&mut actor.within(tx, Permission::Import)?)?)
}

/// Whether a calendar is read again by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Every six hours.
    ByItself,
    /// Only when somebody asks for it.
    ByHand,
}

/// Lets a calendar be read by itself, or not any more.
///
/// # Errors
/// `not_found`.
pub fn set_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    again: Again,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let row = load_calendar(&mut scope, id)?.ok_or_else(|| Error::not_found("calendar"))?;
    let host = row.host.clone();
    let changed = CalendarRow {
        is_automatic: again == Again::ByItself,
        next_at: moment.after(AGAIN_SECONDS),
        failures: 0,
        ..row
    };
    update_calendar(&mut scope, &changed)?;
    let word = match again {
        Again::ByItself => "by itself",
        Again::ByHand => "by hand",
    };
    note(&mut scope, actor, moment, "set_calendar", host, word)
}

/// Removes a calendar with its address. What was imported from it stays.
///
/// # Errors
/// `not_found`.
pub fn remove_calendar(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Import)?;
    let row = load_calendar(&mut scope, id)?.ok_or_else(|| Error::not_found("calendar"))?;
    remove(&mut scope, id)?;
    note(&mut scope, actor, moment, "remove_calendar", row.host, "")
}
