//! How a person is paid, on a page of their own that owners alone see.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::pay::{PersonPayChange, change_pay_of, load_pay_of};
use offdesk_actions::people::load_person;
use offdesk_domain::pay::{Cycle, Rounding};

use super::changes::details_of;
use super::parts::{account, details_fields};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{choice, desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move { Ok(shown(details_page(&ask, &Form::default(), None).await?)) })
}

async fn details_page(ask: &Ask, form: &Form, error: Option<&Error>) -> Result<Markup, Error> {
    let id = ask.id("person")?;
    let (pay, name) = ask
        .read(move |tx, actor, moment| {
            let pay = load_pay_of(tx, actor, id)?;
            Ok((pay, load_person(tx, actor, id, moment)?.row.name))
        })
        .await?;
    let name = words::shown(&name, 80);
    let note = if ask.query.text("done") == "changed" && error.is_none() {
        "How they are paid is noted."
    } else {
        ""
    };
    let cycles: Vec<(&str, &str)> = Cycle::ALL.iter().map(|it| (it.word(), it.name())).collect();
    let rules: Vec<(&str, &str)> = Rounding::ALL
        .iter()
        .map(|it| (it.word(), it.in_words()))
        .collect();
    let body = html! {
        p { a href={ "/people/" (id) } { bdi { (name) } } }
        h1 { "How " bdi { (name) } " is paid" }
        (said(note))
        (wrong(error))
        p { @match &pay.details { Some(details) => { bdi { (account(details)) } }, None => "Nobody has said yet where their money goes. They can say it themselves on their page Pay." } }
        form method="post" action={ "/people/" (id) "/pay" } {
            (choice("cycle", "How often", &form.text_or("cycle", pay.cycle.word()), &cycles))
            (choice("rounding", "How amounts are rounded", &form.text_or("rounding", pay.rounding.word()), &rules))
            (details_fields(&pay, form, error))
            button { "Note it" }
        }
    };
    Ok(desk_page(ask, &format!("How {name} is paid"), &body))
}

/// Notes how a person is paid.
pub fn set(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let typed = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
        let change = PersonPayChange {
            cycle: typed("cycle"),
            rounding: typed("rounding"),
            details: Some(details_of(&form)),
        };
        let done = ask
            .write(move |tx, actor, moment| change_pay_of(tx, actor, id, &change, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/people/{id}/pay?done=changed"))),
            Err(error) => again(&error, details_page(&ask, &form, Some(&error))).await,
        }
    })
}
