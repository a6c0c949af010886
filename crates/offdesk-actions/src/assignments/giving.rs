//! Giving work: by hand or from a recurrence, under a handoff that goes on, by the version of its blueprint that was agreed; changing and
//! taking back what was given.

use jiff::Timestamp;
use offdesk_domain::Money;
use offdesk_domain::assignment::{Assignment, Missed};
use offdesk_domain::money::{round_to_minor, typed_amount};
use offdesk_domain::person::Terms;
use offdesk_store::assignments::{AssignmentRow, insert_assignment, next_number};
use offdesk_store::blueprints::{BlueprintRow, load_blueprint};
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{note_of, row_of};
use super::handing::begun;
use super::inputs::{NewInput, WithoutInput, keep_inputs, placed};
use super::typed::{LONGEST_NOTE, LONGEST_TITLE, text_of};
use super::who::{Part, enter_to_change};
use super::{AssignmentDetail, blueprint_of, detail_with_budgets};
use crate::actor::Actor;
use crate::budgets::{PASSED, Wanted, guard, note_passed};
use crate::change::name_of;
use crate::error::{Error, ErrorKind};
use crate::handoffs;
use crate::moment::Moment;
use crate::pay::{terms_on, today_in};

/// So far ahead something can be due, in seconds.
const FURTHEST: i64 = 5 * 366 * 86_400;

/// An assignment that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAssignment {
    /// What is done this time, in a line; the blueprint's title where nothing is said.
    pub title: String,
    /// What the person is told with it.
    pub note: String,
    /// When it is due.
    pub due: Option<Timestamp>,
    /// By when the person says whether they take it; the due date where nothing is said.
    pub answer_by: Option<Timestamp>,
    /// Another price than the handoff's, for its unit.
    pub amount: Option<String>,
    /// What they have of the inputs of the blueprint.
    pub inputs: Vec<NewInput>,
    /// What becomes of a required input of which nothing is said.
    pub without: WithoutInput,
}

/// Where an assignment comes from that nobody gives by hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) recurrence: Uuid,
    /// In seconds of the recurrence's wall clock.
    pub(super) occurrence: i64,
    /// Why it is not given, where it is not.
    pub(super) missed: Option<Missed>,
}

/// Gives an assignment. The first one of a handoff begins its trial.
///
/// # Errors
/// `not_found`, `assignment.handoff`, `assignment.unpublished`, `assignment.due`, `assignment.answer_by`, `assignment.amount`,
/// `assignment.input`, `assignment.inputs`, `assignment.link`, `file.empty`, `file.long`, `file.gone`, `file.incomplete`, and those of names
/// and texts.
pub fn give_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    new: &NewAssignment,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let handoff = handoffs::load(&mut scope, handoff)?;
    let due = due_of(new.due, moment)?;
    answer_by_of(new.answer_by, due, moment)?;
    let row = give(&mut scope, actor, handoff, new, due, None, moment)?;
    detail_with_budgets(&mut scope, actor, row, moment)
}

/// Gives one under a handoff, whoever asks for it.
pub(super) fn give(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: HandoffRow,
    new: &NewAssignment,
    due: Timestamp,
    origin: Option<Origin>,
    moment: Moment,
) -> Result<AssignmentRow, Error> {
    let day = today_in(scope, moment)?;
    let terms = priced(new.amount.as_deref(), terms_on(scope, &handoff, day)?)?;
    let wanted = Wanted {
        handoff: &handoff,
        terms,
        before: None,
        due,
    };
    let missed = match (guard(scope, wanted, moment), origin) {
        (Ok(()), Some(it)) if it.missed.is_none() => draft_of(scope, &handoff)?,
        (Ok(()), origin) => origin.and_then(|it| it.missed),
        // What comes back by itself and would pass a budget is not given, and is kept as missed.
        (Err(error), Some(it)) if error.code == PASSED => it.missed.or(Some(Missed::Budget)),
        (Err(error), _) => return Err(error),
    };
    // What was missed is a record of its own: nothing begins with it.
    let handoff = if missed.is_some() {
        handoff
    } else {
        begun(scope, actor, handoff, moment)?
    };
    let blueprint = match missed {
        // What was missed is done by nobody: a draft does to name it.
        Some(_) => named_of(scope, &handoff)?,
        None => published_of(scope, &handoff)?,
    };
    // Scope is frozen: a newer version is followed once the person has accepted the change to it.
    let number = handoff.agreed.blueprint_number;
    let title = match new.title.trim() {
        "" => blueprint.title.clone(),
        typed => name_of("title", typed, LONGEST_TITLE)?,
    };
    let course = if missed.is_some() {
        Assignment::missed(due, number)
    } else {
        Assignment::given(due, number, Some(new.answer_by.unwrap_or(due)))
    };
    let row = AssignmentRow {
        number: next_number(scope)?,
        blueprint_number: number,
        title,
        note: text_of("note", &new.note, LONGEST_NOTE)?,
        unit: terms.unit.word().to_owned(),
        amount: terms.amount(),
        currency: terms.price.currency.to_string(),
        is_trial: handoff.state == "trial",
        recurrence_id: origin.map(|it| it.recurrence),
        occurrence: origin.map(|it| it.occurrence),
        missed_why: missed.map(|it| it.word().to_owned()),
        ..empty(&handoff, actor, moment)
    };
    let row = row_of(row, &course, moment);
    let needed = match new.inputs.is_empty() && new.without == WithoutInput::Noted {
        true => Vec::new(),
        false => placed(&new.inputs, &*blueprint_of(scope, &row)?, new.without)?,
    };
    insert_assignment(scope, &row)?;
    keep_inputs(scope, actor, row.id, needed, moment)?;
    let state = row.state.as_str();
    note_of(scope, actor, &row, "give_assignment", state, moment)?;
    note_passed(scope, moment)?;
    Ok(row)
}

