//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const FRAMES: Format = Format {
    id: "watson.frames",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub const LOG_JSON: Format = Format {
    id: "watson.log.json",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static LOG: Layout = Layout {
    id: "watson.log",
    ..Layout::NONE
};

/// Stub.
pub static REPORT: Layout = Layout {
    id: "watson.report",
    ..Layout::NONE
};
