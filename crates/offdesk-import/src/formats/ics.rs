//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use offdesk_domain::EntryKind;

/// Stub.
pub const FORMAT: Format = Format {
    id: "ics",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub const ARCHIVE: Format = Format {
    id: "ics.archive",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};
