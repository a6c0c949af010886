//! What accounts are reached by and reach: mails that wait, resets, passkeys, calendars at an address.

use std::sync::{Arc, Barrier};

use offdesk_store::accounts::insert_account;
use offdesk_store::calendars::{
    CalendarRow, claim_due, insert_calendar, keep_choices, list_calendars, load_calendar,
    remove_calendar, remove_of_upload, update_calendar,
};
use offdesk_store::mails::{
    MailRow, claim_mail, count_waiting, insert_mail, list_failed, list_failed_of, remove_failed,
    remove_mail, remove_waiting, update_mail,
};
use offdesk_store::members::{
    InvitationRow, accept_invitation, insert_invitation, load_invitation, renew_invitation,
};
use offdesk_store::passkeys::{
    CeremonyRow, PasskeyRow, insert_ceremony, insert_passkey, list_passkeys, load_passkey,
    note_used, remove_ceremonies, remove_expired, remove_passkey, take_ceremony,
};
use offdesk_store::resets::{load_reset, remove_reset, remove_reset_of, save_reset, take_reset};
use offdesk_store::sessions::{end_all_sessions, insert_session, list_sessions};
use offdesk_store::sources::{list_sources, remove_unseen};
use offdesk_store::tokens::{insert_token, list_tokens, revoke_all_of};
use offdesk_store::{Store, StoreError};

use crate::rows::{self, A, B, TEXT, id};
use crate::stores::{Place, on_each_store, read, read_in, two_workspaces, write, write_in};

fn mail(number: u128, next_at: i64) -> MailRow {
    MailRow {
        id: id(number),
        kind: "notice".to_owned(),
        address: "1@example.com".to_owned(),
        workspace_id: None,
        invitation_id: None,
        detail: TEXT.to_owned(),
        state: "waiting".to_owned(),
        tries: 0,
        unsure: 0,
        next_at,
        error: String::new(),
        created_at: 1,
        version: 1,
    }
}

#[test]
fn mails_wait_are_claimed_and_gone() {
    on_each_store("mails", |store| {
        two_workspaces(store);
        write(store, |tx| insert_mail(tx, &mail(1, 20))).unwrap();
        write(store, |tx| insert_mail(tx, &mail(2, 10))).unwrap();
        assert_eq!(read(store, count_waiting), 2);
        let claim = |now, until| write(store, move |tx| claim_mail(tx, now, until)).unwrap();
        assert_eq!(claim(9, 50), None);
        let first = claim(30, 50).unwrap();
        let expected = MailRow {
            state: "sending".to_owned(),
            tries: 1,
            unsure: 1,
            next_at: 50,
            version: 2,
            ..mail(2, 10)
        };
        assert_eq!(first, expected);
        assert_eq!(claim(30, 50).unwrap().id, id(1));
        assert_eq!(claim(30, 50), None);
        // Whoever has claimed it was lost: it is due again.
        let again = claim(51, 60).unwrap();
        assert_eq!((again.tries, again.unsure), (2, 2));
        let given_up = MailRow {
            state: "failed".to_owned(),
            next_at: 51,
            error: TEXT.to_owned(),
            workspace_id: None,
            ..again.clone()
        };
        write(store, move |tx| update_mail(tx, &given_up)).unwrap();
        let stale = write(store, move |tx| update_mail(tx, &again));
        assert_eq!(stale, Err(StoreError::Conflict));
        let failed = read(store, |tx| list_failed(tx, 10));
        assert_eq!(failed.len(), 1);
        assert_eq!((failed[0].error.as_str(), failed[0].version), (TEXT, 4));
        assert_eq!(read(store, count_waiting), 1);
        assert_eq!(write(store, |tx| remove_failed(tx, 51)), Ok(0));
        assert_eq!(write(store, |tx| remove_failed(tx, 52)), Ok(1));
        let last = id(if failed[0].id == id(1) { 2 } else { 1 });
        assert_eq!(write(store, move |tx| remove_mail(tx, last)), Ok(true));
        assert_eq!(write(store, move |tx| remove_mail(tx, last)), Ok(false));
        write(store, |tx| insert_mail(tx, &mail(3, 1))).unwrap();
        write(store, |tx| remove_waiting(tx, "notice", "2@example.com")).unwrap();
        assert_eq!(read(store, count_waiting), 1);
        write(store, |tx| remove_waiting(tx, "notice", "1@example.com")).unwrap();
        assert_eq!(read(store, count_waiting), 0);
        let of_b = MailRow {
            workspace_id: Some(B),
            state: "failed".to_owned(),
            ..mail(4, 1)
        };
        write(store, move |tx| insert_mail(tx, &of_b)).unwrap();
        assert_eq!(read_in(store, A, list_failed_of), []);
        assert_eq!(read_in(store, B, list_failed_of).len(), 1);
    });
}

