//! The Lagrangian bound: jobs and shared limits have prices, and each agent packs its own knapsack.

use std::ops::Range;

use crate::LIMITS;
use crate::knapsack::{Candidate, Tables};
use crate::node::{Node, index};
use crate::whole::{FREE, Whole, number};

/// Of the numbers in a sum this share may be lost: the bound is so much larger, and remains one however large prices are.
const LOST: f64 = 1e-12;

/// Prices.
#[derive(Debug, Clone)]
pub(crate) struct Prices {
    /// Of each job.
    pub(crate) jobs: Vec<f64>,
    /// Of each shared limit.
    pub(crate) limits: [f64; LIMITS],
}

/// What one agent packs.
#[derive(Debug, Clone, Default)]
struct Sack {
    is_known: bool,
    candidates: Vec<Candidate>,
    packed: Vec<u32>,
    /// What the packed items make.
    gross: f64,
    /// What it takes to have the agent, at the prices.
    once: f64,
    /// An agent that makes less than it takes once stays without items.
    is_engaged: bool,
}

impl Sack {
    /// What the agent makes beside what it takes once, if the knapsack makes so much.
    fn net(&self, gross: f64) -> f64 {
        if self.once > 0.0 {
            (gross - self.once).max(0.0)
        } else {
            gross
        }
    }
}

/// An open item, with what its profit is made of side by side.
#[derive(Debug, Clone, Copy)]
struct Line {
    at: u32,
    job: usize,
    load: i64,
    value: f64,
    uses: [f64; LIMITS],
}

impl Line {
    fn profit(&self, prices: &Prices) -> f64 {
        let uses = self.uses.iter().zip(prices.limits);
        self.value - prices.jobs[self.job] - uses.map(|(of, price)| of * price).sum::<f64>()
    }
}

/// Buffers and results of one evaluation.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// The bound.
    pub(crate) bound: f64,
    /// How often each job was packed.
    pub(crate) times: Vec<u16>,
    sacks: Vec<Sack>,
    tables: Tables,
    /// The open items, and where those of each agent stand.
    lines: Vec<Line>,
    chunks: Vec<(usize, Range<usize>)>,
    candidates: Vec<Candidate>,
    otherwise: Vec<f64>,
    is_packed: Vec<bool>,
}

/// What each decision takes from the bound, at least.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    /// Of taking each open item, by its place.
    pub(crate) take: Vec<f64>,
    /// Of leaving each job.
    pub(crate) leave: Vec<f64>,
    /// Of all agents' doing without each job.
    without: Vec<f64>,
}

impl Packed {
    /// Begins with a node: what was packed before was of another one.
    pub(crate) fn begin(&mut self, whole: &Whole, node: &Node) {
        self.sacks.resize(whole.capacities.len(), Sack::default());
        for sack in &mut self.sacks {
            sack.is_known = false;
            sack.is_engaged = false;
        }
        self.is_packed.resize(whole.items.len(), false);
        self.lines.clear();
        self.lines.extend(node.open.iter().map(|at| {
            let item = &whole.items[index(*at)];
            Line {
                at: *at,
                job: item.job,
                load: item.load,
                value: number(item.value),
                uses: item.uses.map(number),
            }
        }));
        self.chunks.clear();
        let mut end = 0;
        for (agent, open) in node.by_agent(whole) {
            let begin = end;
            end += open.len();
            self.chunks.push((agent, begin..end));
        }
    }

    /// The items packed.
    pub(crate) fn items(&self) -> impl Iterator<Item = usize> {
        let engaged = self.sacks.iter().filter(|sack| sack.is_engaged);
        engaged.flat_map(|sack| sack.packed.iter().map(|at| index(*at)))
    }

