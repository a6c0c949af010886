//! What the owner's side is told beside what waits for it: what was answered, work that nobody does, what is due to be looked at again.

use offdesk_domain::Day;
use offdesk_domain::assignment::Missed;
use offdesk_store::activities::load_activity;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::lists::list_ended_since;
use offdesk_store::blueprints::list_due;
use offdesk_store::blueprints::work::list_drafts_of_workers;
use offdesk_store::handoffs::events::{HandoffEventRow, list_noted_since, list_told_since};
use offdesk_store::handoffs::{HandoffRow, load_handoff};
use offdesk_store::people::access::list_to_take_back;
use offdesk_store::{Scope, Uuid};

use crate::actor::Actor;
use crate::assignments::told_blind;
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::today_in;
use crate::people::Names;

/// What has happened, or is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A person did not want an assignment.
    Declined,
    /// Nobody said in time whether they take it.
    Expired,
    /// What comes back was not given.
    Missed,
    /// What came back was not given, and so long ago that no record of it is kept.
    Forgotten,
    /// Hours that were accepted by rule may be paid with a week, too.
    PaidBeside,
    /// A person has accepted a handoff, and nothing is given under it yet.
    HandoffAccepted,
    /// A person did not want a handoff.
    HandoffDeclined,
    /// A person has accepted a change of a handoff.
    ChangeAccepted,
    /// A person did not want a change of a handoff, or of an assignment of it.
    ChangeDeclined,
    /// Nobody said in time whether they take a change of an assignment.
    ChangeLapsed,
    /// More or less of a handoff is checked from now on.
    RungMoved,
    /// The trial of a handoff is passed.
    TrialPassed,
    /// A draft that a worker wrote waits to be read and published.
    DraftWaiting,
    /// The day has come on which a blueprint is to be looked at again.
    BlueprintDue,
    /// Somebody who has gone can still get into something.
    Access,
}

impl Kind {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Missed => "missed",
            Self::Forgotten => "forgotten",
            Self::PaidBeside => "paid_beside",
            Self::HandoffAccepted => "handoff_accepted",
            Self::HandoffDeclined => "handoff_declined",
            Self::ChangeAccepted => "change_accepted",
            Self::ChangeDeclined => "change_declined",
            Self::ChangeLapsed => "change_lapsed",
            Self::RungMoved => "rung_moved",
            Self::TrialPassed => "trial_passed",
            Self::DraftWaiting => "draft_waiting",
            Self::BlueprintDue => "blueprint_due",
            Self::Access => "access",
        }
    }

    /// What it is, in words.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Declined => "Declined, nobody does it",
            Self::Expired => "Nobody answered in time",
            Self::Missed => "Came back and was not given",
            Self::Forgotten => "Came back too late to be kept",
            Self::PaidBeside => "Hours that may be paid twice",
            Self::HandoffAccepted => "Handoff accepted, give the first assignment",
            Self::HandoffDeclined => "Handoff declined",
            Self::ChangeAccepted => "Change accepted",
            Self::ChangeDeclined => "Change declined",
            Self::ChangeLapsed => "Change not answered in time",
            Self::RungMoved => "Checking has moved a rung",
            Self::TrialPassed => "Trial passed",
            Self::DraftWaiting => "Draft to read and publish",
            Self::BlueprintDue => "Blueprint to look at again",
            Self::Access => "Access to take back",
        }
    }

    /// Whether it is about how a handoff goes, and so no news once that is over.
    fn is_of_course(self) -> bool {
        matches!(self, Self::RungMoved | Self::TrialPassed)
    }

    /// Whether it is due, rather than something that has happened.
    #[must_use]
    pub fn is_due(self) -> bool {
        matches!(self, Self::DraftWaiting | Self::BlueprintDue | Self::Access)
    }
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What it is.
    pub kind: Kind,
    /// The assignment, handoff, blueprint or person it is about.
    pub about: Uuid,
    /// The assignment's number.
    pub number: Option<i64>,
    /// What it is about, in a line.
    pub title: String,
    /// Whose it is.
    pub person: Option<String>,
    /// What was said with it, or why.
    pub why: String,
    /// When, in microseconds.
    pub at: i64,
}

/// What has happened since a moment, the latest first, then what is due: of each no more than so many.
pub(super) fn news(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    (since, most): (i64, u32),
    moment: Moment,
) -> Result<Vec<News>, Error> {
    let mut names = Names::default();
    let mut all = Vec::new();
    // Of each kind as many: after a time in which nobody was there many were missed at once, and one was declined.
    for state in ["declined", "expired", "missed"] {
        for row in list_ended_since(scope, state, since, most)? {
            let person = names.of(scope, row.person_id)?;
            all.push(of_assignment(&row, person));
        }
    }
    all.extend(answered(scope, actor, &mut names, (since, most))?);
    all.extend(noted(scope, &mut names, (since, most))?);
    all.sort_by_key(|it| (std::cmp::Reverse(it.at), it.about));
    all.extend(due(scope, &mut names, most, moment)?);
    Ok(all)
}

