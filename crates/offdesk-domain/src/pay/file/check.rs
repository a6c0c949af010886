//! Whether rows can be written into a kind of pay file; everything is looked at before anything is written.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::places::{country, is_in_sepa, is_paid_out_by_paypal};
use super::{Due, FileError, Kind, Payer};
use crate::money::{Currency, Money};
use crate::pay::Details;
use crate::time::Day;

/// The longest reference: what PayPal takes, the shortest of all.
const LONGEST_REFERENCE: usize = 30;

/// The currency of SEPA.
const EURO: &str = "EUR";

/// Why a kind of file cannot hold an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// A bank takes euros alone.
    #[error("owed in {0}, not {EURO}")]
    NotEuros(Currency),
    /// PayPal does not pay the currency out.
    #[error("PayPal pays nothing out in {0}")]
    NotPaidOut(Currency),
    /// The account is in a country that SEPA does not reach, by its two letters.
    #[error("an account in {0}, which SEPA does not reach")]
    Country(String),
}

impl Misfit {
    /// The error of somebody's row in a file.
    fn of(self, kind: Kind, name: &str, amount: Money) -> FileError {
        let name = name.to_owned();
        match self {
            Self::NotEuros(currency) => FileError::Currency {
                kind,
                wanted: EURO.parse().unwrap_or(currency),
                name,
                amount,
            },
            Self::NotPaidOut(_) => FileError::NotPaidOut { kind, name, amount },
            Self::Country(country) => FileError::Country { name, country },
        }
    }
}

fn out_of_reach(details: Option<&Details>) -> Option<Misfit> {
    match details {
        Some(Details::Bank { iban, .. }) if !is_in_sepa(iban) => {
            Some(Misfit::Country(country(iban).to_owned()))
        }
        _ => None,
    }
}

impl Kind {
    /// Whether rows can be written into a file of this kind.
    ///
    /// # Errors
    /// [`FileError`]; where payment details are missing, all who lack them are named at once.
    pub fn check(self, payer: &Payer, rows: &[Due]) -> Result<(), FileError> {
        if rows.is_empty() {
            return Err(FileError::Empty);
        }
        let most = self.most_rows();
        if rows.len() > most {
            let (kind, rows) = (self, rows.len());
            return Err(FileError::Rows { kind, most, rows });
        }
        self.check_details(payer, rows)?;
        self.check_places(payer, rows)?;
        self.check_currencies(rows)?;
        rows.iter().try_for_each(|row| self.check_amount(row))?;
        check_references(payer, rows)
    }

    fn check_details(self, payer: &Payer, rows: &[Due]) -> Result<(), FileError> {
        let without: Vec<String> = rows
            .iter()
            .filter(|row| match &row.details {
                Some(details) => !self.takes(details),
                None => !self.takes_everybody(),
            })
            .map(|row| row.name.clone())
            .collect();
        if !without.is_empty() {
            return Err(FileError::NoDetails {
                kind: self,
                of: without,
            });
        }
        if self == Self::Sepa && !matches!(payer.details, Some(Details::Bank { .. })) {
            return Err(FileError::NoPayer);
        }
        let by_address: Vec<&Due> = rows
            .iter()
            .filter(|row| !matches!(row.details, Some(Details::Bank { .. })))
            .collect();
        if self == Self::Wise && !by_address.is_empty() && by_address.len() < rows.len() {
            let of = by_address.iter().map(|row| row.name.clone()).collect();
            return Err(FileError::Mixed { of });
        }
        Ok(())
    }

    fn check_currencies(self, rows: &[Due]) -> Result<(), FileError> {
        let Some(wanted) = rows.first().map(|row| row.amount.currency) else {
            return Ok(());
        };
        let other = rows.iter().find(|row| row.amount.currency != wanted);
        match other {
            Some(row) if self.has_one_currency() => Err(FileError::Currency {
                kind: self,
                wanted,
                name: row.name.clone(),
                amount: row.amount,
            }),
            _ => Ok(()),
        }
    }

    /// Why it cannot hold an amount that goes to where somebody is paid, by its currency or the country of the account.
    #[must_use]
    pub fn keeps_out(self, amount: Money, details: Option<&Details>) -> Option<Misfit> {
        let currency = amount.currency;
        match self {
            Self::Sepa if currency.code() != EURO => Some(Misfit::NotEuros(currency)),
            Self::Sepa => out_of_reach(details),
            Self::PayPal if !is_paid_out_by_paypal(currency) => Some(Misfit::NotPaidOut(currency)),
            _ => None,
        }
    }

