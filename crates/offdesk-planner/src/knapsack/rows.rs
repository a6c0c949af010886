//! Rows of a knapsack's table.

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
pub(super) fn relax(
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
    let profit = profit - cost;
    let pairs = above[from..end]
        .iter()
        .zip(&above[from.saturating_sub(steps)..]);
    for (to, (without, with)) in row[from..end].iter_mut().zip(pairs) {
        *to = larger(without - cost, with + profit);
    }
}
