//! The table of wages: one hourly range for each occupation and place, with its publisher and date.

use std::sync::OnceLock;

use offdesk_domain::{Currency, Place};
use rust_decimal::Decimal;

/// The year of the figures of a place.
pub(crate) fn year_of(place: Place) -> u16 {
    if place == Place::US { 2024 } else { 2025 }
}

/// What an hour of an occupation is paid in a place, before the employer's share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wage {
    pub place: Place,
    code: &'static str,
    pub currency: Currency,
    pub low: Decimal,
    pub likely: Decimal,
    pub high: Decimal,
    note: &'static str,
}

impl Wage {
    /// Publisher, date, basis and limits of the figures, for people.
    pub(crate) fn source(&self) -> String {
        let code = self.code;
        if self.place != Place::US {
            return format!(
                "Office for National Statistics, ASHE 2025 provisional (April 2025), UK SOC {code}, 25th percentile, \
                 median and 75th percentile of full-time pay: employee wage, before the employer's share and fees"
            );
        }
        let limits = match self.note {
            "over" => "; the 90th percentile is at or over the figure".to_owned(),
            "annual" => "; annual wage divided by 2,080 hours".to_owned(),
            "" => String::new(),
            wider => format!("; published for {wider} as a whole"),
        };
        format!(
            "U.S. Bureau of Labor Statistics, OEWS, May 2024, SOC {code}, 10th percentile, median and 90th percentile: \
             employee wage, before the employer's share and fees{limits}"
        )
    }
}

/// Every wage, read at the first call; within a place in order of the code.
pub(crate) fn all() -> &'static [Wage] {
    static WAGES: OnceLock<Vec<Wage>> = OnceLock::new();
    // A test reads the same text and fails on any fault, so there is none here.
    WAGES.get_or_init(|| read(include_str!("../wages.csv")).unwrap_or_default())
}

/// The wage of an occupation in a place.
pub(crate) fn find(place: Place, code: &str) -> Option<&'static Wage> {
    all()
        .iter()
        .find(|wage| wage.place == place && wage.code == code)
}

/// Reads a table; the error names the line.
fn read(text: &'static str) -> Result<Vec<Wage>, String> {
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, content)| !content.starts_with(['#', 'p']))
        .map(|(line, content)| {
            read_line(content).ok_or_else(|| format!("line {line}: not a wage: {content}"))
        })
        .collect()
}

fn read_line(line: &'static str) -> Option<Wage> {
    let mut fields = line.splitn(9, ',');
    let mut next = || fields.next();
    let (place, code) = (next()?.parse::<Place>().ok()?, next()?);
    let (p10, p25, p50, p75, p90) = (next()?, next()?, next()?, next()?, next()?);
    let note = next()?;
    next()?;
    let (currency, low, high) = if place == Place::US {
        ("USD", p10, p90)
    } else {
        ("GBP", p25, p75)
    };
    let [low, likely, high] = [low, p50, high].map(|figure| figure.parse::<Decimal>().ok());
    let wage = Wage {
        place,
        code,
        currency: currency.parse().ok()?,
        low: low?,
        likely: likely?,
        high: high?,
        note,
    };
    (Decimal::ZERO < wage.low && wage.low <= wage.likely && wage.likely <= wage.high)
        .then_some(wage)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads() {
        let wages = read(include_str!("../wages.csv")).unwrap();
        assert!(wages.len() > 150);
        for (at, wage) in wages.iter().enumerate() {
            let is_first = wages[..at]
                .iter()
                .all(|it| it.place != wage.place || it.code != wage.code);
            assert!(is_first, "{} {} stands twice", wage.place, wage.code);
        }
    }

    #[test]
    fn faults_are_refused() {
        for bad in [
            "US,1,1,2,3,4,5,",
            "US,1,3,2,1,1,1,,x",
            "USA,1,1,2,3,4,5,,x",
            "US,1,a,2,3,4,5,,x",
            "GB,1,,,2,3,,,x",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
