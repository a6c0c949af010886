//! What mails say. The secret of a link is made here, when the mail is sent, and only its hash is kept.

use super::Notice;
use crate::error::Error;
use crate::members::code_of;
use crate::moment::{Moment, Secret};
use crate::notices::{Passed, digest_of};
use offdesk_outbound::Letter;
use offdesk_store::accounts::load_account_by_email;
use offdesk_store::assignments::{AssignmentRow, load_assignment};
use offdesk_store::mails::MailRow;
use offdesk_store::members::renew_invitation;
use offdesk_store::resets::save_reset;
use offdesk_store::{Scope, Tx, WorkspaceId};

/// A link to choose a new password counts for ten minutes, and so does a code to join with.
const RESET_SECONDS: i64 = 10 * 60;

/// What a notice tells, in words.
pub(super) fn told(notice: &Notice) -> String {
    match notice {
        Notice::PasswordChanged => {
            "Your password was changed. All other sessions and your tokens have ended.".to_owned()
        }
        Notice::PasswordReset => {
            "Your password was replaced by a new one. All sessions and your tokens have ended."
                .to_owned()
        }
        Notice::FactorSet => "A second factor was set up for signing in.".to_owned(),
        Notice::FactorRemoved => "The second factor for signing in was taken away.".to_owned(),
        Notice::PasskeyAdded(name) => format!("A passkey was added for signing in: {name}"),
        Notice::PasskeyRemoved(name) => format!("A passkey for signing in was removed: {name}"),
    }
}

/// The letter of a mail; `None` where there is nobody to tell, or nothing any more.
pub(super) fn compose(
    tx: &mut Tx<'_>,
    mail: &MailRow,
    public_url: &str,
    moment: Moment,
) -> Result<Option<Letter>, Error> {
    let url = public_url.trim_end_matches('/');
    let written = match (mail.kind.as_str(), mail.workspace_id, mail.invitation_id) {
        ("reset", _, _) => {
            let Some(account) = load_account_by_email(tx, &mail.address)? else {
                return Ok(None);
            };
            let secret = moment.secret();
            save_reset(tx, account.id, secret.hash(), moment.after(RESET_SECONDS))?;
            reset(url, &secret)
        }
        ("invitation", Some(workspace), Some(invitation)) => {
            let secret = moment.secret();
            let mut scope = Scope::new(tx, WorkspaceId(workspace));
            let open = renew_invitation(&mut scope, invitation, secret.hash(), moment.micros())?;
            let Some(workspace) = open else {
                return Ok(None);
            };
            invited(url, &workspace, &secret)
        }
        ("join", _, _) => {
            // Nobody waits for it any more.
            if mail.created_at < moment.after(-RESET_SECONDS) {
                return Ok(None);
            }
            joining(url, &code_of(mail.id))
        }
        ("digest", Some(workspace), _) => {
            let Some(account) = load_account_by_email(tx, &mail.address)? else {
                return Ok(None);
            };
            let passed = Passed {
                after: mail.detail.parse().ok(),
                until: mail.created_at,
            };
            let workspace = WorkspaceId(workspace);
            let text = digest_of(tx, workspace, account.id, passed, moment)?;
            let Some(text) = text else {
                return Ok(None);
            };
            waiting_for_you(url, &text)
        }
        ("answer", Some(workspace), _) => {
            let mut scope = Scope::new(tx, WorkspaceId(workspace));
            let id = mail.detail.parse().unwrap_or_default();
            let row = load_assignment(&mut scope, id)?;
            // Answered, or taken back, before the mail was sent.
            let Some(row) = row.filter(|row| row.open_questions > 0) else {
                return Ok(None);
            };
            answer_needed(url, &row)
        }
        _ => {
            let at = jiff::Timestamp::from_microsecond(mail.created_at).unwrap_or(moment.now);
            notice(url, &mail.detail, at)
        }
    };
    let (subject, text) = written;
    Ok(Some(Letter {
        id: mail.id.simple().to_string(),
        to: mail.address.clone(),
        subject: subject.to_owned(),
        text,
    }))
}

fn reset(url: &str, secret: &Secret) -> (&'static str, String) {
    let text = format!(
        "Somebody, probably you, wants to choose a new password for your account on\n\
         {url}\n\n\
         Choose it here, within ten minutes:\n\
         {url}/reset?token={}\n\n\
         All your sessions end with it. A second factor stays as it is.\n\
         Was it not you? Then do nothing: your password stays as it is.\n",
        secret.reveal()
    );
    ("Choose a new password", text)
}

fn invited(url: &str, workspace: &str, secret: &Secret) -> (&'static str, String) {
    let text = format!(
        "You are invited to the workspace \"{workspace}\" on\n\
         {url}\n\n\
         Join it here, within seven days:\n\
         {url}/invitation?token={}\n\n\
         The link counts once, for this address. You know nothing of it? Then do nothing.\n",
        secret.reveal()
    );
    ("You are invited to a workspace", text)
}

fn joining(url: &str, code: &str) -> (&'static str, String) {
    let (first, last) = code.split_at(code.len() / 2);
    let text = format!(
        "Somebody, probably you, joins a workspace with an invitation for this address on\n\
         {url}\n\n\
         The code, for ten minutes:\n\
         {first} {last}\n\n\
         Type it only into the page that you asked for it on. Was it not you? Then do nothing.\n"
    );
    ("Your code for joining", text)
}

/// Nothing of what is asked stands in it: that is read on the desk, by whoever may.
fn answer_needed(url: &str, row: &AssignmentRow) -> (&'static str, String) {
    let text = format!(
        "Assignment {} waits for your answer to a question. Its due date stands still until then.\n\n\
         Answer it here:\n\
         {url}/work/{}\n",
        row.number, row.id
    );
    ("Your answer is needed", text)
}

/// No name stands in it, and nothing that was said: that is read on the pages, by whoever may.
fn waiting_for_you(url: &str, contents: &str) -> (&'static str, String) {
    let text = format!(
        "{contents}\n\
         See it here:\n\
         {url}/\n\n\
         One mail a day at most, and none where nothing waits. Another hour, or none at all:\n\
         {url}/notices\n"
    );
    ("What waits for you", text)
}

fn notice(url: &str, detail: &str, at: jiff::Timestamp) -> (&'static str, String) {
    let text = format!(
        "{detail}\n\n\
         On {}, at {url}\n\n\
         Was it not you? Choose a new password at once:\n\
         {url}/forgot\n\
         then look who is signed in:\n\
         {url}/security\n",
        at.strftime("%-d %B %Y at %H:%M UTC")
    );
    ("Signing in to your desk has changed", text)
}
