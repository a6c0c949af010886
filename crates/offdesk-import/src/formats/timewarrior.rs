//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use offdesk_domain::EntryKind;

/// Stub.
pub const JSON: Format = Format {
    id: "timewarrior.json",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub const DATA: Format = Format {
    id: "timewarrior.data",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};
