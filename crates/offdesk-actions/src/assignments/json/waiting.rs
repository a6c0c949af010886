//! What waits for the owner's side, as JSON: deliverables to look at, questions to answer.

use serde::Serialize;

use super::rounds::rounds_of;
use super::{FileJson, FindingJson, QuestionJson, criteria_of};
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
    version: i64,
}

impl ReviewsJson {
    /// Those that wait, with the place where the next page begins.
    #[must_use]
    pub fn of(waiting: &[AssignmentDetail], next: Option<String>) -> Self {
        let reviews = waiting.iter().map(|detail| {
            let row = &detail.row;
            let newest = rounds_of(detail).into_iter().next();
            let (text, link, files) = newest.map_or_else(Default::default, |round| {
                (round.text, round.link, round.files)
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
