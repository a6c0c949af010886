//! What an hour costs who buys it: through a marketplace, and as an employee.

use offdesk_domain::{Currency, Place};

use super::Terms;

/// What a marketplace takes from the client, on top (2026).
const CLIENT_FEE: f64 = 0.05;
/// What a transfer abroad and the exchange cost, in the middle of 0.45 % to 3.5 %.
const TRANSFER: f64 = 0.02;
/// Benefits over wages of private employers in the United States: 13.58 over 32.07 dollars (ECEC, June 2025).
const AMERICAN_LOAD: f64 = 0.4234;
/// Hiring, in dollars (SHRM, mean of 2016), over the hours of a first year.
const HIRING: f64 = 4129.0 / 2080.0;
/// British employers' national insurance above a threshold and minimum pension between two limits, in pounds a year
/// of 1,950 hours (2025-26).
const BRITISH_INSURANCE: (f64, f64) = (0.15, 5_000.0);
const BRITISH_PENSION: (f64, f64, f64) = (0.03, 6_240.0, 50_270.0);
const BRITISH_HOURS: f64 = 1_950.0;
/// Philippine employers' shares with the 13th month, about.
const PHILIPPINE_LOAD: f64 = 0.215;
/// An employer of record, dollars a month of 173.33 hours: the middle of 400 to 1,400.
const EMPLOYER_OF_RECORD: f64 = 750.0 / 173.33;

/// What an hour of a wage costs who buys it. Statistics until they are rounded for an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// Of a freelancer through a marketplace: with the client's fee, and the transfer abroad.
    pub price: f64,
    /// Of an employee: with the employer's share and hiring, or the fee of an employer of record.
    pub loaded: f64,
    /// What was added, with sources.
    pub basis: Vec<String>,
}

/// What an hour costs at a wage in the terms' currency, where such work is paid `american` in the United States in
/// that currency; the owner is taken to be in a country of the currency.
///
/// Work that is traded across borders costs no less than the American wage at the country's level of prices.
pub(crate) fn cost_of(wage: f64, american: f64, terms: &Terms<'_>) -> Option<Cost> {
    let country = terms.place.country();
    let is_abroad = super::currency_of(country) != Some(terms.currency);
    let level = super::ladder::level_of(terms).map(|(level, _)| level);
    let traded = level.map_or(0.0, |level| american * level.min(1.0));
    let is_traded = country != Place::US && traded > wage;
    let asked = if is_traded { traded } else { wage };
    let mut line = if is_traded {
        "price: such work is traded at no less than the wage in the United States times the level of prices (World Bank, PPP)"
            .to_owned()
    } else {
        "price: wage".to_owned()
    };
    line.push_str(" + 5 % client's fee of a marketplace (2026)");
    let mut fees = CLIENT_FEE;
    if is_abroad {
        line.push_str(" + 2 % transfer and exchange (0.45 % to 3.5 %)");
        fees += TRANSFER;
    }
    let (loaded, why) = load(wage, country, terms)?;
    Some(Cost {
        price: asked * (1.0 + fees),
        loaded,
        basis: vec![line, format!("loaded cost: wage + {why}")],
    })
}

fn load(wage: f64, country: Place, terms: &Terms<'_>) -> Option<(f64, String)> {
    let dollars = terms.rates.factor(Currency::USD, terms.currency)?;
    Some(match country.code() {
        "US" => (
            wage * (1.0 + AMERICAN_LOAD) + HIRING * dollars,
            "42.3 % employer's share (BLS ECEC, June 2025) + hiring, $4,129 (SHRM, 2016) over 2,080 hours".to_owned(),
        ),
        "GB" => {
            let pounds = terms.rates.factor(terms.currency, "GBP".parse().ok()?)?;
            let year = wage * pounds * BRITISH_HOURS;
            let (rate, threshold) = BRITISH_INSURANCE;
            let (pension, from, to) = BRITISH_PENSION;
            let share = rate * (year - threshold).max(0.0)
                + pension * (year.min(to) - from).max(0.0);
            (
                wage + share / BRITISH_HOURS / pounds + HIRING * dollars,
                "15 % national insurance above £5,000 and 3 % pension of £6,240 to £50,270 a year (HMRC, 2025-26) + hiring, \
                 $4,129 (SHRM, 2016) over 2,080 hours"
                    .to_owned(),
            )
        }
        "PH" => (
            wage * (1.0 + PHILIPPINE_LOAD) + EMPLOYER_OF_RECORD * dollars,
            "21.5 % employer's shares with the 13th month (2025) + an employer of record at $750 a month ($400 to $1,400)"
                .to_owned(),
        ),
        _ => (
            wage + EMPLOYER_OF_RECORD * dollars,
            "an employer of record at $750 a month ($400 to $1,400), before the employer's share by law of the country"
                .to_owned(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_american_and_a_british_wage() {
        let of = |place: &str, wage: f64| {
            cost_of(wage, 20.0, &Terms::of(place.parse().unwrap()).unwrap()).unwrap()
        };
        let american = of("US", 20.0);
        assert!((american.price - 21.0).abs() < 1e-9);
        assert!((american.loaded - 30.453).abs() < 1e-3, "{american:?}");
        // 20 pounds are 39,000 a year: 5,100 of national insurance, 982.80 of pension.
        let british = of("GB", 20.0);
        let hiring = HIRING * 0.7497;
        // An Indian wage of a dollar is traded at the level of prices, a fifth of twenty dollars.
        let rupees = Terms {
            currency: Currency::USD,
            ..Terms::of("IN".parse().unwrap()).unwrap()
        };
        let indian = cost_of(1.0, 20.0, &rupees).unwrap();
        assert!((4.0..5.5).contains(&indian.price), "{indian:?}");
        assert!(
            (british.loaded - (20.0 + 6_082.8 / 1950.0 + hiring)).abs() < 1e-3,
            "{british:?}"
        );
    }
}
