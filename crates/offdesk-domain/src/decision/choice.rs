//! The one rule by which every door chooses: the net value at the likeliest numbers, and an hour of the owner's as the least that counts.

/// What to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The way at this place.
    Way(usize),
    /// Go on doing it.
    Keep,
    /// Stop doing it.
    Drop,
}

/// What is chosen of several ways by their net values, and another choice that comes to the same but for an hour of the owner's.
///
/// A way has to bring an hour's worth, `hour`, more than keeping it; `dropped` is what is gained by no longer doing it, where that can
/// be, and has to bring an hour's worth more than the best of both.
#[must_use]
pub fn choose(net_values: &[f64], dropped: Option<f64>, hour: f64) -> (Choice, Option<Choice>) {
    let ways = || (0..).zip(net_values);
    // Of equal ones the first.
    let best = ways().fold(None, |best: Option<(usize, f64)>, (at, value)| match best {
        Some((_, most)) if most >= *value => best,
        _ => Some((at, *value)),
    });
    let most = best.map_or(0.0, |(_, value)| value);
    let (choice, value) = match (best, dropped) {
        (_, Some(gain)) if gain > most.max(0.0) + hour => (Choice::Drop, gain),
        (Some((at, value)), _) if value > 0.0 && value >= hour => (Choice::Way(at), value),
        _ => (Choice::Keep, 0.0),
    };
    let others = ways()
        .map(|(at, value)| (Choice::Way(at), *value))
        .chain([(Choice::Keep, 0.0)])
        .chain(dropped.map(|gain| (Choice::Drop, gain)));
    let same = others
        .filter(|(other, of)| *other != choice && (value - of).abs() < hour)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    (choice, same.map(|(other, _)| other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_is_chosen_and_less_than_an_hour_is_no_difference() {
        let check = |values: &[f64], dropped, choice, same| {
            assert_eq!(
                choose(values, dropped, 75.0),
                (choice, same),
                "{values:?} {dropped:?}"
            );
        };
        let way = |at| Some(Choice::Way(at));
        check(&[], None, Choice::Keep, None);
        check(&[500.0, 900.0], None, Choice::Way(1), None);
        check(&[900.0, 850.0], None, Choice::Way(0), way(1));
        check(&[900.0, 900.0], None, Choice::Way(0), way(1));
        check(&[74.0, -10.0], None, Choice::Keep, way(0));
        check(&[75.0], None, Choice::Way(0), None);
        check(&[-500.0], None, Choice::Keep, None);
        check(&[-500.0], Some(76.0), Choice::Drop, None);
        check(&[200.0], Some(270.0), Choice::Way(0), Some(Choice::Drop));
        check(&[200.0], Some(276.0), Choice::Drop, None);
    }
}
