//! Several occupations as one: the spread of all their wages together.

use crate::market::Pay;

/// The 10th, 50th and 90th percentile of a mixture of occupations, each with the spread of its own wages.
pub(crate) fn range(occupations: &[(Pay, f64)]) -> Option<[f64; 3]> {
    /// The places of the known percentiles on the scale of the normal distribution.
    const KNOWN: [f64; 5] = [-1.2816, -0.6745, 0.0, 0.6745, 1.2816];
    /// Twenty equal parts of an occupation by their middles, on the same scale.
    const PARTS: [f64; 20] = [
        -1.96, -1.44, -1.15, -0.935, -0.755, -0.598, -0.454, -0.319, -0.189, -0.063, 0.063, 0.189,
        0.319, 0.454, 0.598, 0.755, 0.935, 1.15, 1.44, 1.96,
    ];
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(occupations.len() * PARTS.len());
    for (pay, share) in occupations {
        let logs = pay.percentiles.map(f64::ln);
        for place in PARTS {
            let above = KNOWN
                .iter()
                .position(|known| *known >= place)
                .unwrap_or(4)
                .max(1);
            let (from, to) = (KNOWN[above - 1], KNOWN[above]);
            let slope = (logs[above] - logs[above - 1]) / (to - from);
            points.push((logs[above - 1] + slope * (place - from), *share));
        }
    }
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let whole: f64 = points.iter().map(|(_, share)| share).sum();
    // Between the middles of two points in a straight line, so that the median of one occupation is its own.
    let at = |part: f64| {
        let wanted = part * whole;
        let (mut sum, mut last) = (0.0, None);
        for (log, share) in &points {
            let middle = sum + share / 2.0;
            if middle >= wanted {
                let (from, below): (f64, f64) = last.unwrap_or((*log, middle));
                let step = if middle > below {
                    (wanted - below) / (middle - below)
                } else {
                    0.0
                };
                return Some((from + (log - from) * step.clamp(0.0, 1.0)).exp());
            }
            sum += share;
            last = Some((*log, middle));
        }
        last.map(|(log, _)| log.exp())
    };
    Some([at(0.1)?, at(0.5)?, at(0.9)?])
}