/// Several processes claim at once: each has its own store on the same database, and each mail is claimed once.
#[test]
fn a_mail_is_claimed_by_one_process() {
    let places = [Some(Place::file()), Place::server("claims")];
    for place in places.into_iter().flatten() {
        let stores: Vec<Store> = (0..3)
            .map(|_| Store::open(&place.address).unwrap())
            .collect();
        for number in 0..30 {
            write(&stores[0], move |tx| insert_mail(tx, &mail(number, 1))).unwrap();
        }
        let gate = Arc::new(Barrier::new(stores.len()));
        let claimed: Vec<_> = std::thread::scope(|scope| {
            let workers: Vec<_> = stores
                .iter()
                .map(|store| {
                    let gate = Arc::clone(&gate);
                    scope.spawn(move || {
                        gate.wait();
                        let mut own = Vec::new();
                        loop {
                            match write(store, |tx| claim_mail(tx, 5, 100)) {
                                Ok(Some(mail)) => own.push(mail.id),
                                Ok(None) => return own,
                                Err(StoreError::Conflict | StoreError::Busy) => {}
                                Err(error) => panic!("{error}"),
                            }
                        }
                    })
                })
                .collect();
            workers
                .into_iter()
                .flat_map(|it| it.join().unwrap())
                .collect()
        });
        let mut once = claimed.clone();
        once.sort();
        once.dedup();
        assert_eq!((claimed.len(), once.len()), (30, 30));
    }
}

#[test]
fn a_reset_counts_once_until_it_ends_or_another_is_asked_for() {
    on_each_store("resets", |store| {
        write(store, |tx| insert_account(tx, &rows::account(1))).unwrap();
        let save = |hash: [u8; 32]| write(store, move |tx| save_reset(tx, id(1), hash, 100));
        save([1; 32]).unwrap();
        save([2; 32]).unwrap();
        assert_eq!(read(store, |tx| load_reset(tx, [1; 32], 5)), None);
        assert_eq!(read(store, |tx| load_reset(tx, [2; 32], 5)), Some(id(1)));
        assert_eq!(read(store, |tx| load_reset(tx, [2; 32], 100)), None);
        let take = |now| write(store, move |tx| take_reset(tx, [2; 32], now));
        assert_eq!(take(100), Ok(None));
        assert_eq!(take(99), Ok(Some(id(1))));
        assert_eq!(take(99), Ok(None));
        save([3; 32]).unwrap();
        write(store, |tx| remove_reset_of(tx, "nobody@example.com")).unwrap();
        assert!(read(store, |tx| load_reset(tx, [3; 32], 5)).is_some());
        write(store, |tx| remove_reset_of(tx, "1@example.com")).unwrap();
        assert_eq!(read(store, |tx| load_reset(tx, [3; 32], 5)), None);
        save([4; 32]).unwrap();
        let expired = write(store, |tx| offdesk_store::resets::remove_expired(tx, 99));
        assert_eq!(expired, Ok(0));
        let expired = write(store, |tx| offdesk_store::resets::remove_expired(tx, 100));
        assert_eq!(expired, Ok(1));
        save([5; 32]).unwrap();
        write(store, |tx| remove_reset(tx, id(1))).unwrap();
        assert_eq!(read(store, |tx| load_reset(tx, [5; 32], 5)), None);
    });
}

