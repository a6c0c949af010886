//! People: who does what, on which terms. No scores.

mod changes;
mod edit;
pub(super) mod one;
mod record;

pub use self::changes::{add, add_terms, change, grant, invite, remove_terms, revoke, set_state};
pub use self::edit::{edit_page, new_page};
pub use self::one::page as show;
pub use self::record::record_of_work;

use std::collections::HashMap;

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::pay::today_of;
use offdesk_actions::people::{count_open_handoffs, list_people, off_until};
use offdesk_actions::store::Uuid;
use offdesk_actions::store::people::PersonRow;
use offdesk_domain::person::PersonKind;

use super::next::may_edit;
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::layout::{desk_page, said};
use crate::desk::paging::paged;
use crate::words;
use offdesk_domain::Day;

/// Rows of the list on one page.
const ROWS: u32 = 60;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(list_page(&ask).await?)) })
}

/// A place in the list, as it stands in an address: a state, a name and an id.
pub fn place_of(text: &str) -> Option<(String, String, Uuid)> {
    let (state, rest) = text.split_once('.')?;
    let (id, name) = rest.split_once('.')?;
    Some((state.to_owned(), name.to_owned(), Uuid::try_parse(id).ok()?))
}

/// The place of a row, to go on behind it.
#[must_use]
pub fn place_text(row: &PersonRow) -> String {
    format!("{}.{}.{}", row.state, row.id, row.name)
}

async fn list_page(ask: &Ask) -> Result<Markup, Error> {
    let after = place_of(ask.query.text("after"));
    let is_first = after.is_none();
    let (rows, open, today) = ask
        .read(move |tx, actor, moment| {
            let after = after
                .as_ref()
                .map(|(state, name, id)| (state.as_str(), name.as_str(), *id));
            Ok((
                list_people(tx, actor, after, ROWS + 1)?,
                count_open_handoffs(tx, actor)?,
                today_of(tx, actor, moment)?,
            ))
        })
        .await?;
    let note = match ask.query.text("done") {
        "former" => "They are kept as former. Their record stays.",
        _ => "",
    };
    let body = html! {
        h1 { "People" }
        p.lead { "Who does what, and on which terms: in-house, freelancers, agencies and AI agents in one list." }
        (said(note))
        @if rows.is_empty() && is_first { (first(ask)) } @else {
            (list(ask, &rows, &open, today))
            p.actions {
                @if may_edit(ask) { a.button href="/people/new" data-key="n" { "Add a person" } }
                a.button.plain href="/handoffs" { "All handoffs" }
            }
        }
    };
    Ok(desk_page(ask, "People", &body))
}

fn first(ask: &Ask) -> Markup {
    html! {
        @if may_edit(ask) {
            p { "Nobody is here yet. Add the person who could take something off your desk; then invite them with one link." }
            p.actions { a.button href="/people/new" { "Add a person" } }
        } @else { p { "Nobody is here yet. Whoever may edit here can add the first one." } }
    }
}

fn list(ask: &Ask, rows: &[PersonRow], open: &HashMap<Uuid, u64>, today: Day) -> Markup {
    let (page, last) = paged(rows, ROWS);
    html! {
        table.rows {
            caption { "Those who can be handed work first, by name." }
            thead { tr { th scope="col" { "Person" } th scope="col" { "Kind" } th scope="col" { "Where" } th.figure scope="col" { "Hours a week" } th.figure scope="col" { "Handoffs" } th scope="col" { "Now" } } }
            tbody { @for row in page { tr {
                th scope="row" { a href={ "/people/" (row.id) } data-find { bdi { (words::shown(&row.name, 80)) } } }
                td data-label="Kind" { (kind(row)) }
                td data-label="Where" { (place(row)) }
                td.figure data-label="Hours a week" { (capacity(row)) }
                td.figure data-label="Handoffs" { (open.get(&row.id).copied().unwrap_or(0)) }
                td data-label="Now" { (now(row, today)) }
            } } }
        }
        @if last.is_some() || !ask.query.text("after").is_empty() {
            nav.actions aria-label="More people" {
                @if !ask.query.text("after").is_empty() { a href="/people" { "From the beginning" } }
                @if let Some(last) = last {
                    @let after: String = form_urlencoded::byte_serialize(place_text(last).as_bytes()).collect();
                    a href={ "/people?after=" (after) } { "More" }
                }
            }
        }
    }
}

/// The kind of a person in words.
pub fn kind(row: &PersonRow) -> &'static str {
    PersonKind::of(&row.kind).map_or("", PersonKind::name)
}

/// The country a person works in, in words.
pub fn place(row: &PersonRow) -> String {
    row.place
        .parse()
        .map_or_else(|_| String::new(), words::place)
}

/// Hours a week a person has; nothing where nobody has said.
pub fn capacity(row: &PersonRow) -> String {
    let seconds = row.capacity_per_week.map(offdesk_domain::Seconds);
    seconds.map_or_else(String::new, |seconds| words::hours(seconds.hours()))
}

/// Whether a person is here, off or has left, in words.
fn now(row: &PersonRow, today: Day) -> String {
    if row.state == "former" {
        return "former".to_owned();
    }
    let joined = if row.account_id.is_some() {
        "has joined"
    } else {
        "not joined"
    };
    match off_until(row, today) {
        Some(back) => format!("off, back on {}", words::day(back)),
        None => joined.to_owned(),
    }
}
