//! What is paid for an hour of an occupation in a place, from the narrowest step that has a figure.

use offdesk_domain::{Currency, Place, Soc};

use super::Terms;
use super::facts::Fact;
use super::groups::{american_medians, isco_major};
use super::places::country_of;
use crate::occupations;

/// The places of the percentiles on the scale of the normal distribution, in units of the 90th.
const PLACES: [f64; 5] = [-1.0, -0.526, 0.0, 0.526, 1.0];
/// The year of the wages of the United States in the program.
const AMERICAN_YEAR: u16 = 2024;
/// A year of age widens a figure by so much in each direction.
const WIDER_BY_YEAR: f64 = 1.03;
/// The year that ages are counted to.
const PRESENT: u16 = 2026;
/// Ages beyond this widen no further.
const OLDEST: u16 = 8;

/// What brings figures of a place and year to a later year, with its source.
const UPLIFTS: [(&str, u16, f64, &str); 2] = [
    (
        "US",
        2022,
        1.089,
        "brought to May 2024 by 1.089 (BLS Employment Cost Index, private wages, 4.6 % and 4.1 %)",
    ),
    (
        "GB",
        2021,
        1.248,
        "brought to 2025 by 1.248 (ONS ASHE, median yearly pay of full-time employees, 31,285 to 39,039 pounds)",
    ),
];

/// Pay in a country beside the United States: low, likely, high. Ukraine's is net of tax.
const BESIDE_AMERICA: [(&str, [f64; 3]); 2] =
    [("GB", [0.61, 0.69, 0.83]), ("UA", [0.21, 0.24, 0.30])];

/// Pay beside the United States by the level of prices, fitted to the United Kingdom (0.69 at a level of 0.89) and
/// India (0.06 at 0.22): a factor and a power. In each direction it may be off by so much.
const BY_LEVEL: (f64, f64) = (0.85, 1.7);
const BY_LEVEL_OFF: f64 = 1.5;
/// What marketplaces around the world ask beside the median wage in the United States: low, likely, high.
const MARKETPLACES: [f64; 3] = [0.41, 0.55, 0.71];
const MARKETPLACES_OFF: f64 = 1.5;
/// A figure of a whole major group may be off by so much for one occupation in it.
const GROUP_OFF: f64 = 1.4;

/// What is paid for an hour of an occupation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pay {
    /// 10th, 25th, 50th, 75th and 90th percentile, in the currency of the terms.
    pub(crate) percentiles: [f64; 5],
    /// Figures it rests on, and what widened it; empty where nobody asked.
    pub(crate) basis: String,
}

/// Whether the basis of pay is written: most readings of a text are never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// It is.
    Told,
    /// It is not.
    Left,
}

impl Basis {
    fn write(self, basis: impl FnOnce() -> String) -> String {
        match self {
            Self::Told => basis(),
            Self::Left => String::new(),
        }
    }
}

