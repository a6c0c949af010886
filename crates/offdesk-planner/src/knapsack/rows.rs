//! Rows of a knapsack's table, filled as many cells at a time as the processor takes: asked for, since where a program is made
//! small the compiler does not do that by itself.

use fearless_simd::{Simd, SimdBase};

/// The part of a table's row that is filled; above it the row stays as it is at its end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) last: usize,
}

/// The larger of two numbers; as the processor finds it.
#[inline(always)]
pub(super) fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// Fills a row on from where it ends.
#[inline(always)]
pub(super) fn extend(row: &mut [f64], span: Span, to: usize) {
    if to > span.last {
        let last = row[span.last];
        row[span.last + 1..=to].fill(last);
    }
}

/// A row from the one above, with an item more; whatever is taken, the cost is paid.
#[inline(always)]
pub(super) fn relax<S: Simd>(
    simd: S,
    above: &[f64],
    row: &mut [f64],
    span: Span,
    steps: usize,
    (profit, cost): (f64, f64),
) {
    let end = span.last + 1;
    let from = steps.clamp(span.from, end);
    for (to, above) in row[span.from..from].iter_mut().zip(&above[span.from..from]) {
        *to = above - cost;
    }
    let with = &above[from.saturating_sub(steps)..];
    let row = &mut row[from..end];
    let profit = profit - cost;
    if cost > 0.0 {
        join(simd, row, &above[from..end], with, |without, with| {
            (without - cost).max(with + profit)
        });
    } else {
        join(simd, row, &above[from..end], with, |without, with| {
            without.max(with + profit)
        });
    }
}

/// A row from two that are as long, or longer.
#[inline(always)]
pub(super) fn join<S: Simd>(
    simd: S,
    row: &mut [f64],
    a: &[f64],
    b: &[f64],
    of: impl Fn(S::f64s, S::f64s) -> S::f64s,
) {
    let wide = S::f64s::LEN;
    let length = row.len();
    let (a, b) = (&a[..length], &b[..length]);
    let load = |of: &[f64]| S::f64s::from_slice(simd, of);
    if length < wide {
        let some =
            |from: &[f64]| S::f64s::from_fn(simd, |at| from.get(at).copied().unwrap_or_default());
        let made = of(some(a), some(b));
        row.copy_from_slice(&made.as_slice()[..length]);
        return;
    }
    let pairs = a.chunks_exact(wide).zip(b.chunks_exact(wide));
    for (to, (a, b)) in row.chunks_exact_mut(wide).zip(pairs) {
        of(load(a), load(b)).store_slice(to);
    }
    if !length.is_multiple_of(wide) {
        // The last ones once more, with some that are made already.
        let last = length - wide;
        of(load(&a[last..]), load(&b[last..])).store_slice(&mut row[last..]);
    }
}

/// The largest sum of two cells of rows that are as long.
#[inline(always)]
pub(super) fn largest_sum<S: Simd>(simd: S, a: &[f64], b: &[f64]) -> f64 {
    let wide = S::f64s::LEN;
    let (a, b) = (a.chunks_exact(wide), b.chunks_exact(wide));
    let (left_a, left_b) = (a.remainder(), b.remainder());
    let mut most = S::f64s::splat(simd, f64::NEG_INFINITY);
    for (a, b) in a.zip(b) {
        let sums = S::f64s::from_slice(simd, a) + S::f64s::from_slice(simd, b);
        most = most.max(sums);
    }
    let left = left_a.iter().zip(left_b).map(|(a, b)| a + b);
    let most = most.as_slice().iter().copied();
    most.chain(left).fold(f64::NEG_INFINITY, larger)
}
