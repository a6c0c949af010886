//! A sink that keeps what it is given as text, and a reading written out for a snapshot.

use std::any::Any;
use std::fmt::Write as _;

use jiff::Timestamp;
use offdesk_import::{DateOrder, Entry, Field, Input, Options, Problem, Report, Severity, Sink};

/// Keeps every entry.
#[derive(Default)]
pub struct Collect {
    pub lines: Vec<String>,
    pub seconds: i64,
}

impl Sink for Collect {
    fn entry(&mut self, entry: &Entry<'_>) {
        self.seconds += entry.seconds;
        self.lines.push(line(entry));
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::default())
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        let fork = fork.into_any().downcast::<Self>().unwrap();
        self.lines.extend(fork.lines);
        self.seconds += fork.seconds;
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

fn line(entry: &Entry<'_>) -> String {
    let mut out = format!("{:>4}  ", entry.line);
    match entry.day {
        Some(day) => write!(out, "{day}").unwrap(),
        None => out.push_str("no date"),
    }
    if let Some((start, end)) = entry.span {
        let at = |second| Timestamp::from_second(second).unwrap();
        write!(out, " {}..{}", at(start), at(end)).unwrap();
    }
    write!(out, "  {} s", entry.seconds).unwrap();
    for (name, value) in [
        ("person", entry.person),
        ("email", entry.email),
        ("client", entry.client),
        ("project", entry.project),
        ("task", entry.task),
        ("text", entry.description),
        ("id", entry.external_id),
    ] {
        if !value.is_empty() {
            write!(out, " | {name}={}", value.escape_debug()).unwrap();
        }
    }
    let tags: Vec<&str> = entry.tags.iter().collect();
    if !tags.is_empty() {
        write!(out, " | tags={}", tags.join(" ; ")).unwrap();
    }
    out
}

/// The moment all tests read at.
pub fn now() -> Timestamp {
    "2026-11-23T12:00:00Z".parse().unwrap()
}

/// Options from words such as `tz=Europe/Berlin order=dmy person=Noor from=2026-02-01 map=date=Day`.
pub fn options(args: &str) -> Options<'static> {
    let mut options = Options::new(now());
    for arg in args.split_whitespace() {
        let (key, value) = arg.split_once('=').unwrap();
        match key {
            "tz" => options.zone = Some(jiff::tz::TimeZone::get(value).unwrap()),
            "order" => {
                options.date_order = Some(match value {
                    "dmy" => DateOrder::Dmy,
                    "mdy" => DateOrder::Mdy,
                    _ => DateOrder::Ymd,
                });
            }
            "person" => options.person = Some(value.replace('_', " ")),
            "format" => options.format = Some(value.to_owned()),
            "from" => options.from = Some(offdesk_domain::Day::from_date(value.parse().unwrap())),
            "to" => options.to = Some(offdesk_domain::Day::from_date(value.parse().unwrap())),
            "long" => options.allow_long = true,
            "map" => {
                let (field, column) = value.split_once('=').unwrap();
                options
                    .map
                    .push((Field::parse(field).unwrap(), column.replace('_', " ")));
            }
            other => panic!("no option {other}"),
        }
    }
    options
}

/// Reads an input; returns the report and the entries, or the fatal problem.
pub fn read(input: &mut Input, options: &Options<'_>) -> Result<(Report, Collect), Problem> {
    let mut sink = Collect::default();
    let report = offdesk_import::read(input, options, &mut sink)?;
    assert_eq!(
        report.rows,
        report.entries + report.skipped,
        "rows = entries + skipped"
    );
    assert_eq!(
        report.seconds.0, sink.seconds,
        "the report's sum is the sum of the entries"
    );
    Ok((report, sink))
}

/// A reading written out.
pub fn written_out(result: Result<(Report, Collect), Problem>) -> String {
    let mut out = String::new();
    match result {
        Err(problem) => {
            writeln!(out, "{:?} {}: {problem}", problem.severity, problem.code).unwrap();
            writeln!(out, "  hint: {}", problem.hint).unwrap();
        }
        Ok((report, collect)) => {
            let kind = report.kind.map_or("no kind", |kind| kind.word());
            writeln!(out, "{} ({}), {kind}", report.format, report.label).unwrap();
            writeln!(
                out,
                "rows {}, entries {}, skipped {}, bad {}, hours {}",
                report.rows,
                report.entries,
                report.skipped,
                report.bad,
                report.seconds.hours_f64()
            )
            .unwrap();
            for decision in &report.decisions {
                writeln!(out, "decided: {decision}").unwrap();
            }
            for question in &report.questions {
                writeln!(out, "question: {question}").unwrap();
            }
            for problem in &report.problems {
                let value = if problem.value.is_empty() {
                    String::new()
                } else {
                    format!(" [{}]", problem.value)
                };
                writeln!(
                    out,
                    "{:?} {}: {problem}{value}",
                    problem.severity, problem.code
                )
                .unwrap();
            }
            for line in &collect.lines {
                writeln!(out, "{line}").unwrap();
            }
        }
    }
    out
}

/// The problem of a file that is refused with a code.
#[track_caller]
pub fn fatal(result: Result<(Report, Collect), Problem>, code: &str) -> Problem {
    match result {
        Err(problem) => {
            assert_eq!(
                (problem.code, problem.severity),
                (code, Severity::Fatal),
                "{problem:?}"
            );
            problem
        }
        Ok((report, collect)) => panic!("read: {report:#?} {:#?}", collect.lines),
    }
}
