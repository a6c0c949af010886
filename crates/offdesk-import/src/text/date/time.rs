//! Times of day and offsets as exports print them.

use super::number_prefix;
use crate::problem::Problem;

/// Reads a time of day (`8:15`, `08:15:20`, `8:15:20 PM`, `24:00`) from beginning to end, in seconds of the day.
#[must_use]
pub fn time_of_day(text: &str) -> Option<i32> {
    let (seconds, rest) = time_prefix(text.trim())?;
    rest.trim().is_empty().then_some(seconds)
}

/// Reads `Z`, `+01:00`, `+0100`, `+01` or nothing; `Some(None)` for nothing, `None` for anything else.
#[must_use]
pub fn offset_suffix(text: &str) -> Option<Option<i32>> {
    let text = text.trim();
    match text {
        "" => return Some(None),
        "Z" | "z" | "UTC" | "GMT" => return Some(Some(0)),
        _ => {}
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = match digits.len() {
        1 | 2 => (number, 0),
        4 => (number / 100, number % 100),
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(Some(sign * (hours * 3600 + minutes * 60)))
}

/// Reads a time at the beginning of a text. Fractions of a second are dropped; 23:59:60 is the next second.
pub(super) fn time_prefix(text: &str) -> Option<(i32, &str)> {
    if let Some(seconds) = clock_digits(text.as_bytes()) {
        return Some((seconds, ""));
    }
    let (hour, rest) = number_prefix(text)?;
    let rest = rest.strip_prefix([':', 'h'])?;
    let (minute, mut rest) = number_prefix(rest)?;
    if hour.digits > 2 || minute.digits != 2 || minute.value > 59 {
        return None;
    }
    let mut second = 0;
    if let Some(tail) = rest.strip_prefix(':') {
        let (number, tail) = number_prefix(tail)?;
        if number.digits != 2 || number.value > 60 {
            return None;
        }
        second = number.value;
        rest = tail;
        if let Some(fraction) = rest.strip_prefix(['.', ','])
            && fraction.starts_with(|c: char| c.is_ascii_digit())
        {
            rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    let (half, rest) = half_day(rest);
    let hour = match (half, hour.value) {
        (None, hour @ 0..=24) => hour,
        (Some(Half::Am), 12) => 0,
        (Some(Half::Am), hour @ 0..=11) => hour,
        (Some(Half::Pm), 12) => 12,
        (Some(Half::Pm), hour @ 0..=11) => hour + 12,
        _ => return None,
    };
    let seconds = hour * 3600 + minute.value * 60 + second;
    (seconds <= 86_400).then_some((i32::try_from(seconds).ok()?, rest))
}

/// The remark on a leap second such as 23:59:60 in a text that was read as a time; `None` where it has none.
#[must_use]
pub fn leap_second(text: &str) -> Option<Problem> {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_digit)
    };
    // `:60` behind hour and minute, or the last two of six digits behind a T.
    let is_leap = |at: usize| {
        let behind_minutes = at.checked_sub(3).is_some_and(|colon| {
            bytes.get(at - 1) == Some(&b':')
                && is_digit(Some(at - 2))
                && is_digit(Some(colon))
                && is_digit(colon.checked_sub(2))
        });
        let is_compact = at.checked_sub(5).and_then(|t| bytes.get(t)) == Some(&b'T');
        (behind_minutes || is_compact) && !is_digit(Some(at + 2))
    };
    let mut sixties = text.match_indices("60").map(|(at, _)| at);
    sixties.any(is_leap).then(|| {
        let message = "a leap second; taken as the second that follows";
        Problem::note("import.leap_second", message).value(text)
    })
}

/// The commonest forms, `HH:MM:SS` and `HH:MM`, without detours.
pub(crate) fn clock_digits(bytes: &[u8]) -> Option<i32> {
    let pair = |a: &u8, b: &u8, below: i32| -> Option<i32> {
        (a.is_ascii_digit() && b.is_ascii_digit())
            .then(|| i32::from(a - b'0') * 10 + i32::from(b - b'0'))
            .filter(|number| *number < below)
    };
    let (h1, h2, m1, m2, seconds) = match bytes {
        [h1, h2, b':', m1, m2, b':', s1, s2] => (h1, h2, m1, m2, pair(s1, s2, 60)?),
        [h1, h2, b':', m1, m2] => (h1, h2, m1, m2, 0),
        _ => return None,
    };
    Some(pair(h1, h2, 24)? * 3600 + pair(m1, m2, 60)? * 60 + seconds)
}

enum Half {
    Am,
    Pm,
}

fn half_day(text: &str) -> (Option<Half>, &str) {
    let tail = text.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    for (mark, is_pm) in [
        ("am", false),
        ("pm", true),
        ("a.m.", false),
        ("p.m.", true),
        ("a. m.", false),
        ("p. m.", true),
        ("uhr", false),
    ] {
        if let Some(head) = tail.get(..mark.len())
            && head.eq_ignore_ascii_case(mark)
        {
            let rest = tail.get(mark.len()..).unwrap_or("");
            if mark == "uhr" {
                return (None, rest);
            }
            return (Some(if is_pm { Half::Pm } else { Half::Am }), rest);
        }
    }
    (None, text)
}

/// `081500` as in `20260212T081500Z`.
pub(super) fn compact_time(text: &str) -> Option<(i32, &str)> {
    let (number, rest) = number_prefix(text)?;
    let (h, m, s) = match number.digits {
        6 => (
            number.value / 10_000,
            number.value / 100 % 100,
            number.value % 100,
        ),
        4 => (number.value / 100, number.value % 100, 0),
        _ => return None,
    };
    (h < 24 && m < 60 && s < 61).then_some((i32::try_from(h * 3600 + m * 60 + s).ok()?, rest))
}
