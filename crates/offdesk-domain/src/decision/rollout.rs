//! In which order to hand over, when the owner has few hours a week for it and freed hours fund the next handoff.

use super::{Case, Input, steady_week, weekly};

/// A week of a handoff that is live.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekLive {
    /// What it brings.
    pub value: f64,
    /// The owner's hours it frees; below 0 where it takes more than it frees.
    pub hours_freed: f64,
}

/// A handoff that waits for its set-up.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiting {
    /// The owner's hours to set it up.
    pub setup_hours: f64,
    /// What setting it up costs, the owner's hours and what is paid.
    pub setup_cost: f64,
    /// Its first weeks once it is live.
    pub weeks: Vec<WeekLive>,
    /// Every week after these.
    pub then: WeekLive,
}

impl Waiting {
    /// One that is the same every week, and whose set-up costs nothing but the hours.
    #[must_use]
    pub fn steady(setup_hours: f64, value: f64, hours_freed: f64) -> Self {
        Self {
            setup_hours,
            setup_cost: 0.0,
            weeks: Vec::new(),
            then: WeekLive { value, hours_freed },
        }
    }

    /// A case, week by week as far as so many weeks, whatever it looks ahead itself; afterwards as it is once learned.
    #[must_use]
    pub fn of(case: &Case, weeks: u32) -> Self {
        Self {
            setup_hours: case.setup_hours(),
            setup_cost: case.setup_cost(),
            weeks: weekly(&case.with(Input::Weeks, f64::from(weeks))),
            then: steady_week(case),
        }
    }

    /// What some hours of its set-up cost; one that takes no hours costs all of it at once.
    fn cost_of(&self, hours: f64) -> f64 {
        if self.setup_hours > 0.0 {
            self.setup_cost * (hours / self.setup_hours)
        } else {
            self.setup_cost
        }
    }

    /// Its week, so many after it went live.
    fn week(&self, since: u32) -> WeekLive {
        let at = usize::try_from(since).unwrap_or(usize::MAX);
        self.weeks.get(at).copied().unwrap_or(self.then)
    }
}

/// An order and what comes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rollout {
    /// Which is set up first, second and so on, by number; without those that are not handed over.
    pub order: Vec<usize>,
    /// For each handoff by number the week in which its set-up begins; `None` where it is not reached.
    pub begun_in_week: Vec<Option<u32>>,
    /// For each handoff by number the week in which it is live; `None` where its set-up does not end in time.
    pub live_from_week: Vec<Option<u32>>,
    /// What all bring within the weeks, less their set-ups.
    pub value: f64,
    /// What the set-ups cost, as far as they were done.
    pub setup_cost: f64,
}

/// A week of the owner's.
#[derive(Debug, Clone, PartialEq)]
pub struct Week {
    /// Hours for set-ups: the owner's own, and the share of freed ones.
    pub hours: f64,
    /// Hours that are spent, by the number of the handoff.
    pub spent: Vec<(usize, f64)>,
    /// What is freed by what is live.
    pub hours_freed: f64,
    /// What is brought by what is live.
    pub value: f64,
}

/// The owner's time for set-ups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Time {
    /// Weeks to look ahead.
    pub weeks: u32,
    /// Hours a week for set-ups.
    pub hours_per_week: f64,
    /// Share of freed hours that goes into further set-ups.
    pub reinvested: f64,
}

/// So many handoffs are tried in every order; of more the best orders found so far are followed.
const EVERY_ORDER: usize = 8;
/// So many orders are followed beyond that.
const FOLLOWED: usize = 400;

/// What comes of setting handoffs up in an order. Hours spill over within a week; what is set up in a week is live from
/// the next.
#[must_use]
pub fn follow(handoffs: &[Waiting], order: &[usize], time: Time) -> Rollout {
    walk(handoffs, order, time, |_| {})
}

/// The same order week by week.
#[must_use]
pub fn weeks(handoffs: &[Waiting], order: &[usize], time: Time) -> Vec<Week> {
    let mut all: Vec<Week> = Vec::new();
    walk(handoffs, order, time, |step| match step {
        Step::Week {
            hours,
            hours_freed,
            value,
        } => all.push(Week {
            hours,
            spent: Vec::new(),
            hours_freed,
            value,
        }),
        Step::Spent(number, hours) => {
            if let Some(week) = all.last_mut() {
                week.spent.push((number, hours));
            }
        }
    });
    all
}

