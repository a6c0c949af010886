//! Who should do what: from a problem as people write it to the best plan, and why it is as it is.

mod change;
mod changes;
mod clashes;
mod eligible;
pub mod explained;
mod finding;
pub mod json;
mod mistake;
mod ruled_out;
mod set_ups;
mod unused;
pub mod words;
mod written;

pub use offdesk_planner::Status;
use offdesk_planner::{Known, Problem, ProblemError, solve};

pub use self::change::{Change, Changes, Difference, Limit, Obstacle, Outcome, Shift, Tried};
use self::eligible::Places;
pub use self::finding::{Found, Limits};
pub use self::mistake::PlanningError;
use self::ruled_out::RuledOut;
pub use self::unused::Unused;

/// People, activities and limits, checked.
#[derive(Debug, Clone)]
pub struct Planning {
    people: Vec<String>,
    activities: Vec<String>,
    excluded: Vec<Excluded>,
    unused: Vec<Unused>,
    ruled_out: Vec<RuledOut>,
    places: Places,
    problem: Problem,
}

/// A plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// How good it is.
    pub status: Status,
    /// What it brings in a week.
    pub value_per_week: f64,
    /// No plan brings more.
    pub bound: f64,
    /// Activities and who does each.
    pub choices: Vec<(String, String)>,
    /// For each of these which option of its activity it is, from 0, where the same person stands in it more than once.
    pub options: Vec<Option<usize>>,
    /// Activities that stay with the owner.
    pub kept: Vec<String>,
    /// Where there is no plan: each limit that alone is in the way, with what would do.
    pub clash: Vec<Clash>,
    /// Where there is no plan: the smallest change of the limits that would do, by the sum of how much each grows in parts of what it is
    /// (of 1, where it is less); of what grows, what it has to be.
    pub smallest_change: Vec<Clash>,
    known: Known,
    /// Nodes of the search.
    pub nodes: u64,
}

/// An option that was not considered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// The activity.
    pub activity: String,
    /// The person.
    pub person: String,
    /// Why not, in words.
    pub reason: String,
}

/// A limit that is in the way.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// Its key, or the id of an activity or person, as words.
    pub limit: String,
    /// What it is; `None` for an activity without an option.
    pub has: Option<f64>,
    /// The least it would have to be, all others as they are; `None` where that alone is not enough.
    pub needs: Option<f64>,
    /// Whether that was found out, or proven to be the smallest, before the time was up.
    pub is_known: bool,
    /// Of an activity without an option, why each was ruled out.
    pub reasons: Vec<String>,
    /// What would have to be otherwise, in words, where it is no number alone.
    pub change: Option<String>,
}

impl Clash {
    /// That of a name, of which nothing else is known yet.
    fn of(limit: String) -> Self {
        Self {
            limit,
            has: None,
            needs: None,
            is_known: true,
            reasons: Vec::new(),
            change: None,
        }
    }
}

impl Planning {
    /// The options that were not considered, each with the reason.
    #[must_use]
    pub fn excluded(&self) -> &[Excluded] {
        &self.excluded
    }

    /// The people who can do nothing, each with the reason.
    #[must_use]
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }

    /// All that was not considered.
    #[must_use]
    pub fn left_aside(&self) -> (&[Excluded], &[Unused]) {
        (&self.excluded, &self.unused)
    }

    /// Finds the best plan; `stop` says when the time is up.
    ///
    /// # Errors
    /// `plan.value` for a number that is too large.
    pub fn plan(&self, stop: &dyn Fn() -> bool) -> Result<Planned, PlanningError> {
        let found = solve(&self.problem, stop).map_err(|error| self.number(&error))?;
        let (mut choices, mut options, mut kept) = (Vec::new(), Vec::new(), Vec::new());
        for (job, activity) in self.activities.iter().enumerate() {
            match self.done_by(&self.problem, job, &found.choices) {
                Some(person) => {
                    choices.push((activity.clone(), person.clone()));
                    options.push(self.place_of(job, found.choices.get(job).copied().flatten()));
                }
                None => kept.push(activity.clone()),
            }
        }
        let (clash, smallest_change) = if found.status == Status::Infeasible {
            self.clashes(&self.problem, stop)
        } else {
            (Vec::new(), Vec::new())
        };
        Ok(Planned {
            status: found.status,
            value_per_week: found.value,
            bound: found.bound,
            choices,
            options,
            kept,
            clash,
            smallest_change,
            known: found.known,
            nodes: found.nodes,
        })
    }

    /// Where an option stands in its activity as it was written, where that says more than its person.
    fn place_of(&self, job: usize, choice: Option<usize>) -> Option<usize> {
        self.places.get(&job)?.get(choice?).copied()
    }

    fn number(&self, error: &ProblemError) -> PlanningError {
        let of = match error {
            ProblemError::Number { option } => *option,
            ProblemError::Agent { option } => Some(*option),
        };
        let activity = of.and_then(|(job, _)| self.activities.get(job));
        let message = activity.map_or_else(
            || "a limit is too large".to_owned(),
            |activity| format!("a number of \"{}\" is too large", shown(activity)),
        );
        PlanningError {
            code: "plan.value",
            message,
            path: String::new(),
            place: None,
            hint: String::new(),
        }
    }
}

fn shown(text: &str) -> String {
    offdesk_import::problem::shown(text)
}
