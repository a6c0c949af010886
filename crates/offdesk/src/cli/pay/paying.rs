//! `offdesk pay paid` and `returned`: what was paid, and what came back.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::pay::json::StatementJson;
use offdesk_actions::pay::{
    CameBack, NewPayment, NewReturn, Noting, Returned, StatementDetail, StatementSummary,
    note_paid_file, note_paid_in_full, note_payment, note_refund, note_returned_payment,
};
use offdesk_actions::store::Store;
use offdesk_domain::Day;

use super::super::audit::json::to_text;
use super::super::desk::At;
use super::super::error::CliError;
use super::super::values::day;
use super::super::{Done, exit, output};
use super::{give, give_all, number, today};
use crate::clock;

/// Note that statements were paid: what stands in their pay file, else all that
/// is owed of them; or a part of one
#[derive(Args, Debug)]
pub struct PaidArgs {
    /// Their references, such as ST-0001, or a pay file, such as
    /// PAY-20261128-093015, of which all is paid
    #[arg(value_name = "STATEMENT", required = true)]
    which: Vec<String>,
    /// What the person gets; where nothing is named what stands in the pay file
    /// that the statement is in, else all that is owed
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// What it cost besides
    #[arg(long, value_name = "AMOUNT")]
    fee: Option<String>,
    /// What left the account, where it was exchanged, with its currency
    #[arg(long, num_args = 2, value_names = ["AMOUNT", "CODE"])]
    sent: Vec<String>,
    /// The statement's currency for one unit of what was sent
    #[arg(long, value_name = "RATE", requires = "sent")]
    rate: Option<String>,
    /// The day of the rate
    #[arg(long, value_name = "DAY", value_parser = day, requires = "sent")]
    rate_day: Option<Day>,
    /// Who says what the rate was, such as the bank
    #[arg(long, value_name = "WHO", requires = "sent")]
    source: Option<String>,
    /// A note for yourself
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.statements/1; of a single one offdesk.statement/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Note that somebody paid back what a statement left below nothing
#[derive(Args, Debug)]
pub struct RefundArgs {
    /// The statement's reference, such as ST-0004
    #[arg(value_name = "STATEMENT")]
    which: String,
    /// What was paid back; all that is owed back where nothing is named
    #[arg(long, value_name = "AMOUNT")]
    amount: Option<String>,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// What it cost besides
    #[arg(long, value_name = "AMOUNT")]
    fee: Option<String>,
    /// What came in, where it was exchanged, with its currency
    #[arg(long, num_args = 2, value_names = ["AMOUNT", "CODE"])]
    got: Vec<String>,
    /// The statement's currency for one unit of what came in
    #[arg(long, value_name = "RATE", requires = "got")]
    rate: Option<String>,
    /// The day of the rate
    #[arg(long, value_name = "DAY", value_parser = day, requires = "got")]
    rate_day: Option<Day>,
    /// Who says what the rate was, such as the bank
    #[arg(long, value_name = "WHO", requires = "got")]
    source: Option<String>,
    /// A note for yourself
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// Print JSON (offdesk.statement/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

/// Note that a payment came back: what it was for is owed again
#[derive(Args, Debug)]
pub struct ReturnedArgs {
    /// The statement's reference, such as ST-0001
    #[arg(value_name = "STATEMENT")]
    which: String,
    /// The payment's number, as the statement shows it
    #[arg(value_name = "PAYMENT")]
    payment: u64,
    /// On which day; today where none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    on: Option<Day>,
    /// The whole row of the pay file came back: what it paid of the other statements in it comes back, too
    #[arg(long)]
    row: bool,
    /// It was noted by mistake, and its fee is taken back, too; a bank that sends a payment back keeps its fee
    #[arg(long)]
    fee_back: bool,
    /// Print JSON (offdesk.statement/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl PaidArgs {
    /// The pay file that is named, where one is; it stands alone.
    fn file(&self) -> Result<Option<String>, CliError> {
        let is_file = |which: &&String| which.to_uppercase().starts_with("PAY-");
        let Some(file) = self.which.iter().find(is_file) else {
            return Ok(None);
        };
        if self.which.len() > 1 || self.is_particular() {
            return Err(CliError::new(
                exit::USAGE,
                "pay.several",
                "a pay file stands alone, and was paid as it was written",
            )
            .line(format!(
                "note it by itself:  offdesk pay paid {file} --on DAY"
            )));
        }
        Ok(Some(file.clone()))
    }

