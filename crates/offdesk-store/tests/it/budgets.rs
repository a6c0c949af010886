//! Budgets: one of a subject in a currency, its notices once each, and what counts for it added up.

use offdesk_store::budgets::counted::{list_earned, list_promised, list_submitted};
use offdesk_store::budgets::{
    BudgetRow, NoticeRow, find_budget, insert_budget, insert_notice, list_budgets, list_notices,
    load_budget, remove_budget, update_budget,
};
use offdesk_store::pay::postings::{PostingRow, insert_posting};
use offdesk_store::{Store, StoreError};

use crate::assignments::with_handoffs;
use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read_in, write_in};

fn row(number: u128, subject: u128, currency: &str) -> BudgetRow {
    BudgetRow {
        id: id(number),
        subject_id: id(subject),
        person_id: (subject == 70).then(|| id(70)),
        handoff_id: (subject == 80).then(|| id(80)),
        amount: "500.00".to_owned(),
        currency: currency.to_owned(),
        warn_at: 80,
        blocks: true,
        created_at: 7,
        changed_at: 8,
        version: 1,
    }
}

fn add(store: &Store, row: BudgetRow) -> Result<(), StoreError> {
    write_in(store, A, move |scope| insert_budget(scope, &row))
}

fn ids(rows: &[BudgetRow]) -> Vec<u128> {
    rows.iter().map(|row| row.id.as_u128()).collect()
}

#[test]
fn a_subject_has_one_budget_in_a_currency() {
    on_each_store("budgets", |store| {
        with_handoffs(store);
        let whole = A.as_u128();
        add(store, row(1, 80, "USD")).unwrap();
        add(store, row(2, 70, "USD")).unwrap();
        add(store, row(3, whole, "USD")).unwrap();
        add(store, row(4, 70, "EUR")).unwrap();
        assert_eq!(add(store, row(5, 70, "EUR")), Err(StoreError::Conflict));
        let stranger = BudgetRow {
            person_id: Some(id(170)),
            ..row(5, 170, "EUR")
        };
        assert_eq!(add(store, stranger), Err(StoreError::Missing));
        // The workspace's own first, then those of people, then those of handoffs.
        assert_eq!(ids(&read_in(store, A, list_budgets)), [3, 4, 2, 1]);
        assert_eq!(read_in(store, B, list_budgets), []);
        let found = read_in(store, A, |s| find_budget(s, id(70), "USD"));
        assert_eq!(found, Some(row(2, 70, "USD")));
        assert_eq!(read_in(store, A, |s| load_budget(s, id(9))), None);

        let changed = BudgetRow {
            amount: "600.00".to_owned(),
            warn_at: 100,
            blocks: false,
            changed_at: 9,
            ..row(2, 70, "USD")
        };
        let once = changed.clone();
        write_in(store, A, move |s| update_budget(s, &once)).unwrap();
        let after = BudgetRow {
            version: 2,
            ..changed.clone()
        };
        assert_eq!(read_in(store, A, |s| load_budget(s, id(2))), Some(after));
        let again = write_in(store, A, move |s| update_budget(s, &changed));
        assert_eq!(again, Err(StoreError::Conflict));
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_notice_is_noted_once_and_goes_with_its_budget() {
    on_each_store("budget_notices", |store| {
        with_handoffs(store);
        add(store, row(1, 80, "USD")).unwrap();
        let notice = |standing: &str, month_day, at| NoticeRow {
            budget_id: id(1),
            month_day,
            standing: standing.to_owned(),
            at,
        };
        for (standing, month, at) in [
            ("near", 20_758, 5),
            ("near", 20_758, 6),
            ("over", 20_758, 7),
            ("near", 20_788, 8),
        ] {
            let row = notice(standing, month, at);
            write_in(store, A, move |s| insert_notice(s, &row)).unwrap();
        }
        let of = |month| read_in(store, A, move |s| list_notices(s, month));
        assert_eq!(
            of(20_758),
            [notice("near", 20_758, 5), notice("over", 20_758, 7)]
        );
        assert_eq!(of(20_788), [notice("near", 20_788, 8)]);
        let nowhere = NoticeRow {
            budget_id: id(2),
            ..notice("near", 1, 1)
        };
        let refused = write_in(store, A, move |s| insert_notice(s, &nowhere));
        assert_eq!(refused, Err(StoreError::Missing));
        let remove = || write_in(store, A, |s| remove_budget(s, id(1))).unwrap();
        assert_eq!((remove(), remove()), (true, false));
        assert_eq!(of(20_758), []);
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn what_was_earned_on_the_days_of_a_month_is_added_up_by_its_terms() {
    on_each_store("budget_earned", |store| {
        with_handoffs(store);
        let reversed = PostingRow {
            kind: "reversed".to_owned(),
            of_number: Some(1),
            ..rows::earned(4, 70, 80, 20_730)
        };
        for posting in [
            rows::earned(1, 70, 80, 20_730),
            rows::earned(2, 70, 80, 20_740),
            rows::earned(3, 70, 80, 20_741),
            reversed,
        ] {
            write_in(store, A, move |s| insert_posting(s, &posting)).unwrap();
        }
        let one = rows::earned(1, 70, 80, 20_730).quantity.unwrap();
        let sums = |from, to| -> Vec<(bool, i64)> {
            let found = read_in(store, A, move |s| list_earned(s, from, to));
            found
                .iter()
                .map(|row| (row.is_reversed, row.quantity))
                .collect()
        };
        let mut all = sums(20_730, 20_740);
        all.sort_unstable();
        assert_eq!(all, [(false, 2 * one), (true, one)]);
        assert_eq!(sums(20_741, 20_741), [(false, one)]);
        assert_eq!(sums(20_742, 30_000), []);
        assert_eq!(read_in(store, B, |s| list_earned(s, 0, 30_000)), []);
        assert_eq!(read_in(store, B, |s| list_submitted(s, 0, 30_000)), []);
        assert_eq!(read_in(store, B, |s| list_promised(s, 0, i64::MAX)), []);
    });
}
