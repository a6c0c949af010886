//! The one place where the program reads the clock and takes chance from the system.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use offdesk_actions::Moment;

/// This moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the binary hands the moment to everything else as an argument"
)]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// This moment, with the system's own source of chance.
pub fn moment() -> Moment {
    Moment {
        now: now(),
        random: fill,
    }
}

/// Fills bytes by chance. Without it no secret is a secret, so the program ends where the system has none.
fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        crate::cli::stop("the system gives no random numbers");
    }
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
