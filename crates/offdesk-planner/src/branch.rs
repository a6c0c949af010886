//! Which job is tried next, and in which ways.

use crate::bound::Losses;
use crate::node::{Node, index};
use crate::whole::Whole;

/// How fast the tree below a decision shrinks with what it takes from the bound, as a share of the room left.
const STEEPNESS: f64 = 4.0;

/// A way of deciding a job: an item, or none; and what that takes from the bound.
pub(crate) type Child = (f64, Option<u32>);

/// The job on which to branch, with its ways, the likeliest first: the one whose ways together promise the smallest
/// tree. `None` where all jobs are decided.
pub(crate) fn branch(
    whole: &Whole,
    node: &Node,
    losses: &Losses,
    room: f64,
) -> Option<(usize, Vec<Child>)> {
    let weight = |loss: f64| (-STEEPNESS * loss / room.max(1e-9)).exp();
    let mut weights: Vec<f64> = (0..whole.jobs())
        .map(|job| {
            if node.must[job] {
                0.0
            } else {
                weight(losses.leave[job])
            }
        })
        .collect();
    for at in &node.open {
        weights[whole.items[index(*at)].job] += weight(losses.take[index(*at)]);
    }
    let open = (0..whole.jobs()).filter(|job| !node.state.is_decided[*job]);
    let job = open.min_by(|a, b| weights[*a].total_cmp(&weights[*b]))?;
    let mut children: Vec<Child> = node
        .open
        .iter()
        .filter(|at| whole.items[index(**at)].job == job)
        .map(|at| (losses.take[index(*at)], Some(*at)))
        .collect();
    if !node.must[job] {
        children.push((losses.leave[job], None));
    }
    children.sort_by(|a, b| a.0.total_cmp(&b.0));
    Some((job, children))
}
