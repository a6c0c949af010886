//! `offdesk return`: what handoffs really gave, in a month or in all, and the questions of a week.

mod receipts;
mod text;
mod week;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use offdesk_actions::Error;
use offdesk_actions::returns::bands::{BecameBands, load_bands};
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::stress::{StressDials, load_stress_dials};
use offdesk_actions::returns::tables::{handoffs_table, own_hours_table, weeks_table};
use offdesk_actions::returns::two_lines::TwoLines;
use offdesk_actions::returns::{Audience, Month, ReturnReport, load_return_for};
use offdesk_actions::sheet::{self, to_xlsx};

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
    /// Print a table, CSV
    #[arg(long, value_name = "WHAT", value_enum, conflicts_with = "json")]
    csv: Option<Table>,
    /// Write all tables as a workbook (XLSX) into this file
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
    /// Each handoff
    Handoffs,
    /// Each week
    Weeks,
    /// Each band of prices: your own hours before the first handoff, and now
    OwnHours,
    /// What an hour of yours could be bought for, beside your worth and target
    EffectiveHour,
}

impl Table {
    /// The table of a return.
    fn of(self, report: &ReturnReport, bands: Option<&BecameBands>) -> sheet::Table {
        match self {
            Self::Handoffs => handoffs_table(report),
            Self::Weeks => weeks_table(report),
            Self::OwnHours => own_hours_table(bands),
            Self::EffectiveHour => TwoLines::to_table(bands.map(TwoLines::of_hours).as_ref()),
        }
    }
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
        let found: Result<(ReturnReport, Option<BecameBands>, StressDials), Error> = store
            .read(move |tx| {
                let report = load_return_for(tx, &actor, month, audience, moment)?;
                let bands = match audience {
                    Audience::Own => load_bands(tx, &actor, moment)?,
                    Audience::Others => None,
                };
                let stress = load_stress_dials(tx, &actor, month, moment)?;
                Ok((report, bands, stress))
            })
            .wait();
        let (report, bands, stress) = found?;
        let bands = bands.as_ref();
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
            let tables = Table::value_variants().iter();
            let tables: Vec<_> = tables.map(|table| table.of(&report, bands)).collect();
            output::write_file(path, &to_xlsx(&tables, moment.now)?)?;
            output::say(&format!("The workbook is in {}.\n", path.display()));
        }
        if let Some(table) = self.csv {
            output::print(&table.of(&report, bands).to_csv())?;
        } else if self.json {
            output::print(&json::to_text(&ReturnJson::of(&report, bands, shown)?)?)?;
        } else {
            output::print(&text::text(&report, shown)?)?;
        }
        Ok(0)
    }
}
