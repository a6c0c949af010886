//! Occupational Employment and Wage Statistics of the U.S. Bureau of Labor Statistics: nation, states, metropolitan areas.

use offdesk_domain::{Currency, Place};
use offdesk_import::Problem;
use offdesk_import::problem::shown;
use offdesk_import::rows::TextRow;
use offdesk_pricing::Fact;

use super::{Names, cell, figure, year_in};
use crate::facts::{Imported, Said};

/// Hours of a year's wage, as the bureau counts them.
const HOURS: f64 = 2080.0;
/// What `#` stands for: at or over this, by the hour and by the year.
const TOP: [f64; 2] = [115.0, 239_200.0];

/// Federal, state and local government and private firms together.
const ALL_OWNERS: &str = "1235";

/// A table of wages.
pub(in crate::facts) struct Oews {
    year: u16,
    area: Option<usize>,
    area_type: Option<usize>,
    state: Option<usize>,
    industry: Option<usize>,
    owner: Option<usize>,
    occupation: usize,
    group: Option<usize>,
    hourly: [usize; 5],
    yearly: [Option<usize>; 5],
}

impl Oews {
    pub(super) fn new(names: &Names, file: &str, year: Option<u16>) -> Result<Self, Problem> {
        let hourly = ["h_pct10", "h_pct25", "h_median", "h_pct75", "h_pct90"];
        let mut of_hour = [0; 5];
        for (place, name) in of_hour.iter_mut().zip(hourly) {
            *place = names.need(name)?;
        }
        let yearly = ["a_pct10", "a_pct25", "a_median", "a_pct75", "a_pct90"];
        let year = year.or_else(|| year_in(file)).ok_or_else(|| {
            let message = "neither this table nor the file's name says of which year it is";
            Problem::fatal("facts.year", message).hint("say it:  --year 2025")
        })?;
        Ok(Self {
            year,
            area: names.find("area"),
            area_type: names.find("area_type"),
            state: names.find("prim_state"),
            industry: names.find("naics"),
            owner: names.find("own_code"),
            occupation: names.need("occ_code")?,
            group: names.find("o_group"),
            hourly: of_hour,
            yearly: yearly.map(|name| names.find(name)),
        })
    }

    pub(super) fn source(&self) -> String {
        format!("U.S. Bureau of Labor Statistics, OEWS, May {}", self.year)
    }

    pub(super) fn row(&self, row: TextRow<'_>, imported: &mut Imported) {
        let of = |column: Option<usize>| column.map_or("", |at| cell(&row, at));
        let is_detailed = self.group.is_none() || of(self.group) == "detailed";
        let industry = of(self.industry);
        let is_all = industry.is_empty() || industry.trim_start_matches('0').is_empty();
        // Tables by owner repeat occupations for each government and for private firms.
        let is_all = is_all && matches!(of(self.owner), "" | ALL_OWNERS);
        let code = cell(&row, self.occupation);
        if !is_detailed || !is_all || code.is_empty() {
            imported.passed_over += 1;
            return;
        }
        let (Ok(occupation), Some(place)) = (code.parse(), self.place(&row)) else {
            imported.passed_over += 1;
            if code.parse::<offdesk_domain::Soc>().is_err() {
                let number = row.number;
                imported.doubt(format!(
                    "row {number}: \"{}\" is no occupation",
                    shown(code)
                ));
            }
            return;
        };
        let percentiles = std::array::from_fn(|at| self.percentile(&row, at));
        if percentiles.get(2).copied().flatten().is_none() {
            imported.held_back += 1;
            return;
        }
        imported.said.push(Said::Pay(Fact {
            place,
            occupation,
            currency: Currency::USD,
            percentiles,
            year: self.year,
            source: self.source(),
        }));
    }

    fn percentile(&self, row: &TextRow<'_>, at: usize) -> Option<f64> {
        let read = |text: &str, top: f64| {
            if text == "#" { Some(top) } else { figure(text) }
        };
        let hourly = self.hourly.get(at).map_or("", |column| cell(row, *column));
        let yearly = self.yearly.get(at).copied().flatten();
        let yearly = yearly.map_or("", |column| cell(row, column));
        read(hourly, TOP[0]).or_else(|| Some(read(yearly, TOP[1])? / HOURS))
    }

    /// The nation, a state by its letters, a metropolitan area by its number.
    fn place(&self, row: &TextRow<'_>) -> Option<Place> {
        let of = |column: Option<usize>| column.map_or("", |at| cell(row, at));
        let (area, state) = (of(self.area), of(self.state));
        match of(self.area_type) {
            "1" => Some(Place::US),
            "2" => format!("US-{state}").parse().ok(),
            "4" => format!("US-{:0>5}", area.trim_start_matches('0'))
                .parse()
                .ok(),
            "" if area.is_empty() || area == "99" || area == "0000099" => Some(Place::US),
            _ => None,
        }
    }
}
