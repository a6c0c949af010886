//! What the first rows hold in one column.

use std::collections::BTreeSet;

use crate::options::Field;
use crate::table::{cell, words};
use crate::text::date::time_of_day;
use crate::text::duration::{DurationStyle, duration};

/// What the first rows hold in one column.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// The first value, for messages.
    pub example: String,
    pub(super) filled: u32,
    pub(super) dates: u32,
    pub(super) dated_times: u32,
    pub(super) clocks: u32,
    /// Times past 24:00, which are no times of day: a length, or a mistake in a column of ends.
    pub(super) past_midnight: u32,
    pub(super) lengths: u32,
    pub(super) with_unit: u32,
    pub(super) hours: u32,
    pub(super) numbers: u32,
    pub(super) fractions: u32,
    /// Numbers such as 1.30, which people write for an hour and thirty minutes as well.
    pub(super) quarters: u32,
    pub(super) words: u32,
    pub(super) distinct: BTreeSet<String>,
    pub(super) last_clock: Option<i32>,
}

impl Profile {
    pub(super) fn add(&mut self, text: &str) {
        if text.is_empty() || words::is_total(text) {
            return;
        }
        self.filled += 1;
        if self.example.is_empty() {
            text.clone_into(&mut self.example);
        }
        if self.distinct.len() < 200 {
            self.distinct.insert(text.to_owned());
        }
        self.last_clock = time_of_day(text);
        if let Some(date) = cell::date(text) {
            self.dates += 1;
            self.dated_times += u32::from(date.at.time.is_some());
            return;
        }
        if self.last_clock.is_some() {
            self.clocks += 1;
        }
        let style = DurationStyle {
            has_decimal_comma: text.contains(',') && !text.trim_end_matches('.').contains('.'),
            ..DurationStyle::PLAIN
        };
        if let Some(seconds) = duration(text, style) {
            self.lengths += 1;
            self.past_midnight += u32::from(text.contains(':') && self.last_clock.is_none());
            let is_number = text
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+'));
            self.numbers += u32::from(is_number);
            self.fractions += u32::from(is_number && text.contains(['.', ',']));
            self.quarters += u32::from(is_number && is_quarter(text));
            self.with_unit += u32::from(!is_number);
            self.hours += u32::from((0..=86_400).contains(&seconds));
        } else if text.chars().any(char::is_alphabetic) && !cell::is_damaged(text) {
            self.words += 1;
        }
    }

    /// Whether bare numbers may be hours and minutes: their fractions are quarters of an hour, as a clock writes them.
    #[must_use]
    pub fn may_be_clock(&self) -> bool {
        self.quarters > 0 && self.quarters == self.fractions
    }

    /// Whether at least so many per cent of the values are of a kind; a column without values fits everything.
    pub(super) fn mostly(&self, count: u32, per_cent: u32) -> bool {
        count * 100 >= self.filled * per_cent
    }

    /// Whether the values do not speak against a field.
    pub(super) fn fits(&self, field: Field) -> bool {
        match field {
            Field::Date => self.mostly(self.dates, 50),
            Field::EndDate => self.mostly(self.dates, 50) && self.dated_times == 0,
            Field::Start | Field::End => {
                self.mostly(self.clocks + self.past_midnight + self.dated_times, 50)
                    || (self.filled > 0 && self.mostly(self.dates, 50))
            }
            // A name says more than a few values that cannot be read.
            Field::Duration | Field::Hours => self.mostly(self.lengths, 30),
            Field::Person | Field::Email | Field::FirstName | Field::LastName => {
                self.mostly(self.words, 50)
            }
            Field::Client | Field::Project | Field::Task | Field::Description | Field::Tags => {
                !(self.filled > 0 && self.mostly(self.dates, 80))
            }
            Field::Zone | Field::Id => true,
        }
    }
}

/// Whether a number's fraction is that of a quarter of an hour in minutes.
fn is_quarter(text: &str) -> bool {
    let fraction = text.rsplit_once(['.', ',']).map_or("", |(_, f)| f);
    matches!(fraction, "15" | "30" | "45" | "00")
}
