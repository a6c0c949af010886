//! Whether the required jobs can be placed at all.

use super::{SLACK, searched};
use crate::{LIMITS, Problem};

/// Six decimals count: what rounding to them adds up to at most, for each job and each limit.
const ROUNDED: f64 = 4e-6;
/// Whether the jobs can be placed at all is looked for among so many options.
const FOR_ANY: usize = 50_000_000;

/// For every job the number of its option; where there is none, whether that is proven.
pub(crate) type AnyPlan = Result<Vec<Option<usize>>, bool>;

/// A placement of all required jobs within the limits, looked for shortly: for every job the number of its option, nothing for those that are
/// not required. Where there is none, whether that is proven: the prices of the limits alone often do that, long before the least growth is known.
pub(crate) fn any_placement(problem: &Problem, stop: &dyn Fn() -> bool) -> AnyPlan {
    let numbers = problem.jobs.len() + problem.capacities.len() + LIMITS;
    let most = ROUNDED * f64::from(u32::try_from(numbers).unwrap_or(u32::MAX));
    let search = searched(problem, stop, (FOR_ANY, most)).ok_or(false)?;
    if search.best.0 > SLACK {
        return Err(search.is_least && search.best.0 > most);
    }
    let mut placed = search.best.1.iter().copied();
    let jobs = problem.jobs.iter();
    let placed = jobs.map(|job| job.is_required.then(|| placed.next()).flatten());
    Ok(placed.collect())
}
