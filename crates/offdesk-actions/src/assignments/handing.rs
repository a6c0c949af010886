//! What assignments need of their handoff, and what it learns from them: its trial and its rung.

use offdesk_domain::handoff::{Event, Running, State};
use offdesk_domain::trust::{Checked, Ladder};
use offdesk_store::Scope;
use offdesk_store::assignments::{AssignmentRow, load_numbered};
use offdesk_store::handoffs::events::HandoffEventRow;
use offdesk_store::handoffs::{HandoffRow, update_handoff};

use super::is_judged_blind;
use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::handoffs::{self, Handoff, refused, save};
use crate::moment::Moment;

/// Where a handoff stands on the ladder.
pub(super) fn ladder_of(row: &HandoffRow) -> Result<Ladder, Error> {
    let checking = Handoff::of(row.clone())?.checking;
    Ok(Ladder::at(
        usize::from(checking.rung),
        checking.clean,
        checking.in_a_row,
        checking.is_critical,
    ))
}

/// A handoff under which something is given: the first time its work begins, with the trial that was agreed.
///
/// # Errors
/// `assignment.handoff` where nothing can be given under it.
pub(super) fn begun(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: HandoffRow,
    moment: Moment,
) -> Result<HandoffRow, Error> {
    let mut handoff = Handoff::of(row)?;
    match handoff.state {
        State::Running(Running::Accepted) => {
            let trial = u32::try_from(handoff.row.trial_length).unwrap_or(0);
            let event = Event::Begin { trial };
            handoff.state = handoff.state.after(event).map_err(refused)?;
            save(scope, actor, handoff, (event.word(), String::new()), moment)
        }
        State::Running(_) => Ok(handoff.row),
        state => Err(nothing_given(state)),
    }
}

fn nothing_given(state: State) -> Error {
    let hint = match state {
        State::Proposed => "the person has to accept the handoff first",
        State::Paused(_) => "resume it first",
        _ => "make a new handoff",
    };
    Error::new(
        ErrorKind::Conflict,
        "assignment.handoff",
        format!(
            "this handoff is {}: nothing is given under it",
            state.word()
        ),
    )
    .hint(hint)
}

/// Says in the history of the handoff that a change of an assignment was declined, so that whoever proposed it is told: what was agreed goes
/// on, and nothing else would show it.
pub(super) fn tell_declined(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    moment: Moment,
) -> Result<(), Error> {
    let event = ("decline_assignment_change", goes_on(row));
    tell(scope, actor, row, event, moment)
}

/// Says that nobody has answered a change of an assignment in time: it is dropped, and what was agreed goes on.
pub(super) fn tell_lapsed(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    moment: Moment,
) -> Result<(), Error> {
    let event = ("lapse_assignment_change", goes_on(row));
    tell(scope, actor, row, event, moment)
}

fn goes_on(row: &AssignmentRow) -> String {
    format!("{} {}{GOES_ON}", row.number, row.title)
}

/// What becomes of an assignment whose change was declined or has lapsed.
const GOES_ON: &str = ", which goes on as it was agreed";

/// What stands in the history of a handoff about an assignment, as the owner's side reads it: while the assignment waits to be judged, not
/// which one it is, for the handoff says whose it would be.
pub(crate) fn told_blind(
    scope: &mut Scope<'_, '_>,
    mut event: HandoffEventRow,
) -> Result<HandoffEventRow, Error> {
    let is_about = ["decline_assignment_change", "lapse_assignment_change"];
    let number = event
        .detail
        .split(' ')
        .next()
        .and_then(|it| it.parse().ok());
    let Some(number) = number.filter(|_| is_about.contains(&event.event.as_str())) else {
        return Ok(event);
    };
    let row = load_numbered(scope, number)?;
    if row.is_some_and(|row| is_judged_blind(&row)) {
        event.detail = format!("an assignment that is looked at now{GOES_ON}");
    }
    Ok(event)
}

/// Notes something about an assignment in the history of its handoff.
pub(super) fn tell(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: &AssignmentRow,
    event: (&str, String),
    moment: Moment,
) -> Result<(), Error> {
    let handoff = Handoff::of(handoffs::load(scope, row.handoff_id)?)?;
    save(scope, actor, handoff, event, moment).map(|_| ())
}

fn is_over_trial(state: State) -> bool {
    matches!(
        state,
        State::Running(Running::Active) | State::Paused(Running::Active)
    )
}

/// What a handoff learns when one of its assignments was checked, or one of its trial was looked at and accepted.
pub(super) fn learn(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    row: HandoffRow,
    checked: Option<Checked>,
    is_passed: bool,
    moment: Moment,
) -> Result<(), Error> {
    let ladder = match checked {
        Some(checked) => ladder_of(&row)?.after(checked),
        None => ladder_of(&row)?,
    };
    let learned = HandoffRow {
        rung: i64::try_from(ladder.rung()).unwrap_or(0),
        clean_in_row: ladder.clean().into(),
        ..row.clone()
    };
    let mut handoff = Handoff::of(learned)?;
    let is_in_trial = matches!(
        handoff.state,
        State::Running(Running::Trial { .. }) | State::Paused(Running::Trial { .. })
    );
    let has_moved = handoff.row.rung != row.rung && !handoff.checking.is_critical;
    if is_passed && is_in_trial {
        let event = Event::PassTrial;
        handoff.state = handoff.state.after(event).map_err(refused)?;
        let word = event.word();
        let saved = save(scope, actor, handoff, (word, String::new()), moment)?;
        handoff = Handoff::of(saved)?;
        if is_over_trial(handoff.state) {
            let event = ("trial_passed", String::new());
            let saved = save(scope, actor, handoff, event, moment)?;
            handoff = Handoff::of(saved)?;
        }
        if !has_moved {
            return Ok(());
        }
    }
    if has_moved {
        let told = handoff.checking.in_words();
        save(scope, actor, handoff, ("move_rung", told), moment)?;
    } else if handoff.row != row {
        update_handoff(scope, &handoff.row)?;
    }
    Ok(())
}
