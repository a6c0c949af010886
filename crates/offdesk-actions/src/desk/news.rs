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
use offdesk_store::people::load_person;
use offdesk_store::recurrences::list_recurrences;
use offdesk_store::{Scope, Uuid};

use super::kind::Kind;
use crate::actor::Actor;
use crate::assignments::told_blind;
use crate::error::Error;
use crate::moment::Moment;
use crate::pay::today_in;
use crate::people::{MOVED, Names, is_left_behind};

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
/// twice, changes that nobody has answered, who has moved while what comes back has not, rungs that have moved and trials that are passed,
/// while their handoffs go on.
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
        (MOVED, Kind::ZoneMoved),
        ("move_rung", Kind::RungMoved),
        ("trial_passed", Kind::TrialPassed),
    ] {
        for event in list_noted_since(scope, word, (since, most))? {
            let handoff = load_handoff(scope, event.handoff_id)?;
            let is_over = |it: &HandoffRow| kind.is_of_course() && it.state == "ended";
            if let Some(handoff) = handoff.filter(|it| !is_over(it)) {
                if kind == Kind::ZoneMoved && !stays_behind(scope, &handoff, &event.detail)? {
                    continue;
                }
                all.push(of_handoff(scope, names, &handoff, kind, event)?);
            }
        }
    }
    Ok(all)
}

/// Whether something of a handoff still comes back on another clock than its person's.
fn stays_behind(
    scope: &mut Scope<'_, '_>,
    handoff: &HandoffRow,
    told: &str,
) -> Result<bool, Error> {
    let Some(person) = load_person(scope, handoff.person_id)? else {
        return Ok(false);
    };
    let all = list_recurrences(scope, handoff.id)?;
    Ok(is_left_behind(all, &person.zone, told))
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
