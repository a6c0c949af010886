//! People and handoffs on both databases: terms by day, the gate, answers, changes of scope, a worker who sees only what is theirs;
//! of several at once one is done, and random sequences keep what must hold.

use offdesk_actions::accounts::NewAccount;
use offdesk_actions::accounts::actor_here;
use offdesk_actions::activities::merge_activity;
use offdesk_actions::actor::{Actor, Permission, Role};
use offdesk_actions::blueprints::{
    NewBlueprint, Publishing, create_blueprint, drop_draft, publish_blueprint, save_draft,
};
use offdesk_actions::handoffs::{
    HandoffAnswer, HandoffDetail, Move, NewHandoff, NewScope, OpenWork, answer_change_for,
    answer_for, load_handoff, move_handoff, propose_again, propose_change, propose_handoff,
    withdraw_change,
};
use offdesk_actions::hours::load_hours;
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::members::{accept_invitation, change_role, invite, remove_member};
use offdesk_actions::people::inviting::invite_person;
use offdesk_actions::people::own::export::export_own_record;
use offdesk_actions::people::own::{
    OwnFields, answer_own_change, answer_own_handoff, change_own_record, list_own_handoffs,
    load_own_handoff, load_own_record, set_off_until,
};
use offdesk_actions::people::{
    NewAccess, NewTerms, PersonFields, add_person, add_terms, change_person, grant_access,
    identify_person, list_people, load_person, remove_terms, revoke_access, set_person_state,
};
use offdesk_actions::store::checks::check_all;
use offdesk_actions::store::{Store, Uuid};
use offdesk_actions::{Error, ErrorKind};
use offdesk_domain::Day;
use offdesk_domain::handoff::{EndReason, Running, State};
use offdesk_domain::person::PersonState;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::sync::Arc;

use crate::handed_off::joined;
use crate::stores::{at_once, demo, moment, on_each_store, owner, with_worth, write};

const WHOLE: &str = include_str!("../../src/example/inbox.md");

fn fields(name: &str) -> PersonFields {
    PersonFields {
        kind: "freelancer".to_owned(),
        name: name.to_owned(),
        email: format!("{}@example.com", name.to_lowercase().replace(' ', ".")),
        place: "PH".to_owned(),
        zone: "Asia/Manila".to_owned(),
        capacity: "20".to_owned(),
        ..PersonFields::default()
    }
}

fn terms(amount: &str) -> NewTerms {
    NewTerms {
        unit: "hour".to_owned(),
        amount: amount.to_owned(),
        currency: "USD".to_owned(),
        ..NewTerms::default()
    }
}

fn person(store: &Store, owner: &Actor, name: &'static str) -> Uuid {
    let made = write(store, owner, move |tx, actor| {
        add_person(tx, actor, &fields(name), Some(&terms("14")), moment(20))
    });
    made.unwrap().row.id
}

/// An activity, a blueprint of it that is published, and a draft of another one.
struct Desk {
    owner: Actor,
    inbox: Uuid,
    expenses: Uuid,
    blueprint: Uuid,
    draft: Uuid,
}

fn desk(store: &Arc<Store>) -> Desk {
    let owner = owner(store);
    with_worth(store, &owner);
    let mut input = demo();
    import_file(store, &owner, &mut input, &Choices::default(), moment(4)).unwrap();
    let hours = write(store, &owner, |tx, actor| load_hours(tx, actor, moment(5))).unwrap();
    let (inbox, expenses) = (hours.ids["Inbox triage"], hours.ids["Expense reports"]);
    let blueprint = |activity, text: &'static str| {
        let made = write(store, &owner, move |tx, actor| {
            let new = NewBlueprint {
                text: text.to_owned(),
                activity: Some(activity),
                ..NewBlueprint::default()
            };
            create_blueprint(tx, actor, &new, moment(6))
        });
        made.unwrap().row.id
    };
    let published = blueprint(inbox, WHOLE);
    write(store, &owner, move |tx, actor| {
        let knowingly = Publishing {
            seen: None,
            is_untested: true,
            ..Publishing::default()
        };
        publish_blueprint(tx, actor, published, knowingly, moment(7))
    })
    .unwrap();
    let draft = blueprint(expenses, "# Expenses\n\n- open the folder\n");
    Desk {
        inbox,
        expenses,
        blueprint: published,
        draft,
        owner,
    }
}

