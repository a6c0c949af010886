//! Assignments as JSON, `offdesk.assignment/1` and its like: the command line and the API give the same.

mod agreed;
mod inputs;
mod mailboxes;
mod now;
mod own;
mod records;
mod recurrences;
mod rounds;
mod spent;
mod waiting;

use self::agreed::AgreedJson;
use self::inputs::{InputJson, inputs_of};
pub use self::mailboxes::MailboxJson;
pub use self::now::AssignmentNowJson;
pub use self::own::{OwnPayJson, OwnProgressJson, OwnWorkJson};
pub use self::records::RecordJson;
pub use self::recurrences::{RecurrenceJson, RecurrencesJson};
use self::rounds::{RoundJson, rounds_of};
use self::spent::SpentJson;
pub use self::waiting::{QuestionsJson, ReviewsJson};

use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::files::FileRow;
use offdesk_store::assignments::questions::QuestionRow;
use offdesk_store::assignments::reviews::FindingRow;
use serde::Serialize;

use super::{AssignmentDetail, AssignmentSummary};
use crate::blueprints::json::AttachmentJson;
use crate::budgets::json::BudgetJson;
use crate::moment::at;
use crate::named::NamedJson;

fn hours(seconds: i64) -> f64 {
    offdesk_domain::Seconds(seconds).hours_f64()
}

/// An assignment in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: String,
    number: i64,
    handoff: Option<String>,
    person: Option<NamedJson>,
    blueprint: String,
    blueprint_number: i64,
    title: String,
    note: String,
    state: String,
    due: Option<String>,
    answer_by: Option<String>,
    accept_at: Option<String>,
    accepted: Option<String>,
    accepted_at: Option<String>,
    unit: String,
    amount: Option<String>,
    currency: String,
    hours: f64,
    rounds: i64,
    returns: i64,
    open_questions: i64,
    on_time: Option<bool>,
    trial: Option<bool>,
    recurrence: Option<String>,
    missed_why: Option<String>,
    agreed_at: Option<String>,
    delivered_at: Option<String>,
    created_at: Option<String>,
    changed_at: Option<String>,
    version: i64,
}

impl SummaryJson {
    /// Without a name it waits for a review, and nothing that says whose it is goes with it.
    fn of(row: &AssignmentRow, person: Option<&str>) -> Self {
        Self {
            id: row.id.to_string(),
            number: row.number,
            handoff: person.map(|_| row.handoff_id.to_string()),
            person: person.map(|name| NamedJson::of(row.person_id, name)),
            blueprint: row.blueprint_id.to_string(),
            blueprint_number: row.blueprint_number,
            title: row.title.clone(),
            note: row.note.clone(),
            state: row.state.clone(),
            due: at(row.due_at),
            answer_by: row.answer_by.and_then(at),
            accept_at: row.accept_at.and_then(at),
            accepted: row.acceptance.clone(),
            accepted_at: row.accepted_at.and_then(at),
            unit: row.unit.clone(),
            amount: person.map(|_| row.amount.clone()),
            currency: row.currency.clone(),
            hours: hours(row.seconds),
            rounds: row.rounds,
            returns: row.returns,
            open_questions: row.open_questions,
            on_time: row.on_time.as_deref().map(|word| word == "yes"),
            trial: person.map(|_| row.is_trial),
            recurrence: person.and(row.recurrence_id).map(|id| id.to_string()),
            missed_why: row.missed_why.clone(),
            agreed_at: row.agreed_at.and_then(at),
            delivered_at: row.delivered_at.and_then(at),
            created_at: at(row.created_at),
            changed_at: at(row.changed_at),
            version: row.version,
        }
    }
}

/// `offdesk.assignments/1`.
#[derive(Debug, Serialize)]
pub struct AssignmentsJson {
    schema: &'static str,
    assignments: Vec<SummaryJson>,
    next: Option<String>,
}

impl AssignmentsJson {
    /// A page of them, with the place where the next one begins.
    #[must_use]
    pub fn of(rows: &[AssignmentSummary], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.assignments/1",
            assignments: rows
                .iter()
                .map(|one| SummaryJson::of(&one.row, one.person.as_deref()))
                .collect(),
            next,
        }
    }
}

