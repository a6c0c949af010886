//! What to hand off, in order: the ranked list, what was put off, and what never goes.

mod crowded;
mod left_out;
mod step;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::activities::{Judgement, judge_activity};
use offdesk_actions::actor::Permission;
use offdesk_actions::hours::Hours;
use offdesk_actions::next::crowded::{CrowdedOut, crowded_out};
use offdesk_actions::next::{NextActivity, NextList, rank};
use offdesk_actions::store::Uuid;
use offdesk_domain::Currency;
use offdesk_domain::audit::Audit;
use offdesk_domain::money::to_minor_text;

use self::crowded::pushed_back;
use self::left_out::{better_kept, gap_of_list, handed_off, never, put_off};
pub use self::step::towards;
use super::handoff;
use crate::audit::start;
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::{is_elsewhere, status_of};
use crate::desk::layout::desk_page;
use crate::words;

/// Rows of the table on one page.
const ROWS: usize = 60;
/// Readiness has so many steps.
const STEPS: u8 = 4;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let hours = ask.hours().await?;
        let body = match rank(&hours) {
            Some(list) if !hours.is_empty() => {
                let crowded = crowded_out(&hours, &list).ok();
                html! {
                    (judged(&ask, &list))
                    (content(&ask, &list, crowded.as_ref()))
                }
            }
            _ => without(&hours),
        };
        Ok(shown(desk_page(&ask, "Next", &body)))
    })
}

/// What is missing for a ranked list: hours, or a worth.
pub fn without(hours: &Hours) -> Markup {
    if hours.is_empty() {
        return without_hours();
    }
    without_worth()
}

fn without_hours() -> Markup {
    html! {
        h1 { "What should you hand off first?" }
        p { "To rank your work, offdesk has to know where your time goes. A file, a calendar, or ten rows from memory are enough." }
        p { a.button href="/import" { "Bring your hours" } }
    }
}

fn without_worth() -> Markup {
    html! {
        h1 { "What should you hand off first?" }
        p { "Your hours are here. What one of them is worth is missing: that is what a price is held against." }
        p { a.button href="/worth" { "Set your worth" } }
    }
}

/// What was just done, with the way back.
fn judged(ask: &Ask, list: &NextList<'_>) -> Markup {
    let of = Uuid::try_parse(ask.query.text("of")).ok();
    let Some(next) = of.and_then(|id| list.find(id)) else {
        return html! {};
    };
    let name = words::shown(&next.judged.activity.name, 80);
    let said = match (next.row.judgement.as_deref(), next.back()) {
        (Some("not_now"), Some(day)) => {
            format!("{name} is put off until {}.", words::day(day))
        }
        (Some("never"), _) => format!("{name} stays with you."),
        _ => format!("{name} is open again."),
    };
    let is_out = next.row.judgement.is_some() && may_edit(ask);
    html! {
        div.said.row role="status" {
            span { bdi { (said) } }
            @if is_out { (open_again(next.row.id, "Undo")) }
        }
    }
}

/// A button that opens an activity again.
pub fn open_again(id: Uuid, text: &str) -> Markup {
    html! {
        form method="post" action={ "/next/" (id) "/judgement" } {
            button.plain.small name="judgement" value="open" data-key=[(text == "Undo").then_some("u")] { (text) }
        }
    }
}

/// Whether the one who asks may judge.
pub fn may_edit(ask: &Ask) -> bool {
    ask.may(Permission::Edit)
}

fn content(ask: &Ask, list: &NextList<'_>, crowded: Option<&CrowdedOut>) -> Markup {
    let unpriced = list.audit.activities.iter();
    let unpriced = unpriced
        .filter(|it| it.activity.price.is_none() && it.activity.stays.is_none())
        .count();
    html! {
        h1 { "What to hand off, in order" }
        p.lead { "By its net value a year, after everything, and by how ready it is: the same figures that weighing it begins with." }
        (gap_of_list(list))
        @if list.open.is_empty() {
            @if unpriced > 0 && list.put_off.is_empty() && list.never.is_empty() {
                p { "Price three activities to see this. Without a price nobody can say what handing one off would bring." }
                p { a.button href="/hours#activities" { "Price your activities" } }
            } @else {
                p { "Nothing is open. What was put off comes back on its day; new hours and your own figures bring new numbers." }
            }
        } @else {
            (start::start_with(list.audit, list.start_with().map(first_of)))
            @if let Some(first) = list.start_with() {
                p.actions {
                    a.button href={ "/next/" (first.row.id) } { "See what it takes" }
                    @if may_edit(ask) { (towards(first)) }
                    a.button.plain href="/next/roll-out" { "Put them in order, week by week" }
                    a.button.plain href="/plan" { "Plan who does what" }
                }
            }
            @if let Some(crowded) = crowded { (pushed_back(crowded)) }
            (table(ask, list))
        }
        (handed_off(list))
        (better_kept(list))
        (put_off(ask, list))
        (never(ask, list))
    }
}

/// The activity to start with, for its box.
pub fn first_of<'n>(next: &'n NextActivity<'_>) -> start::First<'n> {
    start::First {
        activity: next.judged,
        handoff: next.handoff,
        person: next.option.map(|option| option.name.as_str()),
        price: next.price().map(|price| price.likely),
    }
}

