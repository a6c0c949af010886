//! Hours bought back in a while: what others did would have taken the owner so long, less what looking after it took.

use crate::Seconds;

/// What was accepted in a while, and what it spared the owner by what one time was expected to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BoughtBack {
    /// So many assignments of which it is known how long one takes the owner.
    pub assignments: u64,
    /// What they would have taken.
    pub spared: Seconds,
    /// So many of which it is not known.
    pub unknown: u64,
    /// What reviewing, answering and doing again took.
    pub supervision: Seconds,
}

impl BoughtBack {
    /// With assignments that were accepted, each of which takes the owner so long.
    #[must_use]
    pub fn and(self, accepted: u64, each: Option<Seconds>) -> Self {
        let Some(each) = each else {
            return Self {
                unknown: self.unknown.saturating_add(accepted),
                ..self
            };
        };
        let times = i64::try_from(accepted).unwrap_or(i64::MAX);
        let spared = Seconds(each.0.saturating_mul(times));
        Self {
            assignments: self.assignments.saturating_add(accepted),
            spared: self.spared + spared,
            ..self
        }
    }

    /// What is left of it; less than nothing where looking after it took longer.
    #[must_use]
    pub fn net(&self) -> Seconds {
        self.spared - self.supervision
    }

    /// Whether there is anything to say: something was accepted, or time was spent.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.assignments > 0 || self.unknown > 0 || self.supervision > Seconds::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_bought_back_less_what_they_cost() {
        let none = BoughtBack::default();
        assert!(!none.is_any());
        assert_eq!(none.net(), Seconds::ZERO);
        let week = BoughtBack {
            supervision: Seconds(1_800),
            ..none
        };
        let week = week.and(3, Some(Seconds(3_600))).and(2, None);
        assert_eq!((week.assignments, week.unknown), (3, 2));
        assert_eq!(week.net(), Seconds(9_000));
        // Looking after it took longer than it spared: that is said, not hidden.
        let dear = BoughtBack {
            supervision: Seconds(7_200),
            ..none
        };
        assert_eq!(dear.and(1, Some(Seconds(3_600))).net(), Seconds(-3_600));
        let much = none.and(u64::MAX, Some(Seconds(i64::MAX)));
        assert_eq!(much.spared, Seconds(i64::MAX));
    }
}