#[test]
fn sessions_and_tokens_of_an_account_end_together() {
    on_each_store("ends", |store| {
        two_workspaces(store);
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(31, 1, None))
        })
        .unwrap();
        write(store, |tx| {
            insert_session(tx, [2; 32], &rows::session(32, 101, None))
        })
        .unwrap();
        write_in(store, A, |s| insert_token(s, &rows::token(21, 1), [3; 32])).unwrap();
        write_in(store, B, |s| {
            insert_token(s, &rows::token(22, 101), [4; 32])
        })
        .unwrap();
        assert_eq!(write(store, |tx| end_all_sessions(tx, id(1))), Ok(1));
        assert_eq!(write(store, |tx| revoke_all_of(tx, id(1), 77)), Ok(1));
        assert_eq!(write(store, |tx| revoke_all_of(tx, id(1), 78)), Ok(0));
        assert_eq!(read(store, |tx| list_sessions(tx, id(101), 0)).len(), 1);
        assert_eq!(read_in(store, A, list_tokens)[0].revoked_at, Some(77));
        assert_eq!(read_in(store, B, list_tokens)[0].revoked_at, None);
    });
}

#[test]
fn passkeys_and_ceremonies() {
    on_each_store("passkeys", |store| {
        write(store, |tx| insert_account(tx, &rows::account(1))).unwrap();
        write(store, |tx| insert_account(tx, &rows::account(2))).unwrap();
        let row = PasskeyRow {
            account_id: id(1),
            id: id(5),
            credential_id: vec![1, 2, 3],
            credential: "{}".to_owned(),
            name: TEXT.to_owned(),
            created_at: 3,
            used_at: None,
        };
        let (first, same) = (
            row.clone(),
            PasskeyRow {
                account_id: id(2),
                ..row.clone()
            },
        );
        write(store, move |tx| insert_passkey(tx, &first)).unwrap();
        let refused = write(store, move |tx| insert_passkey(tx, &same));
        assert_eq!(refused, Err(StoreError::Conflict));
        let known = read(store, |tx| list_passkeys(tx, id(1)));
        assert_eq!(known, std::slice::from_ref(&row));
        assert_eq!(read(store, |tx| list_passkeys(tx, id(2))), []);
        let found = read(store, |tx| load_passkey(tx, &[1, 2, 3]));
        assert_eq!(found.as_ref(), Some(&row));
        let (once, twice) = (row.clone(), row);
        write(store, move |tx| note_used(tx, &once, "{1}", 9)).unwrap();
        let stale = write(store, move |tx| note_used(tx, &twice, "{1}", 9));
        assert_eq!(stale, Err(StoreError::Conflict));
        assert_eq!(
            read(store, |tx| list_passkeys(tx, id(1)))[0].used_at,
            Some(9)
        );
        let remove = |account| write(store, move |tx| remove_passkey(tx, account, id(5)));
        assert_eq!(remove(id(2)), Ok(None));
        assert_eq!(remove(id(1)), Ok(Some(TEXT.to_owned())));

        let asked = |account: Option<u128>, expires_at| CeremonyRow {
            account_id: account.map(id),
            kind: "sign_in".to_owned(),
            state: TEXT.to_owned(),
            expires_at,
        };
        let begin = |hash: [u8; 32], row: CeremonyRow| {
            write(store, move |tx| insert_ceremony(tx, hash, &row)).unwrap();
        };
        begin([1; 32], asked(None, 50));
        begin([2; 32], asked(Some(1), 60));
        let take = |hash: [u8; 32], kind: &'static str, now| {
            write(store, move |tx| take_ceremony(tx, hash, kind, now)).unwrap()
        };
        assert_eq!(take([1; 32], "registration", 5), None);
        assert_eq!(take([1; 32], "sign_in", 50), None);
        assert_eq!(take([1; 32], "sign_in", 49), Some(asked(None, 50)));
        assert_eq!(take([1; 32], "sign_in", 49), None);
        write(store, |tx| remove_ceremonies(tx, id(2))).unwrap();
        assert_eq!(write(store, |tx| remove_expired(tx, 59)), Ok(0));
        assert_eq!(write(store, |tx| remove_expired(tx, 60)), Ok(1));
        begin([3; 32], asked(Some(1), 60));
        write(store, |tx| remove_ceremonies(tx, id(1))).unwrap();
        assert_eq!(take([3; 32], "sign_in", 5), None);
    });
}

fn calendar(number: u128) -> CalendarRow {
    CalendarRow {
        id: id(number),
        host: "cal.example.com".to_owned(),
        address: vec![9; 60],
        choices: "{}".to_owned(),
        upload_id: Some(id(61)),
        is_automatic: true,
        fetched_at: None,
        next_at: 10,
        failures: 0,
        error: String::new(),
        created_by: id(1),
        created_at: 1,
        version: 1,
    }
}

