//! Wall-clock times to instants and back, fast, with gaps and folds of clock changes told apart.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A wall-clock time in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Local {
    /// One instant (UTC seconds since 1970).
    Exact(i64),
    /// Skipped by a clock change; the instant when the clock is taken to have gone on.
    Gap(i64),
    /// Met twice: the first and the second instant.
    Fold(i64, i64),
}

impl Local {
    /// The instant, the first one in a fold.
    #[must_use]
    pub fn instant(self) -> i64 {
        match self {
            Self::Exact(at) | Self::Gap(at) | Self::Fold(at, _) => at,
        }
    }
}

/// A zone's clock, with its changes from 1990 on looked up once.
#[derive(Debug, Clone)]
pub struct Clock {
    first_offset: i64,
    /// Instant of a change and the offset from then on, in order.
    changes: Vec<(i64, i64)>,
}

impl Clock {
    /// The clock of a zone, good from 1990 to 2060.
    #[must_use]
    pub fn new(zone: &TimeZone) -> Self {
        const FROM: i64 = 631_152_000;
        const TO: i64 = 2_840_140_800;
        let Ok(from) = Timestamp::from_second(FROM) else {
            return Self {
                first_offset: 0,
                changes: Vec::new(),
            };
        };
        let changes = zone
            .following(from)
            .map(|change| {
                (
                    change.timestamp().as_second(),
                    i64::from(change.offset().seconds()),
                )
            })
            .take_while(|(at, _)| *at < TO)
            .collect();
        Self {
            first_offset: i64::from(zone.to_offset(from).seconds()),
            changes,
        }
    }

    /// A clock with changes of its own (instant and offset from then on, in order), as a calendar file brings them.
    #[must_use]
    pub fn of_changes(first_offset: i64, changes: Vec<(i64, i64)>) -> Self {
        Self {
            first_offset,
            changes,
        }
    }

    /// Seconds east of UTC at an instant.
    #[must_use]
    pub fn offset(&self, instant: i64) -> i64 {
        let after = self.changes.partition_point(|(at, _)| *at <= instant);
        after
            .checked_sub(1)
            .and_then(|i| self.changes.get(i))
            .map_or(self.first_offset, |(_, offset)| *offset)
    }

    /// The wall clock at an instant, as seconds since 1970 on that clock.
    #[must_use]
    pub fn wall(&self, instant: i64) -> i64 {
        instant.saturating_add(self.offset(instant))
    }

    /// The instant of a wall-clock time (seconds since 1970 on that clock).
    #[must_use]
    pub fn instant(&self, wall: i64) -> Local {
        if self.changes.is_empty() {
            return Local::Exact(wall.saturating_sub(self.first_offset));
        }
        // No offset is more than a day, so only the offsets a day before and after can apply.
        let before = self.offset(wall.saturating_sub(86_400));
        let after = self.offset(wall.saturating_add(86_400));
        let (early, late) = (wall.saturating_sub(before), wall.saturating_sub(after));
        if before == after {
            return Local::Exact(early);
        }
        match (self.offset(early) == before, self.offset(late) == after) {
            (true, true) if early == late => Local::Exact(early),
            (true, true) => Local::Fold(early.min(late), early.max(late)),
            (true, false) => Local::Exact(early),
            (false, true) => Local::Exact(late),
            (false, false) => Local::Gap(early),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn berlin_changes() {
        let clock = Clock::new(&TimeZone::get("Europe/Berlin").unwrap());
        let wall = |text: &str| {
            let at: jiff::civil::DateTime = text.parse().unwrap();
            TimeZone::UTC.to_timestamp(at).unwrap().as_second()
        };
        let utc = |text: &str| text.parse::<Timestamp>().unwrap().as_second();
        assert_eq!(
            clock.instant(wall("2026-02-12T08:15")),
            Local::Exact(utc("2026-02-12T07:15Z"))
        );
        assert_eq!(
            clock.instant(wall("2026-07-12T08:15")),
            Local::Exact(utc("2026-07-12T06:15Z"))
        );
        assert_eq!(
            clock.instant(wall("2026-03-29T02:30")),
            Local::Gap(utc("2026-03-29T01:30Z"))
        );
        assert_eq!(
            clock.instant(wall("2026-03-29T01:30")),
            Local::Exact(utc("2026-03-29T00:30Z"))
        );
        assert_eq!(
            clock.instant(wall("2026-03-29T03:00")),
            Local::Exact(utc("2026-03-29T01:00Z"))
        );
        assert_eq!(
            clock.instant(wall("2026-10-25T02:30")),
            Local::Fold(utc("2026-10-25T00:30Z"), utc("2026-10-25T01:30Z"))
        );
        assert_eq!(
            clock.wall(utc("2026-10-25T01:30Z")),
            wall("2026-10-25T02:30")
        );
    }

    #[test]
    fn agrees_with_jiff_every_hour_of_two_years_in_five_zones() {
        for name in [
            "America/New_York",
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "UTC",
        ] {
            let zone = TimeZone::get(name).unwrap();
            let clock = Clock::new(&zone);
            for hour in 0..(24 * 730) {
                let at = 1_735_689_600 + hour * 3600;
                let offset = zone.to_offset(Timestamp::from_second(at).unwrap());
                assert_eq!(clock.offset(at), i64::from(offset.seconds()), "{name} {at}");
                let back = clock.instant(clock.wall(at));
                assert!(
                    matches!(back, Local::Exact(i) if i == at)
                        || matches!(back, Local::Fold(a, b) if a == at || b == at),
                    "{name} {at} {back:?}"
                );
            }
        }
    }
}
