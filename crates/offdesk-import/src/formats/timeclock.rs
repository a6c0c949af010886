//! timeclock: a line `i DATE TIME account  description ; comment` clocks in, a line `o DATE TIME` clocks out.
//!
//! Dates are year first with `-`, `/` or `.`; a zone behind the time is accepted and has no meaning. Several
//! sessions may be open at once, and `o` may name the account it closes. `O` closes, too; `h` and `b` are no times.

use offdesk_domain::{Day, EntryKind};

use crate::detect::{Format, Head, Nature};
use crate::entry::Entry;
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::Clock;
use crate::text::date::{self, DateText};
use crate::text::lines::each_line;
use crate::text::span::{between, wall_seconds};

/// A timeclock file, as written by Emacs, ledger and hledger.
pub const FORMAT: Format = Format {
    id: "timeclock",
    label: "timeclock file",
    kind: EntryKind::Measured,
    sniff: is_timeclock,
    read,
};

/// Sessions open at once; the oldest is given up beyond that.
const MOST_OPEN: usize = 256;

fn is_timeclock(head: &Head<'_>) -> bool {
    if head.nature != Nature::Text {
        return false;
    }
    let mut lines = head.text.lines().filter(|line| !is_remark(line));
    let first = lines.next();
    let is_clock = |line: &str| matches!(line_of(line), Some(Line::In(_) | Line::Out(_)));
    let is_in = |line: &str| matches!(line_of(line), Some(Line::In(Ok(_))));
    first.is_some_and(|line| is_clock(line) || line_of(line) == Some(Line::Other))
        && first.into_iter().chain(lines).take(1000).any(is_in)
}

fn line_of(text: &str) -> Option<Line<'_>> {
    Line::of(text, &mut LastDay::default())
}

fn is_remark(line: &str) -> bool {
    match line.as_bytes().first() {
        // By far the most.
        Some(b'i' | b'o') => false,
        Some(b';' | b'#' | b'*' | b'%' | b'|') => true,
        Some(byte) if byte.is_ascii_alphanumeric() => false,
        _ => line.trim().is_empty(),
    }
}

fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut book = Book {
        clock: Clock::new(&reading.zone()),
        open: Vec::new(),
        spare: Vec::new(),
    };
    let mut last_day = LastDay::default();
    each_line(input, reading, |line, text, reading| {
        if is_remark(text) {
            return Ok(());
        }
        let read = Line::of(text, &mut last_day);
        if let Some(Line::In(Ok(stamp)) | Line::Out(Ok(stamp))) = &read
            && stamp.has_leap_second
            && let Some(note) = date::leap_second(text)
        {
            reading.problem(note.at(line));
        }
        match read {
            Some(Line::In(Ok(stamp))) => book.clock_in(line, &stamp, reading),
            Some(Line::Out(Ok(stamp))) => book.clock_out(line, &stamp, reading),
            Some(Line::In(Err(problem))) => reading.problem(problem.at(line).value(text)),
            Some(Line::Out(Err(problem))) => {
                // What it was to close must not be closed by a later line.
                if let Some(session) = book.open.pop() {
                    book.spare.push(session);
                }
                reading.problem(problem.at(line).value(text));
            }
            Some(Line::Other) => {}
            None => reading.problem(
                Problem::bad(
                    "import.line",
                    "this is no timeclock line: they begin with i or o and a date",
                )
                .at(line)
                .value(text),
            ),
        }
        Ok(())
    })?;
    for session in &book.open {
        reading.problem(
            Problem::left_out("import.running", "never clocked out: still running")
                .at(session.line)
                .value(&session.account),
        );
    }
    Ok(())
}

/// One line, by its letter.
#[derive(Debug, PartialEq)]
enum Line<'l> {
    In(Result<Stamp<'l>, Problem>),
    Out(Result<Stamp<'l>, Problem>),
    /// Hours required, bank holidays: no times.
    Other,
}

#[derive(Debug, PartialEq)]
struct Stamp<'l> {
    day: Day,
    time: i32,
    has_leap_second: bool,
    account: &'l str,
    description: &'l str,
}

impl<'l> Line<'l> {
    fn of(text: &'l str, last: &mut LastDay) -> Option<Self> {
        // By far the most: a letter, a blank and the year.
        if let [letter @ (b'i' | b'o'), b' ', b'0'..=b'9', ..] = text.as_bytes() {
            let stamp = Stamp::of(text.get(2..).unwrap_or(""), last);
            return Some(if *letter == b'i' {
                Self::In(stamp)
            } else {
                Self::Out(stamp)
            });
        }
        let (letter, rest) = text.split_at_checked(1)?;
        if !rest.starts_with([' ', '\t']) {
            return None;
        }
        let rest = rest.trim_start();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match letter {
            "i" => Some(Self::In(Stamp::of(rest, last))),
            "o" | "O" => Some(Self::Out(Stamp::of(rest, last))),
            "h" | "b" => Some(Self::Other),
            _ => None,
        }
    }
}

