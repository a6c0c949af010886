//! The owner's own files: rules, prices and exchange rates.

use std::fs;
use std::path::Path;

use offdesk_actions::price::Figures;
use offdesk_actions::rules::{OwnPrices, Rules, RulesError};

use super::args::MarketArgs;
use crate::cli::data::DataFolder;
use crate::cli::error::CliError;
use crate::cli::exit;

fn read_text(path: &Path) -> Result<String, CliError> {
    let refuse = |why: String| {
        CliError::new(
            exit::FAILED,
            "rules.unreadable",
            format!("{} cannot be read: {why}", path.display()),
        )
        .line("check the name and the folder")
    };
    let meta = fs::metadata(path).map_err(|error| refuse(error.to_string()))?;
    if meta.is_dir() {
        return Err(refuse("it is a folder".to_owned()));
    }
    if meta.len() > 1 << 20 {
        return Err(refuse("it is larger than 1 MiB".to_owned()));
    }
    fs::read_to_string(path).map_err(|error| refuse(error.to_string()))
}

/// An error in a file, with its name.
pub fn in_file(path: &Path, error: RulesError) -> CliError {
    let mut error = CliError::from(error);
    error.message = format!("{}: {}", path.display(), error.message);
    error
}

/// The text of a rules file; `None` where there is no such file yet.
pub fn read_rules_text(path: &Path) -> Result<Option<String>, CliError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        _ => read_text(path).map(Some),
    }
}

/// The owner's rules; none without a file.
pub fn read_rules(path: Option<&Path>) -> Result<Rules, CliError> {
    let Some(path) = path else {
        return Ok(Rules::default());
    };
    Rules::parse(&read_text(path)?).map_err(|error| in_file(path, error))
}

/// Facts and exchange rates: those in the program, before them what was imported, before all the owner's own rates.
pub fn read_figures(data: &DataFolder, rates: Option<&Path>) -> Result<Figures, CliError> {
    let mut figures = Figures::default();
    data.add_facts(&mut figures)?;
    if let Some(path) = rates {
        figures
            .rates
            .add_own(&read_text(path)?)
            .map_err(|(line, why)| {
                let message = format!("{}: line {line}: {why}", path.display());
                CliError::new(exit::INPUT, "rules.rate", message)
                    .line("write it as  EUR=0.87  for 0.87 euros a dollar")
            })?;
    }
    Ok(figures)
}

/// The owner's prices, from a file and from options; an option goes before the file.
pub fn read_prices(market: &MarketArgs) -> Result<OwnPrices, CliError> {
    let mut prices = OwnPrices::default();
    if let Some(path) = &market.prices {
        prices
            .add_file(&read_text(path)?)
            .map_err(|error| in_file(path, error))?;
    }
    for price in &market.price {
        prices.add(price).map_err(|error| CliError {
            exit: exit::USAGE,
            ..CliError::from(error)
        })?;
    }
    Ok(prices)
}
