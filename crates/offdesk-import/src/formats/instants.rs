//! Entries as APIs and backups give them: start and end as instants, ids beside names.

use std::collections::BTreeSet;

use offdesk_domain::Day;

use crate::entry::{Entry, Tags};
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::{Clock, Local};
use crate::text::date::{self, DateText};
use crate::text::scalar::TagList;

/// Rows between two reports of progress.
const ROWS_AT_ONCE: u64 = 1024;
/// Rounded and true lengths may differ by so much without a remark, in seconds.
const TOLERANCE: i64 = 60;

/// One entry of an API, borrowed from its record.
#[derive(Debug, Default, Clone, Copy)]
pub struct Stamped<'s> {
    /// Line in the file; 0 in JSON.
    pub line: u64,
    /// Where the record stands, such as `/12` in JSON; empty where `line` says it.
    pub place: &'s str,
    /// Start as printed, and the name of its field for messages.
    pub start: (&'s str, &'static str),
    /// End as printed, and the name of its field; empty while the entry runs.
    pub end: (&'s str, &'static str),
    /// Length in seconds by the source; negative while it runs (Toggl).
    pub seconds: Option<i64>,
    /// Seconds of a pause between start and end that `seconds` leaves out.
    pub pause: i64,
    /// Name of who did it.
    pub person: &'s str,
    /// E-mail of who did it.
    pub email: &'s str,
    /// Id of who did it, used only to tell whether there are several people.
    pub person_id: &'s str,
    /// Customer.
    pub client: &'s str,
    /// Project's name.
    pub project: &'s str,
    /// Project's id, used only to tell whether names are missing.
    pub project_id: &'s str,
    /// Task's name.
    pub task: &'s str,
    /// Description.
    pub description: &'s str,
    /// Tags joined by [`TagList::SEPARATOR`].
    pub tags: &'s str,
    /// Id of the entry.
    pub id: &'s str,
}

/// Gives stamped entries to a reading and keeps what has to be said about all of them.
pub struct Giver<'g, 'r> {
    /// Where entries and problems go.
    pub reading: &'g mut Reading<'r>,
    clock: Clock,
    has_unnamed_project: bool,
    unnamed_people: BTreeSet<String>,
    rows: u64,
}

impl<'g, 'r> Giver<'g, 'r> {
    /// A giver into a reading.
    pub fn new(reading: &'g mut Reading<'r>) -> Self {
        let clock = Clock::new(&reading.zone());
        Self {
            reading,
            clock,
            has_unnamed_project: false,
            unnamed_people: BTreeSet::new(),
            rows: 0,
        }
    }

