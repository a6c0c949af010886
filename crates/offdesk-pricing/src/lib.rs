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
mod matching;
pub mod model;
mod occupations;
mod wages;

use std::sync::OnceLock;

use offdesk_domain::{Currency, Place, Price, PriceRange, Why};

pub use catalogue::Kind;
pub use corrections::{Comparer, Corrections};
pub use estimate::{Estimate, NoPrice, Reader, Shares, estimate_of};
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

/// The price of an hour of a kind of work in a place; `None` for rest and where no figure of the place is known.
#[must_use]
pub fn price_of(kind: &Kind, confidence: u8, place: Place) -> Option<Price> {
    if kind.is_rest {
        return None;
    }
    let wage = wages::find(place, kind.occupation_in(place)?)?;
    Some(Price {
        place,
        currency: wage.currency,
        range: PriceRange::new(wage.low, wage.likely, wage.high),
        occupation: kind.occupation.map(str::to_owned),
        confidence: confidence.min(100),
        source: wage.source(),
        why: Why::default(),
    })
}

/// The places that prices are known for.
#[must_use]
pub fn places() -> &'static [Place] {
    static PLACES: OnceLock<Vec<Place>> = OnceLock::new();
    PLACES.get_or_init(|| {
        let mut places = Vec::new();
        for wage in wages::all() {
            if !places.contains(&wage.place) {
                places.push(wage.place);
            }
        }
        places
    })
}

/// The currency of the prices of a place; `None` where there are none.
#[must_use]
pub fn currency_of(place: Place) -> Option<Currency> {
    wages::all()
        .iter()
        .find(|wage| wage.place == place)
        .map(|wage| wage.currency)
}

/// What the prices of a place are, in one line; `None` where there are none.
#[must_use]
pub fn basis_of(place: Place) -> Option<&'static str> {
    match place.code() {
        "US" => Some(
            "US employee wages (10th percentile, median, 90th), BLS OEWS, May 2024; \
             before the employer's share, fees and your time to brief and review",
        ),
        "GB" => Some(
            "UK employee wages (25th percentile, median, 75th), ONS ASHE 2025 provisional; \
             before the employer's share, fees and your time to brief and review",
        ),
        _ => None,
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
        "Exchange rates: Board of Governors of the Federal Reserve System, H.10 (public domain).",
        "Office for National Statistics, Annual Survey of Hours and Earnings (ASHE) 2025 provisional; hourly figures \
         derived from annual pay. Contains public sector information licensed under the Open Government Licence v3.0.",
    ]
}
