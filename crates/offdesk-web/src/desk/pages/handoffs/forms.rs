//! The forms of a handoff's page: another scope, other terms, the end.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::handoffs::{Handoff, HandoffDetail};
use offdesk_domain::handoff::{EndReason, State};
use offdesk_domain::person::Unit;
use offdesk_domain::trust::{IN_A_ROW, worst_escape};

use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice};
use crate::desk::undecided::undecided;
use crate::words;

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
                (Field { help: "They read it in the place of what you told them before.", ..Field::text("note", "What you want to tell them (optional)", form.text("note")) }.show(error))
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

/// How it is checked from now on.
pub(super) fn checking(handoff: &Handoff, form: &Form, error: Option<&Error>) -> Markup {
    let (row, now) = (&handoff.row, handoff.checking);
    let counts = IN_A_ROW.map(|count| {
        let escape = worst_escape(count).0 * 100.0;
        (
            count.to_string(),
            format!("{count} without a fault in a row: at worst {escape:.1} % get out"),
        )
    });
    let field = |name: &'static str, label: &'static str, kept: i64| {
        let typed = form.text_or(name, &kept.to_string());
        html! { (Field { class: "number", ..Field::text(name, label, &typed) }.show(error)) }
    };
    html! {
        details open[error.is_some_and(|error| matches!(error.field, "in_a_row" | "answer_by_hours" | "accept_after_days"))] {
            summary { "Change how it is checked" }
            form method="post" action={ "/handoffs/" (row.id) "/checking" } {
                input type="hidden" name="version" value=(row.version);
                p { "It holds at once, and they read it in the history. Nobody is checked less by it than the record allows: where fewer in a row are asked for, they are counted anew. Both times are for what is given from now on; what was given keeps those it was given with." }
                @if now.rung > 0 { label.choice { input type="checkbox" name="all" value="1"; span { "Check all again" } } }
                label.choice { input type="checkbox" name="critical" value="1" checked[now.is_critical]; span { "One fault is too many: check all, always" } }
                (choice("in_a_row", "Fewer are checked after", &form.text_or("in_a_row", &now.in_a_row.to_string()), &counts))
                div.row {
                    (field("answer_by_hours", "Hours to answer a question", row.answer_by_hours))
                    (field("accept_after_days", "Days without a review, then accepted", row.accept_after_days))
                }
                button.plain { "Check it so" }
            }
        }
    }
}

/// Its end.
pub(super) fn ending(detail: &HandoffDetail, form: &Form, error: Option<&Error>) -> Markup {
    let handoff = &detail.summary.handoff;
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
        details open[error.is_some_and(|error| matches!(error.field, "open" | "move"))] {
            summary { "End it" }
            form method="post" action={ "/handoffs/" (handoff.row.id) "/move" } {
                input type="hidden" name="version" value=(handoff.row.version);
                (undecided())
                (choice("reason", "Why", form.text("reason"), &reasons))
                @if !detail.open.is_empty() {
                    fieldset {
                        legend { "What is on their desk and not done" }
                        ul { @for (number, title) in &detail.open { li { (number) " " bdi { (words::shown(title, 120)) } } } }
                        label.choice { input type="radio" name="open" value="take_back" required checked[form.text("open") == "take_back"]; span { "Take it back; what was handed in once is done to its end" } }
                        label.choice { input type="radio" name="open" value="finish" required checked[form.text("open") == "finish"]; span { "Let them do it to its end" } }
                    }
                }
                (Field { help: "They can read it.", ..Field::text("said", "What you want to say (optional)", form.text("said")) }.show(None))
                button.away name="move" value="end" { "End the handoff" }
            }
        }
    }
}
