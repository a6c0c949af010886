//! A bill is recorded as it came: whose, its number, its days, its lines or its sum, the tax apart, and its file.

use offdesk_domain::money::{Currency, Money, to_minor_text};
use offdesk_domain::pay::{BILLED_AHEAD, BillState, PayError};
use offdesk_domain::text::seen_line;
use offdesk_domain::time::Day;
use offdesk_store::assignments::load_numbered;
use offdesk_store::pay::bills::{
    BillLineRow, BillRow, insert_bill, load_bill_file as stored_file, save_bill_file as save_file,
};
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::super::earning::{LONGEST_WORD, earn_forgotten, today_in};
use super::super::paying::{amount_of, in_reach};
use super::load;
use super::shown::{BillDetail, detail};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::near::within;
use crate::people::{self, text_of};

/// So many bytes the file of a bill may have.
pub const LONGEST_FILE: usize = 10 * 1024 * 1024;
/// So many letters a number may have, and so many a line.
const LONGEST_NUMBER: usize = 60;
const LONGEST_LINE: usize = 300;
/// So many lines a bill may have.
const MOST_LINES: usize = 1_000;

/// A line as it is typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewBillLine {
    /// What it says.
    pub text: String,
    /// The number of the assignment that it names.
    pub assignment: Option<i64>,
    /// The day it names.
    pub day: Option<Day>,
    /// What is billed, without tax.
    pub amount: String,
}

/// A bill as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBill {
    /// From whom.
    pub person: Uuid,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: Day,
    /// First and last day it is for.
    pub days: (Day, Day),
    /// Its currency.
    pub currency: String,
    /// Its lines.
    pub lines: Vec<NewBillLine>,
    /// Its sum without tax; needed where it has no lines.
    pub net: String,
    /// The tax on top; nothing where none is said.
    pub tax: String,
    /// A note for oneself.
    pub note: String,
    /// The file it came as: its name and what is in it.
    pub file: Option<(String, Vec<u8>)>,
}

/// Records a bill.
///
/// # Errors
/// `not_found`, `bill.twice` for a number that the person has sent before, `bill.number`, `bill.days`, `bill.lines`, `bill.net`,
/// `bill.assignment`, `bill.file`, `day.far`, `pay.amount`, `pay.currency`, `pay.digits`, `pay.too_large`, `text.long`.
pub fn record_bill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewBill,
    moment: Moment,
) -> Result<BillDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let person = people::load(&mut scope, new.person)?;
    let number = number_of(&new.number)?;
    new.are_days_near(today_in(&mut scope, moment)?)?;
    let zero = amount_of("currency", "0", &new.currency)?;
    let lines = new.lines(&mut scope, person.id, zero.currency)?;
    let tax = tax_of(&new.tax, zero.currency)?;
    in_reach("lines", sum_of(&lines, tax.amount)?)?;
    earn_forgotten(&mut scope, moment)?;
    let row = BillRow {
        id: moment.id(),
        person_id: person.id,
        number_key: key_of(&number),
        number,
        day: new.day.0.into(),
        days: (new.days.0.0.into(), new.days.1.0.into()),
        currency: zero.currency.to_string(),
        tax: to_minor_text(tax.amount, tax.currency),
        note: text_of("note", &new.note, LONGEST_WORD)?,
        said: String::new(),
        state: BillState::Received.word().to_owned(),
        statement: None,
        created_by: actor.account,
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    };
    insert_bill(&mut scope, &row, &lines).map_err(on_conflict(|| {
        let message = format!("{} has sent a bill {} before", person.name, row.number);
        Error::new(ErrorKind::Conflict, "bill.twice", message)
            .hint("look at that one: a bill is paid once")
    }))?;
    if let Some((name, bytes)) = &new.file {
        keep_file(&mut scope, row.id, name, bytes)?;
    }
    let told = row.number.clone();
    note(&mut scope, actor, moment, "record_bill", row.id, told)?;
    detail(&mut scope, row)
}

fn number_of(text: &str) -> Result<String, Error> {
    let number = seen_line(text);
    let length = number.chars().count();
    if length > LONGEST_NUMBER || key_of(&number).is_empty() {
        return Err(Error::invalid(
            "number",
            "bill.number",
            format!("the number of a bill has letters or digits, and at most {LONGEST_NUMBER}"),
        )
        .hint("type it as it stands on the bill"));
    }
    Ok(number)
}

/// A number without what people write differently: letters and digits alone, in lower case, and without zeros before it.
fn key_of(number: &str) -> String {
    let kept = number.chars().filter(|c| c.is_alphanumeric());
    let kept: String = kept.flat_map(char::to_lowercase).collect();
    match kept.trim_start_matches('0') {
        "" => kept,
        plain => plain.to_owned(),
    }
}

/// A tax as it is typed; nothing where nothing is.
pub(super) fn tax_of(text: &str, currency: Currency) -> Result<Money, Error> {
    if text.trim().is_empty() {
        return Ok(Money::new(Decimal::ZERO, currency));
    }
    let tax = exactly("tax", text, currency)?;
    if tax.amount.is_sign_negative() {
        return Err(Error::invalid(
            "tax",
            "bill.tax",
            "a tax is not below nothing",
        ));
    }
    Ok(tax)
}

