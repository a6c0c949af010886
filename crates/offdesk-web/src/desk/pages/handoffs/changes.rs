//! What is done with handoffs: proposed, answered for, begun, paused, resumed, ended, changed.

use axum::response::Response;
use offdesk_actions::Error;
use offdesk_actions::handoffs::{
    self as actions, HandoffAnswer, Move, NewChecking, NewHandoff, NewScope, OpenWork,
    answer_change_for, answer_for, change_checking, move_handoff, propose_change, propose_handoff,
    withdraw_change,
};
use offdesk_actions::people::NewTerms;
use offdesk_actions::store::Uuid;
use offdesk_domain::handoff::{CheckingChange, EndReason, Reason, SentBy};

use super::new::new_page;
use super::one::handoff_page;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::undecided::decided;

fn terms_of(form: &Form) -> Option<NewTerms> {
    let text = |name: &str| form.text(name).to_owned();
    (!form.text("amount").is_empty()).then(|| NewTerms {
        unit: text("unit"),
        amount: text("amount"),
        currency: text("currency"),
        ..NewTerms::default()
    })
}

fn new_of(form: &Form) -> Result<NewHandoff, Error> {
    let id = |name: &'static str, what: &str| {
        Uuid::try_parse(form.text(name))
            .map_err(|_| Error::invalid(name, "handoff.missing", format!("choose {what}")))
    };
    let number = |name, usual: u32| Ok::<_, Error>(number_of(form, name)?.unwrap_or(usual));
    let new = NewHandoff::new(
        id("activity", "what is handed off")?,
        id("blueprint", "how it is done")?,
        id("person", "to whom")?,
    );
    Ok(NewHandoff {
        reason: Reason::of(form.text("reason")).unwrap_or(Reason::Focus),
        terms: terms_of(form),
        start: form.day("start")?,
        is_unpublished: form.is_ticked("unpublished"),
        note: form.raw("note").to_owned(),
        sent_by: SentBy::of(form.text("sent_by")).unwrap_or(SentBy::Owner),
        is_critical: form.is_ticked("critical"),
        rung: u8::try_from(number("rung", 0)?).unwrap_or(u8::MAX),
        in_a_row: number("in_a_row", new.in_a_row)?,
        answer_by_hours: number("answer_by_hours", new.answer_by_hours)?,
        accept_after_days: number("accept_after_days", new.accept_after_days)?,
        trial_length: number("trial_length", new.trial_length)?,
        ..new
    })
}

/// Proposes a handoff.
pub fn propose(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let form = ask.form().await?;
        let done = match new_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| propose_handoff(tx, actor, &new, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(detail) => {
                let id = detail.summary.handoff.row.id;
                Ok(see(&format!("/handoffs/{id}?done=proposed")))
            }
            Err(error) => again(&error, new_page(&ask, &form, Some(&error))).await,
        }
    })
}

fn answer_of(form: &Form) -> Result<HandoffAnswer, Error> {
    decided(form, "answer", "handoff.answer").and_then(HandoffAnswer::of)
}

/// Notes the answer of a person who has not joined.
pub fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let (said, seen) = (form.text("said").to_owned(), form.version());
        let done = match answer_of(&form) {
            Ok(answer) => {
                ask.write(move |tx, actor, moment| {
                    answer_for(tx, actor, id, answer, &said, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "answered")).await
    })
}

/// Lets something happen to a handoff.
pub fn go(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let (said, seen) = (form.text("said").to_owned(), form.version());
        let what = decided(&form, "move", "handoff.move");
        let what = what.and_then(|it| move_of(it, form.text("reason"), form.text("open")));
        let done = match what {
            Ok(what) => {
                ask.write(move |tx, actor, moment| {
                    move_handoff(tx, actor, id, what, &said, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "moved")).await
    })
}

/// What is to happen, of a word, and the reason of an end.
///
/// # Errors
/// `handoff.move`, `handoff.end_reason`, `handoff.open_word`.
pub fn move_of(word: &str, reason: &str, open: &str) -> Result<Move, Error> {
    match word {
        "begin" => Ok(Move::Begin),
        "end_trial" => Ok(Move::EndTrial),
        "pause" => Ok(Move::Pause),
        "resume" => Ok(Move::Resume),
        "end" => {
            let refuse = || {
                Error::invalid(
                    "reason",
                    "handoff.end_reason",
                    "a handoff ends for a reason",
                )
                .hint("it is finished, changed_person, taken_back or dropped")
            };
            let reason = EndReason::of(reason).ok_or_else(refuse)?;
            Ok(Move::End(reason, OpenWork::of(open)?))
        }
        other => {
            let shown = crate::words::shown(other, 40);
            let message = format!("\"{shown}\" cannot happen to a handoff");
            Err(Error::invalid("move", "handoff.move", message)
                .hint("it is begin, end_trial, pause, resume or end"))
        }
    }
}

/// Proposes a handoff once more, on other terms.
pub fn propose_again(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let seen = form.version();
        let done = match form.day("start") {
            Ok(start) => {
                let new = NewScope {
                    terms: terms_of(&form),
                    start,
                    takes_newest: true,
                    note: form.raw("note").to_owned(),
                };
                ask.write(move |tx, actor, moment| {
                    actions::propose_again(tx, actor, id, &new, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "proposed")).await
    })
}

/// Proposes a change of scope.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let seen = form.version();
        let done = match form.day("start") {
            Ok(start) => {
                let new = NewScope {
                    terms: terms_of(&form),
                    start,
                    takes_newest: form.is_ticked("newest"),
                    note: form.raw("note").to_owned(),
                };
                ask.write(move |tx, actor, moment| {
                    propose_change(tx, actor, id, &new, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "changing")).await
    })
}

/// Changes how it is checked.
pub fn check(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let seen = form.version();
        let done = match checking_of(&form) {
            Ok(new) => {
                ask.write(move |tx, actor, moment| {
                    change_checking(tx, actor, id, new, seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "checking")).await
    })
}

/// A number that was typed; none where nothing was.
fn number_of(form: &Form, name: &'static str) -> Result<Option<u32>, Error> {
    match form.text(name) {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| {
            let shown = crate::words::shown(text, 40);
            Error::invalid(name, "handoff.number", format!("\"{shown}\" is no number"))
        }),
    }
}

fn checking_of(form: &Form) -> Result<NewChecking, Error> {
    Ok(NewChecking {
        change: CheckingChange {
            is_critical: Some(form.is_ticked("critical")),
            is_back_to_all: form.is_ticked("all"),
            in_a_row: number_of(form, "in_a_row")?,
        },
        answer_by_hours: number_of(form, "answer_by_hours")?,
        accept_after_days: number_of(form, "accept_after_days")?,
    })
}

/// Notes what a person who has not joined says to the open change.
pub fn answer_change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let seen = form.version();
        let done = match answer_of(&form) {
            Ok(answer) => {
                ask.write(move |tx, actor, moment| {
                    answer_change_for(tx, actor, id, answer, "", seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done.map(|_| "answered")).await
    })
}

/// Takes the open change back.
pub fn withdraw(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("handoff")?, ask.form().await?);
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| withdraw_change(tx, actor, id, seen, moment))
            .await;
        after(&ask, &form, done.map(|_| "withdrawn")).await
    })
}

/// Back to the page of the handoff, with what was done or what went wrong.
async fn after(
    ask: &Ask,
    form: &Form,
    done: Result<&'static str, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(word) => Ok(see(&format!(
            "/handoffs/{}?done={word}",
            ask.id("handoff")?
        ))),
        Err(error) => again(&error, handoff_page(ask, form, Some(&error))).await,
    }
}
