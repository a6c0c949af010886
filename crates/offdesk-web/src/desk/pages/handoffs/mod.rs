//! Handoffs: who does what from now on, proposed, agreed, paused, ended.

mod changes;
mod forms;
mod mailbox;
mod new;
pub(super) mod one;
mod recurring;
mod standing;

pub use self::changes::{
    answer, answer_change, change, check, go, move_of, propose, propose_again, withdraw,
};
pub use self::mailbox::{end_address, renew_address};
pub use self::new::page as new_page;
pub use self::one::{handoff_page, history, page as show};
pub use self::recurring::{end_repeat, move_repeat, repeat};
pub use self::standing::agreed_line;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::handoffs::{
    HandoffSummary, SoFar, list_handoffs, list_handoffs_of_activity, list_handoffs_of_blueprint,
    load_so_far,
};
use offdesk_actions::store::Uuid;

use super::blueprints::place_of;
use super::next::may_edit;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::desk_page;
use crate::desk::paging::paged;
use crate::words;

/// Rows of the list on one page.
const ROWS: u32 = 60;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(list_page(&ask).await?)) })
}

/// The place of a handoff, to go on behind it.
#[must_use]
pub fn place_text(summary: &HandoffSummary) -> String {
    let row = &summary.handoff.row;
    format!("{}.{}", row.changed_at, row.id)
}

async fn list_page(ask: &Ask) -> Result<Markup, Error> {
    let before = place_of(ask.query.text("before"));
    let (all, so_far) = ask
        .read(move |tx, actor, moment| {
            let all = list_handoffs(tx, actor, before, ROWS + 1)?;
            let so_far = load_so_far(tx, actor, &all, moment)?;
            Ok((all, so_far))
        })
        .await?;
    let (page, last) = paged(&all, ROWS);
    let body = html! {
        p { a href="/people" { "People" } }
        h1 { "Handoffs" }
        p.lead { "What somebody else does from now on, by which blueprint and on which terms." }
        @if page.is_empty() { p { "Nothing is handed off yet." } } @else { (table(page, Some(&so_far), "The one in which something happened last first. What was expected is reckoned for the days until now.")) }
        @if last.is_some() || before.is_some() {
            nav.actions aria-label="More handoffs" {
                @if before.is_some() { a href="/handoffs" { "The latest" } }
                @if let Some(last) = last { a href={ "/handoffs?before=" (place_text(last)) } { "Earlier ones" } }
            }
        }
        @if may_edit(ask) { p.actions { a.button href="/handoffs/new" data-key="n" { "Hand off an activity" } } }
    };
    Ok(desk_page(ask, "Handoffs", &body))
}

/// Handoffs as a table, with what they cost so far where it is asked for.
pub fn table(all: &[HandoffSummary], so_far: Option<&[SoFar]>, caption: &str) -> Markup {
    html! {
        table.rows {
            caption { (caption) }
            thead { tr { th scope="col" { "Activity" } th scope="col" { "Person" } th scope="col" { "By" } th scope="col" { "Terms" } th scope="col" { "State" } @if so_far.is_some() { th scope="col" { "So far" } } } }
            tbody { @for (at, summary) in all.iter().enumerate() { tr {
                @let handoff = &summary.handoff;
                th scope="row" { a href={ "/handoffs/" (handoff.row.id) } data-find { bdi { (words::shown(&summary.activity, 120)) } } }
                td data-label="Person" { bdi { (words::shown(&summary.person, 80)) } }
                td data-label="By" { bdi { (words::shown(&summary.blueprint, 120)) } }
                td data-label="Terms" { (handoff.agreement.agreed.terms) small { "from " (words::day(handoff.agreement.agreed.start)) } }
                td data-label="State" {
                    (handoff.state.in_words())
                    @if handoff.agreement.proposed.is_some() { small { "a change is open" } }
                }
                @if let Some(all) = so_far { td data-label="So far" { @if let Some(one) = all.get(at) { (cost_so_far(one)) } } }
            } } }
        }
    }
}

/// What a handoff cost so far, and what was expected by now.
fn cost_so_far(so_far: &SoFar) -> Markup {
    html! {
        @if so_far.since.is_some() {
            (so_far.money_in_words()) " " small { "your own time: " (so_far.time_in_words()) }
        } @else { span.quiet { "has not begun" } }
    }
}

/// What handoffs cost so far as a table, each in a line.
pub fn costs(all: &[(HandoffSummary, SoFar)]) -> Markup {
    html! {
        table.rows {
            caption { "Earned, and your own time spent looking after it; with what was expected of the days until now." }
            thead { tr { th scope="col" { "Handoff" } th scope="col" { "Since" } th scope="col" { "Earned" } th scope="col" { "Your time" } } }
            tbody { @for (one, so_far) in all { tr {
                th scope="row" { a href={ "/handoffs/" (one.handoff.row.id) } { bdi { (words::shown(&one.activity, 80)) } " to " bdi { (words::shown(&one.person, 60)) } } }
                td data-label="Since" { @match so_far.since { Some(day) => (words::day(day)), None => span.quiet { "has not begun" } } }
                td data-label="Earned" { (so_far.money_in_words()) }
                td data-label="Your time" { (so_far.time_in_words()) }
            } } }
        }
    }
}

/// What of an activity is handed off, in a line each, and the way to hand it off.
///
/// # Errors
/// Those of the actor and of the store.
pub async fn of_activity(ask: &Ask, activity: Uuid) -> Result<Markup, Error> {
    let all = ask
        .read(move |tx, actor, _| list_handoffs_of_activity(tx, actor, activity))
        .await?;
    Ok(lines(
        ask,
        &all,
        &format!("/handoffs/new?activity={activity}"),
    ))
}

/// What is handed off by a blueprint, in a line each, and the way to hand it off.
///
/// # Errors
/// Those of the actor and of the store.
pub async fn of_blueprint(ask: &Ask, blueprint: Uuid) -> Result<Markup, Error> {
    let all = ask
        .read(move |tx, actor, _| list_handoffs_of_blueprint(tx, actor, blueprint))
        .await?;
    Ok(lines(
        ask,
        &all,
        &format!("/handoffs/new?blueprint={blueprint}"),
    ))
}

fn lines(ask: &Ask, all: &[HandoffSummary], new: &str) -> Markup {
    html! {
        @for summary in all.iter().filter(|it| it.handoff.state.is_open()) {
            p { "Handed off to " a href={ "/handoffs/" (summary.handoff.row.id) } { bdi { (words::shown(&summary.person, 80)) } } ": " (summary.handoff.state.in_words()) "." }
        }
        @if may_edit(ask) { p.actions { a.button.plain href=(new) { "Hand it off" } } }
    }
}
