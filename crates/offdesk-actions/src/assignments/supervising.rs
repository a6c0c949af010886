//! What a handoff costs the owner besides its price: captured by the page, put right by hand, charged to the handoff.

use offdesk_domain::assignment::Supervised;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::supervision::{
    SupervisionRow, insert_supervision, load_supervision, sum_supervision, update_supervision,
};
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{changed, note_of};
use super::typed::seconds_of;
use super::who::{Part, enter_to_change, take_up};
use super::{AssignmentDetail, detail};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::change::note;
use crate::error::{Error, on_conflict};
use crate::handoffs;
use crate::moment::Moment;

/// Time that somebody of the owner's side has spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Seconds that the page has captured; none where it was typed.
    pub captured: i64,
    /// Seconds that count.
    pub seconds: i64,
}

impl Spent {
    /// What a page has captured, as it is.
    #[must_use]
    pub fn captured(seconds: i64) -> Self {
        Self {
            captured: seconds,
            seconds,
        }
    }
}

/// Charges time to the handoff of an assignment.
pub(super) fn spend(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    kind: Supervised,
    spent: Option<Spent>,
    moment: Moment,
) -> Result<(), Error> {
    let Some(spent) = spent.filter(|it| it.seconds > 0 || it.captured > 0) else {
        return Ok(());
    };
    let line = SupervisionRow {
        handoff_id: row.handoff_id,
        id: moment.id(),
        assignment_id: Some(row.id),
        kind: kind.word().to_owned(),
        captured: seconds_of("spent", spent.captured)?,
        seconds: seconds_of("spent", spent.seconds)?,
        account_id: actor.account,
        created_at: moment.micros(),
        version: 1,
    };
    Ok(insert_supervision(scope, &line)?)
}

/// The kind of time spent of a word: `reviewing`, `answering` or `reworking`.
///
/// # Errors
/// `assignment.spent_kind`.
pub fn kind_of(word: &str) -> Result<Supervised, Error> {
    Supervised::of(word.trim()).ok_or_else(|| {
        Error::invalid(
            "kind",
            "assignment.spent_kind",
            "this is no kind of time spent",
        )
        .hint("it is reviewing, answering or reworking")
    })
}

/// Notes time spent on an assignment that no page has captured.
///
/// # Errors
/// `not_found`, `assignment.hours`.
pub fn note_supervision(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    kind: Supervised,
    seconds: i64,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Arrange)?;
    let spent = Spent {
        captured: 0,
        seconds: seconds_of("hours", seconds)?,
    };
    spend(&mut scope, actor, &row, kind, Some(spent), moment)?;
    let told = format!("{}, {seconds} s", kind.word());
    note_of(&mut scope, actor, &row, "note_supervision", told, moment)?;
    detail(&mut scope, actor, row, person)
}

/// Puts right what counts of time spent on an assignment.
///
/// # Errors
/// As [`correct_supervision`]; what was spent on another assignment is not there.
pub fn correct_supervision_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    assignment: Uuid,
    id: Uuid,
    seconds: i64,
    seen: Seen,
    moment: Moment,
) -> Result<SupervisionRow, Error> {
    let (mut scope, row, _) = take_up(tx, actor, assignment, Part::Arrange)?;
    let line = load_supervision(&mut scope, row.handoff_id, id)?;
    let line = line.filter(|line| line.assignment_id == Some(assignment));
    correct(
        &mut scope,
        actor,
        (row.handoff_id, line),
        seconds,
        seen,
        moment,
    )
}

/// Puts right what counts of time spent on a handoff.
///
/// # Errors
/// `not_found`, `assignment.hours`, `assignment.changed` where somebody else has put it right meanwhile.
pub fn correct_supervision(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    id: Uuid,
    seconds: i64,
    seen: Seen,
    moment: Moment,
) -> Result<SupervisionRow, Error> {
    let mut scope = enter_to_change(tx, actor, Part::Arrange)?;
    let line = load_supervision(&mut scope, handoff, id)?;
    correct(&mut scope, actor, (handoff, line), seconds, seen, moment)
}

fn correct(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (handoff, line): (Uuid, Option<SupervisionRow>),
    seconds: i64,
    seen: Seen,
    moment: Moment,
) -> Result<SupervisionRow, Error> {
    let row = line.ok_or_else(|| Error::not_found("time spent"))?;
    if seen.is_some_and(|seen| seen != row.version) {
        return Err(changed());
    }
    let mut right = SupervisionRow {
        seconds: seconds_of("hours", seconds)?,
        ..row
    };
    update_supervision(scope, &right).map_err(on_conflict(changed))?;
    right.version += 1;
    let told = format!("{}, {seconds} s", right.kind);
    note(scope, actor, moment, "correct_supervision", handoff, told)?;
    Ok(right)
}

/// What was spent on a handoff in all, in seconds, by what was done.
///
/// # Errors
/// `not_found`.
pub fn supervision_of(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
) -> Result<Vec<(Supervised, i64)>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    handoffs::load(&mut scope, handoff)?;
    let sums = sum_supervision(&mut scope, handoff)?.into_iter();
    Ok(sums
        .filter_map(|(word, seconds)| Some((Supervised::of(&word)?, seconds)))
        .collect())
}
