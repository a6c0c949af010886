//! `offdesk return week` and `weeks`: what the freed hours of a week became, and the question about stress.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::returns::weekly::json::WeeklyJson;
use offdesk_actions::returns::weekly::{NewWeek, SaidOfHours, Weekly, answer_week, load_weekly};
use offdesk_domain::Day;
use rust_decimal::Decimal;

use super::text;
use crate::cli::audit::json;
use crate::cli::desk::At;
use crate::cli::{Done, output, values};
use crate::clock;

/// Answer the questions of a week: what freed hours became, and stress
#[derive(Args, Debug)]
pub struct WeekArgs {
    /// A day of the week (default: of the last whole week)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    week: Option<Day>,
    /// What all freed hours became: work, half, rest, vanished, or unknown where you cannot say
    #[arg(long, value_name = "WORD", conflicts_with_all = ["work", "rest", "vanished"])]
    became: Option<String>,
    /// Hours that became work at your worth or above it
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    work: Option<Decimal>,
    /// Hours that became rest
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    rest: Option<Decimal>,
    /// Hours that are gone
    #[arg(long, value_name = "HOURS", value_parser = values::hours)]
    vanished: Option<Decimal>,
    /// Do you feel stress these days? 1 not at all, 5 very much
    #[arg(long, value_name = "N")]
    stress: Option<i64>,
    /// Print JSON (offdesk.weekly/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// The answers of the last weeks, with your own hours beside them
#[derive(Args, Debug)]
pub struct WeeksArgs {
    /// Print JSON (offdesk.weekly/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl WeekArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let became = match &self.became {
            Some(word) => Some(SaidOfHours::of(word)?),
            None => SaidOfHours::hours([self.work, self.rest, self.vanished])?,
        };
        let new = NewWeek {
            became,
            stress: self.stress,
        };
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let week = self.week;
        let answered: Result<Weekly, Error> = store
            .write(move |tx| {
                let asked = match week {
                    Some(day) => day,
                    None => load_weekly(tx, &actor, moment)?.asked,
                };
                answer_week(tx, &actor, asked, new, moment)
            })
            .wait();
        print(&answered?, self.json)
    }
}

impl WeeksArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let weekly: Result<Weekly, Error> =
            store.read(move |tx| load_weekly(tx, &actor, moment)).wait();
        print(&weekly?, self.json)
    }
}

fn print(weekly: &Weekly, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&WeeklyJson::of(weekly))?)?;
    } else {
        output::print(&text::weeks(weekly))?;
    }
    Ok(0)
}
