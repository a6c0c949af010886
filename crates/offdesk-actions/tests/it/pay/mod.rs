//! Pay files, journals and statements as their readers get them, and the ledger as it is kept.

mod agreed;
mod bills;
mod booked;
mod currencies;
mod dated_histories;
mod desk;
mod files;
mod histories;
mod journals;
mod later_terms;
mod ledger;
mod limits;
mod milestones;
mod netting;
mod posted;
mod races;
mod samples;
mod tracked;
mod weeks;

use jiff::Timestamp;
use offdesk_actions::pay::file::PayFile;
use offdesk_domain::pay::file::{Due, DueOf, Payer};
use offdesk_domain::pay::{
    Books, Cycle, Details, Earned, Exact, Payment, Posting, Quantity, RecordId, Rounding, Statement,
};
use offdesk_domain::person::{Terms, Unit};
use offdesk_domain::{Currency, Day, Money, Seconds};

pub const IBANS: [&str; 4] = [
    "DE89370400440532013000",
    "GB29NWBK60161331926819",
    "FR1420041010050500013M02606",
    "NL91ABNA0417164300",
];

pub fn id(number: u8) -> RecordId {
    RecordId([number; 16])
}

pub fn day(text: &str) -> Day {
    Day::from_date(text.parse().unwrap())
}

pub fn now() -> Timestamp {
    "2026-03-02T09:30:15.123Z".parse().unwrap()
}

pub fn money(text: &str) -> Money {
    let (amount, currency) = text.split_once(' ').unwrap();
    Money::new(amount.parse().unwrap(), currency.parse().unwrap())
}

pub fn exact(text: &str) -> Exact {
    Exact::of(money(text)).unwrap()
}

/// A file as the text that is in it.
pub fn text_of(file: &PayFile) -> String {
    String::from_utf8(file.bytes.clone()).unwrap()
}

pub fn payer() -> Payer {
    Payer {
        name: "Müller & Söhne".to_owned(),
        details: Details::bank("Müller & Söhne", IBANS[0], Some("COBADEFFXXX")).ok(),
        currency: "EUR".parse().unwrap(),
        day: day("2026-03-03"),
        id: "PAY-7".to_owned(),
    }
}

pub fn due(number: usize, name: &str, amount: &str, details: Option<Details>) -> Due {
    Due {
        name: name.to_owned(),
        email: Some(format!("p{number}@mail.example")),
        is_business: false,
        of: vec![DueOf {
            reference: offdesk_domain::pay::reference(u64::try_from(number).unwrap()),
            bill: None,
        }],
        amount: money(amount),
        details,
    }
}

pub fn at(word: &str, email: &str) -> Option<Details> {
    Details::at(word, email).unwrap()
}

pub fn bank(holder: &str, place: usize) -> Option<Details> {
    Details::bank(holder, IBANS[place], None).ok()
}

pub fn names_of_people(person: RecordId) -> String {
    [
        "Noor Haddad",
        "Ana; Lee  | \"Ltd\"",
        "Ольга =1+1",
        "山田太郎",
    ][usize::from(person.0[0] % 4)]
    .to_owned()
}

pub fn names_of_activities(activity: RecordId) -> String {
    ["reminders", "Booking & (invoices): all", "=cmd()", "写真"][usize::from(activity.0[0] % 4)]
        .to_owned()
}

/// Books in which people earn by the hour and by the assignment, in several currencies.
pub struct Desk {
    pub books: Books,
    pub postings: Vec<Posting>,
    pub statements: Vec<Statement>,
}

impl Desk {
    pub fn new() -> Self {
        Self {
            books: Books::new(id(99)),
            postings: Vec::new(),
            statements: Vec::new(),
        }
    }

    pub fn earn(
        &mut self,
        person: u8,
        activity: u8,
        on: Day,
        quantity: Quantity,
        price: Money,
    ) -> u64 {
        let unit = match quantity {
            Quantity::Time(_) => Unit::Hour,
            Quantity::Times(_) => Unit::Assignment,
            Quantity::Days { .. } => Unit::Retainer,
        };
        let earned = Earned {
            person: id(person),
            handoff: id(50),
            activity: id(activity),
            assignment: None,
            day: on,
            quantity,
            terms: Terms::new(unit, price).unwrap(),
        };
        self.postings.push(self.books.earn(earned, now()).unwrap());
        self.books.head().count
    }

    pub fn hours(&mut self, person: u8, activity: u8, on: &str, seconds: i64, price: &str) -> u64 {
        self.earn(
            person,
            activity,
            day(on),
            Quantity::Time(Seconds(seconds)),
            money(price),
        )
    }

    pub fn reverse(&mut self, of: u64) {
        self.postings.push(self.books.reverse(of, now()).unwrap());
    }

    /// Draws up what there is to draw up of everybody.
    pub fn state(&mut self, on: &str, currencies: &[&str]) {
        let period = Cycle::Monthly.period(day(on));
        for person in 0..4 {
            for currency in currencies {
                let whose = (id(person), currency.parse::<Currency>().unwrap());
                let stated = self.books.state(whose, period, Rounding::ExactSum, now());
                if let Ok((statement, posting)) = stated {
                    self.statements.push(statement);
                    self.postings.push(posting);
                }
            }
        }
    }

    pub fn pay(&mut self, statement: u64, payment: Payment) -> u64 {
        self.postings
            .push(self.books.pay(statement, payment, now()).unwrap());
        self.books.head().count
    }
}

pub fn payment(amount: Money, on: &str) -> Payment {
    Payment {
        amount,
        day: day(on),
        fee: None,
        exchange: None,
        note: String::new(),
    }
}
