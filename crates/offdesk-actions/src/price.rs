//! The market price of an hour of what texts say: each distinct text is read once.

use std::collections::HashMap;

use offdesk_domain::{Currency, Place, Soc};
use offdesk_pricing::{Comparer, Match};
pub use offdesk_pricing::{Estimate, NoPrice};

use crate::corrections::{CORRECTED, Correction, Corrections, Work};
use crate::rules::OWN_PRICE;

/// A text with its price, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedText {
    /// The text as given.
    pub text: String,
    /// Where it was priced.
    pub place: Place,
    /// The currency of the place.
    pub currency: Option<Currency>,
    /// Its price.
    pub price: Result<Estimate, NoPrice>,
}

/// Reads texts and prices them in a place; what was read once is known from then on.
#[derive(Debug)]
pub struct Pricer {
    place: Place,
    corrections: Corrections,
    reader: offdesk_pricing::Reader,
    comparer: Comparer,
    known: HashMap<String, Result<Estimate, NoPrice>>,
}

/// So many different texts are known at a time.
const MOST_KNOWN: usize = 100_000;

impl Pricer {
    /// A pricer for a place; what the owner has corrected goes before what is read.
    ///
    /// # Errors
    /// [`NoPrice::Place`] where no wages of the place are known.
    pub fn new(place: Place, corrections: Corrections) -> Result<Self, NoPrice> {
        if offdesk_pricing::estimated_places().contains(&place) {
            Ok(Self {
                place,
                corrections,
                reader: offdesk_pricing::Reader::default(),
                comparer: Comparer::default(),
                known: HashMap::new(),
            })
        } else {
            Err(NoPrice::Place(place))
        }
    }

    /// The price of an hour of what a text says.
    pub fn price(&mut self, text: &str) -> PricedText {
        let price = match self.known.get(text) {
            Some(known) => known.clone(),
            None => {
                let price = self.read(text);
                if self.known.len() >= MOST_KNOWN {
                    self.known.clear();
                }
                self.known.insert(text.to_owned(), price.clone());
                price
            }
        };
        PricedText {
            text: text.to_owned(),
            place: self.place,
            currency: self.currency(),
            price,
        }
    }

    fn read(&mut self, text: &str) -> Result<Estimate, NoPrice> {
        let Some((_, correction)) = self.corrections.nearest(text, &mut self.comparer) else {
            return self.reader.estimate(text, self.place);
        };
        let sure = f32::from(CORRECTED) / 100.0;
        let read = match soc_of(correction) {
            Some((soc, found)) => {
                offdesk_pricing::estimate_of(vec![(soc, sure)], found, self.place)
            }
            None => self.reader.estimate(text, self.place),
        };
        // What the owner pays is a price even of a text that says nothing to anybody else.
        let read = read.or_else(|error| match (correction.price, self.currency()) {
            (Some(range), Some(currency)) => Ok(Estimate {
                place: self.place,
                currency,
                low: range.low,
                likely: range.likely,
                high: range.high,
                readings: Vec::new(),
                basis: Vec::new(),
            }),
            _ => Err(error),
        });
        read.map(|estimate| corrected(estimate, correction))
    }

    /// Currency of the prices.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        offdesk_pricing::currency_of(self.place)
    }
}

/// The occupation that a correction names, and the kind of work.
fn soc_of(correction: &Correction) -> Option<(Soc, Option<Match>)> {
    match correction.work? {
        Work::Occupation(soc) => Some((soc, None)),
        Work::Kind(kind) => {
            let found = Match {
                kind,
                confidence: CORRECTED,
            };
            Some((kind.occupation?.parse().ok()?, Some(found)))
        }
    }
}

/// An estimate with what the owner says of it.
fn corrected(estimate: Estimate, correction: &Correction) -> Estimate {
    let said = format!("corrected by you for \"{}\"", correction.text);
    let Some(range) = correction.price else {
        let mut basis = estimate.basis;
        basis.push(said);
        return Estimate { basis, ..estimate };
    };
    match correction.currency {
        Some(currency) if currency != estimate.currency => {
            let mut basis = estimate.basis;
            basis.push(format!(
                "your own price is in {currency}, this answer in {}: it is left out",
                estimate.currency
            ));
            Estimate { basis, ..estimate }
        }
        _ => Estimate {
            low: range.low,
            likely: range.likely,
            high: range.high,
            basis: vec![OWN_PRICE.to_owned(), said],
            ..estimate
        },
    }
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

/// The places that texts can be priced in.
#[must_use]
pub fn places() -> &'static [Place] {
    offdesk_pricing::estimated_places()
}
