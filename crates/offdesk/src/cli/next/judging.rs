//! Putting an activity off, ruling it out, or opening it again.

use clap::Args;
use offdesk_actions::activities::{Judgement, judge_activity};
use offdesk_actions::actor::Actor;
use offdesk_actions::store::Store;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::{Error, Moment};
use offdesk_domain::Day;

use crate::cli::desk::day_in_words;
use crate::cli::error::CliError;
use crate::cli::find::find_activity;
use crate::cli::{exit, output};

/// What is thought of an activity.
#[derive(Args, Debug)]
#[command(next_help_heading = "Not this one")]
pub struct JudgingArgs {
    /// Put an activity off; say why. It comes back after 90 days, or when its numbers grow
    #[arg(
        long,
        value_name = "ACTIVITY",
        requires = "why",
        conflicts_with_all = ["never", "open"]
    )]
    not_now: Option<String>,
    /// Rule an activity out; say why
    #[arg(
        long,
        value_name = "ACTIVITY",
        requires = "why",
        conflicts_with = "open"
    )]
    never: Option<String>,
    /// Open an activity again
    #[arg(long, value_name = "ACTIVITY")]
    open: Option<String>,
    /// Why, with --not-now or --never
    #[arg(long, value_name = "TEXT", conflicts_with = "open")]
    why: Option<String>,
}

impl JudgingArgs {
    /// Judges an activity, where one was named.
    pub fn judge(&self, store: &Store, actor: &Actor, moment: Moment) -> Result<(), CliError> {
        let wanted = [
            (&self.not_now, Judgement::NotNow),
            (&self.never, Judgement::Never),
            (&self.open, Judgement::Open),
        ];
        let wanted = wanted
            .into_iter()
            .find_map(|(name, judgement)| Some((name.as_ref()?, judgement)));
        let Some((name, judgement)) = wanted else {
            let message = "--why says why an activity is left out, and none is named";
            return match self.why {
                Some(_) => Err(CliError::new(exit::USAGE, "usage.missing", message)
                    .line("name it:  offdesk next --not-now Inbox --why \"busy until May\"")),
                None => Ok(()),
            };
        };
        let id = find_activity(store, actor, name)?;
        let (who, why) = (actor.clone(), self.why.clone().unwrap_or_default());
        let done: Result<ActivityRow, Error> = store
            .write(move |tx| judge_activity(tx, &who, id, judgement, &why, None, moment))
            .wait();
        let row = done?;
        let name = offdesk_import::problem::shown(&row.name);
        let back = row.back_day.and_then(Day::from_number);
        output::say(&match (judgement, back) {
            (Judgement::NotNow, Some(day)) => {
                format!("{name} is put off until {}.\n", day_in_words(day))
            }
            (Judgement::Never, _) => format!("{name} stays with you.\n"),
            _ => format!("{name} is open.\n"),
        });
        Ok(())
    }
}
