//! The one place where the program reads the clock.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the binary hands the moment to everything else as an argument"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Measures how long something takes.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Started now.
    #[expect(clippy::disallowed_methods, reason = "for the progress display only")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}
