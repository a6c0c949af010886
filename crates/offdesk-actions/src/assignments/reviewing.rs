//! Reviews: a deliverable is accepted, or returned with findings; a fault that is found later is an escape.

use offdesk_domain::assignment::{Event, Supervised};
use offdesk_domain::blueprint::Blueprint;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::reviews::{FindingRow, ReviewRow, insert_finding, insert_review};
use offdesk_store::blueprints::load_blueprint;
use offdesk_store::{Scope, Tx, Uuid};

use super::course::{changed, happen, is_seen};
use super::supervising::{Spent, spend};
use super::typed::{LONGEST_NOTE, place_of, said, text_of};
use super::who::{Part, take_up};
use super::{AssignmentDetail, blueprint_of, detail, detail_by};
use crate::activities::Seen;
use crate::actor::Actor;
use crate::error::{Error, on_conflict};
use crate::moment::Moment;

/// So many findings one review may have.
const MOST_FINDINGS: usize = 50;

/// What a finding is: only faults count against the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// A fault.
    Fault,
    /// A preference.
    Preference,
}

impl FindingKind {
    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Preference => "preference",
        }
    }

    /// The kind of a word.
    ///
    /// # Errors
    /// `assignment.finding_kind`.
    pub fn of(word: &str) -> Result<Self, Error> {
        match word.trim() {
            "fault" => Ok(Self::Fault),
            "preference" => Ok(Self::Preference),
            other => Err(Error::invalid(
                "kind",
                "assignment.finding_kind",
                format!(
                    "\"{}\" is no kind of finding",
                    offdesk_import::problem::shown(other)
                ),
            )
            .hint("it is a  fault  or a  preference")),
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// A fault or a preference.
    pub kind: FindingKind,
    /// The step it is about, by its place from one.
    pub step: Option<i64>,
    /// The acceptance criterion it is about, by its place from one.
    pub criterion: Option<i64>,
    /// What it is, for the person to read.
    pub text: String,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewReview {
    /// The criteria that hold, by their places from one.
    pub met: Vec<i64>,
    /// What was found.
    pub findings: Vec<NewFinding>,
    /// What the reviewer says to the whole.
    pub note: String,
    /// What was spent on it.
    pub spent: Option<Spent>,
    /// The version that was seen.
    pub seen: Seen,
}

impl NewReview {
    fn has_fault(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.kind == FindingKind::Fault)
    }
}

/// Accepts a deliverable.
///
/// # Errors
/// `not_found`, `assignment.own`, `assignment.changed`, `assignment.not_now`, and those of findings.
pub fn accept_deliverable(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    review: &NewReview,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
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
) -> Result<AssignmentDetail, Error> {
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
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Judge)?;
    is_seen(&row, review.seen)?;
    let blueprint = blueprint_of(&mut scope, &row)?;
    let criteria = blueprint.criterion_texts().count();
    let mut met = Vec::new();
    for place in &review.met {
        met.extend(place_of("criterion", Some(*place), criteria)?);
    }
    met.sort_unstable();
    met.dedup();
    let findings = findings_of(&review.findings, &blueprint)?;
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
    let row = happen(&mut scope, actor, row, event, moment)?;
    let met: Vec<String> = met.iter().map(i64::to_string).collect();
    let written = ReviewRow {
        assignment_id: id,
        round: row.rounds,
        verdict: verdict.to_owned(),
        met: met.join(" "),
        note,
        reviewed_by: actor.account,
        created_at: moment.micros(),
    };
    insert_review(&mut scope, &written).map_err(on_conflict(changed))?;
    write_findings(&mut scope, actor, &row, findings, false, moment)?;
    spend(
        &mut scope,
        actor,
        &row,
        Supervised::Reviewing,
        review.spent,
        moment,
    )?;
    detail(&mut scope, actor, row, person)
}

fn findings_of(findings: &[NewFinding], blueprint: &Blueprint) -> Result<Vec<NewFinding>, Error> {
    if findings.len() > MOST_FINDINGS {
        return Err(Error::invalid(
            "findings",
            "assignment.findings",
            format!("a review has at most {MOST_FINDINGS} findings"),
        ));
    }
    let checked = findings.iter().map(|finding| {
        Ok(NewFinding {
            kind: finding.kind,
            step: place_of("step", finding.step, blueprint.step_texts().count())?,
            criterion: place_of(
                "criterion",
                finding.criterion,
                blueprint.criterion_texts().count(),
            )?,
            text: said(
                "text",
                "assignment.finding",
                &finding.text,
                "it is not said what was found",
            )?,
        })
    });
    checked.collect()
}

fn write_findings(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    findings: Vec<NewFinding>,
    is_escape: bool,
    moment: Moment,
) -> Result<(), Error> {
    for (at, finding) in (0_i64..).zip(findings) {
        let written = FindingRow {
            assignment_id: row.id,
            // In the order they were given, after those that are there: each change of the assignment has a version of its own.
            id: moment.id_in_order(row.version.saturating_mul(1_000).saturating_add(at)),
            round: row.rounds,
            kind: finding.kind.word().to_owned(),
            step: finding.step,
            criterion: finding.criterion,
            text: finding.text,
            is_escape,
            found_by: actor.account,
            created_at: moment.micros(),
        };
        insert_finding(scope, &written)?;
    }
    Ok(())
}

/// Notes a fault that was found in what was accepted, picked or not: the ladder goes back to checking all.
///
/// # Errors
/// `not_found`, `assignment.own`, `assignment.changed`, `assignment.not_now` where it is not accepted, and those of findings.
pub fn note_escape(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    fault: &NewFinding,
    seen: Seen,
    moment: Moment,
) -> Result<AssignmentDetail, Error> {
    let (mut scope, row, person) = take_up(tx, actor, id, Part::Judge)?;
    is_seen(&row, seen)?;
    let blueprint = blueprint_of(&mut scope, &row)?;
    let fault = NewFinding {
        kind: FindingKind::Fault,
        ..fault.clone()
    };
    let findings = findings_of(&[fault], &blueprint)?;
    let row = happen(&mut scope, actor, row, Event::Escape, moment)?;
    write_findings(&mut scope, actor, &row, findings, true, moment)?;
    detail_by(&mut scope, actor, row, person, blueprint)
}
