//! Which column means what, for one table: made from the layout, the user's `--map` and the header.

use crate::options::{Field, Options};
use crate::problem::{Problem, shown};
use crate::table::header::{Header, key};
use crate::table::layout::{Layout, Skip, Unit, name_matches};

/// Names of columns that hold the day of the week.
const WEEKDAY: [&str; 8] = [
    "weekday",
    "day of week",
    "wochentag",
    "dow",
    "day",
    "tag",
    "jour",
    "giorno",
];

/// Tells from a column's value why its row is left out; `None` keeps it.
pub type SkipWhen = fn(&str) -> Option<Skip>;

/// The columns of a table by their meaning.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The layout.
    pub layout: &'static Layout,
    /// Number of columns.
    pub width: usize,
    /// Names of the columns, for messages.
    pub names: Vec<String>,
    /// Columns of every field, in the order they are tried.
    columns: [Vec<usize>; Field::NAMES.len()],
    /// Columns that leave rows out.
    pub skip: Vec<(usize, SkipWhen)>,
    /// What a bare number in the duration column counts.
    pub unit: Unit,
    /// A column that only says the day of the week; it helps to tell the order of dates.
    pub weekday: Option<usize>,
    /// The column nearest to a field that may be missing, one of its values, and whether no column can be it.
    pub nearest: Vec<(Field, usize, String, bool)>,
    /// Columns whose cells hold whole entries.
    pub packed: Vec<usize>,
}

impl Plan {
    /// The plan of a layout for a header; the user's map goes first.
    ///
    /// # Errors
    /// `import.map` where the user names a column that is not there; `import.no_entries` for tables that hold none.
    pub fn new(
        layout: &'static Layout,
        header: &Header,
        options: &Options<'_>,
    ) -> Result<Self, Problem> {
        if let Some((message, hint)) = layout.refuse {
            return Err(Problem::fatal("import.no_entries", message).hint(hint));
        }
        let mut plan = Self {
            layout,
            width: header.names.len(),
            names: header.names.clone(),
            columns: Default::default(),
            skip: Vec::new(),
            unit: layout.bare_duration,
            weekday: header
                .keys
                .iter()
                .position(|key| WEEKDAY.contains(&key.as_str())),
            nearest: Vec::new(),
            packed: Vec::new(),
        };
        for (field, names) in layout.columns {
            let found: Vec<usize> = names
                .iter()
                .flat_map(|name| columns_named(name, &header.keys))
                .collect();
            plan.set(*field, found);
        }
        for (field, column) in &options.map {
            let index = column_of(column, header)?;
            plan.set(*field, vec![index]);
        }
        for rule in layout.skip {
            let columns = rule
                .columns
                .iter()
                .flat_map(|name| columns_named(name, &header.keys));
            plan.skip.extend(columns.map(|column| (column, rule.when)));
        }
        if let Some(packed) = &layout.packed {
            let columns = packed.columns.iter();
            plan.packed
                .extend(columns.flat_map(|name| columns_named(name, &header.keys)));
        }
        Ok(plan)
    }

    /// Sets the columns of a field; none takes the field out.
    pub fn set(&mut self, field: Field, columns: Vec<usize>) {
        if let Some(of_field) = self.columns.get_mut(field as usize) {
            *of_field = columns;
        }
    }

    /// The columns of a field, in the order they are tried.
    #[must_use]
    pub fn columns(&self, field: Field) -> &[usize] {
        self.columns.get(field as usize).map_or(&[], Vec::as_slice)
    }

