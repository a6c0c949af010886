//! Bytes to entries: reads the exports of trackers, calendars and spreadsheets as time entries and warnings.
//!
//! [`read`] detects the format from the content, reads the file as a stream, hands every entry to a
//! [`Sink`] and returns a [`Report`]: what was read, what was left out and why, line by line.

pub mod archive;
pub mod detect;
pub mod documents;
pub mod entry;
pub mod formats;
pub mod input;
pub mod message;
pub mod options;
pub mod problem;
pub mod reading;
pub mod rows;
pub mod table;
pub mod text;

pub use detect::{Format, read};
pub use entry::{Entry, Sink, Tags};
pub use input::Input;
pub use options::{DateOrder, Field, NoProgress, Options, Progress};
pub use problem::{Problem, Severity};
pub use reading::{Reading, Report};
