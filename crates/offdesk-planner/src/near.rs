//! Plans of large problems: a first one by deciding many jobs at once, and better ones near it, where the jobs of a few
//! agents are taken out and placed again in the best way.

use crate::dive::Random;
use crate::node::Node;
use crate::open::Open;
use crate::search::Search;
use crate::state::State;
use crate::whole::Whole;

/// A plunge decides this part of the open jobs at once.
const AT_ONCE: usize = 8;
/// The nodes of a plunge.
const PLUNGE_NODES: u64 = 1_000;
/// A plunge moves prices towards no less than this share below the bound.
const HOPE: f64 = 3e-4;
/// So many jobs are taken out at first, at least and at most.
const FREED: usize = 24;
const FEWEST: usize = 8;
const MOST: usize = 400;
/// So many in a row bring nothing before it ends.
const OFTEN: u32 = 100;
/// The search of one neighbourhood ends after so many nodes.
const NODES: u64 = 40;

impl Search<'_> {
    /// Makes a plan by deciding the jobs with the most at stake, again and again, with the prices moved in between.
    pub(crate) fn plunge(&mut self, root: &Node) {
        self.at_once = AT_ONCE;
        self.is_diving = true;
        self.hope = self.most.abs() * HOPE + 1.0;
        self.part(root.clone(), PLUNGE_NODES);
        self.hope = f64::INFINITY;
        self.is_diving = false;
    }

    /// Improves the best plan, one neighbourhood after the other, up to so many nodes, or until many in a row bring nothing.
    pub(crate) fn refine(&mut self, root: &Node, nodes: u64) {
        let whole = self.whole;
        let end = self.nodes.saturating_add(nodes);
        let mut without = 0;
        self.target = f64::NEG_INFINITY;
        while self.nodes + NODES / 2 < end && without < OFTEN {
            if self.is_proven() || self.is_stopped {
                return;
            }
            let Some(best) = self.best.clone() else {
                return;
            };
            let freed = self.near.freed;
            let node = neighbourhood(whole, root, &best, freed, &mut self.near.random);
            let is_whole = self.part(node, NODES);
            // Small ones are done with at once, and large ones are given up.
            let freed = if is_whole {
                freed + freed / 16 + 1
            } else {
                freed - freed / 8
            };
            self.near.freed = freed.clamp(FEWEST, MOST);
            let is_better = self.best.as_ref().is_some_and(|now| now.value > best.value);
            without = if is_better { 0 } else { without + 1 };
        }
    }
}

/// How it stands with neighbourhoods.
pub(crate) struct Near {
    freed: usize,
    random: Random,
}

impl Near {
    pub(crate) fn new() -> Self {
        Self {
            freed: FREED,
            random: Random(0xacc),
        }
    }
}

/// A node with the jobs of some agents open again, and some of those that nobody does.
fn neighbourhood(
    whole: &Whole,
    root: &Node,
    best: &State,
    freed: usize,
    random: &mut Random,
) -> Node {
    let mut of_agent = vec![Vec::new(); whole.agents()];
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
    for _ in 0..of_agent.len() {
        if jobs.len() >= freed {
            break;
        }
        let mut of_one = std::mem::take(&mut of_agent[random.below(whole.agents())]);
        // Of an agent that does much some stay.
        while of_one.len() > freed / 3 + 1 {
            of_one.swap_remove(random.below(of_one.len()));
        }
        jobs.extend(of_one);
    }
    let mut state = best.clone();
    state.is_decided.fill(true);
    state.required.clone_from(&whole.required);
    for job in &jobs {
        state.give_back(whole, *job);
        state.is_decided[*job] = false;
    }
    let items = jobs.iter().flat_map(|job| whole.of_job(*job));
    Node {
        open: Open::of_items(whole, items.filter(|at| state.fits(whole, *at))),
        prices: root.prices.clone(),
        state,
    }
}
