//! Progress on a terminal for work over half a second: bytes read, rows, time left.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use offdesk_import::Progress;

use crate::clock::Stopwatch;

/// Silent for so long.
const QUIET: Duration = Duration::from_millis(500);

/// Shows how far the reading is.
pub struct Shown {
    bar: ProgressBar,
    rows: AtomicU64,
    bytes: AtomicU64,
    watch: Stopwatch,
    is_terminal: bool,
}

impl Shown {
    /// For so many bytes in all.
    pub fn new(bytes: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden());
        Self {
            bar,
            rows: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            watch: Stopwatch::start(),
            is_terminal: io::stderr().is_terminal(),
        }
    }

    /// Takes it off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self) {
        let template = "{bytes} of {total_bytes} read, {msg}, {eta} left";
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Progress for Shown {
    fn advance(&self, bytes: u64, rows: u64) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        if !self.is_terminal || self.watch.elapsed() < QUIET {
            return;
        }
        if self.bar.is_hidden() {
            self.show();
        }
        self.bar.set_position(bytes);
        self.bar.set_message(format!("{rows} rows"));
    }

    fn is_cancelled(&self) -> bool {
        false
    }
}