fn of_assignment(row: &AssignmentRow, person: String) -> News {
    let (kind, why) = match row.state.as_str() {
        "declined" => (Kind::Declined, ""),
        "expired" => (Kind::Expired, ""),
        _ => {
            let why = row.missed_why.as_deref().and_then(Missed::of);
            (Kind::Missed, why.map_or("", Missed::in_words))
        }
    };
    News {
        kind,
        about: row.id,
        number: Some(row.number),
        title: row.title.clone(),
        person: Some(person),
        why: why.to_owned(),
        at: row.changed_at,
    }
}

/// What has happened to a handoff.
fn of_handoff(
    scope: &mut Scope<'_, '_>,
    names: &mut Names,
    handoff: &HandoffRow,
    kind: Kind,
    event: HandoffEventRow,
) -> Result<News, Error> {
    let activity = load_activity(scope, handoff.activity_id)?;
    let event = told_blind(scope, event)?;
    Ok(News {
        kind,
        about: handoff.id,
        number: None,
        title: activity.map_or_else(String::new, |it| it.name),
        person: Some(names.of(scope, handoff.person_id)?),
        why: event.detail,
        at: event.at,
    })
}

/// What of a handoff is told, by the word in its history.
const TOLD: [(&str, Kind); 5] = [
    ("accept", Kind::HandoffAccepted),
    ("decline", Kind::HandoffDeclined),
    ("accept_change", Kind::ChangeAccepted),
    ("decline_change", Kind::ChangeDeclined),
    ("decline_assignment_change", Kind::ChangeDeclined),
];

/// What was answered by somebody else than the one who reads it: of each kind as many, so that none hides another.
fn answered(
    scope: &mut Scope<'_, '_>,
    actor: &Actor,
    names: &mut Names,
    (since, most): (i64, u32),
) -> Result<Vec<News>, Error> {
    let mut all = Vec::new();
    for (word, kind) in TOLD {
        for event in list_told_since(scope, word, actor.account, (since, most))? {
            if let Some(handoff) = load_handoff(scope, event.handoff_id)? {
                all.push(of_handoff(scope, names, &handoff, kind, event)?);
            }
        }
    }
    Ok(all)
}

/// What is told to everybody, whoever it came of: what came back so late that nothing is kept of it but how much it was, what may be paid
/// twice, changes that nobody has answered, rungs that have moved and trials that are passed, while their handoffs go on.
fn noted(
    scope: &mut Scope<'_, '_>,
    names: &mut Names,
    (since, most): (i64, u32),
) -> Result<Vec<News>, Error> {
    let mut all = Vec::new();
    for (word, kind) in [
        ("miss_occurrences", Kind::Forgotten),
        ("pay_beside", Kind::PaidBeside),
        ("lapse_assignment_change", Kind::ChangeLapsed),
        ("move_rung", Kind::RungMoved),
        ("trial_passed", Kind::TrialPassed),
    ] {
        for event in list_noted_since(scope, word, (since, most))? {
            let handoff = load_handoff(scope, event.handoff_id)?;
            let is_over = |it: &HandoffRow| kind.is_of_course() && it.state == "ended";
            if let Some(handoff) = handoff.filter(|it| !is_over(it)) {
                all.push(of_handoff(scope, names, &handoff, kind, event)?);
            }
        }
    }
    Ok(all)
}

/// Drafts to publish, blueprints to be looked at again, and what is to be taken back of those who have gone.
fn due(
    scope: &mut Scope<'_, '_>,
    names: &mut Names,
    most: u32,
    moment: Moment,
) -> Result<Vec<News>, Error> {
    let mut all = Vec::new();
    for (about, title, person, at) in list_drafts_of_workers(scope, most)? {
        all.push(News {
            kind: Kind::DraftWaiting,
            about,
            number: None,
            title,
            person: Some(names.of(scope, person)?),
            why: String::new(),
            at,
        });
    }
    let today = today_in(scope, moment)?.0.into();
    for row in list_due(scope, today, most)? {
        let day = row.review_day.and_then(Day::from_number);
        all.push(News {
            kind: Kind::BlueprintDue,
            about: row.id,
            number: None,
            title: row.title,
            person: None,
            why: day.map_or_else(String::new, |day| day.to_string()),
            at: moment.micros(),
        });
    }
    for row in list_to_take_back(scope, most)? {
        all.push(News {
            kind: Kind::Access,
            about: row.person_id,
            number: None,
            title: row.what,
            person: Some(names.of(scope, row.person_id)?),
            why: row.location,
            at: moment.micros(),
        });
    }
    Ok(all)
}
