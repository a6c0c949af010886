//! What must hold before an activity is handed off: numbers within their limits, a blueprint that can be followed, a person who is
//! free for it, and terms.

use offdesk_domain::Day;
use offdesk_domain::handoff::Checking;
use offdesk_domain::person::{PersonState, Terms};
use offdesk_store::blueprints::{BlueprintRow, load_blueprint};
use offdesk_store::handoffs::list_of_person;
use offdesk_store::people::PersonRow;
use offdesk_store::people::terms::list_terms;
use offdesk_store::{Scope, Uuid};

use super::{NewHandoff, is_over};
use crate::error::{Error, ErrorKind};
use crate::people::{self, NewTerms, terms_on};

/// The longest time to answer a question in: thirty days.
const MOST_HOURS: u32 = 720;
const MOST_DAYS: u32 = 90;
const LONGEST_TRIAL: u32 = 50;

fn within(
    field: &'static str,
    code: &'static str,
    number: u32,
    (least, most): (u32, u32),
    what: &str,
) -> Result<(), Error> {
    if (least..=most).contains(&number) {
        return Ok(());
    }
    let message = format!("{what} is between {least} and {most}, and this is {number}");
    Err(Error::invalid(field, code, message))
}

/// Refuses times that nobody could rely on.
pub(super) fn times_of(answer_by_hours: u32, accept_after_days: u32) -> Result<(), Error> {
    within(
        "answer_by_hours",
        "handoff.answer_by",
        answer_by_hours,
        (1, MOST_HOURS),
        "the time to answer a question, in hours,",
    )?;
    within(
        "accept_after_days",
        "handoff.accept_after",
        accept_after_days,
        (1, MOST_DAYS),
        "the time to review, in days,",
    )
}

pub(super) fn checked(new: &NewHandoff) -> Result<Checking, Error> {
    times_of(new.answer_by_hours, new.accept_after_days)?;
    within(
        "trial_length",
        "handoff.trial",
        new.trial_length,
        (0, LONGEST_TRIAL),
        "the number of assignments of a trial",
    )?;
    Checking::new(new.is_critical, new.rung, new.in_a_row)
        .map_err(|error| Error::invalid(error.field(), error.code(), error.to_string()))
}

pub(super) fn blueprint_of(
    scope: &mut Scope<'_, '_>,
    new: &NewHandoff,
) -> Result<BlueprintRow, Error> {
    let blueprint =
        load_blueprint(scope, new.blueprint)?.ok_or_else(|| Error::not_found("blueprint"))?;
    if blueprint.activity_id.is_some_and(|it| it != new.activity) {
        return Err(Error {
            field: "blueprint",
            ..Error::new(
                ErrorKind::Conflict,
                "handoff.blueprint",
                "this blueprint is of another activity",
            )
            .hint("choose one of this activity, or write it")
        });
    }
    Ok(blueprint)
}

/// The version that is handed over: the newest published one; a draft only knowingly.
pub(super) fn number_of(blueprint: &BlueprintRow, is_unpublished: bool) -> Result<u32, Error> {
    let number = match blueprint.published {
        0 if is_unpublished => blueprint.latest,
        0 => {
            return Err(Error::new(
                ErrorKind::Conflict,
                "handoff.unpublished",
                "nothing of this blueprint is published yet: nobody has said that it can be followed",
            )
            .hint("publish it first, or say that you hand off a draft knowingly"));
        }
        number => number,
    };
    u32::try_from(number).map_err(|_| Error::not_found("version"))
}

/// Refuses what cannot be handed off to a person: they have left, or have it already, under another handoff than one that is named.
pub(super) fn can_be_handed(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    activity: Uuid,
    but: Option<Uuid>,
) -> Result<(), Error> {
    let refuse = |code, message: &str| Error {
        field: "person",
        ..Error::new(ErrorKind::Conflict, code, message)
    };
    if people::state_of(person)? == PersonState::Former {
        return Err(refuse(
            "handoff.former",
            "this person does not work here any more",
        ));
    }
    let all = list_of_person(scope, person.id)?;
    if all
        .iter()
        .any(|row| row.activity_id == activity && !is_over(row) && Some(row.id) != but)
    {
        return Err(
            refuse("handoff.already", "this is handed off to them already")
                .hint("change the handoff that is there, or end it first"),
        );
    }
    Ok(())
}

/// What is paid: what was said, else what the person is paid from that day on.
pub(super) fn terms_of(
    scope: &mut Scope<'_, '_>,
    new: Option<&NewTerms>,
    person: Uuid,
    start: Day,
) -> Result<Terms, Error> {
    if let Some(new) = new {
        return new.read(scope);
    }
    let rows = list_terms(scope, person)?;
    terms_on(&rows, start)?.ok_or_else(|| {
        Error::invalid(
            "amount",
            "handoff.terms",
            "nobody has said what this person is paid",
        )
        .hint("say it here, or on the page of the person")
    })
}
