//! The mark that a milestone of a handoff was reached, on the page of the handoff.

use maud::{Markup, html};
use offdesk_actions::pay::{NewMilestone, mark_milestone};

use crate::desk::ask::{Answer, Ask, see};
use crate::desk::layout::Field;

/// The form, for a handoff that is paid by milestones.
pub fn form(handoff: &str) -> Markup {
    html! {
        section aria-labelledby="milestone" {
            h2 #milestone { "A milestone was reached" }
            p { "It earns its price, and stands on the next statement." }
            form method="post" action={ "/handoffs/" (handoff) "/milestones" } {
                (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "On which day", "") }.show(None))
                (Field::text("note", "What was reached (optional)", "").show(None))
                button.plain { "Note it" }
            }
        }
    }
}

/// Marks one.
pub fn mark(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (handoff, form) = (ask.id("handoff")?, ask.form().await?);
        let new = NewMilestone {
            day: form.day("day")?,
            note: form.text("note").to_owned(),
        };
        ask.write(move |tx, actor, moment| mark_milestone(tx, actor, handoff, &new, moment))
            .await?;
        Ok(see(&format!("/handoffs/{handoff}?done=milestone")))
    })
}
