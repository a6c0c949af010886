//! Events to instances: versions, series with their exceptions, and what does not count.

use std::ops::ControlFlow;

use hashbrown::HashMap;
use offdesk_domain::Day;

use super::clocks::{Clocks, Lasting, Timing};
use super::parse::{Calendar, End, Event, Recurrence};
use super::rule::Rule;
use super::value::{Place, Stamp};
use crate::options::Options;
use crate::problem::Problem;
use crate::reading::Reading;
use crate::text::clock::Local;

const DAY: i64 = 86_400;
/// Most instances one event may give.
const PER_EVENT: usize = 10_000;
/// Most instances one file may give.
const PER_FILE: usize = 1_000_000;

/// One time an event took place.
#[derive(Debug, Clone, Copy)]
pub struct Instance {
    /// Start, UTC seconds.
    pub start: i64,
    /// End, UTC seconds.
    pub end: i64,
    /// Number of its event.
    pub event: usize,
    /// For an instance of a series: which one of it.
    pub original: Option<Original>,
    /// Its civil day.
    pub day: Day,
}

/// Which instance of a series: what the series would have had it be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Original {
    /// The one that starts at this instant, UTC seconds.
    At(i64),
    /// The one on this day.
    On(Day),
}

/// What counts: days from and to, and the moment of reading.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
    /// Whether the owner asked for the first day; else it is five years back.
    pub is_asked: bool,
    /// The moment of reading, UTC seconds.
    pub now: i64,
}

impl Window {
    /// The asked period, else the five years before its end.
    pub fn of(options: &Options<'_>) -> Self {
        let now = options.now.as_second();
        let today = Day::from_epoch_seconds(now);
        let last = options.to.unwrap_or(Day(i32::MAX));
        let end = last.min(today).date();
        let year = i32::from(end.year()) - 5;
        let (month, day) = (end.month().unsigned_abs(), end.day().unsigned_abs());
        // 29 February has no fellow five years earlier.
        let back = Day::from_ymd(year, month.into(), day.into())
            .or_else(|| Day::from_ymd(year, month.into(), 28))
            .unwrap_or(today);
        Self {
            first: options.from.unwrap_or(back),
            last,
            is_asked: options.from.is_some(),
            now,
        }
    }

    /// Seconds on any clock between which instances are looked for; later than now, to see whether a series goes on.
    fn walls(self) -> (i64, i64) {
        let from = (i64::from(self.first.0) - 2) * DAY;
        let to = (i64::from(self.last.0) + 2) * DAY;
        (from, to.min(self.now + 400 * DAY))
    }
}

/// What an event is among those with its UID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A single event or a series.
    Own,
    /// Replaces an instance of a series in the file, or this and all later ones.
    Exception { is_later_too: bool },
    /// Replaces an instance of a series that is not in the file.
    Orphan,
    /// There is a newer version, in this line.
    Older(u64),
}

/// Expands all events.
pub struct Expander<'e, 'r> {
    /// Where problems go.
    pub reading: &'e mut Reading<'r>,
    calendars: &'e [Calendar],
    events: &'e [Event],
    /// Clocks of printed times.
    pub clocks: Clocks<'e>,
    window: Window,
    roles: Vec<Role>,
    /// Exceptions of a series, by the series' number.
    exceptions: HashMap<usize, Vec<usize>>,
    /// What was found.
    pub instances: Vec<Instance>,
    /// Events somebody declined, whose owner is not known: how many, and the first's line.
    pub declined_by_somebody: Option<(u64, u64)>,
    /// Whether anything repeats.
    pub has_series: bool,
}

impl<'e, 'r> Expander<'e, 'r> {
    /// An expander of a file's events.
    pub fn new(
        reading: &'e mut Reading<'r>,
        calendars: &'e [Calendar],
        events: &'e [Event],
        clocks: Clocks<'e>,
        window: Window,
    ) -> Self {
        Self {
            reading,
            calendars,
            events,
            clocks,
            window,
            roles: vec![Role::Own; events.len()],
            exceptions: HashMap::new(),
            instances: Vec::new(),
            declined_by_somebody: None,
            has_series: false,
        }
    }

    /// Expands every event, in the order of the file.
    ///
    /// # Errors
    /// `import.cancelled`.
    pub fn run(&mut self) -> Result<(), Problem> {
        self.assign_roles();
        let events = self.events;
        for (index, event) in events.iter().enumerate() {
            if index % 1024 == 1023 {
                self.reading.progress(0, 1024)?;
            }
            if let Err(problem) = self.event(index, event) {
                self.tell(event, problem);
            }
        }
        Ok(())
    }

    /// Gives a problem with the event's place, where it has none.
    fn tell(&mut self, event: &Event, mut problem: Problem) {
        if problem.line.is_none() {
            problem = problem.at(event.line);
        }
        let file = self
            .calendars
            .get(event.calendar)
            .map_or("", |c| c.file.as_str());
        if !file.is_empty() {
            let column = format!("{file} {}", problem.column);
            problem = problem.column(column.trim_end());
        }
        self.reading.problem(problem);
    }

