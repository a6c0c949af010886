//! What is kept of an activity, as the audit takes it.

use offdesk_domain::audit::Stays;
use offdesk_domain::{Price, PriceRange, Why};
use offdesk_store::activities::{ActivityRow, PriceRow};
use rust_decimal::Decimal;

/// Why an activity stays with the owner, where it does.
#[must_use]
pub fn stays_of(row: &ActivityRow) -> Option<Stays> {
    match row.stays.as_deref() {
        Some("mine") => Some(Stays::Mine),
        Some("rest") => Some(Stays::Rest),
        _ => None,
    }
}

/// The price as kept.
#[must_use]
pub fn price_of(row: &PriceRow) -> Option<Price> {
    let number = |text: &str| text.parse::<Decimal>().ok();
    let range = PriceRange::new(number(&row.low)?, number(&row.likely)?, number(&row.high)?);
    range.is_possible().then_some(Price {
        range,
        place: row.place.parse().ok()?,
        currency: row.currency.parse().ok()?,
        occupation: row.occupation.clone(),
        confidence: u8::try_from(row.confidence).unwrap_or(0),
        source: row.source.clone(),
        why: Why::default(),
    })
}
