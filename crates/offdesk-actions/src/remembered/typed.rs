//! Lines as they are typed: `2h inbox`.

use crate::error::Error;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A line as it is typed: `2h inbox`, `1:30 invoices`, `45m calls`, `1.5 proposals`.
///
/// # Errors
/// `log.duration`, `log.text`.
pub fn read_log_line(text: &str) -> Result<(i64, String), Error> {
    let wrong = || {
        Error::invalid(
            "line",
            "log.duration",
            format!(
                "\"{}\" does not begin with a length of time",
                offdesk_import::problem::shown(text)
            ),
        )
        .hint("such as:  2h inbox   1:30 invoices   45m calls")
    };
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))
        .map_or(text.len(), |(at, _)| at);
    let (mut number, mut rest) = text.split_at(end);
    let mut seconds = 0;
    loop {
        let spaced = rest.trim_start();
        let unit_of =
            |text: &str| -> String { text.chars().take_while(|c| c.is_alphabetic()).collect() };
        if is_unit(&unit_of(spaced)) {
            rest = spaced;
        }
        let unit: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphabetic())
            .collect();
        let has_unit = is_unit(&unit);
        let per = match unit.to_lowercase().chars().next() {
            Some('m') if has_unit => 60,
            _ => 3600,
        };
        let part = if let Some((hours, minutes)) = number.split_once(':') {
            let hours: i64 = hours.parse().map_err(|_| wrong())?;
            let minutes: i64 = minutes.parse().map_err(|_| wrong())?;
            if minutes >= 60 {
                return Err(wrong());
            }
            let seconds = hours.checked_mul(3600);
            seconds
                .and_then(|seconds| seconds.checked_add(minutes.checked_mul(60)?))
                .ok_or_else(wrong)?
        } else {
            let value: Decimal = number.replace(',', ".").parse().map_err(|_| wrong())?;
            let seconds = value.checked_mul(Decimal::from(per));
            seconds
                .and_then(|seconds| seconds.round().to_i64())
                .ok_or_else(wrong)?
        };
        seconds = part.checked_add(seconds).ok_or_else(wrong)?;
        if has_unit {
            rest = &rest[unit.len()..];
        }
        // "1h30m": a second part follows at once.
        let more: String = rest.chars().take_while(|c| c.is_ascii_digit()).collect();
        if !has_unit || more.is_empty() {
            break;
        }
        (number, rest) = rest.split_at(more.len());
    }
    if seconds <= 0 || seconds > 86_400 {
        return Err(Error::invalid(
            "line",
            "log.duration",
            "the length is more than nothing and at most a day",
        ));
    }
    let name = rest.trim();
    if name.is_empty() {
        return Err(Error::invalid("line", "log.text", "what was it?")
            .hint("write it behind the time:  2h inbox"));
    }
    Ok((seconds, name.to_owned()))
}

/// A length of time by itself: `1:30`, `90 min`, and `0:45:30` with seconds.
pub(super) fn read_length(text: &str) -> Result<i64, Error> {
    if let [hours, minutes, seconds] = text.split(':').collect::<Vec<_>>().as_slice()
        && let Ok(more) = seconds.parse::<u8>()
        && more < 60
    {
        // The minutes may be none beside the seconds.
        let minutes = format!("{hours}:{minutes}");
        let whole = match minutes.trim_matches(['0', ':']) {
            "" => 0,
            _ => read_length(&minutes)?,
        };
        if (1..=86_400).contains(&(whole + i64::from(more))) {
            return Ok(whole + i64::from(more));
        }
    }
    match read_log_line(&format!("{text} -"))? {
        (seconds, rest) if rest == "-" => Ok(seconds),
        _ => Err(Error::invalid(
            "line",
            "log.duration",
            format!(
                "\"{}\" is not a length of time",
                offdesk_import::problem::shown(text)
            ),
        )
        .hint("such as:  2h   1:30   45m")),
    }
}

pub(super) fn is_unit(word: &str) -> bool {
    let units = [
        "h", "hr", "hrs", "hour", "hours", "m", "min", "mins", "minutes",
    ];
    units.contains(&word.to_lowercase().as_str())
}
