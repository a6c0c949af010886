//! Prices of activities: what the owner said of texts like theirs, the catalogue, and else what their texts are read as.

use std::collections::BTreeMap;
use std::sync::Arc;

use offdesk_domain::{Price, PriceRange, Reading, Soc, Why};
use offdesk_pricing::{Comparer, Reader, Terms};
use rust_decimal::Decimal;

use super::grouping::{Gathered, Market};
use crate::corrections::{CORRECTED_SHARE, Work};
use crate::price::deciding_words;
use crate::prices::own_price;
use crate::rules::Rules;

/// An activity is priced by its texts where those that say what is done make up so much of its time, in hundredths.
const READ: i64 = 50;
/// So many readings are told.
const READINGS: usize = 3;

/// Prices activities.
pub(super) struct Pricing<'m> {
    market: &'m Market,
    rules: &'m Rules,
    reader: Reader,
    comparer: Comparer,
}

impl<'m> Pricing<'m> {
    pub(super) fn new(market: &'m Market, rules: &'m Rules) -> Self {
        Self {
            market,
            rules,
            reader: Reader::knowing(Arc::clone(&market.figures.texts)),
            comparer: Comparer::default(),
        }
    }

    /// What the owner pays for work like this, as a correction says.
    pub(super) fn corrected(
        &mut self,
        name: &str,
        activity: &Gathered<'_>,
        occupation: Option<String>,
    ) -> Option<Price> {
        let corrections = self.rules.corrections();
        let correction = match activity.correction {
            Some(correction) => correction,
            None => corrections.nearest(name, &mut self.comparer)?.1,
        };
        let is_other = |currency| currency != self.market.currency;
        if correction.currency.is_some_and(is_other) {
            return None;
        }
        let (place, currency) = (self.market.place, self.market.currency);
        Some(own_price(correction.price?, place, currency, occupation))
    }

    /// The price on the market, in the report's currency.
    pub(super) fn market_price(&mut self, activity: &Gathered<'_>) -> Option<Price> {
        let price = match (activity.correction.and_then(|it| it.work), activity.kind) {
            (Some(Work::Occupation(soc)), _) => self.price_of(vec![(soc, CORRECTED_SHARE)]),
            (_, None) if activity.parts.is_empty() => self.price_by_texts(activity),
            _ => {
                let mut price = self.price_by_kinds(activity);
                if let Some(price) = price.as_mut().filter(|_| self.market.explains) {
                    price.why = self.why(activity, price);
                }
                price
            }
        };
        price.filter(|price| price.currency == self.market.currency)
    }

