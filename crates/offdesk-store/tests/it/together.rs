//! Many who write at once: each alone succeeds or fails, none is answered before the commit.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use offdesk_store::accounts::{count_accounts, insert_account};
use offdesk_store::{Store, StoreError};

use crate::rows;
use crate::stores::{Place, on_each_store, read, write};

#[test]
fn of_a_hundred_writes_one_fails_alone() {
    on_each_store("hundred", |store| {
        let waiting: Vec<_> = (0..100_u128)
            .map(|number| {
                store.write(move |tx| {
                    insert_account(tx, &rows::account(number))?;
                    if number == 50 {
                        // What it has written already is undone with it.
                        return Err(StoreError::Failed("on purpose".to_owned()));
                    }
                    Ok(())
                })
            })
            .collect();
        let outcomes: Vec<Result<(), StoreError>> =
            waiting.into_iter().map(|pending| pending.wait()).collect();
        for (number, outcome) in outcomes.iter().enumerate() {
            if number == 50 {
                assert_eq!(outcome, &Err(StoreError::Failed("on purpose".to_owned())));
            } else {
                assert_eq!(outcome, &Ok(()), "{number}");
            }
        }
        assert_eq!(read(store, count_accounts), 99);
    });
}

#[test]
fn nobody_is_answered_before_the_common_commit() {
    let place = Place::file();
    let store = Arc::new(Store::open(&place.address).unwrap());
    let (go_first, first) = channel::<()>();
    let (go_last, last) = channel::<()>();
    // While the first one is at work, the others come to wait together.
    let opening = store.write(move |_| first.recv().map_err(|_| StoreError::Busy));
    let one = store.write(|tx| insert_account(tx, &rows::account(1)));
    let other = store.write(move |_| last.recv().map_err(|_| StoreError::Busy));
    let is_answered = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&is_answered);
    let watcher = std::thread::spawn(move || {
        one.wait().unwrap();
        seen.store(true, Ordering::SeqCst);
    });
    go_first.send(()).unwrap();
    std::thread::sleep(Duration::from_millis(200));
    assert!(!is_answered.load(Ordering::SeqCst), "answered too early");
    assert_eq!(read(&store, count_accounts), 0, "seen too early");
    go_last.send(()).unwrap();
    watcher.join().unwrap();
    opening.wait().unwrap();
    other.wait().unwrap();
    assert_eq!(read(&store, count_accounts), 1);
}

#[test]
fn several_stores_on_one_database_lose_nothing() {
    for place in [Some(Place::file()), Place::server("several")]
        .into_iter()
        .flatten()
    {
        let stores: Vec<Arc<Store>> = (0..3)
            .map(|_| Arc::new(Store::open(&place.address).unwrap()))
            .collect();
        let failed = Arc::new(AtomicUsize::new(0));
        let threads: Vec<_> = (0..6_u128)
            .map(|thread| {
                let store = Arc::clone(&stores[usize::try_from(thread % 3).unwrap()]);
                let failed = Arc::clone(&failed);
                std::thread::spawn(move || {
                    for number in 0..20 {
                        let row = rows::account(thread * 100 + number);
                        if write(&store, move |tx| insert_account(tx, &row)).is_err() {
                            failed.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(failed.load(Ordering::SeqCst), 0);
        for store in &stores {
            assert_eq!(read(store, count_accounts), 120);
        }
    }
}
