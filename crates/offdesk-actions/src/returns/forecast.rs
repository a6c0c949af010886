//! What was reckoned when work was handed off, as it was kept with the handoff.

use offdesk_domain::Seconds;
use offdesk_domain::decision::{Case, INPUTS, Input, weekly};
use offdesk_domain::returns::Forecast;
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive, ToPrimitive};
use serde_json::Value;

/// What is known of a handoff from when it was made.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    /// Hours of a week that the activity took, by what the workspace knew then.
    pub hours_per_week: Option<Seconds>,
    /// Hours bought back by week, and the week of the break-even.
    pub forecast: Option<Forecast>,
    /// Hours of the owner's for the blueprint and for explaining.
    pub set_up: Seconds,
    /// The share without a fault when the owner did it, where the owner has said so.
    pub own_level: Option<f64>,
}

impl Expected {
    /// Reads what is kept; what is not there is not known.
    pub(super) fn of(kept: &str) -> Self {
        let all: Value = serde_json::from_str(kept).unwrap_or_default();
        let figures = &all["figures"];
        let figure = |input: Input| figures[input.key()].as_f64();
        let case = case_of(&all);
        let told = all["hours_per_week"].as_f64();
        let by_times = || Some(figure(Input::OwnerHours)? * figure(Input::TimesPerWeek)?);
        let week = all["break_even_week"].as_u64();
        Self {
            hours_per_week: told
                .filter(|hours| *hours > 0.0)
                .or_else(by_times)
                .and_then(seconds),
            forecast: case.map(|case| Forecast {
                weeks: weekly(&case)
                    .iter()
                    .filter_map(|week| seconds(week.hours_freed))
                    .collect(),
                break_even: week.and_then(|week| u32::try_from(week).ok()),
            }),
            set_up: case
                .and_then(|case| seconds(case.setup_hours()))
                .unwrap_or_default(),
            own_level: figure(Input::OwnFaultRate)
                .filter(|_| all["from_kept_decision"] == true)
                .map(|faults| 1.0 - faults),
        }
    }

    /// What was planned for a day of a handoff, by how many days it was live before. After the last week that was planned it goes on
    /// as in that one.
    pub(super) fn planned(&self, days_before: i64) -> Option<Seconds> {
        let weeks = &self.forecast.as_ref()?.weeks;
        let week = usize::try_from(days_before / 7).ok()?;
        let planned = weeks.get(week).or_else(|| weeks.last())?;
        // What a division by seven leaves over stands on the first days.
        let (each, over) = (planned.0.div_euclid(7), planned.0.rem_euclid(7));
        Some(Seconds(each + i64::from(days_before % 7 < over)))
    }
}

/// The case that was weighed when work was handed off, in what was kept of it. Hours do not hang on what is paid, so they are known where
/// that could not be reckoned with.
pub(crate) fn case_of(kept: &Value) -> Option<Case> {
    let figures = &kept["figures"];
    let is_any = INPUTS.iter().any(|row| figures[row.key].is_number());
    let unpriced = |input: Input| {
        let is_unpriced = input == Input::Rate && figures[input.key()].is_null();
        (is_unpriced && kept["paid"].is_object()).then_some(0.0)
    };
    let figure = |input: Input| figures[input.key()].as_f64().or_else(|| unpriced(input));
    let case = is_any.then(|| Case::new(figure));
    case?.ok()
}

pub(crate) fn seconds(hours: f64) -> Option<Seconds> {
    let seconds = Decimal::from_f64(hours)?.checked_mul(Decimal::from(3_600))?;
    seconds.round().to_i64().map(Seconds)
}
