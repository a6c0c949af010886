//! Pay: a worker's statements and where they stand, what their accepted work comes to at their own agreed prices, and where their money
//! goes.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::own::{OwnAssignment, OwnPay, load_own_pay};
use offdesk_actions::pay::{
    OpenLine, PersonPay, StatementSummary, change_own_pay_details, list_own_open_lines,
    list_own_statements, load_own_pay_details, today_of,
};
use offdesk_actions::people::own::load_own_record;
use offdesk_domain::{Day, Seconds};

use super::work::zone_of;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, moment, said, wrong};
use crate::desk::pages::pay::changes::details_of;
use crate::desk::pages::pay::open_lines::table as lines_table;
use crate::desk::pages::pay::parts::{account, details_fields, standing};
use crate::words;

/// So many assignments are listed.
const ROWS: u32 = 60;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(own_pay_page(&ask, &Form::default(), None).await?)) })
}

async fn own_pay_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let (pay, zone, (statements, today, open_lines), details) = ask
        .read(|tx, actor, moment| {
            let record = load_own_record(tx, actor, moment)?;
            let zone = zone_of(&record.row, actor).map(str::to_owned);
            let statements = list_own_statements(tx, actor)?;
            let open_lines = list_own_open_lines(tx, actor, None, ROWS)?;
            let statements = (statements, today_of(tx, actor, moment)?, open_lines);
            let details = load_own_pay_details(tx, actor)?;
            Ok((load_own_pay(tx, actor, ROWS)?, zone, statements, details))
        })
        .await?;
    let note = if ask.query.text("done") == "details" && error.is_none() {
        "It is noted where your money goes."
    } else {
        ""
    };
    let body = html! {
        h1 { "Pay" }
        (said(note))
        (wrong(error))
        (stated(&statements, today))
        (open(&open_lines))
        (content(&pay, zone.as_deref()))
        (where_to(&details, form, error))
    };
    Ok(desk_page(ask, "Pay", &body))
}

/// Notes where their money goes.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let new = details_of(&form);
        let done = ask
            .write(move |tx, actor, moment| change_own_pay_details(tx, actor, &new, moment))
            .await;
        match done {
            Ok(_) => Ok(see("/my/pay?done=details")),
            Err(error) => again(&error, own_pay_page(&ask, &form, Some(&error))).await,
        }
    })
}

fn stated(all: &[StatementSummary], today: Day) -> Markup {
    html! {
        @if !all.is_empty() {
            section aria-labelledby="statements" {
                h2 #statements { "Your statements" }
                table.rows {
                    thead { tr { th scope="col" { "Statement" } th scope="col" { "Period" } th.figure scope="col" { "To be paid" } th.figure scope="col" { "Owed to you" } th scope="col" { "Stands" } } }
                    tbody { @for one in all { tr {
                        th scope="row" { a href={ "/my/statements/" (one.row.number) } data-find { (one.reference()) } }
                        td data-label="Period" { (words::days(one.period.from, one.period.to)) }
                        td.figure data-label="To be paid" { (one.balance) }
                        td.figure data-label="Owed to you" { (one.owed) }
                        td data-label="Stands" { (standing(one, today)) }
                    } } }
                }
            }
        }
    }
}

/// What was earned and is on no statement yet: assignments, hours of weeks, milestones, months, and what was put right.
fn open(lines: &[OpenLine]) -> Markup {
    html! {
        @if !lines.is_empty() {
            section aria-labelledby="open" {
                h2 #open { "Earned, on no statement yet" }
                (lines_table(lines, false))
                @if lines.len() >= usize::try_from(ROWS).unwrap_or(usize::MAX) { p.quiet { "These are the latest " (ROWS) "." } }
            }
        }
    }
}

fn where_to(pay: &PersonPay, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        section aria-labelledby="where-to" {
            h2 #where-to { "Where your money goes" }
            p { @match &pay.details { Some(details) => { bdi { (account(details)) } }, None => "Nobody has said yet. The owner of the business sees what you write here, and nobody else." } }
            p.quiet { "You are paid " (pay.cycle.name()) ". " (pay.rounding.in_words()) }
            details open[error.is_some()] {
                summary { @if pay.details.is_some() { "Change it" } @else { "Say where it goes" } }
                form method="post" action="/my/pay/details" {
                    (details_fields(pay, form, error))
                    button { "Note it" }
                }
            }
        }
    }
}

fn content(pay: &OwnPay, zone: Option<&str>) -> Markup {
    html! {
        p.lead { "What was accepted of your work, at the prices you agreed to." }
        @if pay.earnings.is_empty() && pay.handed_in.is_empty() { p { "Nothing was accepted yet. What is accepted stands here with what it pays." } }
        @if !pay.totals.is_empty() {
            dl.parts { @for total in &pay.totals {
                div { dt { "accepted so far" } dd { (total) } }
            } }
        }
        @if !pay.earnings.is_empty() {
            section aria-labelledby="by-terms" {
                h2 #by-terms { "By what was agreed" }
                table.rows {
                    thead { tr { th scope="col" { "Agreed" } th.figure scope="col" { "Assignments" } th.figure scope="col" { "Hours you typed" } th.figure scope="col" { "Comes to" } } }
                    tbody { @for earning in &pay.earnings { tr {
                        th scope="row" { (earning.terms) }
                        td.figure data-label="Assignments" { (earning.assignments) }
                        td.figure data-label="Hours you typed" { (words::hours_column(earning.time.hours())) }
                        td.figure data-label="Comes to" { @match earning.earned { Some(sum) => (sum), None => "paid by the month" } }
                    } } }
                }
            }
        }
        (waiting(&pay.handed_in, zone))
        (accepted(&pay.accepted, zone))
    }
}

fn earned(one: &OwnAssignment) -> Markup {
    html! {
        @match one.terms.earned(1, Seconds(one.row.seconds)) { Some(sum) => (sum), None => "by the month" }
    }
}

fn waiting(handed_in: &[OwnAssignment], zone: Option<&str>) -> Markup {
    html! {
        @if !handed_in.is_empty() {
            section aria-labelledby="waiting" {
                h2 #waiting { "Handed in, not accepted yet" }
                (table(handed_in, "Counts as accepted", zone, |one| one.row.accept_at))
            }
        }
    }
}

fn accepted(all: &[OwnAssignment], zone: Option<&str>) -> Markup {
    html! {
        @if !all.is_empty() {
            section aria-labelledby="accepted" {
                h2 #accepted { "Accepted" }
                (table(all, "Accepted", zone, |one| one.row.accepted_at))
                @if all.len() >= usize::try_from(ROWS).unwrap_or(usize::MAX) { p.quiet { "These are the latest " (ROWS) "; the sums above are of all." } }
            }
        }
    }
}

fn table(
    all: &[OwnAssignment],
    when: &str,
    zone: Option<&str>,
    at: fn(&OwnAssignment) -> Option<i64>,
) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Assignment" } th scope="col" { (when) } th scope="col" { "Agreed" } th.figure scope="col" { "Hours you typed" } th.figure scope="col" { "Comes to" } } }
            tbody { @for one in all { tr {
                th scope="row" { a href={ "/my/assignments/" (one.row.id) } { bdi { (words::shown(&one.row.title, 120)) } } }
                td data-label=(when) { @if let Some(at) = at(one) { (moment(at, zone)) } }
                td data-label="Agreed" { (one.terms) }
                td.figure data-label="Hours you typed" { (words::hours_column(Seconds(one.row.seconds).hours())) }
                td.figure data-label="Comes to" { (earned(one)) }
            } } }
        }
    }
}
