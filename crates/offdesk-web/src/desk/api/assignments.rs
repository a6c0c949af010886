//! Assignments, what waits in them, and what they say of a person.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::assignments::json::{
    AssignmentJson, AssignmentsJson, QuestionsJson, RecordJson, ReviewsJson,
};
use offdesk_actions::assignments::records::{record_of_handoff, record_of_person};
use offdesk_actions::assignments::{
    Which, list_assignments, list_of_handoff, load_assignment, page_of_questions, page_to_review,
};
use offdesk_actions::store::Uuid;

use super::json;
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Key, Paging, paged};

/// A page of them.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let after = paging.place(Key::of)?;
        let person = match ask.query.text("person") {
            "" => None,
            text => Some(Uuid::try_parse(text).map_err(|_| Error::not_found("person"))?),
        };
        let state = Some(ask.query.text("state")).filter(|word| !word.is_empty());
        let which = Which {
            state: state.map(str::to_owned),
            person,
        };
        let most = paging.most;
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
        let (id, paging) = (ask.id("handoff")?, Paging::of(&ask)?);
        let before = paging.place(Key::of)?;
        let most = paging.most;
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

/// A page of what waits to be looked at, blind.
pub fn reviews(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (after, most) = (paging.place(Key::of)?, paging.most);
        let (waiting, next) = ask
            .read(move |tx, actor, _| page_to_review(tx, actor, after, most))
            .await?;
        let next = next.map(|next| next.text());
        json(StatusCode::OK, &ReviewsJson::of(&waiting, next))
    })
}

/// A page of what waits for an answer.
pub fn questions(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (after, most) = (paging.place(Key::of)?, paging.most);
        let (open, next) = ask
            .read(move |tx, actor, _| page_of_questions(tx, actor, after, most))
            .await?;
        let next = next.map(|next| next.text());
        json(StatusCode::OK, &QuestionsJson::of(&open, next))
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
