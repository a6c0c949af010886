//! Markets: places, what is paid there, and in which currency.
//!
//! What is paid for an occupation in a place is found on a ladder, each step wider than the one before and saying so:
//! a fact of the place, an older fact brought to the present, the pay of a wider group, the pay in the United States
//! beside that of the country, and what marketplaces around the world ask beside it.

mod cost;
mod facts;
mod groups;
mod ladder;
mod places;
mod rates;

use offdesk_domain::{Currency, Place};

pub use self::cost::Cost;
pub(crate) use self::cost::cost_of;
pub use self::facts::{Fact, Facts};
pub(crate) use self::ladder::{Basis, Pay, pay};
pub use self::places::{
    country_by_three_letters, currency_of, is_known, list_places, place_name, place_named,
};
pub use self::rates::{Rate, Rates};

/// Where work would be bought, in which currency it is priced, and by which facts and rates.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'t> {
    /// Where.
    pub place: Place,
    /// In which currency.
    pub currency: Currency,
    /// By which facts.
    pub facts: &'t Facts,
    /// By which exchange rates.
    pub rates: &'t Rates,
}

impl Terms<'static> {
    /// A place in its usual currency, with the facts and rates in the program; `None` where no such country is known.
    #[must_use]
    pub fn of(place: Place) -> Option<Self> {
        let (facts, rates) = (Facts::shipped(), Rates::shipped());
        Some(Self {
            place,
            currency: usual_currency(place, facts, rates)?,
            facts,
            rates,
        })
    }
}

/// The currency that prices of a place are told in where nobody asked for another: its own where figures or a rate lead
/// to it, else US dollars; `None` where no such country is known.
#[must_use]
pub fn usual_currency(place: Place, facts: &Facts, rates: &Rates) -> Option<Currency> {
    let own = currency_of(place)?;
    let is_priced = rates.of(own).is_some() || facts.has_group_in(place, own);
    Some(if is_priced { own } else { Currency::USD })
}
