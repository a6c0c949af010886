//! Which job goes to which agent, so that the most value is made within the limits: an exact solver.
//!
//! Every job has options; an option names an agent and has a load on it, a value, and uses of shared limits. At most one
//! option of a job is taken, exactly one where the job is required. This is the generalised assignment problem with
//! shared knapsack rows. The bound is Lagrangian: the rows of the jobs and the shared limits are priced, and each agent
//! solves a knapsack of its own; the proof is a depth-first search over it. The crate knows no clock: a caller says when
//! to stop.

mod ascent;
mod bound;
mod dive;
mod find;
mod first;
mod grid;
mod growth;
mod knapsack;
mod near;
mod node;
mod open;
mod prices;
mod search;
mod state;
mod whole;

use self::growth::AnyPlan;
pub use self::growth::{Growth, least_growth};
use self::whole::Whole;

/// How many shared limits there are.
pub const LIMITS: usize = 2;

/// A problem, in any units; six decimals count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Problem {
    /// What each agent can carry; infinite where there is no limit.
    pub capacities: Vec<f64>,
    /// What it takes to have an agent at all, once however many jobs it does; agents beyond the end take nothing.
    pub fixed: Vec<Fixed>,
    /// Set-ups that options may need: each is paid once by every agent that does a job with it.
    pub set_ups: Vec<Fixed>,
    /// Shared limits; infinite where there is none.
    pub limits: [f64; LIMITS],
    /// The jobs.
    pub jobs: Vec<Job>,
}

/// What is taken once: to have an agent, or to set one up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Fixed {
    /// The value it takes away, 0 or more.
    pub cost: f64,
    /// What it takes of the shared limits, 0 or more each.
    pub uses: [f64; LIMITS],
}

/// A job.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Job {
    /// Whether one of its options has to be taken.
    pub is_required: bool,
    /// Its options.
    pub options: Vec<Choice>,
}

/// A way of doing a job.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Choice {
    /// The number of the agent.
    pub agent: usize,
    /// What of the agent's capacity it takes, 0 or more.
    pub load: f64,
    /// What it is worth; may be negative.
    pub value: f64,
    /// What it takes of the shared limits, 0 or more each.
    pub uses: [f64; LIMITS],
    /// The number of the set-up it needs.
    pub set_up: Option<usize>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// How good it is.
    pub status: Status,
    /// For every job the number of the option taken; `None` for none.
    pub choices: Vec<Option<usize>>,
    /// The value of the choices.
    pub value: f64,
    /// No plan has more value than this.
    pub bound: f64,
    /// Nodes of the search.
    pub nodes: u64,
    /// What helps to solve a problem like it.
    pub known: Known,
}

/// What is known of a problem that was solved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Known {
    /// For every job the number of the option taken; those that do not fit are passed over.
    pub choices: Vec<Option<usize>>,
    /// What each job is worth where the bound is least, and each limit.
    prices: Vec<f64>,
    limits: [f64; LIMITS],
}

/// How good a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No plan is better.
    Optimal,
    /// It keeps all limits; a better one may exist, up to the bound.
    Feasible,
    /// No plan keeps all limits.
    Infeasible,
    /// None was found before the time was up, and none was ruled out.
    Unknown,
}

/// Why a problem cannot be solved as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemError {
    /// A number is not one that can be: negative where it must not be, not a number, or too large.
    Number {
        /// The job, and its option; `None` for a capacity or a limit.
        option: Option<(usize, usize)>,
    },
    /// An option names an agent, or a set-up, that is not there.
    Agent {
        /// The job, and its option.
        option: (usize, usize),
    },
}

/// Finds the best plan; `stop` is asked now and then, and once it says yes the best plan so far is given.
///
/// # Errors
/// [`ProblemError`] for numbers that cannot be, and for agents and set-ups that are not there.
pub fn solve(problem: &Problem, stop: &dyn Fn() -> bool) -> Result<Plan, ProblemError> {
    let whole = Whole::of(problem)?;
    Ok(search::search(&whole, None, &any(problem, stop), stop))
}

/// Finds the best plan of a problem like one that was solved: the same jobs, with something changed. It is no other plan
/// than [`solve`] finds, only sooner.
///
/// # Errors
/// As [`solve`] has them.
pub fn solve_near(
    problem: &Problem,
    known: &Known,
    stop: &dyn Fn() -> bool,
) -> Result<Plan, ProblemError> {
    let whole = Whole::of(problem)?;
    Ok(search::search(
        &whole,
        Some(known),
        &any(problem, stop),
        stop,
    ))
}

/// Finds any plan at all.
fn any<'p>(problem: &'p Problem, stop: &'p dyn Fn() -> bool) -> impl Fn() -> AnyPlan + 'p {
    move || growth::any_placement(problem, stop)
}
