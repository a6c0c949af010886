//! Handoffs between the store and the domain: columns on the one side, values that own their data on the other.

use offdesk_domain::Day;
use offdesk_domain::handoff::{
    Agreement, Checking, EndReason, Reason, Running, Scope as Agreed, SentBy, State,
};
use offdesk_store::handoffs::events::{HandoffEventRow, insert_handoff_event, list_handoff_events};
use offdesk_store::handoffs::{HandoffRow, ScopeRow, update_handoff};
use offdesk_store::{Scope, Uuid};

use super::changed;
use crate::actor::Actor;
use crate::change::note;
use crate::error::{Error, ErrorKind, on_conflict};
use crate::moment::Moment;
use crate::people::read_terms;

/// A handoff as the rules see it, with the row it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    /// The row.
    pub row: HandoffRow,
    /// Why.
    pub reason: Reason,
    /// Where it stands.
    pub state: State,
    /// What was agreed, and the change that is open.
    pub agreement: Agreement,
    /// How much is checked.
    pub checking: Checking,
    /// Who sends out what was made.
    pub sent_by: SentBy,
}

impl Handoff {
    /// Reads a row.
    ///
    /// # Errors
    /// `store.damaged`.
    pub(crate) fn of(row: HandoffRow) -> Result<Self, Error> {
        let change = row.change.as_ref().map(scope_of).transpose()?;
        Ok(Self {
            reason: Reason::of(&row.reason).ok_or_else(damaged)?,
            state: state_of(&row).ok_or_else(damaged)?,
            agreement: Agreement {
                agreed: scope_of(&row.agreed)?,
                proposed: change,
            },
            checking: checking_of(&row).ok_or_else(damaged)?,
            sent_by: SentBy::of(&row.sent_by).ok_or_else(damaged)?,
            row,
        })
    }

    /// The row with the state and the agreement of this value in it. What is over has no open change.
    pub(super) fn into_row(self, moment: Moment) -> HandoffRow {
        let (running, paused_from) = match self.state {
            State::Running(running) => (Some(running), None),
            State::Paused(running) => (Some(running), Some(running.word().to_owned())),
            _ => (None, None),
        };
        let end_reason = match self.state {
            State::Ended(reason) => Some(reason.word().to_owned()),
            _ => None,
        };
        let trial_done = match running {
            Some(Running::Trial { done, .. }) => i64::from(done),
            Some(Running::Active) => self.row.trial_length,
            _ => self.row.trial_done,
        };
        let change = self.agreement.proposed.filter(|_| end_reason.is_none());
        HandoffRow {
            agreed: row_of(&self.agreement.agreed),
            change_note: if change.is_some() {
                self.row.change_note
            } else {
                String::new()
            },
            change: change.as_ref().map(row_of),
            state: self.state.word().to_owned(),
            paused_from,
            end_reason,
            trial_done,
            changed_at: moment.micros(),
            ..self.row
        }
    }
}

fn scope_of(row: &ScopeRow) -> Result<Agreed, Error> {
    Ok(Agreed {
        blueprint: u32::try_from(row.blueprint_number).map_err(|_| damaged())?,
        terms: read_terms(&row.unit, &row.amount, &row.currency)?,
        start: Day::from_number(row.start_day).ok_or_else(damaged)?,
    })
}

/// What is agreed, as it is kept.
pub(super) fn row_of(scope: &Agreed) -> ScopeRow {
    ScopeRow {
        unit: scope.terms.unit.word().to_owned(),
        amount: scope.terms.amount(),
        currency: scope.terms.price.currency.to_string(),
        blueprint_number: scope.blueprint.into(),
        start_day: scope.start.0.into(),
    }
}

fn state_of(row: &HandoffRow) -> Option<State> {
    let running = |word: &str| match word {
        "accepted" => Some(Running::Accepted),
        "active" => Some(Running::Active),
        "trial" => Some(Running::Trial {
            done: u32::try_from(row.trial_done).ok()?,
            of: u32::try_from(row.trial_length).ok()?,
        }),
        _ => None,
    };
    match row.state.as_str() {
        "proposed" => Some(State::Proposed),
        "declined" => Some(State::Declined),
        "paused" => running(row.paused_from.as_deref()?).map(State::Paused),
        "ended" => EndReason::of(row.end_reason.as_deref()?).map(State::Ended),
        word => running(word).map(State::Running),
    }
}

fn checking_of(row: &HandoffRow) -> Option<Checking> {
    let number = |value: i64| u32::try_from(value).ok();
    Some(Checking {
        is_critical: row.is_critical,
        rung: u8::try_from(row.rung).ok()?,
        in_a_row: number(row.in_a_row)?,
        clean: number(row.clean_in_row)?,
    })
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::Failed,
        "store.damaged",
        "a handoff in the database is not understood",
    )
}

/// The history of a handoff, the latest first.
pub(crate) fn history(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Vec<HandoffEventRow>, Error> {
    Ok(list_handoff_events(scope, id)?)
}

/// Saves a handoff to which something has happened, with a line of its history and one of the audit log. Of two at once one is refused.
pub(crate) fn save(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: Handoff,
    (event, detail): (&str, String),
    moment: Moment,
) -> Result<HandoffRow, Error> {
    let mut row = handoff.into_row(moment);
    update_handoff(scope, &row).map_err(on_conflict(changed))?;
    row.version += 1;
    note_event(scope, actor, &row, (event, detail), moment)?;
    Ok(row)
}

/// Adds to the history of a handoff, and to the audit log.
pub(crate) fn note_event(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &HandoffRow,
    (event, detail): (&str, String),
    moment: Moment,
) -> Result<(), Error> {
    let told = format!("{event}: {}", row.state);
    note(scope, actor, moment, "move_handoff", row.id, told)?;
    let event = HandoffEventRow {
        handoff_id: row.id,
        // The history is in the order of the handoff's changes, whatever a clock says.
        id: Uuid::from_u64_pair(0, u64::try_from(row.version).unwrap_or(0)),
        event: event.to_owned(),
        state: row.state.clone(),
        detail,
        account_id: actor.account,
        account_name: String::new(),
        door: actor.door.word().to_owned(),
        at: moment.micros(),
    };
    Ok(insert_handoff_event(scope, &event)?)
}
