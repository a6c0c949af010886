//! Looks for better plans near a good one.

use crate::bound::Prices;
use crate::find::Draft;
use crate::state::State;
use crate::whole::Whole;

/// Takes some jobs out of a plan again and again, and fills it up in another way; what is not worse is kept.
pub(crate) fn refined(
    whole: &Whole,
    start: &State,
    best: &State,
    prices: &Prices,
    rounds: u32,
    stop: &dyn Fn() -> bool,
) -> State {
    let mut random = Random(u64::from(rounds) ^ 0x5eed);
    let open: Vec<usize> = (0..whole.jobs())
        .filter(|job| !start.is_decided[*job])
        .collect();
    let mut kept = best.clone();
    if open.is_empty() {
        return kept;
    }
    for round in 0..rounds {
        if round.is_multiple_of(16) && stop() {
            break;
        }
        let mut draft = Draft {
            state: kept.clone(),
        };
        let agents = whole.capacities.len();
        let chosen = [random.below(agents), random.below(agents)];
        let few = 2 + random.below(6);
        for job in &open {
            // Left in the best plan, it may be open again.
            draft.state.is_decided[*job] = draft.state.taken[*job].is_some();
            let agent = draft.state.taken[*job].map(|at| whole.items[at].agent);
            let is_chosen =
                agent.is_some_and(|agent| chosen.contains(&agent)) && random.below(3) > 0;
            if is_chosen || random.below(open.len()) < few {
                draft.state.give_back(whole, *job);
            }
        }
        let mut tilted = prices.clone();
        for price in &mut tilted.jobs {
            *price *= 0.7 + 0.6 * random.share();
        }
        for price in &mut tilted.limits {
            *price *= 0.5 + random.share();
        }
        draft.fill_in_order(whole, &tilted);
        for _ in 0..2 {
            let moved: Vec<bool> = open.iter().map(|job| draft.move_one(whole, *job)).collect();
            if !moved.contains(&true) {
                break;
            }
        }
        let is_whole = open
            .iter()
            .all(|job| !whole.required[*job] || draft.state.taken[*job].is_some());
        if is_whole && draft.state.value >= kept.value {
            kept = draft.state;
        }
    }
    kept
}

/// The same numbers on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 33).unwrap_or(0)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }

    fn share(&mut self) -> f64 {
        f64::from(self.next()) / f64::from(u32::MAX >> 1)
    }
}
