//! What is done with work: given, answered, taken back, closed, handed in and replied to for a person who has not joined.

use axum::response::Response;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{
    AssignmentChange, AssignmentDetail, FindingKind, NewAnswer, NewEscape, Reply, Spent,
    answer_question, cancel_assignment, change_assignment, close_assignment,
    correct_supervision_of, kind_of, load_assignment, moment_of, note_escape, note_supervision,
    reassign_assignment, reply_to_assignment,
};
use offdesk_actions::store::{Tx, Uuid};
use offdesk_actions::{Error, Moment};
use offdesk_domain::assignment::captured;
use rust_decimal::Decimal;

use super::one::assignment_page;
use super::zone_of;
use crate::desk::ask::{Answer, Ask, see};
use crate::desk::errors::again;
use crate::desk::form::Form;
use crate::desk::pages::review::{finding_at, times_of};

/// What a form's page was looked at, or what was typed in its place.
pub fn spent_of(ask: &Ask, form: &Form, field: &'static str) -> Result<Option<Spent>, Error> {
    let shown = form.text("shown").parse::<i64>().ok();
    let shown = shown.and_then(|second| Timestamp::from_second(second).ok());
    let looked = shown.map_or(0, |shown| captured(shown, ask.moment.now).0);
    let typed = form.amount(field)?;
    let seconds = match typed {
        Some(minutes) => seconds_of(minutes)?,
        None => looked,
    };
    Ok(Some(Spent {
        captured: looked,
        seconds,
    }))
}

fn seconds_of(minutes: Decimal) -> Result<i64, Error> {
    let hours = minutes.checked_div(Decimal::from(60));
    offdesk_actions::assignments::seconds_of_hours(
        "minutes",
        hours.unwrap_or(Decimal::NEGATIVE_ONE),
    )
}

/// Answers a question.
pub fn answer(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, question) = (ask.id("assignment")?, ask.id("question")?);
        let form = ask.form().await?;
        let new = NewAnswer {
            text: form.raw("text").to_owned(),
            is_for_blueprint: form.is_ticked("for_blueprint"),
            spent: spent_of(&ask, &form, "minutes")?,
        };
        let done = ask
            .write(move |tx, actor, moment| answer_question(tx, actor, id, question, &new, moment))
            .await;
        after(&ask, &form, done).await
    })
}

/// Notes whether a person who has not joined takes it.
pub fn reply(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let (reply, seen) = (Reply::of(form.text("answer"))?, form.version());
        let done = ask
            .write(move |tx, actor, moment| reply_to_assignment(tx, actor, id, reply, seen, moment))
            .await;
        after(&ask, &form, done).await
    })
}

/// Changes its date, its price or what it is; the person is asked anew.
pub fn change(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let zone = ask.read(|tx, actor, _| zone_of(tx, actor)).await?;
        let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
        let due = moment_of("due", form.text("due"), Some(&zone));
        let changed = due.map(|due| AssignmentChange {
            due: Some(due),
            title: Some(form.text("title").to_owned()),
            note: Some(form.raw("note").to_owned()),
            amount: Some(form.text("amount").to_owned()),
            seen: form.version(),
        });
        let done = match changed {
            Ok(change) => {
                ask.write(move |tx, actor, moment| {
                    // Whoever leaves the minute as it stands leaves the second, too.
                    let now = load_assignment(tx, actor, id)?.course.due;
                    let change = AssignmentChange {
                        due: change.due.filter(|due| !is_same_minute(*due, now)),
                        ..change
                    };
                    change_assignment(tx, actor, id, &change, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done).await
    })
}

fn is_same_minute(one: Timestamp, other: Timestamp) -> bool {
    one.as_second().div_euclid(60) == other.as_second().div_euclid(60)
}

/// Gives it to somebody else, under another handoff.
pub fn reassign(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let seen = form.version();
        let done = match elsewhere_of(&ask, &form).await {
            Ok((handoff, due)) => {
                ask.write(move |tx, actor, moment| {
                    // Whoever leaves the minute as it stands leaves what was waited, too.
                    let now = load_assignment(tx, actor, id)?.course;
                    let now = now.due_with_wait(moment.now);
                    let due = due.filter(|due| !is_same_minute(*due, now) || now <= moment.now);
                    reassign_assignment(tx, actor, id, (handoff, due), seen, moment)
                })
                .await
            }
            Err(error) => Err(error),
        };
        match done {
            Ok(given) => Ok(see(&format!("/work/{}?done=1", given.row.id))),
            Err(error) => after::<()>(&ask, &form, Err(error)).await,
        }
    })
}

