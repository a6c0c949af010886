//! A change of scope: it reopens price and date, and holds once the person has accepted it. Until then what was agreed holds.

use offdesk_domain::Day;
use offdesk_domain::handoff::{Agreement, AgreementError, Event, Scope as Agreed, State};
use offdesk_store::blueprints::{BlueprintRow, load_blueprint};
use offdesk_store::handoffs::former::{FormerRow, keep_former};
use offdesk_store::handoffs::{HandoffRow, list_of_blueprint};
use offdesk_store::{Scope, Tx, Uuid};

use super::gate::number_of;
use super::moving::{LONGEST_WORD, answers_not_themselves};
use super::rows::save;
use super::{Handoff, HandoffAnswer, HandoffDetail, detail, is_seen, load_seen};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::pay::{day_or_today, first_free, is_free, today_in};
use crate::people::{NewTerms, text_of};

/// What is proposed in the place of what was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewScope {
    /// What is paid; as before where nothing is said.
    pub terms: Option<NewTerms>,
    /// From which day on; where none is said, today, or the agreed start where that is yet to come, and not before what is posted ends.
    pub start: Option<Day>,
    /// By the newest published version of the blueprint.
    pub takes_newest: bool,
    /// Why, for the person to read.
    pub note: String,
}

/// Proposes a change of what was agreed.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.not_agreed`, `handoff.same`, `handoff.posted`, `handoff.unpublished`, `text.long`, and those of
/// terms.
pub fn propose_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: &NewScope,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let mut handoff = load_seen(&mut scope, id, seen)?;
    let agreed = handoff.agreement.agreed;
    let terms = match &new.terms {
        Some(terms) => terms.read_in(&agreed.terms.price.currency.to_string())?,
        None => agreed.terms,
    };
    let blueprint = if new.takes_newest {
        let row = load_blueprint(&mut scope, handoff.row.blueprint_id)?;
        number_of(&row.ok_or_else(|| Error::not_found("blueprint"))?, false)?
    } else {
        agreed.blueprint
    };
    // A change of nothing but the day it would be noted on is none.
    let is_other = terms != agreed.terms || blueprint != agreed.blueprint;
    let start = match new.start {
        Some(_) => day_or_today(&mut scope, "start", new.start, moment)?,
        // What has not begun yet begins when it was agreed to begin.
        None if is_other => {
            let from = today_in(&mut scope, moment)?.max(agreed.start);
            first_free(&mut scope, &handoff.row, terms, from)?
        }
        None => agreed.start,
    };
    let proposed = Agreed {
        blueprint,
        terms,
        start,
    };
    handoff.agreement = handoff
        .agreement
        .propose(handoff.state, proposed)
        .map_err(of_agreement)?;
    is_free(&mut scope, &handoff.row, (terms, start))?;
    handoff.row.change_note = text_of("note", &new.note, LONGEST_WORD)?;
    let event = ("propose_change", told_of(proposed));
    let row = save(&mut scope, actor, handoff, event, moment)?;
    detail(&mut scope, row)
}

/// Asks everybody who works by an older version of a blueprint whether they go on by the one that is published now: until they take it they
/// are given work by what they agreed to. Where another change is open it goes along; who has not answered at all is asked by the newest.
pub(crate) fn propose_published(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    blueprint: &BlueprintRow,
    moment: Moment,
) -> Result<(), Error> {
    let number = number_of(blueprint, false)?;
    for row in list_of_blueprint(scope, blueprint.id)? {
        let mut handoff = Handoff::of(row)?;
        let agreed = handoff.agreement.agreed;
        if agreed.blueprint >= number {
            continue;
        }
        if handoff.state == State::Proposed {
            let newest = Agreed {
                blueprint: number,
                ..agreed
            };
            handoff.agreement = Agreement::new(newest);
            let event = (Event::Propose.word(), told_of(newest));
            save(scope, actor, handoff, event, moment)?;
            continue;
        }
        if !handoff.state.is_agreed() {
            continue;
        }
        let open = handoff.agreement.proposed;
        let start = match open {
            Some(open) => open.start,
            None => {
                let from = today_in(scope, moment)?.max(agreed.start);
                first_free(scope, &handoff.row, agreed.terms, from)?
            }
        };
        let proposed = Agreed {
            blueprint: number,
            terms: open.map_or(agreed.terms, |open| open.terms),
            start,
        };
        handoff.agreement = handoff
            .agreement
            .propose(handoff.state, proposed)
            .map_err(of_agreement)?;
        let event = ("propose_change", told_of(proposed));
        save(scope, actor, handoff, event, moment)?;
    }
    Ok(())
}

