//! Tables (CSV, TSV, XLSX): header detection, the meaning of each column over the whole file, rows to entries.

pub mod cell;
pub mod csv;
pub mod facts;
pub mod grid;
pub mod guess;
pub mod header;
pub mod layout;
pub mod plan;
pub mod rows;
mod run;
pub mod week;
pub mod words;

pub use header::Header;
pub use layout::{Layout, Packed, PackedEntry, Skip, SkipRule, Unit};
pub use plan::Plan;
pub use run::{each_row, read, read_planned};