impl Desk {
    fn propose(&self, store: &Store, new: NewHandoff) -> Result<HandoffDetail, Error> {
        write(store, &self.owner, move |tx, actor| {
            propose_handoff(tx, actor, &new, moment(30))
        })
    }

    fn of_inbox(&self, person: Uuid) -> NewHandoff {
        NewHandoff::new(self.inbox, self.blueprint, person)
    }

    fn go(&self, store: &Store, id: Uuid, what: Move) -> Result<HandoffDetail, Error> {
        write(store, &self.owner, move |tx, actor| {
            move_handoff(tx, actor, id, what, "", None, moment(40))
        })
    }

    fn answer(
        &self,
        store: &Store,
        id: Uuid,
        answer: HandoffAnswer,
    ) -> Result<HandoffDetail, Error> {
        write(store, &self.owner, move |tx, actor| {
            answer_for(tx, actor, id, answer, "by telephone", None, moment(35))
        })
    }
}

fn faults(store: &Store) -> Vec<String> {
    let checked = store.read(check_all).wait().unwrap();
    checked.into_iter().flat_map(|check| check.faults).collect()
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>, code: &str) {
    assert_eq!(outcome.unwrap_err().code, code);
}

/// A link counts for the address it was made for, and for somebody who works here.
#[test]
fn an_open_invitation_ends_with_the_address_and_with_the_work() {
    on_each_store("people_uninvited", |store| {
        let owner = owner(store);
        let add = |name: &'static str| {
            let added = write(store, &owner, move |tx, actor| {
                add_person(tx, actor, &fields(name), None, moment(20))
            });
            added.unwrap().row.id
        };
        let invited = |id| {
            write(store, &owner, move |tx, actor| {
                invite_person(tx, actor, id, moment(21))
            })
            .unwrap()
        };
        let comes = |secret| {
            let account = NewAccount {
                name: "Ana".to_owned(),
                email: String::new(),
                password: "four green frogs".to_owned(),
            };
            accept_invitation(store, &secret, &account, "a phone", moment(23)).map(|_| ())
        };
        let (mended, gone) = (add("Ana"), add("Bo"));
        let (of_mended, of_gone) = (invited(mended), invited(gone));
        write(store, &owner, move |tx, actor| {
            let right = PersonFields {
                email: "ana@example.org".to_owned(),
                ..fields("Ana")
            };
            change_person(tx, actor, mended, &right, None, moment(22))?;
            set_person_state(tx, actor, gone, PersonState::Former, None, moment(22))
        })
        .unwrap();
        refused(comes(of_mended), "invitation.wrong");
        refused(comes(of_gone), "invitation.wrong");
        let found = write(store, &owner, move |tx, actor| {
            load_person(tx, actor, mended, moment(24))
        });
        assert!(found.unwrap().invitations.is_empty());
    });
}

