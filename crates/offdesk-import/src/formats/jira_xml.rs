//! Jira's XML export: an RSS feed whose items are issues, with the seconds spent on each.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::entry::{Entry, Tags};
use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::table::facts::totals_period;
use crate::text::scalar::TagList;
use crate::text::{encoding, entity};

/// Deepest nesting read.
const DEEPEST: usize = 64;
/// Longest text or tag read.
const LONGEST: usize = 1024 * 1024;

#[derive(Debug, Default)]
struct Issue {
    line: u64,
    key: String,
    summary: String,
    project: String,
    labels: TagList,
    seconds: Option<String>,
}

/// Which text of an issue is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Key,
    Summary,
    Project,
    Label,
    Other,
}

/// Reads the feed.
///
/// # Errors
/// `import.xml`, `import.truncated`, `import.depth`, `import.record_too_long`, `import.cancelled`.
pub fn read(input: &mut Input, reading: &mut Reading<'_>) -> Result<(), Problem> {
    reading.decide("each issue is one total, without days and people");
    let length = input.length();
    let head = input.head()?;
    let skip = encoding::byte_order_mark(&head).map_or(0, |(_, length)| length);
    let mut stream = Lines::new(BufReader::with_capacity(128 * 1024, input.start()?));
    stream.skip(skip)?;
    let mut xml = Reader::from_reader(stream);
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    let mut issue: Option<Issue> = None;
    let mut part = Part::Other;
    let mut text = String::new();
    loop {
        buffer.clear();
        let line = xml.get_ref().line;
        let event = xml
            .read_event_into(&mut buffer)
            .map_err(|error| problem(&error).at(line))?;
        match event {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    let message = "this XML is nested deeper than 64 levels";
                    return Err(Problem::fatal("import.depth", message).at(line));
                }
                text.clear();
                part = begin(&tag, &mut issue, line);
            }
            Event::Empty(tag) => {
                begin(&tag, &mut issue, line);
            }
            Event::Text(piece) if part != Part::Other => text.push_str(&piece),
            Event::CData(piece) if part != Part::Other => text.push_str(&piece),
            Event::GeneralRef(name) if part != Part::Other => text.push_str(&resolved(&name)),
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                if tag.name().as_ref() == "item" {
                    if let Some(issue) = issue.take() {
                        give(&issue, reading);
                    }
                    reading.progress(0, 1)?;
                } else if let Some(issue) = &mut issue {
                    end(part, &text, issue);
                }
                part = Part::Other;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if depth > 0 {
        let message = "this XML stops in the middle";
        return Err(Problem::fatal("import.truncated", message)
            .at(xml.get_ref().line)
            .hint("download it again; it was cut short"));
    }
    totals_period(input, reading)?;
    reading.progress(length, 0)
}

/// Begins an element: which of its text is wanted.
fn begin(tag: &BytesStart<'_>, issue: &mut Option<Issue>, line: u64) -> Part {
    let name = tag.name();
    if name.as_ref() == "item" {
        *issue = Some(Issue {
            line,
            ..Issue::default()
        });
        return Part::Other;
    }
    let Some(issue) = issue else {
        return Part::Other;
    };
    match name.as_ref() {
        "key" => Part::Key,
        "summary" => Part::Summary,
        "project" => Part::Project,
        "label" => Part::Label,
        "timespent" => {
            let seconds = tag.try_get_attribute("seconds").ok().flatten();
            issue.seconds = Some(seconds.map_or(String::new(), |a| a.value.trim().to_owned()));
            Part::Other
        }
        _ => Part::Other,
    }
}

fn end(part: Part, text: &str, issue: &mut Issue) {
    let text = text.trim();
    match part {
        Part::Key => text.clone_into(&mut issue.key),
        Part::Summary => text.clone_into(&mut issue.summary),
        Part::Project => text.clone_into(&mut issue.project),
        Part::Label => issue.labels.push(text),
        Part::Other => {}
    }
}

fn give(issue: &Issue, reading: &mut Reading<'_>) {
    let Some(written) = &issue.seconds else {
        let problem = Problem::left_out("import.no_time", "an issue without time spent");
        reading.problem(problem.at(issue.line).value(&issue.key));
        return;
    };
    let Ok(seconds) = written.parse() else {
        let problem = Problem::bad("import.duration", "this is no whole number of seconds")
            .at(issue.line)
            .column("timespent")
            .value(written);
        reading.problem(problem);
        return;
    };
    reading.entry(&Entry {
        line: issue.line,
        project: &issue.project,
        task: &issue.summary,
        tags: Tags::new(issue.labels.joined(), TagList::SEPARATOR),
        seconds,
        external_id: &issue.key,
        is_total: true,
        ..Entry::default()
    });
}

/// The character an entity stands for; entities of the file's own making are not expanded.
fn resolved(name: &BytesRef<'_>) -> String {
    entity::resolved(name, quick_xml::escape::resolve_xml_entity).unwrap_or_else(|| {
        let name: &str = name;
        format!("&{name};")
    })
}

fn problem(error: &quick_xml::Error) -> Problem {
    match error {
        quick_xml::Error::Io(error) if error.to_string().contains("import.record_too_long") => {
            Problem::fatal(
                "import.record_too_long",
                "a text in this XML is longer than 1 MiB",
            )
        }
        quick_xml::Error::Io(error) => crate::input::unreadable(error),
        quick_xml::Error::Encoding(_) => {
            Problem::fatal("import.encoding", "this XML is not UTF-8").hint("save it as UTF-8")
        }
        quick_xml::Error::Syntax(_) => {
            Problem::fatal("import.truncated", "this XML stops in the middle")
                .hint("download it again; it was cut short")
        }
        other => Problem::fatal("import.xml", format!("this XML is damaged: {other}"))
            .hint("download it again"),
    }
}

/// Counts lines as they are consumed, and stops at texts longer than 1 MiB before they cost memory.
struct Lines<R> {
    inner: R,
    line: u64,
    run: usize,
}

impl<R: BufRead> Lines<R> {
    fn new(inner: R) -> Self {
        Self {
            inner,
            line: 1,
            run: 0,
        }
    }

    /// Passes over a byte order mark.
    fn skip(&mut self, length: usize) -> Result<(), Problem> {
        self.inner
            .fill_buf()
            .map_err(|error| crate::input::unreadable(&error))?;
        self.inner.consume(length);
        Ok(())
    }
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        let (Some(from), Some(to)) = (available.get(..count), buffer.get_mut(..count)) else {
            return Ok(0);
        };
        to.copy_from_slice(from);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.run > LONGEST {
            return Err(io::Error::other("import.record_too_long"));
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            for byte in buffer.iter().take(count) {
                match byte {
                    b'\n' => self.line += 1,
                    b'<' => self.run = 0,
                    _ => {}
                }
                self.run += 1;
            }
        }
        self.inner.consume(count);
    }
}
