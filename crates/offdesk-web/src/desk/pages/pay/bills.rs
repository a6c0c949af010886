//! Bills that came in, in a list, and the form that records one.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::bills::{BillDetail, NewBill, lines_of, list_bills, record_bill};
use offdesk_actions::people::list_people;
use offdesk_actions::store::Uuid;
use offdesk_domain::Day;
use offdesk_domain::pay::BillState;

use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, choice, desk_page, said, wrong};
use crate::words;

/// So many bills are listed.
const LATEST: u32 = 100;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(bills_page(&ask, &Form::default(), None).await?)) })
}

async fn bills_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let (bills, people) = ask
        .read(|tx, actor, _| {
            let bills = list_bills(tx, actor, None, LATEST)?;
            Ok((bills, list_people(tx, actor, None, 1_000)?))
        })
        .await?;
    let people: Vec<(String, String)> = people
        .iter()
        .filter(|row| row.kind != "agent")
        .map(|row| (row.id.to_string(), words::shown(&row.name, 80)))
        .collect();
    let note = match ask.query.text("done") {
        "removed" if error.is_none() => "The bill is removed.",
        _ => "",
    };
    let body = html! {
        p { a href="/pay" { "Pay" } }
        h1 { "Bills" }
        p.lead { "What agencies and others have billed, held against what you accepted. Nothing is paid twice, and nothing that you did not accept." }
        (said(note))
        (wrong(error))
        @if bills.is_empty() { p { "No bill has come in yet." } } @else { (bills_table(&bills)) }
        @if ask.may(Permission::Manage) { (record_form(&people, form, error)) }
    };
    Ok(desk_page(ask, "Bills", &body))
}

/// Where a bill stands, in words.
pub fn standing(bill: &BillDetail) -> &'static str {
    match bill.state {
        BillState::Received => "differs from what you accepted",
        BillState::Matched => "matches",
        BillState::Queried => "queried",
        BillState::Approved => "approved, to be paid",
        BillState::Paid => "paid",
    }
}

fn bills_table(bills: &[BillDetail]) -> Markup {
    html! {
        table.rows {
            thead { tr { th scope="col" { "Bill" } th scope="col" { "From" } th scope="col" { "Period" } th.figure scope="col" { "Billed" } th.figure scope="col" { "Accepted" } th scope="col" { "Stands" } } }
            tbody { @for bill in bills { tr {
                th scope="row" { a href={ "/pay/bills/" (bill.row.id) } data-find { bdi { (words::shown(&bill.row.number, 60)) } } }
                td data-label="From" { bdi { (words::shown(&bill.person, 80)) } }
                td data-label="Period" { (words::days(bill.period.from, bill.period.to)) }
                td.figure data-label="Billed" { (bill.matching.billed) }
                td.figure data-label="Accepted" { (bill.matching.accepted) }
                td data-label="Stands" { (standing(bill)) }
            } } }
        }
    }
}

fn record_form(people: &[(String, String)], form: &Form, error: Option<&Error>) -> Markup {
    let date = |name, label| Field {
        kind: "date",
        class: "short",
        is_needed: true,
        ..Field::text(name, label, form.text(name))
    };
    html! {
        section aria-labelledby="record" {
            h2 #record { "Record a bill" }
            @if people.is_empty() { p { "Add who sent it on the page " a href="/people" { "People" } " first." } } @else {
                form method="post" action="/pay/bills" {
                    (choice("person", "From", form.text("person"), people))
                    (Field { is_needed: true, help: "As it stands on the bill.", ..Field::text("number", "Number", form.text("number")) }.show(error))
                    (date("day", "Its day").show(error))
                    (date("from", "For work from").show(error))
                    (date("to", "Up to").show(error))
                    (Field { class: "short", is_needed: true, help: "Three letters, such as EUR.", ..Field::text("currency", "Currency", form.text("currency")) }.show(error))
                    (Area { name: "lines", label: "Lines (optional)", help: "One on each line, without tax, with the amount at the end: 2026-10-05 #12 Inbox 72.00. A day and the number of an assignment help to match it.", value: form.raw("lines"), rows: 5 }.show(error))
                    (Field { class: "number", help: "Needed where you type no lines.", ..Field::text("net", "Sum without tax", form.text("net")) }.show(error))
                    (Field { class: "number", help: "Empty: none.", ..Field::text("tax", "Tax on top", form.text("tax")) }.show(error))
                    (Field { help: "For you alone.", ..Field::text("note", "Note (optional)", form.text("note")) }.show(error))
                    button { "Record it" }
                }
            }
        }
    }
}

fn needed(form: &Form, name: &'static str) -> Result<Day, Error> {
    form.day(name)?
        .ok_or_else(|| Error::invalid(name, "form.day", "a day is missing"))
}

fn bill_of(form: &Form) -> Result<NewBill, Error> {
    let person = Uuid::try_parse(form.text("person"));
    Ok(NewBill {
        person: person.map_err(|_| Error::not_found("person"))?,
        number: form.text("number").to_owned(),
        day: needed(form, "day")?,
        days: (needed(form, "from")?, needed(form, "to")?),
        currency: form.text("currency").to_owned(),
        lines: lines_of(form.raw("lines"))?,
        net: form.text("net").to_owned(),
        tax: form.text("tax").to_owned(),
        note: form.text("note").to_owned(),
        file: None,
    })
}

/// Records one.
pub fn record(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match bill_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| record_bill(tx, actor, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(bill) => Ok(see(&format!("/pay/bills/{}?done=recorded", bill.row.id))),
            Err(error) => again(&error, bills_page(&ask, &form, Some(&error))).await,
        }
    })
}