/// A step of the ladder: from the occupation, its percentiles in the United States, and the terms.
type Step = fn(Soc, [f64; 5], &Terms<'_>, Basis) -> Option<Pay>;

/// The pay of an occupation on some terms; `None` where the occupation has no wages at all, or nothing leads from
/// dollars to the currency.
pub(crate) fn pay(soc: Soc, terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let american = occupations::all().get(&soc)?;
    let place = terms.place;
    let steps: [Step; 5] = [
        by_fact,
        by_country,
        by_group,
        beside_america,
        by_marketplaces,
    ];
    if place == Place::US {
        let imported = terms.facts.find(place, soc);
        if imported.is_none_or(|fact| fact.year < AMERICAN_YEAR) {
            return by_oews(american, terms, wanted);
        }
    }
    steps
        .iter()
        .find_map(|step| step(soc, american.percentiles, terms, wanted))
}

fn by_oews(american: &occupations::Occupation, terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let basis = wanted.write(|| {
        let wider = if american.of.is_empty() {
            String::new()
        } else {
            format!("; figures of the wider group {}", american.of)
        };
        format!("U.S. Bureau of Labor Statistics, OEWS, May 2024: employee wages{wider}")
    });
    told(american.percentiles, Currency::USD, basis, terms)
}

/// A fact of the place itself.
fn by_fact(soc: Soc, american: [f64; 5], terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let fact = terms.facts.find(terms.place, soc)?;
    let mut percentiles = filled(fact, american)?;
    let country = fact.place.country();
    let uplift = UPLIFTS
        .iter()
        .find(|(code, year, ..)| *code == country.code() && *year == fact.year);
    let mut basis = wanted.write(|| format!("{}: employee wages", fact.source));
    let mut year = fact.year;
    if let Some((_, _, by, why)) = uplift {
        percentiles = percentiles.map(|figure| figure * by);
        basis = wanted.write(|| format!("{basis}; {why}"));
        year = PRESENT - 2;
    }
    let age = PRESENT.saturating_sub(year).min(OLDEST);
    let percentiles = widened(percentiles, WIDER_BY_YEAR.powi(i32::from(age)));
    told(percentiles, fact.currency, basis, terms)
}

/// The percentiles of a fact; those that are not published have the distances they have in the United States, or
/// that follow from the quartiles.
fn filled(fact: &Fact, american: [f64; 5]) -> Option<[f64; 5]> {
    let [p10, p25, p50, p75, p90] = fact.percentiles;
    let median = p50?;
    let own = |at: usize| median * american[at] / american[2];
    let tail = |quartile: Option<f64>, at: usize| {
        quartile.map_or_else(
            || own(at),
            |quartile| median * (quartile / median).powf(1.9),
        )
    };
    let mut percentiles = [
        p10.unwrap_or_else(|| tail(p25, 0)),
        p25.unwrap_or_else(|| own(1)),
        median,
        p75.unwrap_or_else(|| own(3)),
        p90.unwrap_or_else(|| tail(p75, 4)),
    ];
    percentiles.sort_by(f64::total_cmp);
    Some(percentiles)
}

/// The figures of the country, for a region that has none of its own.
fn by_country(soc: Soc, _: [f64; 5], terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    if !terms.place.is_region() {
        return None;
    }
    let country = Terms {
        place: terms.place.country(),
        ..*terms
    };
    let pay = pay(soc, &country, wanted)?;
    Some(Pay {
        percentiles: widened(pay.percentiles, 1.1),
        basis: wanted.write(|| format!("{}; wider: figures of the whole country", pay.basis)),
    })
}

/// The mean pay of the major group of ISCO-08, times what the occupation has within its group in the United States.
fn by_group(soc: Soc, american: [f64; 5], terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let group = isco_major(soc);
    let (group, found) = [group, 0]
        .into_iter()
        .find_map(|group| Some((group, terms.facts.group(terms.place, group)?)))?;
    let of_group = *american_medians().get(&group)?;
    let scale = found.hour / of_group;
    let basis = wanted.write(|| {
        let what = if group == 0 {
            "everybody".to_owned()
        } else {
            format!("major group {group} of ISCO-08")
        };
        format!(
            "{}; wider: pay of {what}, times what the occupation has beside it in the United States (OEWS, May 2024)",
            found.source
        )
    });
    let percentiles = widened(american.map(|figure| figure * scale), GROUP_OFF);
    told(percentiles, found.currency, basis, terms)
}

/// Pay in the United States, times what is paid in the country beside it.
fn beside_america(_: Soc, american: [f64; 5], terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let country = country_of(terms.place)?;
    let known = BESIDE_AMERICA
        .iter()
        .find(|(code, _)| *code == terms.place.country().code());
    let ([low, likely, high], why) = match known {
        Some((_, ratios)) => (*ratios, String::new()),
        None => {
            let (level, year) = level_of(terms)?;
            let likely = (BY_LEVEL.0 * level.powf(BY_LEVEL.1)).clamp(0.02, 1.4);
            let why = wanted.write(|| format!(
                ", from a level of prices of {level:.2} (World Bank, PPP {year}) as between the United States, the \
                 United Kingdom and India"
            ));
            ([likely / BY_LEVEL_OFF, likely, likely * BY_LEVEL_OFF], why)
        }
    };
    let basis = wanted.write(|| format!(
        "U.S. Bureau of Labor Statistics, OEWS, May 2024: employee wages; wider: pay in {} taken as {likely:.2} \
         ({low:.2} to {high:.2}) of that in the United States{why}",
        country.name
    ));
    let percentiles = scaled(american, [low, likely, high]);
    told(percentiles, Currency::USD, basis, terms)
}

/// The level of prices of a country beside the United States, with the year of the figure.
pub(crate) fn level_of(terms: &Terms<'_>) -> Option<(f64, String)> {
    let country = country_of(terms.place)?;
    let units = terms.rates.of(country.currency)?.units;
    if let Some((power, year)) = terms.facts.power(terms.place.country()) {
        return Some((power / units, year.clone()));
    }
    let (power, year) = country.power?;
    Some((power / units, year.to_owned()))
}

/// What marketplaces ask anywhere.
fn by_marketplaces(_: Soc, american: [f64; 5], terms: &Terms<'_>, wanted: Basis) -> Option<Pay> {
    let country = country_of(terms.place)?;
    let [low, likely, high] = MARKETPLACES;
    let ratios = [low / MARKETPLACES_OFF, likely, high * MARKETPLACES_OFF];
    let basis = wanted.write(|| format!(
        "U.S. Bureau of Labor Statistics, OEWS, May 2024: employee wages; widest: no figure and no exchange rate of {} is \
         known, so what marketplaces around the world ask beside these, {likely:.2} ({:.2} to {:.2}); a rate of its \
         currency would narrow it:  --rates FILE",
        country.name, ratios[0], ratios[2]
    ));
    told(scaled(american, ratios), Currency::USD, basis, terms)
}

/// Percentiles in the currency of the terms, with the rate in the basis.
fn told(percentiles: [f64; 5], from: Currency, basis: String, terms: &Terms<'_>) -> Option<Pay> {
    let factor = terms.rates.factor(from, terms.currency)?;
    let is_told = !basis.is_empty();
    let rate = is_told.then(|| terms.rates.told(from, terms.currency));
    Some(Pay {
        percentiles: percentiles.map(|figure| figure * factor),
        basis: match rate.flatten() {
            Some(rate) => format!("{basis}; {rate}"),
            None => basis,
        },
    })
}

/// Percentiles times a low, likely and high ratio.
fn scaled(percentiles: [f64; 5], [low, likely, high]: [f64; 3]) -> [f64; 5] {
    let half = |a: f64, b: f64| (a * b).sqrt();
    let ratios = [low, half(low, likely), likely, half(likely, high), high];
    std::array::from_fn(|at| percentiles[at] * ratios[at])
}

/// Percentiles further from their median: the 90th, and the 10th, by a factor.
fn widened(percentiles: [f64; 5], factor: f64) -> [f64; 5] {
    std::array::from_fn(|at| percentiles[at] * factor.powf(PLACES[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(place: &str) -> Terms<'static> {
        Terms::of(place.parse().unwrap()).unwrap()
    }

    #[test]
    fn each_step_is_taken_and_says_so() {
        let clerk: Soc = "43-3031".parse().unwrap();
        let developer: Soc = "15-1252".parse().unwrap();
        let medical: Soc = "29-1071".parse().unwrap();
        for (place, soc, said) in [
            ("US", clerk, "OEWS, May 2024"),
            ("US-42660", developer, "1.089"),
            ("GB", developer, "ASHE 2025"),
            ("GB", "11-9141".parse().unwrap(), "1.248"),
            ("GB", medical, "0.69"),
            ("UA", developer, "DOU"),
            ("UA", clerk, "0.24"),
            ("IN", clerk, "major group 4"),
            ("PH", clerk, "everybody"),
            ("DE", clerk, "level of prices"),
            ("XX", clerk, ""),
        ] {
            let Some(terms) = Terms::of(place.parse().unwrap()) else {
                assert_eq!(place, "XX");
                continue;
            };
            let found = pay(soc, &terms, Basis::Told).unwrap();
            assert!(found.basis.contains(said), "{place} {soc}: {}", found.basis);
            assert!(found.percentiles.is_sorted(), "{place}: {found:?}");
        }
    }

    #[test]
    fn every_country_has_a_price_in_dollars() {
        let soc: Soc = "43-6014".parse().unwrap();
        for place in super::super::places::countries().keys() {
            let terms = Terms {
                currency: Currency::USD,
                ..terms(place.code())
            };
            let found = pay(soc, &terms, Basis::Told).unwrap_or_else(|| panic!("{place}"));
            let [low, _, likely, _, high] = found.percentiles;
            assert!(
                0.1 < low && low < likely && likely < high && high < 90.0,
                "{place}: {found:?}"
            );
        }
    }

    #[test]
    fn later_steps_are_wider() {
        let soc: Soc = "43-6014".parse().unwrap();
        let width = |place: &str| {
            let [low, .., high] = pay(soc, &terms(place), Basis::Left).unwrap().percentiles;
            high / low
        };
        assert!(width("US") < width("IN"));
        assert!(width("IN") < width("DE"));
    }
}
