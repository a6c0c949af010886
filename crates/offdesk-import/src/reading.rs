//! What an importer works with: it gives entries and problems, and the rules common to all formats are kept here.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use offdesk_domain::{Day, EntryKind, Seconds};

use crate::entry::{Entry, Sink};
use crate::options::Options;
use crate::problem::{Problem, Severity};

/// Problems kept with their place; beyond that they are only counted.
const KEPT_PROBLEMS: usize = 100;
/// People told apart in a report; beyond that they are not listed.
const KEPT_PEOPLE: usize = 1000;
/// Ids kept of what is no work any more.
const KEPT_WITHDRAWN: usize = 500;
const DAY_SECONDS: i64 = 86_400;

/// What was read of one file.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// File name, as given.
    pub file: String,
    /// Format id, such as `toggl.detailed`.
    pub format: String,
    /// The format in words, with what was decided about it.
    pub label: String,
    /// How the entries are known.
    pub kind: Option<EntryKind>,
    /// Rows looked at: `entries + skipped`.
    pub rows: u64,
    /// Entries that count.
    pub entries: u64,
    /// Their length together.
    pub seconds: Seconds,
    /// Rows left out.
    pub skipped: u64,
    /// Rows left out because they were not understood (part of `skipped`).
    pub bad: u64,
    /// First and last day with an entry.
    pub days: Option<(Day, Day)>,
    /// Its entries are totals over the days, without days of their own.
    pub has_totals: bool,
    /// Time that several of its entries claim was shared out among them, and the reader has said so.
    pub shares_time: bool,
    /// Seconds by person, for the first 1,000 people.
    pub people: BTreeMap<String, Seconds>,
    /// What the owner should be asked, in words.
    pub questions: Vec<String>,
    /// The first 100 problems, by line.
    pub problems: Vec<Problem>,
    /// How often each code was met.
    pub counts: BTreeMap<(Severity, &'static str), u64>,
    /// What was decided while reading, in words: encoding, delimiter, date order, columns.
    pub decisions: Vec<String>,
    /// The ids of the first 500 entries that are in the file as cancelled or declined: another file may have them as work.
    pub withdrawn: Vec<String>,
}

impl Report {
    fn add(&mut self, problem: Problem) {
        *self
            .counts
            .entry((problem.severity, problem.code))
            .or_default() += 1;
        if self.problems.len() < KEPT_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Adds a remark about the whole file.
    pub fn remark(&mut self, problem: Problem) {
        self.add(problem);
    }

    /// How often a code was met.
    #[must_use]
    pub fn count(&self, code: &str) -> u64 {
        self.counts
            .iter()
            .filter(|((_, c), _)| *c == code)
            .map(|(_, n)| n)
            .sum()
    }

    /// Takes over what another part of the same file gave.
    pub fn absorb(&mut self, part: Self) {
        self.rows += part.rows;
        self.entries += part.entries;
        self.seconds += part.seconds;
        self.skipped += part.skipped;
        self.bad += part.bad;
        self.days = match (self.days, part.days) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (mine, theirs) => mine.or(theirs),
        };
        self.shares_time |= part.shares_time;
        for (person, seconds) in part.people {
            *self.people.entry(person).or_default() += seconds;
        }
        self.questions.extend(part.questions);
        let room = KEPT_WITHDRAWN.saturating_sub(self.withdrawn.len());
        self.withdrawn.extend(part.withdrawn.into_iter().take(room));
        for decision in part.decisions {
            if !self.decisions.contains(&decision) {
                self.decisions.push(decision);
            }
        }
        for (key, count) in part.counts {
            *self.counts.entry(key).or_default() += count;
        }
        self.problems.extend(part.problems);
        self.problems.sort_by_key(|p| p.line.unwrap_or(0));
        self.problems.truncate(KEPT_PROBLEMS);
    }
}

/// One file being read: importers call [`entry`](Self::entry) and [`problem`](Self::problem).
pub struct Reading<'r> {
    /// What the caller knows.
    pub options: &'r Options<'r>,
    /// What has been read so far.
    pub report: Report,
    sink: &'r mut dyn Sink,
    earliest: Day,
    latest: Day,
    person: Option<String>,
    is_careful: bool,
    last_person: String,
    last_person_seconds: Seconds,
}

impl<'r> Reading<'r> {
    /// A reading into a sink.
    #[must_use]
    pub fn new(options: &'r Options<'r>, sink: &'r mut dyn Sink) -> Self {
        let today = Day::from_epoch_seconds(options.now.as_second());
        Self {
            options,
            report: Report::default(),
            sink,
            earliest: Day::from_ymd(1990, 1, 1).unwrap_or(Day(0)),
            latest: Day(today.0.saturating_add(366)),
            person: options.person.as_ref().map(|p| p.trim().to_lowercase()),
            is_careful: false,
            last_person: String::new(),
            last_person_seconds: Seconds::ZERO,
        }
    }

    /// An empty sink like this reading's own.
    #[must_use]
    pub fn fork_sink(&self) -> Box<dyn Sink> {
        self.sink.fork()
    }

    /// Takes over a part: its report and its sink.
    pub fn absorb(&mut self, report: Report, sink: Box<dyn Sink>) {
        self.report.absorb(report);
        self.sink.absorb(sink);
    }

