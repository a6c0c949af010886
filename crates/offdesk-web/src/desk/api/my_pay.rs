//! A worker's own statements, and where their money goes, for programs.

use axum::http::{Method, StatusCode};
use offdesk_actions::actor::Permission::Work;
use offdesk_actions::pay::json::{PayDetailsJson, StatementJson, StatementsJson};
use offdesk_actions::pay::{
    NewDetails, change_own_pay_details, list_own_statements, load_own_pay_details,
    load_own_statement, today_of,
};
use serde::Deserialize;

use super::table::Line;
use super::{json, pay_lines, read, weeks};
use crate::desk::ask::{Answer, Ask};
use crate::desk::pages::worker;
use crate::desk::paging::{Order, Paging};
use crate::desk::routes::Access::May;

/// The lines of the table.
pub(super) fn lines() -> Vec<Line> {
    let line = |path, handle: fn(Ask) -> Answer, summary, answer| -> Line {
        (Method::GET, path, May(Work), handle, summary, &[], answer)
    };
    vec![
        line(
            "/api/v1/my/pay/lines",
            pay_lines::own_open_lines,
            "A page of what you earned, or was taken back, that is on no statement yet, line by line, the latest first",
            "offdesk.open_lines/1",
        ),
        line(
            "/api/v1/my/statements",
            list,
            "A page of your statements, the latest first",
            "offdesk.statements/1",
        ),
        line(
            "/api/v1/my/statements/{statement}",
            show,
            "A statement of yours with its lines and payments, by its number",
            "offdesk.statement/1",
        ),
        line(
            "/api/v1/my/statements/{statement}/table",
            worker::own_table,
            "The lines of a statement of yours as CSV, or with format=xlsx as a workbook",
            "file",
        ),
        line(
            "/api/v1/my/statements/{statement}/pdf",
            worker::own_paper,
            "A statement of yours as a PDF",
            "file",
        ),
        line(
            "/api/v1/my/pay-details",
            details,
            "Where your money goes; of an account's number most is hidden",
            "offdesk.pay_details/1",
        ),
        line(
            "/api/v1/my/weeks/{day}",
            weeks::show_own,
            "Your hours in the week that a day is in, and where it stands",
            "offdesk.week_hours/1",
        ),
        (
            Method::PUT,
            "/api/v1/my/weeks/{day}",
            May(Work),
            weeks::save_own,
            "Notes all hours of a week of yours; complete hands it in, rest_off says that nothing was worked on the days of which nothing is said",
            weeks::TYPED,
            "offdesk.week_hours/1",
        ),
        (
            Method::PUT,
            "/api/v1/my/pay-details",
            May(Work),
            change,
            "Notes where your money goes; the kind is bank, paypal, wise, payoneer or none",
            &[
                ("kind", "string"),
                ("holder", "string?"),
                ("iban", "string?"),
                ("bic", "string?"),
                ("email", "string?"),
            ],
            "offdesk.pay_details/1",
        ),
    ]
}

fn list(ask: Ask) -> Answer {
    Box::pin(async move {
        let paging = Paging::of(&ask)?;
        let (all, today) = ask
            .read(|tx, actor, moment| {
                let all = list_own_statements(tx, actor)?;
                Ok((all, today_of(tx, actor, moment)?))
            })
            .await?;
        let (page, next) = paging.page(all, Order::Falling, |one| one.row.number)?;
        json(StatusCode::OK, &StatementsJson::of(&page, next, today))
    })
}

fn show(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        let found = ask
            .read(move |tx, actor, moment| {
                let detail = load_own_statement(tx, actor, number)?;
                Ok(StatementJson::of(&detail, today_of(tx, actor, moment)?))
            })
            .await?;
        json(StatusCode::OK, &found)
    })
}

fn details(ask: Ask) -> Answer {
    Box::pin(async move {
        let pay = ask
            .read(|tx, actor, _| load_own_pay_details(tx, actor))
            .await?;
        json(StatusCode::OK, &PayDetailsJson::of(&pay))
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Details {
    kind: String,
    #[serde(default)]
    holder: String,
    #[serde(default)]
    iban: String,
    #[serde(default)]
    bic: String,
    #[serde(default)]
    email: String,
}

fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let new: Details = read(&ask.bytes().await?)?;
        let new = NewDetails {
            kind: new.kind,
            holder: new.holder,
            iban: new.iban,
            bic: new.bic,
            email: new.email,
        };
        let pay = ask
            .write(move |tx, actor, moment| change_own_pay_details(tx, actor, &new, moment))
            .await?;
        json(StatusCode::OK, &PayDetailsJson::of(&pay))
    })
}
