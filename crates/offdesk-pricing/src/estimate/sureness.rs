//! How sure a reading is, and whether that is enough.

use super::{ALTERNATIVES, LEAST, LEAST_OF_GROUP, LEAST_TOLD, MOST, Shares};
use offdesk_domain::Soc;

/// The likeliest readings, without those that hardly count.
pub(super) fn told(readings: Shares) -> Shares {
    let told = readings.into_iter().take(ALTERNATIVES + 1);
    told.filter(|(_, share)| *share >= LEAST_TOLD).collect()
}

/// Takes what the likeliest reading has too much and gives it to the others.
pub(super) fn temper(readings: &mut [(Soc, f32)]) {
    let Some(((_, best), others)) = readings.split_first_mut() else {
        return;
    };
    let rest: f32 = others.iter().map(|(_, share)| share).sum();
    if *best > MOST {
        *best = MOST;
        for (_, share) in others {
            *share *= (1.0 - MOST) / rest.max(f32::MIN_POSITIVE);
        }
    }
}

/// Whether one occupation, or one major group of them, is likely enough to be priced.
pub(super) fn is_likely(readings: &[(Soc, f32)]) -> bool {
    let Some((first, best)) = readings.first() else {
        return false;
    };
    let group = readings
        .iter()
        .filter(|(soc, _)| soc.major() == first.major());
    *best >= LEAST || group.map(|(_, share)| share).sum::<f32>() >= LEAST_OF_GROUP
}
