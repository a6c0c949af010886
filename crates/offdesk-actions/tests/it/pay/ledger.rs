//! The ledger on both databases: what was posted is read as it was, a changed row is named, and of several at once each has its number.

use std::sync::Arc;
use std::thread;

use offdesk_actions::Error;
use offdesk_actions::handoffs::load_handoff;
use offdesk_actions::pay::ledger::{append, head, load_ledger, record};
use offdesk_actions::store::pay::postings::insert_posting;
use offdesk_actions::store::pay::statements::{StatementRow, insert_statement, take_postings};
use offdesk_actions::store::{Scope, Store, Uuid, WorkspaceId};
use offdesk_actions::upkeep::{verify, verify_with};
use offdesk_domain::money::to_minor_text;
use offdesk_domain::pay::{Exchange, Head, Posted, Statement, draw_up, reference};

use super::*;
use crate::handed_off;
use crate::stores::on_each_store;

/// A desk with a handoff, and what its work is counted to.
struct Kept {
    store: Arc<Store>,
    workspace: WorkspaceId,
    person: Uuid,
    work: Earned,
}

impl Kept {
    fn new(store: &Arc<Store>) -> Self {
        let desk = handed_off::Desk::with(store, |_| {});
        let (workspace, _) = desk.owner.membership.unwrap();
        let id = desk.handoff;
        let found = crate::stores::write(store, &desk.owner, move |tx, actor| {
            load_handoff(tx, actor, id)
        });
        let row = found.unwrap().summary.handoff.row;
        let work = Earned {
            person: record(row.person_id),
            handoff: record(row.id),
            activity: record(row.activity_id),
            assignment: None,
            day: day("2026-02-03"),
            quantity: Quantity::Time(Seconds(4_000)),
            terms: Terms::new(Unit::Hour, money("14.00 USD")).unwrap(),
        };
        Self {
            store: Arc::clone(store),
            workspace,
            person: row.person_id,
            work,
        }
    }

    fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Scope<'_, '_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let workspace = self.workspace;
        let written = self
            .store
            .write(move |tx| act(&mut Scope::new(tx, workspace)));
        written.wait()
    }

    fn post(&self, posted: Posted) -> Result<Posting, Error> {
        self.write(move |scope| append(scope, posted, now()))
    }

    fn earn(&self, quantity: Quantity, price: &str) -> Posting {
        let unit = match quantity {
            Quantity::Time(_) => Unit::Hour,
            Quantity::Times(_) => Unit::Milestone,
            Quantity::Days { .. } => Unit::Retainer,
        };
        let terms = Terms::new(unit, money(price)).unwrap();
        self.post(Posted::Earned(Earned {
            quantity,
            terms,
            ..self.work
        }))
        .unwrap()
    }

    fn state(&self, postings: &[Posting]) -> Statement {
        let period = Cycle::Monthly.period(day("2026-02-01"));
        let zero = money("0.00 USD");
        let drawn = draw_up(
            1,
            self.work.person,
            period,
            Rounding::EachCell,
            zero,
            postings,
        )
        .unwrap();
        let (statement, person) = (drawn.clone(), self.person);
        self.write(move |scope| {
            let row = StatementRow {
                number: 1,
                person_id: person,
                currency: "USD".to_owned(),
                days: (period.from.0.into(), period.to.0.into()),
                rounding: statement.rounding.word().to_owned(),
                sum: to_minor_text(statement.sum.amount, statement.sum.currency),
                carried: "0.00".to_owned(),
                state: "open".to_owned(),
                owed: to_minor_text(statement.sum.amount, statement.sum.currency),
                created_at: 1,
                version: 1,
                bill: None,
            };
            insert_statement(scope, &row)?;
            let stated = statement.stated();
            append(scope, Posted::Stated(stated.clone()), now())?;
            let numbers: Vec<i64> = stated
                .postings
                .iter()
                .map(|it| i64::try_from(*it).unwrap())
                .collect();
            take_postings(scope, 1, &numbers)?;
            Ok(())
        })
        .unwrap();
        drawn
    }

    fn faults(&self) -> Vec<String> {
        let verified = verify(&self.store).unwrap();
        verified
            .checks
            .into_iter()
            .flat_map(|check| check.faults)
            .collect()
    }

    /// Those of the ledger itself: what a handoff came to does not fit either where postings were changed.
    fn faults_but_of_sums(&self) -> Vec<String> {
        let mut faults = self.faults();
        faults.retain(|it| !it.starts_with("what a handoff came to is off by "));
        faults
    }
}

