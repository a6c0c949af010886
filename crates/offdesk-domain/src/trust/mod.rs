//! How much of a person's work is checked: the ladder, what it guarantees, and what reviews say of a person.
//!
//! Sources and symbols: the science document, sections 4 and 5.

mod ladder;
mod paired;
mod record;
mod review;

pub use self::ladder::{CHECKED_ONE_IN, Checked, IN_A_ROW, Ladder};
pub use self::paired::{Interval, Ratio, paired_ratio};
pub use self::record::{Record, Tally, wilson};
pub use self::review::{ReviewShare, review_share};

/// Share checked on each rung: all, every second, every fourth, every tenth.
pub const RUNGS: [f64; 4] = [1.0, 0.5, 0.25, 0.1];
/// So many clean checked deliverables in a row move up one rung; any fault moves back to the first.
pub const CLEAN_IN_A_ROW: u32 = 10;

/// The average share checked on the ladder, in the long run, of a person with a fault rate: the shares of the rungs
/// weighed by the deliverables spent on each between two faults.
#[must_use]
pub fn share_checked(fault_rate: f64, clean_in_a_row: u32) -> f64 {
    let last = RUNGS.last().copied().unwrap_or(1.0);
    if fault_rate <= 0.0 {
        return last;
    }
    let clean = (1.0 - fault_rate).powf(f64::from(clean_in_a_row));
    if clean <= 0.0 {
        return 1.0;
    }
    let (mut checked, mut done) = (0.0, 0.0);
    let top = RUNGS.len() - 1;
    // Checked deliverables of a cycle that starts at each arrival on the second rung.
    let mut reached = 1.0;
    for (rung, share) in RUNGS.iter().enumerate() {
        let on_rung = if rung == 0 {
            (1.0 - clean) / (fault_rate * clean)
        } else if rung < top {
            reached * (1.0 - clean) / fault_rate
        } else {
            reached / fault_rate
        };
        if rung > 0 {
            reached *= clean;
        }
        checked += on_rung;
        done += on_rung / share;
    }
    checked / done
}

/// The share of deliverables that get out with a fault, faults found being put right: `p (1 - AFI)`.
#[must_use]
pub fn share_escaped(fault_rate: f64, clean_in_a_row: u32) -> f64 {
    fault_rate * (1.0 - share_checked(fault_rate, clean_in_a_row))
}

/// The largest share that gets out whatever the fault rate, and the fault rate at which it does.
#[must_use]
pub fn worst_escape(clean_in_a_row: u32) -> (f64, f64) {
    let mut worst = (0.0, 0.0);
    for step in 1..=6_000_u32 {
        let fault_rate = f64::from(step) * 1e-4;
        let escaped = share_escaped(fault_rate, clean_in_a_row);
        if escaped > worst.0 {
            worst = (escaped, fault_rate);
        }
    }
    worst
}

/// One rung after full checking (CSP-1, Dodge 1943): the average share checked, `f / (f + (1 - f) q^i)`.
#[must_use]
pub fn share_checked_one_rung(fault_rate: f64, clean_in_a_row: u32, share: f64) -> f64 {
    let clean = (1.0 - fault_rate).powf(f64::from(clean_in_a_row));
    share / (share + (1.0 - share) * clean)
}

/// The share that gets out of it, where a check finds only a part of the faults.
#[must_use]
pub fn share_escaped_one_rung(
    fault_rate: f64,
    clean_in_a_row: u32,
    share: f64,
    detection: f64,
) -> f64 {
    let checked = share_checked_one_rung(fault_rate * detection, clean_in_a_row, share);
    fault_rate * (1.0 - detection * checked)
}
