//! Pay as JSON, `offdesk.pay/1`, `offdesk.statements/1`, `offdesk.statement/1`, `offdesk.pay_details/1`, `offdesk.open_lines/1` and
//! `offdesk.postings/1`: the command line and the API give the same.

mod details;
mod open_lines;
mod overview;
mod returned;

use offdesk_domain::Day;
use offdesk_domain::money::{Money, to_minor_text};
use offdesk_domain::pay::{Earned, Line, Quantity};
use serde::Serialize;

pub use self::details::{PayDetailsJson, PostingsJson};
pub use self::open_lines::OpenLinesJson;
pub use self::overview::PayJson;
use self::returned::BesideJson;
use super::about::About;
use super::{Filed, PaymentMade, StatementDetail, StatementSummary};
use crate::named::NamedJson;
use crate::people::json::AmountJson;

/// An amount of money.
#[derive(Debug, Serialize)]
pub struct MoneyJson {
    amount: String,
    currency: String,
}

impl MoneyJson {
    /// An amount.
    pub(crate) fn of(money: Money) -> Self {
        Self {
            amount: text(money),
            currency: money.currency.to_string(),
        }
    }
}

/// An amount as programs read it.
pub(crate) fn text(money: Money) -> String {
    to_minor_text(money.amount, money.currency)
}

/// A statement in a list.
#[derive(Debug, Serialize)]
pub struct SummaryJson {
    number: u64,
    reference: String,
    person: NamedJson,
    currency: String,
    from: String,
    to: String,
    sum: String,
    carried: String,
    bill: Option<String>,
    tax: Option<String>,
    to_pay: String,
    taken_off: String,
    owed: String,
    owed_back: String,
    state: &'static str,
    due: String,
    overdue: bool,
    filed: Option<FiledJson>,
    version: i64,
}

impl SummaryJson {
    fn of(one: &StatementSummary, today: Day) -> Self {
        Self {
            number: one.number(),
            reference: one.reference(),
            person: NamedJson::of(one.row.person_id, &one.person),
            currency: one.row.currency.clone(),
            from: one.period.from.to_string(),
            to: one.period.to.to_string(),
            sum: one.row.sum.clone(),
            carried: one.row.carried.clone(),
            bill: one.row.bill.as_ref().map(|it| it.0.clone()),
            tax: one.row.bill.as_ref().map(|it| it.1.clone()),
            to_pay: text(one.balance),
            taken_off: text(one.taken_off),
            owed: text(one.owed),
            owed_back: text(one.back),
            state: one.state.word(),
            due: one.due().to_string(),
            overdue: one.is_overdue(today),
            filed: one.filed.as_ref().map(FiledJson::of),
            version: one.row.version,
        }
    }
}

/// The pay file that a statement stands in.
#[derive(Debug, Serialize)]
struct FiledJson {
    file: String,
    kind: String,
    amount: String,
    at: Option<String>,
}

impl FiledJson {
    fn of(filed: &Filed) -> Self {
        Self {
            file: filed.file.clone(),
            kind: filed.kind.clone(),
            amount: filed.amount.clone(),
            at: crate::moment::at(filed.at),
        }
    }
}

/// `offdesk.statements/1`.
#[derive(Debug, Serialize)]
pub struct StatementsJson {
    schema: &'static str,
    statements: Vec<SummaryJson>,
    next: Option<String>,
}

impl StatementsJson {
    /// A page of statements, and where the next one begins.
    #[must_use]
    pub fn of(all: &[StatementSummary], next: Option<String>, today: Day) -> Self {
        Self {
            schema: "offdesk.statements/1",
            statements: all.iter().map(|one| SummaryJson::of(one, today)).collect(),
            next,
        }
    }
}

