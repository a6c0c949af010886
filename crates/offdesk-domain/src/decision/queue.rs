//! What small jobs push back: how long important work waits in an owner's week (science document, section 7.2).

/// Work of one kind that comes in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrivals {
    /// How many come in a week.
    pub per_week: f64,
    /// How long one takes.
    pub hours: f64,
}

/// How long important work waits, in hours, by which work goes first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Waits {
    /// Share of the week that is taken.
    pub load: f64,
    /// Where small jobs go first.
    pub small_first: f64,
    /// Where what came first goes first.
    pub first_come: f64,
    /// Where important work goes first.
    pub important_first: f64,
    /// From coming in to being done, where small jobs interrupt it.
    pub done_when_interrupted: f64,
}

/// The waits of important work beside small jobs in a week of so many hours (Cobham, with exponential times); `None`
/// where more comes in than can be done, or a figure cannot be.
#[must_use]
pub fn waits(week: f64, small: Arrivals, important: Arrivals) -> Option<Waits> {
    let all = [
        small.per_week,
        small.hours,
        important.per_week,
        important.hours,
    ];
    if !(week > 0.0
        && all
            .iter()
            .all(|number| *number >= 0.0 && number.is_finite()))
    {
        return None;
    }
    let load = |of: Arrivals| of.per_week * of.hours / week;
    let backlog = |of: Arrivals| of.per_week / week * of.hours * of.hours;
    let nu = backlog(small) + backlog(important);
    let (a, b) = (load(small), load(important));
    let free = 1.0 - a - b;
    (free > 0.0).then(|| Waits {
        load: a + b,
        small_first: nu / ((1.0 - a) * free),
        first_come: nu / free,
        important_first: nu / (1.0 - b),
        done_when_interrupted: (important.hours + nu / free) / (1.0 - a),
    })
}

/// How many random looks at an owner's day tell a share to within an error: `ceil(z^2 p (1 - p) / e^2)` at 95 %.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from a float stops at the ends of the range"
)]
pub fn looks_needed(share: f64, error: f64) -> u32 {
    const Z: f64 = 1.959_963_984_540_054;
    (Z * Z * share * (1.0 - share) / (error * error)).ceil() as u32
}
