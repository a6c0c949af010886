//! Two lines: what an hour could be bought for on average, and what it would come to without the work below the worth that takes the most time.

use rust_decimal::Decimal;

use crate::worth::Worth;

/// So many pieces of work are thought away, one after the other.
const TOP: usize = 2;

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Its hours, of whatever time.
    pub hours: Decimal,
    /// What an hour of it could be bought for; `None` where it has no price.
    pub price: Option<Decimal>,
    /// It stays with the owner whatever its price.
    pub stays: bool,
}

/// What an hour could be bought for without some of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Without {
    /// The places of what is gone.
    pub gone: Vec<usize>,
    /// What an hour of the rest could be bought for on average.
    pub hour: Decimal,
}

/// What an hour with a price could be bought for on average; `None` where none has one.
#[must_use]
pub fn effective_hour<'w>(work: impl IntoIterator<Item = &'w Work>) -> Option<Decimal> {
    let (mut hours, mut value) = (Decimal::ZERO, Decimal::ZERO);
    for of in work {
        if let Some(price) = of.price {
            hours += of.hours;
            value += price.checked_mul(of.hours).unwrap_or_default();
        }
    }
    value.checked_div(hours)
}

/// What it would come to without the one or two below the worth that take the most time; nothing where no other work with a price is left.
#[must_use]
pub fn without_top(work: &[Work], worth: &Worth) -> Vec<Without> {
    let is_below = |of: &Work| of.price.is_some_and(|price| price < worth.hour);
    let mut order: Vec<usize> = (0..work.len())
        .filter(|at| {
            let may_go = |of: &Work| is_below(of) && !of.stays && of.hours > Decimal::ZERO;
            work.get(*at).is_some_and(may_go)
        })
        .collect();
    order.sort_by_key(|at| std::cmp::Reverse(work.get(*at).map(|of| of.hours)));
    let most = order.len().min(TOP);
    let gone = (1..=most).map(|count| order.iter().copied().take(count).collect::<Vec<_>>());
    gone.filter_map(|gone| {
        let left = work.iter().enumerate();
        let left = left.filter(|(at, _)| !gone.contains(at)).map(|(_, of)| of);
        let hour = effective_hour(left)?;
        Some(Without { gone, hour })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::worth::Basis;

    fn work(hours: i64, price: i64) -> Work {
        Work {
            hours: hours.into(),
            price: (price > 0).then(|| price.into()),
            stays: false,
        }
    }

    #[test]
    fn the_top_one_and_two_below_the_worth_are_thought_away() {
        let hour = Decimal::from(75);
        let worth = Worth::new(Basis::Stated { hour }, Currency::USD, Decimal::TWO, None).unwrap();
        let check = |all: &[Work], hour: Option<i64>, expected: &[(&[usize], i64)]| {
            assert_eq!(effective_hour(all), hour.map(Decimal::from));
            let found = without_top(all, &worth);
            let found: Vec<(&[usize], Decimal)> =
                found.iter().map(|it| (&it.gone[..], it.hour)).collect();
            let expected: Vec<(&[usize], Decimal)> = expected
                .iter()
                .map(|(gone, hour)| (*gone, Decimal::from(*hour)))
                .collect();
            assert_eq!(found, expected);
        };
        // (10 x 20 + 5 x 40 + 5 x 160) / 20; then (5 x 40 + 5 x 160) / 10; then 160.
        let three = [work(5, 40), work(10, 20), work(5, 160)];
        check(&three, Some(60), &[(&[1], 100), (&[1, 0], 160)]);
        // What has no price is in no average, and is not thought away.
        check(&[work(9, 0), work(1, 100)], Some(100), &[]);
        // Where nothing is left there is nothing to say.
        check(&[work(4, 20)], Some(20), &[]);
        check(&[], None, &[]);
        // What stays with the owner is not thought away.
        let mine = Work {
            stays: true,
            ..work(10, 20)
        };
        check(&[mine, work(10, 100)], Some(60), &[]);
    }
}
