//! A figure as people type it: one number, or low, likely and high.

use offdesk_domain::Currency;
use offdesk_domain::decision::Input;
use offdesk_domain::money::typed_number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::QuestionError;

/// An input with its numbers: low, likely and high, which are the same where it is known.
pub type Figure = (Input, [f64; 3]);

/// Reads a figure of an input: `14`, `8 14 25`, `8,14,25`, `70%`, `$14`.
///
/// # Errors
/// [`QuestionError`] with `decide.value`, or `decide.currency` for an amount in another currency than that of the case.
pub fn typed_figure(
    input: Input,
    text: &str,
    currency: Option<Currency>,
) -> Result<[f64; 3], QuestionError> {
    let key = input.key();
    let shown = offdesk_import::problem::shown(text);
    let refuse = |why: &str| {
        QuestionError::new(
            "decide.value",
            format!("{key} cannot be \"{shown}\": {why}"),
        )
        .hint("type one number, or low, likely and high:  14  or  8 14 25")
    };
    let mut numbers = Vec::new();
    for part in parts(text) {
        let bare = without_currency(part, currency).map_err(|other| {
            let said = currency.map_or("another one".to_owned(), |currency| currency.to_string());
            QuestionError::new(
                "decide.currency",
                format!("{key} is in {other}, and all amounts of this case are in {said}"),
            )
            .hint("change it first: currencies are never mixed")
        })?;
        if bare.is_empty() {
            continue;
        }
        let (digits, parts) = match bare.strip_suffix('%') {
            Some(_) if !input.takes_per_cent() => return Err(refuse("it is no share")),
            Some(rest) => (rest.trim_end(), Decimal::ONE_HUNDRED),
            None => (bare, Decimal::ONE),
        };
        let number = typed_number(digits).map_err(|why| refuse(&why))?;
        // In decimals: 70 % are 0.7, and nothing beside it.
        numbers.push((number / parts).to_f64().unwrap_or(f64::NAN));
    }
    let three = match numbers.as_slice() {
        [one] => [*one; 3],
        [low, likely, high] => [*low, *likely, *high],
        [] => return Err(refuse("there is no number in it")),
        _ => return Err(refuse("it takes one number or three")),
    };
    if !three.is_sorted() {
        return Err(refuse("low, likely and high come in that order"));
    }
    for number in three {
        if let Some(row) = input.row() {
            row.check(number)
                .map_err(|error| QuestionError::new("decide.value", error.to_string()))?;
        }
    }
    Ok(three)
}

/// A text as its numbers stand in it.
fn parts(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ';' | '/'))
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        // Two commas are those between three numbers: no figure here needs them for thousands.
        [one] if one.matches(',').count() == 2 => one.split(',').collect(),
        several => several
            .iter()
            .map(|part| part.strip_suffix(',').unwrap_or(part))
            .collect(),
    }
}

/// The codes and signs of currencies in a text.
pub(super) fn currencies_in(text: &str) -> Vec<&str> {
    parts(text).into_iter().filter_map(code_of).collect()
}

/// Whether a code or a sign is that of a currency.
pub(super) fn is_of(currency: Currency, code: &str) -> bool {
    code == currency.code() || code == currency.sign()
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '$' | '€' | '£' | '¥')
}

/// The sign or code of its currency that a number has.
fn code_of(part: &str) -> Option<&str> {
    // A thousand is written with a letter, too.
    let code = part.trim_matches(|c: char| !is_letter(c));
    if code.is_empty() || code.eq_ignore_ascii_case("k") {
        return None;
    }
    let bare = part.trim_matches(is_letter);
    let is_word = bare.is_empty() && code.chars().count() != 3;
    // What other programs write for no number is none either.
    let is_code = code.len() == 3
        && code.chars().all(|c| c.is_ascii_uppercase())
        && !matches!(code, "NAN" | "INF")
        && code.parse::<Currency>().is_ok();
    let is_sign = matches!(code, "$" | "€" | "£" | "¥");
    (!is_word && (is_code || is_sign)).then_some(code)
}

/// A number without the sign or code of its currency; another currency than the one expected is given back.
fn without_currency(part: &str, expected: Option<Currency>) -> Result<&str, String> {
    let Some(code) = code_of(part) else {
        // Not a currency: what it is instead is told by the reader of numbers.
        return Ok(part);
    };
    if expected.is_none_or(|currency| is_of(currency, code)) {
        Ok(part.trim_matches(is_letter))
    } else {
        Err(code.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_as_typed() {
        let usd = "USD".parse().ok();
        for (text, numbers) in [
            ("14", [14.0; 3]),
            ("8 14 25", [8.0, 14.0, 25.0]),
            ("8,14,25", [8.0, 14.0, 25.0]),
            ("8, 14, 25", [8.0, 14.0, 25.0]),
            ("8/14/25", [8.0, 14.0, 25.0]),
            ("$8 $14 $25", [8.0, 14.0, 25.0]),
            ("14 USD", [14.0; 3]),
            ("1,250", [1250.0; 3]),
            ("1k", [1000.0; 3]),
        ] {
            assert_eq!(typed_figure(Input::Rate, text, usd), Ok(numbers), "{text}");
        }
        let share = typed_figure(Input::ShareRedeployed, "20% 50% 100%", usd).unwrap();
        assert!((share[0] - 0.2).abs() < 1e-12 && (share[2] - 1.0).abs() < 1e-12);
        for (input, text, code) in [
            (Input::Rate, "", "decide.value"),
            (Input::Rate, "8 14", "decide.value"),
            (Input::Rate, "25 14 8", "decide.value"),
            (Input::Rate, "-1", "decide.value"),
            (Input::Rate, "NaN", "decide.value"),
            (Input::Rate, "inf", "decide.value"),
            (Input::Rate, "NAN", "decide.value"),
            (Input::Rate, "1e999", "decide.value"),
            (Input::Rate, "cheap", "decide.value"),
            (Input::Rate, "€14", "decide.currency"),
            (Input::Rate, "8 14 EUR", "decide.currency"),
            (Input::ShareRedeployed, "70", "decide.value"),
            (Input::Rate, "14%", "decide.value"),
            (Input::ShareRedeployed, "110%", "decide.value"),
            (Input::Weeks, "1.5", "decide.value"),
        ] {
            let error = typed_figure(input, text, usd).unwrap_err();
            assert_eq!(error.code, code, "{text}: {error:?}");
        }
    }
}
