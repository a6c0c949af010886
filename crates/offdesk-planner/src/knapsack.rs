//! One agent's knapsack with set-ups, by dynamic programming: what it makes, of which items, and what each is worth to it.

mod rows;
mod weigh;

use fearless_simd::{Level, Simd, SimdBase, dispatch};

use self::rows::{Span, extend, join, relax};
use self::weigh::Rest;
use crate::whole::number;

/// Knapsacks are packed over at most so many steps of capacity; finer ones are rounded so that the bound stays one.
const MOST_STEPS: i64 = 4_096;
/// Of a knapsack that is bounded without a table no digit beyond this counts.
const IN_PART: f64 = 1e-9;
/// With more cells than fit a table the knapsack is bounded without one.
const MOST_CELLS: usize = 1 << 22;

/// An item that makes a profit.
#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Which item it is: a number of the caller's.
    item: usize,
    load: i64,
    /// The load in steps of the table.
    steps: usize,
    profit: f64,
}

/// Entries that share a set-up.
#[derive(Debug, Clone, Copy)]
struct Segment {
    /// Where its entries end.
    end: usize,
    /// What the set-up takes once.
    cost: f64,
}

/// A knapsack and its table; filled anew for every agent.
#[derive(Debug, Default)]
pub(crate) struct Knapsack {
    entries: Vec<Entry>,
    segments: Vec<Segment>,
    /// Row after row: what the entries so far make within each capacity; after a set-up a row for whether it pays.
    rows: Vec<f64>,
    spans: Vec<Span>,
    rest: Rest,
    behind: Rest,
    is_taken: Vec<bool>,
    /// What all entries make together.
    profit: f64,
    /// The profits, and what the set-ups take.
    size: f64,
    load: i64,
    scale: i64,
    width: usize,
}

