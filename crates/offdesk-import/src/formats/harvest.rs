//! Stub.

use crate::table::Layout;

/// Stub.
pub static TIME: Layout = Layout {
    id: "harvest.time",
    ..Layout::NONE
};