    /// The zone of times that carry none: the caller's, else UTC, which leaves wall-clock times as they stand.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        self.options.zone.clone().unwrap_or(TimeZone::UTC)
    }

    /// Gives one entry. It is counted, or left out by the rules all formats share:
    /// impossible years, negative length, more than 24 hours, outside the asked period, another person.
    pub fn entry(&mut self, entry: &Entry<'_>) {
        self.report.rows += 1;
        if let Some(problem) = self.refusal(entry) {
            self.leave_out(problem.at(entry.line));
            return;
        }
        if entry.seconds == 0 {
            self.report
                .add(Problem::note("import.zero", "this entry has no length").at(entry.line));
        }
        if let Some(day) = entry.day {
            self.cover(day);
        }
        self.report.entries += 1;
        self.report.seconds += Seconds(entry.seconds);
        // Comparing two empty texts may touch the address of an empty String, which costs as much as a row.
        let is_nobody = entry.person.is_empty() && self.last_person.is_empty();
        if !is_nobody && entry.person != self.last_person {
            self.note_person();
            self.last_person.clear();
            self.last_person.push_str(entry.person);
        }
        self.last_person_seconds += Seconds(entry.seconds);
        self.sink.entry(entry);
    }

    /// Counts a day among those that the file covers.
    pub fn cover(&mut self, day: Day) {
        self.report.days = Some(match self.report.days {
            Some((from, to)) => (from.min(day), to.max(day)),
            None => (day, day),
        });
    }

    /// A problem with a row that is not given as an entry (counted as a skipped row), or a remark.
    pub fn problem(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Note => self.report.add(problem),
            Severity::LeftOut | Severity::Bad | Severity::Fatal => {
                self.report.rows += 1;
                self.leave_out(problem);
            }
        }
    }

    /// A question the owner should be asked; each is kept once.
    pub fn ask(&mut self, question: impl Into<String>) {
        let question = question.into();
        if !self.report.questions.contains(&question) {
            self.report.questions.push(question);
        }
    }

    /// Notes the id of what the file itself says is no work any more.
    pub fn withdraw(&mut self, id: String) {
        if self.report.withdrawn.len() < KEPT_WITHDRAWN {
            self.report.withdrawn.push(id);
        }
    }

    /// Something decided while reading, in words; each is kept once.
    pub fn decide(&mut self, decision: impl Into<String>) {
        let decision = decision.into();
        if !self.report.decisions.contains(&decision) {
            self.report.decisions.push(decision);
        }
    }

    /// Tells progress; fails when the user wants to stop.
    ///
    /// # Errors
    /// `import.cancelled`.
    pub fn progress(&self, bytes: u64, rows: u64) -> Result<(), Problem> {
        self.options.progress.advance(bytes, rows);
        if self.options.progress.is_cancelled() {
            return Err(Problem::fatal(
                "import.cancelled",
                "stopped; nothing was written",
            ));
        }
        Ok(())
    }

    /// Whether records are split one by one, so that a stray quote can be told from the end of a field.
    #[must_use]
    pub fn is_careful(&self) -> bool {
        self.is_careful
    }

    /// Sets how records are split.
    pub fn set_careful(&mut self, is_careful: bool) {
        self.is_careful = is_careful;
    }

    /// Remarks on the first line read as Windows-1252.
    pub fn note_foreign(&mut self, line: u64) {
        if self.report.count("import.encoding") == 0 {
            let message = "not UTF-8 from here on; read as Windows-1252";
            self.report.add(
                Problem::note("import.encoding", message)
                    .at(line)
                    .hint("look at the names: are the accents right?"),
            );
        }
    }

    /// Ends the reading.
    #[must_use]
    pub fn finish(mut self) -> Report {
        self.note_person();
        self.report
    }

    fn note_person(&mut self) {
        let seconds = std::mem::take(&mut self.last_person_seconds);
        if let Some(sum) = self.report.people.get_mut(&self.last_person) {
            *sum += seconds;
        } else if (seconds > Seconds::ZERO || !self.last_person.is_empty())
            && self.report.people.len() < KEPT_PEOPLE
        {
            self.report.people.insert(self.last_person.clone(), seconds);
        }
    }

    fn leave_out(&mut self, problem: Problem) {
        self.report.skipped += 1;
        if problem.severity == Severity::Bad {
            self.report.bad += 1;
        }
        self.report.add(problem);
    }

    fn refusal(&self, entry: &Entry<'_>) -> Option<Problem> {
        if let Some(person) = &self.person {
            // A file without people belongs to the one who gave it.
            let named = !entry.person.is_empty() || !entry.email.is_empty();
            if named
                && entry.person.to_lowercase() != *person
                && entry.email.to_lowercase() != *person
            {
                return Some(Problem::left_out(
                    "import.other_person",
                    "somebody else's entry",
                ));
            }
        }
        if let Some(day) = entry.day {
            if day < self.earliest || day > self.latest {
                return Some(Problem::bad(
                    "import.date_range",
                    format!("the date {day} is before 1990 or more than a year ahead"),
                ));
            }
            if self.options.from.is_some_and(|from| day < from)
                || self.options.to.is_some_and(|to| day > to)
            {
                return Some(Problem::left_out(
                    "import.outside_period",
                    "outside the asked period",
                ));
            }
        }
        if entry.seconds < 0 {
            return Some(Problem::bad(
                "import.negative",
                "this entry ends before it starts",
            ));
        }
        if entry.seconds > DAY_SECONDS && !entry.is_total && !self.options.allow_long {
            let hours = Seconds(entry.seconds).hours().round_dp(1).normalize();
            return Some(
                Problem::bad(
                    "import.too_long",
                    format!("this entry is {hours} hours long"),
                )
                .hint("correct it in the file, or count such entries with --allow-long"),
            );
        }
        None
    }
}
