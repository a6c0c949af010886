//! What people are told: one mail a day at most, and a calendar of what is theirs.

use std::sync::Arc;

use offdesk_actions::Error;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::own_gone::list_own_gone;
use offdesk_actions::assignments::{
    NewAnswer, NewAssignment, NewReview, Reply, answer_question, ask_question, give_assignment,
    reply_to_assignment,
};
use offdesk_actions::assignments::{cancel_assignment, reassign_assignment};
use offdesk_actions::desk::{Kind, load_desk};
use offdesk_actions::handoffs::{
    HandoffAnswer, Move, NewChecking, NewScope, change_checking, move_handoff, propose_change,
};
use offdesk_actions::mails::{look_at_mails, set_up};
use offdesk_actions::members::remove_member;
use offdesk_actions::moment::Secret;
use offdesk_actions::notices::{
    Feed, choose_digest, digest_next, end_feed, load_digest, preview_digest, renew_feed,
};
use offdesk_actions::people::own::answer_own_change;
use offdesk_actions::store::{Store, Uuid};
use offdesk_domain::Day;

use crate::handed_off::{Desk, refused};
use crate::stores::{moment, on_each_store, write};

const DAY: i64 = 24 * 3_600;

/// Looks at digests at a moment from four sides at once, until none is left, and gives how many mails wait then.
fn looked(store: &Arc<Store>, at: i64) -> u64 {
    std::thread::scope(|threads| {
        for _ in 0..4 {
            threads.spawn(|| while digest_next(store, moment(at)).unwrap() {});
        }
    });
    store
        .read(look_at_mails)
        .wait()
        .map(|it: offdesk_actions::mails::Mails| it.waiting)
        .unwrap()
}

#[test]
fn a_digest_goes_once_a_day_and_only_where_something_waits() {
    on_each_store("notices_digest", |store| {
        let desk = Desk::of(store);
        desk.delivered();
        // Without a mail server nothing is noted, and nothing waits.
        assert_eq!(looked(store, 100), 0);
        let set = store.write(|tx| set_up(tx, Some("desk@example.com"), moment(99)));
        set.wait().unwrap();
        assert_eq!(looked(store, 100), 0);
        // The owner has a deliverable to look at; Ana has handed in, and Bo has nothing.
        assert_eq!(looked(store, 100 + DAY), 1);
        assert_eq!(looked(store, 200 + DAY), 1);
        assert_eq!(looked(store, 100 + 2 * DAY), 2);
        let off = desk.owns(|tx, actor| choose_digest(tx, actor, false, 8, moment(100 + 2 * DAY)));
        assert!(!off.unwrap().is_on);
        assert_eq!(looked(store, 100 + 3 * DAY), 2);
        // Whoever takes it up again on the same day does not get a second one.
        desk.owns(|tx, actor| choose_digest(tx, actor, true, 0, moment(100 + 3 * DAY)))
            .unwrap();
        assert_eq!(looked(store, 100 + 4 * DAY), 3);
        desk.owns(|tx, actor| choose_digest(tx, actor, true, 23, moment(200 + 4 * DAY)))
            .unwrap();
        assert_eq!(looked(store, 11 * 3_600 + 60 + 4 * DAY), 3);
        refused(
            desk.owns(|tx, actor| choose_digest(tx, actor, true, 24, moment(5))),
            "digest.hour",
        );
        assert!(desk.works(load_digest).unwrap().is_on);
        desk.is_clean();
    });
}

/// The text of the mail that waits for somebody last.
fn told(desk: &Desk, who: &Actor, after: i64, at: i64) -> String {
    let who = who.clone();
    let told = desk.store.read(move |tx| {
        let since = Some(moment(after).micros());
        preview_digest(tx, &who, since, moment(at))
    });
    told.wait().unwrap().unwrap_or_default()
}

