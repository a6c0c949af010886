//! What is decided about a bill: it is queried, or what was accepted of it is approved, which draws its statement up.

use std::collections::BTreeSet;

use offdesk_domain::money::{Money, to_minor_text};
use offdesk_domain::pay::{
    BillState, Billed, Payments, Posted, Statement, draw_up_with_bill, reference,
};
use offdesk_domain::time::Period;
use offdesk_store::pay::bills::{BillRow, list_bill_lines, remove_bill as remove, update_bill};
use offdesk_store::pay::statements::{StatementRow, insert_statement, next_number, take_postings};
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;

use super::super::earning::{LONGEST_WORD, earn_forgotten};
use super::super::ledger::append;
use super::super::statements::day;
use super::super::{damaged, money_of};
use super::shown::{BillDetail, detail, statement_of_all};
use super::taxed::{is_tax_alone, refuse_second_tax};
use super::work::{Held, hold};
use super::{changed, load_seen};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::people::text_of;

/// What is said when a bill is approved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Approval {
    /// Why it is approved although it differs; needed where it does.
    pub note: String,
    /// The tax that is paid; that of the bill where nothing is said and nothing differs.
    pub tax: Option<String>,
    /// The version that was seen.
    pub seen: Seen,
}

/// Notes that the one who sent a bill was asked about it.
///
/// # Errors
/// `not_found`, `bill.not_now` once it is approved, `bill.why` without a word, `text.long`, `bill.changed`.
pub fn query_bill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<BillDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = open(load_seen(&mut scope, id, seen)?)?;
    let said = text_of("said", said, LONGEST_WORD)?;
    if said.is_empty() {
        return Err(Error::invalid(
            "said",
            "bill.why",
            "it is not said what is wrong with the bill",
        ));
    }
    let row = BillRow {
        state: BillState::Queried.word().to_owned(),
        said,
        changed_at: moment.micros(),
        ..row
    };
    save(&mut scope, row, (actor, moment, "query_bill"))
}

/// Approves what was accepted of a bill: its statement is drawn up, with the bill's tax on top, and is paid as every other. A bill that is all
/// of a statement that was drawn up before is paid by that one. Where all that it has beyond such statements is a tax, which they have not, the
/// tax alone is stated.
///
/// # Errors
/// `not_found`, `bill.not_now`, `bill.differs` where it differs and nothing is said about that, `bill.tax` where it differs and has a tax,
/// `bill.nothing` where nothing of it can be paid, `bill.tax_stated` where a tax of work of its days was stated alone before and nothing is said
/// about that, `bill.changed`.
pub fn approve_bill(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    approval: &Approval,
    moment: Moment,
) -> Result<BillDetail, Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = open(load_seen(&mut scope, id, approval.seen)?)?;
    let said = text_of("note", &approval.note, LONGEST_WORD)?;
    earn_forgotten(&mut scope, moment)?;
    let lines = list_bill_lines(&mut scope, id)?;
    let held = hold(&mut scope, &row, &lines)?;
    let tax = money_of(&row.tax, &row.currency)?;
    let total = held.matching.billed.plus(tax).map_err(|_| too_large())?;
    let statement = match statement_of_all(&mut scope, &held, total)? {
        Some(number) => number,
        None => {
            let is_tax = is_tax_alone(&mut scope, &held, tax, !said.is_empty())?;
            if is_tax && said.is_empty() {
                refuse_second_tax(&mut scope, &row)?;
            }
            let is_new = held.matching.statements.is_empty();
            let is_whole = held.matching.is_whole() && (is_tax || is_new);
            let tax = tax_of(approval, tax, is_whole, said.is_empty(), &held)?;
            draw_up_for(&mut scope, &row, (&held, !said.is_empty()), tax, moment)?
        }
    };
    let row = BillRow {
        state: BillState::Approved.word().to_owned(),
        said,
        statement: Some(statement),
        changed_at: moment.micros(),
        ..row
    };
    save(&mut scope, row, (actor, moment, "approve_bill"))
}

/// Removes a bill that was recorded by mistake, and is not approved.
///
/// # Errors
/// `not_found`, `bill.not_now`.
pub fn remove_bill(tx: &mut Tx<'_>, actor: &Actor, id: Uuid, moment: Moment) -> Result<(), Error> {
    let mut scope = actor.within(tx, Permission::Manage)?;
    scope.hold()?;
    let row = open(load_seen(&mut scope, id, None)?)?;
    remove(&mut scope, id)?;
    note(&mut scope, actor, moment, "remove_bill", id, row.number)
}

fn open(row: BillRow) -> Result<BillRow, Error> {
    let Some(number) = row.statement else {
        return Ok(row);
    };
    let number = u64::try_from(number).unwrap_or(0);
    Err(Error::new(
        ErrorKind::Conflict,
        "bill.not_now",
        format!("this bill is approved: it is paid by {}", reference(number)),
    )
    .hint("put a line of its statement right: what is taken back is netted with what is owed"))
}

