//! Money that came in because work was handed off: noted, and taken back where it was wrong. Nothing is ever edited.

pub mod json;

use std::collections::HashMap;

use offdesk_domain::Day;
use offdesk_domain::money::{Money, to_minor_text};
use offdesk_domain::pay::{PayError, Payment, day_in};
use offdesk_store::handoffs::list_handoffs;
use offdesk_store::returns::receipts::{
    ReceiptRow, insert_receipt, list_receipts as list_rows, load_receipt,
};
use offdesk_store::workspaces::load_workspace;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::cash::{currency, number};
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::handoffs;
use crate::handoffs::summaries;
use crate::moment::Moment;
use crate::pay::{amount_of, not_to_come, zone_of};
use crate::people::text_of;

/// The longest note.
const LONGEST_NOTE: usize = 500;

/// Money that came in, as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewReceipt {
    /// How much.
    pub amount: String,
    /// In which currency; that of the workspace where nothing is said.
    pub currency: Option<String>,
    /// On which day; today where nothing is said.
    pub day: Option<Day>,
    /// By which handoff; by no single one where nothing is said, and then it counts for the whole.
    pub handoff: Option<Uuid>,
    /// What it was for.
    pub note: String,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Its number.
    pub number: i64,
    /// By which handoff, with the name of its activity.
    pub handoff: Option<(Uuid, String)>,
    /// On which day.
    pub day: Day,
    /// How much.
    pub amount: Money,
    /// What it was for.
    pub note: String,
    /// It takes back the one of this number.
    pub of: Option<i64>,
    /// It was taken back.
    pub is_taken_back: bool,
}

impl Receipt {
    /// Its name, as in a journal: `IN-0003`.
    #[must_use]
    pub fn reference(&self) -> String {
        reference(self.number)
    }
}

/// The name of one by its number.
#[must_use]
pub fn reference(number: i64) -> String {
    format!("IN-{number:04}")
}

/// The number of a name such as `IN-0003` or `3`.
///
/// # Errors
/// `receipt.none`.
pub fn number_of(text: &str) -> Result<i64, Error> {
    let digits = text.trim();
    let digits = digits.get(..3).map_or(digits, |start| {
        if start.eq_ignore_ascii_case("IN-") {
            &digits[3..]
        } else {
            digits
        }
    });
    digits.parse().map_err(|_| none())
}

fn none() -> Error {
    Error::new(
        ErrorKind::NotFound,
        "receipt.none",
        "no money that came in has this number",
    )
    .hint("list what came in, and take its number from there")
}

/// Notes money that came in.
///
/// # Errors
/// `pay.amount`, `pay.too_large`, `pay.currency`, `pay.not_positive`, `pay.digits`, `pay.future`, `not_found` for the handoff, `text.long`.
pub fn note_receipt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewReceipt,
    moment: Moment,
) -> Result<Vec<Receipt>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let workspace = load_workspace(&mut scope)?;
    let typed = new.currency.as_deref().map(str::trim);
    let code = typed.filter(|code| !code.is_empty());
    let amount = amount_of("amount", &new.amount, code.unwrap_or(&workspace.currency))?;
    let today = day_in(moment.now, &zone_of(&mut scope)?);
    let day = new.day.unwrap_or(today);
    not_to_come("day", day, today)?;
    // A payment may be paid back and is below nothing then; what came in never is.
    if amount.amount <= Decimal::ZERO {
        return Err(PayError::NotPositive(amount).into());
    }
    // What a payment has to hold of its amount, money that comes in has to as well.
    let held = Payment {
        amount,
        day,
        fee: None,
        exchange: None,
        note: String::new(),
    };
    held.check()?;
    if let Some(handoff) = new.handoff {
        handoffs::load(&mut scope, handoff)?;
    }
    let row = ReceiptRow {
        number: 0,
        handoff_id: new.handoff,
        day: day.0.into(),
        amount: to_minor_text(amount.amount, amount.currency),
        currency: amount.currency.to_string(),
        note: text_of("note", &new.note, LONGEST_NOTE)?,
        of_number: None,
        created_by: actor.account,
        created_at: moment.micros(),
        hash: String::new(),
    };
    let row = insert_receipt(&mut scope, &row)?;
    let what = reference(row.number);
    note(
        &mut scope,
        actor,
        moment,
        "note_receipt",
        what,
        amount.to_string(),
    )?;
    all(&mut scope)
}

/// Takes money back that was noted by mistake: a row against it, on its day. It is taken back once.
///
/// # Errors
/// `receipt.none` where there is none, or it takes another one back; `receipt.taken_back`, `text.long`.
pub fn take_back_receipt(
    tx: &mut Tx<'_>,
    actor: &Actor,
    number: i64,
    why: &str,
    moment: Moment,
) -> Result<Vec<Receipt>, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let found = load_receipt(&mut scope, number)?;
    let known = found.filter(|row| row.of_number.is_none());
    let known = known.ok_or_else(none)?;
    let row = ReceiptRow {
        note: text_of("note", why, LONGEST_NOTE)?,
        of_number: Some(number),
        created_by: actor.account,
        created_at: moment.micros(),
        ..known
    };
    insert_receipt(&mut scope, &row).map_err(on_conflict(|| {
        let message = format!("{} is taken back already", reference(number));
        Error::new(ErrorKind::Conflict, "receipt.taken_back", message)
    }))?;
    let what = reference(number);
    note(
        &mut scope,
        actor,
        moment,
        "take_back_receipt",
        what,
        row.note,
    )?;
    all(&mut scope)
}

/// All money that came in, the latest number first, with what takes it back.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_receipts(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<Receipt>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    all(&mut scope)
}

/// The same in the order of their numbers, for the journal.
pub(crate) fn all(scope: &mut Scope<'_, '_>) -> Result<Vec<Receipt>, Error> {
    let rows = list_rows(scope)?;
    let mut names: HashMap<Uuid, String> = HashMap::new();
    if rows.iter().any(|row| row.handoff_id.is_some()) {
        let of = list_handoffs(scope, (i64::MAX, Uuid::max()), u32::MAX)?;
        for one in summaries(scope, of)? {
            names.insert(one.handoff.row.id, one.activity);
        }
    }
    let taken: Vec<i64> = rows.iter().filter_map(|row| row.of_number).collect();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let of = row.handoff_id;
        all.push(Receipt {
            number: row.number,
            handoff: of.map(|id| (id, names.get(&id).cloned().unwrap_or_default())),
            day: Day::from_number(row.day).unwrap_or(Day(0)),
            amount: Money::new(number(&row.amount)?, currency(&row.currency)?),
            is_taken_back: taken.contains(&row.number),
            note: row.note,
            of: row.of_number,
        });
    }
    all.reverse();
    Ok(all)
}
