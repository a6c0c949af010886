//! `offdesk bill query`, `approve`, `remove` and `attach`.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::pay::bills::{
    Approval, BillDetail, approve_bill, query_bill, remove_bill, save_bill_file,
};
use offdesk_import::problem::shown;

use super::super::desk::At;
use super::super::{Done, output};
use super::{Which, give, read_file};
use crate::clock;

/// Note what you asked of the one who sent it
#[derive(Args, Debug)]
pub struct QueryArgs {
    #[command(flatten)]
    which: Which,
    /// What you asked
    #[arg(long, value_name = "TEXT")]
    said: String,
    /// Print JSON (offdesk.bill/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Approve what was accepted of it, which draws its statement up
#[derive(Args, Debug)]
pub struct ApproveArgs {
    #[command(flatten)]
    which: Which,
    /// Why, where it differs from what was accepted
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// The tax on what was accepted, where it differs
    #[arg(long, value_name = "N")]
    tax: Option<String>,
    /// Print JSON (offdesk.bill/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Remove a bill that was recorded by mistake and is not approved
#[derive(Args, Debug)]
pub struct RemoveArgs {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    at: At,
}

/// Keep the file that a bill came as
#[derive(Args, Debug)]
pub struct AttachArgs {
    #[command(flatten)]
    which: Which,
    /// The file
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print JSON (offdesk.bill/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl QueryArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bill = self.which.find(&store, &actor)?;
        let (id, seen, moment) = (bill.row.id, Some(bill.row.version), clock::moment());
        let done: Result<BillDetail, Error> = store
            .write(move |tx| query_bill(tx, &actor, id, &self.said, seen, moment))
            .wait();
        give(&done?, self.json)
    }
}

impl ApproveArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bill = self.which.find(&store, &actor)?;
        let (id, moment) = (bill.row.id, clock::moment());
        let approval = Approval {
            note: self.note,
            tax: self.tax,
            seen: Some(bill.row.version),
        };
        let done: Result<BillDetail, Error> = store
            .write(move |tx| approve_bill(tx, &actor, id, &approval, moment))
            .wait();
        give(&done?, self.json)
    }
}

impl RemoveArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bill = self.which.find(&store, &actor)?;
        let (id, moment) = (bill.row.id, clock::moment());
        let done: Result<(), Error> = store
            .write(move |tx| remove_bill(tx, &actor, id, moment))
            .wait();
        done?;
        output::print(&format!("Bill {} is removed.\n", shown(&bill.row.number)))?;
        Ok(0)
    }
}

impl AttachArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let bill = self.which.find(&store, &actor)?;
        let (name, bytes) = read_file(&self.file)?;
        let (id, moment) = (bill.row.id, clock::moment());
        let done: Result<BillDetail, Error> = store
            .write(move |tx| save_bill_file(tx, &actor, id, &name, &bytes, moment))
            .wait();
        give(&done?, self.json)
    }
}
