//! One bill: what was accepted of each of its lines, what is not billed, and what is decided about it.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::bills::{
    Approval, BillDetail, BillWork, LONGEST_FILE, ShownLine, approve_bill, load_bill, query_bill,
    remove_bill, save_bill_file,
};
use offdesk_domain::Day;
use offdesk_domain::pay::reference;

use super::bills::standing;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Area, Field, desk_page, said, wrong};
use crate::desk::parts::files_in;
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(bill_page(&ask, &Form::default(), None).await?)) })
}

async fn bill_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = ask.id("bill")?;
    let bill = ask
        .read(move |tx, actor, _| load_bill(tx, actor, id))
        .await?;
    let number = words::shown(&bill.row.number, 60);
    let note = match ask.query.text("done") {
        _ if error.is_some() => "",
        "recorded" => "The bill is recorded.",
        "queried" => "It is noted what you asked.",
        "approved" => "What you accepted of it is approved. Pay it as every other statement.",
        "file" => "The file is kept.",
        _ => "",
    };
    let may = ask.may(Permission::Manage);
    let body = html! {
        p { a href="/pay/bills" { "Bills" } }
        h1 { "Bill " bdi { (number) } " of " bdi { (words::shown(&bill.person, 80)) } }
        (said(note))
        (wrong(error))
        (facts(&bill))
        (lines(&bill))
        (taken_back(&bill))
        (not_billed(&bill))
        @if may {
            @if bill.state.is_open() { (decide(&bill, form, error)) }
            (file_form(&bill, error))
        }
    };
    Ok(desk_page(ask, &format!("Bill {number}"), &body))
}

fn facts(bill: &BillDetail) -> Markup {
    html! {
        dl.facts.brief {
            div { dt { "Stands" } dd { (standing(bill)) } }
            div { dt { "Of" } dd { (words::day(bill.day)) } }
            div { dt { "Period" } dd { (words::days(bill.period.from, bill.period.to)) } }
            div { dt { "Billed" } dd { (bill.matching.billed) } }
            div { dt { "Tax on top" } dd { (bill.tax) } }
            div { dt { "Accepted" } dd { (bill.matching.accepted) } }
            div { dt { "Difference" } dd { (bill.matching.difference) } }
            @if let Some(one) = &bill.statement { div { dt { "Paid by" } dd { a href={ "/pay/statements/" (one.row.number) } { (one.reference()) } ", " (one.balance) } } }
        }
        @if !bill.row.said.is_empty() { p { @if bill.state.is_open() { "You asked: " } @else { "You said: " } bdi { (words::shown(&bill.row.said, 1_000)) } } }
        @if !bill.row.note.is_empty() { p { "Your note: " bdi { (words::shown(&bill.row.note, 1_000)) } } }
        @if let Some(file) = &bill.file { p { a href={ "/pay/bills/" (bill.row.id) "/file" } download { bdi { (words::shown(file, 80)) } } } }
    }
}

fn found(bill: &BillDetail, line: &ShownLine) -> Markup {
    let work: Vec<&BillWork> = line
        .found
        .postings
        .iter()
        .filter_map(|number| bill.work_of(*number))
        .collect();
    html! {
        @if work.is_empty() { strong { "never accepted" } } @else {
            ul { @for one in work { li { (piece(one)) } } }
        }
    }
}

fn piece(work: &BillWork) -> Markup {
    html! {
        bdi { (words::shown(&work.activity, 80)) } ", " (words::day(work.day))
        @if let Some(number) = work.assignment { ", #" (number) }
        ": " (work.amount)
        @if let Some(number) = work.statement { ", on " a href={ "/pay/statements/" (number) } { (reference(number)) } " already" }
    }
}

fn lines(bill: &BillDetail) -> Markup {
    html! {
        h2 { "What is billed, and what you accepted of it" }
        table.rows {
            thead { tr { th scope="col" { "Line" } th.figure scope="col" { "Billed" } th scope="col" { "What you accepted" } th.figure scope="col" { "Accepted" } th.figure scope="col" { "Difference" } } }
            tbody { @for line in &bill.lines { tr {
                th scope="row" {
                    @if let Some(day) = line.row.day.and_then(Day::from_number) { (words::day(day)) " " }
                    @if let Some(number) = line.assignment { "#" (number) " " }
                    @if line.row.text.is_empty() && line.assignment.is_none() { "the whole bill" } @else { bdi { (words::shown(&line.row.text, 120)) } }
                }
                td.figure data-label="Billed" { (line.amount) }
                td data-label="What you accepted" { (found(bill, line)) }
                td.figure data-label="Accepted" { (line.found.accepted) }
                td.figure data-label="Difference" { @if line.found.difference.amount.is_zero() { "none" } @else { strong { (line.found.difference) } } }
            } } }
        }
    }
}