fn save(
    scope: &mut Scope<'_, '_>,
    row: BillRow,
    (actor, moment, word): (&Actor, Moment, &str),
) -> Result<BillDetail, Error> {
    update_bill(scope, &row).map_err(on_conflict(changed))?;
    note(scope, actor, moment, word, row.id, row.number.clone())?;
    let row = BillRow {
        version: row.version + 1,
        ..row
    };
    detail(scope, row)
}

fn too_large() -> Error {
    offdesk_domain::pay::PayError::TooLarge.into()
}

/// The tax that is paid, once it is clear that something can be.
fn tax_of(
    approval: &Approval,
    tax: Money,
    is_whole: bool,
    is_silent: bool,
    held: &Held,
) -> Result<Money, Error> {
    if !is_whole && is_silent {
        let matching = &held.matching;
        let (billed, accepted) = (matching.billed, matching.accepted);
        let mut message = format!("{billed} is billed, and {accepted} of it was accepted");
        if !matching.credits.is_empty() {
            message += &format!(", with {} for what was put right since", matching.taken_off);
        }
        return Err(Error::invalid("note", "bill.differs", message)
            .hint("query it, or say why you approve what was accepted of it"));
    }
    let typed = approval.tax.as_deref().map(str::trim);
    match typed.filter(|text| !text.is_empty()) {
        Some(text) => super::recording::tax_of(text, tax.currency),
        None if is_whole || tax.amount.is_zero() => Ok(tax),
        None => Err(Error::invalid(
            "tax",
            "bill.tax",
            format!("the tax of {tax} is that of the whole bill, and not all of it was accepted"),
        )
        .hint("say the tax on what was accepted")),
    }
}

/// Draws the statement of a bill up: of what was accepted of it and is on no statement yet.
fn draw_up_for(
    scope: &mut Scope<'_, '_>,
    bill: &BillRow,
    (held, is_explained): (&Held, bool),
    tax: Money,
    moment: Moment,
) -> Result<i64, Error> {
    let postings = held.postings(&held.matching.open);
    let zero = Money::new(Decimal::ZERO, held.of.currency);
    let last = postings.iter().filter_map(day_of).max();
    let period = Period {
        from: day(bill.days.0)?,
        to: day(bill.days.1)?.max(last.unwrap_or(day(bill.days.1)?)),
    };
    let number = next_number(scope)?;
    let counted = u64::try_from(number).map_err(|_| damaged("a statement"))?;
    let billed = Billed {
        number: bill.number.clone(),
        tax,
    };
    let is_tax = is_tax_alone(scope, held, tax, is_explained)?;
    let statement = match draw_up_with_bill(
        counted,
        held.of.person,
        period,
        held.of.rounding,
        zero,
        Some(billed),
        &postings,
    ) {
        Ok(statement) if is_tax || statement.sum.amount > Decimal::ZERO => statement,
        Ok(_) | Err(offdesk_domain::pay::PayError::Empty { .. }) => return Err(nothing(held)),
        Err(error) => return Err(error.into()),
    };
    insert_statement(scope, &row_of(number, bill, &statement, moment)?)?;
    append(scope, Posted::Stated(statement.stated()), moment.now)?;
    let taken: Result<Vec<i64>, _> = held
        .matching
        .open
        .iter()
        .copied()
        .map(i64::try_from)
        .collect();
    take_postings(scope, number, &taken.map_err(|_| too_large())?)?;
    Ok(number)
}

fn day_of(posting: &offdesk_domain::pay::Posting) -> Option<offdesk_domain::Day> {
    match &posting.posted {
        Posted::Earned(earned) | Posted::Reversed { earned, .. } => Some(earned.day),
        _ => None,
    }
}

fn row_of(
    number: i64,
    bill: &BillRow,
    statement: &Statement,
    moment: Moment,
) -> Result<StatementRow, Error> {
    let text = |amount: Money| to_minor_text(amount.amount, amount.currency);
    let payments = Payments::none(statement.balance()?);
    let tax = statement.bill.as_ref().map(|bill| text(bill.tax));
    Ok(StatementRow {
        number,
        person_id: bill.person_id,
        currency: bill.currency.clone(),
        days: (statement.period.from.0.into(), statement.period.to.0.into()),
        rounding: statement.rounding.word().to_owned(),
        sum: text(statement.sum),
        carried: text(statement.carried),
        state: payments.state()?.word().to_owned(),
        owed: text(payments.owed()?),
        created_at: moment.micros(),
        version: 1,
        bill: tax.map(|tax| (bill.number.clone(), tax)),
    })
}

fn nothing(held: &Held) -> Error {
    let on: BTreeSet<String> = held
        .matching
        .statements
        .iter()
        .map(|number| reference(*number))
        .collect();
    let on: Vec<String> = on.into_iter().collect();
    let message = if !held.matching.credits.is_empty() {
        format!(
            "what was put right of earlier work comes to {}, so nothing of this bill is to be paid",
            held.matching.taken_off
        )
    } else if on.is_empty() {
        "nothing of this bill was accepted".to_owned()
    } else {
        format!(
            "what was accepted of this bill is on {} already",
            on.join(", ")
        )
    };
    Error::new(ErrorKind::Conflict, "bill.nothing", message)
        .hint("query it: nothing is paid twice, and nothing that was not accepted")
}
