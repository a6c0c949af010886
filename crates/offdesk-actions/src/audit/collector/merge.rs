//! Adds what one collector has taken to another.

use super::Collector;
use super::texts::{Made, keep, text_of};

impl Collector {
    /// Takes over what a collector of the same job has taken.
    pub fn take(&mut self, mut other: Self) {
        other.look_up();
        self.look_up();
        if self.groups.is_empty() && self.ledger.is_empty() && self.people.is_empty() {
            *self = other;
            return;
        }
        let contexts: Vec<u32> = other
            .contexts
            .iter()
            .map(|context| self.contexts.number(&self.state, context.clone()))
            .collect();
        let people: Vec<u32> = other
            .people
            .iter()
            .map(|name| self.people.number(&self.state, name.clone()))
            .collect();
        let mut places = Vec::with_capacity(other.groups.len());
        for (group, sum) in other.groups.iter().zip(&other.sums) {
            let example = text_of(&other.examples, group.example);
            let made = Made {
                origin: group.origin,
                context: translated(&contexts, group.context),
                is_mine: group.is_mine,
                example,
                line: group.line,
            };
            let (at, _) = self
                .find(group.hash)
                .unwrap_or_else(|| self.push(group.hash, &made));
            places.push(at);
            let at = usize::try_from(at).unwrap_or(usize::MAX);
            if let Some(mine) = self.sums.get_mut(at) {
                mine.seconds = mine.seconds.saturating_add(sum.seconds);
                mine.entries += sum.entries;
            }
            if let Some(mine) = self.groups.get_mut(at) {
                mine.mix.add_all(group.mix);
                mine.entries += group.entries;
                if group.line < mine.line {
                    mine.line = group.line;
                    if text_of(&self.examples, mine.example) != example
                        && let Some(kept) = keep(&mut self.examples, example)
                    {
                        mine.example = kept;
                    }
                }
            }
        }
        self.days.take(other.days, &places);
        self.occupied.absorb(other.occupied, &people);
        self.clients.extend(other.clients);
        for line in &mut other.ledger {
            let at = usize::try_from(line.group).ok();
            if let Some(place) = at.and_then(|at| places.get(at)) {
                line.group = *place;
            }
            line.person = translated(&people, line.person);
        }
        if self.ledger.is_empty() {
            self.ledger = other.ledger;
        } else {
            self.ledger.append(&mut other.ledger);
        }
    }
}

/// The number a value has here, of the number it has in another collector.
fn translated(table: &[u32], number: u32) -> u32 {
    if number == u32::MAX {
        return number;
    }
    let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    at.and_then(|at| table.get(at)).copied().unwrap_or(0)
}
