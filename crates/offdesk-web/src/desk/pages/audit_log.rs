//! The audit log: who changed what, when, through which door.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::events::EventRow;
use offdesk_actions::workspaces::{LoggedEvent, list_events, load_settings};
use offdesk_domain::Day;

use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, moment};
use crate::desk::paging::paged;
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
        let (events, settings) = ask
            .read(move |tx, actor, _| {
                let events = list_events(tx, actor, before, LINES + 1)?;
                Ok((events, load_settings(tx, actor)?.0))
            })
            .await?;
        let (page, last) = paged(&events, LINES);
        let body = html! {
            h1 { "Audit log" }
            p.lead { "Every change of this workspace, the newest first, and how those who run it came in. Lines are only added." }
            @if page.is_empty() { p { "There is nothing before this." } }
            @else { (table(page, settings.zone.as_deref())) }
            nav.actions aria-label="Pages of the log" {
                @if before.is_some() { a href="/audit-log" { "The newest" } }
                @if let Some(last) = last { a href={ "/audit-log?before=" (last.row.id) } rel="next" { "Older" } }
            }
        };
        Ok(shown(desk_page(&ask, "Audit log", &body)))
    })
}

fn table(events: &[LoggedEvent], zone: Option<&str>) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Of what" } th scope="col" { "Detail" } th scope="col" { "Through" } } }
            tbody { @for (is_blind, event) in events.iter().map(|event| (event.is_blind, &event.row)) { tr {
                th scope="row" { (moment(event.at, zone)) }
                td data-label="Who" { @if is_blind { "stands here once it is judged" } @else { bdi { (words::shown(&event.account_name, 80)) } } }
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
        "log_time" | "change_log_line" | "remove_log_line" => {
            logged(&event.detail).unwrap_or_else(|| event.detail.clone())
        }
        "keep_activity" => match event.detail.as_str() {
            "mine" => "only I can do it".to_owned(),
            "rest" => "rest, not work".to_owned(),
            other => other.to_owned(),
        },
        _ => event.detail.clone(),
    }
}

/// What was logged: `5400 s on 2026-11-24`, in words.
fn logged(detail: &str) -> Option<String> {
    let (seconds, day) = detail.split_once(" s on ")?;
    let minutes = seconds.parse::<u64>().ok()? / 60;
    let day = Day::from_date(day.parse().ok()?);
    let time = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    };
    Some(format!("{time} on {}", words::day(day)))
}

fn door(word: &str) -> &str {
    match word {
        "web" => "a page",
        "api" => "the API",
        "cli" => "the command line",
        "itself" => "by itself",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::logged;

    #[test]
    fn what_was_logged_is_said_in_hours_and_minutes() {
        for (kept, said) in [
            ("7200 s on 2026-11-24", "2 h on 24 November 2026"),
            ("5400 s on 2026-11-24", "1 h 30 min on 24 November 2026"),
            ("900 s on 2026-02-01", "15 min on 1 February 2026"),
        ] {
            assert_eq!(logged(kept).as_deref(), Some(said));
        }
        assert_eq!(logged("something else"), None);
        assert_eq!(logged("7 s on no day"), None);
    }
}
