//! What is taken once for every person and skill.

use std::collections::BTreeMap;

use offdesk_planner::Fixed;
use serde::Deserialize;

use super::written::{limit, number_of, refuse};
use super::{PlanningError, shown};

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
    /// `plan.duplicate` for two of one id, `plan.value` for a number below 0.
    pub(super) fn of(written: &'w [SetUp]) -> Result<Self, PlanningError> {
        let (mut all, mut numbers) = (Vec::new(), BTreeMap::new());
        for (number, set_up) in written.iter().enumerate() {
            let id = shown(&set_up.id);
            if numbers.insert(set_up.id.as_str(), number).is_some() {
                let message = format!("two set-ups have the id \"{id}\"");
                return Err(refuse("plan.duplicate", message));
            }
            let checked = |key: &str, given: f64| limit(Some(given), &format!("{key} of \"{id}\""));
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

    /// The number of the set-up that an activity needs.
    ///
    /// # Errors
    /// `plan.set_up` where there is none of that id.
    pub(super) fn number(&self, id: &str, activity: &str) -> Result<usize, PlanningError> {
        number_of(&self.numbers, id, "plan.set_up", || {
            format!(
                "activity \"{}\" needs the set-up \"{}\", which is not among set_ups",
                shown(activity),
                shown(id)
            )
        })
    }
}
