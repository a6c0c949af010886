//! Facts of pay, exchange rates and price levels from the publishers' own files, kept beside those in the program.
//!
//! What is imported goes before what the program holds for the same place and occupation where it is as new or newer.

mod kept;
mod publishers;

use std::collections::BTreeSet;

use offdesk_domain::{Currency, Place};
use offdesk_import::rows;
use offdesk_import::{Input, Problem};
use offdesk_pricing::Fact;

pub use self::kept::{Kept, KeptError};
use self::publishers::Publisher;
use crate::price::Figures;

/// Rows in which the names of columns are looked for.
const HEAD: u64 = 60;
/// So many doubts are told.
const MOST_DOUBTS: usize = 20;

/// One thing a publisher says.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// Pay of an occupation in a place.
    Pay(Fact),
    /// Mean pay of a major group of ISCO-08 in a place, 0 for everybody.
    Group {
        /// Where.
        place: Place,
        /// The major group.
        group: u8,
        /// In which currency.
        currency: Currency,
        /// Of an hour.
        hour: f64,
        /// The year.
        year: u16,
        /// Publisher and publication.
        source: String,
    },
    /// Units of a currency for one US dollar.
    Rate {
        /// The currency.
        currency: Currency,
        /// Units for one US dollar.
        units: f64,
        /// Publisher and date.
        source: String,
    },
    /// Units of local currency that buy what a dollar buys in the United States.
    Power {
        /// The country.
        place: Place,
        /// The units.
        units: f64,
        /// The year.
        year: String,
    },
}

/// What was read of a file.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// Publisher and publication.
    pub publisher: String,
    /// What it says.
    pub said: Vec<Said>,
    /// Cells that the publisher holds back.
    pub held_back: u64,
    /// Rows passed over because nothing here can use them.
    pub passed_over: u64,
    /// What is in doubt, with its row.
    pub doubts: Vec<String>,
}

impl Imported {
    fn doubt(&mut self, doubt: String) {
        if self.doubts.len() < MOST_DOUBTS {
            self.doubts.push(doubt);
        }
    }

    /// Its places, in their order.
    #[must_use]
    pub fn places(&self) -> BTreeSet<Place> {
        let of = |said: &Said| match said {
            Said::Pay(fact) => Some(fact.place),
            Said::Group { place, .. } | Said::Power { place, .. } => Some(*place),
            Said::Rate { .. } => None,
        };
        self.said.iter().filter_map(of).collect()
    }
}

/// Reads a publisher's file as it was downloaded; `year` is that of figures whose file does not say.
///
/// # Errors
/// `facts.unknown` for a file of no publisher that is known, `facts.columns`, `facts.year`, `facts.empty`, and what
/// reading the table leads to.
pub fn read(input: &mut Input, year: Option<u16>) -> Result<Imported, Problem> {
    let name = input.file_name().to_owned();
    let mut publisher: Option<Publisher> = None;
    let mut sheet = String::new();
    let mut title = String::new();
    let mut imported = Imported::default();
    rows::each(input, &mut |row| {
        if row.sheet != sheet {
            row.sheet.clone_into(&mut sheet);
            // Another sheet has names of its own; the first with figures counts.
            if publisher.is_some() {
                return Ok(false);
            }
            title.clear();
        }
        match &mut publisher {
            Some(publisher) => publisher.row(row, &mut imported),
            None => {
                publisher = Publisher::of(row.cells, &title, &name, year)?;
                if let Some(publisher) = &publisher {
                    imported.publisher = publisher.name();
                }
                title.push_str(&row.cells.join(" "));
                title.push('\n');
            }
        }
        Ok(publisher.is_some() || row.number <= HEAD || !row.sheet.is_empty())
    })?;
    if let Some(publisher) = publisher {
        publisher.end(&mut imported);
    } else {
        return Err(Problem::fatal(
            "facts.unknown",
            "this is no file of a publisher whose figures are known here",
        )
        .hint("OEWS tables (xlsx), ILOSTAT earnings and World Bank PPP (csv), ASHE table 14 (xlsx), exchange rates of the ECB or the Federal Reserve (csv)"));
    }
    if imported.said.is_empty() {
        let held = imported.held_back;
        let message =
            format!("there is no figure in this file that can be used; {held} are held back");
        return Err(Problem::fatal("facts.empty", message));
    }
    Ok(imported)
}

/// Adds what was imported to figures.
pub fn add(figures: &mut Figures, said: Vec<Said>) {
    for said in said {
        match said {
            Said::Pay(fact) => figures.facts.add(fact),
            Said::Group {
                place,
                group,
                currency,
                hour,
                source,
                ..
            } => figures
                .facts
                .add_group(place, group, currency, hour, source),
            Said::Rate {
                currency,
                units,
                source,
            } => figures.rates.set(currency, units, source),
            Said::Power { place, units, year } => figures.facts.add_power(place, units, year),
        }
    }
}

#[cfg(test)]
mod tests;
