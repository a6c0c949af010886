//! `offdesk next`: what to get off the desk, the most worthwhile first.

mod text;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::next::json::NextJson;
use offdesk_actions::next::{NextList, rank};

use super::desk::{DeskArgs, WhoArgs};
use super::error::CliError;
use super::{Done, exit, output};
use crate::clock;

/// What to get off your desk, the most worthwhile first
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk next
  offdesk next --all --json

It needs hours (offdesk import, offdesk log) and what your hour is worth
(offdesk worth --save).")]
pub struct NextCommand {
    /// List all of them, not the first ten only
    #[arg(long)]
    all: bool,
    /// Print JSON (offdesk.next/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    desk: DeskArgs,
    #[command(flatten)]
    who: WhoArgs,
}

impl NextCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let store = self.desk.open_known()?;
        let actor = self.who.actor(&store)?;
        let moment = clock::moment();
        let who = actor.clone();
        let found: Result<Hours, Error> = store.read(move |tx| load_hours(tx, &who, moment)).wait();
        let hours = found?;
        let list = listed(&hours)?;
        let shown = if self.json {
            super::audit::json::to_text(&NextJson::of(&list, &actor.workspace_name))?
        } else {
            text::to_text(&list, self.all)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

/// The list of what can be handed off, or what is missing for one.
fn listed(hours: &Hours) -> Result<NextList<'_>, CliError> {
    if hours.is_empty() {
        return Err(CliError::new(
            exit::NOTHING,
            "next.nothing",
            "there are no hours in this workspace yet",
        )
        .line("bring them in:      offdesk import FILES...")
        .line("or type one:        offdesk log 2h inbox"));
    }
    rank(hours).ok_or_else(|| {
        CliError::new(
            exit::NOTHING,
            "next.worth",
            "I do not know what your hour is worth",
        )
        .line("say it once:  offdesk worth --income 150000 --save")
    })
}
