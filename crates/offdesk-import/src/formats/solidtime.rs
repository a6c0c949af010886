//! solidtime: the organisation export (a zip of CSV files, UTC), the report CSV (times in the viewer's zone), the
//! generic import CSV, a loose `time_entries.csv`, and the projects list, which holds no entries.

use offdesk_domain::EntryKind;

use crate::archive;
use crate::detect::{Format, Nature};
use crate::formats::solidtime_backup;
use crate::options::Field;
use crate::table::Layout;

/// The organisation export.
pub const BACKUP: Format = Format {
    id: "solidtime.backup",
    label: "solidtime organisation export",
    kind: EntryKind::Measured,
    sniff: |head| {
        const FILES: [&str; 5] = [
            "organizations.csv",
            "organization_invitations.csv",
            "time_entries.csv",
            "project_members.csv",
            "members.csv",
        ];
        head.nature == Nature::Zip
            && archive::names_in_head(head.bytes).iter().any(|name| {
                name.rsplit('/')
                    .next()
                    .is_some_and(|file| FILES.contains(&file))
            })
    },
    read: solidtime_backup::read,
};

/// `time_entries.csv` taken out of the zip: ids in place of names.
pub static TIME_ENTRIES: Layout = Layout {
    id: "solidtime.time_entries",
    label: "solidtime time_entries.csv",
    all_of: &[&["start", "end", "member_id", "organization_id"]],
    columns: &[
        (Field::Start, &["start"]),
        (Field::End, &["end"]),
        (Field::Description, &["description"]),
        (Field::Id, &["id"]),
    ],
    remark: "this file has ids in place of projects and people; the whole export zip has their names",
    ..Layout::NONE
};

/// The detailed report.
pub static REPORT: Layout = Layout {
    id: "solidtime.report",
    label: "solidtime report",
    all_of: &[&["start", "end", "duration (decimal)", "billable", "task"]],
    columns: &[
        (Field::Description, &["description"]),
        (Field::Task, &["task"]),
        (Field::Project, &["project"]),
        (Field::Client, &["client"]),
        (Field::Person, &["user"]),
        (Field::Start, &["start"]),
        (Field::End, &["end"]),
        (Field::Duration, &["duration"]),
        (Field::Hours, &["duration (decimal)"]),
        (Field::Tags, &["tags"]),
    ],
    ..Layout::NONE
};

/// The shape solidtime imports.
pub static GENERIC: Layout = Layout {
    id: "solidtime.generic",
    label: "solidtime generic import",
    all_of: &[&["start", "end", "user_name", "user_email"]],
    columns: &[
        (Field::Description, &["description"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Tags, &["tags"]),
        (Field::Start, &["start"]),
        (Field::End, &["end"]),
        (Field::Task, &["task"]),
        (Field::Person, &["user_name"]),
        (Field::Email, &["user_email"]),
    ],
    tag_separator: ",",
    ..Layout::NONE
};

/// The projects list.
pub static PROJECTS: Layout = Layout {
    id: "solidtime.projects",
    label: "solidtime projects",
    all_of: &[&["is_public", "billable_default"]],
    refuse: Some((
        "this solidtime file lists projects, not time entries",
        "in solidtime export the organisation (a zip), or a detailed report as CSV",
    )),
    ..Layout::NONE
};