    /// That no row is kept out, nor the account that is paid from.
    fn check_places(self, payer: &Payer, rows: &[Due]) -> Result<(), FileError> {
        for row in rows {
            if let Some(misfit) = self.keeps_out(row.amount, row.details.as_ref()) {
                return Err(misfit.of(self, &row.name, row.amount));
            }
        }
        let own = out_of_reach(payer.details.as_ref()).filter(|_| self == Self::Sepa);
        match (own, rows.first()) {
            (Some(misfit), Some(first)) => Err(misfit.of(self, &payer.name, first.amount)),
            _ => Ok(()),
        }
    }

    /// Whether a file of this kind can be for a day; a bank takes none that is over.
    ///
    /// # Errors
    /// [`FileError::Past`].
    pub fn check_day(self, day: Day, today: Day) -> Result<(), FileError> {
        if self == Self::Sepa && day < today {
            return Err(FileError::Past { day });
        }
        Ok(())
    }

    /// Whether what somebody is owed can be a row of its own by how much it is.
    ///
    /// # Errors
    /// [`FileError::Amount`].
    pub fn check_most(self, name: &str, amount: Money) -> Result<(), FileError> {
        if amount.amount > Decimal::ZERO && self.holds(amount.amount) {
            return Ok(());
        }
        let most = self.most_of(amount.currency);
        Err(FileError::Amount {
            kind: self,
            name: name.to_owned(),
            amount,
            most: most.map_or_else(|| "any amount".to_owned(), |most| most.to_string()),
        })
    }

    fn check_amount(self, row: &Due) -> Result<(), FileError> {
        self.check_most(&row.name, row.amount)?;
        self.check_digits(&row.name, row.amount)
    }

    /// Whether what somebody is owed has no more digits after the point than its reader takes.
    ///
    /// # Errors
    /// [`FileError::Digits`].
    pub fn check_digits(self, name: &str, amount: Money) -> Result<(), FileError> {
        let digits = self.digits(amount.currency);
        if amount.amount.normalize().scale() <= digits {
            return Ok(());
        }
        Err(FileError::Digits {
            kind: self,
            name: name.to_owned(),
            amount,
            digits,
        })
    }
}

