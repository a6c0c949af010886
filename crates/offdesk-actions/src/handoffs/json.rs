//! Handoffs as JSON, `offdesk.handoff/1` and `offdesk.handoffs/1`: the command line and the API give the same. They hold what the
//! owner expects, so no worker ever gets them.

use offdesk_domain::Day;
use offdesk_domain::handoff::{Running, Scope, State};
use offdesk_domain::person::Terms;
use offdesk_domain::trust::worst_escape;
use offdesk_store::handoffs::events::HandoffEventRow;
use serde::Serialize;
use serde_json::Value;

use super::{ExpectedSoFar, HandoffDetail, HandoffSummary, SoFar};
use crate::moment::at;
use crate::named::NamedJson;
use crate::pay::json::MoneyJson;
use crate::people::json::AmountJson;

/// `offdesk.handoff/1`.
#[derive(Debug, Serialize)]
pub struct HandoffJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    note: String,
    before: Option<BeforeJson>,
    expected: Value,
    person_has_joined: bool,
    blueprint_published: i64,
    picks_lapsed: u64,
    not_done: Vec<i64>,
    history: Vec<EventJson>,
}

/// A handoff in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: String,
    activity: NamedJson,
    blueprint: NamedJson,
    person: NamedJson,
    reason: &'static str,
    state: &'static str,
    trial: Option<TrialJson>,
    paused_from: Option<String>,
    end_reason: Option<String>,
    agreed: ScopeJson,
    change: Option<ScopeJson>,
    change_note: String,
    sent_by: &'static str,
    checking: CheckingJson,
    answer_by_hours: i64,
    accept_after_days: i64,
    version: i64,
}

/// How far a trial has come.
#[derive(Debug, Serialize)]
pub(crate) struct TrialJson {
    pub(crate) done: u32,
    pub(crate) of: u32,
}

/// What both sides agree on, or one proposes; a worker gets it, too.
#[derive(Debug, Serialize)]
pub(crate) struct ScopeJson {
    #[serde(flatten)]
    paid: AmountJson,
    blueprint_number: u32,
    start: String,
}

/// What was agreed before, and since when; a worker gets it, too.
#[derive(Debug, Serialize)]
pub(crate) struct BeforeJson {
    #[serde(flatten)]
    paid: AmountJson,
    start: String,
}

impl BeforeJson {
    /// Terms, and since when they held.
    pub(crate) fn of((since, terms): &(Day, Terms)) -> Self {
        Self {
            paid: AmountJson::of(terms),
            start: since.to_string(),
        }
    }
}

#[derive(Debug, Serialize)]
struct CheckingJson {
    critical: bool,
    rung: u8,
    in_a_row: u32,
    clean_in_row: u32,
    worst_escape: f64,
}

#[derive(Debug, Serialize)]
struct EventJson {
    at: Option<String>,
    event: String,
    state: String,
    detail: String,
    by: String,
    door: String,
}

/// `offdesk.handoffs/1`.
#[derive(Debug, Serialize)]
pub struct HandoffsJson {
    schema: &'static str,
    handoffs: Vec<ListedJson>,
    next: Option<String>,
}

/// A handoff of that list, with what it cost so far.
#[derive(Debug, Serialize)]
struct ListedJson {
    #[serde(flatten)]
    summary: SummaryJson,
    so_far: SoFarJson,
}

#[derive(Debug, Serialize)]
struct SoFarJson {
    since: Option<String>,
    days: u32,
    earned: Vec<MoneyJson>,
    supervision_hours: f64,
    expected: Option<ExpectedSoFarJson>,
}

#[derive(Debug, Serialize)]
struct ExpectedSoFarJson {
    earned: Option<MoneyJson>,
    supervision_hours: f64,
}

