//! What is owed, and what is on no statement yet, as JSON.

use serde::Serialize;

use super::super::{Overview, Unstated};
use super::{MoneyJson, SummaryJson, text};
use crate::named::NamedJson;

/// `offdesk.pay/1`.
#[derive(Debug, Serialize)]
pub struct PayJson {
    schema: &'static str,
    today: String,
    owed: Vec<MoneyJson>,
    statements: Vec<SummaryJson>,
    owed_back: Vec<SummaryJson>,
    not_stated: Vec<UnstatedJson>,
}

#[derive(Debug, Serialize)]
struct UnstatedJson {
    person: NamedJson,
    amount: String,
    currency: String,
    lines: usize,
    from: String,
    to: String,
    next_until: String,
}

impl PayJson {
    /// What is owed, and what is on no statement yet.
    #[must_use]
    pub fn of(overview: &Overview) -> Self {
        let unstated = |one: &Unstated| UnstatedJson {
            person: NamedJson::of(one.person_id, &one.person),
            amount: text(one.sum),
            currency: one.sum.currency.to_string(),
            lines: one.lines,
            from: one.days.0.to_string(),
            to: one.days.1.to_string(),
            next_until: one.until.to_string(),
        };
        let today = overview.today;
        Self {
            schema: "offdesk.pay/1",
            today: today.to_string(),
            owed: overview.totals.iter().copied().map(MoneyJson::of).collect(),
            statements: overview
                .owed
                .iter()
                .map(|one| SummaryJson::of(one, today))
                .collect(),
            owed_back: overview
                .back
                .iter()
                .map(|one| SummaryJson::of(one, today))
                .collect(),
            not_stated: overview.unstated.iter().map(unstated).collect(),
        }
    }
}
