//! Instants with an offset, and two wall-clock times as one interval across clock changes.

use offdesk_domain::Day;

use crate::problem::Problem;
use crate::text::clock::{Clock, Local};
use crate::text::date::{self, DateText};

/// An instant, and the wall clock the source printed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// UTC seconds since 1970.
    pub utc: i64,
    /// Seconds since 1970 on the printed clock.
    pub wall: i64,
}

/// Reads a date with time and offset, such as `20260212T081500Z` or `2026-02-12T08:15:00+01:00`, to whole seconds.
#[must_use]
pub fn stamp(text: &str) -> Option<Stamp> {
    if let Some(wall) = utc_basic(text.as_bytes()) {
        return Some(Stamp { utc: wall, wall });
    }
    let read = date::date_time(text)?;
    let DateText::Known(day) = read.date else {
        return None;
    };
    let wall = wall_seconds(day, read.time?);
    Some(Stamp {
        utc: wall - i64::from(read.offset?),
        wall,
    })
}

impl Stamp {
    /// The remark on a leap second in the text it was read from.
    #[must_use]
    pub fn leap_second(&self, text: &str) -> Option<Problem> {
        (self.utc % 60 == 0)
            .then(|| date::leap_second(text))
            .flatten()
    }
}

/// Seconds since 1970 on the wall clock at a time of a day.
#[must_use]
pub fn wall_seconds(day: Day, time: i32) -> i64 {
    i64::from(day.0) * 86_400 + i64::from(time)
}

/// `20260212T081500Z` without detours: the only form one tracker writes, met a million times in a file.
fn utc_basic(bytes: &[u8]) -> Option<i64> {
    let [
        y1,
        y2,
        y3,
        y4,
        o1,
        o2,
        d1,
        d2,
        b'T',
        h1,
        h2,
        m1,
        m2,
        s1,
        s2,
        b'Z',
    ] = bytes
    else {
        return None;
    };
    let pair = |a: &u8, b: &u8| -> Option<u32> {
        (a.is_ascii_digit() && b.is_ascii_digit())
            .then(|| u32::from(a - b'0') * 10 + u32::from(b - b'0'))
    };
    let year = pair(y1, y2)? * 100 + pair(y3, y4)?;
    let day = Day::from_ymd(i32::try_from(year).ok()?, pair(o1, o2)?, pair(d1, d2)?)?;
    let (hour, minute, second) = (pair(h1, h2)?, pair(m1, m2)?, pair(s1, s2)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let time = i32::try_from(hour * 3600 + minute * 60 + second).ok()?;
    Some(wall_seconds(day, time))
}

/// An interval in UTC, and whether a clock change left a doubt about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Start, UTC seconds since 1970.
    pub start: i64,
    /// End, UTC seconds since 1970.
    pub end: i64,
    /// What the clock change left open.
    pub doubt: Option<Doubt>,
}

/// What a clock change leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// A time that the clock skipped.
    Gap,
    /// A time that the clock showed twice, and nothing tells which is meant.
    Fold,
}

impl Doubt {
    /// The remark about it; the entry counts.
    #[must_use]
    pub fn remark(self) -> Problem {
        match self {
            Self::Gap => Problem::note(
                "import.time_gap",
                "the clock skipped this time when it was put forward; taken as the time that followed",
            ),
            Self::Fold => Problem::note(
                "import.time_fold",
                "the clock showed this time twice when it was put back; taken as the shortest reading",
            ),
        }
    }
}

/// The interval between two wall-clock times; a printed length in seconds decides between two readings.
#[must_use]
pub fn between(clock: &Clock, start: i64, end: i64, printed: Option<i64>) -> Span {
    let (from, to) = (clock.instant(start), clock.instant(end));
    if let (Local::Exact(start), Local::Exact(end)) = (from, to) {
        return Span {
            start,
            end,
            doubt: None,
        };
    }
    let pairs = readings(from)
        .flat_map(|start| readings(to).map(move |end| (start, end)))
        .filter(|(start, end)| start <= end);
    let is_gap = matches!(from, Local::Gap(_)) || matches!(to, Local::Gap(_));
    let fitting =
        printed.and_then(|length| pairs.clone().find(|(s, e)| (e - s - length).abs() <= 60));
    let (start, end) = fitting
        .or_else(|| pairs.min_by_key(|(start, end)| end - start))
        .unwrap_or((from.instant(), to.instant()));
    let doubt = match (is_gap, fitting) {
        (true, _) => Some(Doubt::Gap),
        (false, None) => Some(Doubt::Fold),
        (false, Some(_)) => None,
    };
    Span { start, end, doubt }
}

fn readings(local: Local) -> impl Iterator<Item = i64> + Clone {
    let (first, second) = match local {
        Local::Exact(at) | Local::Gap(at) => (at, None),
        Local::Fold(first, second) => (first, Some(second)),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn wall(text: &str) -> i64 {
        stamp(&format!("{text}Z")).unwrap().wall
    }

    #[test]
    fn stamps() {
        for (text, utc, wall) in [
            ("19700101T000000Z", 0, 0),
            ("20260212T081500Z", 1_770_884_100, 1_770_884_100),
            ("2026-02-12T08:15:00+01:00", 1_770_880_500, 1_770_884_100),
            ("2026-02-12T08:15:00.123-0500", 1_770_902_100, 1_770_884_100),
        ] {
            assert_eq!(stamp(text), Some(Stamp { utc, wall }), "{text}");
        }
        for text in [
            "",
            "20260230T081500Z",
            "20260212T241500Z",
            "20260212T0815",
            "20260212T081500",
            "2026-02-12",
            "12/02/2026 08:15Z",
            "2026021\u{e9}T08150Z",
        ] {
            assert_eq!(stamp(text), None, "{text}");
        }
    }

    #[test]
    fn intervals_across_clock_changes() {
        let clock = Clock::new(&TimeZone::get("Europe/Berlin").unwrap());
        let check = |from: &str, to: &str, printed: Option<i64>, expected: (i64, Option<Doubt>)| {
            let span = between(&clock, wall(from), wall(to), printed);
            assert_eq!((span.end - span.start, span.doubt), expected, "{from} {to}");
        };
        check("2026-03-29T00:30", "2026-03-29T04:00", None, (9000, None));
        check("2026-10-25T00:30", "2026-10-25T04:00", None, (16_200, None));
        check(
            "2026-03-29T02:30",
            "2026-03-29T04:00",
            None,
            (1800, Some(Doubt::Gap)),
        );
        check(
            "2026-03-29T02:30",
            "2026-03-29T04:00",
            Some(1800),
            (1800, Some(Doubt::Gap)),
        );
        check(
            "2026-10-25T01:30",
            "2026-10-25T02:30",
            None,
            (3600, Some(Doubt::Fold)),
        );
        check(
            "2026-10-25T01:30",
            "2026-10-25T02:30",
            Some(7200),
            (7200, None),
        );
        check(
            "2026-10-25T02:50",
            "2026-10-25T02:10",
            None,
            (1200, Some(Doubt::Fold)),
        );
        check("2026-10-24T02:50", "2026-10-24T02:10", None, (-2400, None));
    }
}
