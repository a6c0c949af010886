//! `offdesk return receipt`, `receipts` and `take-back`: money that came in because work was handed off.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::returns::receipts::json::ReceiptsJson;
use offdesk_actions::returns::receipts::{
    NewReceipt, Receipt, list_receipts, note_receipt, number_of, take_back_receipt,
};
use offdesk_domain::Day;
use offdesk_import::problem::shown;

use crate::cli::audit::json;
use crate::cli::desk::{At, day_in_words};
use crate::cli::handoff::find_handoff;
use crate::cli::{Done, output, values};
use crate::clock;

/// Note money that came in because work was handed off
#[derive(Args, Debug)]
pub struct ReceiptArgs {
    /// How much
    #[arg(value_name = "AMOUNT")]
    amount: String,
    /// In which currency; the workspace's where none is named
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    on: Option<Day>,
    /// By which handoff (its id, or its activity); without one it counts for the whole
    #[arg(long, value_name = "HANDOFF")]
    handoff: Option<String>,
    /// What it was for
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.receipts/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// All money that came in, the latest first
#[derive(Args, Debug)]
pub struct ReceiptsArgs {
    /// Print JSON (offdesk.receipts/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Take back money that was noted by mistake
#[derive(Args, Debug)]
pub struct TakeBackArgs {
    /// Its number, such as IN-0003
    #[arg(value_name = "NUMBER")]
    which: String,
    /// Why
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.receipts/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl ReceiptArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let handoff = match &self.handoff {
            Some(which) => Some(find_handoff(&store, &actor, which)?),
            None => None,
        };
        let new = NewReceipt {
            amount: self.amount,
            currency: self.currency,
            day: self.on,
            handoff,
            note: self.note,
        };
        let moment = clock::moment();
        let done: Result<Vec<Receipt>, Error> = store
            .write(move |tx| note_receipt(tx, &actor, &new, moment))
            .wait();
        print(&done?, self.json)
    }
}

impl ReceiptsArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let all: Result<Vec<Receipt>, Error> =
            store.read(move |tx| list_receipts(tx, &actor)).wait();
        print(&all?, self.json)
    }
}

impl TakeBackArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let number = number_of(&self.which)?;
        let (store, actor) = self.at.open()?;
        let (note, moment) = (self.note, clock::moment());
        let done: Result<Vec<Receipt>, Error> = store
            .write(move |tx| take_back_receipt(tx, &actor, number, &note, moment))
            .wait();
        print(&done?, self.json)
    }
}

fn print(all: &[Receipt], as_json: bool) -> Done {
    if as_json {
        output::print(&json::to_text(&ReceiptsJson::of(all, None))?)?;
        return Ok(0);
    }
    let mut out = String::new();
    for one in all {
        let by = one
            .handoff
            .as_ref()
            .map_or_else(|| "no single handoff".to_owned(), |(_, name)| shown(name));
        let standing = match one.of {
            Some(of) => format!(", takes back IN-{of:04}"),
            None if one.is_taken_back => ", taken back".to_owned(),
            None => String::new(),
        };
        out += &format!(
            "{}  {:<12}  {:>16}  {by}{standing}{}\n",
            one.reference(),
            day_in_words(one.day),
            one.amount.to_string(),
            match one.note.as_str() {
                "" => String::new(),
                note => format!(": {}", shown(note)),
            }
        );
    }
    if all.is_empty() {
        "Nothing came in yet.   Note it:  offdesk return receipt 1200 --handoff inbox\n"
            .clone_into(&mut out);
    }
    output::print(&out)?;
    Ok(0)
}
