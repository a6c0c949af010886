//! What the readers of pay files publish of currencies and countries, as of the day each list was made; they change now and then.

use crate::money::Currency;
use crate::pay::Iban;

/// The currencies that PayPal pays out in, as it names them for its REST API, as of 28 November 2026. The renminbi is left out, which it
/// takes within China alone, and the rouble, since it does no business in Russia.
const PAYPAL: [&str; 23] = [
    "AUD", "BRL", "CAD", "CHF", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS", "JPY", "MXN",
    "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "TWD", "USD",
];

/// The countries whose banks are reached by a SEPA credit transfer, by the first two letters of an IBAN, as of 28 November 2026: the
/// European Economic Area, and Albania, Andorra, Moldova, Monaco, Montenegro, North Macedonia, San Marino, Serbia, Switzerland, the United
/// Kingdom with Gibraltar, and the Vatican.
const SEPA: [&str; 42] = [
    "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI",
    "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL",
    "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "VA",
];

/// Whether PayPal pays out in a currency.
pub(super) fn is_paid_out_by_paypal(currency: Currency) -> bool {
    PAYPAL.contains(&currency.code())
}

/// Whether an account is reached by a SEPA credit transfer.
pub(super) fn is_in_sepa(iban: &Iban) -> bool {
    SEPA.contains(&country(iban))
}

/// The two letters of an account's country.
pub(super) fn country(iban: &Iban) -> &str {
    iban.plain().get(..2).unwrap_or_default()
}
