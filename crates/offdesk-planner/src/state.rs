//! What is decided, and what is left of each limit.

use crate::LIMITS;
use crate::whole::Whole;

/// What is taken, and what is left of each limit.
#[derive(Debug, Clone)]
pub(crate) struct State {
    /// Whether a job is decided.
    pub(crate) is_decided: Vec<bool>,
    pub(crate) capacities: Vec<i64>,
    pub(crate) limits: [i64; LIMITS],
    /// The value of the items taken.
    pub(crate) value: i64,
    pub(crate) taken: Vec<Option<usize>>,
    /// How many items each agent has.
    pub(crate) busy: Vec<u32>,
}

impl State {
    pub(crate) fn of(whole: &Whole) -> Self {
        Self {
            is_decided: vec![false; whole.jobs()],
            capacities: whole.capacities.clone(),
            limits: whole.limits,
            value: 0,
            taken: vec![None; whole.jobs()],
            busy: vec![0; whole.capacities.len()],
        }
    }

    /// Whether an item can be taken now.
    pub(crate) fn fits(&self, whole: &Whole, at: usize) -> bool {
        let item = &whole.items[at];
        if self.is_decided[item.job] || item.load > self.capacities[item.agent] {
            return false;
        }
        let once = if self.busy[item.agent] == 0 {
            whole.fixed[item.agent].1
        } else {
            [0; LIMITS]
        };
        let uses = item.uses.iter().zip(once).map(|(of, once)| of + once);
        uses.zip(self.limits).all(|(of, left)| of <= left)
    }

    pub(crate) fn take(&mut self, whole: &Whole, at: usize) {
        let item = &whole.items[at];
        self.is_decided[item.job] = true;
        self.taken[item.job] = Some(at);
        self.capacities[item.agent] -= item.load;
        for (left, of) in self.limits.iter_mut().zip(item.uses) {
            *left -= of;
        }
        self.value += item.value;
        self.busy[item.agent] += 1;
        if self.busy[item.agent] == 1 {
            self.engage(whole, item.agent, 1);
        }
    }

    /// Pays what an agent takes once, or takes it back.
    fn engage(&mut self, whole: &Whole, agent: usize, sign: i64) {
        let (cost, uses) = whole.fixed[agent];
        self.value -= sign * cost;
        for (left, of) in self.limits.iter_mut().zip(uses) {
            *left -= sign * of;
        }
    }

    /// Takes a job's item out again.
    pub(crate) fn give_back(&mut self, whole: &Whole, job: usize) {
        let Some(at) = self.taken[job].take() else {
            return;
        };
        let item = &whole.items[at];
        self.is_decided[job] = false;
        self.capacities[item.agent] += item.load;
        for (left, of) in self.limits.iter_mut().zip(item.uses) {
            *left += of;
        }
        self.value -= item.value;
        self.busy[item.agent] -= 1;
        if self.busy[item.agent] == 0 {
            self.engage(whole, item.agent, -1);
        }
    }

    pub(crate) fn leave(&mut self, job: usize) {
        self.is_decided[job] = true;
    }
}
