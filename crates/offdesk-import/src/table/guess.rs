//! Guesses what the columns of an unknown table mean: by their names, held against the values of the first rows;
//! where names say nothing, by values that cannot be mistaken.

mod profile;
mod values;

pub use self::profile::Profile;
use crate::options::Field;
use crate::table::Unit;
use crate::table::csv::Row;
use crate::table::words;

/// Fields in the order in which they take their columns.
const ORDER: [Field; 17] = [
    Field::Date,
    Field::Start,
    Field::End,
    Field::EndDate,
    Field::Hours,
    Field::Duration,
    Field::Email,
    Field::FirstName,
    Field::LastName,
    Field::Client,
    Field::Project,
    Field::Task,
    Field::Description,
    Field::Person,
    Field::Tags,
    Field::Zone,
    Field::Id,
];

/// The columns of a table as guessed.
#[derive(Debug, Default)]
pub struct Guess {
    /// A column for each field that has one.
    pub columns: Vec<(Field, usize)>,
    /// What bare numbers of the duration column count.
    pub unit: Option<Unit>,
    /// What the first rows hold, by column.
    pub profiles: Vec<Profile>,
    /// The times' column of breaks, which nothing subtracts.
    pub breaks: Option<usize>,
}

impl Guess {
    /// A guess for so many columns, before any row.
    #[must_use]
    pub fn new(width: usize) -> Self {
        Self {
            profiles: vec![Profile::default(); width],
            ..Self::default()
        }
    }

    /// Looks at one of the first rows.
    pub fn add(&mut self, row: &Row<'_>) {
        for (index, profile) in self.profiles.iter_mut().enumerate() {
            profile.add(row.get(index));
        }
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns
            .iter()
            .find(|(f, _)| *f == field)
            .map(|(_, at)| *at)
    }

    fn is_free(&self, column: usize) -> bool {
        self.columns.iter().all(|(_, at)| *at != column)
    }

    /// Guesses by names and values. `mapped` are the columns the user has named.
    pub fn decide(&mut self, keys: &[String], mapped: &[(Field, usize)]) {
        self.columns.extend_from_slice(mapped);
        for field in ORDER {
            if self.column(field).is_none()
                && let Some(column) = self.best_named(field, keys)
                && !self.is_second_length(field, column)
            {
                self.columns.push((field, column));
            }
        }
        self.when_by_value(keys);
        self.length_by_value(keys);
        self.text_by_value(keys);
        self.tidy(keys);
        let length = self.column(Field::Duration);
        self.unit = length.and_then(|column| words::unit(keys.get(column)?));
        self.breaks = keys.iter().position(|key| words::is_break(key));
    }

    /// Whether a column of bare numbers would be a second length beside the hours: rather a sum of money.
    fn is_second_length(&self, field: Field, column: usize) -> bool {
        field == Field::Duration
            && self.column(Field::Hours).is_some()
            && self
                .profiles
                .get(column)
                .is_some_and(|p| !p.mostly(p.with_unit, 80))
    }

    /// Whether the duration column holds bare numbers too large for hours, and its name states no unit.
    #[must_use]
    pub fn lacks_unit(&self) -> bool {
        let column = self
            .column(Field::Duration)
            .and_then(|column| self.profiles.get(column));
        self.unit.is_none()
            && column
                .is_some_and(|p| p.filled > 0 && p.mostly(p.numbers, 80) && !p.mostly(p.hours, 50))
    }

    fn best_named(&self, field: Field, keys: &[String]) -> Option<usize> {
        let scored = keys.iter().enumerate().filter_map(|(column, key)| {
            let score = words::header_score(field, key);
            let profile = self.profiles.get(column)?;
            let fits = score > 0 && self.is_free(column) && profile.fits(field);
            // Another meaning that fits the name better and the values as well has the column.
            let is_other = || {
                ORDER.iter().any(|other| {
                    *other != field
                        && words::header_score(*other, key) > score
                        && self.column(*other).is_none()
                        && profile.fits(*other)
                })
            };
            (fits && !is_other()).then_some((score, std::cmp::Reverse(column)))
        });
        scored.max().map(|(_, column)| column.0)
    }

    /// Whether a column says what was done, and for whom.
    #[must_use]
    pub fn has_text(&self) -> bool {
        [
            Field::Description,
            Field::Task,
            Field::Project,
            Field::Client,
            Field::Tags,
        ]
        .into_iter()
        .any(|field| self.column(field).is_some())
    }

