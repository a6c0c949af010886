//! The worth and the settings.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::today_of;
use offdesk_actions::workspaces::json::SettingsJson;
use offdesk_actions::workspaces::{Settings, change_settings, load_settings, typed_working_day};
use offdesk_actions::worths::json::WorthJson;
use offdesk_actions::worths::{DatedWorth, Figures, NewWorth, list_worths, set_worth};
use offdesk_domain::{Currency, Place};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{change as changed, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};

#[derive(Serialize)]
struct WorthsJson {
    schema: &'static str,
    worths: Vec<WorthJson>,
    next: Option<String>,
}

/// The history.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let worths = ask.read(|tx, actor, _| list_worths(tx, actor)).await?;
        let (worths, next) = paging.page(worths, Order::Falling, |one| {
            (i64::from(one.from.0), one.id)
        })?;
        let of = |dated: &DatedWorth| WorthJson::of(&dated.worth, Some(dated.from));
        let answer = WorthsJson {
            schema: "offdesk.worths/1",
            worths: worths.iter().map(of).collect(),
            next,
        };
        json(StatusCode::OK, &answer)
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewWorthJson {
    basis: String,
    figures: Figures,
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    multiple: Option<Decimal>,
    #[serde(default)]
    ceiling: Option<Decimal>,
}

/// Sets it.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: NewWorthJson = read(&sent)?;
        let new = NewWorth {
            from: day_of("from", new.from.as_deref())?,
            basis: new.basis,
            figures: new.figures,
            multiple: new.multiple,
            ceiling: new.ceiling,
        };
        changed(
            &ask,
            Permission::Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let worth = set_worth(tx, actor, &new, moment)?;
                let from = match new.from {
                    Some(from) => from,
                    None => today_of(tx, actor, moment)?,
                };
                Ok(WorthJson::of(&worth, Some(from)))
            },
        )
        .await
    })
}

/// The settings.
pub fn settings(ask: Ask) -> Answer {
    Box::pin(async move {
        let (settings, version) = ask.read(|tx, actor, _| load_settings(tx, actor)).await?;
        json(StatusCode::OK, &SettingsJson::of(settings, version))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewSettings {
    name: String,
    currency: String,
    place: String,
    #[serde(default)]
    zone: Option<String>,
    weeks_per_year: Decimal,
    #[serde(default)]
    day_begins: Option<String>,
    #[serde(default)]
    day_ends: Option<String>,
    version: i64,
}

/// Changes them.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: NewSettings = read(&ask.bytes().await?)?;
        let currency: Currency = new.currency.parse().map_err(|_| {
            Error::invalid(
                "currency",
                "settings.currency",
                format!("\"{}\" is not a currency code", new.currency),
            )
            .hint("use three letters, such as USD or EUR")
        })?;
        let place: Place = new
            .place
            .parse()
            .map_err(|why: String| Error::invalid("place", "settings.place", why))?;
        let answer = ask
            .write(move |tx, actor, moment| {
                let (now, _) = load_settings(tx, actor)?;
                let (begins, ends) = (new.day_begins.as_deref(), new.day_ends.as_deref());
                let settings = Settings {
                    name: new.name,
                    currency,
                    place,
                    zone: new.zone.filter(|zone| !zone.is_empty()),
                    weeks_per_year: new.weeks_per_year,
                    working_day: typed_working_day(begins, ends, now.working_day)?,
                };
                change_settings(tx, actor, &settings, new.version, moment)?;
                let (settings, version) = load_settings(tx, actor)?;
                Ok(SettingsJson::of(settings, version))
            })
            .await?;
        json(StatusCode::OK, &answer)
    })
}
