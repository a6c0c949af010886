//! How figures and foreign texts are said: unit and period with every number, two figures where it is about.

use offdesk_actions::moment::on_clock;
pub use offdesk_domain::age;
use offdesk_domain::money::{round_to_minor, two_significant};
use offdesk_domain::text::turns_or_hides;
use offdesk_domain::worth::grouped;
use offdesk_domain::{Currency, Day, Place};
use rust_decimal::{Decimal, RoundingStrategy};

/// The length of a file in words.
#[must_use]
pub fn size(bytes: i64) -> String {
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// From so many weeks of data on the figures are rough, before that a guess and given as ranges.
const ROUGH_WEEKS: Decimal = Decimal::from_parts(4, 0, 0, false, 0);
/// From so many weeks of data on the figures are good.
const GOOD_WEEKS: Decimal = Decimal::from_parts(8, 0, 0, false, 0);

/// Rounds half away from zero.
#[must_use]
pub fn rounded(value: Decimal, digits: u32) -> Decimal {
    value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

/// Hours without a unit: one digit below 100, none from there on, `under 0.1` for a few minutes.
#[must_use]
pub fn hours(hours: Decimal) -> String {
    if hours > Decimal::ZERO && hours < Decimal::new(5, 2) {
        return "under 0.1".to_owned();
    }
    let digits = u32::from(hours.abs() < Decimal::new(9995, 2));
    grouped(rounded(hours, digits))
}

/// Hours as an estimate, without a unit: whole from 10 on, one digit below.
#[must_use]
pub fn hours_about(value: Decimal) -> String {
    if value.abs() < Decimal::new(995, 2) {
        return hours(value);
    }
    grouped(rounded(value, 0))
}

/// Estimated hours with their unit: `24 hours`, `1 hour`.
#[must_use]
pub fn hours_long(value: Decimal) -> String {
    let number = hours_about(value);
    let unit = if number == "1" { "hour" } else { "hours" };
    format!("{number} {unit}")
}

/// Hours in a column of figures: always one digit below 1,000; a few minutes are not nothing.
#[must_use]
pub fn hours_column(hours: Decimal) -> String {
    if hours > Decimal::ZERO && hours < Decimal::new(5, 2) {
        return "under 0.1".to_owned();
    }
    let one = rounded(hours, 1);
    if one.abs() >= Decimal::ONE_THOUSAND {
        return grouped(rounded(hours, 0));
    }
    format!("{one:.1}")
}

/// An amount in whole units: `$19,872`.
#[must_use]
pub fn money(amount: Decimal, currency: Currency) -> String {
    signed(rounded(amount, 0), currency, grouped)
}

/// An estimate of an amount, two significant figures: `$71,000`. The word "about" is the caller's.
#[must_use]
pub fn about(amount: Decimal, currency: Currency) -> String {
    signed(two_significant(amount), currency, grouped)
}

/// What one hour costs: whole units, or all digits of the smallest unit where they are needed: `$75`, `$62.50`.
#[must_use]
pub fn rate(amount: Decimal, currency: Currency) -> String {
    let exact = round_to_minor(amount, currency);
    signed(exact, currency, |exact| {
        if exact.fract().is_zero() {
            return grouped(exact);
        }
        let minor = exact.fract().to_string();
        let minor = minor.trim_start_matches(['-', '0', '.']);
        let digits = usize::try_from(currency.minor_digits()).unwrap_or(2);
        format!("{}.{minor:0>digits$}", grouped(exact.trunc()))
    })
}

/// Two ends of a range of estimates: `$52,000 to $98,000`.
#[must_use]
pub fn about_between((low, high): (Decimal, Decimal), currency: Currency) -> String {
    format!("{} to {}", about(low, currency), about(high, currency))
}

/// Whether the currency has only its code, which is set off from the number and left to the head of a column.
#[must_use]
pub fn has_code_only(currency: Currency) -> bool {
    currency.sign() == currency.code()
}

/// An amount or a price in a column whose head or caption names the currency: without a code, which would need a
/// third of the room.
#[must_use]
pub fn in_column(said: &str, currency: Currency) -> String {
    if has_code_only(currency) {
        said.replace(&format!("{}\u{a0}", currency.code()), "")
    } else {
        said.to_owned()
    }
}

fn signed(amount: Decimal, currency: Currency, digits: impl Fn(Decimal) -> String) -> String {
    let minus = if amount < Decimal::ZERO {
        "\u{2212}"
    } else {
        ""
    };
    let gap = if has_code_only(currency) {
        "\u{a0}"
    } else {
        ""
    };
    format!("{minus}{}{gap}{}", currency.sign(), digits(amount.abs()))
}

/// A number of things: `1 entry`, `1,009 entries`.
#[must_use]
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!(
        "{} {}",
        grouped(Decimal::from(number)),
        if number == 1 { one } else { many }
    )
}

/// How much figures from so many weeks of data can be trusted: good, rough, a guess.
#[must_use]
pub fn trust_in_weeks(weeks: Decimal) -> &'static str {
    if weeks >= GOOD_WEEKS {
        "good"
    } else if weeks >= ROUGH_WEEKS {
        "rough"
    } else {
        "a guess"
    }
}

