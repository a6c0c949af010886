//! What each entry is worth to a knapsack: what is made with it, and without it.

use fearless_simd::{Level, Simd, SimdBase, dispatch};

use super::Knapsack;
use super::rows::{Span, join, larger, largest_sum};

/// What the entries behind one make: at `i` within the capacity less `i` steps.
#[derive(Debug, Default)]
pub(super) struct Rest {
    values: Vec<f64>,
    next: Vec<f64>,
    /// Below this all is as here: every entry finds room.
    from: usize,
}

impl Knapsack {
    /// For each entry the most that can be made with it, and without it: `told(item, with, without)`. What is made at
    /// all is given; [`None`] where only a bound in part is known. What is left by loads up to one can be asked after.
    pub(crate) fn weigh(
        &mut self,
        capacity: i64,
        load: i64,
        told: &mut impl FnMut(usize, f64, f64),
    ) -> Option<f64> {
        if !self.fill(capacity, load) {
            return None;
        }
        let total = self.unpack();
        dispatch!(Level::new(), simd => self.weigh_with(simd, total, told));
        Some(total)
    }

    #[inline(always)]
    fn weigh_with<S: Simd>(&mut self, simd: S, total: f64, told: &mut impl FnMut(usize, f64, f64)) {
        let width = self.width;
        let mut row = self.last_row();
        let mut rest = std::mem::take(&mut self.rest);
        rest.clear(width);
        for (number, segment) in self.segments.iter().enumerate().rev() {
            let from = self.start(number);
            let mut unopened = f64::NEG_INFINITY;
            if segment.cost > 0.0 {
                row -= 1;
                let base = row - (segment.end - from);
                unopened = rest.joined(
                    simd,
                    &self.rows[base * width..][..width],
                    self.spans[base],
                    0,
                );
                self.behind.values.clone_from(&rest.values);
                self.behind.from = rest.from;
            }
            for index in (from..segment.end).rev() {
                row -= 1;
                let entry = &self.entries[index];
                let before = &self.rows[row * width..][..width];
                let cost = if index == from { segment.cost } else { 0.0 };
                if self.is_taken[index] {
                    let without = rest.joined(simd, before, self.spans[row], 0) - cost;
                    told(entry.item, total, larger(without, unopened));
                } else {
                    let with = rest.joined(simd, before, self.spans[row], entry.steps);
                    told(entry.item, with - cost + entry.profit, total);
                }
                rest.add(simd, entry.steps, entry.profit);
            }
            if segment.cost > 0.0 {
                let lowest = self.behind.values[self.behind.from];
                self.behind.values[rest.from..self.behind.from].fill(lowest);
                let from = rest.from;
                join(
                    simd,
                    &mut rest.next[from..width],
                    &rest.values[from..],
                    &self.behind.values[from..],
                    |rest, behind| behind.max(rest - segment.cost),
                );
                std::mem::swap(&mut rest.values, &mut rest.next);
            }
        }
        self.rest = rest;
    }

    /// The most that the entries make in what an item of a load leaves of a capacity; after [`Knapsack::weigh`], of a
    /// load that was told it.
    pub(crate) fn beside(&self, capacity: i64, load: i64) -> f64 {
        let left = (capacity - load).min(self.load);
        let steps = usize::try_from(left / self.scale).unwrap_or(0);
        self.at(self.last_row(), steps.min(self.width - 1))
    }
}

impl Rest {
    fn clear(&mut self, width: usize) {
        self.values.clear();
        self.values.resize(width, 0.0);
        self.next.resize(width, 0.0);
        self.from = width - 1;
    }

    /// Adds an entry.
    #[inline(always)]
    fn add<S: Simd>(&mut self, simd: S, steps: usize, profit: f64) {
        let width = self.values.len();
        let from = self.from.saturating_sub(steps);
        let lowest = self.values[self.from];
        self.values[from..self.from].fill(lowest);
        let end = width.saturating_sub(steps).max(from);
        join(
            simd,
            &mut self.next[from..end],
            &self.values[from..end],
            &self.values[(from + steps).min(width)..],
            |without, with| without.max(with + profit),
        );
        self.next[end..width].copy_from_slice(&self.values[end..]);
        std::mem::swap(&mut self.values, &mut self.next);
        self.from = from;
    }

    /// The most of a row and these within the whole capacity less some steps.
    #[inline(always)]
    fn joined<S: Simd>(&self, simd: S, row: &[f64], span: Span, less: usize) -> f64 {
        let width = self.values.len();
        let end = (span.last + 1).min(width.saturating_sub(less));
        let from = self.from.saturating_sub(less);
        if from >= end {
            // Everything behind finds room beside all of the row.
            let last = row[span.last.min(width - 1)];
            return if less < width {
                last + self.values[self.from]
            } else {
                f64::NEG_INFINITY
            };
        }
        largest_sum(simd, &row[from..end], &self.values[from + less..end + less])
    }
}