#[derive(Debug, Serialize)]
struct StepJson {
    text: String,
    ticked: bool,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionJson {
    id: String,
    step: Option<i64>,
    blueprint_number: i64,
    text: String,
    asked_at: Option<String>,
    answer_by: Option<String>,
    answer: String,
    answered_at: Option<String>,
    draft_number: Option<i64>,
}

impl QuestionJson {
    fn of(row: &QuestionRow) -> Self {
        Self {
            id: row.id.to_string(),
            step: row.step,
            blueprint_number: row.blueprint_number,
            text: row.text.clone(),
            asked_at: at(row.asked_at),
            answer_by: row.answer_by.and_then(at),
            answer: row.answer.clone(),
            answered_at: row.answered.and_then(|(_, moment)| at(moment)),
            draft_number: row.draft_number,
        }
    }
}

#[derive(Debug, Serialize)]
struct FindingJson {
    id: String,
    round: i64,
    kind: String,
    step: Option<i64>,
    criterion: Option<i64>,
    text: String,
    escape: bool,
    found_at: Option<String>,
}

impl FindingJson {
    fn of(row: &FindingRow) -> Self {
        Self {
            id: row.id.to_string(),
            round: row.round,
            kind: row.kind.clone(),
            step: row.step,
            criterion: row.criterion,
            text: row.text.clone(),
            escape: row.is_escape,
            found_at: at(row.created_at),
        }
    }
}

/// `offdesk.deliverable_file/1`.
#[derive(Debug, Serialize)]
pub struct FileJson {
    schema: &'static str,
    id: String,
    name: String,
    length: i64,
    received: i64,
    round: Option<i64>,
}

impl FileJson {
    /// A file without its bytes.
    #[must_use]
    pub fn of(row: &FileRow) -> Self {
        Self {
            schema: "offdesk.deliverable_file/1",
            id: row.id.to_string(),
            name: row.name.clone(),
            length: row.length,
            received: row.received,
            round: row.round,
        }
    }
}

/// `offdesk.assignment/1`.
#[derive(Debug, Serialize)]
pub struct AssignmentJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    /// What was agreed before, while a change waits for the person's answer.
    agreed: Option<AgreedJson>,
    answer_by_hours: i64,
    accept_after_days: i64,
    inputs: Vec<InputJson>,
    steps: Vec<StepJson>,
    criteria: Vec<String>,
    questions: Vec<QuestionJson>,
    rounds_done: Vec<RoundJson>,
    files_given: Vec<FileJson>,
    files_waiting: Vec<FileJson>,
    attachments: Vec<AttachmentJson>,
    findings: Vec<FindingJson>,
    spent: Vec<SpentJson>,
    /// Said where it was given or changed just now, and only where there is something to say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    budgets: Vec<BudgetJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    off_until: Option<String>,
}

impl AssignmentJson {
    /// An assignment with all that belongs to it.
    #[must_use]
    pub fn of(detail: &AssignmentDetail) -> Self {
        let name = (!detail.is_blind()).then_some(detail.person.name.as_str());
        let waiting = detail.files.iter().filter(|file| file.round.is_none());
        Self {
            schema: "offdesk.assignment/1",
            summary: SummaryJson::of(&detail.row, name),
            agreed: detail.row.before.as_ref().map(AgreedJson::of),
            answer_by_hours: detail.row.answer_by_hours,
            accept_after_days: detail.row.accept_after_days,
            inputs: inputs_of(detail),
            steps: steps_of(detail),
            criteria: criteria_of(detail),
            questions: detail.questions.iter().map(QuestionJson::of).collect(),
            rounds_done: rounds_of(detail),
            files_given: detail.files_given().map(FileJson::of).collect(),
            files_waiting: waiting.map(FileJson::of).collect(),
            attachments: detail.attachments.iter().map(AttachmentJson::of).collect(),
            findings: detail.findings.iter().map(FindingJson::of).collect(),
            spent: detail.supervision.iter().map(SpentJson::of).collect(),
            budgets: detail.budgets.iter().map(BudgetJson::of).collect(),
            off_until: detail.off_until.map(|day| day.to_string()),
        }
    }
}

fn steps_of(detail: &AssignmentDetail) -> Vec<StepJson> {
    let steps = (1_i64..).zip(detail.blueprint.step_texts());
    let steps = steps.map(|(place, text)| StepJson {
        text: text.to_owned(),
        ticked: detail.ticked.contains(&place),
    });
    steps.collect()
}

fn criteria_of(detail: &AssignmentDetail) -> Vec<String> {
    let texts = detail.blueprint.criterion_texts();
    texts.map(str::to_owned).collect()
}
