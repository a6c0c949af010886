//! Where money goes, as it is typed, kept in columns, and shown.

use offdesk_domain::pay::{Details, DetailsError};

use crate::error::Error;

/// Where money goes, as somebody types it. An empty kind says that nothing is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewDetails {
    /// `bank`, `paypal`, `wise`, `payoneer`, or nothing.
    pub kind: String,
    /// Whose account it is, of a bank account.
    pub holder: String,
    /// Its IBAN.
    pub iban: String,
    /// Its bank, where it is known.
    pub bic: String,
    /// The address of an account with a payment service.
    pub email: String,
}

impl NewDetails {
    /// Where the money goes by what was typed. Of a bank account an empty number stays what it was, since it is shown hidden.
    pub(super) fn read(&self, now: Option<Details>) -> Result<Option<Details>, Error> {
        let read = match self.kind.trim() {
            "" | "none" => Ok(None),
            "bank" => {
                let kept = match &now {
                    Some(Details::Bank { iban, .. }) if self.iban.trim().is_empty() => {
                        iban.plain().to_owned()
                    }
                    _ => self.iban.clone(),
                };
                Details::bank(&self.holder, &kept, Some(&self.bic)).map(Some)
            }
            word if Details::WORDS.contains(&word) => Details::at(word, &self.email),
            other => {
                let shown = offdesk_import::problem::shown(other);
                let message = format!("\"{shown}\" is no way to be paid that is known");
                return Err(Error::invalid("kind", "pay.kind", message)
                    .hint("it is bank, paypal, wise or payoneer"));
            }
        };
        read.map_err(of_details)
    }
}

/// What is wrong with details, at its field.
pub(super) fn of_details(error: DetailsError) -> Error {
    let field = match error {
        DetailsError::Iban { .. } => "iban",
        DetailsError::Bic(_) => "bic",
        DetailsError::Email(_) => "email",
        DetailsError::Holder => "holder",
    };
    Error::invalid(field, error.code(), error.to_string())
}

/// The columns of details.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) holder: String,
    pub(super) iban: String,
    pub(super) bic: String,
    pub(super) email: String,
}

impl Parts {
    pub(super) fn of(details: Option<&Details>) -> Self {
        match details {
            None => Self::default(),
            Some(Details::Bank { holder, iban, bic }) => Self {
                holder: holder.clone(),
                iban: iban.plain().to_owned(),
                bic: bic.map(|bic| bic.to_string()).unwrap_or_default(),
                email: String::new(),
            },
            Some(
                Details::PayPal { email } | Details::Wise { email } | Details::Payoneer { email },
            ) => Self {
                email: email.clone(),
                ..Self::default()
            },
        }
    }
}

/// An account as it is shown: of an IBAN the country with its check digits, and the last four.
#[must_use]
pub fn hidden(details: &Details) -> String {
    match details {
        Details::Bank { iban, .. } => {
            let plain = iban.plain();
            let tail = plain.len().saturating_sub(4);
            format!("{} … {}", &plain[..4.min(plain.len())], &plain[tail..])
        }
        Details::PayPal { email } | Details::Wise { email } | Details::Payoneer { email } => {
            email.clone()
        }
    }
}
