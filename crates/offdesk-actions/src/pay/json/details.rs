//! How somebody is paid, and what was posted by hand, as JSON.

use offdesk_domain::pay::{Details, Posted, Posting};
use serde::Serialize;

use super::super::{PersonPay, hidden};
use super::QuantityJson;
use crate::people::json::AmountJson;

/// `offdesk.pay_details/1`: how somebody is paid, most of the account's number hidden.
#[derive(Debug, Serialize)]
pub struct PayDetailsJson {
    schema: &'static str,
    cycle: Option<&'static str>,
    rounding: Option<&'static str>,
    kind: Option<&'static str>,
    holder: Option<String>,
    account: Option<String>,
    bic: Option<String>,
}

impl PayDetailsJson {
    /// How a person is paid.
    #[must_use]
    pub fn of(pay: &PersonPay) -> Self {
        Self {
            cycle: Some(pay.cycle.word()),
            rounding: Some(pay.rounding.word()),
            ..Self::of_account(pay.details.as_ref())
        }
    }

    /// An account alone, such as the one that is paid from.
    #[must_use]
    pub fn of_account(details: Option<&Details>) -> Self {
        let (holder, bic) = match details {
            Some(Details::Bank { holder, bic, .. }) => {
                (Some(holder.clone()), bic.map(|bic| bic.to_string()))
            }
            _ => (None, None),
        };
        Self {
            schema: "offdesk.pay_details/1",
            cycle: None,
            rounding: None,
            kind: details.map(Details::word),
            holder,
            account: details.map(hidden),
            bic,
        }
    }
}

/// `offdesk.postings/1`: what was posted by a milestone or a correction.
#[derive(Debug, Serialize)]
pub struct PostingsJson {
    schema: &'static str,
    postings: Vec<PostingJson>,
}

#[derive(Debug, Serialize)]
struct PostingJson {
    number: u64,
    kind: &'static str,
    takes_back: Option<u64>,
    day: String,
    quantity: QuantityJson,
    terms: AmountJson,
}

impl PostingsJson {
    /// What was earned or taken back.
    #[must_use]
    pub fn of(postings: &[Posting]) -> Self {
        let all = postings.iter().filter_map(|posting| {
            let (earned, takes_back) = match &posting.posted {
                Posted::Earned(earned) => (earned, None),
                Posted::Reversed { of, earned, .. } => (earned, Some(*of)),
                _ => return None,
            };
            Some(PostingJson {
                number: posting.number,
                kind: posting.posted.word(),
                takes_back,
                day: earned.day.to_string(),
                quantity: QuantityJson::of(earned.quantity),
                terms: AmountJson::of(&earned.terms),
            })
        });
        Self {
            schema: "offdesk.postings/1",
            postings: all.collect(),
        }
    }
}
