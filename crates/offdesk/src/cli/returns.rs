//! `offdesk return`: what handoffs really gave, in a month or in all, and the questions of a week.

mod receipts;
mod text;
mod week;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::stress::{StressDials, load_stress_dials};
use offdesk_actions::returns::tables::{handoffs_table, weeks_table};
use offdesk_actions::returns::{Audience, Month, ReturnReport, load_return_for};
use offdesk_actions::sheet::to_xlsx;

use offdesk_web::returns::page::return_page;

use self::receipts::{ReceiptArgs, ReceiptsArgs, TakeBackArgs};
use self::week::{WeekArgs, WeeksArgs};
use super::audit::json;
use super::desk::At;
use super::{Done, output};
use crate::clock;

/// What your handoffs really gave: hours, cash, and what to do about each
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    before_help = "Examples:
  offdesk return                        since the first handoff
  offdesk return --month 2026-10
  offdesk return --month 2026-10 --html october.html --without-worth
  offdesk return week --became half     what last week's freed hours became
  offdesk return week --work 3 --rest 1 --vanished 0.5 --stress 2
  offdesk return weeks                  the answers of the last weeks
  offdesk return receipt 1200 --handoff inbox   money that came in by it"
)]
pub struct ReturnCommand {
    #[command(subcommand)]
    what: Option<What>,
    /// Only this month
    #[arg(long, value_name = "YYYY-MM")]
    month: Option<String>,
    /// Write it as a page of its own, to keep, print or share
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Print a table, CSV: of handoffs or of weeks
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "json")]
    csv: Option<Table>,
    /// Write each handoff and each week as a workbook (XLSX) into this file
    #[arg(long, value_name = "FILE")]
    xlsx: Option<PathBuf>,
    /// Leave out what an hour of yours is worth, and all that hangs on it
    #[arg(long)]
    without_worth: bool,
    /// Put the raw dials of stress into what leaves out your worth, and onto the page, too
    #[arg(long)]
    with_stress: bool,
    /// Print JSON (offdesk.return/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// What a table has a row for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Table {
    /// Each handoff
    Handoffs,
    /// Each week
    Weeks,
}

#[derive(Subcommand, Debug)]
enum What {
    Week(WeekArgs),
    Weeks(WeeksArgs),
    Receipt(ReceiptArgs),
    Receipts(ReceiptsArgs),
    TakeBack(TakeBackArgs),
}

impl ReturnCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            None => self.show(),
            Some(What::Week(args)) => args.run(),
            Some(What::Weeks(args)) => args.run(),
            Some(What::Receipt(args)) => args.run(),
            Some(What::Receipts(args)) => args.run(),
            Some(What::TakeBack(args)) => args.run(),
        }
    }

    fn show(self) -> Done {
        output::check_page(self.html.as_deref(), "--html return.html")?;
        let audience = match self.without_worth {
            true => Audience::Others,
            false => Audience::Own,
        };
        let month = self.month.as_deref().map(Month::typed).transpose()?;
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let found: Result<(ReturnReport, StressDials), Error> = store
            .read(move |tx| {
                let report = load_return_for(tx, &actor, month, audience, moment)?;
                Ok((report, load_stress_dials(tx, &actor, month, moment)?))
            })
            .wait();
        let (report, stress) = found?;
        // Others see it where the owner says so, on a page that is made to be shared in any case.
        let for_others = Some(&stress).filter(|_| self.with_stress);
        let shown = match audience {
            Audience::Own => Some(&stress),
            Audience::Others => for_others,
        };
        if let Some(path) = &self.html {
            output::write_file(path, return_page(&report, for_others)?.as_bytes())?;
            output::say(&format!("The page is in {}.\n", path.display()));
        }
        if let Some(path) = &self.xlsx {
            let tables = [handoffs_table(&report), weeks_table(&report)];
            output::write_file(path, &to_xlsx(&tables, moment.now)?)?;
            output::say(&format!("The workbook is in {}.\n", path.display()));
        }
        if let Some(table) = self.csv {
            let table = match table {
                Table::Handoffs => handoffs_table(&report),
                Table::Weeks => weeks_table(&report),
            };
            output::print(&table.to_csv())?;
        } else if self.json {
            output::print(&json::to_text(&ReturnJson::of(&report, shown)?)?)?;
        } else {
            output::print(&text::text(&report, shown)?)?;
        }
        Ok(0)
    }
}
