//! The options of an audit, which the demo has, too.

use std::path::PathBuf;

use clap::Args;
use jiff::tz::TimeZone;
use offdesk_domain::{Day, Place};
use offdesk_import::{DateOrder, Field};
use rust_decimal::Decimal;

use crate::cli::data::DataFolder;
use crate::cli::values;

/// What can be said about the files.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "About the files")]
pub struct FileArgs {
    /// Zone of times that carry none, such as Europe/Berlin
    #[arg(long, value_name = "AREA/CITY", value_parser = values::zone)]
    pub tz: Option<TimeZone>,
    /// Order of numbers in dates: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER", value_parser = values::date_order)]
    pub date_order: Option<DateOrder>,
    /// Format, if it should not be told from the content (see: offdesk formats)
    #[arg(long, value_name = "ID")]
    pub format: Option<String>,
    /// Columns of a table by name: date=Day,hours=Std
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = values::mapping)]
    pub map: Vec<(Field, String)>,
    /// Only entries of this person (name or e-mail)
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Only entries from this day on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    pub from: Option<Day>,
    /// Only entries up to this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    pub to: Option<Day>,
    /// Count entries longer than 24 hours, too
    #[arg(long)]
    pub allow_long: bool,
    /// Take this day for today (for calendars: nothing later has happened)
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::day)]
    pub as_of: Option<Day>,
}

/// How work is told apart and priced.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Activities and prices")]
pub struct MarketArgs {
    /// Where you would buy the work: a country, or a region of it with figures of its own, by code or name
    #[arg(long, value_name = "PLACE", default_value = "US", value_parser = values::place)]
    pub place: Place,
    /// Your own rules (TOML): which entries are which activity, what only you can do
    #[arg(long, value_name = "FILE")]
    pub rules: Option<PathBuf>,
    /// Your own price of an activity, "Inbox=15..25"; may be repeated
    #[arg(long, value_name = "NAME=LOW..HIGH")]
    pub price: Vec<String>,
    /// A file of such prices, one a line
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// Exchange rates of your own: a file with one EUR=0.87 a line, units for one US dollar
    #[arg(long, value_name = "FILE")]
    pub rates: Option<PathBuf>,
    #[command(flatten)]
    pub data: DataFolder,
    /// Weeks you work in a year
    #[arg(long, value_name = "N", default_value = "48", value_parser = values::amount, allow_negative_numbers = true)]
    pub weeks_per_year: Decimal,
}

/// What comes out.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Print JSON (offdesk.audit/1)
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print the activities as CSV
    #[arg(long)]
    pub csv: bool,
    /// Write a self-contained page with the picture
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// List all activities, not the largest only
    #[arg(long)]
    pub all: bool,
}
