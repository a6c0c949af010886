//! One statement: its lines, its payments, and what is done with it.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::{StatementDetail, StatementSummary, load_statement, today_of};
use offdesk_domain::pay::{Quantity, reference};

use super::correcting::correction_form;
use super::parts::{facts, lines, payments};
use crate::desk::ask::{Answer, Ask, page as shown};
use crate::desk::form::Form;
use crate::desk::layout::{Field, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let number = ask.number("statement")?;
        Ok(shown(
            statement_page(&ask, number, &Form::default(), None).await?,
        ))
    })
}

/// The page, with what went wrong.
///
/// # Errors
/// `pay.no_statement`.
pub async fn statement_page(
    ask: &Ask,
    number: i64,
    form: &Form,
    error: Option<&Error>,
) -> Result<Markup, Error> {
    let (detail, today) = ask
        .read(move |tx, actor, moment| {
            let detail = load_statement(tx, actor, number)?;
            Ok((detail, today_of(tx, actor, moment)?))
        })
        .await?;
    let one = &detail.summary;
    let (title, may) = (one.reference(), ask.may(Permission::Manage));
    let body = html! {
        p { a href="/pay" { "Pay" } }
        h1 { (title) " of " bdi { (words::shown(&one.person, 80)) } }
        @if error.is_none() { (said(&note_of(ask))) }
        (wrong(error))
        (facts(one, today, ["To pay", "Owed"], "/pay/statements"))
        (lines(&detail))
        (payments(&detail))
        @if may {
            @if one.is_owed() { (pay_form(one, form, error)) }
            @if !one.back.amount.is_zero() { (refund_form(number, form, error)) }
            (came_back(&detail))
            (correction(&detail, form, error))
        }
    };
    Ok(desk_page(ask, &title, &body))
}

fn note_of(ask: &Ask) -> String {
    let note = match ask.query.text("done") {
        "paid" => "The payment is noted.",
        "refunded" => "It is noted what was paid back.",
        "returned" => "It is noted that the payment came back. What it was for is owed again.",
        "corrected" => "It is put right. The correction stands on the next statement.",
        _ => "",
    };
    let mut note = note.to_owned();
    let named = |word: &str| {
        let numbers = ask.query.all(word).filter_map(|text| text.parse().ok());
        let references: Vec<String> = numbers.map(reference).collect();
        references.join(", ")
    };
    let (with, stays) = (named("with"), named("stays"));
    if !with.is_empty() {
        note += &format!(" With it came back what the row paid of {with}.");
    }
    if !stays.is_empty() {
        note += &format!(" What another payment paid stays paid: {stays}.");
    }
    note
}

fn pay_form(one: &StatementSummary, form: &Form, error: Option<&Error>) -> Markup {
    let number = one.row.number;
    let usual = match one.filed {
        Some(_) => "Empty: what stands in the pay file.",
        None => "Empty: all that is owed.",
    };
    html! {
        section aria-labelledby="pay" {
            h2 #pay { "Note a payment" }
            form method="post" action={ "/pay/statements/" (number) "/payments" } {
                (Field { class: "number", help: usual, ..Field::text("amount", "What they get", form.text("amount")) }.show(error))
                (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "Paid on", form.text("day")) }.show(error))
                (Field { class: "number", help: "What it cost you besides.", ..Field::text("fee", "Fee (optional)", form.text("fee")) }.show(error))
                (exchange_fields("What left your account", form, error))
                (Field { help: "For you alone.", ..Field::text("note", "Note (optional)", form.text("note")) }.show(error))
                button { "Note the payment" }
            }
        }
    }
}

fn refund_form(number: i64, form: &Form, error: Option<&Error>) -> Markup {
    html! {
        section aria-labelledby="refund" {
            h2 #refund { "Note that it was paid back" }
            p { "What is owed back is taken off what they earn next. Where they pay it back, note it here." }
            form method="post" action={ "/pay/statements/" (number) "/refunds" } {
                (Field { class: "number", help: "Empty: all that is owed back.", ..Field::text("amount", "What they paid back", form.text("amount")) }.show(error))
                (Field { kind: "date", class: "short", help: "Empty: today.", ..Field::text("day", "On", form.text("day")) }.show(error))
                (Field { class: "number", help: "What it cost you besides.", ..Field::text("fee", "Fee (optional)", form.text("fee")) }.show(error))
                (exchange_fields("What came in", form, error))
                (Field { help: "For you alone.", ..Field::text("note", "Note (optional)", form.text("note")) }.show(error))
                button { "Note what was paid back" }
            }
        }
    }
}

