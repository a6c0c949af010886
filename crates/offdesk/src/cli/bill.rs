//! `offdesk bill`: bills that come in, held against what was accepted.

mod deciding;
mod text;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::pay::bills::json::{BillJson, BillsJson};
use offdesk_actions::pay::bills::{
    BillDetail, LONGEST_FILE, NewBill, find_bills, lines_of, list_bills, load_bill, load_bill_file,
    record_bill,
};
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::Day;
use offdesk_import::problem::shown;

use super::audit::json;
use super::bytes::{From, Unread, read_bytes};
use super::desk::{At, MOST_LISTED};
use super::error::CliError;
use super::people::find_person;
use super::values::day;
use super::{Done, exit, output};
use crate::clock;

/// Bills that come in, held against what you accepted
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk bill record \"Northwind Agency\" --number 2026-117 --day 2026-11-02 \\
    --from 2026-10-01 --to 2026-10-31 --currency EUR --tax 15.12 \\
    --line \"2026-10-05 #12 Inbox 48.00\" --line \"Booking 24.00\" \\
    --file 2026-117.pdf
  offdesk bill show 2026-117        what matches, what was never accepted, what
                                    was accepted and is not billed
  offdesk bill query 2026-117 --said \"#12 took 1.5 h\"
  offdesk bill approve 2026-117     its statement; then:  offdesk pay paid ST-0004

A bill is paid by the statement that its approval draws up, so nothing is paid
twice, by a bill and by a statement.")]
pub struct BillCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    Record(RecordArgs),
    List(ListArgs),
    Show(ShowArgs),
    Query(deciding::QueryArgs),
    Approve(deciding::ApproveArgs),
    Remove(deciding::RemoveArgs),
    Attach(deciding::AttachArgs),
}

/// Record a bill with its lines, or with its sum
#[derive(Args, Debug)]
#[command(override_usage = "offdesk bill record [OPTIONS] <WHO> --number <TEXT> --day <DAY>")]
struct RecordArgs {
    /// Who sent it
    #[arg(value_name = "WHO")]
    who: String,
    /// Its number, as it stands on it
    #[arg(long, value_name = "TEXT")]
    number: String,
    /// Its day
    #[arg(long, value_name = "DAY", value_parser = day)]
    day: Day,
    /// The first day it is for
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Day,
    /// The last day it is for
    #[arg(long, value_name = "DAY", value_parser = day)]
    to: Day,
    /// Its currency
    #[arg(long, value_name = "CODE")]
    currency: String,
    /// A line: a day, # and the number of an assignment, words, and the amount
    /// without tax at the end; may be repeated
    #[arg(long, value_name = "TEXT")]
    line: Vec<String>,
    /// Its sum without tax; needed where it has no lines
    #[arg(long, value_name = "N", default_value = "")]
    net: String,
    /// The tax on top
    #[arg(long, value_name = "N", default_value = "")]
    tax: String,
    /// A note for yourself
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// The bill as it came, such as a PDF
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print JSON (offdesk.bill/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// The bills, the latest first
#[derive(Args, Debug)]
struct ListArgs {
    /// Print JSON (offdesk.bills/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Which bill.
#[derive(Args, Debug)]
struct Which {
    /// Its number, or its id
    #[arg(value_name = "BILL")]
    bill: String,
}

/// One bill, line by line
#[derive(Args, Debug)]
struct ShowArgs {
    #[command(flatten)]
    which: Which,
    /// Write the file it came as here
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print JSON (offdesk.bill/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl BillCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        match self.what {
            What::Record(args) => args.run(),
            What::List(args) => args.run(),
            What::Show(args) => args.run(),
            What::Query(args) => args.run(),
            What::Approve(args) => args.run(),
            What::Remove(args) => args.run(),
            What::Attach(args) => args.run(),
        }
    }
}

fn all(store: &Store, actor: &Actor) -> Result<Vec<BillDetail>, CliError> {
    let actor = actor.clone();
    let found: Result<Vec<BillDetail>, Error> = store
        .read(move |tx| list_bills(tx, &actor, None, MOST_LISTED))
        .wait();
    Ok(found?)
}

impl Which {
    /// The bill of a number, or of an id.
    fn find(&self, store: &Store, actor: &Actor) -> Result<BillDetail, CliError> {
        let ids = match Uuid::try_parse(&self.bill) {
            Ok(id) => vec![id],
            Err(_) => {
                let (actor, number) = (actor.clone(), self.bill.clone());
                let found: Result<Vec<Uuid>, Error> = store
                    .read(move |tx| find_bills(tx, &actor, &number, MOST_LISTED))
                    .wait();
                found?
            }
        };
        let number = shown(&self.bill);
        match ids.as_slice() {
            [id] => {
                let (actor, id) = (actor.clone(), *id);
                let found: Result<BillDetail, Error> =
                    store.read(move |tx| load_bill(tx, &actor, id)).wait();
                Ok(found?)
            }
            [] => Err(CliError::new(
                exit::NOTHING,
                "bill.unknown",
                format!("there is no bill {number}"),
            )
            .line("see the bills:  offdesk bill list")),
            several => Err(CliError::new(
                exit::USAGE,
                "bill.unclear",
                format!("{} people have sent a bill {number}", several.len()),
            )
            .line("name it by its id:  offdesk bill list --json")),
        }
    }
}

fn give(bill: &BillDetail, as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&BillJson::of(bill))?)?;
    } else {
        output::print(&text::whole(bill))?;
    }
    Ok(0)
}

/// A file with its name.
fn read_file(path: &Path) -> Result<(String, Vec<u8>), CliError> {
    let most = u64::try_from(LONGEST_FILE).unwrap_or(u64::MAX);
    let bytes = read_bytes(From::File(path), most).map_err(|why| {
        let why = match why {
            Unread::TooLarge => "it has more than 10 MB".to_owned(),
            Unread::Failed(error) => error.to_string(),
        };
        let message = format!("{} cannot be read: {why}", path.display());
        CliError::new(exit::INPUT, "bill.file", message)
    })?;
    let name = path.file_name().unwrap_or_default();
    Ok((name.to_string_lossy().into_owned(), bytes))
}

impl RecordArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let new = NewBill {
            person: find_person(&store, &actor, &self.who)?,
            number: self.number,
            day: self.day,
            days: (self.from, self.to),
            currency: self.currency,
            lines: lines_of(&self.line.join("\n"))?,
            net: self.net,
            tax: self.tax,
            note: self.note,
            file: self.file.as_deref().map(read_file).transpose()?,
        };
        let moment = clock::moment();
        let done: Result<BillDetail, Error> = store
            .write(move |tx| record_bill(tx, &actor, &new, moment))
            .wait();
        give(&done?, self.json)
    }
}

impl ListArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bills = all(&store, &actor)?;
        if self.json {
            output::print(&json::to_text(&BillsJson::of(&bills, None))?)?;
        } else if bills.is_empty() {
            output::print("No bill has come in yet.   Record one:  offdesk bill record --help\n")?;
        } else {
            output::print(&text::list(&bills))?;
        }
        Ok(0)
    }
}

impl ShowArgs {
    fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bill = self.which.find(&store, &actor)?;
        if let Some(path) = &self.out {
            let id = bill.row.id;
            let file: Result<(String, Vec<u8>), Error> =
                store.read(move |tx| load_bill_file(tx, &actor, id)).wait();
            output::write_file(path, &file?.1)?;
        }
        give(&bill, self.json)
    }
}
