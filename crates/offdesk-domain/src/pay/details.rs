//! Where a person's money goes: a bank account, or an account with somebody who pays out.

use std::fmt;
use std::str::FromStr;

use iban::IbanLike as _;

/// A bank account's international number, with right check digits, of a length and form its country has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Iban(iban::Iban);

/// A bank's code (ISO 9362): eight or eleven letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Bic([u8; 11]);

/// Why something is no payment details.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DetailsError {
    /// Not an IBAN.
    #[error("\"{text}\" is no IBAN: {why}")]
    Iban {
        /// What was read.
        text: String,
        /// Why.
        why: &'static str,
    },
    /// Not a BIC.
    #[error("\"{0}\" is no BIC: it has 8 or 11 letters and digits, such as INGDDEFFXXX")]
    Bic(String),
    /// Not an address.
    #[error("\"{0}\" is no e-mail address that a pay file can hold")]
    Email(String),
    /// No name.
    #[error("the name of the account's holder is missing, or longer than 140 characters")]
    Holder,
}

impl DetailsError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Iban { .. } => "pay.iban",
            Self::Bic(_) => "pay.bic",
            Self::Email(_) => "pay.email",
            Self::Holder => "pay.holder",
        }
    }
}

impl FromStr for Iban {
    type Err = DetailsError;

    fn from_str(text: &str) -> Result<Self, DetailsError> {
        let joined: String = text.split_whitespace().collect::<String>().to_uppercase();
        let refused = |why| DetailsError::Iban {
            text: text.trim().to_owned(),
            why,
        };
        let iban = joined.parse().map_err(|error| match error {
            iban::ParseIbanError::InvalidBaseIban { source } => match source {
                iban::ParseBaseIbanError::InvalidChecksum => {
                    refused("its check digits do not fit, so a character is wrong")
                }
                _ => refused("it begins with two letters and two digits, and has up to 34 letters and digits"),
            },
            iban::ParseIbanError::InvalidBban(_) => {
                refused("its length or form is not that of its country")
            }
            iban::ParseIbanError::UnknownCountry(_) => {
                refused("no country's IBANs begin like this")
            }
        })?;
        Ok(Self(iban))
    }
}

impl Iban {
    /// As a file has it, without spaces.
    #[must_use]
    pub fn plain(&self) -> &str {
        self.0.electronic_str()
    }
}

/// As people read it, in fours.
impl fmt::Display for Iban {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Bic {
    type Err = DetailsError;

    fn from_str(text: &str) -> Result<Self, DetailsError> {
        let bytes = text.trim().to_ascii_uppercase().into_bytes();
        let is_right = matches!(bytes.len(), 8 | 11)
            && bytes.iter().all(u8::is_ascii_alphanumeric)
            && bytes.iter().skip(4).take(2).all(u8::is_ascii_alphabetic);
        let mut code = *b"XXXXXXXXXXX";
        match code.get_mut(..bytes.len()) {
            Some(place) if is_right => place.copy_from_slice(&bytes),
            _ => return Err(DetailsError::Bic(text.trim().to_owned())),
        }
        Ok(Self(code))
    }
}

/// With all eleven characters, which for a bank's head office end with three of the letter X.
impl fmt::Display for Bic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.0).unwrap_or_default())
    }
}

/// The most characters of a holder's name.
const LONGEST_NAME: usize = 140;

/// Where a person's money goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Details {
    /// A bank account.
    Bank {
        /// Whose account it is.
        holder: String,
        /// Its number.
        iban: Iban,
        /// The bank, where it is known.
        bic: Option<Bic>,
    },
    /// An account with PayPal.
    PayPal {
        /// Its address.
        email: String,
    },
    /// An account with Wise, or a bank account that the person tells Wise alone.
    Wise {
        /// Its address.
        email: String,
    },
    /// An account with Payoneer.
    Payoneer {
        /// Its address.
        email: String,
    },
}

impl Details {
    /// The words for all of them.
    pub const WORDS: [&'static str; 4] = ["bank", "paypal", "wise", "payoneer"];

    /// A bank account.
    ///
    /// # Errors
    /// [`DetailsError`], about the first field that is not right.
    pub fn bank(holder: &str, iban: &str, bic: Option<&str>) -> Result<Self, DetailsError> {
        let holder = holder.trim();
        if holder.is_empty() || holder.chars().count() > LONGEST_NAME {
            return Err(DetailsError::Holder);
        }
        let bic = bic.filter(|bic| !bic.trim().is_empty());
        Ok(Self::Bank {
            holder: holder.to_owned(),
            iban: iban.parse()?,
            bic: bic.map(str::parse).transpose()?,
        })
    }

    /// An account at an address, by its word; `None` for a word that is none.
    ///
    /// # Errors
    /// [`DetailsError::Email`].
    pub fn at(word: &str, email: &str) -> Result<Option<Self>, DetailsError> {
        let email = address(email)?;
        Ok(match word {
            "paypal" => Some(Self::PayPal { email }),
            "wise" => Some(Self::Wise { email }),
            "payoneer" => Some(Self::Payoneer { email }),
            _ => None,
        })
    }

    /// The word for it, as kept and in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Bank { .. } => "bank",
            Self::PayPal { .. } => "paypal",
            Self::Wise { .. } => "wise",
            Self::Payoneer { .. } => "payoneer",
        }
    }
}

