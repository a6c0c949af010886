//! A process that sends files, hands in and judges is killed at moments chosen by chance: nothing acknowledged is lost, nothing half done
//! is seen.

use std::collections::HashSet;
use std::sync::Arc;

use offdesk_actions::accounts;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::files::{add_file_part, begin_file};
use offdesk_actions::assignments::{
    FindingKind, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply, accept_deliverable,
    deliver, give_assignment, reply_to_assignment, return_deliverable, start_assignment,
};
use offdesk_actions::handoffs::list_handoffs;
use offdesk_actions::store::{Store, StoreError, Tx, Uuid};
use offdesk_actions::upkeep::verify;
use offdesk_actions::{Error, Moment};

use super::{Honesty, KILLS, KILLS_IN_CI, kill, now, say, task, variable};
use crate::handed_off::Desk;
use crate::stores::each_address;

/// So many bytes a part of a file has.
const PART: usize = 64 * 1024;
/// So many parts a file has.
const PARTS: usize = 3;

#[test]
fn work_acknowledged_is_not_lost_when_the_process_is_killed() {
    let kills = variable(KILLS).map_or(KILLS_IN_CI, |kills| kills.parse().unwrap());
    each_address("kills_work", |address| {
        let store = Arc::new(Store::open(address).unwrap());
        Desk::with(&store, |new| new.is_critical = true);
        drop(store);
        let mut told: HashSet<String> = HashSet::new();
        for round in 0..kills {
            told.extend(kill(
                "kills::handed::worker",
                address,
                round,
                Honesty::Waits,
            ));
            let store = Store::open(address).unwrap();
            let verified = verify(&store).unwrap();
            assert!(verified.is_clean(), "round {round}: {verified:?}");
            let there = kept(&store);
            let lost: Vec<&String> = told.difference(&there).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?}");
        }
        for what in ["part ", "in ", "judged "] {
            assert!(
                told.iter().any(|line| line.starts_with(what)),
                "no {what}: {told:?}"
            );
        }
    });
}

/// What is in the store, in the words in which the killed process says that it was done.
fn kept(store: &Store) -> HashSet<String> {
    let found: Result<HashSet<String>, StoreError> = store
        .read(|tx| {
            let mut all = HashSet::new();
            let part = i64::try_from(PART).unwrap();
            for (file, received) in
                tx.query("SELECT id, received FROM deliverable_file", &[], |row| {
                    Ok((row.id(0)?, row.int(1)?))
                })?
            {
                all.extend((1..=received / part).map(|number| format!("part {file} {number}.")));
            }
            for (what, sql) in [
                ("in", "SELECT assignment_id, round FROM deliverable"),
                ("judged", "SELECT assignment_id, round FROM review"),
            ] {
                all.extend(tx.query(sql, &[], |row| {
                    Ok(format!("{what} {} {}.", row.id(0)?, row.int(1)?))
                })?);
            }
            Ok(all)
        })
        .wait();
    found.unwrap()
}

/// Not a test of its own: what the killed process does, where it was started for that.
#[test]
fn worker() {
    let Some((round, address)) = task() else {
        return;
    };
    let store = Store::open(&address).unwrap();
    let actor: Result<Actor, Error> = store.read(|tx| accounts::actor_here(tx, None, None)).wait();
    let actor = actor.unwrap();
    let moment = now(round);
    let who = actor.clone();
    let handoffs: Result<_, Error> = store
        .read(move |tx| list_handoffs(tx, &who, None, 9))
        .wait();
    let handoffs = handoffs.unwrap();
    // Cem has not joined: the owner does all for him.
    let cem = handoffs.iter().find(|it| it.person == "Cem").unwrap();
    let work = Work {
        store,
        actor,
        handoff: cem.handoff.row.id,
        moment,
    };
    for number in 0_u64.. {
        work.once(number);
    }
}

struct Work {
    store: Store,
    actor: Actor,
    handoff: Uuid,
    moment: Moment,
}

impl Work {
    fn act<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> T {
        let who = self.actor.clone();
        let done: Result<T, Error> = self.store.write(move |tx| action(tx, &who)).wait();
        done.unwrap()
    }

    /// One assignment from given to accepted; every third is returned once.
    fn once(&self, number: u64) {
        let (handoff, moment) = (self.handoff, self.moment);
        let id = self.act(move |tx, actor| {
            let hour = jiff::SignedDuration::from_hours(1);
            let new = NewAssignment {
                due: moment.now.checked_add(hour).ok(),
                ..NewAssignment::default()
            };
            let id = give_assignment(tx, actor, handoff, &new, moment)?.row.id;
            reply_to_assignment(tx, actor, id, Reply::Agree, None, moment)?;
            Ok(id)
        });
        let length = i64::try_from(PART * PARTS).unwrap();
        let file = self.act(move |tx, actor| begin_file(tx, actor, id, "a.bin", length, moment));
        for part in 0..PARTS {
            let start = i64::try_from(PART * part).unwrap();
            let bytes = vec![u8::try_from(part).unwrap(); PART];
            let file = file.id;
            self.act(move |tx, actor| add_file_part(tx, actor, id, file, start, bytes));
            say(&format!("part {file} {}", part + 1));
        }
        self.hand_in(id, 1);
        if number % 3 == 2 {
            let review = NewReview {
                findings: vec![NewFinding {
                    kind: FindingKind::Fault,
                    step: None,
                    criterion: None,
                    text: "No date.".to_owned(),
                }],
                ..NewReview::default()
            };
            self.act(move |tx, actor| return_deliverable(tx, actor, id, &review, moment));
            say(&format!("judged {id} 1"));
            self.act(move |tx, actor| start_assignment(tx, actor, id, None, moment));
            self.hand_in(id, 2);
        }
        self.act(move |tx, actor| accept_deliverable(tx, actor, id, &NewReview::default(), moment));
        say(&format!(
            "judged {id} {}",
            if number % 3 == 2 { 2 } else { 1 }
        ));
    }

    fn hand_in(&self, id: Uuid, round: i64) {
        let moment = self.moment;
        self.act(move |tx, actor| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment)
        });
        say(&format!("in {id} {round}"));
    }
}
