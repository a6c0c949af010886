//! Rows with cells that hold whole entries: as many entries as filled cells.

use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::csv::Row;
use crate::table::layout::PackedEntry;
use crate::table::rows::{RowReader, Stop};

impl RowReader<'_> {
    /// Gives the entries in the row's packed cells; whether there was a filled one.
    ///
    /// # Errors
    /// [`Stop`] where the whole file must be read otherwise.
    pub(super) fn packed(
        &mut self,
        row: &Row<'_>,
        reading: &mut Reading<'_>,
    ) -> Result<bool, Stop> {
        let Some(packed) = &self.plan.layout.packed else {
            return Ok(false);
        };
        let plan = self.plan;
        let mut is_filled = false;
        for &column in &plan.packed {
            let cell = row.get(column);
            if cell.is_empty() {
                continue;
            }
            is_filled = true;
            let result = match (packed.read)(cell) {
                Some(entry) => self.packed_entry(entry, row, reading),
                None => Err(Stop::from(Problem::bad(
                    "import.cell",
                    "this cell is not written as I know it",
                ))),
            };
            match result {
                Ok(()) => {}
                Err(Stop::Problem(problem)) if problem.severity != crate::Severity::Fatal => {
                    let problem = *problem;
                    let name = plan.names.get(column).map_or("", String::as_str);
                    reading.problem(problem.at(row.line).column(name).value(cell));
                }
                Err(stop) => return Err(stop),
            }
        }
        Ok(is_filled)
    }

    fn packed_entry(
        &mut self,
        entry: PackedEntry<'_>,
        row: &Row<'_>,
        reading: &mut Reading<'_>,
    ) -> Result<(), Stop> {
        let (day, at) = self.date_of(entry.date, Field::Date)?;
        let span = at.time.map(|time| {
            let from = self
                .clock_instant(super::clock::moment(day, time, at.offset))
                .instant();
            (from, from.saturating_add(entry.seconds))
        });
        self.give(row, Some(entry), Some(day), span, entry.seconds, reading);
        Ok(())
    }
}
