//! Reads bytes as a file and holds the report against what the sink was given.

use std::any::Any;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use offdesk_import::{DateOrder, Entry, Input, Options, Sink};

/// Counts what it is given.
#[derive(Default)]
struct Tally {
    entries: u64,
    seconds: i64,
}

impl Sink for Tally {
    fn entry(&mut self, entry: &Entry<'_>) {
        assert!(entry.seconds >= 0, "an entry of negative length");
        assert!(
            entry.tags.iter().all(|tag| !tag.trim().is_empty()),
            "an empty tag"
        );
        self.entries += 1;
        self.seconds = self.seconds.saturating_add(entry.seconds);
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::default())
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        if let Ok(fork) = fork.into_any().downcast::<Self>() {
            self.entries += fork.entries;
            self.seconds = self.seconds.saturating_add(fork.seconds);
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// Reads the bytes; a fatal problem is as good as a report, a report that does not add up is not.
pub fn read(data: &[u8], format: Option<&str>) {
    if data.is_empty() {
        return;
    }
    let options = options(data, format);
    let Ok(mut input) = Input::memory("fuzz", data.to_vec()) else {
        return;
    };
    let mut tally = Tally::default();
    let Ok(report) = offdesk_import::read(&mut input, &options, &mut tally) else {
        return;
    };
    assert_eq!(
        report.rows,
        report.entries + report.skipped,
        "a row is neither an entry nor left out"
    );
    assert!(
        report.bad <= report.skipped,
        "more rows not understood than left out"
    );
    assert_eq!(
        report.entries, tally.entries,
        "entries counted and entries given"
    );
    assert_eq!(
        report.seconds.0, tally.seconds,
        "seconds counted and seconds given"
    );
    assert!(
        report.days.is_none_or(|(from, to)| from <= to),
        "the last day is before the first"
    );
}

/// The same bytes always get the same options: their sum picks a zone, an order of dates and the rest.
fn options(data: &[u8], format: Option<&str>) -> Options<'static> {
    let knob = data.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    // 2026-11-23T12:00:00Z
    let mut options = Options::new(Timestamp::constant(1_795_435_200, 0));
    options.format = format.map(str::to_owned);
    options.threads = 1;
    options.allow_long = knob & 1 == 1;
    options.date_order = match knob >> 1 & 3 {
        0 => Some(DateOrder::Dmy),
        1 => Some(DateOrder::Mdy),
        _ => None,
    };
    options.zone = match knob >> 3 & 3 {
        0 => TimeZone::get("Europe/Berlin").ok(),
        1 => TimeZone::get("America/St_Johns").ok(),
        _ => None,
    };
    options
}
