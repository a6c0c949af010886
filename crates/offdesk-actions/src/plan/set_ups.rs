//! What is taken once for every person and skill.

use std::collections::BTreeMap;

use offdesk_planner::Fixed;
use serde::Deserialize;

use super::mistake::{PlanningError, Text, number_of};
use super::shown;
use crate::json_text::Step;

/// What is taken once for every person who does an activity that needs it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetUp {
    id: String,
    /// Taken from the value of a week.
    #[serde(default)]
    cost_per_week: f64,
    #[serde(default)]
    cash_per_week: f64,
    #[serde(default)]
    owner_setup_hours: f64,
}

/// Set-ups, and their numbers by id.
pub(super) struct SetUps<'w> {
    pub(super) all: Vec<Fixed>,
    numbers: BTreeMap<&'w str, usize>,
}

impl<'w> SetUps<'w> {
    /// # Errors
    /// `plan.id` for an empty id, `plan.duplicate` for two of one, `plan.value` for a number below 0.
    pub(super) fn of(text: Text<'_>, written: &'w [SetUp]) -> Result<Self, PlanningError> {
        let ids = written.iter().map(|of| of.id.as_str());
        let numbers = text.numbered(ids, "set_ups", "set-ups")?;
        let mut all = Vec::new();
        for (number, set_up) in written.iter().enumerate() {
            let of = format!(" of \"{}\"", shown(&set_up.id));
            let checked = |key: &str, given: f64| {
                let path = [Step::Key("set_ups"), Step::At(number), Step::Key(key)];
                text.limit(Some(given), &path, &of)
            };
            all.push(Fixed {
                cost: checked("cost_per_week", set_up.cost_per_week)?,
                uses: [
                    checked("cash_per_week", set_up.cash_per_week)?,
                    checked("owner_setup_hours", set_up.owner_setup_hours)?,
                ],
            });
        }
        Ok(Self { all, numbers })
    }

    /// The number of a set-up.
    ///
    /// # Errors
    /// The one given, where there is none of that id.
    pub(super) fn number(
        &self,
        id: &str,
        error: impl FnOnce() -> PlanningError,
    ) -> Result<usize, PlanningError> {
        number_of(&self.numbers, id, error)
    }
}
