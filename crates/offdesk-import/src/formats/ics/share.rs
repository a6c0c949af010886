//! Overlapping instances: time that several of them claim is divided among them, so that no hour counts twice.

use super::expand::Instance;

/// Parts of a second that shares are counted in.
const PART: u32 = 32;

/// What came of the sharing.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Shares {
    /// Seconds of each instance, in order.
    pub seconds: Vec<i64>,
    /// Instances that share time with others.
    pub instances: u64,
    /// Seconds on the clock during which two or more took place.
    pub overlapped: i64,
}

/// Shares out overlapping time equally, in whole seconds whose sum is the union. `instances` are in order of start;
/// those that do not count (`counts` says so) keep their length and take nothing from others.
pub fn share(instances: &[Instance], counts: impl Fn(&Instance) -> bool) -> Shares {
    let mut out = Shares {
        seconds: instances.iter().map(|i| i.end - i.start).collect(),
        ..Shares::default()
    };
    let taking: Vec<usize> = (0..instances.len())
        .filter(|i| {
            instances
                .get(*i)
                .is_some_and(|i| i.end > i.start && counts(i))
        })
        .collect();
    let at = |i: usize| instances.get(i).map_or((0, 0), |i| (i.start, i.end));
    let mut rest = taking.as_slice();
    while let Some(first) = rest.first() {
        let mut end = at(*first).1;
        let mut size = 1;
        while let Some(next) = rest.get(size).filter(|next| at(**next).0 < end) {
            end = end.max(at(*next).1);
            size += 1;
        }
        let (cluster, after) = rest.split_at(size);
        if cluster.len() > 1 {
            divide(cluster, &at, &mut out);
        }
        rest = after;
    }
    out
}

/// Divides the time of instances of which each overlaps another.
fn divide(cluster: &[usize], at: &dyn Fn(usize) -> (i64, i64), out: &mut Shares) {
    // A turn is where an instance starts (+1) or ends (-1).
    let mut turns: Vec<(i64, i64)> = cluster
        .iter()
        .flat_map(|i| [(at(*i).0, 1), (at(*i).1, -1)])
        .collect();
    turns.sort_unstable();
    // For every turn: what one instance that takes place all along has gathered until then.
    let mut gathered: Vec<(i64, i128)> = Vec::with_capacity(turns.len());
    let (mut active, mut last, mut sum) = (0i64, 0i64, 0i128);
    let mut union = 0i64;
    for (moment, change) in turns {
        if active > 0 {
            sum += (i128::from(moment - last) << PART) / i128::from(active);
            union += moment - last;
        }
        if active > 1 {
            out.overlapped += moment - last;
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
            .and_then(|i| gathered.get(i))
            .map_or(0, |(_, sum)| *sum)
    };
    let mut left = union;
    let mut by_rest: Vec<(i128, usize)> = Vec::with_capacity(cluster.len());
    for index in cluster {
        let (start, end) = at(*index);
        let whole = until(end) - until(start);
        let seconds = i64::try_from(whole >> PART).unwrap_or(0);
        by_rest.push((-(whole - (i128::from(seconds) << PART)), *index));
        left -= seconds;
        if seconds < end - start {
            out.instances += 1;
        }
        if let Some(slot) = out.seconds.get_mut(*index) {
            *slot = seconds;
        }
    }
    // Seconds lost to rounding go to those who lost the most.
    by_rest.sort_unstable();
    for (_, index) in by_rest.iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(slot) = out.seconds.get_mut(*index) {
            *slot += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offdesk_domain::Day;

    fn shares(spans: &[(i64, i64)]) -> Shares {
        let instances: Vec<Instance> = spans
            .iter()
            .map(|(start, end)| Instance {
                start: *start,
                end: *end,
                event: 0,
                original: None,
                day: Day(0),
            })
            .collect();
        share(&instances, |i| i.end - i.start <= 86_400)
    }

    #[test]
    fn cases() {
        type Case = (&'static [(i64, i64)], &'static [i64], u64, i64);
        let cases: [Case; 8] = [
            (&[], &[], 0, 0),
            (&[(0, 100), (100, 200)], &[100, 100], 0, 0),
            (&[(0, 3600), (1800, 5400)], &[2700, 2700], 2, 1800),
            (&[(0, 10), (0, 10), (0, 10)], &[4, 3, 3], 3, 10),
            (&[(0, 7200), (1800, 3600)], &[6300, 900], 2, 1800),
            (&[(0, 1), (0, 1)], &[1, 0], 2, 1),
            (&[(0, 50), (10, 10), (20, 60)], &[35, 0, 25], 2, 30),
            (&[(0, 90_000), (100, 200)], &[90_000, 100], 0, 0),
        ];
        for (spans, seconds, instances, overlapped) in cases {
            let expected = Shares {
                seconds: seconds.to_vec(),
                instances,
                overlapped,
            };
            assert_eq!(shares(spans), expected, "{spans:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_sum_is_the_union(spans in proptest::collection::vec((0i64..2000, 1i64..500), 1..40)) {
            let mut spans: Vec<(i64, i64)> = spans.iter().map(|(s, l)| (*s, s + l)).collect();
            spans.sort_unstable();
            let got = shares(&spans);
            let claims = |t: i64| spans.iter().filter(|(s, e)| *s <= t && t < *e).count();
            let union = (0..2500).filter(|t| claims(*t) > 0).count();
            let overlapped = (0..2500).filter(|t| claims(*t) > 1).count();
            proptest::prop_assert_eq!(got.seconds.iter().sum::<i64>(), i64::try_from(union).unwrap());
            proptest::prop_assert_eq!(got.overlapped, i64::try_from(overlapped).unwrap());
            for ((start, end), seconds) in spans.iter().zip(&got.seconds) {
                proptest::prop_assert!((0..=end - start).contains(seconds));
                let exact: f64 = (*start..*end).map(|t| 1.0 / f64::from(u32::try_from(claims(t)).unwrap())).sum();
                let got = f64::from(u32::try_from(*seconds).unwrap());
                proptest::prop_assert!((got - exact).abs() < 1.001);
            }
        }
    }
}
