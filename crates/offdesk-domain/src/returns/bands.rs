//! What the owner's own hours are: work by what it could be bought for, before the first handoff and now.

use rust_decimal::Decimal;

use crate::time::Seconds;
use crate::worth::Worth;

/// Where the price of an hour lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Band {
    /// Below the worth.
    Below,
    /// From the worth on, below the target.
    Worth,
    /// From the target on.
    Target,
    /// It has no price: nobody else can do it, or nobody knows.
    Unpriced,
}

/// Hours by the price of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bands {
    /// Below the worth.
    pub below: Seconds,
    /// From the worth on, below the target.
    pub worth: Seconds,
    /// From the target on.
    pub target: Seconds,
    /// Without a price.
    pub unpriced: Seconds,
    priced: Decimal,
}

impl Band {
    /// All of them, from the cheapest.
    pub const ALL: [Self; 4] = [Self::Below, Self::Worth, Self::Target, Self::Unpriced];

    /// The word for it, in files and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Worth => "worth",
            Self::Target => "target",
            Self::Unpriced => "unpriced",
        }
    }

    /// The band of a price.
    #[must_use]
    pub fn of(price: Option<Decimal>, worth: &Worth) -> Self {
        match price {
            None => Self::Unpriced,
            Some(price) if price < worth.hour => Self::Below,
            Some(price) if price < worth.target => Self::Worth,
            Some(_) => Self::Target,
        }
    }
}

impl Bands {
    /// With hours of a price.
    #[must_use]
    pub fn with(mut self, time: Seconds, price: Option<Decimal>, worth: &Worth) -> Self {
        let place = match Band::of(price, worth) {
            Band::Below => &mut self.below,
            Band::Worth => &mut self.worth,
            Band::Target => &mut self.target,
            Band::Unpriced => &mut self.unpriced,
        };
        *place += time;
        let value = price.and_then(|price| price.checked_mul(time.hours()));
        self.priced = self.priced.saturating_add(value.unwrap_or_default());
        self
    }

    /// The hours of a band.
    #[must_use]
    pub fn of(&self, band: Band) -> Seconds {
        match band {
            Band::Below => self.below,
            Band::Worth => self.worth,
            Band::Target => self.target,
            Band::Unpriced => self.unpriced,
        }
    }

    /// What an hour with a price could be bought for on average; `None` where none has one.
    #[must_use]
    pub fn effective_hour(&self) -> Option<Decimal> {
        let time = self.below + self.worth + self.target;
        self.priced.checked_div(time.hours())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::worth::Basis;

    #[test]
    fn hours_lie_in_the_band_of_their_price() {
        let hour = Decimal::from(75);
        let worth = Worth::new(Basis::Stated { hour }, Currency::USD, Decimal::TWO, None).unwrap();
        let price = |amount: i64| Some(Decimal::from(amount));
        let found = Bands::default()
            .with(Seconds(3 * 3_600), price(20), &worth)
            .with(Seconds(3_600), price(75), &worth)
            .with(Seconds(3_600), price(150), &worth)
            .with(Seconds(7_200), None, &worth);
        assert_eq!(
            [found.below, found.worth, found.target, found.unpriced],
            [10_800, 3_600, 3_600, 7_200].map(Seconds)
        );
        // (3 x 20 + 75 + 150) / 5 hours.
        assert_eq!(found.effective_hour(), Some(Decimal::from(57)));
        assert_eq!(Bands::default().effective_hour(), None);
    }
}
