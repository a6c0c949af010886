//! What money is worth: purchasing power of the World Bank, exchange rates of the ECB and of the Federal Reserve.

use offdesk_domain::Currency;
use offdesk_import::rows::TextRow;
use offdesk_pricing::country_by_three_letters;

use super::{Names, cell, figure, year_in};
use crate::facts::{Imported, Said};

/// The World Bank's indicator of purchasing power: a column for every year.
pub(in crate::facts) struct Powers {
    code: Option<usize>,
    indicator: Option<usize>,
    /// Columns of years, the newest first.
    years: Vec<(usize, u16)>,
}

impl Powers {
    pub(super) fn new(names: &Names) -> Self {
        let columns = names.0.iter().enumerate();
        let mut years: Vec<(usize, u16)> = columns
            .filter_map(|(at, name)| Some((at, year_in(name)?)))
            .collect();
        years.sort_by_key(|(_, year)| std::cmp::Reverse(*year));
        Self {
            code: names.find("country code"),
            indicator: names.find("indicator code"),
            years,
        }
    }

    pub(super) fn row(&self, row: TextRow<'_>, imported: &mut Imported) {
        let of = |column: Option<usize>| column.map_or("", |at| cell(&row, at));
        let is_power = of(self.indicator) == "PA.NUS.PPP";
        let (Some(place), true) = (country_by_three_letters(of(self.code)), is_power) else {
            imported.passed_over += 1;
            return;
        };
        let newest = self
            .years
            .iter()
            .find_map(|(at, year)| Some((figure(cell(&row, *at))?, *year)));
        match newest {
            Some((units, year)) => imported.said.push(Said::Power {
                place,
                units,
                year: year.to_string(),
            }),
            None => imported.held_back += 1,
        }
    }
}

/// The ECB's reference rates: a column for each currency, units for one euro, the newest day first or last.
pub(in crate::facts) struct Ecb {
    currencies: Vec<(usize, Currency)>,
    newest: Option<(String, Vec<(Currency, f64)>)>,
}

impl Ecb {
    pub(super) fn new(cells: &[String]) -> Self {
        let named = cells.iter().enumerate().skip(1);
        Self {
            currencies: named
                .filter_map(|(at, name)| Some((at, name.trim().parse().ok()?)))
                .collect(),
            newest: None,
        }
    }

    pub(super) fn row(&mut self, row: TextRow<'_>) {
        let day = cell(&row, 0).to_owned();
        let rates: Vec<(Currency, f64)> = self
            .currencies
            .iter()
            .filter_map(|(at, currency)| Some((*currency, figure(cell(&row, *at))?)))
            .collect();
        // Days as 2026-06-30 stand in order; a file of one day writes it in words.
        let is_newer = self.newest.as_ref().is_none_or(|(known, _)| day > *known);
        if !rates.is_empty() && is_newer {
            self.newest = Some((day, rates));
        }
    }

    pub(super) fn end(self, imported: &mut Imported) {
        let Some((day, rates)) = self.newest else {
            return;
        };
        let dollars = rates
            .iter()
            .find(|(currency, _)| *currency == Currency::USD);
        let Some((_, dollars)) = dollars.copied() else {
            return;
        };
        let source = format!("European Central Bank, {day}");
        let euro = "EUR".parse().ok().map(|euro: Currency| (euro, 1.0));
        for (currency, units) in rates.into_iter().chain(euro) {
            if currency != Currency::USD {
                imported.said.push(Said::Rate {
                    currency,
                    units: units / dollars,
                    source: source.clone(),
                });
            }
        }
    }
}

/// Series of the H.10 release by the letters of the country; those of the second kind are dollars for one unit.
const SERIES: [(&str, &str, bool); 23] = [
    ("AL", "AUD", true),
    ("BZ", "BRL", false),
    ("CA", "CAD", false),
    ("CH", "CNY", false),
    ("DN", "DKK", false),
    ("EU", "EUR", true),
    ("HK", "HKD", false),
    ("IN", "INR", false),
    ("JA", "JPY", false),
    ("KO", "KRW", false),
    ("MA", "MYR", false),
    ("MX", "MXN", false),
    ("NO", "NOK", false),
    ("NZ", "NZD", true),
    ("SD", "SEK", false),
    ("SF", "ZAR", false),
    ("SI", "SGD", false),
    ("SL", "LKR", false),
    ("SZ", "CHF", false),
    ("TA", "TWD", false),
    ("TH", "THB", false),
    ("UK", "GBP", true),
    ("VE", "VES", false),
];

/// The Federal Reserve's H.10: a column for each series, the newest day last.
pub(in crate::facts) struct Fed {
    series: Vec<(usize, Currency, bool)>,
    newest: Vec<Option<(String, f64)>>,
}

impl Fed {
    /// `None` where no series of exchange rates stands in the row of names.
    pub(super) fn new(cells: &[String]) -> Option<Self> {
        let series: Vec<(usize, Currency, bool)> = cells
            .iter()
            .enumerate()
            .filter_map(|(at, name)| {
                let name = name.trim();
                let letters = name.starts_with("RXI").then(|| name.rsplit('.').next())??;
                let (_, currency, is_inverse) =
                    SERIES.iter().find(|(known, ..)| *known == letters)?;
                Some((at, currency.parse().ok()?, *is_inverse))
            })
            .collect();
        let newest = vec![None; series.len()];
        (!series.is_empty()).then_some(Self { series, newest })
    }

    pub(super) fn row(&mut self, row: TextRow<'_>) {
        let day = cell(&row, 0);
        for ((at, ..), newest) in self.series.iter().zip(&mut self.newest) {
            let is_newer = newest
                .as_ref()
                .is_none_or(|(known, _)| day >= known.as_str());
            if let (Some(rate), true) = (figure(cell(&row, *at)), is_newer) {
                *newest = Some((day.to_owned(), rate));
            }
        }
    }

    pub(super) fn end(self, imported: &mut Imported) {
        for ((_, currency, is_inverse), newest) in self.series.into_iter().zip(self.newest) {
            let Some((day, rate)) = newest else { continue };
            imported.said.push(Said::Rate {
                currency,
                units: if is_inverse { 1.0 / rate } else { rate },
                source: format!("Federal Reserve H.10, {day}"),
            });
        }
    }
}
