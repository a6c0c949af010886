//! From what an entry says to the market price of an hour: a catalogue of kinds of work matched by words, and a model
//! that reads any other text as occupations.
//!
//! The seam is [`kind_of`] and [`price_of`] for the catalogue, [`Reader`] and [`estimate_of`] for any text: what reads
//! the text may change behind them.
//! What no kind fits stays without a price; nothing is ever priced at zero.

mod catalogue;
mod corrections;
mod empty;
mod estimate;
mod family;
mod hits;
mod known;
pub mod market;
mod matching;
mod mixture;
pub mod model;
mod occupations;
mod wages;

use offdesk_domain::{Place, Price, PriceRange, Why};
use rust_decimal::Decimal;

pub use catalogue::Kind;
pub use corrections::{Comparer, Corrections};
pub use estimate::{Estimate, NoPrice, Reader, Shares, estimate_of};
pub use known::{KnownTexts, plain};
pub use market::{
    Cost, Fact, Facts, Rates, Terms, country_by_three_letters, currency_of, is_known, list_places,
    place_name, place_named, usual_currency,
};
pub use occupations::{occupations, title};

/// What the fields of an entry say, each as the normal form of `offdesk_domain::activity::Folder`.
#[derive(Debug, Clone, Copy, Default)]
pub struct WorkText<'a> {
    /// The description: believed first.
    pub description: &'a str,
    /// The task.
    pub task: &'a str,
    /// The tags, in one text.
    pub tags: &'a str,
    /// The project: believed last.
    pub project: &'a str,
}

/// A kind of work that a text fits.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    /// The kind.
    pub kind: &'static Kind,
    /// How sure the reading is, in hundredths (0 to 100); rough, but a better fit never has less.
    pub confidence: u8,
}

/// The kind of work that a text fits best, or `None` when it says too little to price it.
#[must_use]
pub fn kind_of(text: &WorkText<'_>) -> Option<Match> {
    matching::kind_of(text)
}

/// The kind of work that a description alone fits best, given as a normal form.
#[must_use]
pub fn kind_of_form(form: &str) -> Option<Match> {
    kind_of(&WorkText {
        description: form,
        ..WorkText::default()
    })
}

/// The price of an hour of a kind of work on some terms; `None` for rest, and where nothing leads to the currency.
#[must_use]
pub fn price_of(kind: &Kind, confidence: u8, terms: &Terms<'_>) -> Option<Price> {
    if kind.is_rest {
        return None;
    }
    let occupation = kind.occupation?;
    let (range, source) = match figure_of(kind, terms) {
        Some(([low, likely, high], source)) => {
            let exact = |figure: f64| {
                let mut exact = Decimal::try_from(figure).ok()?.round_dp(2);
                exact.rescale(2);
                Some(exact)
            };
            let range = PriceRange::new(exact(low)?, exact(likely)?, exact(high)?);
            (range, source)
        }
        None => {
            let shares = vec![(occupation.parse().ok()?, 1.0)];
            let estimate = estimate_of(shares, None, terms).ok()?;
            let range = PriceRange::new(estimate.low, estimate.likely, estimate.high);
            (range, estimate.basis.join("; "))
        }
    };
    Some(Price {
        place: terms.place,
        currency: terms.currency,
        range,
        occupation: Some(occupation.to_owned()),
        confidence: confidence.min(100),
        source,
        why: Why::default(),
    })
}

/// What an hour of a kind of work is paid in a country whose own classification has it: low, likely, high.
pub(crate) fn figure_of(kind: &Kind, terms: &Terms<'_>) -> Option<([f64; 3], String)> {
    let place = terms.place;
    let imported = kind
        .occupation
        .and_then(|code| terms.facts.find(place, code.parse().ok()?));
    if imported.is_some_and(|fact| fact.year > wages::year_of(place)) {
        return None;
    }
    let wage = wages::find(place, kind.occupation_in(place)?)?;
    let factor = terms.rates.factor(wage.currency, terms.currency)?;
    let source = match terms.rates.told(wage.currency, terms.currency) {
        Some(rate) => format!("{}; {rate}", wage.source),
        None => wage.source,
    };
    Some((wage.figures.map(|figure| figure * factor), source))
}

/// What the prices of a place are, in one line.
#[must_use]
pub fn basis_of(place: Place) -> String {
    let after = "before the employer's share, fees and your time to brief and review";
    match place.code() {
        "US" => format!(
            "US employee wages (10th percentile, median, 90th), BLS OEWS, May 2024; {after}"
        ),
        "GB" => format!(
            "UK employee wages (quartiles and median), ONS ASHE 2025 provisional, else 0.69 of those in the US; {after}"
        ),
        _ => format!(
            "employee wages in {}, from the nearest figures there are; {after}",
            place_name(place)
        ),
    }
}

/// The kind with a slug.
#[must_use]
pub fn kind(slug: &str) -> Option<&'static Kind> {
    kinds().find(|kind| kind.slug == slug)
}

/// Every phrase of the catalogue with the code of the occupation that does such work.
pub fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let catalogue = catalogue::catalogue();
    catalogue.phrases.iter().filter_map(|phrase| {
        let kind = catalogue.kinds.get(usize::from(phrase.kind?))?;
        (!phrase.is_weak).then_some(())?;
        Some((phrase.text, kind.occupation?))
    })
}

/// Every kind of the catalogue, in its order.
pub fn kinds() -> impl Iterator<Item = &'static Kind> {
    catalogue::kinds().iter()
}

/// The notices that the publishers of the figures ask for, or are owed.
#[must_use]
pub fn attribution() -> &'static [&'static str] {
    &[
        "U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2024 (public domain).",
        "Occupations are read from texts by a model that includes information from O*NET 29.3 by the U.S. Department of \
         Labor, Employment and Training Administration (USDOL/ETA), used under the CC BY 4.0 licence. O*NET is a trademark \
         of USDOL/ETA. It was modified; USDOL/ETA has not approved, endorsed, or tested these modifications.",
        "U.S. Bureau of Labor Statistics, Employer Costs for Employee Compensation, June 2025 (public domain).",
        "Washington State Employment Security Department, Occupational Employment and Wage Statistics, 2022.",
        "DOU salary survey, June 2025, https://dou.ua (figures derived, with this link).",
        "World Bank, World Development Indicators, PA.NUS.PPP, and ILOSTAT, mean monthly earnings of employees by occupation: \
         both CC BY 4.0; figures derived.",
        "Exchange rates: Board of Governors of the Federal Reserve System, H.10 (public domain).",
        "Office for National Statistics, Annual Survey of Hours and Earnings (ASHE) 2025 provisional and 2021; hourly figures \
         derived from annual pay. Contains public sector information licensed under the Open Government Licence v3.0.",
    ]
}
