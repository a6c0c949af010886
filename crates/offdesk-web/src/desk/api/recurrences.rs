//! Recurrences of handoffs.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::assignments::json::{RecurrenceJson, RecurrencesJson};
use offdesk_actions::assignments::recurring::{
    LEAD_HOURS, NewRecurrence, RecurrenceChange, change_recurrence, create_recurrence, days_off,
    list_recurrences, start_of, stop_recurrence,
};
use serde::Deserialize;

use super::{change_by, json, make, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};

/// A page of those of a handoff.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, paging) = (ask.id("handoff")?, Paging::of(&ask)?);
        let all = ask
            .read(move |tx, actor, _| list_recurrences(tx, actor, id))
            .await?;
        let (page, next) = paging.page(all, Order::Rising, |one| one.row.id)?;
        json(StatusCode::OK, &RecurrencesJson::of(&page, next))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    rule: String,
    start: String,
    zone: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    days_off: Vec<String>,
    lead_hours: Option<i64>,
}

/// Makes one.
pub fn create(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let handoff = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let (off_weekdays, off_days) = days_off(new.days_off.iter().map(String::as_str))?;
        let new = NewRecurrence {
            start: Some(start_of(&new.start)?),
            title: new.title,
            note: new.note,
            rule: new.rule,
            zone: new.zone,
            off_weekdays,
            off_days,
            lead_hours: new.lead_hours.unwrap_or(LEAD_HOURS),
        };
        make(&ask, &sent, move |tx, actor, moment| {
            let made = create_recurrence(tx, actor, handoff, &new, moment)?;
            Ok(RecurrenceJson::of(&made))
        })
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Moved {
    zone: Option<String>,
    days_off: Option<Vec<String>>,
    version: i64,
}

/// Moves one to another zone, or gives it other days off.
pub fn put(ask: Ask) -> Answer {
    Box::pin(change_by(
        ask,
        "recurrence",
        StatusCode::OK,
        |tx, actor, id, new: Moved, moment| {
            let seen = Some(new.version);
            let off = new.days_off.as_ref();
            let off = off.map(|days| days_off(days.iter().map(String::as_str)));
            let change = RecurrenceChange {
                zone: new.zone,
                days_off: off.transpose()?,
            };
            let moved = change_recurrence(tx, actor, id, change, seen, moment)?;
            Ok(RecurrenceJson::of(&moved))
        },
    ))
}

/// Stops one.
pub fn stop(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("recurrence")?;
        ask.write(move |tx, actor, moment| stop_recurrence(tx, actor, id, None, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