#[test]
fn what_was_posted_is_read_as_it_was() {
    on_each_store("pay_ledger", |store| {
        let kept = Kept::new(store);
        let mut posted = vec![
            kept.earn(Quantity::Time(Seconds(4_000)), "14.00 USD"),
            kept.earn(Quantity::Times(3), "25.00 USD"),
            kept.earn(Quantity::Days { days: 11, of: 28 }, "310.00 USD"),
            kept.earn(Quantity::Time(Seconds(1_000)), "12.345 KWD"),
        ];
        let reversed = Posted::Reversed {
            of: 2,
            earned: Earned {
                quantity: Quantity::Times(3),
                terms: Terms::new(Unit::Milestone, money("25.00 USD")).unwrap(),
                ..kept.work
            },
            why: "it was: half\nof it".to_owned(),
        };
        posted.push(kept.post(reversed.clone()).unwrap());
        let twice = kept.post(reversed).unwrap_err();
        assert_eq!(twice.code, "store.conflict");
        let statement = kept.state(&posted);
        let paid = Posted::Paid {
            person: kept.work.person,
            statement: 1,
            payment: Payment {
                fee: Some(money("1.50 EUR")),
                exchange: Some(Exchange {
                    sent: money("92.00 EUR"),
                    rate: "1.0869565".parse().unwrap(),
                    day: day("2026-03-01"),
                    source: "the bank".to_owned(),
                }),
                note: "Grüße, \"Noor\" 🙂".to_owned(),
                ..payment(money("100.00 USD"), "2026-03-02")
            },
        };
        let paid = kept.post(paid).unwrap();
        let returned = Posted::PaymentReturned {
            person: kept.work.person,
            statement: 1,
            of: paid.number,
            amount: money("100.00 USD"),
            day: day("2026-03-04"),
            fee: None,
        };
        let returned = kept.post(returned).unwrap();
        let (read, end) = kept
            .write(|scope| Ok((load_ledger(scope)?, head(scope)?)))
            .unwrap();
        assert_eq!(read[..5], posted[..]);
        assert_eq!(read[5].posted, Posted::Stated(statement.stated()));
        assert_eq!(read[6..], [paid, returned]);
        let owner = record(kept.workspace.0);
        let books = Books::verify(owner, &read, Some(end)).unwrap();
        assert_eq!(books.head(), end);
        assert_eq!(reference(statement.number), "ST-0001");
        // The payments were posted here without the row that says where the statement stands, the milestone without its own.
        assert_eq!(
            kept.faults(),
            [
                "posting 2 is of a milestone that is gone",
                "statement ST-0001 is noted as open, and by its postings it is payment_returned",
            ]
        );
    });
}

