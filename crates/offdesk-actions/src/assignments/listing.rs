//! Lists of assignments. What waits for a review stands in none that would say whose it is.

use offdesk_domain::assignment::{Assignment, State};
use offdesk_store::assignments::counts::{count_in_state, count_listed_of_handoff};
use offdesk_store::assignments::lists::{
    BEGINNING, list_accepted_since, list_in_state, list_of_handoff as stored_of_handoff,
    list_of_person,
};
use offdesk_store::assignments::questions::{count_asked, list_open_questions};
use offdesk_store::assignments::{AssignmentRow, load_assignment};
use offdesk_store::people::load_person_of;
use offdesk_store::{Scope, Tx, Uuid};

use super::own::as_told;
use super::who::{Part, enter};
use super::{course, is_judged_blind};
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

/// An assignment in a list.
#[derive(Debug, Clone)]
pub struct AssignmentSummary {
    /// The assignment.
    pub row: AssignmentRow,
    /// As the rules see it.
    pub course: Assignment,
    /// Who does it; nobody while a review waits, which judges the work for itself.
    pub person: Option<String>,
}

/// Which assignments are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Which {
    /// Those in one state; those that are open where none is named.
    pub state: Option<String>,
    /// Those of one person.
    pub person: Option<Uuid>,
}

/// A page of assignments after a due date and an id, the earliest due first: all for the owner's side, their own for a worker. Where the
/// owner's side asks for those of one person, what waits for a review is not among them: it would say whose it is.
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
    let is_worker = actor.may(Permission::Work);
    let person = if is_worker {
        let own = load_person_of(&mut scope, actor.account)?;
        Some(own.ok_or_else(|| Error::not_found("person"))?.id)
    } else {
        which.person
    };
    let after = after.unwrap_or(BEGINNING);
    let mut rows = Vec::new();
    for state in states {
        if state == "delivered" && person.is_some() && !is_worker {
            continue;
        }
        rows.extend(match person {
            Some(person) => list_of_person(&mut scope, person, state, after, most)?,
            None => list_in_state(&mut scope, state, after, most)?,
        });
    }
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    summaries(&mut scope, rows, is_worker)
}

/// The assignments that were accepted since a moment in microseconds, the latest first.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_done_since(
    tx: &mut Tx<'_>,
    actor: &Actor,
    since: i64,
    most: u32,
) -> Result<Vec<AssignmentSummary>, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let rows = list_accepted_since(&mut scope, since, most)?;
    summaries(&mut scope, rows, false)
}

/// The assignments of a handoff before a number, the latest first; without those that wait for a review, which is blind.
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
    summaries(&mut scope, rows, false)
}

/// How many assignments [`list_of_handoff`] has in all; more than a number of them count as that number.
///
/// # Errors
/// `not_found`.
pub fn count_of_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    handoff: Uuid,
    most: u32,
) -> Result<u64, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    crate::handoffs::load(&mut scope, handoff)?;
    Ok(count_listed_of_handoff(&mut scope, handoff, most)?)
}

/// So many questions are read for the assignments that they are of.
const QUESTIONS: u32 = 200;

/// The assignments with a question that waits for an answer, the earliest due first, also those whose change nobody has answered; and how many
/// there are, where more than a number of them count as that number.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_asked(
    tx: &mut Tx<'_>,
    actor: &Actor,
    (most, counted): (usize, u32),
) -> Result<(Vec<AssignmentSummary>, u64), Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut ids: Vec<Uuid> = Vec::new();
    let mut rows = Vec::new();
    for question in list_open_questions(&mut scope, BEGINNING, QUESTIONS)? {
        let id = question.assignment_id;
        if !ids.contains(&id) {
            ids.push(id);
            rows.extend(load_assignment(&mut scope, id)?);
        }
    }
    rows.sort_by_key(|row| (row.due_at, row.id));
    rows.truncate(most);
    let count = count_asked(&mut scope, counted)?;
    Ok((summaries(&mut scope, rows, false)?, count))
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
    are_own: bool,
) -> Result<Vec<AssignmentSummary>, Error> {
    let mut names = Names::default();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let person = if are_own || !is_judged_blind(&row) {
            Some(names.of(scope, row.person_id)?)
        } else {
            None
        };
        all.push(AssignmentSummary {
            course: course::course_of(&row)?,
            person,
            row: if are_own { as_told(row) } else { row },
        });
    }
    Ok(all)
}
