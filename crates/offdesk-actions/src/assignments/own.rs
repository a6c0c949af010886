//! What a worker sees of their own assignments: what is to do and what it pays, how it is going, what was accepted of it.

use std::collections::HashMap;

use offdesk_domain::assignment::{Assignment, Missed};
use offdesk_domain::blueprint::Blueprint;
use offdesk_domain::person::Terms;
use offdesk_domain::{Money, Seconds};
use offdesk_store::assignments::AssignmentRow;
use offdesk_store::assignments::counts::sum_accepted;
use offdesk_store::assignments::lists::{BEGINNING, END, list_latest_of_person, list_of_person};
use offdesk_store::assignments::questions::{QuestionRow, list_questions};
use offdesk_store::assignments::reviews::{FindingRow, ReviewRow, list_findings, list_reviews};
use offdesk_store::blueprints::versions::load_version;
use offdesk_store::people::PersonRow;
use offdesk_store::{Scope, Tx, Uuid};

use super::course::course_of;
use crate::actor::Actor;
use crate::error::{Error, ErrorKind};
use crate::people::own::own;

/// So many of one state are listed.
const MOST: u32 = 200;

/// An assignment as the person sees it who does it.
#[derive(Debug, Clone)]
pub struct OwnAssignment {
    /// The assignment.
    pub row: AssignmentRow,
    /// As the rules see it.
    pub course: Assignment,
    /// What it pays.
    pub terms: Terms,
    /// How many minutes the blueprint expects it to take.
    pub minutes: Option<u32>,
}

/// What a worker has on their desk, each list with what is due first, first.
#[derive(Debug, Clone, Default)]
pub struct OwnWork {
    /// Given to them, not answered yet.
    pub to_answer: Vec<OwnAssignment>,
    /// In their hands, also what waits for an answer.
    pub in_hand: Vec<OwnAssignment>,
    /// Handed in, not looked at yet.
    pub handed_in: Vec<OwnAssignment>,
}

/// An assignment in which something was handed in, with what was said of it.
#[derive(Debug, Clone)]
pub struct OwnPast {
    /// The assignment.
    pub assignment: OwnAssignment,
    /// Reviews, the latest first.
    pub reviews: Vec<ReviewRow>,
    /// Findings, the first first.
    pub findings: Vec<FindingRow>,
    /// What they asked, and what became of it.
    pub questions: Vec<QuestionRow>,
}

/// What was accepted on the same terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnEarning {
    /// The terms.
    pub terms: Terms,
    /// So many assignments.
    pub assignments: u64,
    /// The time typed in for them.
    pub time: Seconds,
    /// What they come to; `None` where they are paid by the month.
    pub earned: Option<Money>,
}

/// What a worker has earned.
#[derive(Debug, Clone)]
pub struct OwnPay {
    /// What was accepted, by its terms.
    pub earnings: Vec<OwnEarning>,
    /// The sum of it, by currency.
    pub totals: Vec<Money>,
    /// What was accepted last, the latest due first.
    pub accepted: Vec<OwnAssignment>,
    /// What is handed in and not accepted yet.
    pub handed_in: Vec<OwnAssignment>,
}

/// Expected times by version, each read once.
#[derive(Default)]
pub(super) struct Expected(HashMap<(Uuid, i64), Option<u32>>);

impl Expected {
    fn minutes(
        &mut self,
        scope: &mut Scope<'_, '_>,
        row: &AssignmentRow,
    ) -> Result<Option<u32>, Error> {
        let key = (row.blueprint_id, row.blueprint_number);
        if let Some(known) = self.0.get(&key) {
            return Ok(*known);
        }
        let version = load_version(scope, key.0, key.1)?;
        let minutes = version.and_then(|version| Blueprint::of(&version.text).minutes);
        self.0.insert(key, minutes);
        Ok(minutes)
    }

    pub(super) fn own(
        &mut self,
        scope: &mut Scope<'_, '_>,
        row: AssignmentRow,
    ) -> Result<OwnAssignment, Error> {
        let row = as_told(row);
        Ok(OwnAssignment {
            course: course_of(&row)?,
            terms: terms_of(&row.unit, &row.amount, &row.currency)?,
            minutes: self.minutes(scope, &row)?,
            row,
        })
    }

    fn all(
        &mut self,
        scope: &mut Scope<'_, '_>,
        mut rows: Vec<AssignmentRow>,
    ) -> Result<Vec<OwnAssignment>, Error> {
        rows.sort_by_key(|row| (row.due_at, row.id));
        let rows = rows.into_iter();
        rows.map(|row| self.own(scope, row)).collect()
    }
}

