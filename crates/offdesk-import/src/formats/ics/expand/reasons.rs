//! Why an event is left out or noted, by what it says about itself and by the clock.

use super::super::clocks::Timing;
use super::super::event::Event;
use super::super::external_id;
use super::super::value::Place;
use super::{Expander, Instance};
use crate::problem::Problem;
use crate::text::clock::Local;

impl Expander<'_, '_> {
    /// Why an event is no work, by what it says about itself.
    pub(in crate::formats::ics) fn reason(&mut self, event: &Event) -> Option<Problem> {
        let calendar = self.calendars.get(event.calendar);
        let marks = event.marks;
        if marks.is_cancelled || calendar.is_some_and(|c| c.is_cancelled) {
            return Some(Problem::left_out(
                "import.cancelled_event",
                "a cancelled event",
            ));
        }
        if marks.is_all_day || event.start.is_some_and(|s| s.place == Place::Date) {
            return Some(all_day());
        }
        if let Some(declined) = &event.declined {
            let owner = calendar.map_or("", |c| c.owner.as_str());
            if !owner.is_empty() && declined.lines().any(|address| address == owner) {
                return Some(Problem::left_out(
                    "import.declined",
                    "an invitation the owner declined",
                ));
            }
            if owner.is_empty() && declined.lines().count() == 1 {
                let (count, _) = self.declined_by_somebody.get_or_insert((0, event.line));
                *count += 1;
            }
        }
        if marks.is_free {
            return Some(Problem::left_out(
                "import.free",
                "an event shown as free time",
            ));
        }
        if marks.is_away {
            return Some(Problem::left_out(
                "import.away",
                "an event shown as out of office",
            ));
        }
        if marks.is_private {
            return Some(Problem::left_out("import.private", "a private event"));
        }
        None
    }

    /// Notes the id of an event that was work once, where it is cancelled or declined now: another export may have it as work.
    pub(in crate::formats::ics) fn note_withdrawn(
        &mut self,
        event: &Event,
        timing: Option<Timing>,
        reason: &Problem,
    ) {
        let is_withdrawn = matches!(reason.code, "import.cancelled_event" | "import.declined");
        if !is_withdrawn || event.uid().is_empty() {
            return;
        }
        let original = match (event.replaces, timing) {
            (None, _) => None,
            (Some(_), Some(timing)) => self.original(event, timing),
            // Which one of its series it is, cannot be told.
            (Some(_), None) => return,
        };
        let mut id = String::new();
        external_id(event, original, &mut id);
        self.reading.withdraw(id);
    }

    pub(in crate::formats::ics) fn note_clock_change_in_window(
        &mut self,
        event: &Event,
        local: Local,
        instance: &Instance,
    ) {
        let window = self.window;
        if instance.day >= window.first && instance.day <= window.last && instance.end <= window.now
        {
            self.note_clock_change(event, local);
        }
    }

    pub(super) fn note_clock_change(&mut self, event: &Event, local: Local) {
        let (code, message) = match local {
            Local::Exact(_) => return,
            Local::Gap(_) => (
                "import.time_gap",
                "the clock skips this start; it is taken as that much later",
            ),
            Local::Fold(..) => (
                "import.time_fold",
                "the clock shows this start twice; the first time is taken",
            ),
        };
        self.tell(event, Problem::note(code, message));
    }
}

pub(super) fn all_day() -> Problem {
    Problem::left_out("import.all_day", "an all-day event")
}
