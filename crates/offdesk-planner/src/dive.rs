//! Looks for good plans straight down the tree.

use crate::node::Node;
use crate::search::{Search, UNIT};

/// Dives at most, and the nodes of each.
const DIVES: usize = 20;
const NODES: u64 = 400;
/// At first one in so many open jobs is decided at once, in the last dives one in at most so many; as long as not so few
/// are open.
const AT_ONCE: usize = 6;
const AT_ONCE_LAST: usize = 200;
const FEW_OPEN: usize = 40;
/// With no plan known the best one is thought to be this share below the bound.
const GUESS: f64 = 0.02;

/// The nodes of a look about.
const ABOUT_NODES: u64 = 200;
/// The first looks for a value so far below the bound, as a share of the way to the best plan; how that changes with a find,
/// and without.
const ABOUT_FIRST: f64 = 0.4;
const NEARER: f64 = 0.6;
const FARTHER: f64 = 1.7;
/// After one without a find prices are tilted at random by this share of what is between the best plan and the bound.
const TILT: f64 = 0.02;

impl Search<'_> {
    /// Dives: with an aim between the best plan and the bound few ways are left. The aim is nearer to the bound after a
    /// find, and else nearer to the best plan, with fewer jobs decided at once.
    pub(crate) fn dive(&mut self, root: &Node) {
        let mut share = 0.5;
        self.at_once = AT_ONCE;
        for _ in 0..DIVES {
            let best = self.best_value();
            let guess = best.max(self.most - self.most.abs() * GUESS - UNIT);
            let room = self.most - if best.is_finite() { best } else { guess };
            if self.is_proven() || self.is_stopped || room < 4.0 * UNIT {
                break;
            }
            self.target = (self.most - room * share).floor().max(best + UNIT);
            self.is_diving = true;
            self.part(root.clone(), NODES);
            self.is_diving = false;
            if self.best_value() > best {
                share = (share * 0.8_f64).max(0.3);
                continue;
            }
            share = f64::midpoint(share, 1.0);
            self.at_once *= 2;
            if self.at_once > AT_ONCE_LAST {
                break;
            }
        }
    }

    /// Looks at a part of the tree up to so many nodes; whether all of it was looked at.
    pub(crate) fn part(&mut self, node: Node, nodes: u64) -> bool {
        (self.until, self.is_cut) = (self.nodes + nodes, false);
        self.node(node, self.most, 0);
        self.until = u64::MAX;
        self.is_stopped = (self.stop)();
        !self.is_cut
    }

    /// Looks about for about so many nodes: short searches for plans of a value between the best one and the bound, each
    /// from other prices. One that was not cut has proven that there is none.
    pub(crate) fn look_about(&mut self, root: &Node, nodes: u64) {
        let end = self.nodes + nodes;
        while self.nodes + ABOUT_NODES / 2 < end {
            let best = self.best_value();
            if self.is_proven() || self.is_stopped || !best.is_finite() {
                break;
            }
            let room = self.most - best;
            self.target = (self.most - room * self.about.share)
                .floor()
                .max(best + UNIT);
            let mut root = root.clone();
            if self.about.is_fruitless {
                for price in &mut root.prices.jobs {
                    let tilted = *price + room * TILT * (self.about.random.share() - 0.5);
                    *price = self.whole.grid.nearest(tilted);
                }
            }
            let is_whole = self.part(root, ABOUT_NODES);
            if is_whole {
                let missed = (self.target - 1.0).max(self.best_value());
                self.most = self.most.min(missed);
            }
            self.about.is_fruitless = self.best_value() <= best;
            let share = &mut self.about.share;
            *share = if self.about.is_fruitless {
                (*share * FARTHER).min(1.0)
            } else {
                *share * NEARER
            };
        }
        self.target = f64::NEG_INFINITY;
    }

    /// Decides the jobs with the most at stake, each in its best way; not where few are open.
    pub(crate) fn take_surest(&mut self, node: &mut Node) -> bool {
        let open = node.open.jobs.len();
        if open < FEW_OPEN {
            return false;
        }
        self.surest.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut is_any = false;
        for (_, item) in self.surest.iter().take(open / self.at_once + 1) {
            if node.state.fits(self.whole, *item) {
                node.state.take(self.whole, *item);
                is_any = true;
            }
        }
        is_any
    }
}

/// How it stands with looking about.
pub(crate) struct About {
    share: f64,
    is_fruitless: bool,
    random: Random,
}

impl About {
    pub(crate) fn new() -> Self {
        Self {
            share: ABOUT_FIRST,
            is_fruitless: false,
            random: Random(0x5eed),
        }
    }
}

/// The same numbers on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(self.0 >> 32).unwrap_or(0)
    }

    /// From 0 to 1.
    fn share(&mut self) -> f64 {
        f64::from(self.next()) / f64::from(u32::MAX)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }
}
