//! Progress on a terminal for work over half a second: bytes read, rows, time left; plain lines where asked for.

use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use offdesk_import::Progress;

use super::output;
use crate::clock::Stopwatch;
use crate::interrupt;

/// Silent for so long.
const QUIET: Duration = Duration::from_millis(500);

/// Plain lines come so far apart.
const LINES: Duration = Duration::from_secs(3);

/// Shows how far the reading is.
pub struct Shown {
    bar: ProgressBar,
    rows: AtomicU64,
    bytes: AtomicU64,
    watch: Stopwatch,
    lines: AtomicU64,
    total: u64,
    style: Style,
}

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Not at all: nobody looks.
    None,
    /// One line that is drawn over.
    Bar,
    /// Lines one after the other, for screen readers (`OFFDESK_A11Y=1`).
    Lines,
}

impl Style {
    fn of_session() -> Self {
        match (output::prefers_words(), io::stderr().is_terminal()) {
            (true, _) => Self::Lines,
            (false, true) => Self::Bar,
            (false, false) => Self::None,
        }
    }
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
            lines: AtomicU64::new(0),
            total: bytes,
            style: Style::of_session(),
        }
    }

    /// Takes it off the screen.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn show(&self) {
        // A stream has no length, so nothing can be said of what is left.
        let template = if self.total == 0 {
            "{bytes} read, {msg}"
        } else {
            "{bytes} of {total_bytes} read, {msg}, {eta} left"
        };
        let style =
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bar.set_style(style);
        self.bar.set_draw_target(ProgressDrawTarget::stderr());
    }
}

impl Shown {
    /// A line, if the last is long enough ago.
    fn say_line(&self, bytes: u64, rows: u64) {
        let due = self.watch.elapsed().as_secs() / LINES.as_secs();
        // Several threads read; only the first to see that a line is due writes it.
        if due > self.lines.fetch_max(due, Ordering::Relaxed) {
            output::say(&line(bytes, self.total, rows));
        }
    }
}

/// How far it is, in words.
fn line(bytes: u64, total: u64, rows: u64) -> String {
    let rows = output::counted(rows, "row", "rows");
    // A stream has no length, and a packed file holds more than its own.
    match (bytes * 100).checked_div(total) {
        Some(percent) if percent <= 100 => format!("{percent} percent read, {rows}\n"),
        _ => format!("{rows} read\n"),
    }
}

impl Progress for Shown {
    fn advance(&self, bytes: u64, rows: u64) {
        let rows = self.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        let bytes = self.bytes.fetch_add(bytes, Ordering::Relaxed) + bytes;
        match self.style {
            Style::None => return,
            Style::Lines => return self.say_line(bytes, rows),
            Style::Bar if self.watch.elapsed() < QUIET => return,
            Style::Bar => {}
        }
        self.bar.set_message(output::counted(rows, "row", "rows"));
        if self.bar.is_hidden() {
            self.show();
        }
        self.bar.set_position(bytes);
    }

    fn is_cancelled(&self) -> bool {
        // Only while something is written is a signal anything but the end at once.
        interrupt::is_asked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_how_far_it_is() {
        assert_eq!(line(50, 200, 1_234), "25 percent read, 1,234 rows\n");
        assert_eq!(line(300, 200, 1), "1 row read\n");
        assert_eq!(line(300, 0, 0), "0 rows read\n");
    }
}
