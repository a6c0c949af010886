//! Weeks in words: `2026-W07`, `KW 7 2026`, `Week of 9 Feb 2026`, and the days of a grid's header.

use offdesk_domain::Day;

use crate::options::DateOrder;
use crate::table::cell;
use crate::table::facts::weekday_number;
use crate::table::words;
use crate::text::date::{self, DateText};

/// The days of a grid's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heads {
    /// Dates, each in its column.
    Dated(Vec<(usize, DateText)>),
    /// Dates without a year, as written.
    Yearless(Vec<(usize, String)>),
    /// Weekdays; Monday is 0.
    Weekdays(Vec<(usize, u8)>),
}

/// Fewer day columns do not make a grid.
const FEWEST: usize = 5;

/// The day columns of a header; `None` where it has fewer than five.
pub fn heads<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> Option<Heads> {
    let dated: Vec<(usize, DateText)> = cells
        .clone()
        .enumerate()
        .filter_map(|(column, text)| {
            let at = cell::date(text)?.at;
            let is_day = matches!(at.date, DateText::Known(_) | DateText::Open { .. });
            (is_day && at.time.is_none()).then_some((column, at.date))
        })
        .collect();
    if dated.len() >= FEWEST {
        return Some(Heads::Dated(dated));
    }
    // A leap year, so that 29 February passes.
    let yearless: Vec<(usize, String)> = cells
        .clone()
        .enumerate()
        .filter(|(_, text)| with_year(text, 2024).is_some())
        .map(|(column, text)| (column, text.to_owned()))
        .collect();
    if yearless.len() >= FEWEST {
        return Some(Heads::Yearless(yearless));
    }
    let by_language = (0..7).map(|language| {
        let mut days: Vec<(usize, u8)> = Vec::new();
        for (column, text) in cells.clone().enumerate() {
            let day = words::weekdays(text).get(language).copied().flatten();
            if let Some(day) = day
                && days.iter().all(|(_, known)| *known != day)
            {
                days.push((column, day));
            }
        }
        days
    });
    let days = by_language.max_by_key(Vec::len)?;
    (days.len() >= FEWEST).then_some(Heads::Weekdays(days))
}

/// A decimal number rather than a day and a month: `1.5` and `7,25` are hours, `09.02` is a day.
fn is_decimal(text: &str) -> bool {
    let Some((whole, fraction)) = text.split_once(['.', ',']) else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    is_number(whole) && is_number(fraction) && !(whole.len() == 2 && fraction.len() == 2)
}

/// A date without a year, such as `Mon 9 Feb`, `09/02`, `9.2.`, in a year.
#[must_use]
pub fn with_year(text: &str, year: i32) -> Option<DateText> {
    let text = match words::weekday_prefix(text) {
        Some((_, rest)) => rest,
        None => text,
    };
    if !text.contains(|c: char| c.is_ascii_digit()) || text.len() > 24 {
        return None;
    }
    if is_decimal(text) {
        return None;
    }
    let joined = ["/", "", "-", " ", "."].map(|joint| format!("{text}{joint}{year}"));
    joined.iter().find_map(|text| {
        let at = cell::date(text)?.at;
        let is_day = matches!(at.date, DateText::Known(_) | DateText::Open { .. });
        // The year must have been read as the year.
        let has_year = match at.date {
            DateText::Known(day) => day.date().year() == i16::try_from(year).unwrap_or(0),
            _ => true,
        };
        (is_day && has_year && at.time.is_none()).then_some(at.date)
    })
}

/// The days of dated columns: the order of day and month in which they follow each other.
/// `None` where no order or more than one does.
#[must_use]
pub fn days(dates: &[(usize, DateText)], asked: Option<DateOrder>) -> Option<Vec<(usize, Day)>> {
    let read = |order: DateOrder| -> Option<Vec<(usize, Day)>> {
        let days: Option<Vec<(usize, Day)>> = dates
            .iter()
            .map(|(column, date)| Some((*column, date.day(Some(order))?)))
            .collect();
        let days = days?;
        let steps = days.windows(2).map(|pair| match pair {
            [(_, a), (_, b)] => b.0 - a.0,
            _ => 1,
        });
        steps
            .into_iter()
            .all(|step| (1..=4).contains(&step))
            .then_some(days)
    };
    match (read(DateOrder::Dmy), read(DateOrder::Mdy)) {
        (Some(dmy), Some(mdy)) if dmy == mdy => Some(dmy),
        (Some(dmy), Some(mdy)) => match asked {
            Some(DateOrder::Dmy) => Some(dmy),
            Some(DateOrder::Mdy) => Some(mdy),
            _ => None,
        },
        (dmy, mdy) => dmy.or(mdy),
    }
}

