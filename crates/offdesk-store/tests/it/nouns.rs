//! Every noun: put in, found again as it was, changed once, refused in an old version, paged by its key.

use offdesk_store::accounts::{
    count_accounts, count_recovery_codes, insert_account, list_accounts, load_account,
    load_account_by_email, replace_recovery_codes, update_account, use_recovery_code,
};
use offdesk_store::activities::{
    insert_activity, list_activities, list_keys, load_activity, move_all, remove_activity,
    save_key, update_activity,
};
use offdesk_store::answers::{AnswerRow, insert_answer, load_answer, remove_answers};
use offdesk_store::entries::{
    EntryRow, count_all, each_entry, insert_entries, list_lines, list_spans, load_entry,
    update_counted,
};
use offdesk_store::events::{insert_event, list_events};
use offdesk_store::members::{
    InvitationRow, accept_invitation, insert_invitation, insert_member, list_invitations,
    list_members, list_memberships, load_invitation, load_role, remove_member, update_role,
};
use offdesk_store::options::{list_options, replace_options};
use offdesk_store::sessions::{
    end_other_sessions, end_session, insert_session, list_sessions, load_signed_in, note_seen,
    open_workspace, remove_expired,
};
use offdesk_store::settings::{
    add_try, forget_tries, load_setting, remove_setting, save_setting, take_back_try,
};
use offdesk_store::sources::{
    insert_source, list_sources, load_source, next_number, remove_entries, update_source,
};
use offdesk_store::times::{
    counted_of_source, covered_by_source, covered_days, days_by_activity, days_of_source,
    reckon_times, sum_by_activity, sum_by_day,
};
use offdesk_store::tokens::{insert_token, list_tokens, load_token, note_used, revoke_token};
use offdesk_store::uploads::{
    claim_queued, insert_part, insert_upload, list_uploads, load_part, load_upload, remove_parts,
    update_upload,
};
use offdesk_store::wordings::{insert_wordings, list_of_activity, list_wordings, move_wording};
use offdesk_store::workspaces::{
    insert_workspace, list_workspaces, load_workspace, remove_workspace, update_workspace,
};
use offdesk_store::worths::{insert_worth, list_worths};
use offdesk_store::{StoreError, Uuid};

use crate::rows::{self, A, B, TEXT, id};
use crate::stores::{on_each_store, read, read_in, two_workspaces, write, write_in};

