//! Due dates as a calendar at a secret address: one's own for a worker, all that are open for the business.

use jiff::Timestamp;
use offdesk_store::feeds::{feed_since, find_feed, remove_feed, save_feed};
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

use super::digest::membership;
use crate::accounts::actor_behind;
use crate::actor::{Actor, Permission};
use crate::assignments::{AssignmentSummary, Which, list_assignments};
use crate::change::note;
use crate::error::Error;
use crate::moment::{Moment, Secret};

/// So many due dates are in a calendar, those that come first.
const MOST: u32 = 500;
/// A line of a calendar is no longer than so many bytes; what is more goes on in the next one.
const LONGEST_LINE: usize = 73;

/// A calendar of due dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The calendar as text, lines as calendars end them.
    pub text: String,
}

/// Since when somebody's calendar has its address; `None` where there is none.
///
/// # Errors
/// Those of the actor and of the store.
pub fn feed_of(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<i64>, Error> {
    let workspace = membership(actor)?;
    Ok(feed_since(&mut Scope::new(tx, workspace), actor.account)?)
}

/// Gives somebody's calendar a new address, whose secret is handed out once; the one it had leads nowhere from then on.
///
/// # Errors
/// Those of the actor and of the store.
pub fn renew_feed(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<Secret, Error> {
    let workspace = membership(actor)?;
    let secret = moment.secret();
    let mut scope = Scope::new(tx, workspace);
    save_feed(&mut scope, actor.account, secret.hash(), moment.micros())?;
    note(&mut scope, actor, moment, "renew_feed", "", "")?;
    Ok(secret)
}

/// Ends somebody's calendar.
///
/// # Errors
/// `not_found`, and those of the actor and of the store.
pub fn end_feed(tx: &mut Tx<'_>, actor: &Actor, moment: Moment) -> Result<(), Error> {
    let workspace = membership(actor)?;
    let mut scope = Scope::new(tx, workspace);
    if !remove_feed(&mut scope, actor.account)? {
        return Err(Error::not_found("feed"));
    }
    note(&mut scope, actor, moment, "end_feed", "", "")
}

impl Feed {
    /// The calendar of an address, as whoever it is of may see it now: nothing, where they have no part in the workspace any more.
    ///
    /// # Errors
    /// `not_found` for an address that is none, or counts no more.
    pub fn read(tx: &mut Tx<'_>, secret: &Secret, url: &str) -> Result<Self, Error> {
        let row = find_feed(tx, secret.hash())?.ok_or_else(|| Error::not_found("feed"))?;
        let workspace = WorkspaceId(row.workspace_id);
        let actor = actor_behind(tx, workspace, row.account_id)?;
        let is_worker = actor.may(Permission::Work);
        let which = Which::default();
        let all = list_assignments(tx, &actor, &which, None, MOST)
            .map_err(|_| Error::not_found("feed"))?;
        let mut text = String::new();
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//offdesk//due dates//EN",
            "CALSCALE:GREGORIAN",
            "METHOD:PUBLISH",
            "X-WR-CALNAME:offdesk",
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        ] {
            add(&mut text, line);
        }
        // What is handed in is due no more.
        for one in all.iter().filter(|one| one.row.state != "delivered") {
            event(&mut text, one, is_worker, url);
        }
        add(&mut text, "END:VCALENDAR");
        Ok(Self { text })
    }
}

fn event(text: &mut String, one: &AssignmentSummary, is_worker: bool, url: &str) {
    let row = &one.row;
    let page = if is_worker { "my/assignments" } else { "work" };
    let title = match &one.person {
        Some(person) if !is_worker => format!("{} ({person})", row.title),
        _ => row.title.clone(),
    };
    add(text, "BEGIN:VEVENT");
    add(text, &format!("UID:{}", uid(row.id)));
    add(text, &format!("DTSTAMP:{}", stamp(row.changed_at)));
    add(text, &format!("LAST-MODIFIED:{}", stamp(row.changed_at)));
    add(text, &format!("SEQUENCE:{}", row.version));
    add(text, &format!("DTSTART:{}", stamp(row.due_at)));
    add(text, &format!("SUMMARY:{}", escaped(&title)));
    add(text, &format!("URL:{url}/{page}/{}", row.id));
    add(text, "TRANSP:TRANSPARENT");
    add(text, "END:VEVENT");
}

fn uid(id: Uuid) -> String {
    format!("{id}@offdesk")
}

fn stamp(micros: i64) -> String {
    let at = Timestamp::from_microsecond(micros).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A text as it stands in a calendar: nothing in it begins a line, or a value, of its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between letters where it is too long.
fn add(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LONGEST_LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_title_begins_a_line_of_the_calendar() {
        let mut text = String::new();
        let title = format!("SUMMARY:{}", escaped("a;b,c\\d\r\nEND:VEVENT\u{7}"));
        add(&mut text, &title);
        assert_eq!(text, "SUMMARY:a\\;b\\,c\\\\d\\nEND:VEVENT\r\n");
        let mut long = String::new();
        add(&mut long, &"ü".repeat(100));
        assert!(long.lines().all(|line| line.len() <= 75), "{long}");
        assert_eq!(long.replace("\r\n ", "").trim_end(), "ü".repeat(100));
    }
}
