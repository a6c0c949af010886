//! Facts of pay, exchange rates, price levels and texts of occupations from the publishers' own files, kept beside those
//! in the program.
//!
//! What is imported goes before what the program holds for the same place and occupation where it is as new or newer.

mod files;
mod kept;
mod publishers;

use std::collections::BTreeSet;
use std::sync::Arc;

use offdesk_domain::{Currency, Place, Soc};
use offdesk_import::rows;
use offdesk_import::{Input, Problem};
use offdesk_pricing::Fact;

pub use self::files::open;
pub use self::kept::{Kept, KeptError};
use self::publishers::{Publisher, Release, settle, source_of};
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
    /// A text that the program would read otherwise, with the occupations it stands for.
    Text {
        /// The text.
        text: String,
        /// The occupations.
        occupations: Vec<Soc>,
        /// The release of O*NET that says so.
        release: String,
    },
}

/// What is said beside a file, for what neither it nor its name tells.
#[derive(Debug, Clone, Default)]
pub struct Stated {
    /// The year of its figures.
    pub year: Option<u16>,
    /// The release of O*NET.
    pub release: Option<String>,
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
    /// Texts of a release of O*NET that the program reads as they stand there without knowing them.
    pub read_so: u64,
    /// What is in doubt, with its row.
    pub doubts: Vec<String>,
    release: Release,
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
            Said::Rate { .. } | Said::Text { .. } => None,
        };
        self.said.iter().filter_map(of).collect()
    }
}

/// Reads the tables of one download; of several those count whose publisher is known.
///
/// # Errors
/// `facts.unknown` where no publisher of a table is known, `facts.columns`, `facts.year`, `facts.release`,
/// `facts.classification`, `facts.empty`, and what reading a table leads to.
pub fn read(inputs: &mut [Input], stated: &Stated) -> Result<Imported, Problem> {
    let mut imported = Imported::default();
    let mut publishers: Vec<String> = Vec::new();
    let are_several = inputs.len() > 1;
    for input in inputs {
        let publisher = match read_table(input, stated, &mut imported) {
            // Parts without pay lie beside those with it.
            Err(problem) if are_several && problem.code == "facts.part" => continue,
            read => read?,
        };
        publishers.extend(publisher.filter(|publisher| !publishers.contains(publisher)));
    }
    if publishers.is_empty() {
        return Err(Problem::fatal(
            "facts.unknown",
            "this is no file of a publisher whose figures are known here",
        )
        .hint("OEWS tables (xlsx), ILOSTAT earnings and World Bank PPP (csv), ASHE table 14 (xlsx), exchange rates of the ECB or the Federal Reserve (csv), a release of O*NET (text or xlsx); archives and folders of them"));
    }
    imported.publisher = publishers.join("; ");
    settle(&mut imported)?;
    if imported.said.is_empty() {
        let (held, read_so) = (imported.held_back, imported.read_so);
        let message = if read_so > 0 {
            format!("all {read_so} texts are read as this release has them already")
        } else {
            format!("there is no figure in this file that can be used; {held} are held back")
        };
        return Err(Problem::fatal("facts.empty", message));
    }
    Ok(imported)
}

/// Reads a table; gives its publisher, where it is known.
fn read_table(
    input: &mut Input,
    stated: &Stated,
    imported: &mut Imported,
) -> Result<Option<String>, Problem> {
    let name = input.name().to_owned();
    let mut publisher: Option<Publisher> = None;
    let mut sheet = String::new();
    let mut title = String::new();
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
            Some(publisher) => publisher.row(row, imported),
            None => {
                publisher = Publisher::of(row.cells, &title, &name, stated)?;
                title.push_str(&row.cells.join(" "));
                title.push('\n');
            }
        }
        Ok(publisher.is_some() || row.number <= HEAD || !row.sheet.is_empty())
    })?;
    let name = publisher.as_ref().map(Publisher::name);
    if let Some(publisher) = publisher {
        publisher.end(imported);
    }
    Ok(name)
}

/// Adds what was imported to figures.
pub fn add(figures: &mut Figures, said: Vec<Said>) {
    let mut last: Option<(String, Arc<str>)> = None;
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
            Said::Text {
                text,
                occupations,
                release,
            } => {
                let source: Arc<str> = match &last {
                    Some((known, source)) if *known == release => Arc::clone(source),
                    _ => source_of(&release).into(),
                };
                Arc::make_mut(&mut figures.texts).add(&text, occupations, &source);
                last = Some((release, source));
            }
        }
    }
}

#[cfg(test)]
mod tests;
