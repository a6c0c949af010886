//! Plans of large problems: a first one by deciding many jobs at once; and better ones near a plan, where some of its jobs are
//! taken out and placed again in the best way.

use crate::bound::Prices;
use crate::dive::Random;
use crate::node::Node;
use crate::open::Open;
use crate::search::{LARGE, Search};
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
const NODES: u64 = 100;
const NODES_OF_LARGE: u64 = 40;
/// Beside a proof so many nodes are spent on neighbourhoods, each time after as many of the proof, and after more of them
/// where they bring nothing; not before the first: what is proven soon needs none.
const EVERY: u64 = 400;
const SELDOM: u64 = 32 * EVERY;
const FIRST: u64 = 2_500;
/// Taken in turn.
const KINDS: [Kind; 2] = [Kind::Agents, Kind::Jobs];

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

    /// Between the nodes of a proof: pieces of the best plan are placed anew, now and then.
    pub(crate) fn refine_between(&mut self) {
        if !self.is_proving || self.nodes < self.near.next {
            return;
        }
        let (proof, best) = ((self.target, self.left_open), self.best_value());
        self.is_proving = false;
        self.refine(EVERY);
        self.is_proving = true;
        (self.target, self.left_open) = proof;
        let every = self.near.every;
        self.near.every = if self.best_value() > best {
            EVERY
        } else {
            (every + every / 8).min(SELDOM)
        };
        self.near.next = self.nodes + self.near.every;
    }

    /// Improves the best plan, one neighbourhood after the other, up to so many nodes, or until many in a row bring nothing.
    pub(crate) fn refine(&mut self, nodes: u64) {
        let whole = self.whole;
        let end = self.nodes.saturating_add(nodes);
        let mut without = 0;
        self.target = f64::NEG_INFINITY;
        let (kinds, each) = if whole.jobs() > LARGE {
            (&KINDS[..1], NODES_OF_LARGE)
        } else {
            (KINDS.as_slice(), NODES)
        };
        while self.nodes + each / 2 < end && without < OFTEN {
            if self.is_proven() || self.is_stopped {
                return;
            }
            let Some(best) = self.best.clone() else {
                return;
            };
            let at = self.near.turn % kinds.len();
            self.near.turn += 1;
            let freed = self.near.freed[at];
            let (kind, random) = ((KINDS[at], freed), &mut self.near.random);
            let node = neighbourhood(whole, &self.prices, &best, kind, random);
            let is_whole = self.part(node, each);
            // Small ones are done with at once, and large ones are given up.
            let freed = if is_whole {
                freed + freed / 16 + 1
            } else {
                freed - freed / 8
            };
            self.near.freed[at] = freed.clamp(FEWEST, MOST);
            let is_better = self.best.as_ref().is_some_and(|now| now.value > best.value);
            without = if is_better { 0 } else { without + 1 };
        }
    }
}

/// How it stands with neighbourhoods.
pub(crate) struct Near {
    /// How many jobs the next one of each kind takes out.
    freed: [usize; KINDS.len()],
    turn: usize,
    /// The number of the node of a proof at which the next ones are looked at.
    next: u64,
    every: u64,
    random: Random,
}

impl Near {
    pub(crate) fn new() -> Self {
        Self {
            freed: [FREED; KINDS.len()],
            turn: 0,
            next: FIRST,
            every: EVERY,
            random: Random(0xacc),
        }
    }
}

/// What is taken out of a plan: all that some agents do, or some of what every agent does. Either finds what the other
/// does not.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Agents,
    Jobs,
}

/// A node with some jobs open again.
fn neighbourhood(
    whole: &Whole,
    prices: &Prices,
    best: &State,
    (kind, freed): (Kind, usize),
    random: &mut Random,
) -> Node {
    let jobs = match kind {
        Kind::Agents => of_agents(whole, best, freed, random),
        Kind::Jobs => {
            let mut all: Vec<usize> = (0..whole.jobs()).collect();
            let freed = 0..freed.min(all.len());
            freed
                .map(|_| all.swap_remove(random.below(all.len())))
                .collect()
        }
    };
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
        prices: prices.clone(),
        state,
    }
}

/// The jobs of some agents, and some of those that nobody does.
fn of_agents(whole: &Whole, best: &State, freed: usize, random: &mut Random) -> Vec<usize> {
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
    while jobs.len() < freed && !of_agent.is_empty() {
        let mut of_one = of_agent.swap_remove(random.below(of_agent.len()));
        // Of an agent that does much some stay.
        while of_one.len() > freed / 3 + 1 {
            of_one.swap_remove(random.below(of_one.len()));
        }
        jobs.extend(of_one);
    }
    jobs
}
