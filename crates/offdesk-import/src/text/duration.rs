//! Durations in the notations of trackers, as whole seconds.

use crate::table::Unit;

/// What the whole column says about its durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DurationStyle {
    /// What a bare number counts.
    pub unit: Unit,
    /// Values of three parts (`0:25:40`) share the column, so `25:40` is minutes and seconds.
    pub has_three_parts: bool,
    /// The decimal mark is a comma.
    pub has_decimal_comma: bool,
}

impl DurationStyle {
    /// Hours with a dot, `1:30` as hours and minutes.
    pub const PLAIN: Self = Self {
        unit: Unit::Hours,
        has_three_parts: false,
        has_decimal_comma: false,
    };
}

/// Reads a duration from beginning to end; negative where the source prints a minus.
#[must_use]
pub fn duration(text: &str, style: DurationStyle) -> Option<i64> {
    let text = text.trim();
    if let Some(seconds) = clock_digits(text.as_bytes()) {
        return Some(seconds);
    }
    let (sign, text) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1, rest.trim_start()),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let seconds = if text.contains(':') {
        parts(text, style)?
    } else if let Some(iso) = text.strip_prefix(['P', 'p']) {
        iso_duration(iso)?
    } else if text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'\''))
        || text.contains('\u{2019}')
    {
        number_in(text, style.unit, style.has_decimal_comma)?
    } else {
        with_units(text, style.has_decimal_comma)?
    };
    Some(sign * seconds)
}

/// The commonest form, `HH:MM:SS`, without detours.
fn clock_digits(bytes: &[u8]) -> Option<i64> {
    let [h1, h2, b':', m1, m2, b':', s1, s2] = bytes else {
        return None;
    };
    if ![h1, h2, m1, m2, s1, s2].iter().all(|b| b.is_ascii_digit()) || *m1 > b'5' || *s1 > b'5' {
        return None;
    }
    let n = |b: &u8| i64::from(b - b'0');
    Some((n(h1) * 10 + n(h2)) * 3600 + (n(m1) * 10 + n(m2)) * 60 + n(s1) * 10 + n(s2))
}

fn parts(text: &str, style: DurationStyle) -> Option<i64> {
    let lower = text.to_lowercase();
    let (text, is_minutes) = match lower.strip_suffix("min") {
        Some(rest) => (rest.trim_end(), true),
        None => (lower.strip_suffix('h').unwrap_or(&lower).trim_end(), false),
    };
    let numbers: Vec<&str> = text.split(':').collect();
    let whole = |text: &str| -> Option<i64> {
        (!text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok())?
    };
    let below_60 = |text: &str| whole(text).filter(|n| *n < 60 && text.len() <= 2);
    match numbers.as_slice() {
        [h, m, s] => {
            let s = s.split(['.', ',']).next()?;
            Some(whole(h)? * 3600 + below_60(m)? * 60 + below_60(s)?)
        }
        [m, s] if is_minutes || style.has_three_parts => Some(whole(m)? * 60 + below_60(s)?),
        [h, m] => Some(whole(h)? * 3600 + below_60(m)? * 60),
        _ => None,
    }
}

/// `PT1H30M`, `P1DT2H`, `PT5400S`; weeks, days, hours, minutes, seconds.
fn iso_duration(text: &str) -> Option<i64> {
    let mut total: i64 = 0;
    let mut in_time = false;
    let mut number = String::new();
    let mut any = false;
    for c in text.chars() {
        match c.to_ascii_uppercase() {
            'T' => in_time = true,
            c if c.is_ascii_digit() || c == '.' || c == ',' => {
                number.push(if c == ',' { '.' } else { c })
            }
            unit => {
                let factor = match (unit, in_time) {
                    ('W', false) => 604_800,
                    ('D', false) => 86_400,
                    ('H', true) => 3600,
                    ('M', true) => 60,
                    ('S', true) => 1,
                    _ => return None,
                };
                total = total.checked_add(scaled(&number, factor)?)?;
                number.clear();
                any = true;
            }
        }
    }
    (any && number.is_empty()).then_some(total)
}

/// `2h13m`, `2 h 13 min`, `1.5h`, `45 sec`, `38h`, `1 Std. 30 Min.`; days are 24 hours.
fn with_units(text: &str, has_decimal_comma: bool) -> Option<i64> {
    let mut total: i64 = 0;
    let mut rest = text;
    let mut any = false;
    loop {
        rest = rest.trim_start_matches([' ', '\u{a0}', ',']);
        if rest.is_empty() {
            return any.then_some(total);
        }
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
            .filter(|end| *end > 0)?;
        let (number, tail) = rest.split_at_checked(end)?;
        let tail = tail.trim_start();
        let end = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let (unit, tail) = tail.split_at_checked(end)?;
        let factor = match unit.to_lowercase().as_str() {
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "ч" => 3600,
            "m" | "min" | "mins" | "minute" | "minutes" | "minuten" | "мин" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" | "sek" => 1,
            "d" | "day" | "days" => 86_400,
            _ => return None,
        };
        let number = if has_decimal_comma {
            number.replace(',', ".")
        } else {
            number.to_owned()
        };
        total = total.checked_add(scaled(&number, factor)?)?;
        any = true;
        rest = tail.strip_prefix('.').unwrap_or(tail);
    }
}

