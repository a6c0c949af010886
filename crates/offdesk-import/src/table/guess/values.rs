//! Columns whose values cannot be mistaken, where names say nothing.

use super::Guess;
use crate::options::Field;
use crate::table::words;

impl Guess {
    pub(super) fn when_by_value(&mut self, keys: &[String]) {
        if self.column(Field::Date).is_none() && self.column(Field::Start).is_none() {
            let date = self.only(|_, p| p.filled > 0 && p.mostly(p.dates, 80), keys);
            self.columns
                .extend(date.map(|column| (Field::Date, column)));
        }
        let has_length =
            self.column(Field::Hours).is_some() || self.column(Field::Duration).is_some();
        if self.column(Field::Start).is_none() && self.column(Field::End).is_none() && !has_length {
            let clocks: Vec<usize> = self
                .free_columns()
                .filter(|(_, p)| p.filled > 0 && p.mostly(p.clocks, 80))
                .map(|(column, _)| column)
                .collect();
            if let [start, end] = clocks.as_slice() {
                self.columns.push((Field::Start, *start));
                self.columns.push((Field::End, *end));
            }
        }
    }

    pub(super) fn length_by_value(&mut self, keys: &[String]) {
        let has_times = self.column(Field::Start).is_some() && self.column(Field::End).is_some();
        if has_times
            || self.column(Field::Hours).is_some()
            || self.column(Field::Duration).is_some()
        {
            return;
        }
        let with_unit = self.only(|_, p| p.filled > 0 && p.mostly(p.with_unit, 80), keys);
        if let Some(column) = with_unit {
            self.columns.push((Field::Duration, column));
            return;
        }
        let hours = self.only(
            |key, p| {
                p.filled > 0
                    && p.mostly(p.numbers, 80)
                    && p.mostly(p.hours, 95)
                    && (p.fractions > 0 || words::unit(key).is_some())
            },
            keys,
        );
        self.columns
            .extend(hours.map(|column| (Field::Hours, column)));
    }

    pub(super) fn text_by_value(&mut self, keys: &[String]) {
        if self.has_text() {
            return;
        }
        let texts = self.free_columns().filter(|(column, p)| {
            p.words > 0
                && p.mostly(p.words, 50)
                && keys
                    .get(*column)
                    .is_none_or(|key| !words::means_no_time(key))
        });
        let mut texts: Vec<(usize, usize)> = texts
            .map(|(column, p)| (p.distinct.len(), column))
            .collect();
        texts.sort_by_key(|(distinct, column)| (std::cmp::Reverse(*distinct), *column));
        let fields = [Field::Description, Field::Project];
        for ((_, column), field) in texts.into_iter().zip(fields) {
            self.columns.push((field, column));
        }
    }
}