    fn terms(&self) -> Terms<'_> {
        let Market {
            place, currency, ..
        } = self.market;
        self.market.figures.terms(*place, *currency)
    }

    /// The price of a kind of work; of joined kinds the mean of theirs, weighted by their time.
    fn price_by_kinds(&self, activity: &Gathered<'_>) -> Option<Price> {
        let terms = self.terms();
        let of_kind = |kind, confidence| offdesk_pricing::price_of(kind, confidence, &terms);
        if activity.parts.is_empty() {
            return activity
                .kind
                .and_then(|kind| of_kind(kind, activity.confidence));
        }
        let parts: Option<Vec<(Price, Decimal)>> = activity
            .parts
            .iter()
            .map(|(kind, confidence, time)| {
                Some((of_kind(kind, *confidence)?, Decimal::from(time.0.max(1))))
            })
            .collect();
        let mut parts = parts?;
        parts.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
        let (largest, _) = parts.first()?.clone();
        let weight: Decimal = parts.iter().map(|(_, time)| *time).sum();
        let mean = |end: fn(&PriceRange) -> Decimal| {
            let sum: Decimal = parts
                .iter()
                .map(|(price, time)| end(&price.range) * *time)
                .sum();
            (sum / weight).round_dp(4)
        };
        let range = PriceRange::new(mean(|r| r.low), mean(|r| r.likely), mean(|r| r.high));
        let confidence = parts
            .iter()
            .map(|(price, _)| price.confidence)
            .min()
            .unwrap_or(0);
        let source = format!(
            "mean of {} kinds of work by their hours; the largest: {}",
            parts.len(),
            largest.source
        );
        Some(Price {
            range,
            confidence,
            source,
            ..largest
        })
    }

    /// The price of what the texts of an activity are read as, each weighted by its time.
    fn price_by_texts(&mut self, activity: &Gathered<'_>) -> Option<Price> {
        let (mut read, mut all) = (0_i64, 0_i64);
        let mut shares: BTreeMap<Soc, f32> = BTreeMap::new();
        // The texts stand in order of their time, so the first that is read is the strongest.
        let mut strongest = None;
        for (time, text) in &activity.texts {
            let time = time.0.max(1);
            all += time;
            let Ok((readings, _)) = self.reader.readings(text) else {
                continue;
            };
            read += time;
            strongest.get_or_insert(*text);
            for (soc, share) in readings {
                *shares.entry(soc).or_default() += share * weight(time);
            }
        }
        let text = strongest?;
        if read * 100 < all * READ {
            return None;
        }
        let mut readings: Vec<(Soc, f32)> = shares
            .into_iter()
            .map(|(soc, share)| (soc, share / weight(read)))
            .collect();
        readings.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut price = self.price_of(readings)?;
        if let Some(who_says) = self.reader.who_says(text) {
            price.source = format!("{}; {who_says}", price.source);
        }
        if let Some(first) = price.why.readings.first().filter(|_| self.market.explains) {
            price.why.words = deciding_words(text, first.occupation);
        }
        Some(price)
    }

    /// The price of work that may be these occupations, the likeliest first.
    fn price_of(&self, readings: Vec<(Soc, f32)>) -> Option<Price> {
        let (best, share) = readings.first().copied()?;
        let told = told(&readings);
        let estimate = offdesk_pricing::estimate_of(readings, None, &self.terms()).ok()?;
        Some(Price {
            place: estimate.place,
            currency: estimate.currency,
            range: PriceRange::new(estimate.low, estimate.likely, estimate.high),
            occupation: Some(best.to_string()),
            confidence: hundredths(share),
            source: estimate.basis.join("; "),
            why: Why {
                readings: told,
                words: Vec::new(),
            },
        })
    }

    /// What the largest text of an activity was read as beside the catalogue, and by which words.
    fn why(&mut self, activity: &Gathered<'_>, price: &Price) -> Why {
        let soc = price
            .occupation
            .as_deref()
            .and_then(|code| code.parse::<Soc>().ok());
        let text = activity.texts.first().map_or("", |(_, text)| text);
        let readings = self.reader.readings(text).map(|(readings, _)| readings);
        let mut readings = told(&readings.unwrap_or_default());
        let is_first = |soc: Soc| readings.first().is_some_and(|it| it.occupation == soc);
        if let Some(soc) = soc.filter(|soc| !is_first(*soc)) {
            readings.retain(|reading| reading.occupation != soc);
            let first = reading(soc, f32::from(price.confidence) / 100.0);
            readings.insert(0, first);
            readings.truncate(READINGS);
        }
        let words = soc.map(|soc| deciding_words(text, soc));
        Why {
            readings,
            words: words.unwrap_or_default(),
        }
    }
}

fn told(readings: &[(Soc, f32)]) -> Vec<Reading> {
    let told = readings.iter().take(READINGS);
    told.map(|(soc, share)| reading(*soc, *share)).collect()
}

fn reading(occupation: Soc, share: f32) -> Reading {
    Reading {
        occupation,
        title: offdesk_pricing::title(occupation).unwrap_or_default(),
        confidence: hundredths(share),
    }
}

/// A time as a weight; what is lost beyond 24 bits does not matter.
#[expect(clippy::cast_precision_loss, reason = "a weight, not a time")]
fn weight(seconds: i64) -> f32 {
    seconds as f32
}

/// A share of one in hundredths.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what fits just before"
)]
fn hundredths(share: f32) -> u8 {
    (share * 100.0).round().clamp(0.0, 100.0) as u8
}
