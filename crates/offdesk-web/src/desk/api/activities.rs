//! Hours and activities.

use axum::http::StatusCode;
use offdesk_actions::activities::load_activity;
use offdesk_actions::audit::json::{AuditJson, number};
use offdesk_actions::next::crowded::crowded_out;
use offdesk_actions::next::json::NextJson;
use offdesk_actions::next::rank;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::activities::{ActivityRow, PriceRow};
use offdesk_actions::{Error, ErrorKind};
use offdesk_domain::Seconds;
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{day, json};
use crate::desk::ask::{Answer, Ask};
use crate::desk::paging::{Order, Paging};

#[derive(Serialize)]
struct PriceJson {
    place: String,
    currency: String,
    low: String,
    likely: String,
    high: String,
    occupation: Option<String>,
    confidence: f64,
    source: String,
    own: bool,
}

impl PriceJson {
    fn of(price: &PriceRow) -> Self {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a confidence is between 0 and 100"
        )]
        let confidence = price.confidence as f64 / 100.0;
        let money = |text: &str| match (text.parse::<Decimal>(), price.currency.parse()) {
            (Ok(amount), Ok(currency)) => to_minor_text(amount, currency),
            _ => text.to_owned(),
        };
        Self {
            place: price.place.clone(),
            currency: price.currency.clone(),
            low: money(&price.low),
            likely: money(&price.likely),
            high: money(&price.high),
            occupation: price.occupation.clone(),
            confidence,
            source: price.source.clone(),
            own: price.is_own,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ActivityJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    id: String,
    name: String,
    stays: Option<String>,
    price: Option<PriceJson>,
    judgement: Option<String>,
    judgement_reason: String,
    back: Option<String>,
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours_per_week: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gap_per_year: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wordings: Vec<WordingJson>,
}

#[derive(Serialize)]
struct WordingJson {
    id: String,
    description: String,
    project: String,
    task: String,
    tags: String,
    entries: u64,
    hours: f64,
}

impl ActivityJson {
    pub(super) fn of(row: &ActivityRow) -> Self {
        Self {
            schema: Some("offdesk.activity/1"),
            id: row.id.to_string(),
            name: row.name.clone(),
            stays: row.stays.clone(),
            price: row.price.as_ref().map(PriceJson::of),
            judgement: row.judgement.clone(),
            judgement_reason: row.judgement_reason.clone(),
            back: row.back_day.map(day),
            version: row.version,
            hours: None,
            hours_per_week: None,
            gap_per_year: None,
            verdict: None,
            wordings: Vec::new(),
        }
    }
}

/// The audit of all that was imported.
pub fn hours(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        match &hours.report {
            Some(report) => json(StatusCode::OK, &AuditJson::of(report)),
            None => Err(no_worth()),
        }
    })
}

/// What to hand off, in order.
pub fn next(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let list = rank(&hours).ok_or_else(no_worth)?;
        let crowded = crowded_out(&hours, &list).ok();
        // A token's actor does not know its workspace's name; the hours do.
        let name = &hours.settings.name;
        json(StatusCode::OK, &NextJson::of(&list, crowded.as_ref(), name))
    })
}

pub(super) fn no_worth() -> Error {
    Error::new(
        ErrorKind::Conflict,
        "worth.missing",
        "I do not know what your hour is worth",
    )
    .hint("set it first:  POST /api/v1/worths")
}

#[derive(Serialize)]
struct ActivitiesJson {
    schema: &'static str,
    currency: String,
    activities: Vec<ActivityJson>,
    next: Option<String>,
}

/// A page of the activities: those with the most hours first; without a worth, by their age.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let hours = ask.hours().await?;
        let currency = hours.settings.currency;
        let judged = hours
            .report
            .iter()
            .flat_map(|report| &report.audit.activities);
        let mut activities: Vec<(i64, Uuid, ActivityJson)> = judged
            .filter_map(|judged| {
                let row = hours.row_of(judged)?;
                let spent = judged.activity.mix.total();
                let activity = ActivityJson {
                    schema: None,
                    hours: Some(spent.hours_f64()),
                    hours_per_week: Some(number(judged.hours_per_week)),
                    gap_per_year: judged
                        .yearly
                        .filter(|_| judged.is_below)
                        .map(|yearly| to_minor_text(yearly.gap, currency)),
                    verdict: judged.verdict.word(),
                    ..ActivityJson::of(row)
                };
                Some((spent.0.saturating_neg(), row.id, activity))
            })
            .collect();
        if hours.report.is_none() {
            activities.extend(hours.rows.values().map(|row| {
                let activity = ActivityJson {
                    schema: None,
                    ..ActivityJson::of(row)
                };
                (0, row.id, activity)
            }));
        }
        let (activities, next) =
            paging.page(activities, Order::Rising, |(spent, id, _)| (*spent, *id))?;
        let answer = ActivitiesJson {
            schema: "offdesk.activities/1",
            currency: currency.to_string(),
            activities: activities.into_iter().map(|(.., one)| one).collect(),
            next,
        };
        json(StatusCode::OK, &answer)
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let detail = ask
            .read(move |tx, actor, _| load_activity(tx, actor, id))
            .await?;
        let wordings = detail.wordings.iter().map(|(row, entries, seconds)| {
            let Seconds(_) = seconds;
            WordingJson {
                id: row.id.to_string(),
                description: row.description.clone(),
                project: row.project.clone(),
                task: row.task.clone(),
                tags: row.tags.clone(),
                entries: *entries,
                hours: seconds.hours_f64(),
            }
        });
        let answer = ActivityJson {
            wordings: wordings.collect(),
            ..ActivityJson::of(&detail.row)
        };
        json(StatusCode::OK, &answer)
    })
}
