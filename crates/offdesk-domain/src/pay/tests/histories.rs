//! Random histories: statements, payments and what is owed agree to the smallest unit, nothing is paid twice, nothing is forgotten.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Act {
    Earn(Earned),
    Reverse(usize),
    State {
        whose: usize,
        week: i32,
    },
    Pay {
        statement: usize,
        share: u32,
    },
    Return(usize),
    /// What is owed back of a statement below nothing is paid back.
    Refund {
        statement: usize,
        share: u32,
    },
}

const CURRENCIES: [&str; 3] = ["EUR", "JPY", "KWD"];

fn any_earned() -> impl Strategy<Value = Earned> {
    let work = (0..3_u8, 0..3_usize, 0..4_usize, 0..60_i32, 1..4_u8);
    (work, 0..200_000_i64, 1..30_000_i64, 1..5_u32).prop_map(
        |((person, currency, unit, on, activity), price, seconds, times)| {
            let currency: Currency = CURRENCIES[currency].parse().unwrap();
            let amount = rust_decimal::Decimal::new(price, currency.minor_digits());
            let unit = Unit::ALL[unit];
            Earned {
                person: id(person),
                handoff: id(20),
                activity: id(activity),
                assignment: None,
                day: Day(20_000 + on),
                quantity: match unit {
                    Unit::Hour => Quantity::Time(Seconds(seconds)),
                    Unit::Retainer => Quantity::Days {
                        days: times,
                        of: 28 + times % 4,
                    },
                    _ => Quantity::Times(times),
                },
                terms: Terms::new(unit, Money::new(amount, currency)).unwrap(),
            }
        },
    )
}

fn any_act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => any_earned().prop_map(Act::Earn),
        2 => any::<usize>().prop_map(Act::Reverse),
        3 => (0..9_usize, 0..10_i32).prop_map(|(whose, week)| Act::State { whose, week }),
        3 => (any::<usize>(), 1..=4_u32).prop_map(|(statement, share)| Act::Pay { statement, share }),
        1 => any::<usize>().prop_map(Act::Return),
        1 => (any::<usize>(), 1..=5_u32).prop_map(|(statement, share)| Act::Refund { statement, share }),
    ]
}

/// A ledger as it grows, and what is known of it apart from the books.
struct History {
    books: Books,
    postings: Vec<Posting>,
    statements: Vec<Statement>,
    rounding: Rounding,
}

impl History {
    fn act(&mut self, act: &Act) -> Result<(), PayError> {
        let books = &mut self.books;
        let at = now(i64::try_from(self.postings.len()).unwrap());
        let posting = match act {
            Act::Earn(earned) => books.earn(*earned, at)?,
            Act::Reverse(of) => books.reverse(one_of(self.postings.len(), *of)?, at)?,
            Act::State { whose, week } => {
                let whose = (
                    id(u8::try_from(whose % 3).unwrap()),
                    CURRENCIES[whose / 3].parse().unwrap(),
                );
                let period = Cycle::Weekly.period(Day(20_000 + 7 * week));
                let (statement, posting) = books.state(whose, period, self.rounding, at)?;
                self.statements.push(statement);
                posting
            }
            Act::Pay { statement, share } => {
                let number = one_of(self.statements.len(), *statement)?;
                let owed = books.standings()[&number].payments.owed()?;
                // A fourth of it, or more, to the smallest unit; of the last share all.
                let part = owed.amount * rust_decimal::Decimal::from(*share)
                    / rust_decimal::Decimal::from(4);
                let amount = crate::money::round_to_minor(part, owed.currency);
                let amount = Money::new(amount, owed.currency);
                books.pay(
                    number,
                    Payment {
                        amount,
                        ..payment("1.00 EUR")
                    },
                    at,
                )?
            }
            Act::Refund { statement, share } => {
                let number = one_of(self.statements.len(), *statement)?;
                let below = books.standings()[&number].payments.below()?;
                // Of the last share more than there is.
                let part = below.amount * rust_decimal::Decimal::from(*share)
                    / rust_decimal::Decimal::from(4);
                let amount = crate::money::round_to_minor(-part, below.currency);
                let amount = Money::new(amount, below.currency);
                books.pay(
                    number,
                    Payment {
                        amount,
                        ..payment("1.00 EUR")
                    },
                    at,
                )?
            }
            Act::Return(of) => {
                let number = one_of(self.postings.len(), *of)?;
                let Posted::Paid { statement, .. } =
                    self.postings[usize::try_from(number).unwrap() - 1].posted
                else {
                    return Err(PayError::NoPayment(number));
                };
                books.return_payment(statement, number, Day(20_100), at)?
            }
        };
        self.postings.push(posting);
        Ok(())
    }

    /// Everything is stated and paid.
    fn settle(&mut self) {
        for whose in 0..9 {
            // What is still empty is fine.
            let _ = self.act(&Act::State { whose, week: 500 });
        }
        for statement in 0..self.statements.len() {
            let _ = self.act(&Act::Pay {
                statement,
                share: 4,
            });
        }
    }
}

fn one_of(count: usize, any: usize) -> Result<u64, PayError> {
    match count {
        0 => Err(PayError::NoPosting(0)),
        count => Ok(u64::try_from(any % count).unwrap() + 1),
    }
}