/// Whoever changes a row is found, and the first changed row is named.
#[test]
fn a_changed_row_is_named() {
    on_each_store("pay_changed", |store| {
        let kept = Kept::new(store);
        let postings = [
            kept.earn(Quantity::Time(Seconds(4_000)), "14.00 USD"),
            kept.earn(Quantity::Time(Seconds(5_000)), "14.00 USD"),
            kept.earn(Quantity::Time(Seconds(6_000)), "14.00 USD"),
        ];
        kept.state(&postings);
        assert_eq!(kept.faults(), [""; 0]);
        let changed = |number: u64| {
            format!(
                "posting {number} was changed after it was written: its hash does not fit what it says"
            )
        };
        for (plant, undo, fault) in [
            (
                "UPDATE posting SET quantity = 5001 WHERE number = 2",
                "UPDATE posting SET quantity = 5000 WHERE number = 2",
                changed(2),
            ),
            (
                "UPDATE posting SET amount = '14.01' WHERE number IN (2, 3)",
                "UPDATE posting SET amount = '14.00' WHERE number IN (2, 3)",
                changed(2),
            ),
            (
                "UPDATE statement SET sum = '58.34', owed = '58.34'",
                "UPDATE statement SET sum = '58.33', owed = '58.33'",
                changed(4),
            ),
            (
                "UPDATE statement SET owed = '99999.00'",
                "UPDATE statement SET owed = '58.33'",
                "statement ST-0001 says that 99999.00 is owed, and by its postings it is 58.33".to_owned(),
            ),
            (
                "UPDATE statement SET state = 'paid'",
                "UPDATE statement SET state = 'open'",
                "statement ST-0001 is noted as paid, and by its postings it is open".to_owned(),
            ),
            (
                "UPDATE posting SET amount = 'much' WHERE number = 1",
                "UPDATE posting SET amount = '14.00' WHERE number = 1",
                "posting 1 cannot be read: \"much\" is no amount: it is not a number, such as 150000 or 90.50".to_owned(),
            ),
        ] {
            let run = |sql: &'static str| {
                let run = kept.store.write(move |tx| tx.execute(sql, &[]).map_err(Error::from));
                run.wait().unwrap()
            };
            assert!(run(plant) > 0);
            assert_eq!(kept.faults_but_of_sums(), [fault]);
            run(undo);
            assert_eq!(kept.faults(), [""; 0]);
        }
    });
}

/// A ledger whose end was cut off is found, nothing is posted after the cut, and an end that was kept elsewhere is looked for.
#[test]
fn a_cut_end_is_seen() {
    on_each_store("pay_cut", |store| {
        let kept = Kept::new(store);
        for seconds in [4_000, 5_000, 6_000] {
            kept.earn(Quantity::Time(Seconds(seconds)), "14.00 USD");
        }
        let end = kept.write(head).unwrap();
        assert_eq!(end.to_string().parse::<Head>().unwrap(), end);
        assert!("3:abc".parse::<Head>().is_err());
        let verified = verify_with(&kept.store, &[end]).unwrap();
        assert!(verified.is_clean());
        assert_eq!(verified.ledgers[0].head, end);
        let cut = "DELETE FROM posting WHERE number = 3";
        let run = kept
            .store
            .write(move |tx| tx.execute(cut, &[]).map_err(Error::from));
        run.wait().unwrap();
        assert_eq!(
            kept.faults_but_of_sums(),
            ["the ledger ends with posting 2, and 3 were written"]
        );
        let verified = verify_with(&kept.store, &[end]).unwrap();
        let faults = verified.checks.into_iter().flat_map(|check| check.faults);
        let missed = format!(
            "no ledger has the posting {end}, which was kept: its end was cut off, or it was written anew"
        );
        assert!(faults.into_iter().any(|fault| fault == missed));
        let after = kept.post(Posted::Earned(kept.work)).unwrap_err();
        assert_eq!(after.code, "pay.broken_cut");
    });
}

/// Forty that post at once: none is lost, none has another's number, and the chain holds. A number that was made elsewhere is refused.
#[test]
fn postings_of_several_at_once() {
    on_each_store("pay_at_once", |store| {
        let kept = Arc::new(Kept::new(store));
        let threads: Vec<_> = (1..=8_i64)
            .map(|thread| {
                let kept = Arc::clone(&kept);
                thread::spawn(move || {
                    for time in 0..5 {
                        let seconds = Seconds(100 * thread + time);
                        let quantity = Quantity::Time(seconds);
                        kept.post(Posted::Earned(Earned {
                            quantity,
                            ..kept.work
                        }))
                        .unwrap();
                    }
                })
            })
            .collect();
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
        let postings = kept.write(|scope| Ok(load_ledger(scope)?)).unwrap();
        assert_eq!(postings.len(), 40);
        assert_eq!(kept.faults(), [""; 0]);
        let stale = kept.write(|scope| {
            let rows = offdesk_actions::store::pay::postings::list_postings(scope, 39, 1)?;
            Ok(insert_posting(scope, &rows[0])?)
        });
        assert_eq!(stale.unwrap_err().code, "store.conflict");
    });
}
