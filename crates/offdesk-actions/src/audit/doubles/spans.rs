//! Spans of time: joined, added to others, held against them.

/// Adds spans to disjoint ones in order; files mostly come one after the other in time, which costs least.
pub(super) fn add_spans(known: &mut Vec<(i64, i64)>, new: Vec<(i64, i64)>) {
    let new = joined(new);
    let is_later = match (known.last(), new.first()) {
        (Some((start, _)), Some((first, _))) => start <= first,
        _ => true,
    };
    if !is_later {
        known.extend(new);
        *known = joined(std::mem::take(known));
        return;
    }
    for (start, end) in new {
        match known.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => known.push((start, end)),
        }
    }
}

/// Spans sorted, and joined where they touch.
fn joined(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut out: Vec<(i64, i64)> = Vec::with_capacity(spans.len());
    for (start, end) in spans {
        match out.last_mut() {
            Some((_, last)) if start <= *last => *last = end.max(*last),
            _ => out.push((start, end)),
        }
    }
    out
}

/// Seconds that a span shares with disjoint spans in order.
pub(super) fn overlap(spans: &[(i64, i64)], start: i64, end: i64) -> i64 {
    let first = spans.partition_point(|(_, e)| *e <= start);
    let inside = spans.iter().skip(first).take_while(|(s, _)| *s < end);
    inside.map(|(s, e)| e.min(&end) - s.max(&start)).sum()
}

/// The seconds of each span when what is in `counted` is taken away first and the rest of an hour is shared equally
/// among those that have it.
pub(super) fn share_free(spans: &[(i64, i64, usize)], counted: &[(i64, i64)]) -> Vec<(usize, i64)> {
    /// Parts of a second that shares are counted in.
    const PART: u32 = 32;
    let mut turns: Vec<(i64, i64)> = spans
        .iter()
        .flat_map(|(start, end, _)| [(*start, 1), (*end, -1)])
        .collect();
    turns.sort_unstable();
    // For every turn: what one span that goes on all along has gathered until then.
    let mut gathered: Vec<(i64, i128)> = Vec::with_capacity(turns.len());
    let (mut active, mut last, mut sum) = (0_i64, 0_i64, 0_i128);
    for (moment, change) in turns {
        if active > 0 && moment > last {
            let free = moment - last - overlap(counted, last, moment);
            sum += (i128::from(free) << PART) / i128::from(active);
        }
        active += change;
        last = moment;
        if gathered.last().is_none_or(|(known, _)| *known < moment) {
            gathered.push((moment, sum));
        }
    }
    let until = |moment: i64| {
        let found = gathered.binary_search_by_key(&moment, |(known, _)| *known);
        found
            .ok()
            .and_then(|at| gathered.get(at))
            .map_or(0, |(_, sum)| *sum)
    };
    // To the nearest second.
    let seconds = |parts: i128| i64::try_from((parts + (1 << (PART - 1))) >> PART).unwrap_or(0);
    spans
        .iter()
        .map(|(start, end, at)| (*at, seconds(until(*end) - until(*start))))
        .collect()
}
