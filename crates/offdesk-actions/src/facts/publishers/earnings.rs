//! Earnings of other publishers: ILOSTAT by major group, the United Kingdom's ASHE by occupation.

use std::collections::BTreeMap;

use offdesk_domain::{Currency, Place};
use offdesk_import::Problem;
use offdesk_import::rows::TextRow;
use offdesk_pricing::{Fact, country_by_three_letters, currency_of, place_named};

use super::{Names, cell, figure, is_held_back, year_in};
use crate::facts::{Imported, Said};

/// Hours of a month's earnings: 48 a week.
const MONTH: f64 = 208.0;

/// ILOSTAT, mean monthly earnings by sex and occupation: the newest year of each country.
pub(in crate::facts) struct Ilostat {
    area: usize,
    sex: Option<usize>,
    occupation: usize,
    currency: Option<usize>,
    time: usize,
    value: usize,
    indicator: Option<usize>,
    /// Hours that figures of no named indicator are of, by the name of the file.
    hours: Option<f64>,
    newest: BTreeMap<(Place, u8), (u16, f64)>,
}

impl Ilostat {
    pub(super) fn new(names: &Names, file: &str) -> Result<Self, Problem> {
        Ok(Self {
            indicator: names.find("indicator"),
            hours: hours_of(file),
            area: names.need("ref_area")?,
            sex: names.find("sex"),
            occupation: names.need("classif1")?,
            currency: names.find("classif2"),
            time: names.need("time")?,
            value: names.need("obs_value")?,
            newest: BTreeMap::new(),
        })
    }

    pub(super) fn row(&mut self, row: TextRow<'_>, imported: &mut Imported) {
        let of = |column: Option<usize>| column.map_or("", |at| cell(&row, at));
        let is_total =
            |text: &str| text.is_empty() || text.ends_with("_T") || text.contains("Total");
        let currency = of(self.currency);
        let is_local =
            currency.is_empty() || currency.contains("LCU") || currency.contains("Local");
        let group = group_of(cell(&row, self.occupation));
        let area = cell(&row, self.area);
        let place = country_by_three_letters(area).or_else(|| place_named(area).ok());
        let hours = match self.indicator {
            Some(at) => hours_of(cell(&row, at)),
            None => self.hours,
        };
        let (Some(group), Some(place), Some(hours), true, true) =
            (group, place, hours, is_total(of(self.sex)), is_local)
        else {
            imported.passed_over += 1;
            return;
        };
        let value = cell(&row, self.value);
        let (Some(amount), Some(year)) = (figure(value), year_in(cell(&row, self.time))) else {
            imported.held_back += u64::from(is_held_back(value));
            return;
        };
        let newest = self.newest.entry((place, group)).or_insert((0, 0.0));
        if year >= newest.0 {
            *newest = (year, amount / hours);
        }
    }

    pub(super) fn end(self, imported: &mut Imported) {
        for ((place, group), (year, hour)) in self.newest {
            let Some(currency) = currency_of(place) else {
                continue;
            };
            imported.said.push(Said::Group {
                place,
                group,
                currency,
                hour,
                year,
                source: format!(
                    "ILOSTAT, mean earnings of employees, {year}, a month at 208 hours"
                ),
            });
        }
    }
}

/// The hours that an indicator of earnings is of: a month or an hour. Earnings of women beside men, of low pay and the
/// like are of none.
fn hours_of(indicator: &str) -> Option<f64> {
    let indicator = indicator.to_lowercase();
    let is_of = |code: &str, words: &str| indicator.contains(code) || indicator.contains(words);
    if is_of("ear_4mth", "monthly earnings") || is_of("ear_emta", "monthly earnings") {
        return Some(MONTH);
    }
    is_of("ear_4hrl", "hourly earnings").then_some(1.0)
}

