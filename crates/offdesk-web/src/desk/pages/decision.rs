//! Who should do an activity: two or three options side by side, beside keeping it, with the owner's own figures.

mod form;
pub(crate) mod sides;
pub(super) mod sure;

use std::sync::Arc;

use maud::{Markup, html};
use offdesk_actions::decide::Weighed;
use offdesk_actions::options::{HandoffOption, Subject, keep_options, subject_of};
use offdesk_actions::store::Uuid;
use offdesk_actions::{Error, Moment};
use offdesk_domain::decision::Input;

use self::form::{Fault, read};
use super::next::may_edit;
use crate::desk::ask::{Answer, Ask, page as shown, page_with, see};
use crate::desk::errors::{is_elsewhere, status_of};
use crate::desk::form::Form;
use crate::desk::layout::{desk_page, said, wrong};
use crate::words;

/// The page.
pub fn page(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("activity")?;
        let subject = subject(&ask, id).await?;
        Ok(shown(whole(&ask, subject, &Form::default(), None).await?))
    })
}

/// Keeps what was typed, and shows what comes of it.
pub fn keep(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("activity")?, ask.form().await?);
        let known = subject(&ask, id).await?;
        let done = match read(&form, &known) {
            Ok(new) => ask
                .write(move |tx, actor, moment: Moment| keep_options(tx, actor, id, &new, moment))
                .await
                .map_err(|error| Fault::of(error, &form)),
            Err(fault) => Err(fault),
        };
        match done {
            Ok(_) => Ok(see(&format!("/next/{id}/decision?done=kept"))),
            Err(fault) if is_elsewhere(&fault.error) => Err(fault.error),
            Err(fault) => {
                let status = status_of(&fault.error);
                let page = whole(&ask, known, &form, Some(&fault)).await?;
                Ok(page_with(status, page))
            }
        }
    })
}

/// An activity about to be weighed.
///
/// # Errors
/// `not_found`.
pub async fn subject(ask: &Ask, id: Uuid) -> Result<Subject, Error> {
    let hours = ask.hours().await?;
    subject_of(&hours, id, hours.options.get(&id))
}

async fn whole(
    ask: &Ask,
    subject: Subject,
    form: &Form,
    fault: Option<&Fault>,
) -> Result<Markup, Error> {
    let subject = Arc::new(subject);
    let weighing = Arc::clone(&subject);
    // Twenty thousand draws for each option are no work for a thread that serves others.
    let weighed = Ask::apart(move || Ok(weighing.weigh())).await?;
    let note = match ask.query.text("done") {
        "kept" if subject.is_kept => "Kept. The list of what to hand off uses these figures now.",
        "kept" => "Forgotten. The list uses the usual figures again.",
        _ => "",
    };
    let body = html! {
        p { a href={ "/next/" (subject.id) } { bdi { (words::shown(&subject.name, 80)) } } }
        @match &weighed {
            Ok(weighed) => (sides::headline(&subject, weighed)),
            Err(_) => h1 { "Who should do it: " bdi { (words::shown(&subject.name, 80)) } "?" },
        }
        (said(note))
        (wrong(fault.map(|fault| &fault.error)))
        @if let Some(other) = subject.other_currency {
            p.notice { "What you kept is in " (other) ", and this workspace is in " (subject.currency) ": type it anew. Currencies are never mixed." }
        }
        @match &weighed {
            Ok(weighed) => (answer(&subject, weighed)),
            Err(error) => p { (crate::desk::errors::sentence(&error.message)) " With it below, the options can be weighed." },
        }
        @if may_edit(ask) {
            @if subject.is_kept { (as_people(&subject)) }
            (form::form(&subject, form, fault))
        }
    };
    Ok(desk_page(ask, &subject.name, &body))
}

/// Each option can become a person to hand it to, with the name, kind and rate that were typed.
fn as_people(subject: &Subject) -> Markup {
    let link = |option: &HandoffOption| {
        let rate = option.figures.iter().find(|(it, _)| *it == Input::Rate);
        let rate = rate.map(|(_, [_, likely, _])| likely.to_string());
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("name", &option.name);
        query.append_pair("kind", option.kind.word());
        query.append_pair("activity", &subject.id.to_string());
        if let Some(rate) = rate {
            query.append_pair("amount", &rate);
            query.append_pair("currency", &subject.currency.to_string());
        }
        format!("/people/new?{}", query.finish())
    };
    html! {
        p.actions { @for option in &subject.options {
            a.button.plain href=(link(option)) { "Add " bdi { (words::shown(&option.name, 60)) } " as a person" }
        } }
    }
}

/// All of it below the headline.
pub(crate) fn answer(subject: &Subject, weighed: &Weighed) -> Markup {
    html! {
        (sides::side_by_side(subject, weighed))
        (sure::courses(subject, weighed))
        (sure::matters(subject, weighed))
        (sure::why(subject, weighed))
    }
}