impl<'l> Stamp<'l> {
    fn of(text: &'l str, last: &mut LastDay) -> Result<Self, Problem> {
        let mut has_leap_second = false;
        let ((day, time), rest) = match plain_stamp(text, last) {
            Some(read) => read,
            None => {
                let ((day, time), rest) = any_stamp(text)?;
                let stamp = text.get(..text.len() - rest.len()).unwrap_or("");
                has_leap_second = date::leap_second(stamp).is_some();
                // The second that follows 23:59:60 is the first of the next day.
                let is_next = has_leap_second && time == 86_400;
                let next = (Day(day.0.saturating_add(1)), 0);
                (if is_next { next } else { (day, time) }, rest)
            }
        };
        let (account, description) = if rest.is_empty() {
            ("", "")
        } else {
            let rest = match rest.as_bytes() {
                [b' ', next, ..] if next.is_ascii_graphic() => rest.get(1..).unwrap_or(""),
                _ => rest.trim_start(),
            };
            account_and_text(rest)
        };
        Ok(Self {
            day,
            time,
            has_leap_second,
            account,
            description,
        })
    }

    fn wall(&self) -> i64 {
        wall_seconds(self.day, self.time)
    }
}

/// `2026-02-12 08:15:00` without detours, and what follows: nearly every line of nearly every file.
fn plain_stamp<'l>(text: &'l str, last: &mut LastDay) -> Option<((Day, i32), &'l str)> {
    let bytes = text.as_bytes();
    if bytes.get(10) != Some(&b' ') || !matches!(bytes.get(19), None | Some(b' ')) {
        return None;
    }
    let time = date::clock_digits(bytes.get(11..19)?)?;
    let day = last.day(text.get(..10)?)?;
    Some(((day, time), text.get(19..)?))
}

/// The date read last: most lines have that of the line before.
#[derive(Default)]
struct LastDay {
    text: [u8; 10],
    day: Option<Day>,
}

impl LastDay {
    fn day(&mut self, text: &str) -> Option<Day> {
        if self.text != text.as_bytes() {
            self.text = text.as_bytes().try_into().ok()?;
            self.day = match date::date_prefix(text) {
                Some((DateText::Known(day), _)) => Some(day),
                _ => None,
            };
        }
        self.day
    }
}

/// Date and time in every form, and what follows.
fn any_stamp(text: &str) -> Result<((Day, i32), &str), Problem> {
    let no_date = || {
        Problem::bad(
            "import.no_date",
            "this is no date: write the year first, as in 2026-02-12",
        )
    };
    let (date, rest) = date::date_prefix(text).ok_or_else(no_date)?;
    let DateText::Known(day) = date else {
        return Err(no_date());
    };
    let rest = rest.trim_start();
    let end = memchr::memchr2(b' ', b'\t', rest.as_bytes()).unwrap_or(rest.len());
    let (clock, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let zone = memchr::memchr3(b'+', b'-', b'Z', clock.as_bytes()).unwrap_or(clock.len());
    let clock = clock.get(..zone).unwrap_or(clock);
    let time = date::time_of_day(clock)
        .ok_or_else(|| Problem::bad("import.time", "this is no time such as 8:15"))?;
    Ok(((day, time), rest))
}

/// Account, and what is said about it: the description behind two blanks, else the comment behind `;`.
fn account_and_text(text: &str) -> (&str, &str) {
    if is_plain(text) {
        return (text, "");
    }
    let (text, comment) = match memchr::memchr(b';', text.as_bytes()) {
        Some(at) => text.split_at_checked(at).unwrap_or((text, "")),
        None => (text, ""),
    };
    let comment = comment.trim_start_matches(';').trim();
    let text = text.trim_end();
    let pairs = text.as_bytes().windows(2);
    let gap = pairs
        .into_iter()
        .position(|pair| pair == b"  ")
        .or_else(|| memchr::memchr(b'\t', text.as_bytes()));
    let (account, description) = gap
        .and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""));
    let description = description.trim();
    if description.is_empty() {
        (account.trim(), comment)
    } else {
        (account.trim(), description)
    }
}

/// Words with one blank between them and nothing that ends an account, as nearly all are.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let goes_on = text.bytes().all(|byte| {
        let is_blank = byte == b' ' && before != b' ';
        before = byte;
        is_blank || (byte.is_ascii_graphic() && byte != b';')
    });
    goes_on && (before != b' ' || text.is_empty())
}

