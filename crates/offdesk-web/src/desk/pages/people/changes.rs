//! What is done with people: added, changed, paid, let in, invited, kept as former.

use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::people::inviting::{invite_person, invite_person_by_mail};
use offdesk_actions::people::{
    self as actions, NewAccess, NewTerms, add_person, change_person, grant_access, revoke_access,
    set_person_state,
};
use offdesk_domain::person::PersonState;

use super::edit::{change_page, fields_of, new_person};
use super::one::person_page;
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::pages::members::invitation_link;

/// Terms as they were typed; none where no amount was.
///
/// # Errors
/// `form.day`.
pub fn terms_of(form: &Form) -> Result<Option<NewTerms>, Error> {
    if form.text("amount").is_empty() {
        return Ok(None);
    }
    Ok(Some(NewTerms {
        unit: form.text("unit").to_owned(),
        amount: form.text("amount").to_owned(),
        currency: form.text("currency").to_owned(),
        from: form.day("from")?,
        note: form.text("terms_note").to_owned(),
    }))
}

/// Adds a person. Where an activity was about to be handed off to them, that goes on.
pub fn add(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let fields = fields_of(&form);
        let own = fields.clone();
        let done = match terms_of(&form) {
            Ok(terms) => {
                ask.write(move |tx, actor, moment| {
                    add_person(tx, actor, &own, terms.as_ref(), moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(detail) => {
                let id = detail.row.id;
                let activity = offdesk_actions::store::Uuid::try_parse(form.text("activity"));
                Ok(see(&match activity {
                    Ok(activity) => format!("/handoffs/new?person={id}&activity={activity}"),
                    Err(_) => format!("/people/{id}?done=added"),
                }))
            }
            Err(error) => {
                again(&error, async {
                    Ok(new_person(&ask, &fields, &form, Some(&error)))
                })
                .await
            }
        }
    })
}

/// Changes what is known of a person.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let (fields, seen) = (fields_of(&form), form.version());
        let own = fields.clone();
        let done = ask
            .write(move |tx, actor, moment| change_person(tx, actor, id, &own, seen, moment))
            .await;
        match done {
            Ok(_) => Ok(see(&format!("/people/{id}?done=changed"))),
            Err(error) => {
                let version = seen.unwrap_or(-1);
                let page = async { change_page(&ask, &fields, version, Some(&error)) };
                again(&error, page).await
            }
        }
    })
}

/// Says whether a person can be handed work.
pub fn set_state(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let state = PersonState::of(form.text("state"));
        let state = state.ok_or_else(|| Error::not_found("state"))?;
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| set_person_state(tx, actor, id, state, seen, moment))
            .await;
        after(&ask, &form, done.map(|_| state.word())).await
    })
}

/// Notes new terms.
pub fn add_terms(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let done = match terms_of(&form) {
            Ok(terms) => {
                let terms = terms.unwrap_or_default();
                ask.write(move |tx, actor, moment| {
                    actions::add_terms(tx, actor, id, &terms, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "terms")).await
    })
}

/// Takes terms away that were noted by mistake.
pub fn remove_terms(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, terms) = (ask.id("person")?, ask.id("terms")?);
        ask.write(move |tx, actor, moment| actions::remove_terms(tx, actor, id, terms, moment))
            .await?;
        Ok(see(&format!("/people/{id}?done=unnoted")))
    })
}

/// Notes an access.
pub fn grant(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        let done = match form.day("granted") {
            Ok(granted) => {
                let new = NewAccess {
                    what: form.text("what").to_owned(),
                    location: form.text("location").to_owned(),
                    granted,
                };
                ask.write(move |tx, actor, moment| grant_access(tx, actor, id, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "granted")).await
    })
}

/// Notes that an access was taken back.
pub fn revoke(ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, access) = (ask.id("person")?, ask.id("access")?);
        let done = ask
            .write(move |tx, actor, moment| revoke_access(tx, actor, id, access, None, moment))
            .await;
        after(&ask, &Form::default(), done.map(|_| "revoked")).await
    })
}

/// Invites a person: by a mail, or with a link that is shown once.
pub fn invite(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("person")?, ask.form().await?);
        if form.text("by") == "mail" {
            let done = ask
                .write(move |tx, actor, moment| invite_person_by_mail(tx, actor, id, moment))
                .await;
            if done.is_ok() {
                ask.desk.wake_mails();
            }
            return after(&ask, &form, done.map(|()| "sent")).await;
        }
        let done = ask
            .write(move |tx, actor, moment| invite_person(tx, actor, id, moment))
            .await;
        match done {
            Ok(secret) => {
                let link = invitation_link(&ask, &secret);
                let page = person_page(&ask, &form, None, Some(&link)).await?;
                Ok(shown(page))
            }
            Err(error) => after(&ask, &form, Err(error)).await,
        }
    })
}

/// Back to the page of the person, with what was done or what went wrong.
async fn after(
    ask: &Ask,
    form: &Form,
    done: Result<&'static str, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(word) => Ok(see(&format!("/people/{}?done={word}", ask.id("person")?))),
        Err(error) => again(&error, person_page(ask, form, Some(&error), None)).await,
    }
}
