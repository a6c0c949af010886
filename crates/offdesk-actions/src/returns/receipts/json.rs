//! Money that came in as JSON, `offdesk.receipts/1`: the command line and the API give the same.

use serde::Serialize;

use super::Receipt;
use crate::named::NamedJson;
use crate::pay::json::text;

/// `offdesk.receipts/1`.
#[derive(Debug, Serialize)]
pub struct ReceiptsJson {
    schema: &'static str,
    receipts: Vec<ReceiptJson>,
    next: Option<String>,
}

#[derive(Debug, Serialize)]
struct ReceiptJson {
    number: i64,
    reference: String,
    day: String,
    amount: String,
    currency: String,
    handoff: Option<NamedJson>,
    note: String,
    takes_back: Option<i64>,
    taken_back: bool,
}

impl ReceiptsJson {
    /// Money that came in, and where the next page begins.
    #[must_use]
    pub fn of(all: &[Receipt], next: Option<String>) -> Self {
        let one = |receipt: &Receipt| ReceiptJson {
            number: receipt.number,
            reference: receipt.reference(),
            day: receipt.day.to_string(),
            amount: text(receipt.amount),
            currency: receipt.amount.currency.to_string(),
            handoff: receipt
                .handoff
                .as_ref()
                .map(|(id, name)| NamedJson::of(*id, name)),
            note: receipt.note.clone(),
            takes_back: receipt.of,
            taken_back: receipt.is_taken_back,
        };
        Self {
            schema: "offdesk.receipts/1",
            receipts: all.iter().map(one).collect(),
            next,
        }
    }
}
