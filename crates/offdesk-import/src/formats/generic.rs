//! Stub.

use crate::table::Layout;

/// Stub.
pub static TABLE: Layout = Layout {
    id: "table",
    ..Layout::NONE
};
