//! Takes entries from the importers, in one piece or in parts read side by side.

use std::any::Any;
use std::hash::BuildHasher;
use std::sync::Arc;

use offdesk_import::{Entry, Sink};

use super::texts::{Line, day_of};
use super::{Collector, MOST_CLIENTS, RECENT_CLIENTS, TOGETHER};

impl Collector {
    fn note_client(&mut self, client: &str) {
        if client.is_empty() {
            return;
        }
        let hash = self.hash_of_bytes(client.as_bytes());
        let slot = usize::try_from(hash % RECENT_CLIENTS as u64).unwrap_or(0);
        match self.recent_clients.get_mut(slot) {
            Some(recent) if *recent == hash => return,
            Some(recent) => *recent = hash,
            None => {}
        }
        if self.clients.len() < MOST_CLIENTS && !self.clients.contains(client) {
            self.clients.insert(client.to_owned());
        }
    }

    fn note_line(&mut self, entry: &Entry<'_>, group: u32, person: u32) {
        let external_id = if entry.external_id.is_empty() {
            0
        } else {
            self.state.hash_one(entry.external_id)
        };
        self.ledger.push(Line {
            group,
            person,
            day: entry.day.map(|day| day.0),
            span: entry.span,
            seconds: entry.seconds,
            fingerprint: self.state.hash_one(entry.printed()),
            external_id,
        });
    }
}

impl Sink for Collector {
    fn entry(&mut self, entry: &Entry<'_>) {
        let group = if self.job.rules.is_empty() {
            self.take_texts(entry);
            u32::MAX
        } else {
            let at = self.group_by_rule(entry);
            self.add_up(at, entry.seconds, day_of(entry));
            at
        };
        self.note_client(entry.client);
        // Comparing two empty texts may touch the address of an empty String, which costs as much as an entry.
        let is_nobody = entry.person.is_empty() && self.last_person.0.is_empty();
        if !is_nobody && self.last_person.0 != entry.person {
            let number = self.people.number(&self.state, entry.person.to_owned());
            self.last_person = (entry.person.to_owned(), number);
        }
        let person = self.last_person.1;
        self.occupied
            .add(person, entry.day.map(|day| day.0), entry.span);
        if self.job.keeps_ledger {
            self.note_line(entry, group, person);
        }
        if self.waiting.len() >= TOGETHER {
            self.look_up();
        }
    }

    fn fork(&self) -> Box<dyn Sink> {
        Box::new(Self::new(Arc::clone(&self.job)))
    }

    fn absorb(&mut self, fork: Box<dyn Sink>) {
        if let Ok(fork) = fork.into_any().downcast::<Self>() {
            self.take(*fork);
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
