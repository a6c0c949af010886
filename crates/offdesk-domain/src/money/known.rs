//! The currencies there are (ISO 4217), with those that ended in the last years.

use super::Currency;

const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
    CAD CDF CHF CLF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
    GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW \
    KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN \
    NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE \
    SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND \
    VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG ZWL";

/// So many are named as near ones.
const NAMED: usize = 3;

impl Currency {
    /// Whether there is such a currency.
    #[must_use]
    pub fn is_known(&self) -> bool {
        CODES.split(' ').any(|code| code == self.code())
    }

    /// The currencies whose codes are nearest to what was typed: those with all but one of its letters in their places, the best known
    /// first.
    #[must_use]
    pub fn near(typed: &str) -> Vec<Self> {
        let typed = typed.trim().to_ascii_uppercase();
        let letters = |code: &str| {
            let same = code.chars().zip(typed.chars());
            same.filter(|(a, b)| a == b).count()
        };
        let usual = |code: &str| !matches!(code, "USD" | "EUR" | "GBP");
        let most = CODES.split(' ').map(letters).max().unwrap_or(0);
        if typed.chars().count() != 3 || most == 0 {
            return Vec::new();
        }
        let mut near: Vec<&str> = CODES
            .split(' ')
            .filter(|code| letters(code) == most)
            .collect();
        near.sort_by_key(|code| usual(code));
        let near = near.into_iter().take(NAMED);
        near.filter_map(|code| code.parse().ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_nobody_knows_have_near_ones() {
        let known = |code: &str| code.parse::<Currency>().is_ok_and(|it| it.is_known());
        assert!(known("usd") && known("PHP") && !known("XXQ") && !known("XXX"));
        let near = |code: &str| -> Vec<String> {
            Currency::near(code)
                .iter()
                .map(Currency::to_string)
                .collect()
        };
        assert_eq!(near("EUE"), ["EUR"]);
        assert_eq!(near("USS").first().map(String::as_str), Some("USD"));
        assert!(!near("XXQ").is_empty());
        assert!(near("dollars").is_empty());
        assert!(CODES.split(' ').all(|code| code.len() == 3 && known(code)));
    }
}
