//! SEC-27: the same thing done by several at once has one outcome, and the others are told so.

use offdesk_actions::accounts::NewAccount;
use offdesk_actions::activities::{merge_activity, rename_activity};
use offdesk_actions::actor::Role;
use offdesk_actions::hours::load_hours;
use offdesk_actions::imports::{Choices, import_file, list_sources, undo_source};
use offdesk_actions::members::{
    accept_invitation, change_role, invite, list_members, remove_member,
};
use offdesk_actions::remembered::{RememberedWork, log_time, remember_week};
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::upkeep::verify;
use offdesk_actions::{Error, ErrorKind};
use offdesk_import::Input;
use rust_decimal::Decimal;

use crate::stores::{actor, at_once, moment, on_each_store, owner, write};

const MANY: usize = 6;

/// Those that were done; each of the others was told that somebody was quicker.
#[track_caller]
fn done<T>(outcomes: Vec<Result<T, Error>>) -> Vec<T> {
    let mut all = Vec::new();
    for outcome in outcomes {
        match outcome {
            Ok(one) => all.push(one),
            Err(error) => assert!(
                matches!(error.kind, ErrorKind::Conflict | ErrorKind::NotFound),
                "{error:?}"
            ),
        }
    }
    all
}

fn file(name: &str) -> Input {
    let mut text = "Date,Start,End,Description\n".to_owned();
    for row in 0..300 {
        let (hour, minute) = (row / 60, row % 60);
        text += &format!(
            "2026-03-02,{hour:02}:{minute:02},{hour:02}:{minute:02}:30,work {}\n",
            row % 7
        );
    }
    Input::memory(name.to_owned(), text.into_bytes()).unwrap()
}

#[track_caller]
fn is_clean(store: &Store) {
    let verified = verify(store).unwrap();
    assert!(verified.is_clean(), "{verified:?}");
}

#[test]
fn sec_27_the_same_file_at_once_comes_in_once_and_is_undone_once() {
    on_each_store("race_import", |store| {
        let who = owner(store);
        let came = done(at_once(MANY, |_| {
            import_file(
                store,
                &who,
                &mut file("a.csv"),
                &Choices::default(),
                moment(3),
            )
        }));
        assert_eq!(came.iter().filter(|one| !one.is_known).count(), 1);
        let sources = write(store, &who, list_sources).unwrap();
        assert_eq!(sources.len(), 1);
        let number = sources[0].number;
        let undone = done(at_once(MANY, |_| {
            undo_source(store, &who, number, moment(4))
        }));
        assert_eq!(undone.len(), 1);
        assert!(write(store, &who, list_sources).unwrap().is_empty());
        is_clean(store);
    });
}

#[test]
fn sec_27_lines_typed_at_once_all_count() {
    on_each_store("race_log", |store| {
        let who = owner(store);
        let logged = at_once(MANY, |number| {
            (0..10)
                .map(|_| {
                    let line = format!("{}m inbox", number + 1);
                    write(store, &who, move |tx, a| {
                        log_time(tx, a, &line, None, moment(3))
                    })
                })
                .collect::<Vec<_>>()
        });
        assert!(logged.iter().flatten().all(Result::is_ok), "{logged:?}");
        let sources = write(store, &who, list_sources).unwrap();
        let minutes = i64::try_from(MANY * (MANY + 1) / 2).unwrap();
        assert_eq!(sources.len(), 1);
        assert_eq!(sources[0].seconds, minutes * 10 * 60);
        is_clean(store);
    });
}

#[test]
fn sec_27_an_activity_is_merged_once_and_renamed_by_one() {
    on_each_store("race_merge", |store| {
        let who = owner(store);
        let week = ["Inbox", "Bookkeeping", "Sales calls"].map(|name| RememberedWork {
            name: name.to_owned(),
            hours: Decimal::from(3),
        });
        write(store, &who, move |tx, a| {
            remember_week(tx, a, &week, moment(3))
        })
        .unwrap();
        let id_of = |name: &str| -> Uuid {
            let hours = write(store, &who, |tx, a| load_hours(tx, a, moment(4))).unwrap();
            let mut rows = hours.rows.values();
            rows.find(|row| row.name == name).unwrap().id
        };
        let (inbox, books) = (id_of("Inbox"), id_of("Bookkeeping"));
        // Half of them the one way, half the other.
        let merged = done(at_once(MANY, |number| {
            let (from, into) = if number % 2 == 0 {
                (inbox, books)
            } else {
                (books, inbox)
            };
            write(store, &who, move |tx, a| {
                merge_activity(tx, a, from, into, None, moment(5))
            })
        }));
        assert_eq!(merged.len(), 1);
        let sales = id_of("Sales calls");
        let renamed = done(at_once(MANY, |number| {
            write(store, &who, move |tx, a| {
                rename_activity(tx, a, sales, &format!("Calls {number}"), Some(1), moment(6))
            })
        }));
        assert_eq!(renamed.len(), 1);
        is_clean(store);
    });
}

#[test]
fn sec_27_of_two_owners_who_send_each_other_away_one_stays() {
    on_each_store("race_owners", |store| {
        let first = owner(store);
        let secret = write(store, &first, |tx, a| {
            invite(tx, a, "two@example.com", Role::Owner, moment(3))
        });
        let account = NewAccount {
            name: "Two".to_owned(),
            password: "three brown foxes".to_owned(),
            ..NewAccount::default()
        };
        let signed = accept_invitation(store, &secret.unwrap(), &account, "", moment(4)).unwrap();
        let second = actor(store, &signed).unwrap();
        let (one, two) = (first.account, second.account);
        let outcomes = done(at_once(MANY, |number| match number % 4 {
            0 => write(store, &first, move |tx, a| {
                change_role(tx, a, two, Role::Viewer, moment(5))
            }),
            1 => write(store, &second, move |tx, a| {
                change_role(tx, a, one, Role::Viewer, moment(5))
            }),
            2 => write(store, &first, move |tx, a| {
                remove_member(tx, a, two, moment(5))
            }),
            _ => write(store, &second, move |tx, a| {
                remove_member(tx, a, one, moment(5))
            }),
        }));
        assert!(!outcomes.is_empty());
        let owners = store
            .read(move |tx| list_members(tx, &first, moment(6)))
            .wait()
            .or_else(|_: Error| {
                store
                    .read(move |tx| list_members(tx, &second, moment(6)))
                    .wait()
            })
            .unwrap()
            .0;
        assert!(
            owners.iter().any(|member| member.role == "owner"),
            "{owners:?}"
        );
        is_clean(store);
    });
}
