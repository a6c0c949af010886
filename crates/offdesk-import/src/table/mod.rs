//! Tables (CSV, TSV, XLSX): header detection, the meaning of each column over the whole file, rows to entries.

pub mod layout;

pub use layout::{Layout, Packed, PackedEntry, Skip, SkipRule, Unit};

use crate::input::Input;
use crate::problem::Problem;
use crate::reading::Reading;

/// Reads a table; `layout` is given when the caller named the format.
///
/// # Errors
/// Fatal problems only.
pub fn read(
    _layout: Option<&'static Layout>,
    _input: &mut Input,
    _reading: &mut Reading<'_>,
) -> Result<(), Problem> {
    Err(Problem::fatal("import.unknown_format", "not yet"))
}
