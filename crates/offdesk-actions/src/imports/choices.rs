//! How a file is to be read, as the owner has chosen.

use jiff::tz::TimeZone;
use offdesk_domain::Day;
use offdesk_import::{DateOrder, Field, NoProgress, Options};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::moment::Moment;
use crate::workspaces::Settings;

/// How a file is to be read. What is not chosen is told from the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Choices {
    /// Zone of times that carry none, by its IANA name.
    pub zone: String,
    /// `dmy`, `mdy` or `ymd`.
    pub date_order: String,
    /// Format id.
    pub format: String,
    /// Columns: field and column's name.
    pub map: Vec<(String, String)>,
    /// Only this person's entries.
    pub person: String,
    /// Count entries longer than a day, too.
    pub allow_long: bool,
    /// Only entries from this day on, as YYYY-MM-DD; of totals without dates, the first day they cover.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// Only entries up to and with this day; of totals, the last day they cover.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub to: String,
    /// Where the same file was imported already, read another way, this takes that import's place.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub replace: bool,
}

impl Choices {
    /// The reader's options.
    ///
    /// # Errors
    /// `import.zone`, `import.date_order`, `import.map`, `import.day`.
    pub fn options(&self, settings: &Settings, moment: Moment) -> Result<Options<'static>, Error> {
        let zone = match (self.zone.as_str(), &settings.zone) {
            ("", None) => None,
            ("", Some(name)) => Some(name.as_str()),
            (name, _) => Some(name),
        };
        let zone = zone.map(|name| {
            TimeZone::get(name).map_err(|_| {
                Error::invalid("zone", "import.zone", format!("\"{name}\" is not a zone"))
                    .hint("use a name such as Europe/Berlin or America/New_York")
            })
        });
        let orders = [DateOrder::Dmy, DateOrder::Mdy, DateOrder::Ymd];
        let order = match self.date_order.as_str() {
            "" => None,
            word => Some(
                orders
                    .into_iter()
                    .find(|order| order.word() == word)
                    .ok_or_else(|| {
                        Error::invalid(
                            "date_order",
                            "import.date_order",
                            format!("\"{word}\" is no order of a date"),
                        )
                        .hint("use dmy (day first), mdy (month first) or ymd")
                    })?,
            ),
        };
        let map = self.map.iter().map(|(field, column)| {
            let field = Field::parse(field).ok_or_else(|| {
                Error::invalid(
                    "map",
                    "import.map",
                    format!("there is no field \"{field}\""),
                )
            })?;
            Ok((field, column.clone()))
        });
        Ok(Options {
            zone: zone.transpose()?,
            date_order: order,
            format: Some(self.format.clone()).filter(|format| !format.is_empty()),
            map: map.collect::<Result<_, Error>>()?,
            person: Some(self.person.clone()).filter(|person| !person.trim().is_empty()),
            allow_long: self.allow_long,
            from: day_of("from", &self.from)?,
            to: day_of("to", &self.to)?,
            progress: &NoProgress,
            ..Options::new(moment.now)
        })
    }

    /// What tells one way of reading from another.
    pub(super) fn digest(&self) -> Vec<u8> {
        let read = Self {
            replace: false,
            ..self.clone()
        };
        serde_json::to_vec(&read).unwrap_or_default()
    }
}

/// A day as it is typed; none where nothing is.
fn day_of(field: &'static str, text: &str) -> Result<Option<Day>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: Result<jiff::civil::Date, _> = text.parse();
    let day = date.map(Day::from_date).map_err(|_| {
        let shown = offdesk_import::problem::shown(text);
        Error::invalid(field, "import.day", format!("\"{shown}\" is not a day"))
            .hint("write it as 2026-02-12")
    });
    day.map(Some)
}
