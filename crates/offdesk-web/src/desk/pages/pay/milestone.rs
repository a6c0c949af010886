//! The mark that a milestone of a handoff was reached, on the page of the handoff.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::pay::{NewMilestone, mark_milestone};

use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::Field;
use crate::desk::pages::handoffs::handoff_page;

/// The form, for a handoff that is paid by milestones.
pub fn section(handoff: &str, form: &Form, error: Option<&Error>) -> Markup {
    let is_same = error.is_some_and(|error| error.code == "pay.same_milestone");
    html! {
        section aria-labelledby="milestone" {
            h2 #milestone { "A milestone was reached" }
            p { "It earns what was agreed on its day, and stands on the next statement." }
            form method="post" action={ "/handoffs/" (handoff) "/milestones" } {
                (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "On which day", form.text("day")) }.show(error))
                (Field::text("reached", "What was reached (optional)", form.text("reached")).show(error))
                @if is_same || form.is_ticked("another") { label.choice { input type="checkbox" name="another" value="1" checked[form.is_ticked("another")]; " It is another one, and is paid as well" } }
                button.plain { "Note it" }
            }
        }
    }
}

/// Marks one.
pub fn mark(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (handoff, form) = (ask.id("handoff")?, ask.form().await?);
        let new = form.day("day").map(|day| NewMilestone {
            day,
            note: form.text("reached").to_owned(),
            is_another: form.is_ticked("another"),
        });
        let done = match new {
            Ok(new) => {
                ask.write(move |tx, actor, moment| mark_milestone(tx, actor, handoff, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see(&format!("/handoffs/{handoff}?done=milestone"))),
            Err(error) => again(&error, handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}