fn named_of(scope: &mut Scope<'_, '_>, handoff: &HandoffRow) -> Result<BlueprintRow, Error> {
    load_blueprint(scope, handoff.blueprint_id)?.ok_or_else(|| Error::not_found("blueprint"))
}

/// Why what comes back by itself is not given under a handoff of a draft.
fn draft_of(scope: &mut Scope<'_, '_>, handoff: &HandoffRow) -> Result<Option<Missed>, Error> {
    let blueprint = named_of(scope, handoff)?;
    Ok((blueprint.published == 0).then_some(Missed::Draft))
}

/// The blueprint of a handoff, published.
fn published_of(scope: &mut Scope<'_, '_>, handoff: &HandoffRow) -> Result<BlueprintRow, Error> {
    let blueprint = named_of(scope, handoff)?;
    if blueprint.published == 0 {
        return Err(Error::new(
            ErrorKind::Conflict,
            "assignment.unpublished",
            "the blueprint is a draft, which may still change",
        )
        .hint("publish it first: an assignment is done by a version that stays"));
    }
    Ok(blueprint)
}

fn empty(handoff: &HandoffRow, actor: &Actor, moment: Moment) -> AssignmentRow {
    AssignmentRow {
        id: moment.id(),
        number: 0,
        handoff_id: handoff.id,
        person_id: handoff.person_id,
        blueprint_id: handoff.blueprint_id,
        blueprint_number: 0,
        title: String::new(),
        note: String::new(),
        unit: String::new(),
        amount: String::new(),
        currency: String::new(),
        due_at: 0,
        state: String::new(),
        answer_by: None,
        waiting_since: None,
        open_questions: 0,
        accept_at: None,
        accepted_at: None,
        acceptance: None,
        rounds: 0,
        returns: 0,
        on_time: None,
        picked: None,
        has_fault: false,
        is_trial: false,
        seconds: 0,
        recurrence_id: None,
        occurrence: None,
        missed_why: None,
        wake_at: None,
        agreed_at: None,
        before: None,
        answer_by_hours: handoff.answer_by_hours,
        accept_after_days: handoff.accept_after_days,
        delivered_at: None,
        created_by: actor.account,
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    }
}

pub(super) fn due_of(due: Option<Timestamp>, moment: Moment) -> Result<Timestamp, Error> {
    let refuse = |message: &str| {
        Error::invalid("due", "assignment.due", message)
            .hint("write a moment that is to come, such as 2026-03-27T17:00+01:00")
    };
    let due = due.ok_or_else(|| refuse("it is not said when it is due"))?;
    let ahead = due.duration_since(moment.now).as_secs();
    if ahead <= 0 {
        return Err(refuse("it would be due before it is given"));
    }
    if ahead > FURTHEST {
        return Err(refuse("it would be due more than five years from now"));
    }
    Ok(due)
}

fn answer_by_of(answer_by: Option<Timestamp>, due: Timestamp, moment: Moment) -> Result<(), Error> {
    let is_fit = answer_by.is_none_or(|by| by > moment.now && by <= due);
    if is_fit {
        return Ok(());
    }
    Err(Error::invalid(
        "answer_by",
        "assignment.answer_by",
        "the person would have to answer before now, or after it is due",
    )
    .hint("write a moment between now and the due date, or leave it out"))
}

/// What is paid for one: what was agreed, or another price for the same unit where one was typed in.
pub(super) fn priced(typed: Option<&str>, agreed: Terms) -> Result<Terms, Error> {
    let Some(typed) = typed.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(agreed);
    };
    let currency = agreed.price.currency;
    let refuse = |why: String| {
        let shown = offdesk_import::problem::shown(typed);
        Error::invalid(
            "amount",
            "assignment.amount",
            format!("\"{shown}\" is no price: {why}"),
        )
        .hint(format!(
            "write an amount in {currency} for one {}, such as 20 or 12.50",
            agreed.unit.word()
        ))
    };
    // Rounded where the currency has fewer digits, and so every way to read it is asked about.
    let said = Some(currency).filter(|currency| currency.minor_digits() == 3);
    let amount = typed_amount(typed, said).map_err(&refuse)?;
    if amount.is_sign_negative() || amount > rust_decimal::Decimal::from(1_000_000_000) {
        return Err(refuse(
            "it is below nothing, or beyond a billion".to_owned(),
        ));
    }
    let price = Money::new(round_to_minor(amount, currency), currency);
    Terms::new(agreed.unit, price).map_err(|error| refuse(error.to_string()))
}
