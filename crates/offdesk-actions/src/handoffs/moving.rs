//! What happens to a handoff: answered, begun, paused, resumed, ended.

use offdesk_domain::handoff::{EndReason, Event, Refused};
use offdesk_store::handoffs::HandoffRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::rows::save;
use super::{Handoff, HandoffDetail, detail, is_seen, load_seen};
use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::assignments::open::{list_undone, named, take_back};
use crate::assignments::recurrence_changes::stop_all_of;
use crate::error::{Error, ErrorKind};
use crate::moment::Moment;
use crate::people::{self, text_of};

/// So many letters what is said with it may have.
pub(super) const LONGEST_WORD: usize = 1_000;

/// What the owner does with a handoff that was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Work begins, with the trial that was agreed.
    Begin,
    /// The trial is cut short.
    EndTrial,
    /// Nothing is given for a while.
    Pause,
    /// It goes on.
    Resume,
    /// It is over; with what becomes of what lies on the person's desk.
    End(EndReason, OpenWork),
}

/// What becomes of assignments that are not done when their handoff ends. What was handed in is judged in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenWork {
    /// Nothing is said: it ends only where there are none.
    Unsaid,
    /// They are taken back.
    TakenBack,
    /// The person does them to their end.
    Finished,
}

impl OpenWork {
    /// What a word says: `take_back` or `finish`, or nothing.
    ///
    /// # Errors
    /// `handoff.open_word`.
    pub fn of(word: &str) -> Result<Self, Error> {
        match word.trim() {
            "" => Ok(Self::Unsaid),
            "take_back" => Ok(Self::TakenBack),
            "finish" => Ok(Self::Finished),
            other => {
                let shown = offdesk_import::problem::shown(other);
                let message = format!("\"{shown}\" does not say what becomes of open assignments");
                Err(Error::invalid("open", "handoff.open_word", message)
                    .hint("it is  take_back  or  finish"))
            }
        }
    }
}

impl Move {
    fn event(self, handoff: &Handoff) -> Event {
        match self {
            Self::Begin => Event::Begin {
                trial: u32::try_from(handoff.row.trial_length).unwrap_or(0),
            },
            Self::EndTrial => Event::EndTrial,
            Self::Pause => Event::Pause,
            Self::Resume => Event::Resume,
            Self::End(reason, _) => Event::End(reason),
        }
    }
}

/// What a person says to what is proposed to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoffAnswer {
    /// Yes.
    Accept,
    /// No; that is free.
    Decline,
}

impl HandoffAnswer {
    /// The answer of a word: `accept` or `decline`.
    ///
    /// # Errors
    /// `handoff.answer`.
    pub fn of(word: &str) -> Result<Self, Error> {
        match word.trim() {
            "accept" => Ok(Self::Accept),
            "decline" => Ok(Self::Decline),
            other => {
                let shown = offdesk_import::problem::shown(other);
                let message = format!("\"{shown}\" is no answer");
                Err(Error::invalid("answer", "handoff.answer", message)
                    .hint("it is  accept  or  decline"))
            }
        }
    }

    fn event(self) -> Event {
        match self {
            Self::Accept => Event::Accept,
            Self::Decline => Event::Decline,
        }
    }
}

/// Lets something happen to a handoff. With one that ends, what comes back under it ends, too.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.state` where it cannot happen now, `handoff.open_work` where it ends, assignments of it are not
/// done and it is not said what becomes of them, `text.long`.
pub fn move_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    what: Move,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<HandoffDetail, Error> {
    let mut scope = actor.within(tx, Permission::Edit)?;
    scope.hold()?;
    let handoff = load_seen(&mut scope, id, seen)?;
    let event = what.event(&handoff);
    if let Move::End(_, open) = what {
        // First of all it has to be a handoff that can end.
        handoff.state.after(event).map_err(refused)?;
        settle_open(&mut scope, actor, &handoff, open, moment)?;
    }
    let row = happen(&mut scope, actor, handoff, event, said, moment)?;
    if matches!(what, Move::End(..)) {
        stop_all_of(&mut scope, actor, id, moment)?;
    }
    detail(&mut scope, row)
}

/// What lies on the person's desk is taken back, or left to them, as somebody has said.
fn settle_open(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: &Handoff,
    open: OpenWork,
    moment: Moment,
) -> Result<(), Error> {
    let rows = list_undone(scope, &handoff.row)?;
    match open {
        OpenWork::Unsaid if !rows.is_empty() => Err(Error::invalid(
            "open",
            "handoff.open_work",
            format!("assignments of it are not done: {}", named(&rows)),
        )
        .hint("say whether they are taken back or done to their end")),
        OpenWork::TakenBack => take_back(scope, actor, rows, moment),
        OpenWork::Unsaid | OpenWork::Finished => Ok(()),
    }
}

/// Notes the answer of a person who has not joined, as they gave it by word. Who has joined answers for themselves.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.state`, `handoff.own_answer`, `text.long`.
pub fn answer_for(
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
    let row = happen(&mut scope, actor, handoff, answer.event(), said, moment)?;
    detail(&mut scope, row)
}

/// The answer of the person themselves.
pub(crate) fn answer_of(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    handoff: Handoff,
    answer: HandoffAnswer,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<(), Error> {
    is_seen(&handoff, seen)?;
    happen(scope, actor, handoff, answer.event(), said, moment).map(|_| ())
}

/// Refuses to answer for somebody who has joined.
pub(super) fn answers_not_themselves(
    scope: &mut Scope<'_, '_>,
    handoff: &Handoff,
) -> Result<(), Error> {
    let person = people::load(scope, handoff.row.person_id)?;
    if person.account_id.is_none() {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::Conflict,
        "handoff.own_answer",
        format!("{} has joined and answers on their own page", person.name),
    ))
}

fn happen(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    mut handoff: Handoff,
    event: Event,
    said: &str,
    moment: Moment,
) -> Result<HandoffRow, Error> {
    let said = text_of("said", said, LONGEST_WORD)?;
    handoff.state = handoff.state.after(event).map_err(refused)?;
    let said = match event {
        Event::End(reason) if said.is_empty() => reason.name().to_owned(),
        Event::End(reason) => format!("{}: {said}", reason.name()),
        _ => said,
    };
    save(scope, actor, handoff, (event.word(), said), moment)
}

/// What the rules refuse, as an error of the action.
pub(crate) fn refused(error: Refused) -> Error {
    Error::new(ErrorKind::Conflict, "handoff.state", error.to_string())
        .hint("look at its page: it shows where it stands")
}
