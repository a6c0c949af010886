//! The audit log: who changed what, when, through which door.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::events::EventRow;
use offdesk_actions::workspaces::{list_events, load_settings};

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, moment};
use crate::words;

/// Lines on a page.
const LINES: u32 = 50;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let before = match ask.query.text("before") {
            "" => None,
            text => Some(Uuid::try_parse(text).map_err(|_| {
                Error::invalid(
                    "before",
                    "page.before",
                    format!("\"{}\" is no line of the log", words::shown(text, 60)),
                )
                .hint("begin at its first page")
            })?),
        };
        // One more than is shown says whether there are older ones.
        let (mut events, settings) = ask
            .read(move |tx, actor, _| {
                let events = list_events(tx, actor, before, LINES + 1)?;
                Ok((events, load_settings(tx, actor)?.0))
            })
            .await?;
        let lines = usize::try_from(LINES).unwrap_or(usize::MAX);
        let has_more = events.len() > lines;
        events.truncate(lines);
        let body = html! {
            h1 { "Audit log" }
            p.lead { "Every change of this workspace, the newest first. Lines are only added." }
            @if events.is_empty() { p { "There is nothing before this." } }
            @else { (table(&events, settings.zone.as_deref())) }
            nav.actions aria-label="Pages of the log" {
                @if before.is_some() { a href="/audit-log" { "The newest" } }
                @if let Some(last) = events.last().filter(|_| has_more) { a href={ "/audit-log?before=" (last.id) } rel="next" { "Older" } }
            }
        };
        Ok(shown(desk_page(&ask, "Audit log", &body)))
    })
}

fn table(events: &[EventRow], zone: Option<&str>) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Of what" } th scope="col" { "Detail" } th scope="col" { "Through" } } }
            tbody { @for event in events { tr {
                th scope="row" { (moment(event.at, zone)) }
                td data-label="Who" { bdi { (words::shown(&event.account_name, 80)) } }
                td data-label="What" { (event.action.replace('_', " ")) }
                td data-label="Of what" { @if !event.object.is_empty() { bdi { (words::shown(&event.object, 160)) } } }
                td data-label="Detail" { @if !event.detail.is_empty() { bdi { (words::shown(&detail(event), 300)) } } }
                td data-label="Through" { (door(&event.door)) }
            } } }
        }
    }
}

/// What is kept as a word of the program is said in those of people.
fn detail(event: &EventRow) -> String {
    match event.action.as_str() {
        "judge_activity" => event.detail.replace('_', " "),
        _ => event.detail.clone(),
    }
}

fn door(word: &str) -> &str {
    match word {
        "web" => "a page",
        "api" => "the API",
        "cli" => "the command line",
        other => other,
    }
}
