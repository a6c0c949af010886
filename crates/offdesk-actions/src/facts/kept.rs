//! What was imported, kept in a file of its own for each import: a table that people can read, too.

use std::fmt::Write as _;

use offdesk_domain::{Currency, Place, Soc};
use offdesk_pricing::Fact;

use super::Said;
use super::publishers::figure;

const HEAD: &str = "# offdesk facts 1";
const COLUMNS: &str = "what,place,occupation,p10,p25,p50,p75,p90,currency,year,source";

/// A file of facts.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Publisher and publication.
    pub publisher: String,
    /// The file it came from.
    pub file: String,
    /// The day it was imported.
    pub imported: String,
    /// What it says.
    pub said: Vec<Said>,
}

/// Why a kept file is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct KeptError {
    /// The line, from 1.
    pub line: usize,
    /// Why.
    pub why: &'static str,
}

impl Kept {
    /// The file's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let clean = |text: &str| text.replace(['\n', '\r', '"'], " ");
        let mut out = format!(
            "{HEAD}\n# {}\n# {}\n# {}\n{COLUMNS}\n",
            clean(&self.publisher),
            clean(&self.file),
            clean(&self.imported)
        );
        for said in &self.said {
            // Writing to a string does not fail.
            let _ = match said {
                Said::Pay(fact) => {
                    let figures = fact.percentiles.map(|figure| {
                        figure.map_or(String::new(), |figure| format!("{figure:.4}"))
                    });
                    writeln!(
                        out,
                        "pay,{},{},{},{},{},\"{}\"",
                        fact.place,
                        fact.occupation,
                        figures.join(","),
                        fact.currency,
                        fact.year,
                        clean(&fact.source)
                    )
                }
                Said::Group {
                    place,
                    group,
                    currency,
                    hour,
                    year,
                    source,
                } => {
                    writeln!(
                        out,
                        "group,{place},{group},,,{hour:.4},,,{currency},{year},\"{}\"",
                        clean(source)
                    )
                }
                Said::Rate {
                    currency,
                    units,
                    source,
                } => {
                    writeln!(
                        out,
                        "rate,,,,,{units:.6},,,{currency},,\"{}\"",
                        clean(source)
                    )
                }
                Said::Text {
                    text,
                    occupations,
                    release,
                } => {
                    let codes: Vec<String> = occupations.iter().map(Soc::to_string).collect();
                    let (codes, text) = (codes.join(" "), clean(text));
                    writeln!(out, "text,,{codes},,,,,,,{release},\"{text}\"")
                }
                Said::Power { place, units, year } => {
                    writeln!(out, "power,{place},,,,{units:.6},,,,{year},")
                }
            };
        }
        out
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// [`KeptError`] for a text that is none, or was changed so that a line makes no sense.
    pub fn parse(text: &str) -> Result<Self, KeptError> {
        let mut lines = (1..).zip(text.lines());
        let mut next = |why: &'static str| lines.next().ok_or(KeptError { line: 1, why });
        let (_, first) = next("it is empty")?;
        if first != HEAD {
            return Err(KeptError {
                line: 1,
                why: "it is no file of facts of this version",
            });
        }
        let mut told =
            || next("it is cut short").map(|(_, line)| line.trim_start_matches("# ").to_owned());
        let (publisher, file, imported) = (told()?, told()?, told()?);
        next("it is cut short")?;
        let mut said = Vec::new();
        for (line, content) in lines {
            let refused = KeptError {
                line,
                why: "this is no fact",
            };
            said.push(said_in(content).ok_or(refused)?);
        }
        Ok(Self {
            publisher,
            file,
            imported,
            said,
        })
    }
}

fn said_in(line: &str) -> Option<Said> {
    let mut fields = line.splitn(11, ',');
    let mut next = || fields.next();
    let (what, place, occupation) = (next()?, next()?, next()?);
    let figures = [next()?, next()?, next()?, next()?, next()?];
    let (currency, year, source) = (next()?, next()?, next()?);
    let source = source.trim_matches('"').to_owned();
    let [.., middle, _, _] = figures;
    let place_of = || place.parse::<Place>().ok();
    let currency_of = || currency.parse::<Currency>().ok();
    Some(match what {
        "pay" => Said::Pay(Fact {
            place: place_of()?,
            occupation: occupation.parse().ok()?,
            currency: currency_of()?,
            percentiles: {
                figure(middle)?;
                figures.map(figure)
            },
            year: year.parse().ok()?,
            source,
        }),
        "group" => Said::Group {
            place: place_of()?,
            group: occupation.parse().ok().filter(|group| *group < 10)?,
            currency: currency_of()?,
            hour: figure(middle)?,
            year: year.parse().ok()?,
            source,
        },
        "rate" => Said::Rate {
            currency: currency_of()?,
            units: figure(middle)?,
            source,
        },
        "power" => Said::Power {
            place: place_of()?,
            units: figure(middle)?,
            year: year.to_owned(),
        },
        "text" => Said::Text {
            occupations: {
                let codes = occupation.split_whitespace().map(str::parse);
                let codes: Vec<Soc> = codes.collect::<Result<_, _>>().ok()?;
                (!codes.is_empty()).then_some(codes)?
            },
            release: year.to_owned(),
            text: source,
        },
        _ => return None,
    })
}
