//! The Desk: the one thing to do next, what waits, the hours bought back this week, and the owner's hour.

use maud::{Markup, html};
use offdesk_actions::desk::{DeskWaits, Kind, News, Wait, Waiting, load_desk};
use offdesk_actions::hours::Hours;
use offdesk_actions::next::{NextList, rank};
use offdesk_actions::returns::weekly::load_weekly;
use offdesk_domain::Seconds;
use offdesk_domain::assignment::BoughtBack;
use offdesk_domain::audit::Audit;

use super::budgets::told;
use super::import::memory_table;
use super::next::{first_of, may_edit, towards};
use super::returns::questions;
use crate::audit::start;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::desk_page;
use crate::words;

/// So many of each kind are listed.
const MOST: u32 = 8;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let desk = ask
            .read(|tx, actor, moment| load_desk(tx, actor, MOST, moment))
            .await?;
        let weekly = ask.read(load_weekly).await?;
        let list = rank(&hours);
        let body = html! {
            h1 { "What is the next thing off your desk?" }
            @match &list {
                Some(list) if !hours.is_empty() => (next(&ask, list)),
                _ => (without(&ask, &hours)),
            }
            (waits(&ask, &desk))
            (to_know(&ask, &desk.news))
            @if !desk.budgets.is_empty() {
                section aria-labelledby="budgets" {
                    h2 #budgets { "Budgets of this month" }
                    (told(&desk.budgets))
                }
            }
            @if may_edit(&ask) { (questions(&weekly, "/desk")) }
            (bought_back(&desk.bought_back))
            @if let Some(list) = &list { @if !hours.is_empty() { (strip(list.audit)) } }
        };
        Ok(shown(desk_page(&ask, "Desk", &body)))
    })
}

/// What is missing before anything can be recommended.
fn without(ask: &Ask, hours: &Hours) -> Markup {
    html! {
        @if !hours.is_empty() {
            p { "Your hours are here. What one of them is worth is missing: that is what a price is held against." }
            p { a.button href="/worth" { "Set your worth" } }
        } @else if may_edit(ask) {
            p { "To say that, offdesk has to know where your time goes. Fill in your usual week, or " a href="/import" { "bring a file or a calendar" } "." }
            (memory_table(&Form::default(), None))
        } @else {
            p { "No hours are here yet." }
        }
    }
}

fn next(ask: &Ask, list: &NextList<'_>) -> Markup {
    let first = list.start_with();
    html! {
        (start::start_with(list.audit, first.map(first_of)))
        @if let Some(first) = first {
            div.actions {
                a.button href={ "/next/" (first.row.id) } { "See what it takes" }
                @if may_edit(ask) {
                    (towards(first))
                    a.button.plain href={ "/next/" (first.row.id) "#judge" } { "Not now" }
                }
            }
        } @else {
            p { "Nothing is open that would pay back its set-up. " a href="/next" { "See all of it" } "." }
        }
    }
}

fn waits(ask: &Ask, desk: &DeskWaits) -> Markup {
    let now = ask.moment.micros();
    html! {
        section aria-labelledby="waits" {
            h2 #waits { "Waits for you" }
            @if desk.waits.is_empty() { p { "Nothing waits on you." } } @else {
                table.rows {
                    caption { "What waits longest first" }
                    thead { tr { th scope="col" { "What" } th scope="col" { "Waits for" } th scope="col" { "Until" } } }
                    tbody { @for wait in &desk.waits { (row(wait, now)) } }
                }
                p.actions {
                    @if desk.reviews > 0 { a href="/review" { (words::count(desk.reviews, "deliverable", "deliverables")) " to look at" } }
                    @if desk.questions > 0 { a href="/work" { (words::count(desk.questions, "assignment waits", "assignments wait")) " for an answer" } }
                }
            }
        }
    }
}

