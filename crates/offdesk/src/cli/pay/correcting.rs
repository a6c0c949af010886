//! `offdesk pay milestone` and `correct`: what is earned or put right by hand.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::assignments::seconds_of_hours;
use offdesk_actions::pay::json::PostingsJson;
use offdesk_actions::pay::{Correction, NewMilestone, correct_posting, mark_milestone};
use offdesk_domain::Day;
use offdesk_domain::pay::Posting;
use rust_decimal::Decimal;

use super::super::audit::json;
use super::super::desk::At;
use super::super::error::CliError;
use super::super::handoff::Which;
use super::super::values::{day, hours};
use super::super::{Done, exit, output};
use crate::clock;

/// Note that a milestone of a handoff was reached, which earns its price
#[derive(Args, Debug)]
pub struct MilestoneArgs {
    #[command(flatten)]
    which: Which,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// What was reached
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// It is another one than that of the same name, or of the same day
    #[arg(long)]
    another: bool,
    /// Print JSON (offdesk.postings/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Take back what was earned by a line, or put its hours or its
/// price right; both stand on the next statement
#[derive(Args, Debug)]
pub struct CorrectArgs {
    /// The number of the line, as its statement or  offdesk pay lines  shows it
    #[arg(value_name = "LINE")]
    line: u64,
    /// The hours that are right; without them and a price all is taken back
    #[arg(long, value_name = "HOURS", value_parser = hours)]
    hours: Option<Decimal>,
    /// The price that is right: of an hour, or of the assignment, the milestone,
    /// the month
    #[arg(long, value_name = "AMOUNT")]
    price: Option<String>,
    /// Why; needed where it comes to more than stands there
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.postings/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

fn give(postings: &[Posting], as_json: bool, done: &str) -> Done {
    if as_json {
        output::print(&json::to_text(&PostingsJson::of(postings))?)?;
    } else {
        output::print(&format!("{done} It stands on the next statement.\n"))?;
    }
    Ok(0)
}

impl MilestoneArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let id = self.which.find(&store, &actor)?.summary.handoff.row.id;
        let new = NewMilestone {
            day: self.on,
            note: self.note,
            is_another: self.another,
        };
        let moment = clock::moment();
        let done: Result<Posting, Error> = store
            .write(move |tx| mark_milestone(tx, &actor, id, &new, moment))
            .wait();
        give(&[done?], self.json, "Noted.")
    }
}

impl CorrectArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let seconds = self
            .hours
            .map(|hours| seconds_of_hours("hours", hours))
            .transpose()
            .map_err(CliError::from)?;
        if self.line == 0 {
            return Err(CliError::new(
                exit::USAGE,
                "pay.no_posting",
                "lines are counted from 1",
            ));
        }
        let (store, actor) = self.at.open()?;
        let (line, moment) = (self.line, clock::moment());
        let correction = Correction {
            seconds,
            price: self.price,
            note: self.note,
        };
        let done: Result<Vec<Posting>, Error> = store
            .write(move |tx| correct_posting(tx, &actor, line, &correction, moment))
            .wait();
        give(&done?, self.json, "Corrected.")
    }
}