fn exchange_fields(sent: &str, form: &Form, error: Option<&Error>) -> Markup {
    let is_exchanged = error.is_some_and(|error| {
        matches!(error.field, "sent" | "rate") || matches!(error.code, "pay.exchange" | "pay.text")
    });
    html! {
        details open[is_exchanged] {
            summary { "It was exchanged" }
            (Field { class: "number", ..Field::text("sent", sent, form.text("sent")) }.show(error))
            (Field { class: "short", help: "Three letters, such as EUR.", ..Field::text("sent_currency", "In which currency", form.text("sent_currency")) }.show(error))
            (Field { class: "number", help: "What one unit of it was worth. Empty: as the two amounts say.", ..Field::text("rate", "Rate (optional)", form.text("rate")) }.show(error))
            (Field { kind: "date", class: "short", help: "Empty: the day of the payment.", ..Field::text("rate_day", "Day of the rate", form.text("rate_day")) }.show(error))
            (Field { help: "Such as the name of your bank.", ..Field::text("rate_source", "Who says so", form.text("rate_source")) }.show(error))
        }
    }
}

fn came_back(detail: &StatementDetail) -> Markup {
    let number = detail.summary.row.number;
    let made: Vec<_> = detail
        .payments
        .iter()
        .filter(|made| made.came_back.is_none())
        .collect();
    html! {
        @if !made.is_empty() { details {
            summary { "A payment came back" }
            @for made in made {
                form method="post" action={ "/pay/statements/" (number) "/payments/" (made.posting) "/return" } {
                    p { @if super::parts::is_back(made) { "what was paid back, " } (made.payment.amount) " of " (words::day(made.payment.day)) }
                    div.field {
                        label for={ "came-back-" (made.posting) } { "Came back on" }
                        input.short id={ "came-back-" (made.posting) } name="came_back" type="date" aria-describedby={ "came-back-help-" (made.posting) };
                        p.help id={ "came-back-help-" (made.posting) } { "Empty: today." }
                    }
                    label.choice { input type="checkbox" name="row" value="1"; " It was a row of a pay file for several statements: what that row paid of the others came back, too" }
                    @if let Some(fee) = made.payment.fee { label.choice { input type="checkbox" name="fee_back" value="1"; " The payment was noted by mistake: its fee of " (fee) " is taken back, too (a bank keeps it)" } }
                    button.away { "It came back" }
                }
            }
        } }
    }
}

/// What a line pays, in brackets; nothing where it is hours or days.
fn work(detail: &StatementDetail, line: u64) -> String {
    match detail.about(line).work() {
        text if text.is_empty() => text,
        text => format!(" ({})", words::shown(&text, 60)),
    }
}

fn correction(detail: &StatementDetail, form: &Form, error: Option<&Error>) -> Markup {
    let lines: Vec<(String, String)> = detail
        .statement
        .lines
        .iter()
        .filter(|line| line.reverses.is_none())
        .map(|line| {
            let activity = words::shown(&detail.activity(line.earned.activity), 60);
            let day = words::day(line.earned.day);
            (
                line.posting.to_string(),
                format!(
                    "{}: {day}, {activity}{}, {}",
                    line.posting,
                    work(detail, line.posting),
                    line.amount
                ),
            )
        })
        .collect();
    let has_hours = detail
        .statement
        .lines
        .iter()
        .any(|line| matches!(line.earned.quantity, Quantity::Time(_)));
    let number = detail.summary.row.number;
    html! {
        @if !lines.is_empty() { details open[error.is_some_and(|error| matches!(error.field, "hours" | "price") || error.code == "pay.reversed")] {
            summary { "Something is wrong in it" }
            p { "A statement stays as it is. What is put right stands on the next one, and is taken off or added there." }
            (correction_form(&format!("/pay/statements/{number}/corrections"), &lines, has_hours, form, error))
        } }
    }
}
