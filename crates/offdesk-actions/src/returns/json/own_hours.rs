//! What the owner's hours became, and what an hour could be bought for, as JSON: the numbers of the last two pictures of the return.

use offdesk_domain::Currency;
use offdesk_domain::money::to_minor_text;
use offdesk_domain::returns::Band;
use serde::Serialize;

use super::PeriodJson;
use super::lines::per_hour;
use crate::audit::json::number;
use crate::named::NamedJson;
use crate::returns::bands::{BandsOf, BecameBands, WithoutWork};

/// The owner's own hours before the first handoff and now.
#[derive(Debug, Serialize)]
pub(super) struct OwnHoursJson {
    worth_hour: String,
    target_hour: String,
    before: TimeJson,
    now: TimeJson,
    without: Vec<WithoutJson>,
}

#[derive(Debug, Serialize)]
struct TimeJson {
    #[serde(flatten)]
    period: PeriodJson,
    weeks: f64,
    hours_per_week: BandsJson,
    effective_hour: Option<String>,
}

#[derive(Debug, Serialize)]
struct BandsJson {
    below: f64,
    worth: f64,
    target: f64,
    unpriced: f64,
}

#[derive(Debug, Serialize)]
struct WithoutJson {
    activities: Vec<NamedJson>,
    effective_hour: String,
}

impl TimeJson {
    fn of(time: &BandsOf, currency: Currency) -> Self {
        let hours = |band| number(time.hours_per_week(band).round_dp(6));
        Self {
            period: PeriodJson::of(time.period),
            weeks: number(time.weeks),
            hours_per_week: BandsJson {
                below: hours(Band::Below),
                worth: hours(Band::Worth),
                target: hours(Band::Target),
                unpriced: hours(Band::Unpriced),
            },
            effective_hour: per_hour(time.bands.effective_hour(), currency),
        }
    }
}

impl OwnHoursJson {
    pub(super) fn of(found: &BecameBands) -> Self {
        let currency = found.worth.currency;
        let without = |it: &WithoutWork| {
            let named = it.activities.iter();
            WithoutJson {
                activities: named.map(|(id, name)| NamedJson::of(*id, name)).collect(),
                effective_hour: to_minor_text(it.hour, currency),
            }
        };
        Self {
            worth_hour: to_minor_text(found.worth.hour, currency),
            target_hour: to_minor_text(found.worth.target, currency),
            before: TimeJson::of(&found.before, currency),
            now: TimeJson::of(&found.now, currency),
            without: found.without.iter().map(without).collect(),
        }
    }
}
