//! What is told of the sums that are kept of a handoff: the owner's own time is among them, so that they are shown to nobody else.

use super::Column;

pub(super) const COLUMNS: &[Column] = &[
    ("counted", "Whether hours, times, days or their own time"),
    ("quantity_of", "Days of the month, where days are counted"),
    ("amount", "The price of one"),
    ("currency", "In which currency"),
    ("quantity", "How much of it"),
];
