//! Money that came in: what was noted, a form for more, and a way to take one back.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::returns::ReturnReport;
use offdesk_actions::returns::receipts::{NewReceipt, Receipt, note_receipt, take_back_receipt};
use offdesk_actions::store::Uuid;

use super::page_again;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::form::Form;
use crate::desk::layout::{Field, choice};
use crate::words;

/// So many are shown.
const LATEST: usize = 50;

/// Notes money that came in.
pub fn note(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match read(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| note_receipt(tx, actor, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see("/return?done=received#receipts")),
            Err(error) => page_again(&ask, &form, &error).await,
        }
    })
}

/// Takes money back that was noted by mistake.
pub fn take_back(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("receipt")?;
        let form = ask.form().await?;
        let why = form.text("note").to_owned();
        let done = ask
            .write(move |tx, actor, moment| take_back_receipt(tx, actor, number, &why, moment))
            .await;
        match done {
            Ok(_) => Ok(see("/return?done=taken_back#receipts")),
            Err(error) => page_again(&ask, &form, &error).await,
        }
    })
}

fn read(form: &Form) -> Result<NewReceipt, Error> {
    let handoff = match form.text("handoff") {
        "" => None,
        text => Some(Uuid::try_parse(text).map_err(|_| Error::not_found("handoff"))?),
    };
    Ok(NewReceipt {
        amount: form.text("amount").to_owned(),
        currency: Some(form.text("currency").to_owned()),
        day: form.day("day")?,
        handoff,
        note: form.text("note").to_owned(),
    })
}

/// What came in, and the form.
pub(super) fn receipts(
    all: &[Receipt],
    report: &ReturnReport,
    may_manage: bool,
    (typed, error): (&Form, Option<&Error>),
) -> Markup {
    let is_open = error.is_some_and(|error| matches!(error.field, "amount" | "currency" | "day"));
    html! {
        @if may_manage || !all.is_empty() {
            section aria-labelledby="receipts" {
                h2 #receipts { "Money that came in" }
                p.quiet { "What came in because somebody else does the work: it counts against what you paid. What your own freed hours earned is none of it: they count with your worth." }
                @if !all.is_empty() { (table(all, may_manage)) }
                @if may_manage { (form(report, is_open, (typed, error))) }
            }
        }
    }
}

fn table(all: &[Receipt], may_manage: bool) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Number" } th scope="col" { "Day" } th.figure scope="col" { "Amount" } th scope="col" { "By" } th scope="col" { "For" } @if may_manage { th scope="col" { "Wrong?" } } } }
            tbody { @for one in all.iter().take(LATEST) { tr {
                th scope="row" { (one.reference()) }
                td data-label="Day" { (words::day(one.day)) }
                td.figure data-label="Amount" { @if one.of.is_some() { "\u{2212}" } (one.amount) }
                td data-label="By" { @match &one.handoff { Some((id, name)) => a href={ "/handoffs/" (id) } { bdi { (words::shown(name, 60)) } }, None => "no single one" } }
                td data-label="For" { bdi { (words::shown(&one.note, 120)) } @if let Some(of) = one.of { " takes back IN-" (format!("{of:04}")) } @if one.is_taken_back { " (taken back)" } }
                @if may_manage { td data-label="Wrong?" {
                    @if one.of.is_none() && !one.is_taken_back {
                        form method="post" action={ "/return/receipts/" (one.number) "/reversal" } { button.away aria-label={ "Take " (one.reference()) " back" } { "Take it back" } }
                    }
                } }
            } } }
        }
    }
}

fn form(report: &ReturnReport, is_open: bool, (typed, error): (&Form, Option<&Error>)) -> Markup {
    let own = report.currency();
    let currency = match typed.text("currency") {
        "" => own.code(),
        code => code,
    };
    let mut handoffs = vec![(String::new(), "no single one".to_owned())];
    handoffs.extend(report.handoffs.iter().map(|one| {
        let name = format!(
            "{}, {}",
            words::shown(&one.activity.1, 60),
            words::shown(&one.person.1, 40)
        );
        (one.id.to_string(), name)
    }));
    html! {
        details open[is_open] {
            summary { "Note money that came in" }
            form method="post" action="/return/receipts" {
                (Field { is_needed: true, class: "number", ..Field::text("amount", "How much", typed.text("amount")) }.show(error))
                (Field { class: "short", ..Field::text("currency", "In which currency", currency) }.show(error))
                (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "On which day", typed.text("day")) }.show(error))
                (choice("handoff", "By which handoff", typed.text("handoff"), &handoffs))
                (Field::text("note", "What it was for (optional)", typed.text("note")).show(error))
                button { "Note it" }
            }
        }
    }
}
