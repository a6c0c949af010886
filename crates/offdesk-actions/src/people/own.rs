//! What a worker sees and does: their own handoffs, what is known of them, and nothing else. Nothing that is given out here has
//! the owner's worth, what the owner expects, or what others are paid in it.

mod drafting;
pub mod export;
pub mod json;
mod record;
pub mod shown;

pub use self::drafting::{OwnDraft, write_own_draft};
pub use self::record::{OwnFields, OwnRecord, change_own_record, load_own_record, set_off_until};

use offdesk_domain::Day;
use offdesk_domain::handoff::{Running, Scope as Agreed, State};
use offdesk_domain::person::Terms;
use offdesk_domain::trust::{Ladder, Record};
use offdesk_store::activities::load_activity;
use offdesk_store::blueprints::attachments::{AttachmentRow, list_attachments};
use offdesk_store::blueprints::versions::load_version;
use offdesk_store::blueprints::{BlueprintRow, load_blueprint};
use offdesk_store::handoffs::events::HandoffEventRow;
use offdesk_store::handoffs::list_of_person;
use offdesk_store::people::{PersonRow, load_person_of};
use offdesk_store::{Scope, Tx, Uuid};

use crate::activities::Seen;
use crate::actor::{Actor, Permission};
use crate::assignments::records::record_of_handoff;
use crate::blueprints::attaching::{Attached, missing, whole};
use crate::error::Error;
use crate::handoffs::{
    Handoff, HandoffAnswer, answer_change_of, answer_of, history, load as load_handoff,
    terms_before,
};
use crate::moment::Moment;

/// A handoff as the person it is to sees it.
#[derive(Debug, Clone)]
pub struct OwnHandoff {
    /// Id.
    pub id: Uuid,
    /// Version, for an answer.
    pub version: i64,
    /// What is handed off.
    pub activity: String,
    /// How it is done.
    pub blueprint: String,
    /// The number of its newest published version; 0 where none is.
    pub published: i64,
    /// Where it stands.
    pub state: State,
    /// What was agreed, or is proposed at first.
    pub agreed: Agreed,
    /// What is proposed in its place, and why.
    pub change: Option<(Agreed, String)>,
    /// What the person is told with it.
    pub note: String,
    /// The person sends out what they made.
    pub sends_out: bool,
    /// How much is checked.
    pub checking: offdesk_domain::handoff::Checking,
    /// Hours within which a question is answered.
    pub answer_by_hours: i64,
    /// Days after which what was delivered counts as accepted.
    pub accept_after_days: i64,
    /// So many assignments are the trial.
    pub trial_length: i64,
}

impl OwnHandoff {
    /// Whether the person is to say something: to the proposal, or to a change.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.state == State::Proposed || self.change.is_some()
    }

    /// How much of the trial is done.
    #[must_use]
    pub fn trial(&self) -> Option<(u32, u32)> {
        match self.state {
            State::Running(Running::Trial { done, of })
            | State::Paused(Running::Trial { done, of }) => Some((done, of)),
            _ => None,
        }
    }
}

/// A handoff with the text of its blueprint and its history.
#[derive(Debug, Clone)]
pub struct OwnHandoffDetail {
    /// The handoff.
    pub handoff: OwnHandoff,
    /// What was agreed before, and since when; it goes on holding until what is agreed begins.
    pub before: Option<(Day, Terms)>,
    /// The text of the version that was agreed, as Markdown.
    pub text: String,
    /// The text of the version that is proposed in its place, where it is another one.
    pub proposed_text: Option<String>,
    /// The attachments of the version that was agreed, by name.
    pub attachments: Vec<AttachmentRow>,
    /// Those of the version that is proposed in its place, where it is another one.
    pub proposed_attachments: Vec<AttachmentRow>,
    /// The draft of its blueprint, where it is theirs to write: nothing of it is published.
    pub draft: Option<OwnDraft>,
    /// What became of it, the latest first.
    pub history: Vec<HandoffEventRow>,
}

/// The person the actor is, with a scope of what is theirs.
pub(crate) fn own<'s, 'c>(
    tx: &'s mut Tx<'c>,
    actor: &Actor,
) -> Result<(Scope<'s, 'c>, PersonRow), Error> {
    let mut scope = actor.within(tx, Permission::Work)?;
    let row = load_person_of(&mut scope, actor.account)?;
    let row = row.ok_or_else(|| Error::not_found("person"))?;
    Ok((scope, row))
}

/// The handoffs to the actor: what waits for an answer first, then the latest.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_handoffs(tx: &mut Tx<'_>, actor: &Actor) -> Result<Vec<OwnHandoff>, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let mut all = Vec::new();
    for row in list_of_person(&mut scope, person.id)? {
        let blueprint = load_blueprint(&mut scope, row.blueprint_id)?;
        all.push(seen_by_worker(&mut scope, Handoff::of(row)?, blueprint)?);
    }
    all.sort_by_key(|handoff| (!handoff.is_waiting(), !handoff.state.is_agreed()));
    Ok(all)
}

