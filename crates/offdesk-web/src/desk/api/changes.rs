//! Changes of activities.

use super::change_by;
use crate::desk::ask::{Answer, Ask};
use axum::http::StatusCode;
use axum::response::Response;
use offdesk_actions::activities::json::ActivityJson;
use offdesk_actions::activities::{
    Judgement, judge_activity, keep_activity, merge_activity, price_activity, rename_activity,
    split_activity,
};
use offdesk_actions::actor::Actor;
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::PriceRange;
use offdesk_domain::audit::Stays;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Changes an activity by what was sent.
async fn with<N: DeserializeOwned + Send + 'static>(
    ask: Ask,
    action: impl FnOnce(&mut Tx<'_>, &Actor, Uuid, N, Moment) -> Result<ActivityRow, Error>
    + Send
    + 'static,
) -> Result<Response, Error> {
    let status = StatusCode::OK;
    change_by(ask, "activity", status, |tx, actor, id, new, moment| {
        Ok(ActivityJson::of(&action(tx, actor, id, new, moment)?))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewName {
    name: String,
    #[serde(default)]
    version: Option<i64>,
}

/// Renames one.
pub fn rename(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: NewName, moment| {
        rename_activity(tx, actor, id, &new.name, new.version, moment)
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Into {
    into: Uuid,
    #[serde(default)]
    version: Option<i64>,
}

/// Merges one into another.
pub fn merge(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: Into, moment| {
        merge_activity(tx, actor, id, new.into, new.version, moment)
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Parts {
    name: String,
    wordings: Vec<Uuid>,
    #[serde(default)]
    version: Option<i64>,
}

/// Splits wordings off.
pub fn split(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: Parts, moment| {
        split_activity(tx, actor, id, &new.wordings, &new.name, new.version, moment)
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewStays {
    stays: Option<StaysWord>,
    #[serde(default)]
    version: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StaysWord {
    Mine,
    Rest,
}

/// Says whether it stays.
pub fn keep(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: NewStays, moment| {
        let stays = new.stays.map(|word| match word {
            StaysWord::Mine => Stays::Mine,
            StaysWord::Rest => Stays::Rest,
        });
        keep_activity(tx, actor, id, stays, new.version, moment)
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPrice {
    #[serde(default)]
    low: Option<Decimal>,
    #[serde(default)]
    likely: Option<Decimal>,
    #[serde(default)]
    high: Option<Decimal>,
    #[serde(default)]
    version: Option<i64>,
}

/// Prices it.
pub fn price(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: NewPrice, moment| {
        let range = match (new.low, new.likely, new.high) {
            (None, None, None) => None,
            (Some(low), None, Some(high)) => Some(PriceRange::between(low, high)),
            (low, likely, high) => {
                let one = likely.or(low).or(high).unwrap_or_default();
                Some(PriceRange::new(
                    low.unwrap_or(one),
                    one,
                    high.unwrap_or(one),
                ))
            }
        };
        price_activity(tx, actor, id, range, new.version, moment)
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewJudgement {
    judgement: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    version: Option<i64>,
}

/// Judges it.
pub fn judge(ask: Ask) -> Answer {
    Box::pin(with(ask, |tx, actor, id, new: NewJudgement, moment| {
        let judgement = Judgement::of(&new.judgement).ok_or_else(|| {
            Error::invalid(
                "judgement",
                "judgement.unknown",
                "use open, not_now or never",
            )
        })?;
        judge_activity(tx, actor, id, judgement, &new.reason, new.version, moment)
    }))
}
