//! `offdesk config`: the settings of the workspace, looked at and changed.

use clap::Args;
use offdesk_actions::Error;
use offdesk_actions::workspaces::json::SettingsJson;
use offdesk_actions::workspaces::{Settings, change_settings, load_settings, typed_working_day};
use offdesk_domain::{Currency, Place};
use offdesk_import::problem::shown;
use rust_decimal::Decimal;

use super::audit::json;
use super::desk::At;
use super::{Done, output, values};
use crate::clock;

/// The settings of the workspace; with options, change them
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk config
  offdesk config --currency EUR --place DE --zone Europe/Berlin
  offdesk config --weeks 46          weeks you work in a year

In another place or currency the market's prices are made anew; your own stay.")]
pub struct ConfigCommand {
    /// The name of the business
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The currency of worth and prices
    #[arg(long, value_name = "CODE", value_parser = values::currency)]
    currency: Option<Currency>,
    /// Where work would be bought
    #[arg(long, value_name = "PLACE", value_parser = values::place)]
    place: Option<Place>,
    /// The time zone of times that carry none
    #[arg(long, value_name = "ZONE", value_parser = values::zone_name)]
    zone: Option<String>,
    /// Weeks you work in a year, at most 53
    #[arg(long, value_name = "N", value_parser = values::amount)]
    weeks: Option<Decimal>,
    /// When your working day begins, such as 7:00: work before it is evening work
    #[arg(long, value_name = "TIME")]
    day_begins: Option<String>,
    /// When your working day ends, such as 19:00
    #[arg(long, value_name = "TIME")]
    day_ends: Option<String>,
    /// Print JSON (offdesk.settings/1)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: At,
}

impl ConfigCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let (store, actor) = self.at.open()?;
        let is_change = self.name.is_some()
            || self.currency.is_some()
            || self.place.is_some()
            || self.zone.is_some()
            || self.weeks.is_some()
            || self.day_begins.is_some()
            || self.day_ends.is_some();
        let (is_json, moment) = (self.json, clock::moment());
        let kept: Result<(Settings, i64), Error> = if is_change {
            store
                .write(move |tx| {
                    let (now, version) = load_settings(tx, &actor)?;
                    let settings = Settings {
                        name: self.name.unwrap_or(now.name),
                        currency: self.currency.unwrap_or(now.currency),
                        place: self.place.unwrap_or(now.place),
                        zone: self.zone.or(now.zone),
                        weeks_per_year: self.weeks.unwrap_or(now.weeks_per_year),
                        working_day: typed_working_day(
                            self.day_begins.as_deref(),
                            self.day_ends.as_deref(),
                            now.working_day,
                        )?,
                    };
                    change_settings(tx, &actor, &settings, version, moment)?;
                    load_settings(tx, &actor)
                })
                .wait()
        } else {
            store.read(move |tx| load_settings(tx, &actor)).wait()
        };
        let (settings, version) = kept?;
        let answer = if is_json {
            json::to_text(&SettingsJson::of(settings, version))?
        } else {
            text_of(&settings)
        };
        output::print(&answer)?;
        Ok(0)
    }
}

fn text_of(settings: &Settings) -> String {
    format!(
        "Name       {}\n\
         Currency   {}\n\
         Place      {}\n\
         Zone       {}\n\
         Weeks      {} a year\n\
         Day        {} to {}: work outside of it is evening work\n",
        shown(&settings.name),
        settings.currency,
        settings.place,
        settings
            .zone
            .as_deref()
            .unwrap_or("none: times that carry no zone are taken as they stand"),
        settings.weeks_per_year.normalize(),
        settings.working_day.begins(),
        settings.working_day.ends()
    )
}
