//! People and handoffs: put in, found again as they were, changed once, refused in an old version and in another workspace.

use offdesk_store::blueprints::insert_blueprint;
use offdesk_store::blueprints::versions::insert_version;
use offdesk_store::handoffs::events::{insert_handoff_event, list_handoff_events};
use offdesk_store::handoffs::{
    HandoffRow, ScopeRow, insert_handoff, list_handoffs, list_of_activity, list_of_blueprint,
    list_of_person, load_handoff, update_handoff,
};
use offdesk_store::members::{
    insert_invitation, insert_member, list_invitations, remove_invitation, remove_member,
};
use offdesk_store::people::access::{insert_access, list_access, revoke_access};
use offdesk_store::people::joining::{insert_person_invitation, list_invitations_of, load_invited};
use offdesk_store::people::terms::{insert_terms, list_terms, remove_terms};
use offdesk_store::people::{
    PersonRow, count_people, insert_person, list_named, list_people, load_person, load_person_of,
    update_person,
};
use offdesk_store::workspaces::remove_workspace;
use offdesk_store::{Store, StoreError, Uuid};

use crate::rows::{self, A, B, id};
use crate::stores::{faults, on_each_store, read_in, two_workspaces, write, write_in};

/// Before everyone in the list.
const BEGINNING: (&str, &str, Uuid) = ("", "", Uuid::nil());

fn with_one(store: &Store) {
    two_workspaces(store);
    write_in(store, A, |scope| {
        insert_blueprint(scope, &rows::blueprint(50, Some(2)))?;
        insert_version(scope, &rows::version(50, 1))?;
        insert_person(scope, &rows::person(70))?;
        insert_handoff(scope, &rows::handoff(80, (2, 50, 70)))?;
        insert_handoff_event(scope, &rows::handoff_event(80, 81, "proposed"))
    })
    .unwrap();
}

