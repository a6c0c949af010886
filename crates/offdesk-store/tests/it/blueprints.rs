//! Blueprints: put in, found again as they were, changed once, refused in an old version; versions that stay as they were published.

use offdesk_store::blueprints::test_runs::{insert_test_run, list_test_runs};
use offdesk_store::blueprints::versions::{
    insert_version, list_texts, list_versions, load_version, remove_draft, update_draft,
};
use offdesk_store::blueprints::words::{
    each_known_word, list_holders, list_holders_of_beginning, replace_words,
};
use offdesk_store::blueprints::{
    BlueprintRow, count_blueprints, insert_blueprint, list_blueprints, list_due, list_of_activity,
    list_of_import, load_blueprint, remove_blueprint, update_blueprint,
};
use offdesk_store::workspaces::remove_workspace;
use offdesk_store::{Store, StoreError, Uuid};

use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read_in, two_workspaces, write, write_in};

/// The largest place in a list: before it is everything.
const END: (i64, Uuid) = (i64::MAX, Uuid::max());

fn with_one(store: &Store) {
    two_workspaces(store);
    write_in(store, A, |scope| {
        insert_blueprint(scope, &rows::blueprint(50, Some(2)))?;
        insert_version(scope, &rows::version(50, 1))
    })
    .unwrap();
}

