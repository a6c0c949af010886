//! What an import has brought, or would bring, in words.

use offdesk_actions::imports::{Imported, Preview, Remarks};
use offdesk_import::problem::shown;
use unicode_width::UnicodeWidthStr;

use crate::cli::column::padded;
use crate::cli::desk::{days_in_words, hours_in_words};
use crate::cli::error::CliError;
use crate::cli::output::counted;

/// File names stand in a column of at most so many places.
const NAME_WIDTH: usize = 24;
/// So many activities of a preview are named.
const NAMED: usize = 8;

/// A file with what came of it.
pub struct Outcome {
    /// File as it was named.
    pub file: String,
    /// What came.
    pub came: Result<Read, CliError>,
}

/// A file that was understood.
pub enum Read {
    /// It was looked at.
    Seen(Box<Preview>),
    /// It was imported.
    Done(Box<Imported>),
}

impl Outcome {
    /// Rows that were not understood.
    pub fn bad(&self) -> u64 {
        match &self.came {
            Ok(Read::Seen(seen)) => seen.report.bad,
            Ok(Read::Done(done)) if !done.is_known => done.source.bad,
            _ => 0,
        }
    }
}

/// What is said of a file, from either.
pub struct Facts {
    /// The format in words.
    pub label: String,
    /// Entries.
    pub entries: u64,
    /// Their time.
    pub seconds: i64,
    /// First and last day.
    pub days: Option<(i64, i64)>,
    /// People with a name.
    pub people: usize,
    /// Rows left out.
    pub skipped: u64,
    /// Questions, decisions, problems.
    pub remarks: Remarks,
}

impl Facts {
    /// Those of a file.
    pub fn of(read: &Read) -> Self {
        match read {
            Read::Seen(seen) => {
                let report = &seen.report;
                Self {
                    label: report.label.clone(),
                    entries: report.entries,
                    seconds: report.seconds.0,
                    days: report.days.map(|(a, b)| (a.0.into(), b.0.into())),
                    people: named(report.people.keys()),
                    skipped: report.skipped,
                    remarks: Remarks::of(report),
                }
            }
            Read::Done(done) => {
                let remarks = Remarks::of_source(&done.source);
                Self {
                    label: done.source.label.clone(),
                    entries: done.source.entries,
                    seconds: done.source.seconds,
                    days: done.source.days,
                    people: named(remarks.people.iter()),
                    skipped: done.source.skipped,
                    remarks,
                }
            }
        }
    }
}

/// How many people have a name; whoever has none is the owner.
fn named<'n>(people: impl Iterator<Item = &'n String>) -> usize {
    people.filter(|name| !name.trim().is_empty()).count()
}

/// In words, at most 80 columns where the names allow it.
pub fn text_of(outcomes: &[Outcome], is_dry: bool) -> String {
    let widths = outcomes.iter().map(|outcome| name_of(outcome).width());
    let width = widths.max().unwrap_or(0).min(NAME_WIDTH);
    let mut out = String::new();
    let (mut entries, mut skipped, mut doubles) = (0, 0, 0);
    let mut numbers: Vec<String> = Vec::new();
    for outcome in outcomes {
        let Ok(read) = &outcome.came else {
            continue;
        };
        let facts = Facts::of(read);
        let name = padded(&name_of(outcome), width);
        let indent = " ".repeat(width + 2);
        out += &format!("{name}  {}\n", shown(&facts.label));
        for line in lines_of(read, &facts) {
            for part in textwrap::wrap(&line, 78_usize.saturating_sub(width).max(40)) {
                out += &format!("{indent}{part}\n");
            }
        }
        if let Read::Done(done) = read
            && !done.is_known
        {
            entries += done.source.entries;
            skipped += done.source.skipped;
            doubles += done.doubles;
            numbers.push(done.source.number.to_string());
        }
    }
    if is_dry {
        out += "  Nothing was changed.   Import:  the same without --dry-run\n";
    } else if numbers.is_empty() {
        out += "  Nothing new was imported.   What is there:  offdesk source list\n";
    } else {
        let grouped = |number: u64| counted(number, "", "").trim_end().to_owned();
        out += &format!(
            "  Imported {}, skipped {}, possible doubles {}.   Undo:  offdesk source undo {}\n  See them:  offdesk next\n",
            grouped(entries),
            grouped(skipped),
            grouped(doubles),
            numbers.join(" ")
        );
    }
    out
}

fn numbered(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(", ")
}

fn name_of(outcome: &Outcome) -> String {
    let name = outcome.file.rsplit(['/', '\\']).next();
    match name.unwrap_or_default() {
        "-" | "" => "standard input".to_owned(),
        name => shown(name),
    }
}

fn lines_of(read: &Read, facts: &Facts) -> Vec<String> {
    let mut parts = vec![counted(facts.entries, "entry", "entries")];
    parts.extend(facts.days.map(days_in_words));
    parts.push(format!("{} h", hours_in_words(facts.seconds)));
    if facts.people > 0 {
        let people = u64::try_from(facts.people).unwrap_or(u64::MAX);
        parts.push(counted(people, "person", "people"));
    }
    let mut lines = vec![parts.join(" · ")];
    lines.extend(facts.remarks.decisions.iter().cloned());
    if facts.skipped > 0 {
        let rows = counted(facts.skipped, "row", "rows");
        let mut line = format!("{rows} left out");
        if let Some(first) = facts
            .remarks
            .problems
            .iter()
            .find(|it| it.severity != "note")
        {
            let at = first
                .line
                .map_or(String::new(), |line| format!("line {line}: "));
            line += &format!(", the first: {at}{} ({})", first.message, first.code);
        }
        lines.push(line);
    }
    lines.extend(facts.remarks.questions.iter().map(|it| format!("? {it}")));
    match read {
        Read::Done(done) if done.is_known => {
            lines.push(format!(
                "imported before, as number {}: nothing was changed",
                done.source.number
            ));
        }
        Read::Done(done) => {
            if !done.replaced.is_empty() {
                lines.push(format!(
                    "in the place of import {}",
                    numbered(&done.replaced)
                ));
            }
            if done.doubles > 0 {
                let doubles = counted(done.doubles, "entry is", "entries are");
                lines.push(format!("{doubles} in another import, too: counted once"));
            }
            if done.displaced > 0 {
                let displaced = counted(done.displaced, "entry", "entries");
                lines.push(format!(
                    "{displaced} of earlier imports: no longer counted, what is here goes first"
                ));
            }
        }
        Read::Seen(seen) => {
            lines.extend(
                seen.already
                    .map(|number| format!("imported before, as number {number}")),
            );
            if !seen.otherwise.is_empty() {
                lines.push(format!(
                    "imported before, read another way, as number {}: --replace takes its place",
                    numbered(&seen.otherwise)
                ));
            }
            let named = seen.activities.iter().take(NAMED);
            let names: Vec<String> = named
                .map(|(name, seconds)| format!("{} {} h", shown(name), hours_in_words(*seconds)))
                .collect();
            let more = seen.activities.len().saturating_sub(NAMED);
            let more = if more > 0 {
                format!(", and {more} more")
            } else {
                String::new()
            };
            lines.push(format!("{}{more}", names.join(", ")));
        }
    }
    lines
}
