//! What is handed off to a worker, and what is known of them, for programs.

use axum::http::StatusCode;
use offdesk_actions::activities::Seen;
use offdesk_actions::actor::Actor;
use offdesk_actions::handoffs::HandoffAnswer;
use offdesk_actions::people::own::export::export_own_record;
use offdesk_actions::people::own::json::{OwnFieldsJson, OwnHandoffDetailJson, OwnHandoffsJson};
use offdesk_actions::people::own::shown::shown_to_owner;
use offdesk_actions::people::own::{
    OwnFields, answer_own_change, answer_own_handoff, change_own_record, list_own_handoffs,
    load_own_handoff, load_own_record, set_off_until, write_own_draft,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use serde::Deserialize;

use super::my_work::load_work;
use super::{change_by, json, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};

/// A page of the handoffs to the worker.
pub fn handoffs(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let all = ask
            .read(|tx, actor, _| list_own_handoffs(tx, actor))
            .await?;
        let (page, next) = paging.page(all, Order::Falling, |one| one.id)?;
        json(StatusCode::OK, &OwnHandoffsJson::of(&page, next))
    })
}

/// One of them.
pub fn handoff(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        let detail = ask
            .read(move |tx, actor, _| load_own_handoff(tx, actor, id))
            .await?;
        json(StatusCode::OK, &OwnHandoffDetailJson::of(&detail))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    version: i64,
    answer: String,
    #[serde(default)]
    said: String,
}

/// An action that notes an answer: to the proposal, or to a change.
type Reply = fn(&mut Tx<'_>, &Actor, Uuid, HandoffAnswer, &str, Seen, Moment) -> Result<(), Error>;

fn answered(ask: Ask, action: Reply) -> Answer {
    Box::pin(change_by(
        ask,
        "handoff",
        StatusCode::CREATED,
        move |tx, actor, id, new: Said, moment| {
            let answer = HandoffAnswer::of(&new.answer)?;
            let seen = Some(new.version);
            action(tx, actor, id, answer, &new.said, seen, moment)?;
            Ok(OwnHandoffDetailJson::of(&load_own_handoff(tx, actor, id)?))
        },
    ))
}

/// Answers a proposal.
pub fn answer(ask: Ask) -> Answer {
    answered(ask, answer_own_handoff)
}

/// Answers a change.
pub fn answer_change(ask: Ask) -> Answer {
    answered(ask, answer_own_change)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    text: String,
    version: i64,
    #[serde(default)]
    note: String,
}

/// Writes the first version of a blueprint of theirs.
pub fn write_draft(ask: Ask) -> Answer {
    Box::pin(change_by(
        ask,
        "handoff",
        StatusCode::OK,
        |tx, actor, id, new: Draft, moment| {
            let seen = Some(new.version);
            let detail = write_own_draft(tx, actor, id, &new.text, &new.note, seen, moment)?;
            Ok(OwnHandoffDetailJson::of(&detail))
        },
    ))
}

/// Everything about the worker.
pub fn record(ask: Ask) -> Answer {
    Box::pin(async move { json(StatusCode::OK, &ask.read(export_own_record).await?) })
}

/// What others see of it.
pub fn fields(_: Ask) -> Answer {
    Box::pin(async { json(StatusCode::OK, &OwnFieldsJson::of(shown_to_owner())) })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changed {
    version: i64,
    name: Option<String>,
    zone: Option<String>,
    working_hours: Option<String>,
    languages: Option<String>,
    skills: Option<String>,
}

/// Puts right what is known of the worker.
pub fn change_record(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: Changed = read(&ask.bytes().await?)?;
        let answer = ask
            .write(move |tx, actor, moment| {
                let now = load_own_record(tx, actor, moment)?.row;
                let fields = OwnFields {
                    name: new.name.unwrap_or(now.name),
                    zone: new.zone.unwrap_or(now.zone),
                    working_hours: new.working_hours.unwrap_or(now.working_hours),
                    languages: new.languages.unwrap_or(now.languages),
                    skills: new.skills.unwrap_or(now.skills),
                };
                change_own_record(tx, actor, &fields, Some(new.version), moment)?;
                export_own_record(tx, actor, moment)
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Off {
    off_until: Option<String>,
}

/// Notes until when the worker is off, or that they are back.
pub fn set_off(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: Off = read_if_any(&ask.bytes().await?)?;
        let back = day_of("off_until", new.off_until.as_deref())?;
        let answer = ask
            .write(move |tx, actor, moment| {
                set_off_until(tx, actor, back, moment)?;
                load_work(tx, actor, moment)
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}
