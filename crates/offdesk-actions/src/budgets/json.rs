//! Budgets as JSON, `offdesk.budgets/1` and `offdesk.budget/1`: the command line and the API give the same.

use serde::Serialize;

use super::{BudgetStanding, Budgets, Whose};
use crate::moment::at;
use crate::named::NamedJson;
use crate::pay::json::text;

#[derive(Debug, Serialize)]
struct StandingJson {
    id: String,
    of: &'static str,
    person: Option<NamedJson>,
    handoff: Option<NamedJson>,
    amount: String,
    currency: String,
    warn_at: u8,
    blocks: bool,
    earned: String,
    promised: String,
    counted: String,
    left: String,
    percent: i64,
    standing: &'static str,
    unpriced_assignments: u64,
    warned_at: Option<String>,
    passed_at: Option<String>,
    version: i64,
}

impl StandingJson {
    fn of(one: &BudgetStanding) -> Self {
        let named = |id| NamedJson::of(id, &one.name);
        let (person, handoff) = match one.whose {
            Whose::Workspace => (None, None),
            Whose::Person(id) => (Some(named(id)), None),
            Whose::Handoff(id) => (None, Some(named(id))),
        };
        let reckoned = &one.reckoned;
        Self {
            id: one.row.id.to_string(),
            of: one.whose.word(),
            person,
            handoff,
            amount: text(one.limit()),
            currency: one.row.currency.clone(),
            warn_at: one.budget.warn_at(),
            blocks: one.budget.blocks,
            earned: text(reckoned.earned),
            promised: text(reckoned.promised),
            counted: text(reckoned.counted),
            left: text(reckoned.left),
            percent: reckoned.percent,
            standing: reckoned.standing.word(),
            unpriced_assignments: one.unpriced,
            warned_at: one.near_at.and_then(at),
            passed_at: one.over_at.and_then(at),
            version: one.row.version,
        }
    }
}

/// `offdesk.budgets/1`.
#[derive(Debug, Serialize)]
pub struct BudgetsJson {
    schema: &'static str,
    from: String,
    to: String,
    budgets: Vec<StandingJson>,
    next: Option<String>,
}

impl BudgetsJson {
    /// Budgets and how they stand in a month, and where the next page begins.
    #[must_use]
    pub fn of(budgets: &Budgets, next: Option<String>) -> Self {
        Self {
            schema: "offdesk.budgets/1",
            from: budgets.month.from.date().to_string(),
            to: budgets.month.to.date().to_string(),
            budgets: budgets.all.iter().map(StandingJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.budget/1`.
#[derive(Debug, Serialize)]
pub struct BudgetJson {
    schema: &'static str,
    #[serde(flatten)]
    standing: StandingJson,
}

impl BudgetJson {
    /// A budget and how it stands in the month that runs.
    #[must_use]
    pub fn of(one: &BudgetStanding) -> Self {
        Self {
            schema: "offdesk.budget/1",
            standing: StandingJson::of(one),
        }
    }
}
