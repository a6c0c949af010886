//! A desk on which something was handed off: the owner, a worker who has joined, another one, and a person who has not.

use std::sync::Arc;

use offdesk_actions::accounts::NewAccount;
use offdesk_actions::actor::Actor;
use offdesk_actions::assignments::{
    AssignmentDetail, NewAssignment, NewDeliverable, NewFinding, NewReview, Reply,
    accept_deliverable, deliver, give_assignment, load_assignment, reply_to_assignment,
    return_deliverable,
};
use offdesk_actions::blueprints::{NewBlueprint, Publishing, create_blueprint, publish_blueprint};
use offdesk_actions::handoffs::{
    HandoffAnswer, HandoffDetail, NewHandoff, answer_for, load_handoff, propose_handoff,
};
use offdesk_actions::hours::load_hours;
use offdesk_actions::members::accept_invitation;
use offdesk_actions::people::inviting::invite_person;
use offdesk_actions::people::own::answer_own_handoff;
use offdesk_actions::people::{NewTerms, PersonFields, add_person};
use offdesk_actions::remembered::log_time;
use offdesk_actions::store::checks::check_all;
use offdesk_actions::store::{Store, Tx, Uuid};
use offdesk_actions::{Error, Moment};

use crate::stores::{actor, moment, owner, write};

const WHOLE: &str = include_str!("../../src/example/inbox.md");

/// Who and what is there.
pub struct Desk {
    pub store: Arc<Store>,
    pub owner: Actor,
    /// Ana, who does it.
    pub ana: Actor,
    /// Bo, who does something else.
    pub bo: Actor,
    pub handoff: Uuid,
    pub blueprint: Uuid,
    /// A handoff to Cem, who has not joined.
    pub other: Uuid,
}

fn person(store: &Store, owner: &Actor, name: &'static str) -> Uuid {
    let fields = PersonFields {
        kind: "freelancer".to_owned(),
        name: name.to_owned(),
        email: format!("{}@example.com", name.to_lowercase()),
        ..PersonFields::default()
    };
    let terms = NewTerms {
        unit: "assignment".to_owned(),
        amount: "20".to_owned(),
        currency: "USD".to_owned(),
        ..NewTerms::default()
    };
    let made = write(store, owner, move |tx, actor| {
        add_person(tx, actor, &fields, Some(&terms), moment(20))
    });
    made.unwrap().row.id
}

/// A person with an account of their own.
pub fn joined(store: &Store, owner: &Actor, person: Uuid, name: &str) -> Actor {
    let secret = write(store, owner, move |tx, actor| {
        invite_person(tx, actor, person, moment(22))
    })
    .unwrap();
    let account = NewAccount {
        name: name.to_owned(),
        email: String::new(),
        password: "four green frogs".to_owned(),
    };
    let signed = accept_invitation(store, &secret, &account, "a phone", moment(23)).unwrap();
    actor(store, &signed).unwrap()
}

impl Desk {
    /// A desk whose handoff to Ana is accepted, with other terms where they are asked for.
    pub fn with(store: &Arc<Store>, change: impl Fn(&mut NewHandoff)) -> Self {
        Self::by(store, true, change)
    }

    /// One whose blueprint is a draft, handed off knowingly.
    pub fn drafted(store: &Arc<Store>) -> Self {
        Self::by(store, false, |new| new.is_unpublished = true)
    }

    fn by(store: &Arc<Store>, is_published: bool, change: impl Fn(&mut NewHandoff)) -> Self {
        let owner = owner(store);
        let activity = write(store, &owner, |tx, actor| {
            log_time(tx, actor, "2h inbox", None, moment(4))?;
            let hours = load_hours(tx, actor, moment(5))?;
            Ok(*hours.ids.values().next().unwrap())
        })
        .unwrap();
        let blueprint = write(store, &owner, move |tx, actor| {
            let new = NewBlueprint {
                text: WHOLE.to_owned(),
                activity: Some(activity),
                ..NewBlueprint::default()
            };
            let id = create_blueprint(tx, actor, &new, moment(6))?.row.id;
            let knowingly = Publishing {
                seen: None,
                is_untested: true,
                ..Publishing::default()
            };
            if is_published {
                publish_blueprint(tx, actor, id, knowingly, moment(7))?;
            }
            Ok(id)
        })
        .unwrap();
        let people = ["Ana", "Bo", "Cem"].map(|name| person(store, &owner, name));
        let ana = joined(store, &owner, people[0], "Ana");
        let bo = joined(store, &owner, people[1], "Bo");
        let propose = |person| {
            let mut new = NewHandoff::new(activity, blueprint, person);
            change(&mut new);
            let made = write(store, &owner, move |tx, actor| {
                propose_handoff(tx, actor, &new, moment(30))
            });
            made.unwrap().summary.handoff.row.id
        };
        let (handoff, of_bo, other) = (propose(people[0]), propose(people[1]), propose(people[2]));
        for (who, id) in [(&ana, handoff), (&bo, of_bo)] {
            write(store, who, move |tx, actor| {
                answer_own_handoff(tx, actor, id, HandoffAnswer::Accept, "", None, moment(31))
            })
            .unwrap();
        }
        write(store, &owner, move |tx, actor| {
            answer_for(
                tx,
                actor,
                other,
                HandoffAnswer::Accept,
                "",
                None,
                moment(31),
            )
        })
        .unwrap();
        Self {
            store: Arc::clone(store),
            owner,
            ana,
            bo,
            handoff,
            blueprint,
            other,
        }
    }

