//! A node of the search: what is decided, and which items may still be taken.

use crate::state::State;
use crate::whole::Whole;

/// What is decided and what is still open.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) state: State,
    /// The items that may still be taken, agent by agent, and job by job within one.
    pub(crate) open: Vec<u32>,
    /// Whether a job has to be done: it is required, or no better plan leaves it.
    pub(crate) must: Vec<bool>,
}

impl Node {
    pub(crate) fn of(whole: &Whole) -> Self {
        let open = whole.of_agent.iter().flatten();
        Self {
            state: State::of(whole),
            open: open.filter_map(|at| u32::try_from(*at).ok()).collect(),
            must: whole.required.clone(),
        }
    }

    /// The open items of each agent that has any.
    pub(crate) fn by_agent<'n>(
        &'n self,
        whole: &'n Whole,
    ) -> impl Iterator<Item = (usize, &'n [u32])> {
        let agent = |at: u32| whole.items[index(at)].agent;
        self.open
            .chunk_by(move |a, b| agent(*a) == agent(*b))
            .filter_map(move |open| Some((agent(*open.first()?), open)))
    }

    /// Decides jobs that have one way left; whether the node is still possible.
    pub(crate) fn settle(&mut self, whole: &Whole) -> bool {
        let mut ways = vec![(0_u32, 0_u32); whole.jobs()];
        loop {
            ways.fill((0, 0));
            let state = &self.state;
            self.open.retain(|at| {
                let fits = state.fits(whole, index(*at));
                if fits {
                    let way = &mut ways[whole.items[index(*at)].job];
                    *way = (way.0 + 1, *at);
                }
                fits
            });
            let mut is_changed = false;
            for (job, (ways, last)) in ways.iter().enumerate() {
                if self.state.is_decided[job] {
                    continue;
                }
                match (ways, self.must[job]) {
                    (0, true) => return false,
                    (0, false) => self.state.leave(job),
                    (1, true) => {
                        // Another job that was settled just now may have taken its room.
                        if !self.state.fits(whole, index(*last)) {
                            return false;
                        }
                        self.state.take(whole, index(*last));
                        is_changed = true;
                    }
                    _ => {}
                }
            }
            if !is_changed {
                return true;
            }
        }
    }
}

/// The place of an item.
pub(crate) fn index(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}
