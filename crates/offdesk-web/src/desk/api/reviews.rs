//! Reviews of deliverables, faults that got out, and the time of the owner's side.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::assignments::{
    FindingKind, Met, NewEscape, NewFinding, NewReview, accept_deliverable, correct_supervision,
    kind_of, note_escape, note_supervision, return_deliverable, seconds_of_hours,
};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::assignment_changes::{and_stands, spent, with};
use super::{change, read};
use crate::desk::ask::{Answer, Ask};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Finding {
    kind: String,
    text: String,
    step: Option<i64>,
    criterion: Option<i64>,
}

impl Finding {
    fn read(self) -> Result<NewFinding, Error> {
        Ok(NewFinding {
            kind: FindingKind::of(&self.kind)?,
            step: self.step,
            criterion: self.criterion,
            text: self.text,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Review {
    version: i64,
    verdict: String,
    met: Option<Vec<i64>>,
    #[serde(default)]
    findings: Vec<Finding>,
    #[serde(default)]
    note: String,
    spent_hours: Option<Decimal>,
    rework_hours: Option<Decimal>,
    #[serde(default)]
    beside: bool,
}

/// Accepts a deliverable, or returns it.
pub fn judge(ask: Ask) -> Answer {
    Box::pin(and_stands(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Review, moment| {
            let findings = new.findings.into_iter().map(Finding::read);
            let review = NewReview {
                met: new.met.map_or(Met::Unsaid, Met::These),
                findings: findings.collect::<Result<_, _>>()?,
                note: new.note,
                spent: spent(new.spent_hours)?,
                reworked: spent(new.rework_hours)?,
                as_it_is: false,
                is_beside: new.beside,
                seen: Some(new.version),
            };
            match new.verdict.as_str() {
                "accepted" => accept_deliverable(tx, actor, id, &review, moment),
                "returned" => return_deliverable(tx, actor, id, &review, moment),
                _ => Err(
                    Error::invalid("verdict", "assignment.verdict", "this is no verdict")
                        .hint("it is  accepted  or  returned"),
                ),
            }
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Escaped {
    version: i64,
    text: String,
    step: Option<i64>,
    criterion: Option<i64>,
    rework_hours: Option<Decimal>,
}

/// Notes a fault in what was accepted.
pub fn escape(ask: Ask) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Escaped, moment| {
            let fault = NewFinding {
                kind: FindingKind::Fault,
                step: new.step,
                criterion: new.criterion,
                text: new.text,
            };
            let escape = NewEscape {
                fault,
                reworked: spent(new.rework_hours)?,
                seen: Some(new.version),
            };
            note_escape(tx, actor, id, &escape, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spent {
    kind: String,
    hours: Decimal,
}

/// Notes time of the owner's side that no page has captured.
pub fn spend(ask: Ask) -> Answer {
    Box::pin(with(
        ask,
        StatusCode::CREATED,
        |tx, actor, id, new: Spent, moment| {
            let kind = kind_of(&new.kind)?;
            let seconds = seconds_of_hours("hours", new.hours)?;
            note_supervision(tx, actor, id, kind, seconds, moment)
        },
    ))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    version: i64,
    hours: Decimal,
}

#[derive(Serialize)]
struct SpentJson {
    schema: &'static str,
    id: String,
    kind: String,
    hours: f64,
    captured_hours: f64,
    version: i64,
}

/// Puts right what counts of time spent.
pub fn correct(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (handoff, id) = (ask.id("handoff")?, ask.id("supervision")?);
        let sent = ask.bytes().await?;
        let new: Right = read(&sent)?;
        let seconds = seconds_of_hours("hours", new.hours)?;
        change(
            &ask,
            Permission::Edit,
            &sent,
            StatusCode::OK,
            move |tx, actor, moment| {
                let seen = Some(new.version);
                let row = correct_supervision(tx, actor, handoff, id, seconds, seen, moment)?;
                let hours = |seconds| offdesk_domain::Seconds(seconds).hours_f64();
                Ok(SpentJson {
                    schema: "offdesk.supervision/1",
                    id: row.id.to_string(),
                    hours: hours(row.seconds),
                    captured_hours: hours(row.captured),
                    kind: row.kind,
                    version: row.version,
                })
            },
        )
        .await
    })
}