    fn is_particular(&self) -> bool {
        let is_particular = self.amount.is_some() || self.fee.is_some() || !self.sent.is_empty();
        is_particular || !self.note.is_empty()
    }

    fn pay_file(self, file: String) -> Done {
        let (store, actor) = self.at.open()?;
        let (day, moment) = (self.on, clock::moment());
        let today = today(&store, &actor)?;
        let done: Result<Vec<StatementSummary>, Error> = store
            .write(move |tx| note_paid_file(tx, &actor, &file, day, moment))
            .wait();
        give_all(&done?, self.json, today)
    }

    /// Runs it.
    pub fn run(self) -> Done {
        if let Some(file) = self.file()? {
            return self.pay_file(file);
        }
        let numbers: Result<Vec<i64>, CliError> =
            self.which.iter().map(|which| number(which)).collect();
        let numbers = numbers?;
        let (store, actor) = self.at.open()?;
        let moment = clock::moment();
        if let [number] = numbers.as_slice() {
            let number = *number;
            let mut sent = self.sent.into_iter();
            let new = NewPayment {
                amount: self.amount,
                day: self.on,
                fee: self.fee,
                sent: sent.next().zip(sent.next()),
                rate: self.rate,
                rate_day: self.rate_day,
                source: self.source.unwrap_or_default(),
                note: self.note,
            };
            return note(&store, actor, (number, new), note_payment, self.json);
        }
        if self.is_particular() {
            return Err(CliError::new(
                exit::USAGE,
                "pay.several",
                "an amount, a fee, what was sent and a note belong to one statement",
            )
            .line("note them one by one:  offdesk pay paid ST-0001 --amount 20"));
        }
        let (day, today) = (self.on, today(&store, &actor)?);
        let done: Result<Vec<StatementSummary>, Error> = store
            .write(move |tx| note_paid_in_full(tx, &actor, &numbers, day, moment))
            .wait();
        give_all(&done?, self.json, today)
    }
}

impl RefundArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let number = number(&self.which)?;
        let (store, actor) = self.at.open()?;
        let mut got = self.got.into_iter();
        let new = NewPayment {
            amount: self.amount,
            day: self.on,
            fee: self.fee,
            sent: got.next().zip(got.next()),
            rate: self.rate,
            rate_day: self.rate_day,
            source: self.source.unwrap_or_default(),
            note: self.note,
        };
        note(&store, actor, (number, new), note_refund, self.json)
    }
}

/// Notes what was paid, or paid back, and tells how the statement stands.
fn note(
    store: &Store,
    actor: Actor,
    (number, new): (i64, NewPayment),
    noting: Noting,
    json: bool,
) -> Done {
    let (moment, today) = (clock::moment(), today(store, &actor)?);
    let done: Result<StatementDetail, Error> = store
        .write(move |tx| noting(tx, &actor, number, &new, moment))
        .wait();
    give(&done?, json, today)
}

impl ReturnedArgs {
    /// Runs it.
    pub fn run(self) -> Done {
        let number = number(&self.which)?;
        let (store, actor) = self.at.open()?;
        let (payment, moment) = (self.payment, clock::moment());
        let new = NewReturn {
            what: CameBack::ticked(self.row),
            day: self.on,
            fee_back: self.fee_back,
        };
        let today = today(&store, &actor)?;
        let done: Result<Returned, Error> = store
            .write(move |tx| note_returned_payment(tx, &actor, (number, payment), new, moment))
            .wait();
        let returned = done?;
        if self.json {
            let json = StatementJson::returned(&returned, today);
            output::print(&to_text(&json)?)?;
            return Ok(0);
        }
        for beside in &returned.row {
            output::say(&format!("{}.\n", beside.in_words()));
        }
        give(&returned.detail, false, today)
    }
}
