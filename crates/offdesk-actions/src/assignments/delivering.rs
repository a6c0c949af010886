//! Handing in: what was made, drawn by chance once it is there whether it is looked at.

use jiff::{SignedDuration, Timestamp};
use offdesk_domain::assignment::Event;
use offdesk_domain::person::Unit;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::deliverables::{DeliverableRow, insert_deliverable};
use offdesk_store::assignments::files::{FileRow, list_files, update_file};
use offdesk_store::assignments::steps::list_ticked;
use offdesk_store::{Scope, Tx, Uuid};

use super::AssignmentNow;
use super::course::{happen, is_seen};
use super::files::incomplete;
use super::handing::ladder_of;
use super::rounds::as_places;
use super::typed::{LONGEST_TEXT, link_of, seconds_of, text_of};
use super::who::{Part, take_up};
use super::working::in_hand;
use crate::activities::Seen;
use crate::actor::Actor;
use crate::error::Error;
use crate::handoffs;
use crate::moment::Moment;

/// What is handed in; files that have come are handed in with it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewDeliverable {
    /// A text.
    pub text: String,
    /// A link.
    pub link: String,
    /// The time it has taken in all, in seconds; as it was where nothing is said.
    pub seconds: Option<i64>,
    /// It is handed in without hours, though hours are what is paid: nothing is owed for it, or they stand in their week.
    pub without_hours: bool,
    /// The version that was seen.
    pub seen: Seen,
}

/// Hands something in. Only then it is drawn whether it is looked at, so nobody can know before; what is not picked is accepted.
///
/// # Errors
/// `not_found`, `assignment.theirs`, `assignment.changed`, `assignment.not_now`, `assignment.empty` where there is neither a text, a
/// link nor a file, `file.incomplete`, `assignment.no_hours` where it is paid by the hour and none
/// are typed, unless it is said that there are none, `assignment.link`, `assignment.hours`, `text.long`.
pub fn deliver(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    new: &NewDeliverable,
    moment: Moment,
) -> Result<AssignmentNow, Error> {
    let (mut scope, mut row, person) = take_up(tx, actor, id, Part::Work)?;
    is_seen(&row, new.seen)?;
    in_hand(&row, "deliver")?;
    let text = text_of("text", &new.text, LONGEST_TEXT)?;
    let link = link_of(&new.link)?;
    if let Some(seconds) = new.seconds {
        row.seconds = seconds_of("hours", seconds)?;
    }
    if !new.without_hours {
        has_hours(&row)?;
    }
    let files = files_of(&mut scope, id)?;
    if text.is_empty() && link.is_empty() && files.is_empty() {
        return Err(Error::invalid(
            "text",
            "assignment.empty",
            "there is nothing to hand in: no text, no link, no file",
        )
        .hint("write what was done, or give a link or a file"));
    }
    let handoff = handoffs::load(&mut scope, row.handoff_id)?;
    let ladder = ladder_of(&handoff)?;
    let drawn = draw(moment);
    // A trial is there to be looked at: whatever the rung, all of it is.
    let one_in = if row.is_trial { 1 } else { ladder.one_in() };
    let event = Event::Deliver {
        is_picked: drawn.unsigned_abs().is_multiple_of(one_in),
        accept_at: accept_at(row.accept_after_days, moment),
    };
    let row = happen(&mut scope, actor, row, event, moment)?;
    let ticked = list_ticked(&mut scope, id)?;
    let deliverable = DeliverableRow {
        assignment_id: id,
        round: row.rounds,
        blueprint_number: row.blueprint_number,
        text,
        link,
        drawn,
        one_in: i64::try_from(one_in).unwrap_or(1),
        created_by: actor.account,
        created_at: moment.micros(),
        ticked: Some(as_places(&ticked)),
    };
    insert_deliverable(&mut scope, &deliverable)?;
    for file in files {
        let handed_in = FileRow {
            round: Some(row.rounds),
            ..file
        };
        update_file(&mut scope, &handed_in)?;
    }
    Ok(AssignmentNow::of(actor, row, person))
}

/// Refuses what is paid by the hour and has none.
fn has_hours(row: &AssignmentRow) -> Result<(), Error> {
    if row.unit != Unit::Hour.word() || row.seconds > 0 {
        return Ok(());
    }
    let message = "it is paid by the hour, and no hours are typed: nothing would be owed for it";
    Err(Error::invalid("hours", "assignment.no_hours", message)
        .hint("type the hours, or say that it is handed in without: there are none, or they stand in a week"))
}

/// The files that were not handed in yet.
fn files_of(scope: &mut Scope<'_, '_>, id: Uuid) -> Result<Vec<FileRow>, Error> {
    let files = list_files(scope, id)?.into_iter();
    let files: Vec<FileRow> = files.filter(|file| file.round.is_none()).collect();
    match files.iter().find(|file| file.received < file.length) {
        Some(file) => Err(incomplete(&file.name, file.received, file.length)),
        None => Ok(files),
    }
}

/// A number by chance that nobody can foresee, of 63 bits.
fn draw(moment: Moment) -> i64 {
    let mut bytes = [0; 8];
    (moment.random)(&mut bytes);
    i64::from_be_bytes(bytes) & i64::MAX
}

fn accept_at(days: i64, moment: Moment) -> Option<Timestamp> {
    let days = Some(days).filter(|days| *days > 0)?;
    let length = SignedDuration::from_hours(days.saturating_mul(24));
    moment.now.checked_add(length).ok()
}