    /// Packs the knapsacks at some prices: of a node that was packed before only those that the change of prices
    /// reaches.
    pub(crate) fn pack(&mut self, whole: &Whole, node: &Node, prices: &Prices) {
        let state = &node.state;
        let mut bound = number(state.value);
        let mut size = whole.size;
        for (job, price) in prices.jobs.iter().enumerate() {
            if !state.is_decided[job] {
                bound += price;
                size += price.abs();
            }
        }
        for (price, left) in prices.limits.iter().zip(state.limits) {
            if left < FREE / 2 {
                bound += price * number(left);
                size += price * number(left);
            }
        }
        for (agent, lines) in &self.chunks {
            let agent = *agent;
            self.candidates.clear();
            for line in &self.lines[lines.clone()] {
                let profit = line.profit(prices);
                if profit > 0.0 {
                    self.candidates.push(Candidate {
                        at: line.at,
                        load: line.load,
                        profit,
                    });
                }
            }
            let sack = &mut self.sacks[agent];
            if !sack.is_known || sack.candidates != self.candidates {
                std::mem::swap(&mut sack.candidates, &mut self.candidates);
                let capacity = state.capacities[agent];
                sack.gross = self
                    .tables
                    .pack(&sack.candidates, capacity, &mut sack.packed);
                sack.is_known = true;
            }
            sack.once = 0.0;
            if state.busy[agent] == 0 {
                let (cost, uses) = whole.fixed[agent];
                sack.once = number(cost) + priced(uses, prices);
            }
            let made = sack.net(sack.gross);
            sack.is_engaged = sack.once <= 0.0 || made > 0.0;
            bound += made;
        }
        self.bound = bound + size * LOST;
        self.count(whole);
    }

    fn count(&mut self, whole: &Whole) {
        let mut times = std::mem::take(&mut self.times);
        times.clear();
        times.resize(whole.jobs(), 0);
        for at in self.items() {
            times[whole.items[at].job] += 1;
        }
        self.times = times;
    }

    /// What each decision takes from the bound of the last packing, which was of the same node and prices: an item
    /// taken changes its agent's knapsack, and those of all others that packed its job.
    pub(crate) fn losses(
        &mut self,
        whole: &Whole,
        node: &Node,
        prices: &Prices,
        losses: &mut Losses,
    ) {
        losses.without.clear();
        losses.without.resize(whole.jobs(), 0.0);
        losses.take.resize(whole.items.len(), 0.0);
        for (agent, open) in node.by_agent(whole) {
            self.losses_of_agent(whole, node, prices, (agent, open), losses);
        }
        for at in &node.open {
            let at = index(*at);
            losses.take[at] += losses.without[whole.items[at].job];
        }
        losses.leave.clear();
        let leave = losses.without.iter().zip(&prices.jobs);
        losses
            .leave
            .extend(leave.map(|(without, price)| without + price));
    }

    fn losses_of_agent(
        &mut self,
        whole: &Whole,
        node: &Node,
        prices: &Prices,
        (agent, open): (usize, &[u32]),
        losses: &mut Losses,
    ) {
        let sack = &self.sacks[agent];
        let capacity = node.state.capacities[agent];
        for at in &sack.packed {
            self.is_packed[index(*at)] = true;
        }
        let is_packed = &self.is_packed;
        let (made, candidates) = (sack.net(sack.gross), &sack.candidates);
        self.tables.otherwise(
            candidates,
            capacity,
            &|at| is_packed[index(at)],
            sack.gross,
            &mut self.otherwise,
        );
        let mut known = candidates.iter().zip(&self.otherwise).peekable();
        let job = |at: u32| whole.items[index(at)].job;
        for of_job in open.chunk_by(|a, b| job(*a) == job(*b)) {
            let mut own = 0.0_f64;
            for at in of_job {
                let forced = match known.next_if(|(of, _)| of.at == *at) {
                    Some((_, gross)) if is_packed[index(*at)] => {
                        own = own.max(made - sack.net(*gross));
                        sack.gross
                    }
                    Some((_, gross)) => *gross,
                    None => {
                        let load = whole.items[index(*at)].load;
                        let profit = reduced(whole, prices, index(*at));
                        let beside = &self.tables;
                        profit + beside.beside(candidates, capacity, load, sack.gross)
                    }
                };
                losses.take[index(*at)] = made - (forced - sack.once);
            }
            for at in of_job {
                losses.take[index(*at)] -= own;
            }
            if let Some(at) = of_job.first() {
                losses.without[job(*at)] += own;
            }
        }
        for at in &sack.packed {
            self.is_packed[index(*at)] = false;
        }
    }
}

fn priced(uses: [i64; LIMITS], prices: &Prices) -> f64 {
    let each = uses.iter().zip(prices.limits);
    each.map(|(of, price)| number(*of) * price).sum()
}

/// The profit of an item at some prices.
pub(crate) fn reduced(whole: &Whole, prices: &Prices, at: usize) -> f64 {
    let item = &whole.items[at];
    number(item.value) - prices.jobs[item.job] - priced(item.uses, prices)
}
