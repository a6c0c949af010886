//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const WORKSPACE: Format = Format {
    id: "toggl.workspace",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub const API: Format = Format {
    id: "toggl.api",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static DETAILED: Layout = Layout {
    id: "toggl.detailed",
    ..Layout::NONE
};

/// Stub.
pub static CUSTOM: Layout = Layout {
    id: "toggl.custom",
    ..Layout::NONE
};

/// Stub.
pub static SUMMARY: Layout = Layout {
    id: "toggl.summary",
    ..Layout::NONE
};