fn table(ask: &Ask, list: &NextList<'_>) -> Markup {
    let currency = list.audit.worth.currency;
    let pages = list.open.len().div_ceil(ROWS).max(1);
    let page: usize = ask.query.text("page").parse().unwrap_or(1);
    let page = page.clamp(1, pages);
    let rows = list.open.iter().skip((page - 1) * ROWS).take(ROWS);
    html! {
        section aria-labelledby="ranked" {
            h2 #ranked { (words::count(u64::try_from(list.open.len()).unwrap_or(u64::MAX), "activity is open", "activities are open")) }
            table.rows.ranked {
                thead { tr {
                    th scope="col" { "Activity" } th.figure scope="col" { "Hours a week" } th.figure scope="col" { "An hour costs" }
                    th.figure scope="col" { "Gap a year" } th.figure scope="col" { "Net a year" } th scope="col" { "Pays back" } th scope="col" { "Ready" }
                    @if may_edit(ask) { th scope="col" { "Put off" } }
                } }
                tbody { @for next in rows { (row(ask, list, next, currency)) } }
            }
            @if pages > 1 {
                nav.actions aria-label="More activities" {
                    @for number in 1..=pages { a href={ "/next?page=" (number) "#ranked" } aria-current=[(number == page).then_some("page")] { (number) } }
                }
            }
        }
    }
}

fn row(ask: &Ask, list: &NextList<'_>, next: &NextActivity<'_>, currency: Currency) -> Markup {
    let name = words::shown(&next.judged.activity.name, 120);
    html! {
        tr {
            th scope="row" {
                a href={ "/next/" (next.row.id) } data-find { bdi { (name) } }
                @if next.back_for.is_some() { " " span.tag { "back with new numbers" } }
                @if let Some(option) = next.option { " " span.tag { "with " bdi { (words::shown(&option.name, 40)) } } }
                small { (words::capital(&why(list.audit, next))) "." @if let Some(then) = next.judged_gain.filter(|_| next.back_for.is_some()) { " It was about " (words::about(then, currency)) " when you put it off." } }
            }
            td.figure data-label="Hours a week" { (weekly(next)) }
            td.figure data-label="An hour costs" { (hour_costs(next, currency)) }
            td.figure data-label="Gap a year" { (gap(next, currency)) }
            td.figure data-label="Net a year" { (net(next, currency)) }
            td data-label="Pays back" { (pays_back(next)) }
            td data-label="Ready" { (readiness(next)) }
            @if may_edit(ask) {
                td { a.button.plain.small href={ "/next/" (next.row.id) "#judge" } aria-label={ "Not now: " (name) } { "Not now" } }
            }
        }
    }
}

/// What says how ready it is, without a capital and a full stop.
pub fn why(audit: &Audit, next: &NextActivity<'_>) -> String {
    next.readiness_in_words(audit)
}

/// What an hour costs.
pub fn hour_costs(next: &NextActivity<'_>, currency: Currency) -> String {
    let price = next.price();
    price.map_or_else(
        || "\u{2013}".to_owned(),
        |price| words::rate(price.likely, currency),
    )
}

/// Hours a week in a column.
pub fn weekly(next: &NextActivity<'_>) -> String {
    words::hours_column(next.judged.hours_per_week)
}

/// The gap of a year.
pub fn gap(next: &NextActivity<'_>, currency: Currency) -> String {
    let yearly = next.judged.yearly;
    yearly.map_or_else(
        || "\u{2013}".to_owned(),
        |yearly| words::about(yearly.gap, currency),
    )
}

/// The net value of a year: about so much for people, and to the cent for what reads the page.
pub fn net(next: &NextActivity<'_>, currency: Currency) -> Markup {
    let gain = next.handoff.first_year_gain;
    html! { data value=(to_minor_text(gain, currency)) { (words::about(gain, currency)) } }
}

/// When the set-up is paid back.
pub fn pays_back(next: &NextActivity<'_>) -> String {
    let week = next.handoff.payback_week;
    week.map_or_else(
        || "over a year".to_owned(),
        |week| format!("week\u{a0}{week}"),
    )
}

/// How ready it is, in dots and in words.
pub fn readiness(next: &NextActivity<'_>) -> Markup {
    let steps = next.handoff.steps();
    let full = usize::from(steps);
    let empty = usize::from(STEPS).saturating_sub(full);
    let words = match steps {
        4.. => "ready",
        3 => "nearly ready",
        _ => "not yet ready",
    };
    html! {
        span.meter aria-hidden="true" { ("\u{25cf}".repeat(full)) ("\u{25cb}".repeat(empty)) }
        " " (words)
    }
}

/// Puts an activity off, takes it out, or opens it again.
pub fn judge(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let reason = form.text("reason").to_owned();
        let done = match Judgement::of(form.text("judgement")) {
            Some(judgement) => {
                ask.write(move |tx, actor, moment| {
                    judge_activity(tx, actor, id, judgement, &reason, None, moment)
                })
                .await
            }
            None => Err(Error::invalid(
                "judgement",
                "judgement.unknown",
                "choose open, not now or never",
            )),
        };
        match done {
            Ok(row) => Ok(see(&format!("/next?of={}", row.id))),
            Err(error) if is_elsewhere(&error) => Err(error),
            Err(error) => {
                let hours: std::sync::Arc<Hours> = ask.hours().await?;
                let page = handoff::detail(&ask, &hours, id, &form, Some(&error)).await?;
                match page {
                    Some(page) => Ok(page_with(status_of(&error), page)),
                    None => Err(error),
                }
            }
        }
    })
}
