//! What an hour of an occupation is paid in a country whose own classification has it, with publisher and date.

use std::sync::OnceLock;

use offdesk_domain::{Currency, Place};

use crate::occupations;

/// The year of the figures of a place.
pub(crate) fn year_of(place: Place) -> u16 {
    if place == Place::US { 2024 } else { 2025 }
}

/// What an hour of an occupation is paid in a place, before the employer's share.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wage {
    pub(crate) currency: Currency,
    /// Low, likely, high. Statistics, not amounts of money: prices are made from them.
    pub(crate) figures: [f64; 3],
    /// Publisher, date, basis and limits of the figures, for people.
    pub(crate) source: String,
}

/// The wage of an occupation in a place, by the code of the place's classification.
pub(crate) fn find(place: Place, code: &str) -> Option<Wage> {
    match place.code() {
        "US" => american(code),
        "GB" => british(code),
        _ => None,
    }
}

fn american(code: &str) -> Option<Wage> {
    let occupation = occupations::all().get(&code.parse().ok()?)?;
    let [low, _, likely, _, high] = occupation.percentiles;
    let limits = match (occupation.of, occupation.is_over) {
        ("", false) => String::new(),
        ("", true) => "; the 90th percentile is at or over the figure".to_owned(),
        (wider, _) => format!("; published for {wider} as a whole"),
    };
    Some(Wage {
        currency: Currency::USD,
        figures: [low, likely, high],
        source: format!(
            "U.S. Bureau of Labor Statistics, OEWS, May 2024, SOC {code}, 10th percentile, median and 90th percentile: \
             employee wage, before the employer's share and fees{limits}"
        ),
    })
}

fn british(code: &str) -> Option<Wage> {
    let (_, figures) = all().iter().find(|(known, _)| *known == code)?;
    Some(Wage {
        currency: "GBP".parse().ok()?,
        figures: *figures,
        source: format!(
            "Office for National Statistics, ASHE 2025 provisional (April 2025), UK SOC {code}, 25th percentile, \
             median and 75th percentile of full-time pay: employee wage, before the employer's share and fees"
        ),
    })
}

/// A code with its quartiles and median.
type British = (&'static str, [f64; 3]);

/// Every British wage, read at the first call.
fn all() -> &'static [British] {
    static WAGES: OnceLock<Vec<British>> = OnceLock::new();
    // A test reads the same text and fails on any fault, so there is none here.
    WAGES.get_or_init(|| read(include_str!("../wages.csv")).unwrap_or_default())
}

/// Reads a table; the error names the line.
fn read(text: &'static str) -> Result<Vec<British>, String> {
    let lines = (1..).zip(text.lines());
    lines
        .filter(|(_, content)| !content.starts_with(['#', 'c']))
        .map(|(line, content)| {
            read_line(content).ok_or_else(|| format!("line {line}: not a wage: {content}"))
        })
        .collect()
}

fn read_line(line: &'static str) -> Option<British> {
    let mut fields = line.splitn(5, ',');
    let code = fields.next()?;
    let mut figures = [0.0; 3];
    for figure in &mut figures {
        *figure = fields.next()?.parse().ok()?;
    }
    fields.next()?;
    (figures[0] > 0.0 && figures.is_sorted()).then_some((code, figures))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads() {
        let wages = read(include_str!("../wages.csv")).unwrap();
        assert!(wages.len() > 30);
        for (at, (code, _)) in wages.iter().enumerate() {
            let is_first = wages[..at].iter().all(|(known, _)| known != code);
            assert!(is_first, "{code} stands twice");
        }
    }

    #[test]
    fn every_kind_has_a_wage_where_its_classification_has_it() {
        for kind in crate::kinds() {
            for place in [Place::US, "GB".parse().unwrap()] {
                if let Some(code) = kind.occupation_in(place) {
                    assert!(
                        find(place, code).is_some(),
                        "{} in {place}: {code}",
                        kind.slug
                    );
                }
            }
        }
    }

    #[test]
    fn faults_are_refused() {
        for bad in ["1,1,2,3", "1,3,2,1,x", "1,a,2,3,x", "1,,2,3,x", "1,0,2,3,x"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
