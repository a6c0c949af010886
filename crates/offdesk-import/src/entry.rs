//! One time entry as an importer hands it on, and who takes it.

use std::any::Any;
use std::hash::Hash;

use offdesk_domain::Day;

/// One entry, borrowed from the file's bytes. Empty text means the source said nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Entry<'a> {
    /// Line of the file on which it starts (as an editor shows it); 0 where a format has no lines.
    pub line: u64,
    /// Name of who did the work, else the e-mail; empty where the file belongs to one person.
    pub person: &'a str,
    /// E-mail of who did the work, where the source has it.
    pub email: &'a str,
    /// Customer.
    pub client: &'a str,
    /// Project.
    pub project: &'a str,
    /// Task, also where a source calls it activity.
    pub task: &'a str,
    /// What the owner wrote.
    pub description: &'a str,
    /// Tags.
    pub tags: Tags<'a>,
    /// The civil day on which it starts, as the source printed it; `None` for totals without dates.
    pub day: Option<Day>,
    /// Start and end in UTC seconds since 1970, where the source has clock times.
    pub span: Option<(i64, i64)>,
    /// Length in seconds: the source's own duration where it has one, else end minus start.
    pub seconds: i64,
    /// A real, stable id of the source; never a row number.
    pub external_id: &'a str,
    /// A total over many entries (a summary report): may be longer than a day.
    pub is_total: bool,
}

impl Entry<'_> {
    /// What the source printed, without lines and ids: the same entry in another file has the same.
    #[must_use]
    pub fn printed(&self) -> impl Hash {
        (
            (self.day.map(|day| day.0), self.span, self.seconds),
            (
                self.client,
                self.project,
                self.task,
                self.description,
                self.tags.text(),
            ),
            self.person,
        )
    }
}

/// The tags of an entry: the text of the source and what separates one tag from the next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tags<'a> {
    text: &'a str,
    separator: &'static str,
}

impl<'a> Tags<'a> {
    /// Tags joined by a separator; an empty separator means one tag.
    #[must_use]
    pub fn new(text: &'a str, separator: &'static str) -> Self {
        Self { text, separator }
    }

    /// The text as the source joined it.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// One tag after another, trimmed, none empty.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let separator = if self.separator.is_empty() {
            "\u{1f}"
        } else {
            self.separator
        };
        self.text
            .split(separator)
            .map(str::trim)
            .filter(|tag| !tag.is_empty())
    }
}

/// Takes entries. Forked for reading on several threads; what the forks took is absorbed in order.
pub trait Sink: Send {
    /// Takes one entry.
    fn entry(&mut self, entry: &Entry<'_>);
    /// An empty sink of the same making.
    fn fork(&self) -> Box<dyn Sink>;
    /// Takes over what a fork has taken.
    fn absorb(&mut self, fork: Box<dyn Sink>);
    /// For [`Sink::absorb`].
    fn into_any(self: Box<Self>) -> Box<dyn Any>;
}
