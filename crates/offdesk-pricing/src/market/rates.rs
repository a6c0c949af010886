//! Exchange rates: those in the program with their month, those fixed by law, and the owner's own before both.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use offdesk_domain::Currency;

/// Currencies that are worth a fixed part of another one, by law or by the issuer's promise: units for one of the other.
const FIXED: [(&str, &str, f64); 22] = [
    ("AED", "USD", 3.6725),
    ("AWG", "USD", 1.79),
    ("BAM", "EUR", 1.955_83),
    ("BBD", "USD", 2.0),
    ("BHD", "USD", 0.376),
    ("BMD", "USD", 1.0),
    ("BSD", "USD", 1.0),
    ("BTN", "INR", 1.0),
    ("BZD", "USD", 2.0),
    ("CVE", "EUR", 110.265),
    ("DJF", "USD", 177.721),
    ("JOD", "USD", 0.709),
    ("KMF", "EUR", 491.967_75),
    ("LSL", "ZAR", 1.0),
    ("NAD", "ZAR", 1.0),
    ("NPR", "INR", 1.6),
    ("OMR", "USD", 0.384_5),
    ("QAR", "USD", 3.64),
    ("SAR", "USD", 3.75),
    ("SZL", "ZAR", 1.0),
    ("XAF", "EUR", 655.957),
    ("XCD", "USD", 2.7),
];
/// The same rate as for Central Africa.
const WEST_AFRICA: (&str, &str, f64) = ("XOF", "EUR", 655.957);

/// An exchange rate.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// Units for one US dollar. A statistic, not an amount of money: prices are made with it.
    pub units: f64,
    /// Where it comes from, with its date.
    pub source: String,
}

/// Exchange rates by currency.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rates {
    by_currency: BTreeMap<Currency, Rate>,
}

impl Rates {
    /// The rates in the program.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Rates> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            let mut rates = Self::default();
            rates.set(Currency::USD, 1.0, String::new());
            for line in include_str!("../../rates.csv").lines() {
                let mut fields = line.splitn(3, ',');
                let parts = (fields.next(), fields.next(), fields.next());
                let (Some(currency), Some(units), Some(month)) = parts else {
                    continue;
                };
                if let (Ok(currency), Ok(units)) = (currency.parse(), units.parse()) {
                    rates.set(
                        currency,
                        units,
                        format!("Federal Reserve H.10, mean of {month}"),
                    );
                }
            }
            for (currency, other, units) in FIXED.into_iter().chain([WEST_AFRICA]) {
                let known = other
                    .parse()
                    .ok()
                    .and_then(|other| rates.of(other).cloned());
                if let (Some(known), Ok(currency)) = (known, currency.parse()) {
                    let source = format!("{units} for one {other}, fixed; {}", known.source);
                    let source = source.trim_end_matches("; ").to_owned();
                    rates.set(currency, units * known.units, source);
                }
            }
            rates
        })
    }

    /// Puts the owner's own rates before these: one `EUR=0.87` a line, units for one US dollar.
    ///
    /// # Errors
    /// The line that is no rate, by its number, and why.
    pub fn add_own(&mut self, text: &str) -> Result<(), (usize, String)> {
        for (number, line) in (1..).zip(text.lines()) {
            let line = line.trim_start_matches('\u{feff}').trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refuse = |why: &str| (number, format!("\"{line}\" is not a rate: {why}"));
            let (code, units) = line
                .split_once('=')
                .ok_or_else(|| refuse("there is no \"=\""))?;
            let currency: Currency = code
                .parse()
                .map_err(|_| refuse("a currency has three letters"))?;
            let units: f64 = units
                .trim()
                .parse()
                .map_err(|_| refuse("there is no number behind the \"=\""))?;
            if !(units.is_finite() && (1e-6..1e9).contains(&units)) {
                return Err(refuse("a rate is above nothing"));
            }
            if currency == Currency::USD {
                return Err(refuse("rates are in units for one US dollar, which is 1"));
            }
            self.set(currency, units, "your own rate".to_owned());
        }
        Ok(())
    }

    /// Sets a rate.
    pub fn set(&mut self, currency: Currency, units: f64, source: String) {
        self.by_currency.insert(currency, Rate { units, source });
    }

    /// The rate of a currency.
    #[must_use]
    pub fn of(&self, currency: Currency) -> Option<&Rate> {
        self.by_currency.get(&currency)
    }

    /// What an amount is multiplied by to be in another currency.
    pub(crate) fn factor(&self, from: Currency, to: Currency) -> Option<f64> {
        if from == to {
            return Some(1.0);
        }
        Some(self.of(to)?.units / self.of(from)?.units)
    }

    /// The rates between two currencies in a line, where there is something to say.
    pub(crate) fn told(&self, from: Currency, to: Currency) -> Option<String> {
        if from == to {
            return None;
        }
        let (a, b) = (self.of(from)?, self.of(to)?);
        let factor = b.units / a.units;
        let mut sources = vec![a.source.as_str(), b.source.as_str()];
        sources.retain(|source| !source.is_empty());
        sources.dedup();
        let digits = if factor >= 100.0 { 1 } else { 4 };
        Some(format!(
            "{factor:.digits$} {to} for one {from} ({})",
            sources.join("; ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_own(text: &str) -> Result<Rates, (usize, String)> {
        let mut rates = Rates::shipped().clone();
        rates.add_own(text)?;
        Ok(rates)
    }

    #[test]
    fn own_rates_go_before_those_in_the_program() {
        let euro: Currency = "EUR".parse().unwrap();
        let rates = with_own("# mine\n\nEUR = 0.9\nPHP=58\n").unwrap();
        assert_eq!(rates.of(euro).unwrap().source, "your own rate");
        assert!((rates.factor(Currency::USD, euro).unwrap() - 0.9).abs() < 1e-9);
        assert!(Rates::shipped().of("PHP".parse().unwrap()).is_none());
        assert!(Rates::shipped().of("XOF".parse().unwrap()).is_some());
        for bad in [
            "EUR", "EUR=", "EUR=0", "EUR=-1", "EUR=inf", "EURO=1", "USD=2", "EUR=NaN",
        ] {
            assert_eq!(with_own(bad).unwrap_err().0, 1, "{bad}");
        }
    }
}
