//! Hours that people type for a week.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::Edit;
use offdesk_actions::assignments::seconds_of_hours;
use offdesk_actions::store::Uuid;
use offdesk_actions::timesheets::json::{TimesheetsJson, WeekJson};
use offdesk_actions::timesheets::{
    Decision, NewLine, NewWeek, WeekSummary, decide_week, list_submitted, load_own_week,
    load_week_of, save_own_week, save_week_for,
};
use offdesk_domain::Day;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::{change, json, read};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Order, Paging};

/// A page of the weeks that wait to be approved.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let all = ask.read(|tx, actor, _| list_submitted(tx, actor)).await?;
        let key = |one: &WeekSummary| (i64::from(one.monday.0), one.person_id);
        let (page, next) = paging.page(all, Order::Rising, key)?;
        json(StatusCode::OK, &TimesheetsJson::of(&page, next))
    })
}

/// The week of the worker that a day is in.
pub fn show_own(ask: Ask) -> Answer {
    Box::pin(async move {
        let day = day(&ask)?;
        let week = ask
            .read(move |tx, actor, moment| load_own_week(tx, actor, Some(day), moment))
            .await?;
        json(StatusCode::OK, &WeekJson::of(&week))
    })
}

/// Notes the hours of a week of the worker, and hands it in where that is said.
pub fn save_own(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let day = day(&ask)?;
        let new = read::<Typed>(&ask.bytes().await?)?.read()?;
        let week = ask
            .write(move |tx, actor, moment| save_own_week(tx, actor, day, &new, moment))
            .await?;
        json(StatusCode::OK, &WeekJson::of(&week))
    })
}

fn day(ask: &Ask) -> Result<Day, Error> {
    let day = day_of("day", Some(ask.part("day")));
    day.ok().flatten().ok_or_else(|| Error::not_found("week"))
}

/// The week of a person that a day is in.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, day) = (ask.id("person")?, day(&ask)?);
        let week = ask
            .read(move |tx, actor, moment| load_week_of(tx, actor, person, Some(day), moment))
            .await?;
        json(StatusCode::OK, &WeekJson::of(&week))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    handoff: Uuid,
    day: String,
    hours: Decimal,
    #[serde(default)]
    note: String,
}

/// The fields of [`Typed`], for the document.
pub(super) const TYPED: &[(&str, &str)] = &[
    ("version", "integer"),
    ("lines", "[sent_line]?"),
    ("off", "[day]?"),
    ("rest_off", "boolean?"),
    ("complete", "boolean?"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    version: i64,
    #[serde(default)]
    lines: Vec<Line>,
    #[serde(default)]
    off: Vec<String>,
    #[serde(default)]
    rest_off: bool,
    #[serde(default)]
    complete: bool,
}

impl Typed {
    fn read(self) -> Result<NewWeek, Error> {
        let read = |field, text: &str| -> Result<Day, Error> {
            day_of(field, Some(text))?.ok_or_else(|| Error::not_found("day"))
        };
        let mut new = NewWeek {
            rest_is_off: self.rest_off,
            is_complete: self.complete,
            seen: Some(self.version),
            ..NewWeek::default()
        };
        for line in self.lines {
            new.lines.push(NewLine {
                handoff: line.handoff,
                day: read("day", &line.day)?,
                seconds: seconds_of_hours("hours", line.hours)?,
                note: line.note,
            });
        }
        for off in &self.off {
            new.off.push(read("off", off)?);
        }
        Ok(new)
    }
}

/// Notes the hours of a week of a person who has not joined.
pub fn save(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, day) = (ask.id("person")?, day(&ask)?);
        let new = read::<Typed>(&ask.bytes().await?)?.read()?;
        let week = ask
            .write(move |tx, actor, moment| save_week_for(tx, actor, person, day, &new, moment))
            .await?;
        json(StatusCode::OK, &WeekJson::of(&week))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Decided {
    version: i64,
    decision: String,
    #[serde(default)]
    said: String,
    #[serde(default)]
    beside: bool,
}

/// Approves a week, or gives it back.
pub fn decide(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (person, day) = (ask.id("person")?, day(&ask)?);
        let sent = ask.bytes().await?;
        let decided: Decided = read(&sent)?;
        let decision = match decided.decision.as_str() {
            "approve" if decided.beside => Decision::ApproveBeside,
            "approve" => Decision::Approve,
            "return" => Decision::Return(decided.said),
            other => {
                let shown = crate::words::shown(other, 40);
                let message = format!("\"{shown}\" is no decision");
                return Err(Error::invalid("decision", "timesheet.decision", message)
                    .hint("it is approve or return"));
            }
        };
        let seen = Some(decided.version);
        change(
            &ask,
            Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let week = decide_week(tx, actor, person, day, &decision, seen, moment)?;
                Ok(WeekJson::of(&week))
            },
        )
        .await
    })
}
