//! The market price of an hour of work in a place: low, likely, high, with confidence and source.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use crate::money::Currency;
use crate::occupation::Soc;

/// Where the work would be bought: an ISO 3166 country code such as `US`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place([u8; 2]);

impl Place {
    /// The United States, national figures.
    pub const US: Self = Self(*b"US");

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(format!(
                "\"{text}\" is not a place: use a two-letter country code, such as US"
            )),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

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
        Self::new(low, (low + high) / Decimal::TWO, high)
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
