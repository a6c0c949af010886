//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const BACKUP: Format = Format {
    id: "solidtime.backup",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static REPORT: Layout = Layout {
    id: "solidtime.report",
    ..Layout::NONE
};

/// Stub.
pub static GENERIC: Layout = Layout {
    id: "solidtime.generic",
    ..Layout::NONE
};