    /// A desk as most are.
    pub fn of(store: &Arc<Store>) -> Self {
        Self::with(store, |_| {})
    }

    /// Does something as the owner.
    pub fn owns<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        write(&self.store, &self.owner, action)
    }

    /// Does something as Ana.
    pub fn works<T: Send + 'static>(
        &self,
        action: impl FnOnce(&mut Tx<'_>, &Actor) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        write(&self.store, &self.ana, action)
    }

    /// Gives one to Ana, due an hour after the hundredth second.
    pub fn give(&self) -> Uuid {
        self.give_at(40)
    }

    pub fn give_at(&self, at: i64) -> Uuid {
        let handoff = self.handoff;
        let given = self.owns(move |tx, actor| {
            let new = NewAssignment {
                due: Some(moment(at + 3_600).now),
                ..NewAssignment::default()
            };
            give_assignment(tx, actor, handoff, &new, moment(at))
        });
        given.unwrap().row.id
    }

    /// One that Ana has agreed to.
    pub fn agreed(&self) -> Uuid {
        let id = self.give();
        self.works(move |tx, actor| {
            reply_to_assignment(tx, actor, id, Reply::Agree, None, moment(41))
        })
        .unwrap();
        id
    }

    /// One that Ana has handed in.
    pub fn delivered(&self) -> AssignmentDetail {
        let id = self.agreed();
        self.deliver(id, moment(50)).unwrap()
    }

    pub fn deliver(&self, id: Uuid, moment: Moment) -> Result<AssignmentDetail, Error> {
        self.works(move |tx, actor| {
            let new = NewDeliverable {
                text: "Done.".to_owned(),
                without_hours: true,
                ..NewDeliverable::default()
            };
            deliver(tx, actor, id, &new, moment)?;
            load_assignment(tx, actor, id)
        })
    }

    pub fn accept(&self, id: Uuid, review: NewReview) -> Result<AssignmentDetail, Error> {
        self.owns(move |tx, actor| {
            accept_deliverable(tx, actor, id, &review, moment(60))?;
            load_assignment(tx, actor, id)
        })
    }

    pub fn send_back(
        &self,
        id: Uuid,
        findings: Vec<NewFinding>,
    ) -> Result<AssignmentDetail, Error> {
        let review = NewReview {
            findings,
            ..NewReview::default()
        };
        self.owns(move |tx, actor| {
            return_deliverable(tx, actor, id, &review, moment(60))?;
            load_assignment(tx, actor, id)
        })
    }

    pub fn load(&self, id: Uuid) -> AssignmentDetail {
        self.owns(move |tx, actor| load_assignment(tx, actor, id))
            .unwrap()
    }

    pub fn handoff(&self) -> HandoffDetail {
        let id = self.handoff;
        self.owns(move |tx, actor| load_handoff(tx, actor, id))
            .unwrap()
    }

    /// What does not hold.
    #[track_caller]
    pub fn is_clean(&self) {
        let checked = self.store.read(check_all).wait().unwrap();
        let faults: Vec<String> = checked.into_iter().flat_map(|check| check.faults).collect();
        assert_eq!(faults, [""; 0]);
    }
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>, code: &str) {
    assert_eq!(outcome.unwrap_err().code, code);
}

/// Terms of another unit and amount, in dollars.
pub fn paid_by(unit: &'static str, amount: &'static str) -> impl Fn(&mut NewHandoff) {
    move |new| {
        new.terms = Some(NewTerms {
            unit: unit.to_owned(),
            amount: amount.to_owned(),
            currency: "USD".to_owned(),
            ..NewTerms::default()
        });
    }
}
