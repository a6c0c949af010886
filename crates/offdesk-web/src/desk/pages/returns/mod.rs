//! Return: whether it pays. Hours bought back, cash, what the hours became, a line for each handoff, the questions of the week.

pub mod receipts;
mod weekly;

use std::sync::Arc;

use axum::response::Response;
use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::returns::receipts::{Receipt, list_receipts};
use offdesk_actions::returns::stress::load_stress_dials;
use offdesk_actions::returns::tables::{handoffs_table, weeks_table};
use offdesk_actions::returns::two_lines::TwoLines;
use offdesk_actions::returns::weekly::{NewWeek, SaidOfHours, Weekly, answer_week, load_weekly};
use offdesk_actions::returns::{Audience, Month, ReturnReport, load_return_for};
use offdesk_actions::sheet::Table;

use super::agents::costs_section;
use super::next::may_edit;
use super::pictures::files;
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::attachment::{attachment, table_file};
use crate::desk::cache::ReturnSeen;
use crate::desk::errors::status_of;
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, said, wrong};
use crate::returns::bands::became;
use crate::returns::handoffs::handoffs;
use crate::returns::page::return_page;
use crate::returns::stress::dials;
use crate::returns::{Links, lines, pictures, two_lines};

pub use self::weekly::questions;

/// What stands on the page.
struct Found {
    seen: Arc<ReturnSeen>,
    weekly: Weekly,
    receipts: Vec<Receipt>,
}

async fn load(ask: &Ask) -> Result<Found, Error> {
    let month = month_of(&ask.query)?;
    Ok(Found {
        seen: ask.desk.returns.load(ask, month).await?,
        weekly: ask.read(load_weekly).await?,
        receipts: ask.read(|tx, actor, _| list_receipts(tx, actor)).await?,
    })
}

/// The month that is asked for; `None` for all time.
///
/// # Errors
/// `return.month`.
pub fn month_of(query: &Form) -> Result<Option<Month>, Error> {
    match query.text("month") {
        "" => Ok(None),
        text => Month::typed(text).map(Some),
    }
}

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let found = load(&ask).await?;
        let note = match ask.query.text("done") {
            "answered" => "Your answer is noted. A later one takes its place.",
            "received" => "The money that came in is noted.",
            "taken_back" => "It is taken back.",
            _ => "",
        };
        let body = body(&ask, &found, (&Form::default(), None), note)?;
        Ok(shown(desk_page(&ask, "Return", &body)))
    })
}

/// The page to share, as a download.
pub fn shared_page(ask: Ask) -> Answer {
    Box::pin(async move {
        let month = month_of(&ask.query)?;
        let (for_others, seen);
        let report = if ask.query.is_ticked("without_worth") {
            for_others = ask
                .read(move |tx, actor, moment| {
                    load_return_for(tx, actor, month, Audience::Others, moment)
                })
                .await?;
            &for_others
        } else {
            seen = ask.desk.returns.load(&ask, month).await?;
            &seen.report
        };
        let name = match report.month {
            Some(month) => format!("return-{month}.html"),
            None => format!("return-{}.html", report.today),
        };
        let stress = match ask.query.is_ticked("with_stress") {
            true => Some(
                ask.read(move |tx, actor, moment| load_stress_dials(tx, actor, month, moment))
                    .await?,
            ),
            false => None,
        };
        let page = return_page(report, stress.as_ref())?;
        Ok(attachment(
            &name,
            "text/html; charset=utf-8",
            page.into_bytes(),
        ))
    })
}

/// The handoffs as CSV.
pub fn handoffs_csv(ask: Ask) -> Answer {
    table(ask, ("handoffs", "csv"), handoffs_table)
}

/// The handoffs as a workbook.
pub fn handoffs_xlsx(ask: Ask) -> Answer {
    table(ask, ("handoffs", "xlsx"), handoffs_table)
}

/// The weeks as CSV.
pub fn weeks_csv(ask: Ask) -> Answer {
    table(ask, ("weeks", "csv"), weeks_table)
}

/// The weeks as a workbook.
pub fn weeks_xlsx(ask: Ask) -> Answer {
    table(ask, ("weeks", "xlsx"), weeks_table)
}

fn table(
    ask: Ask,
    (of, format): (&'static str, &'static str),
    written: fn(&ReturnReport) -> Table,
) -> Answer {
    Box::pin(async move {
        let month = month_of(&ask.query)?;
        let seen = ask.desk.returns.load(&ask, month).await?;
        let report = &seen.report;
        let when = report
            .month
            .map_or_else(String::new, |month| format!("-{month}"));
        let name = format!("return-{of}{when}");
        table_file(&name, &written(report), format, ask.moment.now)
    })
}

