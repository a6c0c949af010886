//! The answers of weeks as JSON, `offdesk.weekly/1`: the command line and the API give the same. The stress is that of the one who asks.

use offdesk_domain::returns::{Answer, Dials};
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::{AnsweredWeek, Weekly};
use crate::returns::json::{BecameJson, hours};

/// `offdesk.weekly/1`.
#[derive(Debug, Serialize)]
pub struct WeeklyJson {
    schema: &'static str,
    asked: String,
    stress_at_risk: bool,
    weeks: Vec<WeekJson>,
}

#[derive(Debug, Serialize)]
struct WeekJson {
    week: String,
    became: Option<BecameJson>,
    stress: Option<u8>,
    hours: f64,
    usual_hours: Option<f64>,
    weekend_hours: f64,
    days_without_work: u32,
    evening_hours: Option<f64>,
    switches_per_day: Option<f64>,
}

impl WeeklyJson {
    /// The answers as JSON.
    #[must_use]
    pub fn of(weekly: &Weekly) -> Self {
        let week = |week: &AnsweredWeek| WeekJson {
            week: week.monday.to_string(),
            became: week.became.map(BecameJson::of),
            stress: week.stress.map(Answer::number),
            hours: hours(week.hours),
            usual_hours: week.usual_hours.and_then(|it| it.round_dp(2).to_f64()),
            weekend_hours: hours(week.weekend),
            days_without_work: week.free_days,
            evening_hours: week.dials.map(|it| hours(it.evening)),
            switches_per_day: week
                .dials
                .and_then(Dials::switches_per_day)
                .and_then(|it| it.round_dp(2).to_f64()),
        };
        Self {
            schema: "offdesk.weekly/1",
            asked: weekly.asked.to_string(),
            stress_at_risk: weekly.is_at_risk,
            weeks: weekly.weeks.iter().map(week).collect(),
        }
    }
}
