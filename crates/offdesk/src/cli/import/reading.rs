//! What can be said about the files that are imported.

use clap::Args;
use offdesk_actions::imports::Choices;
use offdesk_domain::Day;
use offdesk_import::{DateOrder, Field};

use crate::cli::values;

/// What can be said about the files.
#[derive(Args, Debug, Clone)]
#[command(next_help_heading = "About the files")]
pub(super) struct ReadingArgs {
    /// Zone of times that carry none, such as Europe/Berlin (default: the workspace's)
    #[arg(long, value_name = "AREA/CITY", value_parser = values::zone_name)]
    tz: Option<String>,
    /// Order of numbers in dates: dmy, mdy or ymd
    #[arg(long, value_name = "ORDER", value_parser = values::date_order)]
    date_order: Option<DateOrder>,
    /// Format, if it should not be told from the content (see: offdesk formats)
    #[arg(long, value_name = "ID")]
    format: Option<String>,
    /// Columns of a table by name: date=Day,hours=Std
    #[arg(long, value_name = "FIELD=COLUMN", value_delimiter = ',', value_parser = values::mapping)]
    map: Vec<(Field, String)>,
    /// Only entries of this person (name or e-mail)
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// Count entries longer than 24 hours, too
    #[arg(long)]
    allow_long: bool,
    /// Only entries from this day on; of totals without dates, the first day they cover
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    from: Option<Day>,
    /// Only entries up to and with this day; of totals, the last day they cover
    #[arg(long, value_name = "DATE", value_parser = values::day)]
    to: Option<Day>,
    /// Where the same file was imported already, read another way: take that import's place
    #[arg(long)]
    replace: bool,
}

impl ReadingArgs {
    /// The same, as the actions take it.
    pub(super) fn choices(&self) -> Choices {
        let name_of = |field: Field| {
            let named = Field::NAMES.iter().find(|(_, one)| *one == field);
            named.map_or("", |(name, _)| *name).to_owned()
        };
        let typed = |day: Option<Day>| day.map_or_else(String::new, |day| day.date().to_string());
        Choices {
            zone: self.tz.clone().unwrap_or_default(),
            date_order: self.date_order.map_or("", DateOrder::word).to_owned(),
            format: self.format.clone().unwrap_or_default(),
            map: self
                .map
                .iter()
                .map(|(field, column)| (name_of(*field), column.clone()))
                .collect(),
            person: self.person.clone().unwrap_or_default(),
            allow_long: self.allow_long,
            from: typed(self.from),
            to: typed(self.to),
            replace: self.replace,
        }
    }
}
