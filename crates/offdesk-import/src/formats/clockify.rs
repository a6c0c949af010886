//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const API: Format = Format {
    id: "clockify.api",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static DETAILED: Layout = Layout {
    id: "clockify.detailed",
    ..Layout::NONE
};

/// Stub.
pub static SUMMARY: Layout = Layout {
    id: "clockify.summary",
    ..Layout::NONE
};
