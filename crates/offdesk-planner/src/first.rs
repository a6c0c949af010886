//! Where prices begin: those of a coarser relaxation, in which jobs choose freely and agents' hours have prices too.

use crate::LIMITS;
use crate::bound::Prices;
use crate::open::{Open, Row};
use crate::state::State;
use crate::whole::{FREE, Whole, number};

/// Rounds in which prices of hours and limits move.
const ROUNDS: u32 = 120;
/// How far prices move for what is asked twice over, at first and at last.
const FIRST: f64 = 0.7;
const LAST: f64 = 0.02;

/// What one has, what it costs, and how much of it is asked.
#[derive(Debug, Clone, Copy)]
struct Scarce {
    has: f64,
    price: f64,
    asked: f64,
}

impl Scarce {
    /// With a price at which all of it is worth what is made of it on average.
    fn of(has: i64, made: f64, asked: f64) -> Self {
        let is_free = has >= FREE;
        let price = if is_free || asked <= 0.0 {
            0.0
        } else {
            made / asked
        };
        Self {
            has: number(has.max(1)),
            price,
            asked: 0.0,
        }
    }

    fn mov(&mut self, by: f64) {
        let too_much = (self.asked / self.has - 1.0).clamp(-1.0, 2.0);
        self.price *= (by * too_much).exp();
        self.asked = 0.0;
    }
}

/// Prices of jobs and limits for an open problem.
pub(crate) fn first_prices(whole: &Whole, state: &State, open: &Open) -> Prices {
    let (mut agents, mut limits) = scarce(whole, state, open);
    let mut best: Vec<Option<(f64, usize)>> = vec![None; whole.jobs()];
    let mut sums = (vec![0.0; whole.jobs()], [0.0; LIMITS], 0.0);
    let ratio = (LAST / FIRST).powf(1.0 / f64::from(ROUNDS));
    let mut by = FIRST;
    for round in 0..ROUNDS {
        choose(open, &agents, &limits, &mut best);
        for (job, best) in best.iter().enumerate() {
            let Some((profit, at)) =
                best.filter(|(profit, _)| state.required[job] || *profit > 0.0)
            else {
                continue;
            };
            let row = &open.rows[at];
            agents[whole.items[row.item].agent].asked += number(row.load);
            for (limit, of) in limits.iter_mut().zip(row.uses) {
                limit.asked += of;
            }
            if round >= ROUNDS / 2 {
                sums.0[job] += profit;
            }
        }
        if round >= ROUNDS / 2 {
            for (sum, limit) in sums.1.iter_mut().zip(&limits) {
                *sum += limit.price;
            }
            sums.2 += 1.0;
        }
        for scarce in agents.iter_mut().chain(&mut limits) {
            scarce.mov(by);
        }
        by *= ratio;
    }
    Prices {
        jobs: sums
            .0
            .into_iter()
            .map(|sum| whole.grid.nearest(sum / sums.2))
            .collect(),
        limits: sums.1.map(|sum| sum / sums.2),
    }
}

fn scarce(whole: &Whole, state: &State, open: &Open) -> (Vec<Scarce>, [Scarce; LIMITS]) {
    let (mut made, mut asked) = (0.0, [0.0; LIMITS]);
    let mut by_agent = vec![(0.0, 0.0); whole.agents()];
    for row in &open.rows {
        made += row.value.abs();
        let sum = &mut by_agent[whole.items[row.item].agent];
        *sum = (sum.0 + row.value.abs(), sum.1 + number(row.load));
        for (sum, of) in asked.iter_mut().zip(row.uses) {
            *sum += of;
        }
    }
    let agents = state.capacities.iter().zip(by_agent);
    let agents = agents.map(|(has, (made, asked))| Scarce::of(*has, made, asked));
    let mut limits = [Scarce::of(FREE, 0.0, 0.0); LIMITS];
    for ((limit, has), asked) in limits.iter_mut().zip(state.limits).zip(asked) {
        *limit = Scarce::of(has, made, asked);
    }
    (agents.collect(), limits)
}

/// The best option of each job.
fn choose(
    open: &Open,
    agents: &[Scarce],
    limits: &[Scarce; LIMITS],
    best: &mut [Option<(f64, usize)>],
) {
    best.fill(None);
    let [a, b] = limits.map(|limit| limit.price);
    for (agent, scarce) in agents.iter().enumerate() {
        let profit = |row: &Row| {
            row.value - scarce.price * number(row.load) - a * row.uses[0] - b * row.uses[1]
        };
        let range = open.of_agent(agent);
        for (at, row) in range.clone().zip(&open.rows[range]) {
            let profit = profit(row);
            let best = &mut best[row.job];
            if best.is_none_or(|(most, _)| profit > most) {
                *best = Some((profit, at));
            }
        }
    }
}
