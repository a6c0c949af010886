//! Dates and times as exports print them; what a numeric date leaves open is left to the whole column.

mod time;

use offdesk_domain::Day;

pub(crate) use self::time::clock_digits;
use self::time::{compact_time, time_prefix};
pub use self::time::{leap_second, offset_suffix, time_of_day};
use crate::options::DateOrder;

/// A date as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateText {
    /// No doubt: year first, compact, or with a month's name.
    Known(Day),
    /// `a/b/year`: the column decides which is the month.
    Open {
        /// First number.
        first: u32,
        /// Second number.
        second: u32,
        /// Year, four digits.
        year: i32,
    },
    /// Written like a date, but there is no such day.
    Impossible,
    /// The year has two digits.
    TwoDigitYear,
}

impl DateText {
    /// The day in an order; `None` where there is no such day.
    #[must_use]
    pub fn day(self, order: Option<DateOrder>) -> Option<Day> {
        match (self, order) {
            (Self::Known(day), _) => Some(day),
            (
                Self::Open {
                    first,
                    second,
                    year,
                },
                Some(DateOrder::Dmy),
            ) => Day::from_ymd(year, second, first),
            (
                Self::Open {
                    first,
                    second,
                    year,
                },
                Some(DateOrder::Mdy),
            ) => Day::from_ymd(year, first, second),
            _ => None,
        }
    }
}

/// Date, time of day and offset from UTC, as far as a text has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTimeText {
    /// The date.
    pub date: DateText,
    /// Seconds of the day, 0 to 86,400 (24:00).
    pub time: Option<i32>,
    /// Seconds east of UTC.
    pub offset: Option<i32>,
}

/// Reads a date, with or without time and offset; `None` if the text is not one from beginning to end.
#[must_use]
pub fn date_time(text: &str) -> Option<DateTimeText> {
    let text = text.trim();
    let (date, rest) = date_prefix(text)?;
    let rest = rest.trim_start_matches([' ', 'T', 't', ',', '\u{a0}', '\u{202f}']);
    if rest.is_empty() {
        return Some(DateTimeText {
            date,
            time: None,
            offset: None,
        });
    }
    let (time, rest) = time_prefix(rest).or_else(|| compact_time(rest))?;
    let offset = offset_suffix(rest.trim())?;
    Some(DateTimeText {
        date,
        time: Some(time),
        offset,
    })
}

/// Reads a date at the beginning of a text, and what follows it.
#[must_use]
pub fn date_prefix(text: &str) -> Option<(DateText, &str)> {
    let bytes = text.as_bytes();
    // The commonest first: 2026-02-12.
    if let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, ..] = bytes
        && [y1, y2, y3, y4, m1, m2, d1, d2]
            .iter()
            .all(|b| b.is_ascii_digit())
        && !bytes.get(10).is_some_and(u8::is_ascii_digit)
    {
        let n = |b: &u8| u32::from(b - b'0');
        let year = n(y1) * 1000 + n(y2) * 100 + n(y3) * 10 + n(y4);
        let date = known(year, n(m1) * 10 + n(m2), n(d1) * 10 + n(d2));
        return Some((date, text.get(10..)?));
    }
    let (first, rest) = number_prefix(text)?;
    if first.digits == 8 && !rest.starts_with(['/', '-', '.']) {
        return Some((
            known(
                first.value / 10_000,
                first.value / 100 % 100,
                first.value % 100,
            ),
            rest,
        ));
    }
    let separator = rest.chars().next()?;
    if !matches!(separator, '/' | '-' | '.' | ' ' | '\u{a0}') {
        return None;
    }
    let rest = rest.get(separator.len_utf8()..)?.trim_start();
    let Some((second, rest)) = number_prefix(rest) else {
        return named_month(first, rest);
    };
    let rest = rest.strip_prefix(separator)?;
    let (third, rest) = number_prefix(rest.trim_start())?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = if separator == '.' {
        rest.strip_prefix('.').unwrap_or(rest)
    } else {
        rest
    };
    let date = match (first.digits, second.digits, third.digits) {
        (4, 1 | 2, 1 | 2) => known(first.value, second.value, third.value),
        (1 | 2, 1 | 2, 4) => open(first.value, second.value, third.value),
        (1 | 2, 1 | 2, 2) => DateText::TwoDigitYear,
        _ => return None,
    };
    Some((date, rest))
}

