//! What would have a set-up paid back where none is.

use offdesk_domain::decision::rollout::best_order;

use super::{RolloutPlan, RolloutTerms, within};

/// What would have something begun where nothing is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WouldDo {
    /// So many weeks ahead.
    pub weeks: Option<u32>,
    /// So many hours a week.
    pub owner_hours: Option<f64>,
}

impl RolloutPlan<'_, '_> {
    /// The first step further ahead, and the first one of more hours, with which a set-up would be paid back.
    #[must_use]
    pub fn would_do(&self) -> WouldDo {
        let pays = |terms: RolloutTerms| {
            let (waiting, time) = within(&self.activities, terms);
            !best_order(&waiting, time).order.is_empty()
        };
        let terms = self.terms;
        let mut ahead = [26, 52, 78, 104].into_iter().filter(|it| *it > terms.weeks);
        let mut hours = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 40.0, 80.0]
            .into_iter()
            .filter(|it| *it > terms.owner_hours);
        WouldDo {
            weeks: ahead.find(|weeks| {
                pays(RolloutTerms {
                    weeks: *weeks,
                    ..terms
                })
            }),
            owner_hours: hours.find(|hours| {
                pays(RolloutTerms {
                    owner_hours: *hours,
                    ..terms
                })
            }),
        }
    }
}
