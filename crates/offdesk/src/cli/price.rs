//! `offdesk price`: the market price of an hour of any piece of work.

mod correct;
mod report;

use std::fmt::Write as _;
use std::io::BufRead;
use std::path::PathBuf;

use clap::Args;
use offdesk_actions::price::{self, NoPrice, PricedText, Pricer};
use offdesk_domain::{Currency, Place};
use rust_decimal::Decimal;

use super::audit::{json, read_figures, read_rules};
use super::data::DataFolder;
use super::error::CliError;
use super::{Done, amounts, exit, output, values};

/// The longest line read from standard input.
const LONGEST: usize = 1 << 20;

/// What an hour of any piece of work costs on the market
#[derive(Args, Debug)]
#[command(before_help = "Examples:
  offdesk price \"reconcile Stripe payouts\"
  offdesk price \"answer support inbox\" \"SEO blog post\" --explain
  offdesk price bookkeeping --places US,GB,Seattle --currency USD    side by side
  offdesk price \"PPC campaigns\" --is bookkeeping --rules rules.toml    correct it
  offdesk price - --json < tasks.txt    one text a line")]
pub struct PriceCommand {
    /// Texts as people write them; - reads one text a line from standard input
    #[arg(required = true, value_name = "TEXT")]
    texts: Vec<String>,
    /// Where the work would be bought: a country, or a region of it with figures of its own, by code or name
    #[arg(long, value_name = "PLACE", default_value = "US", value_parser = values::place)]
    place: Place,
    /// Several places to compare, in this order: US,GB,India
    #[arg(long, value_name = "PLACES", value_delimiter = ',', conflicts_with = "place", value_parser = values::place)]
    places: Vec<Place>,
    /// All prices in one currency; without it each place has its own
    #[arg(long, value_name = "CODE", value_parser = values::currency)]
    currency: Option<Currency>,
    /// Exchange rates of your own: a file with one EUR=0.87 a line, units for one US dollar
    #[arg(long, value_name = "FILE")]
    rates: Option<PathBuf>,
    #[command(flatten)]
    data: DataFolder,
    /// Your own rules (TOML): their corrections go before what is read
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// What the texts really are: a kind of work, or an occupation by code or title; written into the rules file
    #[arg(long, value_name = "WORK", requires = "rules")]
    is: Option<String>,
    /// What you pay for an hour of it: 18 or 15..25, in the answer's currency; written into the rules file
    #[arg(
        long,
        value_name = "AMOUNT",
        requires = "rules",
        allow_negative_numbers = true
    )]
    pays: Option<String>,
    /// Show what each price rests on: words, readings, figures
    #[arg(long)]
    explain: bool,
    /// Write JSON (offdesk.price/1)
    #[arg(long)]
    json: bool,
}

impl PriceCommand {
    /// Runs it.
    pub fn run(self) -> Done {
        let texts = self.texts()?;
        let places = if self.places.is_empty() {
            vec![self.place]
        } else {
            self.places.clone()
        };
        let figures = read_figures(&self.data, self.rates.as_deref())?;
        if let Some(currency) = self.currency
            && !places.iter().all(|place| figures.lead_to(*place, currency))
        {
            return Err(no_rate(currency));
        }
        let corrected = self.correct(&texts, &places, &figures)?;
        let rules = read_rules(self.rules.as_deref())?;
        let corrections = rules.corrections().clone();
        let pricer = Pricer::new(places, self.currency, figures, corrections);
        let mut pricer = pricer.map_err(no_place)?;
        let items: Vec<PricedText> = texts.iter().flat_map(|text| pricer.prices(text)).collect();
        let out = if self.json {
            json::to_text(&report::Answer::of(&items, self.explain, &corrected))?
        } else {
            correct::told(&corrected) + &self.text(&items)
        };
        output::print(&out)?;
        let is_any = items.iter().any(|item| item.price.is_ok());
        Ok(if is_any { 0 } else { exit::NOTHING })
    }

    /// The texts to be priced, those from standard input in the place of the dash.
    fn texts(&self) -> Result<Vec<String>, CliError> {
        let mut texts = Vec::new();
        for text in &self.texts {
            if text == "-" {
                read_lines(&mut texts)?;
            } else {
                texts.push(text.clone());
            }
        }
        Ok(texts)
    }