    /// The first column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> Option<usize> {
        self.columns(field).first().copied()
    }

    /// Whether a field has a column.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.column(field).is_some()
    }

    /// The name of a field's column, for messages.
    #[must_use]
    pub fn name(&self, field: Field) -> &str {
        self.column(field)
            .and_then(|i| self.names.get(i))
            .map_or(field.name(), String::as_str)
    }

    /// Checks that the table can say when and how long.
    ///
    /// # Errors
    /// `import.no_date`, `import.no_duration`, each naming the nearest column and what to type.
    pub fn check(&self, file: &str) -> Result<(), Problem> {
        let has_when = self.layout.totals || self.has(Field::Date) || self.has(Field::Start);
        if !has_when {
            return Err(self.missing("import.no_date", Field::Date, file));
        }
        let has_length = self.has(Field::Duration)
            || self.has(Field::Hours)
            || (self.has(Field::Start) && self.has(Field::End));
        if !has_length {
            return Err(self.missing("import.no_duration", Field::Hours, file));
        }
        Ok(())
    }

    fn missing(&self, code: &'static str, field: Field, file: &str) -> Problem {
        let what = field.name();
        let guessed = self.nearest.iter().find(|(f, ..)| *f == field);
        let nearest = guessed.map_or_else(
            || Some((self.nearest_by_name(what)?, "")),
            |(_, column, example, _)| Some((*column, example.as_str())),
        );
        let cannot_be = guessed.is_some_and(|(.., cannot_be)| *cannot_be);
        let name = nearest
            .and_then(|(column, _)| self.names.get(column))
            .map_or("", |name| name);
        let width = self.width;
        let mut hint = match nearest {
            Some((_, "")) => format!("I read {width} columns; the closest is \"{}\"", shown(name)),
            Some((_, example)) => format!(
                "I read {width} columns; the closest is \"{}\" (e.g. \"{}\")",
                shown(name),
                shown(example)
            ),
            None => format!("I read {width} columns"),
        };
        let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let problem = Problem::fatal(code, format!("no {what} column found in {}", shown(base)));
        if cannot_be {
            let form = if field == Field::Date {
                "a day, such as 2026-02-12"
            } else {
                "a length, such as 1.5 or 1:30"
            };
            hint.push_str(&format!("\nno column holds {form}: add one to the file"));
            return problem.hint(hint);
        }
        let column = nearest.map_or(0, |(column, _)| column);
        hint.push_str(&format!(
            "\ntell me which one:  offdesk audit {} --map {}",
            typed(file),
            typed(&format!("{what}={}", typable(name, column)))
        ));
        problem.hint(hint)
    }

    fn nearest_by_name(&self, what: &str) -> Option<usize> {
        let filled = self
            .names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.is_empty());
        let distance = |name: &String| {
            let name = key(name);
            if name.contains(what) {
                0
            } else {
                strsim::damerau_levenshtein(what, &name)
            }
        };
        filled
            .min_by_key(|(_, name)| distance(name))
            .map(|(column, _)| column)
    }
}

/// A column as a user may type it: its name, or its number where the name holds signs a shell would act on.
fn typable(name: &str, column: usize) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/');
    if !name.is_empty() && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        (column + 1).to_string()
    }
}

/// An argument in quotes where it has blanks.
fn typed(argument: &str) -> String {
    if argument.contains(' ') {
        format!("\"{argument}\"")
    } else {
        argument.to_owned()
    }
}

fn columns_named<'k>(name: &'k str, keys: &'k [String]) -> impl Iterator<Item = usize> + 'k {
    keys.iter()
        .enumerate()
        .filter(move |(_, key)| name_matches(name, key))
        .map(|(index, _)| index)
}

/// The column a user means by its name or its number from 1.
///
/// # Errors
/// `import.map`.
pub fn column_of(column: &str, header: &Header) -> Result<usize, Problem> {
    let wanted = key(column);
    if let Some(index) = header.keys.iter().position(|key| *key == wanted) {
        return Ok(index);
    }
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=header.names.len()).contains(&number)
    {
        return Ok(number - 1);
    }
    let nearest = header
        .names
        .iter()
        .min_by_key(|name| strsim::damerau_levenshtein(&key(name), &wanted));
    let hint = nearest.map_or(String::new(), |name| format!("did you mean \"{name}\"? "));
    Err(
        Problem::fatal("import.map", format!("there is no column \"{column}\"")).hint(format!(
            "{hint}The columns are: {}",
            header.names.join(", ")
        )),
    )
}
