//! Moments on the owner's clock, and what its changes leave in doubt.

use offdesk_domain::Day;

use crate::options::Field;
use crate::problem::Problem;
use crate::table::rows::{RowReader, Stop};
use crate::text::clock::Local;

/// End minus start and the stated duration may differ by so many seconds without a word.
pub(super) const TOLERANCE: i64 = 60;

impl RowReader<'_> {
    /// The day as printed; of a time in UTC the day on the owner's clock, as UTC is how machines write.
    pub(super) fn civil_day(&self, printed: Day, start: Moment) -> Day {
        match start.offset {
            Some(0) => Day::from_epoch_seconds(self.clock().wall(start.wall)),
            _ => printed,
        }
    }

    /// Whether the end lies in the hour that a clock change repeats, so it may print before the start.
    pub(super) fn ends_in_fold(&self, start: Moment, end: Moment) -> bool {
        end.offset.is_none()
            && start.wall - end.wall < 7200
            && matches!(self.clock().instant(end.wall), Local::Fold(..))
            && matches!(self.clock().instant(start.wall), Local::Fold(..))
    }

    pub(super) fn clock_instant(&self, at: Moment) -> Local {
        match at.offset {
            Some(offset) => Local::Exact(at.wall - i64::from(offset)),
            None => self.clock().instant(at.wall),
        }
    }

    /// Start and end as instants, with a remark where a clock change left a doubt.
    pub(super) fn instants(
        &self,
        start: Moment,
        end: Moment,
        stated: Option<i64>,
    ) -> Result<(i64, i64, Option<Problem>), Stop> {
        let (from, to) = (self.clock_instant(start), self.clock_instant(end));
        if let (Local::Exact(from), Local::Exact(to)) = (from, to) {
            return Ok((from, to, None));
        }
        let column = self.plan.name(Field::Start);
        if matches!(from, Local::Gap(_)) || matches!(to, Local::Gap(_)) {
            let message = "this local time does not exist: the clocks were put forward over it";
            if stated.is_none() {
                return Err(Stop::from(
                    Problem::bad("import.time_gap", message)
                        .column(column)
                        .hint("correct the time in the file"),
                ));
            }
            return Ok((
                from.instant(),
                to.instant(),
                Some(Problem::note("import.time_gap", message).column(column)),
            ));
        }
        let readings = |local: Local| match local {
            Local::Fold(a, b) => [a, b],
            other => [other.instant(); 2],
        };
        let pairs = readings(from)
            .into_iter()
            .flat_map(|a| readings(to).map(|b| (a, b)));
        let message = "this local time happened twice: the clocks were put back over it";
        if let Some(stated) = stated {
            let fit = pairs
                .clone()
                .find(|(a, b)| (b - a - stated).abs() <= TOLERANCE);
            let (a, b) = fit.unwrap_or((from.instant(), to.instant()));
            let note = if fit.is_some() {
                None
            } else {
                Some(Problem::note("import.time_fold", message).column(column))
            };
            return Ok((a, b, note));
        }
        let mut lengths: Vec<(i64, i64)> = pairs.filter(|(a, b)| b >= a).collect();
        lengths.dedup_by_key(|(a, b)| *b - *a);
        match lengths.as_slice() {
            [(a, b)] => Ok((*a, *b, None)),
            _ => Err(Stop::from(
                Problem::bad("import.time_fold", message)
                    .column(column)
                    .hint("give the entry's duration, or times with an offset such as +01:00"),
            )),
        }
    }
}

/// A wall-clock moment, with an offset where the text has one.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) wall: i64,
    pub(super) offset: Option<i32>,
}

pub(super) fn moment(day: Day, time: i32, offset: Option<i32>) -> Moment {
    Moment {
        wall: i64::from(day.0) * 86_400 + i64::from(time),
        offset,
    }
}