    fn text(&self, items: &[PricedText]) -> String {
        let mut out = String::new();
        let (mut last, mut told) = (None, None);
        for item in items {
            let is_new = last != Some(&item.text) || self.places.is_empty();
            last = Some(&item.text);
            // What has no price anywhere says so once.
            let why = item.price.as_ref().err().map(ToString::to_string);
            if !is_new && why.is_some() && why == told {
                continue;
            }
            told = why;
            let shown = offdesk_import::problem::shown(&item.text);
            // Writing to a string does not fail.
            if is_new {
                let _ = writeln!(out, "{shown}");
            }
            match &item.price {
                Ok(estimate) => {
                    let about = |amount| amounts::about(amount, Some(estimate.currency));
                    let _ = writeln!(
                        out,
                        "  about {} an hour, mostly {} to {} ({})",
                        about(estimate.likely),
                        about(estimate.low),
                        about(estimate.high),
                        estimate.place
                    );
                    if let Some(line) = bought(estimate) {
                        let _ = writeln!(out, "  {line}");
                    }
                    let first = estimate.readings.first().filter(|_| is_new || self.explain);
                    if let Some((soc, share)) = first {
                        let _ = writeln!(
                            out,
                            "  read as {} ({:.0} % sure)",
                            price::title(*soc),
                            share * 100.0
                        );
                    }
                    if self.explain {
                        explain(&mut out, item, estimate);
                    }
                }
                Err(why) => {
                    let _ = writeln!(out, "  no price: {why}");
                }
            }
        }
        if items.iter().any(|item| item.price.is_ok()) {
            out.push_str("\nThe first line is the wage, before the employer's share and fees; your time to brief and review is in none.\n");
        }
        out
    }
}

/// The likely hour as a wage, as a price, and as what an employee costs.
fn bought(estimate: &price::Estimate) -> Option<String> {
    let cost = estimate.cost.as_ref()?;
    let about = |amount: f64| {
        let amount = Decimal::try_from(amount).ok()?;
        Some(amounts::about(amount, Some(estimate.currency)))
    };
    Some(format!(
        "through a marketplace about {}, an employee's hour about {}",
        about(cost.price)?,
        about(cost.loaded)?
    ))
}

fn explain(out: &mut String, item: &PricedText, estimate: &price::Estimate) {
    if let Some((soc, _)) = estimate.readings.first() {
        let words = price::deciding_words(&item.text, *soc);
        if !words.is_empty() {
            let _ = writeln!(out, "  because of: {}", words.join(", "));
        }
    }
    for (soc, share) in estimate.readings.iter().skip(1).take(3) {
        let _ = writeln!(out, "  or {} ({:.0} %)", price::title(*soc), share * 100.0);
    }
    let of_cost = estimate.cost.iter().flat_map(|cost| &cost.basis);
    for line in estimate.basis.iter().chain(of_cost) {
        let _ = writeln!(out, "  {line}");
    }
}

fn read_lines(texts: &mut Vec<String>) -> Result<(), CliError> {
    let mut input = std::io::stdin().lock();
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        let read = input.read_until(b'\n', &mut bytes).map_err(|error| {
            CliError::new(
                exit::FAILED,
                "price.unreadable",
                format!("standard input cannot be read: {error}"),
            )
        })?;
        if read == 0 {
            break;
        }
        if read > LONGEST {
            return Err(CliError::new(
                exit::INPUT,
                "price.line_too_long",
                format!("line {number} of standard input is longer than 1 MiB"),
            )
            .line("write one text a line"));
        }
        let text = String::from_utf8_lossy(&bytes);
        let text = text.trim();
        if !text.is_empty() {
            texts.push(text.to_owned());
        }
    }
    Ok(())
}

fn no_place(error: NoPrice) -> CliError {
    let message = error.to_string();
    let error_of = CliError::new(exit::USAGE, "price.place", message);
    match error {
        NoPrice::Place(place) => error_of.line(values::nearest_places(place)),
        _ => error_of,
    }
}

fn no_rate(currency: Currency) -> CliError {
    let message = format!("I know no exchange rate of {currency}");
    CliError::new(exit::USAGE, "price.currency", message).line(format!(
        "give one in a file, \"{currency}=4.2\" for 4.2 {currency} a dollar:  --rates FILE"
    ))
}
