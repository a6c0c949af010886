//! What an import has brought, or would bring, as JSON.

use offdesk_actions::imports::Remark;
use offdesk_domain::{Day, Seconds};
use serde::Serialize;

use super::report::{Facts, Outcome, Read};

/// `offdesk.import/1`.
#[derive(Serialize)]
pub struct ImportJson {
    schema: &'static str,
    workspace: String,
    dry_run: bool,
    files: Vec<FileJson>,
    imported: u64,
    skipped: u64,
    doubles: u64,
    undo: Vec<i64>,
}

#[derive(Serialize)]
struct FileJson {
    file: String,
    status: &'static str,
    number: Option<i64>,
    otherwise: Vec<i64>,
    #[serde(flatten)]
    read: Option<ReadJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorJson>,
}

#[derive(Serialize)]
struct ReadJson {
    format: String,
    label: String,
    kind: String,
    rows: u64,
    entries: u64,
    hours: f64,
    from: Option<String>,
    to: Option<String>,
    skipped: u64,
    bad: u64,
    doubles: u64,
    displaced: u64,
    questions: Vec<String>,
    decisions: Vec<String>,
    warnings: Vec<WarningJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    activities: Vec<ActivityJson>,
}

#[derive(Serialize)]
struct ActivityJson {
    name: String,
    hours: f64,
}

#[derive(Serialize)]
struct WarningJson {
    line: Option<u64>,
    column: Option<String>,
    code: String,
    message: String,
}

#[derive(Serialize)]
struct ErrorJson {
    code: &'static str,
    message: String,
    hint: Vec<String>,
}

/// As JSON.
pub fn json_of(outcomes: &[Outcome], workspace: &str, is_dry: bool) -> ImportJson {
    let mut json = ImportJson {
        schema: "offdesk.import/1",
        workspace: workspace.to_owned(),
        dry_run: is_dry,
        files: outcomes.iter().map(file_of).collect(),
        imported: 0,
        skipped: 0,
        doubles: 0,
        undo: Vec::new(),
    };
    for outcome in outcomes {
        if let Ok(Read::Done(done)) = &outcome.came
            && !done.is_known
        {
            json.imported += done.source.entries;
            json.skipped += done.source.skipped;
            json.doubles += done.doubles;
            json.undo.push(done.source.number);
        }
    }
    json
}

fn file_of(outcome: &Outcome) -> FileJson {
    let file = outcome.file.clone();
    match &outcome.came {
        Ok(read) => {
            let (status, number) = match read {
                Read::Seen(seen) if seen.already.is_some() => ("known", seen.already),
                Read::Seen(_) => ("read", None),
                Read::Done(done) if done.is_known => ("known", Some(done.source.number)),
                Read::Done(done) => ("imported", Some(done.source.number)),
            };
            FileJson {
                file,
                status,
                number,
                otherwise: match read {
                    Read::Seen(seen) => seen.otherwise.clone(),
                    Read::Done(done) => done.replaced.clone(),
                },
                read: Some(read_of(read)),
                error: None,
            }
        }
        Err(error) => FileJson {
            file,
            status: "failed",
            number: None,
            otherwise: Vec::new(),
            read: None,
            error: Some(ErrorJson {
                code: error.code,
                message: error.message.clone(),
                hint: error.lines.clone(),
            }),
        },
    }
}

fn read_of(read: &Read) -> ReadJson {
    let facts = Facts::of(read);
    let day = |day: i64| Day::from_number(day).map_or_else(String::new, |day| day.to_string());
    let (format, kind, rows, bad, doubles, activities) = match read {
        Read::Seen(seen) => {
            let activities = seen.activities.iter().map(|(name, seconds)| ActivityJson {
                name: name.clone(),
                hours: Seconds(*seconds).hours_f64(),
            });
            (
                seen.report.format.clone(),
                seen.report.kind.map_or("", offdesk_domain::EntryKind::word),
                seen.report.rows,
                seen.report.bad,
                0,
                activities.collect(),
            )
        }
        Read::Done(done) => (
            done.source.format.clone(),
            done.source.kind.as_str(),
            done.source.rows,
            done.source.bad,
            done.doubles,
            Vec::new(),
        ),
    };
    ReadJson {
        format,
        label: facts.label,
        kind: kind.to_owned(),
        rows,
        entries: facts.entries,
        hours: Seconds(facts.seconds).hours_f64(),
        from: facts.days.map(|days| day(days.0)),
        to: facts.days.map(|days| day(days.1)),
        skipped: facts.skipped,
        bad,
        doubles,
        displaced: match read {
            Read::Seen(_) => 0,
            Read::Done(done) => done.displaced,
        },
        questions: facts.remarks.questions,
        decisions: facts.remarks.decisions,
        warnings: facts.remarks.problems.into_iter().map(warning).collect(),
        activities,
    }
}

fn warning(remark: Remark) -> WarningJson {
    WarningJson {
        line: remark.line,
        column: Some(remark.column).filter(|column| !column.is_empty()),
        code: remark.code,
        message: remark.message,
    }
}
