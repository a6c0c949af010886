//! Stub.

use crate::table::Layout;

/// Stub.
pub static WORKLOG: Layout = Layout {
    id: "tempo",
    ..Layout::NONE
};