/// What is proposed, as the history tells it.
fn told_of(proposed: Agreed) -> String {
    format!(
        "{} by version {} from {}",
        proposed.terms,
        proposed.blueprint,
        proposed.start.date()
    )
}

/// Takes the open change back.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.no_change`, `handoff.not_agreed`.
pub fn withdraw_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let mut handoff = load_seen(&mut scope, id, seen)?;
    handoff.agreement = handoff
        .agreement
        .drop_change(handoff.state)
        .map_err(of_agreement)?;
    let event = ("withdraw_change", String::new());
    let row = save(&mut scope, actor, handoff, event, moment)?;
    detail(&mut scope, row)
}

/// Notes what a person who has not joined says to the open change. Who has joined answers for themselves.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.no_change`, `handoff.not_agreed`, `handoff.posted`, `handoff.own_answer`, `text.long`.
pub fn answer_change_for(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    answer: HandoffAnswer,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    let handoff = load_seen(&mut scope, id, seen)?;
    answers_not_themselves(&mut scope, &handoff)?;
    let row = settle(&mut scope, actor, handoff, answer, said, moment)?;
    detail(&mut scope, row)
}

/// What the person themselves says to the open change.
pub(crate) fn answer_change_of(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: Handoff,
    answer: HandoffAnswer,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<(), Error> {
    is_seen(&handoff, seen)?;
    settle(scope, actor, handoff, answer, said, moment).map(|_| ())
}

fn settle(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    mut handoff: Handoff,
    answer: HandoffAnswer,
    said: &str,
    moment: Moment,
) -> Result<HandoffRow, Error> {
    let said = text_of("said", said, LONGEST_WORD)?;
    if let (HandoffAnswer::Accept, Some(proposed)) = (answer, handoff.agreement.proposed) {
        // Pay may have been posted since it was proposed.
        scope.hold()?;
        is_free(scope, &handoff.row, (proposed.terms, proposed.start)).map_err(since)?;
        // What was agreed until then is paid by its own terms, so it is kept.
        let agreed = &handoff.row.agreed;
        let former = FormerRow {
            from_day: agreed.start_day,
            unit: agreed.unit.clone(),
            amount: agreed.amount.clone(),
            currency: agreed.currency.clone(),
        };
        keep_former(scope, handoff.row.id, &former, proposed.start.0.into())?;
    }
    let (agreement, event) = match answer {
        HandoffAnswer::Accept => (handoff.agreement.accept(handoff.state), "accept_change"),
        HandoffAnswer::Decline => (
            handoff.agreement.drop_change(handoff.state),
            "decline_change",
        ),
    };
    handoff.agreement = agreement.map_err(of_agreement)?;
    save(scope, actor, handoff, (event, said), moment)
}

/// Pay was posted after a change was proposed: whoever answers it cannot name another day.
fn since(error: Error) -> Error {
    match error.code {
        "handoff.posted" => error.hint(
            "this was posted after it was proposed: it has to be proposed anew, from a later day on",
        ),
        _ => error,
    }
}

fn of_agreement(error: AgreementError) -> Error {
    Error::new(ErrorKind::Conflict, error.code(), error.to_string())
}
