//! `offdesk next`: what to get off the desk, the most worthwhile first; in which order to hand it over; and what is put off.

mod around;
mod judging;
mod rollout;
mod text;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::next::crowded::crowded_out;
use offdesk_actions::next::json::NextJson;
use offdesk_actions::next::{NextList, rank};

use self::judging::JudgingArgs;
use self::rollout::RolloutArgs;
use super::desk::At;
use super::error::CliError;
use super::{Done, exit, output};
use crate::clock;

/// What to get off your desk, the most worthwhile first
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk next
  offdesk next --all --json
  offdesk next --roll-out --owner-hours 4   in which order to hand them over
  offdesk next --not-now Inbox --why \"busy until May\"
  offdesk next --never Bookkeeping --why \"my father does it\"

It needs hours (offdesk import, offdesk log) and what your hour is worth
(offdesk worth --save).")]
pub struct NextCommand {
    /// List all of them, with those that are left out and why
    #[arg(long)]
    all: bool,
    /// Print JSON (offdesk.next/1; with --roll-out offdesk.rollout/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    rollout: RolloutArgs,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    at: At,
}

impl NextCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        self.judging.judge(&store, &actor, moment)?;
        let who = actor.clone();
        let found: Result<Hours, Error> = store.read(move |tx| load_hours(tx, &who, moment)).wait();
        let hours = found?;
        let list = listed(&hours)?;
        let name = &actor.workspace_name;
        if self.rollout.is_wanted() {
            return self.rollout.give(&list, name, self.json);
        }
        let crowded = crowded_out(&hours, &list).ok();
        let shown = if self.json {
            super::audit::json::to_text(&NextJson::of(&list, crowded.as_ref(), name))?
        } else {
            text::to_text(&list, crowded.as_ref(), self.all)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

/// The list of what can be handed off, or what is missing for one.
///
/// # Errors
/// `next.nothing`, `next.worth`.
pub fn listed(hours: &Hours) -> Result<NextList<'_>, CliError> {
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