#[test]
fn people_are_added_paid_let_in_and_leave() {
    on_each_store("people", |store| {
        let owner = owner(store);
        let ana = person(store, &owner, "Ana");
        for (field, code) in [
            ("kind", "person.kind"),
            ("name", "name.empty"),
            ("email", "account.email"),
            ("place", "person.place"),
            ("zone", "person.zone"),
            ("capacity", "person.capacity"),
        ] {
            let mut wrong = fields("Bo");
            let text = match field {
                "kind" => &mut wrong.kind,
                "name" => &mut wrong.name,
                "email" => &mut wrong.email,
                "place" => &mut wrong.place,
                "zone" => &mut wrong.zone,
                _ => &mut wrong.capacity,
            };
            *text = if field == "name" { "" } else { "169 x" }.to_owned();
            let outcome = write(store, &owner, move |tx, actor| {
                add_person(tx, actor, &wrong, None, moment(21))
            });
            let error = outcome.unwrap_err();
            assert_eq!((error.code, error.field), (code, field));
        }
        // A raise from a day on: until then what was paid before holds.
        let raise = NewTerms {
            from: Day::from_ymd(2027, 1, 1),
            ..terms("16")
        };
        let detail = write(store, &owner, move |tx, actor| {
            add_terms(tx, actor, ana, &raise, moment(24))
        })
        .unwrap();
        assert_eq!(detail.now.unwrap().to_string(), "14.00 USD an hour");
        assert_eq!(detail.terms.len(), 2);
        let raised = detail.terms[1].id;
        let later = write(store, &owner, move |tx, actor| {
            load_person(tx, actor, ana, moment(60 * 86_400))
        });
        assert_eq!(later.unwrap().now.unwrap().to_string(), "16.00 USD an hour");
        let remove = || {
            write(store, &owner, move |tx, actor| {
                remove_terms(tx, actor, ana, raised, moment(25))
            })
        };
        assert_eq!(remove().unwrap().terms.len(), 1);
        refused(remove(), "not_found");

        let access = NewAccess {
            what: "Booking system".to_owned(),
            ..NewAccess::default()
        };
        let detail = write(store, &owner, move |tx, actor| {
            grant_access(tx, actor, ana, &access, moment(26))
        })
        .unwrap();
        let key = detail.access[0].id;
        assert_eq!(detail.open_access().count(), 1);
        let revoke = |day: Option<Day>| {
            write(store, &owner, move |tx, actor| {
                revoke_access(tx, actor, ana, key, day, moment(27))
            })
        };
        refused(revoke(Day::from_ymd(2026, 11, 1)), "access.day");
        assert_eq!(revoke(None).unwrap().open_access().count(), 0);
        refused(revoke(None), "access.revoked");

        let change = |seen| {
            write(store, &owner, move |tx, actor| {
                change_person(tx, actor, ana, &fields("Ana Maria"), seen, moment(28))
            })
        };
        assert_eq!(change(Some(1)).unwrap().row.name, "Ana Maria");
        refused(change(Some(1)), "person.changed");
        let find = |which: &'static str| {
            write(store, &owner, move |tx, actor| {
                identify_person(tx, actor, which)
            })
        };
        assert_eq!(find("ana maria").unwrap(), ana);
        refused(find("Zoe"), "not_found");
        person(store, &owner, "Bo");
        person(store, &owner, "Bo");
        refused(find("bo"), "person.which");
        let left = write(store, &owner, move |tx, actor| {
            set_person_state(tx, actor, ana, PersonState::Former, None, moment(29))
        });
        assert_eq!(left.unwrap().state, PersonState::Former);
        let names = write(store, &owner, |tx, actor| {
            let rows = list_people(tx, actor, None, 9)?;
            Ok(rows.into_iter().map(|row| row.name).collect::<Vec<_>>())
        });
        assert_eq!(names.unwrap(), ["Bo", "Bo", "Ana Maria"]);
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_handoff_from_the_gate_to_its_end() {
    on_each_store("handoff", |store| {
        let desk = desk(store);
        let ana = person(store, &desk.owner, "Ana");
        let draft = NewHandoff::new(desk.expenses, desk.draft, ana);
        refused(desk.propose(store, draft.clone()), "handoff.unpublished");
        let other = NewHandoff::new(desk.expenses, desk.blueprint, ana);
        refused(desk.propose(store, other), "handoff.blueprint");
        let change = |change: fn(&mut NewHandoff), code: &str| {
            let mut new = desk.of_inbox(ana);
            change(&mut new);
            refused(desk.propose(store, new), code);
        };
        change(|new| new.rung = 4, "handoff.rung");
        change(|new| new.in_a_row = 11, "handoff.in_a_row");
        change(
            |new| {
                new.is_critical = true;
                new.rung = 1;
            },
            "handoff.critical",
        );
        change(|new| new.answer_by_hours = 0, "handoff.answer_by");
        change(|new| new.accept_after_days = 91, "handoff.accept_after");
        change(|new| new.trial_length = 51, "handoff.trial");
        change(|new| new.person = Uuid::from_u128(9), "not_found");
        change(|new| new.activity = Uuid::from_u128(9), "not_found");
        change(|new| new.terms = Some(terms("-1")), "terms.range");
        assert_eq!(faults(store), [""; 0]);

        let knowingly = NewHandoff {
            is_unpublished: true,
            ..draft
        };
        desk.propose(store, knowingly).unwrap();
        // What is handed off cannot be thrown away under somebody's hands.
        let draft = desk.draft;
        let dropped = write(store, &desk.owner, move |tx, actor| {
            drop_draft(tx, actor, draft, None, moment(31))
        });
        refused(dropped.map(|_| ()), "blueprint.handed_off");

        let made = desk.propose(store, desk.of_inbox(ana)).unwrap();
        let id = made.summary.handoff.row.id;
        assert_eq!(made.summary.activity, "Inbox triage");
        assert_eq!(
            made.summary.handoff.agreement.agreed.terms.amount(),
            "14.00"
        );
        refused(desk.propose(store, desk.of_inbox(ana)), "handoff.already");
        let expected: serde_json::Value =
            serde_json::from_str(&made.summary.handoff.row.expected).unwrap();
        assert_eq!(expected["figures"]["rate"], 14.0, "{expected}");
        assert!(expected["net_value"].as_f64().unwrap() > 0.0, "{expected}");
        assert!(expected["hours_per_week"].as_f64().unwrap() > 0.0);

        refused(desk.go(store, id, Move::Begin), "handoff.state");
        desk.answer(store, id, HandoffAnswer::Decline).unwrap();
        refused(
            desk.answer(store, id, HandoffAnswer::Accept),
            "handoff.state",
        );
        // What holds for a new one holds where it is proposed again: they work here, and have it under no other handoff.
        let anew = || {
            write(store, &desk.owner, move |tx, actor| {
                propose_again(tx, actor, id, &NewScope::default(), None, moment(32))
            })
        };
        let second = desk.propose(store, desk.of_inbox(ana)).unwrap();
        let second = second.summary.handoff.row.id;
        refused(anew(), "handoff.already");
        let end = Move::End(EndReason::Finished, OpenWork::Unsaid);
        desk.go(store, second, end).unwrap();
        let again = write(store, &desk.owner, move |tx, actor| {
            let new = NewScope {
                terms: Some(terms("15.50")),
                note: "More, since you asked.".to_owned(),
                ..NewScope::default()
            };
            propose_again(tx, actor, id, &new, None, moment(32))
        });
        let again = again.unwrap().summary.handoff;
        assert_eq!(again.state, State::Proposed);
        assert_eq!(again.row.note, "More, since you asked.");
        let accepted = desk.answer(store, id, HandoffAnswer::Accept).unwrap();
        assert_eq!(
            accepted.summary.handoff.agreement.agreed.terms.amount(),
            "15.50"
        );
        let begun = desk.go(store, id, Move::Begin).unwrap();
        let trial = Running::Trial { done: 0, of: 3 };
        assert_eq!(begun.summary.handoff.state, State::Running(trial));
        let paused = desk.go(store, id, Move::Pause).unwrap();
        assert_eq!(paused.summary.handoff.state, State::Paused(trial));
        desk.go(store, id, Move::Resume).unwrap();
        let active = desk.go(store, id, Move::EndTrial).unwrap();
        assert_eq!(
            active.summary.handoff.state,
            State::Running(Running::Active)
        );
        let end = Move::End(EndReason::TakenBack, OpenWork::Unsaid);
        let ended = desk.go(store, id, end).unwrap();
        let words: Vec<&str> = ended.history.iter().map(|it| it.event.as_str()).collect();
        assert_eq!(
            words,
            [
                "end",
                "end_trial",
                "resume",
                "pause",
                "begin",
                "accept",
                "propose",
                "decline",
                "propose"
            ]
        );
        assert_eq!(ended.history[0].detail, "taken back");
        assert_eq!(ended.history[5].detail, "by telephone");
        refused(desk.go(store, id, end), "handoff.state");
        // It can be handed off again, and the activity can go into another one.
        desk.propose(store, desk.of_inbox(ana)).unwrap();
        let (inbox, into) = (desk.inbox, desk.expenses);
        write(store, &desk.owner, move |tx, actor| {
            merge_activity(tx, actor, inbox, into, None, moment(50))
        })
        .unwrap();
        let moved = write(store, &desk.owner, move |tx, actor| {
            load_handoff(tx, actor, id)
        });
        assert_eq!(moved.unwrap().summary.activity, "Expense reports");
        assert_eq!(faults(store), [""; 0]);
    });
}

#[test]
fn a_change_of_scope_reopens_price_and_date() {
    on_each_store("scope", |store| {
        let desk = desk(store);
        let ana = person(store, &desk.owner, "Ana");
        let id = desk.propose(store, desk.of_inbox(ana)).unwrap();
        let id = id.summary.handoff.row.id;
        let propose = |new: NewScope| {
            write(store, &desk.owner, move |tx, actor| {
                propose_change(tx, actor, id, &new, None, moment(36))
            })
        };
        let more = || NewScope {
            terms: Some(terms("18")),
            note: "Two more mailboxes.".to_owned(),
            ..NewScope::default()
        };
        refused(propose(more()), "handoff.not_agreed");
        desk.answer(store, id, HandoffAnswer::Accept).unwrap();
        refused(propose(NewScope::default()), "handoff.same");
        let open = propose(more()).unwrap().summary.handoff;
        assert_eq!(open.agreement.agreed.terms.amount(), "14.00");
        assert_eq!(open.agreement.proposed.unwrap().terms.amount(), "18.00");
        let settle = |answer| {
            write(store, &desk.owner, move |tx, actor| {
                answer_change_for(tx, actor, id, answer, "", None, moment(37))
            })
        };
        let kept = settle(HandoffAnswer::Decline).unwrap().summary.handoff;
        assert_eq!(kept.agreement.agreed.terms.amount(), "14.00");
        assert_eq!(
            (kept.agreement.proposed, kept.row.change_note.as_str()),
            (None, "")
        );
        refused(settle(HandoffAnswer::Accept), "handoff.no_change");
        // A new version of the blueprint is a change of scope, too.
        let blueprint = desk.blueprint;
        write(store, &desk.owner, move |tx, actor| {
            let text = format!("{WHOLE}\nOne more thing.\n");
            save_draft(tx, actor, blueprint, &text, "", None, moment(38))?;
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            publish_blueprint(tx, actor, blueprint, knowingly, moment(39))
        })
        .unwrap();
        let newest = || NewScope {
            takes_newest: true,
            ..NewScope::default()
        };
        propose(newest()).unwrap();
        let withdraw = || {
            write(store, &desk.owner, move |tx, actor| {
                withdraw_change(tx, actor, id, None, moment(40))
            })
        };
        withdraw().unwrap();
        refused(withdraw(), "handoff.no_change");
        propose(newest()).unwrap();
        let agreed = settle(HandoffAnswer::Accept).unwrap().summary.handoff;
        assert_eq!(agreed.agreement.agreed.blueprint, 2);
        // What is over has no open change.
        propose(more()).unwrap();
        let end = Move::End(EndReason::Finished, OpenWork::Unsaid);
        let ended = desk.go(store, id, end).unwrap().summary.handoff;
        assert_eq!(ended.agreement.proposed, None);
        assert_eq!(faults(store), [""; 0]);
    });
}

/// Which day it is somebody knows by the clock where they are.
fn off_by_their_own_clock(store: &Arc<Store>, worker: &Actor) {
    let lives = |zone: &str| {
        let fields = OwnFields {
            name: "Ana".to_owned(),
            zone: zone.to_owned(),
            ..OwnFields::default()
        };
        write(store, worker, move |tx, actor| {
            change_own_record(tx, actor, &fields, None, moment(44))
        })
        .unwrap();
    };
    let off = |at, day| {
        write(store, worker, move |tx, actor| {
            set_off_until(tx, actor, Day::from_ymd(2026, 11, day), moment(at))
        })
    };
    let is_off = |at| {
        let record = write(store, worker, move |tx, actor| {
            load_own_record(tx, actor, moment(at))
        });
        record.unwrap().off_until.is_some()
    };
    const HOUR: i64 = 3_600;
    // At noon of the 24th of Greenwich it is the 25th there.
    lives("Pacific/Kiritimati");
    refused(off(0, 25), "person.off");
    off(0, 26).unwrap();
    // Three hours after its midnight it is the 23rd there.
    lives("America/Los_Angeles");
    off(-9 * HOUR, 24).unwrap();
    assert!(is_off(-9 * HOUR));
    assert!(!is_off(-3 * HOUR));
}

#[test]
fn a_worker_joins_and_sees_only_what_is_theirs() {
    on_each_store("worker", |store| {
        let desk = desk(store);
        let (ana, bo) = (
            person(store, &desk.owner, "Ana"),
            person(store, &desk.owner, "Bo"),
        );
        let role = write(store, &desk.owner, |tx, actor| {
            invite(tx, actor, "x@example.com", Role::Worker, moment(21))
        });
        refused(role.map(|_| ()), "member.role");
        let worker = joined(store, &desk.owner, ana, "Ana");
        assert_eq!(worker.membership.unwrap().1, Role::Worker);
        for permission in [
            Permission::See,
            Permission::Edit,
            Permission::Import,
            Permission::Manage,
            Permission::Administer,
        ] {
            assert!(!worker.may(permission), "{permission:?}");
        }
        assert!(worker.may(Permission::Work) && !desk.owner.may(Permission::Work));
        // On the machine itself the owner need not say who they are: workers run nothing there.
        let here = write(store, &desk.owner, |tx, _| actor_here(tx, None, None));
        assert_eq!(here.unwrap().account, desk.owner.account);
        let invite_again = write(store, &desk.owner, move |tx, actor| {
            invite_person(tx, actor, ana, moment(24))
        });
        refused(invite_again.map(|_| ()), "person.joined");

        let id = desk.propose(store, desk.of_inbox(ana)).unwrap();
        let id = id.summary.handoff.row.id;
        let others = desk.propose(store, desk.of_inbox(bo)).unwrap();
        let others = others.summary.handoff.row.id;
        refused(
            desk.answer(store, id, HandoffAnswer::Accept),
            "handoff.own_answer",
        );
        let own = write(store, &worker, list_own_handoffs).unwrap();
        assert_eq!(own.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
        let load = |which| {
            write(store, &worker, move |tx, actor| {
                load_own_handoff(tx, actor, which)
            })
        };
        assert_eq!(load(id).unwrap().text, WHOLE);
        refused(load(others), "not_found");
        let say = |which| {
            write(store, &worker, move |tx, actor| {
                answer_own_handoff(
                    tx,
                    actor,
                    which,
                    HandoffAnswer::Accept,
                    "",
                    Some(1),
                    moment(41),
                )
            })
        };
        refused(say(others), "not_found");
        say(id).unwrap();
        refused(say(id), "handoff.changed");
        let by = write(store, &desk.owner, move |tx, actor| {
            load_handoff(tx, actor, id)
        });
        assert_eq!(by.unwrap().history[0].account_name, "Ana");
        write(store, &desk.owner, move |tx, actor| {
            let new = NewScope {
                terms: Some(terms("17")),
                ..NewScope::default()
            };
            propose_change(tx, actor, id, &new, None, moment(42))
        })
        .unwrap();
        let settle = |answer| {
            write(store, &worker, move |tx, actor| {
                answer_own_change(tx, actor, id, answer, "", None, moment(43))
            })
        };
        settle(HandoffAnswer::Accept).unwrap();
        refused(settle(HandoffAnswer::Accept), "handoff.no_change");

        let off = |day| {
            write(store, &worker, move |tx, actor| {
                set_off_until(tx, actor, day, moment(44))
            })
        };
        off_by_their_own_clock(store, &worker);
        off(Day::from_ymd(2026, 12, 8)).unwrap();
        refused(off(Day::from_ymd(2026, 11, 24)), "person.off");
        refused(off(Day::from_ymd(2029, 1, 1)), "person.off");
        let fields = OwnFields {
            name: "Ana Maria".to_owned(),
            zone: "Asia/Tokyo".to_owned(),
            ..OwnFields::default()
        };
        write(store, &worker, move |tx, actor| {
            change_own_record(tx, actor, &fields, None, moment(45))
        })
        .unwrap();
        let record = write(store, &worker, |tx, actor| {
            load_own_record(tx, actor, moment(46))
        });
        let record = record.unwrap();
        assert_eq!(record.row.name, "Ana Maria");
        assert_eq!(record.off_until, Day::from_ymd(2026, 12, 8));
        let all = write(store, &worker, |tx, actor| {
            export_own_record(tx, actor, moment(47))
        });
        let all = all.unwrap();
        let rows = |table: &str| {
            let kept = all["kept"].as_array().into_iter().flatten();
            let found = kept.filter(|it| it["table"] == table);
            found
                .map(|it| it["rows"].as_array().map_or(0, Vec::len))
                .sum::<usize>()
        };
        for table in [
            "person",
            "person_terms",
            "handoff",
            "handoff_event",
            "event",
        ] {
            assert!(rows(table) > 0, "{table}: {all}");
        }
        let all = all.to_string();
        assert!(all.contains("Ana Maria") && all.contains("17.00"), "{all}");
        for hidden in ["expected", "net_value", "hours_freed", "\"Bo\"", "bo@"] {
            assert!(!all.contains(hidden), "{hidden}: {all}");
        }

        // Nobody else has work of their own; the role is neither given nor taken on the page of the members.
        let owners = write(store, &desk.owner, list_own_handoffs);
        refused(owners.map(|_| ()), "forbidden");
        let account = worker.account;
        for role in [Role::Manager, Role::Worker] {
            let changed = write(store, &desk.owner, move |tx, actor| {
                change_role(tx, actor, account, role, moment(48))
            });
            refused(changed, "member.role");
        }
        assert_eq!(faults(store), [""; 0]);
        write(store, &desk.owner, move |tx, actor| {
            remove_member(tx, actor, account, moment(49))
        })
        .unwrap();
        let left = write(store, &desk.owner, move |tx, actor| {
            load_person(tx, actor, ana, moment(50))
        });
        assert_eq!(left.unwrap().row.account_id, None);
        assert_eq!(faults(store), [""; 0]);
    });
}

/// Of several who answer, end or change at once exactly one is done, and the others are told that somebody was quicker.
#[test]
fn sec_27_a_handoff_is_answered_once() {
    on_each_store("race_handoff", |store| {
        let desk = desk(store);
        let ana = person(store, &desk.owner, "Ana");
        let worker = joined(store, &desk.owner, ana, "Ana");
        let id = desk.propose(store, desk.of_inbox(ana)).unwrap();
        let id = id.summary.handoff.row.id;
        let outcomes = at_once(6, |number| {
            if number % 3 == 2 {
                return write(store, &desk.owner, move |tx, actor| {
                    let end = Move::End(EndReason::Dropped, OpenWork::Unsaid);
                    move_handoff(tx, actor, id, end, "", Some(1), moment(60))
                })
                .map(|_| ());
            }
            let answer = if number % 3 == 0 {
                HandoffAnswer::Accept
            } else {
                HandoffAnswer::Decline
            };
            write(store, &worker, move |tx, actor| {
                answer_own_handoff(tx, actor, id, answer, "", Some(1), moment(60))
            })
        });
        let done = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(done, 1, "{outcomes:?}");
        for error in outcomes.into_iter().filter_map(Result::err) {
            assert_eq!(error.kind, ErrorKind::Conflict, "{error:?}");
        }
        let history = write(store, &desk.owner, move |tx, actor| {
            load_handoff(tx, actor, id)
        });
        assert_eq!(history.unwrap().history.len(), 2);
        assert_eq!(faults(store), [""; 0]);
    });
}

/// Whatever is done in whatever order, what must hold holds, and every step is in the history.
#[test]
fn random_sequences_keep_what_must_hold() {
    on_each_store("handoff_random", |store| {
        let desk = desk(store);
        let ana = person(store, &desk.owner, "Ana");
        let config = Config {
            cases: 12,
            failure_persistence: None,
            ..Config::default()
        };
        let mut runner = TestRunner::new(config);
        let steps = proptest::collection::vec(0..10_u8, 1..25);
        let outcome = runner.run(&steps, |steps| {
            let made = desk.propose(store, desk.of_inbox(ana)).unwrap();
            let id = made.summary.handoff.row.id;
            let mut done = 1;
            for step in &steps {
                let change = NewScope {
                    terms: Some(terms(&format!("{}", 10 + done))),
                    ..NewScope::default()
                };
                let outcome = match step {
                    0 => desk.answer(store, id, HandoffAnswer::Accept),
                    1 => desk.answer(store, id, HandoffAnswer::Decline),
                    2 => desk.go(store, id, Move::Begin),
                    3 => desk.go(store, id, Move::EndTrial),
                    4 => desk.go(store, id, Move::Pause),
                    5 => desk.go(store, id, Move::Resume),
                    6 => write(store, &desk.owner, move |tx, actor| {
                        propose_change(tx, actor, id, &change, None, moment(61))
                    }),
                    7 => write(store, &desk.owner, move |tx, actor| {
                        let accept = HandoffAnswer::Accept;
                        answer_change_for(tx, actor, id, accept, "", None, moment(62))
                    }),
                    8 => write(store, &desk.owner, move |tx, actor| {
                        propose_again(tx, actor, id, &NewScope::default(), None, moment(63))
                    }),
                    _ => desk.go(store, id, Move::End(EndReason::Finished, OpenWork::Unsaid)),
                };
                match outcome {
                    Ok(_) => done += 1,
                    Err(error) => prop_assert_eq!(error.kind, ErrorKind::Conflict),
                }
            }
            let now = write(store, &desk.owner, move |tx, actor| {
                load_handoff(tx, actor, id)
            });
            let now = now.unwrap();
            prop_assert_eq!(now.history.len(), done);
            let row = &now.summary.handoff.row;
            prop_assert_eq!(&now.history[0].state, &row.state);
            if !matches!(row.state.as_str(), "ended") {
                desk.go(store, id, Move::End(EndReason::Dropped, OpenWork::Unsaid))
                    .unwrap();
            }
            Ok(())
        });
        outcome.unwrap();
        assert_eq!(faults(store), [""; 0]);
    });
}
