//! A process that renames, prices, splits and merges activities is killed at moments chosen by chance: what was acknowledged is there, and
//! what is there is whole.

use std::collections::HashSet;
use std::sync::Arc;

use offdesk_actions::accounts;
use offdesk_actions::activities::{
    list_activities, load_activity, merge_activity, price_activity, rename_activity, split_activity,
};
use offdesk_actions::actor::Actor;
use offdesk_actions::imports::{Choices, import_file};
use offdesk_actions::store::activities::ActivityRow;
use offdesk_actions::store::{Store, StoreError, Uuid};
use offdesk_actions::upkeep::verify;
use offdesk_actions::{Error, Moment};
use offdesk_domain::PriceRange;
use rust_decimal::Decimal;

use super::{Honesty, KILLS, KILLS_IN_CI, kill, now, say, task, variable};
use crate::stores::{demo, each_address, moment, owner, write};

/// What the activity is called that is edited: at first, and then with where it was renamed.
const FIRST: &str = "Inbox triage";
const MAILS: &str = "Mails ";
/// What is split off it and merged back.
const PART: &str = "Part ";

#[test]
fn edits_acknowledged_are_not_lost_when_the_process_is_killed() {
    let kills = variable(KILLS).map_or(KILLS_IN_CI, |kills| kills.parse().unwrap());
    each_address("kills_edits", |address| {
        let store = Arc::new(Store::open(address).unwrap());
        let actor = owner(&store);
        import_file(&store, &actor, &mut demo(), &Choices::default(), moment(5)).unwrap();
        let wordings = count(&store, "SELECT count(*) FROM wording");
        drop(store);
        let mut told: HashSet<String> = HashSet::new();
        for round in 0..kills {
            told.extend(kill("kills::edits::editor", address, round, Honesty::Waits));
            let store = Store::open(address).unwrap();
            let verified = verify(&store).unwrap();
            assert!(verified.is_clean(), "round {round}: {verified:?}");
            let noted = noted(&store);
            let all: HashSet<String> = noted.iter().cloned().collect();
            let lost: Vec<&String> = told.difference(&all).collect();
            assert!(lost.is_empty(), "round {round}: {lost:?}");
            is_as_noted(&store, &actor, &noted);
            assert_eq!(count(&store, "SELECT count(*) FROM wording"), wordings);
        }
        for what in ["renamed ", "priced ", "split ", "merged "] {
            let is_there = told.iter().any(|line| line.starts_with(what));
            assert!(is_there, "no {what}: {told:?}");
        }
    });
}

fn count(store: &Store, sql: &'static str) -> i64 {
    let found: Result<Vec<i64>, StoreError> = store
        .read(move |tx| tx.query(sql, &[], |row| row.int(0)))
        .wait();
    found.unwrap()[0]
}

/// What the audit log says was done, in its order and in the words in which the killed process says so.
fn noted(store: &Store) -> Vec<String> {
    let found: Result<Vec<String>, StoreError> = store
        .read(|tx| {
            let lines = tx.query(
                "SELECT action, object, detail FROM event ORDER BY id",
                &[],
                |row| Ok((row.text(0)?, row.text(1)?, row.text(2)?)),
            )?;
            Ok(lines
                .into_iter()
                .filter_map(|(action, object, detail)| match action.as_str() {
                    "rename_activity" => Some(format!("renamed {detail}.")),
                    "price_activity" => Some(format!("priced {detail}.")),
                    "split_activity" if detail.starts_with(PART) => {
                        Some(format!("split {detail}."))
                    }
                    "merge_activity" => Some(format!("merged {object}.")),
                    _ => None,
                })
                .collect())
        })
        .wait();
    found.unwrap()
}

/// The activities are as the last edits that are noted have left them: no edit is there by half.
fn is_as_noted(store: &Store, actor: &Actor, noted: &[String]) {
    let activities = write(store, actor, list_activities).unwrap();
    let edited = edited(&activities);
    let last = |what: &str| noted.iter().rev().find_map(|line| line.strip_prefix(what));
    if let Some(name) = last("renamed ") {
        assert_eq!(format!("{}.", edited.name), name);
    }
    if let Some(price) = last("priced ") {
        let own = edited.price.as_ref().unwrap();
        assert_eq!(
            format!("{} to {} {}.", own.low, own.high, own.currency),
            price
        );
    }
    let of = |what: &str| -> HashSet<String> {
        let names = noted.iter().filter_map(|line| line.strip_prefix(what));
        names.map(str::to_owned).collect()
    };
    let (split, merged) = (of("split "), of("merged "));
    let apart: HashSet<String> = activities
        .iter()
        .filter(|it| it.name.starts_with(PART))
        .map(|it| format!("{}.", it.name))
        .collect();
    assert_eq!(&split - &merged, apart);
}

fn edited(activities: &[ActivityRow]) -> &ActivityRow {
    let mut all = activities.iter();
    all.find(|it| it.name == FIRST || it.name.starts_with(MAILS))
        .unwrap()
}

/// Not a test of its own: what the killed process does, where it was started for that.
#[test]
fn editor() {
    let Some((round, address)) = task() else {
        return;
    };
    let store = Store::open(&address).unwrap();
    let actor: Result<Actor, Error> = store.read(|tx| accounts::actor_here(tx, None, None)).wait();
    let actor = actor.unwrap();
    let activities = write(&store, &actor, list_activities).unwrap();
    let id = edited(&activities).id;
    let editor = Editor {
        store,
        actor,
        id,
        moment: now(round),
    };
    // What was split off when the process before this was killed.
    for part in activities.iter().filter(|it| it.name.starts_with(PART)) {
        editor.merge(part.id, &part.name);
    }
    for number in 0..1000 {
        editor.once(round, number);
    }
}

struct Editor {
    store: Store,
    actor: Actor,
    id: Uuid,
    moment: Moment,
}

impl Editor {
    /// Another name, another price, a part taken out and put back.
    fn once(&self, round: u64, number: u64) {
        let (id, moment) = (self.id, self.moment);
        let name = format!("{MAILS}{round}x{number}");
        let new = name.clone();
        write(&self.store, &self.actor, move |tx, actor| {
            rename_activity(tx, actor, id, &new, None, moment)
        })
        .unwrap();
        say(&format!("renamed {name}"));
        let low = Decimal::from(round * 1000 + number + 1);
        let high = low + Decimal::ONE;
        write(&self.store, &self.actor, move |tx, actor| {
            let range = PriceRange::between(low, high);
            price_activity(tx, actor, id, Some(range), None, moment)
        })
        .unwrap();
        say(&format!("priced {low} to {high} USD"));
        let name = format!("{PART}{round}x{number}");
        let new = name.clone();
        let part = write(&self.store, &self.actor, move |tx, actor| {
            let detail = load_activity(tx, actor, id)?;
            let wording = detail.wordings.first().map(|(row, ..)| row.id);
            let wordings: Vec<Uuid> = wording.into_iter().collect();
            split_activity(tx, actor, id, &wordings, &new, None, moment)
        });
        let part = part.unwrap().id;
        say(&format!("split {name}"));
        self.merge(part, &name);
    }

    fn merge(&self, part: Uuid, name: &str) {
        let (id, moment) = (self.id, self.moment);
        write(&self.store, &self.actor, move |tx, actor| {
            merge_activity(tx, actor, part, id, None, moment)
        })
        .unwrap();
        say(&format!("merged {name}"));
    }
}
