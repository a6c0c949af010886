//! The address to which assignments of a handoff are mailed: made, shown once, ended.

use maud::{Markup, html};
use offdesk_actions::Error;
use offdesk_actions::assignments::mailed::{address_of, end_mailbox, renew_mailbox};
use offdesk_actions::moment::Secret;
use offdesk_actions::store::Uuid;
use offdesk_actions::store::assignments::mailboxes::MailboxRow;

use super::one::{handoff_page, handoff_page_with};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::layout::{Field, moment};
use crate::words;

/// A handoff's address in a section of its page; what was made just now is shown once.
pub(super) fn section(
    handoff: Uuid,
    mailbox: Option<&MailboxRow>,
    made: Option<&str>,
    zone: &str,
    form: &Form,
    error: Option<&Error>,
) -> Markup {
    let path = format!("/handoffs/{handoff}/mailbox");
    let error = error.filter(|it| it.code.starts_with("mailbox."));
    html! {
        section aria-labelledby="mailbox" {
            h2 #mailbox { "Given by mail" }
            @if let Some(address) = made {
                div.card role="status" {
                    p { "Whoever writes to this address gives an assignment, so it is shown once, here." }
                    p { code.secret { (address) } }
                    p { "The subject says what is done, the text what they should know, what is attached goes along. A line such as " code { "Due: 2027-03-01T17:00" } " says when it is due." }
                }
            } @else if let Some(mailbox) = mailbox {
                p { "It has an address, made " (moment(mailbox.created_at, Some(zone))) "; what comes is due " (words::count(u64::try_from(mailbox.due_hours).unwrap_or(0), "hour", "hours")) " later where it does not say when." }
            }
            details open[error.is_some()] {
                summary { @if mailbox.is_some() { "Make a new address" } @else { "Let assignments come by mail" } }
                form method="post" action=(path) {
                    p { "Whoever runs this offdesk has to let the mail server pass on what comes in; the guide says how." @if mailbox.is_some() { " The address there is now ends." } }
                    (Field { kind: "email", is_needed: true, help: "Such as desk@example.com. The secret is put into it, behind a plus sign.", ..Field::text("base", "The mailbox that is passed on", form.text("base")) }.show(error))
                    (Field { class: "number", ..Field::text("due_hours", "Hours until what comes is due", &form.text_or("due_hours", "48")) }.show(error))
                    button.plain { "Make the address" }
                }
            }
            @if mailbox.is_some() { form method="post" action={ (path) "/end" } { button.away { "End the address" } } }
        }
    }
}

/// Makes a new address, and shows it once.
pub fn renew_address(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let done = match wanted(&form) {
            Ok((base, hours)) => ask
                .write(move |tx, actor, moment| renew_mailbox(tx, actor, id, hours, moment))
                .await
                .map(|secret| address_of(&base, &secret).unwrap_or_default()),
            Err(error) => Err(error),
        };
        match done {
            Ok(address) => {
                let empty = Form::default();
                let page = handoff_page_with(&ask, &empty, None, Some(&address)).await?;
                Ok(shown(page))
            }
            Err(error) => again(&error, handoff_page(&ask, &form, Some(&error))).await,
        }
    })
}

fn wanted(form: &Form) -> Result<(String, i64), Error> {
    let base = form.text("base").to_owned();
    if address_of(&base, &Secret::given("")).is_none() {
        let shown = words::shown(&base, 80);
        return Err(Error::invalid(
            "base",
            "mailbox.address",
            format!("\"{shown}\" is no address to which a secret fits"),
        )
        .hint("write a mailbox of yours with a short name, such as desk@example.com"));
    }
    let typed = form.text("due_hours");
    let hours = typed.parse().map_err(|_| {
        let shown = words::shown(typed, 40);
        Error::invalid(
            "due_hours",
            "mailbox.hours",
            format!("\"{shown}\" is no number of hours"),
        )
    })?;
    Ok((base, hours))
}

/// Ends the address.
pub fn end_address(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("handoff")?;
        ask.write(move |tx, actor, moment| end_mailbox(tx, actor, id, moment))
            .await?;
        Ok(see(&format!("/handoffs/{id}?done=no_mailbox")))
    })
}