    /// Counts a row for the progress; to be called once for every record.
    ///
    /// # Errors
    /// `import.cancelled`.
    pub fn step(&mut self) -> Result<(), Problem> {
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_AT_ONCE) {
            self.reading.progress(0, ROWS_AT_ONCE)?;
        }
        Ok(())
    }

    /// Leaves a record out, at its place.
    pub fn leave_out(&mut self, at: &Stamped<'_>, problem: Problem) {
        self.reading
            .problem(problem.at(at.line).column(at.place.to_owned()));
    }

    /// Gives one record as an entry, or says why not.
    pub fn give(&mut self, stamped: &Stamped<'_>) {
        match self.span(stamped) {
            Ok((day, start, end, seconds)) => self.entry(stamped, day, (start, end), seconds),
            Err(problem) => self.reading.problem(problem),
        }
    }

    fn entry(&mut self, stamped: &Stamped<'_>, day: Day, span: (i64, i64), seconds: i64) {
        if stamped.project.is_empty() && !stamped.project_id.is_empty() {
            self.has_unnamed_project = true;
        }
        if stamped.person.is_empty()
            && stamped.email.is_empty()
            && !stamped.person_id.is_empty()
            && self.unnamed_people.len() < 2
        {
            self.unnamed_people.insert(stamped.person_id.to_owned());
        }
        let apart = (span.1 - span.0) - (seconds + stamped.pause);
        if apart.abs() > TOLERANCE {
            let message = format!(
                "the duration is {seconds} s, but from start to end it is {} s; the duration counts",
                span.1 - span.0
            );
            self.reading.problem(
                Problem::note("import.inconsistent", message)
                    .at(stamped.line)
                    .column(stamped.place),
            );
        }
        self.reading.entry(&Entry {
            line: stamped.line,
            person: if stamped.person.is_empty() {
                stamped.email
            } else {
                stamped.person
            },
            email: stamped.email,
            client: stamped.client,
            project: stamped.project,
            task: stamped.task,
            description: stamped.description,
            tags: Tags::new(stamped.tags, TagList::SEPARATOR),
            day: Some(day),
            span: Some(span),
            seconds,
            external_id: stamped.id,
            is_total: false,
        });
    }

    /// Day of the start, start, end and length, all told from the texts and the source's duration.
    fn span(&mut self, stamped: &Stamped<'_>) -> Result<(Day, i64, i64, i64), Problem> {
        let (start, day) = self.moment(stamped, stamped.start)?;
        let is_running = match stamped.seconds {
            Some(seconds) => seconds < 0 || (seconds == 0 && stamped.end.0.is_empty()),
            None => stamped.end.0.is_empty(),
        };
        if is_running {
            let problem = Problem::left_out("import.running", "this entry is still running");
            return Err(problem.at(stamped.line).column(stamped.place));
        }
        let end = if stamped.end.0.is_empty() {
            start.saturating_add(stamped.seconds.unwrap_or(0))
        } else {
            self.moment(stamped, stamped.end)?.0
        };
        if end < start {
            return Err(at_field(
                Problem::bad("import.negative", "this entry ends before it starts"),
                stamped,
                stamped.end,
            ));
        }
        let seconds = stamped
            .seconds
            .unwrap_or_else(|| end - start - stamped.pause);
        Ok((day, start, end, seconds))
    }

    /// An instant and its civil day: as printed where the text has an offset, else on the owner's clock.
    fn moment(
        &mut self,
        stamped: &Stamped<'_>,
        field: (&str, &'static str),
    ) -> Result<(i64, Day), Problem> {
        let (text, _) = field;
        if text.is_empty() {
            let problem = Problem::bad("import.no_date", "this entry has no start");
            return Err(at_field(problem, stamped, field));
        }
        let read = date::date_time(text);
        let wall = read.and_then(|read| match read.date {
            DateText::Known(day) => Some(i64::from(day.0) * 86_400 + i64::from(read.time?)),
            _ => None,
        });
        let Some((read, wall)) = read.zip(wall) else {
            let problem = match read.map(|read| read.date) {
                Some(DateText::Impossible) => Problem::bad(
                    "import.date_impossible",
                    "there is no such day in the calendar",
                ),
                _ => Problem::bad("import.date", "this is not a date with a time"),
            };
            return Err(at_field(problem, stamped, field));
        };
        if wall % 60 == 0
            && let Some(note) = date::leap_second(text)
        {
            self.reading.problem(at_field(note, stamped, field));
        }
        match read.offset {
            // UTC is how machines write, not where the owner's day begins.
            Some(0) => Ok((wall, Day::from_epoch_seconds(self.clock.wall(wall)))),
            Some(offset) => Ok((wall - i64::from(offset), Day::from_epoch_seconds(wall))),
            None => match self.clock.instant(wall) {
                Local::Exact(at) => Ok((at, Day::from_epoch_seconds(wall))),
                Local::Gap(_) => {
                    let problem = Problem::bad(
                        "import.time_gap",
                        "the clocks were put forward over this time: it does not exist",
                    );
                    Err(at_field(problem, stamped, field))
                }
                Local::Fold(first, _) => {
                    let problem = Problem::note(
                        "import.time_fold",
                        "this time exists twice, as the clocks were put back; the first is taken",
                    );
                    self.reading.problem(at_field(problem, stamped, field));
                    Ok((first, Day::from_epoch_seconds(wall)))
                }
            },
        }
    }

    /// Says what concerns the whole file; to be called after the last record.
    ///
    /// # Errors
    /// `import.cancelled`.
    pub fn finish(self, bytes: u64) -> Result<(), Problem> {
        if self.has_unnamed_project {
            self.reading.problem(
                Problem::note(
                    "import.project_names",
                    "this file has projects only as numbers, so the work is told by its description",
                )
                .hint("the tracker's CSV export has their names"),
            );
        }
        if self.unnamed_people.len() > 1 {
            self.reading.problem(
                Problem::note(
                    "import.people_names",
                    "this file has several people only as numbers; their hours are counted together",
                )
                .hint("the tracker's CSV export has their names"),
            );
        }
        self.reading.progress(bytes, self.rows % ROWS_AT_ONCE)
    }
}

/// A problem with one field of a record.
fn at_field(problem: Problem, stamped: &Stamped<'_>, field: (&str, &'static str)) -> Problem {
    let (text, name) = field;
    let problem = problem.at(stamped.line).value(text);
    if stamped.place.is_empty() {
        problem.column(name)
    } else {
        problem.column(format_args!("{}/{name}", stamped.place))
    }
}