    /// Sorts events into series, their exceptions and older versions.
    fn assign_roles(&mut self) {
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
    fn replaced(&mut self, event: &Event, stamp: Stamp, master_clock: Option<usize>) -> i64 {
        let own = master_clock
            .or_else(|| self.clocks.of(event.start?, event.calendar).ok())
            .or_else(|| self.clocks.of(stamp, event.calendar).ok())
            .unwrap_or_default();
        self.clocks.instant(stamp, event.calendar, own)
    }

    fn event(&mut self, index: usize, event: &'e Event) -> Result<(), Problem> {
        let role = self.roles.get(index).copied().unwrap_or(Role::Own);
        if let Role::Older(line) = role {
            return Err(Problem::left_out(
                "import.older_version",
                format!("the event in line {line} is a newer version of this one"),
            ));
        }
        if let Some(problem) = &event.problem {
            return Err((**problem).clone());
        }
        let reason = self.reason(event);
        let timing = match reason {
            // What is left out anyway needs no zone.
            Some(_) => self.clocks.timing(event).ok(),
            None => Some(self.clocks.timing(event)?),
        };
        let reason = reason.or_else(|| timing.is_some_and(|t| t.is_whole_days).then(all_day));
        let is_series = role == Role::Own && event.recurrence.is_some();
        if let (Some(timing), true) = (timing, is_series) {
            self.has_series = true;
            return self.series(index, event, timing, reason);
        }
        if let Some(problem) = reason {
            return Err(problem);
        }
        let Some(timing) = timing else { return Ok(()) };
        if let Role::Exception { is_later_too: true } = role {
            // Its instances are given with those of the series.
            return Ok(());
        }
        if event.replaces.is_some() && event.recurrence.is_some() {
            self.tell(
                event,
                Problem::note(
                    "import.nested_series",
                    "an exception cannot repeat itself; it counts once",
                ),
            );
        }
        let original = event.replaces.map(|(stamp, _)| match stamp.place {
            Place::Date => Original::On(stamp.day()),
            _ => Original::At(self.replaced(event, stamp, Some(timing.clock))),
        });
        if role == Role::Orphan {
            self.tell(
                event,
                Problem::note(
                    "import.orphan_override",
                    "the series of this changed event is not in the file; it counts alone",
                ),
            );
        }
        self.single(index, event, timing, original)
    }

    /// One instance at the event's own time.
    fn single(
        &mut self,
        index: usize,
        event: &Event,
        timing: Timing,
        original: Option<Original>,
    ) -> Result<(), Problem> {
        let (start, end) = self.clocks.span(timing.clock, timing.wall, timing.lasting);
        self.note_clock_change(event, start);
        let place = event.start.map_or(Place::Floating, |s| s.place);
        let instance = Instance {
            start: start.instant(),
            end,
            event: index,
            original,
            day: self
                .clocks
                .day(place, timing.wall, start.instant(), event.calendar),
        };
        self.check(&instance)?;
        self.room()?;
        self.instances.push(instance);
        Ok(())
    }

    /// Why a single instance does not count, by its time.
    fn check(&self, instance: &Instance) -> Result<(), Problem> {
        let day = instance.day;
        let next_year = Day::from_epoch_seconds(self.window.now + 366 * DAY);
        if Day::from_ymd(1990, 1, 1).is_some_and(|first| day < first) || day > next_year {
            return Err(Problem::bad(
                "import.date_range",
                format!("the date {day} is before 1990 or more than a year ahead"),
            ));
        }
        if day < self.window.first || day > self.window.last {
            return Err(self.outside());
        }
        if instance.end > self.window.now {
            return Err(future("this event is not over yet"));
        }
        Ok(())
    }

    fn outside(&self) -> Problem {
        if self.window.is_asked {
            return Problem::left_out("import.outside_period", "outside the asked period");
        }
        Problem::left_out(
            "import.outside_period",
            format!("not between {} and now", self.window.first),
        )
        .hint("ask for another period with --from and --to")
    }

    fn room(&self) -> Result<(), Problem> {
        if self.instances.len() < PER_FILE {
            return Ok(());
        }
        Err(limit(format!(
            "this file gives more than {PER_FILE} events"
        )))
    }

    /// All instances of a series. With a `reason` its own instances do not count, only those of its exceptions.
    fn series(
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
        self.follow(event, timing, &recurrence.rules, true, &mut walls)?;
        let mut except = Vec::new();
        self.follow(event, timing, &recurrence.except, false, &mut except)?;
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
        event: &Event,
        timing: Timing,
        rules: &[Rule],
        to_now: bool,
        walls: &mut Vec<i64>,
    ) -> Result<(), Problem> {
        let window = self.window.walls();
        for rule in rules {
            let until = rule.until.map(|until| match until.place {
                Place::Date => until.wall + DAY - 1,
                Place::Floating => until.wall,
                _ => {
                    let at = self.clocks.instant(until, event.calendar, timing.clock);
                    self.clocks.clock(timing.clock).wall(at)
                }
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

    /// Why an event is no work, by what it says about itself.
    fn reason(&mut self, event: &Event) -> Option<Problem> {
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
        if marks.is_private {
            return Some(Problem::left_out("import.private", "a private event"));
        }
        None
    }

    fn note_clock_change_in_window(&mut self, event: &Event, local: Local, instance: &Instance) {
        let window = self.window;
        if instance.day >= window.first && instance.day <= window.last && instance.end <= window.now
        {
            self.note_clock_change(event, local);
        }
    }

    fn note_clock_change(&mut self, event: &Event, local: Local) {
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

fn all_day() -> Problem {
    Problem::left_out("import.all_day", "an all-day event")
}

fn future(message: &str) -> Problem {
    Problem::left_out("import.future", message)
}

fn limit(message: String) -> Problem {
    Problem::bad("import.rrule_limit", message)
        .hint("ask for a shorter period with --from and --to")
}
