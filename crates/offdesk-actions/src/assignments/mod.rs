//! Assignments: one time that work of a handoff is done. Given, taken, asked about, handed in, reviewed, kept for good.
//!
//! The owner's side arranges and judges; the person who does it works. Nobody does both with the same assignment.

mod agreed;
mod answering;
mod arranging;
mod course;
mod delivering;
pub mod files;
mod following;
mod found;
mod giving;
mod handing;
pub mod inputs;
pub mod json;
mod learned;
mod listing;
pub mod mailed;
mod now;
mod occurring;
pub(crate) mod open;
pub mod own;
pub mod own_gone;
pub mod records;
pub(crate) mod recurrence_changes;
pub mod recurring;
mod refusing;
mod reviewing;
mod rounds;
mod ruling;
pub mod sending;
mod supervising;
mod to_review;
mod typed;
mod versions;
mod who;
mod working;

pub use self::answering::{
    NewAnswer, OpenQuestion, answer_question, list_open_questions, page_of_questions,
};
pub use self::arranging::{
    AssignmentChange, cancel_assignment, change_assignment, close_assignment, reassign_assignment,
};
pub use self::delivering::{NewDeliverable, deliver};
pub use self::found::{FindingKind, Met, NewFinding};
pub use self::giving::{NewAssignment, give_assignment};
pub(crate) use self::handing::told_blind;
pub use self::learned::learned_with;
pub use self::listing::{
    AssignmentSummary, OPEN, Which, count_of_handoff, count_open, list_asked, list_assignments,
    list_done_since, list_of_handoff,
};
pub use self::now::AssignmentNow;
pub use self::reviewing::{
    NewEscape, NewReview, accept_deliverable, note_escape, return_deliverable,
};
pub use self::rounds::RoundChange;
pub use self::ruling::rule_next;
pub use self::supervising::{
    Spent, correct_supervision, correct_supervision_of, kind_of, note_supervision, supervision_of,
};
pub use self::to_review::{Place, list_to_review, page_to_review};
pub(crate) use self::typed::seconds_of;
pub use self::typed::{hours_typed, moment_of, seconds_of_hours};
pub use self::working::{
    Reply, add_time, ask_question, reply_to_assignment, set_time, start_assignment, tick_step,
};

use std::collections::BTreeMap;
use std::sync::Arc;

use offdesk_domain::Day;
use offdesk_domain::assignment::Assignment;
use offdesk_domain::blueprint::Blueprint;
use offdesk_store::assignments::deliverables::{DeliverableRow, list_deliverables};
use offdesk_store::assignments::files::{FileRow, list_files};
use offdesk_store::assignments::inputs::{InputRow, list_inputs};
use offdesk_store::assignments::questions::{QuestionRow, list_questions};
use offdesk_store::assignments::reviews::{FindingRow, ReviewRow, list_findings, list_reviews};
use offdesk_store::assignments::steps::list_ticked;
use offdesk_store::assignments::supervision::{SupervisionRow, list_of_assignment};
use offdesk_store::assignments::{AssignmentRow, load_numbered};
use offdesk_store::blueprints::attachments::{AttachmentRow, list_attachments};
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use self::versions::{blueprint_of, former_of, version_of};
use self::who::{Part, enter, load_for};
use crate::actor::{Actor, Permission};
use crate::budgets::{BudgetStanding, passed_around};
use crate::error::Error;
use crate::moment::Moment;
use crate::people::OffDays;

/// An assignment with all that belongs to it.
#[derive(Debug, Clone)]
pub struct AssignmentDetail {
    /// The assignment.
    pub row: AssignmentRow,
    /// As the rules see it.
    pub course: Assignment,
    /// Who does it.
    pub person: PersonRow,
    /// The version of the blueprint it is done by.
    pub blueprint: Arc<Blueprint>,
    /// The versions that earlier rounds and questions are of, by their numbers, where it is done by another one now.
    pub former: BTreeMap<i64, Arc<Blueprint>>,
    /// The places of the steps that are ticked.
    pub ticked: Vec<i64>,
    /// What was asked, the first first.
    pub questions: Vec<QuestionRow>,
    /// What was handed in, the latest first.
    pub deliverables: Vec<DeliverableRow>,
    /// Files, those of all rounds.
    pub files: Vec<FileRow>,
    /// What it has of the inputs of its blueprint.
    pub inputs: Vec<InputRow>,
    /// The attachments of the version it is done by, by name.
    pub attachments: Vec<AttachmentRow>,
    /// Reviews, the latest first.
    pub reviews: Vec<ReviewRow>,
    /// Findings, the first first.
    pub findings: Vec<FindingRow>,
    /// What the owner's side spent on it; empty for the person who does it.
    pub supervision: Vec<SupervisionRow>,
    /// Whether the one who looks at it is the one who does it.
    pub is_own: bool,
    /// Budgets that are near their end or passed with it, where it was given or changed just now; never for the person who does it.
    pub budgets: Vec<BudgetStanding>,
    /// The first day on which the person is back, where they are off and it was given or changed just now.
    pub off_until: Option<Day>,
}

