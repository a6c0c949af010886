//! The instances of a series: rules and lists, less what is removed or replaced.

use std::ops::ControlFlow;

use offdesk_domain::Day;
use offdesk_domain::recurrence::{PrintedOn, Rule};

use super::clocks::{Lasting, Timing};
use super::event::{End, Event, Recurrence};
use super::expand::{Expander, Instance, Original, future, limit};
use super::value::Place;
use crate::problem::Problem;

const DAY: i64 = 86_400;
/// Most instances one event may give.
const PER_EVENT: usize = 10_000;

impl<'e> Expander<'e, '_> {
    /// All instances of a series. With a `reason` its own instances do not count, only those of its exceptions.
    pub fn series(
        &mut self,
        index: usize,
        event: &'e Event,
        timing: Timing,
        reason: Option<Problem>,
    ) -> Result<(), Problem> {
        let Some(recurrence) = event.recurrence.as_deref() else {
            return Ok(());
        };
        let mut later = self.later_segments(index, timing);
        if let (Some(problem), true) = (&reason, later.is_empty()) {
            return Err(problem.clone());
        }
        let found = self.found(event, timing, recurrence)?;
        let (instants, days) = self.removed(index, event, timing, recurrence);
        let mut out = Vec::new();
        let mut is_going_on = false;
        let mut was_any = false;
        let place = event.start.map_or(Place::Floating, |s| s.place);
        for (wall, lasting) in found {
            let (local, _) = self.clocks.span(timing.clock, wall, lasting);
            let original = local.instant();
            let day = Day::from_epoch_seconds(wall);
            if instants.binary_search(&original).is_ok() || days.binary_search(&day).is_ok() {
                continue;
            }
            was_any = true;
            let segment = later
                .iter_mut()
                .rev()
                .find(|segment| segment.from <= original);
            let mut instance = Instance {
                start: original,
                end: 0,
                event: index,
                original: Some(Original::At(original)),
                day,
            };
            match segment {
                Some(segment) => {
                    segment.is_met |= segment.from == original;
                    let Some(moved) = segment.timing else {
                        continue;
                    };
                    let new = self.clocks.clock(moved.clock).wall(original) + segment.shift;
                    let (local, end) = self.clocks.span(moved.clock, new, moved.lasting);
                    (instance.start, instance.end) = (local.instant(), end);
                    instance.event = segment.event;
                    instance.day =
                        self.clocks
                            .day(segment.place, new, instance.start, event.calendar);
                }
                None if reason.is_some() => continue,
                None => {
                    instance.end = self.clocks.span(timing.clock, wall, lasting).1;
                    instance.day = self.clocks.day(place, wall, original, event.calendar);
                    self.note_clock_change_in_window(event, local, &instance);
                }
            }
            if instance.end > self.window.now {
                is_going_on |= instance.day <= self.window.last;
                continue;
            }
            if instance.day >= self.window.first && instance.day <= self.window.last {
                out.push(instance);
            }
        }
        if out.is_empty() && reason.is_none() && !is_going_on {
            return Err(if was_any || self.is_outside(timing) {
                self.outside()
            } else {
                Problem::left_out(
                    "import.no_instance",
                    "every instance of this event was removed",
                )
            });
        }
        if is_going_on {
            self.tell(
                event,
                future("this event goes on repeating; what is still to come does not count"),
            );
        }
        self.room()?;
        self.instances.extend(out);
        self.unmet(later)?;
        reason.map_or(Ok(()), Err)
    }

    /// Exceptions that stand for no instance of their series count alone, once.
    fn unmet(&mut self, later: Vec<Segment>) -> Result<(), Problem> {
        let events = self.events;
        let (from, to) = (self.window.first, self.window.last);
        for segment in later.into_iter().filter(|segment| !segment.is_met) {
            let day = Day::from_epoch_seconds(segment.from);
            let (Some(timing), Some(event)) = (segment.timing, events.get(segment.event)) else {
                continue;
            };
            if day >= from && day <= to && segment.from <= self.window.now {
                self.single(
                    segment.event,
                    event,
                    timing,
                    Some(Original::At(segment.from)),
                )?;
            }
        }
        Ok(())
    }

    /// Whether a series may have instances that were not looked at: its start lies before the window or after it.
    fn is_outside(&self, timing: Timing) -> bool {
        let (from, to) = self.window.walls();
        !(from..=to).contains(&timing.wall)
    }

    /// Starts on the event's clock in and somewhat around the window, each with how long it lasts.
    fn found(
        &mut self,
        event: &Event,
        timing: Timing,
        recurrence: &Recurrence,
    ) -> Result<Vec<(i64, Lasting)>, Problem> {
        let many = || {
            limit(format!(
                "this event repeats more than {PER_EVENT} times in the period"
            ))
        };
        if recurrence.is_too_long {
            return Err(limit(
                "this event lists more dates than are read".to_owned(),
            ));
        }
        let mut walls = Vec::new();
        if recurrence.rules.is_empty() {
            walls.push(timing.wall);
        }
        self.follow(timing, &recurrence.rules, true, &mut walls)?;
        let mut except = Vec::new();
        self.follow(timing, &recurrence.except, false, &mut except)?;
        if walls.len() > PER_EVENT {
            return Err(many());
        }
        except.sort_unstable();
        walls.retain(|wall| except.binary_search(wall).is_err());
        let mut out: Vec<_> = walls
            .into_iter()
            .map(|wall| (wall, timing.lasting))
            .collect();
        let (from, to) = self.window.walls();
        for (stamp, end) in &recurrence.added {
            let instant = self.clocks.instant(*stamp, event.calendar, timing.clock);
            let wall = self.clocks.clock(timing.clock).wall(instant);
            if !(from..=to).contains(&wall) {
                continue;
            }
            let lasting = match end {
                None => timing.lasting,
                Some(End::After(length)) => Lasting::Nominal(*length),
                Some(End::At(end)) => {
                    let end = self.clocks.instant(*end, event.calendar, timing.clock);
                    Lasting::Exact((end - instant).max(0))
                }
            };
            out.push((wall, lasting));
            if out.len() > PER_EVENT {
                return Err(many());
            }
        }
        out.sort_by_key(|(wall, _)| *wall);
        out.dedup_by_key(|(wall, _)| *wall);
        Ok(out)
    }

    /// Follows rules into `walls`; with `to_now`, no further than the first instance after now.
    fn follow(
        &mut self,
        timing: Timing,
        rules: &[Rule],
        to_now: bool,
        walls: &mut Vec<i64>,
    ) -> Result<(), Problem> {
        let window = self.window.walls();
        for rule in rules {
            let until = rule.until.map(|until| match until.on {
                PrintedOn::Day => until.wall + DAY - 1,
                PrintedOn::Wall => until.wall,
                PrintedOn::Utc => self.clocks.clock(timing.clock).wall(until.wall),
            });
            let after_now = self.window.now + DAY;
            let mut count = 0;
            let walk = rule.each(
                timing.wall,
                until,
                window,
                &mut self.clocks.budget,
                &mut |wall| {
                    walls.push(wall);
                    count += 1;
                    if count > PER_EVENT || (to_now && wall > after_now) {
                        return ControlFlow::Break(());
                    }
                    ControlFlow::Continue(())
                },
            );
            if walk.is_err() {
                return Err(limit(
                    "the rule of this event goes on too long without an instance".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// Instants and days on which the series itself does not take place.
    fn removed(
        &mut self,
        index: usize,
        event: &Event,
        timing: Timing,
        recurrence: &Recurrence,
    ) -> (Vec<i64>, Vec<Day>) {
        let (mut instants, mut days) = (Vec::new(), Vec::new());
        for stamp in &recurrence.removed {
            if stamp.place == Place::Date {
                days.push(stamp.day());
            } else {
                instants.push(self.clocks.instant(*stamp, event.calendar, timing.clock));
            }
        }
        let events = self.events;
        for other in self.exceptions.get(&index).cloned().unwrap_or_default() {
            let Some(exception) = events.get(other) else {
                continue;
            };
            match exception.replaces {
                Some((stamp, false)) if stamp.place == Place::Date => days.push(stamp.day()),
                Some((stamp, false)) => {
                    let at = self.clocks.instant(stamp, event.calendar, timing.clock);
                    instants.push(at);
                    // A series of days has no times to compare with.
                    if event.start.is_some_and(|s| s.place == Place::Date) {
                        days.push(stamp.day());
                    }
                }
                _ => {}
            }
        }
        instants.sort_unstable();
        days.sort_unstable();
        (instants, days)
    }

    /// The "this and all later" exceptions of a series, by the instant from which they hold.
    fn later_segments(&mut self, index: usize, timing: Timing) -> Vec<Segment> {
        let events = self.events;
        let mut out = Vec::new();
        for other in self.exceptions.get(&index).cloned().unwrap_or_default() {
            let Some(exception) = events.get(other) else {
                continue;
            };
            let Some((stamp, true)) = exception.replaces else {
                continue;
            };
            let from = self.replaced(exception, stamp, Some(timing.clock));
            let own = self
                .clocks
                .timing(exception)
                .ok()
                .filter(|own| !own.is_whole_days && exception.problem.is_none())
                .filter(|_| self.reason(exception).is_none());
            let shift = own.map_or(0, |own| own.wall - self.clocks.clock(own.clock).wall(from));
            out.push(Segment {
                from,
                event: other,
                shift,
                timing: own,
                place: exception.start.map_or(Place::Floating, |s| s.place),
                is_met: false,
            });
        }
        out.sort_by_key(|segment| segment.from);
        out
    }
}

/// From an instant on a series follows an exception.
struct Segment {
    from: i64,
    event: usize,
    /// Seconds by which the clock time moves.
    shift: i64,
    /// When it takes place; `None` where it does not count.
    timing: Option<Timing>,
    place: Place,
    /// The series has an instance at that instant.
    is_met: bool,
}
