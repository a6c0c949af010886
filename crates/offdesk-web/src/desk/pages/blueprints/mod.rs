//! Blueprints: the list, found by words; what is due for a review; what an import brought.

mod attachments;
mod bringing;
mod changes;
mod edit;
mod files;
mod one;
mod reading;
mod versions;

pub use self::attachments::{attach, attached, detach, download};
pub use self::bringing::{bring, confirm, import_page, undo};
pub use self::changes::{create, drop_draft, note_test_run, publish, save};
pub use self::edit::{edit_page, new_page};
pub use self::files::{all_files, markdown_file, page_of, whole_page};
pub use self::one::page as show;
pub use self::reading::{sections, text};
pub use self::versions::{difference_of, page as version};

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::blueprints::finding::{Found, find_blueprints};
use offdesk_actions::blueprints::{list_blueprints, list_blueprints_due};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::blueprints::BlueprintRow;
use offdesk_domain::Day;
use offdesk_domain::blueprint::PARTS;

use super::next::may_edit;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{Area, Field, desk_page, moment, said};
use crate::desk::paging::paged;
use crate::words;

/// Rows of the list on one page.
const ROWS: u32 = 60;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(list_page(&ask).await?)) })
}

async fn list_page(ask: &Ask) -> Result<Markup, Error> {
    let question = ask.query.text("q").to_owned();
    let before = place_of(ask.query.text("before"));
    let asked = question.clone();
    let (found, rows, due) = ask
        .read(move |tx, actor, moment| {
            if !asked.is_empty() {
                return Ok((find_blueprints(tx, actor, &asked)?, Vec::new(), Vec::new()));
            }
            let due = match before {
                None => list_blueprints_due(tx, actor, moment)?,
                Some(_) => Vec::new(),
            };
            Ok((
                Vec::new(),
                list_blueprints(tx, actor, before, ROWS + 1)?,
                due,
            ))
        })
        .await?;
    let is_empty = question.is_empty() && rows.is_empty() && before.is_none();
    let body = html! {
        h1 { "Blueprints" }
        p.lead { "How each kind of work is done, so that somebody else can do it from the page alone." }
        (said(&note_of(ask)))
        (brought(ask))
        @if is_empty { (first(ask)) } @else {
            (search(&question))
            @if question.is_empty() {
                (due_list(&due))
                (list(&rows, ask))
            } @else { (found_list(&question, &found, ask.zone())) }
            (ways(ask))
        }
    };
    Ok(desk_page(ask, "Blueprints", &body))
}

/// A place in the list, as it stands in an address.
pub fn place_of(text: &str) -> Option<(i64, Uuid)> {
    let (at, id) = text.split_once('.')?;
    Some((at.parse().ok()?, Uuid::try_parse(id).ok()?))
}

/// The place of a row, to go on behind it.
#[must_use]
pub fn place_text(row: &BlueprintRow) -> String {
    format!("{}.{}", row.changed_at, row.id)
}

fn note_of(ask: &Ask) -> String {
    if ask.query.is_ticked("dropped") {
        return "The draft is gone.".to_owned();
    }
    match ask.query.text("undone").parse::<u64>() {
        Ok(count) => format!("{} gone.", words::count(count, "draft is", "drafts are")),
        Err(_) => String::new(),
    }
}

/// What an import brought, with the way back.
fn brought(ask: &Ask) -> Markup {
    let import = Uuid::try_parse(ask.query.text("brought")).ok();
    let number = |key: &str| ask.query.text(key).parse::<u64>().unwrap_or(0);
    let (count, drafted, there) = (number("count"), number("drafted"), number("there"));
    html! {
        @if drafted > 0 { (said(&format!("{} of what was there.", words::count(drafted, "draft was written", "drafts were written")))) }
        @if there > 0 { (said(&format!("{} there already, as it came.", words::count(there, "was", "were")))) }
        @if let Some(import) = import {
            div.said.row role="status" {
                span { (words::count(count, "draft was", "drafts were")) " brought in." }
                form method="post" action={ "/blueprints/imports/" (import) "/removal" } { button.plain.small { "Undo" } }
            }
        }
    }
}

/// The page without a blueprint: one box to begin with.
fn first(ask: &Ask) -> Markup {
    html! {
        @if may_edit(ask) {
            p { "Begin with what you have: paste your notes, in whatever form. Lines and lists become steps, headings are understood." }
            (paste_box())
            p.actions {
                a.button.plain href="/blueprints/new" data-key="n" { "Write one from nothing" }
                a.button.plain href="/blueprints/import" { "Bring files in" }
                a.button.plain href="/next" { "Draft one from your hours" }
            }
        } @else { p { "There is none yet. Whoever may edit here can write the first one." } }
    }
}

