//! Assignments by mail: an address for a handoff, whose secret is what lets somebody give, and the messages that come to it.

mod reading;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_import::message::Mail;
use offdesk_store::assignments::files::{FileRow, insert_file, insert_part};
use offdesk_store::assignments::load_assignment;
use offdesk_store::assignments::mailboxes::{
    MailboxRow, find_mailbox, find_mailed, load_mailbox, note_mailed, remove_mailbox, save_mailbox,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

pub use self::reading::address_of;
use self::reading::{due_line, hash_of, secrets, title_of, told};
use super::files::LONGEST_PART;
use super::giving::{due_of, give};
use super::who::{Part, enter_to_change};
use super::{AssignmentDetail, NewAssignment, detail, moment_of};
use crate::accounts::actor_behind;
use crate::actor::{Actor, Permission};
use crate::budgets::PASSED;
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret};
use crate::{handoffs, people};

/// So many hours after it came something may be due: thirteen weeks.
const MOST_HOURS: i64 = 13 * 7 * 24;
/// So many files of a message are kept.
const MOST_FILES: usize = 50;
/// The round of files that came with an assignment: before all rounds.
pub const GIVEN_WITH: i64 = 0;

/// The address of a handoff, where it has one.
///
/// # Errors
/// `not_found`.
pub fn mailbox_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
) -> Result<Option<MailboxRow>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    handoffs::load(&mut scope, handoff)?;
    Ok(load_mailbox(&mut scope, handoff)?)
}

/// Gives a handoff a new address for assignments; the one it had leads nowhere from then on. What the address holds is handed out once.
///
/// # Errors
/// `not_found`, `assignment.handoff`, `mailbox.hours`.
pub fn renew_mailbox(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    due_hours: i64,
    moment: Moment,
) -> Result<Secret, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let row = handoffs::load(&mut scope, handoff)?;
    if handoffs::is_over(&row) {
        return Err(Error::new(
            ErrorKind::Conflict,
            "assignment.handoff",
            format!("this handoff is {}: nothing is given under it", row.state),
        ));
    }
    if !(1..=MOST_HOURS).contains(&due_hours) {
        return Err(Error::invalid(
            "due_hours",
            "mailbox.hours",
            format!("{due_hours} is no number of hours after which something is due"),
        )
        .hint(format!("write hours between 1 and {MOST_HOURS}")));
    }
    let secret = moment.secret();
    let mailbox = MailboxRow {
        workspace_id: scope.workspace().0,
        handoff_id: handoff,
        due_hours,
        created_by: actor.account,
        created_at: moment.micros(),
    };
    save_mailbox(&mut scope, &mailbox, secret.hash())?;
    note(
        &mut scope,
        actor,
        moment,
        "renew_mailbox",
        handoff.to_string(),
        "",
    )?;
    Ok(secret)
}

/// Ends the address of a handoff.
///
/// # Errors
/// `not_found`.
pub fn end_mailbox(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    moment: Moment,
) -> Result<(), Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    handoffs::load(&mut scope, handoff)?;
    if !remove_mailbox(&mut scope, handoff)? {
        return Err(Error::not_found("mailbox"));
    }
    note(
        &mut scope,
        actor,
        moment,
        "end_mailbox",
        handoff.to_string(),
        "",
    )
}