/// `12 Feb 2026`, `12/Feb/26`, `12. Februar 2026`; and from a month: see [`month_first`].
fn named_month(day: Number, rest: &str) -> Option<(DateText, &str)> {
    let rest = rest.strip_prefix("de ").unwrap_or(rest);
    let (month, rest) = month_prefix(rest)?;
    let rest = rest.trim_start_matches(['.', ',', '/', '-', ' ', '\u{a0}']);
    let rest = rest.strip_prefix("de ").unwrap_or(rest);
    let (year, rest) = number_prefix(rest)?;
    let year = named_year(year)?;
    Some((known(year, month, day.value), rest))
}

/// `Feb 12 2026`, `February 12, 2026`, also behind a weekday: `Thu, Feb 12, 2026`.
#[must_use]
pub fn month_first(text: &str) -> Option<(DateText, &str)> {
    let text = weekday_prefix(text).unwrap_or(text);
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return date_prefix(text);
    }
    let (month, rest) = month_prefix(text)?;
    let rest = rest.trim_start_matches(['.', ' ', '-', '/']);
    let (day, rest) = number_prefix(rest)?;
    let rest = rest
        .trim_start_matches(|c: char| c.is_ascii_alphabetic())
        .trim_start_matches([',', ' ', '-', '/']);
    let (year, rest) = number_prefix(rest)?;
    Some((known(named_year(year)?, month, day.value), rest))
}

