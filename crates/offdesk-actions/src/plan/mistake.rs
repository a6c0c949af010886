//! What is wrong with a problem, and where.

use std::collections::BTreeMap;

use offdesk_domain::money::as_typed;

use super::shown;
use crate::json_text::{self, Misread, Step};

/// No number of a problem is larger.
pub(super) const LARGEST: f64 = 1e9;

/// Why a problem is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PlanningError {
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, with the activity, person and key.
    pub message: String,
    /// Where in the problem, as `activities[3].options[0].person`; empty for all of it.
    pub path: String,
    /// Line and column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What to type next; may be empty.
    pub hint: String,
}

impl From<Misread> for PlanningError {
    fn from(misread: Misread) -> Self {
        Self {
            code: "plan.json",
            message: misread.message,
            path: misread.path,
            place: misread.place,
            hint: misread.hint,
        }
    }
}

impl From<PlanningError> for crate::Error {
    fn from(error: PlanningError) -> Self {
        Self::invalid("", error.code, error.whole()).hint(error.hint)
    }
}

impl PlanningError {
    /// The whole sentence: its place, what it is within, and what is wrong.
    #[must_use]
    pub fn whole(&self) -> String {
        let place = self.place.map_or(String::new(), |(line, column)| {
            format!("line {line}, column {column}: ")
        });
        let within = if self.path.is_empty() {
            String::new()
        } else {
            format!("{}: ", self.path)
        };
        format!("{place}{within}{}", self.message)
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// The text of a problem, from which its mistakes have their places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t>(&'t str);

impl<'t> Text<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(text)
    }

    /// A mistake at a path of the problem.
    pub(super) fn refuse(
        self,
        code: &'static str,
        path: &[Step<'_>],
        message: String,
    ) -> PlanningError {
        PlanningError {
            code,
            message,
            path: json_text::written(path),
            place: json_text::place_of(self.0, path),
            hint: String::new(),
        }
    }

    /// A number that is 0 or more and not too large; unlimited where it is absent.
    pub(super) fn limit(
        self,
        given: Option<f64>,
        path: &[Step<'_>],
        of: &str,
    ) -> Result<f64, PlanningError> {
        match given {
            None => Ok(f64::INFINITY),
            Some(number) if (0.0..=LARGEST).contains(&number) => Ok(number),
            Some(number) => Err(self.number(number, path, of)),
        }
    }

    /// An amount below 0 or above, not too large.
    pub(super) fn amount(
        self,
        number: f64,
        path: &[Step<'_>],
        of: &str,
    ) -> Result<f64, PlanningError> {
        if number.abs() <= LARGEST {
            return Ok(number);
        }
        Err(self.number(number, path, of))
    }

    fn number(self, number: f64, path: &[Step<'_>], of: &str) -> PlanningError {
        let key = match path.last() {
            Some(Step::Key(key)) => key,
            _ => "it",
        };
        let wanted = if (-LARGEST..0.0).contains(&number) {
            "it is 0 or more"
        } else {
            "a billion (1000000000) is the most that is planned"
        };
        let number = as_typed(number);
        self.refuse(
            "plan.value",
            path,
            format!("{key}{of} is {number}, and {wanted}"),
        )
    }

    /// The numbers of things by their ids: no id is empty, and none is there twice.
    ///
    /// # Errors
    /// `plan.id`, `plan.duplicate`.
    pub(super) fn numbered<'w>(
        self,
        ids: impl Iterator<Item = &'w str>,
        list: &str,
        what: &str,
    ) -> Result<BTreeMap<&'w str, usize>, PlanningError> {
        let mut numbers = BTreeMap::new();
        for (number, id) in ids.enumerate() {
            let path = [Step::Key(list), Step::At(number), Step::Key("id")];
            if id.trim().is_empty() {
                let message = format!("an id of the {what} is empty");
                let error = self.refuse("plan.id", &path, message);
                return Err(error.hint("give it a name of its own, such as \"ana\""));
            }
            if numbers.insert(id, number).is_some() {
                let message = format!("two {what} have the id \"{}\"", shown(id));
                let error = self.refuse("plan.duplicate", &path, message);
                return Err(error.hint("give one of them another id"));
            }
        }
        Ok(numbers)
    }
}

/// The number of an id; where there is none, the error with the nearest id for a hint.
pub(super) fn number_of(
    numbers: &BTreeMap<&str, usize>,
    id: &str,
    error: impl FnOnce() -> PlanningError,
) -> Result<usize, PlanningError> {
    numbers.get(id).copied().ok_or_else(|| {
        let near = numbers
            .keys()
            .max_by(|a, b| strsim::jaro_winkler(a, id).total_cmp(&strsim::jaro_winkler(b, id)));
        let hint = near.map(|near| format!("did you mean \"{}\"?", shown(near)));
        error().hint(hint.unwrap_or_default())
    })
}
