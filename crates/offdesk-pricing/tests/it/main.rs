//! What owners write in their entries, and the kinds of work it must be read as.

#![expect(
    clippy::unwrap_used,
    reason = "a test may stop at what it did not expect"
)]

mod everyday;
mod model_file;
mod phrases;
mod prices;
mod silence;
