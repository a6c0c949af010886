//! The prices of many lines.

use std::collections::HashMap;

use super::cash::PriceRow;

/// Prices by their places. They are few, and those of one handoff often follow one another.
#[derive(Default)]
pub(super) struct Prices {
    pub(super) all: Vec<PriceRow>,
    places: HashMap<PriceRow, usize>,
    last: usize,
}

impl Prices {
    /// The place of a price: what is counted, its amount and its currency.
    pub(super) fn place(&mut self, (counted, amount, currency): (&str, &str, &str)) -> usize {
        let is_last = self.all.get(self.last).is_some_and(|it| {
            (&*it.counted, &*it.amount, &*it.currency) == (counted, amount, currency)
        });
        if !is_last {
            let price = PriceRow {
                counted: counted.to_owned(),
                amount: amount.to_owned(),
                currency: currency.to_owned(),
            };
            let next = self.all.len();
            self.last = *self.places.entry(price.clone()).or_insert(next);
            if self.last == next {
                self.all.push(price);
            }
        }
        self.last
    }
}
