//! `offdesk log`: a line for those without a tracker, such as `2h inbox`.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::remembered::json::LogJson;
use offdesk_actions::remembered::{Logged, log_time};
use offdesk_domain::Day;
use offdesk_import::problem::shown;

use super::audit::json;
use super::desk::{At, day_in_words, hours_in_words};
use super::{Done, output, values};
use crate::clock;

/// Log time you spent, without a tracker
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk log 2h inbox
  offdesk log 1:30 invoices --day 2026-11-27
  offdesk log \"45m calls with suppliers\"")]
pub struct LogCommand {
    /// How long, and what: 2h inbox, 1:30 invoices, 45m calls
    #[arg(required = true, value_name = "LINE")]
    words: Vec<String>,
    /// The day it was (default: today)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    day: Option<Day>,
    /// Print JSON (offdesk.log/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl LogCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let (line, day) = (self.words.join(" "), self.day);
        let logged: Result<Logged, Error> = store
            .write(move |tx| log_time(tx, &actor, &line, day, moment))
            .wait();
        let logged = logged?;
        if self.json {
            output::print(&json::to_text(&LogJson::of(logged))?)?;
        } else {
            output::print(&format!(
                "Logged {} h on {}: {}\n",
                hours_in_words(logged.seconds),
                day_in_words(logged.day),
                shown(&logged.text)
            ))?;
        }
        Ok(0)
    }
}
