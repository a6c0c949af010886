//! Clockify: detailed and summary reports as CSV (columns can be switched off, date order by the user's settings,
//! no zone), the API's JSON (time entries, and the reports API's `timeentries`), and the projects list, which has no entries.

use offdesk_domain::EntryKind;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::detect::{Format, Head};
use crate::formats::instants::{Giver, Stamped};
use crate::input::Input;
use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::layout::SkipRule;
use crate::table::{Layout, Skip};
use crate::text::duration::{DurationStyle, duration};
use crate::text::scalar::{Named, Scalar, TagList};
use crate::text::{json, json_members};

/// The API's time entries and detailed reports.
pub const API: Format = Format {
    id: "clockify.api",
    label: "Clockify API",
    kind: EntryKind::Measured,
    sniff: |head| head.json.has_all(&["timeInterval", "timeInterval.start"]) || is_report(head),
    read: read_api,
};

/// The detailed report.
pub static DETAILED: Layout = Layout {
    id: "clockify.detailed",
    label: "Clockify detailed report",
    all_of: &[
        &["start date", "start time", "end date"],
        &["fecha inicio", "hora inicio", "fecha fin", "hora fin"],
    ],
    one_of: &["group", "duration (h)", "approval", "duración (h)", "grupo"],
    columns: &[
        (Field::Person, &["user", "usuario"]),
        (Field::Email, &["email", "correo"]),
        (Field::Client, &["client", "cliente"]),
        (Field::Project, &["project", "proyecto"]),
        (Field::Task, &["task", "activity", "tarea", "equipo"]),
        (Field::Description, &["description", "descripción"]),
        (Field::Date, &["start date", "fecha inicio"]),
        (Field::Start, &["start time", "hora inicio"]),
        (Field::EndDate, &["end date", "fecha fin"]),
        (Field::End, &["end time", "hora fin"]),
        (Field::Duration, &["duration (h)", "duración (h)"]),
        (Field::Hours, &["duration (decimal)", "duración (decimal)"]),
        (Field::Tags, &["tags", "etiquetas"]),
    ],
    skip: &[SkipRule {
        columns: &["type", "tipo"],
        when: not_worked,
    }],
    ..Layout::NONE
};

/// The summary and shared report: totals by day, project and description.
pub static SUMMARY: Layout = Layout {
    id: "clockify.summary",
    label: "Clockify summary report",
    all_of: &[&["time (h)", "time (decimal)"]],
    none_of: &["start date"],
    columns: &[
        (Field::Date, &["date"]),
        (Field::Person, &["user"]),
        (Field::Email, &["email"]),
        (Field::Client, &["client"]),
        (Field::Project, &["project"]),
        (Field::Task, &["task", "activity"]),
        (Field::Description, &["description"]),
        (Field::Duration, &["time (h)"]),
        (Field::Hours, &["time (decimal)"]),
        (Field::Tags, &["tags", "tag"]),
    ],
    totals: true,
    remark: "a summary has totals; the detailed report of the same period says more",
    ..Layout::NONE
};

/// The projects list: rates and sums, no entries.
pub static PROJECTS: Layout = Layout {
    id: "clockify.projects",
    label: "Clockify projects",
    all_of: &[&["billability", "tracked (h)"]],
    refuse: Some((
        "this Clockify export lists projects, not time entries",
        "in Clockify open Reports, Detailed, and export it as CSV",
    )),
    ..Layout::NONE
};

/// Breaks, time off and holidays are rows of another type.
fn not_worked(value: &str) -> Option<Skip> {
    let kind = value.to_lowercase().replace('_', " ");
    match kind.as_str() {
        "" | "regular" => None,
        "break" | "descanso" => Some(Skip {
            code: "import.break",
            why: "a break",
        }),
        "holiday" => Some(Skip {
            code: "import.break",
            why: "a holiday",
        }),
        "time off" => Some(Skip {
            code: "import.break",
            why: "time off",
        }),
        _ => None,
    }
}

fn is_report(head: &Head<'_>) -> bool {
    head.json
        .has_all(&["timeentries", "timeentries.timeInterval"])
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Row {
    id: Scalar,
    #[serde(rename = "_id")]
    report_id: Scalar,
    description: Scalar,
    #[serde(rename = "type")]
    kind: Scalar,
    time_interval: Option<Interval>,
    tags: TagList,
    project: Named,
    task: Named,
    user: Named,
    client: Named,
    project_id: Scalar,
    user_id: Scalar,
    project_name: Scalar,
    client_name: Scalar,
    task_name: Scalar,
    user_name: Scalar,
    user_email: Scalar,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Interval {
    start: Scalar,
    end: Scalar,
    duration: Scalar,
}

fn read_api(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let head = input.head()?;
    let text = crate::text::encoding::head_text(&head);
    let is_report = json::JsonKeys::of(&text).has_all(&["timeentries"]);
    let mut giver = Giver::new(reading);
    if is_report {
        json_members::each_listed::<IgnoredAny, Row>(
            input,
            "",
            "timeentries",
            |_, number, row| {
                giver.step()?;
                give(&mut giver, &row, &format!("/timeentries/{}", number - 1));
                Ok(())
            },
        )?;
    } else {
        json::each_element::<Row>(input, |number, row| {
            giver.step()?;
            give(&mut giver, &row, &format!("/{}", number - 1));
            Ok(())
        })?;
    }
    giver.finish(input.length())
}

fn give(giver: &mut Giver<'_, '_>, row: &Row, place: &str) {
    let none = Interval::default();
    let interval = row.time_interval.as_ref().unwrap_or(&none);
    let either = |first: &Scalar, second: &str| {
        if first.is_nothing() {
            second.to_owned()
        } else {
            first.written()
        }
    };
    let owner = row.project.owner.as_deref();
    let client = either(
        &row.client_name,
        owner.map_or(row.client.name.as_str(), |owner| owner.name.as_str()),
    );
    let project = either(&row.project_name, &row.project.name);
    let task = either(&row.task_name, &row.task.name);
    let person = either(&row.user_name, &row.user.name);
    let email = either(&row.user_email, &row.user.email);
    let id = either(&row.id, &row.report_id.written());
    let (project_id, person_id) = (row.project_id.written(), row.user_id.written());
    let seconds = match &interval.duration {
        Scalar::Whole(seconds) => Some(*seconds),
        Scalar::Text(text) => duration(text, DurationStyle::PLAIN),
        _ => None,
    };
    let stamped = Stamped {
        place,
        start: (interval.start.text(), "timeInterval/start"),
        end: (interval.end.text(), "timeInterval/end"),
        seconds,
        person: &person,
        email: &email,
        person_id: &person_id,
        client: &client,
        project: &project,
        project_id: &project_id,
        task: &task,
        description: row.description.text(),
        tags: row.tags.joined(),
        id: &id,
        ..Stamped::default()
    };
    if let Some(skip) = not_worked(row.kind.text()) {
        giver.leave_out(&stamped, Problem::left_out(skip.code, skip.why));
    } else if seconds.is_none() && !interval.duration.is_nothing() {
        let problem = Problem::bad("import.duration", "this duration is not understood");
        giver.leave_out(&stamped, problem.value(&interval.duration.written()));
    } else {
        giver.give(&stamped);
    }
}
