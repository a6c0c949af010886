//! Pay: what is owed, statements, payments, corrections.

use axum::http::StatusCode;
use offdesk_actions::Error;
use offdesk_actions::actor::Permission::{Edit, Manage};
use offdesk_actions::pay::json::{PayJson, PostingsJson, StatementJson, StatementsJson};
use offdesk_actions::pay::{
    self as actions, CameBack, Correction, NewMilestone, NewPayment, NewReturn, NewRun, Noting,
    list_statements, load_overview, load_statement, note_paid_file, note_paid_in_full,
    note_payment, note_refund, note_returned_payment, today_of,
};
use offdesk_actions::store::Uuid;
use serde::Deserialize;

use super::{change, json, read, read_if_any};
use crate::desk::ask::{Answer, Ask};
use crate::desk::form::day_of;
use crate::desk::paging::{Key, Paging, paged};

/// What is owed, and what is on no statement yet.
pub fn overview(ask: Ask) -> Answer {
    Box::pin(async move {
        let overview = ask.read(load_overview).await?;
        json(StatusCode::OK, &PayJson::of(&overview))
    })
}

/// A page of statements.
pub fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (before, most) = (paging.place(Key::of)?, paging.most);
        let (all, today) = ask
            .read(move |tx, actor, moment| {
                let all = list_statements(tx, actor, before, most + 1)?;
                Ok((all, today_of(tx, actor, moment)?))
            })
            .await?;
        let (page, last) = paged(&all, most);
        let next = last.map(|one| one.row.number.to_string());
        json(StatusCode::OK, &StatementsJson::of(page, next, today))
    })
}

/// One of them.
pub fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let found = ask
            .read(move |tx, actor, moment| {
                let detail = load_statement(tx, actor, number)?;
                Ok(StatementJson::of(&detail, today_of(tx, actor, moment)?))
            })
            .await?;
        json(StatusCode::OK, &found)
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Run {
    until: Option<String>,
    people: Vec<Uuid>,
}

/// Draws statements up.
pub fn draw_up(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let run: Run = read_if_any(&sent)?;
        let run = NewRun {
            until: day_of("until", run.until.as_deref())?,
            people: run.people,
        };
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let drawn = actions::draw_up_statements(tx, actor, &run, moment)?;
                Ok(StatementsJson::of(
                    &drawn,
                    None,
                    today_of(tx, actor, moment)?,
                ))
            },
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Paid {
    amount: Option<String>,
    day: Option<String>,
    fee: Option<String>,
    sent: Option<String>,
    sent_currency: Option<String>,
    rate: Option<String>,
    rate_day: Option<String>,
    rate_source: String,
    note: String,
}

impl Paid {
    fn read(sent: &[u8]) -> Result<NewPayment, Error> {
        let paid: Self = read_if_any(sent)?;
        Ok(NewPayment {
            day: day_of("day", paid.day.as_deref())?,
            rate_day: day_of("rate_day", paid.rate_day.as_deref())?,
            amount: paid.amount,
            fee: paid.fee,
            sent: paid
                .sent
                .map(|sent| (sent, paid.sent_currency.unwrap_or_default())),
            rate: paid.rate,
            source: paid.rate_source,
            note: paid.note,
        })
    }
}

/// Notes that somebody paid back what a statement left below nothing.
pub fn refund(ask: Ask) -> Answer {
    noted(ask, note_refund)
}

/// Notes a payment of a statement.
pub fn pay(ask: Ask) -> Answer {
    noted(ask, note_payment)
}

fn noted(mut ask: Ask, note: Noting) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let sent = ask.bytes().await?;
        let new = Paid::read(&sent)?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let detail = note(tx, actor, number, &new, moment)?;
                Ok(StatementJson::of(&detail, today_of(tx, actor, moment)?))
            },
        )
        .await
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaidInFull {
    #[serde(default)]
    statements: Vec<i64>,
    file: Option<String>,
    day: Option<String>,
}

/// Notes that several statements were paid, of each what stands in its pay file or else all that is owed, or all that stands in a pay file.
pub fn pay_several(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let sent = ask.bytes().await?;
        let paid: PaidInFull = read(&sent)?;
        let day = day_of("day", paid.day.as_deref())?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let all = match &paid.file {
                    Some(file) => note_paid_file(tx, actor, file, day, moment)?,
                    None => note_paid_in_full(tx, actor, &paid.statements, day, moment)?,
                };
                Ok(StatementsJson::of(&all, None, today_of(tx, actor, moment)?))
            },
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct ReturnedPayment {
    day: Option<String>,
    row: bool,
    fee_back: bool,
}

/// Notes that a payment came back.
pub fn give_back(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let payment = u64::try_from(ask.number("payment")?);
        let payment = payment.map_err(|_| Error::not_found("payment"))?;
        let sent = ask.bytes().await?;
        let back: ReturnedPayment = read_if_any(&sent)?;
        let day = day_of("day", back.day.as_deref())?;
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let new = NewReturn {
                    what: CameBack::ticked(back.row),
                    day,
                    fee_back: back.fee_back,
                };
                let of = (number, payment);
                let returned = note_returned_payment(tx, actor, of, new, moment)?;
                Ok(StatementJson::returned(
                    &returned,
                    today_of(tx, actor, moment)?,
                ))
            },
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Milestone {
    day: Option<String>,
    note: String,
    another: bool,
}

/// Marks a milestone of a handoff.
pub fn mark(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let handoff = ask.id("handoff")?;
        let sent = ask.bytes().await?;
        let milestone: Milestone = read_if_any(&sent)?;
        let new = NewMilestone {
            day: day_of("day", milestone.day.as_deref())?,
            note: milestone.note,
            is_another: milestone.another,
        };
        change(
            &ask,
            Edit,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let posting = actions::mark_milestone(tx, actor, handoff, &new, moment)?;
                Ok(PostingsJson::of(&[posting]))
            },
        )
        .await
    })
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Right {
    hours: Option<rust_decimal::Decimal>,
    price: Option<String>,
    note: String,
}

/// Puts right what was earned.
pub fn correct(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let posting = u64::try_from(ask.number("posting")?);
        let posting = posting.map_err(|_| Error::not_found("posting"))?;
        let sent = ask.bytes().await?;
        let right: Right = read_if_any(&sent)?;
        let hours = right
            .hours
            .map(|hours| offdesk_actions::assignments::seconds_of_hours("hours", hours));
        let correction = Correction {
            seconds: hours.transpose()?,
            price: right.price,
            note: right.note,
        };
        change(
            &ask,
            Manage,
            &sent,
            StatusCode::CREATED,
            move |tx, actor, moment| {
                let all = actions::correct_posting(tx, actor, posting, &correction, moment)?;
                Ok(PostingsJson::of(&all))
            },
        )
        .await
    })
}
