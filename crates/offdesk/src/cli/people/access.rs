//! `offdesk people access`: what a person was let into, and what was taken back.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::people::{NewAccess, PersonDetail, grant_access, load_person, revoke_access};
use offdesk_domain::Day;

use super::super::desk::At;
use super::super::error::CliError;
use super::super::values::day;
use super::super::{Done, exit, output};
use super::{find_person, give, text};
use crate::clock;

/// What a person was let into: list it, note one more, note that one was taken
/// back
#[derive(Args, Debug)]
pub struct AccessArgs {
    /// Name or id
    #[arg(value_name = "WHO")]
    who: String,
    /// Note that they were let into this; never a password
    #[arg(long, value_name = "WHAT", conflicts_with = "revoke")]
    grant: Option<String>,
    /// Where it is
    #[arg(long, value_name = "WHERE", requires = "grant")]
    location: Option<String>,
    /// Note that this was taken back
    #[arg(long, value_name = "WHAT")]
    revoke: Option<String>,
    /// The day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// Print JSON (offdesk.person/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl AccessArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = find_person(&store, &actor, &self.who)?;
        let moment = clock::moment();
        let on = self.on;
        if let Some(what) = self.grant {
            let new = NewAccess {
                what,
                location: self.location.unwrap_or_default(),
                granted: on,
            };
            let done: Result<PersonDetail, Error> = store
                .write(move |tx| grant_access(tx, &actor, id, &new, moment))
                .wait();
            return give(&done?, self.json, "Noted");
        }
        let who = actor.clone();
        let now: Result<PersonDetail, Error> = store
            .read(move |tx| load_person(tx, &who, id, moment))
            .wait();
        let now = now?;
        if let Some(what) = self.revoke {
            let wanted = what.trim().to_lowercase();
            let mut open = now.open_access();
            let found = open.find(|row| row.what.to_lowercase() == wanted);
            let access = found.map(|row| row.id).ok_or_else(|| {
                let shown = offdesk_import::problem::shown(&what);
                CliError::new(
                    exit::NOTHING,
                    "not_found",
                    format!("they have no access \"{shown}\" that was not taken back"),
                )
                .line("what they have:  offdesk people access WHO")
            })?;
            let done: Result<PersonDetail, Error> = store
                .write(move |tx| revoke_access(tx, &actor, id, access, on, moment))
                .wait();
            return give(&done?, self.json, "Noted");
        }
        if self.json {
            return give(&now, true, "");
        }
        output::print(&text::access(&now))?;
        Ok(0)
    }
}
