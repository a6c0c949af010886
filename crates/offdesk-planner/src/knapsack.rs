//! Knapsacks by dynamic programming: the best packing, and what each item's going in or staying out would cost.

use crate::whole::number;

/// Knapsacks are packed over at most so many steps of capacity; finer ones are rounded so that the bound stays one.
const MOST_STEPS: i64 = 4_096;
/// An agent with more items than fit its knapsacks' tables at once is bounded without them.
const MOST_CELLS: usize = 1 << 22;

/// An item with a profit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Candidate {
    pub(crate) at: u32,
    pub(crate) load: i64,
    pub(crate) profit: f64,
}

/// How a knapsack is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// All candidates fit.
    All,
    /// Over steps of capacity of this size, so many and one wide.
    Steps { scale: i64, width: usize },
    /// Too large: by profit for load, the last one in part.
    Fractional,
}

/// Tables that are used again and again.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    rows: Vec<f64>,
    back: Vec<f64>,
}

fn way(candidates: &[Candidate], capacity: i64) -> Way {
    let sum = candidates
        .iter()
        .fold(0_i64, |sum, of| sum.saturating_add(of.load));
    if sum <= capacity {
        return Way::All;
    }
    // Finer than the table: loads are rounded down, which only loosens the knapsack.
    let scale = (capacity / MOST_STEPS + 1).max(1);
    let width = steps(capacity, scale) + 1;
    if width.saturating_mul(candidates.len() + 1) > MOST_CELLS {
        return Way::Fractional;
    }
    Way::Steps { scale, width }
}

fn steps(load: i64, scale: i64) -> usize {
    usize::try_from(load / scale).unwrap_or(usize::MAX)
}

impl Tables {
    /// Packs the best of the candidates, whose profits are above 0; gives what they make, and which they are.
    pub(crate) fn pack(
        &mut self,
        candidates: &[Candidate],
        capacity: i64,
        items: &mut Vec<u32>,
    ) -> f64 {
        items.clear();
        match way(candidates, capacity) {
            Way::All => {
                items.extend(candidates.iter().map(|of| of.at));
                candidates.iter().map(|of| of.profit).sum()
            }
            Way::Steps { scale, width } => {
                self.fill(candidates, scale, width);
                let mut at = width - 1;
                for (index, of) in candidates.iter().enumerate().rev() {
                    if self.rows[(index + 1) * width + at] > self.rows[index * width + at] {
                        items.push(of.at);
                        at -= steps(of.load, scale);
                    }
                }
                self.rows[candidates.len() * width + width - 1]
            }
            Way::Fractional => fractional(candidates, capacity, items),
        }
    }

    /// Row after row: what the first items make within each capacity.
    fn fill(&mut self, candidates: &[Candidate], scale: i64, width: usize) {
        let cells = width * (candidates.len() + 1);
        if self.rows.len() < cells {
            self.rows.resize(cells, 0.0);
        }
        self.rows[..width].fill(0.0);
        for (index, of) in candidates.iter().enumerate() {
            let load = steps(of.load, scale).min(width);
            let (before, rest) = self.rows[index * width..].split_at_mut(width);
            let row = &mut rest[..width];
            row[..load].copy_from_slice(&before[..load]);
            let without = &before[load..];
            for ((row, without), with) in row[load..].iter_mut().zip(without).zip(&*before) {
                *row = larger(*without, with + of.profit);
            }
        }
    }

    /// What the knapsack makes with each candidate that is not in the packing put in, and without each that is; in the
    /// order of the candidates. `is_packed` tells which are in.
    pub(crate) fn otherwise(
        &mut self,
        candidates: &[Candidate],
        capacity: i64,
        is_packed: &dyn Fn(u32) -> bool,
        made: f64,
        out: &mut Vec<f64>,
    ) {
        out.clear();
        let (scale, width) = match way(candidates, capacity) {
            Way::All => {
                out.extend(candidates.iter().map(|of| made - of.profit));
                return;
            }
            Way::Fractional => {
                out.resize(candidates.len(), made);
                return;
            }
            Way::Steps { scale, width } => (scale, width),
        };
        self.fill(candidates, scale, width);
        // What the later items make in what is left beside each capacity.
        self.back.clear();
        self.back.resize(width, 0.0);
        out.resize(candidates.len(), made);
        for (index, of) in candidates.iter().enumerate().rev() {
            let load = steps(of.load, scale).min(width);
            let row = &self.rows[index * width..(index + 1) * width];
            out[index] = if is_packed(of.at) {
                best_sum(row, &self.back)
            } else {
                of.profit + best_sum(row, &self.back[load..])
            };
            // Upwards, so that what is read has not been changed yet.
            for cell in 0..width - load {
                let with = self.back[cell + load] + of.profit;
                self.back[cell] = larger(self.back[cell], with);
            }
        }
    }

    /// What is made within each capacity left after a load, from the tables of the last [`Tables::otherwise`] or
    /// [`Tables::pack`] of these candidates.
    pub(crate) fn beside(
        &self,
        candidates: &[Candidate],
        capacity: i64,
        load: i64,
        made: f64,
    ) -> f64 {
        match way(candidates, capacity) {
            Way::All | Way::Fractional => made,
            Way::Steps { scale, width } => {
                let left = width - 1 - steps(load, scale).min(width - 1);
                self.rows[candidates.len() * width + left]
            }
        }
    }
}

fn larger(a: f64, b: f64) -> f64 {
    // Not f64::max, which looks for NaN.
    if a > b { a } else { b }
}

/// The largest sum of two that stand side by side.
fn best_sum(a: &[f64], b: &[f64]) -> f64 {
    const LANES: usize = 8;
    let mut best = [f64::NEG_INFINITY; LANES];
    let length = a.len().min(b.len());
    let (a, a_rest) = a[..length].as_chunks::<LANES>();
    let (b, b_rest) = b[..length].as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            best[lane] = larger(best[lane], a[lane] + b[lane]);
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a + b);
    best.into_iter().chain(rest).fold(f64::NEG_INFINITY, larger)
}

/// The bound of a knapsack by profit for load, the last one in part.
fn fractional(candidates: &[Candidate], capacity: i64, items: &mut Vec<u32>) -> f64 {
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    let of = |c: &Candidate| c.profit / number(c.load.max(1));
    order.sort_by(|a, b| of(b).total_cmp(&of(a)));
    let (mut left, mut total) = (capacity, 0.0);
    for one in order {
        if one.load <= left {
            left -= one.load;
            total += one.profit;
            items.push(one.at);
        } else {
            total += one.profit * number(left) / number(one.load);
            break;
        }
    }
    total
}
