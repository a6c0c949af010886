//! What the caller knows about the files: zone, date order, mapping, period, person.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_domain::Day;

/// Which of the three numbers of a date comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl DateOrder {
    /// `dmy`, `mdy` or `ymd`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Day of the entry, or of its start.
    Date,
    /// Day of its end.
    EndDate,
    /// Start: a time, or date and time.
    Start,
    /// End: a time, or date and time.
    End,
    /// Duration in any notation; the layout says what a bare number means.
    Duration,
    /// Duration in hours, as a decimal number; used where `Duration` is absent or empty.
    Hours,
    /// Zone of the row's times.
    Zone,
    /// Name of who did it.
    Person,
    /// First name, joined with the last name.
    FirstName,
    /// Last name.
    LastName,
    /// E-mail of who did it; preferred to the name as identity.
    Email,
    /// Customer.
    Client,
    /// Project.
    Project,
    /// Task or the source's own "activity".
    Task,
    /// Description or notes.
    Description,
    /// Tags.
    Tags,
    /// Stable id of the source.
    Id,
}

impl Field {
    /// The names a user may type in `--map field=Column`, and the template's headers.
    pub const NAMES: [(&'static str, Self); 17] = [
        ("date", Self::Date),
        ("end_date", Self::EndDate),
        ("start", Self::Start),
        ("end", Self::End),
        ("duration", Self::Duration),
        ("hours", Self::Hours),
        ("zone", Self::Zone),
        ("person", Self::Person),
        ("first_name", Self::FirstName),
        ("last_name", Self::LastName),
        ("email", Self::Email),
        ("client", Self::Client),
        ("project", Self::Project),
        ("task", Self::Task),
        ("notes", Self::Description),
        ("tags", Self::Tags),
        ("id", Self::Id),
    ];

    /// The field a user means; `description` is the same as `notes`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        if name == "description" {
            return Some(Self::Description);
        }
        Self::NAMES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, field)| *field)
    }

    /// The name a user types for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, f)| *f == self)
            .map_or("", |(name, _)| *name)
    }
}

/// Told about progress, and asked whether to go on. Called from several threads.
pub trait Progress: Sync {
    /// So many more bytes and rows were read.
    fn advance(&self, bytes: u64, rows: u64);
    /// Whether the user wants to stop.
    fn is_cancelled(&self) -> bool;
}

/// Nobody is watching.
#[derive(Debug, Clone, Copy)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn advance(&self, _bytes: u64, _rows: u64) {}
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// What the caller knows, and the limits.
#[derive(Clone)]
pub struct Options<'p> {
    /// The moment of reading: nothing later counts as done.
    pub now: Timestamp,
    /// Zone of times that carry none; `None`: not known, wall-clock times are taken as they stand.
    pub zone: Option<TimeZone>,
    /// Order of the numbers in dates, where the file leaves it open.
    pub date_order: Option<DateOrder>,
    /// Format id to use instead of detecting one.
    pub format: Option<String>,
    /// Columns by name, before any guess.
    pub map: Vec<(Field, String)>,
    /// Only entries of this person (name or e-mail, case ignored).
    pub person: Option<String>,
    /// Only entries from this day on.
    pub from: Option<Day>,
    /// Only entries up to and with this day.
    pub to: Option<Day>,
    /// Count entries longer than 24 hours too.
    pub allow_long: bool,
    /// Most threads to read with.
    pub threads: usize,
    /// Who is watching.
    pub progress: &'p dyn Progress,
}

impl Options<'_> {
    /// Nothing known but the moment.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            zone: None,
            date_order: None,
            format: None,
            map: Vec::new(),
            person: None,
            from: None,
            to: None,
            allow_long: false,
            threads: 2,
            progress: &NoProgress,
        }
    }
}
