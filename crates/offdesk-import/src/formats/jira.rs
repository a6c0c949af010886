//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const XML: Format = Format {
    id: "jira.xml",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static ISSUES: Layout = Layout {
    id: "jira.issues",
    ..Layout::NONE
};
