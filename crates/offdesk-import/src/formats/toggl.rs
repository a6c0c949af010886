//! Toggl Track: detailed and summary reports as CSV (English headers, dates by the user's profile, no zone),
//! the API's JSON (v9 entries and v3 report rows), and the workspace zip, which holds no entries.

use offdesk_domain::EntryKind;
use serde::Deserialize;

use crate::archive;
use crate::detect::{Format, Head, Nature};
use crate::formats::instants::{Giver, Stamped};
use crate::input::Input;
use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::Layout;
use crate::text::json;
use crate::text::scalar::{Scalar, TagList};

/// The workspace export: clients, projects, people, but no times.
pub const WORKSPACE: Format = Format {
    id: "toggl.workspace",
    label: "Toggl Track workspace export",
    kind: EntryKind::Measured,
    sniff: is_workspace,
    read: |_, _| {
        Err(Problem::fatal(
            "import.no_entries",
            "this Toggl export holds clients, projects and people, but no time entries",
        )
        .hint("in Toggl Track open Reports, Detailed, choose the period, and download it as CSV"))
    },
};

/// The API's time entries.
pub const API: Format = Format {
    id: "toggl.api",
    label: "Toggl Track API",
    kind: EntryKind::Measured,
    sniff: |head| {
        let is_entry = head.json.has_all(&["start", "duration"])
            && (head.json.has_all(&["workspace_id"]) || head.json.has_all(&["wid"]));
        is_entry
            || head
                .json
                .has_all(&["time_entries.seconds", "time_entries.start", "user_id"])
    },
    read: read_api,
};

/// The detailed report, and shapes made for Toggl's own import.
pub static DETAILED: Layout = Layout {
    id: "toggl.detailed",
    label: "Toggl Track detailed report",
    all_of: &[&["start date", "start time", "duration", "project"]],
    one_of: &["email", "user"],
    columns: &[
        (Field::Person, &["user", "member"]),
        (Field::Email, &["email"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task"]),
        (Field::Description, &["description"]),
        (Field::Date, &["start date"]),
        (Field::Start, &["start time"]),
        (Field::EndDate, &["end date"]),
        (Field::End, &["end time", "stop time"]),
        (Field::Duration, &["duration"]),
        (Field::Tags, &["tags"]),
    ],
    ..Layout::NONE
};

/// The detailed report with columns chosen by hand, without clock times.
pub static CUSTOM: Layout = Layout {
    id: "toggl.custom",
    label: "Toggl Track report with chosen columns",
    all_of: &[&["start date", "duration", "weekday"]],
    columns: DETAILED.columns,
    ..Layout::NONE
};

/// The summary report: one total for a project or description, without dates.
pub static SUMMARY: Layout = Layout {
    id: "toggl.summary",
    label: "Toggl Track summary report",
    all_of: &[&["project", "client", "duration"]],
    none_of: &["start date", "start", "date"],
    columns: &[
        (Field::Person, &["user", "member"]),
        (Field::Email, &["email"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task"]),
        (Field::Description, &["description"]),
        (Field::Duration, &["duration"]),
    ],
    totals: true,
    remark: "a summary has totals without dates; the detailed report of the same period says more",
    ..Layout::NONE
};

fn is_workspace(head: &Head<'_>) -> bool {
    if head.nature != Nature::Zip {
        return false;
    }
    let names = archive::names_in_head(head.bytes);
    let has = |file: &str| {
        names
            .iter()
            .any(|name| name.rsplit('/').next() == Some(file))
    };
    has("workspace_users.json")
        || (has("clients.json") && has("projects.json"))
        || names.iter().any(|name| name.contains("projects_users/"))
}

/// A v9 entry, or a row of a v3 report, whose parts are the entries.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Row {
    id: Scalar,
    start: Scalar,
    stop: Scalar,
    duration: Scalar,
    description: Scalar,
    tags: TagList,
    server_deleted_at: Scalar,
    user_id: Scalar,
    uid: Scalar,
    user_name: Scalar,
    username: Scalar,
    email: Scalar,
    project_id: Scalar,
    pid: Scalar,
    project_name: Scalar,
    client_name: Scalar,
    task_name: Scalar,
    time_entries: Vec<Part>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Part {
    id: Scalar,
    start: Scalar,
    stop: Scalar,
    seconds: Scalar,
}

fn read_api(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let mut giver = Giver::new(reading);
    json::each_element::<Row>(input, |number, row| {
        giver.step()?;
        let place = format!("/{}", number - 1);
        if row.time_entries.is_empty() {
            let part = Part {
                id: row.id.clone(),
                start: row.start.clone(),
                stop: row.stop.clone(),
                seconds: row.duration.clone(),
            };
            give(&mut giver, &row, &part, &place);
        }
        for (index, part) in row.time_entries.iter().enumerate() {
            let place = format!("{place}/time_entries/{index}");
            give(&mut giver, &row, part, &place);
        }
        Ok(())
    })?;
    giver.finish(input.length())
}

fn give(giver: &mut Giver<'_, '_>, row: &Row, part: &Part, place: &str) {
    let id = part.id.written();
    let either = |first: &Scalar, second: &Scalar| {
        if first.is_nothing() {
            second.written()
        } else {
            first.written()
        }
    };
    let person = either(&row.user_name, &row.username);
    let person_id = either(&row.user_id, &row.uid);
    let project_id = either(&row.project_id, &row.pid);
    let stamped = Stamped {
        place,
        start: (part.start.text(), "start"),
        end: (part.stop.text(), "stop"),
        seconds: part.seconds.whole(),
        person: &person,
        email: row.email.text(),
        person_id: &person_id,
        client: row.client_name.text(),
        project: row.project_name.text(),
        project_id: &project_id,
        task: row.task_name.text(),
        description: row.description.text(),
        tags: row.tags.joined(),
        id: &id,
        ..Stamped::default()
    };
    if !row.server_deleted_at.is_nothing() {
        let problem = Problem::left_out("import.deleted", "this entry was deleted in Toggl");
        giver.leave_out(&stamped, problem);
    } else if part.seconds.whole().is_none() && !part.seconds.is_nothing() {
        let problem = Problem::bad(
            "import.duration",
            "the duration is no whole number of seconds",
        );
        giver.leave_out(&stamped, problem.value(&part.seconds.written()));
    } else {
        giver.give(&stamped);
    }
}
