//! Assignments by mail: an address for a handoff, whose secret is what lets somebody give, and the messages that come to it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::activity::one_line;
use offdesk_import::message::Mail;
use offdesk_store::assignments::files::{FileRow, insert_file, insert_part};
use offdesk_store::assignments::load_assignment;
use offdesk_store::assignments::mailboxes::{
    MailboxRow, find_mailbox, find_mailed, load_mailbox, note_mailed, remove_mailbox, save_mailbox,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

use super::files::LONGEST_PART;
use super::giving::{due_of, give};
use super::typed::{LONGEST_NOTE, LONGEST_TITLE};
use super::who::{Part, enter_to_change};
use super::{AssignmentDetail, NewAssignment, detail, moment_of};
use crate::accounts::actor_behind;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind};
use crate::moment::{Moment, Secret, digest};
use crate::{handoffs, people};

/// So many hours after it came something may be due: thirteen weeks.
const MOST_HOURS: i64 = 13 * 7 * 24;
/// So many files of a message are kept.
const MOST_FILES: usize = 50;
/// So many letters a secret has.
const SECRET_LENGTH: usize = 52;
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

/// The address as people write to it: the secret behind a plus sign in the name of a mailbox.
#[must_use]
pub fn address_of(base: &str, secret: &Secret) -> Option<String> {
    let (name, domain) = base.trim().split_once('@')?;
    let is_fit = !name.is_empty() && name.len() + SECRET_LENGTH < 64 && domain.contains('.');
    is_fit.then(|| format!("{name}+{}@{domain}", secret.reveal().to_lowercase()))
}

/// The secrets that stand behind a plus sign in a line of recipients.
fn secrets(line: &str) -> impl Iterator<Item = Secret> + '_ {
    line.split('+').skip(1).filter_map(|rest| {
        let text = rest.split(['@', '>', ' ', ',']).next()?;
        let is_whole =
            text.len() == SECRET_LENGTH && text.bytes().all(|it| it.is_ascii_alphanumeric());
        is_whole.then(|| Secret::given(&text.to_ascii_uppercase()))
    })
}

/// Gives what a message asks for, by the secret of the address it was sent to. One that has come before is not given again.
///
/// # Errors
/// `mailbox.unknown`, `mailbox.automatic`, `mailbox.files`, and those of `give_assignment`.
pub fn take_mail(tx: &mut Tx<'_>, mail: &Mail, moment: Moment) -> Result<AssignmentDetail, Error> {
    let mailbox = mailbox_for(tx, mail)?;
    let workspace = WorkspaceId(mailbox.workspace_id);
    let actor = actor_behind(tx, workspace, mailbox.created_by)?;
    let mut scope = enter_to_change(tx, &actor, Part::Arrange)?;
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
    let row = give(&mut scope, &actor, handoff, &new, due, None, moment)?;
    for (name, bytes) in files {
        keep(&mut scope, &actor, row.id, &name, bytes, moment)?;
    }
    note_mailed(&mut scope, mailbox.handoff_id, hash, row.id)?;
    let person = people::load(&mut scope, row.person_id)?;
    detail(&mut scope, &actor, row, person)
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

/// What tells a message from all others: what it calls itself, else all it says.
fn hash_of(mail: &Mail) -> [u8; 32] {
    if !mail.id.is_empty() {
        return digest(&[b"offdesk message id", mail.id.as_bytes()]);
    }
    let mut parts = vec![
        &b"offdesk message"[..],
        mail.subject.as_bytes(),
        mail.text.as_bytes(),
    ];
    parts.extend(mail.attached.iter().map(|it| &*it.bytes));
    digest(&parts)
}

fn later(moment: Moment, hours: i64) -> Timestamp {
    Timestamp::from_microsecond(moment.after(hours.saturating_mul(3_600))).unwrap_or(moment.now)
}

/// The moment in a line such as `Due: 2026-12-01T17:00` among the first of a message.
fn due_line(text: &str) -> Option<&str> {
    text.lines().take(10).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("due")
            .then(|| value.trim())
    })
}

/// The subject without what mail programs put before it.
fn title_of(subject: &str) -> String {
    const BEFORE: [&str; 7] = ["re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "tr:"];
    let mut title = one_line(subject);
    title.retain(|c| !c.is_control());
    loop {
        let lower = title.to_lowercase();
        let Some(before) = BEFORE.iter().find(|before| lower.starts_with(**before)) else {
            break;
        };
        title = title
            .get(before.len()..)
            .unwrap_or_default()
            .trim()
            .to_owned();
    }
    title.chars().take(LONGEST_TITLE).collect()
}

/// What the person is told, and all of it where that is more than a note holds.
fn told(text: &str) -> (String, Option<&str>) {
    let clean: String = text
        .chars()
        .filter(|c| *c == '\n' || !c.is_control())
        .collect();
    if clean.chars().count() <= LONGEST_NOTE {
        return (clean, None);
    }
    const REST: &str = "\n… the rest stands in message.txt";
    let most = LONGEST_NOTE.saturating_sub(REST.chars().count());
    let start: String = clean.chars().take(most).collect();
    (start + REST, Some(text))
}

/// Keeps a file that came with an assignment.
fn keep(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    assignment: Uuid,
    name: &str,
    bytes: &[u8],
    moment: Moment,
) -> Result<(), Error> {
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_titles_and_dates_are_found_in_what_people_write() {
        let secret = "ab".repeat(26);
        let line = format!("Desk <desk+{secret}@example.com>, x+short@example.com");
        let found: Vec<_> = secrets(&line).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reveal(), secret.to_uppercase());
        assert_eq!(title_of("Re: AW: Fwd:  The list\r\n"), "The list");
        assert_eq!(title_of("Report: May"), "Report: May");
        assert_eq!(
            due_line("Hi,\ndue: 2026-12-01T17:00\n"),
            Some("2026-12-01T17:00")
        );
        assert_eq!(due_line("It is due soon: please"), None);
        let long = "a".repeat(LONGEST_NOTE + 1);
        let (note, whole) = told(&long);
        assert!(
            note.ends_with("message.txt")
                && note.chars().count() == LONGEST_NOTE
                && whole.is_some()
        );
        assert_eq!(
            address_of("desk@example.com", &found[0]).unwrap(),
            format!("desk+{secret}@example.com")
        );
        assert_eq!(address_of("desk", &found[0]), None);
    }
}
