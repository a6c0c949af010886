//! Steps in which all numbers of a kind are whole.

use super::decimals::common;
use super::{FREE, Item, Once};
use crate::{LIMITS, grid};

/// The largest steps in which all numbers of a kind are whole.
pub(super) struct Steps {
    pub(super) loads: Vec<i64>,
    pub(super) uses: [i64; LIMITS],
    pub(super) value: i64,
}

/// The steps of all numbers of a problem.
pub(super) fn steps(items: &[Item], fixed: &[Once], set_ups: &[Once], agents: usize) -> Steps {
    let mut steps = Steps {
        loads: vec![0; agents],
        uses: [0; LIMITS],
        value: 0,
    };
    let common_uses = |steps: &mut [i64; LIMITS], uses: [i64; LIMITS]| {
        for (step, of) in steps.iter_mut().zip(uses) {
            *step = common(*step, of);
        }
    };
    for item in items {
        if let Some(step) = steps.loads.get_mut(item.agent) {
            *step = common(*step, item.load);
        }
        steps.value = common(steps.value, item.value);
        common_uses(&mut steps.uses, item.uses);
    }
    for once in fixed.iter().chain(set_ups) {
        steps.value = common(steps.value, once.cost);
        common_uses(&mut steps.uses, once.uses);
    }
    for step in steps.loads.iter_mut().chain(&mut steps.uses) {
        *step = (*step).max(1);
    }
    steps.value = steps.value.max(1);
    steps
}

pub(super) fn divide(uses: &mut [i64; LIMITS], steps: [i64; LIMITS], limits: [i64; LIMITS]) {
    for ((of, step), limit) in uses.iter_mut().zip(steps).zip(limits) {
        *of = if limit < FREE { *of / step } else { 0 };
    }
}

/// By what the step of values has to be larger, so that all of them together are no more than can be summed.
pub(super) fn coarser<'o>(
    items: &[Item],
    starts: &[usize],
    once: impl Iterator<Item = &'o Once>,
    step: i64,
) -> i64 {
    let of_job = |pair: &[usize]| {
        let &[from, to] = pair else { return 0 };
        let values = items.get(from..to).unwrap_or_default().iter();
        values.map(|item| item.value.abs()).max().unwrap_or(0)
    };
    let values = starts.windows(2).map(of_job);
    let costs = once.map(|once| once.cost);
    let sum: i128 = values.chain(costs).map(i128::from).sum();
    let most = i128::from(step) * i128::from(grid::MOST);
    i64::try_from(sum / most + 1).unwrap_or(i64::MAX / step)
}

/// A number in larger steps.
pub(super) fn rounded(number: i64, step: i64) -> i64 {
    (number + step / 2).div_euclid(step)
}