    /// Puts right what names alone put wrong.
    fn tidy(&mut self, keys: &[String]) {
        // "Hours" with minutes in it is a duration; a "Minutes" column is one, too.
        for (field, column) in &mut self.columns {
            let other = keys.get(*column).and_then(|key| words::unit(key));
            if *field == Field::Hours && other.is_some_and(|unit| unit != Unit::Hours) {
                *field = Field::Duration;
            }
        }
        // A "Time" beside a duration is when it began.
        let has_length =
            self.column(Field::Duration).is_some() || self.column(Field::Hours).is_some();
        if has_length && self.column(Field::Start).is_none() {
            let names = ["time", "uhrzeit", "zeit", "heure", "hora", "ora", "tijd"];
            let named = self
                .free_columns()
                .find(|(column, p)| {
                    let is_named = keys
                        .get(*column)
                        .is_some_and(|key| names.contains(&words::plain(key).as_str()));
                    is_named && p.filled > 0 && p.mostly(p.clocks, 80)
                })
                .map(|(column, _)| column);
            self.columns
                .extend(named.map(|column| (Field::Start, column)));
        }
    }

    fn free_columns(&self) -> impl Iterator<Item = (usize, &Profile)> {
        self.profiles
            .iter()
            .enumerate()
            .filter(|(column, _)| self.is_free(*column))
    }

    /// The one free column that meets a condition and whose name does not forbid a time; none where several do.
    fn only(&self, condition: impl Fn(&str, &Profile) -> bool, keys: &[String]) -> Option<usize> {
        let key = |column: usize| keys.get(column).map_or("", String::as_str);
        let mut found = self.free_columns().filter(|(column, p)| {
            !words::means_no_time(key(*column)) && condition(key(*column), p)
        });
        match (found.next(), found.next()) {
            (Some((column, _)), None) => Some(column),
            _ => None,
        }
    }

    /// The column nearest to a field, for messages: by its name, if it can be it by its values, else by its values,
    /// else by name or spelling; and whether no column can be it.
    #[must_use]
    pub fn nearest(&self, field: Field, keys: &[String]) -> Option<(usize, bool)> {
        let count = |p: &Profile| match field {
            Field::Date => p.dates,
            _ => p.lengths,
        };
        let can_be = |column: &usize| {
            let profile = self.profiles.get(*column);
            profile.is_some_and(|p| count(p) > 0 || p.filled == 0)
        };
        let named = keys
            .iter()
            .enumerate()
            .map(|(column, key)| (words::header_score(field, key), column))
            .filter(|(score, _)| *score > 0)
            .max_by_key(|(score, column)| (*score, std::cmp::Reverse(*column)));
        let by_value = || {
            let best = self
                .profiles
                .iter()
                .enumerate()
                .max_by_key(|(column, p)| (count(p), std::cmp::Reverse(*column)));
            best.filter(|(_, p)| count(p) > 0).map(|(column, _)| column)
        };
        let by_spelling = || {
            let distance = |key: &String| strsim::damerau_levenshtein(field.name(), key);
            let filled = keys.iter().enumerate().filter(|(_, key)| !key.is_empty());
            filled
                .min_by_key(|(_, key)| distance(key))
                .map(|(column, _)| column)
        };
        let named = named.map(|(_, column)| column);
        if let Some(column) = named.filter(can_be).or_else(by_value) {
            return Some((column, false));
        }
        // Words under the right name may be days in a way that is not known; numbers are not.
        let has_words = |column: &usize| self.profiles.get(*column).is_some_and(|p| p.words > 0);
        if let Some(column) = named.filter(has_words) {
            return Some((column, false));
        }
        Some((named.or_else(by_spelling)?, true))
    }

    /// For a table without a header: whether date, length and text are there and cannot be mistaken.
    #[must_use]
    pub fn is_unmistakable(&self) -> bool {
        let fits = |field: Field| {
            self.column(field)
                .and_then(|column| self.profiles.get(column))
                .is_some_and(|p| {
                    let count = match field {
                        Field::Date => p.dates,
                        Field::Start | Field::End => p.clocks,
                        _ => p.lengths,
                    };
                    p.mostly(count, 95)
                })
        };
        fits(Field::Date)
            && self.has_text()
            && (fits(Field::Hours)
                || fits(Field::Duration)
                || (fits(Field::Start) && fits(Field::End)))
    }
}
