//! Pay: what a worker's accepted work comes to, at their own agreed prices.

use maud::{Markup, html};
use offdesk_actions::assignments::own::{OwnAssignment, OwnPay, load_own_pay};
use offdesk_actions::people::own::load_own_record;
use offdesk_domain::Seconds;

use super::work::zone_of;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, moment};
use crate::words;

/// So many assignments are listed.
const ROWS: u32 = 60;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let (pay, zone) = ask
            .read(|tx, actor, moment| {
                let record = load_own_record(tx, actor, moment)?;
                let zone = zone_of(&record.row).map(str::to_owned);
                Ok((load_own_pay(tx, actor, ROWS)?, zone))
            })
            .await?;
        let body = content(&pay, zone.as_deref());
        Ok(shown(desk_page(&ask, "Pay", &body)))
    })
}

fn content(pay: &OwnPay, zone: Option<&str>) -> Markup {
    html! {
        h1 { "Pay" }
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
