//! The formats, one file each, in the order of detection.

pub mod activitywatch;
pub(crate) mod activitywatch_day;
pub(crate) mod app_spans;
pub mod archived_csv;
pub mod clockify;
pub mod generic;
pub mod harvest;
pub mod hubstaff;
pub mod ics;
pub mod instants;
pub mod jira;
pub mod jira_xml;
pub mod kimai;
pub mod no_entries;
pub mod org;
pub(crate) mod org_outline;
pub mod outlook;
pub mod rescuetime;
pub mod solidtime;
pub mod solidtime_backup;
pub mod superproductivity;
pub mod tempo;
pub mod timeclock;
pub mod timedot;
pub mod timewarrior;
pub mod toggl;
pub mod watson;
pub mod xlsx;

use crate::detect::Format;
use crate::table::Layout;

/// Formats with a reader of their own.
pub const ALL: &[Format] = &[
    ics::FORMAT,
    ics::ARCHIVE,
    solidtime::BACKUP,
    xlsx::FORMAT,
    toggl::WORKSPACE,
    toggl::API,
    clockify::API,
    kimai::API,
    timewarrior::JSON,
    timewarrior::DATA,
    watson::FRAMES,
    watson::LOG_JSON,
    superproductivity::FORMAT,
    activitywatch::FORMAT,
    rescuetime::API,
    jira::XML,
    org::FORMAT,
    timeclock::FORMAT,
    timedot::FORMAT,
];

/// Formats that are tables: told apart by sets of header names.
pub const LAYOUTS: &[&Layout] = &[
    &solidtime::TIME_ENTRIES,
    &solidtime::REPORT,
    &solidtime::GENERIC,
    &kimai::CSV,
    &clockify::DETAILED,
    &clockify::SUMMARY,
    &outlook::CSV,
    &toggl::DETAILED,
    &toggl::CUSTOM,
    &toggl::SUMMARY,
    &harvest::TIME,
    &tempo::WORKLOG,
    &jira::ISSUES,
    &no_entries::UPWORK,
    &rescuetime::CSV,
    &rescuetime::MINUTES,
    &rescuetime::RANK,
    &rescuetime::HISTORY,
    &hubstaff::REPORT,
    &no_entries::ASANA,
    &no_entries::TODOIST,
    &activitywatch::BUCKET_CSV,
    &watson::LOG,
    &watson::REPORT,
    &clockify::PROJECTS,
    &harvest::PROJECTS,
    &harvest::CLIENTS,
    &solidtime::PROJECTS,
    &no_entries::PAYROLL,
    &generic::MEMORY,
    &generic::TABLE,
];
