//! Stub.

use crate::table::Layout;

/// Stub.
pub static CSV: Layout = Layout {
    id: "outlook.calendar",
    ..Layout::NONE
};