/// Gives what a message asks for, by the secret of the address it was sent to. One that has come before is not given again.
///
/// # Errors
/// `mailbox.unknown`, `mailbox.automatic`, `mailbox.files`, and those of `give_assignment`.
pub fn take_mail(tx: &mut Tx<'_>, mail: &Mail, moment: Moment) -> Result<AssignmentDetail, Error> {
    let mailbox = mailbox_for(tx, mail)?;
    let workspace = WorkspaceId(mailbox.workspace_id);
    let actor = actor_behind(tx, workspace, mailbox.created_by)?;
    // The address goes on, also where the member who made it does not: it is the workspace's.
    let mut scope = Scope::new(tx, workspace);
    scope.hold()?;
    let hash = hash_of(mail);
    if let Some(id) = find_mailed(&mut scope, mailbox.handoff_id, hash)? {
        let row = load_assignment(&mut scope, id)?.ok_or_else(|| Error::not_found("assignment"))?;
        let person = people::load(&mut scope, row.person_id)?;
        return detail(&mut scope, &actor, row, person);
    }
    if mail.is_automatic {
        return Err(Error::invalid(
            "message",
            "mailbox.automatic",
            "a program has sent this message by itself",
        ));
    }
    let zone = load_workspace(&mut scope)?.zone;
    let zone = TimeZone::get(&zone).ok();
    let due = match due_line(&mail.text) {
        Some(text) => moment_of("due", text, zone.as_ref())?,
        None => later(moment, mailbox.due_hours),
    };
    let (told, whole) = told(&mail.text);
    let mut files: Vec<(String, &[u8])> = Vec::new();
    if let Some(whole) = whole {
        files.push(("message.txt".to_owned(), whole.as_bytes()));
    }
    files.extend(mail.attached.iter().map(|it| (it.name.clone(), &*it.bytes)));
    if files.len() > MOST_FILES {
        return Err(Error::invalid(
            "message",
            "mailbox.files",
            format!("the message has more than {MOST_FILES} files"),
        )
        .hint("send fewer, or a link to them"));
    }
    let new = NewAssignment {
        title: title_of(&mail.subject),
        note: told,
        ..NewAssignment::default()
    };
    let handoff = handoffs::load(&mut scope, mailbox.handoff_id)?;
    let due = due_of(Some(due), moment)?;
    let row = give(&mut scope, &actor, handoff, &new, due, None, moment).map_err(not_told)?;
    for (name, bytes) in files {
        keep(&mut scope, &actor, row.id, &name, bytes, moment)?;
    }
    note_mailed(&mut scope, mailbox.handoff_id, hash, row.id)?;
    let person = people::load(&mut scope, row.person_id)?;
    detail(&mut scope, &actor, row, person)
}

/// Whoever mails is not told of budgets.
fn not_told(error: Error) -> Error {
    if error.code != PASSED {
        return error;
    }
    Error::new(
        ErrorKind::Conflict,
        "mailbox.not_now",
        "nothing can be given to this address at the moment",
    )
    .hint("ask whoever gave you the address")
}

fn mailbox_for(tx: &mut Tx<'_>, mail: &Mail) -> Result<MailboxRow, Error> {
    const MOST_TRIED: usize = 20;
    let given = mail.recipients.iter().flat_map(|line| secrets(line));
    for secret in given.take(MOST_TRIED) {
        if let Some(found) = find_mailbox(tx, secret.hash())? {
            return Ok(found);
        }
    }
    Err(Error::new(
        ErrorKind::NotFound,
        "mailbox.unknown",
        "no recipient of this message is the address of a handoff",
    )
    .hint("look whether the address was renewed or ended; the mail server has to pass on to whom the message was"))
}

fn later(moment: Moment, hours: i64) -> Timestamp {
    Timestamp::from_microsecond(moment.after(hours.saturating_mul(3_600))).unwrap_or(moment.now)
}

/// Keeps a file that came with an assignment.
pub(super) fn keep(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    assignment: Uuid,
    name: &str,
    bytes: &[u8],
    moment: Moment,
) -> Result<Uuid, Error> {
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let file = FileRow {
        id: moment.id(),
        assignment_id: assignment,
        round: Some(GIVEN_WITH),
        name: crate::uploads::file_name(name),
        length,
        received: length,
        created_by: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    insert_file(scope, &file)?;
    let mut start = 0;
    for part in bytes.chunks(LONGEST_PART) {
        insert_part(scope, file.id, start, part.to_vec())?;
        start += i64::try_from(part.len()).unwrap_or(i64::MAX);
    }
    Ok(file.id)
}