#[test]
fn blueprints_and_their_versions() {
    on_each_store("blueprints", |store| {
        with_one(store);
        let row = rows::blueprint(50, Some(2));
        let load = |workspace| read_in(store, workspace, |scope| load_blueprint(scope, id(50)));
        assert_eq!(load(A), Some(row.clone()));
        assert_eq!(load(B), None);
        let mut changed = row;
        changed.title = "Booking".to_owned();
        changed.changed_at = 60;
        let (first, second) = (changed.clone(), changed.clone());
        write_in(store, A, move |scope| update_blueprint(scope, &first)).unwrap();
        let stale = write_in(store, A, move |scope| update_blueprint(scope, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(load(A), Some(changed.clone()));

        let version = |number| read_in(store, A, move |scope| load_version(scope, id(50), number));
        assert_eq!(version(1), Some(rows::version(50, 1)));
        assert_eq!(version(2), None);
        let mut published = rows::version(50, 1);
        published.published = Some((9, id(1)));
        let (first, second) = (published.clone(), published.clone());
        write_in(store, A, move |scope| update_draft(scope, &first)).unwrap();
        assert_eq!(version(1), Some(published));
        let again = write_in(store, A, move |scope| update_draft(scope, &second));
        assert_eq!(again, Err(StoreError::Conflict), "it is published");
        let gone = write_in(store, A, |scope| remove_draft(scope, id(50), 1));
        assert_eq!(gone, Err(StoreError::Conflict), "it is published");

        write_in(store, A, |scope| {
            insert_version(scope, &rows::version(50, 2))
        })
        .unwrap();
        let twice = write_in(store, A, |scope| {
            insert_version(scope, &rows::version(50, 2))
        });
        assert_eq!(twice, Err(StoreError::Conflict));
        let listed = read_in(store, A, |scope| list_versions(scope, id(50)));
        let numbers: Vec<_> = listed
            .iter()
            .map(|it| (it.number, it.text.as_str()))
            .collect();
        assert_eq!(numbers, [(2, ""), (1, "")]);
        write_in(store, A, |scope| {
            insert_test_run(scope, &rows::test_run(50, 2))
        })
        .unwrap();
        let runs = read_in(store, A, |scope| list_test_runs(scope, id(50)));
        assert_eq!(runs, [rows::test_run(50, 2)]);
        let texts = read_in(store, A, list_texts);
        assert_eq!(
            (texts.len(), texts[0].2.as_str()),
            (1, rows::version(50, 1).text.as_str())
        );
        // The blueprint does not say yet that there are two.
        assert_eq!(faults(store).len(), 1, "{:?}", faults(store));
        changed.latest = 2;
        changed.published = 1;
        write_in(store, A, move |scope| update_blueprint(scope, &changed)).unwrap();
        assert_eq!(faults(store), [""; 0]);
        write_in(store, A, |scope| remove_draft(scope, id(50), 2)).unwrap();
        assert!(read_in(store, A, |scope| list_test_runs(scope, id(50))).is_empty());
        write_in(store, A, |scope| remove_blueprint(scope, id(50))).unwrap();
        assert_eq!(load(A), None);
    });
}

#[test]
fn lists_of_blueprints() {
    on_each_store("blueprint_lists", |store| {
        with_one(store);
        for number in 51..55 {
            write_in(store, A, move |scope| {
                insert_blueprint(
                    scope,
                    &BlueprintRow {
                        import_id: Some(id(900)),
                        review_day: Some(20_700 + i64::try_from(number).unwrap()),
                        ..rows::blueprint(number, None)
                    },
                )
            })
            .unwrap();
        }
        let page = |before| read_in(store, A, move |scope| list_blueprints(scope, before, 2));
        let first = page(END);
        assert_eq!(
            first.iter().map(|it| it.id).collect::<Vec<_>>(),
            [id(54), id(53)]
        );
        let second = page((first[1].changed_at, first[1].id));
        assert_eq!(
            second.iter().map(|it| it.id).collect::<Vec<_>>(),
            [id(52), id(51)]
        );
        assert!(read_in(store, B, |scope| list_blueprints(scope, END, 9)).is_empty());
        assert_eq!(read_in(store, A, count_blueprints), 5);
        assert_eq!(
            read_in(store, A, |scope| list_of_activity(scope, id(2))).len(),
            1
        );
        assert_eq!(
            read_in(store, A, |scope| list_of_import(scope, id(900))).len(),
            4
        );
        let due = read_in(store, A, |scope| list_due(scope, 20_752, 9));
        assert_eq!(
            due.iter().map(|it| it.id).collect::<Vec<_>>(),
            [id(50), id(51), id(52)]
        );
    });
}

#[test]
fn words_lead_to_blueprints_of_their_workspace() {
    on_each_store("blueprint_words", |store| {
        with_one(store);
        let words = |list: &[(&str, i64)]| -> Vec<(String, i64)> {
            list.iter()
                .map(|(word, weight)| ((*word).to_owned(), *weight))
                .collect()
        };
        let (first, second) = (
            words(&[("stripe", 3), ("payout", 1), ("zebra", 1)]),
            words(&[("payout", 2)]),
        );
        write_in(store, A, move |scope| {
            replace_words(scope, &[(id(50), first)])
        })
        .unwrap();
        let holders = |workspace, word: &'static str| {
            read_in(store, workspace, move |scope| list_holders(scope, word))
        };
        assert_eq!(holders(A, "stripe"), [(id(50), 3)]);
        assert!(holders(B, "stripe").is_empty());
        write_in(store, A, move |scope| {
            replace_words(scope, &[(id(50), second)])
        })
        .unwrap();
        assert!(holders(A, "stripe").is_empty());
        assert_eq!(holders(A, "payout"), [(id(50), 2)]);
        let beginning = read_in(store, A, |scope| list_holders_of_beginning(scope, "pay", 9));
        assert_eq!(beginning, [(id(50), 2)]);
        let known = |workspace| {
            read_in(store, workspace, |scope| {
                let mut all = Vec::new();
                each_known_word(scope, "p", "t", |word| all.push(word))?;
                Ok::<_, StoreError>(all)
            })
        };
        assert_eq!(known(A), ["payout", "stripe"]);
        assert!(known(B).is_empty());
        assert_eq!(faults(store), [""; 0]);
        write_in(store, A, remove_workspace).unwrap();
        assert_eq!(read_in(store, A, count_blueprints), 0);
    });
}

#[test]
fn no_reference_of_a_blueprint_leads_into_another_workspace() {
    on_each_store("blueprint_refs", |store| {
        with_one(store);
        let refused = [
            (
                "activity",
                write_in(store, B, |s| {
                    insert_blueprint(s, &rows::blueprint(60, Some(2)))
                }),
            ),
            (
                "version",
                write_in(store, B, |s| insert_version(s, &rows::version(50, 7))),
            ),
            (
                "test run",
                write_in(store, B, |s| insert_test_run(s, &rows::test_run(50, 1))),
            ),
            (
                "number",
                write_in(store, A, |s| insert_test_run(s, &rows::test_run(50, 2))),
            ),
            (
                "word",
                write_in(store, B, |s| {
                    replace_words(s, &[(id(50), vec![("a".to_owned(), 1)])])
                }),
            ),
        ];
        for (what, outcome) in refused {
            assert_eq!(outcome, Err(StoreError::Missing), "{what}");
        }
        let planted = write(store, |tx| {
            tx.execute("UPDATE blueprint SET latest = 3", &[])
        });
        planted.unwrap();
        assert_eq!(faults(store).len(), 1);
    });
}
