//! What a worker sees of their own assignments, as JSON: what is to do, how it is going, what it pays.

use offdesk_domain::Money;
use offdesk_domain::trust::{Ladder, Record};
use serde::Serialize;

use super::{FindingJson, QuestionJson, RecordJson, SummaryJson, hours};
use crate::assignments::own::{OwnAssignment, OwnPast, OwnPay, OwnWork};
use crate::moment::at;
use crate::people::own::OwnHandoff;

#[derive(Debug, Serialize)]
struct OwnJson {
    #[serde(flatten)]
    summary: SummaryJson,
    expected_minutes: Option<u32>,
}

impl OwnJson {
    fn of(one: &OwnAssignment, name: &str) -> Self {
        Self {
            summary: SummaryJson::of(&one.row, Some(name)),
            expected_minutes: one.minutes,
        }
    }

    fn all(all: &[OwnAssignment], name: &str) -> Vec<Self> {
        all.iter().map(|one| Self::of(one, name)).collect()
    }
}

/// `offdesk.own_work/1`: at most 200 of each kind; all of them are among the worker's assignments.
#[derive(Debug, Serialize)]
pub struct OwnWorkJson {
    schema: &'static str,
    to_answer: Vec<OwnJson>,
    in_hand: Vec<OwnJson>,
    handed_in: Vec<OwnJson>,
    gone: Vec<OwnJson>,
    off_until: Option<String>,
}

impl OwnWorkJson {
    /// What is on the desk of a worker of that name, what they had and have no more, and until when they are off.
    #[must_use]
    pub fn of(
        work: &OwnWork,
        gone: &[OwnAssignment],
        name: &str,
        off_until: Option<String>,
    ) -> Self {
        Self {
            schema: "offdesk.own_work/1",
            to_answer: OwnJson::all(&work.to_answer, name),
            in_hand: OwnJson::all(&work.in_hand, name),
            handed_in: OwnJson::all(&work.handed_in, name),
            gone: OwnJson::all(gone, name),
            off_until,
        }
    }
}

#[derive(Debug, Serialize)]
struct StandingJson {
    handoff: String,
    activity: String,
    trial_done: Option<u32>,
    record: RecordJson,
}

#[derive(Debug, Serialize)]
struct SaidJson {
    round: i64,
    verdict: String,
    note: String,
    at: Option<String>,
}

#[derive(Debug, Serialize)]
struct PastJson {
    #[serde(flatten)]
    assignment: OwnJson,
    reviews: Vec<SaidJson>,
    findings: Vec<FindingJson>,
    questions: Vec<QuestionJson>,
}

/// `offdesk.own_progress/1`: where the work stands on the ladder, and what was said of it.
#[derive(Debug, Serialize)]
pub struct OwnProgressJson {
    schema: &'static str,
    handoffs: Vec<StandingJson>,
    past: Vec<PastJson>,
    next: Option<String>,
}

impl OwnProgressJson {
    /// Where each handoff stands, and a page of what was said.
    #[must_use]
    pub fn of(
        standings: &[(OwnHandoff, Record, Ladder)],
        past: &[OwnPast],
        name: &str,
        next: Option<String>,
    ) -> Self {
        let standings = standings
            .iter()
            .map(|(handoff, record, ladder)| StandingJson {
                handoff: handoff.id.to_string(),
                activity: handoff.activity.clone(),
                trial_done: handoff.trial().map(|(done, _)| done),
                record: RecordJson::of(record, Some(ladder)),
            });
        let past = past.iter().map(|one| PastJson {
            assignment: OwnJson::of(&one.assignment, name),
            reviews: one
                .reviews
                .iter()
                .map(|row| SaidJson {
                    round: row.round,
                    verdict: row.verdict.clone(),
                    note: row.note.clone(),
                    at: at(row.created_at),
                })
                .collect(),
            findings: one.findings.iter().map(FindingJson::of).collect(),
            questions: one.questions.iter().map(QuestionJson::of).collect(),
        });
        Self {
            schema: "offdesk.own_progress/1",
            handoffs: standings.collect(),
            past: past.collect(),
            next,
        }
    }
}

#[derive(Debug, Serialize)]
struct SumJson {
    amount: String,
    currency: String,
}

impl SumJson {
    fn of(money: Money) -> Self {
        Self {
            amount: money.amount.to_string(),
            currency: money.currency.to_string(),
        }
    }
}

#[derive(Debug, Serialize)]
struct EarningJson {
    unit: &'static str,
    amount: String,
    currency: String,
    assignments: u64,
    hours: f64,
    earned: Option<SumJson>,
}

/// `offdesk.own_pay/1`: what was accepted of the worker's, at their own prices.
#[derive(Debug, Serialize)]
pub struct OwnPayJson {
    schema: &'static str,
    totals: Vec<SumJson>,
    by_terms: Vec<EarningJson>,
    handed_in: Vec<OwnJson>,
    accepted: Vec<OwnJson>,
}

impl OwnPayJson {
    /// What a worker of that name has earned.
    #[must_use]
    pub fn of(pay: &OwnPay, name: &str) -> Self {
        let earnings = pay.earnings.iter().map(|earning| EarningJson {
            unit: earning.terms.unit.word(),
            amount: earning.terms.amount(),
            currency: earning.terms.price.currency.to_string(),
            assignments: earning.assignments,
            hours: hours(earning.time.0),
            earned: earning.earned.map(SumJson::of),
        });
        Self {
            schema: "offdesk.own_pay/1",
            totals: pay.totals.iter().copied().map(SumJson::of).collect(),
            by_terms: earnings.collect(),
            handed_in: OwnJson::all(&pay.handed_in, name),
            accepted: OwnJson::all(&pay.accepted, name),
        }
    }
}
