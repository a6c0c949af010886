//! The market price of an hour of what texts say: each distinct text is read once.

use std::collections::HashMap;
use std::sync::Arc;

use offdesk_domain::{Currency, Place, Soc};
use offdesk_pricing::{Comparer, KnownTexts, Match, Shares, Terms};
pub use offdesk_pricing::{
    Cost, Estimate, Facts, NoPrice, Rates, currency_of, list_places, place_name, place_named,
    usual_currency,
};

use crate::corrections::{CORRECTED, CORRECTED_SHARE, Correction, Corrections, Work};
use crate::rules::OWN_PRICE;

/// A text with its price, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedText {
    /// The text as given.
    pub text: String,
    /// Where it was priced.
    pub place: Place,
    /// In which currency.
    pub currency: Currency,
    /// Its price.
    pub price: Result<Estimate, NoPrice>,
}

/// What prices are made from: facts of pay, exchange rates, and what texts are known to stand for.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Facts of pay.
    pub facts: Facts,
    /// Exchange rates.
    pub rates: Rates,
    /// Texts known word for word.
    pub texts: Arc<KnownTexts>,
}

impl Default for Figures {
    /// Those in the program.
    fn default() -> Self {
        Self {
            facts: Facts::on_shipped(),
            rates: Rates::shipped().clone(),
            texts: Arc::default(),
        }
    }
}

impl Figures {
    /// Whether prices of a place can be told in a currency: it is the place's own, or a rate leads to it.
    #[must_use]
    pub fn lead_to(&self, place: Place, currency: Currency) -> bool {
        currency_of(place) == Some(currency) || self.rates.of(currency).is_some()
    }

    /// These, for a place and a currency.
    #[must_use]
    pub fn terms(&self, place: Place, currency: Currency) -> Terms<'_> {
        Terms {
            place,
            currency,
            facts: &self.facts,
            rates: &self.rates,
        }
    }
}

/// Reads texts and prices them in some places; what was read once is known from then on.
#[derive(Debug)]
pub struct Pricer {
    /// Places, each with the currency of its prices.
    places: Vec<(Place, Currency)>,
    figures: Figures,
    corrections: Corrections,
    reader: offdesk_pricing::Reader,
    comparer: Comparer,
    /// The prices of a text, in the order of the places.
    known: HashMap<String, Vec<Result<Estimate, NoPrice>>>,
}

/// So many different texts are known at a time.
const MOST_KNOWN: usize = 100_000;

impl Pricer {
    /// A pricer for some places, each in its own currency or all in one; what the owner has corrected goes before
    /// what is read.
    ///
    /// # Errors
    /// [`NoPrice::Place`] for the first place that is not known.
    pub fn new(
        places: Vec<Place>,
        currency: Option<Currency>,
        figures: Figures,
        corrections: Corrections,
    ) -> Result<Self, NoPrice> {
        let priced = places.into_iter().map(|place| {
            let own = usual_currency(place, &figures.facts, &figures.rates);
            let own = own.ok_or(NoPrice::Place(place))?;
            Ok((place, currency.unwrap_or(own)))
        });
        Ok(Self {
            places: priced.collect::<Result<_, NoPrice>>()?,
            reader: offdesk_pricing::Reader::knowing(Arc::clone(&figures.texts)),
            figures,
            corrections,
            comparer: Comparer::default(),
            known: HashMap::new(),
        })
    }

    /// The prices of an hour of what a text says, one for each place in their order.
    pub fn prices(&mut self, text: &str) -> Vec<PricedText> {
        let prices = match self.known.get(text) {
            Some(known) => known.clone(),
            None => {
                let prices = self.read(text);
                if self.known.len() >= MOST_KNOWN {
                    self.known.clear();
                }
                self.known.insert(text.to_owned(), prices.clone());
                prices
            }
        };
        let placed = self.places.iter().zip(prices);
        placed
            .map(|((place, currency), price)| PricedText {
                text: text.to_owned(),
                place: *place,
                currency: *currency,
                price,
            })
            .collect()
    }

    /// Reads a text once and prices it in every place.
    fn read(&mut self, text: &str) -> Vec<Result<Estimate, NoPrice>> {
        let found = self.corrections.nearest(text, &mut self.comparer);
        let correction = found.map(|(_, correction)| correction);
        let (readings, who_says) = match correction.and_then(reading_of) {
            Some(reading) => (Ok(reading), None),
            None => (self.reader.readings(text), self.reader.who_says(text)),
        };
        let prices = self.places.iter().map(|(place, currency)| {
            let terms = self.figures.terms(*place, *currency);
            let price = readings
                .clone()
                .and_then(|(shares, found)| offdesk_pricing::estimate_of(shares, found, &terms))
                .map(|mut estimate| {
                    estimate.basis.extend(who_says.clone());
                    estimate
                });
            match correction {
                Some(correction) => corrected(price, correction, &terms),
                None => price,
            }
        });
        prices.collect()
    }
}

/// What a correction says a text is.
fn reading_of(correction: &Correction) -> Option<(Shares, Option<Match>)> {
    let (soc, found) = match correction.work? {
        Work::Occupation(soc) => (soc, None),
        Work::Kind(kind) => {
            let found = Match {
                kind,
                confidence: CORRECTED,
            };
            (kind.occupation?.parse().ok()?, Some(found))
        }
    };
    Some((vec![(soc, CORRECTED_SHARE)], found))
}

/// A price with what the owner says of it.
fn corrected(
    price: Result<Estimate, NoPrice>,
    correction: &Correction,
    terms: &Terms<'_>,
) -> Result<Estimate, NoPrice> {
    // What the owner pays is a price even of a text that says nothing to anybody else.
    let estimate = match (price, correction.price) {
        (Ok(estimate), _) => estimate,
        (Err(_), Some(range)) => Estimate {
            place: terms.place,
            currency: terms.currency,
            low: range.low,
            likely: range.likely,
            high: range.high,
            readings: Vec::new(),
            basis: Vec::new(),
            cost: None,
        },
        (Err(error), _) => return Err(error),
    };
    let said = format!("corrected by you for \"{}\"", correction.text);
    let add = |line: String, estimate: Estimate| {
        let mut basis = estimate.basis;
        basis.push(line);
        Estimate { basis, ..estimate }
    };
    Ok(match (correction.price, correction.currency) {
        (None, _) => add(said, estimate),
        (Some(_), Some(currency)) if currency != estimate.currency => {
            let answer = estimate.currency;
            let line =
                format!("your own price is in {currency}, this answer in {answer}: it is left out");
            add(line, estimate)
        }
        (Some(range), _) => Estimate {
            low: range.low,
            likely: range.likely,
            high: range.high,
            basis: vec![OWN_PRICE.to_owned(), said],
            cost: None,
            ..estimate
        },
    })
}

/// The title of an occupation.
#[must_use]
pub fn title(soc: Soc) -> &'static str {
    offdesk_pricing::title(soc).unwrap_or("")
}

/// The words of a text that spoke for an occupation, the strongest first.
#[must_use]
pub fn deciding_words(text: &str, soc: Soc) -> Vec<String> {
    let Ok(model) = offdesk_pricing::model::Model::embedded() else {
        return Vec::new();
    };
    let words = model.explain(text, soc);
    words.into_iter().take(4).map(|word| word.word).collect()
}