/// An assignment as it is told to the person who does it, or would have done it: without the owner's reasons that are none of theirs.
pub(super) fn as_told(row: AssignmentRow) -> AssignmentRow {
    let why = row.missed_why.as_deref().map(why_told);
    AssignmentRow {
        missed_why: why.map(str::to_owned),
        ..row
    }
}

/// The word for why an occurrence was not given, as the person is told it.
pub(crate) fn why_told(word: &str) -> &'static str {
    Missed::of(word)
        .unwrap_or(Missed::Paused)
        .told_to_doer()
        .word()
}

/// What an assignment pays.
///
/// # Errors
/// `store.damaged`.
pub fn terms_of(unit: &str, amount: &str, currency: &str) -> Result<Terms, Error> {
    Terms::typed(unit, amount, currency).map_err(|_| {
        Error::new(
            ErrorKind::Failed,
            "store.damaged",
            "the terms of an assignment in the database are not understood",
        )
    })
}

/// What the actor has on their desk.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_work(tx: &mut Tx<'_>, actor: &Actor) -> Result<OwnWork, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let mut expected = Expected::default();
    let mut of = |states: &[&str]| -> Result<Vec<OwnAssignment>, Error> {
        let mut rows = Vec::new();
        for state in states {
            let more = list_of_person(&mut scope, person.id, state, BEGINNING, MOST)?;
            rows.extend(more);
        }
        expected.all(&mut scope, rows)
    };
    Ok(OwnWork {
        to_answer: of(&["assigned"])?,
        in_hand: of(&["agreed", "in_progress", "waiting", "returned"])?,
        handed_in: of(&["delivered"])?,
    })
}

/// The actor's assignments that were accepted or returned, the latest due first, before a place in the list.
///
/// # Errors
/// Those of the actor and of the store.
pub fn list_own_past(
    tx: &mut Tx<'_>,
    actor: &Actor,
    before: Option<(i64, Uuid)>,
    most: u32,
) -> Result<Vec<OwnPast>, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let rows = latest(&mut scope, &person, before, most, &PAST)?;
    let mut expected = Expected::default();
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.id;
        all.push(OwnPast {
            assignment: expected.own(&mut scope, row)?,
            reviews: list_reviews(&mut scope, id)?,
            findings: list_findings(&mut scope, id)?,
            questions: list_questions(&mut scope, id)?,
        });
    }
    Ok(all)
}

/// States in which something was said of what was handed in.
const PAST: [&str; 3] = ["returned", "accepted", "closed"];

fn latest(
    scope: &mut Scope<'_, '_>,
    person: &PersonRow,
    before: Option<(i64, Uuid)>,
    most: u32,
    states: &[&str],
) -> Result<Vec<AssignmentRow>, Error> {
    let mut rows = Vec::new();
    for state in states {
        let before = before.unwrap_or(END);
        rows.extend(list_latest_of_person(
            scope, person.id, state, before, most,
        )?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.due_at, row.id)));
    rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    Ok(rows)
}

/// What the actor has earned: their own agreed prices and nobody else's.
///
/// # Errors
/// Those of the actor and of the store.
pub fn load_own_pay(tx: &mut Tx<'_>, actor: &Actor, most: u32) -> Result<OwnPay, Error> {
    let (mut scope, person) = own(tx, actor)?;
    let mut earnings = Vec::new();
    let mut totals: Vec<Money> = Vec::new();
    for row in sum_accepted(&mut scope, person.id)? {
        let terms = terms_of(&row.unit, &row.amount, &row.currency)?;
        let earned = terms.earned(row.assignments, Seconds(row.seconds));
        if let Some(earned) = earned {
            add(&mut totals, earned)?;
        }
        earnings.push(OwnEarning {
            terms,
            assignments: row.assignments,
            time: Seconds(row.seconds),
            earned,
        });
    }
    let mut expected = Expected::default();
    let accepted = latest(&mut scope, &person, None, most, &["accepted", "closed"])?;
    let mut accepted = expected.all(&mut scope, accepted)?;
    accepted.reverse();
    let handed_in = list_of_person(&mut scope, person.id, "delivered", BEGINNING, MOST)?;
    Ok(OwnPay {
        earnings,
        totals,
        accepted,
        handed_in: expected.all(&mut scope, handed_in)?,
    })
}

/// Adds to the sum of its currency.
fn add(totals: &mut Vec<Money>, earned: Money) -> Result<(), Error> {
    let same = totals.iter_mut().find(|it| it.currency == earned.currency);
    match same {
        Some(total) => {
            *total = total
                .plus(earned)
                .map_err(|error| Error::new(ErrorKind::Failed, "money.large", error.to_string()))?;
        }
        None => totals.push(earned),
    }
    Ok(())
}
