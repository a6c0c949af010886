//! Sends what waits: one process each, later again where the server is away, at most once more where nobody knows.

use super::Outgoing;
use super::letters::compose;
use crate::error::{Error, ErrorKind, unless_changed};
use crate::moment::Moment;
use offdesk_domain::activity::one_line;
use offdesk_outbound::NotSent;
use offdesk_store::Store;
use offdesk_store::mails::{MailRow, claim_mail, remove_mail, update_mail};
use std::time::{Duration, UNIX_EPOCH};

/// So long somebody who sends a mail has it for themselves.
const CLAIM_SECONDS: i64 = 5 * 60;
/// After so many tries of which nobody knows whether they sent it, it is given up: it has perhaps come twice.
const MOST_UNSURE: i64 = 2;
/// Waits between tries, in seconds; the last one goes on.
const WAITS: [i64; 6] = [60, 5 * 60, 15 * 60, 3600, 3 * 3600, 6 * 3600];
/// A mail that could not be sent for so long is given up.
const PATIENCE_SECONDS: i64 = 3 * 24 * 3600;
/// Who asked for a new password, or a code, is not there any more after so long.
const RESET_PATIENCE_SECONDS: i64 = 30 * 60;

/// Sends a mail that is due, and says whether there was one. Of several processes exactly one sends it.
///
/// # Errors
/// Those of the store; why a mail was not sent is kept with it.
pub fn send_next(store: &Store, outgoing: &Outgoing, moment: Moment) -> Result<bool, Error> {
    let url = outgoing.public_url.clone();
    let claimed = store
        .write(move |tx| -> Result<_, Error> {
            let until = moment.after(CLAIM_SECONDS);
            let Some(mail) = claim_mail(tx, moment.micros(), until)? else {
                return Ok(None);
            };
            if mail.unsure > MOST_UNSURE {
                let why = "the server was lost twice while it took the mail; it may have come";
                update_mail(tx, &given_up(&mail, why, moment))?;
                return Ok(Some((mail, None)));
            }
            let letter = compose(tx, &mail, &url, moment)?;
            if letter.is_none() {
                remove_mail(tx, mail.id)?;
            }
            Ok(Some((mail, letter)))
        })
        .wait();
    let claimed = match claimed {
        // Another process was quicker.
        Err(error) if error.kind == ErrorKind::Conflict => return Ok(true),
        other => other?,
    };
    let Some((mail, letter)) = claimed else {
        return Ok(false);
    };
    let Some(letter) = letter else {
        return Ok(true);
    };
    let now = Duration::from_micros(u64::try_from(moment.micros()).unwrap_or(0));
    let sent = outgoing.mailer.send(&letter, UNIX_EPOCH + now);
    store
        .write(move |tx| -> Result<_, Error> {
            let after = match sent {
                Ok(()) => {
                    remove_mail(tx, mail.id)?;
                    return Ok(());
                }
                Err(error) => after(mail, &error, moment),
            };
            // It may have been taken back meanwhile, or somebody else has it.
            unless_changed(update_mail(tx, &after))
        })
        .wait()?;
    Ok(true)
}

/// A mail after it was not sent.
fn after(mail: MailRow, error: &NotSent, moment: Moment) -> MailRow {
    let why = error.to_string();
    let unsure = match error {
        NotSent::Unsure(_) => mail.unsure,
        NotSent::Never(_) | NotSent::NotNow(_) => mail.unsure - 1,
    };
    let patience = if matches!(mail.kind.as_str(), "reset" | "join") {
        RESET_PATIENCE_SECONDS
    } else {
        PATIENCE_SECONDS
    };
    let is_late = mail.created_at < moment.after(-patience);
    if is_late || unsure >= MOST_UNSURE || matches!(error, NotSent::Never(_)) {
        return MailRow {
            unsure,
            ..given_up(&mail, &why, moment)
        };
    }
    let at = usize::try_from(mail.tries - 1).unwrap_or(0);
    let wait = WAITS.get(at).or(WAITS.last()).copied().unwrap_or(60);
    MailRow {
        state: "waiting".to_owned(),
        unsure,
        next_at: moment.after(wait),
        error: short(&why),
        ..mail
    }
}

fn given_up(mail: &MailRow, why: &str, moment: Moment) -> MailRow {
    MailRow {
        state: "failed".to_owned(),
        next_at: moment.micros(),
        error: short(why),
        ..mail.clone()
    }
}

/// What a server says, on one line and not too long.
fn short(why: &str) -> String {
    let line = one_line(why);
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}
