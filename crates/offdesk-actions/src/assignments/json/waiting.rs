//! What waits for the owner's side, as JSON: deliverables to look at, questions to answer.

use serde::Serialize;

use super::rounds::{ChangedJson, RoundJson, rounds_of};
use super::{FileJson, FindingJson, QuestionJson, StepJson, criteria_of, steps_of};
use crate::assignments::{AssignmentDetail, OpenQuestion};
use crate::moment::at;

/// `offdesk.reviews/1`: what waits to be looked at, without a word of who made it or how much of theirs is checked.
#[derive(Debug, Serialize)]
pub struct ReviewsJson {
    schema: &'static str,
    reviews: Vec<BlindJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct BlindJson {
    assignment: String,
    number: i64,
    title: String,
    due: Option<String>,
    delivered_at: Option<String>,
    accept_at: Option<String>,
    round: i64,
    text: String,
    link: String,
    files: Vec<FileJson>,
    criteria: Vec<String>,
    findings_before: Vec<FindingJson>,
    blueprint: String,
    blueprint_number: i64,
    steps: Vec<StepJson>,
    changed: Option<ChangedJson>,
    rounds_before: Vec<RoundJson>,
    version: i64,
}

impl ReviewsJson {
    /// Those that wait, with the place where the next page begins.
    #[must_use]
    pub fn of(waiting: &[AssignmentDetail], next: Option<String>) -> Self {
        let reviews = waiting.iter().map(|detail| {
            let row = &detail.row;
            let mut rounds = rounds_of(detail).into_iter();
            let (text, link, files, changed) =
                rounds.next().map_or_else(Default::default, |newest| {
                    (newest.text, newest.link, newest.files, newest.changed)
                });
            BlindJson {
                assignment: row.id.to_string(),
                number: row.number,
                title: row.title.clone(),
                due: at(row.due_at),
                delivered_at: row.delivered_at.and_then(at),
                accept_at: row.accept_at.and_then(at),
                round: row.rounds,
                text,
                link,
                files,
                criteria: criteria_of(detail),
                findings_before: detail.findings.iter().map(FindingJson::of).collect(),
                blueprint: row.blueprint_id.to_string(),
                blueprint_number: row.blueprint_number,
                steps: steps_of(detail),
                changed,
                rounds_before: rounds.collect(),
                version: row.version,
            }
        });
        Self {
            schema: "offdesk.reviews/1",
            reviews: reviews.collect(),
            next,
        }
    }
}

/// `offdesk.questions/1`: what waits for an answer.
#[derive(Debug, Serialize)]
pub struct QuestionsJson {
    schema: &'static str,
    questions: Vec<OpenJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct OpenJson {
    assignment: String,
    number: i64,
    title: String,
    person: String,
    #[serde(flatten)]
    question: QuestionJson,
}

impl QuestionsJson {
    /// Those that wait, with the place where the next page begins.
    #[must_use]
    pub fn of(open: &[OpenQuestion], next: Option<String>) -> Self {
        let questions = open.iter().map(|one| OpenJson {
            assignment: one.assignment.id.to_string(),
            number: one.assignment.number,
            title: one.assignment.title.clone(),
            person: one.person.clone(),
            question: QuestionJson::of(&one.question),
        });
        Self {
            schema: "offdesk.questions/1",
            questions: questions.collect(),
            next,
        }
    }
}
