//! The problem of the desk, for `offdesk plan` without a file.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::hours::{Hours, load_hours};
use offdesk_actions::next::problem::{DeskLimits, problem_of};
use offdesk_actions::people::list_people;
use offdesk_actions::store::people::PersonRow;

use crate::cli::desk::At;
use crate::cli::error::CliError;
use crate::cli::{exit, next};
use crate::clock;

/// So many people of the desk are planned with.
const MOST_PEOPLE: u32 = 500;

/// What limits the owner, and where the desk is.
#[derive(Args, Debug)]
#[command(next_help_heading = "Your desk, without a problem file")]
pub struct DeskProblem {
    /// Cash a week, at most
    #[arg(long, value_name = "N", value_parser = limit)]
    cash_per_week: Option<f64>,
    /// Your hours for all set-ups together
    #[arg(long, value_name = "N", value_parser = limit)]
    owner_hours: Option<f64>,
    #[command(flatten)]
    at: At,
}

impl DeskProblem {
    /// Limits of the desk say nothing about a file, which has its own.
    ///
    /// # Errors
    /// `plan.limits`.
    pub fn refuse_with_file(&self) -> Result<(), CliError> {
        let given = [
            (self.cash_per_week.is_some(), "--cash-per-week"),
            (self.owner_hours.is_some(), "--owner-hours"),
        ];
        let Some((_, option)) = given.into_iter().find(|(is_given, _)| *is_given) else {
            return Ok(());
        };
        let message = format!("{option} goes with your desk, not with a problem file");
        Err(CliError::new(exit::USAGE, "plan.limits", message)
            .line("write the limit into the file, or leave the file out"))
    }

    /// The problem as text.
    ///
    /// # Errors
    /// Those of the desk; `next.nothing`, `next.worth`.
    pub fn text(&self) -> Result<String, CliError> {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let found: Result<(Hours, Vec<PersonRow>), Error> = store
            .read(move |tx| {
                let people = list_people(tx, &actor, None, MOST_PEOPLE)?;
                Ok((load_hours(tx, &actor, moment)?, people))
            })
            .wait();
        let (hours, people) = found?;
        let list = next::listed(&hours)?;
        let limits = DeskLimits {
            cash_per_week: self.cash_per_week,
            owner_setup_hours: self.owner_hours,
        };
        Ok(problem_of(&hours, &list, &people, limits).to_string())
    }
}

/// A limit as typed.
fn limit(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| (0.0..=1e9).contains(number))
        .ok_or_else(|| "it is a number from 0 to a billion".to_owned())
}
