//! `offdesk demo`: an example owner's quarter, written and audited.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Weekday;
use offdesk_domain::Day;
use rust_decimal::Decimal;

use super::audit;
use super::audit::args::{FileArgs, MarketArgs, OutputArgs};
use super::error::CliError;
use super::worth::WorthArgs;
use super::{Done, Session, exit, output};
use crate::clock;

/// Write an example export of an owner's quarter and audit it
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk demo
  offdesk demo --html audit.html
  offdesk demo --income 90000 --json")]
pub struct DemoCommand {
    /// Where the example export is written
    #[arg(long, value_name = "FILE", default_value = "offdesk-demo.csv")]
    out: PathBuf,
    /// Another number makes another owner
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    worth: WorthArgs,
    #[command(flatten)]
    file: FileArgs,
    #[command(flatten)]
    market: MarketArgs,
    #[command(flatten)]
    output: OutputArgs,
}

impl DemoCommand {
    /// Runs it.
    pub fn run(mut self, session: Session) -> Done {
        if self.worth.is_missing() {
            self.worth.income = Some(Decimal::from(150_000));
        }
        let today = self
            .file
            .as_of
            .unwrap_or_else(|| Day::from_epoch_seconds(clock::now().as_second()));
        let mut bytes = Vec::new();
        offdesk_actions::demo::write_demo(&mut bytes, self.seed, last_sunday(today))
            .map_err(|error| CliError::new(exit::FAILED, "demo.failed", error.to_string()))?;
        if is_foreign(&self.out) {
            return Err(CliError::new(
                exit::CONFLICT,
                "demo.exists",
                format!(
                    "{} is there already and is not a demo file",
                    self.out.display()
                ),
            )
            .line("write it elsewhere:  offdesk demo --out other.csv"));
        }
        output::write_file(&self.out, &bytes)?;
        let written = format!("An invented owner's quarter is in {}.", self.out.display());
        let done = audit::run(
            &[self.out],
            self.worth,
            &self.file,
            &self.market,
            &self.output,
            session,
        );
        match done {
            Ok(code) => {
                output::say(&format!("{written}\n"));
                Ok(code)
            }
            Err(error) => Err(error.outcome(written)),
        }
    }
}

/// Only a file that a demo wrote is written over; one that cannot be read may be anybody's.
fn is_foreign(path: &Path) -> bool {
    match output::has_mark(path, offdesk_actions::demo::OWNER) {
        Ok(is_ours) => !is_ours,
        Err(error) => error.kind() != io::ErrorKind::NotFound && !path.is_dir(),
    }
}

fn last_sunday(today: Day) -> Day {
    (1..=7)
        .map(|back| Day(today.0 - back))
        .find(|day| day.weekday() == Weekday::Sunday)
        .unwrap_or(today)
}
