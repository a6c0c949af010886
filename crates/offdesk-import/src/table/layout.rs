//! What a known table looks like: its header names, and what each column means.

use offdesk_domain::EntryKind;

use crate::options::{DateOrder, Field};

/// A known table format, as data.
#[derive(Debug)]
pub struct Layout {
    /// Stable id, such as `clockify.detailed`.
    pub id: &'static str,
    /// In words, such as `Clockify detailed report`.
    pub label: &'static str,
    /// How the entries are known.
    pub kind: EntryKind,
    /// Alternative sets of header names (lower case, spaces collapsed): all names of one set must be there.
    pub all_of: &'static [&'static [&'static str]],
    /// One of these must be there, too; empty: no condition.
    pub one_of: &'static [&'static str],
    /// None of these may be there.
    pub none_of: &'static [&'static str],
    /// For every field the header names it may have, the preferred first (lower case).
    /// A name ending in `*` stands for all names that begin so.
    pub columns: &'static [(Field, &'static [&'static str])],
    /// What separates two tags; empty: the column holds one tag.
    pub tag_separator: &'static str,
    /// What a bare number in the duration column counts.
    pub bare_duration: Unit,
    /// The order of dates this source always has; `None`: told from the column.
    pub date_order: Option<DateOrder>,
    /// Rows to leave out.
    pub skip: &'static [SkipRule],
    /// Takes off what the exporter put around a text; `None` where it puts nothing.
    pub clean: Option<fn(&str) -> &str>,
    /// Each row is a total over many entries, so it may be longer than a day.
    pub totals: bool,
    /// The columns in order, for files without a header line; `None` where there always is one.
    pub headless: Option<&'static [&'static str]>,
    /// A problem with the whole file that the header alone shows ("no entries inside").
    pub refuse: Option<(&'static str, &'static str)>,
    /// A time printed with the date is a bucket or a booking time, not the start of the work: only the day counts.
    pub is_dated_only: bool,
    /// Rows may have more cells than the header: the source names only the first of repeated columns.
    pub has_wide_rows: bool,
    /// Columns whose every cell is an entry of its own, beside what the row says; `None` where there are none.
    pub packed: Option<Packed>,
    /// Said about every file of this format, such as what is dropped.
    pub remark: &'static str,
}

impl Layout {
    /// Nothing set: for `..Layout::NONE` in the formats.
    pub const NONE: Self = Self {
        id: "",
        label: "",
        kind: EntryKind::Measured,
        all_of: &[],
        one_of: &[],
        none_of: &[],
        columns: &[],
        tag_separator: ", ",
        bare_duration: Unit::Hours,
        date_order: None,
        skip: &[],
        clean: None,
        totals: false,
        headless: None,
        refuse: None,
        is_dated_only: false,
        has_wide_rows: false,
        packed: None,
        remark: "",
    };

    /// Whether a header (lower case, spaces collapsed) is of this layout.
    #[must_use]
    pub fn matches(&self, header: &[String]) -> bool {
        let has = |name: &&str| header.iter().any(|h| name_matches(name, h));
        self.all_of.iter().any(|set| set.iter().all(has))
            && (self.one_of.is_empty() || self.one_of.iter().any(has))
            && !self.none_of.iter().any(has)
    }
}

/// Whether a header is named so; `billable rate*` stands for every name with this beginning.
#[must_use]
pub fn name_matches(name: &str, header: &str) -> bool {
    match name.strip_suffix('*') {
        Some(prefix) => header.starts_with(prefix),
        None => header == name,
    }
}

/// What a bare number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Hours, as a decimal number.
    Hours,
    /// Minutes.
    Minutes,
    /// Seconds.
    Seconds,
    /// Milliseconds.
    Milliseconds,
}

/// Leaves rows out by the value of a column.
#[derive(Debug)]
pub struct SkipRule {
    /// The header names the column may have (lower case).
    pub columns: &'static [&'static str],
    /// Why a row with this value is left out; `None` keeps it. The value is trimmed.
    pub when: fn(&str) -> Option<Skip>,
}

/// Cells that hold whole entries: a row has as many entries as filled cells, with the project and task of the row;
/// a row without a filled cell is read by its other columns.
#[derive(Debug)]
pub struct Packed {
    /// The header names of such columns (lower case); a header may repeat.
    pub columns: &'static [&'static str],
    /// Takes a cell apart; `None` where it is not understood.
    pub read: fn(&str) -> Option<PackedEntry<'_>>,
}

/// An entry out of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackedEntry<'c> {
    /// Its date as printed, perhaps with a time.
    pub date: &'c str,
    /// Who did it.
    pub person: &'c str,
    /// What was done.
    pub description: &'c str,
    /// How long, in seconds.
    pub seconds: i64,
}

/// Why a row is left out on purpose.
#[derive(Debug, Clone, Copy)]
pub struct Skip {
    /// Stable code.
    pub code: &'static str,
    /// In words.
    pub why: &'static str,
}