fn weekday_prefix(text: &str) -> Option<&str> {
    let word: String = text
        .chars()
        .take_while(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let known = word.len() >= 3
        && DAYS.iter().any(|day| {
            day.starts_with(&word)
                || (word.len() <= 5 && day.starts_with(word.get(..3).unwrap_or(&word)))
        });
    if !known {
        return None;
    }
    Some(
        text.trim_start_matches(char::is_alphabetic)
            .trim_start_matches(['.', ',', ' ']),
    )
}

/// A year beside a month's name: four digits, or two, which then can only be a year.
fn named_year(year: Number) -> Option<u32> {
    match year.digits {
        4 => Some(year.value),
        2 => Some(2000 + year.value),
        _ => None,
    }
}

fn known(year: u32, month: u32, day: u32) -> DateText {
    let year = i32::try_from(year).unwrap_or(0);
    Day::from_ymd(year, month, day).map_or(DateText::Impossible, DateText::Known)
}

fn open(first: u32, second: u32, year: u32) -> DateText {
    let year = i32::try_from(year).unwrap_or(0);
    let some = Day::from_ymd(year, first, second).or_else(|| Day::from_ymd(year, second, first));
    if some.is_some() {
        DateText::Open {
            first,
            second,
            year,
        }
    } else {
        DateText::Impossible
    }
}

#[derive(Clone, Copy)]
struct Number {
    value: u32,
    digits: usize,
}

fn number_prefix(text: &str) -> Option<(Number, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 8 {
        return None;
    }
    let (number, rest) = text.split_at_checked(digits)?;
    Some((
        Number {
            value: number.parse().ok()?,
            digits,
        },
        rest,
    ))
}

/// Names of months: English, German, French, Spanish, Italian, Portuguese, Dutch, Russian; the shortest
/// beginning that is unmistakable, lower case.
const MONTHS: [&[&str]; 12] = [
    &["jan", "ene", "gen", "янв", "jän"],
    &["feb", "fév", "fev", "фев"],
    &["mar", "mär", "mrt", "maart", "mrz", "мар"],
    &["apr", "avr", "abr", "апр"],
    &["may", "mai", "mag", "mei", "май", "мая"],
    &["jun", "juin", "giu", "июн"],
    &["jul", "juil", "lug", "июл"],
    &["aug", "aoû", "aou", "ago", "авг"],
    &["sep", "set", "сен"],
    &["oct", "okt", "ott", "out", "окт"],
    &["nov", "ноя"],
    &["dec", "dez", "déc", "dic", "дек"],
];

fn month_prefix(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    if word.chars().count() < 3 || word.chars().count() > 12 {
        return None;
    }
    let word = word.to_lowercase();
    let at = MONTHS
        .iter()
        .position(|names| names.iter().any(|name| word.starts_with(name)))?;
    Some((u32::try_from(at).ok()? + 1, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    #[test]
    fn dates_without_doubt() {
        for text in [
            "2026-02-12",
            "2026/02/12",
            "2026.02.12",
            "20260212",
            "12 Feb 2026",
            "12/Feb/26",
            "12. Februar 2026",
            "12-fév-2026",
            "2026-2-12",
            "12 de febrero de 2026",
        ] {
            let read = date_time(text).unwrap_or_else(|| {
                let (date, _) = month_first(text).unwrap_or_else(|| panic!("{text}"));
                DateTimeText {
                    date,
                    time: None,
                    offset: None,
                }
            });
            assert_eq!(read.date, DateText::Known(day("2026-02-12")), "{text}");
        }
        for text in [
            "Feb 12 2026",
            "February 12, 2026",
            "Thu, Feb 12, 2026",
            "Feb 12th, 2026",
        ] {
            assert_eq!(
                month_first(text).unwrap().0,
                DateText::Known(day("2026-02-12")),
                "{text}"
            );
        }
    }

    #[test]
    fn open_dates_take_the_order_of_the_column() {
        let open = date_time("02/12/2026").unwrap().date;
        assert_eq!(open.day(Some(DateOrder::Dmy)), Some(day("2026-12-02")));
        assert_eq!(open.day(Some(DateOrder::Mdy)), Some(day("2026-02-12")));
        assert_eq!(open.day(None), None);
        let by_value = date_time("23.02.2026").unwrap().date;
        assert_eq!(by_value.day(Some(DateOrder::Mdy)), None);
        assert_eq!(date_time("12/02/26").unwrap().date, DateText::TwoDigitYear);
    }

    #[test]
    fn impossible_dates() {
        for text in [
            "2026-02-31",
            "31/02/2026",
            "2026-13-01",
            "20261301",
            "45/45/2026",
        ] {
            assert_eq!(
                date_time(text).map(|d| d.date),
                Some(DateText::Impossible),
                "{text}"
            );
        }
        for text in [
            "",
            "Tues-ish",
            "12",
            "2026",
            "1.5",
            "12/2026",
            "2026-02-123",
            "2026-02-12x",
        ] {
            assert!(date_time(text).is_none(), "{text}");
        }
    }

    #[test]
    fn times_and_offsets() {
        let check = |text: &str, time: i32, offset: Option<i32>| {
            let read = date_time(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((read.time, read.offset), (Some(time), offset), "{text}");
        };
        check("2026-02-12 08:15", 29_700, None);
        check("2026-02-12T08:15:20Z", 29_720, Some(0));
        check("2026-02-12T08:15:20.123456+01:00", 29_720, Some(3600));
        check("2026-02-12T08:15:20+0100", 29_720, Some(3600));
        check("20260212T081520Z", 29_720, Some(0));
        check("23/02/2026 9:00", 32_400, None);
        check("12/Feb/26 03:26 PM", 55_560, None);
        for (text, seconds) in [
            ("8:15:20 AM", 29_720),
            ("12:00 AM", 0),
            ("12:30 pm", 45_000),
            ("24:00", 86_400),
            ("23:59:60", 86_400),
            ("8h15", 29_700),
            ("9:05\u{202f}PM", 75_900),
        ] {
            assert_eq!(time_of_day(text), Some(seconds), "{text}");
        }
        for text in [
            "24:01", "25:00", "8:60", "13:00 PM", "8", "8:5", "x", "8:15x",
        ] {
            assert_eq!(time_of_day(text), None, "{text}");
        }
    }
}
