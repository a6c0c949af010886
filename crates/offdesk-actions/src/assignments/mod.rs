//! Assignments: one time that work of a handoff is done. Given, taken, asked about, handed in, reviewed, kept for good.
//!
//! The owner's side arranges and judges; the person who does it works. Nobody does both with the same assignment.

mod answering;
mod arranging;
mod course;
mod delivering;
pub mod files;
mod following;
mod giving;
mod handing;
pub mod json;
mod occurring;
pub mod own;
pub mod records;
pub mod recurring;
mod reviewing;
mod ruling;
mod supervising;
mod to_review;
mod typed;
mod who;
mod working;

pub use self::answering::{
    NewAnswer, OpenQuestion, answer_question, list_open_questions, page_of_questions,
};
pub use self::arranging::{
    AssignmentChange, cancel_assignment, change_assignment, close_assignment,
};
pub use self::delivering::{NewDeliverable, deliver};
pub use self::giving::{NewAssignment, give_assignment};
pub use self::reviewing::{
    FindingKind, NewFinding, NewReview, accept_deliverable, note_escape, return_deliverable,
};
pub use self::ruling::rule_next;
pub use self::supervising::{Spent, correct_supervision, note_supervision, supervision_of};
pub use self::to_review::{Place, list_to_review, page_to_review};
pub use self::typed::{moment_of, seconds_of_hours};
pub use self::working::{
    Reply, add_time, ask_question, reply_to_assignment, set_time, start_assignment, tick_step,
};

use offdesk_domain::assignment::{Assignment, State};
use offdesk_domain::blueprint::Blueprint;
use offdesk_store::assignments::counts::count_in_state;
use offdesk_store::assignments::deliverables::{DeliverableRow, list_deliverables};
use offdesk_store::assignments::files::{FileRow, list_files};
use offdesk_store::assignments::lists::{
    BEGINNING, list_in_state, list_of_handoff as stored_of_handoff, list_of_person,
};
use offdesk_store::assignments::questions::{QuestionRow, list_questions};
use offdesk_store::assignments::reviews::{FindingRow, ReviewRow, list_findings, list_reviews};
use offdesk_store::assignments::steps::list_ticked;
use offdesk_store::assignments::supervision::{SupervisionRow, list_of_assignment};
use offdesk_store::assignments::{AssignmentRow, load_numbered};
use offdesk_store::blueprints::versions::load_version;
use offdesk_store::people::{PersonRow, load_person_of};
use offdesk_store::{Scope, Tx, Uuid};

use self::who::{Part, enter, load_for};
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::people::Names;

/// The states in which an assignment is on somebody's desk.
pub const OPEN: [&str; 6] = [
    "waiting",
    "delivered",
    "returned",
    "in_progress",
    "agreed",
    "assigned",
];

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
    pub blueprint: Blueprint,
    /// The places of the steps that are ticked.
    pub ticked: Vec<i64>,
    /// What was asked, the first first.
    pub questions: Vec<QuestionRow>,
    /// What was handed in, the latest first.
    pub deliverables: Vec<DeliverableRow>,
    /// Files, those of all rounds.
    pub files: Vec<FileRow>,
    /// Reviews, the latest first.
    pub reviews: Vec<ReviewRow>,
    /// Findings, the first first.
    pub findings: Vec<FindingRow>,
    /// What the owner's side spent on it; empty for the person who does it.
    pub supervision: Vec<SupervisionRow>,
    /// Whether the one who looks at it is the one who does it.
    pub is_own: bool,
}

/// An assignment in a list.
#[derive(Debug, Clone)]
pub struct AssignmentSummary {
    /// The assignment.
    pub row: AssignmentRow,
    /// As the rules see it.
    pub course: Assignment,
    /// Who does it.
    pub person: String,
}

/// Which assignments are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Which {
    /// Those in one state; those that are open where none is named.
    pub state: Option<String>,
    /// Those of one person.
    pub person: Option<Uuid>,
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

