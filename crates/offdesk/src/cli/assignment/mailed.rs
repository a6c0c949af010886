//! `offdesk assignment mail`: gives what a mail message asks for; for the pipe of a mail server.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::assignments::AssignmentDetail;
use offdesk_actions::assignments::json::AssignmentJson;
use offdesk_actions::assignments::mailed::take_mail;
use offdesk_import::message::{LONGEST, Mail};

use super::super::audit::json;
use super::super::bytes::{From, Unread, name, read_bytes};
use super::super::desk::DeskArgs;
use super::super::error::CliError;
use super::super::{Done, exit, output};
use crate::clock;

/// Give what a mail message asks for: for a mail server's pipe
///
/// The secret in the address it was sent to says under which handoff. Exit code
/// 5 for what is not taken, 1 for what may work later.
#[derive(Args, Debug)]
pub struct MailArgs {
    /// The message; - or nothing reads standard input
    #[arg(value_name = "FILE", default_value = "-")]
    file: PathBuf,
    /// To whom the mail server had it, where its header does not say; may be
    /// repeated
    #[arg(long, value_name = "ADDRESS")]
    to: Vec<String>,
    /// Print JSON (offdesk.assignment/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
}

impl MailArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let largest = u64::try_from(LONGEST).unwrap_or(u64::MAX);
        let bytes = read_bytes(From::word(&self.file), largest).map_err(|why| match why {
            Unread::TooLarge => refused("the message is longer than 30 MB"),
            Unread::Failed(error) => CliError::new(
                exit::FAILED,
                "mailbox.unread",
                format!("{} cannot be read: {error}", name(&self.file)),
            ),
        })?;
        let mut mail = Mail::read(&bytes).map_err(|error| refused(&error.to_string()))?;
        // What the server says counts before what anybody can write into a header.
        mail.recipients.splice(0..0, self.to);
        let store = self.desk.open_known()?;
        let moment = clock::moment();
        let given: Result<AssignmentDetail, Error> =
            store.write(move |tx| take_mail(tx, &mail, moment)).wait();
        let given = given?;
        if self.json {
            output::print(&json::to_text(&AssignmentJson::of(&given))?)?;
        } else {
            output::print(&format!("Given: assignment {}\n", given.row.number))?;
        }
        Ok(0)
    }
}

fn refused(why: &str) -> CliError {
    CliError::new(exit::INPUT, "mailbox.message", why.to_owned())
        .line("send less, or a link to what is long")
}
