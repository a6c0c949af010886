//! Any table: columns guessed from their names and their values, or named by the user.

use crate::input::Input;
use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::{Header, Layout, Plan, read_planned};

/// A table of no known source.
pub static TABLE: Layout = Layout {
    id: "table",
    label: "table",
    columns: &[
        (Field::Date, &["date", "day"]),
        (Field::Start, &["start"]),
        (Field::End, &["end"]),
        (Field::Hours, &["hours"]),
        (Field::Duration, &["duration"]),
        (Field::Person, &["person", "user"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task"]),
        (Field::Description, &["notes", "description"]),
        (Field::Tags, &["tags"]),
    ],
    ..Layout::NONE
};

/// Reads a table of no known source.
///
/// # Errors
/// Fatal problems only.
pub fn read(header: &Header, input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let plan = Plan::new(&TABLE, header, reading.options)?;
    read_planned(&plan, header, input, reading)
}
