//! Stub.

use crate::table::Layout;

/// Stub.
pub static REPORT: Layout = Layout {
    id: "hubstaff",
    ..Layout::NONE
};
