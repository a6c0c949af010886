//! Bills that come in: recorded, held against what was accepted, queried, approved.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::Manage;
use offdesk_actions::pay::bills::json::{BillJson, BillsJson};
use offdesk_actions::pay::bills::{
    Approval, LONGEST_FILE, NewBill, NewBillLine, approve_bill, list_bills, load_bill,
    load_bill_file, query_bill, record_bill, remove_bill, save_bill_file,
};
use offdesk_actions::store::Uuid;
use offdesk_domain::Day;
use serde::Deserialize;

use super::{change, json, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::attachment::attachment;
use crate::desk::form::day_of;
use crate::desk::paging::{Key, Paging, paged};

/// A page of bills.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(Key::of)?, paging.most);
        let all = ask
            .read(move |tx, actor, _| list_bills(tx, actor, before, most + 1))
            .await?;
        let (page, last) = paged(&all, most);
        let next = last.map(|one| one.row.id.to_string());
        json(StatusCode::OK, &BillsJson::of(page, next))
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let bill = ask
            .read(move |tx, actor, _| load_bill(tx, actor, id))
            .await?;
        json(StatusCode::OK, &BillJson::of(&bill))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    person: Uuid,
    number: String,
    day: String,
    from: String,
    to: String,
    currency: String,
    #[serde(default)]
    net: String,
    #[serde(default)]
    tax: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    lines: Vec<NewLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLine {
    #[serde(default)]
    text: String,
    assignment: Option<i64>,
    day: Option<String>,
    amount: String,
}

fn needed(field: &'static str, text: &str) -> Result<Day, Error> {
    day_of(field, Some(text))?.ok_or_else(|| Error::invalid(field, "form.day", "a day is missing"))
}

impl New {
    fn bill(self) -> Result<NewBill, Error> {
        let lines: Result<Vec<NewBillLine>, Error> = self
            .lines
            .into_iter()
            .map(|line| {
                Ok(NewBillLine {
                    text: line.text,
                    assignment: line.assignment,
                    day: day_of("day", line.day.as_deref())?,
                    amount: line.amount,
                })
            })
            .collect();
        Ok(NewBill {
            person: self.person,
            number: self.number,
            day: needed("day", &self.day)?,
            days: (needed("from", &self.from)?, needed("to", &self.to)?),
            currency: self.currency,
            lines: lines?,
            net: self.net,
            tax: self.tax,
            note: self.note,
            file: None,
        })
    }
}

/// Records one.
pub fn record(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let new: New = read(&sent)?;
        let new = new.bill()?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| Ok(BillJson::of(&record_bill(tx, actor, &new, moment)?)),
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Query {
    version: i64,
    said: String,
}

/// Notes that the one who sent it was asked about it.
pub fn query(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let sent = ask.bytes().await?;
        let new: Query = read(&sent)?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let seen = Some(new.version);
                let bill = query_bill(tx, actor, id, &new.said, seen, moment)?;
                Ok(BillJson::of(&bill))
            },
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Approved {
    version: Option<i64>,
    note: String,
    tax: Option<String>,
}

/// Approves what was accepted of it.
pub fn approve(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let sent = ask.bytes().await?;
        let new: Approved = read_if_any(&sent)?;
        let approval = Approval {
            note: new.note,
            tax: new.tax,
            seen: new.version,
        };
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let bill = approve_bill(tx, actor, id, &approval, moment)?;
                Ok(BillJson::of(&bill))
            },
        )
        .await
    })
}

/// Removes one that is not approved.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        ask.write(move |tx, actor, moment| remove_bill(tx, actor, id, moment))
            .await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// Takes the file it came as.
pub fn set_file(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let name = ask.query.text("name").to_owned();
        let bytes = ask.bytes_up_to(LONGEST_FILE).await?;
        let bill = ask
            .write(move |tx, actor, moment| save_bill_file(tx, actor, id, &name, &bytes, moment))
            .await?;
        json(StatusCode::OK, &BillJson::of(&bill))
    })
}

/// Gives the file it came as.
pub fn file(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let (name, bytes) = ask
            .read(move |tx, actor, _| load_bill_file(tx, actor, id))
            .await?;
        Ok(attachment(&name, "application/octet-stream", bytes))
    })
}