#[test]
fn accounts() {
    on_each_store("accounts", |store| {
        let row = rows::account(1);
        write(store, |tx| insert_account(tx, &rows::account(1))).unwrap();
        write(store, |tx| insert_account(tx, &rows::account(2))).unwrap();
        assert_eq!(read(store, |tx| load_account(tx, id(1))), Some(row.clone()));
        assert_eq!(read(store, |tx| load_account(tx, id(9))), None);
        let found = read(store, |tx| load_account_by_email(tx, "2@example.com"));
        assert_eq!(found.unwrap().id, id(2));
        assert_eq!(read(store, count_accounts), 2);
        assert_eq!(read(store, |tx| list_accounts(tx, 1)).len(), 1);
        let mut same_address = rows::account(3);
        same_address.email = "1@example.com".to_owned();
        let refused = write(store, move |tx| insert_account(tx, &same_address));
        assert_eq!(refused, Err(StoreError::Conflict));
        let mut changed = row;
        changed.totp_step = 7;
        let (first, second) = (changed.clone(), changed.clone());
        write(store, move |tx| update_account(tx, &first)).unwrap();
        let stale = write(store, move |tx| update_account(tx, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(read(store, |tx| load_account(tx, id(1))), Some(changed));

        let codes = [[1; 32], [2; 32]];
        write(store, move |tx| replace_recovery_codes(tx, id(1), &codes)).unwrap();
        let spend = |code: [u8; 32]| write(store, move |tx| use_recovery_code(tx, id(1), code, 5));
        assert_eq!(spend([1; 32]), Ok(true));
        assert_eq!(spend([1; 32]), Ok(false));
        assert_eq!(spend([3; 32]), Ok(false));
        assert_eq!(read(store, |tx| count_recovery_codes(tx, id(1))), 1);
    });
}

#[test]
fn workspaces_and_members() {
    on_each_store("workspaces", |store| {
        two_workspaces(store);
        assert_eq!(read(store, list_workspaces), [A, B]);
        let row = read_in(store, A, load_workspace);
        assert_eq!(row, rows::workspace(A));
        let mut changed = row;
        changed.name = "Print shop".to_owned();
        let (first, second) = (changed.clone(), changed);
        write_in(store, A, move |scope| update_workspace(scope, &first)).unwrap();
        let stale = write_in(store, A, move |scope| update_workspace(scope, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        write_in(store, A, |scope| scope.touch(1).map(|_| ())).unwrap();
        assert_eq!(read_in(store, A, load_workspace).revision, 2);

        write_in(store, B, |scope| insert_member(scope, id(1), "viewer", 2)).unwrap();
        let twice = write_in(store, B, |scope| insert_member(scope, id(1), "owner", 2));
        assert_eq!(twice, Err(StoreError::Conflict));
        let role = |workspace| read(store, move |tx| load_role(tx, workspace, id(1)));
        assert_eq!(role(A).as_deref(), Some("owner"));
        assert_eq!(role(B).as_deref(), Some("viewer"));
        assert_eq!(read(store, |tx| list_memberships(tx, id(1))).len(), 2);
        assert_eq!(read_in(store, B, list_members).len(), 2);
        let changed = write_in(store, B, |scope| update_role(scope, id(1), "manager"));
        assert_eq!(changed, Ok(true));
        assert_eq!(role(B).as_deref(), Some("manager"));
        assert_eq!(write_in(store, B, |s| remove_member(s, id(1))), Ok(true));
        assert_eq!(write_in(store, B, |s| remove_member(s, id(1))), Ok(false));
        assert_eq!(role(B), None);

        write_in(store, B, remove_workspace).unwrap();
        assert_eq!(read(store, list_workspaces), [A]);
        assert_eq!(read_in(store, A, list_activities).len(), 1);
    });
}

#[test]
fn invitations_count_once() {
    on_each_store("invitations", |store| {
        two_workspaces(store);
        let invitation = InvitationRow {
            id: id(7),
            email: "vi@example.com".to_owned(),
            role: "viewer".to_owned(),
            created_at: 1,
            expires_at: 50,
        };
        let row = invitation.clone();
        write_in(store, A, move |s| insert_invitation(s, &row, [7; 32])).unwrap();
        assert_eq!(read_in(store, A, |s| list_invitations(s, 2)), [invitation]);
        assert!(read_in(store, A, |s| list_invitations(s, 50)).is_empty());
        assert!(read_in(store, B, |s| list_invitations(s, 2)).is_empty());
        assert!(read(store, |tx| load_invitation(tx, [7; 32], 2)).is_some());
        assert!(read(store, |tx| load_invitation(tx, [8; 32], 2)).is_none());
        let foreign = write_in(store, B, |s| accept_invitation(s, id(7), 3));
        assert_eq!(foreign, Err(StoreError::Conflict));
        write_in(store, A, |s| accept_invitation(s, id(7), 3)).unwrap();
        let again = write_in(store, A, |s| accept_invitation(s, id(7), 3));
        assert_eq!(again, Err(StoreError::Conflict));
        assert!(read(store, |tx| load_invitation(tx, [7; 32], 2)).is_none());
    });
}

#[test]
fn sessions_and_tokens() {
    on_each_store("sessions", |store| {
        two_workspaces(store);
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(11, 1, Some(A)))?;
            insert_session(tx, [2; 32], &rows::session(12, 1, None))?;
            insert_session(tx, [3; 32], &rows::session(13, 101, Some(B)))
        })
        .unwrap();
        let found = read(store, |tx| load_signed_in(tx, [1; 32], 5)).unwrap();
        assert_eq!(found.session, rows::session(11, 1, Some(A)));
        assert_eq!(found.role.as_deref(), Some("owner"));
        assert!(read(store, |tx| load_signed_in(tx, [1; 32], 100)).is_none());
        assert!(read(store, |tx| load_signed_in(tx, [9; 32], 5)).is_none());
        // Of a workspace of which it is no member it has no role.
        write(store, |tx| open_workspace(tx, id(11), id(1), B)).unwrap();
        let elsewhere = read(store, |tx| load_signed_in(tx, [1; 32], 5)).unwrap();
        assert_eq!(elsewhere.role, None);
        write(store, |tx| note_seen(tx, id(11), id(1), 9)).unwrap();
        assert_eq!(read(store, |tx| list_sessions(tx, id(1), 5)).len(), 2);
        // Nobody ends somebody else's.
        assert_eq!(write(store, |tx| end_session(tx, id(1), id(13))), Ok(false));
        assert_eq!(
            write(store, |tx| end_other_sessions(tx, id(1), id(11))),
            Ok(1)
        );
        assert_eq!(write(store, |tx| end_session(tx, id(1), id(11))), Ok(true));
        assert_eq!(write(store, |tx| remove_expired(tx, 200)), Ok(1));

        write_in(store, A, |s| insert_token(s, &rows::token(21, 1), [4; 32])).unwrap();
        let found = read(store, |tx| load_token(tx, [4; 32])).unwrap();
        assert_eq!((found.token, found.workspace_id), (rows::token(21, 1), A));
        assert_eq!(found.role, "owner");
        write_in(store, A, |s| s.touch(1)).unwrap();
        let again = read(store, |tx| load_token(tx, [4; 32])).unwrap();
        assert_eq!(again.revision, found.revision + 1);
        write_in(store, A, |s| note_used(s, id(21), 8)).unwrap();
        assert_eq!(read_in(store, A, list_tokens)[0].used_at, Some(8));
        assert!(read_in(store, B, list_tokens).is_empty());
        assert_eq!(write_in(store, B, |s| revoke_token(s, id(21), 9)), Ok(None));
        let revoked = write_in(store, A, |s| revoke_token(s, id(21), 9));
        assert_eq!(revoked.unwrap().as_deref(), Some(TEXT));
        assert!(read(store, |tx| load_token(tx, [4; 32])).is_none());
    });
}

#[test]
fn settings_and_failures() {
    on_each_store("settings", |store| {
        assert_eq!(read(store, |tx| load_setting(tx, "a")), None);
        write(store, |tx| save_setting(tx, "a", TEXT)).unwrap();
        write(store, |tx| save_setting(tx, "a", "2")).unwrap();
        assert_eq!(
            read(store, |tx| load_setting(tx, "a")).as_deref(),
            Some("2")
        );
        assert_eq!(write(store, |tx| remove_setting(tx, "a")), Ok(true));
        assert_eq!(write(store, |tx| remove_setting(tx, "a")), Ok(false));
        let tried = |since, now| write(store, move |tx| add_try(tx, "x", since, now)).unwrap();
        assert_eq!([10, 11, 12].map(|now| tried(0, now)), [1, 2, 3]);
        write(store, |tx| take_back_try(tx, "x")).unwrap();
        write(store, |tx| take_back_try(tx, "y")).unwrap();
        assert_eq!(tried(0, 13), 3);
        // What is too long ago does not count any more.
        assert_eq!(tried(20, 30), 1);
        assert_eq!(tried(20, 31), 2);
        write(store, |tx| forget_tries(tx, "x")).unwrap();
        assert_eq!(tried(20, 32), 1);
    });
}

#[test]
fn worths_are_a_history() {
    on_each_store("worths", |store| {
        two_workspaces(store);
        for (number, from) in [(31, 10), (32, 30), (33, 20)] {
            write_in(store, A, move |s| {
                insert_worth(s, &rows::worth(number, from))
            })
            .unwrap();
        }
        let days: Vec<i64> = read_in(store, A, list_worths)
            .iter()
            .map(|row| row.from_day)
            .collect();
        assert_eq!(days, [30, 20, 10]);
        assert!(read_in(store, B, list_worths).is_empty());
    });
}

#[test]
fn activities_and_wordings() {
    on_each_store("activities", |store| {
        two_workspaces(store);
        let row = rows::activity(2, "Inbox");
        assert_eq!(
            read_in(store, A, |s| load_activity(s, id(2))),
            Some(row.clone())
        );
        assert_eq!(read_in(store, B, |s| load_activity(s, id(2))), None);
        let twin = write_in(store, A, |s| {
            insert_activity(s, &rows::activity(5, "INBOX"))
        });
        assert_eq!(twin, Err(StoreError::Conflict));
        write_in(store, A, |s| {
            insert_activity(s, &rows::activity(5, "Ärger"))
        })
        .unwrap();
        write_in(store, A, |s| insert_activity(s, &rows::activity(6, "Zoo"))).unwrap();
        let names: Vec<String> = read_in(store, A, list_activities)
            .into_iter()
            .map(|row| row.name)
            .collect();
        // In the order of bytes on both databases, whatever the server's language.
        assert_eq!(names, ["Inbox", "Zoo", "Ärger"]);
        let mut changed = row;
        changed.price = None;
        changed.judgement = Some("never".to_owned());
        changed.judgement_reason = TEXT.to_owned();
        changed.back_day = Some(-1);
        changed.judged_gain = Some(("-12.50".to_owned(), "USD".to_owned()));
        let (first, second) = (changed.clone(), changed.clone());
        write_in(store, A, move |s| update_activity(s, &first)).unwrap();
        let stale = write_in(store, A, move |s| update_activity(s, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        let foreign = changed.clone();
        let foreign = write_in(store, B, move |s| update_activity(s, &foreign));
        assert_eq!(foreign, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(
            read_in(store, A, |s| load_activity(s, id(2))),
            Some(changed)
        );

        write_in(store, A, |s| save_key(s, "key", id(2))).unwrap();
        write_in(store, A, |s| save_key(s, "key", id(5))).unwrap();
        assert_eq!(read_in(store, A, list_keys), [("key".to_owned(), id(5))]);
        assert_eq!(read_in(store, A, list_wordings), [rows::wording(3, 2)]);
        let moved =
            |from, to| write_in(store, A, move |s| move_wording(s, id(3), id(from), id(to)));
        assert_eq!(moved(6, 5), Ok(false));
        assert_eq!(moved(2, 5), Ok(true));
        let used = write_in(store, A, |s| remove_activity(s, id(5)));
        assert_eq!(used, Err(StoreError::Missing));
        write_in(store, A, |s| move_all(s, id(5), id(6))).unwrap();
        write_in(store, A, |s| remove_activity(s, id(5))).unwrap();
        assert_eq!(read_in(store, A, list_keys), [("key".to_owned(), id(6))]);
        let again = write_in(store, A, |s| insert_wordings(s, &[rows::wording(3, 6)]));
        assert_eq!(again, Err(StoreError::Conflict));
    });
}

#[test]
fn options_of_an_activity() {
    on_each_store("options", |store| {
        two_workspaces(store);
        let keep = |workspace, activity, places: &'static [i64]| {
            write_in(store, workspace, move |s| {
                let rows: Vec<_> = places
                    .iter()
                    .map(|place| rows::option(activity, *place))
                    .collect();
                replace_options(s, id(activity), &rows)
            })
        };
        keep(A, 2, &[0, 1, 2]).unwrap();
        assert_eq!(
            read_in(store, A, list_options),
            [0, 1, 2].map(|place| rows::option(2, place))
        );
        assert!(read_in(store, B, list_options).is_empty());
        keep(A, 2, &[0, 1]).unwrap();
        assert_eq!(read_in(store, A, list_options).len(), 2);
        assert_eq!(keep(A, 2, &[1, 1]), Err(StoreError::Conflict));
        // What failed has changed nothing.
        assert_eq!(read_in(store, A, list_options).len(), 2);
        assert_eq!(keep(B, 2, &[0]), Err(StoreError::Missing));
        let used = write_in(store, A, |s| remove_activity(s, id(2)));
        assert_eq!(used, Err(StoreError::Missing));
        keep(A, 2, &[]).unwrap();
        assert!(read_in(store, A, list_options).is_empty());
    });
}

#[test]
fn sources_and_entries() {
    on_each_store("entries", |store| {
        two_workspaces(store);
        assert_eq!(read_in(store, A, list_sources), [rows::source(4, 1)]);
        assert_eq!(read_in(store, A, next_number), 2);
        let same_number = write_in(store, A, |s| insert_source(s, &rows::source(40, 1)));
        assert_eq!(same_number, Err(StoreError::Conflict));
        let mut undone = rows::source(5, 2);
        undone.state = "undone".to_owned();
        undone.days = None;
        let row = undone.clone();
        write_in(store, A, move |s| insert_source(s, &row)).unwrap();
        assert_eq!(
            read_in(store, A, |s| load_source(s, 2)),
            Some(undone.clone())
        );
        assert_eq!(read_in(store, A, list_sources).len(), 1);
        write_in(store, A, move |s| update_source(s, &rows::source(4, 1))).unwrap();
        let stale = write_in(store, A, move |s| update_source(s, &rows::source(4, 1)));
        assert_eq!(stale, Err(StoreError::Conflict));

        let entries = vec![
            rows::entry(51, 4, 3, Some(10)),
            rows::entry(52, 4, 3, Some(11)),
            rows::entry(53, 4, 3, None),
            rows::entry(54, 5, 3, Some(12)),
        ];
        assert_eq!(write_in(store, A, |s| insert_entries(s, entries)), Ok(4));
        let twice = write_in(store, A, |s| {
            insert_entries(s, vec![rows::entry(51, 4, 3, None)])
        });
        assert_eq!(twice, Err(StoreError::Conflict));
        let shown = |workspace, source, number| {
            read_in(store, workspace, move |s| {
                load_entry(s, id(source), id(number), |found| Ok(format!("{found:?}")))
            })
        };
        let shows = |entry: &EntryRow| Some(format!("{:?}", rows::view(entry)));
        assert_eq!(shown(A, 4, 51), shows(&rows::entry(51, 4, 3, Some(10))));
        assert_eq!(shown(A, 4, 53), shows(&rows::entry(53, 4, 3, None)));
        // What is not published is not there.
        assert_eq!(shown(A, 5, 54), None);
        assert_eq!(listed(store, (i64::MAX, Uuid::max()), 9).len(), 2);
        assert_eq!(shown(B, 4, 51), None);
        assert_eq!(read_in(store, A, |s| list_lines(s, id(4))).len(), 3);
        assert_eq!(
            read_in(store, A, |s| list_spans(s, 10, 10)),
            [(864_000, 867_600)]
        );

        assert_eq!(read_in(store, A, covered_days), 0);
        write_in(store, A, |s| reckon_times(s, id(4))).unwrap();
        write_in(store, A, |s| reckon_times(s, id(5))).unwrap();
        assert_eq!(read_in(store, A, covered_days), 2);
        let by_source = read_in(store, A, covered_by_source);
        assert!(by_source.contains(&(id(4), 10, 11)), "{by_source:?}");
        assert_eq!(read_in(store, A, |s| days_of_source(s, id(4))), [10, 11]);
        assert!(read_in(store, B, covered_by_source).is_empty());
        assert!(read_in(store, B, |s| days_of_source(s, id(4))).is_empty());
        assert_eq!(read_in(store, A, |s| sum_by_day(s, 11, 12)), [(11, 3600)]);
        assert_eq!(
            read_in(store, A, |s| counted_of_source(s, id(4))),
            (3, 10_800)
        );
        let sums = read_in(store, A, sum_by_activity);
        assert_eq!((sums[0].entries, sums[0].seconds), (3, 10_800));
        assert_eq!(sums.len(), 1);
        assert!(read_in(store, B, sum_by_activity).is_empty());
        let days = read_in(store, A, |s| days_by_activity(s, 10, 12));
        assert_eq!(days.len(), 1);
        assert_eq!((days[0].activity_id, days[0].days), (id(2), 2));
        assert_eq!((days[0].seconds, days[0].square_minutes), (7200, 7200));
        assert!(read_in(store, A, |s| days_by_activity(s, 12, 20)).is_empty());
        assert!(read_in(store, B, |s| days_by_activity(s, 0, 20)).is_empty());
        let texts = read_in(store, A, |s| list_of_activity(s, id(2)));
        assert_eq!((texts[0].1, texts[0].2), (3, 10_800));

        write_in(store, A, |s| update_counted(s, (id(4), id(51)), 600, true)).unwrap();
        write_in(store, A, |s| update_counted(s, (id(4), id(52)), 0, false)).unwrap();
        write_in(store, A, |s| reckon_times(s, id(4))).unwrap();
        assert_eq!(
            read_in(store, A, |s| counted_of_source(s, id(4))),
            (2, 4200)
        );
        assert_eq!(write_in(store, A, |s| count_all(s, id(4))), Ok(2));
        assert_eq!(write_in(store, A, |s| count_all(s, id(4))), Ok(0));

        assert_eq!(write_in(store, A, |s| remove_entries(s, id(4), 2)), Ok(2));
        assert_eq!(write_in(store, A, |s| remove_entries(s, id(4), 2)), Ok(1));
        assert_eq!(write_in(store, A, |s| remove_entries(s, id(4), 2)), Ok(0));
        assert!(read_in(store, A, sum_by_activity).is_empty());
    });
}

/// Days and ids of a page of entries.
fn listed(store: &offdesk_store::Store, before: (i64, Uuid), most: u32) -> Vec<(i64, Uuid)> {
    read_in(store, A, move |s| {
        let mut page = Vec::new();
        each_entry(s, before, most, |entry| {
            page.push((entry.day.unwrap(), entry.id));
            Ok(())
        })?;
        Ok(page)
    })
}

/// Every entry comes on exactly one page, though many have the same day.
#[test]
fn pages_of_entries_leave_nothing_out() {
    on_each_store("pages", |store| {
        two_workspaces(store);
        let entries =
            (0..100).map(|n| rows::entry(1000 + n, 4, 3, Some(i64::try_from(n / 30).unwrap())));
        let entries: Vec<_> = entries.collect();
        write_in(store, A, |s| insert_entries(s, entries)).unwrap();
        let foreign = vec![rows::entry(1, 104, 103, Some(1))];
        write_in(store, B, |s| insert_entries(s, foreign)).unwrap();
        let mut seen = Vec::new();
        let mut before = (i64::MAX, Uuid::max());
        loop {
            let page = listed(store, before, 7);
            let Some(last) = page.last() else { break };
            before = *last;
            assert!(page.len() <= 7);
            seen.extend(page);
        }
        let mut sorted = seen.clone();
        sorted.sort_by(|a, b| b.cmp(a));
        sorted.dedup();
        assert_eq!(seen.len(), 100);
        assert_eq!(seen, sorted);
    });
}

#[test]
fn uploads_are_claimed_by_one() {
    on_each_store("uploads", |store| {
        two_workspaces(store);
        write_in(store, A, |s| {
            insert_upload(s, &rows::upload(61, "receiving"))
        })
        .unwrap();
        write_in(store, A, |s| insert_part(s, id(61), 0, vec![0, 255])).unwrap();
        let twice = write_in(store, A, |s| insert_part(s, id(61), 0, vec![1]));
        assert_eq!(twice, Err(StoreError::Conflict));
        let part = read_in(store, A, |s| load_part(s, id(61), 0));
        assert_eq!(part, Some(vec![0, 255]));
        assert_eq!(read_in(store, A, |s| load_part(s, id(61), 2)), None);
        assert_eq!(read_in(store, B, |s| load_part(s, id(61), 0)), None);
        let mut queued = rows::upload(61, "queued");
        queued.received = 2;
        let (first, second) = (queued.clone(), queued);
        write_in(store, A, move |s| update_upload(s, &first)).unwrap();
        let stale = write_in(store, A, move |s| update_upload(s, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        let claim = |now: i64| write(store, move |tx| claim_queued(tx, now, now + 100)).unwrap();
        let (workspace, upload) = claim(1).unwrap();
        assert_eq!((workspace, upload.id), (A, id(61)));
        assert!(claim(2).is_none());
        // Whoever claimed it has gone away: somebody else may.
        assert!(claim(500).is_some());
        let found = read_in(store, A, |s| load_upload(s, id(61))).unwrap();
        assert_eq!(found.state, "importing");
        assert_eq!(read_in(store, A, list_uploads).len(), 1);
        assert_eq!(read_in(store, B, list_uploads).len(), 0);
        assert_eq!(write_in(store, A, |s| remove_parts(s, id(61))), Ok(1));
    });
}

#[test]
fn events_are_paged_and_answers_kept() {
    on_each_store("events", |store| {
        two_workspaces(store);
        for number in 1..=5 {
            write_in(store, A, move |s| insert_event(s, &rows::event(number, 1))).unwrap();
        }
        let page = |before: Option<u128>| {
            let found = read_in(store, A, move |s| list_events(s, before.map(id), 2));
            found.iter().map(|event| event.at).collect::<Vec<_>>()
        };
        assert_eq!(page(None), [5, 4]);
        assert_eq!(page(Some(4)), [3, 2]);
        assert_eq!(page(Some(2)), [1]);
        assert!(read_in(store, B, |s| list_events(s, None, 9)).is_empty());
        let first = read_in(store, A, |s| list_events(s, None, 1));
        assert_eq!(first, [rows::event(5, 1)]);

        let answer = AnswerRow {
            request: vec![1, 2],
            status: 201,
            body: TEXT.to_owned(),
        };
        let row = answer.clone();
        write_in(store, A, move |s| insert_answer(s, id(1), "k", &row, 7)).unwrap();
        let row = answer.clone();
        let twice = write_in(store, A, move |s| insert_answer(s, id(1), "k", &row, 8));
        assert_eq!(twice, Err(StoreError::Conflict));
        let found = |workspace| read_in(store, workspace, |s| load_answer(s, id(1), "k"));
        assert_eq!(found(A), Some(answer));
        assert_eq!(found(B), None);
        assert_eq!(write_in(store, A, |s| remove_answers(s, 7)), Ok(0));
        assert_eq!(write_in(store, A, |s| remove_answers(s, 8)), Ok(1));
    });
}

#[test]
fn a_workspace_goes_with_all_that_is_in_it() {
    on_each_store("gone", |store| {
        two_workspaces(store);
        write_in(store, A, |s| {
            insert_entries(s, vec![rows::entry(51, 4, 3, Some(10))])?;
            reckon_times(s, id(4))?;
            save_key(s, "key", id(2))?;
            insert_worth(s, &rows::worth(31, 1))?;
            insert_upload(s, &rows::upload(61, "receiving"))?;
            insert_part(s, id(61), 0, vec![1])?;
            insert_token(s, &rows::token(21, 1), [4; 32])?;
            insert_event(s, &rows::event(1, 1))
        })
        .unwrap();
        write(store, |tx| {
            insert_session(tx, [1; 32], &rows::session(11, 1, Some(A)))?;
            insert_workspace(tx, &rows::workspace(id(0xc)))
        })
        .unwrap();
        write_in(store, A, remove_workspace).unwrap();
        assert_eq!(read(store, list_workspaces), [B, id(0xc)]);
        let found = read(store, |tx| load_signed_in(tx, [1; 32], 5)).unwrap();
        assert_eq!(found.session.workspace_id, None);
        assert_eq!(read_in(store, B, list_activities).len(), 1);
    });
}
