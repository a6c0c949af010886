//! Amounts, hours and foreign texts in words that fit their place.

use offdesk_domain::Currency;
use offdesk_domain::money::two_significant;
use offdesk_domain::worth::grouped;
use rust_decimal::Decimal;

/// A text in lines of at most so many characters.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 0 && length + 1 + word.chars().count() > width {
            lines.push(word.to_owned());
        } else if let Some(line) = lines.last_mut() {
            if length > 0 {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// A foreign text on one line: control characters out, cut to a width with an ellipsis.
pub(super) fn cut(text: &str, width: usize) -> String {
    let clean: String = offdesk_import::problem::shown(text);
    if clean.chars().count() <= width {
        return clean;
    }
    clean
        .chars()
        .take(width.saturating_sub(1))
        .chain(['…'])
        .collect()
}

/// The currency's sign or code before an amount.
pub(super) fn sign(currency: Currency) -> String {
    let sign = currency.sign();
    if sign.len() == 3 && sign.is_ascii() {
        format!("{sign} ")
    } else {
        sign.to_owned()
    }
}

/// An estimate: two significant figures.
pub(super) fn about(amount: Decimal, currency: Currency) -> String {
    let amount = two_significant(amount);
    if amount < Decimal::ZERO {
        return format!("-{}{}", sign(currency), grouped(-amount));
    }
    format!("{}{}", sign(currency), grouped(amount))
}

pub(super) fn exact(amount: Decimal, currency: Currency) -> String {
    format!(
        "{}{}",
        sign(currency),
        offdesk_domain::money::to_minor_text(amount, currency)
    )
}

/// Weeks for people, to a tenth.
pub(super) fn weeks(weeks: Decimal) -> String {
    let weeks = weeks.round_dp(1).normalize();
    let unit = if weeks == Decimal::ONE {
        "week"
    } else {
        "weeks"
    };
    format!("{weeks} {unit}")
}

/// Hours for people with their word.
pub(super) fn with_unit(number: Decimal) -> String {
    let text = hours(number);
    let unit = if text == "1" { "hour" } else { "hours" };
    format!("{text} {unit}")
}

/// Hours for people: one digit below 100, none above.
pub(super) fn hours(hours: Decimal) -> String {
    let digits = u32::from(hours < Decimal::ONE_HUNDRED);
    grouped(hours.round_dp(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_fit_and_cannot_disturb_the_terminal() {
        assert_eq!(cut("a\u{1b}[31mb", 40), "a\\u{1b}[31mb");
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
    }
}
