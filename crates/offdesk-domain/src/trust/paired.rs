//! How long a person takes beside the owner, from deliverables that both made.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Two ends.
pub type Interval = (f64, f64);

/// A person's time over the owner's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// The geometric mean of the ratios of each pair, with its interval.
    pub geometric: (f64, Interval),
    /// The ratio of all time, with Fieller's interval; `None` where the data are too few for one.
    pub totals: (f64, Option<Interval>),
}

/// The ratio from pairs of times, the owner's and the person's, all above 0, with a certainty such as 0.95; `None` for
/// fewer than two pairs or times that cannot be.
#[must_use]
pub fn paired_ratio(pairs: &[(f64, f64)], certainty: f64) -> Option<Ratio> {
    let is_time = |time: f64| time > 0.0 && time.is_finite();
    if pairs.len() < 2 || !pairs.iter().all(|(a, b)| is_time(*a) && is_time(*b)) {
        return None;
    }
    let n = f64::from(u32::try_from(pairs.len()).ok()?);
    let student = StudentsT::new(0.0, 1.0, n - 1.0).ok()?;
    let t = student.inverse_cdf(0.5 + certainty / 2.0);
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / n;
    let covariance = |a: &dyn Fn(&(f64, f64)) -> f64, b: &dyn Fn(&(f64, f64)) -> f64| {
        let (mean_a, mean_b) = (mean(a), mean(b));
        let sum: f64 = pairs
            .iter()
            .map(|p| (a(p) - mean_a) * (b(p) - mean_b))
            .sum();
        sum / (n - 1.0) / n
    };
    let log = |pair: &(f64, f64)| (pair.1 / pair.0).ln();
    let (centre, error) = (mean(&log), covariance(&log, &log).sqrt());
    let owner = |pair: &(f64, f64)| pair.0;
    let person = |pair: &(f64, f64)| pair.1;
    let (x, y) = (mean(&owner), mean(&person));
    let (vx, vy) = (covariance(&owner, &owner), covariance(&person, &person));
    let vxy = covariance(&owner, &person);
    // Fieller: the ratios r for which (y - r x) is not further than t deviations from nothing.
    let (a, b, c) = (x * x - t * t * vx, x * y - t * t * vxy, y * y - t * t * vy);
    let root = b * b - a * c;
    let fieller = (a > 0.0 && root >= 0.0).then(|| {
        let root = root.sqrt();
        ((b - root) / a, (b + root) / a)
    });
    Some(Ratio {
        geometric: (
            centre.exp(),
            ((centre - t * error).exp(), (centre + t * error).exp()),
        ),
        totals: (y / x, fieller),
    })
}
