//! Values as people type them: amounts, zones, days.

use std::time::Duration;

use jiff::tz::TimeZone;
use offdesk_domain::money::typed_amount;
use offdesk_domain::{Currency, Day, Place};
use offdesk_import::{DateOrder, Field};
use rust_decimal::Decimal;

/// An amount: `150000`, `150,000`, `150_000`, `150k`, `$90`.
pub fn amount(text: &str) -> Result<Decimal, String> {
    let clean = text
        .trim()
        .trim_start_matches(['$', '€', '£'])
        .replace('_', "");
    typed_amount(&clean, None)
}

/// Hours: `1:30`, `1h30`, `90 min`, `1.5`.
pub fn hours(text: &str) -> Result<Decimal, String> {
    offdesk_actions::assignments::hours_typed(text)
}

/// A zone by its IANA name.
pub fn zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text).map_err(|_| {
        "it is not a zone; use a name such as Europe/Berlin or America/New_York".to_owned()
    })
}

/// The IANA name of a zone.
pub fn zone_name(text: &str) -> Result<String, String> {
    zone(text).map(|_| text.to_owned())
}

/// A day, `YYYY-MM-DD`.
pub fn day(text: &str) -> Result<Day, String> {
    let date: jiff::civil::Date = text
        .parse()
        .map_err(|_| "it is not a day; write it as 2026-02-12".to_owned())?;
    Ok(Day::from_date(date))
}

/// `dmy`, `mdy` or `ymd`.
pub fn date_order(text: &str) -> Result<DateOrder, String> {
    [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd]
        .into_iter()
        .find(|order| order.word() == text.to_ascii_lowercase())
        .ok_or_else(|| "use dmy (day first), mdy (month first) or ymd".to_owned())
}

/// `field=Column`.
pub fn mapping(text: &str) -> Result<(Field, String), String> {
    let names = || Field::NAMES.map(|(name, _)| name).join(", ");
    let (field, column) = text
        .split_once('=')
        .ok_or_else(|| "write it as field=Column, such as date=Day".to_owned())?;
    let field = Field::parse(field)
        .ok_or_else(|| format!("there is no field \"{field}\"; the fields are: {}", names()))?;
    if column.trim().is_empty() {
        return Err("there is no column behind the \"=\"".to_owned());
    }
    Ok((field, column.trim().to_owned()))
}

/// A time limit is at most so many seconds.
pub const MOST_SECONDS: f64 = 86_400.0;

/// Seconds to wait, from a hundredth to a day.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: Option<f64> = text.parse().ok();
    let seconds = seconds.filter(|seconds| (0.01..=MOST_SECONDS).contains(seconds));
    let seconds = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "it is a number from 0.01 to 86400".to_owned())
}

/// A currency code.
pub fn currency(text: &str) -> Result<Currency, String> {
    let currency: Currency = text
        .parse()
        .map_err(|error: offdesk_domain::MoneyError| error.to_string())?;
    if currency.is_known() {
        return Ok(currency);
    }
    let near = Currency::near(text);
    let near: Vec<String> = near.iter().map(Currency::to_string).collect();
    Err(format!(
        "there is no currency {currency}; did you mean {}?",
        near.join(" or ")
    ))
}

/// A country or region, by its code or name.
pub fn place(text: &str) -> Result<Place, String> {
    let shown = offdesk_import::problem::shown(text);
    let named = offdesk_actions::price::place_named(text);
    // A code that nobody knows is refused where it is used.
    let named = named.or_else(|nearest| text.parse().map_err(|_| nearest));
    named.map_err(|nearest| {
        format!(
            "there is no place \"{shown}\"; did you mean {}?",
            nearest.join(", ")
        )
    })
}

/// What to type for a place that is not known.
pub fn nearest_places(place: Place) -> String {
    let nearest = offdesk_actions::price::place_named(place.code()).err();
    format!("did you mean {}?", nearest.unwrap_or_default().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_typed() {
        for (text, value) in [
            ("150000", "150000"),
            ("150,000", "150000"),
            ("1,250.50", "1250.5"),
            ("150k", "150000"),
            ("$90.50", "90.5"),
            ("1_000", "1000"),
            ("-5", "-5"),
        ] {
            assert_eq!(amount(text), Ok(value.parse().unwrap()), "{text}");
        }
        for text in [
            "",
            "x",
            "1,5",
            "1,2345",
            "NaN",
            "inf",
            "1e400",
            "150.000",
            "--5",
            "99999999999999999999999999999999k",
        ] {
            assert!(amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn mappings() {
        assert_eq!(
            mapping("date=Day of work"),
            Ok((Field::Date, "Day of work".to_owned()))
        );
        for text in ["date", "dat=Day", "date="] {
            assert!(mapping(text).is_err(), "{text}");
        }
    }
}