fn check_references(payer: &Payer, rows: &[Due]) -> Result<(), FileError> {
    let mut seen = BTreeSet::new();
    let references = rows.iter().map(Due::reference);
    for reference in references.chain([payer.id.as_str()]) {
        let is_plain = reference
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-');
        let starts = reference.starts_with(|c: char| c.is_ascii_alphanumeric());
        if !is_plain || !starts || reference.len() > LONGEST_REFERENCE || !seen.insert(reference) {
            return Err(FileError::Reference(reference.to_owned()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::DueOf;
    use super::*;
    use crate::time::Day;

    const IBAN: &str = "DE89370400440532013000";

    fn payer() -> Payer {
        Payer {
            name: "Studio".to_owned(),
            details: Details::bank("Studio", "GB29NWBK60161331926819", None).ok(),
            currency: "EUR".parse().unwrap(),
            day: Day(20_500),
            id: "PAY-7".to_owned(),
        }
    }

    fn of(reference: &str) -> DueOf {
        DueOf {
            reference: reference.to_owned(),
            bill: None,
        }
    }

    fn due(name: &str, amount: &str, currency: &str, kind: &str) -> Due {
        let email = "noor@mail.example";
        let details = match kind {
            "bank" => Details::bank(name, IBAN, None).ok(),
            kind => Details::at(kind, email).unwrap(),
        };
        Due {
            name: name.to_owned(),
            email: None,
            is_business: false,
            of: vec![of(&format!("ST-{}", name.len()))],
            amount: Money::new(amount.parse().unwrap(), currency.parse().unwrap()),
            details,
        }
    }

    fn said(kind: Kind, rows: &[Due]) -> String {
        let checked = kind.check(&payer(), rows);
        checked.map_or_else(|error| error.to_string(), |()| "ok".to_owned())
    }

    #[test]
    fn limits_of_amounts() {
        let check = |kind, details, amount: &str, currency, code: &str| {
            let checked = kind_of(kind).check(&payer(), &[due("Noor", amount, currency, details)]);
            assert_eq!(
                checked.map_or_else(|e| e.code(), |()| "ok"),
                code,
                "{kind} {amount} {currency}"
            );
        };
        fn kind_of(word: &str) -> Kind {
            Kind::of(word).unwrap()
        }
        check("sepa", "bank", "0.01", "EUR", "ok");
        check("sepa", "bank", "999999999.99", "EUR", "ok");
        check("sepa", "bank", "1000000000.00", "EUR", "pay.file_amount");
        check("sepa", "bank", "0.00", "EUR", "pay.file_amount");
        check("sepa", "bank", "-1", "EUR", "pay.file_amount");
        check("sepa", "bank", "1", "USD", "pay.file_currency");
        check("paypal", "paypal", "9999999.99", "USD", "ok");
        check("paypal", "paypal", "10000000.00", "USD", "pay.file_amount");
        check("paypal", "paypal", "1500", "JPY", "ok");
        check("paypal", "paypal", "1500.50", "HUF", "pay.file_digits");
        check("paypal", "paypal", "1500.00", "HUF", "ok");
        check("paypal", "paypal", "1.500", "KWD", "pay.file_currency");
        check("paypal", "paypal", "1500.00", "CNY", "pay.file_currency");
        check("wise", "wise", "1.234", "KWD", "ok");
        check("wise", "bank", "1.50", "JPY", "pay.file_digits");
        check("csv", "none", "1.50", "USD", "ok");
    }

    /// SEPA reaches its own countries alone, on both sides, and no day that is over.
    #[test]
    fn sepa_reaches_its_countries() {
        // Of Turkey, which has IBANs and is not in SEPA.
        let far = "TR330006100519786457841326";
        let noor = due("Noor", "1", "EUR", "bank");
        let abroad = Due {
            details: Details::bank("Ece", far, None).ok(),
            ..due("Ece", "1", "EUR", "bank")
        };
        assert_eq!(
            said(Kind::Sepa, &[noor.clone(), abroad.clone()]),
            "a SEPA credit transfer reaches no account in TR, where the one of Ece is"
        );
        assert_eq!(said(Kind::Wise, std::slice::from_ref(&abroad)), "ok");
        let payer = Payer {
            details: abroad.details.clone(),
            ..payer()
        };
        let refused = Kind::Sepa.check(&payer, std::slice::from_ref(&noor));
        assert_eq!(
            refused.map_err(|error| error.code()),
            Err("pay.file_country")
        );
        let out = Kind::Sepa.keeps_out(abroad.amount, abroad.details.as_ref());
        assert!(out == Some(Misfit::Country("TR".to_owned())));
        assert_eq!(
            Kind::Sepa.keeps_out(noor.amount, noor.details.as_ref()),
            None
        );
        let over = Kind::Sepa.check_day(Day(20_499), Day(20_500));
        assert_eq!(over.map_err(|error| error.code()), Err("pay.file_day"));
        assert_eq!(Kind::Sepa.check_day(Day(20_500), Day(20_500)), Ok(()));
        assert_eq!(Kind::Plain.check_day(Day(20_499), Day(20_500)), Ok(()));
    }

    #[test]
    fn all_without_details_are_named_at_once() {
        let rows = [
            due("Noor Haddad", "1", "EUR", "bank"),
            due("Ana", "1", "EUR", "none"),
            due("Ben Ito", "1", "EUR", "paypal"),
        ];
        assert_eq!(
            said(Kind::Sepa, &rows),
            "a SEPA credit transfer needs an IBAN of each person, and these have none: Ana, Ben Ito"
        );
        assert_eq!(said(Kind::Plain, &rows), "ok");
        for kind in Kind::ALL {
            let none = kind.check(&payer(), &[due("Ana", "1", "EUR", "none")]);
            let code = none.map_or_else(|error| error.code(), |()| "ok");
            let expected = if kind.takes_everybody() {
                "ok"
            } else {
                "pay.no_details"
            };
            assert_eq!(code, expected, "{kind:?}");
        }
    }

    #[test]
    fn files_that_cannot_be() {
        let noor = due("Noor", "1", "EUR", "bank");
        let ana = due("Ana", "1", "EUR", "wise");
        assert!(said(Kind::Wise, &[noor.clone(), ana]).contains("by address are paid: Ana"));
        assert!(said(Kind::Plain, &[]).contains("nothing is owed"));
        let no_account = Payer {
            details: None,
            ..payer()
        };
        let refused = Kind::Sepa.check(&no_account, std::slice::from_ref(&noor));
        assert_eq!(refused, Err(FileError::NoPayer));
        assert!(said(Kind::Sepa, &[noor.clone(), noor.clone()]).contains("stands once"));
        let odd = Due {
            of: vec![of("=1+1")],
            ..noor.clone()
        };
        assert!(said(Kind::Plain, &[odd]).contains("no reference"));
        let dollars = due("Anna Lee", "1", "USD", "paypal");
        let euros = due("Bo", "1", "EUR", "paypal");
        assert!(
            said(Kind::PayPal, &[dollars, euros]).contains("USD here, and Bo is owed 1.00 EUR")
        );
        let many: Vec<Due> = (0..1001)
            .map(|at| Due {
                of: vec![of(&format!("ST-{at}"))],
                ..due("Noor", "1", "EUR", "wise")
            })
            .collect();
        assert!(said(Kind::Wise, &many).contains("takes 1000 rows, and there are 1001"));
    }
}