/// `OCU_ISCO08_2` and `Occupation (ISCO-08): 2. Professionals` as 2, the total as 0.
fn group_of(text: &str) -> Option<u8> {
    let rest = text
        .strip_prefix("OCU_ISCO08_")
        .or_else(|| Some(text.split_once("ISCO-08):")?.1.trim()))?;
    if rest.starts_with("TOTAL") || rest.starts_with("Total") {
        return Some(0);
    }
    let digit = rest.chars().next()?.to_digit(10)?;
    let is_major = rest.chars().nth(1).is_none_or(|c| !c.is_ascii_digit());
    u8::try_from(digit)
        .ok()
        .filter(|digit| is_major && (1..=9).contains(digit))
}

/// Whether a title is that of a table of errors, such as `Table 14.5b`.
fn is_part_b(title: &str) -> bool {
    title.split_whitespace().any(|word| {
        let part = word
            .strip_prefix("14.")
            .and_then(|rest| rest.strip_suffix('b'));
        part.is_some_and(|part| part.parse::<u8>().is_ok())
    })
}

/// The Annual Survey of Hours and Earnings, table 14: pay by the UK's occupations of four digits.
pub(in crate::facts) struct Ashe {
    year: u16,
    hours: f64,
    description: usize,
    code: usize,
    percentiles: [Option<usize>; 5],
}

impl Ashe {
    pub(super) fn new(names: &Names, title: &str, year: Option<u16>) -> Result<Self, Problem> {
        let title_lower = title.to_lowercase();
        let refuse = |why: &str| {
            let message = format!("this part of ASHE table 14 has {why}");
            Err(Problem::fatal("facts.part", message)
                .hint("the parts with pay are 14.1a, 14.2a (weekly), 14.5a, 14.6a (hourly) and 14.7a (annual)"))
        };
        if title_lower.contains("hours worked") {
            return refuse("hours and no pay");
        }
        let is_of_errors = title_lower.contains("coefficient") || title_lower.contains(" cv");
        if is_of_errors || is_part_b(&title_lower) {
            return refuse("the errors of the figures, not the figures");
        }
        if title_lower.contains("incentive") || title_lower.contains("overtime pay") {
            return refuse("a part of the pay only");
        }
        let hours = match () {
            () if title_lower.contains("hourly") => 1.0,
            () if title_lower.contains("weekly") => 37.5,
            () if title_lower.contains("annual") => 1950.0,
            () => return refuse("a title that does not say of which hours its pay is"),
        };
        let year = year.or_else(|| year_in(title)).ok_or_else(|| {
            let message = "the title of this table does not say of which year it is";
            Problem::fatal("facts.year", message).hint("say it:  --year 2025")
        })?;
        let at = |name: &str| names.find(name);
        Ok(Self {
            year,
            hours,
            description: names.need("description")?,
            code: names.need("code")?,
            percentiles: [
                at("10"),
                at("25"),
                Some(names.need("median")?),
                at("75"),
                at("90"),
            ],
        })
    }

    pub(super) fn source(&self) -> String {
        format!(
            "Office for National Statistics, ASHE {}, table 14",
            self.year
        )
    }

    pub(super) fn row(&self, row: TextRow<'_>, imported: &mut Imported) {
        let code = cell(&row, self.code);
        if code.len() != 4 || cell(&row, self.description).is_empty() {
            imported.passed_over += 1;
            return;
        }
        let percentiles = self.percentiles.map(|column| {
            let text = column.map_or("", |at| cell(&row, at));
            Some(figure(text)? / self.hours)
        });
        if percentiles.get(2).copied().flatten().is_none() {
            imported.held_back += 1;
            return;
        }
        let Ok(currency) = "GBP".parse::<Currency>() else {
            return;
        };
        let Ok(place) = "GB".parse::<Place>() else {
            return;
        };
        let kinds = offdesk_pricing::kinds().filter(|kind| kind.british() == Some(code));
        let mut occupations: Vec<_> = kinds
            .filter_map(|kind| kind.occupation?.parse().ok())
            .collect();
        occupations.sort_unstable();
        occupations.dedup();
        imported.passed_over += u64::from(occupations.is_empty());
        for occupation in occupations {
            imported.said.push(Said::Pay(Fact {
                place,
                occupation,
                currency,
                percentiles,
                year: self.year,
                source: format!("{}, UK SOC {code}", self.source()),
            }));
        }
    }
}
