//! The owner's own prices: what they pay for an activity.

use std::collections::BTreeMap;

use offdesk_domain::price::MOST_AN_HOUR;
use offdesk_domain::{Currency, Place, Price, PriceRange, Why};
use rust_decimal::Decimal;

use crate::error::Error;
use crate::rules::RulesError;

/// The source of a price that the owner gave.
pub const OWN_PRICE: &str = "your own price";

/// The owner's own prices by activity name; names compare without regard to case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnPrices {
    by_name: BTreeMap<String, (String, PriceRange)>,
}

impl OwnPrices {
    /// Adds `Name=15..25`, `Name=18` or `Name=15..18..25`; the text names where the price was given, for errors.
    ///
    /// # Errors
    /// `rules.price`.
    pub fn add(&mut self, text: &str) -> Result<(), RulesError> {
        let hint = "write it as  \"Inbox=15..25\"  or  \"Inbox=18\"";
        let refuse = |why: &str| {
            RulesError::new(
                "rules.price",
                format!("\"{text}\" is not a price: {why}"),
                hint,
            )
        };
        let (name, range) = text
            .rsplit_once('=')
            .ok_or_else(|| refuse("there is no \"=\""))?;
        let name = name.trim();
        if name.is_empty() {
            return Err(refuse("there is no activity before the \"=\""));
        }
        let range = range_of(range).map_err(refuse)?;
        self.by_name
            .insert(name.to_lowercase(), (name.to_owned(), range));
        Ok(())
    }

    /// Adds a prices file: one `Name=15..25` a line; empty lines and lines that start with `#` are passed over.
    ///
    /// # Errors
    /// `rules.price` with the line.
    pub fn add_file(&mut self, text: &str) -> Result<(), RulesError> {
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.add(line).map_err(|error| RulesError {
                message: format!("line {}: {}", index + 1, error.message),
                ..error
            })?;
        }
        Ok(())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The names as given.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.values().map(|(name, _)| name.as_str())
    }

    /// The owner's price of an activity.
    #[must_use]
    pub fn price_of(
        &self,
        activity: &str,
        place: Place,
        currency: Currency,
        occupation: Option<String>,
    ) -> Option<Price> {
        let (_, range) = self.by_name.get(&activity.to_lowercase())?;
        Some(own_price(*range, place, currency, occupation))
    }
}

/// What the owner pays, as a price.
pub(crate) fn own_price(
    range: PriceRange,
    place: Place,
    currency: Currency,
    occupation: Option<String>,
) -> Price {
    Price {
        place,
        currency,
        range,
        occupation,
        confidence: 100,
        source: OWN_PRICE.to_owned(),
        why: Why::default(),
    }
}

/// A price of an hour as it is typed: `15..25`, `15..18..25` or `18`.
///
/// # Errors
/// `price.range`.
pub fn read_price(text: &str) -> Result<PriceRange, Error> {
    range_of(text).map_err(|why| {
        let text = offdesk_domain::text::seen_line(text);
        let message = format!("\"{text}\" is no price of an hour: {why}");
        Error::invalid("price", "price.range", message).hint(
            "write 18, or 15..25 from the least to the most, or 15..18..25 with what is likely",
        )
    })
}

/// A price as it is written: `15..25`, `15..18..25` or `18`.
pub(crate) fn range_of(text: &str) -> Result<PriceRange, &'static str> {
    let numbers = text
        .split("..")
        .map(|number| number.trim().parse::<Decimal>())
        .collect::<Result<Vec<_>, _>>()
        .map_err(|_| "it is not a number")?;
    if numbers.iter().any(|number| *number < Decimal::ZERO) {
        return Err("it is negative");
    }
    if numbers.iter().any(|number| *number > MOST_AN_HOUR) {
        return Err("it is more than a billion");
    }
    if !numbers.is_sorted() {
        return Err("the low end is above the high end");
    }
    match numbers.as_slice() {
        [only] => Ok(PriceRange::new(*only, *only, *only)),
        [low, high] => Ok(PriceRange::between(*low, *high)),
        [low, likely, high] => Ok(PriceRange::new(*low, *likely, *high)),
        _ => Err("it has too many numbers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_prices() {
        let mut prices = OwnPrices::default();
        prices
            .add_file("# mine\nInbox = 15..25\n\nDriving=12\nDesign=20..30..60\n")
            .unwrap();
        let range = |name: &str| {
            prices
                .price_of(name, Place::US, Currency::USD, None)
                .map(|p| p.range)
        };
        let d = |n: i64| Decimal::from(n);
        assert_eq!(range("INBOX"), Some(PriceRange::new(d(15), d(20), d(25))));
        assert_eq!(range("driving"), Some(PriceRange::new(d(12), d(12), d(12))));
        assert_eq!(range("Design").unwrap().likely, d(30));
        assert_eq!(range("other"), None);
        for bad in [
            "Inbox",
            "=5",
            "Inbox=",
            "Inbox=x",
            "Inbox=-5",
            "Inbox=25..15",
            "Inbox=1..2..3..4",
            "Inbox=NaN",
        ] {
            assert_eq!(prices.add(bad).unwrap_err().code, "rules.price", "{bad}");
        }
        assert!(
            prices
                .add_file("a=1\nb")
                .unwrap_err()
                .message
                .starts_with("line 2")
        );
    }
}