/// What the lines come to with the tax.
fn sum_of(lines: &[BillLineRow], tax: Decimal) -> Result<Decimal, Error> {
    lines.iter().try_fold(tax, |sum, line| {
        let amount: Option<Decimal> = line.amount.parse().ok();
        let sum = amount.and_then(|amount| sum.checked_add(amount));
        sum.ok_or_else(|| PayError::TooLarge.into())
    })
}

/// An amount with no more digits than its currency has.
fn exactly(field: &'static str, text: &str, currency: Currency) -> Result<Money, Error> {
    let amount = amount_of(field, text, &currency.to_string())?;
    offdesk_domain::pay::Exact::of(amount)?;
    Ok(amount)
}

impl NewBill {
    /// Refuses days that no bill of today can have.
    fn are_days_near(&self, today: Day) -> Result<(), Error> {
        if self.days.0 > self.days.1 {
            let message = format!("{} is after {}", self.days.0, self.days.1);
            return Err(Error::invalid("from", "bill.days", message));
        }
        let last = today.ahead(BILLED_AHEAD);
        within("day", self.day, last)?;
        within("from", self.days.0, last)?;
        within("to", self.days.1, last)?;
        for day in self.lines.iter().filter_map(|line| line.day) {
            within("lines", day, last)?;
        }
        Ok(())
    }

    fn lines(
        &self,
        scope: &mut Scope<'_, '_>,
        person: Uuid,
        currency: Currency,
    ) -> Result<Vec<BillLineRow>, Error> {
        if self.lines.len() > MOST_LINES {
            let message = format!("a bill has at most {MOST_LINES} lines here");
            return Err(Error::invalid("lines", "bill.lines", message));
        }
        let typed = Some(self.net.trim()).filter(|net| !net.is_empty());
        let net = typed.map(|net| exactly("net", net, currency)).transpose()?;
        let mut sum = Money::new(Decimal::ZERO, currency);
        let mut rows = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            let amount = exactly("lines", &line.amount, currency)?;
            sum = sum.plus(amount).map_err(|_| PayError::TooLarge)?;
            rows.push(BillLineRow {
                text: text_of("lines", &line.text, LONGEST_LINE)?,
                assignment_id: line
                    .assignment
                    .map(|number| assignment_of(scope, person, number))
                    .transpose()?,
                day: line.day.map(|day| day.0.into()),
                amount: to_minor_text(amount.amount, currency),
            });
        }
        match net {
            None if rows.is_empty() => Err(Error::invalid(
                "net",
                "bill.net",
                "neither lines nor a sum are said",
            )),
            Some(net) if !rows.is_empty() && net != sum => Err(Error::invalid(
                "net",
                "bill.net",
                format!("the lines come to {sum}, and {net} is said"),
            )),
            Some(net) if rows.is_empty() => Ok(vec![BillLineRow {
                text: String::new(),
                assignment_id: None,
                day: None,
                amount: to_minor_text(net.amount, currency),
            }]),
            _ => Ok(rows),
        }
    }
}

fn assignment_of(scope: &mut Scope<'_, '_>, person: Uuid, number: i64) -> Result<Uuid, Error> {
    let found = load_numbered(scope, number)?.filter(|row| row.person_id == person);
    found.map(|row| row.id).ok_or_else(|| {
        let message = format!("#{number} is no assignment of theirs");
        Error::invalid("lines", "bill.assignment", message)
            .hint("leave the number out where it is not clear which one is meant")
    })
}

/// Keeps the file that a bill came as, in the place of one that was there.
///
/// # Errors
/// `not_found`, `bill.file` for one that is empty, too long or has no name.
pub fn save_bill_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    name: &str,
    bytes: &[u8],
    moment: Moment,
) -> Result<BillDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = load(&mut scope, id)?;
    keep_file(&mut scope, id, name, bytes)?;
    note(&mut scope, actor, moment, "save_bill_file", id, name)?;
    detail(&mut scope, row)
}

fn keep_file(scope: &mut Scope<'_, '_>, id: Uuid, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let name = seen_line(name);
    if name.is_empty() || name.chars().count() > 200 || bytes.is_empty() {
        let message = "the file of a bill has a name of at most 200 letters, and is not empty";
        return Err(Error::invalid("file", "bill.file", message));
    }
    if bytes.len() > LONGEST_FILE {
        let message = "the file of a bill has at most 10 MB";
        return Err(Error::invalid("file", "bill.file", message));
    }
    Ok(save_file(scope, id, &name, bytes)?)
}

/// The file that a bill came as: its name and what is in it.
///
/// # Errors
/// `not_found`.
pub fn load_bill_file(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
) -> Result<(String, Vec<u8>), Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    load(&mut scope, id)?;
    stored_file(&mut scope, id)?.ok_or_else(|| Error::not_found("file"))
}
