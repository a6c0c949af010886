//! Pieces of time in milliseconds: put in order, merged, cut to what others leave.

use crate::formats::activitywatch_day::Subject;

/// A piece of time and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// UTC milliseconds since 1970.
    pub start: i64,
    /// UTC milliseconds since 1970.
    pub end: i64,
    /// What it is about.
    pub subject: Subject,
}

/// In order and without overlap: where two overlap, the earlier one keeps the time.
pub(crate) fn in_order(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|piece| piece.start);
    let mut reached = i64::MIN;
    pieces.retain_mut(|piece| {
        piece.start = piece.start.max(reached);
        reached = reached.max(piece.end);
        piece.start < piece.end
    });
    pieces
}

/// Spans in order, touching and overlapping ones made one.
pub(crate) fn merged(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let meets = next.0 <= last.1;
        if meets {
            last.1 = last.1.max(next.1);
        }
        meets
    });
    spans
}

/// The parts of ordered pieces that lie within merged spans.
pub(crate) fn clipped(pieces: &[Piece], spans: &[(i64, i64)]) -> Vec<Piece> {
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let first = spans.partition_point(|(_, end)| *end <= piece.start);
        for (start, end) in spans.iter().skip(first) {
            if *start >= piece.end {
                break;
            }
            out.push(Piece {
                start: piece.start.max(*start),
                end: piece.end.min(*end),
                subject: piece.subject,
            });
        }
    }
    out
}

/// The parts of ordered pieces that lie outside merged spans.
pub(crate) fn cut(pieces: &[Piece], spans: &[(i64, i64)]) -> Vec<Piece> {
    let starts = std::iter::once(i64::MIN).chain(spans.iter().map(|(_, end)| *end));
    let ends = spans
        .iter()
        .map(|(start, _)| *start)
        .chain(std::iter::once(i64::MAX));
    let outside: Vec<(i64, i64)> = starts.zip(ends).collect();
    clipped(pieces, &outside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(spans: &[(i64, i64)]) -> Vec<Piece> {
        spans
            .iter()
            .map(|(start, end)| Piece {
                start: *start,
                end: *end,
                subject: Subject::Present,
            })
            .collect()
    }

    #[test]
    fn orders_merges_clips_and_cuts() {
        let given = [(20, 30), (0, 10), (5, 25), (7, 8), (40, 40)];
        assert_eq!(
            in_order(pieces(&given)),
            pieces(&[(0, 10), (10, 25), (25, 30)])
        );
        assert_eq!(merged(given.to_vec()), [(0, 30), (40, 40)]);
        let spans = [(2, 4), (6, 12), (28, 50)];
        let ordered = pieces(&[(0, 10), (10, 30)]);
        assert_eq!(
            clipped(&ordered, &spans),
            pieces(&[(2, 4), (6, 10), (10, 12), (28, 30)])
        );
        assert_eq!(cut(&ordered, &spans), pieces(&[(0, 2), (4, 6), (12, 28)]));
        assert_eq!(cut(&ordered, &[]), ordered);
        assert_eq!(clipped(&ordered, &[]), []);
    }
}
