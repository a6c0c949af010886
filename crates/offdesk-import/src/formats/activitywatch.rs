//! Stub.

use crate::detect::Format;
use crate::problem::Problem;
use crate::table::Layout;
use offdesk_domain::EntryKind;

/// Stub.
pub const FORMAT: Format = Format {
    id: "activitywatch",
    label: "",
    kind: EntryKind::Measured,
    sniff: |_| false,
    read: |_, _| Err(Problem::fatal("x", "y")),
};

/// Stub.
pub static BUCKET_CSV: Layout = Layout {
    id: "activitywatch.bucket",
    ..Layout::NONE
};
