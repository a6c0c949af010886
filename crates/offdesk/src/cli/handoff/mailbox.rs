//! `offdesk handoff mailbox`: the address to which assignments of a handoff are mailed.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::assignments::json::MailboxJson;
use offdesk_actions::assignments::mailed::{address_of, end_mailbox, mailbox_of, renew_mailbox};
use offdesk_actions::moment::Secret;

use super::super::audit::json;
use super::super::desk::At;
use super::super::error::CliError;
use super::super::{Done, exit, output};
use super::Which;
use crate::clock;

/// The address to which assignments of a handoff are mailed: make it, end it
///
/// Whoever knows the address may give work, so it is shown once. The mail server
/// passes what comes to it on:  offdesk assignment mail
#[derive(Args, Debug)]
pub struct MailboxArgs {
    #[command(flatten)]
    which: Which,
    /// Make a new address in this mailbox, such as desk@example.com; the one
    /// there was ends
    #[arg(long, value_name = "EMAIL", conflicts_with = "end")]
    at_address: Option<String>,
    /// Hours after which what comes is due, where it does not say itself
    #[arg(long, value_name = "HOURS", default_value_t = 48)]
    due_after: i64,
    /// End the address
    #[arg(long)]
    end: bool,
    /// Print JSON (offdesk.mailbox/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl MailboxArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = self.which.find(&store, &actor)?.summary.handoff.row.id;
        let moment = clock::moment();
        let mut address = None;
        let who = actor.clone();
        if self.end {
            let ended: Result<(), Error> = store
                .write(move |tx| end_mailbox(tx, &who, id, moment))
                .wait();
            ended?;
        } else if let Some(base) = self.at_address {
            if address_of(&base, &Secret::given("")).is_none() {
                return Err(CliError::new(
                    exit::USAGE,
                    "mailbox.address",
                    "this is no address to which a secret fits",
                )
                .line(
                    "name a mailbox of yours with a short name:  --at-address desk@example.com",
                ));
            }
            let hours = self.due_after;
            let made: Result<Secret, Error> = store
                .write(move |tx| renew_mailbox(tx, &who, id, hours, moment))
                .wait();
            address = address_of(&base, &made?);
        }
        let mailbox = store.read(move |tx| mailbox_of(tx, &actor, id));
        let mailbox: Result<_, Error> = mailbox.wait();
        let mailbox = mailbox?;
        if self.json {
            let shown = MailboxJson::of(id, mailbox.as_ref(), address.as_deref());
            output::print(&json::to_text(&shown)?)?;
            return Ok(0);
        }
        output::print(&match (address, mailbox) {
            (Some(address), _) => format!(
                "{address}\nShown once. Have mail to it passed on:  offdesk assignment mail\n"
            ),
            (None, Some(mailbox)) => format!(
                "This handoff has an address; what comes is due {} hours later.   A new one:  --at-address EMAIL\n",
                mailbox.due_hours
            ),
            (None, None) => {
                "This handoff has no address.   Make one:  --at-address desk@example.com\n"
                    .to_owned()
            }
        })?;
        Ok(0)
    }
}