fn check(history: &History) {
    let History {
        books,
        postings,
        statements,
        ..
    } = history;
    // Every posting that earned or reversed something is on one statement at most.
    let mut taken = BTreeSet::new();
    for statement in statements {
        let smallest = rust_decimal::Decimal::new(1, statement.sum.currency.minor_digits());
        let mut sum = rust_decimal::Decimal::ZERO;
        for line in &statement.lines {
            assert!(
                taken.insert(line.posting),
                "posting {} is stated twice",
                line.posting
            );
            assert_eq!(line.earned.person, statement.person);
            assert_eq!(line.earned.terms.price.currency, statement.sum.currency);
            assert!(line.earned.day <= statement.period.to);
            let apart = line.amount.amount - line.exact.rounded().unwrap().amount;
            assert!(apart.abs() <= smallest, "{line:?}");
            sum += line.amount.amount;
        }
        assert_eq!(sum, statement.sum.amount);
        if history.rounding == Rounding::ExactSum {
            assert_eq!(statement.sum, statement.exact.rounded().unwrap());
        }
    }
    // What is owed by the ledger is what the statements owe, what they leave below nothing, and what is on none yet.
    let mut owed: BTreeMap<(RecordId, Currency), Exact> = BTreeMap::new();
    let mut add = |whose: (RecordId, Currency), exact: Exact| {
        let sum = owed.entry(whose).or_insert_with(|| Exact::zero(whose.1));
        *sum = sum.plus(exact).unwrap();
    };
    for posting in postings.iter().filter(|it| !taken.contains(&it.number)) {
        if let Posted::Earned(_) | Posted::Reversed { .. } = posting.posted {
            let whose = (posting.posted.person(), posting.posted.currency());
            add(whose, posting.posted.owed().unwrap());
        }
    }
    let (mut dues, mut back) = (BTreeMap::new(), BTreeMap::new());
    for statement in statements {
        let whose = (statement.person, statement.sum.currency);
        let standing = &books.standings()[&statement.number];
        assert_eq!(standing.stated, statement.stated());
        let of_whose: &mut Vec<_> = dues.entry(whose).or_default();
        of_whose.push((statement.number, standing.payments.owed().unwrap()));
        let left: &mut rust_decimal::Decimal = back.entry(whose).or_default();
        *left += standing.payments.below().unwrap().amount + statement.carried.amount;
    }
    // What is shown as owed and as owed back is what the statements come to.
    for (whose, dues) in dues {
        let netted = net(whose.1, dues.iter().copied(), back[&whose]).unwrap();
        let taken: rust_decimal::Decimal = netted.taken_off.iter().map(|it| it.1.amount).sum();
        let owed: rust_decimal::Decimal = dues.iter().map(|it| it.1.amount).sum();
        assert!(back[&whose] >= rust_decimal::Decimal::ZERO);
        assert!(taken <= owed);
        assert_eq!(netted.left, books.owed_back(whose.0, whose.1));
        assert!(netted.left.amount.is_zero() || taken == owed);
        let stands = Money::new(owed - taken - netted.left.amount, whose.1);
        add(whose, Exact::of(stands).unwrap());
    }
    for (whose, exact) in owed {
        assert_eq!(books.owed(whose.0, whose.1), exact);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn books_agree_with_themselves(acts in proptest::collection::vec(any_act(), 0..120), cell in any::<bool>()) {
        let mut history = History {
            books: Books::new(WORKSPACE),
            postings: Vec::new(),
            statements: Vec::new(),
            rounding: if cell { Rounding::EachCell } else { Rounding::ExactSum },
        };
        for act in &acts {
            let before = history.books.head();
            if history.act(act).is_err() {
                prop_assert_eq!(history.books.head(), before, "a refusal changes nothing");
            }
        }
        check(&history);
        let verified = Books::verify(WORKSPACE, &history.postings, Some(history.books.head())).unwrap();
        prop_assert_eq!(verified.standings(), history.books.standings());

        history.settle();
        check(&history);
        let stated: usize = history.statements.iter().map(|it| it.lines.len()).sum();
        let earned = history.postings.iter().filter(|it| matches!(it.posted, Posted::Earned(_) | Posted::Reversed { .. }));
        prop_assert_eq!(stated, earned.count(), "something was forgotten");
        for (number, standing) in history.books.standings() {
            let state = standing.payments.state().unwrap();
            prop_assert!(matches!(state, State::Paid | State::Carried), "{} is {:?}", number, state);
        }
    }

    /// The order in which work is posted does not change what is paid for it.
    #[test]
    fn the_order_of_postings_changes_no_sum(mut work in proptest::collection::vec(any_earned(), 1..40), cell in any::<bool>()) {
        let rounding = if cell { Rounding::EachCell } else { Rounding::ExactSum };
        let sums = |work: &[Earned]| {
            let mut books = Books::new(WORKSPACE);
            for earned in work {
                books.earn(*earned, now(0)).unwrap();
            }
            let mut sums = Vec::new();
            for (person, currency) in (0..3).flat_map(|person| CURRENCIES.map(|currency| (person, currency))) {
                let whose = (id(person), currency.parse().unwrap());
                let period = Cycle::Weekly.period(Day(20_100));
                let stated = books.state(whose, period, rounding, now(1));
                sums.push(stated.map(|(statement, _)| statement.sum));
            }
            sums
        };
        let before = sums(&work);
        work.reverse();
        prop_assert_eq!(sums(&work), before);
    }
}