#[test]
fn people_with_terms_and_access() {
    on_each_store("people", |store| {
        with_one(store);
        let load = |workspace| read_in(store, workspace, |scope| load_person(scope, id(70)));
        assert_eq!(load(A), Some(rows::person(70)));
        assert_eq!(load(B), None);
        let mut changed = PersonRow {
            name: "Noor".to_owned(),
            capacity_per_week: None,
            off_until: None,
            state: "former".to_owned(),
            account_id: Some(id(1)),
            changed_at: 9,
            ..rows::person(70)
        };
        let (first, second) = (changed.clone(), changed.clone());
        write_in(store, A, move |scope| update_person(scope, &first)).unwrap();
        let stale = write_in(store, A, move |scope| update_person(scope, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(load(A), Some(changed.clone()));
        let of = |workspace| read_in(store, workspace, |scope| load_person_of(scope, id(1)));
        assert_eq!((of(A), of(B)), (Some(changed), None));

        write_in(store, A, |scope| {
            insert_terms(scope, &rows::terms(70, 72, 20_800))?;
            insert_terms(scope, &rows::terms(70, 71, 20_800))?;
            insert_terms(scope, &rows::terms(70, 73, 20_700))?;
            insert_access(scope, &rows::access(70, 74))
        })
        .unwrap();
        let terms = read_in(store, A, |scope| list_terms(scope, id(70)));
        let ids: Vec<_> = terms.iter().map(|it| it.id).collect();
        assert_eq!(ids, [id(73), id(71), id(72)]);
        assert_eq!(terms[0], rows::terms(70, 73, 20_700));
        let remove = |workspace| {
            write_in(store, workspace, |scope| {
                remove_terms(scope, id(70), id(73))
            })
            .unwrap()
        };
        assert_eq!((remove(B), remove(A), remove(A)), (false, true, false));
        let revoke = |workspace| {
            let revoked = write_in(store, workspace, |s| {
                revoke_access(s, id(70), id(74), 20_750)
            });
            revoked.unwrap()
        };
        assert_eq!((revoke(B), revoke(A), revoke(A)), (false, true, false));
        let access = read_in(store, A, |scope| list_access(scope, id(70)));
        assert_eq!(access.len(), 1);
        assert_eq!(access[0].revoked_day, Some(20_750));
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn lists_of_people_and_those_who_join() {
    on_each_store("people_lists", |store| {
        with_one(store);
        for (number, name, state) in [
            (75, "Ana", "former"),
            (76, "Bo", "active"),
            (77, "Ana", "active"),
        ] {
            let person = PersonRow {
                name: name.to_owned(),
                state: state.to_owned(),
                ..rows::person(number)
            };
            write_in(store, A, move |scope| insert_person(scope, &person)).unwrap();
        }
        let all = read_in(store, A, |scope| list_people(scope, BEGINNING, 9));
        let ids: Vec<_> = all.iter().map(|it| it.id).collect();
        assert_eq!(ids, [id(77), id(76), id(70), id(75)]);
        let rest = read_in(store, A, |scope| {
            list_people(scope, ("active", "Bo", id(76)), 1)
        });
        assert_eq!(rest.first().map(|it| it.id), Some(id(70)));
        assert!(read_in(store, B, |scope| list_people(scope, BEGINNING, 9)).is_empty());
        assert_eq!(read_in(store, A, count_people), 4);
        assert_eq!(read_in(store, A, |scope| list_named(scope, "ANA")).len(), 2);

        write_in(store, A, |scope| {
            insert_invitation(scope, &rows::invitation(90), [7; 32])?;
            insert_person_invitation(scope, id(90), id(70))
        })
        .unwrap();
        assert_eq!(
            read_in(store, A, |scope| load_invited(scope, id(90))),
            Some(id(70))
        );
        let open = |now| read_in(store, A, move |s| list_invitations_of(s, id(70), now));
        assert_eq!(open(999), [(id(90), 1_000)]);
        assert!(open(1_000).is_empty());
        assert!(
            write_in(store, A, |scope| remove_invitation(scope, id(90)))
                .unwrap()
                .is_some()
        );
        assert!(read_in(store, A, |scope| list_invitations(scope, 1)).is_empty());

        // A person's account goes when it is no member any more; the person stays.
        let joined = PersonRow {
            account_id: Some(id(1)),
            ..rows::person(70)
        };
        write_in(store, A, move |scope| update_person(scope, &joined)).unwrap();
        let twice = PersonRow {
            account_id: Some(id(1)),
            ..rows::person(78)
        };
        let refused = write_in(store, A, move |scope| insert_person(scope, &twice));
        assert_eq!(refused, Err(StoreError::Conflict));
        assert!(write_in(store, A, |scope| remove_member(scope, id(1))).unwrap());
        let left = read_in(store, A, |scope| load_person(scope, id(70))).unwrap();
        assert_eq!((left.account_id, left.version), (None, 3));
        let worker = write(store, |tx| {
            let scope = &mut offdesk_store::Scope::new(tx, offdesk_store::WorkspaceId(A));
            insert_member(scope, id(1), "worker", 1)
        });
        worker.unwrap();
        assert_eq!(faults(store), ["workers who are no person: 1"]);
    });
}

#[test]
fn handoffs_and_their_history() {
    on_each_store("handoffs", |store| {
        with_one(store);
        let load = |workspace| read_in(store, workspace, |scope| load_handoff(scope, id(80)));
        assert_eq!(load(A), Some(rows::handoff(80, (2, 50, 70))));
        assert_eq!(load(B), None);
        let mut changed = HandoffRow {
            change: Some(ScopeRow {
                unit: "assignment".to_owned(),
                amount: "20.00".to_owned(),
                currency: "EUR".to_owned(),
                blueprint_number: 2,
                start_day: 20_730,
            }),
            change_note: rows::TEXT.to_owned(),
            state: "paused".to_owned(),
            paused_from: Some("trial".to_owned()),
            trial_done: 1,
            is_critical: true,
            changed_at: 99,
            ..rows::handoff(80, (2, 50, 70))
        };
        let (first, second) = (changed.clone(), changed.clone());
        write_in(store, A, move |scope| {
            update_handoff(scope, &first)?;
            insert_handoff_event(scope, &rows::handoff_event(80, 82, "paused"))
        })
        .unwrap();
        let stale = write_in(store, A, move |scope| update_handoff(scope, &second));
        assert_eq!(stale, Err(StoreError::Conflict));
        changed.version = 2;
        assert_eq!(load(A), Some(changed));
        let history = read_in(store, A, |scope| list_handoff_events(scope, id(80)));
        assert_eq!(
            history,
            [
                rows::handoff_event(80, 82, "paused"),
                rows::handoff_event(80, 81, "proposed")
            ]
        );
        assert_eq!(faults(store), [""; 0]);

        write_in(store, A, |scope| {
            insert_handoff(scope, &rows::handoff(83, (2, 50, 70)))?;
            insert_handoff_event(scope, &rows::handoff_event(83, 84, "proposed"))
        })
        .unwrap();
        let page = read_in(store, A, |s| list_handoffs(s, (i64::MAX, Uuid::max()), 1));
        assert_eq!(page[0].id, id(80));
        let next = read_in(store, A, |s| list_handoffs(s, (99, id(80)), 9));
        assert_eq!(next.iter().map(|it| it.id).collect::<Vec<_>>(), [id(83)]);
        for (workspace, expected) in [(A, 2), (B, 0)] {
            let counts = read_in(store, workspace, |scope| {
                Ok((
                    list_of_person(scope, id(70))?.len(),
                    list_of_activity(scope, id(2))?.len(),
                    list_of_blueprint(scope, id(50))?.len(),
                ))
            });
            assert_eq!(counts, (expected, expected, expected));
        }
        write_in(store, A, remove_workspace).unwrap();
        assert_eq!(read_in(store, A, count_people), 0);
    });
}

#[test]
fn no_reference_of_a_person_or_a_handoff_leads_into_another_workspace() {
    on_each_store("people_refs", |store| {
        with_one(store);
        write_in(store, B, |s| {
            insert_person(s, &rows::person(170))?;
            insert_invitation(s, &rows::invitation(190), [8; 32])
        })
        .unwrap();
        let member = PersonRow {
            account_id: Some(id(1)),
            ..rows::person(171)
        };
        let refused = [
            (
                "account",
                write_in(store, B, move |s| insert_person(s, &member)),
            ),
            (
                "terms",
                write_in(store, B, |s| insert_terms(s, &rows::terms(70, 172, 1))),
            ),
            (
                "access",
                write_in(store, B, |s| insert_access(s, &rows::access(70, 173))),
            ),
            (
                "invitation",
                write_in(store, A, |s| insert_person_invitation(s, id(190), id(70))),
            ),
            (
                "invited",
                write_in(store, B, |s| insert_person_invitation(s, id(190), id(70))),
            ),
            (
                "activity",
                write_in(store, A, |s| {
                    insert_handoff(s, &rows::handoff(85, (102, 50, 70)))
                }),
            ),
            (
                "blueprint",
                write_in(store, B, |s| {
                    insert_handoff(s, &rows::handoff(85, (102, 50, 170)))
                }),
            ),
            (
                "person",
                write_in(store, A, |s| {
                    insert_handoff(s, &rows::handoff(85, (2, 50, 170)))
                }),
            ),
            (
                "event",
                write_in(store, B, |s| {
                    insert_handoff_event(s, &rows::handoff_event(80, 86, "proposed"))
                }),
            ),
        ];
        for (what, outcome) in refused {
            assert_eq!(outcome, Err(StoreError::Missing), "{what}");
        }
        assert_eq!(faults(store), [""; 0]);
        for sql in [
            "UPDATE handoff SET state = 'half'",
            "UPDATE handoff SET state = 'paused'",
            "UPDATE handoff SET end_reason = 'bored'",
            "UPDATE handoff SET state = 'trial', trial_done = 3",
        ] {
            write(store, move |tx| tx.execute(sql, &[])).unwrap();
            assert!(!faults(store).is_empty(), "{sql}");
            let undo = "UPDATE handoff SET state = 'proposed', end_reason = NULL, trial_done = 0";
            write(store, move |tx| tx.execute(undo, &[])).unwrap();
            assert_eq!(faults(store), [""; 0], "{sql}");
        }
    });
}