/// Notes the answers of a week.
pub fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok((day, new)) => {
                ask.write(move |tx, actor, moment| answer_week(tx, actor, day, new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) if form.text("back") == "/desk" => Ok(see("/desk")),
            Ok(_) => Ok(see("/return?done=answered")),
            Err(error) => page_again(&ask, &form, &error).await,
        }
    })
}

/// The page with what went wrong, and what was typed.
async fn page_again(ask: &Ask, form: &Form, error: &Error) -> Result<Response, Error> {
    let found = load(ask).await?;
    let body = body(ask, &found, (form, Some(error)), "")?;
    Ok(page_with(status_of(error), desk_page(ask, "Return", &body)))
}

fn read(form: &Form) -> Result<(offdesk_domain::Day, NewWeek), Error> {
    let day = form.day("week")?.ok_or_else(|| {
        Error::invalid(
            "week",
            "form.day",
            "it is not said which week this is about",
        )
        .hint("choose a week")
    })?;
    let became = match form.text("became") {
        "" => SaidOfHours::hours([
            form.hours("work")?,
            form.hours("rest")?,
            form.hours("vanished")?,
        ])?,
        word => Some(SaidOfHours::of(word)?),
    };
    let stress = match form.text("stress") {
        "" => None,
        text => Some(text.parse().unwrap_or(0)),
    };
    Ok((day, NewWeek { became, stress }))
}

fn body(
    ask: &Ask,
    found: &Found,
    (form, error): (&Form, Option<&Error>),
    note: &str,
) -> Result<Markup, Error> {
    let (report, weekly) = (&found.seen.report, &found.weekly);
    let may_edit = may_edit(ask);
    if report.is_empty() && report.month.is_none() {
        return Ok(html! {
            h1 { "Is it paying?" }
            (said(note)) (wrong(error))
            p { "Nothing is handed off yet. Four weeks after the first handoff has begun, what it really gave stands here: hours, cash, and what became of the hours." }
            p { a.button href="/next" { "See what to hand off" } }
            (weekly::answers(weekly, may_edit))
        });
    }
    let month = of_month(report);
    let kept = |picture: &str| files("/return", picture, &month, &["csv", "xlsx", "svg"]);
    Ok(html! {
        h1 { (report.headline_of(&report.found)?) }
        (said(note)) (wrong(error))
        (months(report))
        @if may_edit { (questions(weekly, "/return")) }
        (lines(report))
        @if report.worth.is_none() { p { "What the hours were worth, and what to do about each handoff, needs to know what an hour of yours is worth. " a href="/worth" { "Set your worth" } "." } }
        (handoffs(report, Links::Desk)?)
        (pictures::pictures(report, kept))
        @if let Some(bands) = &found.seen.bands {
            (became(bands, &kept("own-hours")))
            (two_lines::section(&TwoLines::of_hours(bands), &kept("effective-hour")))
        }
        (receipts::receipts(&found.receipts, report, ask.may(Permission::Manage), (form, error)))
        (costs_section(&found.seen.costs))
        (dials(&found.seen.stress))
        (weekly::answers(weekly, may_edit))
        (share(report))
    })
}

/// The month that is looked at, as the end of an address.
fn of_month(report: &ReturnReport) -> String {
    let month = report.month;
    month.map_or_else(String::new, |month| format!("?month={month}"))
}

/// A page of it to keep or to give to somebody.
fn share(report: &ReturnReport) -> Markup {
    html! {
        section aria-labelledby="share" {
            h2 #share { "Keep it, or show it to somebody" }
            form method="get" action="/return/page" {
                @if let Some(month) = report.month { input type="hidden" name="month" value=(month); }
                p { "One page of what is shown here, which loads nothing: for paper, your partner or your bookkeeper." }
                div.field { label { input type="checkbox" name="without_worth" value="1"; " Leave out what an hour of yours is worth, and all that hangs on it" } }
                div.field { label { input type="checkbox" name="with_stress" value="1"; " Put what may weigh on you on it, too" } }
                button.plain { "Download the page" }
            }
            @let month = of_month(report);
            p { "As tables: each handoff ("
                a href={ "/return/handoffs.csv" (month) } { "CSV" } ", " a href={ "/return/handoffs.xlsx" (month) } { "XLSX" }
                "), week by week (" a href={ "/return/weeks.csv" (month) } { "CSV" } ", " a href={ "/return/weeks.xlsx" (month) } { "XLSX" } ")." }
        }
    }
}

/// The months to choose from.
fn months(report: &ReturnReport) -> Markup {
    html! {
        form.actions method="get" action="/return" {
            label for="month" { "Look at" }
            select #month name="month" {
                option value="" selected[report.month.is_none()] { "all time" }
                @for (month, _) in report.months.iter().rev() {
                    option value=(month) selected[report.month == Some(*month)] { (month.in_words()) }
                }
            }
            button.plain { "Show" }
        }
    }
}
