//! Activities as JSON, the same for the command line and the API.

use offdesk_domain::money::to_minor_text;
use offdesk_store::Uuid;
use offdesk_store::activities::{ActivityRow, PriceRow};
use rust_decimal::Decimal;
use serde::Serialize;

use super::ActivityDetail;
use crate::audit::json::number;
use crate::hours::Hours;
use crate::people::json::day;

#[derive(Debug, Serialize)]
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

/// An activity as `offdesk.activity/1`, or in a list.
#[derive(Debug, Serialize)]
pub struct ActivityJson {
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

#[derive(Debug, Serialize)]
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
    /// An activity without its figures.
    #[must_use]
    pub fn of(row: &ActivityRow) -> Self {
        Self {
            schema: Some("offdesk.activity/1"),
            id: row.id.to_string(),
            name: row.name.clone(),
            stays: row.stays.clone(),
            price: row.price.as_ref().map(PriceJson::of),
            judgement: row.judgement.clone(),
            judgement_reason: row.judgement_reason.clone(),
            back: row.back_day.and_then(day),
            version: row.version,
            hours: None,
            hours_per_week: None,
            gap_per_year: None,
            verdict: None,
            wordings: Vec::new(),
        }
    }

    /// An activity with its wordings.
    #[must_use]
    pub fn of_detail(detail: &ActivityDetail) -> Self {
        let wordings = detail
            .wordings
            .iter()
            .map(|(row, entries, seconds)| WordingJson {
                id: row.id.to_string(),
                description: row.description.clone(),
                project: row.project.clone(),
                task: row.task.clone(),
                tags: row.tags.clone(),
                entries: *entries,
                hours: seconds.hours_f64(),
            });
        Self {
            wordings: wordings.collect(),
            ..Self::of(&detail.row)
        }
    }
}

/// Activities with their figures as `offdesk.activities/1`.
#[derive(Debug, Serialize)]
pub struct ActivitiesJson {
    schema: &'static str,
    currency: String,
    activities: Vec<ActivityJson>,
    next: Option<String>,
}

/// An activity in a list: behind the seconds that it took, below zero so that the most come first, and its id.
pub type Listed = (i64, Uuid, ActivityJson);

/// The activities of hours, in no order; those without a worth have no figures.
#[must_use]
pub fn listed(hours: &Hours) -> Vec<Listed> {
    let currency = hours.settings.currency;
    let Some(report) = &hours.report else {
        let bare = |row: &ActivityRow| ActivityJson {
            schema: None,
            ..ActivityJson::of(row)
        };
        let rows = hours.rows.values();
        return rows.map(|row| (0, row.id, bare(row))).collect();
    };
    let judged = report.audit.activities.iter();
    let figures = judged.filter_map(|judged| {
        let row = hours.row_of(judged)?;
        let spent = judged.activity.mix.total();
        let yearly = judged.yearly.filter(|_| judged.is_below);
        let activity = ActivityJson {
            schema: None,
            hours: Some(spent.hours_f64()),
            hours_per_week: Some(number(judged.hours_per_week)),
            gap_per_year: yearly.map(|yearly| to_minor_text(yearly.gap, currency)),
            verdict: judged.verdict.word(),
            ..ActivityJson::of(row)
        };
        Some((spent.0.saturating_neg(), row.id, activity))
    });
    figures.collect()
}

impl ActivitiesJson {
    /// A page of what was listed, with the place where the next one begins.
    #[must_use]
    pub fn of(hours: &Hours, page: Vec<Listed>, next: Option<String>) -> Self {
        Self {
            schema: "offdesk.activities/1",
            currency: hours.settings.currency.to_string(),
            activities: page.into_iter().map(|(.., one)| one).collect(),
            next,
        }
    }

    /// All of them: those with the most hours first; without a worth, by their age.
    #[must_use]
    pub fn all(hours: &Hours) -> Self {
        let mut all = listed(hours);
        all.sort_by_key(|(spent, id, _)| (*spent, *id));
        Self::of(hours, all, None)
    }
}
