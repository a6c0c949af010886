//! RescueTime: time by app or site, from the API (CSV, or JSON with `row_headers` and `rows`) and from the archive,
//! whose CSV has no header. Scores and window titles are not kept.

use offdesk_domain::EntryKind;

use crate::detect::Format;
use crate::entry::Entry;
use crate::input::Input;
use crate::options::Field;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::facts::totals_period;
use crate::table::{Layout, Unit};
use crate::text::date;
use crate::text::json_members;
use crate::text::scalar::Scalar;

const REMARK: &str = "window titles and productivity scores are not kept";

/// The API's JSON.
pub const API: Format = Format {
    id: "rescuetime.api",
    label: "RescueTime API",
    kind: EntryKind::Implied,
    sniff: |head| head.json.has_all(&["row_headers", "rows"]),
    read: read_api,
};

/// The API's CSV by time.
pub static CSV: Layout = Layout {
    id: "rescuetime",
    label: "RescueTime activities",
    kind: EntryKind::Implied,
    all_of: &[&[
        "date",
        "time spent (seconds)",
        "number of people",
        "activity",
    ]],
    columns: COLUMNS,
    tag_separator: "",
    bare_duration: Unit::Seconds,
    is_dated_only: true,
    remark: REMARK,
    ..Layout::NONE
};

/// The same in minutes.
pub static MINUTES: Layout = Layout {
    id: "rescuetime.minutes",
    label: "RescueTime activities in minutes",
    kind: EntryKind::Implied,
    all_of: &[
        &["date", "minutes", "activity", "productivity"],
        &["date", "time spent (minutes)", "activity"],
    ],
    columns: COLUMNS,
    tag_separator: "",
    bare_duration: Unit::Minutes,
    is_dated_only: true,
    remark: REMARK,
    ..Layout::NONE
};

/// The API's CSV by rank: one total for each app, without days.
pub static RANK: Layout = Layout {
    id: "rescuetime.rank",
    label: "RescueTime ranking",
    kind: EntryKind::Implied,
    all_of: &[&["rank", "time spent (seconds)", "activity"]],
    none_of: &["date"],
    columns: COLUMNS,
    tag_separator: "",
    bare_duration: Unit::Seconds,
    totals: true,
    remark: REMARK,
    ..Layout::NONE
};

/// The archive's activity history, which has no header line.
pub static HISTORY: Layout = Layout {
    id: "rescuetime.history",
    label: "RescueTime activity history",
    kind: EntryKind::Implied,
    columns: &[
        (Field::Date, &["date"]),
        (Field::Project, &["category"]),
        (Field::Task, &["app"]),
        (Field::Duration, &["seconds"]),
    ],
    tag_separator: "",
    bare_duration: Unit::Seconds,
    is_dated_only: true,
    headless: Some(&[
        "date",
        "app",
        "details",
        "category",
        "subcategory",
        "seconds",
    ]),
    remark: REMARK,
    ..Layout::NONE
};

const COLUMNS: &[(Field, &[&str])] = &[
    (Field::Date, &["date"]),
    (Field::Person, &["person"]),
    (Field::Project, &["category"]),
    (Field::Task, &["activity"]),
    (
        Field::Duration,
        &["time spent (seconds)", "time spent (minutes)", "minutes"],
    ),
];

/// Which place of a row holds what.
#[derive(Debug, Default)]
struct Places {
    date: Option<usize>,
    seconds: Option<usize>,
    activity: Option<usize>,
    category: Option<usize>,
    person: Option<usize>,
}

impl Places {
    fn of(headers: &[String]) -> Self {
        let place = |name: &str| {
            headers
                .iter()
                .position(|header| header.trim().eq_ignore_ascii_case(name))
        };
        Self {
            date: place("date"),
            seconds: place("time spent (seconds)"),
            activity: place("activity"),
            category: place("category"),
            person: place("person"),
        }
    }
}

fn read_api(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    reading.decide(REMARK);
    let mut places = None;
    json_members::each_listed::<Vec<String>, Vec<Scalar>>(
        input,
        "row_headers",
        "rows",
        |headers, number, row| {
            let headers = headers.ok_or_else(|| {
                Problem::fatal(
                    "import.json",
                    "the rows come before row_headers, so their columns are not known",
                )
            })?;
            let places = places.get_or_insert_with(|| Places::of(headers));
            if places.seconds.is_none() {
                return Err(Problem::fatal(
                    "import.no_duration",
                    "row_headers has no column \"Time Spent (seconds)\"",
                ));
            }
            if number.is_multiple_of(1024) {
                reading.progress(0, 1024)?;
            }
            match entry(places, &row, number) {
                Ok(entry) => reading.entry(&entry),
                Err(problem) => reading.problem(problem),
            }
            Ok(())
        },
    )?;
    totals_period(input, reading)?;
    reading.progress(input.length(), 0)
}

fn entry<'e>(places: &Places, row: &'e [Scalar], number: u64) -> Result<Entry<'e>, Problem> {
    let at = |place: usize| format!("/rows/{}/{place}", number - 1);
    let text = |place: Option<usize>| place.and_then(|i| row.get(i)).map_or("", Scalar::text);
    let seconds_at = places.seconds.unwrap_or(0);
    let seconds = row.get(seconds_at).and_then(Scalar::whole).ok_or_else(|| {
        let value = row.get(seconds_at).map(Scalar::written).unwrap_or_default();
        Problem::bad("import.duration", "this is no whole number of seconds")
            .column(at(seconds_at))
            .value(&value)
    })?;
    let day = match places.date {
        None => None,
        Some(place) => {
            let printed = text(Some(place));
            let day = date::date_time(printed).and_then(|read| read.date.day(None));
            Some(day.ok_or_else(|| {
                Problem::bad("import.date", "this is not a date")
                    .column(at(place))
                    .value(printed)
            })?)
        }
    };
    Ok(Entry {
        person: text(places.person),
        project: text(places.category),
        task: text(places.activity),
        day,
        seconds,
        is_total: places.date.is_none(),
        ..Entry::default()
    })
}
