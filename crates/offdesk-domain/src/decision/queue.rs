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

/// What an owner's weeks show of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Weeks that were seen from Monday to Sunday.
    pub weeks: u32,
    /// Hours of the fullest of them, on average: so much a week can hold.
    pub fullest: f64,
    /// How far the work of an average week may be off, as a share of it.
    pub error: f64,
    /// Small jobs: work that could be handed off.
    pub small: Arrivals,
    /// Important work: what stays with the owner.
    pub important: Arrivals,
}

/// Why nothing can be said of what waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaid {
    /// Fewer than four whole weeks were seen.
    FewWeeks,
    /// Fewer than five small jobs a week.
    FewSmall,
    /// Less than one piece of important work a week.
    LittleImportant,
    /// Important work is shorter than a small job, so it would not be put off for one.
    Shorter,
    /// The fullest week is hardly fuller than the others, or more comes in than it holds.
    Full,
    /// It makes less than an hour's difference.
    NoDifference,
}

/// How long important work waits where small jobs go first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Crowding {
    /// Share of a full week that is taken now, and with those handed off that are to be.
    pub loads: [f64; 2],
    /// With all small jobs on the desk; the least that it may be where it may as well be much longer.
    pub now: Waits,
    /// The wait now, with as little and as much work as an average week may really have.
    pub between: [f64; 2],
    /// The week is so full that the wait may as well be much longer.
    pub is_at_least: bool,
    /// With those handed off that are to be, as far as `now` goes.
    pub then: Waits,
}

const LEAST_WEEKS: u32 = 4;
const LEAST_SMALL: f64 = 5.0;
const LEAST_IMPORTANT: f64 = 1.0;
/// Above it the week is as full as weeks get, and how full that is nobody knows.
const MOST_LOAD: f64 = 0.95;
/// Waits are reckoned up to this load. Above it an hour more or less moves them by a tenth and more, so that the figure would be chance.
const RECKONED_LOAD: f64 = 0.9;
/// The average of weeks that are all alike is no better known than this.
const LEAST_ERROR: f64 = 0.02;
const LEAST_DIFFERENCE: f64 = 1.0;

/// What small jobs push back, and what is left of that once `left` of them is on the desk; said only where the weeks bear it out.
///
/// # Errors
/// [`Unsaid`], the first reason for saying nothing.
pub fn crowding(seen: &Seen, left: Arrivals) -> Result<Crowding, Unsaid> {
    let Seen {
        small, important, ..
    } = *seen;
    if seen.weeks < LEAST_WEEKS {
        return Err(Unsaid::FewWeeks);
    }
    if small.per_week < LEAST_SMALL {
        return Err(Unsaid::FewSmall);
    }
    if important.per_week < LEAST_IMPORTANT {
        return Err(Unsaid::LittleImportant);
    }
    if important.hours < small.hours {
        return Err(Unsaid::Shorter);
    }
    let load = |small: Arrivals| waits(seen.fullest, small, important).map(|waits| waits.load);
    let (taken, taken_then) = load(small).zip(load(left)).ok_or(Unsaid::Full)?;
    if taken > MOST_LOAD {
        return Err(Unsaid::Full);
    }
    let reckoned = (RECKONED_LOAD / taken).min(1.0);
    let wait = |small: Arrivals, share: f64| {
        let some = |of: Arrivals| Arrivals {
            per_week: of.per_week * share,
            ..of
        };
        waits(seen.fullest, some(small), some(important)).ok_or(Unsaid::Full)
    };
    let error = seen.error.max(LEAST_ERROR);
    // Where the wait may as well be much longer, only its least is said, and with it what it could be.
    let is_at_least = taken * (1.0 + error) > RECKONED_LOAD;
    let low = reckoned * (1.0 - error);
    let share = if is_at_least { low } else { reckoned };
    let (now, then) = (wait(small, share)?, wait(left, share)?);
    let high = (reckoned * (1.0 + error)).min((RECKONED_LOAD / taken).max(reckoned));
    let between = [
        wait(small, low)?.small_first,
        wait(small, high)?.small_first,
    ];
    if now.small_first - then.small_first < LEAST_DIFFERENCE {
        return Err(Unsaid::NoDifference);
    }
    Ok(Crowding {
        loads: [taken, taken_then],
        now,
        between,
        is_at_least,
        then,
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
