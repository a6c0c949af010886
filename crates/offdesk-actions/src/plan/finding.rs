//! A plan within its time, and what single changes do to it.

use std::time::Duration;

use super::{Changes, Planned, Planning, PlanningError};

/// How long may be searched.
pub struct Limits<'l> {
    /// For the plan.
    pub plan: Duration,
    /// For all single changes together; `None` where nobody asks why.
    pub changes: Option<Duration>,
    /// How long it has been so far: only the outermost door reads a clock.
    pub elapsed: &'l dyn Fn() -> Duration,
    /// Whether nobody waits for it any more.
    pub is_stopped: &'l dyn Fn() -> bool,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The plan.
    pub plan: Planned,
    /// What single changes do; none where nobody asked.
    pub changes: Changes,
    /// The seconds that the plan took.
    pub seconds: f64,
}

impl Planning {
    /// Finds the best plan, and what single changes do where that is wanted.
    ///
    /// # Errors
    /// `plan.value` for a number that is too large.
    pub fn find(&self, limits: &Limits<'_>) -> Result<Found, PlanningError> {
        let began = (limits.elapsed)();
        let since = |moment: Duration| (limits.elapsed)().saturating_sub(moment);
        let plan = self.plan(&|| since(began) >= limits.plan || (limits.is_stopped)())?;
        let seconds = since(began).as_secs_f64();
        let changes = limits.changes.map_or_else(Changes::default, |limit| {
            let began = (limits.elapsed)();
            self.changes(&plan, &|| {
                if (limits.is_stopped)() {
                    return Duration::ZERO;
                }
                limit.saturating_sub(since(began))
            })
        });
        Ok(Found {
            plan,
            changes,
            seconds,
        })
    }
}
