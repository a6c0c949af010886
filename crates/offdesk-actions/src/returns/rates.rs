//! Rates for what no payment is noted of, as what agents cost: the rate of that currency that was noted nearest to its day, and never in silence.

use std::collections::BTreeSet;

use offdesk_domain::returns::Flow;
use offdesk_domain::{Currency, Day, Money};
use offdesk_store::Scope;
use offdesk_store::returns::rates::list_noted_rates;
use rust_decimal::Decimal;

use super::cash::{currency, number};
use crate::error::Error;

/// A rate that was noted with a payment, and is used for other costs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct UsedRate {
    /// What is exchanged.
    pub of: Currency,
    /// In the owner's currency for one unit of it.
    pub rate: Decimal,
    /// Its day.
    pub day: Day,
    /// Who says so.
    pub source: String,
}

impl UsedRate {
    /// In words: `USD count at 0.92 EUR, the rate of 2026-11-10 by our bank`.
    #[must_use]
    pub fn in_words(&self, own: Currency) -> String {
        let rate = self.rate.round_dp(6).normalize();
        let source = offdesk_import::problem::shown(&self.source);
        format!(
            "{} count at {rate} {own}, the rate of {} by {source}",
            self.of, self.day
        )
    }
}

/// The rates that are known, and those of them that were used.
pub(super) struct Noted {
    own: Currency,
    known: Vec<UsedRate>,
    used: BTreeSet<UsedRate>,
}

impl Noted {
    pub(super) fn load(scope: &mut Scope<'_, '_>, own: Currency) -> Result<Self, Error> {
        let mut known = Vec::new();
        for row in list_noted_rates(scope, own.code())? {
            let rate = number(&row.sent)?.checked_div(number(&row.amount)?);
            let (Some(rate), Some(day)) = (rate, Day::from_number(row.day)) else {
                continue;
            };
            known.push(UsedRate {
                of: currency(&row.currency)?,
                rate,
                day,
                source: row.source,
            });
        }
        Ok(Self {
            own,
            known,
            used: BTreeSet::new(),
        })
    }

    /// A cost of a day, in the owner's currency too where a rate of its currency was ever noted.
    pub(super) fn flow(&mut self, cost: Money, day: Day) -> Flow {
        let mut flow = Flow::paid(cost);
        if cost.currency == self.own {
            return flow;
        }
        let known = self.known.iter().filter(|rate| rate.of == cost.currency);
        let nearest = known.min_by_key(|rate| rate.day.0.abs_diff(day.0));
        let in_own = nearest.and_then(|rate| Some((rate, cost.amount.checked_mul(rate.rate)?)));
        if let Some((rate, amount)) = in_own {
            flow.own = Some(Money::new(amount, self.own));
            self.used.insert(rate.clone());
        }
        flow
    }

    /// Those that were used.
    pub(super) fn used(self) -> Vec<UsedRate> {
        self.used.into_iter().collect()
    }
}
