//! Pieces that the owner's and the worker's pages of pay share: where a statement stands, its lines, an account.

use maud::{Markup, html};
use offdesk_actions::pay::{PaymentMade, PersonPay, StatementDetail, StatementSummary, hidden};
use offdesk_domain::pay::{Details, Quantity, State};
use offdesk_domain::{Day, Money, Seconds};

use crate::desk::layout::{Field, choice};
use crate::words;

/// Where a statement stands, in words; what is overdue is marked.
pub fn standing(one: &StatementSummary, today: Day) -> Markup {
    let word = match one.state {
        State::Open => "not paid",
        State::PartlyPaid => "partly paid",
        State::Paid => "paid",
        State::PaymentReturned => "a payment came back",
        State::Carried => "below nothing, and taken off other ones",
        State::Settled => "settled",
    };
    html! {
        (word)
        @if one.is_overdue(today) { " " span.tag.late { "overdue since " (words::day(one.due())) } }
        @else if one.is_owed() { ", due " (words::day(one.due())) }
        @if !one.taken_off.amount.is_zero() { ", " (one.taken_off) " owed back taken off" }
        @if !one.back.amount.is_zero() { ", " (one.back) " owed back" }
        @if let Some(filed) = &one.filed { ", in " (filed.file) " of " (words::day(filed.day)) ", not noted as paid" }
    }
}

/// What a statement comes to, in the words of whoever reads it for the sum and for what is owed, and where it can be had as a file.
pub fn facts(one: &StatementSummary, today: Day, called: [&str; 2], path: &str) -> Markup {
    let [sum, owed] = called;
    html! {
        dl.facts.brief {
            div { dt { "Period" } dd { (period(one)) } }
            div { dt { (sum) } dd { (one.balance) } }
            div { dt { (owed) } dd { (one.owed) } }
            div { dt { "Stands" } dd { (standing(one, today)) } }
        }
        p.actions {
            a.button.plain href={ (path) "/" (one.row.number) "/pdf" } download { "As a PDF" }
            a.button.plain href={ (path) "/" (one.row.number) "/table" } download { "As a table (CSV)" }
            a.button.plain href={ (path) "/" (one.row.number) "/table?format=xlsx" } download { "As a workbook (XLSX)" }
        }
    }
}

fn period(one: &StatementSummary) -> String {
    let (from, to) = (one.period.from, one.period.to);
    format!("{} – {}", words::day(from), words::day(to))
}

/// Statements in a table, each with the path of its page.
pub fn statements_table(all: &[&StatementSummary], today: Day, path: &str) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Statement" } th scope="col" { "Who" } th scope="col" { "Period" } th.figure scope="col" { "To pay" } th scope="col" { "Stands" } } }
            tbody { @for one in all { tr {
                th scope="row" { a href={ (path) "/" (one.row.number) } data-find { (one.reference()) } }
                td data-label="Who" { bdi { (words::shown(&one.person, 80)) } }
                td data-label="Period" { (period(one)) }
                td.figure data-label="To pay" { (one.balance) }
                td data-label="Stands" { (standing(one, today)) }
            } } }
        }
    }
}

/// Hours to the hundredth, which a statement owes its reader; no more digits than are needed.
pub fn exact_hours(time: Seconds) -> String {
    time.hours().round_dp(2).normalize().to_string()
}

/// How much of what was done.
pub fn quantity_of(quantity: Quantity) -> String {
    match quantity {
        Quantity::Time(time) => format!("{} h ({})", exact_hours(time), time.in_clock()),
        Quantity::Times(1) => "once".to_owned(),
        Quantity::Times(times) => format!("{times} times"),
        Quantity::Days { days, of } => format!("{days} of {of} days"),
    }
}

