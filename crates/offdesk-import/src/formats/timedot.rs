//! timedot: a date line, then lines of an account, two or more blanks and an amount of time.
//!
//! A dot is a quarter of an hour, and so is a letter, which is a tag as well; a bare number is hours; numbers may
//! carry a unit (s m h d w mo y). A date or account may stand behind Org's stars; `#` and `;` begin remarks.

use offdesk_domain::{Day, EntryKind};

use crate::detect::{Format, Head, Nature};
use crate::entry::{Entry, Tags};
use crate::formats::timeclock::account_parts;
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::date::{self, DateText};
use crate::text::duration::{plain_number, scaled};
use crate::text::lines::each_line;

/// A timedot file, as hledger reads it.
pub const FORMAT: Format = Format {
    id: "timedot",
    label: "timedot file",
    kind: EntryKind::Measured,
    sniff: is_timedot,
    read,
};

const QUARTER: i64 = 900;

/// A date line first, then mostly accounts with amounts, one of them in dots or digits.
fn is_timedot(head: &Head<'_>) -> bool {
    if head.nature != Nature::Text {
        return false;
    }
    let mut days = 0;
    let mut items = 0;
    let mut foreign = 0;
    let mut is_sure = false;
    for text in head.text.lines().take(400) {
        match Line::of(text) {
            Line::Remark | Line::Heading => {}
            Line::Date(Ok(_)) => days += 1,
            Line::Item { amount, .. } if days > 0 => match quantity(amount) {
                Ok(Quantity::Length(_)) => {
                    items += 1;
                    is_sure = true;
                }
                Ok(Quantity::Letters) => items += 1,
                Err(_) => foreign += 1,
            },
            _ => foreign += 1,
        }
    }
    is_sure && items > foreign
}

fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut day = None;
    each_line(input, reading, |line, text, reading| {
        match Line::of(text) {
            Line::Remark | Line::Heading => {}
            Line::Date(Ok(date)) => day = Some(date),
            Line::Date(Err(problem)) => {
                day = None;
                reading.problem(problem.at(line).value(text));
            }
            Line::Item {
                account,
                amount,
                comment,
            } => match day {
                Some(day) => item(line, day, account, amount, comment, reading),
                None => reading.problem(
                    Problem::bad("import.no_date", "no date stands above this line")
                        .at(line)
                        .value(text),
                ),
            },
            Line::Bare => reading.problem(
                Problem::left_out(
                    "import.no_duration",
                    "no time stands here, two blanks behind the account",
                )
                .at(line)
                .value(text),
            ),
        }
        Ok(())
    })
}

fn item(
    line: u64,
    day: Day,
    account: &str,
    amount: &str,
    comment: &str,
    reading: &mut Reading<'_>,
) {
    let (client, project, task) = account_parts(account);
    let entry = Entry {
        line,
        client,
        project,
        task,
        description: comment,
        day: Some(day),
        ..Entry::default()
    };
    match quantity(amount) {
        Err(problem) => reading.problem(problem.at(line).value(amount)),
        Ok(Quantity::Length(seconds)) => reading.entry(&Entry { seconds, ..entry }),
        Ok(Quantity::Letters) => {
            let mut letters: Vec<char> = amount.chars().filter(|c| c.is_alphabetic()).collect();
            letters.sort_unstable();
            for same in letters.chunk_by(|a, b| a == b) {
                let Some(letter) = same.first() else { continue };
                let tag = format!("t:{letter}");
                reading.entry(&Entry {
                    tags: Tags::new(&tag, ""),
                    seconds: QUARTER * i64::try_from(same.len()).unwrap_or(i64::MAX / QUARTER),
                    ..entry
                });
            }
        }
    }
}

enum Line<'l> {
    /// Nothing, or a remark.
    Remark,
    /// A heading of Org that is neither date nor account.
    Heading,
    Date(Result<Day, Problem>),
    Item {
        account: &'l str,
        amount: &'l str,
        comment: &'l str,
    },
    /// An account without a time.
    Bare,
}

