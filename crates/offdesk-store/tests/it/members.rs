//! Who is kept out of a workspace, and for how long somebody stays signed in.

use offdesk_store::accounts::{load_account, update_account};
use offdesk_store::members::{
    insert_member, list_members, list_memberships, load_role, update_suspension,
};
use offdesk_store::passkeys::{PasskeyRow, insert_passkey};
use offdesk_store::sessions::{
    insert_session, list_sessions, load_signed_in, note_factor, note_seen, remove_expired,
};
use offdesk_store::sign_in_rules::{
    Limits, RulesRow, list_rules_of, load_rules, shorten_sessions_of, update_rules,
};
use offdesk_store::tokens::{insert_token, load_token};
use offdesk_store::{Store, StoreError};

use crate::rows::{self, A, B, TEXT, id};
use crate::stores::{on_each_store, read, read_in, two_workspaces, write, write_in};

#[test]
fn who_is_suspended_keeps_their_rows_and_has_no_role() {
    on_each_store("suspended", |store| {
        two_workspaces(store);
        write_in(store, B, |s| insert_member(s, id(1), "viewer", 2)).unwrap();
        write_in(store, B, |s| insert_token(s, &rows::token(21, 1), [4; 32])).unwrap();
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(11, 1, Some(B)))
        })
        .unwrap();
        let suspend = |since| write_in(store, B, move |s| update_suspension(s, id(1), since));
        let role = |workspace| read(store, move |tx| load_role(tx, workspace, id(1)));
        let is_out = || {
            let session = read(store, |tx| load_signed_in(tx, [1; 32], 5)).unwrap();
            let token = read(store, |tx| load_token(tx, [4; 32])).unwrap();
            (session.is_suspended, token.is_suspended)
        };
        assert_eq!(is_out(), (false, false));
        assert_eq!(suspend(Some(5)), Ok(true));
        assert_eq!(is_out(), (true, true));
        assert_eq!((role(B), role(A).as_deref()), (None, Some("owner")));
        let own = read(store, |tx| list_memberships(tx, id(1)));
        let out: Vec<_> = own
            .iter()
            .map(|one| (one.workspace_id, one.is_suspended))
            .collect();
        assert_eq!(out, [(A, false), (B, true)]);
        let members = read_in(store, B, list_members);
        let since = members.iter().map(|one| one.suspended_at);
        assert_eq!(since.collect::<Vec<_>>(), [None, Some(5)]);
        assert_eq!(suspend(None), Ok(true));
        assert_eq!(is_out(), (false, false));
        assert_eq!(role(B).as_deref(), Some("viewer"));
        let nobody = write_in(store, B, |s| update_suspension(s, id(77), None));
        assert_eq!(nobody, Ok(false));
    });
}

#[test]
fn a_session_that_is_not_used_is_over() {
    on_each_store("idle", |store| {
        two_workspaces(store);
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(11, 1, Some(A)))
        })
        .unwrap();
        let is_live = |now| read(store, move |tx| load_signed_in(tx, [1; 32], now)).is_some();
        // Used at 1, and unused for 50.
        assert_eq!([50, 51].map(is_live), [true, false]);
        assert!(read(store, |tx| list_sessions(tx, id(1), 51)).is_empty());
        write(store, |tx| note_seen(tx, id(11), id(1), 40)).unwrap();
        assert_eq!([89, 90].map(is_live), [true, false]);
        let ends = read(store, |tx| list_sessions(tx, id(1), 41))[0].ends_at();
        assert_eq!(ends, 90);
        // However often it is used, it ends at 100.
        write(store, |tx| note_seen(tx, id(11), id(1), 80)).unwrap();
        assert_eq!([99, 100].map(is_live), [true, false]);
        let limits = Limits {
            idle: 15,
            longest: 94,
        };
        write(store, move |tx| shorten_sessions_of(tx, id(1), limits)).unwrap();
        assert_eq!([94, 95].map(is_live), [true, false]);
        let longer = Limits {
            idle: 1000,
            longest: 1000,
        };
        write(store, move |tx| shorten_sessions_of(tx, id(1), longer)).unwrap();
        assert_eq!([94, 95].map(is_live), [true, false]);
        assert_eq!(write(store, |tx| remove_expired(tx, 94)), Ok(0));
        assert_eq!(write(store, |tx| remove_expired(tx, 95)), Ok(1));
    });
}

fn lacks(store: &Store) -> (bool, bool) {
    let session = read(store, |tx| load_signed_in(tx, [1; 32], 5)).unwrap();
    let token = read(store, |tx| load_token(tx, [4; 32])).unwrap();
    (session.lacks_factor, token.lacks_factor)
}

#[test]
fn a_workspace_asks_for_a_second_factor_of_its_own_members_only() {
    on_each_store("factors", |store| {
        two_workspaces(store);
        write_in(store, A, |s| insert_token(s, &rows::token(21, 1), [4; 32])).unwrap();
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(11, 1, Some(A)))?;
            insert_session(tx, [2; 32], &rows::session(12, 101, Some(B)))
        })
        .unwrap();
        let rules = read_in(store, A, load_rules);
        let first = RulesRow {
            needs_factor: false,
            idle_days: 14,
            session_days: 90,
            version: 1,
        };
        assert_eq!(rules, first);
        assert_eq!(lacks(store), (false, false));
        let asked = RulesRow {
            needs_factor: true,
            idle_days: 2,
            ..rules
        };
        write_in(store, A, move |s| update_rules(s, &asked)).unwrap();
        let stale = write_in(store, A, move |s| update_rules(s, &asked));
        assert_eq!(stale, Err(StoreError::Conflict));
        let kept = RulesRow {
            version: 2,
            ..asked
        };
        assert_eq!(read_in(store, A, load_rules), kept);
        assert_eq!(read(store, |tx| list_rules_of(tx, id(1))), [kept]);
        assert_eq!(read_in(store, B, load_rules), first);
        assert_eq!(lacks(store), (true, true));
        let other = read(store, |tx| load_signed_in(tx, [2; 32], 5)).unwrap();
        assert!(!other.lacks_factor);

        // A passkey is enough for the token; the session was begun without it.
        let passkey = PasskeyRow {
            account_id: id(1),
            id: id(31),
            credential_id: vec![1],
            credential: "{}".to_owned(),
            name: TEXT.to_owned(),
            created_at: 1,
            used_at: None,
        };
        write(store, move |tx| insert_passkey(tx, &passkey)).unwrap();
        assert_eq!(lacks(store), (true, false));
        write(store, |tx| note_factor(tx, id(11), id(1))).unwrap();
        assert_eq!(lacks(store), (false, false));
        assert!(read_in(store, A, list_members)[0].has_factor);
        let foreign = write(store, |tx| note_factor(tx, id(12), id(1)));
        assert_eq!(foreign, Err(StoreError::Conflict));

        // What was proved counts as long as there is a factor at all.
        write(store, |tx| {
            offdesk_store::passkeys::remove_passkey(tx, id(1), id(31)).map(|_| ())
        })
        .unwrap();
        assert_eq!(lacks(store), (true, true));
        assert!(!read_in(store, A, list_members)[0].has_factor);
        write(store, |tx| {
            let mut account = load_account(tx, id(1))?.ok_or(StoreError::Missing)?;
            "ABC".clone_into(&mut account.totp_secret);
            update_account(tx, &account)
        })
        .unwrap();
        assert_eq!(lacks(store), (false, false));
    });
}
