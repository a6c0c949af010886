//! What the person does with an assignment: takes it or not, ticks, asks, notes time, hands in.

use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::assignments::files::drop_file;
use offdesk_actions::assignments::{
    AssignmentNow, NewDeliverable, Reply, ask_question, deliver as hand_in, reply_to_assignment,
    seconds_of_hours, set_time, tick_step,
};
use offdesk_actions::store::Uuid;

use super::assignment_page;
use super::receiving::{Purpose, receive};
use crate::desk::ask::{Answer, Ask, page as shown, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::once::make_once;

/// On after something was done, or the page again with what went wrong and what was typed.
async fn after<T>(
    ask: &Ask,
    form: &Form,
    done: Result<T, Error>,
    next: &str,
) -> Result<Response, Error> {
    match done {
        Ok(_) => Ok(see(next)),
        Err(error) => again(&error, assignment_page(ask, form, Some(&error))).await,
    }
}

fn path(id: Uuid, rest: &str) -> String {
    format!("/my/assignments/{id}{rest}")
}

/// Takes it, or declines.
pub fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let (reply, seen) = (Reply::of(form.text("answer")), form.version());
        let (done, next) = match reply {
            Ok(reply) => {
                let done = ask
                    .write(move |tx, actor, moment| {
                        reply_to_assignment(tx, actor, id, reply, seen, moment)
                    })
                    .await;
                let next = match reply {
                    Reply::Agree => path(id, "?done=agree"),
                    Reply::Decline => "/my/work?done=decline".to_owned(),
                };
                (done, next)
            }
            Err(error) => (Err(error), String::new()),
        };
        after(&ask, &form, done, &next).await
    })
}

/// Ticks a step, or takes the tick away.
pub fn tick(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, step) = (ask.id("assignment")?, ask.number("number")?);
        let form = ask.form().await?;
        let is_done = form.is_ticked("done");
        let done = ask
            .write(move |tx, actor, moment| tick_step(tx, actor, id, step, is_done, moment))
            .await;
        after(&ask, &form, done, &path(id, &format!("#step-{step}"))).await
    })
}

/// Asks something.
pub fn ask_about(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let text = form.text("question").to_owned();
        let step = match form.text("step") {
            "" => None,
            // What is no number is no step of any blueprint.
            typed => Some(typed.parse().unwrap_or(0)),
        };
        let anchor = step.map_or_else(String::new, |step| format!("#step-{step}"));
        let asked = path(id, &format!("?done=asked{anchor}"));
        let leads = asked.clone();
        let done = make_once(&ask, &form, move |tx, actor, moment| {
            ask_question(tx, actor, id, step, &text, moment)?;
            Ok(leads)
        })
        .await;
        ask.desk.wake_mails();
        after(&ask, &form, done, &asked).await
    })
}

/// The time that was typed into a form, in seconds.
fn hours_of(form: &Form) -> Result<Option<i64>, Error> {
    let typed = form.hours("hours")?;
    typed
        .map(|hours| seconds_of_hours("hours", hours))
        .transpose()
}

/// Notes the time it has taken so far.
pub fn set_hours(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let received = receive(&mut ask, Purpose::Deliverable(id)).await;
        let (form, whole) = received.checked();
        let done = match whole.and_then(|()| hours_of(&form)) {
            Ok(seconds) => {
                ask.write(move |tx, actor, moment| {
                    set_time(tx, actor, id, seconds.unwrap_or(0), moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        let is_typed = !form.text("text").is_empty() || !form.text("link").is_empty();
        if done.is_ok() && is_typed {
            // What is typed and not handed in yet stays where it was typed.
            ask.query = Form::of(vec![("done".to_owned(), "hours".to_owned())]);
            return Ok(shown(assignment_page(&ask, &form, None).await?));
        }
        after(&ask, &form, done, &path(id, "?done=hours")).await
    })
}

/// Hands in what was made.
pub fn deliver(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let (form, done) = handed_in(&mut ask, id).await;
        after(&ask, &form, done, &path(id, "?done=handed_in")).await
    })
}

/// Hands in what a form brings, of one's own or for a person who has not joined; the form comes back, to be shown again.
pub(in crate::desk::pages) async fn handed_in(
    ask: &mut Ask,
    id: Uuid,
) -> (Form, Result<AssignmentNow, Error>) {
    let received = receive(ask, Purpose::Deliverable(id)).await;
    let (form, whole) = received.checked();
    let done = match whole {
        Ok(()) => send(ask, id, &form).await,
        Err(error) => Err(error),
    };
    (form, done)
}

async fn send(ask: &Ask, id: Uuid, form: &Form) -> Result<AssignmentNow, Error> {
    let new = NewDeliverable {
        text: form.raw("text").to_owned(),
        link: form.text("link").to_owned(),
        seconds: hours_of(form)?,
        without_hours: form.is_ticked("without_hours"),
        seen: form.version(),
    };
    ask.write(move |tx, actor, moment| hand_in(tx, actor, id, &new, moment))
        .await
}

/// Removes a file that is not handed in.
pub fn remove_file(ask: Ask) -> Answer {
    Box::pin(async move {
        let id = ask.id("assignment")?;
        let done = removed(&ask, id).await;
        after(&ask, &Form::default(), done, &path(id, "?done=removed")).await
    })
}

/// Removes the file that the address names.
pub(in crate::desk::pages) async fn removed(ask: &Ask, id: Uuid) -> Result<(), Error> {
    let file = ask.id("document")?;
    ask.write(move |tx, actor, moment| drop_file(tx, actor, id, file, moment))
        .await
}
