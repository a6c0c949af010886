//! The chain of the ledger: every posting carries a hash of the one before and of all that it says itself, so none can be changed,
//! left out or put in between in silence. The text that is hashed is plain, so that anybody can do it with the tools they have.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::payment::Payment;
use super::posting::{Earned, Posted, Posting, Quantity, RecordId, Stated};
use crate::money::{Money, to_minor_text};
use crate::text::unhex;

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash(pub [u8; 32]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl FromStr for Head {
    type Err = String;

    /// A head as it is written: `12:` and 64 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (count, hash) = text.trim().split_once(':')?;
            Some(Self {
                count: count.parse().ok()?,
                hash: Hash(unhex(hash)?.try_into().ok()?),
            })
        };
        read().ok_or_else(|| {
            "write it as verify prints it: the number of postings, a colon, and 64 hexadecimal digits"
                .to_owned()
        })
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.count, self.hash)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

/// The end of a ledger: so many postings, and the hash of the last. Who keeps it can tell that nothing was cut off either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// So many postings.
    pub count: u64,
    /// The hash of the last, or of the workspace where there is none.
    pub hash: Hash,
}

impl Head {
    /// The head of a workspace's ledger before anything is posted.
    #[must_use]
    pub fn new(workspace: RecordId) -> Self {
        Self {
            count: 0,
            hash: hash_of(&format!("offdesk.ledger/1\nworkspace={workspace}\n")),
        }
    }

    /// The posting that says something next.
    #[must_use]
    pub fn posting(&self, posted: Posted, at: Timestamp) -> Posting {
        let number = self.count.saturating_add(1);
        // What is kept has microseconds, so what is hashed has no more.
        let at = Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at);
        let hash = hash_of(&canonical(self.hash, number, at, &posted));
        Posting {
            number,
            at,
            posted,
            hash,
        }
    }

    /// The head after a posting.
    #[must_use]
    pub fn after(posting: &Posting) -> Self {
        Self {
            count: posting.number,
            hash: posting.hash,
        }
    }

    /// Whether a posting follows this one, unchanged.
    #[must_use]
    pub fn is_followed_by(&self, posting: &Posting) -> bool {
        let hashed = canonical(self.hash, posting.number, posting.at, &posting.posted);
        posting.hash == hash_of(&hashed)
    }
}

/// The text whose SHA-256 hash a posting carries: a line for each field, amounts with the currency's digits, days as dates, ids in hex,
/// texts behind their length in bytes, so that no text can pass for another field.
#[must_use]
pub fn canonical(previous: Hash, number: u64, at: Timestamp, posted: &Posted) -> String {
    let mut text = format!(
        "offdesk.posting/1\nprevious={previous}\nnumber={number}\nat={}\nkind={}\n",
        at.as_microsecond(),
        posted.word()
    );
    let written = match posted {
        Posted::Earned(earned) => write_earned(&mut text, earned),
        Posted::Reversed { of, earned, why } => writeln!(text, "of={of}")
            .and_then(|()| write_earned(&mut text, earned))
            .and_then(|()| match why.is_empty() {
                true => Ok(()),
                false => writeln!(text, "why={}:{why}", why.len()),
            }),
        Posted::Stated(stated) => write_stated(&mut text, stated),
        Posted::Paid {
            person,
            statement,
            payment,
        } => writeln!(text, "person={person}\nstatement={statement}")
            .and_then(|()| write_payment(&mut text, payment)),
        Posted::PaymentReturned {
            person,
            statement,
            of,
            amount,
            day,
            fee,
        } => writeln!(
            text,
            "person={person}\nstatement={statement}\nof={of}\namount={}\nday={day}",
            plain(*amount)
        )
        .and_then(|()| match fee {
            Some(fee) => writeln!(text, "fee={}", plain(*fee)),
            None => Ok(()),
        }),
    };
    // Writing into a text cannot fail.
    debug_assert!(written.is_ok());
    text
}

fn write_earned(text: &mut String, earned: &Earned) -> fmt::Result {
    writeln!(
        text,
        "person={}\nhandoff={}\nactivity={}",
        earned.person, earned.handoff, earned.activity
    )?;
    match earned.assignment {
        Some(assignment) => writeln!(text, "assignment={assignment}")?,
        None => writeln!(text, "assignment=-")?,
    }
    write!(
        text,
        "day={}\nquantity={}:",
        earned.day,
        earned.quantity.word()
    )?;
    match earned.quantity {
        Quantity::Time(time) => writeln!(text, "{}", time.0)?,
        Quantity::Times(times) => writeln!(text, "{times}")?,
        Quantity::Days { days, of } => writeln!(text, "{days}/{of}")?,
    }
    let terms = earned.terms;
    writeln!(text, "terms={}:{}", terms.unit.word(), plain(terms.price))
}

fn write_stated(text: &mut String, stated: &Stated) -> fmt::Result {
    writeln!(
        text,
        "statement={}\nperson={}\nfrom={}\nto={}\nrounding={}",
        stated.number,
        stated.person,
        stated.period.from,
        stated.period.to,
        stated.rounding.word()
    )?;
    write!(text, "postings=")?;
    for (place, number) in stated.postings.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        write!(text, "{comma}{number}")?;
    }
    writeln!(
        text,
        "\nsum={}\ncarried={}",
        plain(stated.sum),
        plain(stated.carried)
    )?;
    match &stated.bill {
        Some(bill) => writeln!(
            text,
            "tax={}\nbill={}:{}",
            plain(bill.tax),
            bill.number.len(),
            bill.number
        ),
        None => Ok(()),
    }
}

fn write_payment(text: &mut String, payment: &Payment) -> fmt::Result {
    writeln!(
        text,
        "amount={}\nday={}",
        plain(payment.amount),
        payment.day
    )?;
    if let Some(fee) = payment.fee {
        writeln!(text, "fee={}", plain(fee))?;
    }
    if let Some(exchange) = &payment.exchange {
        writeln!(
            text,
            "sent={}\nrate={}\nrate_day={}\nrate_source={}:{}",
            plain(exchange.sent),
            exchange.rate.normalize(),
            exchange.day,
            exchange.source.len(),
            exchange.source
        )?;
    }
    writeln!(text, "note={}:{}", payment.note.len(), payment.note)
}

fn plain(amount: Money) -> String {
    let currency = amount.currency;
    format!("{}:{currency}", to_minor_text(amount.amount, currency))
}

pub(super) fn hash_of(text: &str) -> Hash {
    Hash(Sha256::digest(text.as_bytes()).into())
}

fn hex(f: &mut fmt::Formatter<'_>, bytes: &[u8]) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}
