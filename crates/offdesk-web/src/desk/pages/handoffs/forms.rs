//! The forms of a handoff's page: another scope, other terms, the end.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::handoffs::{Handoff, HandoffDetail};
use offdesk_domain::handoff::{EndReason, State};
use offdesk_domain::person::Unit;

use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice};

/// Another scope, to be accepted.
pub(super) fn changing(detail: &HandoffDetail, form: &Form, error: Option<&Error>) -> Markup {
    let handoff = &detail.summary.handoff;
    let is_newer = detail.published > handoff.row.agreed.blueprint_number;
    html! {
        details open[error.is_some_and(|error| matches!(error.field, "amount" | "currency" | "unit" | "start") || error.code == "handoff.same")] {
            summary { "Change the scope" }
            form method="post" action={ "/handoffs/" (handoff.row.id) "/change" } {
                input type="hidden" name="version" value=(handoff.row.version);
                p { "A change reopens price and date: it holds once they have accepted it." }
                @if is_newer { label.choice { input type="checkbox" name="newest" value="1"; span { "By version " (detail.published) " of the blueprint" } } }
                (terms_fields(handoff, form, error))
                (Area { name: "note", label: "Why", help: "They read it.", value: form.raw("note"), rows: 2 }.show(error))
                button.plain { "Propose the change" }
            }
        }
    }
}

/// The proposal on other terms.
pub(super) fn proposing(handoff: &Handoff, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        details open[handoff.state == State::Declined] {
            summary { "Propose it on other terms" }
            form method="post" action={ "/handoffs/" (handoff.row.id) "/proposal" } {
                input type="hidden" name="version" value=(handoff.row.version);
                (terms_fields(handoff, form, error))
                button.plain { "Propose it again" }
            }
        }
    }
}

fn terms_fields(handoff: &Handoff, form: &Form, error: Option<&Error>) -> Markup {
    let agreed = &handoff.row.agreed;
    let units = Unit::ALL.map(|unit| (unit.word(), unit.name()));
    let (amount, currency) = (
        form.text_or("amount", &agreed.amount),
        form.text_or("currency", &agreed.currency),
    );
    html! {
        div.row {
            (Field { class: "number", ..Field::text("amount", "Amount", &amount) }.show(error))
            (Field { class: "short", ..Field::text("currency", "Currency", &currency) }.show(error))
            (choice("unit", "For", &form.text_or("unit", &agreed.unit), &units))
            (Field { kind: "date", class: "short", ..Field::text("start", "From", form.text("start")) }.show(error))
        }
    }
}

/// Its end.
pub(super) fn ending(handoff: &Handoff) -> Markup {
    let reasons = EndReason::ALL.map(|reason| {
        let text = match reason {
            EndReason::Finished => "finished: there is nothing more to do",
            EndReason::ChangedPerson => "changed person: somebody else does it",
            EndReason::TakenBack => "taken back: I do it again",
            EndReason::Dropped => "dropped: nobody does it any more",
        };
        (reason.word(), text)
    });
    html! {
        details {
            summary { "End it" }
            form method="post" action={ "/handoffs/" (handoff.row.id) "/move" } {
                input type="hidden" name="version" value=(handoff.row.version);
                (choice("reason", "Why", "", &reasons))
                (Field { help: "They can read it.", ..Field::text("said", "What you want to say (optional)", "") }.show(None))
                button.away name="move" value="end" { "End the handoff" }
            }
        }
    }
}
