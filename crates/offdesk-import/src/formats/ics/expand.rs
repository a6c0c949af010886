//! Events to instances, and why an event does not count.

mod reasons;

use hashbrown::HashMap;
use offdesk_domain::Day;

use self::reasons::all_day;
use super::clocks::{Clocks, Timing};
use super::event::Event;
use super::parse::Calendar;
use super::roles::Role;
use super::value::Place;
use super::window::Window;
use crate::problem::Problem;
use crate::reading::Reading;

const DAY: i64 = 86_400;
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

/// Expands all events.
pub struct Expander<'e, 'r> {
    /// Where problems go.
    pub reading: &'e mut Reading<'r>,
    pub(super) calendars: &'e [Calendar],
    pub(super) events: &'e [Event],
    /// Clocks of printed times.
    pub clocks: Clocks<'e>,
    pub(super) window: Window,
    pub(super) roles: Vec<Role>,
    /// Exceptions of a series, by the series' number.
    pub(super) exceptions: HashMap<usize, Vec<usize>>,
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
    pub(super) fn tell(&mut self, event: &Event, mut problem: Problem) {
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
        if let Some(problem) = &reason {
            self.note_withdrawn(event, timing, problem);
        }
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
        let original = self.original(event, timing);
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

    /// The time at which its series would have had it start, where it replaces one of the series.
    pub(super) fn original(&mut self, event: &Event, timing: Timing) -> Option<Original> {
        let (stamp, _) = event.replaces?;
        Some(match stamp.place {
            Place::Date => Original::On(stamp.day()),
            _ => Original::At(self.replaced(event, stamp, Some(timing.clock))),
        })
    }

    /// One instance at the event's own time.
    pub(super) fn single(
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

    pub(super) fn outside(&self) -> Problem {
        if self.window.is_asked {
            return Problem::left_out("import.outside_period", "outside the asked period");
        }
        Problem::left_out(
            "import.outside_period",
            format!("not between {} and now", self.window.first),
        )
        .hint("ask for another period with --from and --to")
    }

    pub(super) fn room(&self) -> Result<(), Problem> {
        if self.instances.len() < PER_FILE {
            return Ok(());
        }
        Err(limit(format!(
            "this file gives more than {PER_FILE} events"
        )))
    }
}

pub(super) fn future(message: &str) -> Problem {
    Problem::left_out("import.future", message)
}

pub(super) fn limit(message: String) -> Problem {
    Problem::bad("import.rrule_limit", message)
        .hint("ask for a shorter period with --from and --to")
}