/// The dates of columns without a year, from a year on; a new year may begin among them.
#[must_use]
pub fn dates_from(heads: &[(usize, String)], year: i32) -> Vec<(usize, DateText)> {
    let mut out: Vec<(usize, DateText)> = Vec::new();
    let mut year = year;
    let month = |date: DateText| match date {
        DateText::Known(day) => u32::from(day.date().month().unsigned_abs()),
        DateText::Open { first, second, .. } => first.max(second),
        _ => 0,
    };
    for (column, text) in heads {
        let Some(date) = with_year(text, year) else {
            continue;
        };
        let is_turn = matches!(date, DateText::Known(_))
            && month(date) == 1
            && out.last().is_some_and(|(_, last)| month(*last) == 12);
        if is_turn {
            year += 1;
        }
        out.extend(with_year(text, year).map(|date| (*column, date)));
    }
    out
}

/// A year between 1990 and 2099 that stands alone in a text.
#[must_use]
pub fn year_in(text: &str) -> Option<i32> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse().ok())
        .find(|year| (1990..=2099).contains(year))
}

/// A day of the week that a text names: an ISO week, or a date in it. `year` is that of a bare week number;
/// `first` is the grid's first weekday, which tells day from month.
#[must_use]
pub fn day_in(text: &str, year: Option<i32>, first: u8, asked: Option<DateOrder>) -> Option<Day> {
    if let Some(day) = numbered_week(text, year_in(text).or(year)) {
        return Some(day);
    }
    let date = first_date(text)?;
    if let DateText::Known(day) = date {
        return Some(day);
    }
    let (dmy, mdy) = (
        date.day(Some(DateOrder::Dmy)),
        date.day(Some(DateOrder::Mdy)),
    );
    let begins = |day: Option<Day>| day.filter(|day| weekday_number(*day) == first);
    match (begins(dmy), begins(mdy), asked) {
        (Some(day), None, _) | (None, Some(day), _) => Some(day),
        (_, _, Some(DateOrder::Dmy)) => dmy,
        (_, _, Some(DateOrder::Mdy)) => mdy,
        _ if dmy.is_none() || mdy.is_none() || dmy == mdy => dmy.or(mdy),
        _ => None,
    }
}

/// The first date inside a text.
fn first_date(text: &str) -> Option<DateText> {
    let mut was_word = false;
    for (at, c) in text.char_indices() {
        let is_start = !was_word && c.is_alphanumeric();
        was_word = c.is_alphanumeric();
        let Some(rest) = text.get(at..).filter(|_| is_start) else {
            continue;
        };
        let found = date::date_prefix(rest).or_else(|| date::month_first(rest));
        if let Some((date @ (DateText::Known(_) | DateText::Open { .. }), _)) = found {
            return Some(date);
        }
    }
    None
}

