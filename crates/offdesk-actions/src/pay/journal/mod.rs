//! Journals for a bookkeeper's tools: what was earned, paid and returned, as double entries. The amounts are those of the statements,
//! to the smallest unit.

mod beancount;
mod entries;
mod ledger;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use offdesk_domain::Day;
use offdesk_domain::money::{Currency, Money};
use offdesk_domain::pay::{
    Booked, Exchange, Landing, Line, Posted, Posting, RecordId, Statement, TakenBack, Worked,
    corrections, is_in_its_place,
};

use entries::Account;
use names::Accounts;

/// Who reads the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// hledger and ledger.
    Ledger,
    /// beancount.
    Beancount,
}

impl Tool {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ledger, Self::Beancount];

    /// The word for it, as an option.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ledger => "hledger",
            Self::Beancount => "beancount",
        }
    }

    /// The tool of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.word() == word)
    }
}

/// The names of records, as the owner has given them.
pub struct Names<'a> {
    /// The name of a person.
    pub person: &'a dyn Fn(RecordId) -> String,
    /// The name of an activity.
    pub activity: &'a dyn Fn(RecordId) -> String,
}

/// What a transaction is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// A line of a statement.
    Earned(RecordId),
    /// The tax of the bill that a statement is for.
    Tax(String),
    /// A payment, its fee and how it was exchanged.
    Paid(Option<Money>, Option<Exchange>),
    /// A payment that came back, what had been sent of it in another currency, and its fee where that is taken back.
    Returned(Option<Money>, Option<Money>),
    /// Money that came in, and by which activity, where it is of one; or what takes it back.
    CameIn(CameIn),
}

/// Money that came in, as a journal tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameIn {
    /// Its number.
    pub number: i64,
    /// On which day.
    pub day: Day,
    /// How much; below nothing where it takes other money back.
    pub amount: Money,
    /// What it was for, in words.
    pub about: String,
}

/// A transaction, before a tool's notation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    day: Day,
    /// The day of the work, where it counts on another one, because its period was stated before.
    worked: Option<Day>,
    posting: u64,
    statement: u64,
    person: RecordId,
    amount: Money,
    what: What,
}

/// Writes a journal of statements and of the payments among postings; in the order of days. What is on no statement yet is not in it,
/// because its rounding is not known. A payment that came back stands there, and its fee only where that was taken back with it. With it stands
/// money that came in.
#[must_use]
pub fn write<'a>(
    tool: Tool,
    statements: &[Statement],
    postings: impl IntoIterator<Item = &'a Posting>,
    came_in: Vec<CameIn>,
    names: &Names<'_>,
) -> String {
    let mut items: Vec<Item> = Vec::new();
    let mut booked = Booked::default();
    let postings: Vec<&Posting> = postings.into_iter().collect();
    let corrected = corrected(statements, &postings);
    let drawn_up = days_drawn_up(&postings);
    for statement in statements {
        let landing = landing(statement, drawn_up.get(&statement.number).copied());
        items.extend(lines_of(statement, (&booked, landing), &corrected));
        booked.note(whose(statement), landing);
    }
    let mut sent = BTreeMap::new();
    items.extend(
        postings
            .into_iter()
            .filter_map(|posting| payment_of(posting, &mut sent)),
    );
    items.extend(came_in.into_iter().map(|it| Item {
        day: it.day,
        worked: None,
        posting: u64::try_from(it.number).unwrap_or(0),
        statement: 0,
        person: RecordId([0; 16]),
        amount: it.amount,
        what: What::CameIn(it),
    }));
    items.sort_by_key(|item| (item.day, item.posting));
    let accounts = Accounts::of(tool, &items, names);
    match tool {
        Tool::Ledger => ledger::write(&items, &accounts, names),
        Tool::Beancount => beancount::write(&items, &accounts, names),
    }
}

fn whose(statement: &Statement) -> (RecordId, Currency) {
    (statement.person, statement.sum.currency)
}

