//! Mails: what is to be told waits in the database, beside what it tells of, until it is sent. Without a mail server nothing waits.

mod letters;
mod sending;

use offdesk_outbound::Mailer;
use offdesk_store::accounts::AccountRow;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::mails::{
    MailRow, count_waiting, insert_mail, is_waiting, list_failed, remove_failed, remove_waiting,
};
use offdesk_store::members::{InvitationRow, MemberRow, list_members};
use offdesk_store::settings::{load_setting, remove_setting, save_setting};
use offdesk_store::{Scope, Tx, Uuid, WorkspaceId};

pub use self::sending::send_next;
use crate::actor::{Permission, Role};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;

/// Says, in the database, from which address mails are sent; absent where none are.
const SENDER: &str = "mail_sender";
/// Mails that were given up are shown for so long, in seconds.
const SHOWN_SECONDS: i64 = 30 * 24 * 3600;

/// How mails are sent.
pub struct Outgoing {
    /// The server and the sender.
    pub mailer: Mailer,
    /// The address of this offdesk, which all links begin with. It never comes from a request.
    pub public_url: String,
}

/// Notes whether this offdesk sends mails, for all its processes.
///
/// # Errors
/// Those of the store.
pub fn set_up(tx: &mut Tx<'_>, sender: Option<&str>, moment: Moment) -> Result<(), Error> {
    remove_failed(tx, moment.after(-SHOWN_SECONDS))?;
    match sender {
        Some(sender) => save_setting(tx, SENDER, sender)?,
        None => {
            remove_setting(tx, SENDER)?;
        }
    }
    Ok(())
}

/// Whether mails are sent.
///
/// # Errors
/// Those of the store.
pub fn is_set_up(tx: &mut Tx<'_>) -> Result<bool, Error> {
    Ok(load_setting(tx, SENDER)?.is_some())
}

/// Refuses what needs a mail, where none can be sent.
pub(crate) fn must_be_set_up(tx: &mut Tx<'_>) -> Result<(), Error> {
    if is_set_up(tx)? {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "mail.none",
        "this offdesk sends no mails",
    )
    .hint("whoever runs it can name a mail server:  offdesk serve --smtp-url URL"))
}

/// Something that the owner of an account is told, since somebody else may have done it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// By the old one.
    PasswordChanged,
    /// Without it.
    PasswordReset,
    /// A second factor was set.
    FactorSet,
    /// It was taken away.
    FactorRemoved,
    /// A passkey of a name was added.
    PasskeyAdded(String),
    /// It was removed.
    PasskeyRemoved(String),
}

/// Tells the owner of an account what was done with it, where mails are sent.
pub(crate) fn notify(
    tx: &mut Tx<'_>,
    account: &AccountRow,
    notice: &Notice,
    moment: Moment,
) -> Result<(), Error> {
    if !is_set_up(tx)? {
        return Ok(());
    }
    let mail = MailRow {
        detail: letters::told(notice),
        ..waiting("notice", &account.email, moment)
    };
    Ok(insert_mail(tx, &mail)?)
}

/// Lets a link to choose a new password be sent, in the place of any that waits.
pub(crate) fn send_reset(tx: &mut Tx<'_>, email: &str, moment: Moment) -> Result<(), Error> {
    remove_waiting(tx, "reset", email)?;
    Ok(insert_mail(tx, &waiting("reset", email, moment))?)
}

/// Lets the link of an invitation be sent.
pub(crate) fn send_invitation(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    invitation: &InvitationRow,
    moment: Moment,
) -> Result<(), Error> {
    let mail = MailRow {
        workspace_id: Some(workspace.0),
        invitation_id: Some(invitation.id),
        ..waiting("invitation", &invitation.email, moment)
    };
    Ok(insert_mail(tx, &mail)?)
}

/// Lets the code be sent that somebody joins with, in the place of any that waits; gives the id of the mail, which the code is made of.
pub(crate) fn send_join_code(tx: &mut Tx<'_>, email: &str, moment: Moment) -> Result<Uuid, Error> {
    remove_waiting(tx, "join", email)?;
    let mail = waiting("join", email, moment);
    insert_mail(tx, &mail)?;
    Ok(mail.id)
}

/// Tells whoever gave an assignment that a question of it waits for an answer, where mails are sent. However many questions come
/// before the mail is sent, it is one.
pub(crate) fn send_answer_needed(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    assignment: &AssignmentRow,
    moment: Moment,
) -> Result<(), Error> {
    if !is_set_up(tx)? {
        return Ok(());
    }
    let detail = assignment.id.to_string();
    for address in answering(tx, workspace, assignment.created_by)? {
        if is_waiting(tx, "answer", &address, &detail)? {
            continue;
        }
        let mail = MailRow {
            workspace_id: Some(workspace.0),
            detail: detail.clone(),
            ..waiting("answer", &address, moment)
        };
        insert_mail(tx, &mail)?;
    }
    Ok(())
}

/// Who is told that an answer is needed: whoever gave the work; where they are gone, or may not answer any more, the owners.
fn answering(tx: &mut Tx<'_>, workspace: WorkspaceId, giver: Uuid) -> Result<Vec<String>, Error> {
    let members = list_members(&mut Scope::new(tx, workspace))?;
    let may = |member: &MemberRow, permission| {
        let role = Role::of(&member.role);
        member.suspended_at.is_none() && role.is_some_and(|role| role.may(permission))
    };
    let gave = |it: &&MemberRow| it.account_id == giver && may(it, Permission::Edit);
    if let Some(member) = members.iter().find(gave) {
        return Ok(vec![member.email.clone()]);
    }
    let owners = members
        .into_iter()
        .filter(|it| Role::of(&it.role) == Some(Role::Owner) && it.suspended_at.is_none());
    Ok(owners.map(|it| it.email).collect())
}

/// Lets somebody be told what waits for them, and which budgets were passed since they were told last.
pub(crate) fn send_digest(
    tx: &mut Tx<'_>,
    workspace: WorkspaceId,
    address: &str,
    told_at: Option<i64>,
    moment: Moment,
) -> Result<(), Error> {
    let mail = MailRow {
        workspace_id: Some(workspace.0),
        detail: told_at.map_or_else(String::new, |at| at.to_string()),
        ..waiting("digest", address, moment)
    };
    Ok(insert_mail(tx, &mail)?)
}

fn waiting(kind: &str, address: &str, moment: Moment) -> MailRow {
    MailRow {
        id: moment.id(),
        kind: kind.to_owned(),
        address: address.to_owned(),
        workspace_id: None,
        invitation_id: None,
        detail: String::new(),
        state: "waiting".to_owned(),
        tries: 0,
        unsure: 0,
        next_at: moment.micros(),
        error: String::new(),
        created_at: moment.micros(),
        version: 1,
    }
}

/// How the mails of an offdesk stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mails {
    /// From which address they are sent; `None` where none are.
    pub sender: Option<String>,
    /// So many wait.
    pub waiting: u64,
    /// Those that were given up in the last thirty days.
    pub failed: Vec<MailRow>,
}

/// How the mails stand, for whoever runs the machine.
///
/// # Errors
/// Those of the store.
pub fn look_at_mails(tx: &mut Tx<'_>) -> Result<Mails, Error> {
    Ok(Mails {
        sender: load_setting(tx, SENDER)?,
        waiting: count_waiting(tx)?,
        failed: list_failed(tx, 20)?,
    })
}
