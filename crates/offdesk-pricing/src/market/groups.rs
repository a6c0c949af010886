//! Major groups of ISCO-08, and what is paid in them in the United States.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use offdesk_domain::Soc;

use crate::occupations;

/// The major group of ISCO-08 that an occupation falls into, by the major group of its own classification.
pub(super) fn isco_major(soc: Soc) -> u8 {
    match soc.major() {
        11 => 1,
        13 | 15 | 17 | 19 | 21 | 23 | 25 | 27 | 29 => 2,
        43 => 4,
        31 | 33 | 35 | 39 | 41 => 5,
        45 => 6,
        47 | 49 => 7,
        51 | 53 => 8,
        _ => 9,
    }
}

/// For every major group of ISCO-08 the middle of its occupations' medians in the United States; 0 is everybody.
pub(super) fn american_medians() -> &'static BTreeMap<u8, f64> {
    static MEDIANS: OnceLock<BTreeMap<u8, f64>> = OnceLock::new();
    MEDIANS.get_or_init(|| {
        let mut all: BTreeMap<u8, Vec<f64>> = BTreeMap::new();
        for (soc, occupation) in occupations::all() {
            all.entry(isco_major(*soc))
                .or_default()
                .push(occupation.percentiles[2]);
        }
        let middle = |mut medians: Vec<f64>| {
            medians.sort_by(f64::total_cmp);
            medians.get(medians.len() / 2).copied().unwrap_or(1.0)
        };
        let mut groups: BTreeMap<u8, f64> = all
            .into_iter()
            .map(|(group, all)| (group, middle(all)))
            .collect();
        // OEWS, May 2024, all occupations.
        groups.insert(0, 23.80);
        groups
    })
}
