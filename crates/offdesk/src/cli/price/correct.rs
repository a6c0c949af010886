//! Corrections by command: what a text really is, or what is paid for it, written into the rules file.

use std::fmt::Write as _;
use std::path::Path;

use offdesk_actions::corrections::Saying;
use offdesk_actions::price::{Figures, NoPrice, usual_currency};
use offdesk_actions::rules::RulesError;
use offdesk_domain::{Currency, Place};
use offdesk_import::problem::shown;

use super::{PriceCommand, no_place};
use crate::cli::audit::{in_file, read_rules_text};
use crate::cli::error::CliError;
use crate::cli::{exit, output};

/// A correction that was written.
pub(super) struct Corrected {
    pub(super) file: String,
    pub(super) saying: Saying,
    pub(super) is_changed: bool,
}

impl PriceCommand {
    /// Writes what was said of the texts into the rules file, all of it or nothing; nothing where nothing was said.
    pub(super) fn correct(
        &self,
        texts: &[String],
        places: &[Place],
        figures: &Figures,
    ) -> Result<Vec<Corrected>, CliError> {
        let (is, pays) = (self.is.as_deref(), self.pays.as_deref());
        let path = match self.rules.as_deref() {
            Some(path) if is.is_some() || pays.is_some() => path,
            _ => return Ok(Vec::new()),
        };
        let currency = self.paid_in(places, figures)?;
        let mut rules = read_rules_text(path)?.unwrap_or_default();
        let mut corrected = Vec::with_capacity(texts.len());
        for text in texts {
            let saying = Saying::of(text, is, pays, currency).map_err(typed)?;
            let written = saying
                .write_into(&rules)
                .map_err(|error| in_file(path, error))?;
            rules = written.rules;
            corrected.push(Corrected {
                file: path.display().to_string(),
                saying,
                is_changed: written.is_changed,
            });
        }
        write(path, &rules)?;
        Ok(corrected)
    }

    /// The currency of what is paid: that of the answer.
    fn paid_in(&self, places: &[Place], figures: &Figures) -> Result<Currency, CliError> {
        if let Some(currency) = self.currency {
            return Ok(currency);
        }
        let mut currencies = places.iter().map(|place| {
            let own = usual_currency(*place, &figures.facts, &figures.rates);
            own.ok_or_else(|| no_place(NoPrice::Place(*place)))
        });
        let first = currencies.next().unwrap_or(Ok(Currency::USD))?;
        for other in currencies {
            if other? != first && self.pays.is_some() {
                let message = "these places have several currencies, and --pays is in one";
                return Err(CliError::new(exit::USAGE, "price.pays", message)
                    .line("say which:  --currency USD"));
            }
        }
        Ok(first)
    }
}

/// What was typed on the command line is an error of usage.
fn typed(error: RulesError) -> CliError {
    CliError {
        exit: exit::USAGE,
        ..CliError::from(error)
    }
}

/// Writes the file a link leads to, not over the link.
fn write(path: &Path, rules: &str) -> Result<(), CliError> {
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    output::write_file(&target, rules.as_bytes())
}

/// What was written, for people.
pub(super) fn told(corrected: &[Corrected]) -> String {
    let mut out = String::new();
    for one in corrected {
        let how = if one.is_changed { "changed" } else { "written" };
        // Writing to a string does not fail.
        let _ = writeln!(out, "{how} in {}: {}", one.file, shown(&one.saying.told()));
    }
    if !corrected.is_empty() {
        out.push_str("Texts like it follow from now on; take it out of the file to undo it.\n\n");
    }
    out
}
