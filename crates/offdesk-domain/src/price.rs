//! The market price of an hour of work in a place: low, likely, high, with confidence and source.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::Currency;
use crate::occupation::Soc;

/// Where the work would be bought: an ISO 3166 country code such as `US`, with or without a region of it: `US-WA`,
/// `US-42660`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place([u8; Place::LONGEST]);

impl Place {
    /// The United States, national figures.
    pub const US: Self = Self(*b"US\0\0\0\0\0\0");

    const LONGEST: usize = 8;

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        let end = self.0.iter().position(|byte| *byte == 0);
        let code = self.0.get(..end.unwrap_or(Self::LONGEST));
        code.and_then(|code| std::str::from_utf8(code).ok())
            .unwrap_or("??")
    }

    /// The country it is in, or is.
    #[must_use]
    pub fn country(&self) -> Self {
        let [a, b, ..] = self.0;
        Self([a, b, 0, 0, 0, 0, 0, 0])
    }

    /// Whether it is a part of a country.
    #[must_use]
    pub fn is_region(&self) -> bool {
        *self != self.country()
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (country, region) = text.split_once('-').unwrap_or((text, "A"));
        let is_country = country.len() == 2 && country.bytes().all(|b| b.is_ascii_alphabetic());
        let is_region =
            (1..=5).contains(&region.len()) && region.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_country || !is_region {
            return Err(format!(
                "\"{text}\" is not a place: use a two-letter country code, such as US"
            ));
        }
        let mut code = [0; Self::LONGEST];
        for (to, from) in code.iter_mut().zip(text.bytes()) {
            *to = from.to_ascii_uppercase();
        }
        Ok(Self(code))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The most that an hour costs or is worth, in any currency: beyond it figures of a year would fit no number.
pub const MOST_AN_HOUR: Decimal = Decimal::from_parts(1_000_000_000, 0, 0, false, 0);

/// A price of one hour: low, likely, high, in one currency; always `low <= likely <= high`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    /// A cheap but real price.
    pub low: Decimal,
    /// The price to reckon with.
    pub likely: Decimal,
    /// A dear but real price.
    pub high: Decimal,
}

impl PriceRange {
    /// A range, put in order.
    #[must_use]
    pub fn new(low: Decimal, likely: Decimal, high: Decimal) -> Self {
        let mut three = [low, likely, high];
        three.sort();
        let [low, likely, high] = three;
        Self { low, likely, high }
    }

    /// A range given by its ends; likely is the middle.
    #[must_use]
    pub fn between(low: Decimal, high: Decimal) -> Self {
        let sum = low.checked_add(high);
        let middle = sum.map_or_else(|| low.max(high), |sum| sum / Decimal::TWO);
        Self::new(low, middle, high)
    }

    /// Whether an hour can cost that: nothing to [`MOST_AN_HOUR`].
    #[must_use]
    pub fn is_possible(&self) -> bool {
        self.low >= Decimal::ZERO && self.high <= MOST_AN_HOUR
    }
}

/// What an hour of an activity costs on the market.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// Where.
    pub place: Place,
    /// In which currency.
    pub currency: Currency,
    /// The range.
    pub range: PriceRange,
    /// SOC 2018 code of the occupation, such as `43-6014`; `None` for the owner's own price.
    pub occupation: Option<String>,
    /// How sure the reading of the text is, in hundredths (0 to 100).
    pub confidence: u8,
    /// Where the figure comes from, with its date.
    pub source: String,
    /// Why it was read so; empty for the owner's own price, and where nobody asked.
    pub why: Why,
}

/// Why a text has the price it has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Why {
    /// What it was read as, the likeliest first; three at most.
    pub readings: Vec<Reading>,
    /// The words that decided, the strongest first.
    pub words: Vec<String>,
}

/// An occupation that a text may be the work of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The occupation.
    pub occupation: Soc,
    /// Its title in the classification.
    pub title: &'static str,
    /// How likely, in hundredths (0 to 100).
    pub confidence: u8,
}
