//! What a tracker's file says: its rows as hours of a day, each with what tells it from others.

use std::any::Any;
use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_domain::text::seen_line;
use offdesk_import::{Entry, Input, Options, Sink, read};

use crate::error::{Error, ErrorKind};
use crate::moment::digest;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TrackerRow {
    /// Who did it, by name and by e-mail; empty where the file does not say.
    pub(super) who: [String; 2],
    /// Task, project, description, client: what says most first.
    pub(super) texts: [String; 4],
    /// On which day.
    pub(super) day: Day,
    /// How long.
    pub(super) seconds: i64,
    /// What tells it from others.
    pub(super) hash: [u8; 32],
}

impl TrackerRow {
    /// By what rows are asked about: client, project and task, or the description where there is none of them.
    pub(super) fn key(&self) -> String {
        let [task, project, description, client] = &self.texts;
        let named: Vec<&str> = [client, project, task]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        if named.is_empty() {
            return description.clone();
        }
        named.join(" / ")
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TrackerFile {
    /// Its format.
    pub(super) format: String,
    /// Its rows, in their order.
    pub(super) rows: Vec<TrackerRow>,
    /// So many rows are no hours of a day: sums, times that run, what is not understood.
    pub(super) unread: u64,
}

#[derive(Default)]
struct Rows {
    rows: Vec<TrackerRow>,
    without_day: u64,
}

impl Sink for Rows {
    fn entry(&mut self, entry: &Entry<'_>) {
        let (Some(day), false) = (entry.day, entry.is_total || entry.seconds <= 0) else {
            self.without_day += 1;
            return;
        };
        let text = |text: &str| seen_line(text);
        self.rows.push(TrackerRow {
            who: [text(entry.person), text(entry.email)],
            texts: [
                text(entry.task),
                text(entry.project),
                text(entry.description),
                text(entry.client),
            ],
            day,
            seconds: entry.seconds,
            hash: hash_of(entry, day),
        });
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::<Self>::default()
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        if let Ok(fork) = fork.into_any().downcast::<Self>() {
            self.rows.extend(fork.rows);
            self.without_day += fork.without_day;
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

fn hash_of(entry: &Entry<'_>, day: Day) -> [u8; 32] {
    if !entry.external_id.is_empty() {
        return digest(&[b"offdesk hours id", entry.external_id.as_bytes()]);
    }
    let span = entry
        .span
        .map_or_else(String::new, |span| format!("{span:?}"));
    digest(&[
        b"offdesk hours row",
        day.to_string().as_bytes(),
        span.as_bytes(),
        entry.seconds.to_string().as_bytes(),
        entry.client.as_bytes(),
        entry.project.as_bytes(),
        entry.task.as_bytes(),
        entry.description.as_bytes(),
        entry.person.as_bytes(),
    ])
}

/// Reads a tracker's file.
///
/// # Errors
/// Those of the importer, and `hours.empty` where there are no hours of days in it.
pub(super) fn read_file(
    name: &str,
    bytes: Vec<u8>,
    zone: TimeZone,
    now: Timestamp,
) -> Result<TrackerFile, Error> {
    let mut input = Input::memory(name, bytes).map_err(refused)?;
    let options = Options {
        zone: Some(zone),
        threads: 1,
        ..Options::new(now)
    };
    let mut sink = Rows::default();
    let report = read(&mut input, &options, &mut sink).map_err(refused)?;
    if let Some(question) = report.questions.first() {
        return Err(Error::invalid("file", "hours.unclear", question.clone())
            .hint("export it with dates such as 2026-02-12"));
    }
    if sink.rows.is_empty() {
        return Err(Error::invalid(
            "file",
            "hours.empty",
            "there are no hours of days in this file",
        )
        .hint("export a detailed report: a row for each entry"));
    }
    // Rows without an id that say the same are told apart by how often they come.
    let mut seen: HashMap<[u8; 32], u64> = HashMap::new();
    for row in &mut sink.rows {
        let times = seen.entry(row.hash).or_default();
        *times += 1;
        if *times > 1 {
            row.hash = digest(&[
                b"offdesk hours again",
                &row.hash,
                times.to_string().as_bytes(),
            ]);
        }
    }
    Ok(TrackerFile {
        format: report.format,
        unread: sink.without_day.saturating_add(report.skipped),
        rows: sink.rows,
    })
}

fn refused(problem: offdesk_import::Problem) -> Error {
    Error {
        field: "file",
        ..Error::new(ErrorKind::Invalid, problem.code, problem.message).hint(problem.hint)
    }
}