/// `W07`, `KW 7`, `week 7`, `semaine 7`, or nothing but a number from 1 to 53: the Monday of that ISO week.
fn numbered_week(text: &str, year: Option<i32>) -> Option<Day> {
    let lower = text.to_lowercase();
    let number = |rest: &str| -> Option<i32> {
        let rest = rest.trim_start_matches([' ', '-', '.', ':', '#', '_']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let week: i32 = rest.get(..digits).filter(|d| d.len() <= 2)?.parse().ok()?;
        (1..=53).contains(&week).then_some(week)
    };
    let marks = [
        "kw",
        "week",
        "wk",
        "woche",
        "semaine",
        "semana",
        "settimana",
        "sem",
        "w",
    ];
    let marked = marks.iter().find_map(|mark| {
        lower.match_indices(mark).find_map(|(at, _)| {
            let before = lower.get(..at)?.chars().last();
            (!before.is_some_and(char::is_alphabetic))
                .then(|| number(lower.get(at + mark.len()..)?))?
        })
    });
    let bare = || number(&lower).filter(|_| lower.trim().bytes().all(|b| b.is_ascii_digit()));
    monday(year?, marked.or_else(bare)?)
}

/// The Monday of an ISO week.
#[must_use]
pub fn monday(year: i32, week: i32) -> Option<Day> {
    let fourth = Day::from_ymd(year, 1, 4)?;
    Some(Day(
        fourth.0 - i32::from(weekday_number(fourth)) + (week - 1) * 7
    ))
}

/// The day of a weekday in the week that holds `day` and begins on weekday `first`.
#[must_use]
pub fn day_of(weekday: u8, day: Day, first: u8) -> Day {
    let back = (i32::from(weekday_number(day)) - i32::from(first)).rem_euclid(7);
    let ahead = (i32::from(weekday) - i32::from(first)).rem_euclid(7);
    Day(day.0 - back + ahead)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::from_date(text.parse().unwrap())
    }

    fn heads_of(line: &str) -> Option<Heads> {
        heads(line.split('|'))
    }

    #[test]
    fn headers_of_grids() {
        assert!(
            matches!(heads_of("Project|Mon|Tue|Wed|Thu|Fri|Total"), Some(Heads::Weekdays(d)) if d.len() == 5 && d[0] == (1, 0))
        );
        assert!(
            matches!(heads_of("Projekt|Mo|Di|Mi|Do|Fr|Sa|So"), Some(Heads::Weekdays(d)) if d.len() == 7 && d[6] == (7, 6))
        );
        assert!(
            matches!(heads_of("|lun|mar|mer|jeu|ven"), Some(Heads::Weekdays(d)) if d.len() == 5)
        );
        assert!(matches!(
            heads_of("P|2026-02-09|2026-02-10|2026-02-11|2026-02-12|2026-02-13"),
            Some(Heads::Dated(_))
        ));
        assert!(matches!(
            heads_of("P|Mon 9 Feb|Tue 10 Feb|Wed 11 Feb|Thu 12 Feb|Fri 13 Feb"),
            Some(Heads::Yearless(_))
        ));
        for line in [
            "Project|Mon|Tue|Wed|Thu",
            "a|b|c|d|e|f",
            "1|2|3|4|5|6",
            "8|8.5|7|1.5|2|3",
            "me|so|do|di|x|y",
        ] {
            assert_eq!(heads_of(line), None, "{line}");
        }
    }

    #[test]
    fn order_by_following_days() {
        let dates = |line: &str, year| {
            let Some(Heads::Yearless(heads)) = heads_of(line) else {
                panic!("{line}")
            };
            days(&dates_from(&heads, year), None).map(|d| (d[0].1, d[d.len() - 1].1))
        };
        let week = Some((day("2026-02-09"), day("2026-02-13")));
        assert_eq!(dates("09/02|10/02|11/02|12/02|13/02", 2026), week);
        assert_eq!(dates("2/9|2/10|2/11|2/12|2/13", 2026), week);
        assert_eq!(
            dates("Mo 09.02.|Di 10.02.|Mi 11.02.|Do 12.02.|Fr 13.02.", 2026),
            week
        );
        assert_eq!(dates("Feb 9|Feb 10|Feb 11|Feb 12|Feb 13", 2026), week);
        assert_eq!(
            dates("29 Dec|30 Dec|31 Dec|1 Jan|2 Jan", 2025),
            Some((day("2025-12-29"), day("2026-01-02")))
        );
    }

    #[test]
    fn weeks_in_words() {
        for text in [
            "2026-W07",
            "KW 7 2026",
            "KW07/2026",
            "Week 7, 2026",
            "Week of 9 Feb 2026",
            "Woche vom 09.02.2026",
            "Week ending 2026-02-15",
            "timesheet 2026-02-11",
            "9/2/2026",
        ] {
            let found = day_in(text, None, 0, None).map(|d| day_of(0, d, 0));
            assert_eq!(found, Some(day("2026-02-09")), "{text}");
        }
        assert_eq!(day_in("7", Some(2026), 0, None), Some(day("2026-02-09")));
        for text in ["7", "Timesheet", "", "weekly report", "Room 12"] {
            assert_eq!(day_in(text, None, 0, None), None, "{text}");
        }
        // A week from Sunday on: the Sunday before.
        assert_eq!(day_of(6, day("2026-02-11"), 6), day("2026-02-08"));
        assert_eq!(day_of(0, day("2026-02-08"), 6), day("2026-02-09"));
    }
}
