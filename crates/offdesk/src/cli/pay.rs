//! `offdesk pay`: what people have earned, statements, pay files, payments, journals.

mod correcting;
mod details;
mod files;
mod hours;
mod open_lines;
mod paying;
mod text;
mod weeks;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::pay::json::{PayJson, StatementJson, StatementsJson};
use offdesk_actions::pay::{
    NewRun, Overview, StatementDetail, StatementSummary, draw_up_statements, list_statements,
    load_overview, load_statement, number_of, pdf, statement, today_of,
};
use offdesk_actions::store::Store;
use offdesk_domain::Day;

use super::audit::json;
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::people::find_person;
use super::values::day;
use super::{Done, output};
use crate::clock;

/// Pay for accepted work: statements, pay files, payments
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk pay owed                        what is owed, and since when
  offdesk pay draw-up                     statements of everybody, up to the end
                                          of the last period
  offdesk pay show ST-0001
  offdesk pay file sepa --out pay.xml     a file that a bank reads
  offdesk pay paid ST-0001 ST-0002        note that they were paid
  offdesk pay journal --format hledger    all of it, for a bookkeeper

offdesk moves no money: it writes files for a bank or a payment service, and
notes what was paid.")]
pub struct PayCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Owed(OwedArgs),
    Lines(open_lines::LinesArgs),
    DrawUp(DrawUpArgs),
    List(ListArgs),
    Show(ShowArgs),
    File(files::FileArgs),
    Paid(paying::PaidArgs),
    Returned(paying::ReturnedArgs),
    Refund(paying::RefundArgs),
    Details(details::DetailsArgs),
    Account(details::AccountArgs),
    Milestone(correcting::MilestoneArgs),
    Correct(correcting::CorrectArgs),
    Weeks(weeks::WeeksArgs),
    Week(weeks::WeekArgs),
    Hours(hours::HoursArgs),
    Approve(weeks::ApproveArgs),
    GiveBack(weeks::GiveBackArgs),
    Journal(files::JournalArgs),
}

/// What is owed, and what is on no statement yet
#[derive(Args, Debug)]
struct OwedArgs {
    /// Print JSON (offdesk.pay/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Draw up statements: each person's last period that is over
#[derive(Args, Debug)]
struct DrawUpArgs {
    /// Only of these people; of everybody where nobody is named
    #[arg(value_name = "WHO")]
    who: Vec<String>,
    /// Up to this day, it included, in the place of the end of the last period
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<Day>,
    /// Print JSON (offdesk.statements/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// All statements, the latest first
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.statements/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// One statement: its lines, its rule of rounding, its payments
#[derive(Args, Debug)]
struct ShowArgs {
    /// Its reference, such as ST-0001
    #[arg(value_name = "STATEMENT")]
    which: String,
    /// Print its lines as a table (CSV)
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    /// Write its lines as a workbook (XLSX) into this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "csv"])]
    xlsx: Option<PathBuf>,
    /// Write it as a PDF into this file
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "csv", "xlsx"])]
    pdf: Option<PathBuf>,
    /// Print JSON (offdesk.statement/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl PayCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Owed(args) => args.run(),
            What::Lines(args) => args.run(),
            What::DrawUp(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(args) => args.run(),
            What::File(args) => args.run(),
            What::Paid(args) => args.run(),
            What::Returned(args) => args.run(),
            What::Refund(args) => args.run(),
            What::Details(args) => args.run(),
            What::Account(args) => args.run(),
            What::Milestone(args) => args.run(),
            What::Correct(args) => args.run(),
            What::Weeks(args) => args.run(),
            What::Week(args) => args.run(),
            What::Hours(args) => args.run(),
            What::Approve(args) => args.run(),
            What::GiveBack(args) => args.run(),
            What::Journal(args) => args.run(),
        }
    }
}

/// The number of a statement's reference.
fn number(which: &str) -> Result<i64, CliError> {
    Ok(number_of(which)?)
}

fn load(store: &Store, actor: &Actor, number: i64) -> Result<StatementDetail, CliError> {
    let actor = actor.clone();
    let found: Result<StatementDetail, Error> = store
        .read(move |tx| load_statement(tx, &actor, number))
        .wait();
    Ok(found?)
}

/// The day it is for the workspace.
fn today(store: &Store, actor: &Actor) -> Result<Day, CliError> {
    let (actor, moment) = (actor.clone(), clock::moment());
    let found: Result<Day, Error> = store.read(move |tx| today_of(tx, &actor, moment)).wait();
    Ok(found?)
}

fn give(detail: &StatementDetail, as_json: bool, today: Day) -> Done {
    if as_json {
        output::print(&json::to_text(&StatementJson::of(detail, today))?)?;
    } else {
        output::print(&text::whole(detail, today))?;
    }
    Ok(0)
}

fn give_all(all: &[StatementSummary], as_json: bool, today: Day) -> Done {
    if as_json {
        output::print(&json::to_text(&StatementsJson::of(all, None, today))?)?;
    } else {
        output::print(&text::list(all, today))?;
    }
    Ok(0)
}

impl OwedArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let found: Result<Overview, Error> = store
            .read(move |tx| load_overview(tx, &actor, moment))
            .wait();
        let overview = found?;
        if self.json {
            output::print(&json::to_text(&PayJson::of(&overview))?)?;
        } else {
            output::print(&text::overview(&overview))?;
        }
        Ok(0)
    }
}

impl DrawUpArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let people: Result<Vec<_>, CliError> = self
            .who
            .iter()
            .map(|who| find_person(&store, &actor, who))
            .collect();
        let run = NewRun {
            until: self.until,
            people: people?,
        };
        let (moment, today) = (clock::moment(), today(&store, &actor)?);
        let drawn: Result<Vec<StatementSummary>, Error> = store
            .write(move |tx| draw_up_statements(tx, &actor, &run, moment))
            .wait();
        give_all(&drawn?, self.json, today)
    }
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let today = today(&store, &actor)?;
        let all: Result<Vec<StatementSummary>, Error> = store
            .read(move |tx| list_statements(tx, &actor, None, MOST_LISTED))
            .wait();
        let all = all?;
        if all.is_empty() && !self.json {
            output::print("There is no statement yet.   Draw them up:  offdesk pay draw-up\n")?;
            return Ok(0);
        }
        give_all(&all, self.json, today)
    }
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let detail = load(&store, &actor, number(&self.which)?)?;
        let today = today(&store, &actor)?;
        if let Some(path) = &self.pdf {
            let file = pdf::to_pdf(&detail, today);
            output::write_file(path, &file)?;
            return Ok(0);
        }
        let table = || {
            statement::to_table(&detail.statement, &|id| detail.activity(id), &|line| {
                detail.about(line)
            })
        };
        if let Some(path) = &self.xlsx {
            output::write_file(path, &table().to_xlsx(clock::moment().now)?)?;
            return Ok(0);
        }
        if self.csv {
            output::print(&table().to_csv())?;
            return Ok(0);
        }
        give(&detail, self.json, today)
    }
}
