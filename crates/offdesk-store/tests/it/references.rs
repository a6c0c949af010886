//! The database itself refuses a reference into another workspace, or to nothing.

use offdesk_store::StoreError;
use offdesk_store::activities::save_key;
use offdesk_store::entries::insert_entries;
use offdesk_store::members::insert_member;
use offdesk_store::options::replace_options;
use offdesk_store::tokens::insert_token;
use offdesk_store::uploads::{insert_part, insert_upload};
use offdesk_store::wordings::{insert_wordings, move_wording};

use crate::rows::{self, A, B, id};
use crate::stores::{on_each_store, read, two_workspaces, write, write_in};

#[test]
fn no_reference_leads_into_another_workspace() {
    on_each_store("references", |store| {
        two_workspaces(store);
        write_in(store, A, |s| {
            insert_upload(s, &rows::upload(61, "receiving"))
        })
        .unwrap();
        let refused = [
            (
                "entry, source",
                write_in(store, B, |s| {
                    insert_entries(s, vec![rows::entry(1, 4, 103, None)]).map(|_| ())
                }),
            ),
            (
                "entry, wording",
                write_in(store, B, |s| {
                    insert_entries(s, vec![rows::entry(1, 104, 3, None)]).map(|_| ())
                }),
            ),
            (
                "wording, activity",
                write_in(store, B, |s| insert_wordings(s, &[rows::wording(9, 2)])),
            ),
            (
                "wording, moved",
                write_in(store, B, |s| {
                    move_wording(s, id(103), id(102), id(2)).map(|_| ())
                }),
            ),
            (
                "key, activity",
                write_in(store, B, |s| save_key(s, "key", id(2))),
            ),
            (
                "option, activity",
                write_in(store, B, |s| {
                    replace_options(s, id(2), &[rows::option(2, 1)])
                }),
            ),
            (
                "part, upload",
                write_in(store, B, |s| insert_part(s, id(61), 0, vec![1])),
            ),
            (
                "token, member",
                write_in(store, B, |s| insert_token(s, &rows::token(21, 1), [4; 32])),
            ),
            (
                "member, account",
                write_in(store, B, |s| insert_member(s, id(999), "owner", 1)),
            ),
            (
                "member, workspace",
                write_in(store, id(999), |s| insert_member(s, id(1), "owner", 1)),
            ),
        ];
        for (what, outcome) in refused {
            assert_eq!(outcome, Err(StoreError::Missing), "{what}");
        }
        // The same within the workspace is taken.
        write_in(store, A, |s| {
            insert_entries(s, vec![rows::entry(1, 4, 3, None)])?;
            insert_part(s, id(61), 0, vec![1])?;
            save_key(s, "key", id(2))
        })
        .unwrap();
        let checked = read(store, offdesk_store::checks::check_all);
        let faults: Vec<_> = checked.iter().flat_map(|check| &check.faults).collect();
        // The upload says that nothing has come, and the times were not reckoned: the checks see both.
        assert_eq!(faults.len(), 3, "{faults:?}");
    });
}

/// What is planted is found, and named.
#[test]
fn checks_find_what_is_planted() {
    on_each_store("planted", |store| {
        two_workspaces(store);
        let faults = || -> Vec<String> {
            let checked = read(store, offdesk_store::checks::check_all);
            let found = checked.into_iter().filter(|check| !check.faults.is_empty());
            found.map(|check| check.name.to_owned()).collect()
        };
        assert!(faults().is_empty(), "{:?}", faults());
        let plant = |sql: &'static str| write(store, move |tx| tx.execute(sql, &[])).unwrap();
        for (sql, undo, name) in [
            (
                "UPDATE source SET entries = 7 WHERE number = 1",
                "UPDATE source SET entries = 0 WHERE number = 1",
                "imports have as many entries as they say",
            ),
            (
                "UPDATE source SET state = 'half'",
                "UPDATE source SET state = 'published'",
                "imports are published, or invisible",
            ),
            (
                "UPDATE account SET password_hash = 'three brown foxes'",
                "UPDATE account SET password_hash = ''",
                "no password is in clear",
            ),
        ] {
            plant(sql);
            assert_eq!(faults(), [name]);
            plant(undo);
            assert!(faults().is_empty());
        }
    });
}
