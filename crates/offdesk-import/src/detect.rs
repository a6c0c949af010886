//! Tells the format of a file from its content, never from its name, and reads it.

use offdesk_domain::EntryKind;

use crate::entry::Sink;
use crate::formats;
use crate::input::Input;
use crate::options::Options;
use crate::problem::Problem;
use crate::reading::{Reading, Report};
use crate::table::{self, Layout};
use crate::text::json::JsonKeys;

/// A format offdesk reads.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Stable id, such as `timewarrior.json`; what `--format` takes.
    pub id: &'static str,
    /// The format in words.
    pub label: &'static str,
    /// How its entries are known.
    pub kind: EntryKind,
    /// Whether a file beginning like this is of the format.
    pub sniff: fn(&Head<'_>) -> bool,
    /// Reads the whole file.
    pub read: fn(&mut Input, &mut Reading<'_>) -> Result<(), Problem>,
}

/// The beginning of a file, and what its bytes say at first sight.
#[derive(Debug)]
pub struct Head<'h> {
    /// The first 64 KiB.
    pub bytes: &'h [u8],
    /// The same as text, without a byte order mark; foreign bytes replaced (for telling formats only).
    pub text: &'h str,
    /// What kind of bytes they are.
    pub nature: Nature,
    /// The keys of a JSON text's first levels; empty for everything else.
    pub json: JsonKeys,
}

/// What kind of bytes a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A zip archive, also XLSX and backups.
    Zip,
    /// JSON or JSON lines.
    Json,
    /// An iCalendar text.
    Calendar,
    /// Any other text.
    Text,
    /// Something that is no export of times; its name for the message.
    Foreign(&'static str),
}

/// Reads one file into a sink.
///
/// # Errors
/// A [`Problem`] of severity fatal: nothing of the file counts.
pub fn read(
    input: &mut Input,
    options: &Options<'_>,
    sink: &mut dyn Sink,
) -> Result<Report, Problem> {
    let mut reading = Reading::new(options, sink);
    reading.report.file = input.name().to_owned();
    read_into(input, &mut reading)?;
    Ok(reading.finish())
}

/// Reads one file into a reading; also for files inside an archive.
///
/// # Errors
/// As [`read`].
pub fn read_into(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    let bytes = input.head()?;
    let text = crate::text::encoding::head_text(&bytes);
    let nature = nature(&bytes, &text);
    let json = if nature == Nature::Json {
        JsonKeys::of(&text)
    } else {
        JsonKeys::default()
    };
    let head = Head {
        bytes: &bytes,
        text: &text,
        nature,
        json,
    };
    if let Some(id) = reading.options.format.clone() {
        return read_as(&id, input, reading);
    }
    if let Nature::Foreign(what) = nature {
        return Err(not_an_export(what));
    }
    if let Some(format) = formats::ALL.iter().find(|format| (format.sniff)(&head)) {
        return read_format(format, input, reading);
    }
    match nature {
        Nature::Text => table::read(None, input, reading),
        Nature::Json => Err(Problem::fatal(
            "import.json_unknown",
            "this JSON is no export of times that offdesk knows",
        )
        .hint("see the list of formats:  offdesk formats")),
        Nature::Zip => Err(Problem::fatal(
            "import.unknown_format",
            "this archive is no export of times that offdesk knows",
        )
        .hint("unpack it and give the file inside, or see the list of formats:  offdesk formats")),
        _ => Err(Problem::fatal(
            "import.unknown_format",
            "this file is no export of times that offdesk knows",
        )
        .hint("see the list of formats:  offdesk formats")),
    }
}

fn read_format(
    format: &Format,
    input: &mut Input,
    reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    format.id.clone_into(&mut reading.report.format);
    format.label.clone_into(&mut reading.report.label);
    reading.report.kind = Some(format.kind);
    (format.read)(input, reading)
}

fn read_as(id: &str, input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    if let Some(format) = formats::ALL.iter().find(|format| format.id == id) {
        return read_format(format, input, reading);
    }
    if let Some(layout) = formats::LAYOUTS.iter().find(|layout| layout.id == id) {
        return table::read(Some(layout), input, reading);
    }
    let likeness = |known: &&str| strsim::jaro_winkler(known, id);
    let nearest = ids()
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .filter(|known| likeness(known) > 0.7);
    let hint = nearest.map_or_else(
        || "see all of them:  offdesk formats".to_owned(),
        |nearest| format!("did you mean --format {nearest}? All of them:  offdesk formats"),
    );
    Err(Problem::fatal("import.format", format!("there is no format \"{id}\"")).hint(hint))
}

/// The ids of all formats, in the order of detection.
pub fn ids() -> impl Iterator<Item = &'static str> {
    formats::ALL
        .iter()
        .map(|f| f.id)
        .chain(formats::LAYOUTS.iter().map(|l| l.id))
}

/// The layout whose header sets are met by these lower-case header names; the first in the order of detection.
#[must_use]
pub fn layout_of(header: &[String]) -> Option<&'static Layout> {
    formats::LAYOUTS
        .iter()
        .copied()
        .find(|layout| layout.matches(header))
}

fn nature(bytes: &[u8], text: &str) -> Nature {
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Nature::Zip;
    }
    let foreign: [(&[u8], &str); 8] = [
        (b"SQLite format 3\0", "a database"),
        (b"%PDF", "a PDF"),
        (b"\x1f\x8b", "a gzip archive"),
        (
            b"\xd0\xcf\x11\xe0",
            "an old Excel file (.xls) or a protected one",
        ),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"7z\xbc\xaf", "an archive"),
        (b"BZh", "an archive"),
    ];
    if let Some((_, what)) = foreign.iter().find(|(magic, _)| starts(magic)) {
        return Nature::Foreign(what);
    }
    let text = text.trim_start();
    let lower: String = text
        .chars()
        .take(200)
        .flat_map(char::to_lowercase)
        .collect();
    if lower.starts_with("<!doctype") || lower.starts_with("<html") {
        return Nature::Foreign("a web page, perhaps a sign-in page");
    }
    if lower.starts_with("begin:vcalendar") {
        return Nature::Calendar;
    }
    if looks_like_json(text) {
        Nature::Json
    } else {
        Nature::Text
    }
}

/// A `{` or `[` followed by what JSON allows there; an Org or CSV line may begin with a bracket, too.
fn looks_like_json(text: &str) -> bool {
    let mut chars = text.chars().filter(|c| !c.is_whitespace());
    match (chars.next(), chars.next()) {
        (Some('{'), Some('"' | '}')) => true,
        (Some('['), Some(c)) => {
            matches!(c, '{' | '[' | ']' | '"') || (c.is_ascii_digit() && !text.contains("]--["))
        }
        _ => false,
    }
}

fn not_an_export(what: &str) -> Problem {
    let hint = match what {
        "an old Excel file (.xls) or a protected one" => {
            "save it as .xlsx or CSV without a password, and give me that"
        }
        "a gzip archive" | "an archive" => "unpack it first",
        "a web page, perhaps a sign-in page" => {
            "sign in to the tracker and download the export again"
        }
        _ => "export your times as CSV, XLSX, JSON or ICS; see:  offdesk formats",
    };
    Problem::fatal(
        "import.not_csv",
        format!("this is {what}, not an export of times"),
    )
    .hint(hint)
}
