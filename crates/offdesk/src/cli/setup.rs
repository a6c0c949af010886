//! `offdesk setup`: the first account, or a new code for making it on the page.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::accounts::{NewAccount, OldFactor, begin_setup, reset_here, set_up_here};
use serde::Serialize;

use super::audit::json;
use super::bytes::{self, From};
use super::desk::DeskArgs;
use super::error::CliError;
use super::{Done, Session, exit, output, values};
use crate::clock;

/// Make the first account, or print a new set-up code for the page
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk setup --email you@example.com --name \"Your name\"
  offdesk setup --email you@example.com --name You --password-file secret.txt
  offdesk setup                  a new set-up code, for the page
  offdesk setup --reset-password you@example.com     a new password, where the old one was lost")]
pub struct SetupCommand {
    /// Address of the first account
    #[arg(long, value_name = "EMAIL", requires = "name")]
    email: Option<String>,
    /// Name of its owner
    #[arg(long, value_name = "NAME", requires = "email")]
    name: Option<String>,
    /// The time zone of times that carry none, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", requires = "email", value_parser = values::zone_name)]
    zone: Option<String>,
    /// Set a new password for this account; its sessions and tokens end
    #[arg(long, value_name = "EMAIL", conflicts_with_all = ["email", "name"])]
    reset_password: Option<String>,
    /// Take its second factor and its passkeys away, too, where they were lost
    #[arg(long, requires = "reset_password")]
    drop_second_factor: bool,
    /// A file whose first line is the password; - reads standard input (otherwise it is asked for)
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// Print JSON (offdesk.setup/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
}

/// What came of it.
#[derive(Serialize)]
struct SetupJson {
    schema: &'static str,
    account: Option<String>,
    code: Option<String>,
}

impl SetupCommand {
    /// Runs it.
    pub fn run(self, session: Session) -> Done {
        if let Some(email) = &self.reset_password {
            return self.reset(email, session);
        }
        let store = self.desk.open()?;
        let moment = clock::moment();
        let (account, code) = match (self.email, self.name) {
            (Some(email), Some(name)) => {
                let password = password(self.password_file.as_deref(), session)?;
                let account = NewAccount {
                    name,
                    email: email.clone(),
                    password,
                };
                set_up_here(&store, &account, self.zone.as_deref(), moment)?;
                (Some(email.trim().to_lowercase()), None)
            }
            _ => {
                let code: Result<Option<String>, Error> =
                    store.write(move |tx| begin_setup(tx, moment)).wait();
                let code = code?.ok_or_else(|| {
                    CliError::new(
                        exit::CONFLICT,
                        "setup.done",
                        "this offdesk is set up already",
                    )
                    .line("sign in on its page, or import here:  offdesk import FILES...")
                })?;
                (None, Some(code))
            }
        };
        if self.json {
            return give(account, code);
        }
        if let Some(code) = code {
            output::print(&format!("{code}\n"))?;
            output::say("Type it on the page within half an hour; it counts once.\n");
        }
        if let Some(account) = account {
            output::say(&format!(
                "{account} has an account now, with a workspace of its own.\n\
                 Bring your hours in:  offdesk import FILES...\n"
            ));
        }
        Ok(0)
    }

    fn reset(&self, email: &str, session: Session) -> Done {
        let store = self.desk.open_known()?;
        let password = password(self.password_file.as_deref(), session)?;
        let factor = if self.drop_second_factor {
            OldFactor::Goes
        } else {
            OldFactor::Stays
        };
        reset_here(&store, email, &password, factor, clock::moment())?;
        let account = email.trim().to_lowercase();
        if self.json {
            return give(Some(account), None);
        }
        output::say(&format!(
            "{account} has a new password. All sessions of the account have ended, and its tokens.\n"
        ));
        Ok(0)
    }
}

fn give(account: Option<String>, code: Option<String>) -> Done {
    let made = SetupJson {
        schema: "offdesk.setup/1",
        account,
        code,
    };
    output::print(&json::to_text(&made)?)?;
    Ok(0)
}

/// The password: from a file, or typed twice without being shown. Never an option's value, which others on the machine can see.
fn password(file: Option<&Path>, session: Session) -> Result<String, CliError> {
    let failed = |error: &io::Error| {
        CliError::new(
            exit::FAILED,
            "setup.password",
            format!("the password cannot be read: {error}"),
        )
    };
    if let Some(path) = file {
        return bytes::read_secret(From::word(path), "setup.password");
    }
    if !session.may_ask {
        return Err(CliError::new(
            exit::USAGE,
            "setup.password",
            "there is no password, and nobody to ask for it",
        )
        .line("write it into a file:  --password-file FILE   (- for standard input)"));
    }
    let ask = |words: &str| rpassword::prompt_password(words).map_err(|error| failed(&error));
    let first = ask("A password of ten letters or more: ")?;
    if ask("The same again: ")? != first {
        return Err(
            CliError::new(exit::INPUT, "setup.password", "the two are not the same")
                .line("run it again"),
        );
    }
    Ok(first)
}