/// The lines of a statement, and how they come to its sum.
pub fn lines(detail: &StatementDetail) -> Markup {
    let statement = &detail.statement;
    let has_carried = !statement.carried.amount.is_zero();
    html! {
        h2 { "What it is for" }
        table.rows {
            thead { tr { th scope="col" { "Day" } th scope="col" { "Activity" } th.figure scope="col" { "How much" } th scope="col" { "Agreed" } th.figure scope="col" { "Amount" } th.figure scope="col" { "Line" } } }
            tbody {
                @for line in &statement.lines { @let about = detail.about(line.posting); tr {
                    th scope="row" { (words::day(line.earned.day)) }
                    td data-label="Activity" { bdi { (words::shown(&detail.activity(line.earned.activity), 120)) } @if !about.in_words().is_empty() { ", " bdi { (words::shown(&about.in_words(), 240)) } } }
                    td.figure data-label="How much" { (quantity_of(line.earned.quantity)) }
                    td data-label="Agreed" { (line.earned.terms) }
                    td.figure data-label="Amount" { (line.amount) }
                    td.figure data-label="Line" { (line.posting) }
                } }
                @if has_carried { tr { th scope="row" colspan="4" { "Carried over from the statement before" } td.figure data-label="Amount" { (statement.carried) } td {} } }
                @if let Some(bill) = &statement.bill { tr { th scope="row" colspan="4" { "Tax, by bill " bdi { (words::shown(&bill.number, 60)) } } td.figure data-label="Amount" { (bill.tax) } td {} } }
            }
            tfoot { tr { th scope="row" colspan="4" { "To pay" } td.figure data-label="To pay" { strong { (detail.summary.balance) } } td {} } }
        }
        p.quiet { (statement.rounding.in_words()) }
    }
}

/// The payments of a statement, as both sides see them.
pub fn payments(detail: &StatementDetail) -> Markup {
    html! {
        @if !detail.payments.is_empty() {
            section aria-labelledby="payments" {
                h2 #payments { "Payments" }
                ul { @for made in &detail.payments { li {
                    @if is_back(made) { "paid back: " (made.payment.turned().amount) } @else { (made.payment.amount) }
                    " on " (words::day(made.payment.day))
                    @if let Some(fee) = made.payment.fee { ", fee " (fee) }
                    @if let Some(exchange) = &made.payment.exchange { (if is_back(made) { ", got " } else { ", sent " }) (absolute(exchange.sent)) " at " (exchange.rate.normalize()) " of " (words::day(exchange.day)) " by " bdi { (words::shown(&exchange.source, 80)) } }
                    @if !made.payment.note.is_empty() { ", " bdi { (words::shown(&made.payment.note, 200)) } }
                    @if let Some(day) = made.came_back { "; came back on " (words::day(day)) @if made.is_fee_back { ", with its fee" } }
                } } }
            }
        }
    }
}

/// Whether the person has paid something back.
pub fn is_back(made: &PaymentMade) -> bool {
    made.payment.amount.amount.is_sign_negative()
}

fn absolute(money: Money) -> Money {
    Money::new(money.amount.abs(), money.currency)
}

/// An account in words, most of its number hidden.
pub fn account(details: &Details) -> String {
    match details {
        Details::Bank { holder, .. } => {
            format!(
                "Bank account of {}, {}",
                words::shown(holder, 140),
                hidden(details)
            )
        }
        Details::PayPal { email } => format!("PayPal, {email}"),
        Details::Wise { email } => format!("Wise, {email}"),
        Details::Payoneer { email } => format!("Payoneer, {email}"),
    }
}

/// The fields of where money goes, with what was typed or what is known.
pub fn details_fields(
    pay: &PersonPay,
    form: &crate::desk::form::Form,
    error: Option<&offdesk_actions::Error>,
) -> Markup {
    let (holder, bic, email) = match &pay.details {
        Some(Details::Bank { holder, bic, .. }) => (
            holder.clone(),
            bic.map(|bic| bic.to_string()).unwrap_or_default(),
            String::new(),
        ),
        Some(Details::PayPal { email } | Details::Wise { email } | Details::Payoneer { email }) => {
            (String::new(), String::new(), email.clone())
        }
        None => Default::default(),
    };
    let kind = form.text_or("kind", pay.details.as_ref().map_or("none", Details::word));
    let ways = [
        ("none", "not known"),
        ("bank", "to a bank account"),
        ("paypal", "by PayPal"),
        ("wise", "by Wise"),
        ("payoneer", "by Payoneer"),
    ];
    let has_iban = matches!(pay.details, Some(Details::Bank { .. }));
    let iban_help = if has_iban {
        "Empty: the number that is known stays."
    } else {
        "Only for a bank account."
    };
    html! {
        (choice("kind", "How the money comes", &kind, &ways))
        (Field { help: "Only for a bank account.", ..Field::text("holder", "Whose account it is", &form.text_or("holder", &holder)) }.show(error))
        (Field { help: iban_help, ..Field::text("iban", "IBAN", form.text("iban")) }.show(error))
        (Field { help: "Only where the bank asks for it.", ..Field::text("bic", "BIC (optional)", &form.text_or("bic", &bic)) }.show(error))
        (Field { kind: "email", help: "Only for PayPal, Wise and Payoneer.", ..Field::text("email", "The account's e-mail address", &form.text_or("email", &email)) }.show(error))
    }
}
