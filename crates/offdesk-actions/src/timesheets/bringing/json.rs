//! Files of hours as JSON, `offdesk.hours_file/1` and `offdesk.hours_files/1`: the command line and the API give the same.

use offdesk_store::Uuid;
use offdesk_store::hours_imports::HoursImportRow;
use serde::Serialize;

use super::{Fate, HoursFile, HoursGroup};

/// A file in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    id: String,
    file: String,
    format: String,
    state: String,
    entries: i64,
    seconds: i64,
    version: i64,
}

impl SummaryJson {
    fn of(row: &HoursImportRow) -> Self {
        Self {
            id: row.id.to_string(),
            file: row.file.clone(),
            format: row.format.clone(),
            state: row.state.clone(),
            entries: row.entries,
            seconds: row.seconds,
            version: row.version,
        }
    }
}

/// `offdesk.hours_files/1`.
#[derive(Debug, Serialize)]
pub struct HoursFilesJson {
    schema: &'static str,
    files: Vec<SummaryJson>,
    next: Option<String>,
}

impl HoursFilesJson {
    /// A page of files, and where the next one begins.
    #[must_use]
    pub fn of(all: &[HoursImportRow], next: Option<String>) -> Self {
        Self {
            schema: "offdesk.hours_files/1",
            files: all.iter().map(SummaryJson::of).collect(),
            next,
        }
    }
}

/// `offdesk.hours_file/1`.
#[derive(Debug, Serialize)]
pub struct HoursFileJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    rows: Vec<GroupJson>,
    left_out: LeftOutJson,
    handoffs: Vec<HandoffJson>,
}

#[derive(Debug, Serialize)]
struct GroupJson {
    key: String,
    entries: u64,
    seconds: i64,
    from: String,
    to: String,
    fate: &'static str,
    handoff: Option<String>,
    may_be: Vec<String>,
}

#[derive(Debug, Serialize)]
struct LeftOutJson {
    known: u64,
    of_others: u64,
    week_closed: u64,
    outside: u64,
    unread: u64,
}

#[derive(Debug, Serialize)]
struct HandoffJson {
    id: String,
    activity: String,
}

impl GroupJson {
    fn of(group: &HoursGroup) -> Self {
        let text = |id: &Uuid| id.to_string();
        let (fate, handoff, may_be) = match &group.fate {
            Fate::Under(handoff) => ("under", Some(text(handoff)), Vec::new()),
            Fate::LeftOut => ("left_out", None, Vec::new()),
            Fate::Asked(several) => ("asked", None, several.iter().map(text).collect()),
        };
        Self {
            key: group.key.clone(),
            entries: group.entries,
            seconds: group.time.0,
            from: group.days.0.to_string(),
            to: group.days.1.to_string(),
            fate,
            handoff,
            may_be,
        }
    }
}

impl HoursFileJson {
    /// A file with what became of it, or would.
    #[must_use]
    pub fn of(file: &HoursFile) -> Self {
        let left_out = file.left_out;
        Self {
            schema: "offdesk.hours_file/1",
            summary: SummaryJson::of(&file.row),
            rows: file.groups.iter().map(GroupJson::of).collect(),
            left_out: LeftOutJson {
                known: left_out.known,
                of_others: left_out.of_others,
                week_closed: left_out.closed,
                outside: left_out.outside,
                unread: left_out.unread,
            },
            handoffs: file
                .handoffs
                .iter()
                .map(|(id, activity)| HandoffJson {
                    id: id.to_string(),
                    activity: activity.clone(),
                })
                .collect(),
        }
    }
}