/// What happens on the way.
enum Step {
    /// A week begins.
    Week {
        hours: f64,
        hours_freed: f64,
        value: f64,
    },
    /// Hours go into a set-up.
    Spent(usize, f64),
}

/// What all that is live in a week brings and frees.
fn all_live(handoffs: &[Waiting], live: &[Option<u32>], week: u32) -> WeekLive {
    let mut all = WeekLive {
        value: 0.0,
        hours_freed: 0.0,
    };
    for (handoff, from) in handoffs.iter().zip(live) {
        if let Some(since) = from.and_then(|from| week.checked_sub(from)) {
            let found = handoff.week(since);
            all.value += found.value;
            all.hours_freed += found.hours_freed;
        }
    }
    all
}

fn walk(handoffs: &[Waiting], order: &[usize], time: Time, mut take: impl FnMut(Step)) -> Rollout {
    let mut begun: Vec<Option<u32>> = vec![None; handoffs.len()];
    let mut live: Vec<Option<u32>> = vec![None; handoffs.len()];
    let mut queue = order
        .iter()
        .filter_map(|number| Some((*number, handoffs.get(*number)?.setup_hours)));
    let mut current = queue.next();
    let (mut value, mut setup_cost) = (0.0, 0.0);
    for week in 1..=time.weeks {
        let all = all_live(handoffs, &live, week);
        value += all.value;
        let mut hours = (time.hours_per_week + time.reinvested * all.hours_freed).max(0.0);
        take(Step::Week {
            hours,
            hours_freed: all.hours_freed,
            value: all.value,
        });
        while let Some((number, left)) = current {
            let spent = left.min(hours);
            if let (Some(place), true) = (begun.get_mut(number), spent > 0.0 || left <= 0.0) {
                place.get_or_insert(week);
            }
            let handoff = handoffs.get(number);
            setup_cost += handoff.map_or(0.0, |it| it.cost_of(spent));
            if spent > 0.0 {
                take(Step::Spent(number, spent));
            }
            if left > hours + 1e-9 {
                current = Some((number, left - hours));
                break;
            }
            hours -= left;
            if let Some(place) = live.get_mut(number) {
                *place = Some(week + 1).filter(|from| *from <= time.weeks);
            }
            current = queue.next();
        }
    }
    Rollout {
        order: order.to_vec(),
        begun_in_week: begun,
        live_from_week: live,
        value: value - setup_cost,
        setup_cost,
    }
}

/// The best order: of up to eight handoffs among all, of more among the best that were found by extending good ones. A handoff that
/// would lose within the weeks, its set-up counted, is in no order.
#[must_use]
pub fn best_order(handoffs: &[Waiting], time: Time) -> Rollout {
    let mut best = follow(handoffs, &[], time);
    if handoffs.len() <= EVERY_ORDER {
        let mut order: Vec<usize> = (0..handoffs.len()).collect();
        each_order(&mut order, 0, &mut |order| {
            best.give_way(follow(handoffs, order, time));
        });
        return best;
    }
    let mut orders: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..handoffs.len() {
        let mut longer: Vec<Rollout> = orders
            .iter()
            .flat_map(|order| {
                let rest = (0..handoffs.len()).filter(|number| !order.contains(number));
                rest.map(|number| {
                    let order: Vec<usize> = order.iter().copied().chain([number]).collect();
                    follow(handoffs, &order, time)
                })
            })
            .collect();
        longer.sort_by(|a, b| {
            b.value
                .total_cmp(&a.value)
                .then_with(|| a.order.cmp(&b.order))
        });
        longer.truncate(FOLLOWED);
        if let Some(found) = longer.first() {
            best.give_way(found.clone());
        }
        orders = longer.into_iter().map(|rollout| rollout.order).collect();
    }
    best
}

impl Rollout {
    /// Takes the place of this one where it brings more, or as much with more handed over.
    fn give_way(&mut self, other: Self) {
        let more = other.value - self.value;
        let is_longer = other.order.len() > self.order.len();
        if more > 1e-9 || more > -1e-9 && is_longer {
            *self = other;
        }
    }
}

/// Every order of every choice of them.
fn each_order(order: &mut [usize], from: usize, take: &mut impl FnMut(&[usize])) {
    take(order.get(..from).unwrap_or_default());
    for at in from..order.len() {
        // Rotations keep the rest in its order, so that of equal orders the first by number is met first.
        if let Some(part) = order.get_mut(from..=at) {
            part.rotate_right(1);
        }
        each_order(order, from + 1, take);
        if let Some(part) = order.get_mut(from..=at) {
            part.rotate_left(1);
        }
    }
}
