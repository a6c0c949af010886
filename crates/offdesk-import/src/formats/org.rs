//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use offdesk_domain::EntryKind;

/// Stub.
pub const FORMAT: Format = Format {
    id: "org",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};
