//! Assignments, what waits in them, and what they say of a person.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::assignments::json::{
    AssignmentJson, AssignmentsJson, QuestionsJson, RecordJson, ReviewsJson,
};
use offdesk_actions::assignments::records::{record_of_handoff, record_of_person};
use offdesk_actions::assignments::{
    Which, list_assignments, list_of_handoff, list_open_questions, list_to_review, load_assignment,
};
use offdesk_actions::store::Uuid;

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::blueprints::place_of;
use crate::desk::paging::{nearest, paged, place};

/// So many that wait are given at once.
const MOST_WAITING: u32 = 100;

/// A page of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let after = place(&ask, "after", place_of)?;
        let person = match ask.query.text("person") {
            "" => None,
            text => Some(Uuid::try_parse(text).map_err(|_| Error::not_found("person"))?),
        };
        let state = Some(ask.query.text("state")).filter(|word| !word.is_empty());
        let which = Which {
            state: state.map(str::to_owned),
            person,
        };
        let most = nearest(&ask);
        let rows = ask
            .read(move |tx, actor, _| list_assignments(tx, actor, &which, after, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        let next = last.map(|one| format!("{}.{}", one.row.due_at, one.row.id));
        json(StatusCode::OK, &AssignmentsJson::of(page, next))
    })
}

/// A page of those of a handoff.
pub fn of_handoff(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let before = place(&ask, "before", |text| text.parse().ok())?;
        let most = nearest(&ask);
        let rows = ask
            .read(move |tx, actor, _| list_of_handoff(tx, actor, id, before, most + 1))
            .await?;
        let (page, last) = paged(&rows, most);
        let next = last.map(|one| one.row.number.to_string());
        json(StatusCode::OK, &AssignmentsJson::of(page, next))
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let detail = ask
            .read(move |tx, actor, _| load_assignment(tx, actor, id))
            .await?;
        json(StatusCode::OK, &AssignmentJson::of(&detail))
    })
}

/// What waits to be looked at, blind.
pub fn reviews(ask: Ask) -> Answer {
    Box::pin(async move {
        let waiting = ask
            .read(|tx, actor, _| list_to_review(tx, actor, MOST_WAITING))
            .await?;
        json(StatusCode::OK, &ReviewsJson::of(&waiting))
    })
}

/// What waits for an answer.
pub fn questions(ask: Ask) -> Answer {
    Box::pin(async move {
        let open = ask
            .read(|tx, actor, _| list_open_questions(tx, actor, MOST_WAITING))
            .await?;
        json(StatusCode::OK, &QuestionsJson::of(&open))
    })
}

/// What is said of a handoff's work.
pub fn record(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let (record, ladder) = ask
            .read(move |tx, actor, _| record_of_handoff(tx, actor, id))
            .await?;
        json(StatusCode::OK, &RecordJson::of(&record, Some(&ladder)))
    })
}

/// What is said of a person's work.
pub fn record_of(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let record = ask
            .read(move |tx, actor, _| record_of_person(tx, actor, id))
            .await?;
        json(StatusCode::OK, &RecordJson::of(&record, None))
    })
}
