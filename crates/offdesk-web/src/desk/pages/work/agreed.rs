//! What was agreed before a change that waits for an answer.

use maud::{Markup, html};
use offdesk_actions::store::assignments::AssignmentRow;

use crate::desk::layout::moment;
use crate::words;

/// What was agreed and holds until the change is taken, as far as it is something else; nothing where no change waits.
pub fn agreed(row: &AssignmentRow, zone: Option<&str>) -> Markup {
    html! {
        @if let Some(before) = &row.before {
            div.card {
                p { strong { "A change waits for an answer." } " Until it is accepted, what was agreed holds; declined, or not answered in time, it goes on as agreed:" }
                dl.facts.brief {
                    @if before.title != row.title { div { dt { "What" } dd { bdi { (words::shown(&before.title, 160)) } } } }
                    div { dt { "Due" } dd { (moment(before.due_at, zone)) } }
                    div { dt { "Pay" } dd { (before.amount) " " (row.currency) " for one " (row.unit) } }
                    @if before.note != row.note { div { dt { "Told" } dd { @if before.note.is_empty() { "nothing" } @else { bdi { (words::shown(&before.note, 4000)) } } } } }
                    @if before.blueprint_number != row.blueprint_number { div { dt { "Blueprint" } dd { "version " (before.blueprint_number) } } }
                }
            }
        }
    }
}