impl<'l> Line<'l> {
    fn of(text: &'l str) -> Self {
        let stars = text.trim_start_matches('*');
        let is_heading = stars.len() < text.len() && stars.starts_with([' ', '\t']);
        let body = if is_heading { stars } else { text }.trim();
        if body.is_empty() || body.starts_with(['#', ';']) {
            return Self::Remark;
        }
        if (is_heading || !text.starts_with([' ', '\t']))
            && let Some(date) = date_line(body)
        {
            return Self::Date(date);
        }
        let (said, comment) = match body.split_once(';') {
            Some((said, comment)) => (said.trim_end(), comment.trim()),
            None => (body, ""),
        };
        match said.split_once("  ") {
            Some((account, amount)) => Self::Item {
                account: account.trim(),
                amount: amount.trim(),
                comment,
            },
            None if is_heading => Self::Heading,
            None => Self::Bare,
        }
    }
}

/// `None` where the line is no date line; an error where it is one, but without a day.
fn date_line(text: &str) -> Option<Result<Day, Problem>> {
    let wrong = || {
        Problem::bad(
            "import.no_date",
            "this is no date: write the year first, as in 2026-02-12",
        )
    };
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (word, _) = text.split_at_checked(end)?;
    if let Some((date, "")) = date::date_prefix(word) {
        return Some(match date {
            DateText::Known(day) => Ok(day),
            _ => Err(wrong()),
        });
    }
    let parts = word.split(['-', '/', '.']);
    let is_without_year = parts.clone().count() == 2
        && parts
            .into_iter()
            .all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()));
    is_without_year.then(|| Err(wrong()))
}

#[derive(Debug, PartialEq)]
enum Quantity {
    Length(i64),
    /// Letters, a quarter of an hour each.
    Letters,
}

fn quantity(text: &str) -> Result<Quantity, Problem> {
    let is_blank = |c: char| matches!(c, ' ' | '\t');
    if !text.is_empty() && text.chars().all(|c| c == '.' || is_blank(c)) {
        let dots = memchr::memchr_iter(b'.', text.as_bytes()).count();
        return Ok(Quantity::Length(
            QUARTER * i64::try_from(dots).unwrap_or(i64::MAX / QUARTER),
        ));
    }
    if !text.is_empty() && text.chars().all(|c| c.is_alphabetic() || is_blank(c)) {
        return Ok(Quantity::Letters);
    }
    number(text).map(Quantity::Length)
}

fn number(text: &str) -> Result<i64, Problem> {
    let wrong = || {
        Problem::bad(
            "import.duration",
            "this is no amount of time: dots, letters, hours such as 1.5, or 90m",
        )
    };
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let end = text
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end).ok_or_else(wrong)?;
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "" | "h" => 3600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        "mo" => 30 * 86_400,
        "y" => 365 * 86_400,
        _ => return Err(wrong()),
    };
    if let Some((whole, fraction)) = digits.split_once(',')
        && !digits.contains('.')
        && fraction.len() == 3
        && whole != "0"
    {
        return Err(Problem::bad(
            "import.duration_ambiguous",
            "is this comma a decimal mark or a thousands separator? Write a dot",
        ));
    }
    let has_decimal_comma = digits.rfind(',') > digits.rfind('.');
    plain_number(digits, has_decimal_comma)
        .and_then(|plain| scaled(&plain, factor))
        .map(|seconds| sign * seconds)
        .ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts() {
        for (text, seconds) in [
            (".", 900),
            (".... ....", 7200),
            (". . . .", 3600),
            ("3", 10_800),
            ("1.5", 5400),
            ("1,5", 5400),
            ("0,125", 450),
            (".5d", 43_200),
            ("90m", 5400),
            ("1800s", 1800),
            ("3h", 10_800),
            ("0.1w", 60_480),
            ("0.1mo", 259_200),
            ("0.01y", 315_360),
            ("0.333d", 28_771),
            ("-1", -3600),
        ] {
            assert_eq!(quantity(text), Ok(Quantity::Length(seconds)), "{text}");
        }
        assert_eq!(quantity("ccec ecs"), Ok(Quantity::Letters));
        for (text, code) in [
            ("", "import.duration"),
            ("..x", "import.duration"),
            ("2 h", "import.duration"),
            ("1:30", "import.duration"),
            ("1,500", "import.duration_ambiguous"),
            ("1e9", "import.duration"),
            ("99999999999999999999", "import.duration"),
        ] {
            assert_eq!(quantity(text).unwrap_err().code, code, "{text}");
        }
    }
}
