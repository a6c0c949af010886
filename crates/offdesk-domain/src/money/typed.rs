//! Numbers and amounts as people type them, and as they would be typed.

use rust_decimal::Decimal;

use super::Currency;

/// A number as people type it, once signs of currencies and blanks are off: `150000`, `150,000`, `1,250.50`, `90k`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn typed_number(text: &str) -> Result<Decimal, String> {
    let (text, factor) = match text.strip_suffix(['k', 'K']) {
        Some(rest) => (rest, Decimal::ONE_THOUSAND),
        None => (text, Decimal::ONE),
    };
    let plain = if text.contains(',') {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or("");
        if first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3) {
            return Err("a comma separates thousands, a dot decimals: 1,250.50".to_owned());
        }
        format!("{}.{fraction}0", whole.replace(',', ""))
    } else {
        text.to_owned()
    };
    let value: Decimal = plain
        .parse()
        .map_err(|_| "it is not a number, such as 150000 or 90.50".to_owned())?;
    value
        .checked_mul(factor)
        .map(|value| value.normalize())
        .ok_or_else(|| "it is too large".to_owned())
}

/// A number as it would be typed: `14.5`, and `1e300` in the place of three hundred digits.
#[must_use]
pub fn as_typed(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e12).contains(&size) && number.is_finite() {
        format!("{number:e}")
    } else {
        number.to_string()
    }
}

/// An amount of money as people type it: like [`typed_number`], but for one dot with three digits behind it, which much of the world
/// writes for thousands. It is one or the other only where the currency has three digits; where it has fewer, only what would fit it
/// has to be asked about.
///
/// # Errors
/// What is wrong with it, in words.
pub fn typed_amount(text: &str, currency: Option<Currency>) -> Result<Decimal, String> {
    let number = typed_number(text)?;
    let is_clear = match currency.map(|currency| currency.minor_digits()) {
        Some(3) => true,
        Some(_) => !text.ends_with('0'),
        None => false,
    };
    if !is_clear && let Some((thousands, decimals)) = both_ways(text) {
        return Err(format!(
            "is it {thousands} or {decimals}? Write it in one of these ways"
        ));
    }
    Ok(number)
}

/// What one dot with three digits behind it can mean.
fn both_ways(text: &str) -> Option<(String, String)> {
    let (bare, factor) = match text.strip_suffix(['k', 'K']) {
        Some(bare) => (bare, "k"),
        None => (text, ""),
    };
    let (whole, fraction) = bare.split_once('.')?;
    let digits = whole.trim_start_matches(['-', '+']);
    let is_group = fraction.len() == 3 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_head = (1..=3).contains(&digits.len()) && !digits.starts_with('0');
    if !is_group || !is_head || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals = match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        // A fourth digit says that it is none of thousands.
        short if short.len() == 3 => format!("{whole}.{short}0"),
        short => format!("{whole}.{short}"),
    };
    Some((
        format!("{whole}{fraction}{factor}"),
        format!("{decimals}{factor}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_would_be_typed() {
        for (number, text) in [
            (0.0, "0"),
            (14.5, "14.5"),
            (-3.0, "-3"),
            (1e9, "1000000000"),
            (1e300, "1e300"),
            (-2.5e-9, "-2.5e-9"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(as_typed(number), text);
        }
    }

    #[test]
    fn a_dot_before_three_digits_is_asked_about() {
        let read = |text: &str, currency: Option<&str>| {
            typed_amount(text, currency.map(|code| code.parse().unwrap()))
                .map(|amount| amount.to_string())
        };
        for (text, ways) in [
            ("150.000", "150000 or 150"),
            ("90.000", "90000 or 90"),
            ("2.000", "2000 or 2"),
            ("1.500", "1500 or 1.5"),
            ("1.125", "1125 or 1.1250"),
            ("-1.500", "-1500 or -1.5"),
            ("1.500k", "1500k or 1.5k"),
        ] {
            let why = read(text, None).unwrap_err();
            assert!(why.contains(ways), "{text}: {why}");
        }
        for (text, currency, amount) in [
            ("150000", None, "150000"),
            ("150,000", None, "150000"),
            ("150", None, "150"),
            ("1.1250", None, "1.125"),
            ("1.50", None, "1.5"),
            ("0.125", None, "0.125"),
            ("1500.125", None, "1500.125"),
            ("12,345.678", None, "12345.678"),
            ("12.500", Some("KWD"), "12.5"),
            // The currency has no such digit, and so it is refused for that.
            ("14.005", Some("USD"), "14.005"),
        ] {
            assert_eq!(read(text, currency), Ok(amount.to_owned()), "{text}");
        }
        for (text, currency) in [("14.500", "USD"), ("1.000", "JPY"), ("2.500", "EUR")] {
            assert!(read(text, Some(currency)).is_err(), "{text} {currency}");
        }
        assert!(read("1.500,50", None).is_err());
    }
}