fn paste_box() -> Markup {
    html! {
        form method="post" action="/blueprints" {
            (Area { name: "notes", label: "Your notes", help: "The first line is the title.", value: "", rows: 10 }.show(None))
            (Field { kind: "url", help: "Record yourself once while you do it; who watches can write the rest.", ..Field::text("recording", "Link to a recording (optional)", "") }.show(None))
            button { "Make a draft of it" }
        }
    }
}

fn search(question: &str) -> Markup {
    html! {
        form.row role="search" method="get" action="/blueprints" {
            (Field { kind: "search", ..Field::text("q", "Find by words", question) }.show(None))
            button.plain { "Find" }
            @if !question.is_empty() { a href="/blueprints" { "All blueprints" } }
        }
    }
}

fn found_list(question: &str, found: &[Found], zone: Option<&str>) -> Markup {
    let is_exact = found.iter().all(|found| found.is_exact);
    html! {
        @if found.is_empty() {
            p role="status" { "No blueprint has \u{201c}" bdi { (words::shown(question, 80)) } "\u{201d}, nor words like these." }
        } @else {
            @if !is_exact { p role="status" { "Nothing has all of these words as they are written; these come near." } }
            (table(found.iter().map(|found| &found.row), "Found, the best first.", zone))
        }
    }
}

fn due_list(due: &[BlueprintRow]) -> Markup {
    html! {
        @if !due.is_empty() {
            section.card aria-labelledby="due" {
                h2 #due { "Look whether these still hold" }
                ul { @for row in due { li {
                    a href={ "/blueprints/" (row.id) } { bdi { (words::shown(&row.title, 120)) } }
                    @if let Some(day) = row.review_day.and_then(Day::from_number) { ": review by " (words::day(day)) }
                    @if !row.owner.is_empty() { ", " bdi { (words::shown(&row.owner, 60)) } }
                } } }
            }
        }
    }
}

fn list(rows: &[BlueprintRow], ask: &Ask) -> Markup {
    let (page, last) = paged(rows, ROWS);
    html! {
        @if page.is_empty() { p { "There are no earlier ones." } } @else { (table(page, "The one changed last first.", ask.zone())) }
        @if last.is_some() || !ask.query.text("before").is_empty() {
            nav.actions aria-label="More blueprints" {
                @if !ask.query.text("before").is_empty() { a href="/blueprints" { "The latest" } }
                @if let Some(last) = last { a href={ "/blueprints?before=" (place_text(last)) } { "Earlier ones" } }
            }
        }
    }
}

fn table<'r>(
    rows: impl IntoIterator<Item = &'r BlueprintRow>,
    caption: &str,
    zone: Option<&str>,
) -> Markup {
    html! {
        table.rows.blueprints {
            caption { (caption) }
            thead { tr { th scope="col" { "Blueprint" } th scope="col" { "Missing parts" } th scope="col" { "State" } th scope="col" { "Answers for it" } th scope="col" { "Changed" } } }
            tbody { @for row in rows { tr {
                th scope="row" { a href={ "/blueprints/" (row.id) } data-find { bdi { (words::shown(&row.title, 120)) } } }
                td data-label="Missing parts" { (parts_line(&row.missing)) }
                td.whole data-label="State" { (state(row)) }
                td data-label="Answers for it" { @if !row.owner.is_empty() { bdi { (words::shown(&row.owner, 60)) } } }
                td data-label="Changed" { (moment(row.changed_at, zone)) }
            } } }
        }
    }
}

/// Draft or published, in words.
fn state(row: &BlueprintRow) -> String {
    match (row.published, row.has_draft()) {
        (0, _) => "draft".to_owned(),
        (published, false) => format!("version {published}"),
        (published, true) => format!("version {published}, and a draft"),
    }
}

/// How many of the seven parts are there, and the names of those that are not.
fn parts_line(missing: &str) -> Markup {
    let names: Vec<&str> = missing
        .split_whitespace()
        .filter_map(|code| PARTS.iter().find(|(known, _)| *known == code))
        .map(|(_, name)| *name)
        .collect();
    html! {
        @if names.is_empty() { "all 7 parts are there" } @else {
            (7_usize.saturating_sub(names.len())) " of 7 parts"
            small { "missing: " (names.join(", ").to_lowercase()) }
        }
    }
}

fn ways(ask: &Ask) -> Markup {
    html! {
        p.actions {
            @if may_edit(ask) {
                a.button href="/blueprints/new" { "Write a blueprint" }
                a.button.plain href="/blueprints/import" { "Bring files in" }
            }
            a.button.plain href="/blueprints/files" { "Take all out as Markdown (zip)" }
        }
    }
}
