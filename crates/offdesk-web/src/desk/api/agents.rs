//! What AI agents cost: rates, usage that they may note themselves, and the cost of an accepted assignment.

use axum::http::{Method, StatusCode};
use axum::response::IntoResponse;
use offdesk_actions::actor::Permission::{Edit, See, Use};
use offdesk_actions::agents::json::{CostsJson, RatesJson, UsageJson, UsageTableJson, UsagesJson};
use offdesk_actions::agents::{
    NewRate, NewUsage, WhichCosts, add_rate, list_rates, list_usage, load_costs, note_usage,
    note_usage_table, remove_rate, remove_usage,
};
use serde::Deserialize;

use super::table::Line;
use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::May;

/// The routes, each with what it is for.
pub(super) fn lines() -> Vec<Line> {
    let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
    vec![
        (
            get.clone(),
            "/api/v1/people/{person}/rates",
            May(See),
            rates,
            "What an AI agent is paid for, by day",
            &[],
            "offdesk.agent_rates/1",
        ),
        (
            post.clone(),
            "/api/v1/people/{person}/rates",
            May(Edit),
            add,
            "Notes what an AI agent is paid for from a day on: per use or plan with an amount, per token with input and output for a million; a plan is paid beside what is paid by the use or the token, and ends where another one begins, which may be of 0",
            &[
                ("per", "string"),
                ("amount", "decimal?"),
                ("input", "decimal?"),
                ("output", "decimal?"),
                ("currency", "string?"),
                ("from", "date?"),
            ],
            "offdesk.agent_rates/1",
        ),
        (
            delete.clone(),
            "/api/v1/people/{person}/rates/{rate}",
            May(Edit),
            remove,
            "Takes a rate away that was noted by mistake",
            &[],
            "none",
        ),
        (
            get.clone(),
            "/api/v1/assignments/{assignment}/usage",
            May(See),
            usage,
            "A page of how much an AI agent was used for an assignment",
            &[],
            "offdesk.usages/1",
        ),
        (
            post.clone(),
            "/api/v1/assignments/{assignment}/usage",
            May(Use),
            note,
            "Notes how much an AI agent was used for an assignment of its; a token for usage can do this and nothing else",
            &[
                ("day", "date?"),
                ("uses", "integer?"),
                ("tokens_in", "integer?"),
                ("tokens_out", "integer?"),
                ("note", "string?"),
            ],
            "offdesk.usage/1",
        ),
        (
            delete,
            "/api/v1/assignments/{assignment}/usage/{usage}",
            May(Edit),
            forget,
            "Takes a usage away that was noted by mistake",
            &[],
            "none",
        ),
        (
            post,
            "/api/v1/usage-tables",
            May(Use),
            note_table,
            "Notes the usage of a table (CSV) with the columns assignment (its number) and any of day, uses, tokens_in, tokens_out and note: all lines or none",
            &[("table", "string")],
            "offdesk.usage_table/1",
        ),
        (
            get,
            "/api/v1/costs",
            May(See),
            costs,
            "What an accepted assignment costs where an AI agent does it, with all who do the same beside it; or of one activity= or person=",
            &[],
            "offdesk.costs/1",
        ),
    ]
}

fn rates(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, paging) = (ask.id("person")?, Paging::of(&ask)?);
        let mut rates = ask
            .read(move |tx, actor, _| list_rates(tx, actor, id))
            .await?;
        let (page, next) = paging.page(rates.all, Order::Rising, |it| it.0)?;
        rates.all = page;
        json(StatusCode::OK, &RatesJson::of(&rates, next))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rate {
    per: String,
    #[serde(default)]
    amount: String,
    #[serde(default)]
    input: String,
    #[serde(default)]
    output: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    from: Option<String>,
}

fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("person")?;
        let sent = ask.bytes().await?;
        let rate: Rate = read(&sent)?;
        let new = NewRate {
            per: rate.per,
            amount: rate.amount,
            input: rate.input,
            output: rate.output,
            currency: rate.currency,
            from: day_of("from", rate.from.as_deref())?,
        };
        change(
            &ask,
            Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                Ok(RatesJson::of(&add_rate(tx, actor, id, &new, moment)?, None))
            },
        )
        .await
    })
}

fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, id) = (ask.id("person")?, ask.id("rate")?);
        ask.write(move |tx, actor, moment| remove_rate(tx, actor, person, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

fn usage(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, paging) = (ask.id("assignment")?, Paging::of(&ask)?);
        let rows = ask
            .read(move |tx, actor, _| list_usage(tx, actor, id))
            .await?;
        let (page, next) = paging.page(rows, Order::Rising, |row| row.id)?;
        json(StatusCode::OK, &UsagesJson::of(&page, next))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Used {
    #[serde(default)]
    day: Option<String>,
    #[serde(default)]
    uses: i64,
    #[serde(default)]
    tokens_in: i64,
    #[serde(default)]
    tokens_out: i64,
    #[serde(default)]
    note: String,
}

fn note(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let sent = ask.bytes().await?;
        let used: Used = read(&sent)?;
        let new = NewUsage {
            day: day_of("day", used.day.as_deref())?,
            uses: used.uses,
            tokens_in: used.tokens_in,
            tokens_out: used.tokens_out,
            note: used.note,
        };
        change(
            &ask,
            Use,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| Ok(UsageJson::of(&note_usage(tx, actor, id, &new, moment)?)),
        )
        .await
    })
}

fn forget(ask: Ask) -> Answer {
    Box::pin(async move {
        let (assignment, id) = (ask.id("assignment")?, ask.id("usage")?);
        ask.write(move |tx, actor, moment| remove_usage(tx, actor, assignment, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    table: String,
}

fn note_table(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let Table { table } = read(&sent)?;
        change(
            &ask,
            Use,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let lines = note_usage_table(tx, actor, &table, moment)?;
                Ok(UsageTableJson::of(lines))
            },
        )
        .await
    })
}

fn costs(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = |name: &str| {
            let text = Some(ask.query.text(name)).filter(|text| !text.is_empty())?;
            // What is no id is of nothing.
            Some(offdesk_actions::store::Uuid::try_parse(text).unwrap_or_default())
        };
        let which = match (id("activity"), id("person")) {
            (Some(activity), _) => WhichCosts::Of(activity),
            (_, Some(person)) => WhichCosts::By(person),
            _ => WhichCosts::Compared,
        };
        let costs = ask
            .read(move |tx, actor, moment| load_costs(tx, actor, which, moment))
            .await?;
        json(StatusCode::OK, &CostsJson::of(&costs))
    })
}
