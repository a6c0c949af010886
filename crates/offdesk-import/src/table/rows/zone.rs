//! The zone that a row names for its times.

use super::{RowReader, Stop};
use crate::formats::ics::{NoClock, clock_named};
use crate::options::Field;
use crate::problem::Problem;
use crate::table::csv::Row;
use crate::table::plan::Plan;
use crate::text::clock::Clock;

/// So many zones are kept; a table has a handful.
const MOST: usize = 64;

/// The column of zones, and the clocks of those met.
pub(super) struct RowZones {
    column: Option<usize>,
    known: Vec<(String, Result<Clock, NoClock>)>,
    /// Which of them the row has.
    current: Option<usize>,
    /// The row has a time, and an empty cell for its zone.
    is_missing: bool,
}

impl RowZones {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            column: plan.column(Field::Zone),
            known: Vec::new(),
            current: None,
            is_missing: false,
        }
    }

    /// The clock of the row's zone.
    pub(super) fn clock(&self) -> Option<&Clock> {
        let (_, clock) = self.known.get(self.current?)?;
        clock.as_ref().ok()
    }

    /// Whether the row has a time whose zone it does not name, though others may.
    pub(super) fn is_missing(&self) -> bool {
        self.is_missing
    }

    fn number(&mut self, name: &str) -> usize {
        let is_it = |(known, _): &(String, _)| known == name;
        if let Some(at) = self
            .current
            .filter(|at| self.known.get(*at).is_some_and(is_it))
        {
            return at;
        }
        if let Some(at) = self.known.iter().position(is_it) {
            return at;
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.known.push((name.to_owned(), clock_named(name)));
        self.known.len() - 1
    }
}

impl RowReader<'_> {
    /// Takes the zone that a row names for its times; a row without times needs none.
    ///
    /// # Errors
    /// `import.tzid`, `import.zone_ambiguous`.
    pub(super) fn take_zone(&mut self, row: &Row<'_>) -> Result<(), Stop> {
        let Some(column) = self.zones.column else {
            return Ok(());
        };
        let is_filled = |column: Option<usize>| column.is_some_and(|at| !row.get(at).is_empty());
        let has_times = is_filled(self.start)
            || is_filled(self.end)
            || self.date[0].is_some_and(|at| row.get(at).contains(':'));
        let name = row.get(column).trim();
        self.zones.is_missing = has_times && name.is_empty();
        if name.is_empty() || !has_times {
            self.zones.current = None;
            return Ok(());
        }
        let number = self.zones.number(name);
        self.zones.current = Some(number);
        let problem = match self.zones.known.get(number) {
            Some((_, Err(NoClock::Unknown))) => {
                Problem::bad("import.tzid", "nobody knows this time zone")
            }
            Some((_, Err(NoClock::Ambiguous))) => Problem::bad(
                "import.zone_ambiguous",
                "several zones share this abbreviation",
            ),
            _ => return Ok(()),
        };
        Err(Stop::from(
            problem
                .column(self.plan.name(Field::Zone))
                .value(name)
                .hint("write it as Area/City, such as Europe/Berlin"),
        ))
    }

    /// The clock of the row's local times: of its own zone, else the caller's.
    pub(super) fn clock(&self) -> &Clock {
        self.zones.clock().unwrap_or(&self.clock)
    }
}
