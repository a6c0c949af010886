//! The ladder of checking, step by step: where a handoff stands on it, what is picked, and what a check changes.

use super::CLEAN_IN_A_ROW;

/// On each rung one deliverable in so many is checked.
pub const CHECKED_ONE_IN: [u64; 4] = [1, 2, 4, 10];
/// So many clean in a row can be asked for, the usual one second.
pub const IN_A_ROW: [u32; 4] = [5, CLEAN_IN_A_ROW, 16, 24];

/// What a check has found. A preference is no fault, and no check is none of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// No fault.
    Clean,
    /// At least one fault; also one that is found later in what was accepted.
    Fault,
}

/// Where a handoff stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ladder {
    /// From 0, where all are checked, to 3.
    rung: usize,
    /// So many clean ones were checked in a row since the last step.
    clean: u32,
    /// So many of them lead up a rung.
    in_a_row: u32,
    /// One fault would be too many: all are checked, whatever was found.
    is_critical: bool,
}

impl Ladder {
    /// At the foot of it; fewer than one in a row count as one.
    #[must_use]
    pub fn new(in_a_row: u32, is_critical: bool) -> Self {
        Self::at(0, 0, in_a_row, is_critical)
    }

    /// At a rung with so many clean in a row, as it was kept; a rung beyond the last is the last.
    #[must_use]
    pub fn at(rung: usize, clean: u32, in_a_row: u32, is_critical: bool) -> Self {
        Self {
            rung: rung.min(CHECKED_ONE_IN.len() - 1),
            clean,
            in_a_row: in_a_row.max(1),
            is_critical,
        }
    }

    /// The rung, from 0.
    #[must_use]
    pub fn rung(&self) -> usize {
        self.rung
    }

    /// So many clean in a row on this rung.
    #[must_use]
    pub fn clean(&self) -> u32 {
        self.clean
    }

    /// So many in a row lead up.
    #[must_use]
    pub fn in_a_row(&self) -> u32 {
        self.in_a_row
    }

    /// One deliverable in so many is checked.
    #[must_use]
    pub fn one_in(&self) -> u64 {
        if self.is_critical {
            return 1;
        }
        CHECKED_ONE_IN.get(self.rung).copied().unwrap_or(1)
    }

    /// Its label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.one_in() {
            1 => "I check all",
            2 => "every second",
            4 => "every fourth",
            _ => "every tenth",
        }
    }

    /// Whether a deliverable is picked, by a number drawn at random once it is in: who does the work can know neither before.
    #[must_use]
    pub fn is_picked(&self, drawn: u64) -> bool {
        drawn.is_multiple_of(self.one_in())
    }

    /// Where it stands after a check: up a rung after so many clean in a row, at the foot after any fault. Critical work stays.
    #[must_use]
    pub fn after(self, checked: Checked) -> Self {
        let top = CHECKED_ONE_IN.len() - 1;
        match checked {
            Checked::Fault => Self {
                rung: 0,
                clean: 0,
                ..self
            },
            Checked::Clean if self.is_critical => Self {
                clean: self.clean.saturating_add(1),
                ..self
            },
            Checked::Clean if self.clean + 1 < self.in_a_row => Self {
                clean: self.clean + 1,
                ..self
            },
            Checked::Clean if self.rung < top => Self {
                rung: self.rung + 1,
                clean: 0,
                ..self
            },
            // At the top there is nothing to count for.
            Checked::Clean => Self {
                clean: self.in_a_row,
                ..self
            },
        }
    }

    /// The rule it stands under, in words.
    #[must_use]
    pub fn in_words(&self) -> String {
        let (clean, row) = (self.clean, self.in_a_row);
        if self.is_critical {
            return "every one is checked: one fault would be too many here".to_owned();
        }
        let next = match self.rung {
            0 => "every second one is checked",
            1 => "every fourth one is checked",
            2 => "every tenth one is checked",
            _ => {
                return "every tenth one is checked, picked at random; a fault goes back to checking all"
                    .to_owned();
            }
        };
        format!("{clean} of {row} clean in a row; after {row} {next}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Checked::{Clean, Fault};

    #[test]
    fn rungs_are_climbed_and_lost() {
        let mut ladder = Ladder::new(10, false);
        for rung in 0..3 {
            for clean in 0..10 {
                assert_eq!((ladder.rung(), ladder.clean()), (rung, clean));
                ladder = ladder.after(Clean);
            }
        }
        assert_eq!(
            (ladder.rung(), ladder.one_in(), ladder.label()),
            (3, 10, "every tenth")
        );
        for _ in 0..30 {
            ladder = ladder.after(Clean);
        }
        assert_eq!(ladder.rung(), 3);
        assert_eq!(ladder.after(Fault), Ladder::new(10, false));
        let nine = (0..9).fold(Ladder::new(10, false), |ladder, _| ladder.after(Clean));
        assert_eq!(nine.after(Fault).after(Clean).clean(), 1);
    }

    #[test]
    fn critical_work_is_always_checked() {
        let ladder = (0..500).fold(Ladder::new(5, true), |ladder, _| ladder.after(Clean));
        assert_eq!((ladder.rung(), ladder.one_in()), (0, 1));
        assert!((0..500).all(|drawn| ladder.is_picked(drawn)));
        // Also where it had climbed before it was called critical.
        assert!((0..500).all(|drawn| Ladder::at(3, 4, 10, true).is_picked(drawn)));
    }

    #[test]
    fn so_many_are_picked_as_the_rung_says() {
        for (rung, one_in) in CHECKED_ONE_IN.into_iter().enumerate() {
            let ladder = Ladder::at(rung, 0, 10, false);
            let picked = (0..1_000).filter(|drawn| ladder.is_picked(*drawn)).count();
            assert_eq!(u64::try_from(picked).unwrap(), 1_000 / one_in);
        }
    }
}
