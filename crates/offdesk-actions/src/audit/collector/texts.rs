//! What the collector keeps of entries: their texts, the groups they make, what waits and what was just seen.

use offdesk_domain::audit::Mix;
use offdesk_import::Entry;
use offdesk_pricing::Kind;

/// So much of a text is kept.
const KEPT_BYTES: usize = 64;

/// Why entries are in a group.
#[derive(Debug, Clone, Copy)]
pub enum Origin {
    /// A rule says so; the example is the activity's name.
    Rule,
    /// The owner has named it; the number of the name.
    Named(usize),
    /// The catalogue knows it, with its confidence.
    Kind(&'static Kind, u8),
    /// Nobody knows it: the text and its context stand for themselves.
    Plain,
}

/// A text kept for a group, as its place among all of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Example {
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Example {
    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// Entries that say the same. They are told apart by a 64-bit hash of what they say.
#[derive(Debug, Clone)]
pub struct Group {
    pub(super) hash: u64,
    /// The text of the first entry as written, at most 64 bytes of it; the activity's name where a rule gives it.
    pub example: Example,
    /// Line of that entry.
    pub(super) line: u64,
    /// Context, from 1; 0 for none; `u32::MAX` for what came when there were too many groups.
    pub context: u32,
    /// Why they are together.
    pub origin: Origin,
    /// A rule marks them as the owner's own.
    pub is_mine: bool,
    /// Their time, once the file is read.
    pub mix: Mix,
    /// Their number, once the file is read.
    pub entries: u64,
}

/// Task, tags and project of entries whose text alone says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Context {
    /// Task.
    pub task: String,
    /// Tags, as the source joined them.
    pub tags: String,
    /// Project.
    pub project: String,
}

/// One entry, kept to hold sources against each other.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// Number of the group.
    pub group: u32,
    /// Number of the person.
    pub person: u32,
    /// Day since 1970; `None` without a date.
    pub day: Option<i32>,
    /// Start and end.
    pub span: Option<(i64, i64)>,
    /// Length.
    pub seconds: i64,
    /// Hash of what the source printed.
    pub fingerprint: u64,
    /// Hash of the source's id; 0 for none.
    pub external_id: u64,
}

/// Where a group is, and whether more is known of it than its text, so that its context does not matter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place(u32);

impl Place {
    /// That of the group with a number; there are fewer than two thousand million.
    pub(super) fn new(at: u32, is_known: bool) -> Self {
        Self(at << 1 | u32::from(is_known))
    }

    pub(super) fn at(self) -> u32 {
        self.0 >> 1
    }

    pub(super) fn is_known(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A group's entry in the index, kept small: the index is searched for nearly every entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    tag: u32,
    pub(super) place: Place,
}

impl Slot {
    pub(super) fn new(hash: u64, place: Place) -> Self {
        Self {
            tag: tag_of(hash),
            place,
        }
    }

    /// Whether it is that of a hash which has led to it: its place and this leave out less than a byte of the hash.
    pub(super) fn is_of(self, hash: u64) -> bool {
        self.tag == tag_of(hash)
    }
}

/// Bits of a hash that tables do not look at themselves, as they take the first and the last ones.
fn tag_of(hash: u64) -> u32 {
    u32::try_from(hash >> 24 & u64::from(u32::MAX)).unwrap_or(0)
}

/// What has been added up for a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum {
    pub(super) seconds: i64,
    pub(super) entries: u64,
    /// The day of the last entry that had one.
    pub(super) last_day: i32,
}

impl Default for Sum {
    fn default() -> Self {
        Self {
            seconds: 0,
            entries: 0,
            last_day: NO_DAY,
        }
    }
}

/// Stands for the day of an entry that has none.
pub(super) const NO_DAY: i32 = i32::MIN;

/// The day of an entry.
pub(super) fn day_of(entry: &Entry<'_>) -> i32 {
    entry.day.map_or(NO_DAY, |day| day.0)
}

/// An entry that waits for its look-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    /// Hash of its text as written.
    pub(super) raw: u64,
    /// Where it was filed; 0 for nowhere.
    pub(super) filing: u32,
    pub(super) seconds: i64,
    pub(super) day: i32,
    pub(super) line: u64,
    /// Where its text begins, and its length.
    pub(super) text: (usize, usize),
    /// Its place in the ledger.
    pub(super) ledger: usize,
}

impl Waiting {
    /// Its text, of all that wait.
    pub(super) fn text<'t>(&self, all: &'t str) -> &'t str {
        let (start, length) = self.text;
        all.get(start..start + length).unwrap_or_default()
    }
}

/// How far the look-up of an entry is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// Its text is not among the recent ones.
    New,
    /// The key of its normal form is known; and where the form stands among the texts that wait, with its length.
    Form(u64, usize, usize),
    /// Its text says nothing; the key of where it was filed is known.
    Filed(u64),
    /// Its group is known.
    Done(u32),
}

/// A group to be made.
#[derive(Clone, Copy)]
pub(super) struct Made<'m> {
    pub(super) origin: Origin,
    pub(super) context: u32,
    pub(super) is_mine: bool,
    pub(super) example: &'m str,
    pub(super) line: u64,
}

/// Keeps a text behind the others; `None` when there is no room to tell its place.
pub(super) fn keep(examples: &mut String, text: &str) -> Option<Example> {
    let start = u32::try_from(examples.len()).ok()?;
    let length = u32::try_from(text.len()).ok()?;
    examples.push_str(text);
    Some(Example { start, length })
}

/// A kept text.
pub(super) fn text_of(examples: &str, example: Example) -> &str {
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let start = place(example.start);
    examples
        .get(start..start.saturating_add(place(example.length)))
        .unwrap_or_default()
}

/// The kept beginning of a text.
pub(super) fn kept(text: &str) -> &str {
    if text.len() <= KEPT_BYTES {
        return text;
    }
    text.get(..text.floor_char_boundary(KEPT_BYTES))
        .unwrap_or(text)
}
