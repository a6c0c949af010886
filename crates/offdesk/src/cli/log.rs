//! `offdesk log`: a line for those without a tracker, such as `2h inbox`.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::remembered::log_time;
use offdesk_domain::{Day, Seconds};
use offdesk_import::problem::shown;
use serde::Serialize;

use super::audit::json;
use super::desk::{DeskArgs, WhoArgs, day_in_words, hours_in_words};
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
    desk: DeskArgs,
    #[command(flatten)]
    who: WhoArgs,
}

/// `offdesk.log/1`.
#[derive(Serialize)]
struct LogJson {
    schema: &'static str,
    workspace: String,
    day: String,
    hours: f64,
    text: String,
}

impl LogCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let store = self.desk.open_known()?;
        let actor = self.who.actor(&store)?;
        let workspace = actor.workspace_name.clone();
        let moment = clock::moment();
        let (line, day) = (self.words.join(" "), self.day);
        let logged: Result<(i64, String), Error> = store
            .write(move |tx| log_time(tx, &actor, &line, day, moment))
            .wait();
        let (seconds, text) = logged?;
        let day = day.unwrap_or(moment.today());
        if self.json {
            let made = LogJson {
                schema: "offdesk.log/1",
                workspace,
                day: day.to_string(),
                hours: Seconds(seconds).hours_f64(),
                text,
            };
            output::print(&json::to_text(&made)?)?;
        } else {
            output::print(&format!(
                "Logged {} h on {}: {}\n",
                hours_in_words(seconds),
                day_in_words(day),
                shown(&text)
            ))?;
        }
        Ok(0)
    }
}
