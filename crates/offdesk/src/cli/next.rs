//! `offdesk next`: what to get off the desk, the most worthwhile first.

mod json;
mod text;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_domain::audit::{AuditedActivity, Verdict};

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

/// The ranked list.
struct Ranked<'h> {
    hours: &'h Hours,
    audit: &'h offdesk_domain::audit::Audit,
    /// What can be handed off, the most worthwhile first.
    open: Vec<&'h AuditedActivity>,
    /// So many were put off until a later day.
    put_off: usize,
    /// So many are never to be handed off.
    never: usize,
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
        let ranked = Ranked::of(&hours)?;
        let shown = if self.json {
            super::audit::json::to_text(&json::NextJson::of(&ranked, &actor.workspace_name))?
        } else {
            text::to_text(&ranked, self.all)
        };
        output::print(&shown)?;
        Ok(0)
    }
}

impl<'h> Ranked<'h> {
    fn of(hours: &'h Hours) -> Result<Self, CliError> {
        if hours.is_empty() {
            return Err(CliError::new(
                exit::NOTHING,
                "next.nothing",
                "there are no hours in this workspace yet",
            )
            .line("bring them in:      offdesk import FILES...")
            .line("or type one:        offdesk log 2h inbox"));
        }
        let Some(report) = &hours.report else {
            return Err(CliError::new(
                exit::NOTHING,
                "next.worth",
                "I do not know what your hour is worth",
            )
            .line("say it once:  offdesk worth --income 150000 --save"));
        };
        let audit = &report.audit;
        let mut ranked = Self {
            hours,
            audit,
            open: Vec::new(),
            put_off: 0,
            never: 0,
        };
        for judged in &audit.activities {
            if judged.verdict != Verdict::Delegate || !judged.is_below {
                continue;
            }
            let row = hours.row_of(judged);
            let today = i64::from(hours.today.0);
            match row.and_then(|row| row.judgement.as_deref()) {
                Some("never") => ranked.never += 1,
                // What was put off comes back on its day.
                Some("not_now")
                    if row
                        .and_then(|row| row.back_day)
                        .is_none_or(|day| day > today) =>
                {
                    ranked.put_off += 1;
                }
                _ => ranked.open.push(judged),
            }
        }
        Ok(ranked)
    }
}
