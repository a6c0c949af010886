//! Which events belong together: series, their exceptions, and older versions of the same event.

use hashbrown::HashMap;

use super::event::Event;
use super::expand::Expander;
use super::value::{Place, Stamp};

/// What an event is among those with its UID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A single event or a series.
    Own,
    /// Replaces an instance of a series in the file, or this and all later ones.
    Exception {
        /// And all later ones.
        is_later_too: bool,
    },
    /// Replaces an instance of a series that is not in the file.
    Orphan,
    /// There is a newer version, in this line.
    Older(u64),
}

impl Expander<'_, '_> {
    /// Sorts events into series, their exceptions and older versions.
    pub fn assign_roles(&mut self) {
        let events = self.events;
        let key = |i: &usize| events.get(*i).map(|e| (e.calendar, e.uid()));
        let mut order: Vec<usize> = (0..events.len())
            .filter(|i| events.get(*i).is_some_and(|e| !e.uid().is_empty()))
            .collect();
        order.sort_by_key(|i| key(i));
        for group in order.chunk_by(|a, b| key(a) == key(b)) {
            let is_single = group.len() == 1;
            let mut versions: HashMap<Option<(i64, bool)>, usize> = HashMap::new();
            let master_clock = group
                .iter()
                .filter_map(|i| events.get(*i))
                .find(|e| e.replaces.is_none())
                .and_then(|e| self.clocks.of(e.start?, e.calendar).ok());
            for index in group {
                let Some(event) = events.get(*index) else {
                    continue;
                };
                let which = event.replaces.map(|(stamp, _)| {
                    let at = self.replaced(event, stamp, master_clock);
                    (at, stamp.place == Place::Date)
                });
                if is_single && which.is_none() {
                    continue;
                }
                let Some(other) = versions.insert(which, *index) else {
                    continue;
                };
                let Some(rival) = events.get(other) else {
                    continue;
                };
                if rival.version > event.version {
                    versions.insert(which, other);
                    self.set_role(*index, Role::Older(rival.line));
                } else {
                    self.set_role(other, Role::Older(event.line));
                }
            }
            let master = versions.get(&None).copied();
            for index in group {
                let Some((_, is_later_too)) = events.get(*index).and_then(|e| e.replaces) else {
                    continue;
                };
                if matches!(self.roles.get(*index), Some(Role::Older(_))) {
                    continue;
                }
                match master {
                    Some(master) => {
                        self.set_role(*index, Role::Exception { is_later_too });
                        self.exceptions.entry(master).or_default().push(*index);
                    }
                    None => self.set_role(*index, Role::Orphan),
                }
            }
        }
    }

    fn set_role(&mut self, index: usize, role: Role) {
        if let Some(slot) = self.roles.get_mut(index) {
            *slot = role;
        }
    }

    /// The instant an exception stands for; a time without a zone is on the series' clock.
    pub fn replaced(&mut self, event: &Event, stamp: Stamp, master_clock: Option<usize>) -> i64 {
        let own = master_clock
            .or_else(|| self.clocks.of(event.start?, event.calendar).ok())
            .or_else(|| self.clocks.of(stamp, event.calendar).ok())
            .unwrap_or_default();
        self.clocks.instant(stamp, event.calendar, own)
    }
}
