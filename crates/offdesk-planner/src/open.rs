//! What is still open at a node: the options that may be taken, agent after agent.

use crate::LIMITS;
use crate::state::State;
use crate::whole::{Whole, number};

/// An option that may be taken.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) item: usize,
    pub(crate) job: usize,
    pub(crate) set_up: usize,
    pub(crate) load: i64,
    pub(crate) value: f64,
    pub(crate) uses: [f64; LIMITS],
}

/// All options that may be taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Open {
    /// Sorted by agent, then by set-up.
    pub(crate) rows: Vec<Row>,
    /// Where each agent's rows begin, and the end.
    pub(crate) starts: Vec<usize>,
    /// The jobs that are not decided.
    pub(crate) jobs: Vec<usize>,
}

impl Open {
    pub(crate) fn of(whole: &Whole) -> Self {
        Self::of_items(whole, 0..whole.items.len())
    }

    /// Some items.
    pub(crate) fn of_items(whole: &Whole, items: impl Iterator<Item = usize>) -> Self {
        let mut rows: Vec<Row> = items.map(|at| row((at, &whole.items[at]))).collect();
        rows.sort_unstable_by_key(|row| {
            let item = &whole.items[row.item];
            (item.agent, item.set_up, item.job, row.item)
        });
        let mut open = Self {
            rows,
            starts: Vec::new(),
            jobs: (0..whole.jobs()).collect(),
        };
        open.start(whole);
        open
    }

    fn start(&mut self, whole: &Whole) {
        self.starts.clear();
        self.starts.push(0);
        for agent in 0..whole.agents() {
            let from = self.starts.last().copied().unwrap_or(0);
            let rest = &self.rows[from..];
            let of = rest.partition_point(|row| whole.items[row.item].agent <= agent);
            self.starts.push(from + of);
        }
    }

    pub(crate) fn of_agent(&self, agent: usize) -> std::ops::Range<usize> {
        self.starts[agent]..self.starts[agent + 1]
    }

    /// Takes away what does not fit, and decides jobs that have one way left; whether a plan is still possible.
    pub(crate) fn settle(&mut self, whole: &Whole, state: &mut State) -> bool {
        let mut ways: Vec<(u32, usize)> = vec![(0, 0); whole.jobs()];
        loop {
            self.rows.retain(|row| state.fits(whole, row.item));
            for job in &self.jobs {
                ways[*job] = (0, 0);
            }
            for row in &self.rows {
                let way = &mut ways[row.job];
                *way = (way.0 + 1, row.item);
            }
            let mut is_changed = false;
            self.jobs.retain(|job| !state.is_decided[*job]);
            for job in self.jobs.iter().copied() {
                let (count, item) = ways[job];
                match (count, state.required[job]) {
                    (0, true) => return false,
                    (0, false) => state.leave(job),
                    (1, true) => {
                        // Others that were settled just now may have taken its place.
                        if !state.fits(whole, item) {
                            return false;
                        }
                        state.take(whole, item);
                        is_changed = true;
                    }
                    _ => {}
                }
            }
            if !is_changed {
                self.jobs.retain(|job| !state.is_decided[*job]);
                self.start(whole);
                return true;
            }
        }
    }
}

fn row((at, item): (usize, &crate::whole::Item)) -> Row {
    Row {
        item: at,
        job: item.job,
        set_up: item.set_up,
        load: item.load,
        value: number(item.value),
        uses: item.uses.map(number),
    }
}