#[test]
fn calendars_are_kept_in_their_workspace_and_claimed_when_due() {
    on_each_store("calendars", |store| {
        two_workspaces(store);
        write_in(store, A, |s| insert_calendar(s, &calendar(1))).unwrap();
        let by_hand = CalendarRow {
            is_automatic: false,
            ..calendar(2)
        };
        write_in(store, A, move |s| insert_calendar(s, &by_hand)).unwrap();
        assert_eq!(read_in(store, A, list_calendars).len(), 2);
        assert_eq!(read_in(store, B, list_calendars), []);
        assert_eq!(read_in(store, B, |s| load_calendar(s, id(1))), None);
        write_in(store, B, |s| keep_choices(s, id(61), "{B}")).unwrap();
        write_in(store, A, |s| keep_choices(s, id(61), "{A}")).unwrap();
        let kept = read_in(store, A, |s| load_calendar(s, id(1))).unwrap();
        assert_eq!((kept.choices.as_str(), kept.version), ("{A}", 2));
        let claim = |now, until| write(store, move |tx| claim_due(tx, now, until)).unwrap();
        assert_eq!(claim(9, 50), None);
        let (workspace, due) = claim(10, 50).unwrap();
        assert_eq!(
            (workspace, due.id, due.next_at, due.version),
            (A, id(1), 50, 3)
        );
        assert_eq!(claim(11, 50), None);
        let read_well = CalendarRow {
            fetched_at: Some(11),
            next_at: 99,
            error: TEXT.to_owned(),
            ..due.clone()
        };
        write_in(store, A, move |s| update_calendar(s, &read_well)).unwrap();
        let stale = write_in(store, A, move |s| update_calendar(s, &due));
        assert_eq!(stale, Err(StoreError::Conflict));
        assert_eq!(write_in(store, B, |s| remove_calendar(s, id(1))), Ok(false));
        assert_eq!(write_in(store, A, |s| remove_calendar(s, id(1))), Ok(true));
        write_in(store, B, |s| remove_of_upload(s, id(61))).unwrap();
        assert_eq!(read_in(store, A, list_calendars).len(), 1);
        write_in(store, A, |s| remove_of_upload(s, id(61))).unwrap();
        assert_eq!(read_in(store, A, list_calendars), []);
    });
}

#[test]
fn an_invitation_can_be_given_another_secret_while_it_is_open() {
    on_each_store("renewed", |store| {
        two_workspaces(store);
        let row = InvitationRow {
            id: id(71),
            email: "v@example.com".to_owned(),
            role: "viewer".to_owned(),
            created_at: 1,
            expires_at: 100,
        };
        write_in(store, A, move |s| insert_invitation(s, &row, [1; 32])).unwrap();
        let renew = |workspace, hash: [u8; 32], now| {
            write_in(store, workspace, move |s| {
                renew_invitation(s, id(71), hash, now)
            })
            .unwrap()
        };
        assert_eq!(renew(B, [2; 32], 5), None);
        assert_eq!(renew(A, [2; 32], 100), None);
        assert_eq!(renew(A, [2; 32], 5).as_deref(), Some(TEXT));
        assert!(read(store, |tx| load_invitation(tx, [1; 32], 5)).is_none());
        assert!(read(store, |tx| load_invitation(tx, [2; 32], 5)).is_some());
        write_in(store, A, |s| accept_invitation(s, id(71), 6)).unwrap();
        assert_eq!(renew(A, [3; 32], 7), None);
    });
}

#[test]
fn an_import_that_was_seen_is_not_removed_without_a_trace() {
    on_each_store("unseen", |store| {
        two_workspaces(store);
        write_in(store, A, |s| remove_unseen(s, id(4))).unwrap();
        assert_eq!(read_in(store, A, list_sources).len(), 1);
        let mut unseen = rows::source(5, 2);
        unseen.state = "reading".to_owned();
        write_in(store, A, move |s| {
            offdesk_store::sources::insert_source(s, &unseen)
        })
        .unwrap();
        write_in(store, B, |s| remove_unseen(s, id(5))).unwrap();
        assert_eq!(read_in(store, A, list_sources).len(), 2);
        write_in(store, A, |s| remove_unseen(s, id(5))).unwrap();
        assert_eq!(read_in(store, A, list_sources).len(), 1);
    });
}
