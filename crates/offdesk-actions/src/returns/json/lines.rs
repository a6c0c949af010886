//! The lines of a return as JSON: hours, cash, what the hours were worth, the set-up.

use offdesk_domain::money::to_minor_text;
use offdesk_domain::returns::{Apart, Became, Return, Supervision};
use offdesk_domain::{Currency, Seconds};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::error::Error;
use crate::pay::json::text;
use crate::returns::too_large;

/// The lines of a return, which are never added up in silence.
#[derive(Debug, Serialize)]
pub(super) struct LinesJson {
    hours: HoursJson,
    cash: CashJson,
    opportunity: Option<OpportunityJson>,
    set_up: SetUpJson,
    price_per_hour_bought_back: Option<String>,
    result: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct HoursJson {
    before: ApartJson,
    left: ApartJson,
    supervision: SupervisionJson,
    bought_back: ApartJson,
}

#[derive(Debug, Serialize)]
pub(super) struct ApartJson {
    measured: f64,
    claimed: f64,
}

#[derive(Debug, Serialize)]
struct SupervisionJson {
    reviewing: f64,
    answering: f64,
    reworking: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct CashJson {
    out: String,
    r#in: String,
    apart: Vec<ApartCashJson>,
}

#[derive(Debug, Serialize)]
struct ApartCashJson {
    currency: String,
    out: String,
}

#[derive(Debug, Serialize)]
struct OpportunityJson {
    measured: String,
    claimed: String,
    known_hours: f64,
    unknown_hours: f64,
}

#[derive(Debug, Serialize)]
struct SetUpJson {
    planned_hours: f64,
    value: Option<String>,
}

/// What freed hours became.
#[derive(Debug, Serialize)]
pub struct BecameJson {
    work: f64,
    rest: f64,
    vanished: f64,
}

/// Hours as a number, to the second.
pub(crate) fn hours(time: Seconds) -> f64 {
    time.hours_f64()
}

impl ApartJson {
    pub(super) fn of(apart: Apart) -> Self {
        Self {
            measured: hours(apart.measured),
            claimed: hours(apart.claimed),
        }
    }
}

impl SupervisionJson {
    pub(super) fn of(spent: Supervision) -> Self {
        Self {
            reviewing: hours(spent.reviewing),
            answering: hours(spent.answering),
            reworking: hours(spent.reworking),
        }
    }
}

impl HoursJson {
    pub(super) fn of(found: &Return) -> Self {
        Self {
            before: ApartJson::of(found.hours.baseline),
            left: ApartJson::of(found.hours.residual),
            supervision: SupervisionJson::of(found.hours.supervision),
            bought_back: ApartJson::of(found.hours.bought_back()),
        }
    }
}

impl CashJson {
    pub(super) fn of(found: &Return) -> Self {
        let cash = &found.cash;
        let text = |amount| to_minor_text(amount, cash.currency());
        let apart = cash.apart.iter().filter(|(_, amount)| !amount.is_zero());
        Self {
            out: text(cash.out),
            r#in: text(cash.into),
            apart: apart
                .map(|(currency, amount)| ApartCashJson {
                    currency: currency.to_string(),
                    out: to_minor_text(*amount, *currency),
                })
                .collect(),
        }
    }
}

impl BecameJson {
    /// As hours.
    #[must_use]
    pub fn of(became: Became) -> Self {
        Self {
            work: hours(became.work),
            rest: hours(became.rest),
            vanished: hours(became.vanished),
        }
    }
}

pub(super) fn per_hour(price: Option<Decimal>, currency: Currency) -> Option<String> {
    price.map(|price| to_minor_text(price, currency))
}

impl LinesJson {
    pub(super) fn of(found: &Return, has_worth: bool) -> Result<Self, Error> {
        let opportunity = &found.opportunity;
        let result = found.result().map_err(|error| too_large(&error))?;
        let has_result = has_worth && found.cash.is_whole();
        Ok(Self {
            hours: HoursJson::of(found),
            cash: CashJson::of(found),
            opportunity: has_worth.then(|| OpportunityJson {
                measured: text(opportunity.measured),
                claimed: text(opportunity.claimed),
                known_hours: hours(opportunity.known),
                unknown_hours: hours(opportunity.unknown),
            }),
            set_up: SetUpJson {
                planned_hours: hours(found.set_up),
                value: has_worth.then(|| text(found.set_up_value)),
            },
            price_per_hour_bought_back: per_hour(found.price_per_hour(), found.cash.currency()),
            result: has_result.then(|| text(result)),
        })
    }
}
