//! Handing off: the gate, the terms, and what is expected of it.

use offdesk_domain::Day;
use offdesk_domain::handoff::{Agreement, Event, Reason, Scope as Agreed, SentBy, State};
use offdesk_domain::trust::CLEAN_IN_A_ROW;
use offdesk_store::activities::load_activity;
use offdesk_store::blueprints::load_blueprint;
use offdesk_store::handoffs::{HandoffRow, insert_handoff};
use offdesk_store::{Tx, Uuid};

use super::changing::NewScope;
use super::expected::expected;
use super::gate::{blueprint_of, can_be_handed, checked, number_of, terms_of};
use super::moving::refused;
use super::rows::{row_of, save};
use super::{HandoffDetail, detail, load_seen, note_event};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::day_or_today;
use crate::people::{self, NewTerms, text_of};

const LONGEST_NOTE: usize = 2_000;
/// A handoff that is not there yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHandoff {
    /// What is handed off.
    pub activity: Uuid,
    /// How it is done.
    pub blueprint: Uuid,
    /// To whom.
    pub person: Uuid,
    /// Why.
    pub reason: Reason,
    /// What is paid; the person's own terms where nothing is said.
    pub terms: Option<NewTerms>,
    /// From which day on; today where none is said.
    pub start: Option<Day>,
    /// Though nothing of the blueprint is published.
    pub is_unpublished: bool,
    /// What the person is told with it.
    pub note: String,
    /// Who sends out what was made.
    pub sent_by: SentBy,
    /// One fault is too many.
    pub is_critical: bool,
    /// The rung it begins on.
    pub rung: u8,
    /// So many clean ones in a row move up.
    pub in_a_row: u32,
    /// Hours within which a question is answered.
    pub answer_by_hours: u32,
    /// Days after which what was delivered counts as accepted.
    pub accept_after_days: u32,
    /// So many assignments are the trial.
    pub trial_length: u32,
}

impl NewHandoff {
    /// A handoff as most are: everything is checked, a trial of three, a day to answer, a week to review.
    #[must_use]
    pub fn new(activity: Uuid, blueprint: Uuid, person: Uuid) -> Self {
        Self {
            activity,
            blueprint,
            person,
            reason: Reason::Focus,
            terms: None,
            start: None,
            is_unpublished: false,
            note: String::new(),
            sent_by: SentBy::Owner,
            is_critical: false,
            rung: 0,
            in_a_row: CLEAN_IN_A_ROW,
            answer_by_hours: 24,
            accept_after_days: 7,
            trial_length: 3,
        }
    }
}

/// Proposes a handoff to a person.
///
/// # Errors
/// `not_found`; `handoff.unpublished` where nothing of the blueprint is published and that is not said to be known;
/// `handoff.blueprint` where it is of another activity; `handoff.former`; `handoff.already`; `handoff.terms` where nobody has said what
/// is paid; `handoff.rung`, `handoff.in_a_row`, `handoff.critical`, `handoff.answer_by`, `handoff.accept_after`, `handoff.trial`;
/// those of terms.
pub fn propose_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    new: &NewHandoff,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    // Two at once would both find that nothing was handed off yet.
    scope.hold()?;
    let checking = checked(new)?;
    let activity =
        load_activity(&mut scope, new.activity)?.ok_or_else(|| Error::not_found("activity"))?;
    let blueprint = blueprint_of(&mut scope, new)?;
    let person = people::load(&mut scope, new.person)?;
    can_be_handed(&mut scope, &person, activity.id, None)?;
    let start = day_or_today(&mut scope, "start", new.start, moment)?;
    let terms = terms_of(&mut scope, new.terms.as_ref(), person.id, start)?;
    let number = number_of(&blueprint, new.is_unpublished)?;
    let agreed = Agreed {
        blueprint: number,
        terms,
        start,
    };
    let row = HandoffRow {
        id: moment.id(),
        activity_id: activity.id,
        blueprint_id: blueprint.id,
        person_id: person.id,
        reason: new.reason.word().to_owned(),
        agreed: row_of(&agreed),
        change: None,
        change_note: String::new(),
        expected: expected(&mut scope, activity.id, &person, &terms, moment)?,
        note: text_of("note", &new.note, LONGEST_NOTE)?,
        sent_by: new.sent_by.word().to_owned(),
        is_critical: checking.is_critical,
        rung: checking.rung.into(),
        in_a_row: checking.in_a_row.into(),
        clean_in_row: 0,
        answer_by_hours: new.answer_by_hours.into(),
        accept_after_days: new.accept_after_days.into(),
        trial_length: new.trial_length.into(),
        trial_done: 0,
        state: State::Proposed.word().to_owned(),
        paused_from: None,
        end_reason: None,
        created_by: actor.account,
        created_at: moment.micros(),
        changed_at: moment.micros(),
        version: 1,
    };
    insert_handoff(&mut scope, &row)?;
    let event = Event::Propose.word();
    note_event(&mut scope, actor, &row, (event, terms.to_string()), moment)?;
    detail(&mut scope, row)
}

/// Proposes a handoff that was declined, or not answered yet, on other terms: by the newest version of its blueprint in any case, and with
/// another note where one is given.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.state`, `handoff.former`, `handoff.already`, `text.long`, and those of terms.
pub fn propose_again(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: &NewScope,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    // What holds for a new one holds for this one: they work here, and have it under no other handoff.
    scope.hold()?;
    let mut handoff = load_seen(&mut scope, id, seen)?;
    if !new.note.trim().is_empty() {
        handoff.row.note = text_of("note", &new.note, LONGEST_NOTE)?;
    }
    handoff.state = handoff.state.after(Event::Propose).map_err(refused)?;
    let blueprint = load_blueprint(&mut scope, handoff.row.blueprint_id)?
        .ok_or_else(|| Error::not_found("blueprint"))?;
    let agreed = handoff.agreement.agreed;
    handoff.agreement = Agreement::new(Agreed {
        terms: match &new.terms {
            Some(terms) => terms.read(&mut scope)?,
            None => agreed.terms,
        },
        start: match new.start {
            Some(_) => day_or_today(&mut scope, "start", new.start, moment)?,
            None => agreed.start,
        },
        blueprint: number_of(&blueprint, true)?,
    });
    let person = people::load(&mut scope, handoff.row.person_id)?;
    can_be_handed(&mut scope, &person, handoff.row.activity_id, Some(id))?;
    let (activity, terms) = (handoff.row.activity_id, handoff.agreement.agreed.terms);
    handoff.row.expected = expected(&mut scope, activity, &person, &terms, moment)?;
    let told = terms.to_string();
    let event = (Event::Propose.word(), told);
    let row = save(&mut scope, actor, handoff, event, moment)?;
    detail(&mut scope, row)
}
