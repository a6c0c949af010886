//! Reviews: a deliverable is accepted, or returned with findings; a fault that is found later is an escape.

use offdesk_domain::assignment::{Event, Supervised};
use offdesk_store::assignments::reviews::{ReviewRow, add_to_review, insert_review};
use offdesk_store::assignments::steps::untick_step;
use offdesk_store::blueprints::load_blueprint;
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{changed, course_of, happen, is_seen};
use super::found::{FindingKind, Met, NewFinding, findings_of, met_of, write_findings};
use super::rounds::as_places;
use super::supervising::{Spent, spend};
use super::typed::{LONGEST_NOTE, text_of};
use super::who::{Part, take_up};
use super::{AssignmentDetail, AssignmentNow, blueprint_of, detail_by, version_of};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::timesheets::beside::refuse_paid_with_weeks;

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewReview {
    /// The criteria that hold.
    pub met: Met,
    /// What was found.
    pub findings: Vec<NewFinding>,
    /// What the reviewer says to the whole.
    pub note: String,
    /// What was spent on it.
    pub spent: Option<Spent>,
    /// What was spent on putting it right oneself.
    pub reworked: Option<Spent>,
    /// What was returned before is meant; else that is refused, unless the version says that it was seen so.
    pub as_it_is: bool,
    /// Its hours are others than those of its days that are paid with weeks; else they are not accepted.
    pub is_beside: bool,
    /// The version that was seen.
    pub seen: Seen,
}

/// A fault that was found in what was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEscape {
    /// What it is, and where; it is a fault, whatever its kind says.
    pub fault: NewFinding,
    /// What was spent on putting it right oneself.
    pub reworked: Option<Spent>,
    /// The version that was seen.
    pub seen: Seen,
}

impl NewReview {
    fn has_fault(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.kind == FindingKind::Fault)
    }

    /// The next round begins with the ticks of the one before, but for the steps at which there is a fault.
    fn open_steps(&self, scope: &mut Scope<'_, '_>, assignment: Uuid) -> Result<(), Error> {
        let findings = self.findings.iter();
        let faults = findings.filter(|finding| finding.kind == FindingKind::Fault);
        for step in faults.filter_map(|finding| finding.step) {
            untick_step(scope, assignment, step)?;
        }
        Ok(())
    }
}

/// Accepts a deliverable; what was returned and is not handed in again, as it is: it is earned then.
///
/// # Errors
/// `not_found`, `assignment.own`, `assignment.changed`, `assignment.not_now`, `assignment.unmet` where a criterion is said not to hold and
/// nothing was found at it, `assignment.beside` where its hours may be paid with a week, and those of findings.
pub fn accept_deliverable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    review: &NewReview,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    judge(tx, actor, id, review, "accepted", moment)
}

/// Returns a deliverable with findings.
///
/// # Errors
/// As [`accept_deliverable`], `assignment.no_finding` without one, `assignment.returned_twice` where the blueprint has to be put right.
pub fn return_deliverable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    review: &NewReview,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    if review.findings.is_empty() {
        return Err(Error::invalid(
            "findings",
            "assignment.no_finding",
            "it is not said why it is returned",
        )
        .hint("name at least one fault or preference, at a step or a criterion"));
    }
    judge(tx, actor, id, review, "returned", moment)
}

fn judge(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    review: &NewReview,
    verdict: &str,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Judge)?;
    is_seen(&row, review.seen)?;
    // Another version may be proposed: what was handed in was made by the one that holds.
    let blueprint = version_of(&mut scope, &row, course_of(&row)?.number_that_holds())?;
    let findings = findings_of(&review.findings, &blueprint)?;
    let met = met_of(&review.met, &findings, &blueprint, verdict)?;
    let has_fault = review.has_fault();
    let event = if verdict == "accepted" {
        Event::Accept { has_fault }
    } else {
        let newest = load_blueprint(&mut scope, row.blueprint_id)?;
        Event::Return {
            has_fault,
            published: newest.map_or(0, |it| it.published),
        }
    };
    let note = text_of("note", &review.note, LONGEST_NOTE)?;
    // What was returned and does not come again was looked at already.
    let is_as_it_is = row.state != "delivered";
    // Nobody who judges what was handed in accepts what another one returned a moment before.
    if is_as_it_is
        && row.rounds > 0
        && verdict == "accepted"
        && !review.as_it_is
        && review.seen.is_none()
    {
        let message = "it is not handed in at this moment, so there is nothing to accept";
        return Err(
            Error::new(ErrorKind::Conflict, "assignment.not_now", message).hint(
                "what was returned and does not come again:  offdesk review accept N --as-it-is",
            ),
        );
    }
    if verdict == "accepted" && !review.is_beside {
        refuse_paid_with_weeks(&mut scope, &row)?;
    }
    let row = happen(&mut scope, actor, row, event, moment)?;
    let written = ReviewRow {
        assignment_id: id,
        round: row.rounds,
        verdict: verdict.to_owned(),
        met: as_places(&met),
        note,
        reviewed_by: actor.account,
        created_at: moment.micros(),
    };
    let kept = if is_as_it_is {
        add_to_review(&mut scope, id, row.rounds, &written.note)
    } else {
        insert_review(&mut scope, &written)
    };
    kept.map_err(on_conflict(changed))?;
    write_findings(&mut scope, actor, &row, findings, false, moment)?;
    if verdict == "returned" {
        review.open_steps(&mut scope, id)?;
    }
    for (kind, spent) in [
        (Supervised::Reviewing, review.spent),
        (Supervised::Reworking, review.reworked),
    ] {
        spend(&mut scope, actor, &row, kind, spent, moment)?;
    }
    Ok(AssignmentNow::of(actor, row, person))
}

/// Notes a fault that was found in what was accepted, picked or not: the ladder goes back to checking all.
///
/// # Errors
/// `not_found`, `assignment.own`, `assignment.changed`, `assignment.not_now` where it is not accepted, and those of findings.
pub fn note_escape(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    escape: &NewEscape,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Judge)?;
    is_seen(&row, escape.seen)?;
    let blueprint = blueprint_of(&mut scope, &row)?;
    let fault = NewFinding {
        kind: FindingKind::Fault,
        ..escape.fault.clone()
    };
    let findings = findings_of(&[fault], &blueprint)?;
    let row = happen(&mut scope, actor, row, Event::Escape, moment)?;
    write_findings(&mut scope, actor, &row, findings, true, moment)?;
    let kind = Supervised::Reworking;
    spend(&mut scope, actor, &row, kind, escape.reworked, moment)?;
    detail_by(&mut scope, actor, row, person, blueprint)
}
