//! The settings of a workspace as JSON, the same for the command line and the API.

use rust_decimal::Decimal;
use serde::Serialize;

use super::Settings;

/// The settings of a workspace as `offdesk.settings/1`, with the version to change them by.
#[derive(Debug, Serialize)]
pub struct SettingsJson {
    schema: &'static str,
    name: String,
    currency: String,
    place: String,
    zone: Option<String>,
    weeks_per_year: Decimal,
    day_begins: String,
    day_ends: String,
    version: i64,
}

impl SettingsJson {
    /// Settings that were loaded.
    #[must_use]
    pub fn of(settings: Settings, version: i64) -> Self {
        Self {
            schema: "offdesk.settings/1",
            name: settings.name,
            currency: settings.currency.to_string(),
            place: settings.place.to_string(),
            zone: settings.zone,
            weeks_per_year: settings.weeks_per_year,
            day_begins: settings.working_day.begins().to_string(),
            day_ends: settings.working_day.ends().to_string(),
            version,
        }
    }
}