#[test]
fn what_nobody_does_is_told_once() {
    on_each_store("notices_news", |store| {
        let desk = Desk::of(store);
        let declined = desk.give();
        desk.works(move |tx, actor| {
            reply_to_assignment(tx, actor, declined, Reply::Decline, None, moment(60))
        })
        .unwrap();
        let asked = desk.agreed();
        let question = desk
            .works(move |tx, actor| ask_question(tx, actor, asked, None, "Which?", moment(61)))
            .unwrap()
            .questions[0]
            .id;
        desk.owns(move |tx, actor| {
            let answer = NewAnswer {
                text: "The shop's.".to_owned(),
                ..NewAnswer::default()
            };
            answer_question(tx, actor, asked, question, &answer, moment(62))
        })
        .unwrap();
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let scope = NewScope {
                start: Day::from_ymd(2027, 1, 4),
                note: "Later.".to_owned(),
                ..NewScope::default()
            };
            propose_change(tx, actor, handoff, &scope, None, moment(63))
        })
        .unwrap();
        let hers = told(&desk, &desk.ana, 50, 70);
        assert!(
            hers.contains("Changes that wait for your answer:"),
            "{hers}"
        );
        assert!(hers.contains("Your questions were answered in:"), "{hers}");
        assert!(!hers.contains("The shop's"), "{hers}");
        desk.works(move |tx, actor| {
            let no = HandoffAnswer::Decline;
            answer_own_change(tx, actor, handoff, no, "Too late for me.", None, moment(64))
        })
        .unwrap();
        let news = desk
            .owns(|tx, actor| load_desk(tx, actor, 8, moment(65)))
            .unwrap()
            .news;
        let kinds: Vec<Kind> = news.iter().map(|it| it.kind).collect();
        // Bo has accepted what nothing is given under yet.
        assert_eq!(
            kinds,
            [Kind::ChangeDeclined, Kind::Declined, Kind::HandoffAccepted]
        );
        assert_eq!(news[0].why, "Too late for me.");
        let owners = told(&desk, &desk.owner, 50, 70);
        for line in [
            "Declined; nobody does them now:",
            "Changes that were declined; what was agreed goes on:",
        ] {
            assert!(owners.contains(line), "{owners}");
        }
        assert!(!owners.contains("Ana"), "{owners}");
        let later = told(&desk, &desk.owner, 65, 70);
        assert!(!later.contains("declined"), "{later}");
        desk.is_clean();
    });
}

/// Nobody works on what was taken back from them because nobody told them.
#[test]
fn whoever_had_it_is_told_that_it_was_taken_back() {
    on_each_store("notices_taken_back", |store| {
        let desk = Desk::of(store);
        let handoff = desk.handoff;
        for is_moved in [false, true] {
            let (id, other) = (desk.agreed(), desk.other);
            desk.owns(move |tx, a| match is_moved {
                true => reassign_assignment(tx, a, id, (other, None), None, moment(60)),
                false => cancel_assignment(tx, a, id, None, moment(60)),
            })
            .unwrap();
        }
        desk.owns(move |tx, a| move_handoff(tx, a, handoff, Move::Pause, "", None, moment(61)))
            .unwrap();
        let hers = told(&desk, &desk.ana, 50, 70);
        assert!(
            hers.contains(
                "Taken back from you; do not work on them:\n  Inbox triage\n  Inbox triage\n"
            ),
            "{hers}"
        );
        assert!(
            hers.contains("Nothing is given to you at the moment under:"),
            "{hers}"
        );
        let later = told(&desk, &desk.ana, 65, 70);
        assert!(!later.contains("Taken back"), "{later}");
        let gone = desk
            .works(|tx, a| list_own_gone(tx, a, None, moment(70)))
            .unwrap();
        assert_eq!((gone.assignments.len(), gone.handoffs.len()), (2, 1));
        // What changes of the handoff later makes no news of the pause.
        let checking = NewChecking {
            answer_by_hours: Some(12),
            ..NewChecking::default()
        };
        desk.owns(move |tx, a| change_checking(tx, a, handoff, checking, None, moment(80)))
            .unwrap();
        let gone = desk.works(|tx, a| list_own_gone(tx, a, Some(moment(75).micros()), moment(90)));
        assert_eq!(gone.unwrap().handoffs.len(), 0);
        desk.is_clean();
    });
}

