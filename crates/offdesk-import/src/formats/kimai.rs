//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const API: Format = Format {
    id: "kimai.api",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static CSV: Layout = Layout {
    id: "kimai",
    ..Layout::NONE
};
