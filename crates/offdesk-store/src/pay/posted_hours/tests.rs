//! Hours of a person's days are found by the days of their handoffs.

use super::ASSIGNMENT_HOURS;
use crate::pay::postings::tests::plan_of;

/// A week read all that a person had ever earned.
#[test]
fn the_hours_of_some_days_are_found_by_the_days_of_the_handoffs() {
    let plan = plan_of(ASSIGNMENT_HOURS);
    let by_days = "posting_handoff (workspace_id=? AND handoff_id=? AND day>?)";
    assert!(plan.contains(by_days), "{plan}");
    assert!(plan.contains("INDEX handoff_person"), "{plan}");
}
