//! `offdesk pay file` and `journal`: what a bank, a payment service or a bookkeeper reads.

use std::path::PathBuf;

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::pay::journal::Tool;
use offdesk_actions::pay::{WantedFile, Written, write_desk_journal, write_pay_file};
use offdesk_domain::pay::file::Kind;
use offdesk_domain::{Currency, Day};
use offdesk_import::problem::shown;

use super::super::desk::At;
use super::super::error::CliError;
use super::super::values::{currency, day};
use super::super::{Done, output};
use super::number;
use crate::clock;

/// Write a pay file of what is owed, one row for each person and currency
#[derive(Args, Debug)]
pub struct FileArgs {
    /// csv, xlsx, paypal, wise, payoneer or sepa
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Kind,
    /// Only these statements; where none is named, all that this file can hold
    #[arg(value_name = "STATEMENT")]
    which: Vec<String>,
    /// Only what is owed in this currency
    #[arg(long, value_name = "CODE", value_parser = currency)]
    currency: Option<Currency>,
    /// The day it is to be paid on; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    pay_on: Option<Day>,
    /// Also what stands in an earlier file and was not noted as paid since
    #[arg(long)]
    again: bool,
    /// Write it into this file; to standard output where none is named
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    at: At,
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::of(word).ok_or_else(|| "use csv, xlsx, paypal, wise, payoneer or sepa".to_owned())
}

/// Write all statements and payments as a journal of double entries
#[derive(Args, Debug)]
pub struct JournalArgs {
    /// hledger (ledger reads it, too) or beancount
    #[arg(long, value_name = "TOOL", value_parser = tool, default_value = "hledger")]
    format: Tool,
    /// Write it into this file; to standard output where none is named
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    at: At,
}

fn tool(word: &str) -> Result<Tool, String> {
    Tool::of(word).ok_or_else(|| "use hledger or beancount".to_owned())
}

fn write(out: Option<&PathBuf>, bytes: &[u8]) -> Result<(), CliError> {
    match out {
        Some(path) => output::write_file(path, bytes),
        None => output::print_bytes(bytes),
    }
}

impl FileArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let statements: Result<Vec<i64>, CliError> =
            self.which.iter().map(|which| number(which)).collect();
        let wanted = WantedFile {
            kind: self.kind,
            statements: statements?,
            currency: self.currency,
            day: self.pay_on,
            again: self.again,
        };
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        let written: Result<Written, Error> = store
            .write(move |tx| write_pay_file(tx, &actor, &wanted, moment))
            .wait();
        let written = written?;
        write(self.out.as_ref(), &written.file.bytes)?;
        let rows = u64::try_from(written.rows).unwrap_or(u64::MAX);
        output::say(&format!(
            "{} in it.\n",
            output::counted(rows, "person", "people")
        ));
        for (one, why) in written.for_next.iter().chain(&written.left_out) {
            output::say(&format!(
                "Not in it: {}, {}, {}: {why}\n",
                one.reference(),
                shown(&one.person),
                one.owed
            ));
        }
        Ok(0)
    }
}

impl JournalArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let tool = self.format;
        let journal: Result<String, Error> = store
            .read(move |tx| write_desk_journal(tx, &actor, tool))
            .wait();
        write(self.out.as_ref(), journal?.as_bytes())?;
        Ok(0)
    }
}