/// Where the actor's agreed handoffs stand, by the rule for everybody.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_standings(
    tx: &mut Tx<'_>,
    actor: &Actor,
) -> Result<Vec<(OwnHandoff, Record, Ladder)>, Error> {
    let mut all = Vec::new();
    for handoff in list_own_handoffs(tx, actor)? {
        if handoff.state.is_agreed() {
            let (record, ladder) = record_of_handoff(tx, actor, handoff.id)?;
            all.push((handoff, record, ladder));
        }
    }
    Ok(all)
}

/// A handoff to the actor, with all they need to answer it.
///
/// # Errors
/// `not_found`, also for one to somebody else.
pub fn load_own_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
) -> Result<OwnHandoffDetail, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let handoff = theirs(&mut scope, &person, id)?;
    let blueprint = handoff.row.blueprint_id;
    let row = load_blueprint(&mut scope, blueprint)?;
    let draft = drafting::own_draft(&mut scope, &handoff, row.as_ref())?;
    let before = terms_before(&mut scope, &handoff.row)?;
    let handoff = seen_by_worker(&mut scope, handoff, row)?;
    let mut text = |number: u32| -> Result<String, Error> {
        let version = load_version(&mut scope, blueprint, number.into())?;
        Ok(version.map_or_else(String::new, |version| version.text))
    };
    let agreed = text(handoff.agreed.blueprint)?;
    let other = handoff
        .change
        .as_ref()
        .map(|(scope, _)| scope.blueprint)
        .filter(|number| *number != handoff.agreed.blueprint);
    let proposed_text = other.map(&mut text).transpose()?;
    let proposed_attachments = match other {
        Some(number) => list_attachments(&mut scope, blueprint, number.into())?,
        None => Vec::new(),
    };
    let number = handoff.agreed.blueprint.into();
    Ok(OwnHandoffDetail {
        history: history(&mut scope, id)?,
        before,
        text: agreed,
        proposed_text,
        attachments: list_attachments(&mut scope, blueprint, number)?,
        proposed_attachments,
        draft,
        handoff,
    })
}

/// An attachment of the version that was agreed, or of the one that is proposed, with what it holds.
///
/// # Errors
/// `not_found`.
pub fn load_own_attachment(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    attachment: Uuid,
) -> Result<Attached, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let Handoff { row, agreement, .. } = theirs(&mut scope, &person, id)?;
    for offered in [Some(agreement.agreed), agreement.proposed] {
        let Some(number) = offered.map(|it| it.blueprint.into()) else {
            continue;
        };
        let mut there = list_attachments(&mut scope, row.blueprint_id, number)?.into_iter();
        if let Some(found) = there.find(|it| it.id == attachment) {
            return whole(&mut scope, found);
        }
    }
    Err(missing())
}

/// A handoff that is the person's. One to somebody else is not there.
fn theirs(scope: &mut Scope<'_, '_>, person: &PersonRow, id: Uuid) -> Result<Handoff, Error> {
    let row = load_handoff(scope, id)?;
    if row.person_id != person.id {
        return Err(Error::not_found("handoff"));
    }
    Handoff::of(row)
}

fn seen_by_worker(
    scope: &mut Scope<'_, '_>,
    handoff: Handoff,
    blueprint: Option<BlueprintRow>,
) -> Result<OwnHandoff, Error> {
    let row = &handoff.row;
    let activity = load_activity(scope, row.activity_id)?;
    let change = handoff.agreement.proposed;
    Ok(OwnHandoff {
        id: row.id,
        version: row.version,
        activity: activity.map_or_else(String::new, |it| it.name),
        published: blueprint.as_ref().map_or(0, |it| it.published),
        blueprint: blueprint.map_or_else(String::new, |it| it.title),
        state: handoff.state,
        agreed: handoff.agreement.agreed,
        change: change.map(|scope| (scope, row.change_note.clone())),
        note: row.note.clone(),
        sends_out: handoff.sent_by == offdesk_domain::handoff::SentBy::Worker,
        checking: handoff.checking,
        answer_by_hours: row.answer_by_hours,
        accept_after_days: row.accept_after_days,
        trial_length: row.trial_length,
    })
}

/// The actor accepts or declines what is proposed to them.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.state`, `text.long`.
pub fn answer_own_handoff(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    answer: HandoffAnswer,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<(), Error> {
    let (mut scope, person) = own(tx, actor)?;
    let handoff = theirs(&mut scope, &person, id)?;
    answer_of(&mut scope, actor, handoff, answer, said, seen, moment)
}

/// The actor accepts or declines a change of what was agreed.
///
/// # Errors
/// `not_found`, `handoff.changed`, `handoff.no_change`, `handoff.not_agreed`, `text.long`.
pub fn answer_own_change(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: Uuid,
    answer: HandoffAnswer,
    said: &str,
    seen: Seen,
    moment: Moment,
) -> Result<(), Error> {
    let (mut scope, person) = own(tx, actor)?;
    let handoff = theirs(&mut scope, &person, id)?;
    answer_change_of(&mut scope, actor, handoff, answer, said, seen, moment)
}