/// Whose next move it is, is told them: what was accepted, and what is checked now.
#[test]
fn the_owner_is_told_that_the_next_move_is_theirs() {
    on_each_store("notices_moves", |store| {
        let desk = Desk::with(store, |new| new.in_a_row = 5);
        let kinds = || -> Vec<Kind> {
            let read = desk.owns(|tx, actor| load_desk(tx, actor, 8, moment(90)));
            read.unwrap().news.iter().map(|it| it.kind).collect()
        };
        // Ana's and Bo's.
        assert_eq!(kinds(), [Kind::HandoffAccepted; 2]);
        let owners = told(&desk, &desk.owner, 0, 90);
        assert!(owners.contains("Handoffs that were accepted"), "{owners}");
        for _ in 0..5 {
            let id = desk.delivered().row.id;
            desk.accept(id, NewReview::default()).unwrap();
        }
        // Whoever looked is told as well, and so is whose work it is: it was said nowhere else.
        let moved = [Kind::RungMoved, Kind::TrialPassed, Kind::HandoffAccepted];
        assert_eq!(kinds(), moved);
        let hers = told(&desk, &desk.ana, 0, 90);
        assert!(
            hers.contains("Your trial is passed:\n  ")
                && hers.contains("More or less of your work is looked at now:\n")
                && hers.contains(": every second deliverable"),
            "{hers}"
        );
        let by_another = |most| {
            desk.owns(move |tx, actor| {
                let other = Actor {
                    account: Uuid::from_u128(7),
                    ..actor.clone()
                };
                load_desk(tx, &other, most, moment(90))
            })
        };
        let news = by_another(1).unwrap().news;
        let told: Vec<Kind> = news.iter().map(|it| it.kind).collect();
        // Of each kind as many: no rung hides what waits for somebody's next move.
        assert_eq!(told, moved);
        let history = desk.handoff().history;
        assert_eq!(history[0].event, "move_rung");
        assert!(history[0].detail.contains("second"), "{history:?}");
        let handoff = desk.handoff;
        desk.owns(move |tx, actor| {
            let scope = NewScope {
                start: Day::from_ymd(2027, 1, 4),
                ..NewScope::default()
            };
            propose_change(tx, actor, handoff, &scope, None, moment(63))
        })
        .unwrap();
        desk.works(move |tx, actor| {
            answer_own_change(
                tx,
                actor,
                handoff,
                HandoffAnswer::Accept,
                "",
                None,
                moment(64),
            )
        })
        .unwrap();
        assert!(kinds().contains(&Kind::ChangeAccepted));
        desk.is_clean();
    });
}

fn address(store: &Store, who: &Actor) -> Secret {
    write(store, who, |tx, actor| renew_feed(tx, actor, moment(70))).unwrap()
}

fn read(store: &Store, secret: &Secret) -> Result<String, Error> {
    let secret = secret.clone();
    let feed = store.read(move |tx| Feed::read(tx, &secret, "https://desk.example.com"));
    feed.wait().map(|feed| feed.text)
}

fn give(desk: &Desk, handoff: Uuid, title: &'static str) {
    let given = desk.owns(move |tx, actor| {
        let new = NewAssignment {
            due: Some(moment(40 + 3_600).now),
            title: title.to_owned(),
            ..NewAssignment::default()
        };
        give_assignment(tx, actor, handoff, &new, moment(40))
    });
    given.unwrap();
}

#[test]
fn a_calendar_holds_what_is_theirs_and_nothing_of_another() {
    on_each_store("notices_feed", |store| {
        let desk = Desk::of(store);
        give(&desk, desk.handoff, "Canary of Ana");
        give(&desk, desk.other, "Canary of Cem");
        let delivered = desk.delivered().row.id.to_string();
        let (own, of_ana, of_bo) = (
            address(store, &desk.owner),
            address(store, &desk.ana),
            address(store, &desk.bo),
        );
        let all = read(store, &own).unwrap();
        assert!(
            all.contains("SUMMARY:Canary of Ana (Ana)") && all.contains("Canary of Cem (Cem)"),
            "{all}"
        );
        // What waits for a review is due no more, and says to nobody whose it is.
        assert!(!all.contains(&delivered), "{all}");
        let hers = read(store, &of_ana).unwrap();
        assert!(
            hers.contains("Canary of Ana") && hers.contains("/my/assignments/"),
            "{hers}"
        );
        assert!(!hers.contains("Cem") && !hers.contains("USD"), "{hers}");
        assert_eq!(
            read(store, &of_bo).unwrap().matches("BEGIN:VEVENT").count(),
            0
        );

        // A new address ends the old one; so does the end, and so does leaving.
        let newer = address(store, &desk.ana);
        assert_eq!(read(store, &of_ana).unwrap_err().code, "not_found");
        assert!(read(store, &newer).is_ok());
        write(store, &desk.bo, |tx, actor| end_feed(tx, actor, moment(71))).unwrap();
        assert_eq!(read(store, &of_bo).unwrap_err().code, "not_found");
        let ana = desk.ana.account;
        desk.owns(move |tx, actor| remove_member(tx, actor, ana, moment(72)))
            .unwrap();
        assert_eq!(read(store, &newer).unwrap_err().code, "not_found");
        desk.is_clean();
    });
}
