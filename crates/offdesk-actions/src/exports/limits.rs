//! What figures in a file may be: no more than a door would take, so that nothing that is brought in is beyond all measure.

use std::ops::RangeInclusive;

use jiff::tz::TimeZone;
use offdesk_domain::money::MOST_AMOUNT;
use offdesk_domain::price::MOST_AN_HOUR;
use offdesk_domain::{Currency, Place, Worth};
use offdesk_store::Value;
use offdesk_store::copy::columns;
use offdesk_store::workspaces::WorkspaceRow;
use rust_decimal::Decimal;

use crate::options::is_readable;
use crate::workspaces::working_day;
use crate::worths::Figures;

/// Days of the years 1 to 9999, counted from 1970.
const DAYS: RangeInclusive<i64> = -719_162..=2_932_896;
/// Microseconds of these years.
const MOMENTS: RangeInclusive<i64> = -62_135_596_800_000_000..=253_402_207_200_000_000;
/// Hours or days until something is due.
const WAITS: RangeInclusive<i64> = 0..=100_000;
/// Everything else that is counted: seconds, bytes, versions.
const COUNTS: RangeInclusive<i64> = -1_000_000_000_000..=1_000_000_000_000;
/// Seconds of work, and the second of an entry counted from 1970.
const SECONDS: RangeInclusive<i64> = -300_000_000_000..=300_000_000_000;

/// An entry lasts no longer, in seconds.
const LONGEST: i64 = 366 * 86_400;

/// What a number in a column may be; `None` for one that stands for nothing that is counted.
#[must_use]
pub fn numbers_of(table: &str, column: &str) -> Option<RangeInclusive<i64>> {
    let ends = |ending: &str| column.ends_with(ending);
    Some(match (table, column) {
        (_, "fingerprint") | ("deliverable", "drawn") => return None,
        ("entry", "start_at" | "end_at") => SECONDS,
        (_, "seconds" | "counted" | "work" | "rest" | "vanished") => SECONDS,
        (_, "day" | "off_until") => DAYS,
        (_, "at" | "answer_by" | "waiting_since" | "agreed_due" | "occurrence") => MOMENTS,
        (_, "warn_at") => COUNTS,
        _ if ends("_at") => MOMENTS,
        _ if ends("_day") => DAYS,
        _ if ends("_hours") || ends("_days") => WAITS,
        _ => COUNTS,
    })
}

/// How large an amount in a column may be, above or below nothing; `None` for a text that is no amount.
#[must_use]
pub fn most_of(table: &str, column: &str) -> Option<Decimal> {
    Some(match (table, column) {
        ("worth", "hour" | "ceiling") | (_, "price_low" | "price_likely" | "price_high") => {
            MOST_AN_HOUR
        }
        ("worth", "target") => MOST_AN_HOUR * Decimal::ONE_THOUSAND,
        ("worth", "multiple") => Decimal::ONE_THOUSAND,
        (_, "judged_gain") => Decimal::from(1_000_000_000_000_000_000_i64),
        (
            _,
            "amount" | "change_amount" | "agreed_amount" | "input" | "output" | "fee" | "sent"
            | "rate" | "sum" | "carried" | "owed" | "tax" | "bill_tax",
        ) => MOST_AMOUNT,
        _ => return None,
    })
}

/// The first column of a row with something in it that no door would have taken.
pub(super) fn beyond(table: &str, row: &[Value]) -> Option<&'static str> {
    let names = columns(table)?;
    let found = names.iter().zip(row).find(|(name, value)| match value {
        Value::Int(number) => numbers_of(table, name).is_some_and(|range| !range.contains(number)),
        Value::Text(text) => !is_possible(table, name, text),
        _ => false,
    });
    let found = found.map(|(name, _)| *name);
    found.or_else(|| beyond_together(table, &names, row))
}

fn is_possible(table: &str, column: &str, text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    if let Some(most) = most_of(table, column) {
        let number: Result<Decimal, _> = text.parse();
        return number.is_ok_and(|number| number.abs() <= most);
    }
    match column {
        _ if column == "currency" || column.ends_with("_currency") => {
            text.parse::<Currency>().is_ok()
        }
        "figures" if table == "activity_option" => is_readable(text),
        _ => true,
    }
}

/// What stands beside each other: a worth is what comes of its figures, and an entry ends after it begins.
fn beyond_together(table: &str, names: &[&'static str], row: &[Value]) -> Option<&'static str> {
    let value = |name: &str| row.get(names.iter().position(|it| *it == name)?);
    let number = |name: &str| match value(name)? {
        Value::Int(number) => Some(*number),
        _ => None,
    };
    let text = |name: &str| match value(name)? {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let worth = || {
        let figures: Figures = serde_json::from_str(text("figures")?).ok()?;
        let basis = figures.basis(text("basis")?).ok()?;
        let multiple = text("multiple")?.parse().ok()?;
        let ceiling = text("ceiling")?.parse().ok()?;
        let currency = text("currency")?.parse().ok()?;
        Worth::new(basis, currency, multiple, Some(ceiling)).ok()
    };
    match table {
        "worth" => worth().is_none().then_some("figures"),
        "entry" => {
            let (start, end) = (number("start_at")?, number("end_at")?);
            let is_possible = (0..=LONGEST).contains(&end.saturating_sub(start));
            (!is_possible).then_some("end_at")
        }
        _ => None,
    }
}

/// What of a workspace no door would have taken.
pub(super) fn beyond_settings(row: &WorkspaceRow) -> Option<&'static str> {
    let is_zone = row.zone.is_empty() || TimeZone::get(&row.zone).is_ok();
    let checked = [
        ("the currency", row.currency.parse::<Currency>().is_ok()),
        ("the place", row.place.parse::<Place>().is_ok()),
        ("the zone", is_zone),
        ("the working day", working_day(row).is_some()),
        ("when it was made", MOMENTS.contains(&row.created_at)),
    ];
    checked
        .into_iter()
        .find_map(|(what, is_good)| (!is_good).then_some(what))
}

#[cfg(test)]
mod tests {
    use offdesk_store::Uuid;
    use offdesk_store::copy::{kinds, tables_of_workspace};

    use super::*;

    /// Each column with a figure refuses what is beyond all measure.
    #[test]
    fn no_figure_is_beyond_all_measure() {
        for table in tables_of_workspace() {
            let (names, kinds) = (columns(table).unwrap(), kinds(table).unwrap());
            let plain = |kind: char| match kind {
                'i' => Value::Id(Uuid::nil()),
                't' => Value::Text(String::new()),
                'n' => Value::Int(0),
                'b' => Value::Bool(false),
                'y' => Value::Bytes(Vec::new()),
                _ => Value::Null,
            };
            for (at, (name, kind)) in names.iter().zip(kinds.chars()).enumerate() {
                let with = |value: Value| {
                    let mut row: Vec<Value> = kinds.chars().map(plain).collect();
                    row[at] = value;
                    row
                };
                let is_number = matches!(kind, 'n' | 'N') && numbers_of(table, name).is_some();
                for number in [i64::MIN, i64::MAX] {
                    let found = beyond(table, &with(Value::Int(number)));
                    if is_number {
                        assert_eq!(found, Some(*name), "{table}.{name}");
                    }
                }
                if most_of(table, name).is_some() {
                    for text in [
                        "79228162514264337593543950335",
                        "-79228162514264337593543950335",
                        "NaN",
                        "x",
                    ] {
                        let found = beyond(table, &with(Value::Text(text.to_owned())));
                        assert_eq!(found, Some(*name), "{table}.{name}");
                    }
                }
            }
        }
    }
}
