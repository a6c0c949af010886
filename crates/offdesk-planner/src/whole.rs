//! A problem in whole numbers: exact sums, and steps that bounds can be rounded to.

use crate::{Choice, LIMITS, Problem, ProblemError};

/// Decimals that count, as a factor.
const DECIMALS: f64 = 1e6;
/// No number is larger than this.
const LARGEST: f64 = 1e11;
/// Without a limit.
pub(crate) const FREE: i64 = i64::MAX / 4;

/// An option in whole numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item {
    pub(crate) job: usize,
    /// Its number among the options of the job.
    pub(crate) number: usize,
    pub(crate) agent: usize,
    pub(crate) load: i64,
    pub(crate) value: i64,
    pub(crate) uses: [i64; LIMITS],
}

/// A problem in whole numbers. Only options that fit by themselves are in it.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) capacities: Vec<i64>,
    pub(crate) limits: [i64; LIMITS],
    /// What each agent takes once: of the value, and of the limits.
    pub(crate) fixed: Vec<(i64, [i64; LIMITS])>,
    pub(crate) required: Vec<bool>,
    /// All options, job after job.
    pub(crate) items: Vec<Item>,
    /// Where each job's options begin, and the end.
    pub(crate) starts: Vec<usize>,
    /// The items of each agent.
    pub(crate) of_agent: Vec<Vec<usize>>,
    /// What one unit of value is.
    pub(crate) unit: f64,
    /// No plan has less value than this.
    pub(crate) least: f64,
    /// The sizes of the largest values of the jobs, and of what the agents cost, together.
    pub(crate) size: f64,
}

impl Whole {
    pub(crate) fn of(problem: &Problem) -> Result<Self, ProblemError> {
        let mut loads: Vec<i64> = vec![0; problem.capacities.len()];
        let mut use_steps = [0_i64; LIMITS];
        let mut value_step = 0_i64;
        let mut items = Vec::new();
        let mut starts = vec![0];
        for (job, of) in problem.jobs.iter().enumerate() {
            for (number, choice) in of.options.iter().enumerate() {
                let place = Some((job, number));
                let item = item(choice, job, number, place)?;
                let step = loads.get_mut(item.agent).ok_or(ProblemError::Agent {
                    option: (job, number),
                })?;
                *step = common(*step, item.load);
                for (step, of) in use_steps.iter_mut().zip(item.uses) {
                    *step = common(*step, of);
                }
                value_step = common(value_step, item.value);
                items.push(item);
            }
            starts.push(items.len());
        }
        let mut fixed = vec![(0_i64, [0_i64; LIMITS]); loads.len()];
        for (whole, given) in fixed.iter_mut().zip(&problem.fixed) {
            whole.0 = counted(given.cost, None)?;
            value_step = common(value_step, whole.0);
            for ((whole, given), step) in whole.1.iter_mut().zip(given.uses).zip(&mut use_steps) {
                *whole = counted(given, None)?;
                *step = common(*step, *whole);
            }
        }
        let value_step = value_step.max(1);
        let limited = |limit: f64, step: i64| {
            if limit == f64::INFINITY {
                return Ok(FREE);
            }
            Ok(counted(limit, None)?.div_euclid(step.max(1)))
        };
        let capacities = problem
            .capacities
            .iter()
            .zip(&loads)
            .map(|(limit, step)| limited(*limit, *step))
            .collect::<Result<Vec<i64>, _>>()?;
        let mut limits = [0; LIMITS];
        for ((limit, given), step) in limits.iter_mut().zip(problem.limits).zip(use_steps) {
            *limit = limited(given, step)?;
        }
        for item in &mut items {
            item.load /= loads.get(item.agent).copied().unwrap_or(1).max(1);
            item.value /= value_step;
            for (of, step) in item.uses.iter_mut().zip(use_steps) {
                *of /= step.max(1);
            }
        }
        for (cost, uses) in &mut fixed {
            *cost /= value_step;
            for (of, step) in uses.iter_mut().zip(use_steps) {
                *of /= step.max(1);
            }
        }
        let mut whole = Self {
            fixed,
            of_agent: vec![Vec::new(); capacities.len()],
            capacities,
            limits,
            required: problem.jobs.iter().map(|job| job.is_required).collect(),
            items: Vec::with_capacity(items.len()),
            starts: vec![0],
            unit: number(value_step) / DECIMALS,
            least: 0.0,
            size: 0.0,
        };
        for pair in starts.windows(2) {
            let &[from, to] = pair else { continue };
            let fitting = items.get(from..to).unwrap_or_default().iter();
            let fitting = fitting.filter(|item| whole.fits_alone(item)).copied();
            let fitting: Vec<Item> = fitting.collect();
            for item in fitting {
                if let Some(of_agent) = whole.of_agent.get_mut(item.agent) {
                    of_agent.push(whole.items.len());
                }
                whole.items.push(item);
            }
            whole.starts.push(whole.items.len());
        }
        whole.measure();
        Ok(whole)
    }

    /// Reckons the least value of a plan, and the size of the values.
    fn measure(&mut self) {
        let costs: f64 = self.fixed.iter().map(|(cost, _)| number(*cost)).sum();
        (self.least, self.size) = (-costs, costs);
        for job in 0..self.jobs() {
            let of_job = self.of_job(job);
            let values = self.items[of_job].iter().map(|item| number(item.value));
            self.size += values.clone().map(f64::abs).fold(0.0, f64::max);
            let least = values.fold(f64::INFINITY, f64::min);
            // A required job without an item leaves no plan at all.
            if least.is_finite() {
                self.least += if self.required[job] {
                    least
                } else {
                    least.min(0.0)
                };
            }
        }
    }

    fn fits_alone(&self, item: &Item) -> bool {
        let once = self.fixed[item.agent].1;
        let mut uses = item
            .uses
            .iter()
            .zip(once)
            .map(|(of, once)| of + once)
            .zip(self.limits);
        item.load <= self.capacities[item.agent] && uses.all(|(of, limit)| of <= limit)
    }

    pub(crate) fn jobs(&self) -> usize {
        self.required.len()
    }

    /// The places of a job's items.
    pub(crate) fn of_job(&self, job: usize) -> std::ops::Range<usize> {
        self.starts[job]..self.starts[job + 1]
    }

    /// The value of items in the units of the problem.
    pub(crate) fn shown(&self, value: f64) -> f64 {
        value * self.unit
    }
}

fn item(
    choice: &Choice,
    job: usize,
    number: usize,
    place: Option<(usize, usize)>,
) -> Result<Item, ProblemError> {
    let mut uses = [0; LIMITS];
    for (whole, given) in uses.iter_mut().zip(choice.uses) {
        *whole = counted(given, place)?;
    }
    Ok(Item {
        job,
        number,
        agent: choice.agent,
        load: counted(choice.load, place)?,
        value: signed(choice.value, place)?,
        uses,
    })
}

fn counted(given: f64, option: Option<(usize, usize)>) -> Result<i64, ProblemError> {
    if given < 0.0 {
        return Err(ProblemError::Number { option });
    }
    signed(given, option)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "within 10^17, which was checked just before"
)]
fn signed(given: f64, option: Option<(usize, usize)>) -> Result<i64, ProblemError> {
    if given.is_nan() || given.abs() > LARGEST {
        return Err(ProblemError::Number { option });
    }
    Ok((given * DECIMALS).round() as i64)
}

/// The largest number that divides both.
fn common(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a.abs(), b.abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

/// A whole number as one with decimals; what is lost beyond 53 bits is allowed for where bounds are compared.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub(crate) fn number(whole: i64) -> f64 {
    whole as f64
}
