//! What a review says: which acceptance criteria hold, and what was found at which step or criterion.

use offdesk_domain::blueprint::Blueprint;
use offdesk_store::Scope;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::reviews::{FindingRow, insert_finding};

use super::typed::{place_of, said};
use crate::actor::Actor;
use crate::error::Error;
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

/// Which acceptance criteria hold, by their places from one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Met {
    /// Nothing is said of them: what is accepted meets all of them at which nothing was found.
    #[default]
    Unsaid,
    /// These.
    These(Vec<i64>),
    /// All but these.
    AllBut(Vec<i64>),
}

/// The criteria that hold, in order. One at which a fault was found does not; of what is accepted each one holds, or something was found at it.
pub(super) fn met_of(
    met: &Met,
    findings: &[NewFinding],
    blueprint: &Blueprint,
    verdict: &str,
) -> Result<Vec<i64>, Error> {
    let all: Vec<i64> = (1_i64..)
        .zip(blueprint.criterion_texts())
        .map(|(place, _)| place)
        .collect();
    let said = match met {
        Met::Unsaid => &[],
        Met::These(places) | Met::AllBut(places) => places.as_slice(),
    };
    for place in said {
        place_of("criterion", Some(*place), all.len())?;
    }
    let is_accepted = verdict == "accepted";
    let is_found = |place: i64| findings.iter().any(|it| it.criterion == Some(place));
    let is_fault = |place: i64| {
        let mut at = findings.iter().filter(|it| it.criterion == Some(place));
        at.any(|it| it.kind == FindingKind::Fault)
    };
    let holds = |place: &i64| match met {
        // Of what is returned the rest may not have been looked at.
        Met::Unsaid => is_accepted && !is_fault(*place),
        Met::These(places) => places.contains(place) && !is_fault(*place),
        Met::AllBut(places) => !places.contains(place) && !is_fault(*place),
    };
    let (met, open): (Vec<i64>, Vec<i64>) = all.into_iter().partition(holds);
    match open
        .into_iter()
        .find(|place| is_accepted && !is_found(*place))
    {
        None => Ok(met),
        Some(place) => Err(Error::invalid(
            "met",
            "assignment.unmet",
            format!("criterion {place} is not said to hold, and nothing was found at it"),
        )
        .hint("say that it holds, say what was found at it, or return the deliverable")),
    }
}

/// Findings as they are kept: each at a step or a criterion, where the blueprint has any.
pub(super) fn findings_of(
    findings: &[NewFinding],
    blueprint: &Blueprint,
) -> Result<Vec<NewFinding>, Error> {
    if findings.len() > MOST_FINDINGS {
        return Err(Error::invalid(
            "findings",
            "assignment.findings",
            format!("a review has at most {MOST_FINDINGS} findings"),
        ));
    }
    let has_places =
        blueprint.step_texts().next().is_some() || blueprint.criterion_texts().next().is_some();
    let checked = findings.iter().map(|finding| {
        if has_places && finding.step.is_none() && finding.criterion.is_none() {
            return Err(Error::invalid(
                "place",
                "assignment.finding_place",
                "it is not said at which step or acceptance criterion it was found",
            )
            .hint("name one of them: whoever made it reads what is meant there"));
        }
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

/// Writes findings down.
pub(super) fn write_findings(
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
