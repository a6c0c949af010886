//! Changes of assignments.

use axum::http::StatusCode;
use axum::response::Response;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::json::{AssignmentJson, AssignmentNowJson};
use offdesk_actions::assignments::{
    self as actions, AssignmentChange, AssignmentDetail, AssignmentNow, NewAnswer, NewDeliverable,
    Reply, Spent, cancel_assignment, change_assignment, close_assignment, moment_of,
    reassign_assignment, reply_to_assignment, seconds_of_hours, set_time, start_assignment,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{change_by, make, read};
use crate::desk::ask::{Answer, Ask};

/// Changes an assignment by what was sent, and answers with it.
pub(super) async fn with<N: DeserializeOwned + Send + 'static>(
    ask: Ask,
    status: StatusCode,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, N, Moment) -> Result<AssignmentDetail, Error>
    + Send
    + 'static,
) -> Result<Response, Error> {
    change_by(ask, "assignment", status, |tx, actor, id, new, moment| {
        Ok(AssignmentJson::of(&action(tx, actor, id, new, moment)?))
    })
    .await
}

/// Changes an assignment by what was sent, and answers where it stands now: what is written often has the whole of it not gathered each time.
pub(super) async fn and_stands<N: DeserializeOwned + Send + 'static>(
    ask: Ask,
    status: StatusCode,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, N, Moment) -> Result<AssignmentNow, Error>
    + Send
    + 'static,
) -> Result<Response, Error> {
    change_by(ask, "assignment", status, |tx, actor, id, new, moment| {
        Ok(AssignmentNowJson::of(&action(tx, actor, id, new, moment)?))
    })
    .await
}

/// What was spent, of hours that were typed.
pub(super) fn spent(hours: Option<Decimal>) -> Result<Option<Spent>, Error> {
    let Some(hours) = hours else {
        return Ok(None);
    };
    Ok(Some(Spent {
        captured: 0,
        seconds: seconds_of_hours("spent_hours", hours)?,
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    version: i64,
    title: Option<String>,
    note: Option<String>,
    due: Option<String>,
    amount: Option<String>,
}

/// Changes what one is, its price or its date.
pub fn put(ask: Ask) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::OK,
        |tx, actor, id, new: Changed, moment| {
            let due = new.due.as_deref();
            let change = AssignmentChange {
                due: due.map(|text| moment_of("due", text, None)).transpose()?,
                title: new.title,
                note: new.note,
                amount: new.amount,
                seen: Some(new.version),
            };
            change_assignment(tx, actor, id, &change, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Replied {
    version: i64,
    answer: String,
}

/// Notes whether a person who has not joined takes one.
pub fn reply(ask: Ask) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Replied, moment| {
            let reply = Reply::of(&new.answer)?;
            reply_to_assignment(tx, actor, id, reply, Some(new.version), moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    version: i64,
}

/// An action on an assignment that takes its number and the version that was seen.
type Move = fn(&mut Tx<'_>, &Actor, Uuid, Option<i64>, Moment) -> Result<AssignmentDetail, Error>;

/// What takes nothing but the version that was seen.
fn moved(ask: Ask, action: Move) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::CREATED,
        move |tx, actor, id, new: Seen, moment| action(tx, actor, id, Some(new.version), moment),
    ))
}

/// Begins the work.
pub fn start(ask: Ask) -> Answer {
    moved(ask, start_assignment)
}

/// Takes one back.
pub fn cancel(ask: Ask) -> Answer {
    moved(ask, cancel_assignment)
}

/// Closes one.
pub fn close(ask: Ask) -> Answer {
    moved(ask, close_assignment)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ticked {
    ticked: bool,
}

/// Ticks a step, or takes the tick away.
pub fn tick(ask: Ask) -> Answer {
    Box::pin(async move {
        let step = ask.number("number")?;
        and_stands(
            ask,
            StatusCode::OK,
            move |tx, actor, id, new: Ticked, moment| {
                actions::tick_step(tx, actor, id, step, new.ticked, moment)
            },
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Took {
    hours: Decimal,
}

/// Types in the time one has taken.
pub fn time(ask: Ask) -> Answer {
    Box::pin(and_stands(
        ask,
        StatusCode::OK,
        |tx, actor, id, new: Took, moment| {
            set_time(tx, actor, id, seconds_of_hours("hours", new.hours)?, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    text: String,
    step: Option<i64>,
}

/// Asks something.
pub fn question(ask: Ask) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Asked, moment| {
            actions::ask_question(tx, actor, id, new.step, &new.text, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    text: String,
    #[serde(default)]
    for_blueprint: bool,
    spent_hours: Option<Decimal>,
}

/// Answers a question.
pub fn answer(ask: Ask) -> Answer {
    Box::pin(async move {
        let question = ask.id("question")?;
        with(
            ask,
            StatusCode::CREATED,
            move |tx, actor, id, new: Answered, moment| {
                let answer = NewAnswer {
                    text: new.text,
                    is_for_blueprint: new.for_blueprint,
                    spent: spent(new.spent_hours)?,
                };
                actions::answer_question(tx, actor, id, question, &answer, moment)
            },
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delivered {
    #[serde(default)]
    text: String,
    #[serde(default)]
    link: String,
    hours: Option<Decimal>,
    without_hours: Option<bool>,
    version: i64,
}

/// Hands something in.
pub fn deliver(ask: Ask) -> Answer {
    Box::pin(and_stands(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Delivered, moment| {
            let hours = new.hours.map(|hours| seconds_of_hours("hours", hours));
            let deliverable = NewDeliverable {
                text: new.text,
                link: new.link,
                seconds: hours.transpose()?,
                without_hours: new.without_hours.unwrap_or_default(),
                seen: Some(new.version),
            };
            actions::deliver(tx, actor, id, &deliverable, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    handoff: Uuid,
    due: Option<String>,
    version: i64,
}

/// Gives one to somebody else, under another handoff.
pub fn reassign(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let sent = ask.bytes().await?;
        let new: Elsewhere = read(&sent)?;
        make(&ask, &sent, move |tx, actor, moment| {
            let due = new.due.as_deref();
            let due = due.map(|text| moment_of("due", text, None)).transpose()?;
            let to = (new.handoff, due);
            let given = reassign_assignment(tx, actor, id, to, Some(new.version), moment)?;
            Ok(AssignmentJson::of(&given))
        })
        .await
    })
}