fn number_in(text: &str, unit: Unit, has_decimal_comma: bool) -> Option<i64> {
    let plain = plain_number(text, has_decimal_comma)?;
    match unit {
        Unit::Hours => scaled(&plain, 3600),
        Unit::Minutes => scaled(&plain, 60),
        Unit::Seconds => scaled(&plain, 1),
        Unit::Milliseconds => {
            let milliseconds = scaled(&plain, 1)?;
            Some((milliseconds + 500) / 1000)
        }
    }
}

/// A number with its thousands separators taken out and a dot as decimal mark; `None` where they are misplaced.
#[must_use]
pub fn plain_number(text: &str, has_decimal_comma: bool) -> Option<String> {
    let (mark, thousands) = if has_decimal_comma {
        (',', '.')
    } else {
        ('.', ',')
    };
    let (whole, fraction) = match text.split_once(mark) {
        Some((whole, fraction)) => (whole, fraction),
        None => (text, ""),
    };
    let groups: Vec<&str> = whole
        .split([thousands, '\'', '\u{2019}', '\u{a0}', '\u{202f}'])
        .collect();
    let (first, rest) = groups.split_first()?;
    if !rest.is_empty()
        && (first.is_empty() || first.len() > 3 || rest.iter().any(|group| group.len() != 3))
    {
        return None;
    }
    let mut plain: String = groups.concat();
    if plain.is_empty() && fraction.is_empty() {
        return None;
    }
    if !plain
        .bytes()
        .chain(fraction.bytes())
        .all(|b| b.is_ascii_digit())
    {
        return None;
    }
    if !fraction.is_empty() {
        plain.push('.');
        plain.push_str(fraction);
    }
    Some(plain)
}

/// A plain decimal number times a factor, rounded half up to whole units, in integers.
#[must_use]
pub fn scaled(number: &str, factor: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() || whole.len() > 12 {
        return None;
    }
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().ok()?
    };
    // Twelve digits of an hour are far below a microsecond.
    let fraction = fraction.get(..fraction.len().min(12))?;
    let numerator: i128 = if fraction.is_empty() {
        0
    } else {
        fraction.parse().ok()?
    };
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let part = (numerator * i128::from(factor) * 2 + scale) / (scale * 2);
    whole
        .checked_mul(factor)?
        .checked_add(i64::try_from(part).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations() {
        let plain = DurationStyle::PLAIN;
        let three = DurationStyle {
            has_three_parts: true,
            ..plain
        };
        let comma = DurationStyle {
            has_decimal_comma: true,
            ..plain
        };
        let seconds = DurationStyle {
            unit: Unit::Seconds,
            ..plain
        };
        let milliseconds = DurationStyle {
            unit: Unit::Milliseconds,
            ..plain
        };
        let minutes = DurationStyle {
            unit: Unit::Minutes,
            ..plain
        };
        for (text, style, expected) in [
            ("00:25:40", plain, 1540),
            ("1:25", plain, 5100),
            ("25:40", three, 1540),
            ("132:10", plain, 475_800),
            ("132:10:05", plain, 475_805),
            ("1.5", plain, 5400),
            ("0.33", plain, 1188),
            ("1,5", comma, 5400),
            ("1.250,0", comma, 4_500_000),
            ("1,250.0", plain, 4_500_000),
            ("1'250.5", plain, 4_501_800),
            ("PT5400S", plain, 5400),
            ("PT1H30M", plain, 5400),
            ("P1DT2H", plain, 93_600),
            ("PT0.5H", plain, 1800),
            ("5400", seconds, 5400),
            ("5400000", milliseconds, 5400),
            ("90", minutes, 5400),
            ("2h13m", plain, 7980),
            ("2h 13m 5s", plain, 7985),
            ("38h", plain, 136_800),
            ("1.5h", plain, 5400),
            ("1,5 Std.", comma, 5400),
            ("45 sec", plain, 45),
            ("25:40 min", plain, 1540),
            ("6:30 h", plain, 23_400),
            ("-1:00", plain, -3600),
            (".5", plain, 1800),
            ("8", plain, 28_800),
            ("0:00:00", plain, 0),
        ] {
            assert_eq!(duration(text, style), Some(expected), "{text} {style:?}");
        }
        for text in [
            "",
            "x",
            "1:60",
            "1:2:3:4",
            "1.2.3",
            "1,23,4",
            "h",
            "1h x",
            "PT",
            "P1M",
            "NaN",
            "1e308",
            "--1",
            "99999999999999999999",
        ] {
            assert_eq!(duration(text, plain), None, "{text}");
        }
    }
}
