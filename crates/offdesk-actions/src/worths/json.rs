//! A worth as JSON, `offdesk.worth/1`: the command line and the API give the same.

use offdesk_domain::money::to_minor_text;
use offdesk_domain::{Basis, Day, Worth};
use rust_decimal::Decimal;
use serde::Serialize;

/// `offdesk.worth/1`.
#[derive(Serialize)]
pub struct WorthJson {
    schema: &'static str,
    currency: String,
    basis: &'static str,
    hour: String,
    target: String,
    ceiling: String,
    low: String,
    mid: String,
    high: String,
    bases: Vec<BasisJson>,
    from: Option<String>,
}

#[derive(Serialize)]
struct BasisJson {
    basis: &'static str,
    hour: String,
    reckoning: String,
}

impl WorthJson {
    /// A worth on one basis; with the day it counts from where it is kept.
    #[must_use]
    pub fn of(worth: &Worth, from: Option<Day>) -> Self {
        let figures = [(worth.basis, worth.hour)];
        Self::over(worth, worth.basis.word(), from, [worth.hour; 3], &figures)
    }

    /// The median of several bases: `range` is the lowest, the middle and the highest of their hours.
    #[must_use]
    pub fn median(worth: &Worth, range: [Decimal; 3], figures: &[(Basis, Decimal)]) -> Self {
        Self::over(worth, "median", None, range, figures)
    }

    fn over(
        worth: &Worth,
        basis: &'static str,
        from: Option<Day>,
        [low, mid, high]: [Decimal; 3],
        figures: &[(Basis, Decimal)],
    ) -> Self {
        let money = |amount: Decimal| to_minor_text(amount, worth.currency);
        let bases = figures.iter().map(|(basis, hour)| BasisJson {
            basis: basis.word(),
            hour: money(*hour),
            reckoning: basis.reckoning(),
        });
        Self {
            schema: "offdesk.worth/1",
            currency: worth.currency.to_string(),
            basis,
            hour: money(worth.hour),
            target: money(worth.target),
            ceiling: money(worth.ceiling),
            low: money(low),
            mid: money(mid),
            high: money(high),
            bases: bases.collect(),
            from: from.map(|day| day.to_string()),
        }
    }
}