/// An address that begins with a letter or digit: anything else a spreadsheet might run as a formula, and there is no way to guard it
/// in a file that a machine reads.
fn address(text: &str) -> Result<String, DetailsError> {
    let text = text.trim();
    let is_right = text.split_once('@').is_some_and(|(name, host)| {
        name.starts_with(char::is_alphanumeric)
            && host.contains('.')
            && !host.contains('@')
            && host.starts_with(char::is_alphanumeric)
            && host.ends_with(char::is_alphanumeric)
    });
    let has_others = text
        .chars()
        .any(|c| c.is_whitespace() || c.is_control() || ",;\"<>".contains(c));
    if !is_right || has_others || text.len() > 254 {
        return Err(DetailsError::Email(text.to_owned()));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ibans_read_and_refuse() {
        let check = |text: &str, expected: Result<&str, &str>| {
            let read = text.parse::<Iban>();
            match (&read, expected) {
                (Ok(iban), Ok(plain)) => assert_eq!(iban.plain(), plain),
                (Err(error), Err(why)) => assert!(error.to_string().contains(why), "{error}"),
                _ => panic!("{text}: {read:?}"),
            }
        };
        check("DE89 3704 0044 0532 0130 00", Ok("DE89370400440532013000"));
        check("gb29nwbk60161331926819", Ok("GB29NWBK60161331926819"));
        check(
            " FR14 2004 1010 0505 0001 3M02 606 ",
            Ok("FR1420041010050500013M02606"),
        );
        check("DE89 3704 0044 0532 0130 01", Err("check digits"));
        check("DE88 3704 0044 0532 0130 00", Err("check digits"));
        check("GB82 WEST 1234 5698 7654 32 1", Err("check digits"));
        check("", Err("begins with"));
        check("=HYPERLINK(1)", Err("begins with"));
        check("DE", Err("begins with"));
    }

    #[test]
    fn any_one_wrong_digit_is_found() {
        let right = "DE89370400440532013000";
        for (place, digit) in (2..right.len()).flat_map(|at| (b'0'..=b'9').map(move |d| (at, d))) {
            let mut wrong = right.as_bytes().to_vec();
            wrong[place] = digit;
            let wrong = String::from_utf8(wrong).unwrap();
            assert_eq!(wrong.parse::<Iban>().is_ok(), wrong == right, "{wrong}");
        }
    }

    #[test]
    fn bics_read_and_refuse() {
        let check = |text: &str, expected: &str| {
            let said = text
                .parse::<Bic>()
                .map_or_else(|e| e.code().to_owned(), |b| b.to_string());
            assert_eq!(said, expected, "{text}");
        };
        check("INGDDEFF", "INGDDEFFXXX");
        check("ingddeff100", "INGDDEFF100");
        check("INGD", "pay.bic");
        check("INGDDEFFXX", "pay.bic");
        check("INGD12FF", "pay.bic");
        check("INGDDEFF-10", "pay.bic");
        check("ÄNGDDEFF", "pay.bic");
    }

    #[test]
    fn details_read_and_refuse() {
        let at = |word: &str, email: &str| match Details::at(word, email) {
            Ok(details) => details.map_or("none", |details| details.word()),
            Err(error) => error.code(),
        };
        for word in ["paypal", "wise", "payoneer"] {
            assert_eq!(at(word, " noor@mail.example "), word);
        }
        assert_eq!(at("cash", "noor@mail.example"), "none");
        let wrong = [
            "",
            "noor",
            "noor@mail",
            "=cmd@mail.example",
            "+4@mail.example",
            "a,b@mail.example",
            "a@b@mail.example",
            "a@mail.example\n",
        ];
        for email in &wrong[..7] {
            assert_eq!(at("paypal", email), "pay.email", "{email}");
        }
        // A line's end around it is trimmed.
        assert_eq!(at("paypal", wrong[7]), "paypal");
        let iban = "DE89370400440532013000";
        let bank = |holder: &str, bic| {
            Details::bank(holder, iban, bic).map_or_else(|e| e.code(), |d| d.word())
        };
        assert_eq!(bank("Noor Haddad", None), "bank");
        assert_eq!(bank("Noor Haddad", Some("")), "bank");
        assert_eq!(bank("Noor Haddad", Some("x")), "pay.bic");
        assert_eq!(bank(" ", None), "pay.holder");
        assert_eq!(bank(&"n".repeat(141), None), "pay.holder");
    }
}
