//! Tests of the domain by worked cases and properties.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod decision;
mod decision_properties;
mod trust;