fn taken_back(bill: &BillDetail) -> Markup {
    let credits = bill.matching.credits.iter();
    let work: Vec<&BillWork> = credits.filter_map(|number| bill.work_of(*number)).collect();
    html! {
        @if !work.is_empty() {
            h2 { "Paid before, and put right since" }
            p { "It changes what is accepted of this bill by " strong { (bill.matching.taken_off) } ", as no line of it says so." }
            ul { @for one in work { li { (piece(one)) } } }
        }
    }
}

fn not_billed(bill: &BillDetail) -> Markup {
    let work: Vec<&BillWork> = bill
        .matching
        .unbilled
        .iter()
        .filter_map(|number| bill.work_of(*number))
        .collect();
    html! {
        @if !work.is_empty() && bill.state.is_open() {
            h2 { "Accepted, and not on this bill" }
            ul { @for one in work { li { (piece(one)) } } }
        }
    }
}

fn decide(bill: &BillDetail, form: &Form, error: Option<&Error>) -> Markup {
    let path = format!("/pay/bills/{}", bill.row.id);
    let is_whole = bill.matching.is_whole();
    html! {
        section aria-labelledby="decide" {
            h2 #decide { "Decide" }
            form method="post" action={ (path) "/approval" } {
                input type="hidden" name="version" value=(bill.row.version);
                @if is_whole { p { "All of it was accepted, to the smallest unit." } } @else {
                    p { "What you accepted of it is paid, and no more." }
                    (Field { help: "It differs from what you accepted.", ..Field::text("note", "Why you approve it", form.text("note")) }.show(error))
                    @if !bill.tax.amount.is_zero() { (Field { class: "number", help: "On what was accepted.", ..Field::text("tax", "Tax on top", form.text("tax")) }.show(error)) }
                }
                button { "Approve what was accepted" }
            }
            form method="post" action={ (path) "/query" } {
                input type="hidden" name="version" value=(bill.row.version);
                (Area { name: "said", label: "What you ask them", help: "offdesk sends nothing: it notes what you asked.", value: form.raw("said"), rows: 3 }.show(error))
                button.plain { "Note the query" }
            }
            details {
                summary { "It was recorded by mistake" }
                form method="post" action={ (path) "/removal" } { button.away { "Remove the bill" } }
            }
        }
    }
}

fn file_form(bill: &BillDetail, error: Option<&Error>) -> Markup {
    let fault = error.filter(|error| error.field == "file");
    html! {
        section aria-labelledby="keep" {
            h2 #keep { "The bill as it came" }
            form method="post" action={ "/pay/bills/" (bill.row.id) "/file" } enctype="multipart/form-data" {
                div.field {
                    label for="file" { "A PDF or picture of it, at most 10 MB" }
                    input #file type="file" name="file" required aria-invalid=[fault.map(|_| "true")];
                }
                button.plain { @if bill.file.is_some() { "Keep it in the place of the other" } @else { "Keep it" } }
            }
        }
    }
}

/// Notes what was asked of the one who sent it.
pub fn query(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("bill")?, ask.form().await?);
        let (said, seen) = (form.raw("said").to_owned(), form.version());
        let done = ask
            .write(move |tx, actor, moment| query_bill(tx, actor, id, &said, seen, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/pay/bills/{id}?done=queried"))),
            Err(error) => again(&error, bill_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Approves what was accepted of it.
pub fn approve(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("bill")?, ask.form().await?);
        let approval = Approval {
            note: form.text("note").to_owned(),
            tax: Some(form.text("tax").to_owned()).filter(|text| !text.is_empty()),
            seen: form.version(),
        };
        let done = ask
            .write(move |tx, actor, moment| approve_bill(tx, actor, id, &approval, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/pay/bills/{id}?done=approved"))),
            Err(error) => again(&error, bill_page(&ask, &form, Some(&error))).await,
        }
    })
}

/// Removes one that is not approved.
pub fn remove(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let done = ask
            .write(move |tx, actor, moment| remove_bill(tx, actor, id, moment))
            .await;
        match done {
            Ok(()) => Ok(see("/pay/bills?done=removed")),
            Err(error) => again(&error, bill_page(&ask, &Form::default(), Some(&error))).await,
        }
    })
}

/// Keeps the file it came as.
pub fn set_file(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("bill")?;
        let done = match sent_file(&mut ask).await {
            Ok((name, bytes)) => {
                ask.write(move |tx, actor, moment| {
                    save_bill_file(tx, actor, id, &name, &bytes, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(_) => Ok(see(&format!("/pay/bills/{id}?done=file"))),
            Err(error) => again(&error, bill_page(&ask, &Form::default(), Some(&error))).await,
        }
    })
}

async fn sent_file(ask: &mut Ask) -> Result<(String, Vec<u8>), Error> {
    let first = files_in(ask, LONGEST_FILE).await?.into_iter().next();
    first.ok_or_else(|| Error::invalid("file", "bill.file", "no file came"))
}
