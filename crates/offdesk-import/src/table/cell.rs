//! What one cell says: a date with or without a time, in any of the notations met; or that it is damaged.

use crate::text::date::{self, DateText, DateTimeText};

use super::words;

/// A date as a cell prints it, and the weekday beside it (Monday is 0), by language.
#[derive(Debug, Clone, Copy)]
pub struct DateCell {
    /// Date, time, offset.
    pub at: DateTimeText,
    /// The weekday the text begins with.
    pub weekday: Option<[Option<u8>; 7]>,
}

/// Reads a date, also behind a weekday or with the month's name first; `None` if the cell is no date.
#[must_use]
pub fn date(text: &str) -> Option<DateCell> {
    if let Some(at) = date::date_time(text) {
        return Some(DateCell { at, weekday: None });
    }
    let (weekday, text) = match words::weekday_prefix(text) {
        Some((days, rest)) => (Some(days), rest),
        None => (None, text),
    };
    let at = match date::date_time(text) {
        Some(at) => at,
        None => month_first(text)?,
    };
    Some(DateCell { at, weekday })
}

fn month_first(text: &str) -> Option<DateTimeText> {
    let (date, rest) = date::month_first(text)?;
    let rest = rest.trim_start_matches([',', ' ']);
    let time = if rest.trim().is_empty() {
        None
    } else {
        Some(date::time_of_day(rest)?)
    };
    Some(DateTimeText {
        date,
        time,
        offset: None,
    })
}

/// Whether a cell holds a date, possible or not.
#[must_use]
pub fn is_date(text: &str) -> bool {
    date(text).is_some()
}

/// Whether a cell holds a date that exists.
#[must_use]
pub fn is_good_date(text: &str) -> bool {
    date(text).is_some_and(|cell| !matches!(cell.at.date, DateText::Impossible))
}

/// Whether a spreadsheet has put an error or a rounded number in place of the value.
#[must_use]
pub fn is_damaged(text: &str) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    if first == b'#' {
        return text.bytes().all(|b| b == b'#') && text.len() > 3
            || matches!(
                text,
                "#REF!"
                    | "#N/A"
                    | "#VALUE!"
                    | "#DIV/0!"
                    | "#NAME?"
                    | "#NULL!"
                    | "#NUM!"
                    | "#SPILL!"
                    | "#CALC!"
                    | "#BEZUG!"
                    | "#WERT!"
                    | "#NV"
            );
    }
    if !first.is_ascii_digit() {
        return false;
    }
    let Some((number, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let is_number = |text: &str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
    };
    is_number(number) && is_number(exponent.trim_start_matches(['+', '-']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_with_weekdays() {
        for text in [
            "Thu, Feb 12, 2026",
            "Do, 12.02.2026",
            "jeudi 12 février 2026",
            "Thu 2026-02-12 08:15",
            "Feb 12 2026 8:15 AM",
        ] {
            assert!(is_good_date(text), "{text}");
        }
        for text in ["Tues-ish", "Monday", "12", "8:15", "", "Mon"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn damage() {
        for text in ["#REF!", "#N/A", "1.2E+05", "1,2E+05", "1E5", "########"] {
            assert!(is_damaged(text), "{text}");
        }
        for text in ["#12", "#home", "", "E5", "1.2", "1 E", "12e", "###"] {
            assert!(!is_damaged(text), "{text}");
        }
    }
}