fn landing(statement: &Statement, drawn_up: Option<Day>) -> Landing {
    let landing = Landing {
        period: statement.period,
        is_billed: statement.bill.is_some(),
    };
    drawn_up.map_or(landing, |on| landing.drawn_up(on))
}

/// The days on which statements were drawn up, by their numbers.
fn days_drawn_up(postings: &[&Posting]) -> HashMap<u64, Day> {
    let stated = postings.iter().filter_map(|posting| match &posting.posted {
        Posted::Stated(stated) => Some((
            stated.number,
            Day::from_epoch_seconds(posting.at.as_second()),
        )),
        _ => None,
    });
    stated.collect()
}

/// The numbers of the postings that put right what was stated before.
fn corrected(statements: &[Statement], postings: &[&Posting]) -> BTreeSet<u64> {
    let lines = statements.iter().flat_map(|it| {
        let of_it = it.lines.iter();
        of_it.map(|line| (line.posting, it.number))
    });
    let stated: HashMap<u64, u64> = lines.collect();
    let next = postings.iter().skip(1).copied().map(Some).chain([None]);
    let taken = postings.iter().zip(next).filter_map(|(posting, next)| {
        let Posted::Reversed { of, earned, .. } = &posting.posted else {
            return None;
        };
        let of_next = next.and_then(|next| match &next.posted {
            Posted::Earned(right) => Some((next.number, (next.at, right.work()))),
            _ => None,
        });
        let own = (posting.number, (posting.at, earned.work()));
        let before = stated.get(of);
        Some(TakenBack {
            number: posting.number,
            of: *of,
            was_stated: before.is_some() && before != stated.get(&posting.number),
            in_its_place: of_next
                .filter(|next| is_in_its_place(own, *next))
                .map(|(number, _)| number),
        })
    });
    corrections(taken)
}

fn lines_of(
    statement: &Statement,
    (booked, landing): (&Booked, Landing),
    corrected: &BTreeSet<u64>,
) -> impl Iterator<Item = Item> {
    let bill = statement
        .bill
        .as_ref()
        .filter(|bill| !bill.tax.amount.is_zero());
    let tax = bill.map(|bill| Item {
        day: landing.period.to,
        worked: None,
        // Behind the lines of its day, and before what is paid then.
        posting: statement
            .lines
            .iter()
            .map(|it| it.posting)
            .max()
            .unwrap_or(0),
        statement: statement.number,
        person: statement.person,
        amount: bill.tax,
        what: What::Tax(bill.number.clone()),
    });
    let lines = statement.lines.iter().map(move |line| {
        let worked = Worked {
            day: line.earned.day,
            is_correction: corrected.contains(&line.posting),
        };
        let day = booked.day(whose(statement), worked, Some(landing));
        line_of(statement, line, day)
    });
    lines.chain(tax)
}

fn line_of(statement: &Statement, line: &Line, day: Day) -> Item {
    Item {
        day,
        worked: Some(line.earned.day).filter(|worked| *worked != day),
        posting: line.posting,
        statement: statement.number,
        person: statement.person,
        amount: line.amount,
        what: What::Earned(line.earned.activity),
    }
}

/// A payment, or one that came back; `sent` keeps what was sent of each in another currency, which comes back as that.
fn payment_of(posting: &Posting, sent: &mut BTreeMap<u64, Money>) -> Option<Item> {
    match &posting.posted {
        Posted::Paid {
            person,
            statement,
            payment,
        } => {
            sent.extend(payment.exchange.iter().map(|it| (posting.number, it.sent)));
            Some(Item {
                day: payment.day,
                worked: None,
                posting: posting.number,
                statement: *statement,
                person: *person,
                amount: payment.amount,
                what: What::Paid(payment.fee, payment.exchange.clone()),
            })
        }
        Posted::PaymentReturned {
            person,
            statement,
            of,
            amount,
            day,
            fee,
        } => Some(Item {
            day: *day,
            worked: None,
            posting: posting.number,
            statement: *statement,
            person: *person,
            amount: *amount,
            what: What::Returned(sent.get(of).copied(), *fee),
        }),
        _ => None,
    }
}
