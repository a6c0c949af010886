//! What goes into one row of a pay file where a person is owed by several statements, which may be more together than one row may be.

use rust_decimal::Decimal;

use super::Kind;
use crate::money::{Currency, Money};

impl Kind {
    /// The most that one row may be in a currency; `None` where there is no limit.
    #[must_use]
    pub fn most_of(self, currency: Currency) -> Option<Money> {
        self.most().map(|most| Money::new(most, currency))
    }

    pub(super) fn holds(self, amount: Decimal) -> bool {
        self.most().is_none_or(|most| amount <= most)
    }

    /// Which of the amounts that one person is owed in one currency are in one row: the first one, and of each that follows whether it fits
    /// beside those before it.
    #[must_use]
    pub fn fitting(self, owed: &[Decimal]) -> Vec<bool> {
        let mut sum = Decimal::ZERO;
        let mut is_empty = true;
        owed.iter()
            .map(|amount| {
                let with = sum.checked_add(*amount);
                let fits = is_empty || with.is_some_and(|with| self.holds(with));
                if fits {
                    sum = with.unwrap_or(sum);
                    is_empty = false;
                }
                fits
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_ones_that_fit_are_in_the_row() {
        let check = |kind: Kind, owed: &[&str], expected: &[bool]| {
            let owed: Vec<Decimal> = owed.iter().map(|it| it.parse().unwrap()).collect();
            assert_eq!(kind.fitting(&owed), expected, "{kind:?} {owed:?}");
        };
        check(Kind::PayPal, &[], &[]);
        check(Kind::PayPal, &["9999999.98", "0.01"], &[true, true]);
        check(Kind::PayPal, &["9999999.99", "0.01"], &[true, false]);
        // A later one that still fits goes before one that waits.
        check(
            Kind::PayPal,
            &["6000000", "5000000", "3000000", "2000000"],
            &[true, false, true, false],
        );
        // What is too much alone stands alone, and is refused by the check.
        check(Kind::Wise, &["1000000000", "1"], &[true, false]);
        check(Kind::Sepa, &["999999999", "1"], &[true, false]);
        check(Kind::Plain, &["1000000000", "1000000000"], &[true, true]);
    }
}
