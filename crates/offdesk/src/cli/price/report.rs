//! The prices as JSON.

use offdesk_actions::price::{self, PricedText};
use offdesk_domain::money::to_minor_text;
use rust_decimal::Decimal;
use serde::Serialize;

use super::correct::Corrected;

#[derive(Serialize)]
pub(super) struct Answer {
    schema: &'static str,
    items: Vec<Item>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    corrections: Vec<Correction>,
}

/// A correction that this command has written.
#[derive(Serialize)]
struct Correction {
    file: String,
    text: String,
    work: Option<String>,
    pays: Option<String>,
    currency: Option<String>,
    /// Whether the text was corrected before.
    changed: bool,
}

impl Correction {
    fn of(corrected: &Corrected) -> Self {
        let saying = &corrected.saying;
        let pays = saying.pays();
        Self {
            file: corrected.file.clone(),
            text: saying.text().to_owned(),
            work: saying.work(),
            pays: pays.map(|(written, _)| written.to_owned()),
            currency: pays.map(|(_, currency)| currency.to_string()),
            changed: corrected.is_changed,
        }
    }
}

impl Answer {
    pub(super) fn of(items: &[PricedText], explains: bool, corrected: &[Corrected]) -> Self {
        Self {
            schema: "offdesk.price/1",
            items: items.iter().map(|item| Item::of(item, explains)).collect(),
            corrections: corrected.iter().map(Correction::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct Item {
    text: String,
    occupation: Option<String>,
    title: Option<&'static str>,
    confidence: f64,
    place: String,
    currency: String,
    low: Option<String>,
    likely: Option<String>,
    high: Option<String>,
    wage: Option<String>,
    price: Option<String>,
    loaded_cost: Option<String>,
    alternatives: Vec<Alternative>,
    #[serde(skip_serializing_if = "Option::is_none")]
    no_price: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    words: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    basis: Vec<String>,
}

#[derive(Serialize)]
struct Alternative {
    occupation: String,
    confidence: f64,
}

impl Item {
    fn of(item: &PricedText, explains: bool) -> Self {
        let hundredths = |share: f32| (f64::from(share) * 100.0).round() / 100.0;
        let mut out = Self {
            text: item.text.clone(),
            occupation: None,
            title: None,
            confidence: 0.0,
            place: item.place.to_string(),
            currency: item.currency.to_string(),
            low: None,
            likely: None,
            high: None,
            wage: None,
            price: None,
            loaded_cost: None,
            alternatives: Vec::new(),
            no_price: None,
            words: Vec::new(),
            basis: Vec::new(),
        };
        let estimate = match &item.price {
            Ok(estimate) => estimate,
            Err(why) => {
                out.no_price = Some(why.to_string());
                return out;
            }
        };
        if let Some((soc, share)) = estimate.readings.first() {
            out.occupation = Some(soc.to_string());
            out.title = Some(price::title(*soc));
            out.confidence = hundredths(*share);
            if explains {
                out.words = price::deciding_words(&item.text, *soc);
            }
        }
        let money = |amount| Some(to_minor_text(amount, estimate.currency));
        out.low = money(estimate.low);
        out.likely = money(estimate.likely);
        out.high = money(estimate.high);
        if let Some(cost) = &estimate.cost {
            out.wage.clone_from(&out.likely);
            let figure = |amount: f64| money(Decimal::try_from(amount).ok()?);
            out.price = figure(cost.price);
            out.loaded_cost = figure(cost.loaded);
        }
        let others = estimate.readings.iter().skip(1);
        out.alternatives = others
            .map(|(soc, share)| Alternative {
                occupation: soc.to_string(),
                confidence: hundredths(*share),
            })
            .collect();
        if explains {
            out.basis.clone_from(&estimate.basis);
            out.basis
                .extend(estimate.cost.iter().flat_map(|cost| cost.basis.clone()));
        }
        out
    }
}