/// `offdesk.statement/1`.
#[derive(Debug, Serialize)]
pub struct StatementJson {
    schema: &'static str,
    #[serde(flatten)]
    summary: SummaryJson,
    rounding: &'static str,
    rounding_in_words: &'static str,
    lines: Vec<LineJson>,
    payments: Vec<PaymentJson>,
    row: Vec<BesideJson>,
}

#[derive(Debug, Serialize)]
struct LineJson {
    posting: u64,
    takes_back: Option<u64>,
    day: String,
    activity: String,
    assignment: Option<String>,
    number: Option<i64>,
    milestone: Option<String>,
    in_place_of: Option<u64>,
    why: Option<String>,
    quantity: QuantityJson,
    terms: AmountJson,
    amount: String,
}

/// How much of what was done: hours as a number, times, or days of a month.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum QuantityJson {
    Hours { hours: f64 },
    Times { times: u32 },
    Days { days: u32, of: u32 },
}

impl QuantityJson {
    fn of(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Time(time) => Self::Hours {
                hours: time.hours_f64(),
            },
            Quantity::Times(times) => Self::Times { times },
            Quantity::Days { days, of } => Self::Days { days, of },
        }
    }
}

#[derive(Debug, Serialize)]
struct PaymentJson {
    posting: u64,
    amount: String,
    day: String,
    fee: Option<MoneyJson>,
    sent: Option<MoneyJson>,
    rate: Option<String>,
    rate_day: Option<String>,
    rate_source: Option<String>,
    note: String,
    came_back: Option<String>,
    fee_back: bool,
}

fn line(detail: &StatementDetail, line: &Line) -> LineJson {
    let activity = detail.activity(line.earned.activity);
    let about = detail.about(line.posting);
    LineJson {
        takes_back: line.reverses,
        ..LineJson::of(line.posting, &line.earned, (activity, about), line.amount)
    }
}

impl LineJson {
    /// A line by its number: what was earned of which activity, what it pays, and what it comes to.
    fn of(
        posting: u64,
        earned: &Earned,
        (activity, about): (String, About),
        amount: Money,
    ) -> Self {
        let said = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            posting,
            takes_back: about.of.filter(|_| about.takes_back),
            day: earned.day.to_string(),
            activity,
            assignment: id(earned),
            number: about.assignment,
            milestone: said(about.milestone),
            in_place_of: about.of.filter(|_| !about.takes_back),
            why: said(about.why),
            quantity: QuantityJson::of(earned.quantity),
            terms: AmountJson::of(&earned.terms),
            amount: text(amount),
        }
    }
}

fn id(earned: &Earned) -> Option<String> {
    let id = earned.assignment?;
    Some(offdesk_store::Uuid::from_bytes(id.0).to_string())
}

fn payment(made: &PaymentMade) -> PaymentJson {
    let exchange = made.payment.exchange.as_ref();
    PaymentJson {
        posting: made.posting,
        amount: text(made.payment.amount),
        day: made.payment.day.to_string(),
        fee: made.payment.fee.map(MoneyJson::of),
        sent: exchange.map(|it| MoneyJson::of(it.sent)),
        rate: exchange.map(|it| it.rate.normalize().to_string()),
        rate_day: exchange.map(|it| it.day.to_string()),
        rate_source: exchange.map(|it| it.source.clone()),
        note: made.payment.note.clone(),
        came_back: made.came_back.map(|day| day.to_string()),
        fee_back: made.is_fee_back,
    }
}

impl StatementJson {
    /// A statement with its lines and payments.
    #[must_use]
    pub fn of(detail: &StatementDetail, today: Day) -> Self {
        let statement = &detail.statement;
        Self {
            schema: "offdesk.statement/1",
            summary: SummaryJson::of(&detail.summary, today),
            rounding: statement.rounding.word(),
            rounding_in_words: statement.rounding.in_words(),
            lines: statement.lines.iter().map(|it| line(detail, it)).collect(),
            payments: detail.payments.iter().map(payment).collect(),
            row: Vec::new(),
        }
    }
}
