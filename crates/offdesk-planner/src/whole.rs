//! A problem in whole numbers: exact sums, and steps that bounds can be rounded to.

mod decimals;
mod steps;

use std::collections::BTreeMap;

pub(crate) use self::decimals::number;
use self::decimals::{DECIMALS, counted, item, once};
use self::steps::{coarser, divide, rounded, steps};
use crate::bound::Prices;
use crate::grid::Grid;
use crate::{Fixed, Known, LIMITS, Problem, ProblemError};

/// Without a limit.
pub(crate) const FREE: i64 = i64::MAX / 4;

/// An option in whole numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) job: usize,
    /// Its number among the options of the job.
    pub(crate) number: usize,
    pub(crate) agent: usize,
    /// The set-up it needs: of this agent alone, and the agent's first one where it needs none.
    pub(crate) set_up: usize,
    pub(crate) load: i64,
    pub(crate) value: i64,
    pub(crate) uses: [i64; LIMITS],
}

/// What is taken once: of the value, and of the limits.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Once {
    pub(crate) cost: i64,
    pub(crate) uses: [i64; LIMITS],
}

/// A problem in whole numbers. Only options that fit by themselves are in it.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) capacities: Vec<i64>,
    pub(crate) limits: [i64; LIMITS],
    /// What each agent takes once.
    pub(crate) fixed: Vec<Once>,
    /// What each set-up of each agent takes once; an agent's number stands for its work without one.
    pub(crate) set_ups: Vec<Once>,
    pub(crate) required: Vec<bool>,
    /// All options, job after job.
    pub(crate) items: Vec<Item>,
    /// Where each job's options begin, and the end.
    pub(crate) starts: Vec<usize>,
    /// Whether a job has two options of one agent.
    pub(crate) is_double: Vec<bool>,
    /// What one unit of value is.
    pub(crate) unit: f64,
    /// What one unit of each limit is.
    use_units: [f64; LIMITS],
    /// No plan has less value than this.
    pub(crate) least: i64,
    /// The sizes of the largest values of the jobs, and of all that is taken once, together.
    pub(crate) size: f64,
    pub(crate) grid: Grid,
}

impl Whole {
    pub(crate) fn of(problem: &Problem) -> Result<Self, ProblemError> {
        let mut items = Vec::new();
        let mut starts = vec![0];
        let mut set_ups = SetUps::of(problem)?;
        for (job, of) in problem.jobs.iter().enumerate() {
            for (number, choice) in of.options.iter().enumerate() {
                items.push(item(problem, choice, (job, number), &mut set_ups)?);
            }
            starts.push(items.len());
        }
        let mut set_ups = set_ups.all;
        let once = |fixed: &Fixed| once(fixed);
        let mut fixed = problem
            .fixed
            .iter()
            .map(once)
            .collect::<Result<Vec<Once>, _>>()?;
        fixed.resize(problem.capacities.len(), Once::default());
        let steps = steps(&items, &fixed, &set_ups, problem.capacities.len());
        let limited = |limit: f64, step: i64| {
            if limit == f64::INFINITY {
                return Ok(FREE);
            }
            Ok(counted(limit, None)?.div_euclid(step))
        };
        let capacities = problem.capacities.iter().zip(&steps.loads);
        let capacities = capacities
            .map(|(limit, step)| limited(*limit, *step))
            .collect::<Result<Vec<i64>, _>>()?;
        let mut limits = [0; LIMITS];
        for ((limit, given), step) in limits.iter_mut().zip(problem.limits).zip(steps.uses) {
            *limit = limited(given, step)?;
        }
        let value_step =
            steps.value * coarser(&items, &starts, fixed.iter().chain(&set_ups), steps.value);
        for item in &mut items {
            let of_agent = (capacities.get(item.agent), steps.loads.get(item.agent));
            item.load = match of_agent {
                // What is not limited is not counted.
                (Some(capacity), Some(step)) if *capacity < FREE => item.load / step,
                _ => 0,
            };
            item.value = rounded(item.value, value_step);
            divide(&mut item.uses, steps.uses, limits);
        }
        for once in fixed.iter_mut().chain(&mut set_ups) {
            once.cost = rounded(once.cost, value_step);
            divide(&mut once.uses, steps.uses, limits);
        }
        let mut whole = Self {
            fixed,
            set_ups,
            capacities,
            limits,
            required: problem.jobs.iter().map(|job| job.is_required).collect(),
            items: Vec::with_capacity(items.len()),
            starts: vec![0],
            is_double: Vec::with_capacity(problem.jobs.len()),
            unit: number(value_step) / DECIMALS,
            use_units: steps.uses.map(|step| number(step) / DECIMALS),
            least: 0,
            size: 0.0,
            grid: Grid::of(0),
        };
        for pair in starts.windows(2) {
            let &[from, to] = pair else { continue };
            let of = items.get(from..to).unwrap_or_default().iter();
            let fitting: Vec<Item> = of.filter(|item| whole.fits_alone(item)).copied().collect();
            let mut agents: Vec<usize> = fitting.iter().map(|item| item.agent).collect();
            agents.sort_unstable();
            whole
                .is_double
                .push(agents.windows(2).any(|pair| pair[0] == pair[1]));
            whole.items.extend(fitting);
            whole.starts.push(whole.items.len());
        }
        whole.measure();
        Ok(whole)
    }

