//! The raw dials of stress in the JSON of a return.

use offdesk_domain::returns::Reading;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use crate::returns::stress::StressDials;

/// The dials of a week.
#[derive(Debug, Serialize)]
pub(super) struct StressJson {
    week: String,
    first_handoff: Option<String>,
    dials: Vec<DialJson>,
}

#[derive(Debug, Serialize)]
struct DialJson {
    dial: &'static str,
    in_words: &'static str,
    now: Option<f64>,
    usual: Option<f64>,
    before: Option<f64>,
    high: bool,
}

impl StressJson {
    pub(super) fn of(stress: &StressDials) -> Self {
        let number = |value: Option<Decimal>| value.and_then(|it| it.round_dp(3).to_f64());
        let dial = |reading: &Reading| DialJson {
            dial: reading.dial.word(),
            in_words: reading.dial.name(),
            now: number(reading.now),
            usual: number(reading.usual),
            before: number(reading.before),
            high: reading.is_high(),
        };
        Self {
            week: stress.monday.to_string(),
            first_handoff: stress.began.map(|day| day.to_string()),
            dials: stress.readings.iter().map(dial).collect(),
        }
    }
}
