//! Money that came in, for programs.

use axum::http::{Method, StatusCode};
use offdesk_actions::actor::Permission::{Manage, See};
use offdesk_actions::returns::receipts::json::ReceiptsJson;
use offdesk_actions::returns::receipts::{
    NewReceipt, Receipt, list_receipts, note_receipt, take_back_receipt,
};
use offdesk_actions::store::Uuid;
use serde::Deserialize;

use super::table::Line;
use super::{change, json, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::May;

/// The routes.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/receipts",
            May(See),
            list,
            "Money that came in because work was handed off, the latest first",
            &[],
            "offdesk.receipts/1",
        ),
        (
            Method::POST,
            "/api/v1/receipts",
            May(Manage),
            note,
            "Notes money that came in: by a handoff, or without one for the whole. The answer has the latest",
            &[
                ("amount", "string"),
                ("currency", "string?"),
                ("day", "date?"),
                ("handoff", "uuid?"),
                ("note", "string?"),
            ],
            "offdesk.receipts/1",
        ),
        (
            Method::POST,
            "/api/v1/receipts/{receipt}/reversal",
            May(Manage),
            take_back,
            "Takes back money that was noted by mistake, on its day; the row itself stays",
            &[("note", "string?")],
            "offdesk.receipts/1",
        ),
    ]
}

/// The latest of all, as many as a page has.
const LATEST: usize = 200;

fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let all = ask.read(|tx, actor, _| list_receipts(tx, actor)).await?;
        let (page, next) = paging.page(all, Order::Falling, |one: &Receipt| one.number)?;
        json(StatusCode::OK, &ReceiptsJson::of(&page, next))
    })
}

fn latest(all: &[Receipt]) -> ReceiptsJson {
    ReceiptsJson::of(all.get(..LATEST).unwrap_or(all), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    amount: String,
    #[serde(default)]
    currency: Option<String>,
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    handoff: Option<Uuid>,
    #[serde(default)]
    note: String,
}

fn note(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let new = NewReceipt {
            amount: new.amount,
            currency: new.currency,
            day: day_of("day", new.day.as_deref())?,
            handoff: new.handoff,
            note: new.note,
        };
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| Ok(latest(&note_receipt(tx, actor, &new, moment)?)),
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Why {
    note: String,
}

fn take_back(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("receipt")?;
        let sent = ask.bytes().await?;
        let why: Why = read_if_any(&sent)?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                Ok(latest(&take_back_receipt(
                    tx, actor, number, &why.note, moment,
                )?))
            },
        )
        .await
    })
}
