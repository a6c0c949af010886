//! The owner's time on an assignment: what pages have captured, put right, and what none has.

use maud::{Markup, html};
use offdesk_actions::assignments::AssignmentDetail;

use crate::desk::layout::Field;
use crate::words;

/// The section, where there is something to show or to note.
pub(super) fn spent(detail: &AssignmentDetail, is_edited: bool) -> Markup {
    html! {
        @if !detail.supervision.is_empty() || (is_edited && detail.row.rounds > 0) {
            details { summary { "Your time on it" }
                p { "What the pages have captured; put it right where it is wrong. It is charged to the handoff." }
                @for line in &detail.supervision {
                    @let field = format!("minutes-{}", line.id);
                    form.row method="post" action={ "/work/" (detail.row.id) "/supervision/" (line.id) } {
                        input type="hidden" name="version" value=(line.version);
                        div.field.narrow-field {
                            label for=(field) { (words::capital(&line.kind)) ", minutes" }
                            input.number id=(field) name="minutes" inputmode="decimal" value=((line.seconds + 30) / 60) disabled[!is_edited];
                        }
                        @if is_edited { button.plain.small { "Put it right" } }
                    }
                }
                @if is_edited { (spending(detail)) }
            }
        }
    }
}

/// Time that no page has captured.
fn spending(detail: &AssignmentDetail) -> Markup {
    html! {
        form.row method="post" action={ "/work/" (detail.row.id) "/supervision" } {
            div.field.narrow-field {
                label for="spent-kind" { "Time no page has captured" }
                select id="spent-kind" name="kind" {
                    option value="reworking" { "putting it right myself" }
                    option value="reviewing" { "reviewing" }
                    option value="answering" { "answering" }
                }
            }
            (Field { class: "number", is_needed: true, ..Field::text("minutes", "Minutes", "") }.show(None))
            button.plain { "Note the time" }
        }
    }
}