    /// Reckons the least value of a plan, and how large values are together.
    fn measure(&mut self) {
        let once = self.fixed.iter().chain(&self.set_ups);
        let costs: i64 = once.map(|once| once.cost).sum();
        let (mut least, mut size) = (-costs, costs);
        for job in 0..self.jobs() {
            let values = || self.items[self.of_job(job)].iter().map(|item| item.value);
            size += values().map(i64::abs).max().unwrap_or(0);
            let lowest = values().min().unwrap_or(0);
            least += if self.required[job] {
                lowest
            } else {
                lowest.min(0)
            };
        }
        self.least = least;
        self.size = number(size);
        self.grid = Grid::of(size);
    }

    fn fits_alone(&self, item: &Item) -> bool {
        let once = self.fixed[item.agent].uses;
        let set_up = self.set_ups[item.set_up].uses;
        let fits = |at: usize| item.uses[at] + once[at] + set_up[at] <= self.limits[at];
        item.load <= self.capacities[item.agent] && (0..LIMITS).all(fits)
    }

    pub(crate) fn jobs(&self) -> usize {
        self.required.len()
    }

    pub(crate) fn agents(&self) -> usize {
        self.capacities.len()
    }

    /// The places of a job's items.
    pub(crate) fn of_job(&self, job: usize) -> std::ops::Range<usize> {
        self.starts[job]..self.starts[job + 1]
    }

    /// Prices that are known, in whole units.
    pub(crate) fn prices(&self, known: &Known) -> Prices {
        let mut limits = known.limits;
        for (price, unit) in limits.iter_mut().zip(self.use_units) {
            *price *= unit / self.unit;
        }
        let jobs = known.prices.iter().zip(&self.required);
        let price = |(price, is_required): (&f64, &bool)| {
            let price = self.grid.nearest(price / self.unit);
            if *is_required { price } else { price.max(0.0) }
        };
        Prices {
            jobs: jobs.map(price).collect(),
            limits,
        }
    }

    /// What is known after a search.
    pub(crate) fn known(&self, choices: Vec<Option<usize>>, prices: &Prices) -> Known {
        let mut limits = prices.limits;
        for (price, unit) in limits.iter_mut().zip(self.use_units) {
            *price *= self.unit / unit;
        }
        Known {
            choices,
            prices: prices.jobs.iter().map(|price| price * self.unit).collect(),
            limits,
        }
    }

    /// The value of items in the units of the problem.
    pub(crate) fn shown(&self, value: f64) -> f64 {
        value * self.unit
    }
}

/// The set-ups of agents, numbered as they are met; the first ones stand for no set-up.
struct SetUps {
    given: Vec<Once>,
    all: Vec<Once>,
    numbers: BTreeMap<(usize, usize), usize>,
}

impl SetUps {
    fn of(problem: &Problem) -> Result<Self, ProblemError> {
        let given = problem.set_ups.iter().map(once);
        Ok(Self {
            given: given.collect::<Result<_, _>>()?,
            all: vec![Once::default(); problem.capacities.len()],
            numbers: BTreeMap::new(),
        })
    }

    fn number(&mut self, agent: usize, set_up: usize) -> Option<usize> {
        let once = *self.given.get(set_up)?;
        let all = &mut self.all;
        Some(*self.numbers.entry((agent, set_up)).or_insert_with(|| {
            all.push(once);
            all.len() - 1
        }))
    }
}
