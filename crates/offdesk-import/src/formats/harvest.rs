//! Harvest: the detailed time report as CSV. It has days and hours but no clock and no e-mail; numbers and dates
//! follow the account's locale. The project and client lists of the same place hold no entries.

use crate::options::Field;
use crate::table::Layout;

/// The detailed time report, and the shape made for Harvest's import.
pub static TIME: Layout = Layout {
    id: "harvest.time",
    label: "Harvest detailed time report",
    all_of: &[
        &[
            "date",
            "client",
            "project",
            "task",
            "hours",
            "notes",
            "billable?",
        ],
        &["date", "client", "project", "task", "hours", "first name"],
    ],
    columns: &[
        (Field::Date, &["date"]),
        (Field::FirstName, &["first name"]),
        (Field::LastName, &["last name"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task"]),
        (Field::Description, &["notes"]),
        // `Hours Rounded` is what was invoiced, not what was worked.
        (Field::Duration, &["hours", "hours rounded"]),
        (Field::Start, &["started at", "start time"]),
        (Field::End, &["ended at", "end time"]),
    ],
    tag_separator: "",
    ..Layout::NONE
};

/// The projects list.
pub static PROJECTS: Layout = Layout {
    id: "harvest.projects",
    label: "Harvest projects",
    all_of: &[&["budget by", "budget spent"]],
    refuse: Some((
        "this Harvest export lists projects, not time entries",
        "in Harvest open Reports, Detailed time, and export it as CSV",
    )),
    ..Layout::NONE
};

/// The clients list.
pub static CLIENTS: Layout = Layout {
    id: "harvest.clients",
    label: "Harvest clients",
    all_of: &[&["client name", "address"]],
    refuse: Some((
        "this Harvest export lists clients, not time entries",
        "in Harvest open Reports, Detailed time, and export it as CSV",
    )),
    ..Layout::NONE
};
