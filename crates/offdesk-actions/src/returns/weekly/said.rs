//! What somebody says of the freed hours of a week: in hours, or with one word.

use offdesk_domain::Seconds;
use offdesk_domain::returns::Became;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::error::Error;

/// What somebody says of the freed hours of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaidOfHours {
    /// So much time.
    Time(Became),
    /// All of them became work.
    Work,
    /// Half of them became work, the others rest.
    Half,
    /// All of them became rest.
    Rest,
    /// They went into neither.
    Vanished,
    /// Nobody can say what they became.
    Unknown,
}

impl SaidOfHours {
    /// The answer of a word, for those that need one tap.
    ///
    /// # Errors
    /// `return.became`.
    pub fn of(word: &str) -> Result<Self, Error> {
        match word {
            "work" => Ok(Self::Work),
            "half" => Ok(Self::Half),
            "rest" => Ok(Self::Rest),
            "vanished" => Ok(Self::Vanished),
            "unknown" => Ok(Self::Unknown),
            _ => Err(Error::invalid(
                "became",
                "return.became",
                format!("freed hours do not become \"{word}\""),
            )
            .hint("say work, half, rest, vanished or unknown, or give the hours of each")),
        }
    }

    /// Hours of each that were typed; `None` where none were.
    ///
    /// # Errors
    /// `return.hours` for what is no time.
    pub fn hours(parts: [Option<Decimal>; 3]) -> Result<Option<Self>, Error> {
        if parts.iter().all(Option::is_none) {
            return Ok(None);
        }
        let time = |hours: Option<Decimal>| {
            let seconds = hours.unwrap_or_default().checked_mul(Decimal::from(3_600));
            let seconds = seconds.and_then(|it| it.round().to_i64());
            seconds.map(Seconds).ok_or_else(no_hours)
        };
        let [work, rest, vanished] = parts;
        Ok(Some(Self::Time(Became {
            work: time(work)?,
            rest: time(rest)?,
            vanished: time(vanished)?,
        })))
    }

    /// Time for each, of so many hours bought back; where none were, the shares of one hour.
    pub(super) fn time(self, bought_back: Seconds) -> Became {
        let all = bought_back.max(Seconds(3_600));
        let half = Seconds(all.0 / 2);
        let none = Became::default();
        match self {
            Self::Time(became) => became,
            Self::Work => Became { work: all, ..none },
            Self::Half => Became {
                work: all - half,
                rest: half,
                ..none
            },
            Self::Rest => Became { rest: all, ..none },
            Self::Vanished => Became {
                vanished: all,
                ..none
            },
            Self::Unknown => none,
        }
    }
}

/// What is told where times are none of a week.
pub(super) fn no_hours() -> Error {
    Error::invalid("work", "return.hours", "these are no hours of a week").hint(
        "give hours above 0 for at least one of work, rest and vanished, and no more than a week has",
    )
}
