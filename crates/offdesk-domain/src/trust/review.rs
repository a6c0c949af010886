//! What is believed of a fault rate after reviews, and the share to review that follows.

use statrs::distribution::{Beta, ContinuousCDF};

/// How much to review so that few enough faults get out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReviewShare {
    /// The fault rate that is not exceeded, as far as can be told.
    pub fault_rate_at_most: f64,
    /// The share to review, 0 to 1.
    pub share: f64,
    /// Whether reviewing everything is enough.
    pub is_enough: bool,
}

/// The share to review so that at most `escape` of all deliverables get out with a fault, with a certainty, after so
/// many reviewed and so many of them with a fault, from a belief of `prior` faults and clean ones:
/// `phi = (1 - X / p_up) / delta`. `None` for figures that cannot be.
#[must_use]
pub fn review_share(
    (checked, faults): (u32, u32),
    prior: (f64, f64),
    escape: f64,
    certainty: f64,
    detection: f64,
) -> Option<ReviewShare> {
    let clean = f64::from(checked.checked_sub(faults)?);
    let is_share = |number: f64| (0.0..=1.0).contains(&number);
    if !(is_share(escape) && is_share(certainty) && is_share(detection) && detection > 0.0) {
        return None;
    }
    let beta = Beta::new(prior.0 + f64::from(faults), prior.1 + clean).ok()?;
    let most = beta.inverse_cdf(certainty);
    let share = (1.0 - escape / most) / detection;
    Some(ReviewShare {
        fault_rate_at_most: most,
        share: share.clamp(0.0, 1.0),
        is_enough: share <= 1.0,
    })
}