/// A page of assignments after a due date and an id, the earliest due first: all for the owner's side, their own for a worker.
///
/// # Errors
/// `assignment.state` for what is no state.
pub fn list_assignments(
    tx: &mut Tx<'_>,
    actor: &Actor,
    which: &Which,
    after: Option<(i64, Uuid)>,
    most: u32,
) -> Result<Vec<AssignmentSummary>, Error> {
    let mut scope = enter(tx, actor, Part::See)?;
    let states: Vec<&str> = match which.state.as_deref() {
        None => OPEN.to_vec(),
        Some(word) if State::WORDS.contains(&word) => vec![word],
        Some(word) => {
            return Err(Error::invalid(
                "state",
                "assignment.state",
                format!(
                    "\"{}\" is no state of an assignment",
                    offdesk_import::problem::shown(word)
                ),
            )
            .hint(format!("they are {}", State::WORDS.join(", "))));
        }
    };
    let person = if actor.may(Permission::Work) {
        let own = load_person_of(&mut scope, actor.account)?;
        Some(own.ok_or_else(|| Error::not_found("person"))?.id)
    } else {
        which.person
    };
    let after = after.unwrap_or(BEGINNING);
    let mut rows = Vec::new();
    for state in states {
        rows.extend(match person {
            Some(person) => list_of_person(&mut scope, person, state, after, most)?,
            None => list_in_state(&mut scope, state, after, most)?,
        });
    }
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    summaries(&mut scope, rows)
}

/// The assignments of a handoff before a number, the latest first.
///
/// # Errors
/// `not_found`.
pub fn list_of_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    before: Option<i64>,
    most: u32,
) -> Result<Vec<AssignmentSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    crate::handoffs::load(&mut scope, handoff)?;
    let before = before.unwrap_or(i64::MAX);
    let rows = stored_of_handoff(&mut scope, handoff, before, most)?;
    summaries(&mut scope, rows)
}

/// How many assignments are in each open state; a state with more than a number of them counts as that number.
///
/// # Errors
/// Those of the actor and of the store.
pub fn count_open(
    tx: &mut Tx<'_>,
    actor: &Actor,
    most: u32,
) -> Result<Vec<(&'static str, u64)>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut counts = Vec::with_capacity(OPEN.len());
    for state in OPEN {
        counts.push((state, count_in_state(&mut scope, state, most)?));
    }
    Ok(counts)
}

fn summaries(
    scope: &mut Scope<'_, '_>,
    rows: Vec<AssignmentRow>,
) -> Result<Vec<AssignmentSummary>, Error> {
    let mut names = Names::default();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        all.push(AssignmentSummary {
            course: course::course_of(&row)?,
            person: names.of(scope, row.person_id)?,
            row,
        });
    }
    Ok(all)
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
    blueprint: Blueprint,
) -> Result<AssignmentDetail, Error> {
    let id = row.id;
    let is_own = person.account_id == Some(actor.account);
    Ok(AssignmentDetail {
        course: course::course_of(&row)?,
        blueprint,
        ticked: list_ticked(scope, id)?,
        questions: list_questions(scope, id)?,
        deliverables: list_deliverables(scope, id)?,
        files: list_files(scope, id)?,
        reviews: list_reviews(scope, id)?,
        findings: list_findings(scope, id)?,
        supervision: if is_own || actor.may(Permission::Work) {
            Vec::new()
        } else {
            list_of_assignment(scope, id)?
        },
        is_own,
        person,
        row,
    })
}

/// The version of the blueprint an assignment is done by.
fn blueprint_of(scope: &mut Scope<'_, '_>, row: &AssignmentRow) -> Result<Blueprint, Error> {
    let version = load_version(scope, row.blueprint_id, row.blueprint_number)?;
    let version = version.ok_or_else(|| Error::not_found("version"))?;
    Ok(Blueprint::of(&version.text))
}
