//! Hubstaff: time and activity reports as CSV. Days and lengths without a clock; the activity percentage is dropped.

use crate::options::Field;
use crate::table::Layout;

/// The report of a person or a team.
pub static REPORT: Layout = Layout {
    id: "hubstaff",
    label: "Hubstaff report",
    all_of: &[&["organization", "time zone", "task id", "earned"]],
    columns: &[
        (Field::Date, &["date"]),
        (Field::Zone, &["time zone"]),
        (Field::Person, &["member", "user"]),
        (Field::Email, &["email"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task"]),
        (Field::Description, &["notes"]),
        (Field::Duration, &["time"]),
    ],
    tag_separator: "",
    remark: "the column Activity (a percentage) is not read: offdesk keeps no activity scores",
    ..Layout::NONE
};
