//! Lines that are on no statement yet, with their numbers: what is wrong in one is put right before it is on one.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::actor::Permission;
use offdesk_actions::pay::{OpenLine, list_open_lines};
use offdesk_domain::pay::Quantity;

use super::correcting::{correction_form, put_right};
use super::parts::quantity_of;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, said, wrong};
use crate::desk::paging::{Key, Paging, paged};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(lines_page(&ask, &Form::default(), None).await?)) })
}

async fn lines_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let paging = Paging::of(ask)?;
    let (before, most) = (paging.place(Key::of)?, paging.most);
    let all = ask
        .read(move |tx, actor, _| list_open_lines(tx, actor, before, most + 1))
        .await?;
    let (lines, last) = paged(&all, most);
    let is_corrected = ask.query.text("done") == "corrected" && error.is_none();
    let body = html! {
        p { a href="/pay" { "Pay" } }
        h1 { "Earned, on no statement yet" }
        (said(if is_corrected { "It is put right." } else { "" }))
        (wrong(error))
        @if lines.is_empty() { p { "There is no line that is on no statement yet." } }
        @else { (table(lines, true)) }
        @if let Some(last) = last { p { a href={ "/pay/lines?before=" (last.posting) } rel="next" { "Older" } } }
        @if ask.may(Permission::Manage) { (correction(lines, form, error)) }
    };
    Ok(desk_page(ask, "Earned, on no statement yet", &body))
}

/// Such lines as the owner's and the worker's pages show them.
pub fn table(lines: &[OpenLine], has_names: bool) -> Markup {
    html! {
        table.rows {
            thead { tr {
                th scope="col" { "Day" }
                @if has_names { th scope="col" { "Who" } }
                th scope="col" { "Activity" } th.figure scope="col" { "How much" } th scope="col" { "Agreed" } th.figure scope="col" { "Amount" } th.figure scope="col" { "Line" }
            } }
            tbody { @for line in lines { @let about = line.about.in_words(); tr {
                th scope="row" { (words::day(line.earned.day)) }
                @if has_names { td data-label="Who" { bdi { (words::shown(&line.person, 80)) } } }
                td data-label="Activity" { bdi { (words::shown(&line.activity, 120)) } @if !about.is_empty() { ", " bdi { (words::shown(&about, 240)) } } }
                td.figure data-label="How much" { (quantity_of(line.earned.quantity)) }
                td data-label="Agreed" { (line.earned.terms) }
                td.figure data-label="Amount" { (line.amount) }
                td.figure data-label="Line" { (line.posting) }
            } } }
        }
    }
}

fn correction(all: &[OpenLine], form: &Form, error: Option<&Error>) -> Markup {
    let open: Vec<&OpenLine> = all.iter().filter(|line| !line.about.takes_back).collect();
    let taken: Vec<u64> = all
        .iter()
        .filter_map(|line| line.about.of.filter(|_| line.about.takes_back))
        .collect();
    let choices: Vec<(String, String)> = open
        .iter()
        .filter(|line| !taken.contains(&line.posting))
        .map(|line| {
            let (day, person) = (words::day(line.earned.day), words::shown(&line.person, 60));
            let activity = words::shown(&line.activity, 60);
            let said = format!(
                "{}: {day}, {person}, {activity}, {}",
                line.posting, line.amount
            );
            (line.posting.to_string(), said)
        })
        .collect();
    let has_hours = open
        .iter()
        .any(|line| matches!(line.earned.quantity, Quantity::Time(_)));
    html! {
        @if !choices.is_empty() { details open[error.is_some()] {
            summary { "Something is wrong in one" }
            p { "The line is taken back, and what is right is earned in its place. Both stand on the next statement, the one taken off the other." }
            (correction_form("/pay/lines/corrections", &choices, has_hours, form, error))
        } }
    }
}

/// Puts a line right.
pub fn correct(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        match put_right(&ask, &form).await {
            Ok(()) => Ok(see("/pay/lines?done=corrected")),
            Err(error) => again(&error, lines_page(&ask, &form, Some(&error))).await,
        }
    })
}
