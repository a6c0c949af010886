//! The market price of an hour of what texts say: each distinct text is read once.

use std::collections::HashMap;

use offdesk_domain::{Currency, Place, Soc};
pub use offdesk_pricing::{Estimate, NoPrice};

/// A text with its price, or why it has none.
#[derive(Debug, Clone, PartialEq)]
pub struct PricedText {
    /// The text as given.
    pub text: String,
    /// Its price.
    pub price: Result<Estimate, NoPrice>,
}

/// Reads texts and prices them in a place; what was read once is known from then on.
#[derive(Debug)]
pub struct Pricer {
    place: Place,
    reader: offdesk_pricing::Reader,
    known: HashMap<String, Result<Estimate, NoPrice>>,
}

/// So many different texts are known at a time.
const MOST_KNOWN: usize = 100_000;

impl Pricer {
    /// A pricer for a place.
    ///
    /// # Errors
    /// [`NoPrice::Place`] where no wages of the place are known.
    pub fn new(place: Place) -> Result<Self, NoPrice> {
        if offdesk_pricing::estimated_places().contains(&place) {
            Ok(Self {
                place,
                reader: offdesk_pricing::Reader::default(),
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
                let price = self.reader.estimate(text, self.place);
                if self.known.len() >= MOST_KNOWN {
                    self.known.clear();
                }
                self.known.insert(text.to_owned(), price.clone());
                price
            }
        };
        PricedText {
            text: text.to_owned(),
            price,
        }
    }

    /// Currency of the prices.
    #[must_use]
    pub fn currency(&self) -> Option<Currency> {
        offdesk_pricing::currency_of(self.place)
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
