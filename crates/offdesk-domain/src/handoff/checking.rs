//! How much of a handoff's work is checked: where it stands on the ladder, and how it moves.

use crate::trust::{IN_A_ROW, RUNGS, worst_escape};

/// How much is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checking {
    /// One fault is too many: all are checked, whatever the record.
    pub is_critical: bool,
    /// The rung, from 0 (all are checked) to 3.
    pub rung: u8,
    /// So many clean ones in a row move up one rung.
    pub in_a_row: u32,
    /// So many are clean in a row now.
    pub clean: u32,
}

/// What is changed of how much is checked; what is not said stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CheckingChange {
    /// One fault is too many, or is not any more.
    pub is_critical: Option<bool>,
    /// All are checked again, as after a fault.
    pub is_back_to_all: bool,
    /// So many clean ones in a row move up one rung.
    pub in_a_row: Option<u32>,
}

/// Why something is no way of checking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckingError {
    /// There is no such rung.
    #[error("there is no rung {0}: 0 checks all, 1 every second, 2 every fourth, 3 every tenth")]
    Rung(u8),
    /// A number that has no guarantee of ours.
    #[error("{0} in a row is not offered: use 5, 10, 16 or 24")]
    InARow(u32),
    /// What is critical is always checked.
    #[error("where one fault is too many, all are checked: rung 0")]
    Critical,
}

impl CheckingError {
    /// The stable code of the error.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Rung(_) => "handoff.rung",
            Self::InARow(_) => "handoff.in_a_row",
            Self::Critical => "handoff.critical",
        }
    }

    /// The field it is about.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Rung(_) | Self::Critical => "rung",
            Self::InARow(_) => "in_a_row",
        }
    }
}

impl Checking {
    /// How much is checked, and what moves it, in words.
    #[must_use]
    pub fn in_words(self) -> String {
        if self.is_critical {
            return "every deliverable, always: one fault would be too many".to_owned();
        }
        let share = match self.rung {
            0 => "every deliverable",
            1 => "every second deliverable, picked at random",
            2 => "every fourth deliverable, picked at random",
            _ => "every tenth deliverable, picked at random",
        };
        let up = match self.rung {
            0..3 => format!(
                "; {} without a fault in a row, and fewer are checked",
                self.in_a_row
            ),
            _ => String::new(),
        };
        format!("{share}{up}; any fault, and all are checked again")
    }

    /// What gets out at worst, where picks that nobody looked at in time weaken it.
    #[must_use]
    pub fn worst_case(self, lapsed: u64) -> String {
        let worst = if self.is_critical {
            "Even at worst none gets out unseen".to_owned()
        } else {
            let percent = worst_escape(self.in_a_row).0 * 100.0;
            format!("Even at worst {percent:.1} % get out with a fault")
        };
        match lapsed {
            0 => format!("{worst}, where each pick is looked at."),
            1 => format!("{worst}; 1 pick was not looked at, so it may be more."),
            _ => format!("{worst}; {lapsed} picks were not looked at, so it may be more."),
        }
    }

    /// The same checking, changed by the owner. Nobody goes up a rung by it: what checks less begins to count anew.
    ///
    /// # Errors
    /// [`CheckingError::InARow`].
    pub fn changed(self, change: CheckingChange) -> Result<Self, CheckingError> {
        let is_critical = change.is_critical.unwrap_or(self.is_critical);
        let in_a_row = change.in_a_row.unwrap_or(self.in_a_row);
        if !IN_A_ROW.contains(&in_a_row) {
            return Err(CheckingError::InARow(in_a_row));
        }
        let is_back = change.is_back_to_all || is_critical;
        let is_anew = is_back || in_a_row < self.in_a_row || is_critical != self.is_critical;
        Ok(Self {
            is_critical,
            in_a_row,
            rung: if is_back { 0 } else { self.rung },
            clean: if is_anew { 0 } else { self.clean },
        })
    }

    /// How a new handoff is checked.
    ///
    /// # Errors
    /// [`CheckingError`].
    pub fn new(is_critical: bool, rung: u8, in_a_row: u32) -> Result<Self, CheckingError> {
        if usize::from(rung) >= RUNGS.len() {
            return Err(CheckingError::Rung(rung));
        }
        if !IN_A_ROW.contains(&in_a_row) {
            return Err(CheckingError::InARow(in_a_row));
        }
        if is_critical && rung > 0 {
            return Err(CheckingError::Critical);
        }
        Ok(Self {
            is_critical,
            rung,
            in_a_row,
            clean: 0,
        })
    }
}
