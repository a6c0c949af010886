//! The Desk: what waits for the owner's side, and the hours that were bought back this week.

pub mod json;
mod kind;
mod news;

pub use self::kind::Kind;
pub use self::news::News;

use offdesk_domain::Seconds;
use offdesk_domain::assignment::BoughtBack;
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::counts::{count_accepted_since, count_in_state};
use offdesk_store::assignments::lists::{BEGINNING, list_in_state};
use offdesk_store::assignments::load_assignment;
use offdesk_store::assignments::questions::{count_asked, list_open_questions};
use offdesk_store::assignments::supervision::sum_since;
use offdesk_store::handoffs::load_handoff;
use offdesk_store::people::load_person;
use offdesk_store::{Scope, Tx, Uuid};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::actor::{Actor, Permission};
use crate::budgets::{BudgetStanding, list_passed};
use crate::error::Error;
use crate::moment::Moment;
use crate::people::Names;

/// The hours of the last so many seconds are "this week".
const WEEK_SECONDS: i64 = 7 * 24 * 3600;
/// What has happened in the last so many seconds is told.
const FRESH_SECONDS: i64 = 14 * 24 * 3600;
/// Beyond so many it is not counted on.
const MOST_COUNTED: u32 = 1_000;

/// What waits for somebody of the owner's side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// A deliverable to look at.
    Review,
    /// A question to answer.
    Question,
    /// Something that should be there and is not.
    Overdue,
}

impl Wait {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Question => "question",
            Self::Overdue => "overdue",
        }
    }

    /// What there is to do.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Review => "Look at the deliverable",
            Self::Question => "Answer a question",
            Self::Overdue => "Overdue",
        }
    }
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What it is.
    pub kind: Wait,
    /// The assignment it is about.
    pub assignment: Uuid,
    /// Its number.
    pub number: i64,
    /// What is done.
    pub title: String,
    /// Who does it; nobody is named with a deliverable, which is judged for itself.
    pub person: Option<String>,
    /// Since when it waits, in microseconds.
    pub since: i64,
    /// By when it should have been done, in microseconds, where there is such a time.
    pub until: Option<i64>,
}

/// All that waits, the longest first, as far as it is listed, and how much there is of what.
#[derive(Debug, Clone, Default)]
pub struct DeskWaits {
    /// The first of each kind, together the one that waits longest first.
    pub waits: Vec<Waiting>,
    /// So many deliverables wait; a thousand stands for more.
    pub reviews: u64,
    /// So many assignments wait for an answer.
    pub questions: u64,
    /// The hours of the last seven days.
    pub bought_back: BoughtBack,
    /// Budgets of the month that runs whose warning, or which themselves, are passed.
    pub budgets: Vec<BudgetStanding>,
    /// What nobody waits for, and somebody should know: what has happened in the last two weeks, then what is due.
    pub news: Vec<News>,
}

/// What waits for the owner's side, so many of each kind, and what the last seven days have brought.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_desk(
    tx: &mut Tx<'_>,
    actor: &Actor,
    most: u32,
    moment: Moment,
) -> Result<DeskWaits, Error> {
    let mut scope = actor.within(tx, Permission::See)?;
    let mut waits = reviews(&mut scope, actor, most)?;
    let mut names = Names::default();
    waits.extend(questions(&mut scope, &mut names, most)?);
    waits.extend(overdue(&mut scope, &mut names, most, moment)?);
    waits.sort_by_key(|wait| (wait.since, wait.assignment));
    Ok(DeskWaits {
        waits,
        reviews: count_in_state(&mut scope, "delivered", MOST_COUNTED)?,
        questions: count_asked(&mut scope, MOST_COUNTED)?,
        bought_back: bought_back(&mut scope, moment)?,
        budgets: list_passed(&mut scope, moment)?,
        news: news::news(
            &mut scope,
            actor,
            (moment.after(-FRESH_SECONDS), most),
            moment,
        )?,
    })
}

fn waiting(row: &AssignmentRow, kind: Wait, since: i64) -> Waiting {
    Waiting {
        kind,
        assignment: row.id,
        number: row.number,
        title: row.title.clone(),
        person: None,
        since,
        until: None,
    }
}

fn reviews(scope: &mut Scope<'_, '_>, actor: &Actor, most: u32) -> Result<Vec<Waiting>, Error> {
    let mut all = Vec::new();
    for row in list_in_state(scope, "delivered", BEGINNING, most)? {
        let person = load_person(scope, row.person_id)?;
        // Nobody reviews their own work, so it does not wait for them.
        if person.is_some_and(|it| it.account_id == Some(actor.account)) {
            continue;
        }
        let since = row.delivered_at.unwrap_or(row.changed_at);
        all.push(Waiting {
            until: row.accept_at,
            ..waiting(&row, Wait::Review, since)
        });
    }
    Ok(all)
}

fn questions(
    scope: &mut Scope<'_, '_>,
    names: &mut Names,
    most: u32,
) -> Result<Vec<Waiting>, Error> {
    let mut all = Vec::new();
    for question in list_open_questions(scope, BEGINNING, most)? {
        let Some(row) = load_assignment(scope, question.assignment_id)? else {
            continue;
        };
        all.push(Waiting {
            person: Some(names.of(scope, row.person_id)?),
            until: question.answer_by,
            ..waiting(&row, Wait::Question, question.asked_at)
        });
    }
    Ok(all)
}

fn overdue(
    scope: &mut Scope<'_, '_>,
    names: &mut Names,
    most: u32,
    moment: Moment,
) -> Result<Vec<Waiting>, Error> {
    let mut all = Vec::new();
    for state in ["agreed", "in_progress", "returned"] {
        for row in list_in_state(scope, state, BEGINNING, most)? {
            if row.due_at >= moment.micros() {
                break;
            }
            all.push(Waiting {
                person: Some(names.of(scope, row.person_id)?),
                ..waiting(&row, Wait::Overdue, row.due_at)
            });
        }
    }
    all.sort_by_key(|wait| wait.since);
    all.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(all)
}

/// What was accepted in the last seven days would have taken the owner as long as was expected when it was handed off; less what
/// looking after all handoffs took in them.
fn bought_back(scope: &mut Scope<'_, '_>, moment: Moment) -> Result<BoughtBack, Error> {
    let since = moment.after(-WEEK_SECONDS);
    let mut sum = BoughtBack {
        supervision: Seconds(sum_since(scope, since)?),
        ..BoughtBack::default()
    };
    for (handoff, accepted) in count_accepted_since(scope, since)? {
        let handoff = load_handoff(scope, handoff)?;
        let each = handoff.and_then(|row| owner_time(&row.expected));
        sum = sum.and(accepted, each);
    }
    Ok(sum)
}

/// How long one time takes the owner, as it was reckoned when it was handed off.
fn owner_time(expected: &str) -> Option<Seconds> {
    let all: serde_json::Value = serde_json::from_str(expected).ok()?;
    let hours = Decimal::try_from(all["figures"]["owner_hours"].as_f64()?).ok()?;
    let seconds = hours.checked_mul(Decimal::from(3600))?.round().to_i64()?;
    Some(Seconds(seconds))
}
