//! How figures and foreign texts are said: unit and period with every number, two figures where it is about.

use offdesk_domain::money::{round_to_minor, two_significant};
use offdesk_domain::worth::grouped;
use offdesk_domain::{Currency, Day, Place};
use rust_decimal::{Decimal, RoundingStrategy};

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

/// Hours in a column of figures: always one digit below 1,000.
#[must_use]
pub fn hours_column(hours: Decimal) -> String {
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

fn signed(amount: Decimal, currency: Currency, digits: impl Fn(Decimal) -> String) -> String {
    let minus = if amount < Decimal::ZERO {
        "\u{2212}"
    } else {
        ""
    };
    let sign = currency.sign();
    // A code is set off from the number, a sign is not.
    let gap = if sign.len() == 3 && sign.is_ascii() {
        "\u{a0}"
    } else {
        ""
    };
    format!("{minus}{sign}{gap}{}", digits(amount.abs()))
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

/// A country for people, its code where the name is not known here.
#[must_use]
pub fn place(place: Place) -> String {
    match place.code() {
        "US" => "the United States".to_owned(),
        "GB" => "the United Kingdom".to_owned(),
        code => code.to_owned(),
    }
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
    for c in text.chars().filter(|c| !turns_direction(*c)) {
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

/// Embeddings, overrides, isolates and marks: the page isolates each name, so they could only mislead.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn hours_are_said_with_the_digits_they_deserve() {
        for (value, short, long, column) in [
            ("24", "24", "24 hours", "24.0"),
            ("1", "1", "1 hour", "1.0"),
            ("6.5", "6.5", "6.5 hours", "6.5"),
            ("6.25", "6.3", "6.3 hours", "6.3"),
            ("0.97", "1", "1 hour", "1.0"),
            ("9.94", "9.9", "9.9 hours", "9.9"),
            ("9.96", "10", "10 hours", "10.0"),
            ("23.2", "23.2", "23 hours", "23.2"),
            ("0", "0", "0 hours", "0.0"),
            ("0.01", "under 0.1", "under 0.1 hours", "0.0"),
            ("99.94", "99.9", "100 hours", "99.9"),
            ("99.96", "100", "100 hours", "100.0"),
            ("312.4", "312", "312 hours", "312.4"),
            ("1104", "1,104", "1,104 hours", "1,104"),
        ] {
            assert_eq!(hours(d(value)), short, "{value}");
            assert_eq!(hours_long(d(value)), long, "{value}");
            assert_eq!(hours_column(d(value)), column, "{value}");
        }
    }

    #[test]
    fn money_in_three_exactnesses() {
        for (amount, code, whole, estimate, hourly) in [
            ("70955", "USD", "$70,955", "$71,000", "$70,955"),
            ("99360", "USD", "$99,360", "$99,000", "$99,360"),
            ("28405.49", "USD", "$28,405", "$28,000", "$28,405.49"),
            ("62.5", "USD", "$63", "$63", "$62.50"),
            ("62.05", "EUR", "€62", "€62", "€62.05"),
            ("18", "GBP", "£18", "£18", "£18"),
            ("0", "USD", "$0", "$0", "$0"),
            ("-2000", "USD", "−$2,000", "−$2,000", "−$2,000"),
            ("-0.5", "USD", "−$1", "−$0.5", "−$0.50"),
            (
                "1234567",
                "CHF",
                "CHF\u{a0}1,234,567",
                "CHF\u{a0}1,200,000",
                "CHF\u{a0}1,234,567",
            ),
            (
                "1234.5",
                "JPY",
                "JPY\u{a0}1,235",
                "JPY\u{a0}1,200",
                "JPY\u{a0}1,235",
            ),
            (
                "0.125",
                "KWD",
                "KWD\u{a0}0",
                "KWD\u{a0}0.13",
                "KWD\u{a0}0.125",
            ),
        ] {
            let currency = currency(code);
            assert_eq!(money(d(amount), currency), whole, "{amount}");
            assert_eq!(about(d(amount), currency), estimate, "{amount}");
            assert_eq!(rate(d(amount), currency), hourly, "{amount}");
        }
        assert_eq!(
            about_between((d("51700"), d("98400")), Currency::USD),
            "$52,000 to $98,000"
        );
    }

    #[test]
    fn uncertainty_has_three_words() {
        for (weeks, word) in [
            ("1", "a guess"),
            ("3.99", "a guess"),
            ("4", "rough"),
            ("7.9", "rough"),
            ("8", "good"),
        ] {
            assert_eq!(trust_in_weeks(d(weeks)), word, "{weeks}");
        }
        for (confidence, word) in [
            (0, "a guess"),
            (49, "a guess"),
            (50, "rough"),
            (74, "rough"),
            (75, "good"),
            (100, "good"),
        ] {
            assert_eq!(trust_in_price(confidence), word, "{confidence}");
        }
    }

    #[test]
    fn small_words() {
        assert_eq!(count(1, "entry", "entries"), "1 entry");
        assert_eq!(count(1009, "entry", "entries"), "1,009 entries");
        assert_eq!(day(Day::from_ymd(2026, 4, 12).unwrap()), "12 April 2026");
        assert_eq!(
            (place(Place::US), place("ph".parse().unwrap())),
            ("the United States".to_owned(), "PH".to_owned())
        );
        for (words, text) in [
            ("", ""),
            ("a", "a"),
            ("a b", "a and b"),
            ("a b c", "a, b and c"),
        ] {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            assert_eq!(listed(&words), text);
        }
    }

    #[test]
    fn foreign_texts_stay_on_one_line_and_keep_their_direction() {
        for (text, most, out) in [
            ("Inbox", 10, "Inbox"),
            ("  a\n\t b\u{0}c  ", 10, "a b c"),
            ("abcdef", 4, "abcd…"),
            ("ab cd", 3, "ab…"),
            ("abcd", 4, "abcd"),
            ("abcd  ", 4, "abcd"),
            ("evil\u{202e}txt.exe\u{2066}", 20, "eviltxt.exe"),
            ("فاتورة", 20, "فاتورة"),
            ("👩\u{200d}💻 ops", 20, "👩\u{200d}💻 ops"),
            ("", 5, ""),
        ] {
            assert_eq!(shown(text, most), out, "{text:?}");
        }
    }
}
