//! What is decided, and what is left of the limits.

use crate::LIMITS;
use crate::whole::{Once, Whole};

/// Jobs that are decided, and what is left of each limit.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Whether one of a job's items has to be taken.
    pub(crate) required: Vec<bool>,
    /// Whether a job is decided.
    pub(crate) is_decided: Vec<bool>,
    pub(crate) capacities: Vec<i64>,
    pub(crate) limits: [i64; LIMITS],
    /// The value of the items taken.
    pub(crate) value: i64,
    pub(crate) taken: Vec<Option<usize>>,
    /// How many items each agent has.
    pub(crate) busy: Vec<u32>,
    /// How many items each set-up has.
    pub(crate) open: Vec<u32>,
}

impl State {
    pub(crate) fn of(whole: &Whole) -> Self {
        Self {
            required: whole.required.clone(),
            is_decided: vec![false; whole.jobs()],
            capacities: whole.capacities.clone(),
            limits: whole.limits,
            value: 0,
            taken: vec![None; whole.jobs()],
            busy: vec![0; whole.agents()],
            open: vec![0; whole.set_ups.len()],
        }
    }

    /// Whether an item can be taken now.
    pub(crate) fn fits(&self, whole: &Whole, at: usize) -> bool {
        let item = &whole.items[at];
        if self.is_decided[item.job] || item.load > self.capacities[item.agent] {
            return false;
        }
        let once = self.once(whole, item.agent, item.set_up);
        (0..LIMITS).all(|at| item.uses[at] + once.uses[at] <= self.limits[at])
    }

    /// What the next item of an agent with a set-up takes beside itself.
    pub(crate) fn once(&self, whole: &Whole, agent: usize, set_up: usize) -> Once {
        let mut once = Once::default();
        if self.busy[agent] == 0 {
            once = whole.fixed[agent];
        }
        if self.open[set_up] == 0 {
            let more = whole.set_ups[set_up];
            once.cost += more.cost;
            for (sum, of) in once.uses.iter_mut().zip(more.uses) {
                *sum += of;
            }
        }
        once
    }

    pub(crate) fn take(&mut self, whole: &Whole, at: usize) {
        let item = &whole.items[at];
        let once = self.once(whole, item.agent, item.set_up);
        self.is_decided[item.job] = true;
        self.taken[item.job] = Some(at);
        self.capacities[item.agent] -= item.load;
        for (at, left) in self.limits.iter_mut().enumerate() {
            *left -= item.uses[at] + once.uses[at];
        }
        self.value += item.value - once.cost;
        self.busy[item.agent] += 1;
        self.open[item.set_up] += 1;
    }

    /// Takes a job's item out again.
    pub(crate) fn give_back(&mut self, whole: &Whole, job: usize) {
        let Some(at) = self.taken[job].take() else {
            return;
        };
        let item = &whole.items[at];
        self.is_decided[job] = false;
        self.busy[item.agent] -= 1;
        self.open[item.set_up] -= 1;
        let once = self.once(whole, item.agent, item.set_up);
        self.capacities[item.agent] += item.load;
        for (at, left) in self.limits.iter_mut().enumerate() {
            *left += item.uses[at] + once.uses[at];
        }
        self.value -= item.value - once.cost;
    }

    pub(crate) fn leave(&mut self, job: usize) {
        self.is_decided[job] = true;
    }
}