impl SoFarJson {
    fn of(so_far: &SoFar) -> Self {
        let expected = |it: ExpectedSoFar| ExpectedSoFarJson {
            earned: it.earned.map(MoneyJson::of),
            supervision_hours: it.supervision.hours_f64(),
        };
        Self {
            since: so_far.since.map(|day| day.to_string()),
            days: so_far.days,
            earned: so_far.earned.iter().copied().map(MoneyJson::of).collect(),
            supervision_hours: so_far.supervision.hours_f64(),
            expected: so_far.expected.map(expected),
        }
    }
}

impl ScopeJson {
    /// A scope with its terms.
    pub(crate) fn of(scope: &Scope) -> Self {
        Self {
            paid: AmountJson::of(&scope.terms),
            blueprint_number: scope.blueprint,
            start: scope.start.date().to_string(),
        }
    }
}

impl SummaryJson {
    /// A handoff without its history.
    #[must_use]
    pub fn of(summary: &HandoffSummary) -> Self {
        let (handoff, row) = (&summary.handoff, &summary.handoff.row);
        let trial = match handoff.state {
            State::Running(Running::Trial { done, of })
            | State::Paused(Running::Trial { done, of }) => Some(TrialJson { done, of }),
            _ => None,
        };
        let checking = handoff.checking;
        Self {
            id: row.id.to_string(),
            activity: NamedJson::of(row.activity_id, &summary.activity),
            blueprint: NamedJson::of(row.blueprint_id, &summary.blueprint),
            person: NamedJson::of(row.person_id, &summary.person),
            reason: handoff.reason.word(),
            state: handoff.state.word(),
            trial,
            paused_from: row.paused_from.clone(),
            end_reason: row.end_reason.clone(),
            agreed: ScopeJson::of(&handoff.agreement.agreed),
            change: handoff.agreement.proposed.as_ref().map(ScopeJson::of),
            change_note: row.change_note.clone(),
            sent_by: handoff.sent_by.word(),
            checking: CheckingJson {
                critical: checking.is_critical,
                rung: checking.rung,
                in_a_row: checking.in_a_row,
                clean_in_row: checking.clean,
                worst_escape: worst_escape_of(checking.is_critical, checking.in_a_row),
            },
            answer_by_hours: row.answer_by_hours,
            accept_after_days: row.accept_after_days,
            version: row.version,
        }
    }
}

/// The largest share of all deliverables that gets out with a fault, rounded to a thousandth; none where all are always checked.
#[must_use]
pub fn worst_escape_of(is_critical: bool, in_a_row: u32) -> f64 {
    if is_critical {
        return 0.0;
    }
    (worst_escape(in_a_row).0 * 1_000.0).round() / 1_000.0
}

impl HandoffJson {
    /// A handoff with its history.
    #[must_use]
    pub fn of(detail: &HandoffDetail) -> Self {
        let row = &detail.summary.handoff.row;
        Self {
            schema: "offdesk.handoff/1",
            summary: SummaryJson::of(&detail.summary),
            note: row.note.clone(),
            before: detail.before.as_ref().map(BeforeJson::of),
            expected: serde_json::from_str(&row.expected).unwrap_or(Value::Null),
            person_has_joined: detail.has_joined,
            blueprint_published: detail.published,
            picks_lapsed: detail.lapsed,
            not_done: detail.open.iter().map(|(number, _)| *number).collect(),
            history: detail.history.iter().map(event).collect(),
        }
    }
}

fn event(row: &HandoffEventRow) -> EventJson {
    EventJson {
        at: at(row.at),
        event: row.event.clone(),
        state: row.state.clone(),
        detail: row.detail.clone(),
        by: row.account_name.clone(),
        door: row.door.clone(),
    }
}

impl HandoffsJson {
    /// A page of handoffs, each with what it cost so far, and where the next one begins.
    #[must_use]
    pub fn of(all: &[HandoffSummary], so_far: &[SoFar], next: Option<String>) -> Self {
        let listed = all.iter().zip(so_far).map(|(one, so_far)| ListedJson {
            summary: SummaryJson::of(one),
            so_far: SoFarJson::of(so_far),
        });
        Self {
            schema: "offdesk.handoffs/1",
            handoffs: listed.collect(),
            next,
        }
    }
}
