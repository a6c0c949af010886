//! Plans of large problems: a first one by deciding many jobs at once, and better ones near it, where the jobs of a few
//! agents are taken out and placed again in the best way.

use crate::bound::{Losses, Prices};
use crate::dive::Random;
use crate::node::{Node, index};
use crate::search::Search;
use crate::state::State;
use crate::whole::Whole;

/// So many jobs are taken out at first, at least and at most.
const FREED: usize = 24;
const FEWEST: usize = 8;
const MOST: usize = 80;
/// The search of one neighbourhood ends after so many nodes.
const NODES: u64 = 40;
/// So many rounds in a row find nothing before it ends.
const FRUITLESS: u32 = 100;

/// A plunge decides this part of the open jobs at once.
const AT_ONCE: usize = 8;

impl Search<'_> {
    /// Makes a plan by deciding the jobs that are surest, again and again, with the prices moved in between.
    pub(crate) fn plunge(&mut self, root: &Node, prices: &Prices) {
        let whole = self.whole;
        let (mut node, mut prices) = (root.clone(), prices.clone());
        while !(self.stop)() {
            self.nodes += 1;
            let bound = self.improve(&node, &mut prices);
            if self.is_hopeless(bound) || !self.rule_out(&mut node, &prices) {
                return;
            }
            let sure = surest(whole, &node, &self.losses);
            if sure.is_empty() {
                self.found_whole(&node.state);
                return;
            }
            for (_, job, way) in &sure[..sure.len().div_ceil(AT_ONCE)] {
                match way.map(index) {
                    Some(at) if node.state.fits(whole, at) => node.state.take(whole, at),
                    Some(_) => {}
                    None => node.state.leave(*job),
                }
            }
            if !node.settle(whole) {
                return;
            }
        }
    }

    /// Improves the best plan, one neighbourhood after the other.
    pub(crate) fn refine(&mut self, prices: &Prices) {
        let whole = self.whole;
        let mut random = Random(0xacc);
        let (mut freed, mut without) = (FREED, 0);
        while without < FRUITLESS && !(self.stop)() {
            let Some(best) = self.best.clone() else {
                return;
            };
            if self.is_done() {
                return;
            }
            let mut node = neighbourhood(whole, &best, freed, &mut random);
            self.until = self.nodes + NODES;
            if node.settle(whole) {
                self.below(&mut node, &mut prices.clone());
            }
            self.until = u64::MAX;
            // Small ones are done with at once, and large ones are given up.
            freed = if self.is_stopped {
                freed - freed / 8
            } else {
                freed + freed / 16 + 1
            };
            freed = freed.clamp(FEWEST, MOST);
            self.is_stopped = false;
            self.open = f64::NEG_INFINITY;
            let now = self.best.as_ref().map(|now| now.value);
            without = if now > Some(best.value) {
                0
            } else {
                without + 1
            };
        }
    }
}

/// The open jobs, each with its likeliest way and by how much that is better than the next; the surest first.
fn surest(whole: &Whole, node: &Node, losses: &Losses) -> Vec<(f64, usize, Option<u32>)> {
    let leave = |job: usize| {
        if node.must[job] {
            f64::INFINITY
        } else {
            losses.leave[job]
        }
    };
    let mut ways: Vec<(f64, f64, Option<u32>)> = (0..whole.jobs())
        .map(|job| (leave(job), f64::INFINITY, None))
        .collect();
    for at in &node.open {
        let loss = losses.take[index(*at)];
        let way = &mut ways[whole.items[index(*at)].job];
        if loss < way.0 {
            *way = (loss, way.0, Some(*at));
        } else {
            way.1 = way.1.min(loss);
        }
    }
    let open = ways.into_iter().enumerate();
    let open = open.filter(|(job, _)| !node.state.is_decided[*job]);
    let mut sure: Vec<_> = open
        .map(|(job, (first, second, way))| (second - first, job, way))
        .collect();
    sure.sort_by(|a, b| b.0.total_cmp(&a.0));
    sure
}

/// A node with the jobs of some agents open again, and some of those that nobody does.
fn neighbourhood(whole: &Whole, best: &State, freed: usize, random: &mut Random) -> Node {
    let mut of_agent = vec![Vec::new(); whole.capacities.len()];
    let mut undone = Vec::new();
    for (job, taken) in best.taken.iter().enumerate() {
        match taken {
            Some(at) => of_agent[whole.items[*at].agent].push(job),
            None => undone.push(job),
        }
    }
    let mut jobs = Vec::new();
    for _ in 0..undone.len().min(freed / 2) {
        jobs.push(undone.swap_remove(random.below(undone.len())));
    }
    let is_freed = |jobs: &[usize]| jobs.len() >= freed;
    for _ in 0..of_agent.len() {
        if is_freed(&jobs) {
            break;
        }
        let mut of_one = std::mem::take(&mut of_agent[random.below(whole.capacities.len())]);
        // Of an agent that does much some stay.
        while of_one.len() > freed / 3 + 1 {
            of_one.swap_remove(random.below(of_one.len()));
        }
        jobs.extend(of_one);
    }
    let mut state = best.clone();
    state.is_decided.fill(true);
    for job in &jobs {
        state.give_back(whole, *job);
        state.is_decided[*job] = false;
    }
    let open = jobs.iter().flat_map(|job| whole.of_job(*job));
    let mut open: Vec<u32> = open
        .filter(|at| state.fits(whole, *at))
        .filter_map(|at| u32::try_from(at).ok())
        .collect();
    open.sort_unstable_by_key(|at| (whole.items[index(*at)].agent, *at));
    Node {
        state,
        open,
        must: whole.required.clone(),
    }
}
