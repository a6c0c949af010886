//! Amounts of money as people read them.

use offdesk_domain::Currency;
use offdesk_domain::money::two_significant;
use offdesk_domain::worth::grouped;
use rust_decimal::Decimal;

/// The currency's sign before an amount, or its code and a blank.
pub fn sign(currency: Currency) -> String {
    let sign = currency.sign();
    if sign == currency.code() {
        format!("{sign} ")
    } else {
        sign.to_owned()
    }
}

/// An estimate, to two significant figures: `$23`, `-$90`, `JPY 1,100`; a bare number without a currency. Less than half
/// a hundredth is nothing.
pub fn about(amount: Decimal, currency: Option<Currency>) -> String {
    let is_nothing = amount.abs() < Decimal::new(5, 3);
    let amount = two_significant(if is_nothing { Decimal::ZERO } else { amount });
    let minus = if amount < Decimal::ZERO { "-" } else { "" };
    let sign = currency.map(sign).unwrap_or_default();
    format!("{minus}{sign}{}", grouped(amount.abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_have_their_currency() {
        for (amount, currency, expected) in [
            ("23.4", "USD", "$23"),
            ("-89.6", "EUR", "-€90"),
            ("1149", "JPY", "JPY 1,100"),
            ("-1250", "CHF", "-CHF 1,300"),
            ("0", "GBP", "£0"),
            ("0.000000000033", "USD", "$0"),
        ] {
            let currency = currency.parse().unwrap();
            assert_eq!(about(amount.parse().unwrap(), Some(currency)), expected);
        }
        assert_eq!(about("-1250".parse().unwrap(), None), "-1,300");
    }
}
