//! The return, and the answers of weeks.

use axum::http::{Method, StatusCode};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::{Edit, See};
use offdesk_actions::returns::json::ReturnJson;
use offdesk_actions::returns::weekly::json::WeeklyJson;
use offdesk_actions::returns::weekly::{NewWeek, SaidOfHours, answer_week, load_weekly};
use rust_decimal::Decimal;
use serde::Deserialize;

use super::table::Line;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::pages::returns::month_of;
use crate::desk::routes::Access::May;

/// The routes.
pub(super) fn lines() -> Vec<Line> {
    vec![
        (
            Method::GET,
            "/api/v1/return",
            May(See),
            show,
            "What handoffs really gave, in all or in a month= such as 2026-10",
            &[],
            "offdesk.return/1",
        ),
        (
            Method::GET,
            "/api/v1/weekly-answers",
            May(See),
            list,
            "What the freed hours of the last weeks became, and your own answers about stress",
            &[],
            "offdesk.weekly/1",
        ),
        (
            Method::PUT,
            "/api/v1/weekly-answers/{week}",
            May(Edit),
            answer,
            "Answers for a week, by any day of it; what is left out stays. became is work, half, rest, vanished or unknown, in the place of hours",
            &[
                ("became", "string?"),
                ("work", "decimal?"),
                ("rest", "decimal?"),
                ("vanished", "decimal?"),
                ("stress", "integer?"),
            ],
            "offdesk.weekly/1",
        ),
    ]
}

fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let month = month_of(&ask.query)?;
        let seen = ask.desk.returns.load(&ask, month).await?;
        json(
            StatusCode::OK,
            &ReturnJson::of(&seen.report, seen.bands.as_ref(), Some(&seen.stress))?,
        )
    })
}

fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let weekly = ask.read(load_weekly).await?;
        json(StatusCode::OK, &WeeklyJson::of(&weekly))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    became: Option<String>,
    work: Option<Decimal>,
    rest: Option<Decimal>,
    vanished: Option<Decimal>,
    stress: Option<i64>,
}

fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let said: Said = read(&sent)?;
        let day =
            day_of("week", Some(ask.part("week")))?.ok_or_else(|| Error::not_found("week"))?;
        let new = NewWeek {
            became: match &said.became {
                Some(word) => Some(SaidOfHours::of(word)?),
                None => SaidOfHours::hours([said.work, said.rest, said.vanished])?,
            },
            stress: said.stress,
        };
        change(
            &ask,
            Edit,
            &sent,
            StatusCode::OK,
            move |tx, actor, moment| Ok(WeeklyJson::of(&answer_week(tx, actor, day, new, moment)?)),
        )
        .await
    })
}