/// To whom a form gives it, and when it is due then.
async fn elsewhere_of(ask: &Ask, form: &Form) -> Result<(Uuid, Option<Timestamp>), Error> {
    let handoff = Uuid::try_parse(form.text("handoff"))
        .map_err(|_| Error::invalid("handoff", "handoff.missing", "choose to whom it is given"))?;
    let due = match form.text("new_due") {
        "" => None,
        typed => {
            let zone = ask.read(|tx, actor, _| zone_of(tx, actor)).await?;
            let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
            Some(moment_of("due", typed, Some(&zone))?)
        }
    };
    Ok((handoff, due))
}

/// Takes it back.
pub fn cancel(ask: Ask) -> Answer {
    moved(ask, cancel_assignment)
}

/// Closes it.
pub fn close(ask: Ask) -> Answer {
    moved(ask, close_assignment)
}

/// An action on an assignment that takes its number and the version that was seen.
type Move = fn(&mut Tx<'_>, &Actor, Uuid, Option<i64>, Moment) -> Result<AssignmentDetail, Error>;

/// What takes nothing but the version that was seen.
fn moved(mut ask: Ask, action: Move) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let seen = form.version();
        let done = ask
            .write(move |tx, actor, moment| action(tx, actor, id, seen, moment))
            .await;
        after(&ask, &form, done).await
    })
}

/// Notes a fault that was found later.
pub fn escape(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let fault = finding_at(FindingKind::Fault, form.text("place"), form.raw("text"));
        let escape = times_of(&ask, &form).map(|(_, reworked)| NewEscape {
            fault,
            reworked,
            seen: form.version(),
        });
        let done = match escape {
            Ok(escape) => {
                ask.write(move |tx, actor, moment| note_escape(tx, actor, id, &escape, moment))
                    .await
            }
            Err(error) => Err(error),
        };
        after(&ask, &form, done).await
    })
}

/// Notes time that no page has captured.
pub fn spend(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, form) = (ask.id("assignment")?, ask.form().await?);
        let done = match (kind_of(form.text("kind")), minutes_of(&form)) {
            (Ok(kind), Ok(seconds)) => {
                ask.write(move |tx, actor, moment| {
                    note_supervision(tx, actor, id, kind, seconds, moment)
                })
                .await
            }
            (Err(error), _) | (_, Err(error)) => Err(error),
        };
        after(&ask, &form, done).await
    })
}

fn minutes_of(form: &Form) -> Result<i64, Error> {
    seconds_of(form.number("minutes")?.unwrap_or_default())
}

/// Puts right what counts of time spent.
pub fn correct(mut ask: Ask) -> Answer {
    Box::pin(async move {
        let (id, line) = (ask.id("assignment")?, ask.id("supervision")?);
        let form = ask.form().await?;
        let (seen, minutes) = (form.version(), form.number("minutes")?);
        let seconds = seconds_of(minutes.unwrap_or_default())?;
        let done = ask
            .write(move |tx, actor, moment| {
                correct_supervision_of(tx, actor, id, line, seconds, seen, moment)
            })
            .await;
        after(&ask, &form, done).await
    })
}

/// Back to the page: with what was done, or with what went wrong.
pub(super) async fn after<T>(
    ask: &Ask,
    form: &Form,
    done: Result<T, Error>,
) -> Result<Response, Error> {
    match done {
        Ok(_) => Ok(see(&format!("/work/{}?done=1", ask.id("assignment")?))),
        Err(error) => again(&error, assignment_page(ask, form, Some(&error))).await,
    }
}