impl AssignmentDetail {
    /// The version of the blueprint that was followed in a round: places in what was found there are of it.
    #[must_use]
    pub fn blueprint_of_round(&self, round: i64) -> &Blueprint {
        let deliverable = self.deliverables.iter().find(|it| it.round == round);
        deliverable.map_or(&self.blueprint, |it| self.version(it.blueprint_number))
    }

    /// The version of a number, as far as something of this assignment is of it.
    #[must_use]
    pub fn version(&self, number: i64) -> &Blueprint {
        self.former.get(&number).unwrap_or(&self.blueprint)
    }

    /// The files that came with it.
    pub fn files_given(&self) -> impl Iterator<Item = &FileRow> {
        let is_given = |file: &&FileRow| file.round == Some(mailed::GIVEN_WITH);
        self.files.iter().filter(is_given)
    }

    /// Whether it waits to be judged by who looks at it, and so does not say who made it.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        is_judged_blind(&self.row) && !self.is_own
    }
}

/// Whether an assignment waits for a review: until it is judged, the owner's side does not read whose it is.
pub(crate) fn is_judged_blind(row: &AssignmentRow) -> bool {
    row.state == "delivered"
}

/// An assignment of the open workspace: any for the owner's side, their own for a worker.
///
/// # Errors
/// `not_found`.
pub fn load_assignment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
) -> Result<AssignmentDetail, Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let (row, person) = load_for(&mut scope, actor, id, Part::See)?;
    detail(&mut scope, actor, row, person)
}

/// The assignment of a number such as `12`, or of an id.
///
/// # Errors
/// `not_found`.
pub fn identify_assignment(tx: &mut Tx<'_>, actor: &Actor, which: &str) -> Result<Uuid, Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let which = which.trim().trim_start_matches('#');
    let id = match (which.parse::<i64>(), Uuid::try_parse(which)) {
        (Ok(number), _) => load_numbered(&mut scope, number)?.map(|row| row.id),
        (_, Ok(id)) => Some(id),
        _ => None,
    };
    let id = id.ok_or_else(|| Error::not_found("assignment"))?;
    load_for(&mut scope, actor, id, Part::See).map(|(row, _)| row.id)
}

/// All that belongs to an assignment, for whoever may see it.
fn detail(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: AssignmentRow,
    person: PersonRow,
) -> Result<AssignmentDetail, Error> {
    let blueprint = blueprint_of(scope, &row)?;
    detail_by(scope, actor, row, person, blueprint)
}

/// The same where the version it is done by was read already.
fn detail_by(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: AssignmentRow,
    person: PersonRow,
    blueprint: Arc<Blueprint>,
) -> Result<AssignmentDetail, Error> {
    let id = row.id;
    let questions = list_questions(scope, id)?;
    let deliverables = list_deliverables(scope, id)?;
    let followed = deliverables.iter().map(|it| it.blueprint_number);
    let numbers = followed.chain(questions.iter().map(|it| it.blueprint_number));
    let former = former_of(scope, &row, numbers)?;
    let is_own = person.account_id == Some(actor.account);
    let course = course::course_of(&row)?;
    let mut shown = list_files(scope, id)?;
    shown.retain(files::is_shown(actor, &person));
    Ok(AssignmentDetail {
        blueprint,
        // Ticks stand at the steps of the version that holds.
        ticked: match course.number_that_holds() == row.blueprint_number {
            true => list_ticked(scope, id)?,
            false => Vec::new(),
        },
        course,
        former,
        questions,
        deliverables,
        files: shown,
        inputs: list_inputs(scope, id)?,
        attachments: list_attachments(scope, row.blueprint_id, row.blueprint_number)?,
        reviews: list_reviews(scope, id)?,
        findings: list_findings(scope, id)?,
        supervision: if is_own || actor.may(Permission::Work) {
            Vec::new()
        } else {
            list_of_assignment(scope, id)?
        },
        is_own,
        budgets: Vec::new(),
        off_until: None,
        person,
        row: if actor.may(Permission::Work) {
            own::as_told(row)
        } else {
            row
        },
    })
}

/// Budgets that are near their end or passed in the month an open assignment is due in, for the owner's side; nothing that would say
/// whose it is while it is judged.
///
/// # Errors
/// Those of the store.
pub fn budgets_passed_with(
    tx: &mut Tx<'_>,
    actor: &Actor,
    detail: &AssignmentDetail,
    moment: Moment,
) -> Result<Vec<BudgetStanding>, Error> {
    let row = &detail.row;
    if detail.is_own || detail.is_blind() || !OPEN.contains(&row.state.as_str()) {
        return Ok(Vec::new());
    }
    let mut scope = actor.within(tx, Permission::See)?;
    let whose = (row.person_id, row.handoff_id);
    passed_around(&mut scope, whose, detail.course.due, moment)
}

/// The same where it was given or changed just now: with the budgets that it brings near their end, or past it.
fn detail_with_budgets(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: AssignmentRow,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let person = crate::people::load(scope, row.person_id)?;
    let (whose, due) = (
        (row.person_id, row.handoff_id),
        course::time_of(row.due_at)?,
    );
    let mut detail = detail(scope, actor, row, person)?;
    if !detail.is_own && actor.may(Permission::See) {
        detail.budgets = passed_around(scope, whose, due, moment)?;
        detail.off_until = OffDays::of(scope, moment)?.off_until(&detail.person);
    }
    Ok(detail)
}