fn row(wait: &Waiting, now: i64) -> Markup {
    let path = match wait.kind {
        Wait::Review => "/review/",
        Wait::Question | Wait::Overdue => "/work/",
    };
    let what = wait.kind.in_words();
    html! {
        tr {
            th scope="row" {
                a href={ (path) (wait.assignment) } data-find { (what) ": " (wait.number) " " bdi { (words::shown(&wait.title, 120)) } }
                @if let Some(person) = &wait.person { small { bdi { (words::shown(person, 80)) } } }
            }
            td data-label="Waits for" { (words::age(wait.since, now)) }
            td data-label="Until" {
                @match (wait.kind, wait.until) {
                    (Wait::Review, Some(until)) if until > now => { "accepted by itself in " (words::age(now, until)) },
                    (_, Some(until)) if until > now => { (words::age(now, until)) " left" },
                    (_, Some(until)) => { "late by " (words::age(until, now)) },
                    (Wait::Overdue, None) => "it is in their hands",
                    (_, None) => "",
                }
            }
        }
    }
}

/// What nobody waits for, and somebody should know.
fn to_know(ask: &Ask, news: &[News]) -> Markup {
    let now = ask.moment.micros();
    html! {
        @if !news.is_empty() {
            section aria-labelledby="to-know" {
                h2 #to-know { "Good to know" }
                table.rows {
                    caption { "The last two weeks, then what is due" }
                    thead { tr { th scope="col" { "What" } th scope="col" { "Why" } th scope="col" { "When" } } }
                    tbody { @for one in news {
                        @let (what, path) = (one.kind.in_words(), path_of(one.kind));
                        tr {
                            th scope="row" {
                                a href={ (path) (one.about) } data-find { (what) ": " @if let Some(number) = one.number { (number) " " } bdi { (words::shown(&one.title, 120)) } }
                                @if let Some(person) = &one.person { small { bdi { (words::shown(person, 80)) } } }
                            }
                            td data-label="Why" { bdi { (words::shown(&one.why, 200)) } }
                            td data-label="When" { @if one.kind.is_due() { "now" } @else { (words::age(one.at, now)) " ago" } }
                        }
                    } }
                }
            }
        }
    }
}

/// Where something to know stands.
fn path_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Declined | Kind::Expired | Kind::Missed => "/work/",
        Kind::Forgotten
        | Kind::PaidBeside
        | Kind::HandoffAccepted
        | Kind::HandoffDeclined
        | Kind::ChangeAccepted
        | Kind::ChangeDeclined
        | Kind::ChangeLapsed
        | Kind::RungMoved
        | Kind::TrialPassed
        | Kind::ZoneMoved => "/handoffs/",
        Kind::DraftWaiting | Kind::BlueprintDue => "/blueprints/",
        Kind::Access => "/people/",
    }
}

/// Hours, or minutes where it is less than one.
fn hours_of(time: Seconds) -> String {
    const HOUR: i64 = 3_600;
    match time.0 {
        0..HOUR => {
            let minutes = u64::try_from(time.0.saturating_add(59) / 60).unwrap_or(0);
            words::count(minutes, "minute", "minutes")
        }
        _ => words::hours_long(time.hours()),
    }
}

fn bought_back(week: &BoughtBack) -> Markup {
    if !week.is_any() {
        return html! {};
    }
    let net = week.net();
    html! {
        section aria-labelledby="bought-back" {
            h2 #bought-back {
                @if net < Seconds::ZERO { "It took " (hours_of(Seconds(net.0.saturating_neg()))) " more than it gave back in the last seven days" }
                @else { "About " (hours_of(net)) " bought back in the last seven days" }
            }
            p {
                @if week.assignments > 0 { (words::count(week.assignments, "accepted assignment", "accepted assignments")) " would have taken you " (hours_of(week.spared)) ", by what you expected when you handed them off" } @else { "Nothing was accepted of which it is known how long it takes you" }
                @if week.supervision > Seconds::ZERO { "; less " (hours_of(week.supervision)) " of reviewing, answering and doing again" }
                "."
            }
            @if week.unknown > 0 { p.quiet { (words::count(week.unknown, "accepted assignment is", "accepted assignments are")) " in no figure: how long one takes you was not weighed when it was handed off." } }
        }
    }
}

/// The owner's hour, in a strip.
fn strip(audit: &Audit) -> Markup {
    let worth = &audit.worth;
    html! {
        section aria-labelledby="hour" {
            h2 #hour { "Your hour" }
            dl.parts {
                div { dt { "is what it is worth" } dd { (words::rate(worth.hour, worth.currency)) } }
                div { dt { "is what it should become" } dd { (words::rate(worth.target, worth.currency)) } }
                div { dt { "a week could be bought for less" } dd { (words::hours_long(audit.summary.hours_below_per_week)) } }
            }
        }
    }
}