impl Knapsack {
    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
        self.segments.clear();
        self.profit = 0.0;
        self.size = 0.0;
        self.load = 0;
    }

    /// Adds an item to the set-up that is open; only one with a profit.
    pub(crate) fn add(&mut self, item: usize, load: i64, profit: f64) {
        self.entries.push(Entry {
            item,
            load,
            steps: 0,
            profit,
        });
    }

    /// Closes a set-up; whether its items can pay for it, and by how much they fall short.
    pub(crate) fn close(&mut self, cost: f64) -> Option<f64> {
        let from = self.segments.last().map_or(0, |segment| segment.end);
        let of = self.entries.get(from..).unwrap_or_default();
        let profit: f64 = of.iter().map(|entry| entry.profit).sum();
        if cost > 0.0 && profit <= cost {
            self.entries.truncate(from);
            return Some(cost - profit);
        }
        let load = of.iter().fold(0_i64, |sum, of| sum.saturating_add(of.load));
        self.profit += profit - cost;
        self.size += profit + cost.abs();
        self.load = self.load.saturating_add(load);
        let end = self.entries.len();
        match self.segments.last_mut() {
            Some(last) if last.cost <= 0.0 && cost <= 0.0 => last.end = end,
            _ if end > from => self.segments.push(Segment { end, cost }),
            _ => {}
        }
        None
    }

    /// No sum in it is larger.
    pub(crate) fn size(&self) -> f64 {
        self.size
    }

    /// The most that can be made within a capacity, or a bound of it; the items are given.
    pub(crate) fn pack(&mut self, capacity: i64, items: &mut Vec<usize>) -> f64 {
        if self.load <= capacity {
            items.extend(self.entries.iter().map(|entry| entry.item));
            return self.profit;
        }
        if !self.fill(capacity, 0) {
            return self.pack_in_part(capacity, items);
        }
        let total = self.unpack();
        let taken = self.entries.iter().zip(&self.is_taken);
        items.extend(
            taken
                .filter(|(_, is_taken)| **is_taken)
                .map(|(entry, _)| entry.item),
        );
        total
    }

    /// Fills the table, so that it can be asked for the capacity and what is at most so much less; not where it would
    /// be too large.
    fn fill(&mut self, capacity: i64, less: i64) -> bool {
        let capacity = capacity.min(self.load);
        // Finer than the table: loads are rounded down, which only loosens the knapsack.
        self.scale = (capacity / MOST_STEPS + 1).max(1);
        self.width = usize::try_from(capacity / self.scale).unwrap_or(0) + 1;
        let count = self.entries.len() + self.segments.len() + 1;
        let cells = self.width.saturating_mul(count);
        if cells > MOST_CELLS {
            return false;
        }
        if self.rows.len() < cells {
            self.rows.resize(cells, 0.0);
        }
        for entry in &mut self.entries {
            let steps = usize::try_from(entry.load / self.scale);
            entry.steps = steps.unwrap_or(usize::MAX).min(self.width);
        }
        let less = usize::try_from(less / self.scale + 1).unwrap_or(usize::MAX);
        dispatch!(Level::new(), simd => self.fill_with(simd, less));
        true
    }

    #[inline(always)]
    fn fill_with<S: Simd>(&mut self, simd: S, less: usize) {
        let width = self.width;
        let last = width - 1;
        // What comes after needs no less than this.
        let mut after: usize = self.entries.iter().map(|entry| entry.steps).sum();
        let mut before = 0_usize;
        let span = |before: usize, after: usize| {
            let from = last.saturating_sub(after.saturating_add(less));
            Span {
                from,
                last: before.min(last).max(from),
            }
        };
        self.spans.clear();
        let first = span(0, after);
        self.spans.push(first);
        self.rows[first.from] = 0.0;
        let (mut row, mut from) = (0, 0);
        for segment in &self.segments {
            let base = row;
            for (index, entry) in self.entries[from..segment.end].iter().enumerate() {
                let cost = if index == 0 { segment.cost } else { 0.0 };
                after -= entry.steps;
                before += entry.steps;
                let old = self.spans[row];
                let new = span(before, after);
                let (above, below) = self.rows.split_at_mut((row + 1) * width);
                let above = &mut above[row * width..];
                extend(above, old, new.last);
                relax(
                    simd,
                    above,
                    &mut below[..width],
                    new,
                    entry.steps,
                    (entry.profit, cost),
                );
                self.spans.push(new);
                row += 1;
            }
            if segment.cost > 0.0 {
                let new = span(before, after);
                let (above, below) = self.rows.split_at_mut((row + 1) * width);
                let (above, made) = above.split_at_mut(row * width);
                let above = &mut above[base * width..][..width];
                extend(above, self.spans[base], new.last);
                let range = new.from..=new.last;
                join(
                    simd,
                    &mut below[range.clone()],
                    &above[range.clone()],
                    &made[range],
                    |above, made| above.max(made),
                );
                self.spans.push(new);
                row += 1;
            }
            from = segment.end;
        }
    }

    /// The row after all entries.
    fn last_row(&self) -> usize {
        self.spans.len() - 1
    }

    fn at(&self, row: usize, steps: usize) -> f64 {
        self.rows[row * self.width + steps.min(self.spans[row].last)]
    }

    /// Finds the entries behind the best sum: those that changed it.
    fn unpack(&mut self) -> f64 {
        let mut is_taken = std::mem::take(&mut self.is_taken);
        is_taken.clear();
        is_taken.resize(self.entries.len(), false);
        let mut at = self.width - 1;
        let mut row = self.last_row();
        let total = self.at(row, at);
        for (number, segment) in self.segments.iter().enumerate().rev() {
            let from = self.start(number);
            if segment.cost > 0.0 {
                let base = row - 1 - (segment.end - from);
                if self.at(row, at) <= self.at(base, at.min(self.spans[row].last)) {
                    row = base;
                    continue;
                }
                at = at.min(self.spans[row].last);
                row -= 1;
            }
            for index in (from..segment.end).rev() {
                at = at.min(self.spans[row].last);
                let cost = if index == from { segment.cost } else { 0.0 };
                if self.at(row, at) > self.at(row - 1, at) - cost {
                    is_taken[index] = true;
                    at = at.saturating_sub(self.entries[index].steps);
                }
                row -= 1;
            }
        }
        self.is_taken = is_taken;
        total
    }

    /// Where the entries of a set-up begin.
    fn start(&self, segment: usize) -> usize {
        segment
            .checked_sub(1)
            .map_or(0, |before| self.segments[before].end)
    }

    /// The bound of a knapsack by profit for load, the last one in part; a set-up is paid by its items in the share of
    /// their profits, which no plan pays more than.
    fn pack_in_part(&mut self, capacity: i64, items: &mut Vec<usize>) -> f64 {
        let mut entries = self.entries.clone();
        let mut from = 0;
        for segment in &self.segments {
            let of = &mut entries[from..segment.end];
            let profit: f64 = of.iter().map(|entry| entry.profit).sum();
            let share = 1.0 - segment.cost / profit.max(f64::MIN_POSITIVE);
            for entry in of {
                entry.profit *= share;
            }
            from = segment.end;
        }
        entries.sort_by(|a, b| {
            let of = |entry: &Entry| entry.profit / number(entry.load.max(1));
            of(b).total_cmp(&of(a))
        });
        let (mut left, mut total) = (capacity, 0.0);
        for entry in entries {
            if entry.load <= left {
                left -= entry.load;
                total += entry.profit;
                items.push(entry.item);
            } else {
                total += entry.profit * number(left) / number(entry.load);
                break;
            }
        }
        // Shares are rounded, and so is their sum.
        total * (1.0 + IN_PART)
    }
}