/// Client, project and task of an account: one part is a project, two are client and project.
pub(crate) fn account_parts(account: &str) -> (&str, &str, &str) {
    // Accounts are short: looking at one byte after the other is faster than a search made ready for long texts.
    let split = |text: &'_ str| text.bytes().position(|byte| byte == b':');
    let Some(first) = split(account) else {
        return ("", trimmed(account), "");
    };
    let (client, rest) = parted(account, first);
    match split(rest) {
        None => (trimmed(client), trimmed(rest), ""),
        Some(second) => {
            let (project, task) = parted(rest, second);
            (trimmed(client), trimmed(project), trimmed(task))
        }
    }
}

/// What stands before a byte of ASCII, and what behind it.
fn parted(text: &str, at: usize) -> (&str, &str) {
    (
        text.get(..at).unwrap_or(""),
        text.get(at + 1..).unwrap_or(""),
    )
}

/// Trimmed; a look at both ends is enough for nearly all.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[derive(Default)]
struct Session {
    line: u64,
    wall: i64,
    account: String,
    description: String,
}

struct Book {
    clock: Clock,
    open: Vec<Session>,
    /// Closed sessions, kept for their memory.
    spare: Vec<Session>,
}

impl Book {
    fn clock_in(&mut self, line: u64, stamp: &Stamp<'_>, reading: &mut Reading<'_>) {
        if stamp.time >= 86_400 {
            reading.problem(
                Problem::bad("import.time", "24:00 ends a day, but nothing starts then").at(line),
            );
            return;
        }
        let same = self.open.iter().position(|s| s.account == stamp.account);
        let lost = same.or((self.open.len() >= MOST_OPEN).then_some(0));
        if let Some(lost) = lost {
            let session = self.open.remove(lost);
            reading.problem(
                Problem::bad(
                    "import.unpaired",
                    format!("clocked in again on line {line} without clocking out"),
                )
                .at(session.line)
                .value(&session.account),
            );
            self.spare.push(session);
        }
        let mut session = self.spare.pop().unwrap_or_default();
        session.line = line;
        session.wall = stamp.wall();
        stamp.account.clone_into(&mut session.account);
        stamp.description.clone_into(&mut session.description);
        self.open.push(session);
    }

    fn clock_out(&mut self, line: u64, stamp: &Stamp<'_>, reading: &mut Reading<'_>) {
        let unpaired = |message: &str| Problem::bad("import.unpaired", message).at(line);
        let named = self
            .open
            .iter()
            .rposition(|session| !stamp.account.is_empty() && session.account == stamp.account);
        let at = match (named, self.open.len()) {
            (Some(at), _) => at,
            (None, 0) => {
                reading.problem(unpaired("clocked out without having clocked in"));
                return;
            }
            (None, 1) => 0,
            (None, open) if stamp.account.is_empty() => open - 1,
            (None, _) => {
                reading.problem(
                    unpaired("several sessions are open, and none is of this account")
                        .value(stamp.account),
                );
                return;
            }
        };
        let session = self.open.remove(at);
        let (client, project, task) = account_parts(&session.account);
        let span = between(&self.clock, session.wall, stamp.wall(), None);
        if let Some(doubt) = span.doubt {
            reading.problem(doubt.remark().at(session.line));
        }
        let description = if session.description.is_empty() && named.is_none() {
            // The old clients take the closing line's text as a word about what was done.
            stamp.account
        } else {
            &session.description
        };
        reading.entry(&Entry {
            line: session.line,
            client,
            project,
            task,
            description,
            day: Some(Day::from_epoch_seconds(session.wall)),
            span: Some((span.start, span.end)),
            seconds: span.end - span.start,
            ..Entry::default()
        });
        self.spare.push(session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_texts() {
        for (text, expected) in [
            ("", ("", "")),
            ("acme", ("acme", "")),
            ("acme:halden  call; back", ("acme:halden", "call")),
            ("acme two words  a  b", ("acme two words", "a  b")),
            ("acme ; why", ("acme", "why")),
            ("acme; why", ("acme", "why")),
            ("acme ", ("acme", "")),
            ("b\u{fc}ro two", ("b\u{fc}ro two", "")),
            ("b\u{fc}ro  two", ("b\u{fc}ro", "two")),
            ("acme\tcall", ("acme", "call")),
        ] {
            assert_eq!(account_and_text(text), expected, "{text}");
        }
        for (account, expected) in [
            ("", ("", "", "")),
            ("roof", ("", "roof", "")),
            ("acme:roof", ("acme", "roof", "")),
            ("acme:roof:call:back", ("acme", "roof", "call:back")),
            (" acme : roof : call ", ("acme", "roof", "call")),
            ("a:b:", ("a", "b", "")),
            (":", ("", "", "")),
        ] {
            assert_eq!(account_parts(account), expected, "{account}");
        }
    }
}