/// How sure a price is, from hundredths: good, rough, a guess.
#[must_use]
pub fn trust_in_price(confidence: u8) -> &'static str {
    match confidence {
        75.. => "good",
        50..75 => "rough",
        _ => "a guess",
    }
}

/// A day for people: `12 April 2026`.
#[must_use]
pub fn day(day: Day) -> String {
    day.date().strftime("%-d %B %Y").to_string()
}

/// What stands behind the name of somebody who is off; nothing where they are not.
#[must_use]
pub fn off(back: Option<Day>) -> String {
    back.map_or_else(String::new, |back| format!(", off, back on {}", day(back)))
}

/// From one day to another for people; a single day stands once.
#[must_use]
pub fn days(from: Day, to: Day) -> String {
    if from == to {
        return day(from);
    }
    format!("{} – {}", day(from), day(to))
}

/// A day as [`day`] has it, from its number as it is kept; nothing where no day has it.
#[must_use]
pub fn day_numbered(number: i64) -> String {
    Day::from_number(number).map_or_else(String::new, day)
}

/// A moment for people, from microseconds since 1970, in a zone or in UTC: `12 April 2026, 9:30 UTC`, `12 April 2026, 10:00 Manila, UTC+8`.
#[must_use]
pub fn when(micros: i64, zone: Option<&str>) -> String {
    let at = jiff::Timestamp::from_microsecond(micros).unwrap_or_default();
    let zone = zone.and_then(|name| jiff::tz::TimeZone::get(name).ok());
    on_clock(at, &zone.unwrap_or(jiff::tz::TimeZone::UTC))
}

/// Countries whose names are said with an article, beside the United ones.
const WITH_ARTICLE: [&str; 8] = [
    "Bahamas",
    "Cayman Islands",
    "Gambia",
    "Maldives",
    "Marshall Islands",
    "Netherlands",
    "Philippines",
    "Solomon Islands",
];

/// A country or region for people.
#[must_use]
pub fn place(place: Place) -> String {
    let name = offdesk_actions::price::place_name(place);
    if place.is_region() {
        return name;
    }
    // "Egypt, Arab Rep." is Egypt.
    let name = name.split(',').next().unwrap_or(&name);
    if name.starts_with("United") || WITH_ARTICLE.contains(&name) {
        format!("the {name}")
    } else {
        name.to_owned()
    }
}

/// A text with its first letter large.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Words in a row: `a, b and c`.
#[must_use]
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A foreign text on one line: white space and control characters as single spaces, marks that turn the reading
/// direction left out, cut after so many characters.
#[must_use]
pub fn shown(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut is_gap = false;
    for c in text.chars().filter(|c| !turns_or_hides(*c)) {
        if c.is_whitespace() || c.is_control() {
            is_gap = count > 0;
            continue;
        }
        if count + usize::from(is_gap) >= most {
            out.push('…');
            return out;
        }
        if std::mem::take(&mut is_gap) {
            out.push(' ');
            count += 1;
        }
        out.push(c);
        count += 1;
    }
    out
}

#[cfg(test)]
mod tests;
